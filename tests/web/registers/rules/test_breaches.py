"""Breaches: 72 hours to the minute, the reason of a late report, and who may know."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from prongsai.registers.load import of_year
from prongsai.registers.values import from_json
from prongsai.web.agencies.roles import Role
from prongsai.web.registers.queries import rights
from prongsai.web.registers.rules import breaches
from prongsai.web.registers.services import EntryRefused, change_entry, move_entry
from tests.web.registers.rules.conftest import TODAY, unit

BREACHES = of_year("breaches", 0)
FRIDAY, MONDAY = date(2026, 2, 27), date(2026, 3, 2)
AT = time(14, 30)


@pytest.fixture
def found(agency, make):
    """A breach found on a Friday at 14.30; ``found(risk="high")``."""
    return lambda **values: make(
        "breaches", **{"found_on": FRIDAY, "found_at": AT, "unit": unit(agency, "กองคลัง")} | values
    )


def tell(scope, entry, day, at, **values):
    return move_entry(scope, entry=entry, move="tell", values={"told_on": day, "told_at": at, **values}, version=None)


def faults(call):
    with pytest.raises(EntryRefused) as refused:
        call()
    return [(one.field, one.code) for one in refused.value.faults]


def test_the_deadline_is_seventy_two_hours_after_the_minute_of_finding(found):
    made = found()
    last = breaches.deadline(BREACHES, from_json(BREACHES.fields, made.values))
    assert last == datetime.combine(MONDAY, AT, tzinfo=timezone.get_default_timezone())
    assert made.due_on == MONDAY


def test_the_hours_run_through_weekends_and_holidays(now, found):
    made = found(found_on=date(2026, 2, 26))  # Thursday: the last day is a Sunday, and stays one
    assert made.due_on == date(2026, 3, 1)
    assert change_entry(now, entry=made, values={"people": Decimal(3)}, version=None).due_on == date(2026, 3, 1)


def test_a_report_in_time_needs_no_reason_and_a_minute_later_does(now, found):
    assert tell(now, found(), MONDAY, AT).state == "told"
    late = found(topic="ทำแฟ้มหาย")
    minute = time(14, 31)
    assert faults(lambda: tell(now, late, MONDAY, minute)) == [("late_reason", "LATE_WITHOUT_REASON")]
    assert tell(now, late, MONDAY, minute, late_reason="ระบบล่มจึงยืนยันเหตุไม่ได้").state == "told"


def test_a_report_before_the_finding_is_refused(now, found):
    assert faults(lambda: tell(now, found(), FRIDAY, time(14, 29))) == [("told_at", "BEFORE_FOUND")]


def test_a_risk_is_not_left_untold(now, found):
    risky = found()
    assert faults(lambda: move_entry(now, entry=risky, move="skip", note="เล็กน้อย", version=None)) == [
        ("", "NOT_ALLOWED")
    ]
    safe = move_entry(now, entry=found(risk="none"), move="skip", note="ไฟล์เข้ารหัสไว้", version=None)
    assert safe.state == "not_needed"
    assert faults(lambda: change_entry(now, entry=safe, values={"risk": "high"}, version=None)) == [
        ("risk", "NOT_TOLD")
    ]


def test_a_high_risk_is_closed_only_when_it_says_whether_the_people_were_told(now, found):
    made = tell(now, found(risk="high"), MONDAY, AT)
    close = {"measures": "ตั้งรหัสไฟล์", "closed_on": TODAY}

    def closed(**values):
        return move_entry(now, entry=made, move="close", values={**close, **values}, version=None)

    assert faults(closed) == [("subjects_told", "REQUIRED")]
    assert closed(subjects_told=True, subjects_told_on=MONDAY).state == "closed"


def test_hours_left_and_past_are_said():
    last = datetime.combine(MONDAY, AT, tzinfo=timezone.get_default_timezone())
    assert breaches.left(last, last - timedelta(hours=5, minutes=10)) == "เหลือ ๕ ชั่วโมง ๑๐ นาที"
    assert breaches.left(last, last) == "เหลือ ๐ ชั่วโมง"
    assert breaches.left(last, last + timedelta(hours=49)) == "เกินกำหนด ๔๙ ชั่วโมง"


def test_an_untold_breach_is_told_on_the_list_and_its_page(now, found):
    made = found()
    friday = replace(now, today=FRIDAY)
    (notice,) = breaches.notices(friday, BREACHES, 2569)
    assert notice.text.startswith("“ส่งบัญชีรายชื่อผิดกลุ่มไลน์” ต้องแจ้งสำนักงานภายใน ๒ มี.ค. ๒๕๖๙ เวลา ๑๔.๓๐ น. เหลือ ")
    assert "<dd>๒ มี.ค. ๒๕๖๙ เวลา ๑๔.๓๐ น.</dd>" in breaches.picture(friday, BREACHES, made)
    done = tell(now, made, date(2026, 2, 28), time(10, 0))
    assert list(breaches.notices(friday, BREACHES, 2569)) == []
    assert "๒๘ ก.พ. ๒๕๖๙ เวลา ๑๐.๐๐ น. (๑๙ ชั่วโมง ๓๐ นาที)" in breaches.picture(friday, BREACHES, done)


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        (Role.PRIVACY, True), (Role.LEGAL, True), (Role.SECRETARY, True), (Role.MAYOR, True), (Role.HEAD, True),
        (Role.COORDINATOR, False), (Role.ANALYST, False), (Role.CLERK, False), (Role.OFFICER, False),
        (Role.PUBLISHER, False), (Role.AUDITOR, False), (Role.ADMIN, False),
    ],
)  # fmt: skip
def test_only_readers_and_the_head_of_the_unit_see_a_breach(scope, found, role, sees):
    assert rights.may_see_entry(scope(role), BREACHES, found()) is sees


def test_a_head_sees_no_breach_of_another_unit_and_is_told_of_none(agency, scope, found):
    made = found(unit=unit(agency, "กองช่าง"))
    head = replace(scope(Role.HEAD), today=FRIDAY)
    assert rights.may_see_entry(head, BREACHES, made) is False
    assert list(breaches.notices(head, BREACHES, 2569)) == []


def test_what_is_no_risk_is_not_said_to_be_owed(now, found):
    found(risk="none")
    assert list(breaches.notices(replace(now, today=FRIDAY), BREACHES, 2569)) == []
