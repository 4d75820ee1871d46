"""The records of processing: what each activity of an office does with the data of people, as section 39 asks for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from prongsai.documents.model import Orientation, Style
from prongsai.errors import Problem, Severity
from prongsai.privacy.patterns import personal
from prongsai.reports.forms.columns import Column, Columns
from prongsai.reports.forms.faults import finding
from prongsai.reports.forms.labels import Labels
from prongsai.reports.forms.paper import Paper, Rows
from prongsai.reports.forms.parts import Words
from prongsai.reports.forms.report_parts import Summary, grouped
from prongsai.reports.forms.signing import Signed, Signs
from prongsai.reports.forms.values import Declared, Kind

NAME = "processing-records"
TITLE_TH = "บันทึกรายการกิจกรรมการประมวลผลข้อมูลส่วนบุคคล"
ABROAD = {True: "มี", False: "ไม่มี"}


@dataclass(frozen=True, slots=True)
class Processing:
    """An activity. sensitive: the basis of its sensitive data, "" where it has none; law: behind the legal basis."""

    activity: str
    unit: str
    purpose: str
    subjects: str
    data: str
    sensitive: str
    basis: str
    law: str
    source: str
    retention: str
    recipients: str
    abroad: bool
    access: str
    refusals: str
    safeguards: str


@dataclass(frozen=True, slots=True)
class ProcessingRecords:
    """The records as they stood on a day. officer: of data protection, a name or a post; contact: how to reach it."""

    agency: str
    officer: str
    contact: str
    reported_on: date | None
    activities: tuple[Processing, ...]
    signer: Signed


@dataclass(frozen=True, slots=True)
class OfUnit:
    """How many activities a unit has, and how many of them with sensitive data."""

    unit: str
    count: int
    sensitive: int


_NO = Column("no", Kind.ORDINAL, heads=("ที่", "ลำดับ", "ลำดับที่"), width=1)
_ACTIVITY = Column("activity", heads=("กิจกรรมการประมวลผล", "กิจกรรม", "ชื่อกิจกรรม"), width=4)
COLLECTED = Columns(
    (
        _NO,
        _ACTIVITY,
        Column("unit", heads=("ส่วนราชการ", "หน่วยงานเจ้าของกิจกรรม"), width=3),
        Column("purpose", heads=("วัตถุประสงค์", "วัตถุประสงค์การประมวลผล"), width=4),
        Column("subjects", heads=("เจ้าของข้อมูล", "กลุ่มเจ้าของข้อมูล"), width=3),
        Column("data", heads=("รายการข้อมูล", "ข้อมูลส่วนบุคคลที่เก็บ"), width=4),
        Column("sensitive", heads=("ฐานของข้อมูลอ่อนไหว", "ข้อมูลอ่อนไหว"), width=2.8, required=False),
        Column("basis", heads=("ฐานทางกฎหมาย", "ฐานการประมวลผล"), width=3.2),
        Column("law", heads=("กฎหมายที่ให้อำนาจ",), width=3.2, required=False),
    )
)
KEPT = Columns(
    (
        _NO,
        _ACTIVITY,
        Column("source", heads=("แหล่งที่ได้ข้อมูล", "แหล่งข้อมูล"), width=3),
        Column("retention", heads=("ระยะเวลาเก็บ", "ระยะเวลาเก็บรักษา"), width=3),
        Column("recipients", heads=("ผู้รับข้อมูล", "การเปิดเผย", "เปิดเผยแก่"), width=3.6),
        Column("abroad", Kind.CHOICE, choices=ABROAD, heads=("ส่งหรือเก็บในต่างประเทศ",), width=2.4),
        Column("access", heads=("สิทธิและวิธีเข้าถึง", "สิทธิและวิธีเข้าถึงของเจ้าของข้อมูล"), width=4),
        Column("refusals", heads=("การปฏิเสธคำขอใช้สิทธิ",), width=2.8, required=False),
        Column("safeguards", heads=("มาตรการรักษาความปลอดภัย", "มาตรการรักษาความมั่นคงปลอดภัย"), width=4.4, required=False),
    )
)
BY_UNIT = Columns(
    (
        Column("unit", heads=("ส่วนราชการ", "หน่วยงานเจ้าของกิจกรรม"), width=7),
        Column("count", Kind.WHOLE, heads=("กิจกรรม (รายการ)", "จำนวน"), width=3, summed=True),
        Column("sensitive", Kind.WHOLE, heads=("มีข้อมูลอ่อนไหว (รายการ)",), width=3.6, summed=True),
    ),
    "รวม",
)


def _by_unit(record: ProcessingRecords) -> list[OfUnit]:
    found = grouped(record.activities, lambda row: row.unit)
    return [OfUnit(unit, len(rows), sum(bool(one.sensitive) for one in rows)) for unit, rows in found.items()]


def _check(record: ProcessingRecords) -> Sequence[Problem]:
    return [
        finding("PROCESSING_PERSON", Severity.ERROR, f"row {number}: it holds somebody's own data",
                f"ลำดับที่ {number}: มีข้อมูลของบุคคล ให้บอกเพียงประเภทของข้อมูล", mend_th="ลบเลขประจำตัว โทรศัพท์ หรืออีเมลออก")
        for number, one in enumerate(record.activities, 1)
        if any(personal(text) for text in (one.data, one.subjects, one.refusals))
    ]  # fmt: skip


PAPER = Paper(
    NAME,
    TITLE_TH,
    ProcessingRecords,
    (
        Words(TITLE_TH, Style.TITLE),
        Labels(
            (
                (("ผู้ควบคุมข้อมูลส่วนบุคคล", Declared("agency", name="หน่วยงาน")),),
                (("เจ้าหน้าที่คุ้มครองข้อมูลส่วนบุคคล", Declared("officer", name="เจ้าหน้าที่คุ้มครองข้อมูลส่วนบุคคล")),),
                (("ช่องทางติดต่อ", Declared("contact", name="ช่องทางติดต่อ")),),
                (("ข้อมูล ณ วันที่", Declared("reported_on", Kind.DATE, "วันที่ของบันทึก", style="full")),),
            ),
            other={"agency": ("หน่วยงาน",)},
        ),
        Summary("สรุปรายส่วนราชการ", OfUnit, BY_UNIT, _by_unit),
        Rows("activities", Processing, (COLLECTED, KEPT), heading="รายการกิจกรรม", needed=True),
        Signs("signer", "ผู้บันทึก", "ลงชื่อ"),
    ),
    title=lambda record: f"{TITLE_TH} {record.agency}",
    check=_check,
    orientation=Orientation.LANDSCAPE,
)

compose, recognise, sample = PAPER.compose, PAPER.recognise, PAPER.sample
from_json, to_json = PAPER.from_json, PAPER.to_json
