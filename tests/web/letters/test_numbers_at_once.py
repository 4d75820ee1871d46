"""Sixty-four who ask for a number at the same moment, and one who is killed half-way; as tests/web/test_at_once.py."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from prongsai.web.agencies.roles import Role
from prongsai.web.letters.models import Letter, Number, NumberState, Series
from prongsai.web.letters.queries import numbers as queries
from prongsai.web.letters.services import incoming as incoming_services
from prongsai.web.letters.services import numbers as services
from tests.conftest import PROVE
from tests.web.at_once import assert_chain_holds, at_once, on_disk, winner_and_told
from tests.web.operations.place import ROOT

pytestmark = [pytest.mark.db, pytest.mark.django_db(transaction=True)]
MANY = 64
ROUNDS = range(10 if PROVE else 1)


@pytest.fixture(autouse=True, scope="module")
def _on_disk(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[None]:
    """A database in a file for the tests of this module."""
    with django_db_blocker.unblock(), on_disk(tmp_path_factory.mktemp("at-once-numbers")):
        yield


@pytest.fixture
def clerk(scope):
    return scope(Role.CLERK)


@pytest.fixture
def series(clerk) -> Series:
    return services.add_series(clerk, kind="outgoing")


def letter(scope) -> Letter:
    return Letter.objects.create(agency=scope.agency, paper="memo", subject="รายงานผล", drafter=scope.person)


def test_64_who_ask_at_once_get_64_numbers_that_follow_each_other(agency, scope, clerk, series):
    who = (clerk, scope(Role.COORDINATOR))
    for number in ROUNDS:
        asked = [partial(services.take_number, who[n % 2], series=series, subject=f"{n}") for n in range(MANY)]
        given = at_once(*asked)
        first = number * MANY + 1
        assert sorted(one.value for one in given) == list(range(first, first + MANY))
        assert sorted(one.text for one in given) == sorted(f"ลบ 52701/{n}" for n in range(first, first + MANY))
    assert queries.unexplained(series, queries.year_of(clerk.today)) == ()
    assert_chain_holds(agency)


def test_first_number_of_a_kind_asked_for_at_once_opens_one_register(agency, clerk):
    letters = [letter(clerk) for _ in range(8)]
    given = at_once(
        *(partial(services.number_letter, clerk, letter=one, version=1, dated=clerk.today) for one in letters)
    )
    assert sorted(one.number.value for one in given) == list(range(1, 9))
    assert Series.objects.count() == 1
    assert_chain_holds(agency)


def test_one_letter_numbered_twice_at_once_takes_one_number(agency, clerk, series):
    for number in ROUNDS:
        mine = letter(clerk)
        asked = partial(services.number_letter, clerk, letter=mine, version=None, dated=clerk.today)
        winner_and_told(at_once(asked, asked), ValidationError)
        assert Number.objects.count() == number + 1
    assert_chain_holds(agency)


def test_reserved_number_used_and_cancelled_at_once_is_one_of_both(agency, clerk, series):
    for _ in ROUNDS:
        held = services.reserve(clerk, series=series, subject="จอง")[0]
        outcomes = at_once(
            partial(services.number_letter, clerk, letter=letter(clerk), version=1, dated=clerk.today, number=held),
            partial(services.cancel_number, clerk, number=held, version=None, reason="ไม่ใช้"),
        )
        told = [one for one in outcomes if isinstance(one, BaseException)]
        held.refresh_from_db()
        bears = Letter.objects.filter(number=held).exists()
        # Used first and then cancelled, the draft loses it again; cancelled first, it is not used.
        assert held.state == NumberState.CANCELLED and not bears
        assert all(isinstance(one, ValidationError) for one in told)
    assert queries.unexplained(series, queries.year_of(clerk.today)) == ()
    assert_chain_holds(agency)


def test_letters_that_come_in_at_once_get_numbers_that_follow_each_other(agency, clerk):
    services.ensure_series(clerk, kind="incoming")
    given = at_once(
        *(
            partial(
                incoming_services.register_incoming,
                clerk, sender=f"อำเภอ {n}", addressee="นายกเทศมนตรี", subject="แจ้งเพื่อทราบ", way="saraban",
            )
            for n in range(8)
        )
    )  # fmt: skip
    assert sorted(one.number.value for one in given) == list(range(1, 9))
    assert_chain_holds(agency)


# --- killed ----------------------------------------------------------------------------------------------------------
def killed(folder: Path, what: str, pk: int = 0) -> None:
    """Let a process of its own give a number as far as told, and kill it there: no chance to clean up."""
    command = [sys.executable, "-m", "tests.web.letters.killed", str(connection.settings_dict["NAME"]), what, str(pk)]
    path = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    environment = os.environ | {"PRONGSAI_DATA": str(folder), "PYTHONPATH": path, "PYTHONUTF8": "1"}
    connection.close()
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, env=environment, stdin=pipe, stdout=pipe, stderr=pipe, text=True, cwd=ROOT)
    assert process.stdout is not None
    assert process.stdout.readline() == "half-way\n", process.communicate()[1]
    process.kill()
    process.communicate(timeout=120)


@pytest.mark.parametrize("what", ["taken", "letter"])
def test_kill_between_number_and_save_leaves_nothing_behind(agency, clerk, series, tmp_path, what):
    services.take_number(clerk, series=series, subject="ก่อนไฟดับ")
    mine = letter(clerk)
    killed(tmp_path, what, mine.pk)
    mine.refresh_from_db()
    assert (mine.number, mine.series, mine.dated) == (None, None, None)
    assert list(Number.objects.values_list("value", flat=True)) == [1]
    made = services.number_letter(clerk, letter=mine, version=1, dated=clerk.today)
    assert made.number.value == 2  # the number that the killed one had in its hands
    assert queries.unexplained(series, queries.year_of(clerk.today)) == ()
    assert_chain_holds(agency)


def test_kill_after_a_reservation_leaves_it_to_be_seen_used_or_cancelled(agency, clerk, series, tmp_path, sign_in):
    killed(tmp_path, "reserved")
    held = Number.objects.get()
    assert (held.state, held.subject, held.taken_by) == (NumberState.RESERVED, "จองก่อนไฟดับ", clerk.person)
    page = sign_in(Role.CLERK).get(series.get_absolute_url()).content.decode()
    assert "ลบ ๕๒๗๐๑/๑" in page and "จองก่อนไฟดับ" in page and str(clerk.person) in page
    assert services.take_number(clerk, series=series, subject="ถัดไป").value == 2
    made = services.number_letter(clerk, letter=letter(clerk), version=1, dated=clerk.today, number=held)
    assert made.number == held
    assert queries.unexplained(series, queries.year_of(clerk.today)) == ()
    assert_chain_holds(agency)
