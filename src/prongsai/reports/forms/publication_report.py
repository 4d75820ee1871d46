"""The year's report on publication: everything that was asked for, allowed, put up, posted elsewhere and withdrawn."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from prongsai.documents.model import Orientation, Style
from prongsai.errors import Problem, Severity
from prongsai.reports.forms.columns import Column, Columns
from prongsai.reports.forms.faults import finding
from prongsai.reports.forms.labels import agency_as_of
from prongsai.reports.forms.paper import Paper, Rows
from prongsai.reports.forms.parts import FISCAL_YEAR, Says, Words
from prongsai.reports.forms.signing import Signed, Signs
from prongsai.reports.forms.values import Declared, Kind

NAME = "publication-report"
TITLE_TH = "รายงานผลการกำกับติดตามการเผยแพร่ข้อมูลผ่านเว็บไซต์ของหน่วยงาน"


class Timing(StrEnum):
    """Whether something was published in time."""

    IN_TIME = "in_time"
    LATE = "late"


TIMINGS = {Timing.IN_TIME: "ภายในกำหนด", Timing.LATE: "ล่าช้า"}


@dataclass(frozen=True, slots=True)
class Publication:
    """Something that was published, or is waiting to be. timing: None while it is not, or where nothing says by when.

    channels: where else it was posted, with what shows it.
    """

    topic: str
    unit: str
    asked_by: str
    requested_on: date | None
    approved_on: date | None
    published_on: date | None
    timing: Timing | None
    channels: tuple[str, ...]
    withdrawn_on: date | None

    @property
    def days(self) -> int | None:
        """Calendar days from the request to publication, None while either is not known."""
        return (self.published_on - self.requested_on).days if self.published_on and self.requested_on else None


@dataclass(frozen=True, slots=True)
class PublicationReport:
    """The publications of a fiscal year, by the day of the request."""

    agency: str
    fiscal_year_be: int
    reported_on: date | None
    publications: tuple[Publication, ...]
    signer: Signed

    @property
    def published(self) -> int:
        """How many were published."""
        return sum(1 for one in self.publications if one.published_on)

    @property
    def late(self) -> int:
        """How many of them too late."""
        return sum(1 for one in self.publications if one.timing is Timing.LATE)

    @property
    def posted(self) -> int:
        """How many were posted elsewhere, too."""
        return sum(1 for one in self.publications if one.channels)

    @property
    def withdrawn(self) -> int:
        """How many were withdrawn."""
        return sum(1 for one in self.publications if one.withdrawn_on)


PUBLICATIONS = Columns(
    (
        Column("no", Kind.ORDINAL, heads=("ที่", "ลำดับ"), width=1),
        Column("topic", heads=("เรื่องที่เผยแพร่", "เรื่อง", "หัวข้อ"), width=6),
        Column("unit", heads=("ส่วนราชการ", "หน่วยงานเจ้าของข้อมูล"), width=4, required=False),
        Column("asked_by", Kind.PERSON, heads=("ผู้ขอ", "ผู้ขอเผยแพร่"), width=3.5, required=False),
        Column("requested_on", Kind.DATE, heads=("วันที่ขอ",), width=2.4, required=False),
        Column("approved_on", Kind.DATE, heads=("วันที่อนุญาต", "วันที่อนุมัติ"), width=2.4, required=False),
        Column("published_on", Kind.DATE, heads=("วันที่เผยแพร่",), width=2.4, required=False),
        Column("days", Kind.WHOLE, heads=("จำนวนวัน", "ระยะเวลา (วัน)"), width=1.6, required=False,
               derive=lambda row, record: row.days),
        Column("timing", Kind.CHOICE, heads=("กำหนดเวลา", "ผล"), width=2.4, choices=TIMINGS, required=False),
        Column("channels", Kind.LIST, heads=("ช่องทางอื่น", "เผยแพร่ช่องทางอื่น"), width=3.4, required=False),
        Column("withdrawn_on", Kind.DATE, heads=("วันที่ถอน", "ถอนเมื่อ"), width=2.4, required=False),
    )
)  # fmt: skip


def _check(report: PublicationReport) -> Sequence[Problem]:
    return [problem for number, one in enumerate(report.publications, 1) for problem in _disorder(number, one)]


def _disorder(number: int, one: Publication) -> Iterator[Problem]:
    known = [day for day in (one.requested_on, one.approved_on, one.published_on, one.withdrawn_on) if day]
    if known != sorted(known):
        yield finding(
            "PUBLICATION_ORDER", Severity.ERROR, f"row {number}: the days are not in order",
            f"รายการที่ {number}: วันที่ขอ อนุญาต เผยแพร่ และถอน ไม่เรียงตามลำดับ", mend_th="ตรวจวันที่ของรายการนี้",
        )  # fmt: skip
    if one.published_on and not one.approved_on:
        yield finding(
            "PUBLICATION_UNALLOWED", Severity.WARNING, f"row {number}: published without leave",
            f"รายการที่ {number}: เผยแพร่โดยไม่ปรากฏวันที่อนุญาต",
        )  # fmt: skip


_COUNTS = ("total", "published", "late", "posted", "withdrawn")
_CALLED = ("ทั้งหมด", "เผยแพร่แล้ว", "ล่าช้า", "เผยแพร่ช่องทางอื่นด้วย", "ถอน")

PAPER = Paper(
    NAME,
    TITLE_TH,
    PublicationReport,
    (
        Words(TITLE_TH, Style.TITLE),
        FISCAL_YEAR,
        agency_as_of(),
        Says(
            "รายการทั้งหมด {total} รายการ เผยแพร่แล้ว {published} รายการ ล่าช้า {late} รายการ "
            "เผยแพร่ช่องทางอื่นด้วย {posted} รายการ ถอน {withdrawn} รายการ",
            tuple(Declared(name, Kind.WHOLE, called) for name, called in zip(_COUNTS, _CALLED, strict=True)),
            Style.PLAIN,
            derive={
                "total": lambda record: len(record.publications),
                "published": lambda record: record.published,
                "late": lambda record: record.late,
                "posted": lambda record: record.posted,
                "withdrawn": lambda record: record.withdrawn,
            },
        ),
        Rows("publications", Publication, (PUBLICATIONS,), nothing="ปีนี้ไม่มีการขอเผยแพร่ข้อมูล"),
        Signs("signer", "ผู้รายงาน", "ลงชื่อ"),
    ),
    title=lambda report: f"{TITLE_TH} ประจำปีงบประมาณ พ.ศ. {report.fiscal_year_be}",
    check=_check,
    orientation=Orientation.LANDSCAPE,
)

compose, recognise, sample = PAPER.compose, PAPER.recognise, PAPER.sample
from_json, to_json = PAPER.from_json, PAPER.to_json
