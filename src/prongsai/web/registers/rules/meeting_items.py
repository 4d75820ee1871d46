"""Agenda and resolutions: what the next meeting is offered; a resolution that gives work becomes a duty of its unit."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override

from prongsai.registers.model import Fault, Move, Register, Values
from prongsai.registers.values import from_json
from prongsai.thai.dates import format_date
from prongsai.thai.fiscal import fiscal_year, fiscal_year_be
from prongsai.thai.numerals import to_thai
from prongsai.web.agencies.scope import Scope
from prongsai.web.duties import services as duties
from prongsai.web.duties.models import DAYS_MAX, Duty, Occurrence, Rhythm
from prongsai.web.registers.models import Entry
from prongsai.web.registers.rules import Notice, _meeting_page
from prongsai.web.registers.rules._meetings import (
    ASSIGN,
    CALLED,
    HELD,
    PLANNED,
    Row,
    adopted_fault,
    arising,
    before,
    duty_key,
    items_of,
    meeting_of,
    next_of_each,
    not_yours,
    place_of,
    pointed,
    ref,
    row_of,
    tasks_of,
)
from prongsai.web.registers.rules._rows import counted, id_of, listed

# Every meeting hears of these; the Thai words stand in the agenda.
STANDING = (
    ("budget", "ผลการใช้จ่ายงบประมาณ"),
    ("ethics", "การปฏิบัติตามประมวลจริยธรรม"),
    ("no_gift", "นโยบายไม่รับของขวัญ (No Gift Policy)"),
    ("assets", "การใช้และดูแลทรัพย์สินของราชการ"),
)
_ADOPTING, _ARISING, _FOR_INFORMATION = "2", "3", "4"
_RESOLVED = "resolved"
_TITLE_MAX, _SUBJECT_MAX = 300, 200


# --- what may be written --------------------------------------------------------------------------------------------
def check(scope: Scope, register: Register, values: Values, entry: Entry | None) -> Iterator[Fault]:
    """Refuse items of a meeting that is over, resolutions before its day, and work with a day that cannot be."""
    meeting = meeting_of(scope, values)
    if meeting is None:
        return
    if fault := adopted_fault(meeting):
        yield fault
    if values.get("resolution") is None:
        return
    if why := not_yours(scope, meeting):
        yield Fault("resolution", "NOT_YOURS", why)
    if meeting.entry.dated_on > scope.today:
        yield Fault("resolution", "NOT_YET_HELD", _("ยังไม่ถึงวันประชุม บันทึกมติไม่ได้"), _("บันทึกเมื่อประชุมแล้ว"))
    yield from _of_due(scope, meeting, values.get("due_on"), entry)


def _of_due(scope: Scope, meeting: Row, due: object, entry: Entry | None) -> Iterator[Fault]:
    if not isinstance(due, date):
        return
    held = meeting.entry.dated_on
    if due < held:
        yield Fault("due_on", "BEFORE_MEETING", _("วันครบกำหนดอยู่ก่อนวันประชุม"), _("ตรวจวันที่"))
    if (due - fiscal_year(fiscal_year_be(held)).end).days > DAYS_MAX:
        yield Fault("due_on", "TOO_FAR", _("วันครบกำหนดอยู่หลังสิ้นปีงบประมาณของการประชุมเกินหนึ่งปี"), _("แบ่งเป็นงานย่อย"))
    was = row_of(entry).values.get("due_on") if entry else None
    if entry and isinstance(was, date) and was != due and _is_settled(scope, entry):
        why = _("งานนี้แล้วเสร็จหรือเลยกำหนดแล้ว เลื่อนวันไม่ได้")
        yield Fault("due_on", "SETTLED", why, _("ให้ที่ประชุมมีมติใหม่ในเรื่องสืบเนื่อง"))


def _is_settled(scope: Scope, entry: Entry) -> bool:
    """Whether the work was done or its day has passed: what was missed stays so visibly."""
    found = Occurrence.objects.filter(duty__agency=scope.agency, duty__key=duty_key(entry)).first()
    return found is not None and (found.done_on is not None or found.due_on < scope.today)


def why_not_move(scope: Scope, register: Register, entry: Entry, move: Move) -> str:
    """A unit brings its matters; what is resolved on them is written by who keeps the meeting."""
    meeting = pointed(scope, row_of(entry).values.get("meeting")) if move.key == "resolve" else None
    return not_yours(scope, meeting) if meeting else ""


# --- resolutions become duties --------------------------------------------------------------------------------------
@override("th")  # duties are kept in Thai
def after(scope: Scope, register: Register, entry: Entry) -> None:
    """Bring the duty that a resolution makes in line with it; one that is withdrawn closes its duty."""
    values = from_json(register.fields, entry.values)
    duty = Duty.objects.filter(agency=scope.agency, key=duty_key(entry)).first()
    gives_work = entry.state == _RESOLVED and values.get("resolution") == ASSIGN
    if not gives_work:
        if duty is not None and duty.is_open:
            duties.change_duty(scope, duty=duty, is_open=False)
        return
    meeting, due = meeting_of(scope, values), values["due_on"]
    assert meeting is not None
    assert isinstance(due, date)
    year = duty.fiscal_year_be if duty else fiscal_year_be(meeting.entry.dated_on)
    # Of the whole year, since the work may be done long before its day.
    given: dict[str, Any] = {
        "title": f"{str(values['subject'])[:_SUBJECT_MAX]} (มติที่ {entry.number} {meeting.entry.title})"[:_TITLE_MAX],
        "how": str(values.get("resolved_text") or ""),
        "days_after": (due - fiscal_year(year).end).days,
        "unit_id": id_of(values.get("assigned_unit")),
        "post_id": id_of(values.get("assigned_post")),
        "is_open": True,
    }
    if duty is not None:
        duties.change_duty(scope, duty=duty, **given)
    else:
        duties.add_duty(scope, fiscal_year_be=year, rhythm=Rhythm.ONCE, key=duty_key(entry), **given)


def picture(scope: Scope, register: Register, entry: Entry | None) -> SafeString:
    """Show what became of the work that a resolution gave."""
    tasks = tasks_of(scope, [row_of(entry)]) if entry else []
    return _meeting_page.task_drawn(scope, tasks[0]) if tasks else SafeString("")


# --- what is offered ------------------------------------------------------------------------------------------------
@override("th")  # what is kept is Thai
def proposals(scope: Scope, register: Register, year: int) -> list[Values]:
    """Offer the next meeting of each series: minutes to adopt, what came of resolutions, the standing topics."""
    return [row for meeting in next_of_each(scope, (PLANNED, CALLED)) for row in _offered(scope, meeting)]


def _offered(scope: Scope, meeting: Row) -> Iterator[Values]:
    there = items_of(meeting.entry)
    lasts = {part: max((place_of(one) for one in there if one.text("agenda") == part), default=0) for part in "123456"}

    def item(part: str, subject: str, **more: object) -> Values:
        lasts[part] += 1
        place = Decimal(lasts[part])
        return {"meeting": ref(meeting.entry), "agenda": part, "place": place, "subject": subject[:250], **more}

    earlier = before(scope, meeting)
    waiting = [one for one in earlier if one.entry.state == HELD][::-1]
    if not any(one.text("agenda") == _ADOPTING for one in there):
        for one in waiting:
            yield item(_ADOPTING, f"รับรองรายงานการ{one.entry.title}")
    followed = {id_of(one.values.get("follows")) for one in there}
    for task in arising(scope, meeting):
        if task.item.entry.pk not in followed:
            yield item(_ARISING, task.item.text("subject"), follows=ref(task.item.entry))
    topics = {one.text("topic") for one in there}
    for topic, subject in STANDING:
        if topic not in topics:
            yield item(_FOR_INFORMATION, subject, topic=topic)


def notices(scope: Scope, register: Register, year: int) -> list[Notice]:
    """Name the work that resolutions gave and whose day has passed."""
    rows = [Row(entry, values) for entry, values in counted(scope, register)]
    return [Notice(text) for text in missed_told(scope, rows)]


def missed_told(scope: Scope, items: Sequence[Row]) -> list[str]:
    """Say which of the work that items gave is past its day; nothing when none is."""
    missed = [one for one in tasks_of(scope, items) if one.is_missed(scope.today)]
    if not missed:
        return []
    told = _("{subject} ({unit} ครบกำหนด {day})")
    names = [
        told.format(
            subject=one.item.text("subject"),
            unit=one.item.text("assigned_unit"),
            day=format_date(one.occurrence.due_on, "abbr"),
        )
        for one in missed
        if one.occurrence
    ]
    text = _("มติมอบหมายที่เลยกำหนดและยังไม่แล้วเสร็จ {n} เรื่อง: {names}")
    return [to_thai(text.format(n=len(names), names=listed(names, 5, "{}")))]
