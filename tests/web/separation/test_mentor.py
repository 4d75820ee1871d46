"""An office that mentors two agencies sees of each the figures that it joined with; of one that left, nothing."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urljoin

import pytest
from django.urls import reverse

from prongsai.web.agencies.models import User
from prongsai.web.agencies.scope import system_scope
from prongsai.web.mentor.models import Level, Mentor, Office, Participation
from prongsai.web.mentor.services import joining, refreshing
from tests.web.separation import asked, canaries, pair
from tests.web.separation.guard import guarded
from tests.web.separation.pair import Pair
from tests.web.test_rights import ROUTES, TABLE

pytestmark = pytest.mark.django_db
# What stands over an agency's figures, and what it answered to the office itself.
OPEN = (200, 302)
LINKS_MAX = 12
SHOWN = {"agencies.Agency.name", "mentor.Receipt.answer"}


@pytest.fixture
def desk(both: Pair) -> Mentor:
    """Somebody who looks in an office of the nation, which both agencies have joined."""
    office = Office.objects.create(name="หน่วยพี่เลี้ยงกลาง", level=Level.NATION)
    for house in (both.own, both.other):
        joining.join(system_scope(house.agency), office=office, shows_examples=True)
        refreshing.refresh(agency=house.agency)
    return Mentor.objects.create(office=office, user=User.objects.create(username="who-mentors"))


def addresses(desk: Mentor, code: str) -> list[str]:
    known = {"office": desk.office_id, "form": "csv", "code": code, "pk": 1}
    return [
        reverse(route, kwargs={name: known[name] for name in ROUTES[route]})
        for route in TABLE["mentors"]
        if "pk" not in ROUTES[route] and route != "mentor_office:fault"
    ]


def further(text: str, page: str) -> list[str]:
    """Give where the links of a page lead within the offices that mentor: filters, orders, single faults."""
    found = {urljoin(page, unescape(each)) for each in re.findall(r'href="([^"#]+)"', text)}
    return sorted(each for each in found if each.startswith("/mentor/"))[:LINKS_MAX]


def test_mentor_reads_no_text_of_an_agency(both, desk):
    client = pair.browser(desk.user)
    seen: set[str] = set()
    led: set[str] = set()
    for address in addresses(desk, both.other.agency.code):
        answer = client.get(address)
        text = canaries.text_of(answer)
        assert (address, answer.status_code in OPEN, canaries.told_by(text) - SHOWN) == (address, True, set())
        seen |= canaries.told_by(text)
        led |= set(further(text, address))
    for address in sorted(led):
        told = canaries.told_by(canaries.text_of(client.get(address)))
        assert (address, told - SHOWN) == (address, set())
    assert "agencies.Agency.name" in seen


def test_mentor_enters_no_page_of_an_agency(both, desk):
    client = pair.browser(desk.user)
    for route in asked.some(18):
        for house in (both.own, both.other):
            assert (route, client.get(asked.address_of(route, house)).status_code) == (route, 404)


def test_mentor_of_another_office_reads_nothing(both, desk):
    elsewhere = Office.objects.create(name="หน่วยอื่น", level=Level.PROVINCE, province="เชียงใหม่")
    other = Mentor.objects.create(office=elsewhere, user=User.objects.create(username="who-mentors-others"))
    client = pair.browser(other.user)
    for address in addresses(other, pair.OTHER_CODE):
        assert (address, canaries.told_by(canaries.text_of(client.get(address)))) == (address, set())
    for address in addresses(desk, pair.OTHER_CODE):
        if str(desk.office_id) in address:
            assert (address, client.get(address).status_code) == (address, 404)


def test_agency_that_left_is_nowhere(both, desk):
    place = Participation.objects.get(agency=both.other.agency, office=desk.office, left_on=None)
    joining.leave(system_scope(both.other.agency), participation=place)
    client = pair.browser(desk.user)
    with guarded(both.other.agency) as guard:
        for address in addresses(desk, both.own.agency.code):
            answer = client.get(address)
            told = canaries.told_by(canaries.text_of(answer))
            is_roll = address.endswith("/agencies/")  # it says who left, and since when
            assert (address, answer.status_code in OPEN, told - SHOWN if is_roll else told) == (address, True, set())
        gone = [one for one in addresses(desk, pair.OTHER_CODE) if pair.OTHER_CODE in one]
        assert {client.get(one).status_code for one in gone} == {404}
    assert [one for one in guard.touched if "Standing" in one] == []
