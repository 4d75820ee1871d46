"""What a file looks like, without opening it in the reader's browser: pages and pictures as PNG, words and tables."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from prongsai.documents.model import Cell, Document, Mark, Printed, Row, Table
from prongsai.documents.read import read_content
from prongsai.errors import FileUnusable, LimitExceeded
from prongsai.web.evidence import media
from prongsai.web.evidence.models import File
from prongsai.web.evidence.services import read_file

DRAW = "prongsai.web.evidence.draw"
SECONDS_MAX = 20
MEMORY_BYTES_MAX = 1_500_000_000
BLOCKS_MAX = 400
ROWS_MAX = 200
COLUMNS_MAX = 40
_SIGNS = {Mark.TICKED: "☑ ", Mark.UNTICKED: "☐ ", Mark.ITEM: "• "}
_DRAWN = {media.PNG.type, media.JPEG.type, media.GIF.type, media.WEBP.type}
_READ = {each.type for each in (media.DOCX, media.XLSX, media.XLS, media.ODS, media.CSV, media.TEXT, media.JSON)}


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell: its lines, and over how many rows and columns it is merged."""

    lines: tuple[str, ...]
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph (text), or a table (rows)."""

    text: str
    rows: tuple[tuple[Shown, ...], ...]


@dataclass(frozen=True, slots=True)
class Words:
    """The first parts of a document. is_cut: whether there is more than is shown."""

    parts: tuple[Part, ...]
    is_cut: bool


def way_of(file: File) -> str:
    """Tell how a file is shown: ``pages``, ``picture``, ``words``, or ``none``."""
    if file.media_type == media.PDF.type:
        return "pages"
    if file.media_type in _DRAWN:
        return "picture"
    return "words" if file.media_type in _READ else "none"


def pages_of(file: File) -> int:
    """Count the pages of a PDF. Raises FileUnusable when it cannot be opened."""
    return int(_drawn(file, "count", 0))


def png_of(file: File, page: int) -> bytes:
    """Draw a page (1-based) of a PDF, or a picture (page 1).

    Raises FileUnusable when it cannot be drawn, LimitExceeded when that takes too long.
    """
    return _drawn(file, "page" if way_of(file) == "pages" else "picture", page)


def words_of(file: File) -> Words:
    """Read a document for showing. Raises FileUnusable when it cannot be read."""
    document = read_content(read_file(file), file.name)
    return Words(tuple(islice(_parts(document), BLOCKS_MAX)), _is_cut(document))


def _is_cut(document: Document) -> bool:
    long = any(len(table.rows) > ROWS_MAX for table in document.tables())
    return long or len(document.printed) > BLOCKS_MAX


def _parts(document: Document) -> Iterator[Part]:
    return (_part(block) for block in document.printed)


def _part(block: Printed) -> Part:
    if isinstance(block, Table):
        return Part("", tuple(_row(row) for row in block.rows[:ROWS_MAX]))
    return Part(block.text, ())


def _row(row: Row) -> tuple[Shown, ...]:
    return tuple(_cell(cell) for cell in row.cells[:COLUMNS_MAX] if not cell.covered)


def _cell(cell: Cell) -> Shown:
    lines = tuple(_SIGNS.get(line.mark, "") + line.text for line in cell.lines)
    return Shown(lines, min(cell.rows, ROWS_MAX), min(cell.columns, COLUMNS_MAX))


def _drawn(file: File, task: str, page: int) -> bytes:
    call = [sys.executable, "-I", "-X", "utf8", "-m", DRAW, task, str(page), str(MEMORY_BYTES_MAX)]
    try:
        child = subprocess.run(call, input=read_file(file), capture_output=True, check=False, timeout=SECONDS_MAX)
    except subprocess.TimeoutExpired as reason:
        raise LimitExceeded(
            f"{file.name}: not drawn within {SECONDS_MAX} seconds",
            message_th=f"แสดงตัวอย่างของไฟล์ {file.name} ไม่ทันใน {SECONDS_MAX} วินาที",
            mend_th="ดาวน์โหลดไฟล์ไปเปิดในเครื่องแทน",
        ) from reason
    if child.returncode != 0:
        raise FileUnusable(
            f"{file.name} cannot be drawn",
            message_th=f"แสดงตัวอย่างของไฟล์ {file.name} ไม่ได้ ไฟล์อาจเสียหาย มีรหัสผ่าน หรือภาพใหญ่เกินไป",
            mend_th="ดาวน์โหลดไฟล์ไปเปิดในเครื่องแทน",
        )
    return child.stdout
