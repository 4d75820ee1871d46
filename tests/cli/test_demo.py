"""``prongsai demo``: the made-up municipality, on this machine alone, with a sign-in for every role."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from prongsai.web.agencies.roles import Role
from prongsai.web.operations import demo_complaints, demo_registers
from tests.conftest import PROVE
from tests.trips.conftest import loaded  # noqa: F401
from tests.trips.demo_smoke import sign_in
from tests.web.operations.conftest import filled, filled_once, place, prepared_once  # noqa: F401
from tests.web.operations.place import SERVER, Place
from tests.web.operations.running import served, status

pytestmark = pytest.mark.db
KEPT = ("cycles.finding", "plans.measure")


@pytest.fixture
def office(request: pytest.FixtureRequest, place: Callable[[], Place], tmp_path: Path) -> Place:  # noqa: F811
    """An installation of the demonstration: on a server's database a new one, else a copy of that of the walks."""
    if SERVER:
        return place()
    shutil.copytree(request.getfixturevalue("loaded"), tmp_path / "demo")
    return Place(tmp_path / "demo")


@pytest.mark.skipif(bool(SERVER), reason="of the embedded database alone")
def test_demo_lets_in_afterwards_whom_it_let_in_first(loaded: Path, office: Place):  # noqa: F811
    first = json.loads((loaded.parent / "first.json").read_text(encoding="utf-8"))
    kept = json.loads((office.folder / "demo.json").read_text(encoding="utf-8"))
    assert {one["role"]: [one["username"], one["password"]] for one in kept} == first


def test_demo_prints_its_address_lets_every_role_in_and_keeps_what_it_made(office: Place):
    with served(office, "demo", "--port", "0") as told:
        assert list(told) == ["url", "login_url", "accounts", "keys", "receipts"]
        assert [one["who"] for one in told["keys"]] == list(demo_complaints.DUTIES)
        assert told["url"].startswith("http://127.0.0.1:") and told["login_url"].startswith(told["url"])
        assert [list(account) for account in told["accounts"]] == [["role", "username", "password"]] * (len(Role) + 1)
        assert {account["role"] for account in told["accounts"]} == {*Role, "mentor"}
        for account in told["accounts"] if PROVE else told["accounts"][:3]:  # a password is slow to check, on purpose
            assert account["password"] not in sign_in(told["login_url"], account["username"], account["password"])
        with pytest.raises(AssertionError, match="was not let in"):
            sign_in(told["login_url"], "mayor", "wrong password")
        assert status(f"{told['url']}first-run/") == 404
    before = office.told("rows")
    with served(office, "demo", "--port", "0") as again:
        assert [again[name] for name in ("accounts", "keys", "receipts")] == [
            told[name] for name in ("accounts", "keys", "receipts")
        ]
    after, held = office.told("rows", "loaded")
    assert [after[name] for name in KEPT] == [before[name] for name in KEPT]
    assert held["is_demo"] and held["broken"] == 0
    assert held["papers"] == [
        "gap-memo-2566.txt",
        "indicator-plan-2567.txt",
        "score-results-2567.txt",
        "tracking-2567.txt",
    ]
    assert held["findings"] > 20 and held["measures"] > 20 and held["official"] >= 2
    _holds_its_registers(held)


def _holds_its_registers(held: dict) -> None:
    """Three years of registers: as the samples say until the day they were written, later on at least that."""
    assert held["imported"] == dict.fromkeys(sorted(sheet.register for sheet in demo_registers.SHEETS), 0)
    first, present, plan = held["boards"]
    assert sorted(first) == ["closed"] * 11 + ["none"]
    assert present[-1] in ("expected", "missed")
    assert plan == ["missed", "missed"]
    assert len(held["green"]) >= 8
    assert held["published"] == sorted(demo_registers.PUBLISHED)
    assert held["outside"] == sorted(demo_registers.TAKES_OUTSIDE)
    assert held["asked"] == [["questions", "asked"]]
    assert held["waiting"] >= 1


def test_demo_refuses_the_data_of_an_office(filled: Place):  # noqa: F811
    done = filled.run("demo", "--port", "0")
    assert (done.returncode, done.stdout) == (2, "")
    assert "เป็นของหน่วยงานจริง" in done.stderr and "prongsai serve" in done.stderr
