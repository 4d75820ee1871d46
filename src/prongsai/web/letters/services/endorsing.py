"""Signing a letter: in order, by who may on that day, on the text that was seen; the last signature seals it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from prongsai.web.agencies import journal
from prongsai.web.agencies.models import Appointment, Capacity, Person
from prongsai.web.agencies.queries import signature_lines
from prongsai.web.agencies.scope import Scope
from prongsai.web.evidence.models import File
from prongsai.web.letters.models import Decision, Endorsement, Letter, LetterState, LetterText, Method, Step, StepKind
from prongsai.web.letters.queries import chain as queries
from prongsai.web.letters.queries.letters import newest_text
from prongsai.web.letters.seals import endorsement_seal, text_hash
from prongsai.web.letters.services import notices
from prongsai.web.letters.services.sealing import rehearse, seal_letter
from prongsai.web.letters.services.turns import bump, turn

REASON_MAX = 500
_LAST = (Decision.APPROVE, Decision.ACKNOWLEDGE)
_ENDS = {
    Decision.RETURN: ("letter.return", LetterState.RETURNED),
    Decision.REJECT: ("letter.reject", LetterState.REJECTED),
}


@dataclass(frozen=True, slots=True)
class _Act:
    """What is being signed: at which step, on which text, by whom and in which right, on which day."""

    step: Step
    text: LetterText
    person: Person
    appointment: Appointment | None
    day: date


def endorse(
    scope: Scope,
    *,
    letter: Letter,
    version: int,
    decision: Decision | str,
    opinion: str,
    method: Method | str,
    seen: str,
    scan: File | None = None,
    signed_on: date | None = None,
    signer: Person | None = None,
    is_confirmed: bool = False,
) -> Endorsement:
    """Sign at the step that a letter waits at, and let it go on, come back, or be done.

    seen: the hash of the text that was shown to who signs. scan, signed_on, signer: of paper that was signed in ink (no
    signer: who holds the post on that day), entered by who keeps the letters or the drafter. is_confirmed: other
    agencies that a report names are rightly named. Who signs in the system was asked to confirm it before
    (``services.confirming``). Raises Stale when letter or text have changed in the meantime, ValidationError.
    """
    if decision in _LAST:
        rehearse(letter)
    with transaction.atomic():
        current = turn(scope, letter, version)
        act = _act(scope, current, Method(method), signed_on, signer)
        if act.text.sha256 != seen:
            raise journal.Stale(current)
        _check_text(current, act.text)
        _check_words(act.step, decision, opinion)
        _check_paper(scope, current, act, Method(method), scan)
        made = _put(scope, act, Decision(decision), opinion.strip(), Method(method), scan)
        _go_on(scope, current, made, is_confirmed)
    letter.refresh_from_db()
    return made


def _act(scope: Scope, letter: Letter, method: Method, signed_on: date | None, signer: Person | None) -> _Act:
    step = queries.waiting_step(letter)
    if step is None:
        raise ValidationError(_("หนังสือนี้ไม่ได้อยู่ระหว่างเสนอ จึงลงนามไม่ได้"))
    if method != Method.SCAN:
        person, day = scope.person, scope.today
    elif signed_on is None:
        raise ValidationError({"signed_on": _("ใส่วันที่ที่ลงนามในกระดาษ")})
    else:
        person, day = signer or _holder(step, signed_on), signed_on
    if person is None:
        raise ValidationError(_("ไม่มีผู้ดำรงตำแหน่ง %(step)s ในวันที่ลงนาม") % {"step": step})
    if why := queries.why_not_sign_at(step, person, day):
        raise ValidationError(why)
    right = queries.signing_as(step, person, day)
    assert right is not None
    return _Act(step, newest_text(letter), person, queries.appointment_of(right, day), day)


def _holder(step: Step, day: date) -> Person | None:
    found = queries.who_may_sign(step, day)
    return queries.person_of(found[0]) if found else None


# --- what is refused ------------------------------------------------------------------------------------------------
def _check_text(letter: Letter, text: LetterText) -> None:
    """Refuse a text that is not what its hash says: somebody changed it behind the platform's back."""
    found = text_hash(
        paper=letter.paper,
        subject=text.subject,
        content=text.content,
        attachments=text.attachments,
        speed=letter.speed,
        secrecy=letter.secrecy,
    )
    if found != text.sha256:
        raise ValidationError(_("ข้อความของหนังสือในฐานข้อมูลไม่ตรงกับค่าแฮชเดิม ห้ามลงนาม แจ้งผู้ดูแลระบบ"))


def _check_words(step: Step, decision: str, opinion: str) -> None:
    if decision not in queries.decisions(step):
        raise ValidationError({"decision": _("เลือกผลการพิจารณา")})
    if opinion.strip():
        return
    if decision in _ENDS:
        raise ValidationError({"opinion": _("บอกเหตุผลที่ส่งคืนหรือไม่อนุมัติ")})
    if step.kind != StepKind.MAKE:
        raise ValidationError({"opinion": _("ใส่ความเห็น หรือเลือกจากคำที่ใช้บ่อย")})


def _check_paper(scope: Scope, letter: Letter, act: _Act, method: Method, scan: File | None) -> None:
    if method != Method.SCAN:
        if scan is not None:
            raise ValidationError({"scan": _("สำเนาสแกนใช้กับการลงนามในกระดาษเท่านั้น")})
        return
    if not queries.may_enter_scan(scope, letter):
        raise ValidationError(_("ผู้บันทึกการลงนามในกระดาษต้องเป็นงานสารบรรณหรือผู้จัดทำ"))
    if scan is None or scan.agency_id != scope.agency.pk or scan.erased_at:
        raise ValidationError({"scan": _("แนบสำเนาสแกนของกระดาษที่ลงนามแล้ว")})
    _check_day(scope, letter, act)


def _check_day(scope: Scope, letter: Letter, act: _Act) -> None:
    if act.day > scope.today:
        raise ValidationError({"signed_on": _("วันที่ลงนามยังมาไม่ถึง")})
    if act.day < _day_of(act.text.made_at):
        raise ValidationError({"signed_on": _("วันที่ลงนามอยู่ก่อนวันที่จัดทำข้อความฉบับนี้")})
    before = queries.active_of(letter).last()
    if before and act.day < before.signed_on:
        raise ValidationError({"signed_on": _("วันที่ลงนามอยู่ก่อนการลงนามของลำดับก่อนหน้า (%(name)s)") % {"name": before.name}})


def _day_of(at: datetime) -> date:
    return timezone.localtime(at).date()


# --- what is kept ---------------------------------------------------------------------------------------------------
def _put(scope: Scope, act: _Act, decision: Decision, opinion: str, method: Method, scan: File | None) -> Endorsement:
    previous = Endorsement.objects.filter(step__letter=act.step.letter).order_by("pk").last()  # voided ones too
    made = Endorsement(
        step=act.step,
        text=act.text,
        decision=decision,
        opinion=opinion,
        person=act.person,
        appointment=act.appointment,
        name=str(act.person),
        position=list(signature_lines(act.appointment, act.day)) if act.appointment else [],
        capacity=act.appointment.capacity if act.appointment else Capacity.SELF,
        order=queries.order_of(act.appointment) if act.appointment else "",
        signed_on=act.day,
        signed_at=timezone.now(),
        entered_by=scope.user,
        method=method,
        scan=scan,
        sha256=act.text.sha256,
        previous=previous.seal if previous else "",
    )
    made.seal = seal_of(made)
    made.full_clean()
    made.save(force_insert=True)
    journal.note(scope, "letter.endorse", act.step.letter, journal.created(made))
    return made


def seal_of(one: Endorsement) -> str:
    """Work out the seal of a signature from what is kept of it."""
    return endorsement_seal(
        step=one.step.place,
        kind=one.step.kind,
        opinion_of=one.step.opinion_of,
        decision=one.decision,
        opinion=one.opinion,
        name=one.name,
        position=one.position,
        capacity=one.capacity,
        order=one.order,
        signed_on=one.signed_on,
        signed_at=one.signed_at,
        method=one.method,
        scan=one.scan.sha256 if one.scan else "",
        sha256=one.sha256,
        previous=one.previous,
    )


def _go_on(scope: Scope, letter: Letter, made: Endorsement, is_confirmed: bool) -> None:
    decision = Decision(made.decision)
    if decision in _LAST:
        seal_letter(scope, letter=letter, last=made, is_confirmed=is_confirmed)
    elif decision in _ENDS:
        action, state = _ENDS[decision]
        journal.change(scope, letter, action, state=state, reason=made.opinion[:REASON_MAX], decided_at=_end(state))
    else:
        bump(letter)
        notices.tell_next(scope, letter)
        return
    notices.tell_drafter(scope, letter, by=made)


def _end(state: LetterState) -> datetime | None:
    return timezone.now() if state == LetterState.REJECTED else None
