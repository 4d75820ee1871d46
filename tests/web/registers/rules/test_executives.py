"""Executives against posts and appointments."""

from __future__ import annotations

from datetime import date

from prongsai.registers.load import of_year
from prongsai.web.agencies.models import Appointment, Person
from prongsai.web.agencies.roles import Role
from prongsai.web.registers.rules import executives
from tests.web.registers.rules.conftest import person, post

HEADS = (
    (Role.MAYOR, "นายกเทศมนตรี", "political", "head"),
    (Role.SECRETARY, "ปลัดเทศบาล", "permanent", "head"),
    (Role.COORDINATOR, "หัวหน้าสำนักปลัดเทศบาล", "permanent", "other"),
    (Role.HEAD, "ผู้อำนวยการกองคลัง", "permanent", "other"),
)


def told(now):
    return [one.text for one in executives.notices(now, of_year("executives", 0), 2569)]


def everybody(agency, make, **given):
    for role, title, side, rank in HEADS:
        make("executives", person=person(agency, role), post=post(agency, title), side=side, rank=rank, **given)


def test_posts_of_the_top_and_heads_without_an_entry_are_named(agency, now, make):
    assert sorted(told(now)) == sorted(f"ยังไม่มีข้อมูลของ{title}" for _role, title, _side, _rank in HEADS)


def test_missing_photograph_and_contact_are_listed(agency, now, make):
    everybody(agency, make)
    assert told(now)[:2] == ["นายสมหมาย ใจกว้าง นายกเทศมนตรี ยังไม่มีรูปถ่าย", "นายสมหมาย ใจกว้าง นายกเทศมนตรี ยังไม่มีช่องทางติดต่อ"]
    assert len(told(now)) == 8


def test_contact_by_email_alone_is_a_contact(agency, now, make):
    everybody(agency, make, email="office@example.go.th")
    assert [one for one in told(now) if "ช่องทางติดต่อ" in one] == []


def test_change_of_executive_marks_the_page_for_renewal(agency, now, make):
    everybody(agency, make, phone="0-3600-0000")
    old = Appointment.objects.get(agency=agency, post__title="นายกเทศมนตรี")
    Appointment.objects.filter(pk=old.pk).update(valid_to=date(2026, 3, 1))
    new = Person.objects.create(agency=agency, prefix="นาง", given_name="ใหม่", family_name="มาดี")
    Appointment.objects.create(agency=agency, post=old.post, person=new, valid_from=date(2026, 3, 2))
    found = executives.notices(now, of_year("executives", 0), 2569)
    assert found[0].text == "นายสมหมาย ใจกว้าง นายกเทศมนตรี พ้นจากตำแหน่งแล้ว ต้องปรับปรุงหน้าข้อมูลผู้บริหาร และประกาศที่ลงนามโดยผู้นั้น"
    assert found[0].is_blocking


def test_entry_of_who_does_not_hold_the_post_is_warned_of(agency, now):
    values = {"person": person(agency, Role.CLERK), "post": post(agency)}
    (fault,) = executives.check(now, of_year("executives", 0), values, None)
    assert (fault.code, fault.is_warning) == ("NOT_IN_POST", True)
    assert list(executives.check(now, of_year("executives", 0), {**values, "person": person(agency)}, None)) == []
