"""Pages of codes, mail and posters."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from prongsai.documents.write.pdf import slips as pdf
from prongsai.web.agencies.models import Agency, Person
from prongsai.web.agencies.roles import Role
from prongsai.web.surveys.models import Batch, Code
from prongsai.web.surveys.services import running
from prongsai.web.surveys.services.codes import make_batch
from prongsai.web.surveys.tokens import digest, read_code
from tests.web.agencies.pages import inline_parts
from tests.web.surveys import asked


def at(route: str, survey, *more) -> str:
    return reverse(route, args=[survey.agency.code, survey.pk, *more])


def test_page_asks_the_same_number_of_questions_however_many_batches(
    agency: Agency, system, sign_in, django_assert_num_queries
):
    survey = asked.survey(agency)
    coordinator = sign_in(Role.COORDINATOR)
    coordinator.get(at("survey_codes", survey))
    for count in (1, 2):
        for _ in range(count):
            make_batch(system, survey=survey, group=survey.groups.last(), size=5)
        with django_assert_num_queries(11):
            page = coordinator.get(at("survey_codes", survey))
    assert len(page.context["batches"]) == 3 and inline_parts(page.content.decode()) == []


def test_slips_are_shown_once_with_the_code_behind_the_mark(agency: Agency, sign_in):
    survey = asked.survey(agency)
    group = survey.groups.first()
    coordinator = sign_in(Role.COORDINATOR)
    page = coordinator.post(at("survey_codes_make", survey), {"group": group.pk, "size": "๖", "form": "page"})
    html = page.content.decode()
    shown = [read_code(one) for one in re.findall(r'"slip-code">([\d ]+)<', html)]
    assert page.status_code == 200 and inline_parts(html) == []
    assert {digest(survey.pk, one) for one in shown} == set(Code.objects.values_list("digest", flat=True))
    assert (
        len(shown) == 6
        and f"/ask/{group.address}/" in html.replace("<wbr>", "")
        and "no-store" in page["Cache-Control"]
    )
    assert not [one for one in shown if one in str(dict(coordinator.session))]
    assert coordinator.get(at("survey_codes_make", survey)).status_code == 405


def test_slips_are_a_pdf_that_is_not_kept(agency: Agency, sign_in, monkeypatch):
    monkeypatch.setattr(pdf, "render_slips_apart", pdf.render_slips)  # a process of its own takes seconds to begin
    survey = asked.survey(agency)
    answer = sign_in(Role.COORDINATOR).post(at("survey_codes_make", survey), {"size": "9", "form": "pdf"})
    assert answer.content.startswith(b"%PDF") and "no-store" in answer["Cache-Control"]
    assert answer["Content-Disposition"].startswith("attachment") and Batch.objects.get().size == 9


def test_codes_go_again_when_their_pdf_cannot_be_made(agency: Agency, sign_in, monkeypatch):
    from concurrent.futures.process import BrokenProcessPool

    def ended(*_given: object) -> bytes:
        raise BrokenProcessPool

    monkeypatch.setattr(pdf, "render_slips_apart", ended)
    survey = asked.survey(agency)
    answer = sign_in(Role.COORDINATOR).post(at("survey_codes_make", survey), {"size": "9", "form": "pdf"}, follow=True)
    assert "ทำ PDF ไม่สำเร็จ" in answer.content.decode() and not Batch.objects.exists()


@pytest.mark.parametrize("size", ["4", "1001", "", "มาก"])
def test_wrong_number_is_told_beside_its_field(agency: Agency, sign_in, size):
    survey = asked.survey(agency)
    page = sign_in(Role.COORDINATOR).post(at("survey_codes_make", survey), {"size": size})
    assert page.status_code == 422 and page.context["form"].errors["size"] and not Batch.objects.exists()


def test_void_is_asked_and_stale_is_told(agency: Agency, system, sign_in):
    survey = asked.survey(agency)
    batch, _codes = make_batch(system, survey=survey, group=None, size=5)
    coordinator = sign_in(Role.COORDINATOR)
    stale = coordinator.post(at("survey_codes_void", survey, batch.pk), {"version": "7"}, follow=True)
    assert "มีผู้อื่นแก้ไข" in stale.content.decode() and not Batch.objects.get().is_void
    done = coordinator.post(at("survey_codes_void", survey, batch.pk), {"version": batch.version}, follow=True)
    assert "ยกเลิกที่เหลือแล้ว" in done.content.decode() and Batch.objects.get().is_void
    assert coordinator.post(at("survey_codes_void", asked.survey(agency), batch.pk)).status_code == 404


def test_mail_page_takes_pasted_addresses_and_staff_and_tells_once_who_was_not_reached(
    agency: Agency, sign_in, mailoutbox
):
    survey = asked.survey(agency)
    Person.objects.filter(agency=agency).update(email="")
    person = Person.objects.filter(agency=agency).first()
    Person.objects.filter(pk=person.pk).update(email="staff@example.org")
    coordinator = sign_in(Role.COORDINATOR)
    pasted = "\n".join(f"resident{n}@example.org" for n in range(4))
    few = coordinator.post(at("survey_codes_mail", survey), {"addresses": pasted})
    assert few.status_code == 422 and pasted in few.content.decode() and "no-store" in few["Cache-Control"]
    page = coordinator.post(at("survey_codes_mail", survey), {"addresses": pasted, "everybody": "on"})
    assert page.status_code == 200 and "ส่งให้เซิร์ฟเวอร์อีเมลแล้ว ๕ ฉบับ" in page.content.decode()
    assert sorted(one.to[0] for one in mailoutbox) == sorted([*pasted.split(), "staff@example.org"])
    assert all(f"/ask/{survey.address}/#" in one.body for one in mailoutbox)
    assert (
        "example.org"
        not in str(dict(coordinator.session)) + coordinator.get(at("survey_codes", survey)).content.decode()
    )
    reminded = coordinator.post(at("survey_remind", survey), {"addresses": pasted, "people": [person.pk]})
    assert reminded.status_code == 200 and len(mailoutbox) == 10


def test_posters_lead_to_each_group_and_there_are_none_without_a_link(agency: Agency, sign_in):
    survey, coded = asked.survey(agency), asked.survey(agency, has_link=False)
    group = survey.groups.first()
    clerk = sign_in(Role.CLERK)
    page = clerk.get(at("survey_posters", survey)).content.decode()
    assert page.count('class="qr"') == 3 and inline_parts(page) == []
    assert f"http://testserver/{agency.code}/ask/{group.address}/" in page
    every = clerk.get(at("survey_posters_file", survey, "html")).content.decode()
    assert every.count("Scan to answer") == 3 and "งานทะเบียน" in every
    one = clerk.get(at("survey_posters_file", survey, "pdf") + f"?group={group.pk}")
    assert one.content.startswith(b"%PDF")
    assert clerk.get(at("survey_posters_file", survey, "html") + "?group=999999").status_code == 404
    assert "ไม่มีลิงก์เปิด" in clerk.get(at("survey_posters", coded)).content.decode()
    assert clerk.get(at("survey_posters_file", coded, "pdf")).status_code == 404


def test_closed_survey_makes_no_codes(agency: Agency, system, sign_in):
    survey = asked.survey(agency)
    running.close_survey(system, survey=survey)
    coordinator = sign_in(Role.COORDINATOR)
    assert "survey_codes_make" not in coordinator.get(at("survey_codes", survey)).content.decode()
    assert coordinator.post(at("survey_codes_make", survey), {"size": "5"}).status_code == 422
    assert not Batch.objects.exists()


def test_codes_are_for_who_runs_the_year_of_that_agency(agency: Agency, other_agency: Agency, sign_in):
    survey = asked.survey(agency)
    for client in (sign_in(Role.CLERK), sign_in(Role.COORDINATOR, of=other_agency)):
        for route in ("survey_codes", "survey_codes_mail", "survey_remind"):
            assert client.get(at(route, survey)).status_code == 404
        assert client.post(at("survey_codes_make", survey), {"size": "5"}).status_code == 404
    assert not Batch.objects.exists()
