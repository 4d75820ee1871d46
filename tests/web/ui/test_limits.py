import pytest
from django.test import Client

from prongsai.web.agencies.roles import Role
from prongsai.web.ui.limits import MEGABYTE

pytestmark = pytest.mark.django_db


def test_stranger_sends_no_more_than_a_form(agency):
    answer = Client().post("/account/login/", {"login": "x" * (MEGABYTE + 10), "password": "y"})
    assert answer.status_code == 413


def test_nobody_sends_more_than_a_form_of_files(agency, sign_in, settings):
    settings.MAX_UPLOAD_MB = 0
    client = sign_in(Role.COORDINATOR)
    assert client.post(f"/{agency.code}/intake/upload/", {"files": "x"}).status_code == 413


def test_refusals_are_told_in_thai(agency, sign_in):
    page = sign_in(Role.COUNCIL).get(f"/{agency.code}/journal/")
    assert (page.status_code, "ไม่พบหน้านี้" in page.content.decode()) == (404, True)
    strict = Client(enforce_csrf_checks=True)
    refused = strict.post("/account/login/", {"login": "ก", "password": "ข"})
    assert (refused.status_code, "ยังไม่ได้บันทึกอะไร" in refused.content.decode()) == (403, True)
