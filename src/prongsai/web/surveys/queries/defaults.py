"""What a new survey starts with, by its kind, so that most offices need only look and go on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from prongsai.questionnaires.model import Kind
from prongsai.thai.fiscal import fiscal_year_be
from prongsai.web.agencies.scope import Scope
from prongsai.web.surveys.models import Grouping, Questionnaire, Survey
from prongsai.web.surveys.queries.windows import Window, closed_windows, last_moment
from prongsai.web.ui.templatetags.ui import fiscal_year

DAYS = {Kind.PRACTICE_IIT: 21, Kind.PRACTICE_EIT: 30, Kind.TRAINING: 7}
DAYS_ELSE = 30
GROUPINGS = {Kind.PRACTICE_IIT: Grouping.UNIT, Kind.SATISFACTION: Grouping.SERVICE}


@dataclass(frozen=True, slots=True)
class Defaults:
    """What a new survey starts with. windows: in which it takes no answers; has_link: staff get codes instead."""

    title: str
    fiscal_year_be: int
    grouping: str
    has_link: bool
    closes_on: date
    windows: tuple[Window, ...]


def defaults_of(scope: Scope, questionnaire: Questionnaire) -> Defaults:
    """Give what a new survey of a questionnaire starts with."""
    kind, year = Kind(questionnaire.kind), fiscal_year_be(scope.today)
    windows = closed_windows(scope.agency, kind, scope.today)
    return Defaults(
        title=f"{questionnaire.title} {fiscal_year(year)}",
        fiscal_year_be=year,
        grouping=GROUPINGS.get(kind, Grouping.NONE),
        has_link=kind is not Kind.PRACTICE_IIT,
        closes_on=_closes_on(kind, scope.today, windows),
        windows=windows,
    )


def _closes_on(kind: Kind, today: date, windows: tuple[Window, ...]) -> date:
    usual = today + timedelta(days=DAYS.get(kind, DAYS_ELSE))
    last = last_moment(windows)
    return min(usual, max(last.date(), today)) if last else usual


def closes_anew(scope: Scope, survey: Survey) -> date:
    """Give when a copy of a survey closes, to start with."""
    kind = Kind(survey.kind)
    return _closes_on(kind, scope.today, closed_windows(scope.agency, kind, scope.today))


def questionnaires_of(scope: Scope) -> list[Questionnaire]:
    """Give the questionnaires that a survey may be made of."""
    return list(Questionnaire.objects.filter(agency=scope.agency, is_shelved=False))
