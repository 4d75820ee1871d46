"""Asking pages of one office among many, in process; driven line by line by ``bench.nation``, Django is set up by then.

A line in: ``{"route", "who"}``; a line out: what the page asks of the database. Where nobody is named yet, whoever is
let in first answers for it. With ``runs``: how long it took, so many times.
"""

from __future__ import annotations

import gc
import hashlib
import json
import logging
import sys
import time
import uuid
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from tests.web import objects, office

from bench.nation_data import STRIDE, is_copied
from prongsai.web.agencies.models import Agency, User
from prongsai.web.agencies.roles import Role
from prongsai.web.directory.models import CodeList, Listed
from prongsai.web.mentor.models import Level, Office

WARM = 2
SLOW_MS = 2.0  # queries that took longer are told
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
# Who is asked, one after another, until a door opens; coordinators see most.
EVERYBODY = (Role.COORDINATOR, Role.ADMIN, Role.MAYOR, Role.PERSONNEL, Role.PRIVACY, Role.CLERK, Role.LEGAL)
NOBODY, MENTOR, OPERATOR = "nobody", "mentor", "operator"
# Left out: what ends the session, what is of the first office alone, probes that no person waits for.
UNASKED = {"account_logout", "first_run", "health_live", "health_ready", "metrics"}


class Asker:
    """Asks the pages of the office of a number, in a database of any size. made: what ``tests.web.objects`` made."""

    def __init__(self, number: int, made: dict[str, tuple[str, int]]) -> None:
        settings.ALLOWED_HOSTS = ["*"]
        self.agency = Agency.objects.get(pk=made["agency"][1] + number * STRIDE)
        self._suffix = f"-{self.agency.code}" if number else ""
        self._made = {name: _found(label, pk, number) for name, (label, pk) in made.items()}
        self._clients: dict[str, Client] = {}

    def address(self, route: str, names: set[str]) -> str | None:
        """Give the address of a route; None where nothing is known to stand in it."""
        words = {"agency": self.agency.code} if "agency" in names else {}
        known = self._words(route)
        try:
            words |= {name: known[name] for name in names & known.keys()}
            if not names <= words.keys():
                words |= objects.arguments(route, names - words.keys(), self._made)
            return reverse(route, kwargs=words) + objects.query(route)
        except (KeyError, AttributeError, NoReverseMatch):
            return None

    def _words(self, route: str) -> dict[str, Any]:
        """Give what stands in addresses outside the offices."""
        space = route.partition(":")[0]
        if space == "mentor_office":
            office_ = Office.objects.get(level=Level.NATION)
            return {
                "office": office_.pk,
                "code": self.agency.code,
                "form": "csv",
                "pk": office_.messages.latest("pk").pk,
            }
        if space == "mentor_keeping":
            return {"pk": Office.objects.get(level=Level.NATION).pk}
        if space == "directory":
            code = Listed.objects.all()[5].code if route == "directory:agency_add" else self.agency.code
            return {"code": code, "agency": self.agency.code, "pk": CodeList.objects.latest("pk").pk}
        return {}

    def client(self, who: str) -> Client:
        """Give somebody's client: a role of the office, nobody, a mentor, the operator."""
        if who not in self._clients:
            self._clients[who] = Client(raise_request_exception=False, HTTP_HOST="localhost")
            if who != NOBODY:
                self._clients[who].force_login(self._user(who), backend=BACKEND)
        return self._clients[who]

    def _user(self, who: str) -> User:
        if who in (MENTOR, OPERATOR):
            return User.objects.get(username=who)
        return User.objects.get(username=f"{who}-{office.CODE}{self._suffix}")

    def who_is_let_in(self, address: str) -> str | None:
        """Give the first of everybody who is answered with a page or a file."""
        for who in (*EVERYBODY, NOBODY, MENTOR, OPERATOR):
            status = self._status(who, address)
            if status == 200 or status >= 500:
                return who
        return None

    def _status(self, who: str, address: str) -> int:
        try:
            return _get(self.client(who), address)
        except User.DoesNotExist:
            return 404

    def looked_at(self, who: str, address: str) -> dict[str, Any]:
        """Warm a page up, and see what it asks of the database."""
        client = self.client(who)
        for _ in range(WARM):
            status = _get(client, address)
        with CaptureQueriesContext(connection) as captured:
            _get(client, address)
        asked = list(captured)  # before the next request clears them
        slow = [query for query in asked if float(query["time"]) * 1000 >= SLOW_MS]
        told = [[float(query["time"]) * 1000, query["sql"]] for query in slow]
        return {"status": status, "queries": len(asked), "slow": told}

    def timed(self, who: str, address: str, runs: int) -> list[float]:
        """Ask a page some times; give the milliseconds by the clock."""
        client, seen = self.client(who), []
        gc.collect()
        for _ in range(runs):
            at = time.perf_counter()
            _get(client, address)
            seen.append((time.perf_counter() - at) * 1000)
        return seen


def _found(label: str, key: int | str, number: int) -> Any:
    """Give the copy of a row of the first office, as ``nation_data`` made its key."""
    from django.apps import apps  # noqa: PLC0415  # reason: after Django is set up

    model = apps.get_model(label)
    if number and is_copied(model):
        key = key + number * STRIDE if isinstance(key, int) else _twin(key, number)
    return model._base_manager.get(pk=key)


def _twin(key: str, number: int) -> str:
    return str(uuid.UUID(hashlib.md5(f"{key}{number}".encode()).hexdigest()))


def _get(client: Client, address: str) -> int:
    answer = client.get(address)
    if hasattr(answer, "streaming_content"):
        b"".join(answer.streaming_content)
    return int(answer.status_code)


def routes() -> dict[str, frozenset[str]]:
    """Give every route that may be asked for, with its parameters."""
    from tests.web.test_rights import ROUTES  # noqa: PLC0415  # reason: walks the addresses

    return {route: names for route, names in ROUTES.items() if route not in UNASKED}


def answered(line: dict[str, Any], asker: Asker, every: dict[str, frozenset[str]]) -> dict[str, Any]:
    """Answer a line: with ``runs`` what a page took, else who is let in and what it asks of the database."""
    address = asker.address(line["route"], set(every[line["route"]]))
    if address is None:
        return {"skipped": "no address"}
    if "runs" in line:
        return {"took": asker.timed(line["who"], address, line["runs"])}
    who = line.get("who") or asker.who_is_let_in(address)
    if who is None:
        return {"skipped": "answers nobody with a page"}
    return {"who": who, "address": address} | asker.looked_at(who, address)


def serve(number: int, made: dict[str, tuple[str, int]]) -> None:
    """Answer lines until there are no more."""
    logging.disable(logging.WARNING)  # doors that stay shut are told by every one
    asker, every = Asker(number, made), routes()
    for text in _lines():
        sys.stdout.write(json.dumps(answered(json.loads(text), asker, every), ensure_ascii=False) + "\n")
        sys.stdout.flush()


def _lines() -> Iterator[str]:
    while line := sys.stdin.readline():
        yield line
