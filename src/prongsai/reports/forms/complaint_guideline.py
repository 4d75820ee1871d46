"""How an office handles complaints about corruption, in the four parts that the assessment asks for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from prongsai.documents.model import Style
from prongsai.errors import Problem, Severity
from prongsai.reports.forms.faults import finding
from prongsai.reports.forms.paper import Paper
from prongsai.reports.forms.parts import Emblem, Listed, Rule, Says, Words
from prongsai.reports.forms.signing import Signed, Signs
from prongsai.reports.forms.values import Declared, Kind

NAME = "complaint-guideline"
TITLE_TH = "แนวปฏิบัติการจัดการเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ"
PARTS = {
    "how": "ส่วนที่ ๑ วิธีการแจ้งเรื่องของบุคคลภายนอก",
    "steps": "ส่วนที่ ๒ ขั้นตอนการจัดการเรื่อง",
    "unit": "ส่วนที่ ๓ ส่วนงานและผู้รับผิดชอบ",
    "times": "ส่วนที่ ๔ ระยะเวลาดำเนินการ",
}
"""The parts by their fields, as they are printed."""


@dataclass(frozen=True, slots=True)
class ComplaintGuideline:
    """A guideline. how, steps, unit, times: what each part says, an item a line. adopted_on: the day it holds from."""

    agency: str
    edition: int
    how: tuple[str, ...]
    steps: tuple[str, ...]
    unit: tuple[str, ...]
    times: tuple[str, ...]
    adopted_on: date | None
    signer: Signed


def _check(guideline: ComplaintGuideline) -> Sequence[Problem]:
    if not guideline.times or any(character.isdigit() for line in guideline.times for character in line):
        return []
    return [
        finding(
            "GUIDELINE_NO_TIME", Severity.WARNING, "the part on time names no number of days",
            f"{PARTS['times']} ไม่ระบุจำนวนวัน", mend_th="ระบุว่าแต่ละขั้นตอนใช้เวลากี่วัน",
        )
    ]  # fmt: skip


PAPER = Paper(
    NAME,
    TITLE_TH,
    ComplaintGuideline,
    (
        Emblem(),
        Words(TITLE_TH, Style.TITLE),
        Says("ของ{agency}", (Declared("agency", name="หน่วยงาน"),), Style.TITLE),
        Rule(),
        *(Listed(heading, Declared(field, Kind.LIST, heading)) for field, heading in PARTS.items()),
        Says(
            "แนวปฏิบัตินี้เป็นฉบับที่ {edition} ใช้ตั้งแต่วันที่ {adopted_on}",
            (
                Declared("edition", Kind.SERIAL, "ฉบับที่"),
                Declared("adopted_on", Kind.DATE, "ใช้ตั้งแต่วันที่", style="full"),
            ),
        ),
        Signs("signer", "ผู้ให้ใช้แนวปฏิบัติ", "ลงชื่อ"),
    ),
    title=lambda guideline: f"{TITLE_TH} {guideline.agency}",
    check=_check,
)

compose, recognise, sample = PAPER.compose, PAPER.recognise, PAPER.sample
from_json, to_json = PAPER.from_json, PAPER.to_json
