"""What counting needs of an engine, and how it says that it cannot go on."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from sqlglot import exp

from prongsai.errors import FileUnusable, ProngsaiError
from prongsai.scoring.bulk.source import Column

Row = tuple[object, ...]
CSV_ENDINGS = (".csv", ".tsv", ".txt")


class Engine(Protocol):
    """An engine with files opened under names.

    dialect: of SQLGlot. probes: whether counting the odd values of a column costs next to nothing.
    """

    dialect: str
    probes: bool

    def open(self, path: Path, table: str) -> tuple[Column, ...]:
        """Make a file known under a name and give its columns. Raises FileUnusable."""

    def take(self, table: str, columns: Sequence[Column]) -> None:
        """Get ready to read these columns of a file, and no others."""

    def keep(self, table: str, made: exp.Query) -> None:
        """Compute a selection and keep it under a name while the engine lives."""

    def rows(self, made: exp.Query) -> list[Row]:
        """Give the rows of a selection."""

    def close(self) -> None:
        """Give everything back."""


def missing_extra(engine: str, package: str, extra: str) -> ProngsaiError:
    """Say that an engine is not installed, with the command that mends it."""
    return ProngsaiError(
        f"the engine {engine} needs {package}, which is not installed",
        message_th=f"ยังไม่ได้ติดตั้งส่วนคำนวณระดับประเทศ (ขาด {package})",
        mend_th=f'ติดตั้งด้วย pip install "prongsai[{extra}]"',
    )


def unreadable(file: str, reason: object) -> FileUnusable:
    """Say that a file cannot be read as a table."""
    told = first_line(reason)
    return FileUnusable(
        f"{file} cannot be read: {told}",
        message_th=f"อ่านไฟล์ {file} ไม่ได้ ({told})",
        mend_th="ใช้ไฟล์ Parquet หรือ CSV ที่เข้ารหัส UTF-8 และมีแถวหัวตาราง",
    )


def failed(engine: str, reason: object) -> ProngsaiError:
    """Say that an engine gave up on its work."""
    told = first_line(reason)
    return ProngsaiError(
        f"{engine} gave up: {told}",
        message_th=f"{engine} คำนวณต่อไม่ได้ ({told})",
        mend_th="ตรวจไฟล์ หน่วยความจำ และพื้นที่ว่าง แล้วลองใหม่",
    )


def first_line(reason: object) -> str:
    """Give the first line of what an engine said, cut short."""
    line = next((line.strip() for line in str(reason).splitlines() if line.strip()), "")
    return line if len(line) <= 200 else line[:200] + "…"


def check_there(path: Path) -> None:
    """Refuse a file that is missing or empty. Raises FileUnusable."""
    try:
        empty = path.is_file() and not path.stat().st_size
        there = path.exists()
    except (OSError, ValueError):
        empty, there = False, False
    if not there:
        raise FileUnusable(f"{path} is not there", message_th=f"เปิดไฟล์ {path} ไม่ได้", mend_th="ตรวจชื่อไฟล์และสิทธิ์การอ่าน")
    if empty:
        raise FileUnusable(
            f"{path.name} is empty", message_th=f"ไฟล์ {path.name} ว่างเปล่า", mend_th="เลือกไฟล์คำตอบหรือผลรายข้อ"
        )


def is_csv(path: Path) -> bool:
    """Whether a file says that it is delimited text."""
    return path.suffix.lower() in CSV_ENDINGS
