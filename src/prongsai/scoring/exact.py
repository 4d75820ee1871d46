"""Exact numbers: rationals, rounding half-up once, and intervals that know which ends belong to them."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

ZERO = Fraction(0)
HUNDRED = Fraction(100)
SHOWN_PLACES = 4  # an explanation shows this many decimals of a number that does not end


def half_up(value: Fraction, places: int) -> Decimal:
    """Round to ``places`` decimals, halves up (towards plus infinity)."""
    units = (2 * value.numerator * 10**places + value.denominator) // (2 * value.denominator)
    return Decimal(units).scaleb(-places)


def floor_to(value: Fraction, places: int) -> Decimal:
    """Give the largest number of ``places`` decimals that is not above the value."""
    return Decimal(math.floor(value * 10**places)).scaleb(-places)


def ceil_to(value: Fraction, places: int) -> Decimal:
    """Give the smallest number of ``places`` decimals that is not below the value."""
    return Decimal(math.ceil(value * 10**places)).scaleb(-places)


def half_unit(places: int) -> Fraction:
    """Give what rounding may hide: half of the last printed decimal."""
    return Fraction(1, 2 * 10**places)


def show(value: Fraction) -> str:
    """Write a number for an explanation: ``91.05``, or ``94.7833…`` beyond six decimals."""
    above, below = abs(value.numerator), value.denominator
    if above * 10**6 % below == 0:
        whole, part = divmod(above * 10**6 // below, 10**6)
        text = f"{whole}.{part:06d}".rstrip("0").rstrip(".")
    else:
        whole, part = divmod(above * 10**SHOWN_PLACES // below, 10**SHOWN_PLACES)
        text = f"{whole}.{part:0{SHOWN_PLACES}d}…"
    return f"-{text}" if value < 0 else text


@dataclass(frozen=True, slots=True)
class Bounds:
    """An interval of exact numbers; an open end does not belong to it."""

    low: Fraction
    high: Fraction
    low_open: bool = False
    high_open: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether no number lies in it."""
        return self.low > self.high or (self.low == self.high and (self.low_open or self.high_open))

    def holds(self, value: Fraction) -> bool:
        """Whether the value lies in it."""
        above = value > self.low or (value == self.low and not self.low_open)
        return above and (value < self.high or (value == self.high and not self.high_open))

    def meet(self, other: "Bounds") -> "Bounds":
        """Give what both allow."""
        low, low_open = max((self.low, self.low_open), (other.low, other.low_open))
        high, closed = min((self.high, not self.high_open), (other.high, not other.high_open))
        return Bounds(low, high, low_open, not closed)

    def plus(self, other: "Bounds") -> "Bounds":
        """Give what a sum of one number of each may be."""
        return Bounds(
            self.low + other.low,
            self.high + other.high,
            self.low_open or other.low_open,
            self.high_open or other.high_open,
        )

    def minus(self, other: "Bounds") -> "Bounds":
        """Give what a number of this one less a number of the other may be."""
        return self.plus(Bounds(-other.high, -other.low, other.high_open, other.low_open))

    def times(self, factor: Fraction) -> "Bounds":
        """Give every number times a factor above zero."""
        return Bounds(self.low * factor, self.high * factor, self.low_open, self.high_open)

    def printable(self, places: int) -> tuple[Decimal, Decimal] | None:
        """Give the first and last number of ``places`` decimals that lie in it, None when none does."""
        unit = Fraction(1, 10**places)
        low, high = Fraction(ceil_to(self.low, places)), Fraction(floor_to(self.high, places))
        low += unit if self.low_open and low == self.low else 0
        high -= unit if self.high_open and high == self.high else 0
        return (half_up(low, places), half_up(high, places)) if low <= high else None

    def rounded(self, places: int) -> tuple[Decimal, Decimal] | None:
        """Give the first and last score that its numbers are printed as (half-up), None when it is empty."""
        if self.is_empty:
            return None
        low, high = half_up(self.low, places), half_up(self.high, places)
        if self.high_open and Fraction(high) - half_unit(places) == self.high and high > low:
            high -= Decimal(1).scaleb(-places)
        return low, high


PERCENT = Bounds(ZERO, HUNDRED)


def point(value: Fraction) -> Bounds:
    """Give the interval of one number."""
    return Bounds(value, value)


def printed_as(value: Fraction, places: int) -> Bounds:
    """Give every number that is printed as this score: from half a unit below to under half a unit above."""
    half = half_unit(places)
    return Bounds(value - half, value + half, high_open=True)


def total(parts: Iterable[Bounds]) -> Bounds:
    """Give what the sum of one number of each may be."""
    result = point(ZERO)
    for part in parts:
        result = result.plus(part)
    return result
