"""Rules of the register of corruption risks that need the office's other entries."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from prongsai.registers.model import Values
from prongsai.registers.values import from_json
from prongsai.web.registers import services
from prongsai.web.registers.models import Entry
from prongsai.web.registers.queries.library import kept_of
from prongsai.web.registers.rules import hooks_of
from tests.web.registers.rules.daily import YEAR, add, preview, ref, report, values_of

AREAS = ("permits", "power", "spending", "personnel")
NOVEMBER = date(2025, 11, 10)


@pytest.fixture
def then(system):
    """The software itself on a day of the year."""
    return replace(system, today=NOVEMBER)


def warnings(scope, values: Values) -> list[str]:
    register = kept_of(scope, "risks", YEAR).register
    return [fault.code for fault in hooks_of("risks").check(scope, register, values, None)]


def notices(scope) -> list[str]:
    register = kept_of(scope, "risks", YEAR).register
    return [notice.text for notice in hooks_of("risks").notices(scope, register, YEAR)]


def test_a_risk_dated_after_the_prevention_plan_is_warned_of(then) -> None:
    values = values_of(then.agency, "risks", assessed_on=date(2025, 11, 5))
    assert warnings(then, values) == []
    add(then, "prevention-plan", risk=add(then, "risks"))  # its project begins on 1 November
    assert warnings(then, values) == ["AFTER_PLAN"]
    assert warnings(then, values | {"assessed_on": date(2025, 10, 31)}) == []
    add(then, "risks", assessed_on=date(2025, 11, 5), process="การรับเงิน")
    assert [text for text in notices(then) if "การรับเงิน" in text] == notices(then)


def test_the_matrix_is_kept_with_each_assessment(then) -> None:
    made = add(then, "risks")
    assert [(level["key"], level["low"], level["high"]) for level in made.values["_matrix"]] == [
        ("low", 1, 4),
        ("medium", 5, 9),
        ("high", 10, 14),
        ("extreme", 15, 25),
    ]
    assert (made.values["score"], made.values["level"], made.key_2) == ("15", "extreme", "extreme")


def test_a_score_outside_the_scale_is_refused(then) -> None:
    with pytest.raises(services.EntryRefused) as refused:
        add(then, "risks", likelihood=Decimal(6))
    assert [(fault.field, fault.code) for fault in refused.value.faults] == [("likelihood", "TOO_HIGH")]


def test_every_risk_is_reported_before_a_half_year_is_closed(then) -> None:
    risks = [add(then, "risks", area=area, process=area) for area in AREAS]
    april = replace(then, today=date(2026, 4, 2))
    for risk in risks[:3]:
        report(april, risk, date(2025, 10, 1))
    blocks = preview(then, "risks", 1, today=april.today).blocks
    assert [text for text in blocks if "personnel" in text] == list(blocks)
    report(april, risks[3], date(2025, 10, 1))
    assert preview(then, "risks", 1, today=april.today).blocks == ()


def test_a_year_without_bribery_or_an_area_cannot_be_closed(then) -> None:
    april = replace(then, today=date(2026, 4, 2))
    report(april, add(then, "risks", bribery=False), date(2025, 10, 1))
    assert list(preview(then, "risks", 1, today=april.today).blocks) == [
        "ยังประเมินความเสี่ยงไม่ครบสี่ด้าน ด้านที่ไม่มีภารกิจให้บันทึกเหตุผล: "
        "ยังไม่มี การใช้อำนาจและตำแหน่งหน้าที่, การใช้จ่ายงบประมาณและการบริหารทรัพยากรภาครัฐ, การบริหารงานบุคคล",
        "ยังไม่มีการประเมินความเสี่ยงประเด็นสินบน: เพิ่มรายการให้ครบ",
    ]


def test_overdue_loans_and_missing_things_are_proposed_as_events(then, entry) -> None:
    asset = entry("assets", by=then)
    loan = entry("loans", by=then, asset=ref(asset))
    Entry.objects.filter(pk=loan.pk).update(state="issued", ends_on=date(2025, 10, 3))
    add(then, "stock-checks", asset=asset, condition="missing", counted_on=NOVEMBER, reason="หาไม่พบ")
    assert [text.split(":")[0] for text in notices(then)] == [
        "การยืมเกินกำหนดคืน เสนอให้ประเมินเป็นเหตุการณ์ความเสี่ยง",
        "ของที่ตรวจนับไม่พบ เสนอให้ประเมินเป็นเหตุการณ์ความเสี่ยง",
    ]


def test_a_report_stands_with_its_own_risk(then) -> None:
    made = add(then, "risks")
    report(replace(then, today=date(2026, 4, 2)), made, date(2025, 10, 1))
    (found,) = made.progress.all()
    register = kept_of(then, "risks", YEAR).register
    assert register.progress is not None
    assert from_json(register.progress.fields, found.values)["status"] == "watched"
