"""Every route, asked with the keys of another office one by one: nothing is there, nothing is loaded, nothing changes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from prongsai.web import urls
from prongsai.web.agencies.roles import Role
from tests.conftest import PROVE
from tests.web import objects
from tests.web.separation import asked, canaries
from tests.web.separation.guard import guarded
from tests.web.separation.pair import Pair, counterparts, keys_of, written
from tests.web.test_rights import ROUTES

pytestmark = pytest.mark.django_db
CHANGED_KEYS = 150


@pytest.fixture(autouse=True)
def _bare_refusals(monkeypatch: pytest.MonkeyPatch) -> None:
    if not PROVE:
        monkeypatch.setattr(urls, "handler404", lambda request, exception: HttpResponse(status=404), raising=False)


def crossed(both: Pair) -> Iterator[tuple[str, str, str]]:
    """Give every address of an own object in which one key is the other office's: route, word, address."""
    theirs = counterparts(both)
    for route in asked.routes():
        given = objects.arguments(route, set(ROUTES[route]), both.own.made)
        for word, value in given.items():
            if str(value) in theirs and not isinstance(value, str):
                swapped = given | {word: theirs[str(value)], "agency": both.own.agency.code}
                yield route, word, reverse(route, kwargs=swapped) + objects.query(route)


def test_every_address_with_a_key_of_another_office_is_not_there(both):
    before = written(both.other.agency), written(both.own.agency)
    clients = [both.own.client(), *(both.own.client(role) for role in Role if PROVE)]
    n_tried = 0
    every = list(crossed(both))
    with guarded(both.other.agency) as guard:
        for route, word, address in every:
            for client in clients:
                found = {method: _ask(client, method, address, route, both) for method in ("get", "post")}
                n_tried += 1
                assert (route, word, _shut(found), guard.taken()) == (route, word, True, [])
    assert n_tried > CHANGED_KEYS
    assert (written(both.other.agency), written(both.own.agency)) == before


def _ask(client: Client, method: str, address: str, route: str, both: Pair) -> int:
    given = {} if method == "get" else objects.posted(route, both.own.made)
    answer = getattr(client, method)(address, given)
    assert canaries.told_by(canaries.text_of(answer)) == set()
    return int(answer.status_code)


def _shut(found: dict[str, int]) -> bool:
    """Whether both ways are shut; 405 is said of a way that no object has."""
    return set(found.values()) in ({404}, {404, 405})


def test_no_address_under_the_code_of_another_office_is_there(both):
    """With their objects, with one's own."""
    client = both.own.client()
    before = written(both.other.agency)
    for place, route in enumerate(asked.routes()):
        own = objects.arguments(route, set(ROUTES[route]), both.own.made)
        theirs = objects.arguments(route, set(ROUTES[route]), both.other.made)
        for given in (own, theirs) if PROVE else ((own, theirs)[place % 2],):
            at = reverse(route, kwargs=given | {"agency": both.other.agency.code})
            statuses = {"get": client.get(at).status_code, "post": client.post(at).status_code}
            assert (route, _shut(statuses)) == (route, True)
    assert written(both.other.agency) == before


def test_keys_of_two_offices_are_told_apart(both):
    own, other = keys_of(both.own.agency), keys_of(both.other.agency)
    assert not {key for keys in own.values() for key in keys} & {key for keys in other.values() for key in keys}
