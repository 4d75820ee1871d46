"""What rules draw, tell and propose, on the pages of their registers."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from prongsai.web.agencies.models import Unit
from prongsai.web.agencies.roles import Role
from prongsai.web.registers.models import Entry
from tests.web.registers.rules.conftest import entry_ref


def page(client, agency, register, *more):
    name = "registers:entry" if more else "registers:register"
    answer = client.get(reverse(name, args=[agency.code, register, *more]))
    return answer, answer.content.decode()


def test_chart_stands_beside_the_published_ones_as_drawing_and_list(agency, sign_in):
    Unit.objects.create(agency=agency, name="กองสวัสดิการสังคม", kind="division")
    answer, html = page(sign_in(Role.PUBLISHER), agency, "structure")
    assert answer.status_code == 200
    assert "<title>แผนผังโครงสร้างการแบ่งส่วนราชการ เทศบาลตำบลบ้านสวนพลู</title>" in html
    assert html.count("กองสวัสดิการสังคม") >= 2
    assert "<li>กองสวัสดิการสังคม</li>" in html
    assert "ยังไม่มีแผนผังโครงสร้างที่เผยแพร่" in html


def test_flow_chart_stands_on_the_page_of_its_manual(agency, sign_in, make):
    made = make("service-manuals")
    _answer, html = page(sign_in(Role.CLERK), agency, "service-manuals", made.pk)
    assert ("<svg" in html, "๑. ยื่นคำขอ" in html) == (True, True)


def test_missing_executives_are_listed_on_the_page(agency, sign_in):
    _answer, html = page(sign_in(Role.PUBLISHER), agency, "executives")
    assert "ยังไม่มีข้อมูลของนายกเทศมนตรี" in html


@pytest.fixture
def asked(make):
    """A request of last month."""
    online = make("online-services", manual=entry_ref(make("service-manuals")))
    made = make("service-requests", service=entry_ref(online))
    Entry.objects.filter(pk=made.pk).update(dated_on=date(2026, 1, 5))


def test_online_counts_are_put_into_the_statistics_by_one_button(agency, sign_in, asked, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_a: date(2026, 3, 31))
    client = sign_in(Role.CLERK)
    address = reverse("registers:entry_propose", args=[agency.code, "service-statistics"])
    _answer, html = page(client, agency, "service-statistics")
    assert "มี ๑ รายการที่ควรอยู่ในทะเบียนนี้แต่ยังไม่มี" in html
    assert client.post(address).status_code == 302
    (made,) = Entry.objects.filter(register="service-statistics")
    assert (made.values["requests"], made.values["channel"], made.dated_on) == ("1", "online", date(2026, 1, 1))
    _answer, html = page(client, agency, "service-statistics")
    assert "ที่ควรอยู่ในทะเบียนนี้" not in html
    assert client.post(address).status_code == 302  # who comes second adds nothing
    assert Entry.objects.filter(register="service-statistics").count() == 1
    assert client.get(address).status_code == 405


def test_stranger_and_reader_may_not_take_proposals(agency, other_agency, sign_in, asked, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_a: date(2026, 3, 31))
    address = reverse("registers:entry_propose", args=[agency.code, "service-statistics"])
    assert sign_in(Role.AUDITOR).post(address).status_code == 404
    assert sign_in(Role.CLERK, of=other_agency).post(address).status_code == 404
    assert not Entry.objects.filter(register="service-statistics").exists()
