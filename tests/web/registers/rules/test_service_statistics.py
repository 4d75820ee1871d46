"""Service statistics and the requests of the online services."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from prongsai.registers.load import of_year
from prongsai.web.registers import services
from prongsai.web.registers.models import Entry
from prongsai.web.registers.rules import service_statistics
from prongsai.web.registers.services import EntryRefused, move_entry
from tests.web.registers.rules.conftest import entry_ref, unit

JANUARY, FEBRUARY = date(2026, 1, 1), date(2026, 2, 1)


@pytest.fixture
def manual(make):
    return make("service-manuals", standard_days=Decimal(3))


@pytest.fixture
def requests(now, make, manual, agency):
    """Three requests: two of January, one of them done in four days and one withdrawn; one of February."""
    online = make("online-services", manual=entry_ref(manual))
    made = [make("service-requests", service=entry_ref(online)) for _ in range(4)]
    for one, day in zip(made, (date(2026, 1, 5), date(2026, 1, 6), date(2026, 2, 3), date(2026, 1, 7)), strict=True):
        Entry.objects.filter(pk=one.pk).update(dated_on=day)
    accepted = {"received_on": date(2026, 1, 6), "unit": unit(agency)}
    move_entry(now, entry=made[0], move="accept", values=accepted, version=None)
    done = {"finished_on": date(2026, 1, 10), "result": "ส่งมอบแล้ว"}
    move_entry(now, entry=made[0], move="finish", values=done, version=None)
    move_entry(now, entry=made[3], move="withdraw", note="ยื่นซ้ำ", version=None)
    return made


def proposed(now):
    return service_statistics.proposals(now, of_year("service-statistics", 0), 2569)


def online_row(manual, **given):
    return {"service": entry_ref(manual), "channel": "online", "month": JANUARY, "completed": Decimal(1), **given}


def test_requests_make_the_online_rows_of_the_months_that_are_over(now, requests, manual, agency):
    assert proposed(now) == [
        {
            "service": entry_ref(manual),
            "unit": unit(agency),
            "month": month,
            "channel": "online",
            "requests": Decimal(n),
            "completed": Decimal(done),
            "avg_days": average,
        }
        for month, n, done, average in ((JANUARY, 2, 1, Decimal("4.0")), (FEBRUARY, 1, 0, None))
    ]


def test_proposals_are_taken_as_they_are_and_not_made_twice(now, requests):
    for row in proposed(now):
        services.add_entry(now, register="service-statistics", values={k: v for k, v in row.items() if v is not None})
    assert proposed(now) == []
    counted = Entry.objects.filter(register="service-statistics").values_list("values__requests", flat=True)
    assert sorted(map(int, counted)) == [1, 2]  # kept as text; SQLite gives a number for it


def test_missing_online_row_blocks_the_period(now, requests):
    found = service_statistics.notices(now, of_year("service-statistics", 0), 2569)
    assert [(one.text, one.is_blocking) for one in found] == [
        ("การขออนุญาตก่อสร้างอาคาร ม.ค. ๒๕๖๙ มีคำขอออนไลน์ในระบบ ๒ รายการ ยังไม่อยู่ในสถิติ", True),
        ("การขออนุญาตก่อสร้างอาคาร ก.พ. ๒๕๖๙ มีคำขอออนไลน์ในระบบ ๑ รายการ ยังไม่อยู่ในสถิติ", True),
    ]


def test_online_count_other_than_the_requests_is_refused(make, requests, manual):
    with pytest.raises(EntryRefused) as refused:
        make("service-statistics", **online_row(manual, requests=Decimal(5)))
    (fault,) = refused.value.faults
    assert (fault.code, fault.message_th) == ("COUNTED_ALREADY", "ทะเบียนคำขอออนไลน์มี 2 รายการในเดือนนี้ แต่กรอก 5")
    assert make("service-statistics", **online_row(manual, requests=Decimal(2))).pk


def test_counter_and_online_of_a_month_are_each_there_once(make, requests, manual):
    given = online_row(manual, requests=Decimal(2))
    make("service-statistics", **given)
    make("service-statistics", **{**given, "channel": "walk_in", "requests": Decimal(12), "completed": Decimal(9)})
    with pytest.raises(EntryRefused) as refused:
        make("service-statistics", **given)
    assert [fault.code for fault in refused.value.faults] == ["ALREADY_THERE"]


def test_service_slower_than_its_manual_is_named(now, make, manual):
    given = {"service": entry_ref(manual), "requests": Decimal(4), "completed": Decimal(4)}
    make("service-statistics", month=JANUARY, avg_days=Decimal("5.5"), **given)
    make("service-statistics", month=FEBRUARY, avg_days=Decimal(3), **given)
    (notice,) = service_statistics.notices(now, of_year("service-statistics", 0), 2569)
    assert notice.text == "การขออนุญาตก่อสร้างอาคาร ใช้เวลาเฉลี่ยเกินมาตรฐานในคู่มือ ๑ เดือน สูงสุด ๕.๕ วัน มาตรฐาน ๓ วัน"
