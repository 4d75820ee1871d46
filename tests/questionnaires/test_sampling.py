"""How many must answer."""

from __future__ import annotations

from decimal import Decimal

import pytest

from prongsai.frameworks.load import load
from prongsai.frameworks.model import UNKNOWN_BASIS, Sampling
from prongsai.questionnaires.sampling import pace, required


def rule(rate: str | None, minimum: int | None = 30, maximum: int | None = 400) -> Sampling:
    return Sampling("IIT", "บุคลากร", Decimal(rate) if rate else None, minimum, maximum, "", UNKNOWN_BASIS)


@pytest.mark.parametrize(
    ("headcount", "needed"),
    [(12, 12), (30, 30), (31, 30), (300, 30), (301, 31), (1995, 200), (4000, 400), (4001, 400), (90000, 400)],
)
def test_rate_is_rounded_up_between_minimum_and_maximum_and_never_more_than_there_are(headcount: int, needed: int):
    assert required(rule("10"), headcount) == needed


def test_rule_without_minimum_or_maximum_is_the_rate_alone():
    assert required(rule("12.5", None, None), 9) == 2
    assert required(rule("12.5", None, None), 80000) == 10000


def test_unknown_rule_says_nothing():
    assert required(rule(None), 500) is None
    assert required(rule("10"), 0) is None


def test_frameworks_of_the_library_give_what_their_rule_says():
    found = {one.instrument: one for one in load("ita-2568").samplings}
    assert [required(found[code], 85) for code in ("IIT", "EIT")] == [30, 30]
    assert all(required(one, 85) is None for one in load("ita-2569").samplings)  # no source gives its numbers


@pytest.mark.parametrize(("missing", "days", "each"), [(0, 5, 0), (10, 5, 2), (11, 5, 3), (4, 0, None), (4, -2, None)])
def test_pace_is_rounded_up_over_the_days_that_are_left(missing: int, days: int, each: int | None):
    assert pace(missing, days) == each
