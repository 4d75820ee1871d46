"""Officers of the information centre: no officer without an order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from prongsai.registers.load import of_year
from prongsai.web.agencies.models import Committee, CommitteeMember, JobOrder, Person
from prongsai.web.agencies.roles import Role
from prongsai.web.registers.rules import information_officers
from prongsai.web.registers.services import EntryRefused, change_entry, move_entry
from tests.web.registers.rules.conftest import person

OFFICERS = of_year("information-officers", 0)
SINCE, LAST = date(2025, 10, 1), date(2026, 4, 20)


@pytest.fixture
def clerk(agency):
    return person(agency, Role.CLERK)


@pytest.fixture
def order(agency, clerk):
    """A committee by order 120/2568 with the clerk in it; ``order(valid_to=…)``."""

    def made(who=clerk, **dates):
        found = Committee.objects.create(
            agency=agency, name="คณะทำงานศูนย์ข้อมูลข่าวสาร", order_no="๑๒๐/๒๕๖๘", order_date=SINCE,
            **{"valid_from": SINCE, **dates},
        )  # fmt: skip
        CommitteeMember.objects.create(committee=found, person_id=who.id, role="secretary")
        return found

    return made


def told(scope):
    return [one.text for one in information_officers.notices(scope, OFFICERS, 2569)]


def refused(make, **values):
    with pytest.raises(EntryRefused) as found:
        make("information-officers", **values)
    return [(one.field, one.code) for one in found.value.faults]


def test_an_officer_without_an_order_is_refused(make, clerk):
    assert refused(make, person=clerk) == [("order_no", "NO_ORDER")]


def test_an_order_that_does_not_name_the_officer_appoints_nobody(agency, make, clerk, order):
    order(who=person(agency, Role.PUBLISHER))
    assert refused(make, person=clerk) == [("order_no", "NO_ORDER")]


def test_an_order_that_has_run_out_or_begins_later_appoints_nobody(make, clerk, order):
    held = order(valid_to=date(2026, 3, 30))
    assert refused(make, person=clerk) == [("order_no", "NO_ORDER")]
    Committee.objects.filter(pk=held.pk).update(valid_from=date(2025, 11, 1), valid_to=None)
    assert refused(make, person=clerk) == [("order_no", "NO_ORDER")]


def test_the_order_of_a_committee_or_of_work_puts_an_officer_in_office(agency, now, make, clerk, order):
    order()
    assert make("information-officers", person=clerk).state == "serving"  # 120/2568 in either digits
    legal = person(agency, Role.LEGAL)
    signer = Person.objects.get(pk=person(agency).id)
    JobOrder.objects.create(
        agency=agency, person_id=legal.id, duties="ศูนย์ข้อมูลข่าวสาร", order_no="7/2569", order_date=SINCE,
        signer=signer, valid_from=SINCE,
    )  # fmt: skip
    make("information-officers", person=legal, order_no="7/2569")
    in_office = information_officers.officers_on(now, now.today)
    assert {values["person"].id for _entry, values in in_office} == {clerk.id, legal.id}
    assert told(now) == []


def test_an_order_that_runs_out_is_told_before_and_after(now, make, clerk, order):
    order(valid_to=LAST)
    made = make("information-officers", person=clerk)
    assert [text.split(clerk.text)[1] for text in told(now)] == ["จะสิ้นผลวันที่ ๒๐ เม.ย. ๒๕๖๙"]
    later = replace(now, today=date(2026, 4, 21))
    assert [text.split(clerk.text)[1] for text in told(later)] == ["ไม่มีผลแล้ว ออกคำสั่งใหม่หรือบันทึกว่าพ้นหน้าที่"]
    assert information_officers.officers_on(later, later.today) == []
    changed = change_entry(later, entry=made, values={"phone": "036111111"}, version=None)
    move_entry(later, entry=changed, move="leave", values={"left_on": LAST}, version=None)
    assert told(later) == ["ยังไม่มีเจ้าหน้าที่ศูนย์ข้อมูลข่าวสารที่ได้รับแต่งตั้งโดยคำสั่ง"]
