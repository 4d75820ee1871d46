"""The 6- or 12-month report of the plan against corruption: each activity's result, and how far each dimension is."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from prongsai.documents.model import Orientation, Style
from prongsai.errors import Problem
from prongsai.reports.forms.columns import Column, Columns
from prongsai.reports.forms.paper import Paper, Rows
from prongsai.reports.forms.parts import FISCAL_YEAR, Words
from prongsai.reports.forms.report_parts import (
    STATUSES,
    STATUSES_ALSO,
    Reached,
    Status,
    Summary,
    agency_and_period,
    early,
    over_budget,
    reached,
    reached_columns,
    same_words,
)
from prongsai.reports.forms.signing import Signed, Signs
from prongsai.reports.forms.values import Kind, Period

NAME = "prevention-report"
TITLE_TH = "รายงานผลการดำเนินการตามแผนปฏิบัติการป้องกันการทุจริต"


@dataclass(frozen=True, slots=True)
class Progress:
    """An activity of the plan and what came of it since the year began. percent: how much of it is done, 0–100."""

    dimension: str
    project: str
    unit: str
    budget_thb: Decimal
    spent_thb: Decimal
    percent: Decimal
    status: Status
    result: str
    outcome: str
    obstacles: str
    suggestions: str


@dataclass(frozen=True, slots=True)
class PreventionReport:
    """The report of a period that begins with the fiscal year."""

    agency: str
    fiscal_year_be: int
    period: Period | None
    activities: tuple[Progress, ...]
    signer: Signed


_NO = Column("no", Kind.ORDINAL, heads=("ที่", "ลำดับ", "ลำดับที่"), width=1)
_PROJECT = Column("project", heads=("โครงการ/กิจกรรม/มาตรการ", "โครงการ/กิจกรรม", "โครงการ"), width=5)
REACHED = Columns(
    (
        _NO,
        Column("dimension", heads=("มิติ", "มิติที่"), width=4),
        _PROJECT,
        Column("unit", heads=("หน่วยงานรับผิดชอบ", "ผู้รับผิดชอบ", "ส่วนราชการ"), width=3.2),
        Column("budget_thb", Kind.MONEY, heads=("งบประมาณ (บาท)", "งบประมาณ"), width=3.1, summed=True),
        Column("spent_thb", Kind.MONEY, heads=("ใช้จ่ายแล้ว (บาท)", "งบประมาณที่ใช้", "เบิกจ่าย"), width=3.1, summed=True),
        Column("percent", Kind.NUMBER, heads=("ร้อยละความสำเร็จ", "ร้อยละ"), width=1.9),
        Column(
            "status", Kind.CHOICE, choices=STATUSES, also=STATUSES_ALSO, heads=("สถานะ", "สถานะการดำเนินการ"), width=2.8
        ),
    ),
    "รวมทั้งสิ้น",
)
TOLD = Columns(
    (
        _NO,
        _PROJECT,
        Column("result", heads=("ผลการดำเนินการ", "ผลการดำเนินงาน"), width=6),
        Column("outcome", heads=("ผลสัมฤทธิ์ตามเป้าหมาย", "ผลสัมฤทธิ์"), width=4.5, required=False),
        Column("obstacles", heads=("ปัญหา/อุปสรรค", "ปัญหาและอุปสรรค"), width=4),
        Column("suggestions", heads=("ข้อเสนอแนะ",), width=4),
    )
)


def _check(report: PreventionReport) -> Sequence[Problem]:
    return [
        *early(report.period, report.signer),
        *over_budget(report.activities),
        *same_words(report.activities, "result", "project", "ผลการดำเนินการเขียนเหมือนชื่อโครงการ"),
        *same_words(report.activities, "outcome", "result", "ผลสัมฤทธิ์เขียนเหมือนผลการดำเนินการ"),
    ]


PAPER = Paper(
    NAME,
    TITLE_TH,
    PreventionReport,
    (
        Words("รายงานผลการดำเนินการตามแผนปฏิบัติการ", Style.TITLE),
        Words("ป้องกันการทุจริต", Style.TITLE),
        FISCAL_YEAR,
        agency_and_period(),
        Summary("สรุปผลรายมิติ", Reached, reached_columns("มิติ", "มิติที่"),
                lambda report: reached(report.activities, lambda row: row.dimension)),
        Rows("activities", Progress, (REACHED, TOLD), heading="ผลการดำเนินการรายโครงการ", needed=True),
        Signs("signer", "ผู้รายงาน", "ลงชื่อ"),
    ),
    title=lambda report: f"{TITLE_TH} ประจำปีงบประมาณ พ.ศ. {report.fiscal_year_be}",
    check=_check,
    orientation=Orientation.LANDSCAPE,
)  # fmt: skip

compose, recognise, sample = PAPER.compose, PAPER.recognise, PAPER.sample
from_json, to_json = PAPER.from_json, PAPER.to_json
