"""The operation plan, its half-year and the report of its year, as periods of one register."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from prongsai.thai.fiscal import Span
from prongsai.web.registers import services
from prongsai.web.registers.models import EntryProgress
from tests.web.registers.rules.daily import LATE, YEAR, add, bylaw, preview, report

FIRST, SECOND = date(2025, 10, 1), date(2026, 4, 1)


@pytest.fixture
def then(system):
    """The software itself after the year, whose by-law is in force."""
    bylaw(after := replace(system, today=LATE))
    return after


def test_every_project_of_the_plan_appears_in_the_report_or_blocks_it(then) -> None:
    road = add(then, "operation-plan")
    late = add(then, "operation-plan", project="งานลอยกระทง", period=Span(date(2026, 5, 1), date(2026, 6, 1)))
    report(then, road, FIRST)
    assert [one.pk for one in preview(then, "operation-plan", 1).entries] == [road.pk, late.pk]
    assert list(preview(then, "operation-plan", 1).blocks) == ["“งานลอยกระทง” ยังไม่รายงานความก้าวหน้าของงวดนี้"]


def test_units_without_a_plan_are_listed(then) -> None:
    report(then, add(then, "operation-plan"), FIRST)
    assert list(preview(then, "operation-plan", 1).notes) == [
        "ส่วนราชการที่ยังไม่ส่งแผน: ยังไม่มี สำนักปลัดเทศบาล, กองคลัง, กองการศึกษา, กองสาธารณสุขและสิ่งแวดล้อม"
    ]


def test_the_report_of_the_year_is_closed_only_after_the_year(then) -> None:
    made = add(then, "operation-plan")
    report(then, made, SECOND)
    assert list(preview(then, "operation-plan", 2, today=date(2026, 9, 30)).blocks) == [
        "งวดนี้ยังไม่สิ้นสุด ปิดได้เมื่อพ้นวันสุดท้ายของงวด"
    ]
    assert preview(then, "operation-plan", 2, today=date(2026, 10, 1)).blocks == ()


def test_a_report_is_of_the_year_of_its_plan(then) -> None:
    made = add(then, "operation-plan")
    report(then, made, SECOND)
    (found,) = EntryProgress.objects.filter(entry=made)
    assert (made.fiscal_year_be, found.ends_on) == (YEAR, date(2026, 9, 30))
    with pytest.raises(services.EntryRefused):
        report(then, made, date(2026, 10, 1))  # the first day of the next year
