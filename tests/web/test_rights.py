"""Every route is asked as every role and as strangers, for own and others' objects, against docs/reference/rights.yaml."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from prongsai.web import urls
from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.roles import Role
from tests.conftest import PROVE
from tests.web import objects, office

pytestmark = pytest.mark.django_db
TABLE = yaml.safe_load((Path(__file__).parents[2] / "docs" / "reference" / "rights.yaml").read_text(encoding="utf-8"))
GROUPS: dict[str, dict[str, Any]] = TABLE["groups"]
CELLS = {"yes", "no", "own"}
OFFICE = "สำนักปลัดเทศบาล"


def routes() -> Iterator[tuple[str, frozenset[str]]]:
    """Walk every route: its name with the app, and its parameters."""
    yield from _walk(get_resolver().url_patterns, "", frozenset())


def _walk(patterns: list[Any], space: str, names: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
    for entry in patterns:
        here = names | frozenset(entry.pattern.converters)
        if isinstance(entry, URLResolver):
            yield from _walk(entry.url_patterns, f"{space}{entry.namespace}:" if entry.namespace else space, here)
        else:
            assert isinstance(entry, URLPattern) and entry.name, entry
            yield space + entry.name, here


ROUTES = dict(routes())


def ask(client: Client, route: str, method: str, code: str, made: dict[str, Any]) -> int:
    address = reverse(route, kwargs={"agency": code} | objects.arguments(route, set(ROUTES[route]), made))
    address += objects.query(route)
    answer = client.get(address) if method == "GET" else client.post(address, objects.posted(route, made))
    if hasattr(answer, "streaming_content"):
        b"".join(answer.streaming_content)
    return answer.status_code


def entered(status: int) -> bool:
    """Whether the door opened; a server error is neither."""
    assert status < 500 and status != 405, status
    return status not in (401, 403, 404)


def test_every_route_is_in_the_table_once():
    """Those that an administrator has until the channel is open, and keys open afterwards, stand in it twice."""
    keyed = {route for group in TABLE["keys"].values() for route in group["routes"]}
    listed = [route for group in GROUPS.values() for route in group["routes"]] + TABLE["signed_in"] + TABLE["public"]
    listed += TABLE["mentors"] + TABLE["operators"]
    listed += keyed - set(GROUPS["name_holders"]["routes"])
    assert sorted(listed) == sorted(set(listed))
    assert sorted(ROUTES) == sorted(listed)


@pytest.mark.parametrize("name", GROUPS)
def test_group_has_a_cell_for_each_role(name):
    assert set(GROUPS[name]["roles"]) == {role.value for role in Role}
    assert set(GROUPS[name]["roles"].values()) <= CELLS


@pytest.fixture(autouse=True)
def _bare_refusals(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answer what is shut or not there with the status alone, which is all that is asked here; in full counts as ever."""
    if not PROVE:
        monkeypatch.setattr(urls, "handler404", lambda request, exception: HttpResponse(status=404), raising=False)


@contextmanager
def undone() -> Iterator[None]:
    """Take back what a question changed, so that every door is tried in the same house."""
    point = transaction.savepoint()
    yield
    transaction.savepoint_rollback(point)


# Roles that walk through one house after another, each house built once. Whose unit is not named is of the office.
HOUSES = {
    "works": ("กองช่าง", [Role.OFFICER]),
    "finance": ("กองคลัง", [Role.HEAD, Role.SUPPLY]),
    "top": (OFFICE, [Role.MAYOR, Role.SECRETARY, Role.COORDINATOR, Role.ADMIN]),
    "desk": (OFFICE, [Role.CLERK, Role.ANALYST, Role.LEGAL, Role.PERSONNEL]),
    "others": (OFFICE, [Role.PUBLISHER, Role.AUDITOR, Role.PRIVACY, Role.COUNCIL]),
}


def test_every_role_has_a_house():
    assert sorted(role for _unit, roles in HOUSES.values() for role in roles) == sorted(Role)


def who_tries(group: dict[str, Any], cell: str, place: int) -> list[Role]:
    """Name who tries a door that a cell opens: one role, another at the next door; with PRONGSAI_PROVE=1 all of them."""
    may = [role for role in Role if group["roles"][role.value] == cell]
    return may if PROVE else [may[place % len(may)]]


@pytest.mark.parametrize(("unit", "roles"), HOUSES.values(), ids=HOUSES)
def test_roles_enter_what_the_table_says(agency, sign_in, unit, roles):
    """Every door that is shut is tried by every role; one that is open by who_tries, with PRONGSAI_PROVE=1 by all."""
    own, theirs = objects.build(agency, unit), objects.build(agency, "กองการศึกษา")
    for role in roles:
        client = sign_in(role)
        for group in GROUPS.values():
            cell = group["roles"][role.value]
            for place, route in enumerate(group["routes"]):
                if cell == "no" or role in who_tries(group, cell, place):
                    with undone():
                        status = ask(client, route, group["method"], agency.code, own)
                        assert (role, route, status, entered(status)) == (role, route, status, cell != "no")
                with undone():
                    if cell == "own":
                        assert (role, route, ask(client, route, group["method"], agency.code, theirs)) == (
                            role,
                            route,
                            404,
                        )


@pytest.mark.parametrize(
    "names", [sorted(GROUPS)[0::3], sorted(GROUPS)[1::3], sorted(GROUPS)[2::3]], ids=["1", "2", "3"]
)
def test_stranger_is_led_to_the_door_and_another_agency_is_404(agency, other_agency, sign_in, names):
    own, others = objects.build(agency), objects.build(other_agency)
    for group in map(GROUPS.__getitem__, names):
        client = sign_in(next(role for role in Role if group["roles"][role.value] != "no"))
        for route in group["routes"]:
            _is_shut(agency, route, own)
            # their address, and their objects under one's own address
            with undone():
                assert (route, ask(client, route, group["method"], other_agency.code, others)) == (route, 404)
            with undone():
                if route in objects.PK:
                    assert (route, ask(client, route, group["method"], agency.code, others)) == (route, 404)


def _is_shut(agency: Agency, route: str, own: dict[str, Any]) -> None:
    """Hold that who is not signed in is led to the door."""
    address = reverse(route, kwargs={"agency": agency.code} | objects.arguments(route, set(ROUTES[route]), own))
    answer = Client().get(address)
    at_the_door = answer.status_code == 302 and answer["Location"].startswith(reverse("account_login"))
    assert (route, answer.status_code, at_the_door) == (route, 302, True)


def test_closed_account_enters_nothing(agency, sign_in):
    user = office.user(agency, Role.COORDINATOR)
    client = sign_in(Role.COORDINATOR)
    user.memberships.update(is_open=False)
    assert client.get(reverse("home", kwargs={"agency": agency.code})).status_code == 404


@pytest.mark.parametrize("route", [route for route in TABLE["signed_in"] if not ROUTES[route]])
def test_pages_of_ones_own_account_lead_strangers_to_the_door(db, route):
    answer = Client().get(reverse(route))
    assert (answer.status_code, answer["Location"].startswith(reverse("account_login"))) == (302, True)
