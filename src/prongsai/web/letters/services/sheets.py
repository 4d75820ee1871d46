"""Lists that were signed in ink: entered by their scan, the names ticked and the signatures counted twice over."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies import journal
from prongsai.web.agencies.models import Person
from prongsai.web.agencies.scope import Scope
from prongsai.web.evidence.models import File
from prongsai.web.letters.models import Circular, PaperSheet, Receipt
from prongsai.web.letters.queries.audience import bound, staff_of
from prongsai.web.ui.templatetags.ui import thai_date, thai_digits

NAMES_TOLD = 5


@transaction.atomic
def enter_sheet(
    scope: Scope, *, circular: Circular, file: File, signed_on: date, n_signed: int, people: Iterable[Person]
) -> PaperSheet:
    """Enter a signed list: whoever is ticked has acknowledged on its day; who had before counts once, as before.

    n_signed: how many signatures stand on the paper. Raises ValidationError when that is not how many were ticked, for
    a day before it was sent or still to come, the same scan twice, and names whom it did not bind on that day.
    """
    current = _open(scope, circular)
    ticked = list({person.pk: person for person in people}.values())
    sheet = PaperSheet(circular=current, file=file, signed_on=signed_on, n_signed=n_signed, entered_by=scope.user)
    _check(scope, sheet, ticked)
    journal.create(scope, sheet, "circular.sheet")
    sheet.people.set(ticked)
    _sign(scope, sheet, ticked)
    return sheet


@transaction.atomic
def take_back_sheet(scope: Scope, *, sheet: PaperSheet, reason: str) -> PaperSheet:
    """Take a wrongly entered list back: its signatures count no more, unless they stand on another one.

    The sheet and its scan stay, with the reason. Raises ValidationError without one, and when it is closed.
    """
    current = _open(scope, sheet.circular)
    found = PaperSheet.objects.get(pk=sheet.pk, circular=current)
    if found.taken_back_at:
        raise ValidationError(_("บัญชีนี้ถอนไปแล้ว"))
    if not reason.strip():
        raise ValidationError({"reason": _("บอกเหตุผลที่ถอนบัญชี")})
    journal.change(scope, found, "circular.sheet_back", taken_back_at=timezone.now(), reason=reason.strip())
    freed = list(Receipt.objects.filter(sheet=found).select_related("person"))
    lines = [("circular.sheet_back", receipt, _cleared(receipt)) for receipt in freed]
    Receipt.objects.bulk_update(freed, ["acknowledged_on", "acknowledged_at", "sheet"], batch_size=journal.BATCH)
    journal.note_all(scope, lines)
    for other in PaperSheet.objects.filter(circular=current, taken_back_at=None).order_by("signed_on", "pk"):
        _sign(scope, other, list(other.people.filter(pk__in=[one.person_id for one in freed])))
    return found


def _open(scope: Scope, circular: Circular) -> Circular:
    journal.take_turn(scope.agency)
    current = Circular.objects.select_related("agency").get(pk=circular.pk, agency=scope.agency)
    if current.sent_on is None or current.closed_on:
        raise ValidationError(_("หนังสือเวียนนี้ยังไม่ได้ส่ง หรือปิดแล้ว"))
    return current


def _cleared(receipt: Receipt) -> journal.Changes:
    before = receipt.acknowledged_on
    receipt.acknowledged_on = receipt.acknowledged_at = receipt.sheet = None
    return {"acknowledged_on": (before, None)}


def _sign(scope: Scope, sheet: PaperSheet, ticked: list[Person]) -> None:
    """Write a receipt for everybody ticked who has none yet that says so."""
    known = {one.person_id: one for one in Receipt.objects.filter(circular=sheet.circular)}
    own = [known.get(one.pk) or Receipt(circular=sheet.circular, person=one) for one in ticked]
    due = [one for one in own if not one.acknowledged_on]
    for receipt in due:
        receipt.acknowledged_on, receipt.acknowledged_at, receipt.sheet = sheet.signed_on, timezone.now(), sheet
    fields = ["acknowledged_on", "acknowledged_at", "sheet"]
    Receipt.objects.bulk_update([one for one in due if one.pk], fields, batch_size=journal.BATCH)
    Receipt.objects.bulk_create([one for one in due if not one.pk], batch_size=journal.BATCH)
    told = {"acknowledged_on": (None, sheet.signed_on), "sheet_id": (None, sheet.pk)}
    journal.note_all(scope, [("circular.acknowledge", one, told) for one in due])


def _check(scope: Scope, sheet: PaperSheet, ticked: list[Person]) -> None:
    sheet.full_clean()
    circular = sheet.circular
    if sheet.n_signed != len(ticked):
        said = {"signed": thai_digits(sheet.n_signed), "ticked": thai_digits(len(ticked))}
        words = _("นับลายมือชื่อในกระดาษได้ %(signed)s แต่เลือกชื่อไว้ %(ticked)s คน ตรวจให้ตรงกันก่อนบันทึก")
        raise ValidationError({"n_signed": ValidationError(words, params=said)})
    if not ticked:
        raise ValidationError(_("ยังไม่ได้เลือกผู้ลงชื่อ"))
    if not circular.sent_on or not circular.sent_on <= sheet.signed_on <= scope.today:
        sent = {"sent": thai_date(circular.sent_on)}
        words = _("วันที่ในบัญชีต้องอยู่ระหว่างวันที่ส่งเวียน (%(sent)s) กับวันนี้")
        raise ValidationError({"signed_on": ValidationError(words, params=sent)})
    if sheet.file.agency_id != scope.agency.pk or any(one.agency_id != scope.agency.pk for one in ticked):
        raise ValidationError(_("ไฟล์และผู้ลงชื่อต้องเป็นของหน่วยงานนี้"))
    if PaperSheet.objects.filter(circular=circular, file=sheet.file, taken_back_at=None).exists():
        raise ValidationError({"file": _("ไฟล์นี้บันทึกเป็นบัญชีไปแล้ว")})
    _check_bound(sheet, ticked)


def _check_bound(sheet: PaperSheet, ticked: list[Person]) -> None:
    binds = bound(sheet.circular, staff_of(sheet.circular.agency), sheet.signed_on).now
    strangers = [str(one) for one in ticked if one.pk not in binds]
    if strangers:
        said = {"names": ", ".join(strangers[:NAMES_TOLD]), "day": thai_date(sheet.signed_on)}
        words = _("ตามทะเบียนบุคลากรวันที่ %(day)s เรื่องนี้ไม่ได้เวียนถึง: %(names)s")
        raise ValidationError({"people": ValidationError(words, params=said)})
