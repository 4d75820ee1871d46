"""Requests of data subjects: thirty days, and nobody sees who asks but who answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from prongsai.registers.load import of_year
from prongsai.web.agencies.roles import Role
from prongsai.web.registers.queries import rights
from prongsai.web.registers.queries.library import kept_of
from prongsai.web.registers.services import EntryRefused, move_entry
from prongsai.web.registers.services.outside import send
from tests.web.registers.rules.conftest import TODAY

REQUESTS = of_year("subject-requests", 0)
ASKED = date(2026, 1, 5)


@pytest.fixture
def request_(make):
    return make("subject-requests", received_on=ASKED, activity=None, unit=None)


def test_thirty_days_run_from_the_day_it_came_in(request_):
    assert (request_.due_on, request_.title) == (date(2026, 2, 4), "ขอเข้าถึงหรือขอสำเนาข้อมูล")


def test_a_refusal_without_its_reason_is_not_taken(now, request_):
    values = {"decision": "refused", "answer": "ต้องเก็บไว้ตามกฎหมาย", "answered_on": date(2026, 1, 20)}
    with pytest.raises(EntryRefused) as refused:
        move_entry(now, entry=request_, move="answer", values=values, version=None)
    assert [(one.field, one.code) for one in refused.value.faults] == [("reason", "REQUIRED")]
    values["reason"] = "กฎหมายการเงินให้เก็บ 10 ปี"
    assert move_entry(now, entry=request_, move="answer", values=values, version=None).state == "answered"


def test_who_guards_personal_data_answers_though_they_do_no_other_work(scope, request_):
    privacy = replace(scope(Role.PRIVACY), today=TODAY)
    values = {
        "decision": "granted", "identity_by": "card", "answer": "เชิญรับที่สำนักงาน", "answered_on": date(2026, 1, 20),
    }  # fmt: skip
    assert move_entry(privacy, entry=request_, move="answer", values=values, version=None).state == "answered"


@pytest.mark.parametrize(
    ("role", "sees", "knows"),
    [
        (Role.PRIVACY, True, True), (Role.LEGAL, True, True), (Role.SECRETARY, True, False),
        (Role.MAYOR, False, False), (Role.HEAD, False, False), (Role.COORDINATOR, False, False),
        (Role.CLERK, False, False),
    ],
)  # fmt: skip
def test_only_who_answers_knows_who_asked(scope, request_, role, sees, knows):
    them = scope(role)
    requester = REQUESTS.field_of("requester")
    seen = rights.may_see_entry(them, REQUESTS, request_)
    assert (seen, seen and rights.may_see_field(them, REQUESTS, requester)) == (sees, knows)


def test_an_outsiders_form_asks(agency):
    kept = kept_of(agency, "subject-requests")
    values = {
        "right": "erase", "details": "ขอลบภาพในข่าว", "requester": "นางสาวมะลิ ใจดี", "contact": "08-1234-5678",
        "for_whom": "self",
    }  # fmt: skip
    sent = send(agency, kept=kept, values=values, nonce="คำขอใช้สิทธิ")
    assert (sent.entry.state, "มะลิ" in sent.entry.title) == ("received", False)
