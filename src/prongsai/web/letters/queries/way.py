"""A letter's way up as its page shows it: each step with what was said there, who is awaited, who may sign today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from prongsai.web.agencies.models import Appointment, Capacity, Post
from prongsai.web.agencies.queries import signature_lines
from prongsai.web.agencies.scope import Scope
from prongsai.web.letters.models import Endorsement, Letter, LetterState, Step, StepKind
from prongsai.web.letters.queries.chain import (
    Signer,
    Told,
    appointment_of,
    dated_early,
    may_enter_scan,
    needs_top,
    order_of,
    person_of,
    told,
    waiting_step,
    who_may_sign,
    why_not_endorse,
)
from prongsai.web.letters.queries.letters import may_write
from prongsai.web.letters.queries.proposing import Proposed, propose


@dataclass(frozen=True, slots=True)
class MaySign:
    """Who may sign at a step today. lines: what will stand under the name; by: the order and scope, when acting."""

    name: str
    lines: tuple[str, ...]
    by: str
    is_delegated: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A step of the way. given: the signature that counts; voided: earlier ones; signers: who may sign today."""

    place: int
    kind: str
    title: str
    given: Endorsement | None
    voided: tuple[Endorsement, ...] = ()
    is_awaited: bool = False
    signers: tuple[MaySign, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """The whole way. past: voided signatures of steps that are not in it any more; warnings: what is to be told.

    why_not: why who asks cannot sign now; empty when they can, and when nothing waits.
    """

    lines: tuple[Line, ...]
    past: tuple[Endorsement, ...]
    warnings: tuple[Told, ...]
    why_not: str
    is_proposed: bool
    may_sign: bool
    may_send: bool
    may_route: bool
    may_recall: bool
    may_scan: bool


def way_of(scope: Scope, letter: Letter) -> Way:
    """Give the way of a letter; of a draft without steps the one that is proposed."""
    steps = list(Step.objects.filter(letter=letter).select_related("post", "person", "letter__agency"))
    given = _given(letter)
    waiting = waiting_step(letter)
    is_draft = letter.state in (LetterState.DRAFT, LetterState.RETURNED)
    is_proposed = not steps and is_draft
    lines = _proposed(scope, letter) if is_proposed else [_line(one, given, waiting, scope.today) for one in steps]
    why_not = why_not_endorse(scope, letter) if waiting else ""
    has_signed = any(one.voided_at is None for one in given)
    writes = may_write(scope, letter)
    return Way(
        lines=tuple(lines),
        past=tuple(one for one in given if one.step.removed_at),
        warnings=_warnings(scope, letter, waiting),
        why_not=why_not,
        is_proposed=is_proposed,
        may_sign=waiting is not None and not why_not,
        may_send=writes and letter.state == LetterState.DRAFT,
        may_route=writes and not has_signed,
        may_recall=writes and letter.state == LetterState.IN_CHAIN,
        may_scan=waiting is not None and may_enter_scan(scope, letter),
    )


def _given(letter: Letter) -> list[Endorsement]:
    found = Endorsement.objects.filter(step__letter=letter)
    return list(found.select_related("step__post", "step__person", "scan", "entered_by", "text").order_by("pk"))


def _line(step: Step, given: list[Endorsement], waiting: Step | None, day: date) -> Line:
    here = [one for one in given if one.step_id == step.pk]
    active = next((one for one in here if one.voided_at is None), None)
    voided = tuple(one for one in here if one.voided_at)
    is_awaited = waiting is not None and waiting.pk == step.pk
    line = Line(step.place, step.kind, _title(step), active, voided, is_awaited)
    if active or not _is_open(step.letter):
        return line
    signers = tuple(may_sign(one, day) for one in who_may_sign(step, day))
    note = "" if signers else _nobody(step)
    return Line(step.place, step.kind, line.title, None, voided, is_awaited, signers, note)


def _is_open(letter: Letter) -> bool:
    return letter.state in (LetterState.DRAFT, LetterState.RETURNED, LetterState.IN_CHAIN)


def _title(step: Step) -> str:
    return _("ผู้จัดทำ") if step.kind == StepKind.MAKE else step.opinion_of or str(step)


def _nobody(step: Step) -> str:
    if step.person:
        return _("%(name)s พ้นจากงานแล้ว มอบร่างให้ผู้อื่น หรือแก้ลำดับการเสนอ") % {"name": step.person}
    if step.kind == StepKind.DECIDE and needs_top(step.letter):
        return _("วันนี้ไม่มีผู้บริหารสูงสุด หรือผู้รักษาราชการแทนหรือปฏิบัติหน้าที่ตามคำสั่ง ที่ลงนามได้")
    return _("ตำแหน่งว่าง ไม่มีผู้รักษาราชการแทนในวันนี้ บันทึกคำสั่งรักษาราชการแทน หรือนำลำดับนี้ออก")


def may_sign(signer: Signer, day: date) -> MaySign:
    """Tell who may sign, in which right, and by which order and for what when it is not their own post."""
    held = appointment_of(signer, day)
    lines = signature_lines(held, day) if held else ()
    return MaySign(str(person_of(signer)), tuple(lines), _by(held), bool(held and _is_delegated(held)))


def _is_delegated(held: Appointment) -> bool:
    return held.capacity == Capacity.DELEGATED


def _by(held: Appointment | None) -> str:
    if held is None or held.capacity == Capacity.SELF:
        return ""
    scope = _("ขอบเขต: %(text)s") % {"text": held.scope_text} if held.scope_text else ""
    return " · ".join(part for part in (order_of(held) or _("ไม่ระบุคำสั่ง"), scope) if part)


def _proposed(scope: Scope, letter: Letter) -> list[Line]:
    return [_proposed_line(one) for one in propose(scope, letter=letter)]


def _proposed_line(one: Proposed) -> Line:
    title = _("ผู้จัดทำ") if one.kind == StepKind.MAKE else one.opinion_of
    signers = (MaySign(one.who, _under(one), "", one.capacity == Capacity.DELEGATED),) if one.who else ()
    return Line(one.place, one.kind, title, None, (), False, signers, "" if one.who else one.note)


def _under(one: Proposed) -> tuple[str, ...]:
    return tuple(part for part in (one.note, _named(one.post)) if part)


def _named(post: Post | None) -> str:
    return post.title if post else ""


def _warnings(scope: Scope, letter: Letter, waiting: Step | None) -> tuple[Told, ...]:
    """Tell what who looks must know: of the step that waits, and of a paper that is dated before it was approved."""
    if waiting is not None and scope.person is not None:
        mine = next((one for one in who_may_sign(waiting, scope.today) if person_of(one).pk == scope.person.pk), None)
        return told(waiting, mine, scope.today) if mine else ()
    early = _early(letter)
    return (Told(early, is_grave=True),) if early else ()


def _early(letter: Letter) -> str:
    if letter.state not in (LetterState.SIGNED, LetterState.REPLACED):
        return ""
    last = Endorsement.objects.filter(step__letter=letter, voided_at=None).order_by("step__place").last()
    return dated_early(letter, last.signed_on) if last else ""
