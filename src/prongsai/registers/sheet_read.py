"""Reading a spreadsheet for a register: where its head is, which column is which field, and its rows one by one.

A file is read once, by a process of its own (``sheet_child``), into a temporary file; from there rows are given one by
one, so that memory does not grow with them.
"""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from prongsai.documents.read.refusals import SPLIT, broken, empty
from prongsai.errors import FileUnusable, LimitExceeded
from prongsai.registers.model import Field, FieldType, Register
from prongsai.registers.sheet_child import REFUSED
from prongsai.registers.sheet_heads import HEAD_LETTERS_MAX, Heads, cell_name
from prongsai.registers.sheet_limits import BYTES_MAX, COLUMNS_MAX, MEMORY_BYTES_MAX, ROWS_MAX, SECONDS_MAX, too_many
from prongsai.thai.text import fold

EXAMPLE, MEANING, CHOICES_SHEET = "ตัวอย่าง", "คำอธิบาย", "ตัวเลือก"
HEAD_WITHIN = 20

_BESIDE = frozenset(map(fold, (EXAMPLE, MEANING, CHOICES_SHEET)))
_TOTALS = frozenset(
    map(fold, ("รวม", "รวมทั้งสิ้น", "รวมทั้งหมด", "รวมเงิน", "รวมเป็นเงิน", "ยอดรวม", "รวมเป็นเงินทั้งสิ้น", "total", "grand total"))
)
_NUMBER = re.compile(r"[-+]?[0-9][0-9,]*(?:\.[0-9]+)?")
_NUMBERED = re.compile(r"\(?([0-9]{1,2})\)?")

Cells = list[str]
Merge = tuple[int, int, int, int]


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
    content = _content(source, name)
    spool = _spooled(content, name)
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


# --- the file -------------------------------------------------------------------------------------------------------
def _content(source: bytes | Path, name: str) -> bytes:
    if isinstance(source, Path):
        try:
            size = source.stat().st_size
            content = source.read_bytes() if size <= BYTES_MAX else b""
        except OSError as reason:
            raise FileUnusable(
                f"{source} cannot be opened: {reason.strerror}",
                message_th=f"เปิดไฟล์ {source} ไม่ได้",
                mend_th="ตรวจชื่อไฟล์และสิทธิ์การอ่าน",
            ) from reason
    else:
        content, size = source, len(source)
    if size > BYTES_MAX:
        raise too_many(name, f"{size:,} ไบต์", f"{BYTES_MAX:,} ไบต์")
    if not content.strip():
        raise empty(name)
    return content


def _spooled(content: bytes, name: str) -> IO[bytes]:
    """Have the file read by a process that can be lost; what it sends on lies in a temporary file."""
    call = [sys.executable, "-I", "-X", "utf8", "-m", "prongsai.registers.sheet_child", name, str(MEMORY_BYTES_MAX)]
    spool = tempfile.TemporaryFile()  # noqa: SIM115  # reason: it lives as long as its rows are asked for
    try:
        child = subprocess.run(
            call, input=content, stdout=spool, stderr=subprocess.PIPE, check=False, timeout=SECONDS_MAX
        )
    except subprocess.TimeoutExpired as reason:
        spool.close()
        raise too_many(name, "ใช้เวลาอ่านนาน", f"{SECONDS_MAX} วินาที") from reason
    if child.returncode != 0:
        spool.close()
        raise _refusal(child.stderr) if child.returncode == REFUSED else _lost(child.stderr, name)
    return spool


def _refusal(answer: bytes) -> FileUnusable:
    form = json.loads(answer)
    kind = LimitExceeded if form["limit"] else FileUnusable
    return kind(form["message"], message_th=form["message_th"], mend_th=form["mend_th"])


def _lost(words: bytes, name: str) -> FileUnusable:
    last = words.decode("utf-8", "replace").strip().rpartition("\n")[2]
    if "MemoryError" in last:
        return too_many(name, "ต้องใช้หน่วยความจำมาก", f"{MEMORY_BYTES_MAX:,} ไบต์", SPLIT)
    return broken(name, f"its reader gave up: {last[:200]}")


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
        spread = _Spread(self.merges)
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
    for at, event in _events(spool):
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


def _events(spool: IO[bytes]) -> Iterator[tuple[int, Any]]:
    """Give the events from where the spool stands, each with where it begins."""
    while line := spool.readline():
        yield spool.tell() - len(line), json.loads(line)


# --- its rows -------------------------------------------------------------------------------------------------------
class _Spread:
    """Fills cells that a merged one covers with what stands at its corner, row after row downwards."""

    def __init__(self, merges: Sequence[Merge]) -> None:
        self._starts: dict[int, list[Merge]] = {}
        for merge in merges:
            self._starts.setdefault(merge[0], []).append(merge)
        self._open: list[tuple[Merge, str]] = []

    def row(self, number: int, cells: Cells, *, across: bool = False) -> Cells:
        """Give the texts of a row. across: also those covered to the right, as heads over several columns are."""
        self._open = [(merge, text) for merge, text in self._open if merge[2] >= number]
        for merge in self._starts.get(number, ()):
            if merge[1] <= len(cells) and cells[merge[1] - 1]:
                self._open.append((merge, cells[merge[1] - 1]))
        if not self._open:
            return cells
        filled = list(cells)
        for (_, left, _, right), text in self._open:
            for column in range(left, min(right if across else left, COLUMNS_MAX) + 1):
                filled += [""] * (column - len(filled))
                filled[column - 1] = filled[column - 1] or text
        return filled

    def is_section(self, number: int, cells: Cells) -> bool:
        """Whether a row is one text over several columns and nothing else."""
        filled = [place for place, text in enumerate(cells, 1) if text.strip()]
        return len(filled) == 1 and any(
            merge[1] == filled[0] and merge[3] > merge[1] for merge in self._starts.get(number, ())
        )


def _rows(spool: IO[bytes], part: _Part) -> Iterator[tuple[int, Cells]]:
    """Give the rows under the head, then let go of the spool."""
    with spool:
        spool.seek(part.at)
        spread = _Spread(part.merges)
        width, folded = len(part.head), [fold(text) for text in part.head]
        is_first = True
        for _, event in _events(spool):
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
