from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.thai.fiscal import (
    Span,
    first_months,
    fiscal_year,
    fiscal_year_be,
    half,
    in_fiscal_year,
    month_span,
    months_in,
    quarter,
)


def test_fiscal_year_begins_in_october_of_the_year_before() -> None:
    assert fiscal_year(2568) == Span(date(2024, 10, 1), date(2025, 9, 30))
    assert [fiscal_year_be(day) for day in (date(2024, 9, 30), date(2024, 10, 1), date(2025, 9, 30))] == [
        2567,
        2568,
        2568,
    ]


def test_quarters_are_those_of_the_fiscal_year() -> None:
    assert [quarter(n, 2568) for n in (1, 2, 3, 4)] == [
        Span(date(2024, 10, 1), date(2024, 12, 31)),
        Span(date(2025, 1, 1), date(2025, 3, 31)),
        Span(date(2025, 4, 1), date(2025, 6, 30)),
        Span(date(2025, 7, 1), date(2025, 9, 30)),
    ]


def test_halves_meet_in_the_middle() -> None:
    assert half(1, 2566) == Span(date(2022, 10, 1), date(2023, 3, 31))
    assert half(2, 2566) == Span(date(2023, 4, 1), date(2023, 9, 30))


def test_first_months_end_where_the_report_is_cut() -> None:
    assert first_months(6, 2567) == half(1, 2567)
    assert first_months(9, 2567).end == date(2024, 6, 30)
    assert first_months(12, 2567) == fiscal_year(2567)
    assert first_months(5, 2567).end == date(2024, 2, 29)


@given(st.integers(2400, 2699))
def test_quarters_and_halves_cover_the_year_without_gap(be: int) -> None:
    for parts in ([quarter(n, be) for n in (1, 2, 3, 4)], [half(1, be), half(2, be)]):
        assert (parts[0].start, parts[-1].end) == fiscal_year(be)
        for before, after in zip(parts, parts[1:], strict=False):
            assert before.end + timedelta(days=1) == after.start
        assert {fiscal_year_be(day) for part in parts for day in part} == {be}


@given(st.integers(1, 12), st.integers(2400, 2699))
def test_in_fiscal_year_finds_the_calendar_year_of_a_month(month: int, be: int) -> None:
    assert fiscal_year_be(date(in_fiscal_year(month, be), month, 1)) == be


def test_month_span_knows_leap_years() -> None:
    assert month_span(2024, 2).end == date(2024, 2, 29)
    assert month_span(2023, 2).end == date(2023, 2, 28)


def test_months_in_lists_first_days() -> None:
    assert months_in(date(2024, 11, 30), date(2025, 1, 1)) == [date(2024, 11, 1), date(2024, 12, 1), date(2025, 1, 1)]
    assert months_in(date(2025, 1, 2), date(2025, 1, 1)) == [date(2025, 1, 1)]
    assert months_in(date(2025, 2, 1), date(2025, 1, 1)) == []


@pytest.mark.parametrize(
    ("call", "wrong"), [(quarter, 0), (quarter, 5), (half, 3), (first_months, 13), (first_months, 0)]
)
def test_what_a_year_does_not_have_is_refused(call, wrong: int) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match="a fiscal year has"):
        call(wrong, 2568)
