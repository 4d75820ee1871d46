"""The questionnaires that are shipped."""

import pytest

from prongsai.frameworks.load import load as framework
from prongsai.questionnaires.check import check
from prongsai.questionnaires.length import minutes_of
from prongsai.questionnaires.load import UnknownQuestionnaire, library, load, ready_scales
from prongsai.questionnaires.model import Kind, QuestionType

PRACTICE = {"practice-iit": "IIT", "practice-eit": "EIT"}
YEARS = range(2562, 2570)


@pytest.mark.parametrize("id", library())
def test_shipped_questionnaire_has_no_fault_and_takes_three_minutes(id):
    text = load(id)
    assert check(text) == ()
    assert minutes_of(text) <= 3
    assert text.title.en and text.intro.en and text.thanks.en


@pytest.mark.parametrize("id", PRACTICE)
def test_practice_asks_of_every_indicator_by_its_lasting_key_in_every_year(id):
    text = load(id)
    asked = {one.indicator for one in text.rated}
    for year in YEARS:
        indicators = framework(f"ita-{year}").indicators
        assert asked == {one.key for one in indicators if one.instrument == PRACTICE[id]}
    counts = [sum(one.indicator == key for one in text.rated) for key in asked]
    assert 3 <= min(counts) <= max(counts) <= 4
    assert text.about == ()  # few people answer: nothing is asked that tells them apart


@pytest.mark.parametrize("id", PRACTICE)
def test_practice_asks_of_bribes_with_reversed_yes_and_no(id):
    text = load(id)
    bribe = next(one for one in text.rated if "เงินหรือของ" in one.text.th)
    scale = text.scale_of(bribe)
    assert bribe.reversed
    assert scale.value_of("yes", reverse=True) < scale.value_of("no", reverse=True)


@pytest.mark.parametrize("id", PRACTICE)
def test_practice_words_are_not_those_of_the_framework(id):
    asked = {one.text.th for one in load(id).questions}
    for year in YEARS:
        gists = [one.gist_th for one in framework(f"ita-{year}").questions]
        assert not [text for text in asked for gist in gists if gist and gist in text]


def test_every_rated_question_can_be_left_without_an_opinion():
    for text in library().values():
        for question in text.rated:
            assert any(one.value is None for one in text.options_of(question))


def test_satisfaction_rates_four_aspects_and_asks_about_oneself_apart():
    text = load("satisfaction")
    counts = [sum(one.aspect == aspect.key for one in text.rated) for aspect in text.aspects]
    assert (counts, text.kind) == ([4, 4, 4, 4], Kind.SATISFACTION)
    assert [one.key for one in text.about] == ["sex", "age", "education", "work"]
    assert not any(one.is_required for one in text.about)


def test_training_asks_for_knowledge_before_and_after():
    matrix = next(one for one in load("training").questions if one.type is QuestionType.MATRIX)
    assert [row.key for row in matrix.rows] == ["before", "after"]


def test_unknown_questionnaire_names_the_nearest():
    with pytest.raises(UnknownQuestionnaire, match="satisfaction"):
        load("satisfacton")


def test_ready_scales_rise_and_end_without_opinion():
    for one in ready_scales().values():
        values = [option.value for option in one.scale.options]
        assert values[-1] is None
        assert values[:-1] == sorted(values[:-1])
