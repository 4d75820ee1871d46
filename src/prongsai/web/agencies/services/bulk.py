"""Making and changing many records at once, each with its line in the journal."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction

from prongsai.web.agencies import journal
from prongsai.web.agencies.queries.tables import Step
from prongsai.web.agencies.scope import Scope

BATCH = 200
_Line = tuple[str, models.Model, journal.Changes]


class StepRefused(ValidationError):
    """A step that cannot be taken. ``number``: the row that asks for it."""

    def __init__(self, number: int, error: ValidationError) -> None:
        super().__init__(error.messages)
        self.number = number


@transaction.atomic
def take_steps(scope: Scope, steps: Sequence[Step]) -> None:
    """Take all steps, or none: a few queries for each kind of record. Raises StepRefused.

    That names and places are free has been looked at before, under the same turn; the database holds it in any case.
    """
    journal.take_turn(scope.agency)
    made = [step for step in steps if step.values is None]
    _make(made)
    lines = {id(step): (step.action, step.record, journal.created(step.record)) for step in made}
    lines |= _change(scope, [step for step in steps if step.values is not None])
    journal.note_all(scope, [lines[id(step)] for step in steps if id(step) in lines])


# --- new records ----------------------------------------------------------------------------------------------------
def _make(steps: Iterable[Step]) -> None:
    """Make records wave by wave: those first that point at nothing new."""
    waiting = list(steps)
    while waiting:
        ready = [step for step in waiting if all(one.pk is not None for one in _pointed_at(step.record))]
        assert ready, "records that point at each other"
        for step in ready:
            _check(step, step.record)
        for kind in dict.fromkeys(type(step.record) for step in ready):
            records = [step.record for step in ready if type(step.record) is kind]
            kind._default_manager.bulk_create(records, batch_size=BATCH)
        waiting = [step for step in waiting if step.record.pk is None]


def _pointed_at(record: models.Model) -> list[models.Model]:
    return [one for field in _known(record) if (one := getattr(record, field.name)) is not None]


def _known(record: models.Model) -> list[models.ForeignKey[Any, Any]]:
    """Give the fields by which a record points at others that are in memory."""
    relations = (field for field in record._meta.concrete_fields if isinstance(field, models.ForeignKey))
    return [field for field in relations if field.is_cached(record)]


def _check(step: Step, record: models.Model) -> None:
    """Check the fields of a record, after it has learnt the keys of those it points at."""
    for one in _known(record):
        setattr(record, one.name, getattr(record, one.name))
    relations = {field.name for field in record._meta.concrete_fields if field.is_relation}
    try:
        record.clean_fields(exclude=relations)
        record.clean()
    except ValidationError as error:
        raise StepRefused(step.number, error) from error


# --- changed records ------------------------------------------------------------------------------------------------
def _change(scope: Scope, steps: Sequence[Step]) -> dict[int, _Line]:
    """Change records as they are now; give the journal's line for each step that changes something."""
    lines: dict[int, _Line] = {}
    for kind in dict.fromkeys(type(step.record) for step in steps):
        own = [step for step in steps if type(step.record) is kind]
        found = kind._default_manager.select_for_update().filter(agency=scope.agency)
        current = {record.pk: record for record in found.filter(pk__in={step.record.pk for step in own})}
        for step in own:
            changes = _apply(step, current[step.record.pk])
            if changes:
                lines[id(step)] = (step.action, current[step.record.pk], changes)
        _save(kind, [current[step.record.pk] for step in own if id(step) in lines], own)
    return lines


def _apply(step: Step, record: Any) -> journal.Changes:
    before = journal.values_of(record)
    for name, value in (step.values or {}).items():
        setattr(record, name, value)
    _check(step, record)
    after = journal.values_of(record)
    return {name: (before[name], after[name]) for name in after if before[name] != after[name]}


def _save(kind: type[models.Model], records: Sequence[Any], steps: Sequence[Step]) -> None:
    records = list({record.pk: record for record in records}.values())
    for record in records:
        record.version += 1
    names = {name for step in steps for name in step.values or {}} | {"version"}
    if records:
        kind._default_manager.bulk_update(records, sorted(names), batch_size=BATCH)
