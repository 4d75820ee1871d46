"""A closed agency: nobody comes in, nothing is lost, the doors say so, and it opens again."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from prongsai.web.agencies import accounts, journal
from prongsai.web.agencies.models import Agency, AuditEntry, Person
from prongsai.web.agencies.queries import agencies_of, scope_of
from prongsai.web.agencies.roles import Role
from prongsai.web.agencies.scope import system_scope
from prongsai.web.directory.scope import Installation
from prongsai.web.directory.services.making import close_agency, reopen_agency
from prongsai.web.surveys.services import running, texts
from tests.web import objects_surveys, office
from tests.web.directory.conftest import link

pytestmark = pytest.mark.django_db


def test_nobody_enters_a_closed_agency_and_everybody_again_once_it_is_open(
    agency: Agency, installation: Installation, sign_in
):
    clerk = sign_in(Role.CLERK)
    user = office.user(agency, Role.CLERK)
    close_agency(installation, agency=agency)
    assert clerk.get(f"/{agency.code}/").status_code == 404
    assert (scope_of(user, agency.code), list(agencies_of(user)), accounts.may_enter(user)) == (None, [], False)
    reopen_agency(installation, agency=agency)
    assert clerk.get(f"/{agency.code}/").status_code == 200
    assert accounts.may_enter(user)


def test_sign_in_is_refused_while_it_is_closed(agency: Agency, installation: Installation):
    close_agency(installation, agency=agency)
    who = office.user(agency, Role.CLERK)
    answer = Client().post(reverse("account_login"), {"login": who.username, "password": office.PASSWORD}, follow=True)
    page = answer.content.decode()
    assert "เข้าระบบไม่ได้" in page and "หน่วยงานปิดการใช้งาน" in page
    who.refresh_from_db()
    assert who.is_active


def test_who_is_also_of_another_agency_still_comes_in(agency: Agency, other_agency: Agency, installation: Installation):
    user = office.user(agency, Role.CLERK)
    there = Person.objects.create(agency=other_agency, given_name="จันทร์")
    user.memberships.create(agency=other_agency, person=there)
    close_agency(installation, agency=agency)
    assert [one.code for one in agencies_of(user)] == [other_agency.code]
    assert accounts.may_enter(user)


def test_account_page_of_who_was_signed_in_says_why(agency: Agency, installation: Installation, sign_in):
    clerk = sign_in(Role.CLERK)
    close_agency(installation, agency=agency)
    page = clerk.get(reverse("account")).content.decode()
    assert "หน่วยงานนี้ปิดการใช้งานตั้งแต่" in page and f'href="/{agency.code}/"' not in page


def test_invitations_of_a_closed_agency_let_nobody_in(agency: Agency, installation: Installation, scope):
    person = Person.objects.create(agency=agency, given_name="ใหม่")
    token = accounts.invite(scope(Role.ADMIN), person=person, link=lambda token: token).address
    close_agency(installation, agency=agency)
    assert accounts.open_invitation(token) is None
    reopen_agency(installation, agency=agency)
    assert accounts.open_invitation(token) is not None


@pytest.mark.parametrize("route", ["report_start", "report_public", "report_staff", "report_follow"])
def test_forms_for_the_public_say_that_nobody_would_read_them(agency: Agency, installation: Installation, route: str):
    close_agency(installation, agency=agency)
    answer = Client().get(reverse(route, args=[agency.code]))
    assert answer.status_code == 410 and "ไม่มีใครเปิดอ่านเรื่องที่ส่งทางนี้" in answer.content.decode()


def test_form_of_a_register_for_outsiders_is_closed_with_its_words(agency: Agency, installation: Installation):
    close_agency(installation, agency=agency)
    answer = Client().get(reverse("registers:track", args=[agency.code]))
    assert answer.status_code == 404 and "ปิดการใช้งานในระบบนี้แล้ว" in answer.content.decode()


def test_survey_of_a_closed_agency_takes_no_answers(agency: Agency, installation: Installation):
    system = system_scope(agency)
    survey = running.make_survey(
        system,
        questionnaire=texts.take(system, id=objects_surveys.LIBRARY),
        title="ประเมินการอบรม",
        closes_at=timezone.now() + timedelta(days=9),
        fiscal_year_be=2570,
    )
    running.open_survey(system, survey=survey)
    address = reverse("survey_ask", args=[agency.code, survey.address])
    assert Client().get(address).status_code == 200
    close_agency(installation, agency=agency)
    assert Client().get(address).status_code == 404


def test_closing_asks_first_and_stands_in_both_journals(client: Client, agency: Agency):
    address = f"/installation/agencies/{agency.code}/close/"
    assert "ข้อมูลทั้งหมดยังอยู่" in client.get(address).content.decode()
    agency.refresh_from_db()
    assert agency.closed_on is None
    done = client.post(address, follow=True).content.decode()
    assert "ไม่มีใครเข้าระบบของหน่วยงานนี้ได้" in done
    client.post(f"/installation/agencies/{agency.code}/reopen/")
    agency.refresh_from_db()
    assert agency.closed_on is None
    for where in (agency, None):
        assert set(AuditEntry.objects.filter(agency=where).values_list("action", flat=True)) >= {
            "agency.close",
            "agency.reopen",
        }
        assert list(journal.broken(where)) == []


def test_closing_twice_and_opening_what_is_open_are_refused(agency: Agency, installation: Installation):
    with pytest.raises(ValidationError):
        reopen_agency(installation, agency=agency)
    close_agency(installation, agency=agency)
    with pytest.raises(ValidationError):
        close_agency(installation, agency=agency)


def test_public_site_of_a_closed_agency_stays(agency: Agency, installation: Installation, settings):
    page = Path(settings.SITES_FOLDER) / agency.code / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text("<p>เว็บสาธารณะ", encoding="utf-8")
    close_agency(installation, agency=agency)
    answer = Client().get(f"/public/{agency.code}/")
    assert b"".join(answer.streaming_content).decode() == "<p>เว็บสาธารณะ"


def test_first_person_of_a_closed_agency_is_not_invited(installation: Installation, client: Client):
    made = Agency.objects.create(code="06160101", name="ก", kind="tao", province="ลพบุรี")
    close_agency(installation, agency=made)
    answer = client.post("/installation/agencies/06160101/invite/", {"person": "นายเอก มาแทน", "post": "ปลัด"})
    assert answer.status_code == 422
    assert link("x") and not made.invitations.exists()
