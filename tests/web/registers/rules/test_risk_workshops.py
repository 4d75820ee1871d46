"""Workshops that select risks: who came, what became of each candidate."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from prongsai.registers.values import from_json
from prongsai.thai.fiscal import fiscal_year
from prongsai.web.agencies.roles import Role
from prongsai.web.registers import services
from prongsai.web.registers.queries.detail import entry_page
from prongsai.web.registers.queries.library import kept_of
from prongsai.web.registers.rules import hooks_of
from prongsai.web.registers.services.proposed import proposed
from tests.web.registers.conftest import unit_ref
from tests.web.registers.rules.daily import YEAR, add

SEPTEMBER, OCTOBER = date(2025, 9, 15), date(2025, 10, 20)
CHOSEN, LEFT = "รับเงินเพื่อเร่งออกใบอนุญาต", "เบิกวัสดุเกินจริง"


@pytest.fixture
def then(system):
    """The software itself after the workshop, at the end of the year before."""
    return replace(system, today=SEPTEMBER)


@pytest.fixture
def workshop(then):
    """The workshop of the file's example: one candidate chosen, one not."""
    return add(then, "risk-workshops")


def candidates(agency, **changes: object):
    row = {"event": CHOSEN, "area": "permits", "process": "ออกใบอนุญาต", "unit": unit_ref(agency, "กองช่าง")}
    return ({**row, "chosen": True, **changes},)


def risk_proposals(scope, year=YEAR):
    return [one for one in proposed(scope, kept_of(scope, "risks", year), year) if one.values["origin"] == "workshop"]


def picture(scope, workshop) -> str:
    return str(hooks_of("risk-workshops").picture(scope, kept_of(scope, "risk-workshops").register, workshop))


def take(scope, **changes: object):
    """Make the risk that the first proposal asks for."""
    values = risk_proposals(scope)[0].values
    return add(scope, "risks", **values, likelihood=Decimal(3), impact=Decimal(4), measures="กำหนดเวลา", **changes)


def test_attendance_is_kept_and_counted(then, workshop):
    page = entry_page(then, kept_of(then, "risk-workshops"), workshop)
    assert page.values["people"] == 2
    fields = kept_of(then, "risk-workshops").register.fields
    assert [row["person"].text for row in from_json(fields, workshop.values)["attended"]] == [
        "นายอรุณ ขยันยิ่ง",
        "นายประหยัด พอดี",
    ]


@pytest.mark.parametrize("rows", [0, 1])
def test_a_workshop_without_attendance_is_refused(then, workshop, rows):
    fields = kept_of(then, "risk-workshops").register.fields
    attended = from_json(fields, workshop.values)["attended"][:rows]
    with pytest.raises(services.EntryRefused) as refused:
        add(then, "risk-workshops", attended=attended or None)
    assert {fault.field for fault in refused.value.faults} == {"attended"}


def test_a_candidate_that_is_not_chosen_keeps_its_reason(then, agency, workshop):
    with pytest.raises(services.EntryRefused) as refused:
        add(then, "risk-workshops", candidates=candidates(agency, chosen=False))
    assert [(fault.field, fault.column, fault.code) for fault in refused.value.faults] == [
        ("candidates", "reason", "REQUIRED")
    ]
    assert "ไม่เลือก เพราะมีการควบคุมเพียงพอแล้ว" in picture(then, workshop)


def test_a_chosen_candidate_is_proposed_as_a_risk_with_its_words(then, workshop):
    (found,) = risk_proposals(replace(then, today=OCTOBER))
    values = found.values
    assert (values["event"], values["area"], values["process"]) == (CHOSEN, "permits", "การออกใบอนุญาตก่อสร้าง")
    assert (values["unit"].text, values["workshop"].id, found.is_whole) == ("กองช่าง", workshop.pk, False)


def test_risks_of_the_coming_year_are_proposed_before_it_begins(then, workshop):
    (found,) = risk_proposals(then, YEAR - 1)
    assert (found.values["period"].start, found.values["period"].end) == (
        fiscal_year(YEAR).start,
        fiscal_year(YEAR).end,
    )


def test_a_risk_made_of_a_candidate_is_shown_with_it_and_proposed_no_more(then, workshop):
    now = replace(then, today=OCTOBER)
    assert "เลือก ยังไม่ได้ประเมินเป็นความเสี่ยง" in picture(now, workshop)
    made = take(now)
    assert risk_proposals(now) == []
    assert f"/registers/risks/{made.pk}/" in picture(now, workshop)
    assert entry_page(now, kept_of(now, "risk-workshops"), workshop).values["made"] == 1


def test_a_withdrawn_risk_is_proposed_again(then, workshop):
    now = replace(then, today=OCTOBER)
    services.move_entry(now, entry=take(now), move="withdraw", note="บันทึกผิด", version=None)
    assert len(risk_proposals(now)) == 1


def test_a_risk_about_a_superior_is_neither_named_nor_proposed_again(then, scope, workshop):
    now = replace(then, today=OCTOBER)
    made = take(now, about_superior=True)
    legal, auditor = (replace(scope(role), today=OCTOBER) for role in (Role.LEGAL, Role.AUDITOR))
    assert risk_proposals(legal) == []
    assert f"/risks/{made.pk}/" not in picture(legal, workshop)
    assert f"/risks/{made.pk}/" in picture(auditor, workshop)
