"""Reading a spreadsheet for a register: where its head is, which column is which field, and its rows one by one.

A file is read once, by a process of its own (``sheet_child``), into a temporary file; from there rows are given one by
one, so that memory does not grow with them.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from prongsai.errors import FileUnusable
from prongsai.registers.model import Field, FieldType, Register
from prongsai.registers.sheet_heads import HEAD_LETTERS_MAX, Heads, cell_name
from prongsai.registers.sheet_limits import BYTES_MAX, ROWS_MAX, too_many
from prongsai.registers.sheet_spool import Cells, Merge, Spread, content_of, events, spooled
from prongsai.thai.text import fold

EXAMPLE, MEANING, CHOICES_SHEET = "ตัวอย่าง", "คำอธิบาย", "ตัวเลือก"
HEAD_WITHIN = 20

_BESIDE = frozenset(map(fold, (EXAMPLE, MEANING, CHOICES_SHEET)))
_TOTALS = frozenset(
    map(fold, ("รวม", "รวมทั้งสิ้น", "รวมทั้งหมด", "รวมเงิน", "รวมเป็นเงิน", "ยอดรวม", "รวมเป็นเงินทั้งสิ้น", "total", "grand total"))
)
_NUMBER = re.compile(r"[-+]?[0-9][0-9,]*(?:\.[0-9]+)?")
_NUMBERED = re.compile(r"\(?([0-9]{1,2})\)?")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A spreadsheet that fits a register. head: the texts of its head, from the first column of the sheet on.

    columns: key of a field → place in a row, 0-based; unused: heads that are no field's. rows: the number of each row
    in the sheet, 1-based, with its texts, as many as ``head`` has; to be walked once.
    """

    name: str
    head: tuple[str, ...]
    columns: Mapping[str, int]
    unused: tuple[str, ...]
    rows: Iterator[tuple[int, Cells]]


def importable(register: Register) -> tuple[Field, ...]:
    """Give the fields that a spreadsheet may fill: those asked when an entry is made, without files."""
    return tuple(one for one in register.fields_at("") if one.type is not FieldType.FILE)


def rows_of(source: bytes | Path, name: str, register: Register, labels: Mapping[str, str] | None = None) -> Sheet:
    """Find a register's table in a spreadsheet: xlsx, xlsb, xls, ods, csv, or cells copied and pasted.

    labels: the office's own names of fields. Sheets called ตัวอย่าง and คำอธิบาย are passed over, and so are empty rows,
    heads that are repeated, section lines over the whole width, and sums. Raises FileUnusable, also when no head is
    found in the first rows; LimitExceeded over a limit of ``sheet_limits``.
    """
    content = content_of(source, name)
    spool = spooled(content, name)
    heads = Heads(importable(register), register.fields, labels or {})
    found = [part for part in _parts(spool, heads) if part.is_fitting]
    filled = [part for part in found if part.is_filled] or found
    if not filled:
        raise _no_head(name, heads)
    if len(filled) > 1:
        raise _several(name, [part.name for part in filled])
    part = filled[0]
    if part.over:
        raise too_many(name, *part.over)
    columns = heads.columns(part.head, part.head_row, name)
    used = set(columns.values())
    unused = tuple(text.strip() for place, text in enumerate(part.head) if text.strip() and place not in used)
    return Sheet(part.name, tuple(part.head), columns, unused, _rows(spool, part))


# --- finding the table ----------------------------------------------------------------------------------------------
@dataclass(slots=True)
class _Part:
    """One sheet of the spool. at: where it starts; head_row: the number of the row of heads, 0 for none."""

    name: str
    at: int
    first: list[tuple[int, Cells]] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    last_row: int = 0
    over: tuple[str, str] | None = None
    head: Cells = field(default_factory=list)
    head_row: int = 0

    @property
    def is_fitting(self) -> bool:
        return self.head_row > 0

    @property
    def is_filled(self) -> bool:
        return self.last_row > self.head_row or self.over is not None

    def settle(self, heads: Heads) -> None:
        """Find the first row that names most fields; of two right under each other, the lower one."""
        spread = Spread(self.merges)
        best = 0
        for number, cells in self.first:
            filled = spread.row(number, cells, across=True)
            count = heads.count(filled)
            is_under = count == best and number == self.head_row + 1
            if count >= heads.enough and (count > best or is_under):
                best, self.head, self.head_row = count, filled, number


def _parts(spool: IO[bytes], heads: Heads) -> list[_Part]:
    """Walk the spool once and give its sheets; those beside the table are left out."""
    found: list[_Part] = []
    spool.seek(0)
    for at, event in events(spool):
        kind = event[0]
        if kind == "sheet":
            found.append(_Part(event[1], at))
        elif kind == "row":
            found[-1].last_row = event[1]
            if len(found[-1].first) < HEAD_WITHIN:
                found[-1].first.append((event[1], event[2]))
        elif kind == "merges":
            found[-1].merges = [tuple(each) for each in event[1]]
        else:
            found[-1].over = (event[1], event[2])
    kept = [part for part in found if fold(part.name) not in _BESIDE]
    for part in kept:
        part.settle(heads)
    return kept


# --- its rows -------------------------------------------------------------------------------------------------------
def _rows(spool: IO[bytes], part: _Part) -> Iterator[tuple[int, Cells]]:
    """Give the rows under the head, then let go of the spool."""
    with spool:
        spool.seek(part.at)
        spread = Spread(part.merges)
        width, folded = len(part.head), [fold(text) for text in part.head]
        is_first = True
        for _, event in events(spool):
            if event[0] != "row" and (event[0] != "sheet" or event[1] != part.name):
                return
            if event[0] == "sheet":
                continue
            number, cells = event[1], event[2]
            is_section = spread.is_section(number, cells)
            filled = (spread.row(number, cells) + [""] * width)[:width]
            if number <= part.head_row or is_section:
                continue
            is_beside = _is_repeated(filled, folded) or (is_first and _is_numbered(filled)) or _is_total(filled)
            is_first = False
            if not is_beside and any(text.strip() for text in filled):
                yield number, filled


def _is_repeated(cells: Cells, folded: list[str]) -> bool:
    is_any = False
    for text, head in zip(cells, folded, strict=True):
        if text.strip():
            if fold(text[:HEAD_LETTERS_MAX]) != head:
                return False
            is_any = True
    return is_any


def _is_numbered(cells: Cells) -> bool:
    """Whether a row numbers the columns: (1) (2) (3)."""
    texts = [fold(text) for text in cells if text.strip()]
    numbers = [found[1] for text in texts if len(text) < 9 and (found := _NUMBERED.fullmatch(text))]
    return len(numbers) == len(texts) >= 3 and [int(each) for each in numbers] == list(range(1, len(numbers) + 1))


def _is_total(cells: Cells) -> bool:
    """Whether a row sums up: one word that says so, and figures."""
    words = ""
    for text in cells:
        if text.strip() and not _NUMBER.fullmatch(text.strip()):
            if words:
                return False
            words = text.strip()
    return fold(words[:60]) in _TOTALS


# --- what is said when there is none --------------------------------------------------------------------------------
def _no_head(name: str, heads: Heads) -> FileUnusable:
    return FileUnusable(
        f"{name}: no row of heads within the first {HEAD_WITHIN} rows",
        message_th=f"ไม่พบหัวตารางของทะเบียนนี้ใน {HEAD_WITHIN} แถวแรกของ {name}",
        mend_th=f"ใช้แบบนำเข้าของทะเบียน หรือตั้งชื่อหัวคอลัมน์อย่าง {', '.join(heads.names[:6])}",
    )


def _several(name: str, sheets: Sequence[str]) -> FileUnusable:
    listed = ", ".join(f"“{sheet}”" for sheet in sheets[:6])
    return FileUnusable(
        f"{name}: the table stands on several sheets",
        message_th=f"{name} มีตารางของทะเบียนนี้หลายแผ่นงาน: {listed}",
        mend_th="นำเข้าทีละแผ่น: บันทึกแต่ละแผ่นเป็นไฟล์ของตน หรือรวมไว้แผ่นเดียว",
    )


__all__ = [
    "BYTES_MAX",
    "CHOICES_SHEET",
    "EXAMPLE",
    "MEANING",
    "ROWS_MAX",
    "Sheet",
    "cell_name",
    "importable",
    "rows_of",
]
