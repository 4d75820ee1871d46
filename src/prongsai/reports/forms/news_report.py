"""The month's report on public news to the executives: what happened, when it was told, and how many days late."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from prongsai.documents.model import Orientation, Style
from prongsai.errors import Problem, Severity
from prongsai.reports.forms.columns import Column, Columns
from prongsai.reports.forms.faults import finding
from prongsai.reports.forms.labels import agency_as_of
from prongsai.reports.forms.paper import Paper, Rows
from prongsai.reports.forms.parts import Says, Words
from prongsai.reports.forms.signing import Signed, Signs
from prongsai.reports.forms.values import Declared, Kind

NAME = "news-report"
TITLE_TH = "รายงานการเผยแพร่ข่าวประชาสัมพันธ์ประจำเดือน"


@dataclass(frozen=True, slots=True)
class NewsLine:
    """A piece of news. event_on: the day of what it tells; published_on: None while it is not told."""

    topic: str
    unit: str
    event_on: date | None
    published_on: date | None
    channels: tuple[str, ...]

    @property
    def days(self) -> int | None:
        """Days from the event until it was told."""
        return (self.published_on - self.event_on).days if self.published_on and self.event_on else None


@dataclass(frozen=True, slots=True)
class NewsReport:
    """The news of a month. month: its first day; limit: days within which an event is to be told."""

    agency: str
    month: date | None
    limit: int | None
    news: tuple[NewsLine, ...]
    reported_on: date | None
    signer: Signed

    @property
    def in_time(self) -> int:
        """How many were told within the limit."""
        return sum(1 for one in self.news if one.days is not None and one.days <= (self.limit or 0))

    @property
    def late(self) -> int:
        """How many were told after it."""
        return sum(1 for one in self.news if one.days is not None and one.days > (self.limit or 0))

    @property
    def waiting(self) -> int:
        """How many have not been told."""
        return sum(1 for one in self.news if one.published_on is None)


def _late_days(row: NewsLine, report: NewsReport) -> int | None:
    return None if row.days is None else max(0, row.days - (report.limit or 0))


NEWS = Columns(
    (
        Column("no", Kind.ORDINAL, heads=("ที่", "ลำดับ"), width=1),
        Column("event_on", Kind.DATE, heads=("วันที่จัดกิจกรรม", "วันที่ดำเนินการ"), width=2.8),
        Column("topic", heads=("เรื่อง", "หัวข้อข่าว", "ชื่อกิจกรรม"), width=7),
        Column("unit", heads=("ส่วนราชการ", "หน่วยงาน"), width=4, required=False),
        Column("published_on", Kind.DATE, heads=("วันที่เผยแพร่", "วันที่ลงข่าว"), width=2.8, required=False),
        Column("days", Kind.WHOLE, heads=("จำนวนวัน", "ระยะเวลา (วัน)"), width=1.8, required=False,
               derive=lambda row, record: row.days),
        Column("late", Kind.WHOLE, heads=("เกินกำหนด (วัน)", "ล่าช้า (วัน)"), width=2, required=False, derive=_late_days),
        Column("channels", Kind.LIST, heads=("ช่องทาง", "ช่องทางเผยแพร่"), width=4.5, required=False),
    )
)  # fmt: skip


def _check(report: NewsReport) -> Sequence[Problem]:
    return [
        finding("NEWS_EARLY", Severity.ERROR, f"row {number}: told before it happened",
                f"รายการที่ {number}: วันที่เผยแพร่อยู่ก่อนวันที่จัดกิจกรรม", mend_th="ตรวจวันที่ของรายการนี้")
        for number, one in enumerate(report.news, 1) if one.days is not None and one.days < 0
    ]  # fmt: skip


PAPER = Paper(
    NAME,
    TITLE_TH,
    NewsReport,
    (
        Words(TITLE_TH, Style.TITLE),
        agency_as_of((("ประจำเดือน", Declared("month", Kind.MONTH, "เดือนที่รายงาน")),), month=("เดือน",)),
        Says(
            "กำหนดเผยแพร่ภายใน {limit} วันหลังเสร็จกิจกรรม",
            (Declared("limit", Kind.WHOLE, "กำหนด (วัน)"),),
            Style.PLAIN,
            accepts=("ไม่เกิน {limit} วันหลังเสร็จสิ้นกิจกรรม",),
        ),
        Says(
            "ข่าวทั้งหมด {total} เรื่อง เผยแพร่ภายในกำหนด {in_time} เรื่อง เกินกำหนด {late} เรื่อง ยังไม่เผยแพร่ {waiting} เรื่อง",
            tuple(Declared(name, Kind.WHOLE, called) for name, called in
                  (("total", "ข่าวทั้งหมด"), ("in_time", "ภายในกำหนด"), ("late", "เกินกำหนด"), ("waiting", "ยังไม่เผยแพร่"))),
            Style.PLAIN,
            derive={
                "total": lambda record: len(record.news),
                "in_time": lambda record: record.in_time,
                "late": lambda record: record.late,
                "waiting": lambda record: record.waiting,
            },
        ),
        Rows("news", NewsLine, (NEWS,), nothing="เดือนนี้ไม่มีข่าวประชาสัมพันธ์"),
        Signs("signer", "ผู้รายงาน", "ลงชื่อ"),
    ),
    title=lambda report: TITLE_TH,
    check=_check,
    orientation=Orientation.LANDSCAPE,
)  # fmt: skip

compose, recognise, sample = PAPER.compose, PAPER.recognise, PAPER.sample
from_json, to_json = PAPER.from_json, PAPER.to_json
