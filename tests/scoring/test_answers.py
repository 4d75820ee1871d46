from collections.abc import Mapping
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from prongsai.errors import Problem, Where
from prongsai.scoring.answers import QuestionScore, question_scores
from prongsai.scoring.outline import Outline
from prongsai.scoring.scores import Reply
from tests.scoring.build import FOUR, framework, question

SHAPE = {"IIT": ("100", {"1": 0})}
OUTLINE = Outline.of(
    framework(
        SHAPE,
        questions=[
            question("i1", "1"),
            question("i2", "1", reverse=True),
            question("i3", "1", parts="--r"),
        ],
        scales=[FOUR],
    )
)


def score(*replies: Reply) -> tuple[Mapping[str, QuestionScore], tuple[Problem, ...]]:
    return question_scores(OUTLINE, replies)


def reply(who: int | None, code: str, answer: str, part: int | None = None) -> Reply:
    return Reply(who, code, part, answer, Where(line=7))


def test_question_scores_average_over_respondents() -> None:
    scores, problems = score(reply(1, "i1", "มาก"), reply(2, "i1", "น้อย"), reply(3, "i1", "มากที่สุด"))
    assert scores["i1"] == QuestionScore("i1", Fraction(200, 3), 3, 0)
    assert problems == ()


def test_question_scores_reverse_a_reversed_question() -> None:
    scores, _ = score(reply(1, "i2", "มาก"), reply(2, "i2", "มากที่สุด"))
    assert scores["i2"].value == Fraction(33, 2)


def test_question_scores_average_parts_within_a_respondent_first() -> None:
    first = [reply(1, "i3", "มากที่สุด", 1), reply(1, "i3", "ไม่มีความเห็น", 2), reply(1, "i3", "ไม่มีความเห็น", 3)]
    second = [reply(2, "i3", "น้อยที่สุด", 1), reply(2, "i3", "น้อยที่สุด", 2), reply(2, "i3", "มากที่สุด", 3)]
    scores, problems = score(*first, *second)
    # Over all answers at once it would be 100 ÷ 4 = 25.
    assert scores["i3"] == QuestionScore("i3", Fraction(50), 2, 0)
    assert problems == ()


def test_question_scores_reverse_only_the_reversed_part() -> None:
    scores, _ = score(*(reply(1, "i3", "มาก", part) for part in (1, 2, 3)))
    assert scores["i3"].value == Fraction(67 + 67 + 33, 3)


def test_question_scores_leave_no_opinion_out() -> None:
    scores, _ = score(reply(1, "i1", "มาก"), reply(2, "i1", "ไม่มีความเห็น"))
    assert scores["i1"] == QuestionScore("i1", Fraction(67), 1, 1)


def test_question_scores_of_no_opinion_alone_are_none() -> None:
    assert score(reply(1, "i1", "ไม่มีความเห็น"))[0] == {}


def test_question_scores_report_an_unknown_answer_and_do_not_count_it() -> None:
    scores, problems = score(reply(1, "i1", "มาก"), reply(2, "i1", "มากๆ"))
    assert scores["i1"].value == 67
    assert [(p.code, p.where.line, p.evidence) for p in problems] == [("ANSWER_UNKNOWN", 7, ("มากๆ",))]
    assert problems[0].mend == "write one of น้อยที่สุด, น้อย, มาก, มากที่สุด, ไม่มีความเห็น"


def test_question_scores_drop_a_respondent_with_one_bad_part() -> None:
    bad = [reply(1, "i3", "มาก", 1), reply(1, "i3", "?", 2), reply(1, "i3", "มาก", 3)]
    good = [reply(2, "i3", "มาก", part) for part in (1, 2, 3)]
    scores, problems = score(*bad, *good)
    assert scores["i3"].respondents == 1
    assert [p.code for p in problems] == ["ANSWER_UNKNOWN"]


def test_question_scores_report_parts_that_do_not_fit() -> None:
    two_of_three = [reply(1, "i3", "มาก", 1), reply(1, "i3", "มาก", 2)]
    twice = [reply(2, "i1", "มาก"), reply(2, "i1", "น้อย")]
    part_of_none = [reply(3, "i1", "มาก", 1)]
    scores, problems = score(*two_of_three, *twice, *part_of_none)
    assert scores == {}
    assert [p.code for p in problems] == ["ANSWER_PARTS"] * 3


def test_question_scores_count_rows_without_respondent_as_one_each() -> None:
    assert score(reply(None, "i1", "มาก"), reply(None, "i1", "น้อย"))[0]["i1"].respondents == 2


def test_question_scores_need_respondents_for_parts() -> None:
    scores, problems = score(*(reply(None, "i3", "มาก", part) for part in (1, 2, 3)))
    assert scores == {}
    assert {p.code for p in problems} == {"ANSWER_WITHOUT_RESPONDENT"}


def test_question_scores_report_an_unknown_question() -> None:
    scores, problems = score(reply(1, "i99", "มาก"))
    assert scores == {}
    assert [p.code for p in problems] == ["ANSWER_QUESTION_UNKNOWN"]


@given(st.lists(st.tuples(*[st.sampled_from([a for a, _ in FOUR.answers])] * 3), min_size=1, max_size=8))
def test_question_scores_equal_a_plain_reckoning(sheets: list[tuple[str, str, str]]) -> None:
    values = dict(FOUR.answers)
    expected = sum(Fraction(values[a] + values[b] + 100 - values[c]) / 3 for a, b, c in sheets) / len(sheets)
    replies = [
        reply(who, "i3", answer, part)
        for who, sheet in enumerate(sheets, start=1)
        for part, answer in enumerate(sheet, start=1)
    ]
    scores, problems = score(*replies)
    assert scores["i3"].value == expected
    assert problems == ()
