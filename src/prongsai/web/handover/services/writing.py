"""Beginning a handover, changing it, closing its list so that it can be signed, dropping it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from prongsai.thai.dates import format_date
from prongsai.web.agencies import journal
from prongsai.web.agencies.models import Person
from prongsai.web.agencies.scope import Scope
from prongsai.web.handover.models import Handover, HandoverState
from prongsai.web.handover.queries.gathering import live_rows, rows_of
from prongsai.web.handover.queries.giver import giver_of
from prongsai.web.handover.queries.rows import Row
from prongsai.web.letters.seals import digest

FIELDS = ("taker", "reason", "effective_on", "note", "extra")
EXTRA_MAX, LEFT_OUT_MAX = 100, 1000


@transaction.atomic
def start_handover(
    scope: Scope, *, giver: Person, taker: Person, reason: str, effective_on: date, note: str = ""
) -> Handover:
    """Begin a handover. Raises ValidationError for the wrong people, and where one of the same two is under way."""
    journal.take_turn(scope.agency)
    hold_people(giver, taker, effective_on)
    open_ones = Handover.objects.filter(agency=scope.agency, giver=giver, taker=taker)
    if open_ones.exclude(state=HandoverState.TAKEN).exists():
        raise ValidationError(_("มีการส่งมอบระหว่างสองท่านนี้ที่ยังไม่แล้วเสร็จ ใช้รายการนั้นต่อ"))
    made = Handover(
        agency=scope.agency,
        giver=giver,
        taker=taker,
        unit=giver_of(scope.agency, giver, min(scope.today, effective_on)).unit,
        reason=reason.strip(),
        effective_on=effective_on,
        note=note.strip(),
        made_by=scope.user,
    )
    return journal.create(scope, made, "handover.start")


def hold_people(giver: Person, taker: Person, effective_on: date) -> None:
    """Refuse somebody who cannot take over. Raises ValidationError."""
    if giver.pk == taker.pk:
        raise ValidationError({"taker": _("ผู้รับมอบต้องเป็นคนละคนกับผู้ส่งมอบ")})
    if taker.agency_id != giver.agency_id:
        raise ValidationError({"taker": _("ผู้รับมอบต้องเป็นบุคลากรของหน่วยงานนี้")})
    if taker.merged_into_id or giver.merged_into_id:
        raise ValidationError({"taker": _("ชื่อนี้รวมเข้ากับอีกชื่อหนึ่งในทะเบียนบุคลากรแล้ว เลือกชื่อที่ใช้อยู่")})
    if taker.left_on and taker.left_on < effective_on:
        day = format_date(taker.left_on)
        raise ValidationError({"taker": _("{who} พ้นจากงานแล้วตั้งแต่ {day} รับมอบไม่ได้").format(who=taker, day=day)})
    if taker.joined_on and taker.joined_on > effective_on:
        day = format_date(taker.joined_on)
        raise ValidationError({"taker": _("{who} เริ่มงาน {day} หลังวันที่ส่งมอบ").format(who=taker, day=day)})


@transaction.atomic
def change_handover(scope: Scope, *, handover: Handover, version: int | None, **values: Any) -> Handover:
    """Change what is said of a handover: ``FIELDS``; its list is open again. Raises Stale, ValidationError."""
    if unknown := sorted(set(values) - set(FIELDS)):
        raise TypeError(f"a handover has no {unknown}")
    found = taken(scope, handover, version)
    _hold_draft(found)
    hold_people(found.giver, values.get("taker", found.taker), values.get("effective_on", found.effective_on))
    if "extra" in values:
        values["extra"] = _extra(values["extra"])
    return journal.change(scope, found, "handover.change", rows=[], frozen_at=None, **values)


def _extra(given: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    rows = [_row(one) for one in given if one.get("title", "").strip()]
    if len(rows) > EXTRA_MAX:
        raise ValidationError({"extra": _("เพิ่มได้ไม่เกิน ๑๐๐ เรื่อง")})
    return rows


def _row(one: Mapping[str, Any]) -> dict[str, Any]:
    about = one.get("about", "").strip()
    return {"title": one["title"].strip(), "about": about, "due_on": _iso(one.get("due_on")), "note": ""}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


@transaction.atomic
def leave_out(scope: Scope, *, handover: Handover, version: int | None, keys: Iterable[str]) -> Handover:
    """Say which things are no part of it, because somebody else takes them over. Raises Stale, ValidationError.

    keys: of what the giver has now, or was left out before; others are nobody's here and are passed over.
    """
    found = taken(scope, handover, version)
    _hold_draft(found)
    known = {*found.left_out, *(one.key for one in live_rows(found, scope.today))}
    left_out = sorted(known.intersection(keys))[:LEFT_OUT_MAX]
    return journal.change(scope, found, "handover.leave_out", left_out=left_out, rows=[], frozen_at=None)


@transaction.atomic
def freeze(scope: Scope, *, handover: Handover, version: int | None) -> Handover:
    """Close the list so that it can be printed and signed in ink; a change opens it again. Raises Stale."""
    found = taken(scope, handover, version)
    _hold_draft(found)
    return found if found.frozen_at else journal.change(scope, found, "handover.freeze", **frozen(scope, found))


def frozen(scope: Scope, handover: Handover) -> dict[str, Any]:
    """Give the list as it is now, as it is kept."""
    return {"rows": [one.kept() for one in rows_of(handover, scope.today)], "frozen_at": timezone.now()}


def hash_of(handover: Handover, rows: Iterable[Row]) -> str:
    """Hash what somebody who signs sees: people, day, words and every row."""
    return digest(
        {
            "giver": handover.giver_id,
            "taker": handover.taker_id,
            "effective_on": handover.effective_on.isoformat(),
            "reason": handover.reason,
            "note": handover.note,
            "rows": [one.kept() for one in rows],
        }
    )


@transaction.atomic
def drop_handover(scope: Scope, *, handover: Handover, version: int | None) -> None:
    """Take away a handover that nobody has signed. Raises Stale, ValidationError."""
    found = taken(scope, handover, version)
    _hold_draft(found)
    journal.delete(scope, found, "handover.drop")


def taken(scope: Scope, handover: Handover, version: int | None) -> Handover:
    """Take the turn and give a handover as it is now. Raises Stale when somebody else has changed it."""
    journal.take_turn(scope.agency)
    found = Handover.objects.select_related("agency", "giver", "taker", "unit").get(pk=handover.pk)
    if version is not None and found.version != version:
        raise journal.Stale(found)
    return found


def _hold_draft(handover: Handover) -> None:
    if handover.state != HandoverState.DRAFT:
        raise ValidationError(_("ลงนามส่งมอบแล้ว แก้รายการไม่ได้ ถ้าจำเป็นให้ถอนการลงนามก่อน"))
