"""A server that is away: told at once, found again by itself, and nobody is answered wrongly for it."""

from __future__ import annotations

import json
import sys
import time
import urllib.request
from urllib.error import HTTPError

import pytest

from prongsai.web.postgres.base import Away
from tests.web.operations.place import SERVER, Place
from tests.web.operations.running import served, status
from tests.web.postgres.killed import own_server

QUICK_S = 4.0


def test_one_asks_and_the_others_are_told():
    away = Away(pause_s=0.05)
    assert away.may_ask() and away.may_ask()  # nothing is known against it
    away.failed()
    assert not away.may_ask()
    time.sleep(0.06)
    assert [away.may_ask() for _ in range(3)] == [True, False, False]
    away.failed()
    time.sleep(0.06)
    assert away.may_ask()
    away.answered()
    assert away.may_ask() and away.may_ask()


@pytest.mark.db
@pytest.mark.skipif(not SERVER or sys.platform != "linux", reason="of PostgreSQL alone; looks at /proc")
def test_pages_come_back_by_themselves_after_the_server_was_killed(tmp_path):
    with own_server() as server:
        assert server is not None
        office = Place(tmp_path / "office", server.address)
        with served(office, "serve", "--port", "0") as told:
            url = str(told["url"])
            assert [status(url) for _ in range(6)] == [200] * 6
            server.kill()
            server.start()
            assert [status(url) for _ in range(6)] == [200] * 6  # the lines of the pool are all broken
            server.kill()
            assert status(url) == 503
            assert took(f"{url}account/login/") == 200  # needs no database
            assert took(url) == 503 and took(f"{url}health/live/") == 200
            code, ready = asked(f"{url}health/ready/")
            assert code == 503 and json.loads(ready)["parts"]["database"] == {"ok": False, "reason": "ฐานข้อมูลไม่ตอบ"}
            assert "prongsai_database_up 0" in asked(f"{url}metrics/")[1]
            server.start()
            time.sleep(1.1)  # who was refused a moment ago is told so for a second
            assert status(url) == 200 and status(f"{url}health/ready/") == 200


def took(url: str) -> int:
    """Give the status of an answer that must come at once."""
    began = time.monotonic()
    found = status(url)
    assert time.monotonic() - began < QUICK_S
    return found


def asked(url: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as mistake:
        return mistake.code, mistake.read().decode()


@pytest.mark.db
def test_health_does_not_wait_for_a_database_that_says_nothing(tmp_path):
    """Somebody listens and never answers, as a server that hangs does."""
    import socket

    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        office = Place(tmp_path / "office", f"postgresql://office@127.0.0.1:{silent.getsockname()[1]}/office")
        code = "from prongsai.cli.platform import start_django; start_django()\n"
        code += "import time; from prongsai.web.operations import health; began = time.monotonic()\n"
        code += "found = [[part.name for part in health.parts() if part.reason] for _ in range(2)]\n"
        code += "print(found, time.monotonic() - began < 5)"
        assert office.python("-c", code).stdout == "[['database', 'migrations'], ['database', 'migrations']] True\n"


@pytest.mark.db
@pytest.mark.skipif(not SERVER, reason="of PostgreSQL alone")
def test_what_a_page_asks_is_given_up_in_time(prepared: Place):
    ask = "from django.db import connection as c; k = c.cursor(); k.execute('SHOW statement_timeout'); print(k.fetchone())"
    assert "30s" in prepared.python("-c", f"import prongsai.web.wsgi\n{ask}").stdout
    start = "from prongsai.cli.platform import start_django; start_django()"
    assert "('0',)" in prepared.python("-c", f"{start}\n{ask}").stdout
