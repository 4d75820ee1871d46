"""``prongsai demo``: the made-up municipality, on this machine alone, with a sign-in for every role."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from prongsai.web.agencies.roles import Role
from prongsai.web.operations import demo_registers
from tests.trips.demo_smoke import sign_in
from tests.web.operations.conftest import filled_once, place, prepared_once  # noqa: F401
from tests.web.operations.place import Place
from tests.web.operations.running import served, status

pytestmark = pytest.mark.db


def test_demo_prints_its_address_lets_every_role_in_and_keeps_what_it_made(place: Callable[[], Place]):  # noqa: F811
    office = place()
    with served(office, "demo", "--port", "0") as told:
        assert list(told) == ["url", "login_url", "accounts"]
        assert told["url"].startswith("http://127.0.0.1:") and told["login_url"].startswith(told["url"])
        assert [list(account) for account in told["accounts"]] == [["role", "username", "password"]] * len(Role)
        assert {account["role"] for account in told["accounts"]} == set(Role)
        for account in told["accounts"]:
            assert account["password"] not in sign_in(told["login_url"], account["username"], account["password"])
        with pytest.raises(AssertionError, match="was not let in"):
            sign_in(told["login_url"], "mayor", "wrong password")
        assert status(f"{told['url']}first-run/") == 404
    rows = office.told("rows")
    with served(office, "demo", "--port", "0") as again:
        assert again["accounts"] == told["accounts"]
    assert {name: office.told("rows")[name] for name in ("cycles.finding", "plans.measure")} == {
        name: rows[name] for name in ("cycles.finding", "plans.measure")
    }
    loaded = office.told("loaded")
    assert loaded["is_demo"] and loaded["broken"] == 0
    assert loaded["papers"] == [
        "gap-memo-2566.txt",
        "indicator-plan-2567.txt",
        "score-results-2567.txt",
        "tracking-2567.txt",
    ]
    assert loaded["findings"] > 20 and loaded["measures"] > 20 and loaded["official"] >= 2
    _holds_its_registers(loaded)


def _holds_its_registers(loaded: dict) -> None:
    """Three years of registers: as the samples say until the day they were written, later on at least that."""
    assert loaded["imported"] == dict.fromkeys(sorted(sheet.register for sheet in demo_registers.SHEETS), 0)
    first, present, plan = loaded["boards"]
    assert sorted(first) == ["closed"] * 11 + ["none"]
    assert present[-1] in ("expected", "missed")
    assert plan == ["missed", "missed"]
    assert len(loaded["green"]) >= 8
    assert loaded["published"] == sorted(demo_registers.PUBLISHED)
    assert loaded["outside"] == sorted(demo_registers.TAKES_OUTSIDE)
    assert loaded["asked"] == [["questions", "asked"]]
    assert loaded["waiting"] >= 1


def test_demo_refuses_the_data_of_an_office(filled_once: tuple[Place, str]):  # noqa: F811
    done = filled_once[0].run("demo", "--port", "0")
    assert (done.returncode, done.stdout) == (2, "")
    assert "เป็นของหน่วยงานจริง" in done.stderr and "prongsai serve" in done.stderr
