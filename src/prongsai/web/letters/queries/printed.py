"""A letter's way up as its paper prints it: what was said and signed, and who would sign where nobody has yet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import override

from prongsai.reports.forms.signing import Capacity, Signed
from prongsai.reports.phrases import phrases
from prongsai.web.agencies.models import Person, Post
from prongsai.web.agencies.queries import signature_lines
from prongsai.web.agencies.scope import system_scope
from prongsai.web.letters.models import Decision, Endorsement, Letter, LetterText, Step, StepKind
from prongsai.web.letters.queries.chain import appointment_of, person_of, who_may_sign
from prongsai.web.letters.queries.proposing import propose

OPEN_NAME = "." * 40
# Words of papers, not of pages: what was decided without a word beside it.
_DECIDED = {
    Decision.FORWARD: "เสนอต่อ",
    Decision.APPROVE: "อนุมัติ",
    Decision.ACKNOWLEDGE: "ทราบ",
    Decision.RETURN: "ส่งคืนให้แก้ไข",
    Decision.REJECT: "ไม่อนุมัติ",
}


@dataclass(frozen=True, slots=True)
class PrintedStep:
    """A step. opinion: its lines, none while it is open; lines: under the name; given: the signature, or None."""

    kind: StepKind
    opinion_of: str
    opinion: tuple[str, ...]
    signed: Signed
    lines: tuple[str, ...]
    given: Endorsement | None


@override("th")  # words of papers, not of pages
def printed_steps(letter: Letter, text: LetterText) -> tuple[PrintedStep, ...]:
    """Give the steps of a letter in their order, with the signatures that were given to a text and count.

    A draft without steps is printed with those that are proposed for it.
    """
    steps = list(Step.objects.filter(letter=letter).select_related("post__agency", "person", "letter__agency"))
    given = signatures_of(letter, text) if steps else {}
    return tuple(_printed(step, given.get(step.pk)) for step in steps or _proposed(letter))


def signatures_of(letter: Letter, text: LetterText) -> dict[int, Endorsement]:
    """Give the signatures of a text that count, by step, in the order of the steps."""
    if text.pk is None:  # a text that is only looked at
        return {}
    found = Endorsement.objects.filter(step__letter=letter, text=text, voided_at=None).order_by("step__place")
    return {one.step_id: one for one in found}


def maker_of(steps: Sequence[PrintedStep]) -> PrintedStep | None:
    """Give who made the letter."""
    return next((step for step in steps if step.kind == StepKind.MAKE), None)


def decider_of(steps: Sequence[PrintedStep]) -> PrintedStep | None:
    """Give who decides."""
    return next((step for step in reversed(steps) if step.kind == StepKind.DECIDE), None)


def _proposed(letter: Letter) -> Iterator[Step]:
    if letter.pk is None or not letter.texts.exists():
        return
    for one in propose(system_scope(letter.agency), letter=letter):
        yield Step(letter=letter, place=one.place, kind=one.kind, post=one.post, person=one.person,
                   opinion_of=one.opinion_of)  # fmt: skip


def _printed(step: Step, given: Endorsement | None) -> PrintedStep:
    kind = StepKind(step.kind)
    opinion_of = "" if kind is StepKind.MAKE else step.opinion_of or _title(step.post)
    if given is None:
        name, capacity, lines = _would_sign(step)
        return PrintedStep(kind, opinion_of, (), _signed(name, capacity, lines), lines, None)
    lines = tuple(given.position)
    said = tuple(line.strip() for line in given.opinion.splitlines() if line.strip())
    return PrintedStep(
        kind,
        opinion_of,
        said or (() if kind is StepKind.MAKE else (_DECIDED[Decision(given.decision)],)),
        _signed(given.name, given.capacity, lines),
        lines,
        given,
    )


def _would_sign(step: Step) -> tuple[str, str, tuple[str, ...]]:
    """Give name, capacity and post of who would sign today; the post alone where nobody is in office."""
    day = timezone.localdate()
    signer = next(iter(who_may_sign(step, day)), None)
    if signer is None:
        return _name(step.person), Capacity.SELF, (_title(step.post),) if step.post else ()
    appointment = appointment_of(signer, day)
    lines = signature_lines(appointment, day) if appointment else ()
    return str(person_of(signer)), appointment.capacity if appointment else Capacity.SELF, lines


def _signed(name: str, capacity: str, lines: Sequence[str]) -> Signed:
    """Part the lines under a name into one's own post, the words of acting and the post that is signed for."""
    kind = Capacity(capacity)
    first, rest = (lines[0] if lines else ""), " ".join(lines[1:])
    if kind is Capacity.SELF:
        return Signed(name, " ".join(lines))
    words = phrases().acting[kind.value]
    own = next((first.removesuffix(word).strip() for word in words if first.endswith(word)), first)
    return Signed(name, own, kind, rest)


def _name(person: Person | None) -> str:
    return str(person) if person else OPEN_NAME


def _title(post: Post | None) -> str:
    return post.title if post else ""
