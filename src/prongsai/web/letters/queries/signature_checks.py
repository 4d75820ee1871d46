"""Checking what was said and signed: each seal worked out again, the chain of them, the order, the days, the right."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from prongsai.errors import Problem
from prongsai.thai.dates import format_date
from prongsai.web.agencies.models import Person
from prongsai.web.agencies.queries import top_executives, why_not_sign
from prongsai.web.letters.faults import fault
from prongsai.web.letters.models import Decision, Endorsement, Letter, LetterText, Method, Step, StepKind
from prongsai.web.letters.queries.chain import needs_top
from prongsai.web.letters.queries.held import Held
from prongsai.web.letters.seals import endorsement_seal, text_hash

GRACE = timedelta(minutes=5)  # whoever signs at midnight may have waited for a turn
Check = Callable[[Held], Iterator[Problem]]
_EFFECTIVE = (Decision.APPROVE, Decision.ACKNOWLEDGE)
_GOING_ON = (Decision.FORWARD, *_EFFECTIVE)


def of_text(held: Held) -> Iterator[Problem]:
    """Hold the words of a letter against the hash that was signed."""
    text, letter = held.text, held.letter
    if text is None or text.subject != letter.subject or text.sha256 != hash_of(letter, text):
        yield fault("LETTER_TEXT_CHANGED")


def hash_of(letter: Letter, text: LetterText) -> str:
    """Work the hash of a text out again."""
    return text_hash(
        paper=letter.paper,
        subject=text.subject,
        content=text.content,
        attachments=text.attachments,
        speed=letter.speed,
        secrecy=letter.secrecy,
    )


# --- seals ----------------------------------------------------------------------------------------------------------
def of_seals(held: Held) -> Iterator[Problem]:
    """Work every seal out again and follow the chain from one to the next, through those that are void."""
    previous = ""
    for one in held.given:
        if seal_of(one) != one.seal:
            yield fault("LETTER_SIGNATURE_CHANGED", name=one.name)
        if one.previous != previous:
            yield fault("LETTER_CHAIN_BROKEN", name=one.name)
        if one.sha256 != one.text.sha256 or (one.voided_at is None and held.text and one.text_id != held.text.pk):
            yield fault("LETTER_OTHER_TEXT", name=one.name)
        previous = one.seal


def seal_of(one: Endorsement) -> str:
    """Work the seal of a signature out again from what stands in its row."""
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


# --- order ----------------------------------------------------------------------------------------------------------
def of_order(held: Held) -> Iterator[Problem]:
    """See that no step is missing or was signed out of turn, and that what was decided makes a signed letter."""
    if not _is_way(held):
        yield fault("LETTER_STEP_GAP")
    yield from _missing(held)
    for before, one in pairwise(held.active):
        if one.pk < before.pk:
            yield fault("LETTER_STEP_ORDER", name=before.name)
    for place, one in enumerate(held.active, 1):
        wanted = _EFFECTIVE if place == len(held.active) else _GOING_ON
        if held.is_signed and one.decision not in wanted:
            yield fault("LETTER_DECISION", name=one.name, decision=one.get_decision_display())


def _is_way(held: Held) -> bool:
    """Whether the steps run from 1 on, from who drafted it to the one who decides."""
    kinds = [one.kind for one in held.steps]
    first = StepKind.MAKE if held.letter.drafter_id else kinds[:1] and kinds[0]
    wanted = [first, *[StepKind.OPINION] * len(kinds[1:-1]), StepKind.DECIDE] if len(kinds) > 1 else [StepKind.DECIDE]
    is_counted = [one.place for one in held.steps] == list(range(1, len(kinds) + 1))
    return not kinds and not held.is_signed or (is_counted and kinds == wanted)


def _missing(held: Held) -> Iterator[Problem]:
    """Name the steps at which nobody signed: all of them, or on the way those below one that was signed."""
    signed = {one.step_id for one in held.active}
    top = max((one.step.place for one in held.active), default=0)
    for step in held.steps:
        if step.pk not in signed and (held.is_signed or step.place < top):
            yield fault("LETTER_STEP_MISSING", place=step.place, step=step)
    known = {step.pk for step in held.steps}
    for one in held.active:
        if one.step_id not in known:  # of a step that was taken out of the chain
            yield fault("LETTER_STEP_ORDER", name=one.name)


# --- days -----------------------------------------------------------------------------------------------------------
def of_days(held: Held) -> Iterator[Problem]:
    """See that time does not go back on the way up, and that each day is that on which it was signed."""
    for before, one in pairwise(held.active):
        if one.signed_at < before.signed_at or one.signed_on < before.signed_on:
            yield fault("LETTER_TIME_BACK", name=one.name, before=before.name)
    for one in held.active:
        at = timezone.localdate(one.signed_at)
        began = timezone.localdate(one.signed_at - GRACE)
        is_of_that_day = one.signed_on <= at if one.method == Method.SCAN else one.signed_on in (began, at)
        if not is_of_that_day:
            days = {"day": format_date(one.signed_on), "at": format_date(at)}
            yield fault("LETTER_BACK_DATED", name=one.name, **days)


# --- rights ---------------------------------------------------------------------------------------------------------
def of_rights(held: Held) -> Iterator[Problem]:
    """See that each might sign on that day, by the register of people as it stands now."""
    for one in held.active:
        yield from _office(one)
        if one.name != str(one.person):
            yield fault("LETTER_SIGNER_NAME", name=one.name, now=one.person)
    yield from _decider(held)


def _office(one: Endorsement) -> Iterator[Problem]:
    day = format_date(one.signed_on)
    if not _is_of(one):
        yield fault("LETTER_SIGNER_OTHER", name=one.name, step=one.step)
    elif one.appointment and (why := why_not_sign(one.appointment, one.signed_on)):
        yield fault("LETTER_SIGNER_OUT_OF_OFFICE", name=one.name, day=day, why=why)
    elif one.person.left_on and one.person.left_on < one.signed_on:
        yield fault("LETTER_SIGNER_OUT_OF_OFFICE", name=one.name, day=day, why="พ้นจากงานแล้ว")


def _is_of(one: Endorsement) -> bool:
    """Whether who signed is who the register says: the person of the step, or who was appointed to its post."""
    step, held = one.step, one.appointment
    if held is not None and not _is_same(held.person, one.person):
        return False
    if step.person_id is not None:
        return _is_same(_person(step), one.person)
    return held is not None and held.post_id == step.post_id and held.capacity == one.capacity


def _person(step: Step) -> Person:
    assert step.person is not None
    return step.person


def _is_same(one: Person, other: Person) -> bool:
    return (one.merged_into_id or one.pk) == (other.merged_into_id or other.pk)


def _decider(held: Held) -> Iterator[Problem]:
    """See that who decides is not who drafted, and is the top executive where it must be."""
    deciding = [one for one in held.active if one.step.kind == StepKind.DECIDE]
    makers = [one.person for one in held.active if one.step.kind == StepKind.MAKE]
    drafters = [*makers, held.letter.drafter] if held.letter.drafter else makers
    for one in deciding:
        if any(_is_same(one.person, drafter) for drafter in drafters):
            yield fault("LETTER_DRAFTER_DECIDES", name=one.name)
        if needs_top(held.letter) and not _is_top(held, one, one.signed_on):
            yield fault("LETTER_NOT_TOP", name=one.name, day=format_date(one.signed_on))


def _is_top(held: Held, one: Endorsement, day: date) -> bool:
    lawful = top_executives(held.letter.agency, day)
    return any(_is_same(each.person, one.person) and each.pk == one.appointment_id for each in lawful)


CHECKS: Sequence[tuple[Promise | str, Check]] = (
    (_("ข้อความเป็นข้อความที่ลงนาม"), of_text),
    (_("ลายมือชื่อและความเห็นไม่ถูกแก้ และต่อกันครบ"), of_seals),
    (_("ลงนามครบตามลำดับการเสนอ"), of_order),
    (_("วันเวลาไม่ย้อนกลับ"), of_days),
    (_("ผู้ลงนามมีอำนาจในวันนั้น"), of_rights),
)
