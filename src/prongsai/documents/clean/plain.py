"""Text and CSV files: words masked in place; in a table each cell is read with the head of its column."""

import re
from collections.abc import Iterator

from prongsai.documents.clean.model import Sweep, with_masks
from prongsai.documents.read.encoding import decode
from prongsai.privacy.patterns import Hit

_TABLES = (".csv", ".tsv")
_CELL = re.compile(r'"(?:[^"]|"")*"|[^"\r\n,;\t][^\r\n,;\t]*|\r\n|\r|\n|[,;\t]')
_DELIMITERS = ",;\t"
_HEADS_LENGTH_MAX = 60
_PARAGRAPH = re.compile(r"(?:[^\n]+\n?){1,40}|\n+")


def sweep_plain(content: bytes, name: str, sweep: Sweep) -> bytes:
    """Find and mask what belongs to a person in a text; the encoding stays. Raises FileUnusable as ``decode``."""
    text, encoding, damaged = decode(content, name)
    is_table = name.lower().endswith(_TABLES)
    new = _table(text, sweep) if is_table else _prose(text, sweep)
    return content if new == text or damaged else new.encode(encoding, "replace")


def _prose(text: str, sweep: Sweep) -> str:
    line = 1
    parts: list[str] = []
    for found in _PARAGRAPH.finditer(text):
        parts.append(with_masks(found[0], _told(found[0], line, sweep)))
        line += found[0].count("\n")
    return "".join(parts)


def _told(text: str, line: int, sweep: Sweep) -> tuple[Hit, ...]:
    hits = sweep.personal(text)
    told: list[Hit] = []
    for hit in hits:
        told += sweep.one(f"บรรทัด {line + text.count(chr(10), 0, hit.start)}", hit)
    return tuple(told)


def _table(text: str, sweep: Sweep) -> str:
    heads: dict[int, str] = {}
    parts: list[str] = []
    for row, column, cell in _cells(text):
        if column:
            parts.append(with_masks(cell, sweep.words(f"แถว {row} ช่อง {column}", cell, near=heads.get(column, ""))))
        else:
            parts.append(cell)
        if column and not re.search("[0-9๐-๙]{4}", cell):
            heads[column] = cell[:_HEADS_LENGTH_MAX] if row <= 30 else heads.get(column, "")
    return "".join(parts)


def _cells(text: str) -> Iterator[tuple[int, int, str]]:
    """Give row, column and letters of each cell, and everything between with column 0; nothing is lost."""
    row, column, at = 1, 1, 0
    for found in _CELL.finditer(text):
        if found.start() > at:
            yield row, 0, text[at : found.start()]
        at, said = found.end(), found[0]
        if said in _DELIMITERS:
            column += 1
            yield row, 0, said
        elif said in {"\r\n", "\n", "\r"}:
            yield row, 0, said
            row, column = row + 1, 1
        else:
            yield row, column, said
    yield row, 0, text[at:]
