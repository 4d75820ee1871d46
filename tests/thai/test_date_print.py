from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.thai.date_print import format_date, format_fiscal_year, format_period

DAY = date(2026, 3, 30)


@pytest.mark.parametrize(
    ("style", "thai", "arabic"),
    [
        ("full", "๓๐ มีนาคม ๒๕๖๙", "30 มีนาคม 2569"),
        ("full_be", "๓๐ มีนาคม พ.ศ. ๒๕๖๙", "30 มีนาคม พ.ศ. 2569"),
        ("abbr", "๓๐ มี.ค. ๒๕๖๙", "30 มี.ค. 2569"),
        ("abbr_short", "๓๐ มี.ค. ๖๙", "30 มี.ค. 69"),
    ],
)
def test_format_date_prints_each_style(style: str, thai: str, arabic: str) -> None:
    assert format_date(DAY, style) == thai  # type: ignore[arg-type]
    assert format_date(DAY, style, digits="arabic") == arabic  # type: ignore[arg-type]


def test_short_year_keeps_two_digits() -> None:
    assert format_date(date(1965, 1, 2), "abbr_short", digits="arabic") == "2 ม.ค. 08"


def test_format_period_prints_both_days_or_one() -> None:
    assert format_period(date(2023, 10, 1), date(2024, 3, 31)) == "๑ ต.ค. ๒๕๖๖ - ๓๑ มี.ค. ๒๕๖๗"
    assert format_period(DAY, DAY, "full") == "๓๐ มีนาคม ๒๕๖๙"


def test_format_fiscal_year_is_that_of_titles() -> None:
    assert format_fiscal_year(2569) == "ปีงบประมาณ พ.ศ. ๒๕๖๙"
    assert format_fiscal_year(2569, digits="arabic") == "ปีงบประมาณ พ.ศ. 2569"


@given(st.dates(date(1937, 1, 1), date(2107, 12, 31)))
def test_format_date_agrees_with_the_library(day: date) -> None:
    from datetime import datetime

    from pythainlp.util import thai_strftime

    moment = datetime(day.year, day.month, day.day)
    assert format_date(day) == thai_strftime(moment, "%-d %B %Y", thaidigit=True)
    assert format_date(day, "abbr", digits="arabic") == thai_strftime(moment, "%-d %b %Y")


def test_the_library_prints_a_padded_day_where_the_sign_is_unknown() -> None:
    assert format_date(date(2026, 3, 1) + timedelta(days=1), digits="arabic") == "2 มีนาคม 2569"
