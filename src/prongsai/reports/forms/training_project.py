"""The project of a training: why and for whom it is held, how, when and where, what it costs, the timetable."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from prongsai.documents.model import Style
from prongsai.errors import Problem, Severity
from prongsai.reports.forms.columns import Column, Columns
from prongsai.reports.forms.faults import finding
from prongsai.reports.forms.labels import Labels
from prongsai.reports.forms.paper import Paper, Rows
from prongsai.reports.forms.parts import Listed, Words
from prongsai.reports.forms.report_parts import Prose
from prongsai.reports.forms.signing import Signed, Signs
from prongsai.reports.forms.values import Declared, Kind, Period

NAME = "training-project"
TITLE_TH = "โครงการฝึกอบรม"


@dataclass(frozen=True, slots=True)
class Session:
    """A line of the timetable. speaker: "" where nobody speaks, such as at registration."""

    on: date
    starts: time
    ends: time
    topic: str
    speaker: str


@dataclass(frozen=True, slots=True)
class TrainingProject:
    """A project as it is proposed and approved. hours: of training; speaker, approver: "" and NOBODY until known."""

    agency: str
    project: str
    unit: str
    principle: tuple[str, ...]
    objectives: tuple[str, ...]
    targets: tuple[str, ...]
    methods: tuple[str, ...]
    period: Period | None
    hours: Decimal
    place: str
    speaker: str
    budget_thb: Decimal
    expected: tuple[str, ...]
    schedule: tuple[Session, ...]
    proposer: Signed
    approver: Signed


SCHEDULE = Columns(
    (
        Column("no", Kind.ORDINAL, heads=("ที่", "ลำดับ", "ลำดับที่"), width=1),
        Column("on", Kind.DATE, heads=("วันที่", "วัน เดือน ปี"), width=2.6),
        Column("starts", Kind.TIME, heads=("เริ่มเวลา", "เวลาเริ่ม"), width=1.8),
        Column("ends", Kind.TIME, heads=("ถึงเวลา", "เวลาสิ้นสุด"), width=1.8),
        Column("topic", heads=("หัวข้อหรือกิจกรรม", "หัวข้อ", "กิจกรรม"), width=5.6),
        Column("speaker", heads=("วิทยากรของหัวข้อ", "วิทยากร"), width=3.6, required=False),
    )
)


def _check(project: TrainingProject) -> Sequence[Problem]:
    return list(_faults(project))


def _faults(project: TrainingProject) -> Iterator[Problem]:
    if project.period and project.approver.on and project.approver.on >= project.period.start:
        yield finding("TRAINING_APPROVED_LATE", Severity.ERROR, "it is approved on the day it begins or later",
                      "อนุมัติโครงการในหรือหลังวันเริ่มอบรม", mend_th="โครงการต้องได้รับอนุมัติก่อนวันอบรม")  # fmt: skip
    for number, one in enumerate(project.schedule, 1):
        if project.period and one.on and not project.period.start <= one.on <= project.period.end:
            yield finding("TRAINING_OTHER_DAY", Severity.ERROR, f"row {number}: not a day of the training",
                          f"กำหนดการลำดับที่ {number}: ไม่อยู่ในวันอบรม", mend_th="แก้วันที่ หรือแก้ระยะเวลาของโครงการ")  # fmt: skip
        if one.starts and one.ends and one.ends <= one.starts:
            yield finding("TRAINING_REVERSED", Severity.ERROR, f"row {number}: it ends before it begins",
                          f"กำหนดการลำดับที่ {number}: เวลาสิ้นสุดไม่อยู่หลังเวลาเริ่ม", mend_th="แก้เวลา")  # fmt: skip


PAPER = Paper(
    NAME,
    TITLE_TH,
    TrainingProject,
    (
        Words(TITLE_TH, Style.TITLE),
        Labels(
            (
                (("หน่วยงาน", Declared("agency", name="หน่วยงาน")),),
                (("ชื่อโครงการ", Declared("project", name="ชื่อโครงการ")),),
                (("หน่วยงานที่รับผิดชอบ", Declared("unit", name="หน่วยงานที่รับผิดชอบ")),),
            ),
            other={"unit": ("ผู้รับผิดชอบโครงการ", "หน่วยงานรับผิดชอบ")},
        ),
        Prose("หลักการและเหตุผล", Declared("principle", Kind.LIST, "หลักการและเหตุผล")),
        Listed("วัตถุประสงค์", Declared("objectives", Kind.LIST, "วัตถุประสงค์"),
               accepts=("วัตถุประสงค์ของโครงการ",)),
        Listed("เป้าหมาย", Declared("targets", Kind.LIST, "เป้าหมาย"), accepts=("กลุ่มเป้าหมาย", "เป้าหมายของโครงการ")),
        Listed("วิธีดำเนินการ", Declared("methods", Kind.LIST, "วิธีดำเนินการ"),
               accepts=("วิธีการดำเนินการ", "ขั้นตอนการดำเนินการ")),
        Words("ระยะเวลา สถานที่ และงบประมาณ", Style.HEADING),
        Labels(
            (
                (("ระยะเวลาดำเนินการ", Declared("period", Kind.PERIOD, "ระยะเวลาดำเนินการ", style="full")),),
                (("จำนวนชั่วโมงอบรม", Declared("hours", Kind.NUMBER, "จำนวนชั่วโมงอบรม")),),
                (("สถานที่ดำเนินการ", Declared("place", name="สถานที่")),),
                (("วิทยากร", Declared("speaker", name="วิทยากร", required=False)),),
                (("งบประมาณทั้งโครงการ (บาท)", Declared("budget_thb", Kind.MONEY, "งบประมาณ")),),
            ),
            other={"period": ("ระยะเวลา",), "place": ("สถานที่",), "budget_thb": ("งบประมาณ",)},
        ),
        Listed("ผลที่คาดว่าจะได้รับ", Declared("expected", Kind.LIST, "ผลที่คาดว่าจะได้รับ"), accepts=("ประโยชน์ที่คาดว่าจะได้รับ",)),
        Rows("schedule", Session, (SCHEDULE,), heading="กำหนดการ", needed=True),
        Signs("proposer", "ผู้เสนอโครงการ", "ลงชื่อ", name="ผู้เสนอโครงการ"),
        Signs("approver", "ผู้อนุมัติโครงการ", "ลงชื่อ", required=False),
    ),
    title=lambda project: f"{TITLE_TH} {project.project}",
    check=_check,
)  # fmt: skip

compose, recognise, sample = PAPER.compose, PAPER.recognise, PAPER.sample
from_json, to_json = PAPER.from_json, PAPER.to_json
