"""Rules of the register of corruption risks that need the office's other entries."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from prongsai.registers.model import Values
from prongsai.registers.values import from_json
from prongsai.web.agencies.models import AuditEntry
from prongsai.web.agencies.roles import Role
from prongsai.web.registers import services
from prongsai.web.registers.models import Entry
from prongsai.web.registers.queries.detail import entry_page
from prongsai.web.registers.queries.entries import entries_of, parts_of
from prongsai.web.registers.queries.library import kept_of
from prongsai.web.registers.rules import hooks_of
from prongsai.web.registers.services.parts import report_of
from prongsai.web.registers.services.proposed import proposed
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


# --- what is proposed -------------------------------------------------------------------------------------------------
def proposals(scope):
    return proposed(scope, kept_of(scope, "risks", YEAR), YEAR)


@pytest.fixture
def lost(then, entry):
    """A loan that is out after its day, and a thing that the check did not find."""
    asset = entry("assets", by=then)
    loan = entry("loans", by=then, asset=ref(asset))
    Entry.objects.filter(pk=loan.pk).update(state="issued", ends_on=date(2025, 10, 3))
    return loan, add(then, "stock-checks", asset=asset, condition="missing", counted_on=NOVEMBER, reason="หาไม่พบ")


def test_overdue_loans_and_missing_things_are_proposals_to_fill_in(then, lost):
    loan, count = lost
    found = proposals(then)
    assert [(one.values["origin"], one.values["property"], one.is_whole) for one in found] == [
        ("loan", True, False),
        ("count", True, False),
    ]
    assert [one.values[key].id for one, key in zip(found, ("loan", "stock_check"), strict=True)] == [loan.pk, count.pk]
    assert [one.values["unit"].text for one in found] == ["กองคลัง", "กองคลัง"]
    assert "สมชาย" not in str([one.values["event"] for one in found])  # the event is public, the borrower is not


def test_a_proposal_is_taken_with_one_press_and_not_made_twice(then, lost, sign_in, monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *_args, **_words: NOVEMBER)
    address = f"/{then.agency.code}/registers/risks"
    client = sign_in(Role.LEGAL)
    page = client.get(f"{address}/").content.decode()
    first = proposals(then)[0]
    assert f'href="{address}/add/?proposal={first.key}"' in page
    form = client.get(f"{address}/add/?proposal={first.key}").content.decode()
    assert str(first.values["event"]) in form
    add(then, "risks", **first.values, likelihood=Decimal(2), impact=Decimal(4), measures="ทวงถามทุกเดือน")
    assert [one.values["origin"] for one in proposals(then)] == ["count"]


def test_a_proposal_lacks_measure_and_scores_so_that_it_is_not_added_by_itself(then, lost, sign_in, monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *_args, **_words: NOVEMBER)
    sign_in(Role.LEGAL).post(f"/{then.agency.code}/registers/risks/propose/")
    assert not Entry.objects.filter(register="risks").exists()
    with pytest.raises(services.EntryRefused) as refused:
        services.add_entry(then, register="risks", values=dict(proposals(then)[0].values))
    assert sorted(fault.field for fault in refused.value.faults) == ["impact", "likelihood", "measures"]


# --- the parts --------------------------------------------------------------------------------------------------------
def part_counts(scope) -> dict[str, int]:
    return {one.view.key: one.n for one in parts_of(scope, kept_of(scope, "risks", YEAR), YEAR)}


def paper_of(scope, part: str) -> str:
    kept = kept_of(scope, "risks", YEAR)
    view = kept.register.view_of(part)
    assert view is not None
    return str(report_of(scope, kept, view, YEAR).paper)


def test_bribery_property_and_power_are_parts_of_one_register(then):
    add(then, "risks", process="ออกใบอนุญาต", area="permits", bribery=True)
    add(then, "risks", process="ใช้รถราชการ", area="spending", bribery=False, property=True)
    add(then, "risks", process="สั่งการ", area="power", bribery=False)
    add(then, "risks", process="ประเมินผล", area="personnel", bribery=False)
    assert part_counts(then) == {"bribery": 1, "property": 1, "power": 2, "superior": 0}


def test_bribery_risks_are_reported_alone(then, sign_in):
    add(then, "risks", process="ออกใบอนุญาต", bribery=True)
    add(then, "risks", process="การเก็บพัสดุ", bribery=False)
    paper = paper_of(then, "bribery")
    assert ("ผลการจัดการ (ประเด็นสินบน)" in paper, "ออกใบอนุญาต" in paper, "การเก็บพัสดุ" in paper) == (True, True, False)
    address = f"/{then.agency.code}/registers/risks/part/bribery"
    answers = [sign_in(Role.LEGAL).get(f"{address}/{form}/?year={YEAR}") for form in ("docx", "pdf", "xlsx")]
    assert [(one.status_code, one.content[:2]) for one in answers] == [(200, b"PK"), (200, b"%P"), (200, b"PK")]


def test_a_year_without_bribery_prints_the_reason_it_was_signed_with(then):
    none = {"no_mission": True, "event": None, "likelihood": None, "impact": None, "measures": None}
    add(then, "risks", **none, no_mission_reason="ไม่มีงานที่ติดต่อกับผู้รับบริการ", bribery=True)
    assert "ไม่มีงานที่ติดต่อกับผู้รับบริการ" in paper_of(then, "bribery")


def test_a_risk_about_a_superior_is_seen_by_the_auditor_alone(then, scope, sign_in):
    made = add(then, "risks", process="สั่งเบิกนอกอำนาจ", area="power", about_superior=True)
    seen = {}
    for role in Role:
        asking = replace(scope(role), today=NOVEMBER)
        seen[role] = entries_of(asking, kept_of(asking, "risks", YEAR), YEAR).filter(pk=made.pk).exists()
    assert [role for role, sees in seen.items() if sees] == [Role.AUDITOR]
    address = f"/{then.agency.code}/registers/risks/{made.pk}/"
    assert [sign_in(role).get(address).status_code for role in (Role.AUDITOR, Role.LEGAL, Role.MAYOR)] == [
        200,
        404,
        404,
    ]
    assert "สั่งเบิกนอกอำนาจ" not in paper_of(replace(scope(Role.LEGAL), today=NOVEMBER), "power")


def test_a_risk_about_a_superior_keeps_the_scale(then):
    with pytest.raises(services.EntryRefused) as refused:
        add(then, "risks", area="power", about_superior=True, impact=Decimal(6))
    assert [(fault.field, fault.code) for fault in refused.value.faults] == [("impact", "TOO_HIGH")]


def test_an_auditor_assesses_and_changes_a_risk_about_a_superior(then, scope):
    auditor = replace(scope(Role.AUDITOR), today=NOVEMBER)
    made = add(auditor, "risks", area="power", about_superior=True)
    changed = services.change_entry(auditor, entry=made, values={"impact": Decimal(2)}, version=made.version)
    assert changed.values["score"] == "6"


def test_a_risk_names_an_appeal_by_its_number_alone(then, scope):
    made = add(then, "risks", area="personnel", appeal_no="2/2569")
    with pytest.raises(services.EntryRefused) as refused:
        add(then, "risks", area="personnel", appeal_no="นายอรุณร้องเรียนคะแนน")
    assert [(fault.field, fault.code) for fault in refused.value.faults] == [("appeal_no", "PATTERN")]
    shown = {}
    for role in (Role.LEGAL, Role.OFFICER):
        asking = scope(role)
        page = entry_page(asking, kept_of(asking, "risks", YEAR), made)
        shown[role] = next(line.text for line in page.lines if line.field.key == "appeal_no")
    assert shown == {Role.LEGAL: "2/2569", Role.OFFICER: "ปกปิด"}


def test_a_report_on_a_risk_about_a_superior_tells_the_journal_nothing(then):
    made = add(then, "risks", area="power", about_superior=True)
    report(replace(then, today=date(2026, 4, 2)), made, date(2025, 10, 1), status="not_started")
    lines = AuditEntry.objects.filter(subject_id=str(made.pk), action="entry.progress")
    assert [line.changes["สถานะการจัดการ"] for line in lines] == [[None, "(ปกปิด)"]]
