"""Registers of the operation plan and of spending."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.registers.load import of_year
from prongsai.registers.model import Ref, Rhythm
from prongsai.registers.rules import year_faults
from tests.registers.library.by_example import UNITS, YEAR, example, figure, wrong, wrong_progress

MONEY = st.decimals(min_value=0, max_value=10**9, places=2)
QUARTERS = ("q1_thb", "q2_thb", "q3_thb", "q4_thb")


@pytest.mark.parametrize("key", ["project", "budget_thb", "period"])
def test_three_fields_of_a_project_are_required(key: str) -> None:
    assert wrong("operation-plan", **{key: None}) == [(key, "REQUIRED")]


def test_units_that_have_not_sent_their_plan_are_listed() -> None:
    rows = [example("operation-plan", unit=UNITS[0]), example("operation-plan", unit=Ref(1, "สำนักปลัด"))]
    (fault,) = year_faults(of_year("operation-plan", YEAR), rows, {}, UNITS)
    assert (fault.message_th, fault.mend_th) == ("ส่วนราชการที่ยังไม่ส่งแผน", "ยังไม่มี กองคลัง, กองช่าง")
    assert fault.is_warning


@pytest.mark.parametrize("percent", ["-0.1", "100.1", "250"])
def test_percent_stays_within_a_hundred(percent: str) -> None:
    (fault,) = wrong_progress("operation-plan", percent=Decimal(percent))
    assert fault[0] == "percent"


def test_percent_takes_one_decimal_and_both_ends() -> None:
    assert [wrong_progress("operation-plan", percent=Decimal(one)) for one in ("0", "33.3", "100")] == [[], [], []]


def test_spending_over_the_budget_of_a_project_is_explained() -> None:
    assert wrong_progress("operation-plan", spent_thb=Decimal("450000.01"), reason=None) == [("reason", "FILLED_IF")]


def test_the_report_of_the_year_is_the_second_half_of_the_same_plan() -> None:
    register = of_year("operation-plan", YEAR)
    assert register.progress is not None
    assert register.due is not None
    assert (register.progress.rhythm, register.due.rhythm) == (Rhythm.HALF_YEARLY, Rhythm.HALF_YEARLY)
    assert {feed.item: feed.when for feed in register.feeds}["operation.annual-report"] == "period"


# ---------------------------------------------------------------- spending


def test_four_quarters_make_the_budget() -> None:
    assert wrong("spending-plan", q4_thb=Decimal("30000.01")) == [("planned_thb", "EQUALS")]


@pytest.mark.parametrize("key", ["source", "category", "budget_thb", *QUARTERS])
def test_a_line_has_one_source_and_one_category(key: str) -> None:
    assert (key, "REQUIRED") in wrong("spending-plan", **{key: None})


@given(
    st.lists(
        st.tuples(
            MONEY,
            st.sampled_from(["by_law", "act", "grant", "reserve", "other"]),
            st.sampled_from(["central", "personnel", "operations", "investment", "subsidy", "other"]),
        ),
        max_size=30,
    )
)
def test_sum_by_source_is_the_sum_by_category(lines: list[tuple[Decimal, str, str]]) -> None:
    rows = [example("spending-plan", budget_thb=money, source=source, category=kind) for money, source, kind in lines]
    by_source, by_category = (figure("spending-plan", key, rows) for key in ("budget_by_source", "budget_by_category"))
    sums = [sum((value or 0 for _label, value in one.rows), Decimal(0)) for one in (by_source, by_category)]
    assert sums == [sum((money for money, *_ in lines), Decimal(0))] * 2
    assert by_source.total == by_category.total


def test_a_negative_amount_is_refused() -> None:
    assert ("budget_thb", "TOO_LOW") in wrong("spending-plan", budget_thb=Decimal("-1.00"))
    assert wrong_progress("spending-plan", spent_thb=Decimal("-1.00")) == [("spent_thb", "TOO_LOW")]


def test_spending_is_reported_by_the_quarter_and_a_half_year_is_never_asked() -> None:
    register = of_year("spending-plan", YEAR)
    assert register.progress is not None
    assert register.progress.rhythm is Rhythm.QUARTERLY
    assert {field.key for field in register.progress.fields} == {
        "spent_thb",
        "transfer_in_thb",
        "transfer_out_thb",
        "note",
        "obstacles",
        "suggestions",
    }


def test_a_quarter_over_the_whole_budget_is_explained() -> None:
    assert wrong_progress("spending-plan", spent_thb=Decimal("120000.01"), note=None) == [("note", "FILLED_IF")]
