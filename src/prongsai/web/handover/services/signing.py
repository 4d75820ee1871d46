"""Both signatures of a handover: re-entered in the system, or on paper. With the second what is moved is moved."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from prongsai.web.agencies import journal
from prongsai.web.agencies.models import Person
from prongsai.web.agencies.scope import Scope
from prongsai.web.evidence.models import File
from prongsai.web.handover.models import Handover, HandoverState
from prongsai.web.handover.queries.handovers import rights_of
from prongsai.web.handover.queries.printing import position_of
from prongsai.web.handover.queries.rows import row_of
from prongsai.web.handover.services.moving import move_all
from prongsai.web.handover.services.printing import keep_list
from prongsai.web.handover.services.writing import frozen, hash_of, hold_people, taken
from prongsai.web.letters.models import Method


# --- in the system --------------------------------------------------------------------------------------------------
@transaction.atomic
def give(
    scope: Scope, *, handover: Handover, version: int | None, seen: str, method: Method | str, reason: str = ""
) -> Handover:
    """Sign for handing over; the list is frozen with it.

    By the giver; where they are gone or cannot, by the head of the unit or who keeps the staff register, with the
    reason. seen: ``hash_of`` what was shown. Raises Stale, ValidationError. Who signs was asked to confirm it before.
    """
    found = taken(scope, handover, version)
    _hold_giving(scope, found, reason)
    list_now = {} if found.frozen_at else frozen(scope, found)
    if hash_of(found, map(row_of, list_now.get("rows", found.rows))) != seen:
        raise journal.Stale(found)
    assert scope.person
    is_own = scope.person.pk == found.giver_id
    return journal.change(
        scope,
        found,
        "handover.give",
        **list_now,
        **_given(found, scope.person, "" if is_own else reason.strip(), method, scope.today),
    )


def _given(found: Handover, person: Person, reason: str, method: Method | str, day: date) -> dict[str, Any]:
    return {
        "state": HandoverState.GIVEN,
        "given_by": person,
        "given_reason": reason,
        "given_method": method,
        "given_on": day,
        "given_at": timezone.now(),
        "given_as": position_of(found, person, day),
    }


def _hold_giving(scope: Scope, handover: Handover, reason: str) -> None:
    if handover.state != HandoverState.DRAFT:
        raise ValidationError(_("ลงนามส่งมอบไปแล้ว"))
    rights = rights_of(scope, handover)
    if scope.person is None or not rights.give:
        raise ValidationError(_("ผู้ลงนามส่งมอบต้องเป็น {who} หรือหัวหน้าส่วนราชการแทน").format(who=handover.giver))
    if rights.instead and not reason.strip():
        raise ValidationError({"reason": _("บอกเหตุผลที่ลงนามแทนผู้ส่งมอบ เช่น พ้นจากงานไปแล้ว")})
    hold_people(handover.giver, handover.taker, handover.effective_on)


def take(scope: Scope, *, handover: Handover, version: int | None, seen: str, method: Method | str) -> Handover:
    """Sign for taking over; everything that the software moves is the taker's with it, in the same transaction.

    Raises Stale, ValidationError. Who signs was asked to confirm it before.
    """
    return keep_list(scope, _take(scope, handover, version, seen, method))


@transaction.atomic
def _take(scope: Scope, handover: Handover, version: int | None, seen: str, method: Method | str) -> Handover:
    found = taken(scope, handover, version)
    if found.state != HandoverState.GIVEN:
        raise ValidationError(_("ผู้ส่งมอบยังไม่ได้ลงนาม") if found.state == HandoverState.DRAFT else _("รับมอบไปแล้ว"))
    if scope.person is None or scope.person.pk != found.taker_id:
        raise ValidationError(_("ผู้ลงนามรับมอบต้องเป็น {who}").format(who=found.taker))
    _hold_day(scope, found)
    if hash_of(found, map(row_of, found.rows)) != seen:
        raise journal.Stale(found)
    return _done(scope, found, method, scope.today)


def _hold_day(scope: Scope, handover: Handover) -> None:
    if scope.today < handover.effective_on:
        raise ValidationError(_("ยังไม่ถึงวันที่ส่งมอบ ลงนามรับมอบได้ตั้งแต่วันนั้น"))


def _done(scope: Scope, found: Handover, method: Method | str, day: date, **more: Any) -> Handover:
    """Put the second signature, and move what is to be moved."""
    hold_people(found.giver, found.taker, found.effective_on)
    return journal.change(
        scope,
        found,
        "handover.take",
        state=HandoverState.TAKEN,
        moved=move_all(scope, found),
        taken_method=method,
        taken_on=day,
        taken_at=timezone.now(),
        taken_as=position_of(found, found.taker, day),
        **more,
    )


# --- on paper -------------------------------------------------------------------------------------------------------
def enter_scan(
    scope: Scope, *, handover: Handover, version: int | None, scan: File, given_on: date, taken_on: date
) -> Handover:
    """Enter the list as both signed it in ink; what is moved is moved with it.

    given_on, taken_on: the days on the paper. Only for a list that was closed before it was printed: it must be the one
    that was signed. Where the giver has signed in the system already, given_on is left as it is. Raises Stale,
    ValidationError.
    """
    return keep_list(scope, _enter(scope, handover, version, scan, given_on, taken_on))


@transaction.atomic
def _enter(
    scope: Scope, handover: Handover, version: int | None, scan: File, given_on: date, taken_on: date
) -> Handover:
    found = taken(scope, handover, version)
    _hold_scan(scope, found, scan, given_on, taken_on)
    if found.state == HandoverState.DRAFT:
        values = _given(found, found.giver, "", Method.SCAN, given_on)
        found = journal.change(scope, found, "handover.give", scan=scan, **values)
    return _done(scope, found, Method.SCAN, taken_on, scan=scan)


def _hold_scan(scope: Scope, found: Handover, scan: File, given_on: date, taken_on: date) -> None:
    if not rights_of(scope, found).scan:
        raise ValidationError(_("ปิดรายการก่อน แล้วพิมพ์ให้ทั้งสองฝ่ายลงนามในฉบับนั้น"))
    if scan.agency_id != scope.agency.pk or scan.erased_at:
        raise ValidationError({"scan": _("ไฟล์นี้ใช้แนบไม่ได้")})
    given = found.given_on or given_on
    if max(given_on, taken_on) > scope.today:
        raise ValidationError({"taken_on": _("วันที่ลงนามยังมาไม่ถึง")})
    if taken_on < given or taken_on < found.effective_on:
        raise ValidationError({"taken_on": _("วันที่ลงนามรับมอบอยู่ก่อนวันที่ส่งมอบ")})
    assert found.frozen_at
    if given < timezone.localdate(found.frozen_at):
        raise ValidationError({"given_on": _("วันที่ลงนามอยู่ก่อนวันที่ปิดรายการ กระดาษที่ลงนามต้องเป็นฉบับที่พิมพ์หลังปิดรายการ")})


# --- back -----------------------------------------------------------------------------------------------------------
@transaction.atomic
def recall(scope: Scope, *, handover: Handover, version: int | None) -> Handover:
    """Take the first signature back while the second is not there; the list is open again. Raises Stale."""
    found = taken(scope, handover, version)
    if not rights_of(scope, found).recall:
        raise ValidationError(_("ถอนการลงนามได้ก่อนผู้รับมอบลงนามเท่านั้น"))
    return journal.change(scope, found, "handover.recall", **_unsigned())


def _unsigned() -> dict[str, Any]:
    texts = dict.fromkeys(("given_reason", "given_method", "given_as"), "")
    nothing = dict.fromkeys(("frozen_at", "given_by", "given_on", "given_at"))
    return {"state": HandoverState.DRAFT, "rows": [], **texts, **nothing}
