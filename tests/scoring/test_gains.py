from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.errors import ProngsaiError
from prongsai.scoring import gains
from prongsai.scoring.gains import Lot, Needs, cheapest

WEIGHTS = {"A": Fraction("0.6"), "B": Fraction("0.4")}


def lot(instrument: str, gain: int | Fraction, *costs: int) -> Lot:
    return Lot(
        instrument, Fraction(gain), tuple(f"{n}" for n in range(len(costs))), tuple(map(Fraction, sorted(costs)))
    )


def needs(total: int | Fraction, **instruments: int) -> Needs:
    return Needs(Fraction(total), {code: Fraction(gain) for code, gain in instruments.items()}, WEIGHTS)


def test_cheapest_prefers_one_item_that_is_worth_more() -> None:
    assert cheapest([lot("A", 1, 1, 1, 1), lot("A", 5, 1)], needs(2)) == (0, 1)


def test_cheapest_prefers_many_cheap_items_to_one_dear() -> None:
    assert cheapest([lot("A", 2, 1, 1), lot("A", 4, 3)], needs(Fraction("2.4"))) == (2, 0)


def test_cheapest_obeys_the_condition_of_each_instrument() -> None:
    lots = [lot("A", 5, 1, 1), lot("B", 1, 5)]
    assert cheapest(lots, needs(3)) == (1, 0)
    assert cheapest(lots, needs(3, B=1)) == (1, 1)
    assert cheapest(lots, needs(0, B=2)) is None


def test_cheapest_takes_the_greater_gain_at_equal_cost() -> None:
    assert cheapest([lot("A", 5, 2), lot("A", 6, 2)], needs(3)) == (0, 1)


def test_cheapest_of_nothing_needed_takes_free_items_only() -> None:
    assert cheapest([lot("A", 5, 2), lot("A", 6, 0)], needs(-1)) == (0, 1)
    assert cheapest([], needs(1)) is None


def test_cheapest_gives_up_with_a_reason_when_costs_are_too_diverse(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gains, "MAX_FRONTIER", 20)
    lots = [Lot("A", Fraction(2**n), ("x",), (Fraction(2**n),)) for n in range(6)]
    with pytest.raises(ProngsaiError):
        cheapest(lots, needs(Fraction(30)))


def brute_force(lots: Sequence[Lot], wanted: Needs) -> tuple[Fraction, Fraction] | None:
    """Try every set of items: the least cost, and the greatest gain at that cost."""
    items = [(each, cost) for each in lots for cost in each.costs]
    best: tuple[Fraction, Fraction] | None = None
    for size in range(len(items) + 1):
        for chosen in combinations(items, size):
            own = {code: sum((e.gain for e, _ in chosen if e.instrument == code), Fraction(0)) for code in WEIGHTS}
            total = sum((WEIGHTS[code] * gain for code, gain in own.items()), Fraction(0))
            enough = all(own[code] >= least for code, least in wanted.instruments.items())
            if total >= wanted.total and enough:
                found = (sum((cost for _, cost in chosen), Fraction(0)), -total)
                best = found if best is None else min(best, found)
    return best


lots_of_few = st.lists(
    st.builds(
        lambda instrument, gain, costs: lot(instrument, Fraction(gain, 4), *costs),
        st.sampled_from("AB"),
        st.integers(1, 40),
        st.lists(st.integers(0, 6), min_size=1, max_size=4),
    ),
    min_size=1,
    max_size=3,
)


@given(lots_of_few, st.integers(0, 60), st.integers(-10, 30), st.integers(-10, 30))
def test_cheapest_is_as_cheap_as_brute_force_over_all_sets(lots: list[Lot], total: int, a: int, b: int) -> None:
    assert sum(len(each.codes) for each in lots) <= 12
    wanted = Needs(Fraction(total, 4), {"A": Fraction(a, 4), "B": Fraction(b, 4)}, WEIGHTS)
    counts, expected = cheapest(lots, wanted), brute_force(lots, wanted)
    if counts is None:
        assert expected is None
        return
    cost = sum((sum(e.costs[:n], Fraction(0)) for e, n in zip(lots, counts, strict=True)), Fraction(0))
    gain = sum((WEIGHTS[e.instrument] * e.gain * n for e, n in zip(lots, counts, strict=True)), Fraction(0))
    assert (cost, -gain) == expected


def test_cheapest_of_forty_three_items_with_costs_of_their_own_is_quick() -> None:
    sizes = [(9, 10), (8, 11), (7, 13), (4, 22), (5, 18), (8, 28), (2, 125)]
    lots = [
        Lot(
            "A",
            Fraction(gain, 9),
            tuple(map(str, range(n))),
            tuple(Fraction(Decimal(n * k % 17) + k) for k in range(1, n + 1)),
        )
        for n, gain in sizes
    ]
    lots = [Lot(e.instrument, e.gain, e.codes, tuple(sorted(e.costs))) for e in lots]
    counts = cheapest(lots, needs(Fraction(30)))
    assert counts is not None
    bound = min(
        sum(sum(e.costs[:n]) for e, n in zip(lots, each, strict=True))
        for each in product(*(range(0, len(e.codes) + 1, 2) for e in lots))
        if sum(WEIGHTS["A"] * e.gain * n for e, n in zip(lots, each, strict=True)) >= 30
    )
    assert sum(sum(e.costs[:n]) for e, n in zip(lots, counts, strict=True)) <= bound
