"""The same fault at several agencies: what one visit or one letter may mend everywhere."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Min, QuerySet

from prongsai.frameworks.model import Item
from prongsai.web.agencies.models import Agency
from prongsai.web.mentor.access import Desk
from prongsai.web.mentor.faults import fault_words
from prongsai.web.mentor.models import FaultSource, FaultStanding
from prongsai.web.mentor.queries.sight import Wanted, Year, standings_of

TOGETHER = 2  # from how many agencies on a fault is one of several


@dataclass(frozen=True, slots=True)
class Told:
    """A fault in words. item: None for what is of no item of the year. mend: may be empty."""

    source: str
    code: str
    item: Item | None
    words: str
    mend: str


@dataclass(frozen=True, slots=True)
class Cluster:
    """A fault and how many agencies have it. weeks: since the first of them had it."""

    told: Told
    key: str
    agencies: int
    since: date
    weeks: int


@dataclass(frozen=True, slots=True)
class At:
    """A fault at one agency."""

    agency: Agency
    since: date
    weeks: int


def told(year: Year, source: str, key: str, code: str) -> Told:
    """Say what a fault is in the words of the year's framework or of the look from outside."""
    item = year.items.get(key)
    if source == FaultSource.PAGE:
        return Told(source, code, item, *fault_words(code))
    texts = {element.key: element.text_th for element in item.elements} if item else {}
    return Told(source, code, item, texts.get(code, code), "")


def weeks_between(since: date, today: date) -> int:
    """Count the whole weeks from a day to another."""
    return max(0, (today - since).days // 7)


def found_in(desk: Desk, year: Year, wanted: Wanted) -> QuerySet[FaultStanding]:
    """Give every fault of the agencies that pass the filters."""
    return FaultStanding.objects.filter(standing__in=standings_of(desk, year.id, wanted).order_by().values("pk"))


def clusters(desk: Desk, year: Year, wanted: Wanted, source: str = "") -> QuerySet[Any, Any]:
    """Give the faults that several agencies have, the commonest first, as dicts. source: of one kind only."""
    found = found_in(desk, year, wanted)
    if source:
        found = found.filter(source=source)
    counted = found.order_by().values("source", "key", "code").annotate(n=Count("pk"), oldest=Min("since"))
    return counted.filter(n__gte=TOGETHER).order_by("-n", "oldest", "key", "code", "source")


def clusters_of(year: Year, rows: Iterable[Mapping[str, Any]], today: date) -> tuple[Cluster, ...]:
    """Put a page of clusters into words; no further query."""
    return tuple(
        Cluster(
            told(year, row["source"], row["key"], row["code"]),
            row["key"],
            row["n"],
            row["oldest"],
            weeks_between(row["oldest"], today),
        )
        for row in rows
    )


def having(desk: Desk, year: Year, wanted: Wanted, source: str, key: str, code: str) -> QuerySet[FaultStanding]:
    """Give the agencies that have a fault, the longest first."""
    found = found_in(desk, year, wanted).filter(source=source, key=key, code=code)
    return found.select_related("standing__agency").order_by("since", "standing__agency__code", "pk")


def at(faults: Iterable[FaultStanding], today: date) -> tuple[At, ...]:
    """Give a page of them as rows; no further query."""
    return tuple(At(one.standing.agency, one.since, weeks_between(one.since, today)) for one in faults)
