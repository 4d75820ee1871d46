"""Files of separated values as programs save them: comma, semicolon, tab or bar; any encoding that Thai offices use."""

import csv
from collections import Counter
from collections.abc import Iterator

from prongsai.documents.read.encoding import decode
from prongsai.documents.read.refusals import over_limit
from prongsai.documents.read.sheets.grid import Entry, Sheet, Tally
from prongsai.errors import Problem

BYTES_MAX = 50_000_000
DELIMITERS = ",;\t|"
SNIFFED_ROWS = 200
SNIFFED_LETTERS = 200_000

_FIELD_LETTERS_MAX = 2**31 - 1
_END = "\ue000\ue001"


def read_csv(content: bytes, name: str) -> tuple[Sheet, str, tuple[Problem, ...]]:
    """Read separated values into a sheet; gives its encoding and what was damaged too.

    Raises FileUnusable when it is empty or no text; LimitExceeded over BYTES_MAX bytes.
    """
    if len(content) > BYTES_MAX:
        raise over_limit(name, f"{len(content):,} ไบต์", f"{BYTES_MAX:,} ไบต์")
    text, encoding, problems = decode(content, name)
    lines = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").split("\n")
    delimiter, start = _declared(lines[0])
    sheet = Sheet(Tally(name), "")
    usual = csv.field_size_limit(_FIELD_LETTERS_MAX)  # one limit for the whole process: others rely on the usual one
    try:
        for number, (line, fields) in enumerate(_records(lines[start:], delimiter or _sniffed(lines), sheet), 1):
            sheet.lines[number] = line + start
            for column, words in enumerate(fields, 1):
                sheet.put(number, column, Entry(words))
    finally:
        csv.field_size_limit(usual)
    return sheet, encoding, problems


def _declared(first: str) -> tuple[str, int]:
    """Give the delimiter that Excel may say in a line of its own, and how many lines say so."""
    said = first.strip('"')
    is_said = len(said) == 5 and said.lower().startswith("sep=") and said[4] in DELIMITERS
    return (said[4], 1) if is_said else ("", 0)


def _sniffed(lines: list[str]) -> str:
    """Give the delimiter under which most rows have the same number of fields, the more fields the better."""
    sample: list[str] = []
    letters = 0
    for line in lines[:SNIFFED_ROWS]:
        letters += len(line)
        if letters > SNIFFED_LETTERS:
            break
        sample.append(line)
    return max(DELIMITERS, key=lambda delimiter: _evenness(sample or lines[:1], delimiter))


def _evenness(lines: list[str], delimiter: str) -> tuple[float, int]:
    widths = Counter(len(fields) for fields in _parsed(lines, delimiter) if len(fields) > 1)
    if not widths:
        return 0.0, 0
    width, rows = max(widths.items(), key=lambda pair: (pair[1], pair[0]))
    return rows / max(1, sum(1 for line in lines if line.strip())), width


def _parsed(lines: list[str], delimiter: str, quoting: int = csv.QUOTE_MINIMAL) -> Iterator[list[str]]:
    return csv.reader((f"{line}\n" for line in lines), delimiter=delimiter, quoting=quoting)  # type: ignore[arg-type]


def _records(lines: list[str], delimiter: str, sheet: Sheet) -> Iterator[tuple[int, list[str]]]:
    """Give each record with the line that it starts on; after a quote that is never closed, line by line."""
    reader = csv.reader((f"{line}\n" for line in (*lines, _END)), delimiter=delimiter)
    records: list[tuple[int, list[str]]] = []
    line = 1
    for fields in reader:
        records.append((line, fields))
        line = reader.line_num + 1
    end, last = records.pop()
    yield from records
    if last != [_END]:
        sheet.notice("CSV_QUOTE_OPEN", lines[end - 1], row=len(records) + 1)
        rest = _parsed(lines[end - 1 :], delimiter, csv.QUOTE_NONE)
        yield from ((end + at, [words.strip('"') for words in fields]) for at, fields in enumerate(rest))
