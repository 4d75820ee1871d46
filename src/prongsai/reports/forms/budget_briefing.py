"""The record of a briefing on the budget: the budget by unit, what was said, the questions and their answers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from prongsai.documents.model import Block, Style
from prongsai.errors import Problem, Severity
from prongsai.reports.forms.columns import Column, Columns
from prongsai.reports.forms.faults import finding
from prongsai.reports.forms.labels import Labels
from prongsai.reports.forms.paper import Paper, Rows
from prongsai.reports.forms.parts import Listed, Words
from prongsai.reports.forms.report_parts import over_budget, percent_of
from prongsai.reports.forms.signing import Signed, Signs
from prongsai.reports.forms.values import Declared, Edge, Kind

NAME = "budget-briefing"
TITLE_TH = "บันทึกการชี้แจงงบประมาณต่อบุคลากร"
NO_QUESTIONS_TH = "ไม่มีผู้ซักถาม"


@dataclass(frozen=True, slots=True)
class OfUnit:
    """What a unit has and has spent, in baht."""

    unit: str
    budget_thb: Decimal
    spent_thb: Decimal


@dataclass(frozen=True, slots=True)
class Question:
    """A question and its answer. unit: that asked."""

    unit: str
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class BudgetBriefing:
    """A briefing at a meeting. present, audience: how many came of how many. checker: who signs that nobody asked."""

    agency: str
    topic: str
    meeting: str
    held_on: date | None
    place: str
    present: int
    audience: int
    budgets: tuple[OfUnit, ...]
    points: tuple[str, ...]
    questions: tuple[Question, ...]
    briefer: Signed
    checker: Signed


BUDGETS = Columns(
    (
        Column("no", Kind.ORDINAL, heads=("ที่", "ลำดับ", "ลำดับที่"), width=1),
        Column("unit", heads=("ส่วนราชการ", "หน่วยงาน"), width=5.4),
        Column("budget_thb", Kind.MONEY, heads=("งบประมาณ (บาท)", "งบประมาณ"), width=3.4, summed=True),
        Column("spent_thb", Kind.MONEY, heads=("เบิกจ่ายแล้ว (บาท)", "เบิกจ่าย"), width=3.4, summed=True),
        Column("percent", Kind.NUMBER, heads=("ร้อยละ",), width=2,
               derive=lambda row, record: percent_of(row.spent_thb, row.budget_thb)),
    ),
    "รวมทั้งสิ้น",
)  # fmt: skip
QUESTIONS = Columns(
    (
        Column("no", Kind.ORDINAL, heads=("ข้อ", "ที่", "ลำดับ"), width=1),
        Column("unit", heads=("ส่วนราชการที่ถาม", "ผู้ถาม"), width=3.4),
        Column("question", heads=("คำถาม",), width=5.6),
        Column("answer", heads=("คำตอบ",), width=5.6),
    )
)


@dataclass(frozen=True)
class Confirms(Signs):
    """The place of who signs that nobody asked; there is none where somebody did."""

    def compose(self, record: BudgetBriefing, edge: Edge) -> Iterator[Block]:
        """Print it."""
        if record.checker.name or not record.questions:
            yield from super().compose(record, edge)


def _check(briefing: BudgetBriefing) -> Sequence[Problem]:
    problems = list(over_budget(briefing.budgets))
    if briefing.present is not None and briefing.audience is not None and briefing.present > briefing.audience:
        problems.append(
            finding("BRIEFING_COUNT", Severity.ERROR, f"{briefing.present} came of {briefing.audience}",
                    f"ผู้รับฟัง {briefing.present} คน มากกว่าผู้ที่ต้องเข้าประชุม {briefing.audience} คน", mend_th="ตรวจจำนวนคน")
        )  # fmt: skip
    if not briefing.questions and not briefing.checker.name:
        problems.append(
            finding("BRIEFING_UNCONFIRMED", Severity.ERROR, "nobody signs that there was no question",
                    "ไม่มีคำถาม และไม่มีผู้รับรองว่าไม่มีผู้ซักถาม", mend_th="บันทึกคำถาม หรือให้ผู้อยู่ในการประชุมรับรอง")
        )  # fmt: skip
    return problems


PAPER = Paper(
    NAME,
    TITLE_TH,
    BudgetBriefing,
    (
        Words(TITLE_TH, Style.TITLE),
        Labels(
            (
                (("หน่วยงาน", Declared("agency", name="หน่วยงาน")),),
                (("เรื่องที่ชี้แจง", Declared("topic", name="เรื่องที่ชี้แจง")),),
                (("ชี้แจงในการประชุม", Declared("meeting", name="การประชุม")),),
                (("วันที่ชี้แจง", Declared("held_on", Kind.DATE, "วันที่ชี้แจง", style="full")),),
                (("สถานที่", Declared("place", name="สถานที่")),),
                (("ผู้รับฟัง (คน)", Declared("present", Kind.WHOLE, "จำนวนผู้รับฟัง")),),
                (("ผู้ที่ต้องเข้าประชุม (คน)", Declared("audience", Kind.WHOLE, "จำนวนผู้ที่ต้องเข้าประชุม")),),
            ),
            other={"meeting": ("การประชุม",)},
        ),
        Rows("budgets", OfUnit, (BUDGETS,), heading="งบประมาณรายส่วนราชการ", nothing="ไม่ได้แยกรายส่วนราชการ"),
        Listed("สาระที่ชี้แจง", Declared("points", Kind.LIST, "สาระที่ชี้แจง")),
        Rows("questions", Question, (QUESTIONS,), heading="คำถามและคำตอบ", nothing=NO_QUESTIONS_TH),
        Signs("briefer", "ผู้ชี้แจง", "ลงชื่อ"),
        Confirms("checker", "ผู้รับรองว่าไม่มีผู้ซักถาม", "ลงชื่อ", required=False),
    ),
    title=lambda briefing: f"{TITLE_TH} {briefing.topic}",
    check=_check,
)

compose, recognise, sample = PAPER.compose, PAPER.recognise, PAPER.sample
from_json, to_json = PAPER.from_json, PAPER.to_json
