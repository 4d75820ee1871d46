"""Cycles, what may be opened, and the dates of a cycle."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.shortcuts import get_object_or_404

from prongsai.frameworks.load import library
from prongsai.frameworks.model import CalendarEntry, Status
from prongsai.frameworks.shelf import FrameworkEntry
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles.models import Cycle, CycleDate, ScoreKind, ScoreSnapshot, Work
from prongsai.web.cycles.queries.frameworks import framework_of, mark_of


def cycles_of(scope: Scope) -> QuerySet[Cycle]:
    """Give the cycles of the agency, the latest year first."""
    return Cycle.objects.filter(agency=scope.agency).select_related("agency", "carried_from")


def cycle_of(scope: Scope, framework_id: str) -> Cycle:
    """Give the agency's cycle of a framework. Raises Http404."""
    return get_object_or_404(cycles_of(scope), framework_id=framework_id)


def last_cycle_before(scope: Scope, kind: str, fiscal_year_be: int) -> Cycle | None:
    """Give the nearest earlier cycle of a kind of assessment, from which a new one carries over."""
    return cycles_of(scope).filter(framework_kind=kind, fiscal_year_be__lt=fiscal_year_be).first()


@dataclass(frozen=True, slots=True)
class Offer:
    """A framework that a cycle may be opened from. is_draft: nobody has held it against the handbook yet."""

    id: str
    title: str
    kind: str
    fiscal_year_be: int
    is_draft: bool
    is_own: bool


def frameworks_to_open(scope: Scope) -> tuple[Offer, ...]:
    """Give the frameworks of the library of which the agency has no cycle, the latest year first."""
    taken = set(cycles_of(scope).values_list("framework_kind", "fiscal_year_be"))
    found: dict[str, Offer] = {}
    for entry in library():
        if entry.fiscal_year_be and not entry.problem_th and (entry.kind, entry.fiscal_year_be) not in taken:
            found.setdefault(entry.id, _offer(entry, entry.fiscal_year_be))
    return tuple(sorted(found.values(), key=lambda each: (each.kind != "ita", -each.fiscal_year_be, each.id)))


def _offer(entry: FrameworkEntry, year: int) -> Offer:
    title = entry.title_th.replace("{year}", str(year))
    return Offer(entry.id, title, entry.kind, year, entry.status is Status.DRAFT, entry.own)


@dataclass(frozen=True, slots=True)
class Stop:
    """A step of the calendar. text: what the framework says of it, mark: how sure that is, both may be empty.

    next_on: the day the countdown counts to. phase: ``unknown``, ``ahead``, ``now`` or ``past``.
    """

    pk: int
    key: str
    name: str
    starts_on: date | None
    ends_on: date | None
    source: str
    version: int
    text: str
    mark: str
    next_on: date | None
    phase: str


def stops_of(cycle: Cycle, today: date) -> tuple[Stop, ...]:
    """Give the calendar of a cycle in its order; one query."""
    entries = {entry.key: entry for entry in framework_of(cycle).calendar}
    return tuple(_stop(row, entries.get(row.key), today) for row in cycle.dates.all())


def _stop(row: CycleDate, entry: CalendarEntry | None, today: date) -> Stop:
    phase, next_on = _phase(row.starts_on, row.ends_on, today)
    text = (entry.text_th or entry.basis.note) if entry else ""
    mark = mark_of(entry.basis) if entry and _is_as_given(row, entry) else ""
    place = (row.pk, row.key, row.name, row.starts_on, row.ends_on, row.source, row.version)
    return Stop(*place, text, mark, next_on, phase)


def _is_as_given(row: CycleDate, entry: CalendarEntry) -> bool:
    """Whether the day still is the framework's, not the office's own: only then does its doubt belong to it."""
    given = (entry.start, entry.end)
    return given == tuple(day.isoformat() if day else None for day in (row.starts_on, row.ends_on)) and not row.source


def _phase(start: date | None, end: date | None, today: date) -> tuple[str, date | None]:
    if start is None and end is None:
        return "unknown", None
    if start and start > today:
        return "ahead", start
    last = end or start
    return ("now", last) if last and last >= today else ("past", last)


def next_stop(stops: Iterable[Stop]) -> Stop | None:
    """Give the step that is going on or comes next."""
    coming = [stop for stop in stops if stop.phase in ("now", "ahead") and stop.next_on]
    return min(coming, key=lambda stop: stop.next_on or date.max, default=None)


@dataclass(frozen=True, slots=True)
class Line:
    """A cycle in the list."""

    cycle: Cycle
    items: int
    ready: int
    overall_pct: object
    level: str
    next: Stop | None


def overview(scope: Scope) -> tuple[Line, ...]:
    """Give every cycle with its progress, official result and next date; two queries however many there are."""
    official = ScoreSnapshot.objects.filter(cycle=OuterRef("pk"), kind=ScoreKind.OFFICIAL)
    done = Q(items__work__in=(Work.READY, Work.SUBMITTED))
    rows = (
        cycles_of(scope)
        .prefetch_related("dates")
        .annotate(
            n_items=Count("items"),
            n_ready=Count("items", filter=done),
            official_pct=Subquery(official.values("overall_pct")[:1]),
            official_level=Subquery(official.values("level")[:1]),
        )
    )
    return tuple(_line(row, scope.today) for row in rows)


def _line(row: Cycle, today: date) -> Line:
    stops = (_stop(each, None, today) for each in row.dates.all())
    found = vars(row)
    level = found["official_level"] or ""
    return Line(row, found["n_items"], found["n_ready"], found["official_pct"], level, next_stop(stops))
