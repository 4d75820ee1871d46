"""What must not be told of a nation: figures of few people, and what would give them by taking away.

Of an agency in which the score of any question rests on fewer than ``k`` people, no figure is told that rests on
answers: the mean of an indicator would give that question's away to who knows the others. The means
of kinds, provinces and the nation are true ones; so a second agency is kept back wherever one alone could be worked out
from them (``privacy.suppress``).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from prongsai.privacy.suppress import Cell, Sum, Tables, keep_back
from prongsai.scoring.bulk.run import AgencyScore, Nation
from prongsai.scoring.outline import ROOT, Kind

LEAST = 5
NATION = ("nation", "")
Group = tuple[str, str]


@dataclass(frozen=True)
class Hidden:
    """Agencies and groups whose figures that rest on answers are kept back. small: those that are so by themselves."""

    agencies: frozenset[str]
    groups: frozenset[Group]
    small: frozenset[str]


def hidden(nation: Nation, groups: Mapping[str, Sequence[Group]], least: int) -> Hidden:
    """Choose what to keep back. groups: of each agency, the kind and the province it is in."""
    small = frozenset(each.agency for each in nation.agencies if any(0 < n < least for n in each.fewest.values()))
    alike = _alike(nation, groups)
    away: frozenset[Cell] = small | _partners(alike, small)
    before: frozenset[Cell] | None = None
    systems = _systems(nation, groups)
    while before != away:  # what one figure needs kept back may be alone in another
        before = away
        alone = _alone(alike, away)
        for tables in systems:
            few = any(0 < tables.counts[cell] < least for cell in tables.counts if not isinstance(cell, str))
            if few or not alone.isdisjoint(tables.counts):
                away |= keep_back(tables, least=least, already=away & tables.counts.keys())
    return Hidden(
        frozenset(cell for cell in away if isinstance(cell, str)),
        frozenset(cell for cell in away if isinstance(cell, tuple)),
        small,
    )


def _alike(nation: Nation, groups: Mapping[str, Sequence[Group]]) -> list[list[AgencyScore]]:
    """Put agencies together that are in the same groups and have figures of the same places.

    What one of them has more another may have less, in every sum at once: two that are kept back keep each other safe,
    and nothing needs to be searched for.
    """
    alike: dict[tuple[object, ...], list[AgencyScore]] = {}
    for each in nation.agencies:
        place = (*groups.get(each.agency, ()), *(value is None for value in each.nodes))
        alike.setdefault(place, []).append(each)
    return list(alike.values())


def _partners(alike: Sequence[Sequence[AgencyScore]], small: Collection[str]) -> frozenset[str]:
    """Give each that would be alone the smallest of those that are alike."""
    found = set()
    for inside in alike:
        if sum(each.agency in small for each in inside) == 1 and len(inside) > 1:
            others = (each for each in inside if each.agency not in small)
            found.add(min(others, key=lambda each: (sum(each.respondents.values()), each.agency)).agency)
    return frozenset(found)


def _alone(alike: Sequence[Sequence[AgencyScore]], away: Collection[Cell]) -> frozenset[Cell]:
    """Give those that are kept back while nobody alike is, and groups."""
    inside = ([each.agency for each in some if each.agency in away] for some in alike)
    return frozenset(each[0] for each in inside if len(each) == 1) | {cell for cell in away if isinstance(cell, tuple)}


def _systems(nation: Nation, groups: Mapping[str, Sequence[Group]]) -> list[Tables]:
    """Give, for each set of agencies that a figure is a mean of, how many people stand behind it."""
    found: dict[tuple[tuple[str, int], ...], Tables] = {}
    for at, key in enumerate(nation.keys):
        counts = {
            each.agency: behind
            for each in nation.agencies
            if each.nodes[at] is not None and (behind := _behind(nation, each, key[0], key[1]))
        }
        found.setdefault(tuple(counts.items()), _tables(counts, groups))
    return [tables for tables in found.values() if tables.counts]


def _behind(nation: Nation, score: AgencyScore, kind: Kind, code: str) -> int:
    """Give how many people a figure rests on; 0 for one that rests on none, like those of items."""
    if (kind, code) == ROOT:
        return min((n for n in score.fewest.values() if n), default=0)
    return score.fewest.get(instrument_of(nation, kind, code), 0)


def instrument_of(nation: Nation, kind: Kind, code: str) -> str:
    """Give the instrument that a place of the tree counts in."""
    outline, spot = nation.outline, nation.outline.spots[kind, code]
    while spot.kind not in (Kind.INSTRUMENT, Kind.OVERALL):
        spot = outline.parents[spot.key]
    return spot.code


def _tables(counts: Mapping[str, int], groups: Mapping[str, Sequence[Group]]) -> Tables:
    members: dict[Group, list[str]] = {}
    for agency in counts:
        for group in groups.get(agency, ()):
            members.setdefault(group, []).append(agency)
    sums = [Sum(group, tuple(inside)) for group, inside in members.items()]
    for kind in sorted({group[0] for group in members}):
        rest = [agency for agency in counts if kind not in {group[0] for group in groups.get(agency, ())}]
        sums.append(Sum(NATION, (*(group for group in members if group[0] == kind), *rest)))
    if not members:
        sums.append(Sum(NATION, tuple(counts)))
    cells: dict[Cell, int] = dict(counts.items())
    cells.update((group, sum(counts[agency] for agency in inside)) for group, inside in members.items())
    return Tables(cells | {NATION: sum(counts.values())}, sums)
