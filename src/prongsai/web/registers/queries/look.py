"""What the names in forms and spreadsheets mean in an office: each kind is fetched once and held in memory."""

import difflib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.db.models.fields.json import KT

from prongsai.registers.model import Ref, Register
from prongsai.thai.names import name_key, read_name
from prongsai.thai.text import fold
from prongsai.web.agencies.models import Person, Post
from prongsai.web.agencies.queries import unit_names
from prongsai.web.agencies.queries.unit_names import UnitNames
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.registers.queries.library import editions_of
from prongsai.web.registers.queries.rights import seen_of

HELD_MAX = 50_000  # entries of a register that are held by their names; of larger ones the newest
_NEAR = 3


class OfficeLook:
    """Finds units, people, posts and entries by what they are called. A name that fits several finds none."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._entries: dict[str, _Names] = {}

    def unit(self, text: str) -> Ref | None:
        """Find a unit by its name, an alias, or another printing of either."""
        found = self._units.find(text)
        return Ref(found.pk, found.name) if found else None

    def person(self, text: str) -> Ref | None:
        """Find a person by name, with or without the title, in any spelling that was merged."""
        name = read_name(text)
        return self._people.find(name_key(name) if name else fold(text)) or self._people.find(fold(text))

    def post(self, text: str) -> Ref | None:
        """Find a post by its title."""
        return self._posts.find(fold(text))

    def entry(self, register: str, text: str) -> Ref | None:
        """Find a counted entry by its title, by what occurs once in it, or by its number (``12``, ``12/2569``)."""
        return self._of(register).find(fold(text))

    def nearest(self, kind: str, text: str) -> Sequence[str]:
        """Give up to three names that may be meant; kind: ``unit``, ``person``, ``post`` or a register."""
        if kind == "unit":
            return tuple(unit.name for unit in self._units.nearest(text))
        return (self._people if kind == "person" else self._posts if kind == "post" else self._of(kind)).nearest(text)

    @cached_property
    def _units(self) -> UnitNames:
        return unit_names(self._scope.agency, self._scope.today)

    @cached_property
    def _people(self) -> "_Names":
        people = {one.pk: one for one in Person.objects.filter(agency=self._scope.agency)}
        names = _Names()
        for one in people.values():
            root = _root(one, people)
            names.add(Ref(root.pk, str(root)), (fold(one.given_name + one.family_name), fold(str(one))))
        return names

    @cached_property
    def _posts(self) -> "_Names":
        names = _Names()
        for pk, title in (
            Post.objects.filter(agency=self._scope.agency).on(self._scope.today).values_list("pk", "title")
        ):
            names.add(Ref(pk, title), (fold(title),))
        return names

    def _of(self, register: str) -> "_Names":
        if register not in self._entries:
            self._entries[register] = _names_of(self._scope, editions_of(register))
        return self._entries[register]


class _Names:
    """Folded names with what they mean."""

    def __init__(self) -> None:
        self._refs: dict[str, set[Ref]] = defaultdict(set)

    def add(self, ref: Ref, names: Iterable[str]) -> None:
        for name in names:
            if name:
                self._refs[name].add(ref)

    def find(self, name: str) -> Ref | None:
        found = self._refs.get(name, ())
        return next(iter(found)) if len(found) == 1 else None

    def nearest(self, text: str) -> tuple[str, ...]:
        near = difflib.get_close_matches(fold(text)[:200], list(self._refs)[:5000], n=_NEAR, cutoff=0.5)
        return tuple(dict.fromkeys(ref.text for name in near for ref in self._refs[name]))[:_NEAR]


def _names_of(scope: Scope, editions: Sequence[Register]) -> _Names:
    newest = editions[-1]
    once = newest.unique[0] if len(newest.unique) == 1 else ""
    counted = Q(pk__in=())
    for one in editions:
        counted |= Q(since_be=one.since_be, state__in=one.counted_states)
    found = Entry.objects.filter(counted, agency=scope.agency, register=newest.id).order_by("-pk")
    found = seen_of(scope, newest, found)
    columns: list[Any] = ["pk", "title", "number", "fiscal_year_be", *([KT(f"values__{once}")] if once else [])]
    names = _Names()
    for pk, title, number, year, *rest in found.values_list(*columns)[:HELD_MAX]:
        numbered = (f"{number}/{year}",) if year else (str(number),)
        names.add(Ref(pk, title), (fold(title), *numbered, *(fold(str(one)) for one in rest if one)))
    return names


def _root(person: Person, people: dict[int, Person]) -> Person:
    while person.merged_into_id and person.merged_into_id in people:
        person = people[person.merged_into_id]
    return person
