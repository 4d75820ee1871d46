"""The list of work that a leaving officer hands over, signed by both."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from prongsai.documents.model import Orientation, Style
from prongsai.errors import Problem, Severity
from prongsai.reports.forms.columns import Column, Columns
from prongsai.reports.forms.faults import finding
from prongsai.reports.forms.labels import Labels
from prongsai.reports.forms.paper import Paper, Rows
from prongsai.reports.forms.parts import Says, Words
from prongsai.reports.forms.signing import Signed, Signs
from prongsai.reports.forms.values import Declared, Kind
from prongsai.thai.names import name_key

NAME = "handover-list"
TITLE_TH = "บัญชีส่งมอบงาน"


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A piece of work. kind: a duty, a draft, a task; about: where it stands; due: until when, or None."""

    kind: str
    title: str
    about: str = ""
    due: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class HandoverList:
    """What was handed over. reason: why (ย้าย, เกษียณ, มอบหมายใหม่), or nothing."""

    agency: str
    unit: str
    handed_on: date | None
    reason: str
    items: tuple[HandedOver, ...]
    giver: Signed
    taker: Signed

    @property
    def count(self) -> int:
        """How many pieces of work."""
        return len(self.items)


ITEMS = Columns(
    (
        Column("no", Kind.ORDINAL, heads=("ลำดับ", "ที่", "ลำดับที่"), width=1.2),
        Column("kind", heads=("ประเภทงาน", "ประเภท"), width=3),
        Column("title", heads=("เรื่องหรืองานที่ส่งมอบ", "เรื่อง", "รายการ"), width=6),
        Column("about", heads=("สถานะหรือรายละเอียด", "รายละเอียด", "สถานะ"), width=6, required=False),
        Column("due", Kind.DATE, heads=("กำหนดแล้วเสร็จ", "กำหนด", "กำหนดเวลา"), width=2.6, required=False),
        Column("note", heads=("หมายเหตุ",), width=3.5, required=False),
    )
)


def _check(handover: HandoverList) -> Sequence[Problem]:
    if not handover.giver.name or name_key(handover.giver.name) != name_key(handover.taker.name):
        return []
    return [
        finding(
            "HANDOVER_TO_ONESELF", Severity.ERROR, f"{handover.giver.name} hands over to themselves",
            "ผู้ส่งมอบและผู้รับมอบเป็นคนเดียวกัน", mend_th="ตรวจชื่อผู้รับมอบ",
        )
    ]  # fmt: skip


PAPER = Paper(
    NAME,
    TITLE_TH,
    HandoverList,
    (
        Words(TITLE_TH, Style.TITLE),
        Labels(
            (
                (("หน่วยงาน", Declared("agency", name="หน่วยงาน")),),
                (("ส่วนราชการ", Declared("unit", name="ส่วนราชการ", required=False)),),
                (("วันที่ส่งมอบ", Declared("handed_on", Kind.DATE, "วันที่ส่งมอบ", style="full")),),
                (("เหตุที่ส่งมอบ", Declared("reason", name="เหตุที่ส่งมอบ", required=False)),),
            ),
        ),
        Rows("items", HandedOver, (ITEMS,), nothing="ไม่มีงานค้างที่ต้องส่งมอบ"),
        Says(
            "ผู้ส่งมอบและผู้รับมอบได้ตรวจบัญชีนี้ถูกต้องตรงกันแล้ว รวม {count} รายการ",
            (Declared("count", Kind.WHOLE, "จำนวนรายการ"),),
            derive={"count": lambda record: record.count},
        ),
        Signs("giver", "ผู้ส่งมอบ", "ลงชื่อ"),
        Signs("taker", "ผู้รับมอบ", "ลงชื่อ"),
    ),
    title=lambda handover: f"{TITLE_TH} {handover.giver.name}".strip(),
    check=_check,
    orientation=Orientation.LANDSCAPE,
)

compose, recognise, sample = PAPER.compose, PAPER.recognise, PAPER.sample
from_json, to_json = PAPER.from_json, PAPER.to_json
