"""The list on which people sign that they came to a training or a meeting, in the morning and in the afternoon."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from prongsai.documents.model import Style
from prongsai.errors import Problem, Severity
from prongsai.reports.forms.columns import Column, Columns
from prongsai.reports.forms.faults import finding
from prongsai.reports.forms.labels import Labels
from prongsai.reports.forms.paper import Paper, Rows
from prongsai.reports.forms.parts import Says, Words
from prongsai.reports.forms.values import Declared, Kind, Period
from prongsai.thai.names import name_key

NAME = "attendance-list"
TITLE_TH = "บัญชีลงชื่อผู้เข้าร่วม"


@dataclass(frozen=True, slots=True)
class Attendee:
    """A person on a day. unit: "" of an outsider; morning, afternoon: the sign as printed, "" where there is none."""

    on: date
    name: str
    position: str
    unit: str
    morning: str
    afternoon: str


@dataclass(frozen=True, slots=True)
class AttendanceList:
    """An event, its days, and who came."""

    agency: str
    event: str
    period: Period | None
    place: str
    attendees: tuple[Attendee, ...]

    @property
    def signed(self) -> int:
        """How many persons have signed at all."""
        return len({name_key(one.name) for one in self.attendees if one.morning or one.afternoon})

    @property
    def mornings(self) -> int:
        """How many signs there are in the mornings."""
        return sum(bool(one.morning) for one in self.attendees)

    @property
    def afternoons(self) -> int:
        """How many signs there are in the afternoons."""
        return sum(bool(one.afternoon) for one in self.attendees)


_SIGNS = "ลายมือชื่อ"
# A place without a sign stays empty: the list is signed by hand too.
ATTENDEES = Columns(
    (
        Column("no", Kind.ORDINAL, heads=("ที่", "ลำดับ", "ลำดับที่"), width=1),
        Column("on", Kind.DATE, heads=("วันที่", "วัน เดือน ปี"), width=3.2),
        Column("name", Kind.PERSON, heads=("ชื่อ - สกุล", "ชื่อ-นามสกุล"), width=4.6),
        Column("position", heads=("ตำแหน่ง", "ตำแหน่งหรือสังกัด"), width=3.3, required=False),
        Column("unit", heads=("ส่วนราชการ", "สังกัด", "หน่วยงาน"), width=3, required=False),
        Column("morning", group=_SIGNS, heads=("ช่วงเช้า", "เช้า"), width=2.2, required=False, nil=""),
        Column("afternoon", group=_SIGNS, heads=("ช่วงบ่าย", "บ่าย"), width=2.2, required=False, nil=""),
    )
)


def _check(listed: AttendanceList) -> Sequence[Problem]:
    keys = [(one.on, name_key(one.name)) for one in listed.attendees]
    twice = dict.fromkeys(one.name for at, one in enumerate(listed.attendees) if keys[at] in keys[:at])
    days = listed.period
    outside = dict.fromkeys(
        one.name for one in listed.attendees if days and one.on and not days.start <= one.on <= days.end
    )
    return [
        *(finding("ATTENDANCE_TWICE", Severity.ERROR, f"{name} stands twice on one day",
                  f"{name} มีชื่อซ้ำในวันเดียวกัน", mend_th="รวมเป็นแถวเดียว") for name in twice),
        *(finding("ATTENDANCE_OTHER_DAY", Severity.ERROR, f"{name} signed on another day",
                  f"{name} ลงชื่อในวันอื่นที่ไม่ใช่วันของงาน", mend_th="ตรวจวันที่") for name in outside),
    ]  # fmt: skip


PAPER = Paper(
    NAME,
    TITLE_TH,
    AttendanceList,
    (
        Words(TITLE_TH, Style.TITLE),
        Labels(
            (
                (("หน่วยงาน", Declared("agency", name="หน่วยงาน")),),
                (("งานที่เข้าร่วม", Declared("event", name="โครงการหรือการประชุม")),),
                (("ระหว่างวันที่", Declared("period", Kind.PERIOD, "วันที่จัด", style="full")),),
                (("สถานที่จัด", Declared("place", name="สถานที่")),),
            ),
            other={"event": ("โครงการ", "กิจกรรม", "การประชุม"), "period": ("วันที่จัด", "วันที่"), "place": ("สถานที่", "ณ")},
        ),
        Rows("attendees", Attendee, (ATTENDEES,), needed=True),
        Says(
            "ผู้ลงชื่อเข้าร่วม {signed} คน ลงชื่อช่วงเช้า {mornings} รายการ ช่วงบ่าย {afternoons} รายการ",
            (
                Declared("signed", Kind.WHOLE, "จำนวนผู้ลงชื่อ"),
                Declared("mornings", Kind.WHOLE, "ลงชื่อช่วงเช้า"),
                Declared("afternoons", Kind.WHOLE, "ลงชื่อช่วงบ่าย"),
            ),
            Style.PLAIN,
            derive={
                "signed": lambda record: record.signed,
                "mornings": lambda record: record.mornings,
                "afternoons": lambda record: record.afternoons,
            },
        ),
    ),
    title=lambda listed: f"{TITLE_TH} {listed.event}",
    check=_check,
)

compose, recognise, sample = PAPER.compose, PAPER.recognise, PAPER.sample
from_json, to_json = PAPER.from_json, PAPER.to_json
