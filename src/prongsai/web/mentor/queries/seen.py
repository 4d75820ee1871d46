"""One agency as an office sees it: the office's page, and the same before it joins."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date

from prongsai.errors import FrameworkError
from prongsai.frameworks.load import load
from prongsai.frameworks.model import Item
from prongsai.web.agencies.scope import Scope
from prongsai.web.mentor.access import Desk
from prongsai.web.mentor.models import FaultStanding, ItemStanding, Standing
from prongsai.web.mentor.queries.clusters import Told, told, weeks_between
from prongsai.web.mentor.queries.figures import cycles_to_show, figures_of
from prongsai.web.mentor.queries.heat import Cell
from prongsai.web.mentor.queries.sight import Year, standings_of


@dataclass(frozen=True, slots=True)
class ItemSeen:
    """An item of the agency. days_late: None where it is not late."""

    item: Item
    line: ItemStanding
    cell: Cell
    days_late: int | None


@dataclass(frozen=True, slots=True)
class FaultSeen:
    """A fault of the agency."""

    told: Told
    since: date
    weeks: int


@dataclass(frozen=True, slots=True)
class Seen:
    """How a cycle of an agency stands, as an office sees it."""

    standing: Standing
    year: Year
    items: tuple[ItemSeen, ...]
    faults: tuple[FaultSeen, ...]


def seen_by(desk: Desk, code: str, year: Year) -> Seen | None:
    """Give how an agency stands in a year; None for one that the office does not see. Three queries."""
    standing = standings_of(desk, year.id).select_related("agency").filter(agency__code=code).first()
    if standing is None:
        return None
    return _seen(standing, year, standing.lines.all(), standing.faults.all(), desk.today)


def would_be_seen(scope: Scope) -> tuple[Seen, ...]:
    """Give what an office would see of the agency now: counted as for an office, and kept nowhere."""
    found = []
    for cycle in cycles_to_show(scope):
        try:
            figures, framework = figures_of(scope, cycle), load(cycle.framework_id)
        except FrameworkError:
            continue
        standing = Standing(agency=scope.agency, cycle=cycle, framework_id=cycle.framework_id, **figures.counts)
        lines = [ItemStanding(**asdict(line)) for line in figures.lines]
        faults = [FaultStanding(**asdict(fault)) for fault in figures.faults]
        found.append(_seen(standing, Year(framework, 1), lines, faults, scope.today))
    return tuple(found)


def _seen(
    standing: Standing, year: Year, lines: Iterable[ItemStanding], faults: Iterable[FaultStanding], today: date
) -> Seen:
    by_key = {line.key: line for line in lines}
    items = tuple(_item(item, by_key[key], today) for key, item in year.items.items() if key in by_key)
    order = {key: place for place, key in enumerate(year.items)}
    placed = sorted(faults, key=lambda one: (order.get(one.key, len(order)), one.source, one.code))
    return Seen(standing, year, items, tuple(_fault(year, one, today) for one in placed))


def _item(item: Item, line: ItemStanding, today: date) -> ItemSeen:
    days = (today - line.due_on).days if line.due_on and line.due_on < today and not line.is_done else None
    return ItemSeen(item, line, Cell(line.met, line.elements, days is not None), days)


def _fault(year: Year, one: FaultStanding, today: date) -> FaultSeen:
    return FaultSeen(told(year, one.source, one.key, one.code), one.since, weeks_between(one.since, today))
