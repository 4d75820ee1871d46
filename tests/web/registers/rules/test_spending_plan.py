"""Rules of spending that need the quarters of a year together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from prongsai.web.registers.models import RegisterSetting
from prongsai.web.registers.queries.library import kept_of
from prongsai.web.registers.rules import hooks_of
from prongsai.web.registers.rules.spending_plan import half_year, lines_of
from tests.web.registers.rules.daily import LATE, YEAR, add, bylaw, preview, report

QUARTERS = (date(2025, 10, 1), date(2026, 1, 1), date(2026, 4, 1), date(2026, 7, 1))
UNPUBLISHED = "จัดทำแผนการใช้จ่ายแล้ว แต่ยังไม่เปิดตารางต่อสาธารณะ"


@pytest.fixture
def then(system):
    """The software itself after the year, whose by-law is in force."""
    bylaw(after := replace(system, today=LATE))
    return after


def notices(scope) -> list[str]:
    register = kept_of(scope, "spending-plan", YEAR).register
    return [notice.text for notice in hooks_of("spending-plan").notices(scope, register, YEAR)]


def test_two_quarters_are_the_half_year(then) -> None:
    for number, item in enumerate(("วัสดุสำนักงาน", "วัสดุงานบ้าน"), 1):
        line = add(then, "spending-plan", item=item)
        for quarter, day in enumerate(QUARTERS, 1):
            report(then, line, day, spent_thb=Decimal(number * 1000 * quarter))
    lines = lines_of(then, kept_of(then, "spending-plan", YEAR).register, YEAR)
    assert [half_year(lines, number, YEAR) for number in (1, 2)] == [Decimal(3000 + 6000), Decimal(7000 + 14000)]
    assert sum((line.spent() for line in lines), Decimal(0)) == half_year(lines, 1, YEAR) + half_year(lines, 2, YEAR)
    assert notices(then)[0] == "ครึ่งปีที่ ๑ เบิกจ่ายรวมสองไตรมาส ๙,๐๐๐.๐๐ บาท ร้อยละ ๓.๘ ของงบประมาณหลังโอน"


def test_spending_over_the_budget_after_transfers_is_flagged(then) -> None:
    line = add(then, "spending-plan")
    report(then, line, QUARTERS[0], spent_thb=Decimal(100000))
    report(then, line, QUARTERS[1], spent_thb=Decimal(30000), transfer_in_thb=Decimal(10000))
    assert [text for text in notices(then) if "เกิน" in text] == []
    report(then, line, QUARTERS[2], spent_thb=Decimal("0.01"))
    assert [text for text in notices(then) if "เกิน" in text] == ["เบิกจ่ายเกินงบประมาณหลังโอน: “วัสดุสำนักงาน”"]


def test_a_plan_that_is_made_but_not_published_is_a_gap(then) -> None:
    assert notices(then) == []
    add(then, "spending-plan")
    assert notices(then) == [UNPUBLISHED]
    assert UNPUBLISHED in preview(then, "spending-plan", 1).notes
    RegisterSetting.objects.create(agency=then.agency, register="spending-plan", is_published=True)
    assert notices(then) == []


@pytest.mark.parametrize("lines", [1, 3])
def test_lines_are_read_with_two_queries(then, lines, django_assert_num_queries) -> None:
    for number in range(lines):
        report(then, add(then, "spending-plan", item=f"รายการที่ {number}"), QUARTERS[0])
    register = kept_of(then, "spending-plan", YEAR).register
    with django_assert_num_queries(2):
        assert len(lines_of(then, register, YEAR)) == lines
