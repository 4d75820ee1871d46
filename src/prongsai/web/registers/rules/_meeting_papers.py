"""What the papers of a meeting print: the call with its agenda, and the minutes (แบบที่ ๑๑)."""

from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import Any

from django.utils.translation import override

from prongsai.registers.model import Ref
from prongsai.thai.numerals import to_thai
from prongsai.web.agencies.models import Appointment
from prongsai.web.agencies.queries import signature_lines
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.registers.queries.library import kept_of
from prongsai.web.registers.rules._meetings import (
    CAME,
    COMMITTEE,
    HEADS,
    ITEMS,
    STAFF,
    Row,
    attendance_of,
    items_of,
    name_of,
    number_of,
    row_of,
    tasks_of,
)
from prongsai.web.registers.rules._rows import id_of

NOTHING = "ไม่มี"
UNRESOLVED = "(ยังไม่บันทึกมติ)"
CALLED_AS = {HEADS: "หัวหน้าส่วนราชการทุกส่วนราชการ", STAFF: "พนักงานทุกคน", COMMITTEE: "คณะกรรมการทุกท่าน"}


def parts_of_agenda(scope: Scope) -> list[tuple[str, str]]:
    """Give the parts of the agenda of every meeting (แบบที่ ๑๑), key and Thai title."""
    field = kept_of(scope, ITEMS).register.field_of("agenda")
    return [(one.key, one.label_th) for one in field.choices] if field else []


# --- people ---------------------------------------------------------------------------------------------------------
def positions(scope: Scope, people: Iterable[object], day: date) -> dict[int, str]:
    """Give the posts that people filled on a day, by person; one query, and one for each who acts."""
    wanted = {id_of(one) for one in people} - {None}
    held = Appointment.objects.filter(agency=scope.agency, person__in=wanted).on(day)
    found: dict[int, str] = {}
    for one in held.select_related("post", "person").order_by("post__place", "pk"):
        found.setdefault(one.person_id, " ".join(signature_lines(one, day)))
    return found


def signed(row: Row, key: str, posts: Mapping[int, str]) -> dict[str, str]:
    """Give somebody named in an entry as a place for a signature."""
    who = row.values.get(key)
    return {"name": row.text(key), "position": posts.get(id_of(who) or 0, "")}


# --- the call -------------------------------------------------------------------------------------------------------
@override("th")
def call(scope: Scope, entry: Entry) -> dict[str, Any]:
    """Give what the call of a meeting prints: when and where, and the agenda, each part with its subjects."""
    meeting = row_of(entry)
    number, year = number_of(meeting)
    posts = positions(scope, [meeting.values.get("secretary")], entry.dated_on)
    called = meeting.values.get("called_on")
    name = name_of(meeting)
    return {
        "office": str(entry.unit or scope.agency.name),
        "number": meeting.text("call_no"),
        "dated": called.isoformat() if isinstance(called, date) else None,
        "subject": to_thai(f"ขอเชิญประชุม{name} ครั้งที่ {number}/{year}"),
        "to": CALLED_AS.get(meeting.text("kind"), "ผู้เข้าประชุม"),
        "reasons": [f"ด้วย{scope.agency.name}กำหนดประชุม{name}"],
        "meeting": name,
        "meeting_no": number,
        "year_be": year,
        "held_on": entry.dated_on.isoformat(),
        "starts": _time(meeting, "begins"),
        "place": meeting.text("place"),
        "agenda": _subjects(scope, items_of(entry)),
        "closing": "โปรดทราบ และเข้าร่วมประชุมตามวันและเวลาดังกล่าว",
        "signer": signed(meeting, "secretary", posts),
    }


def _subjects(scope: Scope, items: list[Row]) -> list[str]:
    """Name each part of the agenda with its subjects, numbered as on the agenda."""
    lines = []
    for part, title in parts_of_agenda(scope):
        own = [one.text("subject") for one in items if one.text("agenda") == part]
        numbered = [to_thai(f"{part}.{place}") + f" {subject}" for place, subject in enumerate(own, 1)]
        lines.append(" ".join([title, *numbered]))
    return lines


# --- the minutes ----------------------------------------------------------------------------------------------------
@override("th")
def minutes(scope: Scope, entry: Entry) -> dict[str, Any]:
    """Give what the minutes of a meeting print; who came and who did not is what the list of attendance says."""
    meeting, rows = row_of(entry), attendance_of(entry)
    number, year = number_of(meeting)
    posts = positions(scope, [meeting.values.get("secretary"), meeting.values.get("checker")], entry.dated_on)
    return {
        "meeting": name_of(meeting),
        "number": number,
        "year_be": year,
        "held_on": entry.dated_on.isoformat(),
        "place": meeting.text("place"),
        "attendees": [_attendee(meeting, one) for one in _chair_first(meeting, rows)],
        "absentees": [{**_person(one), "reason": one.text("reason")} for one in rows if one.text("role") == "absent"],
        "guests": [_person(one) for one in rows if one.text("role") == "guest"],
        "opened": _time(meeting, "opened"),
        "agenda": agenda_of(scope, meeting),
        "closed": _time(meeting, "closed"),
        "taker": signed(meeting, "secretary", posts),
        "checker": signed(meeting, "checker", posts),
    }


def _time(meeting: Row, key: str) -> str | None:
    value = meeting.values.get(key)
    return f"{value:%H:%M}" if isinstance(value, time) else None


def _person(row: Row) -> dict[str, str]:
    return {"name": row.text("person") or row.text("name"), "position": row.text("position")}


def _is_chair(meeting: Row, row: Row) -> bool:
    chair, who = meeting.values.get("chair"), row.values.get("person")
    if not (isinstance(chair, Ref) and isinstance(who, Ref)):
        return False
    return chair.id == who.id if chair.id is not None else chair.text == who.text


def _chair_first(meeting: Row, rows: Iterable[Row]) -> list[Row]:
    return sorted((one for one in rows if one.text("role") in CAME), key=lambda one: not _is_chair(meeting, one))


def _attendee(meeting: Row, row: Row) -> dict[str, str]:
    told = _person(row)
    if _is_chair(meeting, row):
        told["position"] = f"{told['position']} ประธานในที่ประชุม"
    return {**told, "proxy_for": row.text("proxy_for")}


def agenda_of(scope: Scope, meeting: Row) -> list[dict[str, Any]]:
    """Give every part of the agenda with what was said and resolved in it; one query for what came of resolutions."""
    items = items_of(meeting.entry)
    followed = {pk for one in items if (pk := id_of(one.values.get("follows")))}
    before = [row_of(one) for one in Entry.objects.filter(agency=scope.agency, pk__in=followed)] if followed else []
    day = min(meeting.entry.dated_on, scope.today)
    told = {one.item.entry.pk: one.told(day) for one in tasks_of(scope, before)}
    return [
        _part(part, title, [one for one in items if one.text("agenda") == part], told)
        for part, title in parts_of_agenda(scope)
    ]


def _part(part: str, title: str, items: list[Row], told: Mapping[int, str]) -> dict[str, Any]:
    if not items:
        return {"title": title, "paragraphs": [], "resolution": NOTHING}
    paragraphs = []
    for place, one in enumerate(items, 1):
        paragraphs.append(to_thai(f"{part}.{place}") + f" {one.text('subject')}")
        paragraphs += [text for text in (told.get(id_of(one.values.get("follows")) or 0), one.text("text")) if text]
    said = [resolution_of(one) for one in items]
    if len(items) > 1:
        said = [to_thai(f"{part}.{place}") + f" {text}" for place, text in enumerate(said, 1)]
    return {"title": title, "paragraphs": _lines(paragraphs), "resolution": " ".join(_lines(said))}


def _lines(texts: Iterable[str]) -> list[str]:
    return [line.strip() for text in texts for line in text.splitlines() if line.strip()]


def resolution_of(item: Row) -> str:
    """Say what was resolved on an item."""
    kind, words = item.label("resolution"), item.text("resolved_text")
    if not kind:
        return UNRESOLVED
    return words if words.startswith(kind) else f"{kind} {words}".strip()
