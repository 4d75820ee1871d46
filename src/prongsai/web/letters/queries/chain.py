"""Reading a letter's way up: whose turn it is, who may sign on a day and why somebody may not, what is to be told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from prongsai.thai.dates import format_date
from prongsai.web.agencies.models import Appointment, Capacity, Person
from prongsai.web.agencies.queries import can_sign, holders_of, top_executives, why_not_sign
from prongsai.web.agencies.queries.holding import in_order
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.letters.kinds import LETTER_PAPERS
from prongsai.web.letters.models import Decision, Endorsement, Letter, LetterState, SeriesKind, Step, StepKind

Signer = Appointment | Person
OPEN_STATES = (LetterState.DRAFT, LetterState.RETURNED, LetterState.IN_CHAIN)
_IN_PART = (Capacity.DELEGATED, Capacity.ACTING_IN_POST)  # these do not carry the whole office
_DATED_BY_DECISION = frozenset({SeriesKind.ANNOUNCEMENT, SeriesKind.ORDER})
# Words of papers, not of pages: never translated.
_PRESETS = {
    StepKind.MAKE: (),
    StepKind.OPINION: ("เพื่อโปรดทราบ", "เพื่อโปรดพิจารณา", "เห็นควรดำเนินการตามเสนอ", "เห็นควรอนุมัติ"),
    StepKind.DECIDE: ("ทราบ", "อนุมัติ", "ชอบ", "ดำเนินการตามเสนอ", "ให้ทบทวน"),
}
_DECISIONS = {
    StepKind.MAKE: (Decision.FORWARD,),
    StepKind.OPINION: (Decision.FORWARD, Decision.RETURN),
    StepKind.DECIDE: (Decision.APPROVE, Decision.ACKNOWLEDGE, Decision.RETURN, Decision.REJECT),
}


# --- whose turn it is -----------------------------------------------------------------------------------------------
def active_of(letter: Letter) -> QuerySet[Endorsement]:
    """Give the signatures of a letter that count, in the order of its steps."""
    found = Endorsement.objects.filter(step__letter=letter, voided_at=None)
    return found.select_related("step", "text", "person", "appointment", "scan").order_by("step__place")


def _unsigned(steps: QuerySet[Step]) -> QuerySet[Step]:
    return steps.filter(~Exists(Endorsement.objects.filter(step=OuterRef("pk"), voided_at=None))).order_by("place")


def waiting_step(letter: Letter) -> Step | None:
    """Give the step that a letter waits at; None when it is not on its way, or every step is signed."""
    if letter.state != LetterState.IN_CHAIN:
        return None
    steps = Step.objects.filter(letter=letter)
    return _unsigned(steps).select_related("post", "person", "letter__agency", "letter__drafter").first()


def waiting_for(scope: Scope) -> QuerySet[Letter]:
    """Give the letters that wait for who asks: for a post that they fill today, or for themselves."""
    first = _unsigned(Step.objects.filter(letter=OuterRef("pk")))
    on_way = Letter.objects.filter(agency=scope.agency, state=LetterState.IN_CHAIN).annotate(
        next_post=Subquery(first.values("post")[:1]),
        next_person=Subquery(first.values("person")[:1]),
        next_kind=Subquery(first.values("kind")[:1]),
    )
    if scope.person is None:
        return on_way.none()
    mine = Q(next_post__in=scope.post_ids, next_person=None) | Q(next_person=scope.person.pk)
    found = on_way.filter(mine).exclude(_never_mine(scope, scope.person))
    return found.select_related("agency", "unit", "drafter", "number")


def _never_mine(scope: Scope, person: Person) -> Q:
    """Give what somebody does not decide though they fill the post: own drafts; on delegation what is the top's."""
    whole = Appointment.objects.filter(person=person, post=OuterRef("next_post")).exclude(capacity__in=_IN_PART)
    by_top = [one.name for one in LETTER_PAPERS.values() if one.by_top]
    for_top = (Q(paper__in=by_top) | Q(report__isnull=False)) & Q(~Exists(whole.on(scope.today)))
    signed = Endorsement.objects.filter(
        step__letter=OuterRef("pk"), step__kind=StepKind.MAKE, person=person, voided_at=None
    )
    return Q(next_kind=StepKind.DECIDE) & (Q(drafter=person) | Q(Exists(signed)) | for_top)


def presets(step: Step) -> tuple[str, ...]:
    """Give the opinions that are usual at a step."""
    return _PRESETS[StepKind(step.kind)]


def decisions(step: Step) -> tuple[Decision, ...]:
    """Give what may be decided at a step: what only the top executive signs is approved, not merely acknowledged."""
    found = _DECISIONS[StepKind(step.kind)]
    by_top = LETTER_PAPERS[step.letter.paper].by_top
    return tuple(one for one in found if not (by_top and one == Decision.ACKNOWLEDGE))


# --- who may sign ---------------------------------------------------------------------------------------------------
def needs_top(letter: Letter) -> bool:
    """Whether nobody but the top executive decides: announcements, orders, and reports of the platform."""
    return LETTER_PAPERS[letter.paper].by_top or letter.report_id is not None


def who_may_sign(step: Step, day: date) -> list[Signer]:
    """Give who may sign at a step on a day: the holder of its post first, then who acts; or the person it is of.

    Whoever drafted a letter, or signed for having made it, never decides it.
    """
    if step.person is not None:
        return [step.person] if _serves(step.person, day) else []
    assert step.post is not None
    found = [one for one in holders_of(step.post, day) if can_sign(one, day)]
    if step.kind != StepKind.DECIDE:
        return list(found)
    if needs_top(step.letter):
        top = {one.pk for one in top_executives(step.letter.agency, day)}
        found = [one for one in found if one.pk in top]
    makers = makers_of(step.letter)
    return [one for one in found if one.person_id not in makers]


def makers_of(letter: Letter) -> frozenset[int | None]:
    """Give the people (ids) who made a letter: its drafter, and who signed it first; after a handover they are two."""
    signed = active_of(letter).filter(step__kind=StepKind.MAKE).values_list("person_id", flat=True)
    return frozenset({letter.drafter_id, *signed})


def signing_as(step: Step, person: Person, day: date) -> Signer | None:
    """Give the right by which a person may sign at a step on a day; None when there is none."""
    return next((one for one in who_may_sign(step, day) if person_of(one).pk == person.pk), None)


def person_of(signer: Signer) -> Person:
    """Give who signs."""
    return signer if isinstance(signer, Person) else signer.person


def appointment_of(signer: Signer, day: date) -> Appointment | None:
    """Give the appointment in which somebody signs: of who drafted the letter their own post on the day."""
    if isinstance(signer, Appointment):
        return signer
    held = Appointment.objects.filter(person=signer).on(day).select_related("person", "post")
    return next(iter(in_order(held)), None)


def _serves(person: Person, day: date) -> bool:
    return person.left_on is None or person.left_on >= day


def why_not_endorse(scope: Scope, letter: Letter) -> str:
    """Say why who asks cannot sign a letter now; empty when they can."""
    if scope.person is None:
        return _("ต้องเป็นบุคลากรของหน่วยงานจึงลงนามได้")
    step = waiting_step(letter)
    if step is None:
        return _("หนังสือนี้ไม่ได้อยู่ระหว่างเสนอ จึงลงนามไม่ได้")
    return why_not_sign_at(step, scope.person, scope.today)


def why_not_sign_at(step: Step, person: Person, day: date) -> str:
    """Say why a person cannot sign at the step that a letter waits at on a day; empty when they can."""
    signer = signing_as(step, person, day)
    if signer is None and step.kind == StepKind.DECIDE and person.pk in makers_of(step.letter):
        return _("ผู้จัดทำหนังสือลงนามสั่งการหนังสือของตนเองไม่ได้ แม้ในฐานะรักษาราชการแทน")
    if signer is None:
        return _why_no_right(step, person, day)
    before = _before(step, person)
    if before and not _acts(signer) and all(one.capacity == Capacity.SELF for one in before):
        return _("ท่านลงนามในลำดับก่อนหน้าแล้ว คนเดียวกันลงนามเหนือตนเองไม่ได้")
    return ""


def _why_no_right(step: Step, person: Person, day: date) -> str:
    held = (
        Appointment.objects.filter(post=step.post, person=person).select_related("person", "post") if step.post else ()
    )
    if reasons := [why for one in held if (why := why_not_sign(one, day))]:
        return f"{step.post}: {reasons[0]}"
    if held:
        return _("หนังสือชนิดนี้ต้องลงนามโดยผู้บริหารสูงสุดในวันนั้น ผู้รับมอบอำนาจหรือรักษาการในตำแหน่งลงนามแทนไม่ได้")
    later = Step.objects.filter(letter=step.letter, place__gt=step.place).select_related("post", "person", "letter")
    if any(signing_as(one, person, day) for one in later):
        return _("ยังไม่ถึงลำดับของท่าน ต้องรอ %(step)s ก่อน") % {"step": step}
    return _("ลำดับนี้เป็นของ %(step)s") % {"step": step}


def _before(step: Step, person: Person) -> list[Endorsement]:
    return [one for one in active_of(step.letter) if one.person_id == person.pk]


def _acts(signer: Signer) -> bool:
    return isinstance(signer, Appointment) and signer.capacity != Capacity.SELF


def may_enter_scan(scope: Scope, letter: Letter) -> bool:
    """Whether who asks may enter what others signed in ink: who keeps the letters, or the drafter."""
    is_drafter = scope.person is not None and letter.drafter_id == scope.person.pk
    return is_drafter or scope.can(Power.KEEP_LETTERS)


def may_route(letter: Letter) -> bool:
    """Whether the steps may still be changed: until the first of them is signed."""
    return letter.state in OPEN_STATES and not active_of(letter).exists()


# --- what is to be told ---------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Told:
    """What who signs must know before: a sentence, and whether it is a matter of law or only good to know."""

    text: str
    is_grave: bool = False


def told(step: Step, signer: Signer, day: date) -> tuple[Told, ...]:
    """Give what is to be told about signing at a step; none of it is refused."""
    found = []
    if isinstance(signer, Appointment) and signer.capacity == Capacity.DELEGATED:
        found.append(Told(_delegation(signer), is_grave=True))
    if _before(step, person_of(signer)):
        found.append(Told(_("ท่านลงนามในลำดับก่อนหน้าแล้ว ครั้งนี้ลงนามในอีกฐานะหนึ่ง ทั้งสองฐานะจะพิมพ์ไว้ในหนังสือ")))
    if step.kind == StepKind.DECIDE and (early := dated_early(step.letter, day)):
        found.append(Told(early, is_grave=True))
    return tuple(found)


def _delegation(signer: Appointment) -> str:
    order = order_of(signer) or _("ไม่ระบุคำสั่ง")
    scope = signer.scope_text or _("ไม่ได้ระบุไว้ในทะเบียน")
    text = _("ลงนามในฐานะปฏิบัติราชการแทน (%(order)s) ขอบเขตที่มอบ: %(scope)s ตรวจว่าเรื่องนี้อยู่ในขอบเขต")
    return text % {"order": order, "scope": scope}


def dated_early(letter: Letter, day: date) -> str:
    """Tell an announcement or order that is dated before the day it is approved; empty when it is not."""
    series = LETTER_PAPERS[letter.paper].series
    if letter.dated is None or series not in _DATED_BY_DECISION or letter.dated >= day:
        return ""
    text = _("ลงวันที่ %(dated)s ก่อนวันที่อนุมัติ %(day)s")
    return text % {"dated": format_date(letter.dated), "day": format_date(day)}


def order_of(appointment: Appointment) -> str:
    """Name the order by which somebody acts, as it is kept with the signature; empty for the holder of a post."""
    if appointment.capacity == Capacity.SELF or not appointment.order_no:
        return ""
    day = f" ลงวันที่ {format_date(appointment.order_date)}" if appointment.order_date else ""
    return f"คำสั่งที่ {appointment.order_no}{day}"
