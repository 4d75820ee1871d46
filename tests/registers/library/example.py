"""Entries of shipped registers, filled in with the examples that their files give."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from prongsai.registers.load import of_year
from prongsai.registers.model import Fault, Field, FieldType, Ref, Register
from prongsai.registers.rules import faults, is_required
from prongsai.registers.statistics import Cell
from prongsai.registers.values import read

TODAY = date(2026, 3, 31)  # of fiscal year 2569


class Everything:
    """A look that knows every name."""

    def unit(self, text: str) -> Ref:
        return Ref(1, text)

    def person(self, text: str) -> Ref:
        return Ref(1, text)

    def post(self, text: str) -> Ref:
        return Ref(1, text)

    def entry(self, register: str, text: str) -> Ref:
        return Ref(1, text)

    def nearest(self, kind: str, text: str) -> list[str]:
        return []


def example_of(field: Field) -> object:
    """Read a field's own example; files have none."""
    if field.type is FieldType.FILE:
        return Ref(1, f"ไฟล์.{(field.accepts or ('pdf',))[0]}")
    return read(field, field.example, Everything())


def filled(register_id: str, *moves: str, **given: object) -> dict[str, object]:
    """Fill in what a register requires when an entry is made, and at the moves; given values stand."""
    register = of_year(register_id, 0)
    values = dict(given)
    for move in ("", *moves):
        wanted = list(register.fields_at(move))
        while missing := [one for one in wanted if one.key not in values and is_required(one, values)]:
            values |= {one.key: example_of(one) for one in missing}
    return values


def told(register_id: str, *moves: str, year: int = 2569, **given: object) -> list[Fault]:
    """Give the faults of an entry filled in so, with what is given; None leaves a field empty."""
    register = of_year(register_id, 0)
    values = {key: value for key, value in filled(register_id, *moves, **given).items() if value is not None}
    found = [
        one for move in ("", *moves) for one in faults(register, values, at=move, today=TODAY, fiscal_year_be=year)
    ]
    return list(dict.fromkeys(found))


def codes(register_id: str, *moves: str, **given: object) -> list[tuple[str, str]]:
    """Give field and code of each fault."""
    return [(one.field, one.code) for one in told(register_id, *moves, **given)]


def shipped(register_id: str) -> Register:
    """Give the newest edition of a shipped register."""
    return of_year(register_id, 0)


def number(text: str | int) -> Decimal:
    """Give a number as values hold it."""
    return Decimal(text)


def cell(register_id: str, count: int, sums: dict[str, object] | None = None, **keys: str) -> Cell:
    """Give a cell of entries counted together, by the names of what it is grouped by and of what is summed."""
    register = shipped(register_id)
    added = tuple(number(str(one)) if (one := (sums or {}).get(key)) is not None else None for key in register.sums)
    return Cell(tuple(keys.get(key, "") for key in register.keys), count, added)
