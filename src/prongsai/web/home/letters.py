"""What waits in letters for who is signed in: to sign, to acknowledge, to act on, numbers that nobody used."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.handover.queries.handovers import waiting_for as handovers_for
from prongsai.web.letters.models import Letter, LetterState
from prongsai.web.letters.queries import circulars, incoming
from prongsai.web.letters.queries.chain import waiting_for
from prongsai.web.letters.queries.numbers import stale_reservations

NAMED_MAX = 5


@dataclass(frozen=True, slots=True)
class Line:
    """So many of something. text: what waits; address: of what shows them; tone: of the badge."""

    text: str
    n: int
    address: str
    tone: str


@dataclass(frozen=True, slots=True)
class Item:
    """Something that waits by its name; a secret letter has none. due_on None: no day is set."""

    name: str
    address: str
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """The first of what waits by name, what is due first. in_all: how many; address: of the list of all."""

    title: str
    items: tuple[Item, ...]
    in_all: int
    address: str


@dataclass(frozen=True, slots=True)
class Work:
    """What waits in letters: letters to sign and circulars by name, the rest counted."""

    groups: tuple[Group, ...]
    lines: tuple[Line, ...]


def work_of(scope: Scope) -> Work | None:
    """Give what waits in letters for somebody; None for nothing. At most thirteen queries however much there is.

    Committees whose order runs out are jobs of the page (``home.jobs``).
    """
    groups = (*_to_sign(scope), *_to_acknowledge(scope))
    lines = (*_returned(scope), *_came_in(scope), *_stale(scope), *_handovers(scope))
    return Work(groups, lines) if groups or lines else None


# --- by name --------------------------------------------------------------------------------------------------------
def _to_sign(scope: Scope) -> Iterator[Group]:
    """Letters at whose step somebody may sign today, those first that were drafted first."""
    if not scope.can(Power.SEE_WORK):
        return
    found = list(waiting_for(scope).order_by("drafted_at", "pk"))
    items = [Item(str(one), _to(scope, "letters:sign", one.pk)) for one in found[:NAMED_MAX]]
    yield from _group(_("หนังสือรอท่านลงนาม"), items, len(found), f"{_to(scope, 'letters:letters')}?tab=waiting")


def _to_acknowledge(scope: Scope) -> Iterator[Group]:
    found = circulars.mine(scope)
    items = [Item(one.title, _to(scope, "letters:circular", one.pk), one.due_on) for one in found[:NAMED_MAX]]
    yield from _group(_("หนังสือเวียนรอท่านรับทราบ"), items, len(found), _to(scope, "letters:circulars"))


def _group(title: str, items: Sequence[Item], in_all: int, address: str) -> Iterator[Group]:
    if items:
        yield Group(title, tuple(items), in_all, address)


# --- counted --------------------------------------------------------------------------------------------------------
def _returned(scope: Scope) -> Iterator[Line]:
    """Letters that came back to who drafted them, or took them over."""
    if not scope.can(Power.DO_WORK) or scope.person is None:
        return
    found = Letter.objects.filter(agency=scope.agency, state=LetterState.RETURNED, drafter=scope.person)
    keys = list(found.order_by("pk").values_list("pk", flat=True))
    yield from _line(scope, _("หนังสือที่ส่งคืนให้ท่านแก้ไข"), keys, "letters:letter", "letters:letters", "tab=mine", "amber")


def _came_in(scope: Scope) -> Iterator[Line]:
    """Letters that came in for the own units and are not done with; who keeps the register is told of all late ones."""
    if not scope.can(Power.SEE_WORK):
        return
    mine = list(incoming.open_of_mine(scope).values_list("pk", "due_on")) if scope.unit_ids else []
    late = [pk for pk, due_on in mine if due_on and due_on < scope.today]
    waiting = [pk for pk, _due_on in mine if pk not in late]
    narrowed = "state=late&mine=on&year="
    if scope.can(Power.KEEP_LETTERS):
        late, narrowed = list(incoming.overdue(scope).values_list("pk", flat=True)), "state=late&year="
    one, every = "letters:incoming", "letters:incoming_list"
    yield from _line(scope, _("หนังสือรับที่เกินกำหนด"), late, one, every, narrowed, "red")
    text = _("หนังสือรับรอส่วนราชการของท่าน")
    yield from _line(scope, text, waiting, one, every, "state=open&mine=on&year=", "amber")


def _stale(scope: Scope) -> Iterator[Line]:
    """Numbers that were reserved long ago and never used; those of one register lead to it."""
    if not scope.can(Power.KEEP_LETTERS):
        return
    found = list(stale_reservations(scope).values_list("series", "year_be"))
    if found:
        (series, year), several = found[0], len(set(found)) > 1
        narrowed = f"{_to(scope, 'letters:series', series)}?state=stale&year={year}"
        address = _to(scope, "letters:series_list") if several else narrowed
        yield Line(_("เลขที่จองค้างและยังไม่ได้ใช้"), len(found), address, "amber")


def _handovers(scope: Scope) -> Iterator[Line]:
    """Handovers that somebody is to sign, as giver or as taker."""
    if scope.can(Power.SEE_PEOPLE):
        keys = [one.pk for one in handovers_for(scope)]
        text = _("การส่งมอบงานรอท่านลงนาม")
        yield from _line(scope, text, keys, "handover:handover", "handover:handovers", "", "amber")


def _line(scope: Scope, text: str, keys: Sequence[int], one: str, every: str, asked: str, tone: str) -> Iterator[Line]:
    """Count what waits: of one thing the address is its own page (one), of several that of the list (every)."""
    if len(keys) == 1:
        yield Line(text, 1, _to(scope, one, keys[0]), tone)
    elif keys:
        yield Line(text, len(keys), f"{_to(scope, every)}{'?' if asked else ''}{asked}", tone)


def _to(scope: Scope, name: str, *args: object) -> str:
    return reverse(name, args=[scope.agency.code, *args])
