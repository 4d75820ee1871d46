"""The yearly report of procurement: by method and by kind, in number and money, what was saved."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from prongsai.documents.model import Style
from prongsai.errors import Problem, Severity
from prongsai.reports.forms.columns import Column, Columns, add_up
from prongsai.reports.forms.faults import finding
from prongsai.reports.forms.labels import agency_as_of
from prongsai.reports.forms.paper import Paper, Rows
from prongsai.reports.forms.parts import FISCAL_YEAR, Says, Words
from prongsai.reports.forms.report_parts import ANALYSIS, OBSTACLES, SUGGESTIONS, percent_of
from prongsai.reports.forms.signing import Signed, Signs
from prongsai.reports.forms.values import Declared, Kind

NAME = "procurement-annual"
TITLE_TH = "รายงานสรุปผลการจัดซื้อจัดจ้างประจำปี"


@dataclass(frozen=True, slots=True)
class Bought:
    """The purchases of a method, or of a kind: how many, out of which budget, agreed at what price, in baht."""

    label: str
    count: int
    budget_thb: Decimal
    agreed_thb: Decimal


@dataclass(frozen=True, slots=True)
class ProcurementAnnual:
    """The purchases of a fiscal year; methods and kinds are of the same ones. reference_thb: their reference prices."""

    agency: str
    fiscal_year_be: int
    reported_on: date | None
    reference_thb: Decimal
    methods: tuple[Bought, ...]
    kinds: tuple[Bought, ...]
    analysis: tuple[str, ...]
    obstacles: tuple[str, ...]
    suggestions: tuple[str, ...]
    signer: Signed

    def total(self, name: str) -> Decimal | None:
        """Add up a field of the methods; None while one was not read."""
        total: Decimal | None = add_up(getattr(row, name) for row in self.methods)
        return total

    @property
    def saved_thb(self) -> Decimal | None:
        """How far the agreed prices are below the budgets."""
        return _less(self.total("budget_thb"), self.total("agreed_thb"))

    @property
    def below_reference_thb(self) -> Decimal | None:
        """How far the agreed prices are below the reference prices."""
        return _less(self.reference_thb, self.total("agreed_thb"))


def _less(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else one - other


def _columns(*heads: str) -> tuple[Columns, ...]:
    columns = (
        Column("label", heads=heads, width=3.8),
        Column("count", Kind.WHOLE, heads=("จำนวน (สัญญา)", "จำนวน"), width=2, summed=True),
        Column("share", Kind.NUMBER, heads=("ร้อยละของจำนวน",), width=1.9,
               derive=lambda row, record: percent_of(_decimal(row.count), _decimal(record.total("count")))),
        Column("budget_thb", Kind.MONEY, heads=("วงเงิน (บาท)", "วงเงินงบประมาณ"), width=3.4, summed=True),
        Column("agreed_thb", Kind.MONEY, heads=("ราคาที่ตกลง (บาท)", "มูลค่าสัญญา", "มูลค่า"), width=3.4, summed=True),
        Column("share_thb", Kind.NUMBER, heads=("ร้อยละของมูลค่า",), width=1.9,
               derive=lambda row, record: percent_of(row.agreed_thb, record.total("agreed_thb"))),
    )  # fmt: skip
    return (Columns(columns, "รวมทั้งปี"),)


def _decimal(number: int | Decimal | None) -> Decimal | None:
    return None if number is None else Decimal(number)


def _told(*fields: str) -> dict[str, Callable[[ProcurementAnnual], object]]:
    return {name: lambda record, name=name: record.total(name) for name in fields}  # type: ignore[misc]  # bound early


def _check(report: ProcurementAnnual) -> Sequence[Problem]:
    problems = []
    for name, called in (("count", "จำนวน"), ("budget_thb", "วงเงิน"), ("agreed_thb", "ราคาที่ตกลง")):
        one, other = report.total(name), add_up(getattr(row, name) for row in report.kinds)
        if report.kinds and one is not None and other is not None and one != other:
            problems.append(
                finding("PROCUREMENT_SUMS", Severity.ERROR, f"{name}: methods make {one}, kinds make {other}",
                        f"{called}รวมตามวิธีไม่เท่ากับรวมตามประเภท", mend_th="แก้ตัวเลขให้ตรงกัน",
                        arithmetic=f"{one:,} ≠ {other:,}")
            )  # fmt: skip
    return problems


PAPER = Paper(
    NAME,
    TITLE_TH,
    ProcurementAnnual,
    (
        Words(TITLE_TH, Style.TITLE),
        FISCAL_YEAR,
        agency_as_of(),
        Says(
            "ทั้งปีมี {count} สัญญา วงเงินรวม {budget_thb} บาท ราคากลางรวม {reference_thb} บาท ราคาที่ตกลงรวม {agreed_thb} บาท",
            (
                Declared("count", Kind.WHOLE, "จำนวนสัญญาทั้งปี"),
                Declared("budget_thb", Kind.MONEY, "วงเงินรวม"),
                Declared("reference_thb", Kind.MONEY, "ราคากลางรวม"),
                Declared("agreed_thb", Kind.MONEY, "ราคาที่ตกลงรวม"),
            ),
            derive=_told("count", "budget_thb", "agreed_thb"),
        ),
        Says(
            "ประหยัดจากวงเงิน {saved_thb} บาท คิดเป็นร้อยละ {saved} และต่ำกว่าราคากลาง {below_thb} บาท",
            (
                Declared("saved_thb", Kind.MONEY, "ประหยัดจากวงเงิน"),
                Declared("saved", Kind.NUMBER, "ร้อยละที่ประหยัด"),
                Declared("below_thb", Kind.MONEY, "ต่ำกว่าราคากลาง"),
            ),
            derive={
                "saved_thb": lambda report: report.saved_thb,
                "saved": lambda report: percent_of(report.saved_thb, report.total("budget_thb")),
                "below_thb": lambda report: report.below_reference_thb,
            },
        ),
        Rows("methods", Bought, _columns("วิธีซื้อหรือจ้าง", "วิธีจัดซื้อจัดจ้าง", "วิธี"), heading="จำแนกตามวิธีซื้อหรือจ้าง", needed=True),
        Rows(
            "kinds",
            Bought,
            _columns("ประเภทงาน", "ประเภท"),
            heading="จำแนกตามประเภทงาน",
            nothing="ไม่ได้จำแนกตามประเภทงาน",
        ),
        ANALYSIS,
        OBSTACLES,
        SUGGESTIONS,
        Signs("signer", "ผู้รายงาน", "ลงชื่อ"),
    ),
    title=lambda report: f"{TITLE_TH} ปีงบประมาณ พ.ศ. {report.fiscal_year_be}",
    check=_check,
)

compose, recognise, sample = PAPER.compose, PAPER.recognise, PAPER.sample
from_json, to_json = PAPER.from_json, PAPER.to_json
