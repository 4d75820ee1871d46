"""The assessment of the five components of internal control (แบบ ปค. ๔): of one unit, or of all units of an office."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from prongsai.documents.model import Style
from prongsai.errors import Problem, Severity
from prongsai.reports.forms.columns import Column, Columns
from prongsai.reports.forms.faults import finding
from prongsai.reports.forms.labels import Labels
from prongsai.reports.forms.paper import Paper, Rows
from prongsai.reports.forms.parts import Says, Words
from prongsai.reports.forms.report_parts import Summary, grouped
from prongsai.reports.forms.signing import Signed, Signs
from prongsai.reports.forms.values import Declared, Kind

NAME = "internal-control-4"
TITLE_TH = "รายงานการประเมินองค์ประกอบของการควบคุมภายใน (แบบ ปค. ๔)"


class Component(StrEnum):
    """A component of internal control."""

    ENVIRONMENT = "environment"
    RISK = "risk"
    ACTIVITIES = "activities"
    INFORMATION = "information"
    MONITORING = "monitoring"


class Conclusion(StrEnum):
    """What the assessment of a component came to."""

    ENOUGH = "enough"
    IMPROVE = "improve"


COMPONENTS = {
    Component.ENVIRONMENT: "สภาพแวดล้อมการควบคุม",
    Component.RISK: "การประเมินความเสี่ยง",
    Component.ACTIVITIES: "กิจกรรมการควบคุม",
    Component.INFORMATION: "สารสนเทศและการสื่อสาร",
    Component.MONITORING: "กิจกรรมการติดตามผล",
}
CONCLUSIONS = {Conclusion.ENOUGH: "เพียงพอ", Conclusion.IMPROVE: "ต้องปรับปรุง"}


@dataclass(frozen=True, slots=True)
class Assessed:
    """A component of a unit as it was found."""

    component: Component
    unit: str
    result: str
    conclusion: Conclusion


@dataclass(frozen=True, slots=True)
class Overall:
    """What a unit came to on the whole."""

    unit: str
    result: str


@dataclass(frozen=True, slots=True)
class InternalControl4:
    """The assessment of a year that ended on a day."""

    agency: str
    year_end: date | None
    components: tuple[Assessed, ...]
    overall: tuple[Overall, ...]
    assessor: Signed


@dataclass(frozen=True, slots=True)
class OfComponent:
    """How many units have enough of a component, and how many are to improve it."""

    component: str
    enough: int
    improve: int


ASSESSED = Columns(
    (
        Column("no", Kind.ORDINAL, heads=("ที่", "ลำดับ", "ลำดับที่"), width=1),
        Column("component", Kind.CHOICE, choices=COMPONENTS, heads=("องค์ประกอบของการควบคุมภายใน", "องค์ประกอบ"), width=4),
        Column("unit", heads=("ส่วนราชการ", "หน่วยงาน"), width=3),
        Column("result", heads=("ผลการประเมิน", "ผลการประเมิน/ข้อสรุป"), width=6.2),
        Column("conclusion", Kind.CHOICE, choices=CONCLUSIONS, heads=("ข้อสรุป", "สรุป"), width=2.4),
    )
)
OVERALL = Columns(
    (
        Column("unit", heads=("ส่วนราชการ", "หน่วยงาน"), width=4),
        Column("result", heads=("ผลการประเมินโดยรวม", "ข้อสรุปโดยรวม"), width=12),
    )
)
BY_COMPONENT = Columns(
    (
        Column("component", heads=("องค์ประกอบ", "องค์ประกอบของการควบคุมภายใน"), width=7),
        Column("enough", Kind.WHOLE, heads=("เพียงพอ (ส่วนราชการ)", "เพียงพอ"), width=3.5),
        Column("improve", Kind.WHOLE, heads=("ต้องปรับปรุง (ส่วนราชการ)", "ต้องปรับปรุง"), width=3.5),
    )
)


def _by_component(report: InternalControl4) -> list[OfComponent]:
    """Count units; of one alone there is nothing to count."""
    if len({one.unit for one in report.components}) == 1:
        return []
    return [
        OfComponent(label, _are(rows, Conclusion.ENOUGH), _are(rows, Conclusion.IMPROVE))
        for label, rows in grouped(report.components, lambda row: COMPONENTS.get(row.component, "")).items()
    ]


def _are(rows: Sequence[Assessed], conclusion: Conclusion) -> int:
    return sum(one.conclusion is conclusion for one in rows)


def _check(report: InternalControl4) -> Sequence[Problem]:
    problems: list[Problem] = []
    for unit, rows in grouped(report.components, lambda row: row.unit).items():
        found = [one.component for one in rows]
        for component, label in COMPONENTS.items():
            if found.count(component) != 1:
                problems.append(
                    finding("CONTROL_COMPONENT", Severity.ERROR, f"{unit}: {component} is not assessed once",
                            f"{unit}: ต้องประเมิน{label}หนึ่งครั้ง", mend_th="ประเมินให้ครบทั้งห้าองค์ประกอบ องค์ประกอบละหนึ่งแถว")
                )  # fmt: skip
    told = {one.unit for one in report.overall}
    for unit in dict.fromkeys(one.unit for one in report.components if one.unit not in told):
        problems.append(
            finding("CONTROL_NO_CONCLUSION", Severity.ERROR, f"{unit}: there is no conclusion on the whole",
                    f"{unit}: ยังไม่มีผลการประเมินโดยรวม", mend_th="สรุปผลโดยรวมของส่วนราชการนี้")
        )  # fmt: skip
    return problems


PAPER = Paper(
    NAME,
    TITLE_TH,
    InternalControl4,
    (
        Words("แบบ ปค. ๔", Style.RIGHT),
        Words("รายงานการประเมินองค์ประกอบของการควบคุมภายใน", Style.TITLE),
        Says(
            "สำหรับปีสิ้นสุดวันที่ {year_end}",
            (Declared("year_end", Kind.DATE, "ปีสิ้นสุดวันที่", style="full"),),
            Style.TITLE,
            accepts=("สำหรับระยะเวลาการดำเนินงานสิ้นสุดวันที่ {year_end}", "ณ วันที่ {year_end}"),
        ),
        Labels(((("หน่วยงาน", Declared("agency", name="หน่วยงาน")),),), other={"agency": ("ชื่อหน่วยงาน",)}),
        Summary("สรุปรายองค์ประกอบ", OfComponent, BY_COMPONENT, _by_component),
        Rows("components", Assessed, (ASSESSED,), heading="ผลการประเมินองค์ประกอบการควบคุมภายใน", needed=True),
        Rows("overall", Overall, (OVERALL,), heading="สรุปผลการประเมินโดยรวม", needed=True),
        Signs("assessor", "ผู้รายงาน", "ลงชื่อ"),
    ),
    title=lambda report: f"{TITLE_TH} {report.agency}",
    check=_check,
)

compose, recognise, sample = PAPER.compose, PAPER.recognise, PAPER.sample
from_json, to_json = PAPER.from_json, PAPER.to_json
