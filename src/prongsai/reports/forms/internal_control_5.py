"""The report on internal control (แบบ ปค. ๕): risks that remain, how control is improved, by whom and until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from prongsai.documents.model import Orientation, Style
from prongsai.errors import Problem, Severity
from prongsai.reports.forms.columns import Column, Columns
from prongsai.reports.forms.faults import finding
from prongsai.reports.forms.labels import Labels
from prongsai.reports.forms.paper import Paper, Rows
from prongsai.reports.forms.parts import Says, Words
from prongsai.reports.forms.report_parts import same_words
from prongsai.reports.forms.signing import Signed, Signs
from prongsai.reports.forms.values import Declared, Kind

NAME = "internal-control-5"
TITLE_TH = "รายงานการประเมินผลการควบคุมภายใน (แบบ ปค. ๕)"


class Improving(StrEnum):
    """How far an improvement is."""

    DONE = "done"
    STARTED = "started"
    NOT_STARTED = "not_started"


IMPROVINGS = {
    Improving.DONE: "แล้วเสร็จ",
    Improving.STARTED: "กำลังปรับปรุง",
    Improving.NOT_STARTED: "ยังไม่เริ่ม",
}


@dataclass(frozen=True, slots=True)
class Weakness:
    """A risk that remains under the present control. result, status, obstacles: of its improvement, where reported."""

    mission: str
    objective: str
    risk: str
    control: str
    assessment: str
    remaining: str
    improvement: str
    unit: str
    due: date
    result: str
    status: Improving | None
    obstacles: str


@dataclass(frozen=True, slots=True)
class InternalControl5:
    """The report of a year that ends on a day."""

    agency: str
    year_end: date | None
    weaknesses: tuple[Weakness, ...]
    signer: Signed


_NO = Column("no", Kind.ORDINAL, heads=("ที่", "ลำดับ", "ลำดับที่"), width=1)
_MISSION = Column("mission", heads=("ภารกิจตามกฎหมายหรือกิจกรรมที่สำคัญ", "ภารกิจ", "กิจกรรม", "ภารกิจหรือกิจกรรม"), width=3.2)
WEAKNESSES = Columns(
    (
        _NO,
        _MISSION,
        Column("objective", heads=("วัตถุประสงค์", "วัตถุประสงค์ของการควบคุม"), width=3),
        Column("risk", heads=("ความเสี่ยง",), width=3),
        Column("control", heads=("การควบคุมภายในที่มีอยู่", "การควบคุมที่มีอยู่"), width=3.2),
        Column("assessment", heads=("การประเมินผลการควบคุมภายใน", "การประเมินผล"), width=3.2),
        Column("remaining", heads=("ความเสี่ยงที่ยังมีอยู่", "ความเสี่ยงที่เหลืออยู่"), width=3),
        Column("improvement", heads=("การปรับปรุงการควบคุมภายใน", "การปรับปรุง"), width=3.2),
        Column("unit", heads=("หน่วยงานที่รับผิดชอบ", "ผู้รับผิดชอบ"), width=2.5),
        Column("due", Kind.DATE, heads=("กำหนดเสร็จ", "กำหนดแล้วเสร็จ"), width=3),
    )
)
FOLLOWED = Columns(
    (
        _NO,
        _MISSION,
        Column("result", heads=("ผลการปรับปรุง", "ผลการดำเนินการ"), width=9, required=False),
        Column("status", Kind.CHOICE, choices=IMPROVINGS, heads=("สถานะการปรับปรุง", "สถานะ"), width=3, required=False),
        Column("obstacles", heads=("ปัญหา/อุปสรรค", "ปัญหาและอุปสรรค"), width=6, required=False),
    )
)


@dataclass(frozen=True)
class Weaknesses(Rows):
    """The weaknesses; what came of the improvements is a table of its own once something was reported."""

    def tables_of(self, record: Any) -> tuple[Columns, ...]:
        """Give the columns as they are printed for a record."""
        is_told = any(one.result or one.status or one.obstacles for one in record.weaknesses)
        return self.tables if is_told else self.tables[:1]


def _check(report: InternalControl5) -> Sequence[Problem]:
    return [
        *same_words(report.weaknesses, "remaining", "risk", "ความเสี่ยงที่ยังมีอยู่เขียนเหมือนความเสี่ยงเดิม"),
        *same_words(report.weaknesses, "improvement", "control", "การปรับปรุงเขียนเหมือนการควบคุมที่มีอยู่"),
        *(finding("CONTROL_HALF_TOLD", Severity.ERROR, f"row {number}: result and status are not both told",
                  f"ลำดับที่ {number}: รายงานไม่ครบทั้งผลและสถานะการปรับปรุง", mend_th="รายงานทั้งสอง")
          for number, one in enumerate(report.weaknesses, 1) if bool(one.result) != bool(one.status)),
    ]  # fmt: skip


PAPER = Paper(
    NAME,
    TITLE_TH,
    InternalControl5,
    (
        Words("แบบ ปค. ๕", Style.RIGHT),
        Words("รายงานการประเมินผลการควบคุมภายใน", Style.TITLE),
        Says(
            "สำหรับปีสิ้นสุดวันที่ {year_end}",
            (Declared("year_end", Kind.DATE, "ปีสิ้นสุดวันที่", style="full"),),
            Style.TITLE,
            accepts=("สำหรับระยะเวลาการดำเนินงานสิ้นสุดวันที่ {year_end}", "ณ วันที่ {year_end}"),
        ),
        Labels(((("หน่วยงาน", Declared("agency", name="หน่วยงาน")),),), other={"agency": ("ชื่อหน่วยงาน",)}),
        Weaknesses("weaknesses", Weakness, (WEAKNESSES, FOLLOWED), nothing="ไม่พบความเสี่ยงที่ยังมีอยู่"),
        Signs("signer", "ผู้รายงาน", "ลงชื่อ"),
    ),
    title=lambda report: f"{TITLE_TH} {report.agency}",
    check=_check,
    orientation=Orientation.LANDSCAPE,
)

compose, recognise, sample = PAPER.compose, PAPER.recognise, PAPER.sample
from_json, to_json = PAPER.from_json, PAPER.to_json
