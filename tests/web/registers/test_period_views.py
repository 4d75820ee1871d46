from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from prongsai.web.agencies.roles import Role
from prongsai.web.registers import services
from prongsai.web.registers.models import PeriodClose
from prongsai.web.registers.queries.periods import occurrences_of

TODAY = date(2026, 2, 16)


@pytest.fixture(autouse=True)
def monday(monkeypatch):
    """A Monday of fiscal year 2569."""
    monkeypatch.setattr(timezone, "localdate", lambda *_args, **_words: TODAY)


@pytest.fixture
def months(system, kept):
    """The periods of the register of purchases by month, opened."""
    services.open_year(system, fiscal_year_be=2569)
    found = occurrences_of(system, kept("purchases").register, 2569)
    return {one.starts_on.month: one for one in found}


def address(agency, occurrence, action=""):
    return f"/{agency.code}/registers/purchases/board/{occurrence.pk}/{action}"


def test_board_shows_missed_months_and_opens_the_year(agency, sign_in, system):
    client = sign_in(Role.COORDINATOR)
    page = client.get(f"/{agency.code}/registers/purchases/board/?year=2569").content.decode()
    assert "ปีนี้ยังไม่ได้เปิดงวด" in page
    assert client.post(f"/{agency.code}/registers/year/open/", {"year": 2569}).status_code == 302
    page = client.get(f"/{agency.code}/registers/purchases/board/?year=2569").content.decode()
    assert "ขาด ๔ งวด" in page


def test_keeper_states_nothing_and_closes(agency, sign_in, months, entry):
    entry("purchases")
    client = sign_in(Role.SUPPLY)
    assert client.post(address(agency, months[10], "none/")).status_code == 302
    assert client.post(address(agency, months[11], "close/")).status_code == 302
    page = client.get(address(agency, months[11])).content.decode()
    assert "ปิดงวดแล้ว" in page
    assert "ซื้อวัสดุสำนักงาน" in page


def test_who_does_no_other_work_settles_the_register_they_keep(agency, sign_in, system, kept):
    services.open_year(system, fiscal_year_be=2568)
    year = occurrences_of(system, kept("subject-requests").register, 2568).get()
    at = f"/{agency.code}/registers/subject-requests/board/{year.pk}/none/"
    assert [sign_in(role).post(at).status_code for role in (Role.AUDITOR, Role.MAYOR, Role.PRIVACY)] == [404, 404, 302]
    assert PeriodClose.objects.get().closed_by.given_name == "ปกป้อง"


def test_refusal_says_why_and_keeps_what_was_typed(agency, sign_in, months):
    page = sign_in(Role.SUPPLY).post(address(agency, months[2], "none/"), {"note": "ตรวจแล้ว"})
    assert page.status_code == 422
    assert "ยังไม่สิ้นสุด" in page.content.decode()
    assert not PeriodClose.objects.exists()


def test_who_does_not_keep_the_register_may_look_but_not_settle(agency, sign_in, months):
    for role in (Role.OFFICER, Role.MAYOR, Role.AUDITOR):
        client = sign_in(role)
        assert client.get(address(agency, months[10])).status_code == 200
        assert client.post(address(agency, months[10], "none/")).status_code == 404
    assert sign_in(Role.COUNCIL).get(address(agency, months[10])).status_code == 404


def test_other_agency_is_not_there(agency, other_agency, sign_in, months):
    client = sign_in(Role.SUPPLY, of=other_agency)
    assert client.get(address(agency, months[10])).status_code == 404
    assert client.get(address(other_agency, months[10])).status_code == 404


def test_reopening_asks_for_a_reason_and_says_when_somebody_was_first(agency, sign_in, months, entry):
    entry("purchases")
    client = sign_in(Role.SUPPLY)
    client.post(address(agency, months[11], "close/"))
    close = PeriodClose.objects.get()
    assert client.post(address(agency, months[11], "reopen/"), {"version": close.version}).status_code == 422
    stale = client.post(address(agency, months[11], "reopen/"), {"version": close.version + 7, "note": "แก้"})
    assert stale.status_code == 409
    assert (
        client.post(address(agency, months[11], "reopen/"), {"version": close.version, "note": "แก้"}).status_code == 302
    )
    assert PeriodClose.objects.get().reopened_at is not None


def test_paper_of_a_period_is_word_or_pdf(agency, sign_in, months, entry):
    entry("purchases")
    client = sign_in(Role.SUPPLY)
    assert client.get(address(agency, months[11], "paper/docx/")).content[:2] == b"PK"
    assert client.get(address(agency, months[11], "paper/pdf/")).content[:5] == b"%PDF-"
    assert client.get(address(agency, months[11], "paper/exe/")).status_code == 404


def test_year_page_shows_every_register_with_constant_queries(agency, sign_in, months, django_assert_max_num_queries):
    client = sign_in(Role.COORDINATOR)
    with django_assert_max_num_queries(20):
        page = client.get(f"/{agency.code}/registers/year/?year=2569").content.decode()
    assert "ทะเบียนการยืมทรัพย์สินของราชการ" in page
