"""A new database comes to this version by a shorter way than Django's, to the same tables."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.migrations.state import ProjectState

from tests.web.operations.place import Place
from tests.web.operations.tables import tables

pytestmark = [pytest.mark.db, pytest.mark.django_db]


def test_new_database_has_the_tables_that_django_makes(request: pytest.FixtureRequest, prepared: Place):
    """The tests' own database is made by Django alone, the installation's by ``prepare``."""
    if request.config.getoption("nomigrations"):
        pytest.skip("without migrations there is nothing to hold it against")
    made = prepared.told("made_of")
    assert len(made) > 300
    assert made == tables(connection)


def test_other_migrations_are_left_as_they_are():
    from prongsai.web.operations import schema

    before = ProjectState.add_model, ProjectState.add_index, ProjectState.add_constraint
    schema.bring_up()  # the tests' own database is no new one
    assert (ProjectState.add_model, ProjectState.add_index, ProjectState.add_constraint) == before
    with pytest.raises(RuntimeError), schema._of_a_new_database():
        assert ProjectState.add_model is schema._add_model
        raise RuntimeError
    assert (ProjectState.add_model, ProjectState.add_index, ProjectState.add_constraint) == before
