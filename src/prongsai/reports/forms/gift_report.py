"""The report of gifts of a half year or a year: how many by giver, quarter and decision, and what they were worth."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from prongsai.documents.model import Style
from prongsai.errors import Problem, Severity
from prongsai.reports.forms.columns import Column, Columns, add_up
from prongsai.reports.forms.faults import finding
from prongsai.reports.forms.paper import Paper, Rows
from prongsai.reports.forms.parts import FISCAL_YEAR, Words
from prongsai.reports.forms.report_parts import Summary, agency_and_period, early, grouped
from prongsai.reports.forms.signing import Signed, Signs
from prongsai.reports.forms.values import Kind, Period

NAME = "gift-report"
TITLE_TH = "รายงานสรุปการรับของขวัญ ทรัพย์สิน หรือประโยชน์อื่นใด"
NOTHING_TH = "ไม่มีการรับของขวัญ ทรัพย์สิน หรือประโยชน์อื่นใดในรอบที่รายงาน"
QUARTERS = range(1, 5)


class Giver(StrEnum):
    """Who gave."""

    STATE = "state"
    PRIVATE = "private"
    CITIZEN = "citizen"
    RELATIVE = "relative"
    OTHER = "other"


GIVERS = {
    Giver.STATE: "หน่วยงานรัฐ",
    Giver.PRIVATE: "เอกชน",
    Giver.CITIZEN: "ประชาชน",
    Giver.RELATIVE: "ญาติ",
    Giver.OTHER: "อื่น ๆ",
}


@dataclass(frozen=True, slots=True)
class GiftCount:
    """The gifts of one kind of giver in a quarter (1–4 of the fiscal year), by what was decided. value_thb: of all."""

    quarter: int
    giver: Giver
    allowed: int
    sent_back: int
    handed_over: int
    waiting: int
    value_thb: Decimal

    @property
    def count(self) -> int | None:
        """How many; None while one of the counts was not read."""
        total: int | None = add_up((self.allowed, self.sent_back, self.handed_over, self.waiting))
        return total


@dataclass(frozen=True, slots=True)
class GiftReport:
    """The gifts of a period. It names nobody: neither who received nor who gave."""

    agency: str
    fiscal_year_be: int
    period: Period | None
    gifts: tuple[GiftCount, ...]
    signer: Signed


@dataclass(frozen=True, slots=True)
class OfGiver:
    """What one kind of giver gave in the period."""

    giver: str
    count: int | None
    value_thb: Decimal | None


_DECIDED = "ผลการพิจารณา (รายการ)"
GIFTS = Columns(
    (
        Column("quarter", Kind.SERIAL, heads=("ไตรมาส", "ไตรมาสที่"), width=1.7),
        Column("giver", Kind.CHOICE, choices=GIVERS, heads=("ประเภทผู้ให้", "ผู้ให้"), width=3),
        Column("allowed", Kind.WHOLE, group=_DECIDED, heads=("อนุญาตให้รับไว้", "รับไว้"), width=2.2, summed=True),
        Column("sent_back", Kind.WHOLE, group=_DECIDED, heads=("ส่งคืนผู้ให้", "ส่งคืน"), width=2, summed=True),
        Column("handed_over", Kind.WHOLE, group=_DECIDED, heads=("ส่งมอบหน่วยงาน", "ส่งมอบ"), width=2.4, summed=True),
        Column("waiting", Kind.WHOLE, group=_DECIDED, heads=("รอพิจารณา",), width=2, summed=True),
        Column("count", Kind.WHOLE, heads=("รวม", "รวม (รายการ)", "จำนวนรวม"), width=1.5, summed=True,
               derive=lambda row, record: row.count),
        Column("value_thb", Kind.MONEY, heads=("มูลค่าโดยประมาณ (บาท)", "มูลค่ารวม", "มูลค่า"), width=3.6, summed=True),
    ),
    "รวมทั้งสิ้น",
)  # fmt: skip
OF_GIVERS = Columns(
    (
        Column("giver", heads=("ประเภทผู้ให้", "ผู้ให้"), width=5),
        Column("count", Kind.WHOLE, heads=("จำนวน (รายการ)", "จำนวน"), width=2.5, summed=True),
        Column("value_thb", Kind.MONEY, heads=("มูลค่าโดยประมาณ (บาท)", "มูลค่า"), width=3, summed=True),
    ),
    "รวมทั้งสิ้น",
)


def _by_giver(report: GiftReport) -> list[OfGiver]:
    found = grouped(report.gifts, lambda row: GIVERS.get(row.giver, ""))
    return [
        OfGiver(label, add_up(one.count for one in rows), add_up(one.value_thb for one in rows))
        for label, rows in found.items()
    ]


def _check(report: GiftReport) -> Sequence[Problem]:
    places = [(row.quarter, row.giver) for row in report.gifts]
    twice = sorted({place for place in places if places.count(place) > 1 and None not in place})
    outside = sorted({row.quarter for row in report.gifts if row.quarter is not None and row.quarter not in QUARTERS})
    return [
        *early(report.period, report.signer),
        *(finding("GIFTS_TWICE", Severity.ERROR, f"quarter {quarter}: {giver} stands twice",
                  f"ไตรมาสที่ {quarter}: {GIVERS[giver]} มีสองแถว", mend_th="รวมเป็นแถวเดียว") for quarter, giver in twice),
        *(finding("GIFTS_QUARTER", Severity.ERROR, f"a year has no quarter {quarter}",
                  f"ปีงบประมาณไม่มีไตรมาสที่ {quarter}", mend_th="แก้ไตรมาส") for quarter in outside),
    ]  # fmt: skip


PAPER = Paper(
    NAME,
    TITLE_TH,
    GiftReport,
    (
        Words(TITLE_TH, Style.TITLE),
        FISCAL_YEAR,
        agency_and_period(),
        Rows("gifts", GiftCount, (GIFTS,), heading="จำนวนรายไตรมาส ตามประเภทผู้ให้และผลการพิจารณา", nothing=NOTHING_TH),
        Summary("รวมทั้งรอบ ตามประเภทผู้ให้", OfGiver, OF_GIVERS, _by_giver),
        Signs("signer", "ผู้รายงาน", "ลงชื่อ"),
    ),
    title=lambda report: f"{TITLE_TH} ประจำปีงบประมาณ พ.ศ. {report.fiscal_year_be}",
    check=_check,
)

compose, recognise, sample = PAPER.compose, PAPER.recognise, PAPER.sample
from_json, to_json = PAPER.from_json, PAPER.to_json
