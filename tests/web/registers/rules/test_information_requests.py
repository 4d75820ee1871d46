"""Requests for information: their dates and clock, their reasons, and officers in office by order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from prongsai.registers.load import of_year
from prongsai.web.agencies.models import Committee, CommitteeMember
from prongsai.web.agencies.roles import Role
from prongsai.web.registers import services
from prongsai.web.registers.queries.entries import list_page
from prongsai.web.registers.queries.library import kept_of
from prongsai.web.registers.queries.periods import occurrences_of
from prongsai.web.registers.rules import hooks_of, information_requests
from prongsai.web.registers.services import EntryRefused, move_entry
from prongsai.web.registers.services.outside import send
from tests.web.registers.rules.conftest import TODAY, person

REQUESTS = of_year("information-requests", 0)
ASKED = date(2026, 1, 5)
REFUSAL = {
    "decision": "refused", "section": "s15_5", "reason": "เป็นข้อมูลส่วนบุคคล", "answer": "ไม่เปิดเผย อุทธรณ์ได้",
    "answered_on": date(2026, 1, 12),
}  # fmt: skip


@pytest.fixture
def request_(make):
    return make("information-requests", requested_on=ASKED, requester="นางสาวลับ ลับมาก", contact="08-9999-9999")


@pytest.fixture
def officer(agency, make):
    clerk = person(agency, Role.CLERK)
    held = Committee.objects.create(
        agency=agency, name="ศูนย์ข้อมูลข่าวสาร", order_no="120/2568", order_date=date(2025, 10, 1),
        valid_from=date(2025, 10, 1),
    )  # fmt: skip
    CommitteeMember.objects.create(committee=held, person_id=clerk.id, role="secretary")
    return make("information-officers", person=clerk)


def refuse(scope, entry, **values):
    return move_entry(scope, entry=entry, move="answer", values={**REFUSAL, **values}, version=None)


def told(scope, year=2569):
    return [one.text for one in information_requests.notices(scope, REQUESTS, year)]


@pytest.mark.parametrize("missing", ["reason", "section"])
def test_a_refusal_without_its_reason_is_not_taken(now, request_, missing):
    with pytest.raises(EntryRefused) as refused:
        refuse(now, request_, **{missing: None})
    assert [(one.field, one.code) for one in refused.value.faults] == [(missing, "REQUIRED")]
    assert refuse(now, request_).state == "answered"


def test_dates_are_kept_and_what_is_not_answered_in_fifteen_days_is_late(now, scope, make, request_):
    other = make("information-requests", requested_on=ASKED, topic="งบการเงิน")
    done = refuse(now, request_)
    assert (done.dated_on, done.due_on, done.done_on, done.values["days"]) == (
        ASKED, date(2026, 1, 20), date(2026, 1, 12), "7",
    )  # fmt: skip
    clerk = replace(scope(Role.CLERK), today=TODAY)
    late = list_page(clerk, kept_of(clerk, "information-requests"), {"late": "1", "year": "all"})
    assert [row.entry.pk for row in late.rows] == [other.pk]


def test_a_refusal_without_an_officer_in_office_is_told(now, request_):
    values = {**REFUSAL, "topic": "สัญญา"}
    warned = hooks_of("information-requests").check(now, REQUESTS, values, None)
    assert [(one.code, one.is_warning) for one in warned] == [("NO_OFFICER", True)]
    refuse(now, request_)
    assert told(now) == [
        "ยังไม่มีเจ้าหน้าที่ศูนย์ข้อมูลข่าวสารที่ได้รับแต่งตั้งโดยคำสั่งซึ่งมีผลในวันนี้",
        "ไม่เปิดเผยโดยไม่มีเจ้าหน้าที่ที่ได้รับแต่งตั้งโดยคำสั่ง ๑ เรื่อง: “สัญญาจ้างก่อสร้างถนนซอย ๕”",
    ]


def test_a_refusal_by_a_centre_with_an_officer_is_not_told(now, request_, officer):
    refuse(now, request_)
    assert told(now) == []
    assert list(hooks_of("information-requests").check(now, REQUESTS, REFUSAL, None)) == []


def test_who_asked_is_in_no_table_and_only_for_who_keeps_it(now, scope, request_):
    services.open_year(now, fiscal_year_be=2569)
    refuse(now, request_)
    clerk = replace(scope(Role.CLERK), today=TODAY)
    kept = kept_of(clerk, "information-requests")
    occurrence = occurrences_of(clerk, kept.register, 2569).get(starts_on=date(2026, 1, 1))
    close = services.close_period(replace(clerk, today=date(2026, 4, 2)), kept=kept, occurrence=occurrence)
    assert ("ลับ" in str(close.table), "9999" in str(close.table), "ลับ" in request_.title) == (False, False, False)


def test_an_outsiders_form_asks_and_is_tracked(agency):
    kept = kept_of(agency, "information-requests")
    values = {
        "topic": "งบการเงิน", "wanted": "งบแสดงฐานะการเงินปี 2568", "wanted_as": "file", "requester_kind": "citizen",
    }  # fmt: skip
    sent = send(agency, kept=kept, values=values, nonce="คำขอหนึ่ง")
    assert (sent.entry.state, sent.is_new, sent.entry.due_on is not None) == ("requested", True, True)
    assert sent.entry.values["requested_on"] == sent.entry.dated_on.isoformat()
