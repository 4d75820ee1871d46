"""The agency's own page of offices that mentor it."""

import pytest
from django.urls import reverse

from prongsai.web.agencies.roles import Role
from prongsai.web.mentor.models import Participation, Standing
from prongsai.web.mentor.services import joining, messages
from tests.web import objects_mentor

pytestmark = pytest.mark.django_db


def ask(client, agency, name="mentor", *args, data=None):
    address = reverse(f"mentor:{name}", args=[agency.code, *args])
    return client.get(address) if data is None else client.post(address, data)


def test_page_tells_who_decides_and_offers_it_only_to_them(agency, desk, sign_in):
    assert "เข้าร่วม</button>" in ask(sign_in(Role.MAYOR), agency).content.decode()
    text = ask(sign_in(Role.COORDINATOR), agency).content.decode()
    assert "เข้าร่วม</button>" not in text and "ผู้บริหารเป็นผู้ตัดสินใจ" in text


def test_mayor_joins_shows_examples_and_leaves(agency, desk, sign_in, cycle):
    client = sign_in(Role.MAYOR)
    ask(client, agency, "join", desk.office.pk, data={"shows_examples": "on"})
    part = Participation.objects.get()
    assert (part.office, part.shows_examples, Standing.objects.count()) == (desk.office, True, 1)
    ask(client, agency, "examples", part.pk, data={"shown": "no", "version": part.version})
    part.refresh_from_db()
    assert not part.shows_examples
    stale = ask(client, agency, "leave", part.pk, data={"version": part.version - 1})
    assert stale.status_code == 302 and Standing.objects.exists()
    ask(client, agency, "leave", part.pk, data={"version": part.version})
    assert not Standing.objects.exists()
    assert "ที่เคยเข้าร่วม" in ask(client, agency).content.decode()


def test_office_that_looks_elsewhere_is_404(agency, other_agency, sign_in):
    elsewhere = objects_mentor.office(other_agency)
    assert ask(sign_in(Role.MAYOR), agency, "join", elsewhere.pk, data={}).status_code == 404


def test_button_counts_anew(agency, system, desk, sign_in, cycle):
    joining.join(system, office=desk.office)
    Standing.objects.update(met=999)
    ask(sign_in(Role.COORDINATOR), agency, "refresh", data={})
    assert Standing.objects.get().met < 999


def test_page_takes_as_many_queries_for_three_messages_as_for_one(
    agency, system, desk, sign_in, cycle, django_assert_num_queries
):
    joining.join(system, office=desk.office)
    client = sign_in(Role.COORDINATOR)
    for count in (1, 3):
        while agency.mentor_messages.count() < count:
            messages.send(desk, subject="เรื่อง", text="ข้อความ", due_on=None, agencies=[agency.pk], to_text="ทุกแห่ง")
        with django_assert_num_queries(13):
            assert ask(client, agency).status_code == 200


def test_agency_without_a_cycle_has_nothing_to_show(agency, system, desk, sign_in):
    joining.join(system, office=desk.office)
    assert "ยังไม่มีตัวเลข" in ask(sign_in(Role.MAYOR), agency, "preview").content.decode()
