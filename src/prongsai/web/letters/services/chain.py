"""The way of a letter: its steps, sending, taking back, voiding. Signing stands in ``services.endorsing``."""

from collections.abc import Sequence
from typing import Protocol

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from prongsai.web.agencies import journal
from prongsai.web.agencies.models import Person, Post
from prongsai.web.agencies.scope import Scope
from prongsai.web.evidence.models import File
from prongsai.web.letters.models import Endorsement, Letter, LetterState, Step, StepKind
from prongsai.web.letters.queries import chain as queries
from prongsai.web.letters.queries.letters import may_write
from prongsai.web.letters.queries.proposing import Proposed, propose
from prongsai.web.letters.queries.references import why_not_send
from prongsai.web.letters.services.effects import problems_of
from prongsai.web.letters.services.endorsing import endorse
from prongsai.web.letters.services.turns import bump, turn

__all__ = ["Proposed", "Route", "attach_scan", "endorse", "propose", "recall", "send", "set_chain", "void"]

STEPS_MAX = 15
REASON_MAX = 300
_TOP = "นายก"


class Route(Protocol):
    """What a step is made of; a ``Proposed`` is one."""

    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def post(self) -> Post | None: ...  # noqa: D102
    @property
    def person(self) -> Person | None: ...  # noqa: D102
    @property
    def opinion_of(self) -> str: ...  # noqa: D102


@transaction.atomic
def set_chain(scope: Scope, *, letter: Letter, version: int | None, steps: Sequence[Route]) -> list[Step]:
    """Say through whose hands a letter goes, all of it; until the first of them has signed.

    Raises Stale; ValidationError for a chain that does not begin with who drafted it or end with one who decides, for a
    post twice, of another agency or gone, and where the top executive must decide and does not.
    """
    current = turn(scope, letter, version)
    if not queries.may_route(current):
        raise ValidationError(_("มีผู้ลงนามแล้ว แก้ลำดับการเสนอไม่ได้ ถ้าจำเป็นให้เรียกคืนก่อน"))
    _check_steps(scope, current, steps)
    before = list(Step.objects.filter(letter=current).select_related("post", "person"))
    if [_told(one) for one in before] == [_told(one) for one in steps]:
        return before
    _take_out(before)
    made = [_step(current, place, one) for place, one in enumerate(steps, 1)]
    bump(letter)
    journal.note(scope, "letter.chain", letter, {"steps": (list(map(_told, before)), list(map(_told, made)))})
    return made


def _take_out(steps: Sequence[Step]) -> None:
    """Delete steps; those at which somebody has signed are kept for that signature."""
    keys = [one.pk for one in steps]
    signed = Endorsement.objects.filter(step__in=keys).values("step")
    Step.objects.filter(pk__in=signed).update(removed_at=timezone.now())
    Step.objects.filter(pk__in=keys).delete()


def _step(letter: Letter, place: int, given: Route) -> Step:
    step = Step(letter=letter, place=place, kind=given.kind, post=given.post, person=given.person)
    step.opinion_of = given.opinion_of or (given.post.title if given.post and given.kind != StepKind.MAKE else "")
    step.full_clean()
    step.save(force_insert=True)
    return step


def _told(one: Route) -> str:
    return " · ".join(str(part) for part in (one.kind, one.post, one.person, one.opinion_of) if part)


def _check_steps(scope: Scope, letter: Letter, steps: Sequence[Route]) -> None:
    kinds = [one.kind for one in steps]
    if not steps or len(steps) > STEPS_MAX or kinds[-1] != StepKind.DECIDE or kinds.count(StepKind.DECIDE) != 1:
        raise ValidationError(_("ลำดับการเสนอต้องจบที่ผู้ลงนามหรือสั่งการหนึ่งตำแหน่ง และไม่เกิน ๑๕ ลำดับ"))
    if StepKind.MAKE in kinds[1:] or (
        letter.drafter and (kinds[0] != StepKind.MAKE or steps[0].person != letter.drafter)
    ):
        raise ValidationError(_("ลำดับแรกต้องเป็นผู้จัดทำหนังสือ"))
    posts = [one.post for one in steps if one.post]
    if any(one.post is None for one in steps if one.kind != StepKind.MAKE):
        raise ValidationError(_("เลือกตำแหน่งให้ครบทุกลำดับ"))
    if any(post.agency_id != scope.agency.pk or not post.holds_on(scope.today) for post in posts):
        raise ValidationError(_("มีตำแหน่งที่ไม่ใช่ของหน่วยงานนี้ หรือไม่มีแล้วในวันนี้"))
    if len({post.pk for post in posts}) < len(posts):
        raise ValidationError(_("ตำแหน่งเดียวกันอยู่ในลำดับการเสนอได้ครั้งเดียว"))
    last = steps[-1].post
    if queries.needs_top(letter) and last and (last.unit_id or not last.title.startswith(_TOP)):
        raise ValidationError(_("หนังสือชนิดนี้ต้องลงนามโดยผู้บริหารสูงสุด ลำดับสุดท้ายต้องเป็นตำแหน่งนายก"))


# --- sending and taking back ----------------------------------------------------------------------------------------
@transaction.atomic
def send(scope: Scope, *, letter: Letter, version: int | None) -> Letter:
    """Send a letter on its way; without steps it takes those that are proposed. Its drafter signs it first.

    A returned letter must have another text first: what was returned stays as it was. Raises Stale, ValidationError.
    """
    current = turn(scope, letter, version)
    _hold_sending(scope, current)
    set_chain(scope, letter=current, version=None, steps=_way(scope, current))
    return journal.change(scope, letter, "letter.send", state=LetterState.IN_CHAIN, reason="")


def _way(scope: Scope, letter: Letter) -> Sequence[Route]:
    """Give the steps that were set, from whoever has the draft now; without any those that are proposed."""
    proposed = propose(scope, letter=letter)
    steps: list[Route] = list(Step.objects.filter(letter=letter).select_related("post", "person"))
    if not steps:
        return proposed
    first = [one for one in proposed if one.kind == StepKind.MAKE]
    return [*first, *(one for one in steps if one.kind != StepKind.MAKE)]


def _hold_sending(scope: Scope, letter: Letter) -> None:
    if letter.state == LetterState.RETURNED:
        raise ValidationError(_("หนังสือนี้ถูกส่งคืน ต้องแก้ไขเป็นฉบับใหม่ก่อนเสนออีกครั้ง"))
    if letter.state != LetterState.DRAFT:
        raise ValidationError(_("เสนอได้เฉพาะร่าง"))
    if not may_write(scope, letter):
        raise ValidationError(_("ผู้เสนอต้องเป็นผู้จัดทำ หรือส่วนราชการเจ้าของเรื่อง"))
    if found := [*why_not_send(letter), *problems_of(letter)]:
        raise ValidationError(found)


@transaction.atomic
def recall(scope: Scope, *, letter: Letter, version: int | None, reason: str) -> Letter:
    """Take a letter back that nobody has decided on; what was signed is void. Raises Stale, ValidationError."""
    current = turn(scope, letter, version)
    if current.state != LetterState.IN_CHAIN or not may_write(scope, current):
        raise ValidationError(_("เรียกคืนได้เฉพาะหนังสือที่อยู่ระหว่างเสนอ โดยผู้จัดทำหรือส่วนราชการเจ้าของเรื่อง"))
    if not reason.strip():
        raise ValidationError({"reason": _("บอกเหตุผลที่เรียกคืน")})
    void(scope, letter=current, reason=reason)
    return journal.change(scope, letter, "letter.recall", state=LetterState.DRAFT, reason=reason.strip()[:REASON_MAX])


@transaction.atomic
def void(scope: Scope, *, letter: Letter, reason: str) -> int:
    """Void every signature of a letter that counts; they stay, with the day and the reason. Gives how many."""
    journal.take_turn(scope.agency)
    found = list(queries.active_of(letter))
    if not found:
        return 0
    values = {"voided_at": timezone.now(), "voided_reason": reason.strip()[:REASON_MAX]}
    Endorsement.objects.filter(pk__in=[one.pk for one in found]).update(**values)
    told: dict[str, tuple[object, object]] = {"endorsements": ([f"{one.name} {one.seal}" for one in found], [])}
    if not letter.secrecy:  # what is said about a secret letter stays with it
        told["reason"] = ([], [values["voided_reason"]])
    journal.note(scope, "letter.void", letter, told)
    return len(found)


@transaction.atomic
def attach_scan(scope: Scope, *, letter: Letter, version: int | None, file: File) -> Letter:
    """Keep the paper as it was signed in ink with the letter. Raises Stale, ValidationError."""
    current = turn(scope, letter, version)
    if not queries.may_enter_scan(scope, current):
        raise ValidationError(_("ผู้แนบสำเนาที่ลงนามต้องเป็นงานสารบรรณหรือผู้จัดทำ"))
    if current.state not in (LetterState.IN_CHAIN, LetterState.SIGNED):
        raise ValidationError(_("แนบสำเนาที่ลงนามได้เมื่ออยู่ระหว่างเสนอหรือลงนามแล้ว"))
    if file.agency_id != scope.agency.pk or file.erased_at:
        raise ValidationError(_("ไฟล์นี้ใช้แนบไม่ได้"))
    return journal.change(scope, letter, "letter.scan", scan=file)
