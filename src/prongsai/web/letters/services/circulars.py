"""Sending circulars round: made, sent, opened, acknowledged on the screen, closed. On paper: ``services.sheets``."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies import journal
from prongsai.web.agencies.models import Person
from prongsai.web.agencies.scope import Scope
from prongsai.web.letters.models import Circular, Letter, LetterState, Receipt, Standing
from prongsai.web.letters.queries import circulars as queries
from prongsai.web.letters.services.reminders import remind, remind_due
from prongsai.web.letters.services.sheets import enter_sheet, take_back_sheet

__all__ = [
    "acknowledge",
    "add_circular",
    "change_circular",
    "close_circular",
    "drop_circular",
    "enter_sheet",
    "open_circular",
    "remind",
    "remind_due",
    "reopen_circular",
    "send_circular",
    "take_back_sheet",
]
_TO = ("units", "posts", "people")
_LISTS = (*_TO, "evidence")
_AFTER_SENDING = frozenset({"due_on", "to_everybody", "binds_joiners", *_TO})


# --- making ---------------------------------------------------------------------------------------------------------
@transaction.atomic
def add_circular(scope: Scope, *, letter: Letter | None = None, **values: Any) -> Circular:
    """Make a draft. letter: a signed one, from which number, day and subject are taken.

    values: fields of the circular; ``units``, ``posts``, ``people`` and ``evidence`` as lists. Raises ValidationError:
    also for a secret letter, one not signed, one of another agency, and when nobody is named.
    """
    journal.take_turn(scope.agency)
    lists, fields = _parted(values)
    circular = Circular(agency=scope.agency, letter=letter, made_by=scope.user, **fields)
    if letter is not None:
        _copy(letter, circular)
    _check(scope, circular, lists)
    journal.create(scope, circular, "circular.add")
    _fill(scope, circular, lists)
    return circular


@transaction.atomic
def change_circular(scope: Scope, *, circular: Circular, version: int | None, **values: Any) -> Circular:
    """Change a draft; of one that is sent only whom it goes to and until when. Raises Stale, ValidationError."""
    current = _turn(scope, circular)
    if current.closed_on:
        raise ValidationError(_("หนังสือเวียนนี้ปิดแล้ว แก้ไขไม่ได้"))
    if current.sent_on and not values.keys() <= _AFTER_SENDING:
        raise ValidationError(_("ส่งเวียนแล้ว แก้เนื้อหาไม่ได้ เพราะมีผู้อ่านไปแล้ว ให้ทำเรื่องเวียนใหม่"))
    if version is not None and current.version != version:
        raise journal.Stale(current)
    lists, fields = _parted(values)
    if current.letter_id:
        fields = {name: value for name, value in fields.items() if name not in ("number_text", "dated", "title")}
    _check(scope, _as_it_will_be(current, fields), lists)
    seen = current.version
    journal.change(scope, current, "circular.change", **fields)
    if _fill(scope, current, lists) and current.version == seen:
        # Its lists are no columns of its own, and are changed all the same.
        Circular.objects.filter(pk=current.pk).update(version=models.F("version") + 1)
    current.refresh_from_db(fields=["version"])
    return current


def _as_it_will_be(current: Circular, fields: Mapping[str, Any]) -> Circular:
    names = {field.attname: getattr(current, field.attname) for field in current._meta.concrete_fields}
    after = Circular(**names)
    for name, value in fields.items():
        setattr(after, name, value)
    return after


@transaction.atomic
def drop_circular(scope: Scope, *, circular: Circular, version: int | None) -> None:
    """Throw a draft away; the journal keeps what it was. Raises Stale, ValidationError once it is sent."""
    current = _turn(scope, circular)
    if version is not None and current.version != version:
        raise journal.Stale(current)
    if current.sent_on:
        raise ValidationError(_("ส่งเวียนแล้ว ทิ้งไม่ได้ ให้ปิดแทน"))
    journal.delete(scope, current, "circular.drop")


@transaction.atomic
def send_circular(scope: Scope, *, circular: Circular, version: int | None) -> Circular:
    """Send a draft round, today. Raises Stale, ValidationError when there is nothing to read or nobody to read it."""
    current = _turn(scope, circular)
    if current.sent_on:
        raise ValidationError(_("ส่งเวียนไปแล้ว"))
    if current.letter is not None:
        _check_letter(scope, current.letter)
    if not (current.message or queries.enclosed(current)):
        raise ValidationError(_("ยังไม่มีสิ่งที่ให้อ่าน แนบไฟล์หรือพิมพ์ข้อความก่อน"))
    if not queries.stand_of(current, scope.today).audience:
        raise ValidationError(_("วันนี้ไม่มีบุคลากรคนใดอยู่ในกลุ่มที่เลือก ตรวจทะเบียนบุคลากรหรือเลือกผู้รับใหม่"))
    return journal.change(scope, current, "circular.send", version=version, sent_on=scope.today)


# --- reading --------------------------------------------------------------------------------------------------------
@transaction.atomic
def open_circular(scope: Scope, *, circular: Circular) -> Receipt | None:
    """Write down that who asks has opened it, the first time; None for those whom it does not bind."""
    current = _turn(scope, circular)
    if not queries.may_acknowledge(scope, current):
        return None
    receipt = _receipt(scope, current)
    if receipt.read_at:
        return receipt
    return _written(scope, receipt, "circular.read", read_at=timezone.now())


@transaction.atomic
def acknowledge(scope: Scope, *, circular: Circular) -> Receipt:
    """Write down that who asks acknowledges it, today; a second time changes nothing. It was read, too.

    Raises ValidationError for who is not bound, and once it is closed.
    """
    current = _turn(scope, circular)
    if not queries.may_acknowledge(scope, current):
        raise ValidationError(_("หนังสือเวียนนี้ปิดแล้ว หรือไม่ได้ส่งถึงท่าน"))
    receipt, now = _receipt(scope, current), timezone.now()
    if receipt.acknowledged_on:
        return receipt
    done = {"read_at": receipt.read_at or now, "acknowledged_on": scope.today, "acknowledged_at": now}
    return _written(scope, receipt, "circular.acknowledge", **done)


def _receipt(scope: Scope, circular: Circular) -> Receipt:
    found = Receipt.objects.filter(circular=circular, person=scope.person).first()
    return found or Receipt(circular=circular, person=scope.person)


def _written(scope: Scope, receipt: Receipt, action: str, **values: Any) -> Receipt:
    if receipt.pk:
        return journal.change(scope, receipt, action, **values)
    for name, value in values.items():
        setattr(receipt, name, value)
    return journal.create(scope, receipt, action)


# --- closing --------------------------------------------------------------------------------------------------------
@transaction.atomic
def close_circular(scope: Scope, *, circular: Circular, version: int | None) -> Circular:
    """Close it: its figures and its list stay those of today, whatever the staff register learns later.

    Raises Stale, ValidationError.
    """
    current = _turn(scope, circular)
    if current.sent_on is None or current.closed_on:
        raise ValidationError(_("ปิดได้เฉพาะหนังสือเวียนที่ส่งแล้วและยังไม่ปิด"))
    stand = queries.stand_of(current, scope.today)
    journal.change(scope, current, "circular.close", version=version, closed_on=scope.today)
    _freeze(current, stand.audience, Standing.COUNTED)
    _freeze(current, stand.left, Standing.LEFT)
    told = {"acknowledged": stand.counts.acknowledged, "audience": stand.counts.audience, "left": stand.counts.left}
    journal.note(scope, "circular.close", current, {name: (None, n) for name, n in told.items()})
    return current


def _freeze(circular: Circular, people: Iterable[int], standing: Standing) -> None:
    wanted = set(people)
    known = list(Receipt.objects.filter(circular=circular))
    own = [one for one in known if one.person_id in wanted]
    for receipt in own:
        receipt.standing = standing
    Receipt.objects.bulk_update(own, ["standing"], batch_size=journal.BATCH)
    new = wanted - {one.person_id for one in own}
    rows = [Receipt(circular=circular, person_id=person, standing=standing) for person in sorted(new)]
    Receipt.objects.bulk_create(rows, batch_size=journal.BATCH)


@transaction.atomic
def reopen_circular(scope: Scope, *, circular: Circular, version: int | None, reason: str) -> Circular:
    """Open a closed one again because something was entered wrongly. Raises Stale, ValidationError without a reason."""
    current = _turn(scope, circular)
    if not current.closed_on:
        raise ValidationError(_("หนังสือเวียนนี้ยังไม่ปิด"))
    if not reason.strip():
        raise ValidationError({"reason": _("บอกเหตุผลที่เปิดใหม่")})
    journal.change(scope, current, "circular.reopen", version=version, closed_on=None)
    journal.note(scope, "circular.reopen", current, {"reason": (None, reason.strip())})
    receipts = Receipt.objects.filter(circular=current)
    receipts.filter(read_at=None, acknowledged_on=None).delete()
    receipts.update(standing="")
    return current


# --- checks ---------------------------------------------------------------------------------------------------------
def _turn(scope: Scope, circular: Circular) -> Circular:
    """Take the turn at the agency's journal, then look at the circular as it is now."""
    journal.take_turn(scope.agency)
    found = Circular.objects.filter(pk=circular.pk, agency=scope.agency).select_related("agency", "letter").first()
    if found is None:
        raise ValidationError(_("ไม่พบหนังสือเวียนนี้ อาจถูกทิ้งไปแล้ว"))
    return found


def _copy(letter: Letter, circular: Circular) -> None:
    circular.number_text = str(letter.number or "")
    circular.dated, circular.title = letter.dated, letter.subject
    circular.unit = circular.unit or letter.unit


def _check(scope: Scope, circular: Circular, lists: Mapping[str, Sequence[models.Model]]) -> None:
    if circular.letter is not None:
        _check_letter(scope, circular.letter)
    named = [circular.unit, *(one for some in lists.values() for one in some)]
    if any(getattr(one, "agency_id", scope.agency.pk) != scope.agency.pk for one in named):
        raise ValidationError(_("ส่วนราชการ ตำแหน่ง บุคคล และหลักฐานต้องเป็นของหน่วยงานนี้"))
    if any(isinstance(one, Person) and one.merged_into_id for one in named):
        raise ValidationError(_("มีชื่อที่รวมเป็นบุคคลอื่นแล้ว เลือกชื่อใหม่"))
    if not circular.to_everybody and not any(_is_named(circular, lists, name) for name in _TO):
        raise ValidationError(_("เลือกผู้รับ: ทุกคน หรือส่วนราชการ ตำแหน่ง หรือบุคคลอย่างน้อยหนึ่งรายการ"))


def _is_named(circular: Circular, lists: Mapping[str, Sequence[models.Model]], name: str) -> bool:
    if name in lists:
        return bool(lists[name])
    return bool(circular.pk) and bool(getattr(circular, name).exists())


def _check_letter(scope: Scope, letter: Letter) -> None:
    if letter.agency_id != scope.agency.pk:
        raise ValidationError(_("หนังสือต้องเป็นของหน่วยงานนี้"))
    if letter.secrecy:
        raise ValidationError({"letter": _("หนังสือลับเวียนไม่ได้ ส่งให้ผู้มีสิทธิรู้ทีละคน")})
    if letter.state != LetterState.SIGNED:
        raise ValidationError({"letter": _("เวียนได้เฉพาะหนังสือที่ลงนามแล้วและยังไม่มีฉบับใหม่แทน")})


def _parted(values: Mapping[str, Any]) -> tuple[dict[str, list[models.Model]], dict[str, Any]]:
    lists = {name: list(values[name]) for name in _LISTS if name in values}
    return lists, {name: value for name, value in values.items() if name not in _LISTS}


def _fill(scope: Scope, circular: Circular, lists: Mapping[str, Sequence[models.Model]]) -> bool:
    """Set the lists; say whether any changed. The journal tells the keys of what stands in them."""
    changes = {}
    for name, wanted in lists.items():
        related = getattr(circular, name)
        before, after = {one.pk for one in related.all()}, {one.pk for one in wanted}
        if before != after:
            related.set(wanted)
            changes[name] = (sorted(before), sorted(after))
    if changes:
        journal.note(scope, "circular.change", circular, changes)
    return bool(changes)
