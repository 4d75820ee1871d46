"""Single dates in Thai print: พ.ศ. or ค.ศ., Thai or Arabic digits, full or abbreviated months, ISO or slashes.

What cannot be a date is a Problem; nothing is guessed. What was taken from context is named in ``inferred``.
"""

from datetime import date
from typing import NamedTuple

from prongsai.errors import Problem, Severity
from prongsai.thai.date_parts import Kind, Part, days_in, parts
from prongsai.thai.date_tokens import tokens
from prongsai.thai.fiscal import BE_OFFSET


class DateReading(NamedTuple):
    """A date as printed and as read.

    kind: ``day`` with a month's name, ``iso``, or ``numeric`` (30/3/2569). value None goes with a problem.
    inferred: what context gave: ``year`` (shared with a neighbour, or the fiscal year), ``month``,
    ``century`` (two-digit year taken as BE 25xx), ``month_spelling`` (a month's name misspelt in one clear way).
    """

    text: str
    value: date | None
    kind: Kind
    problem: Problem | None = None
    inferred: tuple[str, ...] = ()


class FoundDate(NamedTuple):
    """A date inside a text: text[start:end] is what was read."""

    start: int
    end: int
    reading: DateReading


def _fault(part: Part, printed: str) -> Problem | None:
    if part.doubt == "order":
        return Problem(
            "DATE_AMBIGUOUS", Severity.WARNING,
            f"{printed}: there is no month {part.month}; day and month may be in American order",
            f"“{printed}” ไม่มีเดือนที่ {part.month} อาจสลับวันกับเดือน",
            evidence=(printed,), mend="Print the month's name.", mend_th="พิมพ์ชื่อเดือนเป็นตัวอักษร",
        )  # fmt: skip
    if part.doubt == "century":
        return Problem(
            "DATE_AMBIGUOUS", Severity.WARNING,
            f"{printed}: the year may be BE 25{part.year_text} or CE 20{part.year_text}",
            f"“{printed}” ปีอาจเป็น พ.ศ. 25{part.year_text} หรือ ค.ศ. 20{part.year_text}",
            evidence=(printed,), mend="Print the year in four digits.", mend_th="พิมพ์ปีให้ครบสี่หลัก",
        )  # fmt: skip
    if not part.month:
        return Problem(
            "DATE_MONTH_UNKNOWN", Severity.ERROR,
            f"{printed}: “{part.odd_month}” is no month",
            f"“{printed}” ไม่มีเดือน “{part.odd_month}”",
            evidence=(printed,), mend="Look the month up in the original paper.", mend_th="ตรวจเดือนจากเอกสารต้นฉบับ",
        )  # fmt: skip
    if part.year is None:
        return _year_fault(part, printed)
    if not 1 <= part.day <= days_in(part.year, part.month):
        last, be = days_in(part.year, part.month), part.year + BE_OFFSET
        return Problem(
            "DATE_IMPOSSIBLE", Severity.ERROR,
            f"{printed}: that month has {last} days", f"“{printed}” ไม่มีวันนี้ เดือนนั้นมี {last} วัน",
            evidence=(printed,), arithmetic=f"{part.month}/{be}: 1–{last}, printed {part.day}",
            mend="Look the day up in the original paper.", mend_th="ตรวจวันที่จากเอกสารต้นฉบับ",
        )  # fmt: skip
    return None


def _year_fault(part: Part, printed: str) -> Problem:
    if not part.year_text:
        return Problem(
            "DATE_YEAR_UNREADABLE", Severity.INFO, f"{printed}: no year is printed", f"“{printed}” ไม่ระบุปี",
            evidence=(printed,), mend="Add the year.", mend_th="เพิ่มปี พ.ศ.",
        )  # fmt: skip
    return Problem(
        "DATE_YEAR_UNREADABLE", Severity.ERROR,
        f"{printed}: {part.year_text} is neither BE 2400–2699 nor CE 1900–2200, nor fits the era printed",
        f"“{printed}” ปี {part.year_text} ไม่ใช่ พ.ศ. 2400–2699 หรือ ค.ศ. 1900–2200 หรือขัดกับศักราชที่พิมพ์",
        evidence=(printed,), mend="Look the year up in the original paper.", mend_th="ตรวจปีจากเอกสารต้นฉบับ",
    )  # fmt: skip


def reading_of(part: Part, text: str) -> DateReading:
    """Give the reading of a part that has a day."""
    printed = " ".join(text[part.start : part.end].split())
    problem = _fault(part, printed)
    value = None if problem or part.year is None else date(part.year, part.month, part.day)
    inferred = part.inferred
    if len(part.year_text) == 2 and value:
        inferred = (*inferred, "century")
    return DateReading(printed, value, part.kind, problem, inferred)


def find_dates(text: str, *, fiscal_year_be: int | None = None) -> list[FoundDate]:
    """Find the days in a text, in order; months alone and years alone are no days.

    A year left out is taken from the date that follows a dash, else from the fiscal year (BE) if one is given, and
    named in ``inferred``. A date that cannot be is found too, with its Problem.
    """
    found = parts(text, tokens(text), fiscal_year_be)
    return [FoundDate(part.start, part.end, reading_of(part, text)) for part in found if part.kind != "month"]


def read_date(text: str, *, fiscal_year_be: int | None = None) -> DateReading | None:
    """Read a text that states one day, with words around it or not; None when it states none.

    Several different days give a reading without a value and the Problem DATE_AMBIGUOUS.
    """
    readings = [found.reading for found in find_dates(text, fiscal_year_be=fiscal_year_be)]
    if len({reading.value for reading in readings}) <= 1:
        return readings[0] if readings else None
    printed = tuple(reading.text for reading in readings)
    problem = Problem(
        "DATE_AMBIGUOUS", Severity.WARNING,
        f"{len(printed)} dates stand where one is expected", f"พบ {len(printed)} วันที่ในที่ซึ่งควรมีวันเดียว",
        evidence=printed, mend="Keep one date.", mend_th="ระบุวันที่เดียว",
    )  # fmt: skip
    return DateReading(" ".join(text.split()), None, "day", problem)
