"""The plug is pulled while people answer: what was acknowledged is there, and nothing is there twice."""

from __future__ import annotations

import http.client
import itertools
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest

from tests.conftest import PROVE
from tests.trips.surveys_load import Filled, Respondent, Server, Town, answers_of, number_of, serving
from tests.web.operations.conftest import prepared, prepared_once  # noqa: F401
from tests.web.operations.place import SERVER, Place

pytestmark = [
    pytest.mark.db,
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no groups of processes to kill at once"),
]

KILLS = 20 if PROVE else 1
CLIENTS = 8
ENOUGH = 12  # answers of a round that were acknowledged before the kill
PATIENCE_S = 120
CODES = 20_000 if PROVE else 1_000


def test_nothing_acknowledged_is_lost_and_nothing_doubled_when_the_server_is_killed(
    prepared: Place,  # noqa: F811
    prove: Callable[..., None],
) -> None:
    town = Town(prepared.folder, prepared.database)
    office = town.asked("prepare", str(CODES))
    path = f"/{office['code']}/ask/{office['address']}/"
    codes, numbers = iter(office["codes"]), itertools.count()
    acknowledged: set[int] = set()
    unsure: list[Filled] = []
    for _ in range(KILLS):
        with serving(town, workers=2 if SERVER else 1) as server:
            unsure = _again(server, path, unsure, acknowledged)
            unsure += _answer_until_killed(server, path, codes, numbers, acknowledged)
    with serving(town) as server:
        assert _again(server, path, unsure, acknowledged) == []
    found = Counter(number_of(values) for values in town.asked("count"))
    assert acknowledged
    assert [number for number in acknowledged if not found[number]] == []
    assert [number for number, times in found.items() if times > 1] == []
    database = "PostgreSQL" if SERVER else "SQLite"
    prove(f"answers under {KILLS} kills, {database}", len(acknowledged), len(acknowledged), "there, and once")


def _answer_until_killed(
    server: Server, path: str, codes: Iterator[str], numbers: Iterator[int], acknowledged: set[int]
) -> list[Filled]:
    """Have several people answer, one after the other each, and kill the server; give what got no answer."""
    unsure: list[Filled] = []
    lock, enough = threading.Lock(), len(acknowledged) + ENOUGH

    def person() -> None:
        somebody = Respondent(server, path)
        while True:
            with lock:
                number, code = next(numbers), next(codes)
            filled = None
            try:
                filled = Filled(somebody.ask(), code, answers_of(number))
                if somebody.send(filled) == 200:
                    acknowledged.add(number)
                    continue
            except (OSError, http.client.HTTPException):
                pass
            if filled:
                unsure.append(filled)
            return

    people = [threading.Thread(target=person, daemon=True) for _ in range(CLIENTS)]
    for one in people:
        one.start()
    _wait_for(acknowledged, enough)
    server.kill()
    for one in people:
        one.join()
    return unsure


def _wait_for(acknowledged: set[int], enough: int) -> None:
    """Wait until so many answers are acknowledged."""
    until = time.monotonic() + PATIENCE_S
    while len(acknowledged) < enough:
        missing = enough - len(acknowledged)
        assert time.monotonic() < until, f"{missing} of {ENOUGH} answers were not acknowledged within {PATIENCE_S} s"
        time.sleep(0.02)


def _again(server: Server, path: str, unsure: list[Filled], acknowledged: set[int]) -> list[Filled]:
    """Send again what got no answer, as a browser does that kept it; give what is still not taken."""
    somebody, left = Respondent(server, path), []
    for filled in unsure:
        status = 0
        with suppress(OSError, http.client.HTTPException):
            status = somebody.send(filled)
        if status == 200:
            acknowledged.add(number_of(filled.values))
        else:
            left.append(filled)
    return left
