"""The cheapest set of gains: an exact search over how many items of each kind to win.

Items of one sub-indicator that lack the same are worth the same, so only their number and their costs matter,
and the cheapest come first. For every cost only the greatest gain is kept (the Pareto frontier), instrument
by instrument because levels set conditions for each. What is left out is never cheaper and never better, so
the first point that satisfies all conditions is optimal.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate

from prongsai.errors import ProngsaiError

MAX_FRONTIER = 200_000


@dataclass(frozen=True, slots=True)
class Lot:
    """Items worth the same. gain: of each, in points of its instrument. codes and costs: cheapest first."""

    instrument: str
    gain: Fraction
    codes: tuple[str, ...]
    costs: tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class Needs:
    """What is to be reached, as gains in points.

    weights: what a point of each instrument is worth in the total.
    """

    total: Fraction
    instruments: Mapping[str, Fraction]
    weights: Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class _Taken:
    """How many of a lot, and what was taken before."""

    lot: int
    count: int
    before: "_Taken | None"


@dataclass(frozen=True, slots=True)
class _Point:
    cost: Fraction
    gain: Fraction
    taken: _Taken | None


_START = (_Point(Fraction(0), Fraction(0), None),)


def cheapest(lots: Sequence[Lot], needs: Needs) -> tuple[int, ...] | None:
    """Give how many items of each lot to win at the least cost, None when all of them are not enough.

    Among sets of equal cost one with the greatest gain of the total. Raises ProngsaiError when the costs are
    so diverse that more than MAX_FRONTIER points would have to be kept.
    """
    frontier: Sequence[_Point] = _START
    for code, weight in needs.weights.items():
        own = [(place, lot) for place, lot in enumerate(lots) if lot.instrument == code]
        points: Sequence[_Point] = _START
        for place, lot in own:
            points = _add_lot(points, place, lot)
        least = needs.instruments.get(code, Fraction(0))
        points = [point for point in points if point.gain >= least]
        frontier = _combine(frontier, points, weight)
    best = next((point for point in frontier if point.gain >= needs.total), None)
    return None if best is None else _counts(best, len(lots))


def _add_lot(points: Sequence[_Point], place: int, lot: Lot) -> list[_Point]:
    sums = [Fraction(0), *accumulate(lot.costs)]
    return _frontier(
        [
            _Point(
                point.cost + cost,
                point.gain + count * lot.gain,
                _Taken(place, count, point.taken) if count else point.taken,
            )
            for point in points
            for count, cost in enumerate(sums)
        ]
    )


def _combine(first: Sequence[_Point], second: Sequence[_Point], weight: Fraction) -> list[_Point]:
    return _frontier(
        [
            _Point(one.cost + other.cost, one.gain + weight * other.gain, _chain(one.taken, other.taken))
            for one in first
            for other in second
        ]
    )


def _chain(first: _Taken | None, second: _Taken | None) -> _Taken | None:
    if first is None:
        return second
    while second is not None:
        first, second = _Taken(second.lot, second.count, first), second.before
    return first


def _frontier(points: list[_Point]) -> list[_Point]:
    """Keep, in order of cost, only points that gain more than every cheaper one."""
    points.sort(key=lambda point: (point.cost, -point.gain))
    kept: list[_Point] = []
    for point in points:
        if not kept or point.gain > kept[-1].gain:
            kept.append(point)
    if len(kept) > MAX_FRONTIER:
        raise ProngsaiError(
            f"the costs allow more than {MAX_FRONTIER} different sets",
            message_th="ต้นทุนรายข้อละเอียดเกินกว่าจะค้นหาชุดที่ถูกที่สุดได้",
            mend_th="ปัดต้นทุนเป็นจำนวนเต็ม",
        )
    return kept


def _counts(point: _Point, size: int) -> tuple[int, ...]:
    counts = [0] * size
    taken = point.taken
    while taken is not None:
        counts[taken.lot] += taken.count
        taken = taken.before
    return tuple(counts)
