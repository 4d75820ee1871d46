"""Requests to the website's company."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from prongsai.registers.load import of_year
from prongsai.web.agencies.roles import Role
from prongsai.web.registers.queries.entries import list_page
from prongsai.web.registers.queries.library import kept_of
from prongsai.web.registers.rules import website_requests
from prongsai.web.registers.services import EntryRefused, move_entry
from tests.web.registers.rules.conftest import TODAY

REQUESTS = of_year("website-requests", 0)
ASKED, PROMISED, DONE = date(2026, 1, 5), date(2026, 1, 12), date(2026, 1, 14)


@pytest.fixture
def heading(make):
    return make("website-requests", kind="heading", asked_on=ASKED)


def told(scope, day):
    return [one.text for one in website_requests.notices(replace(scope, today=day), REQUESTS, 2569)]


def promise(scope, entry):
    values = {"promised_on": PROMISED, "vendor_answer": "จะเพิ่มให้"}
    return move_entry(scope, entry=entry, move="promise", values=values, version=None)


def test_a_new_heading_is_followed_from_asking_to_proof(now, scope, heading):
    named = "“หัวข้อใหม่ แผนปฏิบัติการป้องกันการทุจริต”"
    assert (heading.state, told(now, PROMISED)) == ("asked", [])
    assert told(now, date(2026, 1, 13)) == [f"บริษัทยังไม่ตอบเกิน ๗ วัน ๑ เรื่อง: {named}"]
    promised = promise(now, heading)
    assert (promised.state, promised.due_on, told(now, PROMISED)) == ("promised", PROMISED, [])
    assert told(now, date(2026, 1, 13)) == [f"เลยวันที่บริษัทรับปากแล้ว ๑ เรื่อง: {named}"]
    keeper = replace(scope(Role.PUBLISHER), today=TODAY)
    late = list_page(keeper, kept_of(keeper, "website-requests"), {"late": "1", "year": "all", "kind": "heading"})
    assert [row.entry.pk for row in late.rows] == [heading.pk]
    proof = {"done_on": DONE, "proof_link": "https://www.example.go.th/ita/o23"}
    done = move_entry(now, entry=promised, move="finish", values=proof, version=None)
    assert (done.state, done.done_on, done.values["days"], told(now, TODAY)) == ("done", DONE, "9", [])


def test_nothing_is_done_without_proof(now, heading):
    with pytest.raises(EntryRefused) as refused:
        move_entry(now, entry=heading, move="finish", values={"done_on": DONE}, version=None)
    assert [one.field for one in refused.value.faults] == ["proof_link"]


def test_a_refusal_of_the_company_keeps_its_reason(now, heading):
    with pytest.raises(EntryRefused):
        move_entry(now, entry=heading, move="decline", version=None)
    assert move_entry(now, entry=heading, move="decline", note="ไม่อยู่ในสัญญา", version=None).state == "declined"


def test_every_unit_may_ask(scope, make):
    officer = replace(scope(Role.OFFICER), today=TODAY)
    assert make("website-requests", by=officer).unit.name == "กองช่าง"
