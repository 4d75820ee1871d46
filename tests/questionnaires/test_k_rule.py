"""No figure about fewer than k people, not even by putting figures together: of the counting itself.

What is told of a question is, cell by cell, how all of a cell answered it; every figure is a sum of those. So it is
enough to look at them. For each question and each thing that may be printed of it,

- a count or a share rests on everybody of the cells that are summed (whoever chose an option is not its base: the number
  says how the base answered, and nothing else is ever told of those who chose it),
- a mean, its deviation and its interval rest on those of the cells who had an opinion.

Figures of one question can be added and taken from each other; figures of different questions cannot, nothing joins them.
With all unions of cells as figures, whatever comes out rests on a set that is made of the smallest parts which these
bases cut everybody into. Each such part must be empty or have at least k people, and so must everybody who is left.
"""

from __future__ import annotations

import random
from collections import defaultdict

import pytest

from prongsai.questionnaires.results import results_of
from prongsai.questionnaires.tallies import Cell, told_of
from tests.conftest import PROVE
from tests.questionnaires.test_results import FIVE, asked, text

K = 5
SEEDS = range(300 if PROVE else 25)


def sheets(seed: int) -> list[tuple[Cell, dict[str, str]]]:
    """Answers in cells of at least k, many questions passed over or without opinion."""
    picked = random.Random(seed)
    cells = [(count, group) for count in (1, 2, 3) for group in (1, 2, None) if picked.random() < 0.8]
    shy = {key: picked.choice((0.05, 0.5, 0.9)) for key in "abcd"}
    return [
        (cell, {
            key: picked.choice(("na", "")) if picked.random() < rate else picked.choice("12345")
            for key, rate in shy.items()
        })
        for cell in cells for _ in range(picked.randint(K, 12))
    ]  # fmt: skip


@pytest.mark.parametrize("seed", SEEDS)
def test_every_part_of_everybody_has_k(seed: int):
    said = text(*(asked(key, is_required=False) for key in "abcd"))
    rows = [(cell, {key: value for key, value in values.items() if value}) for cell, values in sheets(seed)]
    told = told_of(said, rows, k=K)
    for key in "abcd":
        shown = {cell for cell, one in told.items() if key in one.spreads}
        everybody: defaultdict[Cell | None, int] = defaultdict(int)
        opinions: defaultdict[Cell | None, int] = defaultdict(int)
        for cell, values in rows:
            everybody[cell if cell in shown else None] += 1
            if cell in shown and values.get(key, "na") != "na":
                opinions[cell] += 1
        assert all(n >= K for n in (*everybody.values(), *opinions.values()))
        for cell in shown:  # and what is printed is what those people said
            alone = results_of(said, {cell: told[cell]}).figure(key)
            assert alone.spread is not None
            assert (alone.spread.base, alone.spread.opinions) == (everybody[cell], opinions[cell])


def test_mean_of_a_scale_without_enough_opinions_is_in_no_sum():
    said = text(asked("a"), asked("b"))
    rows = (
        [((1, 1), {"a": "5", "b": "5"})] * 6
        + [((1, 2), {"a": "1", "b": "na"})] * 6
        + [((1, 2), {"a": "1", "b": "1"})] * 2
    )
    results = results_of(said, told_of(said, rows, k=K))
    assert {one.line.key: str(one.measure.mean) for one in results.figures if one.measure} == {"a": "2.71", "b": "5.00"}
    assert results.overall is not None
    assert (results.overall.answers, FIVE.high) == (14 + 6, 5)
