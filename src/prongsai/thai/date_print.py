"""Dates, periods and fiscal years in print: พ.ศ. and Thai digits exist only here, at the edge."""

from datetime import date
from typing import Literal

from prongsai.thai.fiscal import BE_OFFSET
from prongsai.thai.months import MONTHS, MONTHS_SHORT
from prongsai.thai.numerals import to_thai

DateStyle = Literal["full", "full_be", "abbr", "abbr_short"]
Digits = Literal["thai", "arabic"]


def _digits(text: str, digits: Digits) -> str:
    return to_thai(text) if digits == "thai" else text


def format_date(day: date, style: DateStyle = "full", *, digits: Digits = "thai") -> str:
    """Print a day: ``full`` ๓๐ มีนาคม ๒๕๖๙ (letters), ``full_be`` with พ.ศ. (announcements, orders),
    ``abbr`` ๑ ต.ค. ๒๕๖๖ (tables), ``abbr_short`` ๑ ต.ค. ๖๖ (reads back only within BE 2500–2599).
    """  # noqa: D205  # reason: the styles are one list
    year = day.year + BE_OFFSET
    if style == "full":
        text = f"{day.day} {MONTHS[day.month - 1]} {year}"
    elif style == "full_be":
        text = f"{day.day} {MONTHS[day.month - 1]} พ.ศ. {year}"
    elif style == "abbr":
        text = f"{day.day} {MONTHS_SHORT[day.month - 1]} {year}"
    else:
        text = f"{day.day} {MONTHS_SHORT[day.month - 1]} {year % 100:02d}"
    return _digits(text, digits)


def format_period(start: date, end: date, style: DateStyle = "abbr", *, digits: Digits = "thai") -> str:
    """Print a span with both days in full; one day alone when it starts and ends on it."""
    if start == end:
        return format_date(start, style, digits=digits)
    return f"{format_date(start, style, digits=digits)} - {format_date(end, style, digits=digits)}"


def format_fiscal_year(fy_be: int, *, digits: Digits = "thai") -> str:
    """Print a fiscal year as titles do: ปีงบประมาณ พ.ศ. ๒๕๖๙."""
    return _digits(f"ปีงบประมาณ พ.ศ. {fy_be}", digits)
