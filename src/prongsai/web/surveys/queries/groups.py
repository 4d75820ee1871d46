"""What groups of a survey may be made of: the units of an agency with their people, and its services."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from prongsai.web.agencies.models import Agency, Appointment, Capacity, Employment, Unit
from prongsai.web.agencies.queries import people_on
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.surveys.models import Grouping

MANUALS = "service-manuals"
ONLINE = "online-services"
IN_FORCE = {MANUALS: "current", ONLINE: "kept"}  # the state of what is offered today
NAME_MAX = 200


@dataclass(frozen=True, slots=True)
class Offer:
    """A group that may be made. headcount: how many may answer, None for nobody knows."""

    name: str
    unit: Unit | None = None
    headcount: int | None = None


def offers_of(scope: Scope, way: str) -> list[Offer]:
    """Give the groups that a way of grouping offers; none where they are typed in."""
    if way == Grouping.UNIT:
        return list(_units(scope.agency, scope.today))
    return list(_services(scope.agency)) if way == Grouping.SERVICE else []


def _units(agency: Agency, day: date) -> Iterator[Offer]:
    """Give the units that stand under none, each with who holds a post in it or below it. Three queries."""
    units = {one.pk: one for one in Unit.objects.filter(agency=agency).on(day)}
    people: dict[int, set[int]] = {}
    held = Appointment.objects.filter(agency=agency, post__unit__isnull=False, capacity=Capacity.SELF).on(day)
    here = held.filter(person__in=people_on(agency, day).exclude(employment=Employment.ELECTED))
    for unit_id, person_id in here.values_list("post__unit_id", "person_id"):
        people.setdefault(_top(units, unit_id), set()).add(person_id)
    for unit in units.values():
        if unit.parent_id not in units:
            yield Offer(unit.name, unit, len(people.get(unit.pk, ())))


def _top(units: dict[int, Unit], pk: int) -> int:
    while pk in units and units[pk].parent_id in units:
        pk = units[pk].parent_id or pk
    return pk


def outside_units(agency: Agency, day: date) -> int:
    """Count the staff who hold no post in a unit: they belong to no group that units make."""
    staff = people_on(agency, day).exclude(employment=Employment.ELECTED)
    held = Appointment.objects.filter(agency=agency, post__unit__isnull=False, capacity=Capacity.SELF).on(day)
    return staff.exclude(pk__in=held.values("person_id")).count()


def _services(agency: Agency) -> Iterator[Offer]:
    """Give the services of which there is a manual in force, else those that are online."""
    for register in (MANUALS, ONLINE):
        found = Entry.objects.filter(agency=agency, register=register, state=IN_FORCE[register])
        names = list(dict.fromkeys(found.order_by("title").values_list("title", flat=True)))
        if names:
            yield from (Offer(name[:NAME_MAX]) for name in names)
            return
