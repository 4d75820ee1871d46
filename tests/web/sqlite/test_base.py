"""Writers of SQLite who come at the same moment."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from django.db import OperationalError, connection, connections, transaction
from django.db.backends.sqlite3 import base as django_base

from prongsai.web import environment
from prongsai.web.agencies.models import Agency
from prongsai.web.sqlite import base
from tests.web.at_once import at_once, on_disk

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has a queue of its own"),
]


def write() -> None:
    with transaction.atomic():
        Agency.objects.update(phone="1")


def test_an_office_without_a_server_database_has_the_queue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv(environment.DATABASE, raising=False)
    assert environment.database(tmp_path)["ENGINE"] == "prongsai.web.sqlite"
    assert isinstance(connections["default"], base.DatabaseWrapper)


def test_one_at_a_time_looks_whether_the_file_is_free(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    looking, most = [0], [0]
    begin = django_base.DatabaseWrapper._start_transaction_under_autocommit

    def watched(wrapper: django_base.DatabaseWrapper) -> None:
        looking[0] += 1
        most[0] = max(most[0], looking[0])
        time.sleep(0.01)  # so that whoever could come in between does
        begin(wrapper)
        looking[0] -= 1

    monkeypatch.setattr(django_base.DatabaseWrapper, "_start_transaction_under_autocommit", watched)
    with on_disk(tmp_path):
        at_once(*[write] * 6)
    assert most == [1]


def test_the_turn_is_given_back_by_who_waited_in_vain(tmp_path: Path):
    with on_disk(tmp_path):
        path = connection.settings_dict["NAME"]
        with closing(sqlite3.connect(path, isolation_level=None)) as other:  # as another program does
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA busy_timeout = 50")
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(OperationalError, match="locked"):
                write()
            other.execute("ROLLBACK")
        write()
