"""Making surveys, opening, extending, closing, dropping them; groups; the night."""

from __future__ import annotations

from datetime import date, timedelta
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone

from prongsai.errors import Severity
from prongsai.questionnaires.model import Kind
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.models import Agency, AuditEntry, Person
from prongsai.web.agencies.scope import Scope, system_scope
from prongsai.web.registers.models import Entry
from prongsai.web.surveys import keys
from prongsai.web.surveys.models import Batch, Box, Code, Group, Grouping, Survey, SurveyState
from prongsai.web.surveys.queries.dropped import why_dropped
from prongsai.web.surveys.queries.opening import obstacles
from prongsai.web.surveys.services import groups as grouping
from prongsai.web.surveys.services import nightly, running
from prongsai.web.surveys.services.counting import count
from prongsai.web.surveys.services.dropping import drop_survey
from prongsai.web.surveys.services.nightly import mind
from prongsai.web.surveys.services.storing import NotTaken, store
from prongsai.web.surveys.services.sweeping import sweep_keys
from prongsai.web.surveys.tokens import new_form
from tests.web import office
from tests.web.surveys import asked

pytestmark = pytest.mark.django_db


def answered(survey: Survey, n: int) -> None:
    for seed in range(n):
        store(asked.as_open(survey), asked.sheet(seed), form=new_form(), group=None)


def codes_of(survey: Survey) -> list[str]:
    today = timezone.localdate()
    return [one.code for one in obstacles(survey, today) if one.severity is Severity.ERROR]


# --- opening --------------------------------------------------------------------------------------------------------
def test_opening_freezes_the_text_and_refuses_later_changes(agency):
    scope, survey = system_scope(agency), asked.draft(agency)
    running.change_survey(scope, survey=survey, title="ชื่อใหม่", k=6)
    opened = running.open_survey(scope, survey=survey, version=survey.version)
    frozen = opened.sha256
    kept = survey.questionnaire
    kept.content = asked.text(Kind.FREE).plain
    kept.save()
    assert (Survey.objects.get(pk=survey.pk).pure.sha256, opened.opens_on) == (frozen, scope.today)
    for refused in (
        lambda: running.change_survey(scope, survey=survey, title="อื่น"),
        lambda: running.add_group(scope, survey=survey, name="กลุ่มใหม่"),
        lambda: grouping.remove_group(scope, group=survey.groups.first()),
        lambda: running.remove_survey(scope, survey=survey),
        lambda: running.open_survey(scope, survey=survey),
    ):
        with pytest.raises(running.NotPossible):
            refused()
    assert len(keys.held() - keys.marked()) == 1  # the refused opening left no key that stays


def test_opening_tells_everything_that_stands_in_the_way(agency):
    survey = asked.draft(agency, ())
    survey.grouping, survey.closes_at, survey.k = Grouping.UNIT, timezone.now() - timedelta(hours=1), 3
    assert codes_of(survey) == ["SURVEY_OVER", "SURVEY_NO_GROUPS", "SURVEY_K"]
    Survey.objects.filter(pk=survey.pk).update(grouping=Grouping.UNIT)
    with pytest.raises(running.NotReady) as refused:
        running.open_survey(system_scope(agency), survey=survey)
    assert refused.value.mend_th
    small = asked.draft(agency)
    small.groups.update(headcount=4)
    assert codes_of(small) == ["SURVEY_SMALL_GROUP"] * 2
    small.grouping = Grouping.NONE
    assert "SURVEY_UNASKED_GROUPS" in codes_of(small)
    practice = asked.draft(agency, kind=Kind.PRACTICE_IIT, is_monthly=True)
    assert "SURVEY_PRACTICE_ALL_YEAR" in codes_of(practice)


def test_faulty_questionnaire_is_not_opened_and_missing_english_only_warned_of(agency):
    survey = asked.draft(agency)
    survey.title_en = "Satisfaction"
    warned = [one for one in obstacles(survey, timezone.localdate()) if one.code == "SURVEY_ENGLISH"]
    assert [one.severity for one in warned] == [Severity.WARNING]
    assert not codes_of(survey)
    survey.questionnaire.content = asked.text().model_copy(update={"sections": ()}).plain
    survey.questionnaire.save()
    with pytest.raises(running.NotReady):
        running.open_survey(system_scope(agency), survey=survey)


def test_stale_opening_is_refused(agency):
    survey = asked.draft(agency)
    seen = survey.version
    running.change_survey(system_scope(agency), survey=survey, title="แก้แล้ว")
    with pytest.raises(Stale):
        running.open_survey(system_scope(agency), survey=survey, version=seen)


# --- days -----------------------------------------------------------------------------------------------------------
def test_survey_is_only_extended_and_a_closed_one_takes_answers_again(agency):
    scope, survey = system_scope(agency), asked.survey(agency)
    for refused in (survey.closes_at, survey.closes_at - timedelta(hours=1)):
        with pytest.raises(running.NotPossible):
            running.extend_survey(scope, survey=survey, closes_at=refused)
    answered(survey, 5)
    running.close_survey(scope, survey=survey)
    with pytest.raises(NotTaken):
        answered(survey, 1)
    running.extend_survey(scope, survey=survey, closes_at=timezone.now() + timedelta(days=3))
    answered(survey, 1)
    assert (survey.state, Box.objects.count()) == (SurveyState.OPEN, 6)
    running.close_survey(scope, survey=survey)
    count(scope, survey=survey)
    for refused_at in (1, 9):
        with pytest.raises(running.NotPossible):
            running.extend_survey(scope, survey=survey, closes_at=timezone.now() + timedelta(days=refused_at))
    with pytest.raises(running.NotPossible):
        running.close_survey(scope, survey=survey)


def test_survey_without_its_key_is_not_opened_again(agency):
    scope, survey = system_scope(agency), asked.survey(agency)
    running.close_survey(scope, survey=survey)
    keys.destroy(survey.recipient)
    with pytest.raises(keys.KeyLost):
        running.extend_survey(scope, survey=survey, closes_at=timezone.now() + timedelta(days=3))


# --- giving up ------------------------------------------------------------------------------------------------------
def test_dropping_destroys_boxes_and_key_and_voids_codes(agency):
    scope, survey = system_scope(agency), asked.survey(agency)
    codes = asked.codes(survey.groups.first(), 6)
    store(asked.as_open(survey), asked.sheet(1), form=new_form(), code=codes[0])
    with pytest.raises(running.NotPossible):
        drop_survey(scope, survey=survey, reason=" ")
    drop_survey(scope, survey=survey, reason="ถามผิดเรื่อง", version=survey.version)
    assert survey.state == SurveyState.DROPPED
    assert not Box.objects.exists() and not keys.is_here(survey.recipient)
    assert set(Batch.objects.values_list("is_void", flat=True)) == {True}
    assert set(Code.objects.values_list("spent", flat=True)) == {"", "-"}
    told = why_dropped(survey)
    assert told and (told.reason, told.answers) == ("ถามผิดเรื่อง", 1)
    with pytest.raises(NotTaken):
        store(asked.as_open(survey), asked.sheet(1), form=new_form(), code=codes[1])


def test_closed_survey_with_enough_answers_is_counted_not_dropped(agency):
    scope, survey = system_scope(agency), asked.survey(agency)
    answered(survey, 5)
    running.close_survey(scope, survey=survey)
    with pytest.raises(running.NotPossible):
        drop_survey(scope, survey=survey, reason="ไม่ชอบผล")
    assert keys.is_here(survey.recipient) and not keys.marked()
    keys.destroy(survey.recipient)
    assert drop_survey(scope, survey=survey, reason="กุญแจหาย").state == SurveyState.DROPPED


def test_dropping_the_rest_of_a_monthly_survey_keeps_what_was_counted(agency):
    scope, survey = system_scope(agency), asked.survey(agency, is_monthly=True)
    answered(survey, 5)
    count(scope, survey=survey)
    survey.refresh_from_db()
    answered(survey, 2)
    dropped = drop_survey(scope, survey=survey, reason="จบปีแล้ว")
    assert (dropped.state, dropped.counts.get().received) == (SurveyState.COUNTED, 5)


def test_draft_is_removed_with_its_groups_and_codes(agency):
    survey = asked.draft(agency)
    asked.codes(survey.groups.first(), 5)
    running.remove_survey(system_scope(agency), survey=survey)
    assert not Survey.objects.exists() and not Group.objects.exists() and not Code.objects.exists()
    assert AuditEntry.objects.filter(action="survey.remove").exists()


def test_copy_is_a_draft_with_the_same_groups_and_other_addresses(agency):
    scope, survey = system_scope(agency), asked.survey(agency, quota=20)
    closes_at = timezone.now() + timedelta(days=9)
    made = running.copy_survey(scope, survey=survey, closes_at=closes_at, fiscal_year_be=2571)
    assert (made.state, made.fiscal_year_be, made.recipient) == (SurveyState.DRAFT, 2571, "")
    rows = made.groups.values_list("name", "headcount", "quota", "taken")
    assert list(rows) == [("งานทะเบียน", 50, 20, 0), ("งานภาษี", 50, 20, 0)]
    addresses = {made.address, survey.address, *Group.objects.values_list("address", flat=True)}
    assert len(addresses) == 6


# --- groups ---------------------------------------------------------------------------------------------------------
def test_groups_are_filled_from_units_with_their_people_and_small_ones_put_together(agency):
    scope, survey = system_scope(agency), asked.draft(agency, ())
    assert grouping.fill_groups(scope, survey=survey, way=Grouping.UNIT) == len(office.UNITS)
    assert grouping.fill_groups(scope, survey=survey, way=Grouping.UNIT) == 0
    people = dict(survey.groups.values_list("name", "headcount"))
    assert people == {
        "สำนักปลัดเทศบาล": 6,
        "กองคลัง": 2,
        "กองช่าง": 1,
        "กองการศึกษา": 0,
        "กองสาธารณสุขและสิ่งแวดล้อม": 0,
    }
    joined = grouping.join_small(scope, survey=survey, name="รวม")
    assert (joined.headcount, survey.groups.count()) == (9, 1)  # three are too few: the next larger joins them
    with pytest.raises(running.NotPossible):
        grouping.join_small(scope, survey=survey, name="รวมอีก")


def test_small_groups_are_put_together_and_large_ones_stay(agency):
    scope, survey = system_scope(agency), asked.draft(agency)
    for name, n in (("กองช่าง", 3), ("กองคลัง", 4)):
        running.add_group(scope, survey=survey, name=name, headcount=n)
    grouping.join_small(scope, survey=survey, name="รวม")
    assert dict(survey.groups.values_list("name", "headcount")) == {"งานทะเบียน": 50, "งานภาษี": 50, "รวม": 7}


def test_people_who_left_and_the_elected_are_not_counted(agency):
    clerk = Person.objects.get(agency=agency, given_name="จันทร์")
    clerk.left_on = date(2021, 1, 1)
    clerk.save()
    Person.objects.filter(agency=agency, given_name="สุดา").update(employment="elected")
    scope, survey = system_scope(agency), asked.draft(agency, ())
    grouping.fill_groups(scope, survey=survey, way=Grouping.UNIT)
    assert survey.groups.get(name="สำนักปลัดเทศบาล").headcount == 4


def test_groups_are_filled_from_the_manuals_in_force(agency, other_agency):
    scope, survey = system_scope(agency), asked.draft(agency, ())
    rows = [(agency, "ขอแจ้งเกิด", "current"), (agency, "ขอแจ้งตาย", "withdrawn"), (other_agency, "ของที่อื่น", "current")]
    for number, (whose, title, state) in enumerate(rows, start=1):
        Entry.objects.create(
            agency=whose,
            register="service-manuals",
            number=number,
            title=title,
            state=state,
            dated_on=scope.today,
        )
    assert grouping.fill_groups(scope, survey=survey, way=Grouping.SERVICE) == 1
    assert grouping.add_names(scope, survey=survey, names=["ขอแจ้งเกิด", "งานอื่น", "งานอื่น"]) == 1
    assert list(survey.groups.values_list("name", "place")) == [("ขอแจ้งเกิด", 0), ("งานอื่น", 1)]


# --- the night ------------------------------------------------------------------------------------------------------
def test_night_closes_what_is_over_and_sweeps_keys(agency):
    going, ended = asked.survey(agency), asked.over(asked.survey(agency))
    dropped = asked.survey(agency)
    Survey.objects.filter(pk=dropped.pk).update(state=SurveyState.DROPPED)  # a machine that stopped before its key went
    said = StringIO()
    call_command("mind_surveys", agency=agency.code, stdout=said)
    states = list(Survey.objects.order_by("pk").values_list("state", flat=True))
    assert states == [SurveyState.OPEN, SurveyState.CLOSED, SurveyState.DROPPED]
    assert keys.held() == {going.recipient, ended.recipient}
    assert f"{agency}: ปิดรับคำตอบ: {ended}" in said.getvalue()
    with pytest.raises(CommandError):
        call_command("mind_surveys", agency="99999999")


def test_survey_that_was_extended_meanwhile_is_not_closed(agency):
    read_before = asked.over(asked.survey(agency))
    later = timezone.now() + timedelta(days=3)
    running.extend_survey(system_scope(agency), survey=Survey.objects.get(pk=read_before.pk), closes_at=later)
    assert not nightly.close_over(agency, read_before)
    assert Survey.objects.get().state == SurveyState.OPEN


def test_what_is_refused_at_one_survey_does_not_end_the_night(agency, monkeypatch):
    ended, refused = (asked.over(asked.survey(agency)) for _ in range(2))  # the latest comes first

    def close_survey(scope: Scope, *, survey: Survey, version: int) -> Survey:
        if survey == refused:
            raise running.NotPossible("ปิดไม่ได้", "ลองใหม่")
        return running.close_survey(scope, survey=survey, version=version)

    monkeypatch.setattr(nightly, "close_survey", close_survey)
    told = nights(agency, timezone.localdate().replace(day=20))
    assert ["ปิดไม่ได้" in line for line in told] == [True, False]
    ended.refresh_from_db()
    assert ended.state == SurveyState.CLOSED


def test_key_that_the_system_holds_back_waits_for_the_next_sweep(agency, caplog):
    held, other = asked.survey(agency), asked.survey(agency)
    path = settings.SURVEY_KEYS_FOLDER / f"{held.recipient}.key"
    path.unlink()
    path.mkdir()  # which cannot be overwritten, as a file that another program holds cannot
    drop_survey(system_scope(agency), survey=held, reason="ถามผิด")
    assert (held.state, keys.marked()) == (SurveyState.DROPPED, {held.recipient})
    Survey.objects.filter(pk=other.pk).update(state=SurveyState.DROPPED)
    assert sweep_keys() == 1 and not keys.is_here(other.recipient)
    assert caplog.records and held.recipient not in caplog.text
    path.rmdir()
    path.write_text("AGE-SECRET-KEY-1", encoding="ascii")
    assert sweep_keys() == 1 and not keys.held() and not keys.marked()


def nights(agency: Agency, day: date) -> list[str]:
    return list(mind(agency, day))


def test_monthly_survey_is_counted_on_the_first_when_enough_wait(agency):
    survey = asked.survey(agency, is_monthly=True)
    today = timezone.localdate()
    first = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    answered(survey, 4)
    assert nights(agency, first - timedelta(days=1)) == []
    (told,) = nights(agency, first)
    assert "๔" in told and not survey.counts.exists()
    answered(survey, 1)
    assert len(nights(agency, first + timedelta(days=1))) == 1  # the machine was off, or enough came a day late
    assert survey.counts.get().received == 5
    survey.counts.update(counted_on=first)
    answered(Survey.objects.get(pk=survey.pk), 5)
    assert nights(agency, first + timedelta(days=2)) == []
    later = (first + timedelta(days=32)).replace(day=1)
    assert len(nights(agency, later)) == 1
    assert survey.counts.count() == 2


def test_monthly_survey_of_this_month_waits_for_the_next(agency):
    survey = asked.survey(agency, is_monthly=True)
    answered(survey, 5)
    first = timezone.localdate().replace(day=1)
    Survey.objects.filter(pk=survey.pk).update(opens_on=first)
    assert nights(agency, first) == []
