"""Fact-finding outside the sealed channel: its committee, its days, its readers."""

from __future__ import annotations

from datetime import date

import pytest

from prongsai.web.agencies.models import Committee, CommitteeMember
from prongsai.web.agencies.roles import Role
from prongsai.web.registers import services
from prongsai.web.registers.services import EntryRefused
from tests.web.registers.rules.conftest import person

ID = "fact-findings"


@pytest.fixture
def order(agency):
    """The committee of order 60/2569 with these members."""

    def make(*roles: Role) -> Committee:
        made, _new = Committee.objects.get_or_create(
            agency=agency, name="คณะกรรมการสอบข้อเท็จจริง", order_no="60/2569", order_date=date(2026, 2, 2)
        )
        made.members.all().delete()
        for role in roles:
            CommitteeMember.objects.create(committee=made, person_id=person(agency, role).id, role="member")
        return made

    return make


def extend(now, entry, day: date):
    values = {"extended_to": day, "extension_no": "บันทึกที่ 90"}
    return services.move_entry(now, entry=entry, move="extend", values=values, note="พยานป่วย", version=None)


def faults_of(call) -> list[tuple[str, str]]:
    with pytest.raises(EntryRefused) as refused:
        call()
    return [(one.field, one.code) for one in refused.value.faults]


def test_committee_is_of_an_order_with_members(make, order):
    assert faults_of(lambda: make(ID)) == [("order_no", "NO_ORDER")]
    order()
    assert faults_of(lambda: make(ID)) == [("order_no", "ORDER_WITHOUT_MEMBERS")]
    order(Role.CLERK)
    assert make(ID).pk


def test_accused_does_not_sit_in_the_committee(agency, make, order):
    order(Role.CLERK, Role.OFFICER)
    assert faults_of(lambda: make(ID, accused=person(agency, Role.OFFICER))) == [("order_no", "ACCUSED_SITS")]
    others = ({"name": "นายอรุณ  ขยันยิ่ง"},)
    named = [("others", "STAFF_BY_NAME"), ("order_no", "ACCUSED_SITS")]  # staff are named by their record
    assert faults_of(lambda: make(ID, others=others)) == named
    assert make(ID, accused=person(agency, Role.PERSONNEL)).pk


def test_head_of_the_unit_of_the_accused_does_not_sit_in_it(agency, make, order):
    order(Role.HEAD, Role.CLERK)  # the head of กองคลัง
    assert faults_of(lambda: make(ID, accused=person(agency, Role.SUPPLY))) == [("order_no", "HEAD_OF_ACCUSED")]
    assert make(ID, accused=person(agency, Role.OFFICER)).pk


def test_inquiry_is_due_after_thirty_days_and_runs_on_when_extended(agency, now, make, order):
    order(Role.CLERK)
    entry = make(ID)
    assert entry.due_on == date(2026, 3, 4)
    assert faults_of(lambda: extend(now, entry, date(2026, 3, 4))) == [("extended_to", "NOT_LATER")]
    entry = extend(now, entry, date(2026, 4, 3))
    entry.refresh_from_db()
    assert entry.due_on == date(2026, 4, 3)
    assert faults_of(lambda: extend(now, entry, date(2026, 4, 2))) == [("extended_to", "NOT_LATER")]
    extend(now, entry, date(2026, 5, 3))
    entry.refresh_from_db()
    assert entry.due_on == date(2026, 5, 3)
    assert [(one.move, one.note) for one in entry.moves.all()] == [("extend", "พยานป่วย")] * 2


def test_extension_says_why_and_by_what(now, make, order):
    order(Role.CLERK)
    entry = make(ID)
    with pytest.raises(EntryRefused):
        services.move_entry(
            now, entry=entry, move="extend", values={"extended_to": date(2026, 4, 3)}, note="ป่วย", version=None
        )
    with pytest.raises(EntryRefused):
        values = {"extended_to": date(2026, 4, 3), "extension_no": "90"}
        services.move_entry(now, entry=entry, move="extend", values=values, version=None)
