"""Good examples: public pages of items whose every element is met, of agencies that let them be shown."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from prongsai.frameworks.model import Item
from prongsai.web.agencies.models import Agency
from prongsai.web.mentor.access import Desk
from prongsai.web.mentor.models import ItemStanding, Participation
from prongsai.web.mentor.queries.sight import Wanted, Year, standings_of


@dataclass(frozen=True, slots=True)
class Example:
    """A public page that does what the item asks for."""

    agency: Agency
    item: Item
    address: str
    elements: int


def lines_of(desk: Desk, year: Year, wanted: Wanted, key: str = "") -> QuerySet[ItemStanding]:
    """Give the examples in the order of agencies. key: of one item only."""
    showing = Participation.objects.filter(office=desk.office, left_on__isnull=True, shows_examples=True)
    seen = standings_of(desk, year.id, wanted).filter(agency__in=showing.values("agency")).order_by().values("pk")
    keys = [key] if key else list(year.items)
    found = ItemStanding.objects.exclude(example="").filter(standing__in=seen, key__in=keys)
    return found.select_related("standing__agency").order_by("key", "standing_id", "pk")


def examples_of(year: Year, lines: Iterable[ItemStanding]) -> tuple[Example, ...]:
    """Turn a page of lines into rows; no further query."""
    items = year.items
    return tuple(Example(one.standing.agency, items[one.key], one.example, one.elements) for one in lines)
