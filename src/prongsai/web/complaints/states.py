"""What leads a case from one state to the next: one table that services, pages and the guideline read.

The order of a case: received, screened, taken on (or more asked, passed on, refused), facts found by a committee, what
follows from them, the reporter told, closed. What ended may be taken up again as long as it was not shredded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from prongsai.web.complaints.contents import Mode
from prongsai.web.complaints.models import State


class Stage(TextChoices):
    """How far the discipline of one person has come."""

    PROPOSED = "proposed", _("เสนอดำเนินการทางวินัย")
    DECIDED = "decided", _("มีคำสั่งแล้ว")
    APPEALED = "appealed", _("อุทธรณ์")
    FINAL = "final", _("ถึงที่สุด")


class Penalty(TextChoices):
    """The penalties of the standards for municipal staff, the lightest first."""

    NONE = "none", _("ไม่ลงโทษ หรืองดโทษโดยว่ากล่าวตักเตือนหรือทำทัณฑ์บน")
    PROBATION = "probation", _("ภาคทัณฑ์")
    CUT = "cut", _("ตัดเงินเดือน (ค่าตอบแทน)")
    REDUCED = "reduced", _("ลดเงินเดือน หรือลดขั้นเงินเดือน (ค่าตอบแทน)")
    DISMISSED = "dismissed", _("ปลดออก")
    EXPELLED = "expelled", _("ไล่ออก")


# The Cabinet's resolution of 22 December 2541 (นร ๐๒๐๖/ว ๒๑๘) on letters that nobody signed.
ANONYMOUS_RULE = _(
    "เรื่องที่ไม่เปิดเผยชื่อ (บัตรสนเท่ห์) รับดำเนินการได้เฉพาะเรื่องที่ระบุหลักฐานหรือกรณีแวดล้อมชัดแจ้ง และชี้พยานได้แน่นอน "
    "(มติคณะรัฐมนตรี ๒๒ ธันวาคม ๒๕๔๑ หนังสือ นร ๐๒๐๖/ว ๒๑๘) การรับหรือไม่รับจึงต้องบันทึกความเห็นเรื่องหลักฐานและพยาน "
    "และมีผู้รับเรื่องคนที่สองเห็นชอบ"
)


class Ask(StrEnum):
    """What is asked for a move, by the name of its field."""

    REASON = "reason"
    EVIDENCE = "evidence"  # of reports without a name: whether the evidence is plain
    WITNESSES = "witnesses"  # of reports without a name: whether witnesses are pointed out
    AGENCY = "agency"  # to whom a case is passed on
    LETTER_NO = "letter_no"
    LETTER_DATE = "letter_date"
    UNTIL = "until"  # by when the reporter is asked to answer
    TOLD = "told"  # what the reporter is told


@dataclass(frozen=True, slots=True)
class Move:
    """A step from state to state.

    before: the states it leads from. asks: what must be given; may: what can be. needs_second: of reports without a
    name a second handler signs it too. tells_reporter: the reporter hears of it, in the words that are given. outcome:
    of what a committee must have reported first. is_by_order: taken by the order that sets the committee, on its page.
    """

    name: str
    label: Promise
    before: frozenset[State]
    after: State
    hint: Promise
    asks: tuple[Ask, ...] = ()
    may: tuple[Ask, ...] = ()
    needs_second: bool = False
    tells_reporter: bool = False
    outcome: State | None = None
    is_by_order: bool = False

    def asked(self, mode: Mode) -> tuple[Ask, ...]:
        """Give what must be given for a report of this mode."""
        judged = (Ask.EVIDENCE, Ask.WITNESSES) if self.is_seconded(mode) else ()
        return (*self.asks, *judged, *((Ask.TOLD,) if self.tells_reporter else ()))

    def is_seconded(self, mode: Mode) -> bool:
        """Whether a second handler must sign it for a report of this mode."""
        return self.needs_second and mode is Mode.ANONYMOUS

    @property
    def ends(self) -> bool:
        """Whether the case ends by it."""
        return self.after in ENDS


_SCREENED = frozenset({State.SCREENING, State.WAITING})
_FOLLOWS = frozenset({State.DISCIPLINE, State.LIABILITY, State.CRIMINAL})
_AFTER_FINDING = frozenset({State.FINDING, State.INFORMED}) | _FOLLOWS

ENDS = frozenset({State.REFUSED, State.INFORMED, State.CLOSED})  # from then on the days until shredding are counted
OUTCOMES = (State.NO_CASE, State.DISCIPLINE, State.LIABILITY, State.CRIMINAL)
FOLLOWS = tuple(state for state in OUTCOMES if state in _FOLLOWS)

_ALL = (
    Move(
        "screen",
        _("เริ่มตรวจสอบเบื้องต้น"),
        frozenset({State.RECEIVED}),
        State.SCREENING,
        _("ตรวจว่าอยู่ในอำนาจของหน่วยงานหรือไม่ และมีข้อเท็จจริงพอให้ดำเนินการหรือไม่"),
    ),
    Move(
        "accept",
        _("รับเรื่องไว้ดำเนินการ"),
        _SCREENED,
        State.ACCEPTED,
        _("เรื่องอยู่ในอำนาจและมีมูลพอให้สอบข้อเท็จจริง"),
        asks=(Ask.REASON,),
        needs_second=True,
        tells_reporter=True,
    ),
    Move(
        "ask",
        _("ขอข้อมูลเพิ่มเติมจากผู้แจ้ง"),
        frozenset({State.SCREENING}),
        State.WAITING,
        _("คำถามจะปรากฏในหน้าติดตามเรื่องของผู้แจ้ง ซึ่งเปิดได้ด้วยใบรับเท่านั้น"),
        may=(Ask.UNTIL,),
        tells_reporter=True,
    ),
    Move(
        "resume",
        _("ตรวจสอบต่อ"),
        frozenset({State.WAITING}),
        State.SCREENING,
        _("ได้ข้อมูลแล้ว หรือผู้แจ้งไม่ตอบภายในเวลาที่ให้"),
    ),
    Move(
        "refer",
        _("ส่งต่อหน่วยงานที่มีอำนาจ"),
        _SCREENED | {State.ACCEPTED, State.FINDING},
        State.REFERRED,
        _("เช่น ป.ป.ช. ป.ป.ท. อำเภอ จังหวัด เมื่อเรื่องเกินอำนาจหรือผู้ถูกกล่าวหาเป็นผู้บริหารของหน่วยงาน"),
        asks=(Ask.AGENCY, Ask.LETTER_NO, Ask.LETTER_DATE, Ask.REASON),
        tells_reporter=True,
    ),
    Move(
        "refuse",
        _("ไม่รับเรื่อง"),
        _SCREENED,
        State.REFUSED,
        _("เรื่องยุติและเก็บไว้เป็นข้อมูลจนครบกำหนดทำลาย"),
        asks=(Ask.REASON,),
        needs_second=True,
        tells_reporter=True,
    ),
    Move(
        "find",
        _("แต่งตั้งคณะกรรมการสอบข้อเท็จจริง"),
        frozenset({State.ACCEPTED}),
        State.FINDING,
        _("มีคำสั่งแต่งตั้งแล้ว เริ่มนับเวลาสอบข้อเท็จจริงจากวันของคำสั่ง"),
        is_by_order=True,
    ),
    Move(
        "no_case",
        _("ยุติเรื่อง ไม่พบมูล"),
        frozenset({State.FINDING}),
        State.NO_CASE,
        _("ผลสอบข้อเท็จจริงไม่พบการกระทำผิด"),
        asks=(Ask.REASON,),
        outcome=State.NO_CASE,
    ),
    Move(
        "discipline",
        _("ดำเนินการทางวินัย"),
        _AFTER_FINDING - {State.DISCIPLINE},
        State.DISCIPLINE,
        _("ผลสอบข้อเท็จจริงพบมูลความผิดทางวินัย"),
        asks=(Ask.REASON,),
        outcome=State.DISCIPLINE,
    ),
    Move(
        "liability",
        _("ดำเนินการความรับผิดทางละเมิด"),
        _AFTER_FINDING - {State.LIABILITY},
        State.LIABILITY,
        _("หน่วยงานเสียหาย และมีผู้ต้องรับผิดชดใช้"),
        asks=(Ask.REASON,),
        outcome=State.LIABILITY,
    ),
    Move(
        "criminal",
        _("ดำเนินคดีอาญา"),
        _AFTER_FINDING - {State.CRIMINAL},
        State.CRIMINAL,
        _("ผลสอบข้อเท็จจริงพบมูลความผิดอาญา"),
        asks=(Ask.REASON,),
        outcome=State.CRIMINAL,
    ),
    Move(
        "inform",
        _("แจ้งผลแก่ผู้แจ้ง"),
        frozenset({State.NO_CASE, State.REFERRED}) | _FOLLOWS,
        State.INFORMED,
        _("บอกผลเท่าที่เปิดเผยได้ ไม่มีชื่อหรือข้อมูลส่วนบุคคลของผู้ถูกกล่าวหาและพยาน"),
        tells_reporter=True,
    ),
    Move(
        "close",
        _("ปิดเรื่อง"),
        frozenset({State.INFORMED, State.REFERRED}),
        State.CLOSED,
        _("ไม่มีสิ่งใดต้องทำอีก เริ่มนับเวลาเก็บรักษาก่อนทำลาย"),
        asks=(Ask.REASON,),
    ),
    Move(
        "reopen",
        _("รื้อเรื่องขึ้นพิจารณาใหม่"),
        frozenset({State.CLOSED, State.INFORMED, State.REFUSED, State.NO_CASE, State.REFERRED}),
        State.SCREENING,
        _("มีพยานหลักฐานใหม่ หรือการพิจารณาเดิมไม่ถูกต้อง"),
        asks=(Ask.REASON,),
    ),
)
MOVES: Mapping[str, Move] = {move.name: move for move in _ALL}


def moves_from(state: str) -> tuple[Move, ...]:
    """Give the moves that lead from a state, in their usual order."""
    return tuple(move for move in _ALL if state in move.before)
