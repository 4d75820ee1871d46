"""The report of an internal audit: what was found against which criterion, and who mends it until when."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from prongsai.documents.model import Orientation, Style
from prongsai.errors import Problem, Severity
from prongsai.reports.forms.columns import Column, Columns
from prongsai.reports.forms.faults import finding
from prongsai.reports.forms.labels import Labels
from prongsai.reports.forms.paper import Paper, Rows
from prongsai.reports.forms.parts import Words
from prongsai.reports.forms.report_parts import Prose, Summary, grouped, same_words
from prongsai.reports.forms.signing import Signed, Signs
from prongsai.reports.forms.values import Declared, Kind, Period
from prongsai.thai.names import name_key

NAME = "audit-report"
TITLE_TH = "รายงานผลการตรวจสอบภายใน"


class Weight(StrEnum):
    """How much a finding weighs."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Settled(StrEnum):
    """How far a finding is."""

    FOUND = "found"
    ANSWERED = "answered"
    CLOSED = "closed"


WEIGHTS = {Weight.HIGH: "สูง", Weight.MEDIUM: "ปานกลาง", Weight.LOW: "ต่ำ"}
SETTLED = {
    Settled.FOUND: "รอแก้ไข",
    Settled.ANSWERED: "ชี้แจงแล้ว รอติดตาม",
    Settled.CLOSED: "ปิดข้อตรวจพบแล้ว",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding. cause, answer: "" where none is told; owner: who mends it; due: until when."""

    fact: str
    criterion: str
    effect: str
    cause: str
    advice: str
    weight: Weight
    owner: str
    due: date
    status: Settled
    answer: str


@dataclass(frozen=True, slots=True)
class AuditReport:
    """An audit of a unit. period: when it was audited."""

    agency: str
    subject: str
    unit: str
    kind: str
    period: Period | None
    objective: tuple[str, ...]
    findings: tuple[Finding, ...]
    auditor: Signed


@dataclass(frozen=True, slots=True)
class OfWeight:
    """How many findings of a weight are in each state."""

    weight: str
    found: int
    answered: int
    closed: int
    count: int


_NO = Column("no", Kind.ORDINAL, heads=("ข้อ", "ที่", "ลำดับ"), width=1)
_FACT = Column("fact", heads=("ข้อเท็จจริงที่พบ", "ข้อตรวจพบ"), width=5)
FOUND = Columns(
    (
        _NO,
        _FACT,
        Column("criterion", heads=("หลักเกณฑ์", "กฎระเบียบที่เกี่ยวข้อง"), width=5),
        Column("effect", heads=("ผลกระทบ",), width=4.6),
        Column("cause", heads=("สาเหตุ",), width=4, required=False),
        Column("weight", Kind.CHOICE, choices=WEIGHTS, heads=("ระดับความสำคัญ", "ความสำคัญ"), width=2.4),
    )
)
MENDED = Columns(
    (
        _NO,
        _FACT,
        Column("advice", heads=("ข้อเสนอแนะ",), width=5),
        Column("owner", Kind.PERSON, heads=("เจ้าของที่ต้องแก้ไข", "ผู้รับผิดชอบ"), width=3.8),
        Column("due", Kind.DATE, heads=("กำหนดแก้ไขเสร็จ", "กำหนดเสร็จ"), width=2.4),
        Column("status", Kind.CHOICE, choices=SETTLED, heads=("สถานะ",), width=2.6),
        Column("answer", heads=("คำชี้แจงและผลการแก้ไข", "คำชี้แจง"), width=4.4, required=False),
    )
)
BY_WEIGHT = Columns(
    (
        Column("weight", heads=("ระดับความสำคัญ", "ความสำคัญ"), width=4),
        Column("found", Kind.WHOLE, heads=("รอแก้ไข",), width=2.6, summed=True),
        Column("answered", Kind.WHOLE, heads=("ชี้แจงแล้ว รอติดตาม",), width=3.6, summed=True),
        Column("closed", Kind.WHOLE, heads=("ปิดแล้ว",), width=2.6, summed=True),
        Column("count", Kind.WHOLE, heads=("รวม (ข้อ)", "รวม"), width=2.4, summed=True),
    ),
    "รวมทั้งสิ้น",
)


def _by_weight(report: AuditReport) -> list[OfWeight]:
    found = grouped(sorted(report.findings, key=_rank), lambda row: WEIGHTS.get(row.weight, ""))
    return [
        OfWeight(
            label,
            _are(rows, Settled.FOUND),
            _are(rows, Settled.ANSWERED),
            _are(rows, Settled.CLOSED),
            len(rows),
        )
        for label, rows in found.items()
    ]


def _rank(one: Finding) -> int:
    order = list(Weight)
    return order.index(one.weight) if one.weight in order else len(order)


def _are(rows: Sequence[Finding], status: Settled) -> int:
    return sum(one.status is status for one in rows)


def _check(report: AuditReport) -> Sequence[Problem]:
    return [*_faults(report), *same_words(report.findings, "advice", "fact", "ข้อเสนอแนะเขียนเหมือนข้อเท็จจริงที่พบ")]


def _faults(report: AuditReport) -> Iterator[Problem]:
    auditor = name_key(report.auditor.name)
    for number, one in enumerate(report.findings, 1):
        if one.owner and name_key(one.owner) == auditor:
            yield finding("AUDIT_OWN", Severity.ERROR, f"finding {number}: the auditor owns it",
                          f"ข้อ {number}: ผู้ตรวจสอบเป็นเจ้าของข้อตรวจพบ", mend_th="ระบุผู้ที่ต้องแก้ไข")  # fmt: skip
        if one.due and report.period and one.due < report.period.start:
            yield finding("AUDIT_DUE_EARLY", Severity.ERROR, f"finding {number}: it is due before the audit began",
                          f"ข้อ {number}: กำหนดแก้ไขอยู่ก่อนวันตรวจ", mend_th="แก้วันกำหนด")  # fmt: skip
        if one.status in (Settled.ANSWERED, Settled.CLOSED) and not one.answer:
            yield finding("AUDIT_NO_ANSWER", Severity.ERROR, f"finding {number}: it has no answer",
                          f"ข้อ {number}: ไม่มีคำชี้แจงของหน่วยรับตรวจ", mend_th="ใส่คำชี้แจงและผลการแก้ไข")  # fmt: skip


PAPER = Paper(
    NAME,
    TITLE_TH,
    AuditReport,
    (
        Words(TITLE_TH, Style.TITLE),
        Labels(
            (
                (("หน่วยงาน", Declared("agency", name="หน่วยงาน")),),
                (("เรื่องที่ตรวจ", Declared("subject", name="เรื่องที่ตรวจ")),),
                (("หน่วยรับตรวจ", Declared("unit", name="หน่วยรับตรวจ")),),
                (("ประเภทการตรวจ", Declared("kind", name="ประเภทการตรวจ")),),
                (("ช่วงเวลาที่ตรวจ", Declared("period", Kind.PERIOD, "ช่วงเวลาที่ตรวจ", style="full")),),
            ),
        ),
        Prose("วัตถุประสงค์และขอบเขต", Declared("objective", Kind.LIST, "วัตถุประสงค์และขอบเขต"), ("วัตถุประสงค์",)),
        Summary("สรุปข้อตรวจพบตามระดับความสำคัญ", OfWeight, BY_WEIGHT, _by_weight),
        Rows("findings", Finding, (FOUND, MENDED), heading="ข้อตรวจพบ ข้อเสนอแนะ และผู้รับผิดชอบ",
             nothing="ไม่มีข้อตรวจพบ"),
        Signs("auditor", "ผู้ตรวจสอบภายใน", "ลงชื่อ"),
    ),
    title=lambda report: f"{TITLE_TH} {report.subject} {report.unit}",
    check=_check,
    orientation=Orientation.LANDSCAPE,
)  # fmt: skip

compose, recognise, sample = PAPER.compose, PAPER.recognise, PAPER.sample
from_json, to_json = PAPER.from_json, PAPER.to_json
