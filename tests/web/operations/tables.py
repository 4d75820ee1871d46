"""What a database is made of, to hold two of them against each other."""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

# Triggers are left out: the tests' own database has none.
_SQLITE = ("SELECT type, name, tbl_name, sql FROM sqlite_master WHERE type <> 'trigger' ORDER BY type, name",)
_POSTGRESQL = (
    "SELECT table_name, column_name, data_type, character_maximum_length, is_nullable, column_default"
    " FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, ordinal_position",
    "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1, 2",
    "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
    " WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2",
)


def tables(connection: BaseDatabaseWrapper) -> list[list[str]]:
    """Give every table, index and constraint, each in the database's own words."""
    found = []
    with connection.cursor() as cursor:
        for statement in {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}[connection.vendor]:
            cursor.execute(statement)
            found += [[str(value) for value in row] for row in cursor.fetchall()]
    return found
