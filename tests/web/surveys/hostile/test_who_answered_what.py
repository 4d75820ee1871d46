"""Nobody can tell who answered what: an attacker with everything but the keys guesses as well as by chance.

Ten batches of codes, each of a group; 50 codes a batch with PRONGSAI_PROVE=1, else fewer. Somebody takes tables, files,
write-ahead log, program log, folder and backups before and after each answer, knows who answered at which moment with
which code, and after the counting holds every order that was seen of persons against every order of what was counted.
All cells of a run together are outside their limits by chance less than once in 10,000 runs
(``test_limits_are_passed_by_chance_in_no_run_of_ten_thousand``). The same guesses find nearly everybody where answers
are stored naively, not shuffled or not padded.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.roles import Role
from prongsai.web.surveys import keys, limits
from prongsai.web.surveys.models import Box, Code
from prongsai.web.surveys.services import counting
from tests.conftest import PROVE
from tests.web.at_once import on_disk
from tests.web.surveys.hostile import ways
from tests.web.surveys.hostile.chance import FAMILY, interval, outside
from tests.web.surveys.hostile.guessing import table, telling
from tests.web.surveys.hostile.run import BATCHES, Run

pytestmark = [pytest.mark.db, pytest.mark.django_db(transaction=True)]
EACH = 50 if PROVE else 12
WAYS = ("printed", "mailed", "link", "paper")
CELLS = 4000  # more than all strategies of all ways together
MARK = f"ลับเฉพาะ{secrets.token_hex(4)}"
PLAIN = (MARK, '"s7":"', '"s7": "', "AGE-SECRET-KEY-1")  # words, chosen answers, a key


@pytest.fixture(autouse=True, scope="module")
def _on_disk(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[None]:
    """A database in a file for the tests of this module."""
    with django_db_blocker.unblock(), on_disk(tmp_path_factory.mktemp("hostile")):
        yield


@pytest.fixture
def run(agency: Agency, tmp_path: Path, settings) -> Callable[..., Run]:
    """Have everybody answer in a way: ``run("printed")``."""
    settings.EMAIL_HOST = "mail.example.org"
    limits.forget()
    return lambda way, answer=ways.by_page: Run(agency, tmp_path, way, EACH, MARK, answer)


@pytest.mark.parametrize("way", WAYS)
def test_who_answered_what_is_guessed_as_by_chance(run, sign_in, way: str, prove) -> None:
    done = run(way, ways.on_paper(sign_in(Role.CLERK)) if way == "paper" else ways.by_page)
    assert [word for word in PLAIN if word.encode() in done.before] == []
    tables = {Box._meta.db_table} | ({Code._meta.db_table} if way != "link" else set())
    assert set().union(*done.changed) == tables
    assert not keys.held()
    found = done.guesses()
    assert len(found) * len(WAYS) <= CELLS
    print(table(way, found, CELLS))
    assert telling(found, CELLS) == []
    prove(
        f"survey answers guessed, {way}",
        len(found),
        len(found),
        f"{BATCHES * EACH} answers, most right {max(one.right for one in found)}",
    )


def test_answers_stored_as_they_come_are_all_found(run) -> None:
    done = run("link", ways.naive)
    assert MARK.encode() in done.before
    right = {one.strategy: one.right for one in done.guesses()}
    assert right["who answered: arrival → answer: place in its table"] == BATCHES * EACH
    assert right["words of an answer: answer: transaction → words: transaction"] == BATCHES * EACH
    assert len(telling(done.guesses(), CELLS)) > 10


def test_answers_that_are_not_shuffled_are_all_found(run, monkeypatch) -> None:
    class Lazy:
        def shuffle(self, things: list[object]) -> None:
            pass

    monkeypatch.setattr(counting, "_random", Lazy())
    done = run("printed", ways.by_service)
    assert max(one.right for one in done.guesses()) == BATCHES * EACH
    assert telling(done.guesses(), CELLS)


def test_words_in_boxes_that_are_not_padded_are_found_by_their_length(run) -> None:
    done = run("link", partial(ways.by_service, box_bytes=1))
    assert "who wrote: length of the box → length" in telling(done.guesses(), CELLS)


def test_limits_are_passed_by_chance_in_no_run_of_ten_thousand() -> None:
    everybody = BATCHES * EACH
    inside = interval(everybody, 1 / EACH, FAMILY / CELLS)
    apart = interval(everybody, 1 / everybody, FAMILY / CELLS)
    assert CELLS * max(outside([EACH] * BATCHES, *inside), outside([everybody], *apart)) < 1e-4
    assert inside[1] < everybody / 2 and apart[1] < everybody / 2
