"""Several who act at the same moment, each with a database connection of their own; SQLite in a file, as an office has.

The test database in memory, which the other tests use, is one that threads share and that does not wait for its turn.
"""

from __future__ import annotations

import re
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, connections

from prongsai.errors import ProngsaiError
from prongsai.web.agencies import journal
from prongsai.web.agencies.models import Agency

WAIT = 300  # seconds; more than any lock is waited for
THAI = re.compile("[ก-๛]")
_LOCKING = re.compile(r"^(INSERT|UPDATE|DELETE)\b|\bFOR (NO KEY )?UPDATE\b")
_TURN = re.compile(r'FROM "agencies_agency".* FOR NO KEY UPDATE')
# Not of an agency, or a store that only ever grows: nobody waits for these in a ring.
_APART = re.compile(r'"(django_session|axes_\w+|account_\w+|django_cache\w*|work_job)"')


@contextmanager
def on_disk(folder: Path) -> Iterator[None]:
    """Work on a copy of the empty test database that stands in a file; on PostgreSQL there is nothing to do."""
    if connection.vendor != "sqlite":
        yield
        return
    path = folder / "at-once.sqlite3"
    connection.ensure_connection()
    in_memory, name = connection.connection, connection.settings_dict["NAME"]
    with closing(sqlite3.connect(path)) as copy:
        in_memory.backup(copy)
    # The settings of every thread's connection are this very dict; the open one keeps the memory alive meanwhile.
    connection.connection, connection.settings_dict["NAME"] = None, str(path)
    try:
        yield
    finally:
        connection.close()
        connection.connection, connection.settings_dict["NAME"] = in_memory, name


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Give what each call gave, or the exception that it ended with; all begin at the same moment."""
    gate = threading.Barrier(len(calls), timeout=WAIT)
    connection.close()  # a pool has few connections, and none must be held while others want one

    def run(call: Callable[[], Any]) -> Any:
        gate.wait()
        try:
            with _first_lock_is_the_turn():
                return call()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as threads:
        futures = [threads.submit(run, call) for call in calls]
        return [future.exception(WAIT) or future.result() for future in futures]


@contextmanager
def _first_lock_is_the_turn() -> Iterator[None]:
    """Hold that every transaction takes the agency's turn before it locks anything else: so there can be no ring.

    Seen on PostgreSQL only: on SQLite a transaction takes the whole database as it begins.
    """
    has_turn = False

    def watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal has_turn
        if _TURN.search(sql):
            has_turn = True
        elif connection.in_atomic_block and _LOCKING.search(sql) and not _APART.search(sql):
            assert has_turn, f"locked before the agency's turn was taken: {sql[:300]}"
        return execute(sql, params, many, context)

    if connection.vendor != "postgresql":
        yield
        return
    set_autocommit = connection.set_autocommit

    def begin_or_end(*args: Any, **kwargs: Any) -> None:
        nonlocal has_turn
        has_turn = False
        set_autocommit(*args, **kwargs)

    connection.set_autocommit = begin_or_end  # type: ignore[method-assign]
    try:
        with connection.execute_wrapper(watch):
            yield
    finally:
        del connection.set_autocommit


def winner_and_told(outcomes: list[Any], kind: type[BaseException]) -> tuple[Any, Any]:
    """Give what the one winner got and what the other was told: an exception of a kind, in Thai."""
    told = [one for one in outcomes if isinstance(one, BaseException)]
    assert [type(one) for one in told] == [kind], outcomes
    won = [one for one in outcomes if one not in told]
    assert len(won) == len(outcomes) - 1
    if isinstance(told[0], ProngsaiError):
        assert THAI.search(told[0].message_th)
        assert THAI.search(told[0].mend_th or "")
    return won[0], told[0]


def assert_chain_holds(agency: Agency) -> None:
    """Hold that the journal's numbers have no gap and no link is broken."""
    numbers = list(agency.journal.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert list(journal.broken(agency)) == []
