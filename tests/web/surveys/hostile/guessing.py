"""What the attacker makes of what was seen: one thing put in order is held against another put in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.web.surveys.hostile.chance import FAMILY, interval


@dataclass
class Thing:
    """A person, an answer or something kept apart. who: the truth, which only the test knows. pool: within which it is
    guessed."""

    who: int
    pool: int
    orders: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Guess:
    """What came of a strategy. right: of so many guesses, each of the given chance."""

    strategy: str
    right: int
    guesses: int
    chance: float

    def limits(self, level: float) -> tuple[int, int]:
        return interval(self.guesses, self.chance, level)


def guesses(known: list[Thing], found: list[Thing], about: str) -> Iterator[Guess]:
    """Hold every order of the one against every order of the other, forwards and backwards, pool by pool."""
    (size,) = set(Counter(one.pool for one in known).values())  # pools of one size
    assert Counter(one.pool for one in known) == Counter(one.pool for one in found)
    ours, theirs = _in_orders(known, 1), _in_orders(found, 1) | _in_orders(found, -1)
    for one, persons in ours.items():
        for other, answers in theirs.items():
            right = sum(a == b for a, b in zip(persons, answers, strict=True))
            yield Guess(f"{about}: {one} → {other}", right, len(known), 1 / size)


def in_one_pool(things: Iterable[Thing]) -> list[Thing]:
    return [Thing(one.who, 0, one.orders) for one in things]


def _in_orders(things: list[Thing], turn: int) -> dict[str, list[int]]:
    """Give who they are, pool after pool, in each order that all of them have; turn: -1 for backwards."""
    names = [name for name in things[0].orders if all(name in one.orders for one in things)]
    pools = sorted({one.pool for one in things})
    return {
        name + (", backwards" if turn < 0 else ""): [
            one.who for pool in pools for one in _sorted(things, pool, name)[::turn]
        ]
        for name in names
    }


def _sorted(things: list[Thing], pool: int, order: str) -> list[Thing]:
    return sorted((one for one in things if one.pool == pool), key=lambda one: one.orders[order])


def table(way: str, found: list[Guess], cells: int) -> str:
    """Print every strategy: right guesses, expected ones, the interval of 99 %, and the limits of this run."""
    lines = [f"{way}: {len(found)} strategies", "right  expected  99 %      limits    strategy"]
    for one in sorted(found, key=lambda one: -one.right):
        usual, most = one.limits(0.01), one.limits(FAMILY / cells)
        lines.append(
            f"{one.right:5}  {one.guesses * one.chance:8.1f}  {usual[0]:3}–{usual[1]:<3}   {most[0]:3}–{most[1]:<3}   {one.strategy}"
        )
    return "\n".join(lines)


def telling(found: list[Guess], cells: int) -> list[str]:
    """Name the strategies that were right more or less often than chance is. cells: how many are looked at in a run."""
    return [one.strategy for one in found if not _between(one.right, one.limits(FAMILY / cells))]


def _between(n: int, limits: tuple[int, int]) -> bool:
    return limits[0] <= n <= limits[1]
