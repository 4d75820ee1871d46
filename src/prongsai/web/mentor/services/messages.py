"""What an office writes to agencies that take part, and what they answer, once each."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from prongsai.web.agencies import journal
from prongsai.web.agencies.scope import Scope
from prongsai.web.mentor.access import Desk
from prongsai.web.mentor.models import Message, Participation, Receipt

BATCH = 1000


@transaction.atomic
def send(desk: Desk, *, subject: str, text: str, due_on: date | None, agencies: Iterable[int], to_text: str) -> Message:
    """Write to agencies, given by their keys; those that do not take part get nothing.

    to_text: whom it was meant for, in words. Raises ValidationError, also where nobody is left to get it.
    """
    journal.take_turn(None)
    if due_on and due_on < desk.today:
        raise ValidationError({"due_on": _("วันที่ให้ตอบผ่านไปแล้ว")})
    there = Participation.objects.filter(office=desk.office, left_on__isnull=True).values_list("agency", flat=True)
    wanted = sorted(set(agencies) & set(there))
    if not wanted:
        raise ValidationError(_("ไม่มีหน่วยงานที่จะรับข้อความนี้"))
    message = Message(
        office=desk.office,
        subject=subject,
        text=text,
        due_on=due_on,
        to_text=to_text,
        sent_by=desk.mentor,
        sent_at=timezone.now(),
    )
    journal.create(desk.keeper, message, "mentor_message.send")
    Receipt.objects.bulk_create((Receipt(message=message, agency_id=agency) for agency in wanted), batch_size=BATCH)
    return message


@transaction.atomic
def acknowledge(scope: Scope, *, receipt: Receipt) -> Receipt:
    """Say that a message was read; the first time counts."""
    journal.take_turn(scope.agency)
    receipt.refresh_from_db()
    if receipt.read_at:
        return receipt
    return journal.change(scope, receipt, "mentor_message.acknowledge", read_at=timezone.now(), read_by=scope.user)


@transaction.atomic
def answer(scope: Scope, *, receipt: Receipt, text: str) -> Receipt:
    """Answer a message, once. Raises ValidationError for a second answer, and where the office was left."""
    journal.take_turn(scope.agency)
    receipt.refresh_from_db()
    if receipt.answered_at:
        raise ValidationError(_("ตอบข้อความนี้ไปแล้ว ตอบได้ครั้งเดียว"))
    open_ones = Participation.objects.filter(office=receipt.message.office_id, left_on__isnull=True)
    if not open_ones.filter(agency=scope.agency).exists():
        raise ValidationError(_("หน่วยงานของท่านออกจากหน่วยงานพี่เลี้ยงนี้ไปแล้ว จึงตอบไม่ได้"))
    now = timezone.now()
    values: dict[str, Any] = {"answer": text, "answered_at": now, "answered_by": scope.user}
    if not receipt.read_at:
        values |= {"read_at": now, "read_by": scope.user}
    return journal.change(scope, receipt, "mentor_message.answer", **values)
