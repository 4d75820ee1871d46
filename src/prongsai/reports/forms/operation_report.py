"""The 6- or 12-month report of the year's operation plan: what came of each project, and what was spent on it."""

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
    percent_of,
    reached,
    reached_columns,
    same_words,
)
from prongsai.reports.forms.signing import Signed, Signs
from prongsai.reports.forms.values import Kind, Period

NAME = "operation-report"
TITLE_TH = "รายงานผลและความก้าวหน้าตามแผนดำเนินงานประจำปี"


@dataclass(frozen=True, slots=True)
class Project:
    """A project and what came of it since the year began. percent: how much of it is done, 0–100."""

    project: str
    unit: str
    source: str
    budget_thb: Decimal
    spent_thb: Decimal
    percent: Decimal
    status: Status
    result: str
    outcome: str
    obstacles: str
    suggestions: str


@dataclass(frozen=True, slots=True)
class OperationReport:
    """The report of a period that begins with the fiscal year."""

    agency: str
    fiscal_year_be: int
    period: Period | None
    projects: tuple[Project, ...]
    signer: Signed


_NO = Column("no", Kind.ORDINAL, heads=("ที่", "ลำดับ", "ลำดับที่"), width=1)
_PROJECT = Column("project", heads=("ชื่อโครงการ", "โครงการ", "โครงการ/กิจกรรม"), width=5)
SPENT = Columns(
    (
        _NO,
        _PROJECT,
        Column("unit", heads=("หน่วยงานรับผิดชอบ", "ผู้รับผิดชอบ", "ส่วนราชการ"), width=3),
        Column("source", heads=("แหล่งเงิน", "แหล่งงบประมาณ"), width=2.4),
        Column("budget_thb", Kind.MONEY, heads=("งบประมาณ (บาท)", "งบประมาณ"), width=3.2, summed=True),
        Column("spent_thb", Kind.MONEY, heads=("เบิกจ่ายแล้ว (บาท)", "ผลการเบิกจ่าย", "เบิกจ่าย"), width=3.2, summed=True),
        Column("share", Kind.NUMBER, heads=("ร้อยละที่เบิกจ่าย", "ร้อยละการเบิกจ่าย"), width=2,
               derive=lambda row, record: percent_of(row.spent_thb, row.budget_thb)),
        Column("percent", Kind.NUMBER, heads=("ร้อยละความสำเร็จ", "ความก้าวหน้าร้อยละ"), width=1.9),
        Column("status", Kind.CHOICE, choices=STATUSES, also=STATUSES_ALSO,
               heads=("สถานะ", "สถานะการดำเนินการ"), width=2.8),
    ),
    "รวมทั้งสิ้น",
)  # fmt: skip
TOLD = Columns(
    (
        _NO,
        _PROJECT,
        Column("result", heads=("ผลการดำเนินงาน", "ผลการดำเนินการ"), width=6),
        Column("outcome", heads=("ผลสัมฤทธิ์", "ผลสัมฤทธิ์ตามเป้าหมาย"), width=4.5, required=False),
        Column("obstacles", heads=("ปัญหา/อุปสรรค", "ปัญหาและอุปสรรค"), width=4),
        Column("suggestions", heads=("ข้อเสนอแนะ",), width=4),
    )
)


def _check(report: OperationReport) -> Sequence[Problem]:
    return [
        *early(report.period, report.signer),
        *over_budget(report.projects),
        *same_words(report.projects, "result", "project", "ผลการดำเนินงานเขียนเหมือนชื่อโครงการ"),
    ]


PAPER = Paper(
    NAME,
    TITLE_TH,
    OperationReport,
    (
        Words("รายงานผลและความก้าวหน้า", Style.TITLE),
        Words("ตามแผนดำเนินงานประจำปี", Style.TITLE),
        FISCAL_YEAR,
        agency_and_period(),
        Summary("สรุปผลรายหน่วยงาน", Reached, reached_columns("หน่วยงาน", "หน่วยงานรับผิดชอบ"),
                lambda report: reached(report.projects, lambda row: row.unit)),
        Rows("projects", Project, (SPENT, TOLD), heading="ผลการดำเนินงานรายโครงการ", needed=True),
        Signs("signer", "ผู้รายงาน", "ลงชื่อ"),
    ),
    title=lambda report: f"{TITLE_TH} ประจำปีงบประมาณ พ.ศ. {report.fiscal_year_be}",
    check=_check,
    orientation=Orientation.LANDSCAPE,
)  # fmt: skip

compose, recognise, sample = PAPER.compose, PAPER.recognise, PAPER.sample
from_json, to_json = PAPER.from_json, PAPER.to_json
