"""The yearly follow-up of the local development plan: each project's budget, what was spent, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from prongsai.documents.model import Orientation, Style
from prongsai.errors import Problem, Severity
from prongsai.reports.forms.columns import Column, Columns, add_up
from prongsai.reports.forms.faults import finding
from prongsai.reports.forms.paper import Paper, Rows
from prongsai.reports.forms.parts import FISCAL_YEAR, Words
from prongsai.reports.forms.report_parts import (
    Summary,
    agency_and_period,
    early,
    grouped,
    over_budget,
    percent_of,
    same_words,
)
from prongsai.reports.forms.signing import Signed, Signs
from prongsai.reports.forms.values import Kind, Period
from prongsai.thai.text import fold

NAME = "development-follow-up"
TITLE_TH = "รายงานการติดตามและประเมินผลแผนพัฒนาท้องถิ่น"


class Followed(StrEnum):
    """How far a project of the plan is in a year."""

    DONE = "done"
    RUNNING = "running"
    NOT_STARTED = "not_started"
    LATER = "later"


FOLLOWED = {
    Followed.DONE: "ดำเนินการแล้วเสร็จ",
    Followed.RUNNING: "อยู่ระหว่างดำเนินการ",
    Followed.NOT_STARTED: "ยังไม่ดำเนินการ",
    Followed.LATER: "ไม่ได้ตั้งงบประมาณในปีนี้",
}


@dataclass(frozen=True, slots=True)
class Project:
    """A project of the plan in a year. budget_thb: of this year; reached: against its indicator."""

    code: str
    project: str
    strategy: str
    unit: str
    budget_thb: Decimal
    spent_thb: Decimal
    status: Followed
    target: str
    indicator: str
    result: str
    reached: str
    obstacles: str
    suggestions: str


@dataclass(frozen=True, slots=True)
class DevelopmentFollowUp:
    """The follow-up of a year."""

    agency: str
    fiscal_year_be: int
    period: Period | None
    projects: tuple[Project, ...]
    signer: Signed


@dataclass(frozen=True, slots=True)
class OfStrategy:
    """The projects of a strategy: how many, how many of them done, and the money."""

    strategy: str
    count: int
    done: int
    running: int
    not_done: int
    budget_thb: Decimal | None
    spent_thb: Decimal | None


_NO = Column("no", Kind.ORDINAL, heads=("ที่", "ลำดับ", "ลำดับที่"), width=1)
_CODE = Column("code", heads=("รหัสโครงการ", "เลขที่โครงการ"), width=2.4)
SPENT = Columns(
    (
        _NO,
        _CODE,
        Column("project", heads=("โครงการ", "ชื่อโครงการ"), width=5),
        Column("strategy", heads=("ยุทธศาสตร์", "ยุทธศาสตร์การพัฒนา"), width=3.6),
        Column("unit", heads=("หน่วยงานรับผิดชอบ", "ส่วนราชการ", "ผู้รับผิดชอบ"), width=2.6),
        Column("budget_thb", Kind.MONEY, heads=("งบประมาณปีนี้ (บาท)", "งบประมาณ"), width=3, summed=True),
        Column("spent_thb", Kind.MONEY, heads=("งบประมาณที่ใช้ (บาท)", "เบิกจ่าย", "ผลการเบิกจ่าย"), width=3, summed=True),
        Column("share", Kind.NUMBER, heads=("ร้อยละที่ใช้",), width=1.8,
               derive=lambda row, record: percent_of(row.spent_thb, row.budget_thb)),
        Column("status", Kind.CHOICE, choices=FOLLOWED, heads=("ผลตามแผน", "สถานะ"), width=2.8),
    ),
    "รวมทั้งสิ้น",
)  # fmt: skip
TOLD = Columns(
    (
        _NO,
        _CODE,
        Column("target", heads=("เป้าหมาย", "เป้าหมาย/ผลผลิต"), width=3.4),
        Column("result", heads=("ผลการดำเนินการ", "ผลการดำเนินงาน"), width=4.6),
        Column("indicator", heads=("ตัวชี้วัด", "KPI"), width=3.6),
        Column("reached", heads=("ผลตามตัวชี้วัด", "ตัวชี้วัดที่ทำได้"), width=3),
        Column("obstacles", heads=("ปัญหา/อุปสรรค", "ปัญหาและอุปสรรค"), width=3.4),
        Column("suggestions", heads=("ข้อเสนอแนะ",), width=3.4),
    )
)
_WHOLE: dict[str, Any] = {"kind": Kind.WHOLE, "width": 2, "summed": True}
BY_STRATEGY = Columns(
    (
        Column("strategy", heads=("ยุทธศาสตร์", "ยุทธศาสตร์การพัฒนา"), width=7),
        Column("count", heads=("โครงการ",), **_WHOLE),
        Column("done", heads=("แล้วเสร็จ",), **_WHOLE),
        Column("running", heads=("อยู่ระหว่างดำเนินการ",), **_WHOLE),
        Column("not_done", heads=("ยังไม่ดำเนินการ",), **_WHOLE),
        Column("budget_thb", Kind.MONEY, heads=("งบประมาณปีนี้ (บาท)",), width=3, summed=True),
        Column("spent_thb", Kind.MONEY, heads=("งบประมาณที่ใช้ (บาท)",), width=3, summed=True),
    ),
    "รวมทั้งสิ้น",
)


def _by_strategy(report: DevelopmentFollowUp) -> list[OfStrategy]:
    return [
        OfStrategy(
            label,
            len(rows),
            _are(rows, Followed.DONE),
            _are(rows, Followed.RUNNING),
            _are(rows, Followed.NOT_STARTED, Followed.LATER),
            add_up(one.budget_thb for one in rows),
            add_up(one.spent_thb for one in rows),
        )
        for label, rows in grouped(report.projects, lambda row: row.strategy).items()
    ]


def _are(rows: Sequence[Project], *statuses: Followed) -> int:
    return sum(one.status in statuses for one in rows)


def _check(report: DevelopmentFollowUp) -> Sequence[Problem]:
    return [
        *early(report.period, report.signer),
        *over_budget(report.projects),
        *same_words(report.projects, "result", "project", "ผลการดำเนินการเขียนเหมือนชื่อโครงการ"),
        *_twice(report),
    ]


def _twice(report: DevelopmentFollowUp) -> list[Problem]:
    codes = [fold(one.code) for one in report.projects]
    twice = dict.fromkeys(one.code for at, one in enumerate(report.projects) if codes[at] and codes[at] in codes[:at])
    return [
        finding("DEVELOPMENT_TWICE", Severity.ERROR, f"the code {code} stands twice",
                f"รหัสโครงการ {code} มีสองแถว", mend_th="โครงการหนึ่งมีแถวเดียว") for code in twice
    ]  # fmt: skip


PAPER = Paper(
    NAME,
    TITLE_TH,
    DevelopmentFollowUp,
    (
        Words("รายงานการติดตามและประเมินผล", Style.TITLE),
        Words("แผนพัฒนาท้องถิ่น", Style.TITLE),
        FISCAL_YEAR,
        agency_and_period(),
        Summary("สรุปผลรายยุทธศาสตร์", OfStrategy, BY_STRATEGY, _by_strategy),
        Rows("projects", Project, (SPENT, TOLD), heading="ผลการติดตามรายโครงการ", needed=True),
        Signs("signer", "ผู้รายงาน", "ลงชื่อ"),
    ),
    title=lambda report: f"{TITLE_TH} ประจำปีงบประมาณ พ.ศ. {report.fiscal_year_be}",
    check=_check,
    orientation=Orientation.LANDSCAPE,
)

compose, recognise, sample = PAPER.compose, PAPER.recognise, PAPER.sample
from_json, to_json = PAPER.from_json, PAPER.to_json
