"""What a printed name means: a unit, a post or a person."""

from dataclasses import dataclass

from django.utils import timezone

from prongsai.thai.names import name_key, read_name
from prongsai.thai.text import fold
from prongsai.web.agencies.models import Agency, Appointment, Capacity, Person, Post, Unit
from prongsai.web.agencies.queries.unit_names import unit_names


@dataclass(frozen=True, slots=True)
class Owner:
    """Who is meant by printed words; every field but text may be None."""

    text: str
    unit: Unit | None = None
    post: Post | None = None
    person: Person | None = None

    @property
    def is_known(self) -> bool:
        """Whether the words mean somebody or something of the agency."""
        return bool(self.unit or self.post or self.person)


def find_unit(agency: Agency, text: str) -> Unit | None:
    """Give the unit that a printed name means: its name, an alias, or another printing of either; None for several."""
    return unit_names(agency, timezone.localdate()).find(text)


def nearest_units(agency: Agency, text: str) -> list[Unit]:
    """Give up to three units whose names are like a printed one."""
    return unit_names(agency, timezone.localdate()).nearest(text)


def resolve_owner(agency: Agency, text: str) -> Owner:
    """Find out who is meant by printed words: a unit, a post (with its unit), or a person (with post and unit)."""
    unit = find_unit(agency, text)
    if unit:
        return Owner(text, unit=unit)
    bare = fold(text)
    post = next((p for p in Post.objects.filter(agency=agency).select_related("unit") if fold(p.title) == bare), None)
    if post:
        return Owner(text, unit=post.unit, post=post)
    person = find_person(agency, text)
    held = _held_by(person) if person else None
    return Owner(text, unit=held.unit if held else None, post=held, person=person)


def find_person(agency: Agency, text: str) -> Person | None:
    """Give the one person of a printed name, in any spelling that was merged; None where nobody or several fit."""
    name = read_name(text)
    key = name_key(name) if name else fold(text)
    people = {person.pk: person for person in Person.objects.filter(agency=agency)}
    found = {_root(person, people) for person in people.values() if fold(person.given_name + person.family_name) == key}
    return found.pop() if len(found) == 1 else None


def _root(person: Person, people: dict[int, Person]) -> Person:
    while person.merged_into_id:
        person = people[person.merged_into_id]
    return person


def _held_by(person: Person) -> Post | None:
    held = Appointment.objects.filter(person=person).select_related("post__unit").order_by("-valid_from")
    found = sorted(held, key=lambda one: (one.valid_to is not None, one.capacity != Capacity.SELF))
    return found[0].post if found else None
