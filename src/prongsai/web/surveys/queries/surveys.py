"""Surveys of an agency and how many have answered; nothing of what was answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count as Number
from django.db.models import QuerySet, Sum
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from prongsai.errors import FrameworkError
from prongsai.frameworks.load import load
from prongsai.frameworks.model import Sampling
from prongsai.questionnaires.model import Kind
from prongsai.questionnaires.sampling import required
from prongsai.web.agencies.scope import Scope
from prongsai.web.surveys import keys
from prongsai.web.surveys.models import Answer, Box, Count, Group, Survey, SurveyState
from prongsai.web.surveys.queries.windows import ITA

UNCOUNTED = (SurveyState.OPEN, SurveyState.CLOSED)
_BADGES = {
    SurveyState.DRAFT: "draft",
    SurveyState.OPEN: "open",
    SurveyState.CLOSED: "warning",
    SurveyState.COUNTED: "done",
    SurveyState.DROPPED: "closed",
}


def surveys_of(scope: Scope) -> QuerySet[Survey]:
    """Give the surveys of the agency, the latest year first."""
    return Survey.objects.filter(agency=scope.agency).select_related("agency", "questionnaire")


def survey_of(scope: Scope, pk: int) -> Survey:
    """Give a survey of the agency. Raises Http404."""
    return get_object_or_404(surveys_of(scope).select_related("window_by", "made_by"), pk=pk)


def group_of(survey: Survey, pk: int) -> Group:
    """Give a group of a survey. Raises Http404."""
    return get_object_or_404(Group.objects.select_related("survey", "unit"), survey=survey, pk=pk)


# --- what is aimed at -----------------------------------------------------------------------------------------------
def sampling_of(year_be: int, instrument: str) -> Sampling | None:
    """Give the rule of a year (BE) by which an official survey is answered; None where no framework is known."""
    try:
        found = load(f"{ITA}-{year_be}").samplings
    except FrameworkError:
        return None
    return next((one for one in found if one.instrument == instrument), None)


def target_of(survey: Survey, headcount: int | None) -> int | None:
    """Give how many a practice survey should reach by the rule of its year; None for others and unknown rules."""
    instrument = Kind(survey.kind).instrument
    rule = sampling_of(survey.fiscal_year_be, instrument) if instrument and headcount else None
    return required(rule, headcount) if rule and headcount else None


# --- the list -------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Line:
    """A survey in the list. received: answers so far; target: by the year's rule; headcount: how many may answer."""

    survey: Survey
    badge: str
    label: str
    received: int
    headcount: int | None
    target: int | None

    @property
    def aim(self) -> int | None:
        """What the bar goes up to: the target, else everybody."""
        return self.target or self.headcount

    @property
    def closes_on(self) -> date:
        """The day on which it closes, here."""
        return timezone.localdate(self.survey.closes_at)


def lines_of(scope: Scope, year_be: int | None = None) -> tuple[Line, ...]:
    """Give the surveys of a year (BE), or of all; four queries however many there are."""
    found = surveys_of(scope)
    surveys = list(found.filter(fiscal_year_be=year_be) if year_be else found)
    pks = [one.pk for one in surveys]
    waiting = _numbers(Box.objects.filter(survey__in=pks, sealed__isnull=False), "survey")
    counted = dict(Count.objects.filter(survey__in=pks).order_by().values_list("survey").annotate(n=Sum("received")))
    people = dict(Group.objects.filter(survey__in=pks).order_by().values_list("survey").annotate(n=Sum("headcount")))
    return tuple(
        _line(one, waiting.get(one.pk, 0) + counted.get(one.pk, 0), people.get(one.pk) or None) for one in surveys
    )


def years_of(scope: Scope) -> tuple[int, ...]:
    """Give the fiscal years (BE) that have surveys, the latest first."""
    years = (
        Survey.objects.filter(agency=scope.agency).order_by("-fiscal_year_be").values_list("fiscal_year_be", flat=True)
    )
    return tuple(dict.fromkeys(years))


def _numbers(found: QuerySet[Box], by: str) -> dict[int | None, int]:
    return dict(found.order_by().values_list(by).annotate(n=Number("pk")))


def _line(survey: Survey, received: int, headcount: int | None) -> Line:
    return Line(survey, *standing(survey), received, headcount, target_of(survey, headcount))


def standing(survey: Survey) -> tuple[str, str]:
    """Give the state of a survey as people see it: the tone word of its badge, and what it says."""
    if survey.state == SurveyState.OPEN and not survey.is_taking:
        return "warning", _("หมดเวลารับคำตอบ")
    return _BADGES[SurveyState(survey.state)], survey.get_state_display()


# --- one survey -----------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group and how many of it have answered; None where that is not known any more.

    Once answers are counted that is so for all groups of a practice survey, and for those that were put together.
    """

    group: Group
    received: int | None


@dataclass(frozen=True, slots=True)
class Received:
    """How many have answered. waiting: sealed still; counted: of all countings; rest: without a group.

    headcount: how many may answer, None for nobody knows. target: by the year's rule. has_key: whether what waits can
    be opened here.
    """

    rows: tuple[GroupRow, ...]
    waiting: int
    counted: int
    rest: int
    headcount: int | None
    target: int | None
    rule: Sampling | None
    counts: tuple[Count, ...]
    has_key: bool

    @property
    def total(self) -> int:
        """All answers so far."""
        return self.waiting + self.counted

    @property
    def aim(self) -> int | None:
        """What the bar goes up to: the target, else everybody."""
        return self.target or self.headcount


def received_of(survey: Survey) -> Received:
    """Give how many have answered a survey; four queries, three for practice ones, whose groups end with the count."""
    groups = list(survey.groups.all())
    waiting = _numbers(Box.objects.filter(survey=survey, sealed__isnull=False), "group")
    counts = tuple(survey.counts.all())
    kept = _kept(survey) if counts and not survey.is_practice else {}
    is_counted = bool(counts)
    rows = tuple(GroupRow(one, _of_group(one, waiting, kept, is_counted=is_counted)) for one in groups)
    people = sum(one.headcount or 0 for one in groups) or None
    instrument = Kind(survey.kind).instrument
    total = sum(one.received for one in counts)
    return Received(
        rows=rows,
        waiting=sum(waiting.values()),
        counted=total,
        rest=waiting.get(None, 0) + total - sum(kept.values()),
        headcount=people,
        target=target_of(survey, people),
        rule=sampling_of(survey.fiscal_year_be, instrument) if instrument else None,
        counts=counts,
        has_key=survey.state not in UNCOUNTED or keys.is_here(survey.recipient),
    )


def _kept(survey: Survey) -> dict[int, int]:
    """Count the answers that kept their group: at least k of each."""
    found = Answer.objects.filter(count__survey=survey, group__isnull=False).order_by()
    return dict(found.values_list("group").annotate(n=Number("pk")))


def _of_group(
    group: Group, waiting: Mapping[int | None, int], kept: Mapping[int, int], *, is_counted: bool
) -> int | None:
    if is_counted and group.pk not in kept and group.pk not in waiting:
        return None
    return waiting.get(group.pk, 0) + kept.get(group.pk, 0)


def waiting_of(surveys: Iterable[Survey]) -> dict[int, int]:
    """Give how many sealed answers each of several surveys has; one query."""
    found = Box.objects.filter(survey__in=[one.pk for one in surveys], sealed__isnull=False)
    return {pk: n for pk, n in _numbers(found, "survey").items() if pk is not None}
