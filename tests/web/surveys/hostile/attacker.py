"""Somebody who has everything but the folder of keys, and takes it again after each single answer.

Tables with the numbers of their rows and transactions, sequences, the bytes of the database file and of its
write-ahead log, everything that is logged at its most talkative, the data folder, backups opened with their key.
"""

from __future__ import annotations

import logging
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection

from prongsai.web.agencies.models import Agency
from prongsai.web.operations import archive, backup, keys
from prongsai.web.surveys.models import Answer, Aside, Box, Code

IS_POSTGRES = connection.vendor == "postgresql"
_PLACES = "ctid::text, xmin::text, xmax::text" if IS_POSTGRES else "rowid, 0, 0"


class Attacker:
    """Looks, and keeps what was seen. log: what was logged so far; wal: all bytes that were added to the log."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = bytearray()
        self.wal = bytearray()
        self.files: list[bytes] = []  # of the database, as they were at some time
        self.backups: list[dict[str, bytes]] = []
        self._raw, self._pin = _raw_connection(), _raw_connection()
        self._pair = keys.new_pair()
        self._tables = [one._meta.db_table for one in apps.get_models(include_auto_created=True)]
        self._wal_end = self._wal_now()

    # --- after each answer ------------------------------------------------------------------------------------------
    def rows(self, model: Any) -> list[dict[str, Any]]:
        """Give the rows of a table in the order in which the database gives them, with where they lie."""
        names = [one.column for one in model._meta.concrete_fields]
        columns = ", ".join(f'"{one}"' for one in names)
        found = self._ask(f'SELECT {_PLACES}, {columns} FROM "{model._meta.db_table}"')
        return [dict(zip(("place", "xmin", "xmax", *names), row, strict=True)) for row in found]

    def keys_of(self, model: Any) -> set[Any]:
        """Give the keys of a table."""
        return {row[0] for row in self._ask(f'SELECT "{model._meta.pk.column}" FROM "{model._meta.db_table}"')}

    def seen(self) -> dict[str, Any]:
        """Look at every row of every table, or whose transaction it is of, and at sequences: what an answer changes."""
        if not IS_POSTGRES:
            found = {one: hash(tuple(self._ask(f'SELECT * FROM "{one}"'))) for one in self._tables}
            return found | {"sequences": tuple(self._sequences())}
        last = "max(xmin::text::bigint)"  # a row that is changed is a new one
        asked = " UNION ALL ".join(f"SELECT '{one}', count(*), {last} FROM \"{one}\"" for one in self._tables)
        return {row[0]: row[1:] for row in self._ask(asked)} | {"sequences": tuple(self._sequences())}

    def folder_now(self) -> list[tuple[str, int, int]]:
        """Give names, sizes and times of all files of the data folder but the keys and the database."""
        kept = Path(settings.SURVEY_KEYS_FOLDER)
        found = [path for path in self.folder.rglob("*") if kept not in (path, *path.parents)]
        return sorted((str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in found)

    def take_wal(self) -> None:
        """Take what was added to the write-ahead log since the last time."""
        end = self._wal_now()
        self.wal += self._wal_between(self._wal_end, end)
        self._wal_end = end

    # --- now and then -----------------------------------------------------------------------------------------------
    def take_file(self) -> None:
        """Take the database file: on PostgreSQL the files of the tables of surveys."""
        self.files.append(b"".join(_table_file(self._ask, one) for one in (Box, Code, Answer, Aside))
                          if IS_POSTGRES else _sqlite_path().read_bytes())  # fmt: skip

    def take_backup(self) -> None:
        """Make a backup as ``prongsai backup`` does, and open it with its key."""
        name = f"backup-{len(self.backups)}"
        work = backup._Work(self._pair.public, list(Agency.objects.all()), archive.say_nothing)
        archive.write(self.folder / f"{name}.age", work.sources(), work.manifest, self._pair.public)
        made = archive.opened(self.folder / f"{name}.age", keys.read_private(self._pair.private), self.folder / name)
        with made.packed as packed:
            self.backups.append({part: packed.read(part) for part in packed.namelist()})
        for path in (self.folder / name, self.folder / f"{name}.age"):
            path.unlink()

    @property
    def last_backup(self) -> bytes:
        """The last backup, opened, as one."""
        return b"".join(self.backups[-1].values())

    def settle(self) -> None:
        """Let the database write everything into its file."""
        self._pin.close()
        with connection.cursor() as cursor:
            cursor.execute("CHECKPOINT" if IS_POSTGRES else "PRAGMA wal_checkpoint(TRUNCATE)")
        self._pin = _raw_connection()
        self._wal_end = self._wal_now()

    def everything(self) -> bytes:
        """Give all bytes that were ever seen."""
        backups = (content for one in self.backups for content in one.values())
        return b"\n".join((bytes(self.wal), bytes(self.log), *self.files, *backups))

    def close(self) -> None:
        self._raw.close()
        self._pin.close()

    # --- how ----------------------------------------------------------------------------------------------------------
    def _ask(self, sql: str) -> list[tuple[Any, ...]]:
        return list(self._raw.execute(sql).fetchall())

    def _sequences(self) -> Iterator[Any]:
        if IS_POSTGRES:
            yield from self._ask("SELECT sequencename, last_value FROM pg_sequences ORDER BY 1")
        else:
            yield from self._ask("SELECT name, seq FROM sqlite_sequence ORDER BY 1")

    def _wal_now(self) -> int:
        if IS_POSTGRES:
            return int(self._ask("SELECT pg_current_wal_flush_lsn() - '0/0'::pg_lsn")[0][0])
        # Whoever reads on from an old look keeps the log from being begun anew: it only grows.
        if not self._pin.in_transaction:
            self._pin.execute("BEGIN")
            self._pin.execute("SELECT count(*) FROM sqlite_master").fetchall()
        path = _sqlite_path().with_name(f"{_sqlite_path().name}-wal")
        return path.stat().st_size if path.exists() else 0

    def _wal_between(self, begin: int, end: int) -> bytes:
        if not IS_POSTGRES:
            with _sqlite_path().with_name(f"{_sqlite_path().name}-wal").open("rb") as file:
                file.seek(begin)
                return file.read(end - begin)
        size = int(self._ask("SELECT setting FROM pg_settings WHERE name = 'wal_segment_size'")[0][0])
        found = b""
        while begin < end:
            step = min(end, (begin // size + 1) * size)
            asked = (
                "SELECT pg_read_binary_file('pg_wal/' || pg_walfile_name('0/0'::pg_lsn + %(at)s::numeric),"
                " %(at)s %% %(size)s, %(length)s)"
            )
            named = {"at": begin, "size": size, "length": step - begin}
            found += bytes(self._raw.execute(asked, named).fetchone()[0])
            begin = step
        return found


def _table_file(ask: Any, model: Any) -> bytes:
    (row,) = ask(f"SELECT pg_read_binary_file(pg_relation_filepath('{model._meta.db_table}'))")
    return bytes(row[0])


def _sqlite_path() -> Path:
    return Path(connection.settings_dict["NAME"])


def _raw_connection() -> Any:
    """A connection of the attacker's own, beside those of the program."""
    if not IS_POSTGRES:
        return sqlite3.connect(_sqlite_path(), isolation_level=None)
    import psycopg

    given = connection.get_connection_params()
    names = ("dbname", "user", "password", "host", "port")
    return psycopg.connect(**{one: given[one] for one in names if given.get(one)}, autocommit=True, prepare_threshold=0)


@contextmanager
def listening(attacker: Attacker) -> Iterator[None]:
    """Have everything logged, the words to the database too, and taken by the attacker."""

    class Taking(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            attacker.log += f"{record.name} {record.getMessage()} {record.__dict__.get('params')}\n".encode(
                errors="replace"
            )

    handler = Taking(logging.DEBUG)
    loggers = [logging.getLogger(name) for name in ("", "django", "django.db.backends", "prongsai")]
    before = [(one.level, one.propagate) for one in loggers]
    for one in loggers:
        one.setLevel(logging.DEBUG)
        one.propagate = False  # pytest would print all of it
        one.addHandler(handler)
    connection.force_debug_cursor = True
    try:
        yield
    finally:
        connection.force_debug_cursor = False
        for one, (level, propagates) in zip(loggers, before, strict=True):
            one.removeHandler(handler)
            one.setLevel(level)
            one.propagate = propagates


def own_server_log() -> bytes:
    """Give what the database server itself logged, where it can be read."""
    if not IS_POSTGRES:
        return b""
    with connection.cursor() as cursor:
        cursor.execute("SHOW data_directory")
        path = Path(cursor.fetchone()[0]).parent / "log"
    return path.read_bytes() if os.access(path, os.R_OK) else b""
