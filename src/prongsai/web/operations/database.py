"""Reaching the database at the start of a command, and letting go of it at the end."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from prongsai.errors import ProngsaiError

PATIENCE_S = 5
_TURN = 5_270_117  # a number that no other program of the database takes its turns by
_TURN_FILE = "starting.lock"
_TURN_S = 3600.0
POSTGRES_AT_LEAST = 15


class DatabaseUnusable(ProngsaiError):
    """The database does not answer, or refuses."""

    def __init__(self, reason: str) -> None:
        told = " ".join(reason.split())
        super().__init__(
            f"the database cannot be used: {told}",
            message_th=f"ใช้ฐานข้อมูลไม่ได้: {told[:200]}",
            mend_th="ตรวจค่า PRONGSAI_DATABASE หรือโฟลเดอร์ PRONGSAI_DATA แล้วเริ่มใหม่",
        )


class DatabaseTooOld(ProngsaiError):
    """A PostgreSQL that we do not know."""

    def __init__(self, version: int) -> None:
        super().__init__(
            f"PostgreSQL {version // 10_000} is older than {POSTGRES_AT_LEAST}",
            message_th=f"PostgreSQL นี้เป็นรุ่น {version // 10_000} ระบบใช้ได้กับรุ่น {POSTGRES_AT_LEAST} ขึ้นไป",
            mend_th=f"ปรับ PostgreSQL เป็นรุ่น {POSTGRES_AT_LEAST} ขึ้นไป (pg_upgrade หรือย้ายด้วย prongsai backup และ restore)",
        )


def refuse_old(version: int) -> None:
    """Raise DatabaseTooOld for a server below the oldest that is known. version: 150004 is 15.4."""
    if version < POSTGRES_AT_LEAST * 10_000:
        raise DatabaseTooOld(version)


def reach() -> None:
    """See that PostgreSQL answers, before the pool tries in vain. Raises DatabaseUnusable, DatabaseTooOld."""
    connection = connections["default"]
    if connection.vendor != "postgresql":
        return
    import psycopg  # noqa: PLC0415  # reason: only there with the postgres extra

    given = connection.settings_dict
    address = {"dbname": given["NAME"], "user": given["USER"], "password": given["PASSWORD"]}
    place = {"host": given["HOST"], "port": given["PORT"], "connect_timeout": PATIENCE_S}
    try:
        with psycopg.connect(**{name: value for name, value in (address | place).items() if value}) as line:
            version = line.info.server_version
    except psycopg.Error as mistake:
        raise DatabaseUnusable(str(mistake)) from mistake
    refuse_old(version)


def own_line(timeout_s: int | None = None) -> BaseDatabaseWrapper:
    """Give a line to the database beside those of the pages. timeout_s: for opening it, and for each statement."""
    line = connections["default"].copy()
    if line.vendor != "postgresql":
        line.settings_dict["OPTIONS"] = {"timeout": timeout_s} if timeout_s else {}
        return line
    options: dict[str, object] = {"connect_timeout": timeout_s or PATIENCE_S, "application_name": "prongsai beside"}
    if timeout_s:
        options["options"] = f"-c statement_timeout={timeout_s}s"
    line.settings_dict["OPTIONS"] = options
    return line


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Let servers that start at once wait for each other. The turn ends with the process, however that ends."""
    if connections["default"].vendor == "postgresql":
        with closing(own_line()) as line, line.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [_TURN])
            yield
        return
    with closing(sqlite3.connect(folder / _TURN_FILE, timeout=_TURN_S, isolation_level=None)) as turn:
        turn.execute("BEGIN EXCLUSIVE")  # a lock of the file, on every system
        yield


def hang_up() -> None:
    """Close every connection, the pool's too, whose threads would otherwise outlive the work."""
    connections.close_all()
    for connection in connections.all(initialized_only=True):
        if connection.vendor == "postgresql":
            connection.close_pool()  # type: ignore[attr-defined]
