"""To whom a letter goes, one record each; when it was sent, and when and by whom it was received."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from prongsai.thai.text import fold
from prongsai.web.agencies import journal
from prongsai.web.agencies.queries import resolve_owner
from prongsai.web.agencies.scope import Scope
from prongsai.web.letters.models import Delivery, Letter, LetterState, Way

_SIGNED = (LetterState.SIGNED, LetterState.REPLACED)


@transaction.atomic
def plan_deliveries(scope: Scope, *, letter: Letter, to: Sequence[str]) -> tuple[Delivery, ...]:
    """Give every addressee a record: those that are there stay, and what was not sent and is no more meant goes."""
    journal.take_turn(scope.agency)
    had = {fold(one.to): one for one in letter.deliveries.filter(note="")}
    wanted = {fold(name): name for name in to}
    for key, one in had.items():
        if key not in wanted and one.sent_on is None:
            journal.delete(scope, one, "delivery.drop")
    known = {fold(name) for name in letter.deliveries.values_list("to", flat=True)}
    new = [(place, name) for place, (key, name) in enumerate(wanted.items()) if key not in known]
    return tuple(_plan(scope, letter, name, place) for place, name in new)


@transaction.atomic
def add_delivery(scope: Scope, *, letter: Letter, to: str, note: str) -> Delivery:
    """Add somebody to whom a letter goes beside those it names (สำเนาคู่ฉบับ); note says why. Raises ValidationError."""
    journal.take_turn(scope.agency)
    if not note.strip():
        raise ValidationError({"note": _("บอกว่าส่งให้ในฐานะใด เช่น สำเนาเพื่อทราบ")})
    if fold(to) in {fold(name) for name in letter.deliveries.values_list("to", flat=True)}:
        raise ValidationError({"to": _("มีผู้รับรายนี้แล้ว")})
    return _plan(scope, letter, to, letter.deliveries.count(), note=note.strip())


def _plan(scope: Scope, letter: Letter, name: str, place: int, **values: Any) -> Delivery:
    owner = resolve_owner(scope.agency, name)
    way = Way.HERE if owner.unit or owner.post else Way.SARABAN
    made = Delivery(letter=letter, to=name.strip(), unit=owner.unit, post=owner.post, way=way, place=place, **values)
    return journal.create(scope, made, "delivery.plan")


@transaction.atomic
def send_delivery(
    scope: Scope, *, delivery: Delivery, version: int | None, way: str, sent_on: date, note: str = ""
) -> Delivery:
    """Say that a signed letter went to an addressee, and how. Raises Stale, ValidationError."""
    letter = delivery.letter
    if letter.state not in _SIGNED:
        raise ValidationError(_("ส่งได้เมื่อหนังสือลงนามแล้ว"))
    if sent_on > scope.today or (letter.dated and sent_on < letter.dated):
        raise ValidationError({"sent_on": _("วันที่ส่งต้องไม่ก่อนวันที่ของหนังสือ และไม่เกินวันนี้")})
    values = {"way": way, "sent_on": sent_on, "note": note.strip()}
    return journal.change(scope, delivery, "delivery.send", version=version, **values)


@transaction.atomic
def receive_delivery(
    scope: Scope, *, delivery: Delivery, version: int | None, received_on: date, received_by: str, note: str = ""
) -> Delivery:
    """Say that an addressee got a letter, and who took it. Raises Stale, ValidationError."""
    if delivery.sent_on is None:
        raise ValidationError(_("ยังไม่ได้บันทึกว่าส่งแล้ว"))
    if not delivery.sent_on <= received_on <= scope.today:
        raise ValidationError({"received_on": _("วันที่รับต้องไม่ก่อนวันที่ส่ง และไม่เกินวันนี้")})
    if not received_by.strip():
        raise ValidationError({"received_by": _("ใส่ชื่อผู้รับ")})
    values = {"received_on": received_on, "received_by": received_by.strip(), "note": note.strip()}
    return journal.change(scope, delivery, "delivery.receive", version=version, **values)


@transaction.atomic
def enter_delivery(
    scope: Scope,
    *,
    delivery: Delivery,
    version: int | None,
    way: str,
    sent_on: date,
    received_on: date | None = None,
    received_by: str = "",
    note: str = "",
) -> Delivery:
    """Say when a letter went and, where it is known, when it got there. Raises Stale, ValidationError."""
    send_delivery(scope, delivery=delivery, version=version, way=way, sent_on=sent_on, note=note)
    if received_on is None:
        return delivery
    return receive_delivery(
        scope, delivery=delivery, version=None, received_on=received_on, received_by=received_by, note=note
    )
