"""Attendance, and what is counted from it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from prongsai.registers.load import of_year
from prongsai.web.agencies.models import Person
from prongsai.web.agencies.roles import Role
from prongsai.web.registers.queries.linked import linked_values
from prongsai.web.registers.rules import attendance
from prongsai.web.registers.services import EntryRefused
from tests.web.registers.rules.conftest import entry_ref, person

DAY = date(2026, 2, 20)


@pytest.fixture
def course(make):
    return make("training")


@pytest.fixture
def attend(make, course):
    def add(who, training=None, **given):
        given = {"attended_on": DAY, "sessions": ("am", "pm"), "hours": Decimal(6), **given}
        return make("attendance", person=who, training=entry_ref(training or course), **given)

    return add


def test_nobody_attends_two_courses_at_one_time(agency, make, course, attend):
    other = make("training", name="อบรมระเบียบพัสดุ")
    clerk = person(agency, Role.CLERK)
    attend(clerk, sessions=("am",))
    with pytest.raises(EntryRefused) as refused:
        attend(clerk, other, sessions=("am", "pm"))
    (fault,) = refused.value.faults
    assert (fault.field, fault.code) == ("sessions", "ELSEWHERE")
    assert fault.message_th == "นายจันทร์ เรียบร้อยเข้าร่วม “อบรมคุณธรรมจริยธรรมสำหรับบุคลากร” ในวันที่ 20 ก.พ. 2569 ช่วงเดียวกันแล้ว"


def test_other_half_of_the_day_another_day_and_another_person_are_taken(agency, make, attend):
    other = make("training", name="อบรมระเบียบพัสดุ")
    clerk = person(agency, Role.CLERK)
    attend(clerk, sessions=("am",))
    assert attend(clerk, other, sessions=("pm",)).pk
    assert attend(clerk, other, attended_on=date(2026, 2, 21)).pk
    assert attend(person(agency, Role.OFFICER), other).pk


def test_same_person_is_on_a_list_once(agency, attend):
    attend(person(agency, Role.CLERK))
    with pytest.raises(EntryRefused):
        attend(person(agency, Role.CLERK))


def test_entry_is_not_in_its_own_way(agency, now, attend):
    made = attend(person(agency, Role.CLERK))
    values = {"person": person(agency, Role.CLERK), "attended_on": DAY, "sessions": ("am",)}
    assert list(attendance.check(now, of_year("attendance", 0), values, made)) == []


def test_staff_whom_no_training_reached_are_listed(agency, now, make, attend):
    Person.objects.filter(agency=agency).exclude(given_name__in=["จันทร์", "มาลี", "อรุณ"]).update(employment="elected")
    attend(person(agency, Role.CLERK))
    make(
        "attendance", event="activity", activity=entry_ref(make("activities")), person=person(agency, Role.COORDINATOR)
    )
    (notice,) = attendance.notices(now, of_year("attendance", 0), 2569)
    assert notice.text == "เจ้าหน้าที่ที่ยังไม่ได้รับการอบรมในปีนี้ ๒ คน: นายมาลี ตั้งใจ, นายอรุณ ขยันยิ่ง"
    attend(person(agency, Role.COORDINATOR), attended_on=date(2026, 2, 21))
    attend(person(agency, Role.OFFICER))
    assert attendance.notices(now, of_year("attendance", 0), 2569) == []


def test_number_of_a_training_and_who_understood_come_from_the_list(agency, course, attend):
    for role, score in ((Role.CLERK, 80), (Role.OFFICER, 60), (Role.HEAD, 59), (Role.LEGAL, None)):
        attend(person(agency, role), post_percent=Decimal(score) if score else None)
    told = linked_values(of_year("training", 0), [course])[course.pk]
    assert (told["attended"], told["understood"]) == (4, 50)


def test_one_activity_counted_from_one_list_serves_all(agency, make):
    activity = make("activities", uses=("no_gift", "gift_rules", "ethics"), executive=True)
    make("attendance", event="activity", activity=entry_ref(activity), person=person(agency, Role.CLERK))
    make("attendance", event="activity", activity=entry_ref(activity), who="outside", person=None, unit=None)
    told = linked_values(of_year("activities", 0), [activity])[activity.pk]
    assert (told["attended"], told["outsiders"]) == (2, 1)
