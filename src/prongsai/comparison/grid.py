"""Published tables as grids: a head of one line, the words above it, and rows whose cells know their place.

Spreadsheets are read by the reader of registers, which is quick and takes a nation; Word, PDF and HTML by the document
model. Merged heads are spread over what they cover, and heads of several lines joined into one.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from prongsai.documents.model import Paragraph, Table
from prongsai.documents.read import read_content
from prongsai.documents.read.formats import format_of
from prongsai.errors import FileUnusable, Where
from prongsai.registers.sheet_spool import Cells, Merge, Spread, content_of, events, spooled
from prongsai.thai.numerals import to_arabic
from prongsai.thai.places import province
from prongsai.thai.text import collapse, fold

HEAD_WITHIN = 20
TITLE_LETTERS_MAX = 400

_SUFFIXES = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".tsv"})
_YEAR = re.compile(r"(?<!\d)(25[4-9]\d)(?!\d)")
_SUMS = frozenset(map(fold, ("รวม", "เฉลี่ย", "ค่าเฉลี่ย", "คะแนนเฉลี่ย", "รวมทั้งสิ้น", "ภาพรวม", "เฉลี่ยรวม")))
AGENCY_HEADS = frozenset(
    map(
        fold,
        ("หน่วยงาน", "ชื่อหน่วยงาน", "อปท", "อปท.", "ชื่ออปท.", "ชื่ออปท", "องค์กรปกครองส่วนท้องถิ่น", "หน่วยงานภาครัฐ", "agency")
        + ("ชื่อองค์กรปกครองส่วนท้องถิ่น", "รายชื่อหน่วยงาน", "หน่วยงานที่รับการประเมิน", "หน่วยงานที่เข้าร่วมการประเมิน"),
    )
)
_PROVINCE_HEAD = fold("จังหวัด")


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table. where: its place; cells: texts, as many as the table has columns; section: words above it."""

    where: Where
    cells: tuple[str, ...]
    section: str = ""

    def at(self, column: int) -> Where:
        """Give the place of a cell, 0-based."""
        place = self.where
        return Where(place.file, place.line, place.page, place.table, place.row, column + 1)


@dataclass(frozen=True)
class Grid:
    """A table of a file. title: the words above its head; heads: one text a column."""

    file: str
    sha256: str
    sheet: str
    title: str
    heads: tuple[str, ...]
    lines: tuple[Line, ...]

    @cached_property
    def year_be(self) -> int | None:
        """The Buddhist year that the words above the head or the name of the sheet or file tell, None for several."""
        for text in (self.title, self.sheet, self.file):
            found = set(_YEAR.findall(to_arabic(text)))
            if found:
                return int(found.pop()) if len(found) == 1 else None
        return None

    @cached_property
    def province(self) -> str:
        """The province that the words above the head name, empty for none."""
        found = re.search(r"(?:จังหวัด|จ\.)\s*([ก-๎]+)", self.title)
        known = province(found[1]) if found else None
        return known.name if known else ""

    def column(self, place: int) -> tuple[str, ...]:
        """Give the texts of a column."""
        return tuple(line.cells[place] for line in self.lines)


def grids_of(source: Path | bytes, name: str) -> tuple[Grid, ...]:
    """Read every table of results in a file: one with a column of agencies or provinces, and one of numbers.

    Raises FileUnusable for what cannot be read or has no such table, LimitExceeded over a limit.
    """
    content = content_of(source, name)
    sha256 = hashlib.sha256(content).hexdigest()
    raw = _sheets(content, name) if _is_sheet(content, name) else _tables(content, name)
    found = tuple(grid for one in raw if (grid := _grid(one, name, sha256)) is not None)
    if not found:
        raise FileUnusable(
            f"{name} has no table of results",
            message_th=f"ไม่พบตารางผลการประเมินในไฟล์ {name}",
            mend_th=f"ให้มีหัวตาราง หน่วยงาน (หรือจังหวัด) และคะแนน ภายใน {HEAD_WITHIN} แถวแรก",
        )
    return found


def _is_sheet(content: bytes, name: str) -> bool:
    return Path(name).suffix.lower() in _SUFFIXES or format_of(content, name) in ("xls", "csv")


# --- rows with their merged heads spread ----------------------------------------------------------------------------
@dataclass(slots=True)
class _Raw:
    """A table before its head is found. spread: each row with what merged cells cover, to the right too."""

    name: str
    rows: list[tuple[Where, Cells]]
    spread: list[Cells]
    before: str = ""


def _sheets(content: bytes, name: str) -> Iterator[_Raw]:
    """Read a spreadsheet; one with more columns than registers take is read by the slower way."""
    found: list[_Raw] = []
    merges: list[list[Merge]] = []
    with spooled(content, name) as spool:
        spool.seek(0)
        for _, (kind, *rest) in events(spool):
            if kind == "sheet":
                found.append(_Raw(rest[0], [], []))
                merges.append([])
            elif kind == "row":
                found[-1].rows.append((_sheet_place(name, len(found), rest[0]), rest[1]))
            elif kind == "merges":
                merges[-1] += [tuple(one) for one in rest[0]]
            elif kind == "over":
                return _tables(content, name)
    for one, merged in zip(found, merges, strict=True):
        _spread(one, merged)
    return iter(found)


def _sheet_place(name: str, sheet: int, row: int) -> Where:
    """Give the place of a row: by its line in text, by sheet, table and row in a workbook."""
    is_text = Path(name).suffix.lower() in (".csv", ".tsv")
    return Where(name, row, None, 1, row) if is_text else Where(name, None, sheet, 1, row)


def _spread(raw: _Raw, merges: Sequence[Merge]) -> None:
    down, across = Spread(merges), Spread(merges)
    for at, (where, cells) in enumerate(raw.rows):
        number = where.row or 0
        if at < HEAD_WITHIN:
            raw.spread.append(across.row(number, cells, across=True))
        raw.rows[at] = where, down.row(number, cells)


def _tables(content: bytes, name: str) -> Iterator[_Raw]:
    """Read the tables of a document, each with the running text right before it."""
    before: list[str] = []
    for block in read_content(content, name).printed:
        if isinstance(block, Paragraph):
            before.append(block.text)
        elif isinstance(block, Table):
            rows = [(row.where, [cell.text for cell in row.cells]) for row in block.rows]
            yield _Raw(block.name, rows, [list(cells) for _, cells in rows[:HEAD_WITHIN]], " ".join(before[-3:]))
            before = []


# --- the head -------------------------------------------------------------------------------------------------------
def _grid(raw: _Raw, name: str, sha256: str) -> Grid | None:
    """Find the head of a table; None when it has none of results."""
    at = next((at for at, cells in enumerate(raw.spread) if _names_agencies(cells)), None)
    if at is None:
        return None
    first, last = _head_rows(raw, at)
    width = max(len(cells) for cells in raw.spread[first : last + 1])
    heads = tuple(_joined(raw.spread[first : last + 1], column) for column in range(width))
    words = [raw.before, *(cell for cells in raw.spread[:first] for cell in cells if cell.strip())]
    title = " ".join(dict.fromkeys(words))
    lines = tuple(_lines(raw.rows[last + 1 :], heads, _agency_place(raw.spread[at])))
    return Grid(name, sha256, raw.name, collapse(title)[:TITLE_LETTERS_MAX], heads, lines) if lines else None


def _names_agencies(cells: Cells) -> bool:
    """Whether a row is a head: it has the word for agencies or provinces, and other words beside it."""
    words = {fold(cell) for cell in cells if cell.strip()}
    return len(words) > 1 and (bool(words & AGENCY_HEADS) or _PROVINCE_HEAD in words)


def _agency_place(cells: Cells) -> int:
    folded = [fold(cell) for cell in cells]
    places = [at for at, word in enumerate(folded) if word in AGENCY_HEADS]
    return places[0] if places else folded.index(_PROVINCE_HEAD)


def _head_rows(raw: _Raw, at: int) -> tuple[int, int]:
    """Give the first and last row of a head: group heads above it, and what goes on below it."""
    first = last = at
    while first and len({cell for cell in raw.spread[first - 1] if cell.strip()}) > 1:
        first -= 1
    place = _agency_place(raw.spread[at])
    head = fold(raw.spread[at][place])
    for cells in raw.spread[at + 1 :]:
        under = fold(cells[place]) if place < len(cells) else ""
        words = {cell for cell in cells if cell.strip()}
        if under != head and (under or len(words) < 2):  # one word alone names the province of what is below
            break
        last += 1
    return first, last


def _joined(rows: Sequence[Cells], column: int) -> str:
    """Join the words of a head from above down, each once."""
    words = [collapse(cells[column]) for cells in rows if column < len(cells)]
    return " ".join(dict.fromkeys(word for word in words if word))


# --- the rows -------------------------------------------------------------------------------------------------------
def _lines(rows: Sequence[tuple[Where, Cells]], heads: Sequence[str], place: int) -> Iterator[Line]:
    """Give the rows of agencies: without empty ones, repeated heads and sums; a line of one text goes on below it."""
    section, head = "", fold(heads[place])
    for where, cells in rows:
        texts = tuple(collapse(cell) for cell in (*cells, *[""] * len(heads))[: len(heads)])
        filled = [text for text in texts if text]
        word = fold(texts[place])
        if len(set(filled)) == 1 and len(heads) > 2:
            section = filled[0]
        elif filled and word != head and word not in _SUMS:
            yield Line(where, texts, section)
