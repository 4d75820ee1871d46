"""What is overdue: who, which item, how many days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum

from prongsai.frameworks.model import Item
from prongsai.web.agencies.models import Agency
from prongsai.web.mentor.access import Desk
from prongsai.web.mentor.models import ItemStanding
from prongsai.web.mentor.queries.heat import late
from prongsai.web.mentor.queries.sight import Wanted, Year, standings_of


@dataclass(frozen=True, slots=True)
class Overdue:
    """An item that an agency has not handed in."""

    agency: Agency
    item: Item
    due_on: date
    days: int
    met: int
    elements: int


@dataclass(frozen=True, slots=True)
class Tally:
    """How much is late at the agencies that pass the filters."""

    agencies: int
    late_agencies: int
    items: int
    tasks: int
    duties: int


def lines_of(desk: Desk, year: Year, wanted: Wanted) -> QuerySet[ItemStanding]:
    """Give what is late, the longest first."""
    seen = standings_of(desk, year.id, wanted).order_by().values("pk")
    found = ItemStanding.objects.filter(late(desk.today), standing__in=seen, key__in=list(year.items))
    return found.select_related("standing__agency").order_by("due_on", "standing_id", "pk")


def overdue_of(year: Year, lines: Iterable[ItemStanding], today: date) -> tuple[Overdue, ...]:
    """Turn a page of lines into rows; no further query."""
    items = year.items
    return tuple(
        Overdue(line.standing.agency, items[line.key], line.due_on, (today - line.due_on).days, line.met, line.elements)
        for line in lines
        if line.due_on
    )


def tally_of(desk: Desk, year: Year, wanted: Wanted) -> Tally:
    """Count what is late; one query."""
    found = standings_of(desk, year.id, wanted).aggregate(
        n=Count("pk"),
        late=Count("pk", filter=Q(late_items__gt=0)),
        items=Sum("late_items"),
        tasks=Sum("late_tasks"),
        duties=Sum("missed_duties"),
    )
    return Tally(found["n"], found["late"], *(found[name] or 0 for name in ("items", "tasks", "duties")))
