"""The monthly summary of procurement (แบบ สขร. ๑), one paper a month; a month without any says so."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from prongsai.documents.model import Orientation, Style
from prongsai.errors import Problem, Severity
from prongsai.reports.forms.columns import Column, Columns
from prongsai.reports.forms.faults import finding
from prongsai.reports.forms.labels import Labels
from prongsai.reports.forms.paper import Paper, Rows
from prongsai.reports.forms.parts import Says, Words
from prongsai.reports.forms.values import Declared, Kind, Offer, Reference
from prongsai.thai.text import fold

NAME = "procurement-summary"
TITLE_TH = "สรุปผลการดำเนินการจัดซื้อจัดจ้างในรอบเดือน (แบบ สขร. ๑)"
NOTHING_TH = "ในเดือนนี้ไม่มีการจัดซื้อจัดจ้าง"


@dataclass(frozen=True, slots=True)
class Purchase:
    """A purchase or hire. budget_thb, reference_thb: baht; reference price None where none is needed."""

    work: str
    budget_thb: Decimal
    reference_thb: Decimal | None
    method: str
    bidders: tuple[Offer, ...]
    winner: Offer | None
    reason: str
    contract: Reference | None


@dataclass(frozen=True, slots=True)
class ProcurementSummary:
    """The purchases of a month. month: its first day; published_on: the day of the paper."""

    agency: str
    month: date | None
    published_on: date | None
    purchases: tuple[Purchase, ...]


PURCHASES = Columns(
    (
        Column("no", Kind.ORDINAL, heads=("ลำดับที่", "ลำดับ", "ที่"), width=1),
        Column("work", heads=("งานที่จัดซื้อหรือจัดจ้าง", "งานจัดซื้อจัดจ้าง", "รายการ"), width=4),
        Column("budget_thb", Kind.MONEY, width=2.7,
               heads=("วงเงินที่จะซื้อหรือจ้าง (บาท)", "วงเงินงบประมาณ", "วงเงินที่จัดซื้อจัดจ้าง")),
        Column("reference_thb", Kind.MONEY, heads=("ราคากลาง (บาท)", "ราคากลาง"), width=2.7, required=False),
        Column("method", heads=("วิธีซื้อหรือจ้าง", "วิธีจัดซื้อจัดจ้าง"), width=2),
        Column("bidders", Kind.OFFERS, heads=("รายชื่อผู้เสนอราคาและราคาที่เสนอ", "ผู้เสนอราคาและราคาที่เสนอ"), width=4.4),
        Column("winner", Kind.OFFER, heads=("ผู้ได้รับการคัดเลือกและราคาที่ตกลงซื้อหรือจ้าง",
                                            "ผู้ที่ได้รับการคัดเลือกและราคา"), width=3.6),
        Column("reason", heads=("เหตุผลที่คัดเลือกโดยสรุป", "เหตุผลที่คัดเลือก"), width=2.6),
        Column("contract", Kind.REFERENCE, heads=("เลขที่และวันที่ของสัญญาหรือข้อตกลงในการซื้อหรือจ้าง",
                                                  "เลขที่และวันที่ของสัญญา"), width=2.8),
    )
)  # fmt: skip


def _check(summary: ProcurementSummary) -> Sequence[Problem]:
    problems = [
        problem for number, each in enumerate(summary.purchases, 1) for problem in _purchase(number, each, summary)
    ]
    if summary.month and summary.published_on and _month(summary.published_on) <= _month(summary.month):
        problems.append(
            finding("PROCUREMENT_EARLY", Severity.ERROR, "the paper is dated before its month has ended",
                    "ลงวันที่สรุปก่อนสิ้นเดือนที่รายงาน", mend_th="สรุปเมื่อสิ้นเดือนแล้ว")
        )  # fmt: skip
    return problems


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month


def _purchase(number: int, each: Purchase, summary: ProcurementSummary) -> Iterator[Problem]:
    names = {fold(bidder.name) for bidder in each.bidders}
    if each.winner and fold(each.winner.name) not in names:
        yield finding(
            "PROCUREMENT_WINNER", Severity.ERROR, f"row {number}: {each.winner.name} made no offer",
            f"ลำดับที่ {number}: {each.winner.name} ไม่อยู่ในรายชื่อผู้เสนอราคา", mend_th="ตรวจรายชื่อผู้เสนอราคา",
        )  # fmt: skip
    if each.winner and each.budget_thb is not None and each.winner.price > each.budget_thb:
        yield finding(
            "PROCUREMENT_OVER_BUDGET", Severity.ERROR, f"row {number}: the agreed price is above the budget",
            f"ลำดับที่ {number}: ราคาที่ตกลงสูงกว่าวงเงิน", mend_th="ตรวจวงเงินและราคาที่ตกลง",
            arithmetic=f"{each.winner.price:,.2f} > {each.budget_thb:,.2f}",
        )  # fmt: skip
    signed = each.contract.on if each.contract else None
    if signed and summary.month and _month(signed) != _month(summary.month):
        yield finding(
            "PROCUREMENT_OTHER_MONTH", Severity.ERROR, f"row {number}: the contract is of another month",
            f"ลำดับที่ {number}: วันที่ของสัญญาไม่อยู่ในเดือนที่รายงาน", mend_th="ย้ายไปรายงานในเดือนของสัญญา",
        )  # fmt: skip


PAPER = Paper(
    NAME,
    TITLE_TH,
    ProcurementSummary,
    (
        Words("แบบ สขร. ๑", Style.RIGHT),
        Says(
            "สรุปผลการดำเนินการจัดซื้อจัดจ้างในรอบเดือน {month}",
            (Declared("month", Kind.MONTH, "เดือนที่รายงาน"),),
            Style.TITLE,
            accepts=("สรุปผลการจัดซื้อจัดจ้างในรอบเดือน {month}", "สรุปผลการดำเนินการจัดซื้อจัดจ้าง{_}เดือน {month}"),
        ),
        Labels(
            (
                (("หน่วยงาน", Declared("agency", name="หน่วยงาน")),),
                (("วันที่", Declared("published_on", Kind.DATE, "วันที่สรุป", style="full_be")),),
            )
        ),
        Rows("purchases", Purchase, (PURCHASES,), nothing=NOTHING_TH),
    ),
    title=lambda summary: f"สรุปผลการจัดซื้อจัดจ้าง {summary.agency}",
    check=_check,
    orientation=Orientation.LANDSCAPE,
)

compose, recognise, sample = PAPER.compose, PAPER.recognise, PAPER.sample
from_json, to_json = PAPER.from_json, PAPER.to_json
