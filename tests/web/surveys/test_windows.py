"""When the official surveys run, and that practice ones keep out of them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from prongsai.questionnaires.model import Kind
from prongsai.thai.fiscal import fiscal_year_be
from prongsai.web.agencies.models import Agency, AuditEntry
from prongsai.web.agencies.roles import Role
from prongsai.web.agencies.scope import system_scope
from prongsai.web.cycles.models import Cycle, CycleDate
from prongsai.web.surveys.models import Survey, SurveyState
from prongsai.web.surveys.queries.windows import Known, closed_windows, last_moment, may_take, windows
from prongsai.web.surveys.services import running
from prongsai.web.surveys.services.storing import NotTaken, Why, store
from prongsai.web.surveys.services.windows import confirm_window, keep_out, keep_survey_out
from prongsai.web.surveys.tokens import new_form
from tests.web.surveys import asked

pytestmark = pytest.mark.django_db


def cycle(agency: Agency, year: int) -> Cycle:
    return Cycle.objects.create(
        agency=agency,
        framework_id=f"ita-{year}",
        framework_kind="ita",
        framework_sha256="0" * 64,
        fiscal_year_be=year,
        measures_year_be=year + 1,
    )


def entered(agency: Agency, key: str, start: date | None, end: date | None, year: int = 0) -> CycleDate:
    year = year or fiscal_year_be(timezone.localdate())
    found = Cycle.objects.filter(agency=agency, fiscal_year_be=year).first() or cycle(agency, year)
    return CycleDate.objects.create(cycle=found, key=key, name=key, starts_on=start, ends_on=end)


def around(days: int, length: int = 30) -> tuple[date, date]:
    first = timezone.localdate() + timedelta(days=days)
    return first, first + timedelta(days=length)


# --- when -----------------------------------------------------------------------------------------------------------
def span(agency: Agency, instrument: str, year: int) -> tuple[date, date, Known]:
    (found,) = windows(agency, instrument, [year])
    return found.first, found.last, found.known


def test_window_is_what_the_office_entered_for_the_instrument(agency):
    entered(agency, "survey-internal", date(2027, 3, 1), date(2027, 3, 31), 2570)
    entered(agency, "survey-external-1", date(2027, 4, 1), date(2027, 5, 15), 2570)
    entered(agency, "survey-external-2", date(2027, 5, 1), date(2027, 6, 15), 2570)
    assert span(agency, "IIT", 2570) == (date(2027, 3, 1), date(2027, 3, 31), Known.ENTERED)
    assert span(agency, "EIT", 2570) == (date(2027, 4, 1), date(2027, 6, 15), Known.ENTERED)


def test_one_end_that_is_not_known_makes_the_window_longer_not_shorter(agency):
    entered(agency, "survey", None, date(2027, 5, 31), 2570)
    entered(agency, "survey-internal", date(2028, 2, 1), None, 2571)
    assert span(agency, "IIT", 2570)[:2] == (date(2027, 1, 1), date(2027, 5, 31))
    assert span(agency, "IIT", 2571)[:2] == (date(2028, 2, 1), date(2028, 6, 30))


def test_window_is_the_frameworks_where_the_office_entered_none(agency, other_agency):
    assert span(agency, "EIT", 2564) == (date(2021, 4, 1), date(2021, 5, 31), Known.FRAMEWORK)
    assert span(agency, "IIT", 2567) == (date(2024, 1, 1), date(2024, 6, 30), Known.FRAMEWORK)
    entered(other_agency, "survey", date(2021, 2, 1), date(2021, 2, 2), 2564)  # another office's calendar is not ours
    assert span(agency, "EIT", 2564)[2] is Known.FRAMEWORK


def test_first_half_of_the_year_is_closed_while_nobody_knows_and_nobody_confirmed(agency):
    assert span(agency, "IIT", 2575) == (date(2032, 1, 1), date(2032, 6, 30), Known.NOT)
    day = date(2032, 2, 1)
    assert [one.holds(day) for one in closed_windows(agency, Kind.PRACTICE_IIT, day)] == [True, False]
    assert closed_windows(agency, Kind.SATISFACTION, day) == ()
    before = closed_windows(agency, Kind.PRACTICE_EIT, date(2031, 12, 1))
    last = last_moment(before)
    assert last and timezone.localdate(last) == date(2031, 12, 31)


def test_confirmation_counts_for_the_fiscal_year_in_which_it_was_given(agency):
    given = date(2031, 11, 1)
    (left,) = closed_windows(agency, Kind.PRACTICE_IIT, date(2032, 2, 1), confirmed_on=given)
    assert left.first == date(2033, 1, 1)
    (now, later) = closed_windows(agency, Kind.PRACTICE_IIT, date(2033, 2, 1), confirmed_on=given)
    assert now.holds(date(2033, 2, 1)) and not later.may_be_confirmed(date(2033, 2, 1))


def test_window_of_the_last_fiscal_year_that_reaches_into_this_one_is_found(agency, django_assert_num_queries):
    entered(agency, "survey-internal", date(2026, 8, 1), date(2026, 10, 15), 2569)
    with django_assert_num_queries(1):
        found = closed_windows(agency, Kind.PRACTICE_IIT, date(2026, 10, 5))
    assert (found[0].fiscal_year_be, found[0].last) == (2569, date(2026, 10, 15))
    assert closed_windows(agency, Kind.PRACTICE_IIT, date(2026, 10, 16))[0].fiscal_year_be == 2570


# --- keeping out ----------------------------------------------------------------------------------------------------
def draft(agency: Agency, kind: Kind = Kind.PRACTICE_IIT, days: int = 20):
    return asked.draft(agency, kind=kind, days=days)


def test_practice_survey_is_not_opened_inside_the_window(agency):
    entered(agency, "survey-internal", *around(-1))
    survey = draft(agency, days=3)
    with pytest.raises(running.NotReady) as refused:
        running.open_survey(system_scope(agency), survey=survey)
    assert [one.code for one in refused.value.problems] == ["SURVEY_IN_WINDOW"]
    eit = draft(agency, Kind.PRACTICE_EIT, days=3)
    entered(agency, "survey-external", *around(60))
    assert running.open_survey(system_scope(agency), survey=eit).state == SurveyState.OPEN


def test_practice_survey_must_end_before_the_window_begins(agency):
    first, last = around(10)
    entered(agency, "survey-internal", first, last)
    survey = draft(agency, days=10)
    with pytest.raises(running.NotReady) as refused:
        running.open_survey(system_scope(agency), survey=survey)
    assert [one.code for one in refused.value.problems] == ["SURVEY_INTO_WINDOW"]
    survey = draft(agency, days=9)
    opened = running.open_survey(system_scope(agency), survey=survey)
    with pytest.raises(running.NotPossible):
        running.extend_survey(system_scope(agency), survey=opened, closes_at=opened.closes_at + timedelta(days=1))


def test_confirmation_opens_what_is_not_known_and_nothing_else(agency, scope):
    survey = draft(agency)
    coordinator = scope(Role.COORDINATOR)
    for refused in (system_scope(agency), scope(Role.CLERK)):
        with pytest.raises(running.NotPossible):
            confirm_window(refused, survey=survey, reason="เก็บหลังเดือนมิถุนายน")
    with pytest.raises(running.NotPossible):
        confirm_window(coordinator, survey=survey, reason="  ")
    confirm_window(coordinator, survey=survey, reason="เก็บหลังเดือนมิถุนายน")
    assert (survey.window_by, survey.window_on) == (coordinator.user, coordinator.today)
    assert AuditEntry.objects.filter(action="survey.window").exists()
    survey.window_on = date(2031, 12, 1)
    assert may_take(survey, date(2032, 2, 1))
    entered(agency, "survey-internal", date(2032, 2, 1), date(2032, 2, 9), 2575)
    assert not may_take(survey, date(2032, 2, 1))
    assert may_take(survey, date(2032, 3, 1))


def test_open_practice_survey_is_closed_when_days_are_entered_later(agency, django_assert_num_queries):
    survey = asked.survey(agency, kind=Kind.PRACTICE_IIT)
    other = asked.survey(agency)
    assert keep_out(agency) == 0
    entered(agency, "survey-internal", *around(0))
    assert not may_take(survey, timezone.localdate())
    assert keep_out(agency) == 1
    survey.refresh_from_db()
    other.refresh_from_db()
    assert (survey.state, other.state) == (SurveyState.CLOSED, SurveyState.OPEN)
    with pytest.raises(NotTaken) as refused:
        store(asked.as_open(survey), asked.sheet(1), form=new_form())
    assert refused.value.why is Why.CLOSED
    with django_assert_num_queries(1):
        assert keep_out(agency) == 0


def test_survey_that_was_counted_meanwhile_stays_counted(agency):
    survey = asked.survey(agency, kind=Kind.PRACTICE_IIT)
    entered(agency, "survey-internal", *around(0))
    read_before = Survey.objects.get(pk=survey.pk)
    Survey.objects.filter(pk=survey.pk).update(state=SurveyState.COUNTED)
    assert not keep_survey_out(read_before, timezone.localdate())
    assert Survey.objects.get(pk=survey.pk).state == SurveyState.COUNTED


def test_open_practice_survey_ends_earlier_when_the_window_comes_first(agency):
    survey = asked.survey(agency, kind=Kind.PRACTICE_EIT, days=30)
    first, last = around(7)
    entered(agency, "survey-external", first, last)
    assert (keep_out(agency), keep_out(agency)) == (1, 0)
    survey.refresh_from_db()
    assert survey.state == SurveyState.OPEN
    assert timezone.localdate(survey.closes_at) == first - timedelta(days=1)
