"""The periods of a fiscal year in which a duty comes round, what they are called, and the last day for each."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from prongsai.thai.fiscal import BE_OFFSET, Span, fiscal_year, half, in_fiscal_year, month_span, quarter
from prongsai.thai.holidays import next_working_day
from prongsai.thai.months import MONTHS
from prongsai.thai.numerals import to_thai
from prongsai.web.duties.models import Duty, Rhythm

FISCAL_MONTHS = (10, 11, 12, *range(1, 10))


class Period(NamedTuple):
    """A period: its name in Thai, first and last day, and the last working day to have it done."""

    label: str
    starts_on: date
    ends_on: date
    due_on: date


def periods_of(duty: Duty) -> tuple[Period, ...]:
    """Give every period of a duty in its fiscal year, in order.

    A day that falls on a weekend or holiday moves to the next working day.
    """
    spans = _SPANS[Rhythm(duty.rhythm)](duty)
    return tuple(Period(label, *span, due_after(span.end, duty.days_after)) for label, span in spans)


def due_after(end: date, days: int) -> date:
    """Give the last day to do something: days after a period's end, moved to a working day."""
    return next_working_day(end + timedelta(days=days))


def month_label(month: date) -> str:
    """Name the month of a day: ``เดือนตุลาคม ๒๕๖๘``."""
    return to_thai(f"เดือน{MONTHS[month.month - 1]} {month.year + BE_OFFSET}")


Spans = list[tuple[str, Span]]


def _month(number: int, year_be: int) -> tuple[str, Span]:
    span = month_span(in_fiscal_year(number, year_be), number)
    return month_label(span.start), span


def _monthly(duty: Duty) -> Spans:
    return [_month(number, duty.fiscal_year_be) for number in FISCAL_MONTHS]


def _quarterly(duty: Duty) -> Spans:
    return [(to_thai(f"ไตรมาส {n}"), quarter(n, duty.fiscal_year_be)) for n in range(1, 5)]


def _half_yearly(duty: Duty) -> Spans:
    return [(to_thai(f"รอบ {6 * n} เดือน"), half(n, duty.fiscal_year_be)) for n in (1, 2)]


def _once(duty: Duty) -> Spans:
    if duty.month:
        return [_month(duty.month, duty.fiscal_year_be)]
    return [(to_thai(f"ปีงบประมาณ {duty.fiscal_year_be}"), fiscal_year(duty.fiscal_year_be))]


_SPANS: dict[Rhythm, Callable[[Duty], Spans]] = {
    Rhythm.MONTHLY: _monthly,
    Rhythm.QUARTERLY: _quarterly,
    Rhythm.HALF_YEARLY: _half_yearly,
    Rhythm.YEARLY: _once,
    Rhythm.ONCE: _once,
}
