"""Records of processing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from prongsai.registers.load import of_year
from prongsai.web.agencies.roles import Role
from prongsai.web.registers.rules import processing_records
from tests.web.office import UNITS
from tests.web.registers.rules.conftest import entry_ref, person, unit

RECORDS = of_year("processing-records", 0)


def told(scope):
    return [one.text for one in processing_records.notices(scope, RECORDS, 2569)]


def test_units_without_a_record_are_named(agency, now, make):
    covered = entry_ref(make("privacy-notices", reviewer=person(agency, Role.PRIVACY)))
    for name, _kind, _aliases in UNITS[:-1]:
        make("processing-records", unit=unit(agency, name), notice=covered)
    assert told(now) == ["ส่วนราชการที่ยังไม่มีบันทึกรายการกิจกรรม: ยังไม่มี กองสาธารณสุขและสิ่งแวดล้อม"]
    make("processing-records", unit=unit(agency, UNITS[-1][0]), notice=covered)
    assert told(now) == []


def test_activities_without_a_notice_and_old_ones_are_named(now, make):
    make("processing-records", reviewed_on=date(2025, 12, 1))
    bare = "ยังไม่มีประกาศความเป็นส่วนตัวที่ครอบคลุม ๑ กิจกรรม: “รับเรื่องร้องเรียนร้องทุกข์”"
    assert told(now)[1:] == [bare]
    old = "ไม่ได้ทบทวนเกิน ๑ ปี ๑ กิจกรรม: “รับเรื่องร้องเรียนร้องทุกข์”"
    assert told(replace(now, today=date(2026, 12, 2)))[1:] == [bare, old]
