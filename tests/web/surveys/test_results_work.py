"""What is made of results: findings of the open cycle, the satisfaction report, evidence."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from prongsai.documents.plain import plain
from prongsai.documents.read import read_content
from prongsai.questionnaires.model import Kind
from prongsai.reports.forms import satisfaction_report
from prongsai.reports.forms.satisfaction_report import NO_DATA_TH, SCALE_TH
from prongsai.reports.forms.signing import NOBODY
from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.roles import Role
from prongsai.web.cycles.models import CycleState, ElementEvidence, Finding, FindingState, ItemState
from prongsai.web.cycles.queries import framework_of
from prongsai.web.cycles.services.opening import open_cycle
from prongsai.web.evidence.models import Evidence
from prongsai.web.surveys.models import Aside, Survey
from prongsai.web.surveys.queries.proofs import SATISFACTION
from prongsai.web.surveys.queries.report import NotReportable, report_of
from prongsai.web.surveys.services.hiding import hide_text
from tests.web.surveys import asked, counted

pytestmark = pytest.mark.django_db
WITH_ITEM = "ita-2565"


@pytest.fixture
def client(sign_in) -> Client:
    return sign_in(Role.COORDINATOR)


def address(route: str, survey: Survey) -> str:
    return reverse(route, args=[survey.agency.code, survey.pk])


def served(agency: Agency, *, year_be: int = 2570, grouping: str = "service", said: str = "") -> Survey:
    survey = counted.opened(agency, counted.service_text(), ["งานทะเบียน", "งานภาษี"], year_be=year_be, grouping=grouping)
    groups = list(survey.groups.all())
    sheets = [counted.service_sheet(2 if place % 4 else 5, said=said) for place in range(16)]
    return counted.counted(survey, [(sheet, groups[place % 2]) for place, sheet in enumerate(sheets)])


# --- findings -------------------------------------------------------------------------------------------------------
def test_weak_line_becomes_a_finding_that_says_where_it_comes_from(agency: Agency, system, client: Client):
    cycle = open_cycle(system, framework_id=counted.FRAMEWORK)
    survey = served(agency)
    shown = client.get(address("survey_findings", survey)).content.decode()
    assert "เจ้าหน้าที่สุภาพ" in shown
    assert "สถานที่สะอาด" not in shown  # 4.00 is no less than 3.51
    posted = {"below": "3.51", "cycle": cycle.pk, "key": ["line:polite", "line:clean"]}
    assert client.post(address("survey_findings", survey), posted).status_code == 302
    (found,) = Finding.objects.filter(cycle=cycle)
    assert (found.state, found.score) == (FindingState.OPEN, None)
    assert found.source["survey"] == survey.pk
    assert all(one in found.advice for one in (survey.title, "เจ้าหน้าที่สุภาพ", "ค่าเฉลี่ย ๒.๗๕ จาก ๕", "n = ๑๖ คน"))
    again = client.post(address("survey_findings", survey), posted)
    assert (again.status_code, Finding.objects.count()) == (422, 1)
    assert "ทำเป็นประเด็นแล้ว" in again.content.decode()


def test_practice_proposes_indicators_and_names_no_group(agency: Agency, system, client: Client):
    cycle = open_cycle(system, framework_id=counted.FRAMEWORK)
    survey = counted.opened(agency, counted.practice_text(), ["กองคลัง", "กองช่าง"])
    groups = list(survey.groups.all())
    sheets = [counted.practice_sheet({"duty": 3}) for _ in range(12)]
    counted.counted(survey, [(sheet, groups[place % 2]) for place, sheet in enumerate(sheets)])
    shown = client.get(address("survey_findings", survey)).content.decode()
    assert "กองคลัง" not in shown
    posted = {"below": "85", "cycle": cycle.pk, "key": ["indicator:duty", "indicator:budget-use"]}
    client.post(address("survey_findings", survey), posted)
    (found,) = Finding.objects.filter(cycle=cycle)
    assert (found.indicator, found.source["n"], found.unit) == ("1", 12, None)
    assert "ไม่ใช่คะแนนทางการ" in found.advice


def test_threshold_is_the_coordinators_and_has_to_be_one(agency: Agency, system, client: Client):
    cycle = open_cycle(system, framework_id=counted.FRAMEWORK)
    survey = served(agency)
    shown = client.get(address("survey_findings", survey), {"below": "4.01", "cycle": cycle.pk}).content.decode()
    assert "สถานที่สะอาด" in shown
    assert client.get(address("survey_findings", survey), {"below": "มาก", "cycle": cycle.pk}).status_code == 200
    posted = {"below": "7", "cycle": cycle.pk, "key": "line:polite"}
    assert client.post(address("survey_findings", survey), posted).status_code == 422
    cycle.state = CycleState.CLOSED
    cycle.save()
    assert client.post(address("survey_findings", survey), posted | {"below": "3.51"}).status_code == 422
    assert not Finding.objects.exists()


# --- the report -----------------------------------------------------------------------------------------------------
def test_report_says_what_the_page_says_and_is_read_back_equal(agency: Agency):
    record = report_of(served(agency), reporter=NOBODY, improvements=["เพิ่มที่จอดรถ"])
    assert (record.respondents, str(record.mean), str(record.sd)) == (16, "3.75", "0.77")
    assert [(one.name, str(one.mean), one.n) for one in record.aspects] == [
        ("ด้านเจ้าหน้าที่", "3.38", 16), ("ด้านสถานที่", "4.00", 16), ("พอใจในภาพรวม", "4.00", 16),
    ]  # fmt: skip
    assert [(one.name, one.n) for one in record.services] == [("งานทะเบียน", 8), ("งานภาษี", 8)]
    assert record.units == ()
    document = plain(satisfaction_report.compose(record))
    lines = [block.text for block in document.paragraphs()]
    assert any("๑ ถึง ๕" in line for line in lines)
    found, problems = satisfaction_report.recognise(document)
    assert (found, [one.code for one in problems if one.code != "FORM_VALUE_MISSING"]) == (record, [])


def test_report_is_per_unit_where_groups_are_units(agency: Agency):
    record = report_of(served(agency, grouping="unit"), reporter=NOBODY)
    assert ([one.name for one in record.units], record.services) == (["งานทะเบียน", "งานภาษี"], ())


def test_scale_is_printed_even_of_nobody():
    nobody = satisfaction_report.PAPER.from_json(
        satisfaction_report.to_json(satisfaction_report.sample())
        | {"respondents": 0, "mean": None, "sd": None, "groups": [], "aspects": [], "services": [], "units": []}
    )
    lines = [block.text for block in satisfaction_report.compose(nobody).paragraphs()]
    assert NO_DATA_TH in lines
    assert any("มาตรวัด" in line for line in lines)
    assert "มาตรวัด" in SCALE_TH


def test_comments_are_words_of_many_unless_texts_are_chosen(agency: Agency, system):
    survey = served(agency, said="ที่จอดรถน้อย โทร 081-234-5678")
    words = report_of(survey, reporter=NOBODY).comments
    assert len(words) == 1
    assert "ที่จอดรถ (๑๖ ข้อความ)" in words[0]
    hide_text(system, aside=Aside.objects.filter(is_text=True)[0], is_hidden=True)
    texts = report_of(survey, reporter=NOBODY, with_texts=True).comments
    assert len(texts) == 15
    assert not any("5678" in one for one in texts)


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_report_is_given_in_word_and_pdf(agency: Agency, client: Client, form: str):
    survey = served(agency)
    answer = client.post(address("survey_report", survey), {"form": form, "improvements": "เพิ่มที่จอดรถ"})
    assert answer.status_code == 200
    found, _problems = satisfaction_report.recognise(read_content(answer.content, f"paper.{form}"))
    assert (found.respondents, str(found.mean), found.improvements) == (16, "3.75", ("เพิ่มที่จอดรถ",))
    assert found.reporter.name
    assert not Evidence.objects.exists()


def test_preview_is_a_page_that_runs_nothing(agency: Agency, client: Client):
    survey = served(agency)
    assert client.get(address("survey_report", survey)).status_code == 200
    paper = client.get(address("survey_report", survey), {"form": "html"})
    assert "sandbox" in paper["Content-Security-Policy"]
    assert "ความพึงพอใจในภาพรวม" in paper.content.decode()
    assert client.post(address("survey_report", survey), {"improvements": "\n".join("ก" * 21)}).status_code == 422


def test_other_surveys_have_no_such_report(agency: Agency, client: Client):
    practice = counted.opened(agency, counted.practice_text())
    counted.counted(practice, [(counted.practice_sheet({}), None) for _ in range(6)])
    for survey in (practice, asked.survey(agency, kind=Kind.SATISFACTION)):
        with pytest.raises(NotReportable):
            report_of(survey, reporter=NOBODY)
        assert client.get(address("survey_report", survey)).status_code == 302


# --- evidence -------------------------------------------------------------------------------------------------------
def test_report_is_kept_as_evidence_of_the_item_that_asks_for_it(agency: Agency, system, client: Client, sign_in):
    cycle = open_cycle(system, framework_id=WITH_ITEM)
    item = ItemState.objects.get(cycle=cycle, key=SATISFACTION)
    known = framework_of(cycle).item_by_key(SATISFACTION)
    assert known is not None
    year_be = cycle.fiscal_year_be + (known.content_year or 0)
    survey = served(agency, year_be=year_be)
    assert sign_in(Role.OFFICER).post(address("survey_report_keep", survey)).status_code == 404
    assert client.post(address("survey_report_keep", survey)).status_code == 302
    assert Evidence.objects.count() == 2
    proofs = ElementEvidence.objects.filter(element__item=item)
    assert proofs.count() == item.elements.count() > 0
    (first,) = {one.evidence for one in proofs}
    assert first.title.endswith("(PDF)")
    client.post(address("survey_report_keep", survey), {"improvements": "เพิ่มที่จอดรถ"})
    (newer,) = {one.evidence for one in ElementEvidence.objects.filter(element__item=item)}
    assert newer.revision_of == first
    client.post(address("survey_report_keep", survey), {"improvements": "เพิ่มที่จอดรถ"})
    assert Evidence.objects.count() == 4  # the same paper again is no news


def test_without_such_an_item_it_is_only_kept(agency: Agency, system, client: Client):
    open_cycle(system, framework_id=counted.FRAMEWORK)
    survey = served(agency)
    assert client.post(address("survey_report_keep", survey)).status_code == 302
    assert (Evidence.objects.count(), ElementEvidence.objects.count()) == (2, 0)
