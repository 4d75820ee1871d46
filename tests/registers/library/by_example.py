"""Entries made of the examples that a register's fields carry, as a clerk would type them."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from prongsai.registers.derive import derive
from prongsai.registers.load import of_year
from prongsai.registers.model import Fault, Field, Ref, Register
from prongsai.registers.rules import faults, progress_faults
from prongsai.registers.statistics import Cell, Figure, key_text, tabulate
from prongsai.registers.values import read

TODAY = date(2026, 7, 1)
YEAR = 2569
UNITS = (Ref(1, "สำนักปลัดเทศบาล"), Ref(2, "กองคลัง"), Ref(3, "กองช่าง"))


class Office:
    """An office in which everything that is named is there."""

    def unit(self, text: str) -> Ref | None:
        return next((unit for unit in UNITS if unit.text == text), Ref(9, text))

    def person(self, text: str) -> Ref | None:
        return Ref(5, text)

    def post(self, text: str) -> Ref | None:
        return Ref(6, text)

    def entry(self, register: str, text: str) -> Ref | None:
        return Ref(7, text)

    def nearest(self, kind: str, text: str) -> Sequence[str]:
        return ()


def read_examples(fields: Sequence[Field]) -> dict[str, object]:
    """Read the example of every field that has one."""
    return {field.key: read(field, field.example, Office()) for field in fields if field.example}


def example(id_: str, **changes: object) -> dict[str, object]:
    """Give the values of an entry made of the examples, some changed; None empties one."""
    values = read_examples(of_year(id_, YEAR).fields_at("")) | changes
    return {key: value for key, value in values.items() if value is not None}


def _told(found: Sequence[Fault]) -> list[tuple[str, str]]:
    return [(fault.field, fault.code) for fault in found if not fault.is_warning]


def all_faults(id_: str, **changes: object) -> list[Fault]:
    """Name what is wrong with the example, changed; warnings too."""
    return faults(of_year(id_, YEAR), example(id_, **changes), today=TODAY, fiscal_year_be=YEAR)


def wrong(id_: str, **changes: object) -> list[tuple[str, str]]:
    """Give field and code of what is refused in the example, changed."""
    return _told(all_faults(id_, **changes))


def warned(id_: str, **changes: object) -> list[tuple[str, str]]:
    """Give field and code of what is only pointed out."""
    return [(fault.field, fault.code) for fault in all_faults(id_, **changes) if fault.is_warning]


def wrong_progress(id_: str, plan: Mapping[str, object] | None = None, **changes: object) -> list[tuple[str, str]]:
    """Give field and code of what is refused in a report made of the examples, changed. plan: changes of the entry."""
    register = of_year(id_, YEAR)
    assert register.progress
    values = read_examples(register.progress.fields) | changes
    given = {key: value for key, value in values.items() if value is not None}
    return _told(progress_faults(register, example(id_, **(plan or {})), given, TODAY))


def derived(id_: str, **changes: object) -> dict[str, object]:
    """Work out what follows from the example, changed."""
    return derive(of_year(id_, YEAR), example(id_, **changes))


def figure(id_: str, statistic: str, rows: Sequence[Mapping[str, object]], *, dated: str = "") -> Figure:
    """Work a statistic out of entries. dated: the field that says in which month each stands."""
    register = of_year(id_, YEAR)
    which = next(one for one in register.statistics if one.key == statistic)
    return tabulate(register, which, [_cell(register, row, dated) for row in rows])


def _cell(register: Register, row: Mapping[str, object], dated: str) -> Cell:
    values = {**row, **derive(register, row)}
    fields = [register.field_of(key) for key in register.keys]
    keys = tuple(key_text(field, values.get(field.key)) for field in fields if field)
    sums = tuple(amount if isinstance(amount := values.get(key), Decimal) else None for key in register.sums)
    day = values.get(dated)
    return Cell(keys, 1, sums, f"{day:%Y-%m}" if isinstance(day, date) else "", register.first_state.key)
