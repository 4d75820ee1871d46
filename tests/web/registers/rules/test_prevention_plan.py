"""Rules of the prevention plan that need the risks of the year and the reports of its halves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from prongsai.thai.fiscal import Span
from prongsai.web.registers import services
from prongsai.web.registers.queries.library import kept_of
from prongsai.web.registers.rules import hooks_of
from tests.web.registers.rules.daily import LATE, YEAR, add, preview, report, values_of

FIRST, SECOND = date(2025, 10, 1), date(2026, 4, 1)


@pytest.fixture
def then(system):
    """The software itself after the year."""
    return replace(system, today=LATE)


def test_an_activity_cites_a_risk_of_the_same_year(then) -> None:
    older = add(then, "risks", period=Span(date(2024, 10, 1), date(2025, 9, 30)), assessed_on=date(2024, 9, 1))
    with pytest.raises(services.EntryRefused) as refused:
        add(then, "prevention-plan", risk=older)
    assert [(fault.field, fault.code) for fault in refused.value.faults if not fault.is_warning] == [
        ("risk", "OTHER_YEAR")
    ]
    assert add(then, "prevention-plan", risk=add(then, "risks")).fiscal_year_be == YEAR


def test_a_plan_without_the_risks_of_its_year_is_pointed_out_and_not_closed(then) -> None:
    register = kept_of(then, "prevention-plan", YEAR).register
    found = list(hooks_of("prevention-plan").check(then, register, values_of(then.agency, "prevention-plan"), None))
    assert [(fault.code, fault.is_warning) for fault in found] == [("NO_RISKS", True)]
    report(then, add(then, "prevention-plan"), FIRST)
    why = "ยังไม่มีการประเมินความเสี่ยงของปีนี้ ต้องประเมินก่อนจัดทำแผน: เพิ่มรายการให้ครบ"
    assert list(preview(then, "prevention-plan", 1).blocks) == [why]


def test_a_risk_without_any_activity_is_listed_when_a_half_is_looked_at(then) -> None:
    add(then, "risks", process="การตรวจรับพัสดุ")
    report(then, add(then, "prevention-plan", risk=add(then, "risks")), FIRST)
    notes = preview(then, "prevention-plan", 1).notes
    (told,) = [text for text in notes if text.startswith("มีความเสี่ยงที่ยังไม่มีกิจกรรมในแผน")]
    assert "การตรวจรับพัสดุ" in told
    assert "การออกใบอนุญาต" not in told


def test_a_project_without_progress_blocks_the_half_year(then) -> None:
    risk = add(then, "risks")
    report(then, add(then, "prevention-plan", risk=risk), FIRST)
    add(then, "prevention-plan", risk=risk, project="จุดรับเรื่องร้องเรียน")
    assert list(preview(then, "prevention-plan", 1).blocks) == ["“จุดรับเรื่องร้องเรียน” ยังไม่รายงานความก้าวหน้าของงวดนี้"]


def test_the_year_is_not_closed_before_its_last_day(then) -> None:
    made = add(then, "prevention-plan", risk=add(then, "risks"))
    report(then, made, FIRST)
    report(then, made, SECOND)
    on_the_last_day = preview(then, "prevention-plan", 2, today=date(2026, 9, 30))
    assert list(on_the_last_day.blocks) == ["งวดนี้ยังไม่สิ้นสุด ปิดได้เมื่อพ้นวันสุดท้ายของงวด"]
    assert preview(then, "prevention-plan", 2, today=date(2026, 10, 1)).blocks == ()


def test_the_report_of_the_year_has_all_five_parts(then) -> None:
    made = add(then, "prevention-plan", risk=add(then, "risks"))
    report(then, made, FIRST, outcome=None)
    assert preview(then, "prevention-plan", 1).blocks == ()
    report(then, made, SECOND, outcome=None)
    assert list(preview(then, "prevention-plan", 2).blocks) == [
        "รายงานประจำปีต้องมีผลสัมฤทธิ์ตามเป้าหมาย ยังขาดใน “อบรมเจ้าหน้าที่เรื่องผลประโยชน์ทับซ้อน”"
    ]


def test_money_over_the_budget_is_explained_or_refused(then) -> None:
    made = add(then, "prevention-plan", risk=add(then, "risks"))
    with pytest.raises(services.EntryRefused) as refused:
        report(then, made, FIRST, spent_thb=Decimal("10000.01"), reason=None)
    assert [fault.field for fault in refused.value.faults] == ["reason"]
