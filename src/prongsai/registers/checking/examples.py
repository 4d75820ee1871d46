"""The examples of a file: each is taken by its own field, so that a clerk who copies one is not refused."""

from collections.abc import Iterator

from prongsai.errors import Problem
from prongsai.frameworks.document import Place
from prongsai.frameworks.shape import named, shown
from prongsai.registers.bounds import value_faults
from prongsai.registers.checking.view import View
from prongsai.registers.model import Fault, Field, Register
from prongsai.registers.values import ValueRefused, read


def example_problems(view: View, register: Register) -> Iterator[Problem]:
    """Find examples that the platform would refuse. register: as the sound file is built."""
    yield from _examples(view, ("fields",), register.fields)
    if register.progress:
        yield from _examples(view, ("progress", "fields"), register.progress.fields)


def _examples(view: View, place: Place, fields: tuple[Field, ...]) -> Iterator[Problem]:
    for field in fields:
        here: Place = (*place, field.key)
        fault = _refused(field) if field.example else None
        if fault:
            words = {"place": named(here), "value": shown(field.example), "reason": fault.message_th}
            yield view.problem("REGISTER_EXAMPLE", *here, "example", **words)
        yield from _examples(view, (*here, "columns"), field.columns)


def _refused(field: Field) -> Fault | None:
    try:
        return next(iter(value_faults(field, read(field, field.example))), None)
    except ValueRefused as refused:
        return refused.fault
