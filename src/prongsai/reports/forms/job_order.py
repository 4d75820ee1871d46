"""The order that says who does which job: a row a person, with the post and what is to be done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from prongsai.errors import Problem, Severity
from prongsai.reports.forms.columns import Column, Columns, Found
from prongsai.reports.forms.faults import finding
from prongsai.reports.forms.orders import HEAD, LEGAL_BASES, TAIL, years
from prongsai.reports.forms.paper import Paper, Rows
from prongsai.reports.forms.parts import Says, Text
from prongsai.reports.forms.signing import Signed
from prongsai.reports.forms.stream import Stream
from prongsai.reports.forms.values import Declared, Kind
from prongsai.thai.names import name_key

NAME = "job-order"
TITLE_TH = "คำสั่งมอบหมายงาน"


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who does what. stands_in: who does it when they are away, or nothing."""

    name: str
    position: str
    duties: tuple[str, ...]
    stands_in: str = ""


@dataclass(frozen=True, slots=True)
class JobOrder:
    """An order. number: None until the register gives one. year_be: calendar year of the number.

    reasons: paragraphs before the legal bases. clauses: paragraphs after the table. supersedes: as cited.
    """

    agency: str
    number: int | None
    year_be: int
    subject: str
    reasons: tuple[str, ...]
    legal_bases: tuple[str, ...]
    assignments: tuple[Assignment, ...]
    clauses: tuple[str, ...]
    supersedes: str
    effective: date | None
    ordered_on: date | None
    signer: Signed


ASSIGNMENTS = Columns(
    (
        Column("no", Kind.ORDINAL, heads=("ที่", "ลำดับ", "ลำดับที่"), width=1),
        Column("name", Kind.PERSON, heads=("ผู้ได้รับมอบหมาย", "ชื่อ - สกุล", "ชื่อ-นามสกุล"), width=4),
        Column("position", heads=("ตำแหน่ง", "ตำแหน่ง/สังกัด"), width=4),
        Column("duties", Kind.LIST, heads=("งานที่มอบหมาย", "หน้าที่ความรับผิดชอบ", "หน้าที่ที่ได้รับมอบหมาย"), width=7),
        Column("stands_in", heads=("ผู้ปฏิบัติแทนเมื่อไม่อยู่", "ผู้ปฏิบัติแทน"), width=4, required=False),
    )
)


@dataclass(frozen=True)
class Assigned(Rows):
    """The table of jobs; one of people alone, as an order on a committee has, is none."""

    def _found(self, stream: Stream, me: int) -> Found | None:
        found = super()._found(stream, me)
        return found if found and any("duties" in row.values for row in found.rows) else None


def _check(order: JobOrder) -> Sequence[Problem]:
    keys = [name_key(each.name) for each in order.assignments]
    twice = [each.name for at, each in enumerate(order.assignments) if keys[at] in keys[:at]]
    return [
        *(
            finding("ORDER_PERSON_TWICE", Severity.WARNING, f"{name} stands twice", f"{name} อยู่ในตารางซ้ำ",
                    mend_th="รวมงานไว้ในแถวเดียว")
            for name in twice
        ),
        *years(order),
    ]  # fmt: skip


PAPER = Paper(
    NAME,
    TITLE_TH,
    JobOrder,
    (
        *HEAD,
        Says(
            "อาศัยอำนาจตามความใน{legal_bases} จึงมอบหมายให้บุคคลดังต่อไปนี้ปฏิบัติงาน",
            (LEGAL_BASES,),
            accepts=(
                "อาศัยอำนาจตาม{legal_bases}จึงมอบหมายงานให้{_}ดังต่อไปนี้",
                "อาศัยอำนาจตาม{legal_bases}จึงมอบหมายหน้าที่{_}ดังต่อไปนี้",
            ),
        ),
        Assigned("assignments", Assignment, (ASSIGNMENTS,), needed=True),
        Text(Declared("clauses", Kind.LIST, "ข้อความต่อท้าย", required=False)),
        *TAIL,
    ),
    title=lambda order: f"คำสั่ง{order.agency} เรื่อง {order.subject}",
    check=_check,
)

compose, recognise, sample = PAPER.compose, PAPER.recognise, PAPER.sample
from_json, to_json = PAPER.from_json, PAPER.to_json
