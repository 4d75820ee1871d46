from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.scoring.exact import Bounds, ceil_to, floor_to, half_up, point, printed_as, show, total

fractions = st.fractions(min_value=0, max_value=100, max_denominator=10_000)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("84.994999", "84.99"),
        ("84.995", "85.00"),
        ("0.005", "0.01"),
        ("100", "100.00"),
        ("-0.005", "0.00"),
        ("-0.006", "-0.01"),
    ],
)
def test_half_up_rounds_halves_up_once(value: str, expected: str) -> None:
    assert str(half_up(Fraction(value), 2)) == expected


@given(fractions)
def test_half_up_is_the_one_printed_number_whose_interval_holds_the_value(value: Fraction) -> None:
    rounded = half_up(value, 2)
    assert printed_as(Fraction(rounded), 2).holds(value)
    assert not printed_as(Fraction(rounded) + Fraction(1, 100), 2).holds(value)


@given(fractions)
def test_floor_and_ceil_enclose_the_value_by_less_than_a_unit(value: Fraction) -> None:
    low, high = Fraction(floor_to(value, 2)), Fraction(ceil_to(value, 2))
    assert low <= value <= high
    assert high - low in (0, Fraction(1, 100))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Fraction("91.05"), "91.05"),
        (Fraction(100), "100"),
        (Fraction("93.4466"), "93.4466"),
        (Fraction(284350, 3000), "94.7833…"),
        (Fraction(-1, 3), "-0.3333…"),
        (Fraction(-5, 2), "-2.5"),
        (Fraction(0), "0"),
    ],
)
def test_show_writes_what_ends_in_full_and_marks_what_does_not(value: Fraction, expected: str) -> None:
    assert show(value) == expected


@given(fractions, fractions, st.booleans(), st.booleans())
def test_bounds_printable_are_exactly_the_two_decimal_numbers_inside(
    one: Fraction, other: Fraction, low_open: bool, high_open: bool
) -> None:
    one, other = one / 50, other / 50  # 0 to 2: few enough to list
    bounds = Bounds(min(one, other), max(one, other), low_open, high_open)
    inside = [Decimal(n) / 100 for n in range(201) if bounds.holds(Fraction(n, 100))]
    assert bounds.printable(2) == ((inside[0], inside[-1]) if inside else None)


@given(fractions, fractions, st.booleans(), st.booleans())
def test_bounds_rounded_are_exactly_the_scores_whose_interval_meets_them(
    one: Fraction, other: Fraction, low_open: bool, high_open: bool
) -> None:
    one, other = one / 50, other / 50
    bounds = Bounds(min(one, other), max(one, other), low_open, high_open)
    met = [Decimal(n) / 100 for n in range(202) if not bounds.meet(printed_as(Fraction(n, 100), 2)).is_empty]
    assert bounds.rounded(2) == ((met[0], met[-1]) if met else None)


def test_bounds_plus_and_minus_keep_open_ends() -> None:
    open_top = Bounds(Fraction(1), Fraction(2), high_open=True)
    assert open_top.plus(point(Fraction(3))) == Bounds(Fraction(4), Fraction(5), high_open=True)
    assert point(Fraction(3)).minus(open_top) == Bounds(Fraction(1), Fraction(2), low_open=True)
    assert total([open_top, open_top]) == Bounds(Fraction(2), Fraction(4), high_open=True)


def test_bounds_of_one_open_point_are_empty() -> None:
    assert Bounds(Fraction(1), Fraction(1), high_open=True).is_empty
    assert Bounds(Fraction(1), Fraction(1), high_open=True).rounded(2) is None
    assert not point(Fraction(1)).is_empty
