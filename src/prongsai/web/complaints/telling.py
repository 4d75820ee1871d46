"""How a case is told to who reported it: where it stands in plain words, what comes next, who said what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from prongsai.web.complaints.contents import FileKey, Kind, Said
from prongsai.web.complaints.models import State
from prongsai.web.complaints.queries.clocks import day_of


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a case stands for who reported it. step: of STEPS, from 0; next: what comes, and what they can do."""

    step: int
    label: Promise
    next: Promise


@dataclass(frozen=True, slots=True)
class Line:
    """A message of the dialogue. is_own: of the reporter; whoever answers has no name here."""

    is_own: bool
    text: str
    day: date | None
    files: tuple[FileKey, ...]


STEPS = (_("รับเรื่อง"), _("ตรวจสอบเบื้องต้น"), _("สอบข้อเท็จจริง"), _("แจ้งผล"))

_WORKING = Stage(
    2,
    _("กำลังดำเนินการตามผลการสอบข้อเท็จจริง"),
    _("การสอบข้อเท็จจริงเสร็จแล้ว เมื่อมีผลที่เปิดเผยได้ ผู้รับเรื่องจะแจ้งท่านในหน้านี้"),
)
# What a committee found is told in a reply, on purpose, and not by the name of a state.
STAGES = {
    State.RECEIVED: Stage(0, _("รับเรื่องแล้ว รอตรวจสอบเบื้องต้น"), _("ต่อไปผู้รับเรื่องจะตรวจสอบเบื้องต้น และอาจถามท่านเพิ่มเติมในหน้านี้")),
    State.SCREENING: Stage(
        1, _("กำลังตรวจสอบเบื้องต้น"), _("ผู้รับเรื่องกำลังดูว่าเรื่องอยู่ในอำนาจของหน่วยงาน และมีข้อเท็จจริงพอให้สอบหรือไม่")
    ),
    State.WAITING: Stage(1, _("รอข้อมูลเพิ่มเติมจากท่าน"), _("อ่านคำถามของผู้รับเรื่องข้างล่าง แล้วตอบในหน้านี้ ไม่มีข้อมูลก็ตอบได้ว่าไม่มี")),
    State.ACCEPTED: Stage(2, _("รับไว้ดำเนินการแล้ว"), _("ต่อไปหน่วยงานจะตั้งคณะกรรมการสอบข้อเท็จจริง")),
    State.FINDING: Stage(
        2, _("กำลังสอบข้อเท็จจริง"), _("คณะกรรมการกำลังรวบรวมพยานหลักฐาน ถ้าท่านพบหลักฐานเพิ่ม แจ้งในหน้านี้ได้ทุกเมื่อ")
    ),
    State.DISCIPLINE: _WORKING,
    State.LIABILITY: _WORKING,
    State.CRIMINAL: _WORKING,
    State.NO_CASE: _WORKING,
    State.REFERRED: Stage(
        2, _("ส่งต่อหน่วยงานที่มีอำนาจแล้ว"), _("หน่วยงานที่รับเรื่องต่อจะเป็นผู้ดำเนินการ ดูชื่อหน่วยงานในข้อความของผู้รับเรื่อง")
    ),
    State.REFUSED: Stage(
        3, _("ไม่รับเรื่องไว้ดำเนินการ"), _("ดูเหตุผลในข้อความของผู้รับเรื่อง ถ้ามีหลักฐานใหม่ แจ้งในหน้านี้เพื่อขอให้พิจารณาอีกครั้งได้")
    ),
    State.INFORMED: Stage(3, _("แจ้งผลแล้ว"), _("ดูผลในข้อความของผู้รับเรื่อง ถ้าถูกกลั่นแกล้งเพราะแจ้งเรื่องนี้ แจ้งในหน้านี้ได้")),
    State.CLOSED: Stage(3, _("สิ้นสุดแล้ว"), _("เรื่องสิ้นสุด ถ้ามีหลักฐานใหม่หรือถูกกลั่นแกล้ง แจ้งในหน้านี้ได้จนกว่าข้อมูลจะถูกทำลาย")),
}


def stage_of(state: str) -> Stage:
    """Give where a state stands for who reported it."""
    return STAGES[State(state)]


def lines_of(said: Iterable[Said]) -> tuple[Line, ...]:
    """Give the dialogue, oldest first; nothing else that may stand between."""
    own = {Kind.REPORTER: True, Kind.REPLY: False}
    return tuple(
        Line(own[one.kind], one.text, day_of(one.at) if one.at else None, one.files) for one in said if one.kind in own
    )
