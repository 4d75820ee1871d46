"""Every route is asked as every role and as strangers, for own and others' objects, against docs/reference/rights.yaml."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from prongsai.web.agencies.roles import Role
from tests.web import objects, office

pytestmark = pytest.mark.django_db
TABLE = yaml.safe_load((Path(__file__).parents[2] / "docs" / "reference" / "rights.yaml").read_text(encoding="utf-8"))
GROUPS: dict[str, dict[str, Any]] = TABLE["groups"]
CELLS = {"yes", "no", "own"}


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
    answer = client.get(address) if method == "GET" else client.post(address, objects.posted(route, made))
    if hasattr(answer, "streaming_content"):
        b"".join(answer.streaming_content)
    return answer.status_code


def entered(status: int) -> bool:
    """Whether the door opened; a server error is neither."""
    assert status < 500 and status != 405, status
    return status not in (401, 403, 404)


def test_every_route_is_in_the_table_once():
    listed = [route for group in GROUPS.values() for route in group["routes"]] + TABLE["signed_in"] + TABLE["public"]
    assert sorted(listed) == sorted(set(listed))
    assert sorted(ROUTES) == sorted(listed)


@pytest.mark.parametrize("name", GROUPS)
def test_group_has_a_cell_for_each_role(name):
    assert set(GROUPS[name]["roles"]) == {role.value for role in Role}
    assert set(GROUPS[name]["roles"].values()) <= CELLS


@contextmanager
def undone() -> Iterator[None]:
    """Take back what a question changed, so that every door is tried in the same house."""
    point = transaction.savepoint()
    yield
    transaction.savepoint_rollback(point)


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_role_enters_what_the_table_says(agency, sign_in, role):
    own_unit = {Role.OFFICER: "กองช่าง", Role.HEAD: "กองคลัง", Role.SUPPLY: "กองคลัง"}.get(role, "สำนักปลัดเทศบาล")
    own, theirs = objects.build(agency, own_unit), objects.build(agency, "กองการศึกษา")
    for group in GROUPS.values():
        cell = group["roles"][role.value]
        for route in group["routes"]:
            with undone():
                status = ask(sign_in(role), route, group["method"], agency.code, own)
                assert (route, status, entered(status)) == (route, status, cell != "no")
            with undone():
                if cell == "own":
                    assert (route, ask(sign_in(role), route, group["method"], agency.code, theirs)) == (route, 404)


@pytest.mark.parametrize("name", GROUPS)
def test_stranger_is_led_to_the_door_and_another_agency_is_404(agency, other_agency, sign_in, name):
    group = GROUPS[name]
    own, others = objects.build(agency), objects.build(other_agency)
    most = next(role for role in Role if group["roles"][role.value] != "no")
    for route in group["routes"]:
        address = reverse(route, kwargs={"agency": agency.code} | objects.arguments(route, set(ROUTES[route]), own))
        answer = Client().get(address)
        at_the_door = answer.status_code == 302 and answer["Location"].startswith(reverse("account_login"))
        assert (route, answer.status_code, at_the_door) == (route, 302, True)
        # their address, and their objects under one's own address
        with undone():
            assert (route, ask(sign_in(most), route, group["method"], other_agency.code, others)) == (route, 404)
        with undone():
            if route in objects.PK:
                assert (route, ask(sign_in(most), route, group["method"], agency.code, others)) == (route, 404)


def test_closed_account_enters_nothing(agency, sign_in):
    user = office.user(agency, Role.COORDINATOR)
    client = sign_in(Role.COORDINATOR)
    user.memberships.update(is_open=False)
    assert client.get(reverse("home", kwargs={"agency": agency.code})).status_code == 404


@pytest.mark.parametrize("route", [route for route in TABLE["signed_in"] if not ROUTES[route]])
def test_pages_of_ones_own_account_lead_strangers_to_the_door(db, route):
    answer = Client().get(reverse(route))
    assert (answer.status_code, answer["Location"].startswith(reverse("account_login"))) == (302, True)
