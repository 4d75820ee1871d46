"""The database itself refuses to change or delete what stands in the journal. A migration calls ``install``."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "agencies_auditentry"
_REFUSAL = "journal entries are never changed or deleted"

# INSERT OR REPLACE deletes without asking the delete trigger, hence the third.
_SQLITE = (
    f"CREATE TRIGGER {{name}}_update BEFORE UPDATE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END",
    f"CREATE TRIGGER {{name}}_delete BEFORE DELETE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END",
    f"""CREATE TRIGGER {{name}}_replace BEFORE INSERT ON {TABLE}
        WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id)
          OR EXISTS (SELECT 1 FROM {TABLE} WHERE agency_id IS NEW.agency_id AND number = NEW.number)
        BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END""",
)
_POSTGRESQL = (
    f"""CREATE OR REPLACE FUNCTION {{name}}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '{_REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    f"CREATE TRIGGER {{name}}_row BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION {{name}}()",
    f"CREATE TRIGGER {{name}}_all BEFORE TRUNCATE ON {TABLE} FOR EACH STATEMENT EXECUTE FUNCTION {{name}}()",
)
_REMOVAL = {
    "sqlite": tuple(f"DROP TRIGGER IF EXISTS {{name}}_{what}" for what in ("update", "delete", "replace")),
    "postgresql": (
        f"DROP TRIGGER IF EXISTS {{name}}_row ON {TABLE}",
        f"DROP TRIGGER IF EXISTS {{name}}_all ON {TABLE}",
        "DROP FUNCTION IF EXISTS {name}()",
    ),
}
_MAKING = {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}
_NAME = "journal_is_kept"


def install(connection: BaseDatabaseWrapper) -> None:
    """Make the triggers, anew where they stand already.

    In a migration: ``RunPython(lambda apps, editor: install(editor.connection), lambda apps, editor: remove(…))``.
    """
    remove(connection)
    _run(connection, _MAKING)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away, for a migration backwards and for tests that empty the database."""
    _run(connection, _REMOVAL)


def _run(connection: BaseDatabaseWrapper, statements: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        for statement in statements[connection.vendor]:
            cursor.execute(statement.format(name=_NAME))
