"""Making many local governments of one, in PostgreSQL: every row copied by the database itself.

Every table is copied by one ``INSERT … SELECT`` without its indexes and constraints, which are made afterwards as a
restored dump has them; so the foreign keys of all copies are checked. The key of a copied row is its first key and so
many times ``STRIDE``, everywhere alike: what points at it follows by the same sum. Rows of one office lie far from each
other in their table, as they do when thousands write in it day by day.

Not as in life: all offices have the same work (their names, kinds, places and scores differ); the journal has
``LINES`` lines each, its chain right; what is written inside JSON still names the rows of the first office, and the
chain of proof is the first one's.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass

from django.apps import apps
from django.db import connection, models

from prongsai.thai.places import PROVINCES
from prongsai.web.agencies import journal, triggers
from prongsai.web.agencies.models import Agency, AgencyKind, AuditEntry

STRIDE = 10_000
LINES = 60
COUNT = 7850
# As many of a kind as there are in the country, in thousandths.
KINDS = ((10, AgencyKind.PROVINCE), (14, AgencyKind.CITY), (39, AgencyKind.TOWN), (325, AgencyKind.SUBDISTRICT))
DISTRICTS = 11  # of a province, on average
# Of the installation, or made for all offices at once afterwards.
SHARED = frozenset({"auth", "contenttypes", "sessions", "axes", "mentor", "directory", "results", "work", "operations"})
ALSO_COPIED = frozenset(
    f"mentor.{name}" for name in ("Standing", "ItemStanding", "FaultStanding", "Participation", "Receipt")
)
_NATION = """
    CREATE TEMPORARY TABLE nation AS SELECT k, lpad((10000000 + k)::text, 8, '0') AS code FROM generate_series(%s, %s) k
"""
_INDEXES = """
    SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i
    WHERE i.indrelid = %s::regclass AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid)
"""
_CONSTRAINTS = """
    SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass AND contype = %s
"""
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an office lies and what it is, by its number."""

    kind: str
    province: str
    district: str

    @property
    def name(self) -> str:
        """Its kind and its district."""
        return f"{AgencyKind(self.kind).label}{self.district}"


def place(number: int) -> Place:
    """Give the place of the office of a number: kinds as in the country, provinces in turn."""
    share, at = number * 7919 % 1000, 0
    kind = AgencyKind.TAO
    for width, each in KINDS:
        at += width
        if share < at:
            kind = each
            break
    province = PROVINCES[number % len(PROVINCES)].name
    return Place(kind, province, f"เมือง{province}" if number % 11 == 0 else f"อำเภอที่ {number // 77 % DISTRICTS}")


def multiply(first: int, last: int, say: Say = print) -> None:
    """Copy the office that is there as the numbers ``first`` to ``last``, both included."""
    tables = set(connection.introspection.table_names())
    every = apps.get_models(include_auto_created=True)
    copied = [model for model in every if is_copied(model) and model._meta.db_table in tables]
    triggers.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '1GB'; SET work_mem = '256MB'; SET synchronous_commit = off")
        cursor.execute("SET jit = off")
        cursor.execute(_NATION, [first, last])
        made = _stripped(cursor, copied)
        for model in copied:
            _copy_rows(cursor, model, say)
        _places(cursor, first, last)
    _journal(first, last, say)
    with connection.cursor() as cursor:
        for statement in made:
            _timed(cursor, statement, say)
        _sequences(cursor, copied)
        cursor.execute("DROP TABLE nation")
    triggers.install(connection)
    _timed(connection.cursor(), "VACUUM ANALYZE", say)


def cut_journal(agency: Agency) -> None:
    """Leave the first lines of the journal alone: the chain of what stays is whole."""
    triggers.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM agencies_auditentry WHERE agency_id = %s AND number > %s", [agency.pk, LINES])
    triggers.install(connection)


# --- copying --------------------------------------------------------------------------------------------------------
def is_copied(model: type[models.Model]) -> bool:
    """Whether every office has its rows of a model."""
    meta = model._meta
    if meta.label in ALSO_COPIED:
        return True
    if not meta.managed or meta.proxy or meta.app_label in SHARED or model is AuditEntry:
        return False
    return meta.app_label not in ("account", "mfa", "usersessions")


def _copy_rows(cursor: object, model: type[models.Model], say: Say) -> None:
    table = connection.ops.quote_name(model._meta.db_table)
    cursor.execute(f"SELECT count(*) FROM {table}")
    if not cursor.fetchone()[0]:
        return
    fields = model._meta.local_concrete_fields
    names = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    values = ", ".join(_copied(model, field) for field in fields)
    key = f"t.{connection.ops.quote_name(model._meta.pk.column)}"
    # One row for all offices, then the next.
    _timed(cursor, f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} t, nation n ORDER BY {key}, n.k", say)


def _copied(model: type[models.Model], field: models.Field) -> str:
    """Give what stands in a column of a copy. n: the office, with its number k."""
    column = f"t.{connection.ops.quote_name(field.column)}"
    if field.is_relation:
        assert field.related_model
        return _key(column, field.target_field) if is_copied(field.related_model) else column
    if field.primary_key or field.unique:
        return _key(column, field)
    return _OTHERWISE.get((model._meta.label, field.column), column)


def _key(column: str, field: models.Field) -> str:
    while field.is_relation:
        field = field.target_field
    if (field.model._meta.label, field.column) in _OTHERWISE:
        return _OTHERWISE[field.model._meta.label, field.column]
    if isinstance(field, models.UUIDField):
        return f"md5({column}::text || n.k)::uuid"
    if isinstance(field, models.CharField):  # random text; in hexadecimal digits eight letters come twice
        mixed = f"encode(decode(md5({column} || n.k) || md5(n.k || {column}), 'hex'), 'base64')"
        return f"left(translate({mixed}, '+/=', 'xyz'), length({column}))"
    return f"{column} + n.k * {STRIDE}"


_OTHERWISE = {
    ("agencies.Agency", "code"): "n.code",
    ("agencies.User", "username"): "t.username || '-' || n.code",
    ("cycles.ScoreSnapshot", "overall_pct"): "60 + (n.k * 7919 % 4000) / 100.0",
    ("mentor.Standing", "ready_pct"): "n.k * 7919 % 101",
    ("mentor.Standing", "late_items"): "n.k % 12",
    ("mentor.Standing", "size"): "(ARRAY['tiny', 'small', 'small', 'middle', 'large', 'huge'])[1 + n.k % 6]",
    ("mentor.ItemStanding", "work"): "(ARRAY['not_started', 'in_progress', 'ready'])[1 + (n.k + t.id) % 3]",
    ("mentor.ItemStanding", "example"): "CASE WHEN (n.k + t.id) % 4 = 0 THEN 'https://example.go.th/o' ELSE '' END",
    ("intake.IntakeRow", "target_id"): f"t.target_id + n.k * {STRIDE}",
    ("disclosure.ProofEntry", "subject"): f"t.subject + n.k * {STRIDE}",
}


def _places(cursor: object, first: int, last: int) -> None:
    """Give every office its place: see ``place``. One statement, rows as text."""
    base = Agency.objects.order_by("pk").values_list("pk", flat=True)[0]
    cursor.execute("CREATE TEMPORARY TABLE place (pk bigint, kind text, province text, district text, name text)")
    with cursor.copy("COPY place FROM STDIN") as copying:
        for number in range(first, last + 1):
            one = place(number)
            row = (base + number * STRIDE, str(one.kind), one.province, one.district, f"{one.name} {number}")
            copying.write_row(row)
    cursor.execute(
        "UPDATE agencies_agency a SET kind = p.kind, province = p.province, district = p.district, name = p.name "
        "FROM place p WHERE a.id = p.pk"
    )
    cursor.execute("DROP TABLE place")


def _journal(first: int, last: int, say: Say) -> None:
    """Write the journals of the copies, each with its chain."""
    began = time.perf_counter()
    lines = list(AuditEntry.objects.filter(agency__isnull=False).order_by("number"))  # the installation has its own
    columns = [field.column for field in AuditEntry._meta.local_concrete_fields]
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY agencies_auditentry ({', '.join(columns)}) FROM STDIN") as to,
    ):
        for number in range(first, last + 1):
            for line in _chain(lines, number):
                to.write(line)
    say(f"{time.perf_counter() - began:7.1f} s  journals, {len(lines)} lines each")


def _chain(lines: list[AuditEntry], number: int) -> Iterator[str]:
    previous = journal.FIRST_HASH
    for line in lines:
        one = copy(line)
        one.pk += number * STRIDE
        one.agency_id += number * STRIDE
        one.user_id = one.user_id and one.user_id + number * STRIDE
        if one.subject_id.isdecimal():
            one.subject_id = str(int(one.subject_id) + number * STRIDE)
        one.previous_hash = previous
        previous = one.hash = journal.hash_of(one)
        yield _row(one)


def _row(entry: AuditEntry) -> str:
    """Give a row as COPY reads it."""
    cells = []
    for field in entry._meta.local_concrete_fields:
        value = field.get_db_prep_save(field.value_from_object(entry), connection)
        if isinstance(field, models.JSONField):
            value = value.dumps(value.obj) if hasattr(value, "obj") and value.dumps else value
        cells.append(_cell(value))
    return "\t".join(cells) + "\n"


def _cell(value: object) -> str:
    if value is None:
        return r"\N"
    return str(value).replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


# --- indexes and constraints ----------------------------------------------------------------------------------------
def _stripped(cursor: object, copied: list[type[models.Model]]) -> list[str]:
    """Take constraints and indexes away; give the statements that make them again, in their order."""
    tables = [connection.ops.quote_name(model._meta.db_table) for model in [*copied, AuditEntry]]
    foreign: list[str] = []
    again: list[str] = []
    every = [connection.ops.quote_name(name) for name in connection.introspection.table_names()]
    for table in every:
        foreign += _dropped(cursor, table, "f")
    for table in tables:
        for kind in ("p", "u"):
            again += _dropped(cursor, table, kind)
        cursor.execute(_INDEXES, [table])
        for name, definition in cursor.fetchall():
            cursor.execute(f"DROP INDEX {name}")
            again.append(definition)
    return again + foreign


def _dropped(cursor: object, table: str, kind: str) -> list[str]:
    cursor.execute(_CONSTRAINTS, [table, kind])
    found = cursor.fetchall()
    for name, _ in found:
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    return [f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}' for name, definition in found]


def _sequences(cursor: object, copied: list[type[models.Model]]) -> None:
    """Let new rows come after the copies."""
    for statement in connection.ops.sequence_reset_sql(_no_style(), [*copied, AuditEntry]):
        cursor.execute(statement)


def _no_style() -> object:
    from django.core.management.color import no_style  # noqa: PLC0415  # reason: for this alone

    return no_style()


def _timed(cursor: object, statement: str, say: Say) -> None:
    began = time.perf_counter()
    cursor.execute(statement)
    took = time.perf_counter() - began
    if took > 2:
        say(f"{took:7.1f} s  {statement[:100]}")


def flushed(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
