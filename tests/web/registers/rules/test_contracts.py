"""Contracts as they stand on the last day of a half-year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from prongsai.web.duties.models import Occurrence
from tests.web.registers.rules.daily import LATE, YEAR, add, preview, report

FIRST = date(2025, 10, 1)


@pytest.fixture
def then(system):
    """The software itself after the year."""
    return replace(system, today=LATE)


def test_a_contract_signed_after_the_last_day_is_not_in_the_table(then) -> None:
    early = add(then, "contracts", contract_no="1/2569", signed_on=date(2026, 3, 31))
    late = add(then, "contracts", contract_no="2/2569", signed_on=date(2026, 4, 1))
    report(then, early, FIRST)
    first = preview(then, "contracts", 1)
    assert ([one.pk for one in first.entries], first.blocks) == ([early.pk], ())
    assert [one.pk for one in preview(then, "contracts", 2).entries] == [early.pk, late.pk]


def test_a_contract_without_a_status_blocks_the_table(then) -> None:
    add(then, "contracts")
    assert list(preview(then, "contracts", 1).blocks) == ["“จ้างปรับปรุงถนนสายหลังตลาด” ยังไม่รายงานความก้าวหน้าของงวดนี้"]


def test_both_rounds_are_expected_and_the_second_not_before_the_year_ends(then) -> None:
    report(then, add(then, "contracts"), date(2026, 4, 1))
    assert list(preview(then, "contracts", 2, today=date(2026, 9, 30)).blocks) == [
        "งวดนี้ยังไม่สิ้นสุด ปิดได้เมื่อพ้นวันสุดท้ายของงวด"
    ]
    due = Occurrence.objects.filter(
        duty__agency=then.agency, duty__fiscal_year_be=YEAR, duty__key="procurement-progress"
    )
    assert [one.ends_on for one in due.order_by("starts_on")] == [date(2026, 3, 31), date(2026, 9, 30)]
