"""The arithmetic of results: mean and standard deviation of a sample, what they may be of everybody, and of shares.

Means are exact; what needs a root is a float until it is rounded. The only level of confidence is 95 per cent.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from prongsai.scoring.exact import half_up

PLACES = 2
Z_95 = 1.959963984540054  # the 97.5th percentile of the normal distribution
# Of Student's t, by degrees of freedom from 1; above, a series is right to the fourth decimal.
T_95 = (
    12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622, 2.2281,
    2.2010, 2.1788, 2.1604, 2.1448, 2.1314, 2.1199, 2.1098, 2.1009, 2.0930, 2.0860,
    2.0796, 2.0739, 2.0687, 2.0639, 2.0595, 2.0555, 2.0518, 2.0484, 2.0452, 2.0423,
)  # fmt: skip

Counted = Mapping[Decimal, int]  # a value → how often it was given
Interval = tuple[Decimal, Decimal]


def mean_of(counted: Counted) -> Fraction | None:
    """Give the mean, exact; None of nothing."""
    n = sum(counted.values())
    return sum((Fraction(value) * times for value, times in counted.items()), Fraction(0)) / n if n else None


def sd_of(counted: Counted) -> Decimal | None:
    """Give the standard deviation of a sample (divided by n - 1), two decimals; None of fewer than two."""
    variance = _variance(counted)
    return None if variance is None else _rounded(math.sqrt(variance))


def mean_interval(counted: Counted, *, n: int, share: Fraction | None = None) -> Interval | None:
    """Give the 95 % interval of a mean by Student's t, two decimals, within the least and most that there may be.

    n: how many people the values come from; somebody who gave several counts once, which can only make it wider.
    share: of everybody who could have answered, how many did; what is known of all of them is no longer uncertain.
    """
    mean, variance = mean_of(counted), _variance(counted)
    if mean is None or variance is None or n < 2:
        return None
    left = 1.0 if share is None else max(0.0, float(1 - share))
    half = t_95(n - 1) * math.sqrt(variance / n * left)
    return _rounded(float(mean) - half), _rounded(float(mean) + half)


def share_interval(count: int, n: int) -> Interval | None:
    """Give the 95 % interval of a share in per cent by Wilson's score, two decimals; None of nobody."""
    if not n:
        return None
    share, square = count / n, Z_95**2
    middle = share + square / (2 * n)
    half = Z_95 * math.sqrt(share * (1 - share) / n + square / (4 * n * n))
    low, high = ((middle + sign * half) / (1 + square / n) for sign in (-1, 1))
    return _rounded(max(0.0, low) * 100), _rounded(min(1.0, high) * 100)


def t_95(freedom: int) -> float:
    """Give the 97.5th percentile of Student's t: from a table up to 30 degrees of freedom, then by Fisher's series."""
    if freedom <= len(T_95):
        return T_95[freedom - 1]
    z, v = Z_95, float(freedom)
    first = (z**3 + z) / 4
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return z + first / v + second / v**2 + third / v**3


def percent_of(part: int, whole: int) -> Decimal | None:
    """Give a share in per cent, two decimals, half up; None of nothing."""
    return half_up(Fraction(100 * part, whole), PLACES) if whole else None


def _variance(counted: Counted) -> float | None:
    n, mean = sum(counted.values()), mean_of(counted)
    if mean is None or n < 2:
        return None
    return float(sum(times * (Fraction(value) - mean) ** 2 for value, times in counted.items()) / (n - 1))


def _rounded(number: float) -> Decimal:
    return half_up(Fraction(number), PLACES)
