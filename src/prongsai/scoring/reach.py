"""Which scores an indicator can have at all when its items get all or nothing."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import product
from math import lcm

from prongsai.errors import Problem
from prongsai.frameworks.marks import CERTAINTY_TH
from prongsai.frameworks.model import Certainty
from prongsai.scoring.faults import fault
from prongsai.scoring.outline import Key, Kind, Outline, Spot
from prongsai.scoring.rollup import Node, ScoreTree

MAX_REACHABLE = 300_000  # combinations counted for one indicator; beyond that nothing is said


@dataclass(frozen=True, slots=True)
class Group:
    """Items that count the same; allowed: what each of them may score, ascending."""

    allowed: tuple[tuple[Decimal, ...], ...]


Shape = Group | tuple["Shape", ...]
"""A group of items, or the shapes of the parts of equal share."""


@lru_cache(maxsize=64)
def reachable_scores(outline: Outline, code: str) -> tuple[Decimal, ...] | None:
    """Give every printed score that an indicator can have, ascending: exact, over all results of its items.

    None when it has no items, an item may score anything, a survey counts in it, or the combinations are too many.
    """
    keys = ((kind, code) for kind in (Kind.INDICATOR, Kind.SUB_INDICATOR))
    spot = next((outline.spots[key] for key in keys if key in outline.spots), None)
    shape = _shape(outline, spot) if spot else None
    return None if shape is None else _scores(shape, outline.framework.decimals)


def unreachable(tree: ScoreTree) -> Iterator[Problem]:
    """Report indicators stated with a score that no result of their items gives, and the nearest possible."""
    for kind in (Kind.INDICATOR, Kind.SUB_INDICATOR):
        for node in tree.at(kind):
            if node.how == "stated" and not node.is_known_below:
                yield from _check(tree.outline, node)


def _check(outline: Outline, node: Node) -> Iterator[Problem]:
    scores = reachable_scores(outline, node.code)
    stated = node.rounded
    if not scores or stated is None:
        return
    place = bisect_left(scores, stated)
    if scores[place : place + 1] == (stated,):
        return
    nearest = scores[max(place - 1, 0) : place + 1]
    yield fault(
        "SCORE_UNREACHABLE",
        node.where,
        evidence=(str(stated),),
        arithmetic=_sizes(outline, node.key),
        code=node.code,
        stated=stated,
        allowed=_allowed(outline, node.key),
        nearest=", ".join(str(score) for score in nearest),
        certainty=_certainty(outline, node.key).value,
        certainty_th=CERTAINTY_TH[_certainty(outline, node.key)],
    )


def _shape(outline: Outline, spot: Spot) -> Shape | None:
    if not spot.children:
        return None
    if all(child.kind is Kind.ITEM for child in spot.children):
        allowed = [outline.allowed[child.code] for child in spot.children]
        known = tuple(sorted(each for each in allowed if each))
        return Group(known) if len(known) == len(allowed) else None
    shapes = [_shape(outline, child) for child in spot.children if child.kind is Kind.SUB_INDICATOR]
    parts = tuple(shape for shape in shapes if shape is not None)
    return parts if len(parts) == len(spot.children) else None


@lru_cache(maxsize=256)
def _scores(shape: Shape, places: int) -> tuple[Decimal, ...] | None:
    found = _means(shape)
    if found is None:
        return None
    numerators, denominator = found
    # Half-up without a Fraction for each: floor(n / d × 10^p + ½).
    units = {(2 * number * 10**places + denominator) // (2 * denominator) for number in numerators}
    return tuple(Decimal(unit).scaleb(-places) for unit in sorted(units))


def _means(shape: Shape) -> tuple[frozenset[int], int] | None:
    """Give every exact mean as numerators over one denominator."""
    if isinstance(shape, Group):
        exponents = (score.as_tuple().exponent for scores in shape.allowed for score in scores)
        scale = 10 ** max(0, *(-int(exponent) for exponent in exponents))
        sums = {0}
        for scores in shape.allowed:
            sums = {total + int(score * scale) for total in sums for score in scores}
            if len(sums) > MAX_REACHABLE:
                return None
        return frozenset(sums), len(shape.allowed) * scale
    parts = [_means(part) for part in shape]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return None
    denominator = lcm(*(each for _, each in known))
    sums = {0}
    for numbers, each in known:
        if len(sums) * len(numbers) > MAX_REACHABLE:
            return None
        factor = denominator // each
        sums = {one + other * factor for one, other in product(sums, numbers)}
    return frozenset(sums), denominator * len(shape)


def _allowed(outline: Outline, key: Key) -> str:
    scores = {score for spot in outline.below(key, Kind.ITEM) for score in outline.allowed[spot.code] or ()}
    return "/".join(str(score) for score in sorted(scores))


def _sizes(outline: Outline, key: Key) -> str:
    spot = outline.spots[key]
    parts = [child for child in spot.children if child.kind is Kind.SUB_INDICATOR] or [spot]
    return ", ".join(f"{part.code}: {sum(1 for each in part.walk() if each.kind is Kind.ITEM)}" for part in parts)


def _certainty(outline: Outline, key: Key) -> Certainty:
    """Give the weakest certainty among the facts that say which items count in an indicator."""
    bases = [outline.bases[spot.key] for spot in outline.spots[key].walk()]
    bases.append(outline.framework.item_scores_basis)
    order = list(Certainty)
    return max((basis.certainty for basis in bases), key=order.index)
