from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.scoring.exact import Bounds, half_up, printed_as
from prongsai.scoring.grade import Shortfall, grade, possible_levels
from tests.scoring.build import LETTERS, PASSES, framework

PASS, LETTER = framework(), framework(levels=LETTERS)
CODES = ("IIT", "EIT", "OIT")


def level_of(total: str, *instruments: str) -> str | None:
    found = grade(PASS, Decimal(total), dict(zip(CODES, map(Decimal, instruments), strict=False))).level
    return found.name_th if found else None


@pytest.mark.parametrize(
    ("total", "instruments", "expected"),
    [
        ("95.00", ("95.00", "95.00", "95.00"), "ผ่านดีเยี่ยม"),
        ("96.00", ("94.99", "96.00", "97.00"), "ผ่านดี"),
        ("95.75", ("94.78", "91.05", "100.00"), "ผ่านดี"),
        ("85.00", ("85.00", "85.00", "85.00"), "ผ่านดี"),
        ("90.00", ("84.99", "95.00", "95.00"), "ผ่าน"),
        ("84.99", ("100.00", "100.00", "62.48"), "ต้องปรับปรุง"),
        ("70.00", ("70.00", "70.00", "70.00"), "ต้องปรับปรุง"),
        ("69.99", ("70.00", "70.00", "69.98"), "ต้องปรับปรุงโดยด่วน"),
        ("0.00", ("0.00", "0.00", "0.00"), "ต้องปรับปรุงโดยด่วน"),
    ],
)
def test_grade_takes_the_first_level_whose_conditions_hold(
    total: str, instruments: tuple[str, ...], expected: str
) -> None:
    assert level_of(total, *instruments) == expected


@pytest.mark.parametrize(("total", "expected"), [("95", "AA"), ("94.99", "A"), ("85", "A"), ("84.99", "B"), ("0", "F")])
def test_grade_by_letters_needs_no_instrument(total: str, expected: str) -> None:
    level = grade(LETTER, Decimal(total), {}).level
    assert level is not None
    assert level.name_th == expected


def test_grade_says_why_the_next_level_was_missed() -> None:
    found = grade(PASS, Decimal("90.00"), {"IIT": Decimal("84.99"), "EIT": Decimal("95"), "OIT": Decimal("90.01")})
    assert found.missed == (Shortfall("IIT", Decimal("84.99"), Decimal(85)),)
    assert found.missed[0].short == Decimal("0.01")
    assert found.explanation == "ผ่านดี: IIT 84.99 < 85"


def test_grade_at_the_top_has_no_next_level() -> None:
    found = grade(PASS, Decimal(100), dict.fromkeys(CODES, Decimal(100)))
    assert (found.next_level, found.explanation) == (None, "")


def test_grade_is_open_when_an_unknown_instrument_decides() -> None:
    assert level_of("90.00") is None
    assert level_of("80.00") == "ต้องปรับปรุง"


def test_grade_of_a_framework_with_a_hole_is_none() -> None:
    assert grade(framework(levels=PASSES[:3]), Decimal(50), dict.fromkeys(CODES, Decimal(50))).level is None


def bounds(low: str, high: str) -> Bounds:
    return Bounds(Fraction(low), Fraction(high))


def possible(total: Bounds, *instruments: Bounds) -> list[str]:
    return [each.name_th for each in possible_levels(PASS, total, dict(zip(CODES, instruments, strict=True)))]


def test_possible_levels_of_a_total_alone() -> None:
    anything = [bounds("0", "100")] * 3
    assert possible(printed_as(Fraction("93.60"), 2), *anything) == ["ผ่านดี", "ผ่าน"]
    assert possible(printed_as(Fraction("95.75"), 2), *anything) == ["ผ่านดีเยี่ยม", "ผ่านดี"]
    assert possible(printed_as(Fraction(100), 2).meet(bounds("0", "100")), *anything) == ["ผ่านดีเยี่ยม"]
    assert possible(printed_as(Fraction("84.99"), 2), *anything) == ["ต้องปรับปรุง"]


def test_possible_levels_know_that_a_high_total_leaves_no_low_instrument() -> None:
    # With 30 % just under 84.995 and the rest at 100 the total stays under 95.4985.
    anything = [bounds("0", "100")] * 3
    assert possible(printed_as(Fraction("95.50"), 2), *anything) == ["ผ่านดีเยี่ยม", "ผ่านดี", "ผ่าน"]
    assert possible(printed_as(Fraction("95.51"), 2), *anything) == ["ผ่านดีเยี่ยม", "ผ่านดี"]


def test_possible_levels_at_a_threshold_within_rounding() -> None:
    near = printed_as(Fraction("95.00"), 2)
    wide = Bounds(near.low - Fraction("0.005"), near.high)
    assert possible(wide, wide, wide, wide) == ["ผ่านดีเยี่ยม", "ผ่านดี"]


scores = st.integers(0, 400).map(lambda n: Fraction(n, 4))


@given(st.lists(st.tuples(scores, scores), min_size=3, max_size=3), st.lists(st.integers(0, 4), min_size=3, max_size=3))
def test_possible_levels_hold_the_level_of_every_point(ends: list[tuple[Fraction, Fraction]], steps: list[int]) -> None:
    boxes = {code: Bounds(min(pair), max(pair)) for code, pair in zip(CODES, ends, strict=True)}
    point = {
        code: box.low + (box.high - box.low) * step / 4 for (code, box), step in zip(boxes.items(), steps, strict=True)
    }
    weights = {each.code: Fraction(each.weight_pct) / 100 for each in PASS.instruments}
    total = sum((weights[code] * value for code, value in point.items()), Fraction(0))
    reached = grade(PASS, half_up(total, 2), {code: half_up(value, 2) for code, value in point.items()}).level
    assert reached in possible_levels(PASS, bounds("0", "100"), boxes)
    assert reached in possible_levels(PASS, Bounds(total, total), boxes)
