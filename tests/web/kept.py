"""What many tests begin with: made once in a worker as users make it, then put into the database as rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction

Row = tuple[object, ...]
Rows = dict[str, dict[object, Row]]  # table → key → row


@dataclass(frozen=True, slots=True)
class Kept:
    """How full the database was before something was made, and the rows that it added or changed."""

    before: Row
    rows: Rows


_kept: dict[str, Kept] = {}


def begin_with(name: str, make: Callable[[], object]) -> None:
    """Make something; where the database is as full as the first time, put in the rows of that time."""
    there = _fullness()
    kept = _kept.get(name)
    if kept is not None and kept.before == there:
        _put(kept.rows)
        return
    before = {} if kept else _rows()
    make()
    if kept is None:
        _kept[name] = Kept(there, _new(before, _rows()))


def _keys() -> dict[str, str]:
    """Give every table with the column of its key."""
    return {one._meta.db_table: one._meta.pk.column for one in apps.get_models(include_auto_created=True)}


def _fullness() -> Row:
    """Count the rows of every table, and give its last key."""
    counts = ", ".join(
        f'(SELECT count(*) FROM "{table}"), (SELECT max({last}) FROM "{table}")' for table, last in _lasts().items()
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counts}")
        found: Row = cursor.fetchone()
    return found


def _lasts() -> dict[str, str]:
    """Give every table with what its last key is found by; PostgreSQL finds no largest UUID."""
    found = {one._meta.db_table: one._meta.pk for one in apps.get_models(include_auto_created=True)}
    is_text = {table for table, key in found.items() if isinstance(key, models.UUIDField)}
    return {table: f'CAST("{key}" AS text)' if table in is_text else f'"{key}"' for table, key in _keys().items()}


def _rows() -> Rows:
    with connection.cursor() as cursor:
        return {table: _rows_of(cursor, table, key) for table, key in _keys().items()}


def _rows_of(cursor, table: str, key: str) -> dict[object, Row]:
    cursor.execute(f'SELECT * FROM "{table}"')
    at = [column[0] for column in cursor.description].index(key)
    return {row[at]: tuple(bytes(one) if isinstance(one, memoryview) else one for one in row) for row in cursor}


def _new(before: Rows, after: Rows) -> Rows:
    """Give the rows that were not there, or not so."""
    assert not any(before[table].keys() - rows.keys() for table, rows in after.items()), "rows were deleted"
    found = {
        table: {key: row for key, row in rows.items() if before[table].get(key) != row} for table, rows in after.items()
    }
    return {table: rows for table, rows in found.items() if rows}


def _put(rows: Rows) -> None:
    keys = _keys()
    with transaction.atomic(), connection.cursor() as cursor:
        for table, found in rows.items():
            cursor.executemany(f'DELETE FROM "{table}" WHERE "{keys[table]}" = %s', [(key,) for key in found])
            marks = ", ".join(["%s"] * len(next(iter(found.values()))))
            cursor.executemany(f'INSERT INTO "{table}" VALUES ({marks})', list(found.values()))
        models = [one for one in apps.get_models(include_auto_created=True) if one._meta.db_table in rows]
        for line in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(line)
