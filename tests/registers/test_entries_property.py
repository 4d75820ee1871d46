"""Searches over entries of registers that nobody wrote: nothing accepted breaks a rule, nothing hostile does harm."""

import json
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prongsai.registers.derive import derive
from prongsai.registers.model import Field, FieldType, Openness, Ref, Register
from prongsai.registers.rules import faults, year_faults
from prongsai.registers.statistics import Cell, key_text, tabulate
from prongsai.registers.tables import table
from prongsai.registers.told_figures import suppressed
from prongsai.registers.values import ValueRefused, from_json, normal, read, show, to_json
from tests.conftest import PROVE
from tests.registers import oracle
from tests.registers.entries import HOSTILE, entries, hostile_entries, ruled_entries

Entries = st.SearchStrategy[tuple[Register, dict[str, Any]]]
TODAY = date(2026, 3, 31)
YEAR = 2569
COUNT = 2000 if PROVE else 50
UNHURRIED = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
SLOW = settings(max_examples=600 if PROVE else 25, suppress_health_check=UNHURRIED)


def refused(register: Register, values: dict[str, Any]) -> list[str]:
    return [one.field for one in faults(register, values, today=TODAY, fiscal_year_be=YEAR) if not one.is_warning]


def mended(register: Register, values: dict[str, Any]) -> dict[str, Any]:
    """Take out what is refused, so that more is accepted: what is said of one value must not hide another's fault."""
    for _ in range(4):
        bad = set(refused(register, values))
        values = {key: value for key, value in values.items() if key not in bad}
    return values


def unlawful(register: Register, values: dict[str, Any]) -> list[str]:
    """Name what the oracle finds: rules that do not hold, values that do not fit, what is missing."""
    everything = {**values, **derive(register, values)}
    broken = [f"{one.kind} {one.field}" for one in oracle.broken_rules(register, everything, TODAY, YEAR)]
    unfit = [
        key for key, one in values.items() if not oracle.empty(one) and not oracle.in_bounds(_field(register, key), one)
    ]
    return broken + unfit + [one.key for one in register.fields if oracle.missing(one, everything)]


@pytest.mark.parametrize(
    ("source", "count"), [(ruled_entries(), 10 * COUNT), (entries(), COUNT)], ids=["rules", "files"]
)
def test_no_accepted_entry_breaks_a_declared_rule(source: Entries, count: int, prove: Callable[..., None]) -> None:
    seen = {"accepted": 0, "refused": 0}

    @settings(max_examples=count, suppress_health_check=UNHURRIED)
    @given(source)
    def search(drawn: tuple[Register, dict[str, Any]]) -> None:
        register, first = drawn
        for values in (first, mended(register, first)):
            if refused(register, values):
                seen["refused"] += 1
            else:
                seen["accepted"] += 1
                assert unlawful(register, values) == []

    search()
    name = f"registers: entries accepted or refused, none accepted breaks a rule ({count:,} registers)"
    prove(
        name, seen["accepted"] + seen["refused"], seen["accepted"] + seen["refused"], f"{seen['accepted']:,} accepted"
    )
    assert min(seen.values()) >= count // 8


@settings(max_examples=10 * COUNT, suppress_health_check=UNHURRIED)
@given(ruled_entries())
def test_no_entry_is_refused_without_a_reason(drawn: tuple[Register, dict[str, Any]]) -> None:
    register, values = drawn
    assert bool(refused(register, values)) == bool(unlawful(register, values))


def _field(register: Register, key: str) -> Field:
    field = register.field_of(key)
    assert field is not None
    return field


@SLOW
@given(entries())
def test_accepted_entries_are_kept_and_shown_as_they_are(drawn: tuple[Register, dict[str, Any]]) -> None:
    register, first = drawn
    values = mended(register, first)
    kept = {key: value for key, value in values.items() if not oracle.empty(value)}
    assert from_json(register, json.loads(json.dumps(to_json(register, values)))) == kept
    for key, value in kept.items():
        field = _field(register, key)
        if field.type is FieldType.ROWS:
            continue
        shown = show(field, value, digits="arabic")
        again = read(field, shown)
        assert normal(field, again) == normal(field, Ref(None, value.text) if isinstance(value, Ref) else value)


def printable(text: str) -> bool:
    return all(unicodedata.category(letter) not in {"Cc", "Cs"} or letter == "\n" for letter in text)


@SLOW
@given(hostile_entries(), st.sampled_from(["office", "public"]), st.integers(0, 6))
def test_hostile_entries_do_no_harm(drawn: tuple[Register, dict[str, Any]], audience: str, min_cell: int) -> None:
    register, values = drawn
    for fault in faults(register, values, today=TODAY, fiscal_year_be=YEAR):
        assert printable(fault.message_th + fault.mend_th)
        assert len(fault.message_th) <= 5000
    assert from_json(register, json.loads(json.dumps(to_json(register, values)))) == values
    found = table(register, [(values, state) for state in register.states], audience=audience)
    assert all(len(row) == len(found.head) for row in found.rows)
    assert all(printable(cell) and "\u202e" not in cell for row in found.rows for cell in row)
    year_faults(register, [values], {}, ("กองคลัง",))
    everything = {**values, **derive(register, values)}
    keys = tuple(key_text(_field(register, key), everything.get(key)) for key in register.keys)
    sums = tuple(one if isinstance(one := everything.get(key), Decimal) else None for key in register.sums)
    for statistic in register.statistics:
        figure = tabulate(register, statistic, [Cell(keys, 2, sums, "2026-03", state.key) for state in register.states])
        assert suppressed(figure, min_cell).statistic == statistic


MARK = "ความลับสุดยอด"


@SLOW
@given(entries())
def test_the_public_never_reads_what_is_closed(drawn: tuple[Register, dict[str, Any]]) -> None:
    register, values = drawn
    closed = {Openness.OFFICE, Openness.SECRET}
    fields = tuple(
        replace(one, columns=tuple(replace(each, openness=Openness.SECRET) for each in one.columns))
        for one in register.fields
    )
    texts = {FieldType.TEXT, FieldType.LONG_TEXT, FieldType.ADDRESS}
    marked = {
        **values,
        **{one.key: MARK for one in fields if one.openness in closed and one.type in texts},
        **{
            one.key: Ref(1, MARK)
            for one in fields
            if one.openness in closed and one.type in {FieldType.UNIT, FieldType.PERSON}
        },
        **{one.key: ({each.key: MARK for each in one.columns if each.type in texts},) for one in fields if one.columns},
    }
    everything = [one.key for one in fields]
    found = table(
        replace(register, fields=fields),
        [(marked, state) for state in register.states],
        columns=everything,
        audience="public",
    )
    assert not any(MARK in cell for row in found.rows for cell in row)
    secret = {one.key for one in fields if one.openness is Openness.SECRET and one.type not in {FieldType.DERIVED}}
    office = table(replace(register, fields=fields), [(marked, register.first_state)], columns=everything)
    assert all(cell in {"", "ปกปิด"} for key, cell in zip(office.columns, office.rows[0], strict=True) if key in secret)


@SLOW
@given(entries(), st.sampled_from(HOSTILE))
def test_hostile_cells_are_read_or_refused_with_a_reason(drawn: tuple[Register, dict[str, Any]], text: str) -> None:
    register, _ = drawn
    for field in register.fields:
        try:
            value = read(field, text)
        except ValueRefused as refusal:
            assert all(
                one.message_th and printable(one.message_th) and len(one.message_th) < 1000 for one in refusal.faults
            )
        else:
            assert value is None or not any(
                one.code == "CONTROL_CHARACTER" for one in faults(register, {field.key: value}, today=TODAY)
            )
