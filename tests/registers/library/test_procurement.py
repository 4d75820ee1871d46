"""Registers of procurement: plan, notices, purchases, investments, contracts, the year's report."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.registers.load import of_year
from prongsai.registers.model import LINKED, FieldType, Ref, Rhythm
from prongsai.registers.rules import year_faults
from prongsai.registers.values import ValueRefused, read
from prongsai.registers.year_checks import ENTRY
from tests.registers.library.by_example import (
    UNITS,
    YEAR,
    all_faults,
    derived,
    example,
    figure,
    warned,
    wrong,
    wrong_progress,
)

# ---------------------------------------------------------------- plan


def test_a_plan_item_names_its_budget_line() -> None:
    assert wrong("procurement-plan", budget_line=None) == [("budget_line", "REQUIRED")]


def test_a_change_leaves_the_old_version_uncounted_and_names_the_new_one() -> None:
    register = of_year("procurement-plan", YEAR)
    superseded, move = register.state_of("superseded"), register.move_of("supersede")
    assert superseded is not None
    assert move is not None
    assert (superseded.is_counted, superseded.is_public, move.to) == (False, True, "superseded")
    assert {field.key for field in register.fields_at("supersede") if field.required} == {"replaced_by", "reason"}


# ---------------------------------------------------------------- notices


def test_a_notice_rests_on_the_plan_or_gives_a_reason() -> None:
    assert wrong("procurement-notices", plan=None) == [("reason", "REQUIRED")]
    assert wrong("procurement-notices", plan=None, reason="เร่งด่วน") == []


def test_a_notice_is_posted_before_its_deadline() -> None:
    late = {"posted_on": date(2026, 1, 27)}
    assert ("posted_on", "NOT_AFTER") in wrong("procurement-notices", **late)
    assert wrong("procurement-notices", closes_on=None) == [("closes_on", "FILLED_IF")]


def test_days_late_are_worked_out_and_told() -> None:
    assert derived("procurement-notices")["days_late"] == Decimal(-1)
    late = {"posted_on": date(2026, 1, 20)}
    assert derived("procurement-notices", **late)["days_late"] == Decimal(4)
    assert (wrong("procurement-notices", **late), warned("procurement-notices", **late)) == (
        [],
        [("posted_on", "NOT_AFTER")],
    )


def test_the_days_of_the_deadline_stand_in_the_file() -> None:
    register = of_year("procurement-notices", YEAR)
    (rule,) = [rule for rule in register.rules if rule.days]
    assert (rule.field, rule.other, rule.days, rule.is_warning) == ("due_on", "approved_on", 15, True)
    assert warned("procurement-notices", due_on=date(2026, 1, 28)) == [("due_on", "WITHIN_DAYS")]
    assert "๑๕ วัน" in register.unverified_th[0]


# ---------------------------------------------------------------- purchases


def test_every_month_is_due_and_may_be_stated_as_none() -> None:
    due = of_year("purchases", YEAR).due
    assert due is not None
    assert (due.rhythm, due.none_allowed, due.duty) == (Rhythm.MONTHLY, True, "procurement-summary")


def test_the_winner_is_a_bidder_and_the_price_within_the_budget() -> None:
    assert wrong("purchases", winner="ร้านอื่น") == [("winner", "IN_ROWS")]
    assert wrong("purchases", agreed_thb=Decimal("15000.01")) == [("agreed_thb", "AT_MOST")]


def test_savings_are_worked_out() -> None:
    found = derived("purchases")
    assert (found["saved_thb"], found["saved_reference_thb"]) == (Decimal("3000.00"), Decimal("3000.00"))


@given(
    st.lists(
        st.tuples(st.dates(date(2025, 10, 1), date(2026, 9, 30)), st.decimals(0, 10**8, places=2)),
        min_size=1,
        max_size=40,
    )
)
def test_sum_of_the_months_is_the_year(bought: list[tuple[date, Decimal]]) -> None:
    rows = [example("purchases", contract_on=day, agreed_thb=money) for day, money in bought]
    months = figure("purchases", "value_by_month", rows, dated="contract_on")
    year = sum((money for _day, money in bought), Decimal(0))
    assert sum((value or 0 for _label, value in months.rows), Decimal(0)) == year == months.total


# ---------------------------------------------------------------- investments


def listed(rows: list[dict[str, object]]) -> list[tuple[str, str, bool]]:
    """Name what is wrong with a year's list, over two investment lines and one of another category."""
    lines = [
        {**example("spending-plan", category=kind), ENTRY: Ref(number, name)}
        for number, (name, kind) in enumerate(
            [("รถบรรทุกขยะ", "investment"), ("เครื่องพิมพ์", "investment"), ("วัสดุสำนักงาน", "operations")], 7
        )
    ]
    found = year_faults(of_year("capital-list", YEAR), rows, {"spending-plan": lines}, UNITS)
    return [(one.code, one.mend_th, one.is_warning) for one in found]


def test_every_investment_line_is_in_the_list_and_a_missing_one_is_named() -> None:
    first = example("capital-list", line=Ref(7, "รถบรรทุกขยะ"))
    second = example("capital-list", line=Ref(8, "เครื่องพิมพ์"))
    assert listed([first]) == [("EVERY_ENTRY_OF", "ยังขาด เครื่องพิมพ์", False)]
    assert listed([first, second]) == []


def test_an_amount_that_is_no_number_is_refused() -> None:
    field = of_year("capital-list", YEAR).field_of("budget_thb")
    assert field
    with pytest.raises(ValueRefused):
        read(field, "สองล้านกว่า")


def test_no_cell_of_a_signed_item_is_left_empty() -> None:
    signed = {"reference_thb": None, "agreed_thb": None, "vendor": None}
    assert [field for field, _code in wrong("capital-list", **signed)] == ["reference_thb", "agreed_thb", "vendor"]
    assert wrong("capital-list", **signed, status="running") == []
    for key in ("item", "budget_thb", "source", "status", "method", "egp_no"):
        assert wrong("capital-list", **{key: None}) == [(key, "REQUIRED")]


def test_an_item_without_project_number_says_why() -> None:
    assert wrong("capital-list", egp_no="-") == [("egp_reason", "REQUIRED")]
    assert wrong("capital-list", egp_no="-", egp_reason="วงเงินไม่ถึงเกณฑ์") == []


# ---------------------------------------------------------------- contracts


def test_every_contract_reports_its_status() -> None:
    assert wrong_progress("contracts", status=None) == [("status", "REQUIRED")]


def test_paid_stays_within_the_contract() -> None:
    assert wrong_progress("contracts", paid_thb=Decimal("445000.01")) == [("paid_thb", "AT_MOST")]


def test_a_delivered_contract_has_its_day_and_a_late_one_its_reason() -> None:
    assert wrong_progress("contracts", status="delivered", delivered_on=None) == [("delivered_on", "FILLED_IF")]
    assert wrong_progress("contracts", status="late", remark=None) == [("remark", "FILLED_IF")]
    assert wrong_progress("contracts", delivered_on=date(2026, 2, 1)) == [("delivered_on", "NOT_BEFORE")]


def test_contracts_are_dated_by_their_signature_and_due_both_halves() -> None:
    register = of_year("contracts", YEAR)
    assert register.due is not None
    assert (register.dated_by, register.due.rhythm, register.due.duty) == (
        "signed_on",
        Rhythm.HALF_YEARLY,
        "procurement-progress",
    )


# ---------------------------------------------------------------- the year's report


def test_figures_of_the_year_are_never_typed() -> None:
    register = of_year("procurement-annual", YEAR)
    asked = {field.key for field in register.fields_at("")}
    linked = [field for field in register.fields if field.derivation and field.derivation.formula in LINKED]
    assert asked == {"as_of", "analysis", "obstacles", "suggestions"}
    assert {field.derivation.register for field in linked if field.derivation} == {"purchases"}
    assert [field.key for field in register.fields if field.type is FieldType.DERIVED and field not in linked] == []


def test_every_method_and_kind_of_purchase_has_its_figure() -> None:
    purchases, report = of_year("purchases", YEAR), of_year("procurement-annual", YEAR)
    counted: set[tuple[str, str]] = set()
    for field in report.fields:
        where = field.derivation.where if field.derivation else None
        if where:
            counted |= {(where.field, key) for key in (where.any_of or (str(where.is_),))}
    method, kind = purchases.field_of("method"), purchases.field_of("kind")
    assert method
    assert kind
    assert counted == {("method", one.key) for one in method.choices} | {("kind", one.key) for one in kind.choices}


def test_obstacles_and_suggestions_are_written_out() -> None:
    for key in ("analysis", "obstacles", "suggestions"):
        assert wrong("procurement-annual", **{key: None}) == [(key, "REQUIRED")]


def test_the_report_is_refused_before_its_year_ends() -> None:
    (fault,) = all_faults("procurement-annual", as_of=date(2026, 9, 30))
    assert (fault.field, fault.code, fault.message_th) == (
        "as_of",
        "NOT_FUTURE",
        "ทำรายงานประจำปีก่อนสิ้นปีงบประมาณไม่ได้",
    )
