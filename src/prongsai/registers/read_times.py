"""Dates, months, times and periods as offices write them."""

import re
from datetime import date, time

from prongsai.errors import Problem
from prongsai.registers.model import Field
from prongsai.registers.read_plain import by_example
from prongsai.registers.refusals import ValueRefused, quoted, refusal
from prongsai.thai.date_parts import christian_year
from prongsai.thai.dates import Span, find_dates, month_span, read_date, read_period
from prongsai.thai.numerals import to_arabic
from prongsai.thai.text import collapse, normalise

FIRST_YEAR, LAST_YEAR = 1857, 2156  # BE 2400–2699: what is printed is read back

_LONGEST = 200
_MIDNIGHT = re.compile(r"(?<=[0-9])[T ]00:00(?::00(?:\.0+)?)?Z?$")
_AROUND = re.compile(r"(?:วัน(?:จันทร์|อังคาร|พุธ|พฤหัสบดี|พฤหัส|ศุกร์|เสาร์|อาทิตย์)?|ที่|เมื่อ|ลงวันที่|[\s.,()])*")
_NUMBERS_MONTH = re.compile(r"(?P<month>0?[1-9]|1[0-2])[/.-](?P<year>[0-9]{4})|(?P<iso>[0-9]{4})-(?P<of>0[1-9]|1[0-2])")
_TIME = re.compile(r"(?:เวลา)?(?P<hour>[01]?[0-9]|2[0-4])(?:[:.](?P<minute>[0-5][0-9])(?::00)?|(?=น))(?:น\.?|นาฬิกา)?")


def _plain(field: Field, text: str, thing: str) -> str:
    """Give a short text in one spelling; a long one is refused before anything that takes time."""
    if len(text) > _LONGEST or "\x00" in text:
        raise _unreadable(field, text, thing)
    return _MIDNIGHT.sub("", collapse(normalise(text)))


def _unreadable(field: Field, text: str, thing: str, problem: Problem | None = None) -> ValueRefused:
    why = ""
    if problem:
        why = " " + re.sub(r"^“[^”]*” ?", "", problem.message_th)
    mend = (problem.mend_th if problem and problem.mend_th else "") or by_example(field) or _HOW[thing]
    return refusal(field, f"{_CODES[thing]}_UNREADABLE", f"อ่าน{thing} {quoted(text)} ไม่ได้{why}".rstrip(), mend)


_CODES = {"วันที่": "DATE", "เดือน": "MONTH", "เวลา": "TIME", "ช่วงเวลา": "PERIOD"}
_HOW = {
    "วันที่": "เขียนอย่าง 31/3/2569 หรือ ๓๑ มี.ค. ๒๕๖๙",
    "เดือน": "เขียนอย่าง มีนาคม 2569 หรือ 3/2569",
    "เวลา": "เขียนอย่าง 09.30 น.",
    "ช่วงเวลา": "เขียนวันเริ่มและวันสิ้นสุด อย่าง 1/2/2569 - 3/2/2569",
}


def _only_dates(text: str) -> bool:
    """Whether nothing but a date and the words that go with one stands in a text."""
    found = find_dates(text)
    rest, at = "", 0
    for one in found:
        rest += text[at : one.start] + " "
        at = one.end
    return bool(found) and bool(_AROUND.fullmatch(rest + text[at:]))


def _in_range(field: Field, text: str, thing: str, *days: date) -> None:
    if not all(FIRST_YEAR <= day.year <= LAST_YEAR for day in days):
        raise _unreadable(field, text, thing)


def read_day(field: Field, text: str) -> date:
    """Read a date: BE or CE, Thai digits or Arabic, with a month's name or in numbers."""
    plain = _plain(field, text, "วันที่")
    reading = read_date(plain)
    if reading is None or reading.value is None:
        raise _unreadable(field, text, "วันที่", reading.problem if reading else None)
    if not _only_dates(plain):
        raise _unreadable(field, text, "วันที่")
    _in_range(field, text, "วันที่", reading.value)
    return reading.value


def read_month(field: Field, text: str) -> date:
    """Read a month; given as its first day. A day of it will do."""
    plain = _plain(field, text, "เดือน")
    if found := _NUMBERS_MONTH.fullmatch(to_arabic(plain).replace(" ", "")):
        year = christian_year(found["year"] or found["iso"])
        month = int(found["month"] or found["of"])
        first = date(year, month, 1) if year else None
    elif _only_dates(plain):
        first = read_day(field, text).replace(day=1)
    else:
        period = read_period(plain)
        start = period.start if period and not period.problem else None
        first = start if period and start and month_span(start.year, start.month) == (start, period.end) else None
    if first is None:
        raise _unreadable(field, text, "เดือน")
    _in_range(field, text, "เดือน", first)
    return first


def read_clock(field: Field, text: str) -> time:
    """Read a time of day, to the minute."""
    plain = _plain(field, text, "เวลา")
    found = _TIME.fullmatch(re.sub(r"\s", "", to_arabic(plain)))
    hour = int(found["hour"]) if found else 24
    minute = int(found["minute"] or 0) if found else 0
    if hour == 24:
        raise _unreadable(field, text, "เวลา")
    return time(hour, minute)


def read_span(field: Field, text: str, fiscal_year_be: int | None = None) -> Span:
    """Read a period: two days, a month, a quarter, a fiscal year; one day alone is a period of one day."""
    plain = _plain(field, text, "ช่วงเวลา")
    period = read_period(plain, fiscal_year_be=fiscal_year_be)
    if period is None or period.problem:
        raise _unreadable(field, text, "ช่วงเวลา", period.problem if period else None)
    start, end = period.start, period.end
    if start is None and end is not None and _only_dates(plain):
        start = end
    if start is None or end is None:
        raise refusal(
            field,
            "PERIOD_OPEN",
            f"ช่วงเวลา {quoted(text)} ไม่ได้บอกวัน{'เริ่ม' if start is None else 'สิ้นสุด'}",
            _HOW["ช่วงเวลา"],
        )
    _in_range(field, text, "ช่วงเวลา", start, end)
    return Span(start, end)
