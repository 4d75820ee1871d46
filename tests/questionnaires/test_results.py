"""What many answers say, held against figures worked out by hand and by other libraries' tables."""

from __future__ import annotations

import random
import statistics as standard
from decimal import Decimal
from fractions import Fraction

import pytest

from prongsai.frameworks.load import load
from prongsai.frameworks.model import Framework
from prongsai.questionnaires.bands import BANDS, band_of
from prongsai.questionnaires.model import (
    Aspect,
    Kind,
    Option,
    Question,
    Questionnaire,
    QuestionType,
    Row,
    Scale,
    Section,
    ShownIf,
    Words,
)
from prongsai.questionnaires.practice import practice_framework, practice_scores
from prongsai.questionnaires.results import results_of
from prongsai.questionnaires.statistics import mean_interval, percent_of, sd_of, share_interval, t_95
from prongsai.questionnaires.tallies import about_of, told_of
from prongsai.questionnaires.words import shown, word_counts
from prongsai.scoring.answers import question_scores
from prongsai.scoring.exact import half_up
from prongsai.scoring.outline import Outline
from prongsai.scoring.scores import Reply

K = 5
FIVE = Scale(
    key="five",
    options=(
        *(Option(key=str(n), label=Words(th=f"ระดับ {n}"), value=Decimal(n)) for n in range(1, 6)),
        Option(key="na", label=Words(th="ไม่มีความเห็น")),
    ),
)


def asked(key: str, **more: object) -> Question:
    return Question(key=key, type=QuestionType.SCALE, text=Words(th=key), scale="five", **more)


def text(*questions: Question, kind: Kind = Kind.SATISFACTION, aspects: tuple[Aspect, ...] = ()) -> Questionnaire:
    you = Question(key="sex", type=QuestionType.SINGLE, text=Words(th="เพศ"), options=tuple(
        Option(key=key, label=Words(th=key)) for key in ("f", "m")
    ))  # fmt: skip
    return Questionnaire(
        kind=kind,
        title=Words(th="แบบ"),
        scales=(FIVE,),
        aspects=aspects,
        sections=(
            Section(key="main", title=Words(th="หลัก"), questions=questions),
            Section(key="you", title=Words(th="ท่าน"), is_about=True, questions=(you,)),
        ),
    )


# --- the arithmetic -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("freedom", "known"),
    [(1, 12.7062), (4, 2.7764), (9, 2.2622), (30, 2.0423), (31, 2.0395), (40, 2.0211), (60, 2.0003), (120, 1.9799),
     (1000, 1.9623)],
)  # fmt: skip
def test_t_is_that_of_the_printed_tables(freedom: int, known: float):
    assert t_95(freedom) == pytest.approx(known, abs=0.00006)


def test_sd_is_of_a_sample():
    values = [1, 2, 4, 4, 5, 5, 5, 3]
    counted = {Decimal(one): values.count(one) for one in set(values)}
    assert sd_of(counted) == half_up(Fraction(standard.stdev(values)), 2)
    assert sd_of({Decimal(5): 1}) is None


def test_interval_of_a_mean_narrows_to_nothing_when_everybody_answered():
    counted = {Decimal(4): 8, Decimal(5): 8}
    assert mean_interval(counted, n=16) == (Decimal("4.22"), Decimal("4.78"))
    assert mean_interval(counted, n=16, share=Fraction(3, 4)) == (Decimal("4.36"), Decimal("4.64"))
    assert mean_interval(counted, n=16, share=Fraction(1)) == (Decimal("4.50"), Decimal("4.50"))


def test_share_has_an_interval_after_wilson():
    assert share_interval(0, 10) == (Decimal("0.00"), Decimal("27.75"))
    assert share_interval(5, 10) == (Decimal("23.66"), Decimal("76.34"))
    assert share_interval(10, 10) == (Decimal("72.25"), Decimal("100.00"))
    assert share_interval(0, 0) is None
    assert percent_of(1, 3) == Decimal("33.33")


def test_bands_leave_no_mean_of_two_decimals_unnamed():
    names = [str(band.name) for n in range(100, 501) if (band := band_of(Decimal(n) / 100))]
    assert len(names) == 401
    assert list(dict.fromkeys(names)) == [str(one.name) for one in reversed(BANDS)]
    assert [str(band.name) for one in ("4.50", "4.51") if (band := band_of(Decimal(one)))] == ["มาก", "มากที่สุด"]


# --- lines, aspects, all --------------------------------------------------------------------------------------------
def test_line_counts_everybody_and_averages_opinions():
    rows = [((1, None), {"a": value} if value else {}) for value in ("5", "5", "4", "4", "4", "na", "na", "")]
    found = results_of(text(asked("a")), told_of(text(asked("a")), rows, k=K)).figure("a")
    assert found.spread is not None and found.measure is not None
    assert (found.spread.base, found.spread.answered, found.spread.opinions, found.spread.unanswered) == (8, 7, 5, 1)
    assert {one.option.key: one.count for one in found.shares} == {"1": 0, "2": 0, "3": 0, "4": 3, "5": 2, "na": 2}
    assert next(one.percent for one in found.shares if one.option.key == "5") == Decimal("25.00")
    assert (found.measure.n, found.measure.mean, found.measure.sd) == (5, Decimal("4.40"), Decimal("0.55"))
    assert (found.measure.percent, str(found.measure.band.name if found.measure.band else "")) == (
        Decimal("88.00"),
        "มาก",
    )


def test_reversed_line_is_turned_over():
    said = text(asked("bad", reversed=True))
    found = results_of(said, told_of(said, [((1, None), {"bad": "1"})] * 6, k=K)).figure("bad")
    assert found.measure is not None
    assert (found.measure.mean, found.measure.percent) == (Decimal("5.00"), Decimal("100.00"))


def test_matrix_is_a_line_a_row_and_multi_counts_people_once():
    place = Question(
        key="place",
        type=QuestionType.MATRIX,
        text=Words(th="สถานที่"),
        scale="five",
        rows=(Row(key="seat", text=Words(th="ที่นั่ง")), Row(key="noise", text=Words(th="เสียง"), reversed=True)),
    )
    why = Question(
        key="why",
        type=QuestionType.MULTI,
        text=Words(th="เหตุ"),
        options=tuple(Option(key=key, label=Words(th=key)) for key in ("slow", "rude")),
    )
    said = text(place, why)
    rows = [((1, None), {"place": {"seat": "5", "noise": "2"}, "why": ["slow", "rude"]})] * 5
    found = results_of(said, told_of(said, rows, k=K))
    means = [found.figure(key).measure.mean for key in ("place.seat", "place.noise")]  # type: ignore[union-attr]
    assert means == [Decimal("5.00"), Decimal("4.00")]
    spread = found.figure("why").spread
    assert spread is not None
    assert (spread.answered, spread.chosen) == (5, {"slow": 5, "rude": 5})


def test_who_was_not_asked_is_told_apart_from_who_did_not_answer():
    said = text(asked("a"), asked("b", shown_if=ShownIf(question="a", answers=("1", "2"))))
    rows = [((1, None), {"a": "1", "b": "3"})] * 6 + [((1, None), {"a": "2"})] + [((1, None), {"a": "5"})] * 3
    spread = results_of(said, told_of(said, rows, k=K)).figure("b").spread
    assert spread is not None
    assert (spread.base, spread.opinions, spread.unanswered, spread.unasked) == (10, 6, 1, 3)


def test_aspect_is_the_mean_over_all_answers_and_its_interval_counts_people():
    said = text(
        asked("a", aspect="staff"), asked("b", aspect="staff"), aspects=(Aspect(key="staff", name=Words(th="คน")),)
    )
    rows = [((1, None), {"a": "5", "b": "4"})] * 5 + [((1, None), {"a": "2"})] * 5
    (staff,) = results_of(said, told_of(said, rows, k=K)).aspects
    alone = mean_interval({Decimal(5): 5, Decimal(2): 5, Decimal(4): 5}, n=10)
    assert staff.measure is not None
    assert (staff.measure.n, staff.measure.answers, staff.measure.mean) == (10, 15, Decimal("3.67"))
    assert staff.measure.sd == half_up(Fraction(standard.stdev([5] * 5 + [2] * 5 + [4] * 5)), 2)
    assert staff.measure.interval == alone


def test_nothing_is_told_of_nobody_and_of_a_line_with_few_opinions():
    said = text(asked("a"), asked("b"))
    nobody = results_of(said, {})
    assert (nobody.base, nobody.is_empty, nobody.overall) == (0, True, None)
    rows = [((1, 1), {"a": "5", "b": "1"})] * 6 + [((1, 2), {"a": "4", "b": "na"})] * 5 + [((1, 2), {"b": "5"})] * 4
    told = told_of(said, rows, k=K)
    found = results_of(said, told)
    spread = found.figure("b").spread
    assert spread is not None
    assert (spread.base, spread.opinions, found.figure("b").is_partly) == (6, 6, True)  # not four of the second cell
    assert (found.base, found.figure("a").is_partly) == (15, False)
    assert told_of(said, rows[:4], k=K) == {}


def test_about_is_left_out_when_few_answered():
    said = text(asked("a"))
    assert about_of(said, [("sex", "f")] * 4, base=9, k=K) == {}
    found = about_of(said, [("sex", "f")] * 4 + [("sex", "m")] * 3, base=9, k=K)["sex"]
    assert (found.base, found.answered, found.unanswered, found.chosen) == (9, 7, 2, {"f": 4, "m": 3})


# --- practice -------------------------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def framework() -> Framework:
    return load("ita-2568")


def practice(framework: Framework) -> Questionnaire:
    indicators = [one.key for one in framework.top_indicators("IIT")]
    questions = [
        asked(f"{key}-{n}", indicator=key, reversed=n == 2) for key in indicators for n in range(1, 4)
    ]  # fmt: skip
    return text(*questions, kind=Kind.PRACTICE_IIT)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_practice_scores_as_the_official_answers_would(framework: Framework, seed: int):
    said, picked = practice(framework), random.Random(seed)
    sheets = [{one.key: picked.choice(("1", "2", "3", "4", "5", "na")) for one in said.rated} for _ in range(40)]
    results = results_of(said, told_of(said, [((1, None), sheet) for sheet in sheets], k=K))
    outline = Outline.of(practice_framework(framework, said, results))
    replies = [Reply(n, key, None, option) for n, sheet in enumerate(sheets) for key, option in sheet.items()]
    official, problems = question_scores(outline, replies)
    scores, whole = practice_scores(framework, said, results)
    assert problems == ()
    means = []
    for one in scores:
        values = [official[line.key].value for line in said.rated if line.indicator == one.indicator.key]
        means.append(sum(values, Fraction(0)) / len(values))
        assert (one.score, one.told, one.asked) == (half_up(means[-1], 2), 3, 3)
    assert whole == half_up(sum(means, Fraction(0)) / len(means), 2)


def test_practice_indicator_without_enough_opinions_has_no_score(framework: Framework):
    said = practice(framework)
    first = framework.top_indicators("IIT")[0].key
    rows = [((1, None), {one.key: "na" if one.indicator == first else "4" for one in said.rated})] * 6
    scores, whole = practice_scores(framework, said, results_of(said, told_of(said, rows, k=K)))
    assert [one.score is None for one in scores] == [True, *[False] * (len(scores) - 1)]
    assert (scores[0].told, whole) == (0, None)


# --- words ----------------------------------------------------------------------------------------------------------
def test_words_are_counted_by_texts_and_only_those_of_many():
    texts = ["เจ้าหน้าที่สุภาพ สุภาพมาก"] * 5 + ["ที่จอดรถไม่พอ"] * 4 + ["ขอบคุณนายสมชาย ใจดี โทร 081-234-5678"] * 5
    found = {one.word: one.texts for one in word_counts(texts, k=K)}
    assert found["สุภาพ"] == found["เจ้าหน้าที่"] == 5
    assert not {"ที่จอดรถ", "สมชาย", "นาย", "081"} & set(found)


def test_text_is_shown_without_numbers_of_people_and_with_a_warning_of_names():
    said = shown("ขอชม นายสมชาย ใจดี โทร 081-234-5678 บัตร 1-1007-01234-56-0")
    assert "5678" not in said.text
    assert said.has_name
    assert shown("รอนานมาก") == type(said)("รอนานมาก", False)
