"""Registering what came in, and what was done with it."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from prongsai.thai.text import collapse, normalise
from prongsai.web.agencies import journal
from prongsai.web.agencies.models import Person
from prongsai.web.agencies.scope import Scope
from prongsai.web.evidence.models import File
from prongsai.web.evidence.services import TITLE_MAX, add_evidence
from prongsai.web.letters.models import Incoming, Number, Series, SeriesKind
from prongsai.web.letters.queries.incoming import letter_no
from prongsai.web.letters.queries.numbers import nearest_series, year_of
from prongsai.web.letters.services.numbers import ensure_series, take_number, use_number

_WORDS = ("sender", "addressee", "subject")


@transaction.atomic
def register_incoming(
    scope: Scope,
    *,
    sender: str,
    addressee: str,
    subject: str,
    received_at: datetime | None = None,
    number: Number | None = None,
    readers: Iterable[Person] = (),
    files: Iterable[File] = (),
    **values: Any,
) -> Incoming:
    """Register a letter that came in, with the next number of the register of its day; a secret one in its own.

    number: a reserved one in its place. values: letter_no, dated, speed, secrecy, way, unit, due_on, note. readers: who
    must know a secret one, at least one. files: its papers, which become evidence; of a secret one they are kept
    guarded and stay with it. Raises ValidationError.
    """
    journal.take_turn(scope.agency)
    came, readers, secrecy = received_at or timezone.now(), list(readers), values.get("secrecy", "")
    _refuse(scope, came, secrecy, readers)
    words = {"sender": sender, "addressee": addressee, "subject": subject}
    record = Incoming(agency=scope.agency, received_at=came, registered_by=scope.person, **_as_kept(words | values))
    # Its number comes last, but within the same transaction: what is refused here takes none.
    record.full_clean(exclude=["number"])
    record.number = _number_for(scope, record, number)
    made = journal.create(scope, record, "incoming.register")
    if secrecy:
        _set(scope, made, "readers", readers, "incoming.readers")
    _attach(scope, made, files)
    return made


def _number_for(scope: Scope, record: Incoming, number: Number | None) -> Number:
    kind = SeriesKind.SECRET_IN if record.secrecy else SeriesKind.INCOMING
    day = timezone.localtime(record.received_at).date()
    subject = "" if record.secrecy else record.subject
    if number is not None:
        return use_number(scope, number=number, kind=kind, day=day, subject=subject)
    return take_number(scope, series=_series(scope, kind), subject=subject, day=day, used=True)


def _series(scope: Scope, kind: SeriesKind) -> Series:
    return nearest_series(scope.agency, kind, None) or ensure_series(scope, kind=kind)


def _refuse(scope: Scope, came: datetime, secrecy: str, readers: list[Person]) -> None:
    if timezone.localtime(came).date() > scope.today:
        raise ValidationError({"received_at": _("วันที่รับยังมาไม่ถึง")})
    if secrecy and not readers:
        raise ValidationError({"readers": _("หนังสือลับต้องระบุผู้มีสิทธิรู้อย่างน้อยหนึ่งคน")})
    if any(one.agency_id != scope.agency.pk for one in readers):
        raise ValidationError({"readers": _("ผู้มีสิทธิรู้ต้องเป็นบุคลากรของหน่วยงานนี้")})


def _as_kept(values: dict[str, Any]) -> dict[str, Any]:
    """Give values in the one way of writing in which they are kept and searched."""
    kept = dict(values)
    for name in _WORDS:
        if name in kept:
            kept[name] = collapse(normalise(kept[name]))
    if "letter_no" in kept:
        kept["letter_no"] = letter_no(kept["letter_no"])
    return kept


@transaction.atomic
def change_incoming(scope: Scope, *, incoming: Incoming, version: int | None, **values: Any) -> Incoming:
    """Mend what is registered. Its number stays; what is secret stays secret, what is not cannot become so.

    readers: the new ones, for a secret letter. Raises Stale, ValidationError.
    """
    journal.take_turn(scope.agency)
    readers = values.pop("readers", None)
    if "secrecy" in values and bool(values["secrecy"]) != bool(incoming.secrecy):
        text = _("ทะเบียนหนังสือลับแยกจากทะเบียนทั่วไป ยกเลิกเลขนี้แล้วลงรับใหม่ในทะเบียนที่ถูกต้อง")
        raise ValidationError({"secrecy": text})
    came = values.get("received_at", incoming.received_at)
    if year_of(timezone.localtime(came).date()) != incoming.number.year_be:
        raise ValidationError({"received_at": _("วันที่รับต้องอยู่ในปีของเลขทะเบียน")})
    _refuse(scope, came, incoming.secrecy, list(incoming.readers.all() if readers is None else readers))
    changed = journal.change(scope, incoming, "incoming.change", version=version, **_as_kept(values))
    if incoming.secrecy and readers is not None:
        _set(scope, changed, "readers", list(readers), "incoming.readers")
    return changed


@transaction.atomic
def act_on(
    scope: Scope,
    *,
    incoming: Incoming,
    version: int | None,
    handling: str,
    done_on: date | None,
    files: Iterable[File] = (),
) -> Incoming:
    """Enter what was done with a letter and what shows it; done_on: when it was done with, None while it is not.

    files: as ``register_incoming`` takes them. Raises Stale; ValidationError for a day to come, and for being done
    without a word on how.
    """
    journal.take_turn(scope.agency)
    if done_on and done_on > scope.today:
        raise ValidationError({"done_on": _("วันที่ดำเนินการยังมาไม่ถึง")})
    if done_on and not handling.strip():
        raise ValidationError({"handling": _("บอกว่าดำเนินการอย่างไร")})
    values = {"handling": handling.strip(), "done_on": done_on}
    changed = journal.change(scope, incoming, "incoming.act", version=version, **values)
    _attach(scope, changed, files)
    return changed


def _attach(scope: Scope, incoming: Incoming, files: Iterable[File]) -> None:
    """Tie papers to a letter. Evidence is seen by everybody, so that of a secret letter only files are held."""
    files = list(files)
    if any(one.agency_id != scope.agency.pk for one in files):
        raise ValidationError(_("ไฟล์ต้องเป็นของหน่วยงานนี้"))
    if incoming.secrecy:
        _set(scope, incoming, "files", [*incoming.files.all(), *files], "incoming.attach")
        return
    made = [add_evidence(scope, title=incoming.subject[:TITLE_MAX], file=one, unit=incoming.unit) for one in files]
    _set(scope, incoming, "evidence", [*incoming.evidence.all(), *made], "incoming.attach")


def _set(scope: Scope, incoming: Incoming, name: str, records: Iterable[Model], action: str) -> None:
    """Write a relation with its line in the journal: numbers of the rows, no words."""
    held = getattr(incoming, name)
    before, after = sorted(held.values_list("pk", flat=True)), sorted({one.pk for one in records})
    if before != after:
        held.set(after)
        journal.note(scope, action, incoming, {name: (before, after)})
