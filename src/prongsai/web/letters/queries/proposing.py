"""Proposing the way of a letter: from the drafter up the units to who decides, by the posts in office on a day."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from prongsai.thai.text import fold
from prongsai.web.agencies.models import Appointment, Capacity, Person, Post, Unit
from prongsai.web.agencies.queries import can_sign, holders_of
from prongsai.web.agencies.scope import Scope
from prongsai.web.letters.models import Letter, StepKind
from prongsai.web.letters.queries.chain import needs_top
from prongsai.web.letters.queries.content import addressees_of
from prongsai.web.letters.queries.letters import newest_text

# How these posts are called in every kind of local government.
_SECRETARY, _TOP = "ปลัด", "นายก"
_DEEP = 10


@dataclass(frozen=True, slots=True)
class Proposed:
    """A step that is proposed. who: in office today, empty when nobody is; capacity: in which right; note: of both."""

    place: int
    kind: StepKind
    post: Post | None
    person: Person | None
    opinion_of: str
    who: str
    capacity: str = Capacity.SELF
    note: str = ""


def propose(scope: Scope, *, letter: Letter) -> tuple[Proposed, ...]:
    """Propose the steps of a letter: drafter, heads of the units upwards, permanent secretary, top executive.

    A post that the drafter holds gives no opinion. A memo that is addressed to one of the posts ends there. Deputies
    come in only where they act for the post. A post that nobody fills is told.
    """
    posts = list(_posts(letter, scope.today))
    steps = [_made_by(letter)] if letter.drafter else []
    for place, post in enumerate(posts, start=len(steps) + 1):
        is_last = post is posts[-1]
        steps.append(_step(place, StepKind.DECIDE if is_last else StepKind.OPINION, post, scope.today))
    return tuple(steps)


def _made_by(letter: Letter) -> Proposed:
    return Proposed(1, StepKind.MAKE, None, letter.drafter, "", str(letter.drafter))


def _step(place: int, kind: StepKind, post: Post, day: date) -> Proposed:
    signers = [one for one in holders_of(post, day) if can_sign(one, day)]
    if not signers:
        note = _("ตำแหน่งว่าง ไม่มีผู้รักษาราชการแทนในวันนี้ บันทึกคำสั่งรักษาราชการแทน หรือนำลำดับนี้ออก")
        return Proposed(place, kind, post, None, post.title, "", "", note)
    first = signers[0]
    return Proposed(place, kind, post, None, post.title, str(first.person), first.capacity, _acting(first))


def _acting(one: Appointment) -> str:
    return "" if one.capacity == Capacity.SELF else str(Capacity(one.capacity).label)


def _posts(letter: Letter, day: date) -> Iterator[Post]:
    """Give the posts that a letter passes, its decider last."""
    own = _own_posts(letter.drafter, day)
    unit = letter.unit or next((post.unit for post in own if post.unit), None)
    above = [*_heads(unit, day), *_of_agency(letter, _SECRETARY, day), *_of_agency(letter, _TOP, day)]
    mine = {post.pk for post in own}
    way = [post for post in above if post.pk not in mine or post is above[-1]]
    yield from _until_addressee(letter, way)


def _until_addressee(letter: Letter, way: list[Post]) -> Iterable[Post]:
    if needs_top(letter) or letter.paper == "letter":  # a letter is addressed outside
        return way
    to = next(iter(addressees_of(newest_text(letter).content)), "")
    end = next((at for at, post in enumerate(way) if to and fold(to).startswith(fold(post.title))), len(way))
    return way[: end + 1]


def _own_posts(person: Person | None, day: date) -> list[Post]:
    if person is None:
        return []
    held = Appointment.objects.filter(person=person, capacity=Capacity.SELF).on(day).select_related("post__unit")
    return [one.post for one in held]


def _heads(unit: Unit | None, day: date) -> Iterator[Post]:
    for _step_up in range(_DEEP):
        if unit is None:
            return
        yield from Post.objects.filter(unit=unit, is_head=True).on(day)[:1]
        unit = unit.parent


def _of_agency(letter: Letter, title: str, day: date) -> Iterable[Post]:
    return Post.objects.filter(agency=letter.agency, unit=None, title__startswith=title).on(day)[:1]
