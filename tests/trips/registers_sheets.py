"""Files as offices bring them: spreadsheets with rows that are good and rows that are not, a picture, a paper."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from xlsxwriter import Workbook

from prongsai.documents.build import paragraph
from prongsai.documents.model import Document
from prongsai.documents.write import render
from prongsai.documents.write.office import Office

Row = Mapping[str, str]
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def spoilt(good: Row, wrong: Sequence[Row]) -> list[Row]:
    """Give rows like the good one, each with something wrong."""
    return [{**good, **each} for each in wrong]


def sheet(kept: Path, head: Sequence[str], rows: Sequence[Row]) -> Path:
    """Write a sheet with a head in its first row, every cell a text."""
    with Workbook(str(kept)) as book:
        page = book.add_worksheet("ข้อมูล")
        page.write_row(0, 0, head)
        for number, row in enumerate(rows, 1):
            for place, label in enumerate(head):
                page.write_string(number, place, row.get(label, ""))
    return kept


def faulty_cells(head: Sequence[str], first_row: int, wrong: Sequence[Row]) -> list[str]:
    """Name the cells that are wrong: in each row, from first_row on, the one that is named first."""
    named = [next(iter(each)) for each in wrong]
    return [f"{LETTERS[list(head).index(label)]}{first_row + place}" for place, label in enumerate(named)]


def photograph(kept: Path) -> Path:
    """Write a picture of one grey dot, another one for every name."""
    dot = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    words = b"Title\0" + kept.name.encode("ascii", "backslashreplace")
    parts = {b"IHDR": dot, b"tEXt": words, b"IDAT": zlib.compress(b"\0\x80"), b"IEND": b""}
    chunks = (
        struct.pack(">I", len(one)) + kind + one + struct.pack(">I", zlib.crc32(kind + one))
        for kind, one in parts.items()
    )
    kept.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(chunks))
    return kept


def paper(kept: Path, words: str) -> Path:
    """Write a Word file of one line."""
    kept.write_bytes(render(Document("", "composed", None, "", (paragraph(words),), title=words), "docx", Office()))
    return kept
