"""A data folder that somebody works in is not put aside."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from prongsai.web.environment import SQLITE_NAME
from prongsai.web.operations.staging import InUse, Target


def office(folder: Path) -> sqlite3.Connection:
    """A database as a server keeps it open, at rest."""
    line = sqlite3.connect(folder / SQLITE_NAME, isolation_level=None)
    line.execute("PRAGMA journal_mode=WAL")
    line.execute("CREATE TABLE entry (id INTEGER)")
    return line


def test_office_that_is_open_is_not_put_aside(tmp_path: Path):
    with closing(office(tmp_path)), pytest.raises(InUse):
        Target.at(tmp_path, replace=True)
    target = Target.at(tmp_path, replace=True)
    with closing(sqlite3.connect(tmp_path / SQLITE_NAME)) as line, target.staging() as staging:
        line.execute("SELECT * FROM entry").fetchall()  # opened again while the backup was being read
        with pytest.raises(InUse):
            target.take(staging)
    assert (tmp_path / SQLITE_NAME).is_file()


def test_damaged_office_is_put_aside(tmp_path: Path):
    (tmp_path / SQLITE_NAME).write_bytes(b"not a database" * 100)
    target = Target.at(tmp_path, replace=True)
    with target.staging() as staging:
        assert target.take(staging) == tmp_path / target.aside_name
