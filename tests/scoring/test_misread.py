from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from prongsai.scoring.exact import half_up
from prongsai.scoring.misread import DigitChange, Misreading, misreadings, one_digit_changes, printed_parts
from prongsai.scoring.outline import Outline
from prongsai.scoring.rollup import agrees, roll_up
from prongsai.scoring.scores import Scores
from tests.scoring.build import framework

OUTLINE = Outline.of(framework())
WORTH = {str(n): Fraction("0.06" if n < 6 else "0.1" if n < 9 else "0.2") for n in range(1, 11)}
CODES = tuple(str(n) for n in range(1, 11))
SAMPLE = dict(
    zip(CODES, ("95.76", "94.96", "100", "87.04", "97.55", "97.19", "91.34", "80.75", "90", "100"), strict=True)
)


def find(scores: dict[str, str], overall: str, level: str | None = None) -> tuple[Misreading, ...]:
    return misreadings(roll_up(OUTLINE, Scores.of(dict(scores), overall=overall, level=level)))


def changes(found: tuple[Misreading, ...]) -> list[list[tuple[str, str, str]]]:
    return [[(each.code, str(each.printed), str(each.read)) for each in one.changes] for one in found]


def test_misreadings_of_the_sample_are_exactly_two_pairs() -> None:
    assert changes(find(SAMPLE, "99.69", "ผ่าน")) == [
        [("overall", "99.69", "93.69"), ("1", "95.76", "99.76")],
        [("overall", "99.69", "93.69"), ("2", "94.96", "98.96")],
    ]


def test_misreadings_of_the_total_alone_come_first() -> None:
    found = find(SAMPLE, "93.48")
    assert changes(found)[0] == [("overall", "93.48", "93.45")]
    assert [len(each.changes) for each in found] == sorted(len(each.changes) for each in found)


def test_misreadings_of_one_indicator_alone() -> None:
    # 80.75 → 82.75 adds 0.2 points; 93.4466 becomes 93.6466.
    assert [("8", "80.75", "82.75")] in changes(find(SAMPLE, "93.65"))


def test_misreadings_of_a_total_that_agrees_are_not_asked_for() -> None:
    assert misreadings(roll_up(OUTLINE, Scores.of(dict(SAMPLE)))) == ()


def test_misreadings_tell_the_level_they_would_mean() -> None:
    found = find(SAMPLE, "99.69")
    assert [each.level for each in found] == ["L1", "L1"]
    assert found[0].to_json() == {
        "changes": [
            {"code": "overall", "printed": 99.69, "read": 93.69},
            {"code": "1", "printed": 95.76, "read": 99.76},
        ],
        "overall": 93.69,
        "level": "L1",
    }
    assert str(found[0]) == "overall: 99.69 → 93.69 + 1: 95.76 → 99.76"
    assert found[0].text_th == "คะแนนรวม: 99.69 → 93.69 กับ 1: 95.76 → 99.76"


def test_misreadings_with_the_stated_level_come_before_others_of_their_size() -> None:
    found = find(dict.fromkeys(CODES, "85.00"), "84.91", "ต้องปรับปรุง")
    twos = [each.level for each in found if len(each.changes) == 2]
    assert twos == sorted(twos, key=lambda level: level != "L3")
    assert "L3" in twos


@pytest.mark.parametrize(
    ("score", "count", "never"),
    # 27 or 36 ways to change a digit, less what would be above 100 or begin with a new zero.
    [("100.00", 0, "101.00"), ("99.69", 35, "09.69"), ("5.00", 27, "15.00"), ("0.00", 27, "10.00")],
)
def test_one_digit_changes_keep_the_length(score: str, count: int, never: str) -> None:
    found = one_digit_changes(Decimal(score))
    assert len(found) == len(set(found)) == count
    assert Decimal(never) not in found
    assert all(len(str(each)) == len(score) and each <= 100 for each in found)


def test_digit_change_knows_digits_that_look_alike() -> None:
    assert DigitChange("1", Decimal("95.76"), Decimal("95.78")).looks_alike
    assert not DigitChange("1", Decimal("95.76"), Decimal("95.72")).looks_alike


def test_printed_parts_are_the_lowest_stated_scores() -> None:
    tree = roll_up(OUTLINE, Scores.of({"1": "90", "2": "90"}, instruments={"EIT": "80"}))
    assert [(node.code, float(worth)) for node, worth in printed_parts(tree)] == [
        ("1", 0.06),
        ("2", 0.06),
        ("EIT", 0.3),
    ]


scores = st.decimals(min_value=10, max_value=100, places=2)
ten = st.fixed_dictionaries(dict.fromkeys(CODES, scores))


@given(ten, st.sampled_from(CODES), st.data())
def test_misreadings_find_a_planted_digit_in_an_indicator(
    values: dict[str, Decimal], code: str, data: st.DataObject
) -> None:
    options = one_digit_changes(values[code])
    assume(options)
    wrong = data.draw(st.sampled_from(options))
    total = roll_up(OUTLINE, Scores.of(values)).root.rounded
    tree = roll_up(OUTLINE, Scores.of(values | {code: wrong}, overall=total))
    assume(not agrees(tree.root))  # a difference that rounding allows is not asked about
    assert (DigitChange(code, wrong, values[code]),) in [each.changes for each in misreadings(tree)]


@given(ten, st.data())
def test_misreadings_find_a_planted_digit_in_the_total(values: dict[str, Decimal], data: st.DataObject) -> None:
    total = roll_up(OUTLINE, Scores.of(values)).root.rounded
    assert total is not None
    assume(one_digit_changes(total))
    wrong = data.draw(st.sampled_from(one_digit_changes(total)))
    found = misreadings(roll_up(OUTLINE, Scores.of(values, overall=wrong)))
    assert (DigitChange("overall", wrong, total),) in [each.changes for each in found if len(each.changes) == 1]


@given(ten, scores)
def test_misreadings_are_exactly_those_of_a_plain_search(values: dict[str, Decimal], overall: Decimal) -> None:
    tree = roll_up(OUTLINE, Scores.of(values, overall=overall))
    assume(tree.root.rounded != overall)
    expected = set()
    for code in (None, *CODES):
        for read in one_digit_changes(values[code]) if code else (None,):
            changed = values | {code: read} if code and read is not None else values
            total = half_up(sum((WORTH[each] * Fraction(score) for each, score in changed.items()), Fraction(0)), 2)
            for claimed in (overall, *one_digit_changes(overall)):
                if claimed == total:
                    expected.add((claimed, code, read))
    found = misreadings(tree)
    seen = set()
    for each in found:
        part = next((change for change in each.changes if change.code != "overall"), None)
        seen.add((each.overall, part.code if part else None, part.read if part else None))
    assert len(seen) == len(found)
    assert seen == expected or (len(found) == 50 and seen < expected)
