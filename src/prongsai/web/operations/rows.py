"""Rows of the database as lines of JSON, the same on every database, and back.

Not Django's own serializers: they cut times to milliseconds, and the journal's hashes cover the whole of them.
"""

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from itertools import islice

from django.apps import apps
from django.apps.registry import Apps
from django.core.management.color import no_style
from django.db import connections, models
from django.db.models import sql
from django.db.models.functions import Collate

# Signs-in end with the machine: their keys are worth nothing under another secret, and nobody needs them back. What is
# done in the background begins anew by the clock of the new one.
LEFT_OUT = frozenset({"sessions.session", "usersessions.usersession", "work.job"})
BATCH = 500
Model = type[models.Model]


def models_kept(of: Apps = apps) -> list[Model]:
    """Give every model that is backed up, also those of many-to-many links, in the order of their labels.

    of: those of another version, as its migrations made them.
    """
    found = of.get_models(include_auto_created=True)
    return sorted(
        (each for each in found if each._meta.managed and each._meta.label_lower not in LEFT_OUT),
        key=lambda each: each._meta.label_lower,
    )


def lines_of(model: Model) -> Iterator[tuple[bytes, int]]:
    """Give the rows of a model as lines of JSON, some at a time, with how many they are."""
    fields = model._meta.concrete_fields
    names = [field.attname for field in fields]
    found = model._base_manager.order_by(_by_key(model)).values_list(*names).iterator(chunk_size=BATCH)
    while batch := list(islice(found, BATCH)):
        yield "".join(_line(names, row) for row in batch).encode(), len(batch)


def _by_key(model: Model) -> str | Collate:
    """Give the order of the key, of words by their bytes: every database has an order of letters of its own."""
    if not isinstance(model._meta.pk, models.CharField):
        return "pk"
    return Collate("pk", "C" if connections["default"].vendor == "postgresql" else "BINARY")


def _line(names: list[str], row: tuple[object, ...]) -> str:
    values = {name: _plain(value) for name, value in zip(names, row, strict=True)}
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


def _plain(value: object) -> object:
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode("ascii")
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, float):
        # JSON of PostgreSQL gives the digits of 1e16 and more, and no negative zero.
        return int(value) if abs(value) >= 1e16 and value.is_integer() else value + 0.0
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def digest_of(model: Model) -> tuple[int, str]:
    """Count the rows of a model, and give the SHA-256 of their lines."""
    digest, count = hashlib.sha256(), 0
    for piece, rows in lines_of(model):
        digest.update(piece)
        count += rows
    return count, digest.hexdigest()


def put(model: Model, rows: Iterable[dict[str, object]]) -> Iterator[int]:
    """Insert rows exactly as they are, some at a time; gives how many each time.

    No default, no ``auto_now`` and no signal touches them: ``bulk_create`` would write today's time over the kept one.
    """
    fields = model._meta.concrete_fields
    connection = connections["default"]
    size = max(1, connection.ops.bulk_batch_size(fields, [None] * BATCH))
    remaining = iter(rows)
    while batch := list(islice(remaining, size)):
        query = sql.InsertQuery(model)
        query.insert_values(fields, [_record(model, row) for row in batch], raw=True)
        query.get_compiler("default").execute_sql()
        yield len(batch)


def _record(model: Model, row: dict[str, object]) -> models.Model:
    values = {field.attname: field.to_python(row[field.attname]) for field in model._meta.concrete_fields}
    return model(**values)


def defer_constraints() -> None:
    """Let rows point at rows that come later, until the end of the transaction; migrations may have said otherwise."""
    connection = connections["default"]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def clear(kept: Iterable[Model]) -> None:
    """Empty the tables, where a fresh database has rows of its own (content types, permissions)."""
    connection = connections["default"]
    with connection.cursor() as cursor:
        for model in kept:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")


def reset_sequences(kept: Iterable[Model]) -> None:
    """Let the next number of every table follow the highest there is."""
    connection = connections["default"]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(kept)):
            cursor.execute(statement)
