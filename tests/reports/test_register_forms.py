"""A period of a register on its own form: what was entered is what a reader finds on the paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from prongsai.documents.plain import plain
from prongsai.documents.read.docx import read as read_docx
from prongsai.documents.read.pdf import read as read_pdf
from prongsai.documents.write import render
from prongsai.documents.write.office import Office
from prongsai.errors import Problem, Severity
from prongsai.registers.known import STATE
from prongsai.registers.load import library
from prongsai.registers.model import Ref
from prongsai.registers.tables import table
from prongsai.reports.catalogue import FORMS, paper_kind
from prongsai.reports.forms.gift_report import GiftCount, Giver
from prongsai.reports.forms.hr_report import Carried, Staff
from prongsai.reports.forms.procurement_annual import Bought
from prongsai.reports.forms.report_parts import Status
from prongsai.reports.forms.risk_assessment import Area
from prongsai.reports.forms.signing import Signed
from prongsai.reports.forms.values import Period
from prongsai.reports.register_forms import asks_of, form_of, other_papers
from prongsai.reports.register_paper import Beside, Heading, period_paper
from prongsai.thai.fiscal import Span
from tests.registers.library.example import example_of, filled, shipped

AGENCY = "เทศบาลตำบลบ้านสวนพลู"
SIGNED = Signed("นางพรทิวา จันทร์สมบูรณ์", "หัวหน้าสำนักปลัดเทศบาล", on=date(2026, 10, 9))
YEAR = (date(2025, 10, 1), date(2026, 9, 30))
SECOND_HALF = (date(2026, 4, 1), date(2026, 9, 30))

Rows = Sequence[Mapping[str, object]]


def entered(register_id: str, **given: object) -> dict[str, object]:
    """Fill an entry in with the examples of its register, all that an entry asks for."""
    register = shipped(register_id)
    examples = {one.key: example_of(one) for one in register.fields_at() if one.example}
    return {STATE: register.first_state.key, **examples, **filled(register_id), **given}


def reported(register_id: str, **given: object) -> dict[str, object]:
    """Fill an entry of a plan in, with what it reports of a period."""
    progress = shipped(register_id).progress
    assert progress is not None
    told = {one.key: example_of(one) for one in progress.fields if one.example}
    return {**entered(register_id), **told, **given}


def paper(register_id: str, rows: Rows, span: tuple[date, date] = YEAR, kind: str = "", **beside: Any) -> Any:
    """Compose the paper of a period."""
    register = shipped(register_id)
    state = register.first_state
    heading = Heading(AGENCY, register.name_th, "งวด", *span)
    found = table(register, [(one, state) for one in rows])
    return period_paper(register, heading, found, signed=SIGNED, values=rows, beside=Beside(**beside), kind=kind)


def recognised(register_id: str, rows: Rows, span: tuple[date, date] = YEAR, kind: str = "", **beside: Any) -> Any:
    """Give the records that a reader finds on the paper of a period, and hold that nothing is wrong with it."""
    record, problems = told_by(register_id, rows, span, kind, **beside)
    assert [one for one in problems if one.severity is not Severity.INFO] == []
    return record


def told_by(
    register_id: str, rows: Rows, span: tuple[date, date] = YEAR, kind: str = "", **beside: Any
) -> tuple[Any, Sequence[Problem]]:
    form = paper_kind(kind or shipped(register_id).print_.kind)
    return form.recognise(plain(paper(register_id, rows, span, kind, **beside)))


# --- which register has which form -----------------------------------------------------------------------------------
def test_every_form_that_a_register_names_is_there_and_made_from_it() -> None:
    named = {one.print_.kind for one in library() if one.print_.kind}
    assert named <= set(FORMS)
    assert all(form_of(one) for one in library() if one.print_.kind)
    assert {kind for one in library() for kind in other_papers(one)} == {"risk-assessment", "prevention-plan"}
    assert named >= {
        "gift-report", "risk-report", "prevention-report", "participation-report", "hr-report", "procurement-annual",
        "spending-report", "operation-report", "procurement-summary",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("register", "rows"),
    [
        ("gifts", [entered("gifts")]),
        ("participation", [entered("participation")]),
        ("risks", [reported("risks")]),
        ("prevention-plan", [reported("prevention-plan")]),
        ("operation-plan", [reported("operation-plan")]),
        ("spending-plan", [reported("spending-plan")]),
        ("hr-report", [entered("hr-report")]),
        ("procurement-annual", [entered("procurement-annual")]),
    ],
)
def test_word_and_pdf_say_the_same_records(register: str, rows: Rows) -> None:
    composed = paper(register, rows)
    kind = paper_kind(shipped(register).print_.kind)
    record = kind.recognise(plain(composed))[0]
    assert (record.agency, record.fiscal_year_be, record.signer) == (AGENCY, 2569, SIGNED)
    assert kind.recognise(read_docx(render(composed, "docx", Office()), "ก.docx"))[0] == record
    assert kind.recognise(read_pdf(render(composed, "pdf", Office()), "ก.pdf"))[0] == record


@pytest.mark.parametrize("register", ["gifts", "risks", "hr-report"])
def test_nothing_is_stated_in_place_of_an_empty_form(register: str) -> None:
    statement = paper_kind("zero-report").recognise(plain(paper(register, [])))[0]
    assert statement.statement == f"ไม่มีรายการใน{shipped(register).name_th}"
    assert (statement.period, statement.signer) == (Period(*YEAR), SIGNED)


# --- gifts -----------------------------------------------------------------------------------------------------------
def test_gifts_are_counted_by_quarter_giver_and_decision() -> None:
    rows = [
        entered("gifts", received_on=date(2025, 12, 28), giver_kind="private", state="sent_back"),
        entered("gifts", received_on=date(2025, 11, 3), giver_kind="private", state="handed_over"),
        entered("gifts", received_on=date(2025, 12, 30), giver_kind="citizen", state="allowed"),
        entered("gifts", received_on=date(2026, 1, 5), giver_kind="private", value_thb=Decimal("450.50")),
    ]
    report = recognised("gifts", rows)
    assert report.gifts == (
        GiftCount(1, Giver.PRIVATE, 0, 1, 1, 0, Decimal(1600)),
        GiftCount(1, Giver.CITIZEN, 1, 0, 0, 0, Decimal(800)),
        GiftCount(2, Giver.PRIVATE, 0, 0, 0, 1, Decimal("450.50")),
    )
    assert report.period == Period(*YEAR)


def test_report_of_gifts_names_nobody() -> None:
    said = str(plain(paper("gifts", [entered("gifts", giver="ร้านสวนพลูการค้า")])))
    assert [word for word in ("ร้านสวนพลูการค้า", "ขยันยิ่ง") if word in said] == []


# --- risks -----------------------------------------------------------------------------------------------------------
NO_MISSION = {
    "area": "permits",
    "no_mission": True,
    "no_mission_reason": "ไม่มีงานออกใบอนุญาต",
    "event": "",
    "measures": "",
}


def test_report_has_every_assessed_risk_with_its_result() -> None:
    rows = [
        reported("risks", area="spending", measures="1. สุ่มตรวจทุกไตรมาส\n2. เปิดเผยผลทุกเดือน", status="done"),
        reported("risks", area="personnel", likelihood_after=None, impact_after=None, status="watched"),
        reported("risks", **NO_MISSION),
    ]
    report = recognised("risks", rows, SECOND_HALF)
    assert [(one.area, one.event) for one in report.risks] == [
        (Area.SPENDING, rows[0]["event"]),
        (Area.PERSONNEL, rows[1]["event"]),
    ]
    assert report.risks[0].measures == ("สุ่มตรวจทุกไตรมาส", "เปิดเผยผลทุกเดือน")
    assert [(one.score, one.score_after) for one in report.risks] == [(15, 10), (15, None)]
    assert [report.level_of(one.score_after) for one in report.risks] == ["สูง", ""]
    assert report.period == Period(*YEAR)


def test_assessment_has_the_register_s_own_matrix_and_the_areas_without_a_risk() -> None:
    rows = [entered("risks", area=area) for area in ("power", "spending", "personnel")] + [
        entered("risks", **NO_MISSION)
    ]
    record = recognised("risks", rows, kind="risk-assessment")
    assert [(one.name, one.low, one.high, one.colour) for one in record.levels] == [
        ("ต่ำ", 1, 4, "เขียว"), ("ปานกลาง", 5, 9, "เหลือง"), ("สูง", 10, 14, "ส้ม"), ("สูงมาก", 15, 25, "แดง"),
    ]  # fmt: skip
    assert [(one.area, one.reason) for one in record.uncovered] == [(Area.PERMITS, "ไม่มีงานออกใบอนุญาต")]
    assert [record.level_of(one) for one in record.risks] == ["สูงมาก"] * 3
    assert record.risks[0].period == Period(*YEAR)
    assert (record.assessed_on, record.risks[0].responsible) == (date(2025, 9, 15), ("กองช่าง",))


def test_assessment_without_an_area_or_its_reason_is_faulty() -> None:
    codes = [one.code for one in told_by("risks", [entered("risks")], kind="risk-assessment")[1]]
    assert codes.count("RISK_AREA_MISSING") == 3


# --- the plan against corruption -------------------------------------------------------------------------------------
def test_progress_is_told_by_activity_and_counted_by_dimension() -> None:
    rows = [
        reported("prevention-plan", dimension="culture", percent=Decimal(100), spent_thb=Decimal("9500.25")),
        reported("prevention-plan", dimension="culture", percent=Decimal(40), outcome=""),
        reported("prevention-plan", dimension="audit", percent=Decimal(0), state="dropped", outcome=""),
    ]
    report = recognised("prevention-plan", rows, SECOND_HALF)
    assert [one.status for one in report.activities] == [Status.DONE, Status.RUNNING, Status.DROPPED]
    assert [one.dimension for one in report.activities][1:] == [
        "การสร้างวัฒนธรรมสุจริต", "การยกระดับกลไกการตรวจสอบการดำเนินงาน",
    ]  # fmt: skip
    assert (report.activities[0].spent_thb, report.activities[0].unit) == (Decimal("9500.25"), "สำนักปลัดเทศบาล")
    assert report.period == Period(*YEAR)


def test_counts_of_dimensions_stand_on_the_paper_and_are_held_against_its_rows() -> None:
    rows = [reported("prevention-plan", dimension="culture", percent=Decimal(each)) for each in (100, 40, 0)]
    document = plain(paper("prevention-plan", rows))
    counts = next(block for block in document.blocks if getattr(block, "rows", None))
    assert [cell.text for cell in counts.rows[1].cells] == ["การสร้างวัฒนธรรมสุจริต", "๑", "๑", "๑", "๓"]
    wrong = replace(counts.rows[1].cells[1], lines=(replace(counts.rows[1].cells[1].lines[0], text="๒"),), value=None)
    row = replace(counts.rows[1], cells=(counts.rows[1].cells[0], wrong, *counts.rows[1].cells[2:]))
    changed = replace(counts, rows=(counts.rows[0], row, *counts.rows[2:]))
    blocks = tuple(changed if block is counts else block for block in document.blocks)
    problems = paper_kind("prevention-report").recognise(replace(document, blocks=blocks))[1]
    assert "FORM_STATED_DIFFERS" in [one.code for one in problems]


def test_plan_itself_is_written_from_its_entries() -> None:
    rows = [entered("prevention-plan", kind="measure", budget_thb=Decimal(0)), entered("prevention-plan")]
    plan = recognised("prevention-plan", rows, kind="prevention-plan")
    first = plan.activities[0]
    assert (str(first.kind), first.budget_thb) == ("measure", Decimal(0))
    assert first.period == Period(date(2025, 11, 1), date(2026, 8, 31))
    assert first.indicator == "เจ้าหน้าที่ผ่านการอบรมร้อยละ 80"


# --- operation and spending ------------------------------------------------------------------------------------------
def test_projects_are_told_with_what_was_spent() -> None:
    rows = [reported("operation-plan"), reported("operation-plan", state="done", outcome="")]
    report = recognised("operation-plan", rows, SECOND_HALF)
    first, second = report.projects
    assert (first.budget_thb, first.spent_thb, first.percent) == (Decimal(450000), Decimal(270000), Decimal(60))
    assert (first.status, second.status, first.source) == (Status.RUNNING, Status.DONE, "เทศบัญญัติ")
    assert (second.outcome, first.obstacles) == ("", "ไม่มี")


def test_quarters_of_spending_are_added_up_since_the_year_began() -> None:
    row = reported("spending-plan", note="จัดซื้อรวมในไตรมาส 3", transfer_in_thb=Decimal(5000))
    earlier = [{"spent_thb": Decimal("21500.50"), "transfer_out_thb": Decimal(2000), "obstacles": "ผู้ยื่นข้อเสนอน้อยราย"}]
    row |= {"obstacles": "ผู้ยื่นข้อเสนอน้อยราย\nแบบไม่ครบ", "suggestions": "ส่งแบบในเดือนพฤศจิกายน"}
    report = recognised("spending-plan", [row], (date(2026, 1, 1), date(2026, 3, 31)), earlier=[earlier])
    (line,) = report.lines
    assert (line.budget_thb, line.available_thb, line.spent_thb) == (
        Decimal(120000), Decimal(123000), Decimal("50000.50"),
    )  # fmt: skip
    assert (line.note, line.category) == ("จัดซื้อรวมในไตรมาส 3", "งบดำเนินงาน")
    assert (report.obstacles, report.suggestions) == (
        ("ผู้ยื่นข้อเสนอน้อยราย", "แบบไม่ครบ"), ("ส่งแบบในเดือนพฤศจิกายน",),
    )  # fmt: skip
    assert report.period == Period(date(2025, 10, 1), date(2026, 3, 31))


def test_only_spending_asks_for_earlier_reports() -> None:
    assert [one.id for one in library() if asks_of(one).earlier] == ["spending-plan"]


# --- yearly reports --------------------------------------------------------------------------------------------------
def test_annual_procurement_is_the_sum_of_the_year_s_purchases() -> None:
    bought = [
        entered("purchases", method="specific", kind="buy"),
        entered("purchases", method="specific", kind="build", budget_thb=Decimal(90000), agreed_thb=Decimal(88000)),
        entered("purchases", method="consult", kind="hire", reference_thb=Decimal(16000)),
    ]
    row = entered("procurement-annual", as_of=YEAR[1], obstacles="ผู้เสนอราคาน้อยราย\nราคาวัสดุสูงขึ้น")
    report = recognised("procurement-annual", [row], others={"purchases": bought})
    assert report.methods == (
        Bought("e-market", 0, Decimal(0), Decimal(0)),
        Bought("e-bidding", 0, Decimal(0), Decimal(0)),
        Bought("คัดเลือก", 0, Decimal(0), Decimal(0)),
        Bought("เฉพาะเจาะจง", 2, Decimal(105000), Decimal(100000)),
        Bought("วิธีอื่น", 1, Decimal(15000), Decimal(12000)),
    )
    assert [(one.label, one.count) for one in report.kinds] == [("ซื้อ", 1), ("จ้าง", 1), ("ก่อสร้าง", 1), ("เช่า", 0)]
    assert (report.saved_thb, report.below_reference_thb) == (Decimal(8000), Decimal(-66000))
    assert report.obstacles == ("ผู้เสนอราคาน้อยราย", "ราคาวัสดุสูงขึ้น")


def test_personnel_are_told_by_kind_with_what_the_plan_achieved() -> None:
    staff = (
        {"kind": "officer", "men": Decimal(20), "women": Decimal(26), "authorised": Decimal(50)},
        {"kind": "general", "men": Decimal(16), "women": Decimal(14)},
    )
    row = entered(
        "hr-report", as_of=YEAR[1], staff=staff, courses=Decimal(12), attended=Decimal(268), hours=Decimal("90.5")
    )
    report = recognised("hr-report", [row], others={"hr-plan": [reported("hr-plan")]})
    assert report.staff == (Staff("พนักงานเทศบาล", 50, 20, 26), Staff("พนักงานจ้างทั่วไป", None, 16, 14))
    assert (report.authorised, report.actual, report.vacant) == (84, 76, 8)
    assert (report.courses, report.attended, report.hours) == (12, 268, Decimal("90.5"))
    assert report.activities == (
        Carried("อบรมระเบียบพัสดุให้เจ้าหน้าที่ใหม่", "สำนักปลัดเทศบาล", Decimal(20000), Decimal(18400), Decimal(100),
                "อบรมแล้ว 14 คน จาก 14 คน"),
    )  # fmt: skip


# --- participation ---------------------------------------------------------------------------------------------------
def test_participation_tells_who_came_what_they_said_and_what_was_done() -> None:
    report = recognised("participation", [entered("participation", unit=Ref(1, "กองช่าง"))])
    (one,) = report.activities
    assert (one.held_on, one.unit, one.method, one.outsiders) == (date(2026, 1, 15), "กองช่าง", "ประชาคมท้องถิ่น", 42)
    assert (one.result, one.use_made) == (
        "เสนอโครงการ 5 โครงการ จัดลำดับให้ซ่อมถนนซอย 5 เป็นอันดับแรก",
        "บรรจุโครงการซ่อมถนนซอย 5 ในแผนดำเนินงานปี 2569",
    )


def test_own_register_with_other_choices_is_no_exception() -> None:
    rows = [reported("risks", area="other", status="ended", period=Span(*YEAR))]
    report = told_by("risks", rows)[0]
    assert (report.risks[0].area, str(report.risks[0].status)) == (None, "not_started")
