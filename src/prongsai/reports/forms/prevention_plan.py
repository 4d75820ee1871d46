"""The plan of a year against corruption: activities by dimension, with budget, period, unit and indicator."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from prongsai.documents.model import Orientation, Style
from prongsai.errors import Problem, Severity
from prongsai.reports.forms.columns import Column, Columns
from prongsai.reports.forms.faults import finding
from prongsai.reports.forms.labels import Labels
from prongsai.reports.forms.paper import Paper, Rows
from prongsai.reports.forms.parts import FISCAL_YEAR, Words
from prongsai.reports.forms.report_parts import Summary, Tally, tallied
from prongsai.reports.forms.signing import Signed, Signs
from prongsai.reports.forms.values import Declared, Kind, Period
from prongsai.thai.fiscal import fiscal_year

NAME = "prevention-plan"
TITLE_TH = "แผนปฏิบัติการป้องกันการทุจริต"


class What(StrEnum):
    """What stands in the plan."""

    PROJECT = "project"
    ACTIVITY = "activity"
    MEASURE = "measure"


KINDS = {What.PROJECT: "โครงการ", What.ACTIVITY: "กิจกรรม", What.MEASURE: "มาตรการ"}


@dataclass(frozen=True, slots=True)
class Activity:
    """A project, activity or measure. dimension: its name, which differs from plan to plan; budget_thb: 0 for none."""

    dimension: str
    mission: str
    project: str
    kind: What
    budget_thb: Decimal
    period: Period | None
    unit: str
    indicator: str


@dataclass(frozen=True, slots=True)
class PreventionPlan:
    """A year's plan. approved_on: the day it was approved, or None."""

    agency: str
    fiscal_year_be: int
    approved_on: date | None
    activities: tuple[Activity, ...]
    signer: Signed


ACTIVITIES = Columns(
    (
        Column("no", Kind.ORDINAL, heads=("ที่", "ลำดับ", "ลำดับที่"), width=1),
        Column("dimension", heads=("มิติ", "มิติที่"), width=3),
        Column("mission", heads=("ภารกิจตามมิติ", "ภารกิจ"), width=3.2),
        Column("project", heads=("โครงการ/กิจกรรม/มาตรการ", "โครงการ/กิจกรรม", "โครงการ"), width=4),
        Column("kind", Kind.CHOICE, choices=KINDS, heads=("ประเภท",), width=2),
        Column("budget_thb", Kind.MONEY, heads=("งบประมาณ (บาท)", "งบประมาณ"), width=2.7, summed=True),
        Column("period", Kind.PERIOD, heads=("ระยะเวลา", "ระยะเวลาดำเนินการ"), width=3.5),
        Column("unit", heads=("หน่วยงานรับผิดชอบ", "ผู้รับผิดชอบ", "ส่วนราชการ"), width=2.6),
        Column("indicator", heads=("ตัวชี้วัด", "ตัวชี้วัดความสำเร็จ"), width=3, required=False),
    ),
    "รวมทั้งสิ้น",
)
BY_DIMENSION = Columns(
    (
        Column("label", heads=("มิติ", "มิติที่"), width=7),
        Column("count", Kind.WHOLE, heads=("จำนวน (รายการ)", "จำนวน"), width=2.5, summed=True),
        Column("budget_thb", Kind.MONEY, heads=("งบประมาณ (บาท)", "งบประมาณ"), width=3, summed=True),
    ),
    "รวมทั้งสิ้น",
)


def _check(plan: PreventionPlan) -> Sequence[Problem]:
    if plan.fiscal_year_be is None:
        return []
    year = fiscal_year(plan.fiscal_year_be)
    return [
        finding("PLAN_OTHER_YEAR", Severity.ERROR, f"row {number}: its period is not of the plan's year",
                f"ลำดับที่ {number}: ระยะเวลาไม่อยู่ในปีงบประมาณของแผน", mend_th="แก้ระยะเวลา หรือย้ายไปแผนของปีนั้น")
        for number, one in enumerate(plan.activities, 1)
        if one.period and (one.period.end < year.start or one.period.start > year.end)
    ]  # fmt: skip


PAPER = Paper(
    NAME,
    TITLE_TH,
    PreventionPlan,
    (
        Words(TITLE_TH, Style.TITLE),
        FISCAL_YEAR,
        Labels(
            (
                (("หน่วยงาน", Declared("agency", name="หน่วยงาน")),),
                (("อนุมัติเมื่อวันที่",
                  Declared("approved_on", Kind.DATE, "วันที่อนุมัติแผน", style="full", required=False)),),
            ),
            other={"approved_on": ("วันที่อนุมัติ", "ประกาศเมื่อวันที่")},
        ),
        Rows("activities", Activity, (ACTIVITIES,), heading="โครงการ กิจกรรม และมาตรการตามแผน", needed=True),
        Summary("สรุปแผนรายมิติ", Tally, BY_DIMENSION, lambda plan: tallied(plan.activities, lambda row: row.dimension)),
        Signs("signer", "ผู้อนุมัติ", "ลงชื่อ"),
    ),
    title=lambda plan: f"{TITLE_TH} ประจำปีงบประมาณ พ.ศ. {plan.fiscal_year_be}",
    check=_check,
    orientation=Orientation.LANDSCAPE,
)  # fmt: skip

compose, recognise, sample = PAPER.compose, PAPER.recognise, PAPER.sample
from_json, to_json = PAPER.from_json, PAPER.to_json
