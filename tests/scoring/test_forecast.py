import json
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.errors import ProngsaiError
from prongsai.scoring.exact import half_up
from prongsai.scoring.forecast import forecast
from prongsai.scoring.outline import Kind, Outline
from prongsai.scoring.resolve import find_level
from prongsai.scoring.rollup import roll_up
from prongsai.scoring.scores import Scores
from tests.scoring.build import framework, items_of

YEAR = framework()
OUTLINE = Outline.of(YEAR)
NINETIES = {str(n): "90" for n in range(1, 9)}


def scores(missed: list[str], surveys: Mapping[str, str] = NINETIES) -> Scores:
    return Scores.of(dict(surveys), items=dict(items_of(YEAR, missed)))


def test_forecast_weighs_items_by_their_sub_indicator() -> None:
    found = forecast(OUTLINE, scores(["O43"]))
    points = {each.code: each.points for each in found.items}
    assert points["O43"] == 5  # one of two in 10.2
    assert points["O34"] == Fraction("1.25")  # one of eight in 10.1
    assert points["O1"] == Fraction(4, 9)
    assert sum(points.values()) == 40
    last = found.items[-1]
    assert (last.group, last.group_size, last.score, last.gain) == ("10.2", 2, Decimal("0.00"), 5)


def test_forecast_of_a_target_takes_the_fewest_items() -> None:
    found = forecast(OUTLINE, scores(["O1", "O2", "O34", "O42", "O43"]), target=Decimal("90"))
    assert found.plan is not None
    assert found.plan.items == ("O42", "O43")
    assert [(c.group, c.of, c.points_each) for c in found.plan.choices] == [("10.2", ("O42", "O43"), 5)]
    assert (found.plan.cost, found.is_within_items, found.reached) == (2, True, False)


def test_forecast_names_the_items_that_would_do_as_well() -> None:
    found = forecast(OUTLINE, scores(["O1", "O2", "O34", "O42", "O43"]), target=Decimal("86.5"))
    assert found.plan is not None
    assert [(c.taken, c.of) for c in found.plan.choices] == [(("O42",), ("O42", "O43"))]


def test_forecast_plan_holds_when_it_is_carried_out() -> None:
    missed = ["O1", "O12", "O20", "O34", "O43"]
    found = forecast(OUTLINE, scores(missed), target=Decimal("93.5"))
    assert found.plan is not None
    left = [code for code in missed if code not in found.plan.items]
    assert roll_up(OUTLINE, scores(left)).root.rounded == found.plan.overall
    assert found.plan.overall >= Decimal("93.5")


def test_forecast_counts_costs_that_are_given() -> None:
    costs = {"O43": Decimal(10), "O42": Decimal(9)}
    found = forecast(OUTLINE, scores(["O34", "O35", "O42", "O43"]), target=Decimal("83.9"), costs=costs)
    assert found.plan is not None
    assert (found.plan.items, found.plan.cost) == (("O34", "O35"), 2)
    dear = forecast(OUTLINE, scores(["O34", "O42", "O43"]), target=Decimal("87.7"), costs=costs)
    assert dear.plan is not None
    assert (dear.plan.items, dear.plan.cost) == (("O42",), 9)


def test_forecast_compares_after_rounding() -> None:
    # 90 everywhere but indicator 1, item O43 missed: won, the total is exactly 93.995 or a hair less.
    at_half = NINETIES | {"1": "89.92", "6": "89.998"[:5]}
    total = roll_up(OUTLINE, scores([], at_half)).root
    assert total.value is not None
    printed = half_up(total.value, 2)
    found = forecast(OUTLINE, scores(["O43"], at_half), target=printed)
    assert found.plan is not None
    assert found.plan.overall == printed
    assert forecast(OUTLINE, scores(["O43"], at_half), target=printed + Decimal("0.01")).plan is None


def test_forecast_of_a_level_names_the_instrument_that_blocks_it() -> None:
    found = forecast(OUTLINE, scores(["O43"]), level="ผ่านดีเยี่ยม")
    assert [(b.instrument, str(b.have), str(b.need), str(b.mean_gain), b.possible) for b in found.blocks] == [
        ("IIT", "90.00", "95.00", "5.00", True),
        ("EIT", "90.00", "95.00", "5.00", True),
    ]
    assert found.plan is not None
    assert (found.plan.items, found.plan.assumed) == (("O43",), ("IIT", "EIT"))
    assert not found.is_within_items
    assert found.plan.level is not None
    assert found.plan.level.name_th == "ผ่านดีเยี่ยม"


def test_forecast_of_a_level_needs_the_items_of_its_own_instrument() -> None:
    surveys = {str(n): "98" for n in range(1, 9)}
    found = forecast(OUTLINE, scores(["O1", "O43"], surveys), level="L0")
    assert found.plan is not None
    assert found.plan.items == ("O43",)  # the total is 95 without it, but OIT is not
    assert found.blocks == ()


def test_forecast_of_what_is_reached_needs_nothing() -> None:
    found = forecast(OUTLINE, scores([]), target=Decimal(90))
    assert (found.reached, found.plan, found.blocks, found.is_within_items) == (True, None, (), True)
    assert forecast(OUTLINE, scores([])).goal.overall == YEAR.target_pct


def test_forecast_says_how_far_surveys_must_rise_when_items_are_not_enough() -> None:
    found = forecast(OUTLINE, scores(["O43"]), target=Decimal("97"))
    assert found.plan is None
    assert [(s.instrument, str(s.need), str(s.mean_gain), s.possible) for s in found.shortfalls] == [
        ("IIT", "99.99", "9.99", True),
        ("EIT", "99.99", "9.99", True),
    ]
    assert not any(s.possible for s in forecast(OUTLINE, scores([]), target=Decimal("98")).shortfalls)


def test_forecast_tells_the_score_each_indicator_alone_would_need() -> None:
    found = forecast(OUTLINE, scores(["O43"]), target=Decimal("90"))
    needed = {each.code: each.needed for each in found.indicators}
    assert needed["1"] is None  # 10 points of 0.06 are not enough
    assert needed["10"] == Decimal("79.98")  # (89.995 − 89) ÷ 0.2 above 75, rounded up
    assert {each.code: each.gain for each in found.indicators}["10"] == 5


def test_forecast_without_items_still_tells_the_indicators() -> None:
    found = forecast(OUTLINE, Scores.of(NINETIES | {"9": "90", "10": "75"}), target=Decimal("89"))
    assert found.plan is None
    assert {each.code: each.needed for each in found.indicators}["10"] == Decimal("84.98")
    assert [item.gain for item in found.items] == [None] * 43


def test_forecast_of_unknown_items_says_what_every_item_would_give() -> None:
    found = forecast(OUTLINE, Scores.of(NINETIES | {"9": "90", "10": "75"}), target=Decimal("93"))
    assert (found.plan, found.blocks, found.shortfalls) == (None, (), ())
    assert (found.with_every_item, found.to_json()["with_every_item"]) == (Decimal("94.00"), 94.0)
    told = [(p.code, p.severity.value, p.message) for p in found.problems]
    assert told == [
        (
            "FORECAST_INCOMPLETE",
            "warning",
            "no plan: the scores of O1–O33 (9), O34–O43 (10) are not complete; "
            "with every item won the total would be 94.00",
        )
    ]
    assert found.problems[0].message_th == (
        "ยังวางแผนไม่ได้ เพราะคะแนนของ O1–O33 (9), O34–O43 (10) ไม่ครบ "
        "ชุดข้อที่น้อยที่สุดต้องใช้คะแนนรายข้อ ถ้าได้ครบทุกข้อ คะแนนรวมจะเป็น 94.00"
    )


def test_forecast_of_unknown_items_beyond_reach_raises_only_the_surveys() -> None:
    found = forecast(OUTLINE, Scores.of(NINETIES | {"9": "90", "10": "75"}), target=Decimal("97"))
    assert [(s.instrument, str(s.best), str(s.need)) for s in found.shortfalls] == [
        ("IIT", "90.00", "99.99"),
        ("EIT", "90.00", "99.99"),
    ]
    level = forecast(OUTLINE, Scores.of(NINETIES | {"9": "90", "10": "75"}), level="ผ่านดีเยี่ยม")
    assert [each.instrument for each in level.blocks] == ["IIT", "EIT"]


def test_forecast_of_an_instrument_alone_claims_nothing_about_its_items() -> None:
    start = Scores.of(instruments={"IIT": "90", "EIT": "90", "OIT": "80"})
    found = forecast(OUTLINE, start, target=Decimal("93"))
    assert (found.with_every_item, found.shortfalls) == (Decimal("94.00"), ())
    assert [p.message for p in found.problems if p.code.startswith("FORECAST")] == [
        "no plan: the scores of O1–O43 (OIT) are not complete; with every item won the total would be 94.00"
    ]


def test_forecast_of_some_unknown_items_says_that_a_cheaper_plan_may_exist() -> None:
    known = dict.fromkeys(items_of(YEAR), "100") | dict.fromkeys(("O1", "O2", "O3", "O4"), "0")
    start = Scores.of(NINETIES | {"10": "75"}, items={c: s for c, s in known.items() if int(c[1:]) < 34})
    found = forecast(OUTLINE, start, target=Decimal("88"))
    assert found.plan is not None
    assert [p.message.split(":")[0] for p in found.problems if p.code == "FORECAST_INCOMPLETE"] == [
        "a cheaper plan may exist"
    ]


def test_forecast_of_a_gap_that_known_items_explain_has_no_unknown() -> None:
    made = NINETIES | {"9": "97.78", "10": "75"}
    found = forecast(OUTLINE, Scores.of(made, items={"O1": "0", "O43": "0"}), target=Decimal("99"))
    assert [p.code for p in found.problems if p.code.startswith("FORECAST")] == []


def test_forecast_of_unfit_items_still_counts_every_item_as_winnable() -> None:
    made = NINETIES | {"9": "100", "10": "98"}
    found = forecast(OUTLINE, Scores.of(made, items={"O43": "0"}), target=Decimal("94"))
    assert (found.with_every_item, found.shortfalls) == (Decimal("94.00"), ())


def test_forecast_of_incomplete_scores_says_what_is_missing() -> None:
    found = forecast(OUTLINE, Scores.of(items=dict(items_of(YEAR, ["O43"]))), target=Decimal(95))
    assert found.plan is None
    assert found.problems[-1].message == "no plan: the scores of IIT, EIT are not complete"
    assert found.items[-1].gain == 5


def test_forecast_leaves_out_items_that_do_not_fit_their_indicator() -> None:
    made = NINETIES | {"9": "100", "10": "98"}
    found = forecast(OUTLINE, Scores.of(made, items={"O43": "0"}), target=Decimal("94"))
    assert [p.code for p in found.problems if p.code.startswith("FORECAST")] == ["FORECAST_ITEMS_UNFIT"]
    assert found.plan is None


def test_forecast_uses_the_gaps_of_a_stated_indicator() -> None:
    made = NINETIES | {"9": "97.78", "10": "75"}
    found = forecast(OUTLINE, Scores.of(made, items={"O1": "0", "O43": "0"}), target=Decimal("94"))
    assert found.plan is not None
    assert found.plan.items == ("O1", "O43")
    assert found.plan.overall == Decimal("94.00")


@pytest.mark.parametrize(
    "wrong",
    [
        {"target": Decimal("100.01")},
        {"target": Decimal(-1)},
        {"target": Decimal("NaN")},
        {"level": "ดีมาก"},
        {"costs": {"O99": Decimal(1)}},
        {"costs": {"O1": Decimal(-1)}},
        {"costs": {"O1": Decimal("Infinity")}},
    ],
)
def test_forecast_refuses_what_cannot_be_asked(wrong: dict[str, object]) -> None:
    with pytest.raises(ProngsaiError) as raised:
        forecast(OUTLINE, scores([]), **wrong)  # type: ignore[arg-type]
    assert raised.value.one_line


def test_forecast_to_json_is_plain_data() -> None:
    found = forecast(OUTLINE, scores(["O43"]), level="ผ่านดีเยี่ยม").to_json()
    assert json.loads(json.dumps(found)) == found
    assert found["official"] is False
    assert found["goal"] == {"overall": 95.0, "instrument_minimum": 95.0, "level": "ผ่านดีเยี่ยม"}


SMALL = framework(
    {
        "IIT": ("30", {"1": 0}),
        "OIT": ("40", {"2": {"2.1": 3, "2.2": 2}, "3": 1}),
        "XIT": ("30", {"4": 4, "5": {"5.1": 2}}),
    }
)
SMALL_CODES = [item.code for item in SMALL.items]


# What one item is worth in its instrument: one of 3, or of 2, in half of a half; one alone in a half; and so on.
WORTH = dict(zip(SMALL_CODES, [Fraction(100, n) for n in (12, 12, 12, 8, 8, 2, 8, 8, 8, 8, 4, 4)], strict=True))


def cheapest_by_trying(survey: Decimal, missed: list[str], level: str, costs: dict[str, Decimal]) -> Decimal | None:
    """Try every set of the missed items, reckoned without the package: points of a hundredth of a 24th."""
    goal = find_level(SMALL, level)
    assert goal is not None
    unit = 2400
    best: Decimal | None = None
    for size in range(len(missed) + 1):
        for won in combinations(missed, size):
            lost = [code for code in missed if code not in won]
            oit = 100 * unit - sum(int(WORTH[code] * unit) for code in lost if int(code[1:]) <= 6)
            xit = 100 * unit - sum(int(WORTH[code] * unit) for code in lost if int(code[1:]) > 6)
            iit = int(survey * unit)
            total = 3 * iit + 4 * oit + 3 * xit
            least = int((goal.minimum * 100 * 2 - 1) * unit * 10) // 200
            enough = total >= least
            if goal.instrument_minimum is not None:
                each = int((goal.instrument_minimum * 100 * 2 - 1) * unit) // 200
                enough = enough and min(iit, oit, xit) >= each
            if enough:
                cost = sum((costs[code] for code in won), Decimal(0))
                best = cost if best is None else min(best, cost)
    return best


def test_worth_of_the_small_framework_is_as_reckoned() -> None:
    coefficients = Outline.of(SMALL).coefficients
    for code, worth in WORTH.items():
        weight = Fraction(4, 10) if int(code[1:]) <= 6 else Fraction(3, 10)
        assert coefficients[Kind.ITEM, code] * 100 == worth * weight


@given(
    st.decimals(80, 100, places=2),
    st.lists(st.sampled_from(SMALL_CODES), unique=True, min_size=1),
    st.sampled_from(["L0", "L1", "L2", "L3"]),
    st.lists(st.integers(0, 5), min_size=12, max_size=12),
)
def test_forecast_is_as_cheap_as_trying_every_set(
    survey: Decimal, missed: list[str], level: str, prices: list[int]
) -> None:
    assert len(SMALL_CODES) == 12
    costs = {code: Decimal(price) for code, price in zip(SMALL_CODES, prices, strict=True)}
    start = Scores.of({"1": survey}, items={code: "0" if code in missed else "100" for code in SMALL_CODES})
    expected = cheapest_by_trying(survey, missed, level, costs)
    found = forecast(SMALL, start, level=level, costs=costs)
    if expected is None:
        assert not found.is_within_items
    elif found.reached:
        assert expected == 0
    else:
        assert found.plan is not None
        assert (found.plan.cost, found.plan.assumed) == (expected, ())
