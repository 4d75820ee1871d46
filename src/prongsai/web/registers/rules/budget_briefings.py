"""Budget briefings: of a meeting and heard by who came to it; questions are answered, or somebody signs for none."""

from collections.abc import Iterator, Mapping
from functools import partial

from django.utils.translation import gettext as _

from prongsai.registers.model import Fault, Register, Values
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.registers.rules import Notice, Records, _budget_papers
from prongsai.web.registers.rules._briefings import briefing_faults
from prongsai.web.registers.rules._meetings import CAME, attendance_of, meeting_of
from prongsai.web.registers.rules._rows import counted, id_of, listed


def check(scope: Scope, register: Register, values: Values, entry: Entry | None) -> Iterator[Fault]:
    """Hold meeting and day together; who signs that nobody asked was at the meeting or took its minutes."""
    yield from briefing_faults(scope, values)
    meeting, signer = meeting_of(scope, values), id_of(values.get("confirmed_by"))
    if meeting is None or signer is None:
        return
    came = {id_of(one.values.get("person")) for one in attendance_of(meeting.entry) if one.text("role") in CAME}
    if signer not in came | {id_of(meeting.values.get("secretary"))}:
        told = _("ผู้รับรองไม่ได้มาประชุมครั้งนี้และไม่ใช่ผู้จดรายงานการประชุม")
        yield Fault("confirmed_by", "NOT_THERE", told, _("เลือกผู้ที่อยู่ในการประชุม"))


def notices(scope: Scope, register: Register, year: int) -> list[Notice]:
    """Hold the close of a period while the meeting of a briefing has nobody on its list."""
    unheard = [entry.title for entry, values in counted(scope, register, year) if not _heard(scope, values)]
    told = _("การประชุมยังไม่มีรายชื่อผู้มาประชุม: {titles}")
    return [Notice(told.format(titles=listed(unheard)), is_blocking=True)] if unheard else []


def _heard(scope: Scope, values: Values) -> bool:
    meeting = meeting_of(scope, values)
    return meeting is None or any(one.text("role") in CAME for one in attendance_of(meeting.entry))


def papers(scope: Scope, register: Register, entry: Entry) -> Mapping[str, Records]:
    """The record of the briefing."""
    return {"budget-briefing": partial(_budget_papers.record, scope, entry)}
