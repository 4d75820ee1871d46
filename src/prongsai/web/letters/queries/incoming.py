"""Reading what came in: who may see a letter, which wait, which are late, which came twice."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone

from prongsai.thai.letters import read_letter_number
from prongsai.thai.numerals import to_arabic
from prongsai.thai.text import collapse, fold, normalise
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.letters.models import Incoming, NumberState
from prongsai.web.letters.queries.numbers import year_of

FEW = 5


def letter_no(text: str) -> str:
    """Give the number of a letter in one way of writing, with Arabic digits, however it was typed."""
    plain = to_arabic(collapse(normalise(text)))
    found = read_letter_number(plain)
    if found is None or collapse(found.raw) != plain.removeprefix("ที่").strip():
        return plain
    circular = "ว " if found.circular else ""
    year = f"/{found.year}" if found.year else ""
    head = f"{found.prefix} {found.unit_code}/" if found.prefix else ""
    return f"{head}{circular}{found.number}{year}"


# --- who may see -----------------------------------------------------------------------------------------------------
def incoming_of(scope: Scope) -> QuerySet[Incoming]:
    """Give the letters that somebody may read: a secret one only who registered it and its readers."""
    return _printed(scope).filter(_may_know(scope))


def register_rows(scope: Scope) -> QuerySet[Incoming]:
    """Give every letter that came in, each with ``is_seen``: of one that is not, only number and dates may be told."""
    seen = Case(When(_may_know(scope), then=Value(True)), default=Value(False), output_field=BooleanField())
    return _printed(scope).annotate(is_seen=seen)


def _printed(scope: Scope) -> QuerySet[Incoming]:
    found = Incoming.objects.filter(agency=scope.agency)
    return found.select_related("agency", "number__series", "unit", "registered_by")


def _may_know(scope: Scope) -> Q:
    if scope.person is None:
        return Q(secrecy="")
    readers = Incoming.readers.through.objects.filter(incoming_id=OuterRef("pk"), person_id=scope.person.pk)
    return Q(secrecy="") | Q(registered_by=scope.person) | Q(Exists(readers))


def may_keep(scope: Scope) -> bool:
    """Whether somebody may mend what is registered."""
    return scope.can(Power.KEEP_LETTERS)


def may_act(scope: Scope, incoming: Incoming) -> bool:
    """Whether somebody who may read a letter may enter what was done with it: its unit, and who keeps the register.

    A secret one: whoever of its readers works here.
    """
    if incoming.number.state == NumberState.CANCELLED:
        return False
    if scope.can(Power.KEEP_LETTERS) or scope.can_change(incoming.unit_id):
        return True
    return bool(incoming.secrecy) and scope.can(Power.DO_WORK)


# --- the list --------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Row:
    """A line of the register. incoming: None where only number and dates may be told. is_late: past its deadline.

    is_secret: its number is one of the register of secret letters.
    """

    number: str
    value: int
    received_at: datetime
    dated: date | None
    is_cancelled: bool
    is_secret: bool
    is_late: bool
    incoming: Incoming | None


def row_of(found: Any, today: date) -> Row:
    """Give the line of a letter of ``register_rows``."""
    is_cancelled = found.number.state == NumberState.CANCELLED
    return Row(
        found.number.text,
        found.number.value,
        found.received_at,
        found.dated,
        is_cancelled,
        bool(found.secrecy),
        found.is_seen and not is_cancelled and is_late(found, today),
        found if found.is_seen else None,
    )


def is_late(incoming: Incoming, today: date) -> bool:
    """Whether a letter is past its deadline and nothing says that it is done."""
    return incoming.done_on is None and incoming.due_on is not None and incoming.due_on < today


def is_open() -> Q:
    """Find what still waits for somebody."""
    return Q(done_on=None) & ~Q(number__state=NumberState.CANCELLED)


def overdue(scope: Scope) -> QuerySet[Incoming]:
    """Give the letters that somebody may read and that are past their deadline."""
    return incoming_of(scope).filter(is_open(), due_on__lt=scope.today)


def open_of_mine(scope: Scope) -> QuerySet[Incoming]:
    """Give the letters that wait for the units of whoever asks, the earliest deadline first."""
    return incoming_of(scope).filter(is_open(), unit__in=scope.unit_ids).order_by("due_on", "received_at")


def listed(scope: Scope, wanted: Mapping[str, Any]) -> QuerySet[Incoming]:
    """Give the list. wanted: cleaned values of ``forms.incoming.IncomingFilter``.

    Whoever searches or narrows finds only what they may read: else the search itself would tell.
    """
    found = register_rows(scope)
    if year := wanted.get("year"):
        found = found.filter(number__year_be=year)
    narrowed = _narrowed(scope, wanted)
    return found.filter(narrowed, _may_know(scope)) if narrowed else found


def _narrowed(scope: Scope, wanted: Mapping[str, Any]) -> Q:
    narrowed = Q()
    if words := to_arabic(collapse(normalise(str(wanted.get("q") or "")))):
        narrowed &= _said(words)
    if unit := wanted.get("unit"):
        narrowed &= Q(unit=unit)
    if wanted.get("mine"):
        narrowed &= Q(unit__in=scope.unit_ids)
    state = wanted.get("state")
    if state == "open":
        narrowed &= is_open()
    elif state == "late":
        narrowed &= is_open() & Q(due_on__lt=scope.today)
    elif state == "done":
        narrowed &= Q(done_on__isnull=False)
    return narrowed


def _said(words: str) -> Q:
    by_number = Q(number__value=int(words)) if words.isdecimal() and len(words) < 10 else Q()
    fields = ("subject", "sender", "addressee", "letter_no", "handling", "note")
    said = Q(**{f"{fields[0]}__icontains": words})
    for name in fields[1:]:
        said |= Q(**{f"{name}__icontains": words})
    return said | by_number


def years_with(scope: Scope) -> list[int]:
    """Give the years (BE) in which letters came in, the newest first; the present one always."""
    given = Incoming.objects.filter(agency=scope.agency).order_by().values_list("number__year_be", flat=True).distinct()
    return sorted({year_of(scope.today), *given}, reverse=True)


# --- what came twice -------------------------------------------------------------------------------------------------
def likely_same(
    scope: Scope, *, sender: str, number: str, dated: date | None, but: Incoming | None = None
) -> list[Incoming]:
    """Give letters that are registered with the same sender and number; another year on the letter is another letter.

    Only what may be read is told of.
    """
    number = letter_no(number)
    if not number:
        return []
    found = incoming_of(scope).filter(letter_no=number).exclude(number__state=NumberState.CANCELLED)
    found = found.exclude(pk=but.pk) if but else found
    same = [one for one in found if fold(one.sender) == fold(sender) and _of_one_year(one, dated, scope)]
    return same[:FEW]


def _of_one_year(one: Incoming, dated: date | None, scope: Scope) -> bool:
    year = (dated or scope.today).year
    return (one.dated or timezone.localtime(one.received_at).date()).year == year
