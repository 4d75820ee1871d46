"""The report of a quarter to the executives on the use of official property, and what they instructed."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from prongsai.documents.model import Style
from prongsai.errors import Problem, Severity
from prongsai.reports.forms.columns import Column, Columns
from prongsai.reports.forms.faults import finding
from prongsai.reports.forms.paper import Paper, Rows
from prongsai.reports.forms.parts import FISCAL_YEAR, Words
from prongsai.reports.forms.report_parts import Prose, agency_and_period, early
from prongsai.reports.forms.signing import Signed, Signs
from prongsai.reports.forms.values import Declared, Kind, Period

NAME = "property-report"
TITLE_TH = "รายงานผลการใช้ทรัพย์สินของราชการต่อผู้บริหาร"


class Counted(StrEnum):
    """What is counted of a quarter."""

    ASSETS = "assets"
    LOANS = "loans"
    RETURNED = "returned"
    OVERDUE = "overdue"
    DAMAGED = "damaged"
    CHECKED = "checked"
    DIFFERENT = "different"
    MOVED = "moved"


COUNTED = {
    Counted.ASSETS: "ทรัพย์สินในทะเบียนคุม",
    Counted.LOANS: "การยืมที่เริ่มในไตรมาส",
    Counted.RETURNED: "การคืนในไตรมาส",
    Counted.OVERDUE: "เกินกำหนดคืนเมื่อสิ้นไตรมาส",
    Counted.DAMAGED: "พบชำรุดหรือสูญหาย",
    Counted.CHECKED: "รายการที่ตรวจนับ",
    Counted.DIFFERENT: "ตรวจนับไม่ตรงทะเบียน",
    Counted.MOVED: "เปลี่ยนผู้ครอบครอง",
}
_TIMES = frozenset({Counted.LOANS, Counted.RETURNED, Counted.OVERDUE, Counted.DAMAGED, Counted.MOVED})


@dataclass(frozen=True, slots=True)
class Figure:
    """A count."""

    what: Counted
    count: int

    @property
    def of(self) -> str:
        """What is counted: times or things."""
        return "ครั้ง" if self.what in _TIMES else "รายการ"


@dataclass(frozen=True, slots=True)
class PropertyReport:
    """A quarter. instruction: of the executives, "" before they have seen it; acknowledged: who, NOBODY until then."""

    agency: str
    fiscal_year_be: int
    period: Period | None
    figures: tuple[Figure, ...]
    remarks: tuple[str, ...]
    signer: Signed
    instruction: tuple[str, ...]
    approver: Signed


FIGURES = Columns(
    (
        Column("no", Kind.ORDINAL, heads=("ที่", "ลำดับ", "ลำดับที่"), width=1),
        Column("what", Kind.CHOICE, choices=COUNTED, heads=("เรื่อง", "รายการ"), width=9),
        Column("count", Kind.WHOLE, heads=("จำนวน",), width=2.6),
        Column("of", heads=("หน่วยนับ",), width=2.6, derive=lambda row, record: row.of),
    )
)


def _check(report: PropertyReport) -> Sequence[Problem]:
    found = [one.what for one in report.figures]
    counts = {one.what: one.count for one in report.figures}
    checked, different = counts.get(Counted.CHECKED), counts.get(Counted.DIFFERENT)
    problems = [
        finding("PROPERTY_FIGURES", Severity.ERROR, f"{what} is not told once",
                f"{label}: ต้องมีหนึ่งแถว", mend_th="ใส่ตัวเลขให้ครบทุกเรื่อง ไม่มีให้ใส่ 0")
        for what, label in COUNTED.items() if report.figures and found.count(what) != 1
    ]  # fmt: skip
    if checked is not None and different is not None and different > checked:
        problems.append(
            finding("PROPERTY_MORE_THAN_CHECKED", Severity.ERROR, "more differ than were checked",
                    "รายการที่ไม่ตรงทะเบียนมากกว่าที่ตรวจนับ", mend_th="ตรวจตัวเลขการตรวจนับ",
                    arithmetic=f"{different} > {checked}")
        )  # fmt: skip
    return [*early(report.period, report.signer), *problems]


PAPER = Paper(
    NAME,
    TITLE_TH,
    PropertyReport,
    (
        Words(TITLE_TH, Style.TITLE),
        FISCAL_YEAR,
        agency_and_period(),
        Rows("figures", Figure, (FIGURES,), heading="ผลการใช้ทรัพย์สินในไตรมาส", needed=True),
        Prose("ข้อสังเกตและข้อเสนอ", Declared("remarks", Kind.LIST, "ข้อสังเกตและข้อเสนอ"), ("ข้อสังเกต", "ข้อเสนอ")),
        Signs("signer", "ผู้รายงาน", "ลงชื่อ"),
        Prose("ข้อสั่งการของผู้บริหาร", Declared("instruction", Kind.LIST, "ข้อสั่งการ", required=False), ("ข้อสั่งการ",)),
        Signs("approver", "ผู้รับทราบ", "ลงชื่อ", required=False),
    ),
    title=lambda report: f"{TITLE_TH} ประจำปีงบประมาณ พ.ศ. {report.fiscal_year_be}",
    check=_check,
)

compose, recognise, sample = PAPER.compose, PAPER.recognise, PAPER.sample
from_json, to_json = PAPER.from_json, PAPER.to_json
