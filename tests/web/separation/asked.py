"""Every page of the asking office, asked while the other stands beside it; once in a process, as the rows are the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

from django.test import Client
from django.urls import reverse

from tests.conftest import PROVE
from tests.web import objects
from tests.web.separation import canaries
from tests.web.separation.guard import guarded
from tests.web.separation.pair import Furnished, Pair
from tests.web.test_rights import GROUPS, ROUTES, undone

SHUT = (404, 405)
# What no two answers to the same question share: tokens, the moment at which a file was written, folders of a test.
_ONCE = re.compile(
    "|".join((
        r'(?<=name="csrfmiddlewaretoken" value=")\w+',
        r'(?<=name="form" value=")[\w-]+',
        r'(?<="X-CSRFToken": ")\w+',
        r"(?<=csrftoken=)\w+",
        r"nonce-[\w+/=-]+",
        r'(?<=nonce=")[\w+/=-]+',
        r"(?<=X-Request-ID: )\w+",
        r"(?<=expires=)[^;\n]+",
        r"(?<=Content-Length: )\d+",
        r"(?<=<code>)[^<]*sites",  # the folder of a test
        r"\d\d:\d\d(:\d\d(\.\d+)?)?",
        r"[๐-๙]{2}:[๐-๙]{2}(:[๐-๙]{2})?",
    ))
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """An answer. told: the columns of the other office whose marks stand in it; touched: its rows."""

    address: str
    status: int
    text: str = field(repr=False)
    told: set[str]
    touched: tuple[str, ...]


@cache
def routes() -> tuple[str, ...]:
    """Give every route of an office for which somebody signs in with a role."""
    return tuple(sorted({route for group in GROUPS.values() for route in group["routes"]}))


def some(most: int) -> tuple[str, ...]:
    """Give every so many-th of the routes; all of them in full."""
    return routes() if PROVE else routes()[::most]


def address_of(route: str, house: Furnished) -> str:
    """Give the address of a page of an office."""
    given = {"agency": house.agency.code} | objects.arguments(route, set(ROUTES[route]), house.made)
    return reverse(route, kwargs=given) + objects.query(route)


def fetch(client: Client, address: str) -> tuple[int, str]:
    """Ask for a page and take back what asking changed; give its status and everything that it says."""
    with undone():
        answer = client.get(address)
        assert answer.status_code < 500, address
        return answer.status_code, canaries.text_of(answer)


def browse(client: Client, house: Furnished, which: Iterable[str]) -> Iterator[tuple[str, str, int, str]]:
    """Ask for pages of an office: route, address, status and text of each."""
    for route in which:
        address = address_of(route, house)
        yield route, address, *fetch(client, address)


def steady(text: str) -> str:
    """Take out of an answer what no two answers share."""
    return _ONCE.sub("…", text)


_asked: dict[str, Asked] = {}


def by_everybody(both: Pair) -> dict[str, Asked]:
    """Ask for every page as who holds every role; by route."""
    if not _asked:
        client = both.own.client()
        with guarded(both.other.agency) as guard:
            for route, address, status, text in browse(client, both.own, routes()):
                _asked[route] = Asked(address, status, text, canaries.told_by(text), tuple(guard.taken()))
    return _asked
