"""Whom a circular binds on a day, worked out from the staff register of that day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import prefetch_related_objects

from prongsai.thai.collation import sort_key
from prongsai.web.agencies.models import Agency, Appointment, Capacity, Employment, Person, Unit
from prongsai.web.letters.models import Circular

Span = tuple[date, date]  # first and last day, both included


@dataclass(frozen=True, slots=True)
class Held:
    """A post that somebody holds, or fills by acting, over a span."""

    post_id: int
    unit_id: int | None
    title: str
    place: int
    is_own: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Staff:
    """The staff register over time: who served when, in which posts; the units, each with the one above it.

    A delegation carries only the matters that its order names: it makes nobody a reader of what the post receives.
    """

    serving: Mapping[int, Span]
    held: Mapping[int, tuple[Held, ...]]
    above: Mapping[int, int | None]
    unit_names: Mapping[int, str]
    unit_places: Mapping[int, tuple[int, tuple[str, str, str]]]

    def under(self, unit_ids: Iterable[int]) -> frozenset[int]:
        """Give units with all that stand under them."""
        wanted = set(unit_ids)
        return frozenset(unit for unit in self.above if wanted & set(self.way_up(unit)))

    def way_up(self, unit: int | None) -> tuple[int, ...]:
        """Give a unit and those above it, the highest last."""
        way: list[int] = []
        while unit is not None and unit not in way:
            way.append(unit)
            unit = self.above.get(unit)
        return tuple(way)

    def post_of(self, person: int, day: date) -> Held | None:
        """Give the post under which somebody is listed: one's own of the day, else the last that was held."""
        held = self.held.get(person, ())
        if not held:
            return None
        then = [one for one in held if _covers(one.span, day)] or held
        return max(then, key=lambda one: (one.is_own, one.span, -one.place))

    def order_of(self, held: Held | None) -> tuple[object, ...]:
        """Give what a person is sorted by: those of the whole agency first, then unit by unit down the tree."""
        if held is None:
            return (1, (), 0)
        way = tuple(self.unit_places[unit] for unit in reversed(self.way_up(held.unit_id)))
        return (0, way, held.place)


@dataclass(frozen=True, slots=True)
class Bound:
    """Whom a circular binds on a day, and who was bound before but is no more; primary keys of people."""

    now: frozenset[int]
    left: frozenset[int]


def staff_of(agency: Agency, person: Person | None = None) -> Staff:
    """Fetch the staff register of an agency, or what it says of one person. Three queries."""
    people = Person.objects.filter(agency=agency, merged_into=None).exclude(employment=Employment.OUTSIDE)
    posts = Appointment.objects.filter(agency=agency).exclude(capacity=Capacity.DELEGATED)
    if person is not None:
        people, posts = people.filter(pk=person.pk), posts.filter(person=person)
    units = list(Unit.objects.filter(agency=agency).values_list("pk", "parent_id", "name", "place"))
    return Staff(
        {pk: _span(first, last) for pk, first, last in people.values_list("pk", "joined_on", "left_on")},
        _held(posts.values_list(*_COLUMNS)),
        {pk: above for pk, above, _name, _place in units},
        {pk: name for pk, _above, name, _place in units},
        {pk: (place, sort_key(name)) for pk, _above, name, place in units},
    )


_COLUMNS = (
    "person_id", "post_id", "post__unit_id", "post__title", "post__place", "capacity", "valid_from", "valid_to",
)  # fmt: skip


def _held(rows: Iterable[tuple]) -> dict[int, tuple[Held, ...]]:
    held: dict[int, list[Held]] = defaultdict(list)
    for person, post, unit, title, place, capacity, first, last in rows:
        held[person].append(Held(post, unit, title, place, capacity == Capacity.SELF, _span(first, last)))
    return {person: tuple(posts) for person, posts in held.items()}


def bound(circular: Circular, staff: Staff, day: date) -> Bound:
    """Give whom a circular binds on a day, by the register alone. Before it is sent: whom it would bind."""
    choice = _Choice.of(circular, staff)
    sent = circular.sent_on or day
    since = (min(sent, day), day)
    now, left = set(), set()
    for person in staff.serving:
        spans = choice.spans(person, staff)
        if not circular.binds_joiners and not any(_covers(span, sent) for span in spans):
            continue
        if any(_covers(span, day) for span in spans):
            now.add(person)
        elif any(_shared(span, since) for span in spans):
            left.add(person)
    return Bound(frozenset(now), frozenset(left))


@dataclass(frozen=True, slots=True)
class _Choice:
    """What a circular says of whom it goes to, units with those under them."""

    everybody: bool
    units: frozenset[int]
    posts: frozenset[int]
    people: frozenset[int]

    @classmethod
    def of(cls, circular: Circular, staff: Staff) -> "_Choice":
        if circular.to_everybody:
            return cls(True, frozenset(), frozenset(), frozenset())
        prefetch_related_objects([circular], "units", "posts", "people")
        named = ({one.pk for one in some.all()} for some in (circular.units, circular.posts, circular.people))
        units, posts, people = named
        return cls(False, staff.under(units), frozenset(posts), frozenset(people))

    def spans(self, person: int, staff: Staff) -> list[Span]:
        """Give when somebody is one of those that are meant."""
        serving = staff.serving[person]
        if self.everybody or person in self.people:
            return [serving]
        meant = [one for one in staff.held.get(person, ()) if one.unit_id in self.units or one.post_id in self.posts]
        return [span for one in meant if (span := _shared(one.span, serving))]


def _span(first: date | None, last: date | None) -> Span:
    return first or date.min, last or date.max


def _covers(span: Span, day: date) -> bool:
    return span[0] <= day <= span[1]


def _shared(one: Span, other: Span) -> Span | None:
    first, last = max(one[0], other[0]), min(one[1], other[1])
    return (first, last) if first <= last else None
