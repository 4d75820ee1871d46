"""The memo that calls to a meeting: which one, when and where, and its agenda."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from prongsai.documents.build import fields
from prongsai.documents.model import Block
from prongsai.errors import Problem, Severity
from prongsai.reports.forms.faults import finding
from prongsai.reports.forms.labels import Labels
from prongsai.reports.forms.paper import Paper
from prongsai.reports.forms.parts import Emblem, Listed, Says, Text
from prongsai.reports.forms.signing import Signed, Signs
from prongsai.reports.forms.values import Declared, Edge, Kind, say

NAME = "meeting-call"
TITLE_TH = "บันทึกเชิญประชุม"
MEMO_EMBLEM_CM = 1.5


@dataclass(frozen=True, slots=True)
class MeetingCall:
    """A call to a meeting. number: of the memo, empty until there is one. meeting_no, year_be: ครั้งที่ ๒/๒๕๖๙."""

    office: str
    number: str
    dated: date | None
    subject: str
    to: str
    reasons: tuple[str, ...]
    meeting: str
    meeting_no: int
    year_be: int
    held_on: date | None
    starts: time | None
    place: str
    agenda: tuple[str, ...]
    closing: str
    signer: Signed


@dataclass(frozen=True)
class MemoLabels(Labels):
    """The head of a memo: what is not known yet stays an empty leader."""

    def compose(self, record: Any, edge: Edge) -> Iterator[Block]:
        """Print it."""
        for line in self.lines:
            values = ((label, getattr(record, one.field), one) for label, one in line)
            pairs = [(label, say(value, one, edge) if value else "") for label, value, one in values]
            yield fields(*pairs, memo=self.memo)


def _check(call: MeetingCall) -> Sequence[Problem]:
    if call.dated is None or call.held_on is None or call.dated <= call.held_on:
        return []
    return [
        finding(
            "MEETING_CALLED_LATE", Severity.ERROR, f"called on {call.dated} for {call.held_on}",
            "บันทึกลงวันที่หลังวันประชุม", mend_th="ตรวจวันที่ของบันทึกและวันประชุม",
        )
    ]  # fmt: skip


PAPER = Paper(
    NAME,
    TITLE_TH,
    MeetingCall,
    (
        Emblem(MEMO_EMBLEM_CM, "บันทึกข้อความ"),
        MemoLabels(
            (
                (("ส่วนราชการ", Declared("office", name="ส่วนราชการ")),),
                (
                    ("ที่", Declared("number", name="เลขที่", required=False)),
                    ("วันที่", Declared("dated", Kind.DATE, "วันที่ของบันทึก", required=False, style="full")),
                ),
                (("เรื่อง", Declared("subject", name="เรื่อง")),),
            ),
            memo=True,
        ),
        Labels(((("เรียน", Declared("to", name="ผู้รับ")),),)),
        Text(Declared("reasons", Kind.LIST, "เหตุผล", required=False)),
        Says(
            "จึงขอเชิญเข้าร่วมการประชุม{meeting} ครั้งที่ {meeting_no}/{year_be} ในวันที่ {held_on} เวลา {starts} น. ณ {place} "
            "ตามระเบียบวาระการประชุม ดังนี้",
            (
                Declared("meeting", name="ชื่อการประชุม"),
                Declared("meeting_no", Kind.SERIAL, "ครั้งที่"),
                Declared("year_be", Kind.SERIAL, "ปี พ.ศ."),
                Declared("held_on", Kind.DATE, "วันประชุม", style="full"),
                Declared("starts", Kind.TIME, "เวลาประชุม"),
                Declared("place", name="สถานที่"),
            ),
        ),
        Listed("ระเบียบวาระการประชุม", Declared("agenda", Kind.LIST, "ระเบียบวาระ")),
        Says("จึงเรียนมาเพื่อ{closing}", (Declared("closing", name="คำลงท้าย"),)),
        Signs("signer"),
    ),
    title=lambda call: f"{TITLE_TH} {call.subject}",
    check=_check,
)

compose, recognise, sample = PAPER.compose, PAPER.recognise, PAPER.sample
from_json, to_json = PAPER.from_json, PAPER.to_json
