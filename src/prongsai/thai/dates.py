"""Dates, periods, deadlines and fiscal years of Thai offices, both ways: read and print.

One door to the modules that do the work: ``days``, ``periods``, ``dues``, ``fiscal``, ``months``, ``date_print``.
"""

from prongsai.thai.date_print import DateStyle, format_date, format_fiscal_year, format_period
from prongsai.thai.days import DateReading, FoundDate, find_dates, read_date
from prongsai.thai.dues import Recurrence, find_dues, read_due, recurrence
from prongsai.thai.fiscal import (
    Span,
    first_months,
    fiscal_year,
    fiscal_year_be,
    half,
    month_span,
    months_in,
    quarter,
)
from prongsai.thai.months import MONTHS, MONTHS_SHORT, month_number, unknown_month_abbreviations
from prongsai.thai.periods import Period, read_period

__all__ = [
    "MONTHS",
    "MONTHS_SHORT",
    "DateReading",
    "DateStyle",
    "FoundDate",
    "Period",
    "Recurrence",
    "Span",
    "find_dates",
    "find_dues",
    "first_months",
    "fiscal_year",
    "fiscal_year_be",
    "format_date",
    "format_fiscal_year",
    "format_period",
    "half",
    "month_number",
    "month_span",
    "months_in",
    "quarter",
    "read_date",
    "read_due",
    "read_period",
    "recurrence",
    "unknown_month_abbreviations",
]
