"""Who hands over: the posts and units that are theirs, on the last day that they have any."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from prongsai.web.agencies.models import Agency, Appointment, Capacity, Person, Unit
from prongsai.web.agencies.queries import with_children
from prongsai.web.agencies.scope import Scope


@dataclass(frozen=True, slots=True)
class Giver:
    """Somebody who hands over. day: on which their posts are looked at. held: own posts first, then acting ones."""

    agency: Agency
    person: Person
    day: date
    held: tuple[Appointment, ...]

    @property
    def own(self) -> tuple[Appointment, ...]:
        """The posts that are theirs, not those in which they act."""
        return tuple(one for one in self.held if one.capacity == Capacity.SELF)

    @property
    def post_ids(self) -> frozenset[int]:
        """Every post that they fill, acting included; delegations carry only what their order names."""
        return frozenset(one.post_id for one in self.held if one.capacity != Capacity.DELEGATED)

    @property
    def unit(self) -> Unit | None:
        """The unit of their first post that has one."""
        return next((one.post.unit for one in (*self.own, *self.held) if one.post.unit), None)

    @property
    def unit_ids(self) -> frozenset[int]:
        """The units of their own posts."""
        return frozenset(one.post.unit_id for one in self.own if one.post.unit_id)

    def scope(self, today: date) -> Scope:
        """Give the scope in which queries tell what waits for them; without powers, and never with a user."""
        units = with_children(self.agency, set(self.unit_ids))
        return Scope(
            self.agency, None, self.person, frozenset(), frozenset(), self.post_ids, frozenset(units), today
        )  # fmt: skip


def giver_of(agency: Agency, person: Person, day: date) -> Giver:
    """Give somebody with their posts on a day; who has none then, with those that ended last. One query."""
    every = Appointment.objects.filter(agency=agency, person=person).select_related("post__unit", "person")
    known = [one for one in every if one.valid_from is None or one.valid_from <= day]
    now = [one for one in known if one.holds_on(day)]
    held = now or _last(known)
    return Giver(agency, person, day if now else _day_of(held, day), tuple(sorted(held, key=_order)))


def _last(known: Sequence[Appointment]) -> list[Appointment]:
    ends = [one.valid_to for one in known if one.valid_to]
    if not ends:
        return []
    # Who leaves is taken out of every post in the same days.
    since = max(ends) - timedelta(days=7)
    return [one for one in known if one.valid_to and one.valid_to >= since]


def _day_of(held: Sequence[Appointment], day: date) -> date:
    return max((one.valid_to for one in held if one.valid_to), default=day)


def _order(one: Appointment) -> tuple[bool, int, int]:
    return one.capacity != Capacity.SELF, one.post.place, one.pk
