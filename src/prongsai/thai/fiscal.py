"""The Thai fiscal year: from 1 October to 30 September, named after the Buddhist year in which it ends."""

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

BE_OFFSET = 543


class Span(NamedTuple):
    """First and last day, both inside."""

    start: date
    end: date


def month_span(year: int, month: int) -> Span:
    """Give the first and last day of a month of a Christian year."""
    return Span(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def fiscal_year_be(day: date) -> int:
    """Give the fiscal year (BE) that a day falls in: 1 October 2025 is in 2569."""
    return day.year + BE_OFFSET + (day.month >= 10)


def fiscal_year(be: int) -> Span:
    """Give the first and last day of a fiscal year (BE)."""
    return Span(date(be - BE_OFFSET - 1, 10, 1), date(be - BE_OFFSET, 9, 30))


def _months_from_october(first: int, count: int, fy_be: int) -> Span:
    """first: 0 is October. The months that follow it in the same fiscal year."""

    def at(offset: int) -> tuple[int, int]:
        year, month = divmod(9 + offset, 12)
        return fy_be - BE_OFFSET - 1 + year, month + 1

    return Span(month_span(*at(first)).start, month_span(*at(first + count - 1)).end)


def quarter(n: int, fy_be: int) -> Span:
    """Give quarter n (1–4) of a fiscal year (BE); quarter 1 is October–December of the year before. Else ValueError."""
    if not 1 <= n <= 4:
        raise ValueError(f"a fiscal year has quarters 1 to 4, not {n}")
    return _months_from_october(3 * (n - 1), 3, fy_be)


def half(n: int, fy_be: int) -> Span:
    """Give half n (1 or 2) of a fiscal year (BE). Else ValueError."""
    if n not in (1, 2):
        raise ValueError(f"a fiscal year has halves 1 and 2, not {n}")
    return _months_from_october(6 * (n - 1), 6, fy_be)


def first_months(count: int, fy_be: int) -> Span:
    """Give the first ``count`` months (1–12) of a fiscal year (BE), as in รอบ ๙ เดือน. Else ValueError."""
    if not 1 <= count <= 12:
        raise ValueError(f"a fiscal year has 12 months, not {count}")
    return _months_from_october(0, count, fy_be)


def in_fiscal_year(month: int, fy_be: int) -> int:
    """Give the Christian year in which a month (1–12) of a fiscal year (BE) falls."""
    return fy_be - BE_OFFSET - (month >= 10)


def months_in(start: date, end: date) -> list[date]:
    """List the first days of the months that a span touches; empty when it ends before it starts."""
    months: list[date] = []
    month = start.replace(day=1)
    while month <= end:
        months.append(month)
        month = (month + timedelta(days=31)).replace(day=1)
    return months
