"""Tables as open data: CSV with its mark for Excel, JSON, and a dictionary of the columns."""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence

from prongsai.documents.write.xlsx.cells import DANGEROUS
from prongsai.portal.addresses import safe_name
from prongsai.portal.model import Column, DataTable
from prongsai.thai.numerals import read_number

_NUMBERS = {"number", "money"}
_BLANK = " \u00a0\u200b\ufeff"
_DASHES = re.compile(r"[-–—]+")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
FORMS = ("csv", "json", "dictionary.csv")
_DICTIONARY = ("ลำดับ", "ชื่อคอลัมน์", "ชื่อในข้อมูล (key)", "ชนิดข้อมูล", "คำอธิบาย")
TYPES = {
    "text": "ข้อความ",
    "number": "จำนวน",
    "money": "จำนวนเงิน (บาท)",
    "date": "วันที่ (ปี-เดือน-วัน ค.ศ.)",
    "yes-no": "ใช่ / ไม่ใช่",
    "choice": "ตัวเลือก",
}


def addresses_of(at: str, tables: Sequence[DataTable]) -> dict[str, tuple[DataTable, str]]:
    """Give the data files of tables below an address without suffix: address → table and form.

    The first table stands at the address itself; when there are several, each also under its key.
    """
    places = [(at, tables[0])] if tables else []
    if len(tables) > 1:
        places += [(f"{at}/{safe_name(one.key)}", one) for one in tables]
    return {f"{place}.{form}": (one, form) for place, one in places for form in FORMS}


def data_file(table: DataTable, form: str) -> bytes:
    """Give a table in one of FORMS."""
    if form == "json":
        return json_file(table)
    return csv_file(heads_of(table), rows_of(table)) if form == "csv" else dictionary_file(table)


def csv_file(heads: Sequence[str], rows: Iterator[Sequence[str]] | Sequence[Sequence[str]]) -> bytes:
    """Give rows as CSV: UTF-8 with its mark, line ends of Windows; nothing in it runs as a formula."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow([harmless(head) for head in heads])
    writer.writerows([harmless(text) for text in row] for row in rows)
    return b"\xef\xbb\xbf" + target.getvalue().encode("utf-8", "replace")


def harmless(text: str) -> str:
    """Set an apostrophe before words that a program of sheets would run; numbers and mere dashes run nothing."""
    text = _CONTROLS.sub("", text)
    words = text.lstrip(_BLANK)
    if not text.startswith(DANGEROUS) and not words.startswith(DANGEROUS):
        return text
    return text if _DASHES.fullmatch(words) or read_number(words[:100]) is not None else f"'{text}"


def heads_of(table: DataTable) -> list[str]:
    """Give the heads of a table."""
    return [column.label for column in table.columns]


def rows_of(table: DataTable) -> Iterator[list[str]]:
    """Give the rows as programs need them: numbers plain, all else as given; as long as the head."""
    kinds = kinds_of(table)
    for row in table.rows:
        cells = [*row, *[""] * (len(kinds) - len(row))]
        yield [_plain(text, kind) for text, kind in zip(cells, kinds, strict=False)]


def kinds_of(table: DataTable) -> list[str]:
    """Give the type of each column; a text column that is told to be numeric holds numbers."""
    return [
        "number" if column.type == "text" and at < len(table.numeric) and table.numeric[at] else column.type
        for at, column in enumerate(table.columns)
    ]


def _plain(text: str, kind: str) -> str:
    number = read_number(text) if kind in _NUMBERS and "%" not in text else None
    return text if number is None else f"{number:f}"


def json_file(table: DataTable) -> bytes:
    """Give a table as JSON: its title, note and columns, and a row each, by the keys of the columns."""
    kinds, keys = kinds_of(table), keys_of(table.columns)
    columns = [
        {"key": key, "label": column.label, "type": kind, "note": column.note}
        for key, column, kind in zip(keys, table.columns, kinds, strict=True)
    ]
    rows = [
        {key: _value(text, kind) for key, text, kind in zip(keys, row, kinds, strict=False)} for row in rows_of(table)
    ]
    return json_bytes({"title": table.title, "note": table.note}, columns=columns, rows=rows)


def json_bytes(named: Mapping[str, object], **lists: Sequence[object]) -> bytes:
    """Give values and lists as JSON that people can read too: a line for each value, and for each thing of a list."""
    parts = [f"{_line(key)}: {_line(value)}" for key, value in named.items()]
    for key, things in lists.items():
        parts.append(f"{_line(key)}: [\n" + ",\n".join(map(_line, things)) + "\n]")
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode("utf-8", "replace")


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def keys_of(columns: Sequence[Column]) -> list[str]:
    """Give the keys of columns; one that is missing or stands twice is told apart by its place."""
    given = [column.key for column in columns]
    return [key if key and given.index(key) == at else f"{key or 'column'}_{at + 1}" for at, key in enumerate(given)]


def _value(text: str, kind: str) -> str | int | float:
    number = read_number(text) if kind in _NUMBERS and "%" not in text else None
    if number is None:
        return text
    return int(number) if number == number.to_integral_value() else float(number)


def dictionary_file(table: DataTable) -> bytes:
    """Give what the columns of a table mean, as CSV."""
    kinds, keys = kinds_of(table), keys_of(table.columns)
    lines = zip(table.columns, keys, kinds, strict=True)
    rows = [
        (str(at), column.label, key, TYPES.get(kind, kind), column.note)
        for at, (column, key, kind) in enumerate(lines, 1)
    ]
    return csv_file(_DICTIONARY, rows)
