"""The record that a policy was passed on: which, at which meeting, by whom, to how many, what was said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from prongsai.documents.model import Style
from prongsai.errors import Problem, Severity
from prongsai.reports.forms.faults import finding
from prongsai.reports.forms.labels import Labels
from prongsai.reports.forms.paper import Paper
from prongsai.reports.forms.parts import Listed, Words
from prongsai.reports.forms.signing import Signed, Signs
from prongsai.reports.forms.values import Declared, Kind

NAME = "policy-briefing"
TITLE_TH = "บันทึกการถ่ายทอดนโยบาย"


@dataclass(frozen=True, slots=True)
class PolicyBriefing:
    """A briefing. present, audience: how many came of how many. points: what was passed on."""

    agency: str
    policy: str
    meeting: str
    held_on: date | None
    place: str
    briefed_by: str
    briefer_position: str
    present: int
    audience: int
    points: tuple[str, ...]
    taker: Signed


def _check(briefing: PolicyBriefing) -> Sequence[Problem]:
    if briefing.present is None or briefing.audience is None or briefing.present <= briefing.audience:
        return []
    return [
        finding(
            "BRIEFING_COUNT", Severity.ERROR, f"{briefing.present} came of {briefing.audience}",
            f"ผู้เข้าร่วม {briefing.present} คน มากกว่าผู้ที่ต้องเข้าร่วม {briefing.audience} คน", mend_th="ตรวจจำนวนคน",
        )
    ]  # fmt: skip


PAPER = Paper(
    NAME,
    TITLE_TH,
    PolicyBriefing,
    (
        Words(TITLE_TH, Style.TITLE),
        Labels(
            (
                (("หน่วยงาน", Declared("agency", name="หน่วยงาน")),),
                (("นโยบายหรือแนวทางที่ถ่ายทอด", Declared("policy", name="นโยบาย")),),
                (("การประชุม", Declared("meeting", name="การประชุม")),),
                (("วันที่ถ่ายทอด", Declared("held_on", Kind.DATE, "วันที่ถ่ายทอด", style="full")),),
                (("สถานที่", Declared("place", name="สถานที่")),),
                (("ผู้ถ่ายทอด", Declared("briefed_by", Kind.PERSON, "ผู้ถ่ายทอด")),),
                (("ตำแหน่งของผู้ถ่ายทอด", Declared("briefer_position", name="ตำแหน่งของผู้ถ่ายทอด")),),
                (("จำนวนผู้เข้าร่วม (คน)", Declared("present", Kind.WHOLE, "จำนวนผู้เข้าร่วม")),),
                (("จำนวนผู้ที่ต้องเข้าร่วม (คน)", Declared("audience", Kind.WHOLE, "จำนวนผู้ที่ต้องเข้าร่วม")),),
            ),
        ),
        Listed("สาระสำคัญที่ถ่ายทอด", Declared("points", Kind.LIST, "สาระสำคัญ")),
        Signs("taker", "ผู้บันทึก", "ลงชื่อ"),
    ),
    title=lambda briefing: f"{TITLE_TH} {briefing.policy}",
    check=_check,
)

compose, recognise, sample = PAPER.compose, PAPER.recognise, PAPER.sample
from_json, to_json = PAPER.from_json, PAPER.to_json
