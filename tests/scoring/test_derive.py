from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from prongsai.scoring.derive import Derivation, Derived, derive
from prongsai.scoring.exact import half_up
from prongsai.scoring.outline import Outline
from prongsai.scoring.rollup import roll_up
from prongsai.scoring.scores import Number, Scores
from tests.scoring.build import framework, items_of

YEAR = framework()
OUTLINE = Outline.of(YEAR)
SAMPLE = {
    "1": "97.44",
    "2": "94.03",
    "4": "92.87",
    "5": "94.05",
    "6": "89.31",
    "7": "92.29",
    "8": "91.55",
    "9": "100",
    "10": "100",
}


def run(
    indicators: dict[str, str] | None = None,
    *,
    overall: str | None = None,
    items: dict[str, Number | None] | None = None,
    instruments: dict[str, Number | None] | None = None,
) -> Derivation:
    return derive(
        roll_up(OUTLINE, Scores.of(dict(indicators or {}), items=items, instruments=instruments, overall=overall))
    )


def only(found: Derivation, code: str) -> Derived:
    return next(each for each in found.derived if each.code == code)


def told(found: Derivation) -> list[str]:
    return [problem.code for problem in found.problems]


def interval(low: str, high: str) -> tuple[Decimal, Decimal]:
    return Decimal(low), Decimal(high)


def without(*codes: str) -> dict[str, str]:
    return {code: score for code, score in SAMPLE.items() if code not in codes}


def test_derive_gives_the_missing_indicator_with_both_intervals() -> None:
    found = run(SAMPLE, overall="95.75")
    assert [each.code for each in found.derived] == ["3"]
    three = found.derived[0]
    assert three.value == (Fraction("95.75") - Fraction("27.315") - 40) / Fraction("0.06") - Fraction("378.39")
    assert str(three.rounded) == "95.53"
    assert three.interval == interval("95.45", "95.60")
    assert three.interval_all == interval("95.37", "95.69")
    assert three.arithmetic == (
        "IIT = (95.75 − 91.05 × 30% − 100 × 40%) ÷ 30% = 94.7833…; "
        "3 = 5 × 94.7833… − (97.44 + 94.03 + 92.87 + 94.05) = 95.5266… ≈ 95.53"
    )


def test_derive_grows_the_value_into_the_tree_as_derived() -> None:
    tree = run(SAMPLE, overall="95.75").tree
    how = {node.code: (node.how, str(node.rounded)) for node in tree.root.walk()}
    assert how["3"] == ("derived", "95.53")
    assert how["IIT"] == ("derived", "94.78")
    assert how["EIT"] == ("computed", "91.05")
    assert how["overall"] == ("derived", "95.75")


def test_derive_reports_the_missing_score_with_what_was_derived() -> None:
    found = run(SAMPLE, overall="95.75")
    assert told(found) == ["SCORE_MISSING"]
    assert found.problems[0].mend == (
        "copy it from the official result; until then it is derived as 95.53 (95.45 to 95.60)"
    )


def test_derive_from_the_stated_instrument_is_narrower() -> None:
    found = run(without("3"), instruments={"IIT": "94.78"}, overall="95.75")
    three = only(found, "3")
    assert three.source == "IIT"
    assert three.arithmetic == "3 = 5 × 94.78 − (97.44 + 94.03 + 92.87 + 94.05) = 95.51"
    assert three.interval == interval("95.49", "95.53")


def test_derive_an_instrument() -> None:
    found = run(instruments={"IIT": "94.78", "EIT": "91.05"}, overall="95.75")
    oit = only(found, "OIT")
    assert str(oit.rounded) == "100.00"
    assert oit.interval == interval("99.99", "100.00")
    assert [(each.code, each.value, each.together) for each in found.derived[1:]] == [
        ("9", None, ("9", "10")),
        ("10", None, ("9", "10")),
    ]
    assert only(found, "9").interval == interval("99.98", "100.00")


def test_derive_of_two_in_one_instrument_gives_only_their_mean() -> None:
    found = run(without("4"), overall="95.75")
    assert [each.code for each in found.derived] == ["IIT", "3", "4"]
    three = only(found, "3")
    assert three.value is None
    assert three.rounded is None
    assert three.together == ("3", "4")
    assert three.mean == Decimal("94.20")
    assert str(only(found, "IIT").rounded) == "94.78"
    # The other one may be as high as 100, hence at least 188.3133 − 100.
    assert three.interval == interval("88.32", "100.00")
    assert told(found) == ["SCORE_UNDETERMINED", "SCORE_MISSING", "SCORE_MISSING"]
    assert found.problems[0].message == "the scores of 3, 4 are missing; only their mean, 94.20, follows"


def test_derive_of_two_in_different_instruments_bounds_each() -> None:
    found = run(without("6"), overall="95.75")
    assert [(each.code, each.value, each.mean) for each in found.derived] == [("3", None, None), ("6", None, None)]
    # 0.06 × three + 0.1 × six = 14.6626 within half a hundredth: six = 100 leaves three about 77.71.
    assert only(found, "3").interval == interval("77.63", "100.00")
    assert only(found, "6").interval == interval("86.58", "100.00")
    assert told(found) == ["SCORE_UNDETERMINED", "SCORE_MISSING", "SCORE_MISSING"]


def test_derive_clips_to_a_hundred() -> None:
    ten = only(run(without("10") | {"3": "95.53"}, overall="95.75"), "10")
    assert (str(ten.rounded), ten.interval) == ("100.00", interval("99.98", "100.00"))


def test_derive_of_a_total_that_only_rounding_allows_has_no_interval_as_printed() -> None:
    ten = only(run(without("10") | {"3": "95.60"}, overall="95.76"), "10")
    assert (ten.interval, ten.interval_all) == (None, interval("99.98", "100.00"))
    assert (ten.value, ten.is_possible) == (100, True)


def test_derive_says_when_no_score_fits() -> None:
    found = run(SAMPLE, overall="99.69")
    assert only(found, "3").value is None
    assert only(found, "3").interval_all is None
    printed = only(found, "3").to_json()
    assert (printed["impossible"], printed["value"], printed["low_all"]) == (True, None, None)
    assert only(run(SAMPLE, overall="95.75"), "3").to_json()["impossible"] is False
    problem = found.problems[0]
    assert problem.code == "SCORE_IMPOSSIBLE"
    assert problem.message == (
        "99.69 as the score of the total is impossible: the other scores allow only 90.01 to 96.02"
    )
    assert problem.arithmetic == "3 = 0: 90.01; 3 = 100: 96.02"
    assert found.tree.root.how == "stated"


def test_derive_an_item_of_a_stated_sub_indicator() -> None:
    items: dict[str, Number | None] = {item.code: "100" for item in YEAR.items_of("9.1")[1:]}
    assert run({"9.1": "88.89"}, items=items).derived[0].value == 0
    assert run({"9.1": "100"}, items=items).derived[0].value == 100
    wrong = run({"9.1": "95"}, items=items)
    assert wrong.derived[0].interval_all is None
    assert wrong.derived[0].value is None


def test_derive_a_sub_indicator_of_a_stated_indicator() -> None:
    given_scores = {"9": "97.50", "9.1": "100", "9.2": "87.50", "9.3": "100", "9.5": "100"}
    found = run(given_scores)
    assert str(only(found, "9.4").rounded) == "100.00"
    assert found.tree.find("9").how == "stated"  # type: ignore[union-attr]


def test_derive_names_missing_items_in_one_problem() -> None:
    items = items_of(YEAR)
    del items["O1"], items["O2"]
    found = run(SAMPLE | {"3": "95.53"}, items=dict(items))
    assert [(p.code, p.message) for p in found.problems] == []  # 9 is stated as 100 and tells them
    assert [(d.code, d.value, d.together) for d in found.derived] == [(c, 100, ()) for c in ("9.1", "O1", "O2")]
    found = run({code: s for code, s in SAMPLE.items() if code != "9"}, items=dict(items))
    assert ("SCORE_MISSING", "O1, O2 of 9.1 has no score") in [(p.code, p.message) for p in found.problems]


def test_derive_without_a_total_only_names_what_is_missing() -> None:
    found = run(SAMPLE)
    assert found.derived == ()
    assert told(found) == ["SCORE_MISSING"]
    assert found.problems[0].mend == "copy it from the official result; nothing stated determines it"


def test_derive_of_a_total_alone_derives_nothing() -> None:
    found = run(overall="93.60")
    assert found.derived == ()
    assert told(found) == []


def test_derive_of_a_complete_tree_changes_nothing() -> None:
    tree = roll_up(OUTLINE, Scores.of(SAMPLE | {"3": "95.53"}, overall="95.75"))
    found = derive(tree)
    assert found.tree is tree
    assert (found.derived, found.problems) == ((), ())


CODES = tuple(indicator.code for indicator in YEAR.top_indicators())
scores = st.decimals(min_value=0, max_value=100, places=2)
ten = st.fixed_dictionaries(dict.fromkeys(CODES, scores))


@given(ten, st.sampled_from(CODES))
def test_derive_finds_a_dropped_score_again(values: dict[str, Decimal], dropped: str) -> None:
    total = roll_up(OUTLINE, Scores.of(values)).root.rounded
    found = run({code: str(score) for code, score in values.items() if code != dropped}, overall=str(total))
    again = found.derived[0]
    assert again.code == dropped
    assert again.interval is not None
    assert again.interval_all is not None
    assert again.rounded is not None
    assert again.interval[0] <= values[dropped] <= again.interval[1]
    assert again.interval_all[0] <= again.interval[0]
    assert again.interval[1] <= again.interval_all[1]
    assert again.interval_all[0] <= again.rounded <= again.interval_all[1]
    # No end can be moved outwards: just beyond it the total would be printed otherwise.
    for end, step in ((again.interval[0], Decimal("-0.01")), (again.interval[1], Decimal("0.01"))):
        at = roll_up(OUTLINE, Scores.of(values | {dropped: end})).root.rounded
        assert at == total
        if 0 <= end + step <= 100:
            beyond = roll_up(OUTLINE, Scores.of(values | {dropped: end + step})).root.rounded
            assert beyond != total


@given(
    st.fixed_dictionaries(dict.fromkeys(CODES, st.fractions(0, 100, max_denominator=997))),
    st.sampled_from(CODES),
)
def test_derive_interval_of_all_roundings_holds_the_printed_true_score(
    truth: dict[str, Fraction], dropped: str
) -> None:
    printed = {code: half_up(value, 2) for code, value in truth.items()}
    worth = {
        code: Fraction("0.06") if int(code) < 6 else Fraction("0.1") if int(code) < 9 else Fraction("0.2")
        for code in CODES
    }
    total = half_up(sum((worth[code] * value for code, value in truth.items()), Fraction(0)), 2)
    found = run({code: str(score) for code, score in printed.items() if code != dropped}, overall=str(total))
    low, high = found.derived[0].interval_all or (Decimal(1), Decimal(0))
    assert low <= printed[dropped] <= high


@given(ten, st.sets(st.sampled_from(CODES), min_size=2, max_size=4))
def test_derive_bounds_of_several_hold_every_dropped_score(values: dict[str, Decimal], dropped: set[str]) -> None:
    assume(len(dropped) < len(CODES))
    total = roll_up(OUTLINE, Scores.of(values)).root.rounded
    found = run({code: str(score) for code, score in values.items() if code not in dropped}, overall=str(total))
    for code in dropped:
        low, high = only(found, code).interval or (Decimal(1), Decimal(0))
        assert low <= values[code] <= high
    grouped = {each.together: each.mean for each in found.derived if each.mean is not None}
    for codes, mean in grouped.items():
        if set(codes) <= dropped:
            true = sum((Fraction(values[code]) for code in codes), Fraction(0)) / len(codes)
            assert mean is not None
            assert abs(Fraction(mean) - true) < Fraction("0.1")


@pytest.mark.parametrize("missed", [[], ["O2"], ["O2", "O3"]])
def test_derive_one_dropped_item_from_the_stated_total(missed: list[str]) -> None:
    surveys = {str(n): "90.00" for n in range(1, 9)}
    items = items_of(YEAR, missed)
    total = roll_up(OUTLINE, Scores.of(surveys, items=dict(items))).root.rounded
    rest = {code: score for code, score in items.items() if code != "O1"}
    assert only(run(surveys, items=dict(rest), overall=str(total)), "O1").value == 100


def test_derive_a_stepped_item_only_when_one_step_fits() -> None:
    stepped = framework({"OIT": ("100", {"1": 3})}, partial=["O1", "O2", "O3"], item_scores=("0", "20", "60", "100"))

    def item(stated: str) -> Derived:
        return derive(roll_up(stepped, Scores.of({"1": stated}, items={"O2": "60", "O3": "100"}))).derived[0]

    assert (item("60").value, item("60").interval) == (20, interval("20", "20"))
    assert (item("61").value, item("61").interval_all) == (None, None)
