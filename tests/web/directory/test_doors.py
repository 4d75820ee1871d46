"""Every page of the installation: for who runs it alone, whichever role somebody has in an agency."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.roles import Role
from prongsai.web.directory.models import CodeList, Operator
from prongsai.web.directory.scope import Installation
from prongsai.web.directory.services.operators import invite_operator
from tests.web.test_rights import ROUTES, TABLE

pytestmark = pytest.mark.django_db
OWN = [route for route in TABLE["operators"] if route.startswith("directory:")]


@pytest.fixture
def addresses(operator: Operator, installation: Installation, codes: CodeList, agency: Agency) -> dict[str, str]:
    """An address for every route; objects that there are, so that a 404 is nothing but the door."""
    invitation = invite_operator(installation, name="นายสอง ช่วยดูแล", link=str).invitation
    pks = {"code_list": codes.pk, "operator_invitation": invitation.pk, "operator": operator.pk}

    def of(route: str) -> str:
        name = route.removeprefix("directory:")
        known: dict[str, Any] = {"code": agency.code}
        known["pk"] = next((pk for kind, pk in pks.items() if name.startswith(kind)), 0)
        return reverse(route, kwargs={word: known[word] for word in ROUTES[route]})

    return {route: of(route) for route in OWN}


def test_routes_of_the_installation_stand_under_it(addresses: dict[str, str]):
    assert len(OWN) >= 19
    assert {address.split("/")[1] for address in addresses.values()} == {"installation"}


def test_stranger_is_led_to_the_door(addresses: dict[str, str]):
    for route, address in addresses.items():
        answer = Client().get(address)
        assert (route, answer.status_code) == (route, 302)
        assert answer["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("role", Role)
def test_no_role_of_an_agency_opens_any(addresses: dict[str, str], sign_in, role: Role):
    client = sign_in(role)
    for route, address in addresses.items():
        assert (route, client.get(address).status_code, client.post(address).status_code) == (route, 404, 404)


def test_operator_enters_every_one(addresses: dict[str, str], client: Client):
    for route, address in addresses.items():
        answer = client.get(address)
        assert (route, answer.status_code in (200, 405)) == (route, True)
        assert b"None" not in answer.content
