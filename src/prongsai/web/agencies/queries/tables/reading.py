"""Reading a pasted text or an uploaded file into rows of texts, the head first."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from io import StringIO

from prongsai.documents.model import Cell, Table
from prongsai.documents.read import read_content
from prongsai.errors import FileUnusable, ProngsaiError
from prongsai.thai.text import normalise
from prongsai.web.agencies.queries.tables.columns import COLUMNS, Kind, columns_of, has_needed

TEXT_MAX = 2_000_000
ROWS_MAX = 2_000
COLUMNS_MAX = 40
CELL_MAX = 2_000
HEAD_WITHIN = 20
EXAMPLES = "ตัวอย่าง"
FORMATS = ("xlsx", "xls", "ods", "csv", "docx", "text")
Rows = list[list[str]]


class TableUnusable(ProngsaiError):
    """A text or file in which no table of the asked kind stands, or too large a one."""


def read_pasted(text: str, kind: Kind) -> Rows:
    """Read cells parted by tabs, or by commas or semicolons where there is no tab. Raises TableUnusable."""
    if len(text) > TEXT_MAX:
        raise _too_long()
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    first = next((line for line in lines.split("\n") if line.strip()), "")
    mark = next((mark for mark in "\t,;" if mark in first), "\t")
    try:
        rows = [list(row) for row in csv.reader(StringIO(lines, newline=""), delimiter=mark)]
    except csv.Error as reason:
        raise TableUnusable(
            f"no table: {reason}",
            message_th="อ่านตารางที่วางไม่ได้ อาจมีเครื่องหมายคำพูดเปิดค้างไว้",
            mend_th="คัดลอกจากโปรแกรมตารางคำนวณแล้ววางใหม่ หรือส่งเป็นไฟล์",
        ) from reason
    return _table(rows, kind)


def read_upload(content: bytes, name: str, kind: Kind) -> Rows:
    """Read the fullest table of the asked kind in a file. Raises TableUnusable, FileUnusable, LimitExceeded."""
    document = read_content(content, name)
    if document.format not in FORMATS:
        raise FileUnusable(
            f"{name}: {document.format} holds no table for this",
            message_th=f"ไฟล์ {name} ไม่ใช่ตารางที่รับได้",
            mend_th="ใช้ไฟล์ .xlsx .ods .csv หรือ .docx",
        )
    tables = [table for table in document.tables() if table.name != EXAMPLES]
    found = [rows for table in tables if (rows := _from_head(_texts(table), kind)) is not None]
    if not found:
        raise _headless(kind)
    return _bounded(max(found, key=len))


def as_text(rows: Sequence[Sequence[str]]) -> str:
    """Give rows as text to be mended by hand and pasted back: cells parted by tabs."""
    written = StringIO()
    csv.writer(written, delimiter="\t", lineterminator="\n").writerows(rows)
    return written.getvalue()


def _table(rows: Rows, kind: Kind) -> Rows:
    found = _from_head([[_clean(text) for text in row] for row in rows], kind)
    if found is None:
        raise _headless(kind)
    return _bounded(found)


def _texts(table: Table) -> Rows:
    return [[_text(cell) for cell in row.cells] for row in table.rows]


def _text(cell: Cell) -> str:
    # A date that Excel keeps as a number is told in full; how it was set to look may have lost the year.
    if isinstance(cell.value, date):
        return f"{cell.value:%Y-%m-%d}"
    return _clean(cell.text)


def _clean(text: str) -> str:
    return " ".join(normalise(text).split())


def _from_head(rows: Rows, kind: Kind) -> Rows | None:
    """Cut at the head row; rows that are empty or say the head again are left out."""
    heads = [place for place, row in enumerate(rows[:HEAD_WITHIN]) if has_needed(kind, columns_of(kind, row))]
    if not heads:
        return None
    best = max(heads, key=lambda place: (len(columns_of(kind, rows[place])), -place))
    head = _trimmed(rows[best])
    return [head, *_filled(rows[best + 1 :], head)]


def _filled(rows: Iterable[Sequence[str]], head: list[str]) -> Iterator[list[str]]:
    for row in rows:
        cells = [*row[: len(head)], *[""] * (len(head) - len(row))]
        if any(cells) and cells != head:
            yield cells


def _trimmed(row: Sequence[str]) -> list[str]:
    kept = list(row)
    while kept and not kept[-1]:
        kept.pop()
    return kept


def _bounded(rows: Rows) -> Rows:
    if len(rows) < 2:
        raise TableUnusable(
            "no rows under the head",
            message_th="พบหัวตาราง แต่ไม่มีแถวข้อมูล",
            mend_th="เพิ่มแถวข้อมูลใต้หัวตาราง แล้วส่งใหม่",
        )
    if len(rows) > ROWS_MAX + 1 or len(rows[0]) > COLUMNS_MAX:
        raise _too_long()
    long = next((n for n, row in enumerate(rows) if any(len(text) > CELL_MAX for text in row)), None)
    if long is not None:
        raise TableUnusable(
            f"a cell of row {long} is longer than {CELL_MAX}",
            message_th=f"แถวที่ {long} มีช่องที่ยาวเกิน {CELL_MAX} ตัวอักษร",
            mend_th="ตัดข้อความในช่องนั้นให้สั้นลง",
        )
    return rows


def _too_long() -> TableUnusable:
    return TableUnusable(
        "the table is too large",
        message_th=f"ตารางใหญ่เกินไป รับได้ครั้งละไม่เกิน {ROWS_MAX} แถว {COLUMNS_MAX} คอลัมน์",
        mend_th="แบ่งเป็นหลายตารางแล้วส่งทีละตาราง",
    )


def _headless(kind: Kind) -> TableUnusable:
    needed = " ".join(f"“{column.head}”" for column in COLUMNS[kind] if column.is_needed)
    return TableUnusable(
        "no head row",
        message_th="ไม่พบหัวตาราง",
        mend_th=f"แถวบนสุดต้องเป็นชื่อคอลัมน์ อย่างน้อยต้องมี {needed} ดูแบบตารางด้านล่าง",
    )
