"""How many guesses are right by chance, exactly."""

from __future__ import annotations

from functools import cache
from math import comb, factorial

FAMILY = 1e-5  # that any of all guesses of a run is outside its limits although nothing leaks, by the binomial


@cache
def interval(guesses: int, chance: float, level: float) -> tuple[int, int]:
    """Give the smallest interval that holds all but half of ``level`` of a binomial at either end."""
    mass = [comb(guesses, n) * chance**n * (1 - chance) ** (guesses - n) for n in range(guesses + 1)]
    return _from_below(mass, level / 2), guesses - _from_below(mass[::-1], level / 2)


def _from_below(mass: list[float], tail: float) -> int:
    """Give the first place at which more than ``tail`` of the mass is reached."""
    reached = 0.0
    for place, part in enumerate(mass):
        reached += part
        if reached > tail:
            return place
    return len(mass) - 1


@cache
def fixed_points(size: int) -> tuple[float, ...]:
    """Give the distribution of right guesses, where each of so many is guessed once: the fixed points of a shuffle."""
    return tuple(_derangements(size - n) / (factorial(n) * factorial(size - n)) for n in range(size + 1))


def _derangements(size: int) -> int:
    before, now = 1, 0
    for n in range(2, size + 1):
        before, now = now, (n - 1) * (now + before)
    return now if size else 1


def outside(sizes: list[int], low: int, high: int) -> float:
    """Give the exact chance that right guesses, of shuffles of these sizes together, are outside of low to high."""
    mass = [1.0]
    for size in sizes:
        mass = _added(mass, fixed_points(size))
    return sum(part for n, part in enumerate(mass) if not low <= n <= high)


def _added(one: list[float], other: tuple[float, ...]) -> list[float]:
    given = [0.0] * (len(one) + len(other) - 1)
    for a, part in enumerate(one):
        for b, share in enumerate(other):
            given[a + b] += part * share
    return given
