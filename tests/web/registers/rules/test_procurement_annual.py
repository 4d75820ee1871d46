"""The annual procurement report: its figures are those of the year's purchases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from prongsai.web.duties.models import Occurrence
from prongsai.web.registers import services
from prongsai.web.registers.queries.figures import figures_of
from prongsai.web.registers.queries.library import kept_of
from prongsai.web.registers.queries.linked import linked_values
from tests.web.registers.rules.daily import LATE, YEAR, add, preview

LAST = date(2026, 9, 30)


@pytest.fixture
def then(system):
    """The software itself after the year."""
    return replace(system, today=LATE)


@pytest.fixture
def bought(then):
    """Three purchases of the year and one of the year before."""
    money = {"budget_thb": Decimal(15000), "reference_thb": Decimal(14000)}
    for number, (day, method) in enumerate(
        [
            (date(2025, 10, 3), "specific"),
            (date(2026, 3, 2), "specific"),
            (LAST, "e-bidding"),
            (date(2025, 9, 30), "select"),
        ]
    ):
        add(then, "purchases", contract_no=f"{number}/69", contract_on=day, method=method, **money)


def test_figures_are_those_of_the_purchases_of_the_year(then, bought) -> None:
    made = add(then, "procurement-annual", as_of=LAST)
    found = linked_values(kept_of(then, "procurement-annual", YEAR).register, [made])[made.pk]
    assert {key: found[key] for key in ("n_purchases", "n_specific", "n_e_bidding", "n_select")} == {
        "n_purchases": Decimal(3),
        "n_specific": Decimal(2),
        "n_e_bidding": Decimal(1),
        "n_select": Decimal(0),
    }
    assert (found["budget_thb"], found["agreed_thb"], found["saved_thb"], found["saved_reference_thb"]) == (
        Decimal(45000),
        Decimal(36000),
        Decimal(9000),
        Decimal(6000),
    )


def test_sum_of_the_months_is_the_year(then, bought) -> None:
    made = add(then, "procurement-annual", as_of=LAST)
    found = linked_values(kept_of(then, "procurement-annual", YEAR).register, [made])[made.pk]
    months = next(
        one for one in figures_of(then, kept_of(then, "purchases", YEAR), YEAR) if one.statistic.key == "value_by_month"
    )
    assert sum((value or 0 for _label, value in months.rows), Decimal(0)) == found["agreed_thb"] == months.total


def test_a_report_is_of_the_last_day_of_its_year(then) -> None:
    with pytest.raises(services.EntryRefused) as refused:
        add(then, "procurement-annual", as_of=date(2026, 3, 31))
    assert [(fault.field, fault.code) for fault in refused.value.faults] == [("as_of", "NOT_YEAR_END")]


def test_a_report_before_the_year_ends_is_refused(then) -> None:
    with pytest.raises(services.EntryRefused) as refused:
        add(replace(then, today=date(2026, 9, 29)), "procurement-annual", as_of=LAST)
    assert [(fault.field, fault.code) for fault in refused.value.faults] == [("as_of", "NOT_FUTURE")]


def test_the_year_is_not_closed_while_a_month_is_open(then) -> None:
    add(then, "procurement-annual", as_of=LAST)
    (block,) = preview(then, "procurement-annual", 1).blocks
    assert block.startswith("เดือนที่ยังไม่ปิด: “เดือนตุลาคม ๒๕๖๘”")
    Occurrence.objects.filter(duty__key="procurement-summary").update(done_on=LATE)
    assert preview(then, "procurement-annual", 1).blocks == ()
