"""Versions of a published procurement plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from prongsai.registers.model import Ref
from prongsai.web.registers import services
from tests.web.registers.rules.daily import LATE, add, ref


@pytest.fixture
def then(system):
    """The software itself after the year."""
    return replace(system, today=LATE)


@pytest.fixture
def planned(then):
    """A published item of the plan."""
    return add(then, "procurement-plan", budget_line=add(then, "spending-plan", category="investment"))


def refused(act) -> list[tuple[str, str]]:
    with pytest.raises(services.EntryRefused) as found:
        act()
    return [(fault.field, fault.code) for fault in found.value.faults if not fault.is_warning]


def test_a_budget_line_that_is_not_there_is_refused(then) -> None:
    assert refused(lambda: add(then, "procurement-plan", budget_line=Ref(None, "ไม่มีรายการนี้"))) == [
        ("budget_line", "NOT_THERE")
    ]


def test_a_published_item_is_not_rewritten(then, planned) -> None:
    change = {"estimated_thb": Decimal(2500000)}
    assert refused(lambda: services.change_entry(then, entry=planned, values=change, version=planned.version)) == [
        ("estimated_thb", "PUBLISHED")
    ]
    hidden = {"published_on": None}
    assert refused(lambda: services.change_entry(then, entry=planned, values=hidden, version=planned.version)) == [
        ("published_on", "PUBLISHED")
    ]


def test_an_item_that_is_not_published_yet_may_be_changed(then) -> None:
    line = add(then, "spending-plan")
    made = add(then, "procurement-plan", budget_line=line, published_on=None)
    changed = services.change_entry(then, entry=made, values={"estimated_thb": Decimal("1.00")}, version=made.version)
    assert changed.values["estimated_thb"] == "1.00"


def test_a_change_makes_a_new_version_that_the_old_one_names(then, planned) -> None:
    line = Ref(**planned.values["budget_line"])
    newer = add(then, "procurement-plan", budget_line=line, estimated_thb=Decimal(2500000))
    moved = services.move_entry(
        then,
        entry=planned,
        move="supersede",
        values={"replaced_by": ref(newer), "reason": "ราคากลางสูงขึ้น"},
        version=planned.version,
    )
    assert (moved.state, moved.values["replaced_by"]["id"], moved.values["estimated_thb"]) == (
        "superseded",
        newer.pk,
        "2400000.00",
    )


def test_a_version_cannot_take_its_own_place(then, planned) -> None:
    given = {"replaced_by": ref(planned), "reason": "แก้"}
    act = lambda: services.move_entry(then, entry=planned, move="supersede", values=given, version=planned.version)  # noqa: E731
    assert ("replaced_by", "ITSELF") in refused(act)


def test_an_old_version_needs_its_new_one_and_a_reason(then, planned) -> None:
    act = lambda: services.move_entry(then, entry=planned, move="supersede", values={}, version=planned.version)  # noqa: E731
    assert refused(act) == [("replaced_by", "REQUIRED"), ("reason", "REQUIRED")]
    assert date.fromisoformat(planned.values["published_on"]) == date(2025, 10, 20)
