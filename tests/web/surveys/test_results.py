"""The page of results: what it tells and when, narrowed, beside others, as files; answers in words."""

from __future__ import annotations

import csv
import io
import json

import pytest
from django.test import Client
from django.urls import reverse

from prongsai.questionnaires.sheet import Sheet
from prongsai.web.agencies.models import Agency, AuditEntry
from prongsai.web.agencies.roles import Role
from prongsai.web.cycles.models import ScoreKind, ScoreSnapshot
from prongsai.web.cycles.services.opening import open_cycle
from prongsai.web.surveys.models import Aside, Survey
from prongsai.web.surveys.queries import told as told_queries
from prongsai.web.surveys.queries.comparisons import practice_of
from prongsai.web.surveys.queries.results import board_of
from tests.web.surveys import asked, counted

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(sign_in) -> Client:
    return sign_in(Role.COORDINATOR)


def page(client: Client, survey: Survey, **query: object) -> str:
    answer = client.get(reverse("survey_results", args=[survey.agency.code, survey.pk]), query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def export(client: Client, survey: Survey, form: str, **query: object) -> bytes:
    answer = client.get(reverse("survey_results_export", args=[survey.agency.code, survey.pk, form]), query)
    assert answer.status_code == 200
    return answer.content


def services(agency: Agency, *, is_monthly: bool = False) -> Survey:
    return counted.opened(agency, counted.service_text(), ["งานทะเบียน", "งานภาษี"], is_monthly=is_monthly)


# --- what it tells --------------------------------------------------------------------------------------------------
def test_before_a_count_it_says_why_there_is_nothing_and_how_many_answered(agency: Agency, client: Client):
    survey = services(agency)
    counted.answer(survey, [(sheet, None) for sheet in counted.many(7)])
    shown = page(client, survey)
    assert "ตอบแล้ว ๗ ชุด" in shown
    assert "ปิดผนึก" in shown
    assert "ค่าเฉลี่ย" not in shown
    answer = client.get(reverse("survey_results_export", args=[agency.code, survey.pk, "csv"]))
    assert answer.status_code == 302


@pytest.mark.parametrize("has_link", [True, False])
def test_an_open_link_is_named_since_it_may_count_somebody_twice(agency: Agency, client: Client, has_link: bool):
    survey = services(agency)
    counted.counted(survey, [(sheet, None) for sheet in counted.many(12)])
    Survey.objects.filter(pk=survey.pk).update(has_link=has_link)
    assert ("ผู้หนึ่งอาจตอบได้มากกว่าหนึ่งครั้ง" in page(client, survey)) is has_link


def test_scale_and_n_stand_beside_every_mean(agency: Agency, client: Client):
    survey = services(agency)
    groups = list(survey.groups.all())
    counted.counted(survey, [(sheet, groups[place % 2]) for place, sheet in enumerate(counted.many(20))])
    shown = page(client, survey)
    assert "มาตรวัด ๑ ถึง ๕ · n ๒๐" in shown
    assert shown.count("ในมาตรวัด ๑ ถึง ๕") == shown.count("n ๒๐ จากผู้ตอบ ๒๐ คน") == 5
    assert "จาก ๑๐๐ คน ร้อยละ ๒๐.๐๐" in shown
    assert shown.count("<svg") == shown.count("<desc>") > 6
    board = board_of(survey)
    means = {one.line.key: str(one.measure.mean) for one in board.whole.results.figures if one.measure}
    assert means == {"polite": "4.25", "able": "4.00", "clean": "4.00", "noise": "4.00", "whole": "4.00"}
    assert [(one.key, str(one.measure.mean)) for one in board.whole.results.aspects if one.measure] == [
        ("staff", "4.13"),
        ("place", "4.00"),
    ]


def test_narrowing_adds_up_to_the_whole(agency: Agency):
    survey = services(agency, is_monthly=True)
    first, second = survey.groups.all()
    low, high = counted.many(6, [2]), counted.many(5, [5])
    counted.counted(
        survey,
        [(one, first) for one in low] + [(one, second) for one in high],
        [(one, first) for one in high] + [(one, None) for one in low],
    )
    parts = {part.name: part.results.base for part in board_of(survey).parts}
    assert parts == {"งานทะเบียน": 11, "งานภาษี": 5, "ไม่ระบุกลุ่ม และกลุ่มเล็กรวมกัน": 6}
    of_first = board_of(survey, group=str(first.pk))
    assert (of_first.narrowing.group, of_first.whole.results.base, of_first.parts) == (str(first.pk), 11, ())
    month = board_of(survey, group=str(first.pk), count=2).whole.results.figure("polite").measure
    assert month is not None
    assert (month.n, str(month.mean)) == (5, "5.00")
    assert board_of(survey, group="999999", count=77).narrowing.group == ""


def test_group_with_few_is_told_only_with_the_rest(agency: Agency, client: Client):
    survey = services(agency)
    first, second = survey.groups.all()
    given = [(one, first) for one in counted.many(9)] + [(one, second) for one in counted.many(3, [1])]
    counted.counted(survey, [*given, *((one, None) for one in counted.many(4))])
    shown = page(client, survey)
    assert "งานทะเบียน" in shown
    assert "งานภาษี" not in shown
    assert board_of(survey).groups.keys() == {str(first.pk), "rest"}


def test_practice_has_no_groups_whatever_is_stored(agency: Agency, client: Client):
    survey = counted.opened(agency, counted.practice_text(), ["กองคลัง", "กองช่าง"])
    groups = list(survey.groups.all())
    counted.counted(survey, [(counted.practice_sheet({}), groups[place % 2]) for place in range(12)])
    shown = page(client, survey, group=groups[0].pk)
    assert "กองคลัง" not in shown
    assert "ไม่ใช่คะแนนทางการ" in shown
    assert b"\xe0\xb8\x81\xe0\xb8\xad\xe0\xb8\x87\xe0\xb8\x84\xe0\xb8\xa5\xe0\xb8\xb1\xe0\xb8\x87" not in export(
        client, survey, "csv"
    )
    assert board_of(survey, group="rest").parts == ()


# --- beside others --------------------------------------------------------------------------------------------------
def test_practice_stands_beside_the_latest_official_result(agency: Agency, system, client: Client):
    cycle = open_cycle(system, framework_id=counted.FRAMEWORK)
    scores = {"1": 81.5, "2": 90}
    ScoreSnapshot.objects.create(
        cycle=cycle, kind=ScoreKind.OFFICIAL, given={}, result={"indicators": scores, "problems": []}
    )
    survey = counted.opened(agency, counted.practice_text())
    sheets = [counted.practice_sheet({"duty": 3}) for _ in range(6)]
    counted.counted(survey, [(one, None) for one in sheets])
    found = practice_of(survey, board_of(survey).whole.results)
    assert found is not None
    duty, budget = found.indicators[:2]
    assert (str(duty.practice.score), str(duty.official), str(duty.difference)) == ("50.00", "81.5", "-31.50")
    assert (str(budget.practice.score), str(budget.difference)) == ("100.00", "10.00")
    assert (str(found.score), found.official_year_be) == ("90.00", 2569)
    shown = page(client, survey)
    assert "ไม่ใช่การทำนายคะแนนทางการ" in shown
    assert ScoreSnapshot.objects.count() == 1  # nothing of practice is kept beside it


def test_earlier_surveys_of_the_same_questionnaire_are_told(agency: Agency, client: Client):
    before = counted.opened(agency, counted.service_text(), year_be=2569)
    counted.counted(before, [(one, None) for one in counted.many(6, [3])])
    survey = counted.opened(agency, counted.service_text(), year_be=2570, kept=before.questionnaire)
    counted.counted(survey, [(one, None) for one in counted.many(6, [5])])
    shown = page(client, survey)
    assert reverse("survey_results", args=[agency.code, before.pk]) in shown
    assert "ผลการสำรวจแต่ละปี" in shown
    assert "เทียบกับครั้งก่อน" not in page(client, before)


# --- files ----------------------------------------------------------------------------------------------------------
def test_exports_tell_the_same_and_no_words(agency: Agency, client: Client):
    survey = services(agency)
    sheets = [counted.service_sheet(4, said="คำลับของผู้ตอบ") for _ in range(8)]
    counted.counted(survey, [(one, None) for one in sheets])
    table = list(csv.DictReader(io.StringIO(export(client, survey, "csv").decode("utf-8-sig"))))
    told = json.loads(export(client, survey, "json"))
    assert len(table) == len(told["rows"])
    (mean,) = [row for row in told["rows"] if row["key"] == "polite" and row["item"] == "ค่าเฉลี่ย"]
    assert (mean["n"], mean["base"], mean["mean"], mean["scale"], mean["band"]) == (8, 8, "4.00", "1–5", "มาก")
    assert export(client, survey, "xlsx").startswith(b"PK")
    assert "คำลับ" not in json.dumps(told, ensure_ascii=False) + str(table)
    assert (told["is_official"], told["received"]) == (False, 8)


def test_other_forms_and_strangers_are_not_found(agency: Agency, other_agency: Agency, client: Client):
    survey = services(agency)
    address = reverse("survey_results_export", args=[agency.code, survey.pk, "docx"])
    assert client.get(address).status_code == 404
    theirs = services(other_agency)
    assert client.get(reverse("survey_results", args=[agency.code, theirs.pk])).status_code == 404


# --- words ----------------------------------------------------------------------------------------------------------
def test_words_of_many_are_counted_and_texts_are_masked_and_hidden(agency: Agency, client: Client, sign_in):
    survey = services(agency)
    said = ["ที่จอดรถน้อย"] * 5 + ["เก้าอี้ไม่พอ"] * 4 + ["ขอชม นายสมชาย ใจดี โทร 081-234-5678"]
    counted.counted(survey, [(counted.service_sheet(4, said=one), None) for one in said])
    shown = page(client, survey)
    assert "ที่จอดรถ ๕" in shown
    assert "เก้าอี้ ๔" not in shown
    assert "5678" not in shown
    assert "อาจมีชื่อบุคคล" in shown
    aside = next(one for one in Aside.objects.filter(is_text=True) if "สมชาย" in one.value)
    address = reverse("survey_text_hide", args=[agency.code, survey.pk, aside.pk])
    assert sign_in(Role.OFFICER).post(address).status_code == 404
    assert client.post(address).status_code == 302
    assert "สมชาย" not in page(sign_in(Role.OFFICER), survey)
    assert "ซ่อนไว้" in page(client, survey)
    line = AuditEntry.objects.get(action="survey.text.hide")
    assert "สมชาย" not in str(line.changes) + line.subject_text
    client.post(address, {"show": "1"})
    assert "สมชาย" in page(sign_in(Role.OFFICER), survey)


# --- how it is read -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("rounds", [1, 3])
def test_page_asks_as_often_for_one_count_as_for_three(
    agency: Agency, client: Client, django_assert_num_queries, rounds: int
):
    survey = services(agency, is_monthly=True)
    groups = list(survey.groups.all())
    given = [(sheet, groups[place % 2]) for place, sheet in enumerate(counted.many(12))]
    counted.counted(survey, *([given] * rounds))
    address = reverse("survey_results", args=[agency.code, survey.pk])
    with django_assert_num_queries(18):
        client.get(address)
    with django_assert_num_queries(15):  # what was counted is kept
        client.get(address)


def test_counts_are_told_though_only_one_is_kept(agency: Agency, monkeypatch: pytest.MonkeyPatch):
    survey = services(agency, is_monthly=True)
    given = [(Sheet(sheet.rated, {}, {"said": "ที่จอดรถน้อย"}), None) for sheet in counted.many(6)]
    monkeypatch.setattr(told_queries, "KEPT_MAX", 1)
    for number in (1, 2):  # the first is kept when the second is looked up, and goes for it
        counted.counted(survey, given)
        assert [one.number for one in told_queries.counted_of(survey)] == list(range(1, number + 1))
        assert all(told_queries.worded_of(survey)[each] for each in range(1, number + 1))


def test_figures_hold_for_every_type_of_question(agency: Agency):
    survey = asked.survey(agency)
    rated = {"s1": "1", "why": ["slow", "rude"], "place": {"seat": "5", "noise": "1"}}
    others = {f"s{n}": "3" for n in range(2, asked.RATED + 1)}
    counted.counted(survey, [(Sheet(rated | others), None) for _ in range(6)])
    results = board_of(survey).whole.results
    assert {key: results.figure(key).spread.opinions for key in ("s1", "why", "place.seat", "place.noise")} == {  # type: ignore[union-attr]
        "s1": 6, "why": 6, "place.seat": 6, "place.noise": 6
    }  # fmt: skip
    noise = results.figure("place.noise").measure
    assert noise is not None
    assert str(noise.mean) == "5.00"
