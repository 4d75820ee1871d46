"""Every page of published results: for who runs the installation alone, whichever role somebody has in an agency."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from prongsai.web.agencies.roles import Role
from prongsai.web.directory.scope import Installation
from prongsai.web.results import services
from tests.web.results.conftest import content, rows
from tests.web.test_rights import ROUTES, TABLE

pytestmark = pytest.mark.django_db
OWN = [route for route in TABLE["operators"] if route.startswith("results:")]


@pytest.fixture
def addresses(installation: Installation) -> dict[str, str]:
    """An address for every route, of a table that there is, so that a 404 is nothing but the door."""
    (table,) = services.take_in(installation, content=content(rows()), name="2567.csv", source="ที่มา")
    return {route: reverse(route, kwargs=dict.fromkeys(ROUTES[route], table.pk)) for route in OWN}


def test_routes_stand_under_the_installation(addresses: dict[str, str]):
    assert len(OWN) == 7
    assert all(address.startswith("/installation/results/") for address in addresses.values())


def test_stranger_is_led_to_the_door(addresses: dict[str, str]):
    for route, address in addresses.items():
        answer = Client().get(address)
        assert (route, answer.status_code) == (route, 302)
        assert answer["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("role", [Role.ADMIN, Role.COORDINATOR, Role.PUBLISHER])
def test_no_role_of_an_agency_opens_any(addresses: dict[str, str], sign_in, agency, role: Role):
    client = sign_in(role)
    for route, address in addresses.items():
        assert (route, client.get(address).status_code, client.post(address).status_code) == (route, 404, 404)


def test_operator_enters_every_one(addresses: dict[str, str], client: Client):
    for route, address in addresses.items():
        answer = client.get(address)
        assert (route, answer.status_code in (200, 405)) == (route, True)
        assert b"None" not in answer.content
