"""Control, property, the development plan and requests for information: a period's entries come back from their forms."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from prongsai.documents.plain import plain
from prongsai.documents.read.docx import read as read_docx
from prongsai.documents.read.pdf import read as read_pdf
from prongsai.documents.write import render
from prongsai.documents.write.office import Office
from prongsai.registers.load import library
from prongsai.reports.catalogue import paper_kind
from prongsai.reports.forms.development_follow_up import Followed
from prongsai.reports.forms.information_statistics import Counted
from prongsai.reports.forms.internal_control_4 import Component, Conclusion, Overall
from prongsai.reports.forms.internal_control_5 import Improving
from prongsai.reports.forms.property_report import COUNTED
from prongsai.reports.forms.values import Period
from prongsai.thai.fiscal import Span
from tests.reports.test_register_forms import AGENCY, SECOND_HALF, SIGNED, YEAR, entered, paper, recognised, reported

QUARTER = (date(2025, 10, 1), date(2025, 12, 31))


def asked(decision: str | None = "open", day: int = 5, days: int = 7, **given: object) -> dict[str, object]:
    """A request of November with its answer after so many days; without a decision none."""
    answered = {"decision": decision, "answered_on": date(2025, 11, day + days), "fee_thb": Decimal("12.50")}
    told = answered if decision else dict.fromkeys(answered)
    base = {"requested_on": date(2025, 11, day), "section": None, "requester_kind": "citizen", **told, **given}
    return entered("information-requests", **base)


REQUESTS = [
    *(asked("open") for _ in range(4)),
    *(asked("open", days=20) for _ in range(3)),
    *(asked("partly", section="s15_5") for _ in range(3)),
]


def test_each_register_names_its_form() -> None:
    named = {one.id: one.print_.kind for one in library()}
    assert {id_: named[id_] for id_ in FORMS} == FORMS


FORMS = {
    "control-components": "internal-control-4",
    "control-weaknesses": "internal-control-5",
    "development-plan": "development-follow-up",
    "property-reports": "property-report",
    "information-requests": "information-statistics",
}


@pytest.mark.parametrize(
    ("register", "rows"),
    [
        ("control-components", [entered("control-components")]),
        ("control-weaknesses", [reported("control-weaknesses")]),
        ("development-plan", [reported("development-plan")]),
        ("property-reports", [entered("property-reports")]),
        ("information-requests", REQUESTS),
    ],
)
def test_word_and_pdf_say_the_same_records(register: str, rows: list[dict[str, object]]) -> None:
    composed = paper(register, rows)
    kind = paper_kind(FORMS[register])
    record = kind.recognise(plain(composed))[0]
    assert record.agency == AGENCY
    assert kind.recognise(read_docx(render(composed, "docx", Office()), "ก.docx"))[0] == record
    assert kind.recognise(read_pdf(render(composed, "pdf", Office()), "ก.pdf"))[0] == record


# --- internal control -------------------------------------------------------------------------------------------------
def test_components_of_every_unit_stand_on_one_paper() -> None:
    rows = [entered("control-components", unit=unit) for unit in ("กองคลัง", "กองช่าง")]
    report = recognised("control-components", rows)
    assert [(one.component, one.unit) for one in report.components] == [
        (component, unit) for component in Component for unit in ("กองคลัง", "กองช่าง")
    ]
    assert [one.conclusion for one in report.components[4:6]] == [Conclusion.IMPROVE] * 2
    assert report.components[0].result == rows[0]["environment"]
    assert report.overall == tuple(Overall(unit, str(rows[0]["overall"])) for unit in ("กองคลัง", "กองช่าง"))
    assert (report.year_end, report.assessor) == (YEAR[1], SIGNED)


def test_weaknesses_stand_with_what_was_improved() -> None:
    rows = [reported("control-weaknesses", status="done"), entered("control-weaknesses", unit="กองช่าง")]
    report = recognised("control-weaknesses", rows, SECOND_HALF)
    first, second = report.weaknesses
    assert (first.mission, first.remaining, first.due) == (
        "การรับเงินและนำส่งเงิน", "เงินที่รับในวันหยุดยังนำส่งล่าช้า", date(2027, 3, 31),
    )  # fmt: skip
    assert (first.result, first.status, first.obstacles) == (
        "แต่งตั้งผู้สอบทานวันหยุดแล้ว นำส่งเงินทันทุกครั้งในไตรมาสสอง", Improving.DONE, "ไม่มี",
    )  # fmt: skip
    assert (second.unit, second.result, second.status) == ("กองช่าง", "", None)
    assert report.year_end == YEAR[1]


def test_weaknesses_of_which_nothing_was_reported_have_no_second_table() -> None:
    document = plain(paper("control-weaknesses", [entered("control-weaknesses")]))
    heads = [[cell.text for cell in block.rows[0].cells] for block in document.blocks if getattr(block, "rows", None)]
    assert (len(heads), "ผลการปรับปรุง" in heads[0]) == (1, False)


# --- the development plan ---------------------------------------------------------------------------------------------
def test_project_has_the_budget_of_the_year_alone() -> None:
    rows = [
        reported("development-plan"),
        reported("development-plan", code="1-01-018", status="later", spent_thb=Decimal(0)),
    ]
    report = recognised("development-plan", rows)
    first, second = report.projects
    assert (first.code, first.budget_thb, first.spent_thb) == ("1-01-017", Decimal(450000), Decimal(436500))
    assert (first.status, second.status, first.reached) == (Followed.DONE, Followed.LATER, "ร้อยละ 100")
    assert (report.fiscal_year_be, report.period) == (2569, Period(*YEAR))


# --- property ---------------------------------------------------------------------------------------------------------
def test_report_of_a_quarter_has_every_figure_and_what_was_instructed() -> None:
    keys = dict(zip((f"n_{one.value}" for one in COUNTED), map(Decimal, (1284, 14, 13, 1, 0, 120, 2, 3)), strict=True))
    told = {
        "remarks": "ควรทวงคืนเต็นท์ที่เกินกำหนดหนึ่งหลัง",
        "acknowledged_on": date(2026, 1, 9),
        "instruction": "ให้ทวงคืนภายในเดือนนี้",
    }
    row = entered("property-reports", period=Span(*QUARTER), **keys, **told)
    report = recognised("property-reports", [row], QUARTER)
    assert [one.count for one in report.figures] == [1284, 14, 13, 1, 0, 120, 2, 3]
    assert report.remarks == ("ควรทวงคืนเต็นท์ที่เกินกำหนดหนึ่งหลัง",)
    assert report.instruction == ("รับทราบเมื่อวันที่ ๙ มกราคม ๒๕๖๙", "ให้ทวงคืนภายในเดือนนี้")
    assert (report.period, report.fiscal_year_be) == (Period(*QUARTER), 2569)


# --- requests for information -----------------------------------------------------------------------------------------
def test_requests_are_counted_by_decision_and_time() -> None:
    report = recognised("information-requests", REQUESTS, QUARTER)
    assert (report.total, report.fee_thb, report.period) == (10, Decimal(125), Period(*QUARTER))
    assert [one.count for one in report.decisions] == [7, 3, 0, 0, 0]
    assert [one.count for one in report.times] == [7, 3, 0]
    assert report.sections == (Counted("มาตรา 15 (5) รายงานการแพทย์หรือข้อมูลส่วนบุคคล", 3),)
    assert report.askers == (Counted("ประชาชน", 10),)


def test_a_day_too_late_is_late_and_what_is_open_or_passed_on_is_neither() -> None:
    rows = [*(asked(days=15) for _ in range(3)), *(asked(days=16) for _ in range(4))]
    rows += [*(asked(None) for _ in range(3)), *(asked(None, state="passed_on") for _ in range(5))]
    report = recognised("information-requests", rows, QUARTER)
    assert [one.count for one in report.times] == [3, 4, 8]
    assert [one.count for one in report.decisions] == [7, 0, 0, 5, 3]


def test_small_counts_of_requests_are_kept_back_and_do_not_follow_from_the_rest() -> None:
    rows = [*REQUESTS, asked("refused", section="s15_3", requester_kind="media")]
    report = recognised("information-requests", rows, QUARTER)
    for name in ("decisions", "sections", "askers"):
        assert sum(one.count is None for one in getattr(report, name)) >= 2, name
    assert report.total == 11


def test_who_asked_is_on_no_paper() -> None:
    said = str(plain(paper("information-requests", REQUESTS)))
    assert [word for word in ("มะลิ", "1234") if word in said] == []
