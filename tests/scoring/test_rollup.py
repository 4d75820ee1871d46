from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.frameworks.model import Framework
from prongsai.scoring.exact import half_up
from prongsai.scoring.outline import Kind, Outline
from prongsai.scoring.rollup import agrees, roll_up
from prongsai.scoring.scores import Number, Reply, Scores
from tests.scoring.build import FOUR, YEAR_64, framework, items_of, question

YEAR = framework()
OUTLINE = Outline.of(YEAR)
SURVEYS = {str(n): "90" for n in range(1, 9)}


def oit(missed: list[str]) -> Mapping[str, Decimal | None]:
    tree = roll_up(OUTLINE, Scores.of(SURVEYS, items=items_of(YEAR, missed)))
    return {node.code: node.rounded for node in tree.root.walk()}


# Rows published for local governments in 2564: one or two items missed in sub-indicators of 9/8/7/4/5 and 8/2 items.
PUBLISHED_9 = [
    (["9.1"], "97.78"),
    (["9.2"], "97.50"),
    (["9.3"], "97.14"),
    (["9.5"], "96.00"),
    (["9.2", "9.5"], "93.50"),
    (["9.3", "9.2"], "94.64"),
    ([], "100.00"),
]


@pytest.mark.parametrize(("groups", "expected"), PUBLISHED_9)
def test_roll_up_gives_the_published_scores_of_indicator_9(groups: list[str], expected: str) -> None:
    missed = [YEAR.items_of(group)[0].code for group in groups]
    assert str(oit(missed)["9"]) == expected


@pytest.mark.parametrize(
    ("missed", "expected"), [(["10.1"], "93.75"), (["10.2"], "75.00"), (["10.1", "10.1"], "87.50")]
)
def test_roll_up_gives_the_published_scores_of_indicator_10(missed: list[str], expected: str) -> None:
    codes = [YEAR.items_of(group)[place].code for place, group in enumerate(missed)]
    assert str(oit(codes)["10"]) == expected


@pytest.mark.parametrize(
    ("nine", "ten", "weighted"),
    [
        ("93.50", "100", "38.70"),
        ("97.50", "100", "39.50"),
        ("97.78", "93.75", "38.31"),
        ("97.14", "100", "39.43"),
        ("97.50", "87.50", "37.00"),
    ],
)
def test_roll_up_gives_the_published_weighted_scores(nine: str, ten: str, weighted: str) -> None:
    node = roll_up(OUTLINE, Scores.of({"9": nine, "10": ten})).find("OIT")
    assert node is not None
    assert node.value is not None
    assert str(half_up(node.value * node.share, 2)) == weighted


def test_roll_up_of_ten_indicators_is_exact_until_it_is_printed() -> None:
    scores = ["95.76", "94.96", "100", "87.04", "97.55", "97.19", "91.34", "80.75", "90", "100"]
    root = roll_up(OUTLINE, Scores.of({str(n): s for n, s in enumerate(scores, start=1)})).root
    assert root.value == Fraction("93.4466")
    assert str(root.rounded) == "93.45"
    assert [str(node.rounded) for node in root.children] == ["95.06", "89.76", "95.00"]


def test_roll_up_explains_each_node() -> None:
    scores = {"6": "89.31", "7": "92.29", "8": "91.55", "9": "100", "10": "100"}
    five = {str(n): s for n, s in enumerate(("97.44", "94.03", "95.53", "92.87", "94.05"), start=1)}
    tree = roll_up(OUTLINE, Scores.of(five | scores))
    told = {node.code: node.explanation for node in tree.root.walk()}
    assert told["EIT"] == "(89.31 + 92.29 + 91.55) ÷ 3 = 91.05"
    assert told["IIT"] == "(97.44 + 94.03 + 95.53 + 92.87 + 94.05) ÷ 5 = 94.784 ≈ 94.78"
    assert told["overall"] == "94.784 × 30% + 91.05 × 30% + 100 × 40% = 95.7502 ≈ 95.75"
    assert told["6"] == "89.31"


def test_roll_up_explains_many_items_by_how_often_each_score_occurs() -> None:
    tree = roll_up(OUTLINE, Scores.of(SURVEYS, items=items_of(YEAR, ["O1"])))
    nodes = {node.code: node for node in tree.root.walk()}
    assert nodes["9.1"].explanation == "(8 × 100 + 1 × 0) ÷ 9 = 88.8888… ≈ 88.89"
    assert nodes["10.2"].explanation == "(100 + 100) ÷ 2 = 100"
    assert nodes["O1"].explanation == "0"


def test_roll_up_says_how_each_node_came_to_be() -> None:
    tree = roll_up(OUTLINE, Scores.of({"1": "90"}, items=items_of(YEAR)))
    how = {node.code: node.how for node in tree.root.walk()}
    assert [how[code] for code in ("1", "2", "IIT", "O1", "9.1", "9", "OIT", "overall")] == [
        "stated",
        "missing",
        "missing",
        "stated",
        "computed",
        "computed",
        "computed",
        "missing",
    ]


def test_roll_up_keeps_a_stated_indicator_that_its_items_contradict() -> None:
    tree = roll_up(OUTLINE, Scores.of(SURVEYS | {"9": "92.00"}, items=items_of(YEAR)))
    node = tree.find("9")
    assert node is not None
    assert (node.value, node.how) == (92, "stated")
    problem = tree.problems[0]
    assert problem.code == "SCORE_CONTRADICTION"
    assert problem.arithmetic == "(100 + 100 + 100 + 100 + 100) ÷ 5 = 100"
    assert problem.message == "indicator 9 is stated as 92.00, but 100.00 follows from what is below it"


def test_roll_up_prefers_exact_items_to_the_printed_score_they_agree_with() -> None:
    tree = roll_up(OUTLINE, Scores.of(SURVEYS | {"9": "97.78"}, items=items_of(YEAR, ["O1"])))
    node = tree.find("9")
    assert node is not None
    assert (node.value, node.stated, node.how) == (Fraction(880, 9), Fraction("97.78"), "computed")
    assert tree.problems == ()


def test_roll_up_of_a_stated_instrument_without_indicators_uses_it() -> None:
    root = roll_up(OUTLINE, Scores.of(instruments={"IIT": "90", "EIT": "80", "OIT": "70"})).root
    assert root.value == 79
    assert [node.how for node in root.children] == ["stated"] * 3


def test_roll_up_scores_answers() -> None:
    made = framework(
        {"IIT": ("100", {"1": 0})},
        questions=[question("i1", "1"), question("i2", "1", reverse=True)],
        scales=[FOUR],
    )
    replies = tuple(
        Reply(who, code, None, answer)
        for who, code, answer in [(1, "i1", "มาก"), (2, "i1", "น้อย"), (1, "i2", "น้อยที่สุด")]
    )
    tree = roll_up(made, Scores(replies=replies))
    assert {node.code: node.value for node in tree.root.walk()} == {
        "overall": 75,
        "IIT": 75,
        "1": 75,
        "i1": 50,
        "i2": 100,
    }
    node = tree.find("i1")
    assert node is not None
    assert node.explanation == "เฉลี่ยคำตอบ 2 คน = 50"


def test_roll_up_of_nothing_is_a_tree_of_gaps() -> None:
    root = roll_up(OUTLINE, Scores()).root
    assert (root.value, root.how, root.explanation) == (None, "missing", "")


def test_agrees_allows_what_rounding_below_may_hide_and_no_more() -> None:
    ten = {str(n): "90.00" for n in range(1, 11)}

    def stated(total: str) -> bool:
        return agrees(roll_up(OUTLINE, Scores.of(ten, overall=total)).root)

    assert [stated(total) for total in ("89.99", "90.00", "90.01")] == [False, True, False]
    ten["1"] = "90.08"  # computed 90.0048: its rounding may have been up to 90.0098
    assert [stated(total) for total in ("89.99", "90.00", "90.01", "90.02")] == [False, True, True, False]


codes = st.sampled_from([indicator.code for indicator in YEAR.top_indicators()])
scores = st.decimals(min_value=0, max_value=100, places=2)
ten = st.fixed_dictionaries({indicator.code: scores for indicator in YEAR.top_indicators()})


def plain_total(made: Framework, values: Mapping[str, Decimal]) -> Fraction:
    """Reckon the total without the package: means and weights only."""
    result = Fraction(0)
    for instrument in made.instruments:
        own = [Fraction(values[each.code]) for each in made.top_indicators(instrument.code)]
        result += Fraction(instrument.weight_pct) * sum(own) / len(own) / 100
    return result


@given(ten)
def test_roll_up_equals_a_plain_reckoning(values: dict[str, Decimal]) -> None:
    assert roll_up(OUTLINE, Scores.of(values)).root.value == plain_total(YEAR, values)


@given(ten, codes, scores)
def test_roll_up_never_falls_when_a_score_rises(values: dict[str, Decimal], code: str, other: Decimal) -> None:
    low, high = sorted((values[code], other))
    before = roll_up(OUTLINE, Scores.of(values | {code: low})).root
    after = roll_up(OUTLINE, Scores.of(values | {code: high})).root
    assert before.value is not None
    assert after.value is not None
    assert 0 <= before.value <= after.value <= 100
    assert (before.value < after.value) == (low < high)


@given(st.sets(st.sampled_from([item.code for item in YEAR.items])))
def test_roll_up_of_items_equals_a_plain_reckoning(missed: set[str]) -> None:
    given_items: dict[str, Number | None] = dict(items_of(YEAR, sorted(missed)))
    node = roll_up(OUTLINE, Scores.of(items=given_items)).find("OIT")
    expected = Fraction(0)
    for below in YEAR_64["OIT"][1].values():
        assert not isinstance(below, int)
        shares = [
            Fraction(sum(item.code not in missed for item in YEAR.items_of(group)), size)
            for group, size in below.items()
        ]
        expected += 100 * sum(shares) / len(shares) / 2
    assert node is not None
    assert node.value == expected


def test_tree_at_gives_nodes_of_one_kind_in_order() -> None:
    tree = roll_up(OUTLINE, Scores.of(SURVEYS))
    assert [node.code for node in tree.at(Kind.INDICATOR)] == [str(n) for n in range(1, 11)]
    assert tree.find("O1") is None


def test_roll_up_explains_an_only_child_by_its_score() -> None:
    root = roll_up(framework({"OIT": ("100", {"1": 3})}), Scores.of(items={"O1": 100, "O2": 0, "O3": 0})).root
    assert root.children[0].explanation == "33.3333… ≈ 33.33"
