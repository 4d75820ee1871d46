"""Bringing the database to this version: a new one several times faster than Django alone would."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from typing import Any

from django.core.management import call_command
from django.core.management.commands import migrate
from django.db import connections, transaction
from django.db.migrations.state import ModelState, ProjectState, StateApps

_ADD_MODEL, _ADD_INDEX, _ADD_CONSTRAINT = ProjectState.add_model, ProjectState.add_index, ProjectState.add_constraint


def bring_up() -> None:
    """Apply the migrations that are not applied yet: all of them, or none. Raises DatabaseError."""
    with _all_or_nothing():
        is_new = not connections["default"].introspection.table_names()
        with _of_a_new_database() if is_new else nullcontext():
            call_command(_Migrate(), verbosity=0, interactive=False)


def pending(applied: Mapping[str, list[str]], known: Mapping[str, list[str]]) -> list[str]:
    """Name the migrations that a database has yet to get."""
    return [f"{app}.{name}" for app, names in known.items() for name in names if name not in applied.get(app, [])]


@contextmanager
def _all_or_nothing() -> Iterator[None]:
    """Open one transaction over all migrations."""
    connection = connections["default"]
    if connection.in_atomic_block:  # somebody's own, which ends as a whole
        yield
    elif connection.vendor == "sqlite":
        connection.disable_constraint_checking()  # cannot be done inside; each migration checks at its end
        try:
            with transaction.atomic():
                yield
        finally:
            connection.enable_constraint_checking()
    else:
        with transaction.atomic():
            yield


class _Migrate(migrate.Command):
    """Django's command, which lets rows that one migration changed settle before the next changes their table."""

    def migration_progress_callback(self, action: str, migration: object = None, fake: bool = False) -> None:
        """Check what was deferred to the end of the transaction now: PostgreSQL alters no table that has such rows."""
        if action == "apply_success" and connections["default"].vendor == "postgresql":
            with connections["default"].cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@contextmanager
def _of_a_new_database() -> Iterator[None]:
    """Let the migrations of a new database keep the classes of models that there are.

    With each model, index and constraint Django makes the classes of all models near it anew: four fifths of the time
    of a first start. Here a model is made beside the others, and an index or a constraint is added to its class. That
    the same tables come of it, by every migration there is, is held by tests/web/operations/test_schema.py.
    """
    _install(_add_model, _add_index, _add_constraint)
    try:
        yield
    finally:
        _install(_ADD_MODEL, _ADD_INDEX, _ADD_CONSTRAINT)


def _install(*methods: Callable[..., None]) -> None:
    for name, method in zip(("add_model", "add_index", "add_constraint"), methods, strict=True):
        setattr(ProjectState, name, method)


def _add_model(state: ProjectState, model: ModelState) -> None:
    with _kept(state) as apps:
        _ADD_MODEL(state, model)
    if apps is not None:
        apps.render_multiple([model])


def _add_index(state: ProjectState, app_label: str, model_name: str, index: Any) -> None:
    with _kept(state) as apps:
        _ADD_INDEX(state, app_label, model_name, index)
    if apps is not None:
        options = apps.get_model(app_label, model_name)._meta
        options.indexes = [*options.indexes, index]


def _add_constraint(state: ProjectState, app_label: str, model_name: str, constraint: Any) -> None:
    with _kept(state) as apps:
        _ADD_CONSTRAINT(state, app_label, model_name, constraint)
    if apps is not None:
        options = apps.get_model(app_label, model_name)._meta
        options.constraints = [*options.constraints, constraint]


@contextmanager
def _kept(state: ProjectState) -> Iterator[StateApps | None]:
    """Give the classes of a state, which does not see them meanwhile; code of migrations gets new ones."""
    apps = state.__dict__.pop("apps", None)
    yield apps
    if apps is not None:
        state.apps, state.is_delayed = apps, True
