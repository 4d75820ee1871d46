"""Meetings: committees whose order has run out, months without one, minutes that nobody adopted, and the papers."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from prongsai.registers.model import Fault, Move, Register, Values
from prongsai.thai.fiscal import BE_OFFSET, fiscal_year, fiscal_year_be
from prongsai.thai.months import MONTHS_SHORT
from prongsai.thai.numerals import to_arabic, to_thai
from prongsai.web.agencies.models import Committee
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry, EntryMove
from prongsai.web.registers.rules import Notice, Records, _meeting_page, _meeting_papers, meeting_items
from prongsai.web.registers.rules._meetings import (
    CALLED,
    CAME,
    COMMITTEE,
    HEADS,
    HELD,
    PLANNED,
    SKIPPED,
    STAFF,
    WAS_HELD,
    Row,
    attendance_of,
    items_of,
    meetings_of,
    pointed,
    row_of,
    series_of,
)
from prongsai.web.registers.rules._rows import listed
from prongsai.web.registers.rules.meeting_attendance import committee_of

_MONTHLY = (HEADS, STAFF)


# --- what may be written --------------------------------------------------------------------------------------------
def check(scope: Scope, register: Register, values: Values, entry: Entry | None) -> Iterator[Fault]:
    """Warn of an order that has run out and an odd year; refuse minutes adopted at a meeting that cannot adopt them."""
    held, name = values.get("held_on"), values.get("name")
    if not isinstance(held, date):
        return
    if values.get("kind") == COMMITTEE and (why := why_no_committee(scope, str(name), held)):
        yield Fault("name", "NO_ORDER", why, _("ตรวจหน้าคณะกรรมการ หรือออกคำสั่งใหม่ก่อนประชุม"), is_warning=True)
    year = to_arabic(str(values.get("number"))).rpartition("/")[2]
    if year not in (str(held.year + BE_OFFSET), str(fiscal_year_be(held))):
        told = _("ครั้งที่ {number} ไม่ตรงกับปีของวันประชุม").format(number=values.get("number"))
        yield Fault("number", "OTHER_YEAR", told, _("ตรวจเลขครั้งที่หรือวันที่"), is_warning=True)
    if entry is not None and entry.state in WAS_HELD and held > scope.today:
        yield Fault("held_on", "NOT_YET_HELD", _("ยังไม่ถึงวันประชุม"), _("แก้วันที่ประชุมก่อน"))
    if values.get("adopted_at") is not None and entry is not None:
        yield from _adopting(scope, Row(entry, values))


def why_no_committee(scope: Scope, name: str, day: date) -> str:
    """Say why a committee may not meet on a day; empty when its order is in force."""
    if committee_of(scope, name, day) is not None:
        return ""
    if Committee.objects.filter(agency=scope.agency, name=name).exists():
        return _("คำสั่งแต่งตั้ง “{name}” ไม่มีผลในวันประชุม").format(name=name)
    return _("ไม่พบคำสั่งแต่งตั้ง “{name}” ในหน้าคณะกรรมการ").format(name=name)


def _adopting(scope: Scope, meeting: Row) -> Iterator[Fault]:
    """The minutes are adopted at a later meeting of the same series that was held."""
    later = pointed(scope, meeting.values.get("adopted_at"))
    if later is None:
        return
    fits = series_of(later) == series_of(meeting) and later.entry.dated_on > meeting.entry.dated_on
    if not fits or later.entry.state not in WAS_HELD:
        why = _("{meeting} รับรองรายงานนี้ไม่ได้").format(meeting=later.entry.title)
        yield Fault("adopted_at", "CANNOT_ADOPT", why, _("เลือกการประชุมครั้งถัดไปของประเภทเดียวกันที่ประชุมแล้ว"))


def why_not_move(scope: Scope, register: Register, entry: Entry, move: Move) -> str:
    """Nothing is held before its day; minutes are adopted when the list and every resolution are there."""
    if move.key == "hold" and entry.dated_on > scope.today:
        return _("ยังไม่ถึงวันประชุม")
    if move.key != "adopt":
        return ""
    roles = [one.text("role") for one in attendance_of(entry)]
    if not any(role in CAME for role in roles):
        return _("ยังไม่มีรายชื่อผู้มาประชุม")
    if "invited" in roles:
        return to_thai(_("ยังไม่บันทึกการมาประชุม {n} คน").format(n=roles.count("invited")))
    open_ = [one.text("subject") for one in items_of(entry) if not one.text("resolution")]
    return _("ยังไม่บันทึกมติ: {subjects}").format(subjects=listed(open_)) if open_ else ""


# --- what is to be looked at ----------------------------------------------------------------------------------------
def notices(scope: Scope, register: Register, year: int) -> list[Notice]:
    """Name months without a meeting, minutes nobody adopted, committees without an order, work past its day."""
    rows = meetings_of(scope, (year,))
    found = [*_without(scope, rows, year), *_not_adopted(rows), *_no_order(scope, rows)]
    items = [one for row in rows if row.entry.state in WAS_HELD for one in items_of(row.entry)]
    return [Notice(text) for text in (*found, *meeting_items.missed_told(scope, items))]


def _without(scope: Scope, rows: list[Row], year: int) -> Iterator[str]:
    """Name the months that are over and had no meeting; of all staff only where the office holds such meetings."""
    for kind in _MONTHLY:
        own = [one for one in rows if one.text("kind") == kind]
        if kind == STAFF and not own:
            continue
        held = {one.entry.month for one in own if one.entry.state in WAS_HELD}
        why = {one.entry.month: _reason(one) for one in own if one.entry.state == SKIPPED}
        missing = [
            f"{MONTHS_SHORT[month % 100 - 1]} {month // 100 + BE_OFFSET}{why.get(month, '')}"
            for month in _months(year, scope.today)
            if month not in held
        ]
        if missing:
            name = own[0].label("kind") if own else _("หัวหน้าส่วนราชการประจำเดือน")
            told = _("ไม่มีการประชุม{kind} {n} เดือน: {months}")
            yield to_thai(told.format(kind=name, n=len(missing), months=listed(missing, 12, "{}")))


def _months(year: int, today: date) -> Iterator[int]:
    """Give the months of a fiscal year that are over, as 202603."""
    span = fiscal_year(year)
    month = span.start.year * 12 + span.start.month - 1
    while month < min(span.end.year * 12 + span.end.month, today.year * 12 + today.month - 1):
        yield month // 12 * 100 + month % 12 + 1
        month += 1


def _reason(meeting: Row) -> str:
    made = EntryMove.objects.filter(entry=meeting.entry, to=SKIPPED).last()
    return _(" (งด: {why})").format(why=made.note) if made and made.note else ""


def _not_adopted(rows: list[Row]) -> Iterator[str]:
    for number, one in enumerate(rows):
        later = any(series_of(each) == series_of(one) and each.entry.state in WAS_HELD for each in rows[number + 1 :])
        if one.entry.state == HELD and later:
            yield to_thai(_("{meeting} ยังไม่ได้รับรองรายงาน ทั้งที่ประชุมครั้งถัดไปแล้ว").format(meeting=one.entry.title))


def _no_order(scope: Scope, rows: list[Row]) -> Iterator[str]:
    for one in rows:
        if one.text("kind") == COMMITTEE and one.entry.state in (PLANNED, CALLED):
            why = why_no_committee(scope, one.text("name"), one.entry.dated_on)
            if why:
                yield f"{one.entry.title}: {why}"


# --- page and papers ------------------------------------------------------------------------------------------------
def picture(scope: Scope, register: Register, entry: Entry | None) -> SafeString:
    """Show agenda and attendance on the page of a meeting."""
    if entry is None:
        return SafeString("")
    meeting = row_of(entry)
    why = ""
    if meeting.text("kind") == COMMITTEE:
        why = why_no_committee(scope, meeting.text("name"), entry.dated_on)
    warned = _meeting_page.warned(why) if why else SafeString("")
    return format_html("{}{}", warned, _meeting_page.drawn(scope, entry))


def papers(scope: Scope, register: Register, entry: Entry) -> Mapping[str, Records]:
    """A call while the meeting is to come; its minutes once it was held."""
    call, minutes = partial(_meeting_papers.call, scope, entry), partial(_meeting_papers.minutes, scope, entry)
    if entry.state in (PLANNED, CALLED):
        return {"meeting-call": call}
    return {"meeting-call": call, "minutes": minutes} if entry.state in WAS_HELD else {}
