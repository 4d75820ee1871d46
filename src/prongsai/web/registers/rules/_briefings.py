"""Briefings at a meeting: held there, on its day, and heard by who came to it."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from prongsai.registers.model import Fault, Values
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.rules._meetings import CAME, SKIPPED, WAS_HELD, Row, attendance_of, meeting_of
from prongsai.web.registers.rules._rows import id_of


def briefing_faults(scope: Scope, values: Values) -> Iterator[Fault]:
    """Refuse a meeting that was not held or another day; warn where nobody is listed, or the speaker is not."""
    meeting = meeting_of(scope, values)
    if meeting is None:
        return
    if meeting.entry.state == SKIPPED or meeting.entry.dated_on > scope.today:
        yield Fault("meeting", "NOT_HELD", _("การประชุมครั้งนี้ไม่ได้ประชุม"), _("เลือกการประชุมที่ประชุมแล้ว"))
    elif meeting.entry.state not in WAS_HELD:
        told = _("การประชุมครั้งนี้ยังไม่บันทึกว่าประชุมแล้ว")
        yield Fault("meeting", "NOT_SAID_HELD", told, _("บันทึกในหน้าการประชุม"), is_warning=True)
    if values.get("briefed_on") != meeting.entry.dated_on:
        yield Fault("briefed_on", "OTHER_DAY", _("วันที่ไม่ตรงกับวันประชุม"), _("ใช้วันประชุมที่เลือก"))
    yield from _heard(meeting, values)


def _heard(meeting: Row, values: Values) -> Iterator[Fault]:
    came = [one for one in attendance_of(meeting.entry) if one.text("role") in CAME]
    if not came:
        told = _("การประชุมครั้งนี้ยังไม่มีรายชื่อผู้มาประชุม จำนวนผู้รับฟังจึงเป็นศูนย์")
        yield Fault("meeting", "NOBODY_LISTED", told, _("บันทึกผู้เข้าประชุม"), is_warning=True)
    elif (who := id_of(values.get("briefed_by"))) and who not in {id_of(one.values.get("person")) for one in came}:
        told = _("ผู้พูดไม่อยู่ในรายชื่อผู้มาประชุมครั้งนี้")
        yield Fault("briefed_by", "NOT_PRESENT", told, _("ตรวจรายชื่อผู้เข้าประชุม"), is_warning=True)
