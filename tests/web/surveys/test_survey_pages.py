"""The pages of who runs surveys."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from prongsai.questionnaires.model import Kind
from prongsai.thai.fiscal import fiscal_year_be
from prongsai.web.agencies.roles import Role
from prongsai.web.agencies.scope import system_scope
from prongsai.web.surveys import keys
from prongsai.web.surveys.models import Box, Questionnaire, Survey, SurveyState
from prongsai.web.surveys.queries import windows
from prongsai.web.surveys.queries.surveys import received_of
from prongsai.web.surveys.queries.tasks import tasks_of
from prongsai.web.surveys.services import running
from prongsai.web.surveys.services.counting import count
from prongsai.web.surveys.services.storing import store
from prongsai.web.surveys.tokens import new_form
from tests.web.surveys import asked
from tests.web.surveys.test_windows import around, entered

pytestmark = pytest.mark.django_db


def page(survey: Survey, name: str = "survey", *args: object) -> str:
    return reverse(name, args=[survey.agency.code, survey.pk, *args])


def answered(survey: Survey, n: int, group: int | None = None) -> None:
    for seed in range(n):
        store(asked.as_open(survey), asked.sheet(seed), form=new_form(), group=group)


def text_of(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


@pytest.fixture
def client(sign_in) -> Client:
    return sign_in(Role.COORDINATOR)


def day(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


# --- the list -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("n", [1, 3])
def test_list_asks_the_database_the_same_number_of_times(agency, client, django_assert_num_queries, n):
    for _ in range(n):
        answered(asked.survey(agency), 2)
    address = reverse("surveys", args=[agency.code])
    client.get(address)
    with django_assert_num_queries(13):
        client.get(address)


def test_list_is_by_year_and_counts_answers_against_those_who_may(agency, client):
    answered(asked.survey(agency), 3)
    Survey.objects.filter(pk=asked.draft(agency).pk).update(fiscal_year_be=2569, title="ของปีก่อน")
    address = reverse("surveys", args=[agency.code])
    text = text_of(client, address)
    assert "๓ จาก ๑๐๐" in text and "ของปีก่อน" not in text
    assert "ของปีก่อน" in text_of(client, f"{address}?year=2569")
    assert "ของปีก่อน" in text_of(client, f"{address}?year=all")


# --- a new one ------------------------------------------------------------------------------------------------------
def test_survey_is_made_from_a_questionnaire_with_sensible_defaults(agency, client):
    kept = asked.draft(agency).questionnaire
    address = reverse("survey_add", args=[agency.code])
    assert f"?questionnaire={kept.pk}" in text_of(client, address)
    form = text_of(client, f"{address}?questionnaire={kept.pk}")
    assert 'value="service" selected' in form
    given = {"title": "ถามใหม่", "fiscal_year_be": "๒๕๗๐", "grouping": "none", "closes_on": day(9), "k": "5"}
    answer = client.post(f"{address}?questionnaire={kept.pk}", given | {"closes_time": "๑๖.๓๐"})
    made = Survey.objects.get(title="ถามใหม่")
    assert answer["Location"] == page(made)
    assert (f"{timezone.localtime(made.closes_at):%H%M}", made.has_link, made.state) == ("1630", False, "draft")
    for wrong in ({"k": "4"}, {"closes_on": day(-1)}, {"title": ""}, {"closes_time": "25.00"}):
        assert client.post(f"{address}?questionnaire={kept.pk}", given | wrong).status_code == 422


def test_new_practice_survey_is_offered_the_last_day_before_the_window(agency, client):
    first, last = around(5)
    entered(agency, "survey-internal", first, last)
    kept = Questionnaire.objects.create(
        agency=agency, title="ซ้อม", kind=Kind.PRACTICE_IIT, content=asked.text(Kind.PRACTICE_IIT).plain
    )
    form = text_of(client, f"{reverse('survey_add', args=[agency.code])}?questionnaire={kept.pk}")
    closes = timezone.localdate() + timedelta(days=4)
    assert f'value="{closes.day:02}/{closes.month:02}/{closes.year + 543}"' in form
    assert "is_monthly" not in form and "ต้องปิดรับก่อนถึงวันแรก" in form


def test_settings_are_changed_until_somebody_else_was_faster(agency, client):
    survey = asked.draft(agency)
    given = {"title": "แก้แล้ว", "fiscal_year_be": "2570", "grouping": "service", "closes_on": day(9), "k": "7"}
    seen = str(survey.version)
    assert client.post(page(survey, "survey_edit"), given | {"version": seen}).status_code == 302
    late = client.post(page(survey, "survey_edit"), given | {"title": "ช้าไป", "version": seen})
    assert (late.status_code, Survey.objects.get().title) == (409, "แก้แล้ว")
    assert "แก้แล้ว" in late.content.decode() and 'value="ช้าไป"' in late.content.decode()


# --- groups ---------------------------------------------------------------------------------------------------------
def test_groups_are_filled_joined_edited_and_removed(agency, client):
    survey = asked.draft(agency, ())
    groups = page(survey, "survey_groups")
    client.post(page(survey, "survey_groups_fill"), {"way": "unit"})
    assert "รวมกลุ่มเล็กเป็นกลุ่มเดียว" in text_of(client, groups)
    client.post(page(survey, "survey_groups_fill"), {"way": "join"})
    client.post(groups, {"names": "ตลาด\n\n  ตลาดนัด  \nตลาด"})
    assert sorted(survey.groups.values_list("name", flat=True)) == sorted(["กลุ่มรวมหน่วยขนาดเล็ก", "ตลาด", "ตลาดนัด"])
    one = survey.groups.get(name="ตลาด")
    edit = page(survey, "survey_group_edit", one.pk)
    assert client.post(edit, {"name": "ตลาดสด", "headcount": "๑๒", "quota": ""}).status_code == 302
    assert client.post(edit, {"name": "ตลาดนัด"}).status_code == 422  # that name is taken
    assert client.post(groups, {"names": "ก" * 201}).status_code == 422
    client.post(page(survey, "survey_group_remove", survey.groups.get(name="ตลาดนัด").pk))
    assert list(survey.groups.order_by("name").values_list("name", "headcount"))[1:] == [("ตลาดสด", 12)]
    assert client.post(page(survey, "survey_groups_fill"), {"way": "none"}).status_code == 404


# --- from draft to counted ------------------------------------------------------------------------------------------
def test_survey_goes_from_draft_to_counted_by_its_pages(agency, client):
    survey = asked.draft(agency)
    assert "ตรวจและเปิดรับคำตอบ" in text_of(client, page(survey))
    assert "แก้ไม่ได้อีก" in text_of(client, page(survey, "survey_open"))
    assert client.post(page(survey, "survey_open"), {"version": survey.version}).status_code == 302
    survey.refresh_from_db()
    answered(survey, 5, survey.groups.first().pk)
    text = text_of(client, page(survey))
    assert "แจกลิงก์" in text and "จาก ๑๐๐ คน" in text and "ยังไม่มีผล" in text
    assert client.post(page(survey, "survey_count"), {"version": survey.version}).status_code == 422
    assert client.post(page(survey, "survey_close"), {"version": survey.version}).status_code == 302
    later = {"closes_on": day(20), "version": str(survey.version + 1)}
    assert client.post(page(survey, "survey_extend"), later | {"closes_on": day(0)}).status_code == 422
    assert client.post(page(survey, "survey_extend"), later).status_code == 302
    client.post(page(survey, "survey_close"), {"version": survey.version + 2})
    assert "รอนับ ๕ ชุด" in text_of(client, page(survey))
    assert client.post(page(survey, "survey_count"), {"version": survey.version + 3}).status_code == 302
    assert Survey.objects.get().state == SurveyState.COUNTED
    assert "นับคำตอบแล้ว ดูผล" in text_of(client, page(survey))


@pytest.mark.parametrize("name", ["survey_close", "survey_count", "survey_drop", "survey_extend", "survey_open"])
def test_press_that_does_not_say_what_was_seen_is_refused(agency, client, name):
    survey = asked.draft(agency) if name == "survey_open" else asked.survey(agency, is_monthly=True)
    if name == "survey_count":
        answered(survey, 5)
    refused = client.post(page(survey, name), {"closes_on": day(20), "reason": "ถามผิด"})
    assert refused.status_code in (409, 422) and "มีผู้อื่นแก้ไขรายการนี้ไปก่อนแล้ว" in refused.content.decode()
    assert Survey.objects.get().version == survey.version


def test_obstacles_are_shown_with_their_mend_and_nothing_opens(agency, client):
    survey = asked.draft(agency)
    survey.groups.update(headcount=3)
    text = text_of(client, page(survey, "survey_open"))
    assert "รวมกลุ่มเล็กเข้าด้วยกันเป็นกลุ่มเดียว" in text and ">เปิดรับคำตอบ</button>" not in text
    assert client.post(page(survey, "survey_open"), {}).status_code == 422
    assert Survey.objects.get().state == SurveyState.DRAFT


def test_window_is_confirmed_by_a_person_who_gives_a_reason(agency, client, monkeypatch):
    def unknown(instrument: str, year: int, _entered: object) -> windows.Window:  # whatever day it is: now, each year
        days = around(400 * (year - fiscal_year_be(timezone.localdate())))
        return windows.Window(instrument, year, *days, windows.Known.NOT)

    monkeypatch.setattr(windows, "_window", unknown)
    survey = asked.draft(agency, kind=Kind.PRACTICE_IIT)
    assert page(survey, "survey_window") in text_of(client, page(survey, "survey_open"))
    assert client.post(page(survey, "survey_window"), {"reason": ""}).status_code == 422
    assert client.post(page(survey, "survey_window"), {"reason": "ปีนี้เก็บเดือนสิงหาคม", "version": 1}).status_code == 302
    assert "ปีนี้เก็บเดือนสิงหาคม" in text_of(client, page(survey))
    assert client.post(page(survey, "survey_open"), {"version": 2}).status_code == 302


def test_too_few_answers_are_told_with_the_ways_on(agency, client):
    survey = asked.over(asked.survey(agency))
    Survey.objects.filter(pk=survey.pk).update(closes_at=timezone.now() + timedelta(days=1))
    survey.refresh_from_db()
    answered(survey, 4)
    asked.over(survey)
    refused = client.post(page(survey, "survey_count"), {})
    assert refused.status_code == 422 and "น้อยกว่า ๕ ชุด" in refused.content.decode()
    assert page(survey, "survey_drop") in refused.content.decode()
    assert client.post(page(survey, "survey_drop"), {"reason": ""}).status_code == 422
    assert (
        client.post(page(survey, "survey_drop"), {"reason": "ได้น้อยเกินไป", "version": survey.version}).status_code == 302
    )
    text = text_of(client, page(survey))
    assert "๔ ชุด โดย" in text and "ได้น้อยเกินไป" in text
    assert not Box.objects.exists()


def test_lost_key_is_told_and_a_new_one_made(agency, client):
    survey = asked.survey(agency)
    answered(survey, 2)
    keys.destroy(survey.recipient)
    assert page(survey, "survey_key") in text_of(client, page(survey))
    assert "๒ ชุด" in text_of(client, page(survey, "survey_key"))
    assert client.post(page(survey, "survey_key")).status_code == 302
    survey.refresh_from_db()
    assert keys.is_here(survey.recipient) and not Box.objects.exists()


def test_practice_survey_is_told_by_group_only_until_it_is_counted(agency):
    survey = asked.survey(agency, kind=Kind.PRACTICE_IIT)
    answered(survey, 6, survey.groups.first().pk)
    assert [row.received for row in received_of(survey).rows] == [6, 0]
    running.close_survey(system_scope(agency), survey=survey)
    count(system_scope(agency), survey=survey)
    got = received_of(survey)
    assert ([row.received for row in got.rows], got.total) == ([None, None], 6)


def test_counted_groups_are_told_where_enough_of_them_answered(agency):
    survey = asked.survey(agency)
    first, second = survey.groups.all()
    answered(survey, 7, first.pk)
    answered(survey, 6, second.pk)
    answered(survey, 5)
    running.close_survey(system_scope(agency), survey=survey)
    count(system_scope(agency), survey=survey)
    got = received_of(survey)
    assert ([row.received for row in got.rows], got.rest, got.total) == ([7, 6], 5, 18)


def test_page_closes_a_practice_survey_whose_window_began(agency, client):
    survey = asked.survey(agency, kind=Kind.PRACTICE_IIT)
    entered(agency, "survey-internal", *around(0))
    assert "ช่วงสำรวจทางการที่การสำรวจซ้อมนี้ต้องปิด" in text_of(client, page(survey))
    survey.refresh_from_db()
    assert survey.state == SurveyState.CLOSED


def test_target_of_a_practice_survey_is_the_rule_of_its_year(agency, client):
    survey = asked.survey(agency, kind=Kind.PRACTICE_IIT)
    Survey.objects.filter(pk=survey.pk).update(fiscal_year_be=2568)
    text = text_of(client, page(survey))
    assert "เป้าหมาย ๓๐ คน จากผู้มีสิทธิ์ตอบ ๑๐๐ คน" in text and "ยังไม่ยืนยัน" in text


def test_draft_is_removed_and_a_dropped_survey_copied(agency, client):
    survey = asked.draft(agency)
    assert client.post(page(survey, "survey_drop"), {}).status_code == 302
    assert not Survey.objects.exists()
    dropped = asked.survey(agency)
    client.post(page(dropped, "survey_drop"), {"reason": "ถามผิด", "version": dropped.version})
    client.post(page(dropped, "survey_copy"))
    made = Survey.objects.exclude(pk=dropped.pk).get()
    assert (made.state, made.groups.count()) == (SurveyState.DRAFT, 2)


# --- who -------------------------------------------------------------------------------------------------------------
def test_clerk_reads_and_is_offered_nothing_to_run(agency, sign_in):
    survey = asked.survey(agency)
    text = text_of(sign_in(Role.CLERK), page(survey))
    for name in ("survey_close", "survey_drop", "survey_extend", "survey_copy"):
        assert page(survey, name) not in text
    assert not re.search(r"<form[^>]*method=\"post\"[^>]*surveys", text)


# --- home -----------------------------------------------------------------------------------------------------------
def test_tasks_tell_what_is_to_be_counted_extended_or_closed(agency):
    ready, few = asked.survey(agency), asked.survey(agency)
    answered(ready, 5)
    asked.over(ready)
    asked.over(few)
    practice = asked.survey(agency, kind=Kind.PRACTICE_EIT)
    entered(agency, "survey-external", *around(3))
    lost = asked.survey(agency)
    keys.destroy(lost.recipient)
    tasks = list(tasks_of(system_scope(agency)))
    assert {one.address for one in tasks} == {
        page(lost, "survey_key"),
        page(ready, "survey_count"),
        page(few),
        page(practice),
    }
    assert all(one.what and one.why and one.do for one in tasks)
