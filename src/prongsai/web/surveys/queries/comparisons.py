"""Practice beside the official result, and a survey beside earlier ones of the same questionnaire.

Practice scores are computed here and shown, and never kept beside official ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from prongsai.errors import FrameworkError
from prongsai.frameworks.load import library, load
from prongsai.frameworks.model import Framework
from prongsai.questionnaires.practice import PracticeScore, practice_scores
from prongsai.questionnaires.results import Measure, Results, results_of
from prongsai.web.cycles.models import ScoreKind, ScoreSnapshot
from prongsai.web.cycles.queries import framework_of
from prongsai.web.cycles.queries.scores import by_key
from prongsai.web.surveys.models import Count, Survey
from prongsai.web.surveys.queries.told import counted_of

ITA = "ita"
EARLIER_MAX = 5


@dataclass(frozen=True, slots=True)
class Beside:
    """An indicator in practice beside its newest official score. difference: in points, practice less official."""

    practice: PracticeScore
    official: Decimal | None

    @property
    def difference(self) -> Decimal | None:
        """By how many points practice is above the official score."""
        if self.practice.score is None or self.official is None:
            return None
        return self.practice.score - self.official


@dataclass(frozen=True, slots=True)
class Practice:
    """What a practice survey would score. official_year_be: of the official scores beside it, None for none."""

    instrument: str
    score: Decimal | None
    indicators: tuple[Beside, ...]
    framework: Framework
    official_year_be: int | None


def practice_of(survey: Survey, results: Results) -> Practice | None:
    """Score a practice survey by the framework of its year; None of other surveys, and where no framework is known."""
    framework = framework_for(survey) if survey.is_practice else None
    if framework is None:
        return None
    scores, whole = practice_scores(framework, survey.pure, results)
    snapshot = _official(survey)
    official = _scores(snapshot) if snapshot else {}
    lines = tuple(Beside(one, official.get(one.indicator.key)) for one in scores)
    year = snapshot.cycle.fiscal_year_be if snapshot else None
    return Practice(survey.pure.kind.instrument, whole, lines, framework, year)


def framework_for(survey: Survey) -> Framework | None:
    """Give the framework of a survey's fiscal year: of the office's cycle, else the nearest of the library."""
    cycle = survey.agency.cycles.filter(framework_kind=ITA, fiscal_year_be=survey.fiscal_year_be).first()
    try:
        return framework_of(cycle) if cycle else _nearest(survey.fiscal_year_be)
    except FrameworkError:
        return None


def _nearest(year_be: int) -> Framework | None:
    found = [
        one for one in library()
        if one.kind == ITA and one.fiscal_year_be and not one.problem_th
    ]  # fmt: skip
    nearest = min(found, key=lambda one: (abs((one.fiscal_year_be or 0) - year_be), one.id), default=None)
    return load(nearest.id) if nearest else None


def _official(survey: Survey) -> ScoreSnapshot | None:
    """Give the newest official result of the survey's year, or of the latest year before that has one."""
    found = ScoreSnapshot.objects.filter(
        kind=ScoreKind.OFFICIAL,
        cycle__agency=survey.agency_id,
        cycle__framework_kind=ITA,
        cycle__fiscal_year_be__lte=survey.fiscal_year_be,
    )
    return found.select_related("cycle").order_by("-cycle__fiscal_year_be", "-taken_at", "-pk").first()


def _scores(snapshot: ScoreSnapshot) -> Mapping[str, Decimal]:
    scores = by_key(framework_of(snapshot.cycle), snapshot.result)
    return {key: Decimal(str(value)) for key, value in scores.items() if value is not None}


# --- earlier surveys ------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Round:
    """A survey of the same questionnaire. score: of practice, 0-100; overall: of others. is_same: asked the same."""

    survey: Survey
    base: int
    overall: Measure | None
    score: Decimal | None
    is_same: bool

    @property
    def percent(self) -> Decimal | None:
        """What is drawn: the score, or the mean in per cent of the best value."""
        return self.score if self.survey.is_practice else self.overall.percent if self.overall else None


def rounds_of(survey: Survey) -> tuple[Round, ...]:
    """Give this survey and the latest earlier ones of its questionnaire that were counted, oldest first."""
    counted = Count.objects.values("survey")
    same = Survey.objects.filter(questionnaire=survey.questionnaire_id, pk__in=counted, pk__lt=survey.pk)
    found = same.select_related("agency", "questionnaire").order_by("-pk")[:EARLIER_MAX]
    return tuple(_round(one, survey) for one in (*reversed(found), survey))


def _round(one: Survey, survey: Survey) -> Round:
    told = {cell: each for count in counted_of(one) for cell, each in count.told.items()}
    results = results_of(one.pure, told)
    practice = practice_of(one, results)
    is_same = one.sha256 == survey.sha256
    return Round(one, results.base, results.overall, practice.score if practice else None, is_same)
