"""Every model leads to its agency or says why not; no row names a row of another agency, and none can be written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models, transaction

from prongsai.web.agencies import belonging, journal
from prongsai.web.agencies.models import Agency, AuditEntry, Membership, User
from prongsai.web.agencies.scope import system_scope
from tests.web.separation import pair
from tests.web.separation.furniture import SEALED
from tests.web.separation.guard import guarded
from tests.web.separation.owners import OWNED, WITHOUT
from tests.web.separation.pair import Furnished, Pair, rows_of, tables, written

pytestmark = pytest.mark.django_db
EVERY = {model._meta.label: model for model in apps.get_models(include_auto_created=True)}


def keys() -> Iterator[tuple[type[models.Model], Any]]:
    """Walk every foreign key from what an agency owns to what an agency owns."""
    for model in tables():
        for key in belonging.keys_of(model):
            if belonging.way_of(key.related_model) is not None:
                yield model, key


# --- the table --------------------------------------------------------------------------------------------------------
def test_every_model_stands_in_the_table_once():
    assert sorted([*OWNED, *WITHOUT]) == sorted(EVERY)


def test_table_says_what_the_software_goes_by():
    found = {label: belonging.way_of(EVERY[label]) for label in OWNED}
    assert {label: "__".join(way or ()) for label, way in found.items()} == OWNED
    assert {label: belonging.way_of(EVERY[label]) for label in WITHOUT} == dict.fromkeys(WITHOUT)


def test_what_belongs_to_no_agency_names_no_row_of_one():
    named = {
        f"{label}.{key.name}"
        for label in WITHOUT
        for key in belonging.keys_of(EVERY[label])
        if belonging.way_of(key.related_model) is not None
    }
    assert named == set()


# --- the rows of two offices ------------------------------------------------------------------------------------------
def test_two_ways_to_an_agency_agree_in_every_row(both):
    crossing = {}
    for model, key in keys():
        own = "__".join(belonging.way_of(model) or ())
        theirs = "__".join((key.name, *(belonging.way_of(key.related_model) or ())))
        rows = model._base_manager.exclude(**{key.name: None}).exclude(**{own: models.F(theirs)})
        if n_crossing := rows.count():
            crossing[f"{model._meta.label}.{key.name}"] = n_crossing
    assert crossing == {}


def test_no_row_holds_a_number_of_the_other_office(both):
    """In its columns, in what is kept as JSON, in what the journal says."""
    with guarded(both.other.agency) as guard:
        for table, rows in written(both.own.agency).items():
            for row in rows:
                guard.wrote(f"INSERT {table}", [_plain(value) for value in row])
    assert guard.touched == []


def _plain(value: object) -> object:
    return value if isinstance(value, int) else str(value)


@pytest.mark.parametrize("whose", ["own", "other"])
def test_rows_name_accounts_that_are_of_the_office(both, whose):
    house: Furnished = getattr(both, whose)
    members = set(Membership.objects.filter(agency=house.agency).values_list("user", flat=True))
    for model in tables():
        for key in belonging.keys_of(model):
            if key.related_model is User:
                named = set(rows_of(house.agency, model).values_list(key.attname, flat=True)) - {None}
                assert (model._meta.label, key.name, named - members) == (model._meta.label, key.name, set())


def test_every_table_of_an_office_is_furnished(both):
    empty = {model._meta.label for model in tables() if not rows_of(both.other.agency, model).exists()}
    assert empty - SEALED == set()


# --- what services refuse ---------------------------------------------------------------------------------------------
def _row(house: Furnished, model: type[models.Model]) -> Any:
    return Agency.objects.get(pk=house.agency.pk) if model is Agency else rows_of(house.agency, model).first()


def test_a_row_that_names_one_of_another_office_is_refused_by_every_key(both):
    """Every service makes and changes records through the journal, which looks at each key."""
    n_refused = 0
    for model, key in keys():
        row, foreign = _row(both.own, model), _row(both.other, key.related_model)
        if row is None or foreign is None:
            continue
        setattr(row, key.name, foreign)
        with pytest.raises(ValidationError) as refused:
            belonging.check(both.own.agency, row, names=[key.attname])
        assert set(refused.value.message_dict) == {key.name}
        n_refused += 1
    assert n_refused > 150


def test_journal_writes_no_row_that_names_one_of_another_office(both):
    scope, before = system_scope(both.own.agency), _everything(both)
    for model, key in keys():
        row, foreign = _row(both.own, model), _row(both.other, key.related_model)
        if row is None or foreign is None or model is AuditEntry:
            continue
        with pytest.raises(ValidationError), transaction.atomic():
            journal.change(scope, row, **{key.name: foreign})
        fresh = type(row)(**{one.attname: getattr(row, one.attname) for one in row._meta.concrete_fields})
        fresh.pk = None
        setattr(fresh, key.name, foreign)
        with pytest.raises(ValidationError), transaction.atomic():
            journal.create(scope, fresh)
    assert _everything(both) == before


def test_journal_changes_and_deletes_no_row_of_another_office(both):
    scope, before = system_scope(both.own.agency), _everything(both)
    for model in tables():
        row = _row(both.other, model)
        name = next((one.name for one in model._meta.concrete_fields if _is_words(one)), "")
        if row is None or model is AuditEntry:
            continue
        with pytest.raises(ValidationError), transaction.atomic():
            journal.delete(scope, row)
        if name:
            with pytest.raises(ValidationError), transaction.atomic():
                journal.change(scope, row, **{name: "x"})
    assert _everything(both) == before


def _is_words(field: models.Field[Any, Any]) -> bool:
    return isinstance(field, models.CharField | models.TextField) and not field.choices and field.name != "id"


def _everything(both: Pair) -> tuple[dict[str, Any], dict[str, Any]]:
    return written(both.own.agency), written(both.other.agency)


def test_journal_of_an_office_tells_of_no_row_of_another(both):
    theirs = both.other.made["unit"]
    with pytest.raises(ValidationError), transaction.atomic():
        journal.note(system_scope(both.own.agency), "unit.change", theirs)
    assert pair.rows_of(both.own.agency, AuditEntry).filter(subject_id=str(theirs.pk)).count() == 0
