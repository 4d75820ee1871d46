"""What a practice survey would score, by the arithmetic of the official one. Never an official score."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from prongsai.errors import Where
from prongsai.frameworks.model import UNKNOWN_BASIS, Framework, Indicator
from prongsai.frameworks.model import Question as AskedOfficially
from prongsai.frameworks.model import Scale as OfficialScale
from prongsai.questionnaires.model import Questionnaire, Scale
from prongsai.questionnaires.results import Figure, Results
from prongsai.scoring.exact import half_up
from prongsai.scoring.outline import Key, Kind, Outline
from prongsai.scoring.resolve import Resolved
from prongsai.scoring.rollup import Node, ScoreTree, grow
from prongsai.scoring.scores import Given

SCORE_BEST = Decimal(100)


@dataclass(frozen=True, slots=True)
class PracticeScore:
    """What an indicator scored in practice, 0-100, two decimals; None where nothing may be told.

    told: how many of its ``asked`` lines count in it. n: of the line with the fewest opinions.
    """

    indicator: Indicator
    score: Decimal | None
    told: int
    asked: int
    n: int


def practice_framework(framework: Framework, questionnaire: Questionnaire, results: Results) -> Framework:
    """Give a framework in which the lines of a questionnaire stand for the questions of its instrument.

    Only lines that may be told count, each on its own; the values of a scale are stretched over 0-100.
    """
    codes = indicators_by_key(framework, questionnaire.kind.instrument)
    told = [one for one in results.figures if one.measure and one.line.question.indicator in codes]
    return replace(
        framework,
        questions=tuple(_question(one, codes[one.line.question.indicator]) for one in told),
        scales=tuple(_scale(one) for one in questionnaire.scales),
    )


def indicators_by_key(framework: Framework, instrument: str) -> Mapping[str, Indicator]:
    """Give the indicators of an instrument by their lasting keys."""
    return {one.key: one for one in framework.top_indicators(instrument)}


def _question(figure: Figure, indicator: Indicator) -> AskedOfficially:
    line = figure.line
    scale = line.question.scale
    return AskedOfficially(
        line.key, line.key, indicator.code, str(line.text), scale, line.is_reversed, (), UNKNOWN_BASIS
    )


def _scale(scale: Scale) -> OfficialScale:
    reach = scale.high - scale.low
    answers = tuple(
        (one.key, (one.value - scale.low) / reach * SCORE_BEST) for one in scale.options if one.value is not None
    )
    silent = tuple(one.key for one in scale.options if one.value is None)
    return OfficialScale(scale.key, answers, silent, UNKNOWN_BASIS)


def practice_tree(framework: Framework, questionnaire: Questionnaire, results: Results) -> ScoreTree:
    """Score what answers say, from lines up to the instrument.

    The mean of a line is what ``scoring.answers.question_scores`` gives of the same answers one by one; here they are
    counted already, so that a hundred thousand cost no more than a hundred.
    """
    outline = Outline.of(practice_framework(framework, questionnaire, results))
    given = {(Kind.QUESTION, one.line.key): _given(outline, one) for one in results.figures if _is_in(outline, one)}
    return grow(outline, Resolved(given, {}, None, Where(), ()))


def _is_in(outline: Outline, figure: Figure) -> bool:
    key: Key = (Kind.QUESTION, figure.line.key)
    return key in outline.spots


def _given(outline: Outline, figure: Figure) -> Given:
    question = outline.questions[figure.line.key]
    scale, spread = outline.scales[question.scale], figure.spread
    assert spread is not None
    scored = [(scale.score(key, reverse=question.reversed), times) for key, times in spread.chosen.items()]
    total = sum((Fraction(score) * times for score, times in scored if score is not None), Fraction(0))
    return Given(total / spread.opinions, Where(), printed=False, respondents=spread.opinions)


def practice_scores(
    framework: Framework, questionnaire: Questionnaire, results: Results
) -> tuple[tuple[PracticeScore, ...], Decimal | None]:
    """Give the score of every indicator that the questionnaire practises for, and of the instrument.

    The instrument has one only where every indicator of it has.
    """
    tree = practice_tree(framework, questionnaire, results)
    nodes = {node.key: node for node in tree.root.walk()}
    asked = indicators_by_key(framework, questionnaire.kind.instrument)
    used = {one.indicator for one in questionnaire.rated}
    scores = tuple(_score(one, nodes, results) for key, one in asked.items() if key in used)
    whole = nodes.get((Kind.INSTRUMENT, questionnaire.kind.instrument))
    return scores, whole.rounded if whole else None


def _score(indicator: Indicator, nodes: Mapping[Key, Node], results: Results) -> PracticeScore:
    lines = [one for one in results.figures if one.line.question.indicator == indicator.key and one.line.scale]
    told = [one.measure for one in lines if one.measure]
    node = nodes.get((Kind.INDICATOR, indicator.code))
    score = half_up(node.value, 2) if node and node.value is not None and told else None
    return PracticeScore(indicator, score, len(told), len(lines), min((one.n for one in told), default=0))
