"""Readiness by kind and size of agencies: quartiles, where a group is large enough to be told of."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count

from prongsai.privacy.suppress import Cell, Sum, Tables, keep_back
from prongsai.web.agencies.models import AgencyKind
from prongsai.web.mentor.access import Desk
from prongsai.web.mentor.models import Size
from prongsai.web.mentor.queries.sight import LEAST, Wanted, Year, standings_of

ALL = ""
Place = tuple[str, str]  # kind and size; ALL for every one of them
Histogram = Mapping[int, int]  # per cent ready → how many agencies


@dataclass(frozen=True, slots=True)
class Quartiles:
    """How ready a group is, in per cent of its elements: a quarter has no more than low, half no more than middle."""

    low: int
    middle: int
    high: int


@dataclass(frozen=True, slots=True)
class Group:
    """A kind and size. agencies, quartiles: None where they are kept back; nobody there: 0 and None."""

    agencies: int | None
    quartiles: Quartiles | None

    @property
    def is_kept_back(self) -> bool:
        """Whether it is too small to be told of, or would give a small one away."""
        return self.agencies is None


@dataclass(frozen=True, slots=True)
class Line:
    """A kind with its sizes, in the order of the columns, and all of it."""

    kind: str
    groups: tuple[Group, ...]
    whole: Group


@dataclass(frozen=True, slots=True)
class Comparison:
    """Kinds by sizes. total: the line of all kinds."""

    sizes: tuple[str, ...]
    lines: tuple[Line, ...]
    total: Line


def comparison_of(desk: Desk, year: Year) -> Comparison:
    """Compare the agencies of a year; one query, whose answer does not grow with them."""
    found: dict[Place, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    rows = standings_of(desk, year.id, Wanted()).order_by().values_list("agency__kind", "size", "ready_pct")
    for kind, size, pct, n in rows.annotate(n=Count("pk")):
        for place in ((kind, size), (kind, ALL), (ALL, size), (ALL, ALL)):
            found[place][pct] += n
    kinds = [kind for kind in AgencyKind if (kind.value, ALL) in found]
    sizes = [size for size in Size if (ALL, size.value) in found]
    hidden = kept_back(found, [kind.value for kind in kinds], [size.value for size in sizes])

    def line(kind: str, label: str) -> Line:
        groups = tuple(_group(found, hidden, (kind, size.value)) for size in sizes)
        return Line(label, groups, _group(found, hidden, (kind, ALL)))

    return Comparison(
        tuple(str(size.label) for size in sizes),
        tuple(line(kind.value, str(kind.label)) for kind in kinds),
        line(ALL, ""),
    )


def kept_back(found: Mapping[Place, Histogram], kinds: Iterable[str], sizes: Iterable[str]) -> frozenset[Place]:
    """Give the groups of fewer than five agencies, and those from which they could be worked out."""
    kinds, sizes = list(kinds), list(sizes)
    places = [(kind, size) for kind in (*kinds, ALL) for size in (*sizes, ALL)]
    counts: dict[Cell, int] = {place: sum(found.get(place, {}).values()) for place in places}
    across = [Sum((kind, ALL), tuple((kind, size) for size in sizes)) for kind in (*kinds, ALL)]
    down = [Sum((ALL, size), tuple((kind, size) for kind in kinds)) for size in (*sizes, ALL)]
    hidden = keep_back(Tables(counts, [*across, *down]), least=LEAST)
    return frozenset(place for place in places if place in hidden)


def _group(found: Mapping[Place, Histogram], hidden: frozenset[Place], place: Place) -> Group:
    if place in hidden:
        return Group(None, None)
    counts = found.get(place, {})
    agencies = sum(counts.values())
    return Group(agencies, quartiles(counts) if agencies else None)


def quartiles(counts: Histogram) -> Quartiles:
    """Give the quartiles of a group that is not empty, each the least value that enough agencies do not pass."""
    agencies = sum(counts.values())
    return Quartiles(*(_at(counts, -(-agencies * quarter // 4)) for quarter in (1, 2, 3)))


def _at(counts: Histogram, place: int) -> int:
    passed = 0
    for pct in sorted(counts):
        passed += counts[pct]
        if passed >= place:
            return pct
    raise ValueError("there is nobody in the group")
