"""How dates, times, sizes and numbers are shown to the public: Buddhist years, Thailand's time, Thai digits."""

from datetime import date, datetime, timedelta, timezone

from prongsai.thai.dates import format_date
from prongsai.thai.fiscal import BE_OFFSET
from prongsai.thai.numerals import to_thai

THAILAND = timezone(timedelta(hours=7))
_MONTHS_EN = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905  # reason: shorter to read
)
_KINDS = {
    "pdf": "PDF",
    "doc": "Word",
    "docx": "Word",
    "xls": "Excel",
    "xlsx": "Excel",
    "ods": "ตารางคำนวณ",
    "csv": "CSV",
    "json": "JSON",
    "ppt": "PowerPoint",
    "pptx": "PowerPoint",
    "jpg": "ภาพ",
    "jpeg": "ภาพ",
    "png": "ภาพ",
    "webp": "ภาพ",
    "zip": "ZIP",
    "txt": "ข้อความ",
}


def local(at: datetime) -> datetime:
    """Give a time as the clocks of Thailand show it; one without a zone is taken as such already."""
    return at.astimezone(THAILAND) if at.tzinfo else at.replace(tzinfo=THAILAND)


def day_of(at: datetime | date) -> date:
    """Give the day of a time in Thailand."""
    return local(at).date() if isinstance(at, datetime) else at


def thai_day(at: datetime | date | None) -> str:
    """Print a day: ๓๐ มีนาคม ๒๕๖๙; nothing for none."""
    return format_date(day_of(at)) if at else ""


def thai_short(at: datetime | date | None) -> str:
    """Print a day for lists: ๓๐ มี.ค. ๒๕๖๙; nothing for none."""
    return format_date(day_of(at), "abbr") if at else ""


def thai_time(at: datetime | None) -> str:
    """Print a day and its time: ๓๐ มีนาคม ๒๕๖๙ เวลา ๐๙.๓๐ น.; nothing for none."""
    return f"{thai_day(at)} {to_thai(f'เวลา {local(at):%H.%M} น.')}" if at else ""


def english_day(at: datetime | date | None) -> str:
    """Print a day in English: 30 March 2026; nothing for none."""
    if not at:
        return ""
    day = day_of(at)
    return f"{day.day} {_MONTHS_EN[day.month - 1]} {day.year}"


def year_be_of(at: datetime | date) -> int:
    """Give the Buddhist calendar year of a time."""
    return day_of(at).year + BE_OFFSET


def stamp_of(at: datetime | date | None) -> str:
    """Give a day or time for machines (ISO 8601); nothing for none."""
    return (local(at).isoformat(timespec="seconds") if isinstance(at, datetime) else at.isoformat()) if at else ""


def size_of(size: int) -> str:
    """Print a number of bytes: ๒๔๐ KB, ๑.๒ MB."""
    if size < 1_000_000:
        return to_thai(f"{max(1, round(size / 1000)):,} KB")
    return to_thai(f"{size / 1_000_000:,.1f} MB")


def kind_of(ending: str) -> str:
    """Name a kind of file by its ending, in a word that people use."""
    return _KINDS.get(ending, ending.upper() or "ไฟล์")
