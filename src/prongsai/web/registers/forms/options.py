"""What a reference field offers: units, people, posts, entries of another register. One query for each kind."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.db.models import Q

from prongsai.registers.model import Field, FieldType, Openness, Register
from prongsai.web.agencies.models import Employment, Person, Post, Unit
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.registers.queries.entries import entries_of
from prongsai.web.registers.queries.library import kept_of
from prongsai.web.registers.queries.parts import open_only

OFFERED = 200
LISTED = 400


@dataclass(frozen=True, slots=True)
class Offer:
    """Records by key and name. is_whole: every one that there is; otherwise a text is typed, and some are suggested."""

    choices: tuple[tuple[int, str], ...]
    is_whole: bool

    def name_of(self, pk: int) -> str:
        """Name one of them; empty when it is not offered."""
        return next((name for key, name in self.choices if key == pk), "")


class Options:
    """Offers of an agency on a day, each asked for once."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self._found: dict[tuple[FieldType, str], Offer] = {}

    def of(self, field: Field) -> Offer:
        """Give what a reference field offers."""
        place = (field.type, field.of if field.type is FieldType.ENTRY else "")
        if place not in self._found:
            self._found[place] = _offer(self._asker(field)())
        return self._found[place]

    def _asker(self, field: Field) -> Callable[[], list[tuple[int, str]]]:
        askers: dict[FieldType, Callable[[], list[tuple[int, str]]]] = {
            FieldType.UNIT: self._units,
            FieldType.PERSON: self._people,
            FieldType.POST: self._posts,
            FieldType.ENTRY: partial(self._entries, field.of),
        }
        return askers[field.type]

    def _units(self) -> list[tuple[int, str]]:
        found = Unit.objects.filter(agency=self.scope.agency).on(self.scope.today)
        return [(unit.pk, unit.name) for unit in found.order_by("place", "pk")[: LISTED + 1]]

    def _people(self) -> list[tuple[int, str]]:
        staff = Person.objects.filter(agency=self.scope.agency, merged_into=None).exclude(employment=Employment.OUTSIDE)
        found = staff.filter(Q(left_on=None) | Q(left_on__gte=self.scope.today))
        return [(person.pk, str(person)) for person in found.order_by("given_name", "family_name")[: LISTED + 1]]

    def _posts(self) -> list[tuple[int, str]]:
        found = Post.objects.filter(agency=self.scope.agency).on(self.scope.today).select_related("unit")
        return [(post.pk, str(post)) for post in found.order_by("title", "pk")[: LISTED + 1]]

    def _entries(self, register: str) -> list[tuple[int, str]]:
        found = entries_of(self.scope, kept_of(self.scope, register)).order_by("-dated_on", "-pk")
        return list(found.values_list("pk", "title")[: LISTED + 1])


class OpenOptions(Options):
    """Offers to strangers: units, and entries whose names are public; never people or posts."""

    def _people(self) -> list[tuple[int, str]]:
        return []

    def _posts(self) -> list[tuple[int, str]]:
        return []

    def _entries(self, register: str) -> list[tuple[int, str]]:
        target = kept_of(self.scope, register).register
        if not _is_named_openly(target):
            return []
        states = [one.key for one in target.states if one.is_counted and one.is_public]
        found = Entry.objects.filter(agency=self.scope.agency, register=register, state__in=states)
        return list(open_only(found, register).order_by("title", "pk").values_list("pk", "title")[: LISTED + 1])


def _is_named_openly(register: Register) -> bool:
    """Whether everything that names an entry is public."""
    named = [one for one in register.fields if f"{{{one.key}}}" in register.title]
    return register.public is not None and all(one.openness is Openness.PUBLIC for one in named)


def _offer(found: list[tuple[int, str]]) -> Offer:
    return Offer(tuple(found[:LISTED]), len(found) <= OFFERED)
