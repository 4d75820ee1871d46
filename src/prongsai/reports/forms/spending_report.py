"""The report of spending since the year began: each line of the budget, what was spent and what is left."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from prongsai.documents.model import Orientation, Style
from prongsai.errors import Problem, Severity
from prongsai.reports.forms.columns import Column, Columns, add_up
from prongsai.reports.forms.faults import finding
from prongsai.reports.forms.paper import Paper, Rows
from prongsai.reports.forms.parts import FISCAL_YEAR, Words
from prongsai.reports.forms.report_parts import (
    OBSTACLES,
    SUGGESTIONS,
    Summary,
    agency_and_period,
    early,
    grouped,
    percent_of,
)
from prongsai.reports.forms.signing import Signed, Signs
from prongsai.reports.forms.values import Kind, Period

NAME = "spending-report"
TITLE_TH = "รายงานผลการใช้จ่ายงบประมาณ"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the budget, in baht. available_thb: after transfers; spent_thb: since the fiscal year began."""

    item: str
    category: str
    source: str
    unit: str
    budget_thb: Decimal
    available_thb: Decimal
    spent_thb: Decimal
    note: str


@dataclass(frozen=True, slots=True)
class SpendingReport:
    """The spending of a period that begins with the fiscal year: its first half, or all of it."""

    agency: str
    fiscal_year_be: int
    period: Period | None
    lines: tuple[Line, ...]
    obstacles: tuple[str, ...]
    suggestions: tuple[str, ...]
    signer: Signed


@dataclass(frozen=True, slots=True)
class Of:
    """What lines that have something in common come to."""

    label: str
    available_thb: Decimal | None
    spent_thb: Decimal | None

    @property
    def left_thb(self) -> Decimal | None:
        """What is left, below zero when too much was spent; None while one is missing."""
        return None if self.available_thb is None or self.spent_thb is None else self.available_thb - self.spent_thb


LINES = Columns(
    (
        Column("no", Kind.ORDINAL, heads=("ที่", "ลำดับ", "ลำดับที่"), width=1),
        Column("item", heads=("รายการ", "รายการงบประมาณ"), width=4.4),
        Column("category", heads=("งบ", "งบรายจ่าย"), width=2.4),
        Column("source", heads=("แหล่งเงิน", "แหล่งงบประมาณ"), width=2.4),
        Column("unit", heads=("หน่วยงานรับผิดชอบ", "ส่วนราชการ"), width=2.8),
        Column("budget_thb", Kind.MONEY, heads=("งบประมาณ (บาท)", "งบประมาณ"), width=3.8, summed=True),
        Column("available_thb", Kind.MONEY, heads=("งบประมาณหลังโอน (บาท)", "งบประมาณหลังโอน"), width=3.8, summed=True),
        Column("spent_thb", Kind.MONEY, heads=("เบิกจ่ายแล้ว (บาท)", "เบิกจ่าย", "ผลการเบิกจ่าย"), width=3.8, summed=True),
        Column("percent", Kind.NUMBER, heads=("ร้อยละ", "ร้อยละการเบิกจ่าย"), width=1.8,
               derive=lambda row, record: percent_of(row.spent_thb, row.available_thb)),
        Column("note", heads=("หมายเหตุ", "เหตุผลที่ล่าช้าหรือเกินแผน"), width=3, required=False),
    ),
    "รวมทั้งสิ้น",
)  # fmt: skip


def _columns(*heads: str) -> Columns:
    return Columns(
        (
            Column("label", heads=heads, width=5),
            Column("available_thb", Kind.MONEY, heads=("งบประมาณหลังโอน (บาท)", "งบประมาณ"), width=3, summed=True),
            Column("spent_thb", Kind.MONEY, heads=("เบิกจ่ายแล้ว (บาท)", "เบิกจ่าย"), width=3, summed=True),
            Column("percent", Kind.NUMBER, heads=("ร้อยละ",), width=2,
                   derive=lambda row, record: percent_of(row.spent_thb, row.available_thb)),
            Column("left_thb", Kind.MONEY, heads=("คงเหลือ (บาท)", "คงเหลือ"), width=3, summed=True,
                   derive=lambda row, record: row.left_thb),
        ),
        "รวมทั้งสิ้น",
    )  # fmt: skip


def _by(key: Callable[[Line], str]) -> Callable[[SpendingReport], list[Of]]:
    def rows(report: SpendingReport) -> list[Of]:
        return [
            Of(label, add_up(one.available_thb for one in lines), add_up(one.spent_thb for one in lines))
            for label, lines in grouped(report.lines, key).items()
        ]

    return rows


def _check(report: SpendingReport) -> Sequence[Problem]:
    return [*early(report.period, report.signer), *_over(report)]


def _over(report: SpendingReport) -> list[Problem]:
    return [
        finding("SPENDING_OVER", Severity.WARNING, f"line {number}: more was spent than there is",
                f"ลำดับที่ {number}: เบิกจ่ายเกินงบประมาณหลังโอน", mend_th="ตรวจการโอนงบประมาณ หรือชี้แจงเหตุผล",
                arithmetic=f"{one.spent_thb:,.2f} > {one.available_thb:,.2f}")
        for number, one in enumerate(report.lines, 1)
        if one.spent_thb is not None and one.available_thb is not None and one.spent_thb > one.available_thb
    ]  # fmt: skip


PAPER = Paper(
    NAME,
    TITLE_TH,
    SpendingReport,
    (
        Words(TITLE_TH, Style.TITLE),
        FISCAL_YEAR,
        agency_and_period(),
        Summary("สรุปตามงบรายจ่าย", Of, _columns("งบรายจ่าย", "งบ"), _by(lambda line: line.category)),
        Summary("สรุปตามแหล่งเงิน", Of, _columns("แหล่งเงิน", "แหล่งงบประมาณ"), _by(lambda line: line.source)),
        Rows("lines", Line, (LINES,), heading="ผลการเบิกจ่ายรายรายการ", needed=True),
        OBSTACLES,
        SUGGESTIONS,
        Signs("signer", "ผู้รายงาน", "ลงชื่อ"),
    ),
    title=lambda report: f"{TITLE_TH} ประจำปีงบประมาณ พ.ศ. {report.fiscal_year_be}",
    check=_check,
    orientation=Orientation.LANDSCAPE,
)

compose, recognise, sample = PAPER.compose, PAPER.recognise, PAPER.sample
from_json, to_json = PAPER.from_json, PAPER.to_json
