from decimal import Decimal
from fractions import Fraction
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from prongsai.scoring.exact import half_up
from prongsai.scoring.outline import Outline
from prongsai.scoring.reach import reachable_scores, unreachable
from prongsai.scoring.rollup import roll_up
from prongsai.scoring.scores import Scores
from tests.scoring.build import YEAR_64, framework

OUTLINE = Outline.of(framework())
YEAR_67 = YEAR_64 | {
    "OIT": ("40", {"9": {"9.1": 6, "9.2": 7, "9.3": 4, "9.4": 4, "9.5": 4}, "10": {"10.1": 6, "10.2": 4}})
}


def test_reachable_scores_hold_the_published_ones() -> None:
    scores = reachable_scores(OUTLINE, "9")
    assert scores is not None
    published = ("97.78", "97.50", "97.14", "96.00", "93.50", "94.64", "100.00", "0.00")
    assert all(Decimal(each) in scores for each in published)
    assert list(scores) == sorted(set(scores))


def test_reachable_scores_of_ten_are_few() -> None:
    scores = reachable_scores(OUTLINE, "10")
    assert scores is not None
    assert len(scores) == 17
    assert scores[-3:] == (Decimal("87.50"), Decimal("93.75"), Decimal("100.00"))


def test_reachable_scores_of_a_sub_indicator() -> None:
    assert reachable_scores(OUTLINE, "10.2") == (Decimal("0.00"), Decimal("50.00"), Decimal("100.00"))


def test_reachable_scores_are_unknown_for_surveys_partial_items_and_unknown_codes() -> None:
    partial = Outline.of(framework(partial=["O1"]))
    assert reachable_scores(OUTLINE, "1") is None
    assert reachable_scores(partial, "9") is None
    assert reachable_scores(partial, "10") is not None
    assert reachable_scores(OUTLINE, "99") is None


def test_reachable_scores_stop_where_they_would_be_too_many() -> None:
    primes = {f"9.{n}": size for n, size in enumerate((11, 13, 17, 19, 23, 29), start=1)}
    assert reachable_scores(Outline.of(framework({"OIT": ("100", {"9": primes})})), "9") is None


def test_unreachable_names_the_nearest_scores_and_how_sure_the_item_list_is() -> None:
    problems = list(unreachable(roll_up(OUTLINE, Scores.of({"9": "92.01", "10": "93.75"}))))
    assert [problem.code for problem in problems] == ["SCORE_UNREACHABLE"]
    assert problems[0].arithmetic == "9.1: 9, 9.2: 8, 9.3: 7, 9.4: 4, 9.5: 5"
    assert problems[0].message == (
        "indicator 9 cannot be 92.01: with items of 0/100 the nearest scores are 92.00, 92.06 (item list: recall)"
    )
    assert problems[0].message_th.endswith("(ความแน่ใจของรายการข้อ: จากความจำ)")


def test_unreachable_knows_that_ninety_is_two_of_four() -> None:
    tree = roll_up(framework(YEAR_67), Scores.of({"9": "90"}))
    assert list(unreachable(tree)) == []


def test_unreachable_at_the_ends_names_one_neighbour() -> None:
    problem = next(unreachable(roll_up(OUTLINE, Scores.of({"10.2": "99.99"}))))
    assert "the nearest scores are 50.00, 100.00" in problem.message
    problem = next(unreachable(roll_up(OUTLINE, Scores.of({"10.2": "0.01"}))))
    assert "the nearest scores are 0.00, 50.00" in problem.message


@given(
    st.lists(st.integers(1, 4), min_size=1, max_size=3),
    st.sampled_from([("0", "100"), ("0", "50", "100"), ("0", "20", "60", "100")]),
    st.integers(0, 4),
)
def test_reachable_scores_equal_all_results_of_the_items(sizes: list[int], scores: tuple[str, ...], some: int) -> None:
    groups = {f"1.{n}": size for n, size in enumerate(sizes, start=1)}
    partial = [f"O{n}" for n in range(1, some + 1)] if len(scores) > 2 else []
    made = framework({"OIT": ("100", {"1": groups})}, item_scores=scores, partial=partial)
    sets = [[scores if item.code in partial else ("0", "100") for item in made.items_of(group)] for group in groups]
    each_group = [{sum(map(Fraction, results), Fraction(0)) / len(own) for results in product(*own)} for own in sets]
    expected = {half_up(sum(means, Fraction(0)) / len(sizes), 2) for means in product(*each_group)}
    assert reachable_scores(Outline.of(made), "1") == tuple(sorted(expected))
