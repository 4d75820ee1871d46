"""Searches over register files that nobody wrote."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prongsai.errors import Severity
from prongsai.registers.emit import register_json
from tests.conftest import PROVE
from tests.registers.generate import (
    MISSING,
    Data,
    built,
    problems_of,
    put,
    references,
    register_data,
    wild_files,
    yaml_of,
)

_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]


@given(register_data())
def test_made_up_register_is_sound_and_builds(data: Data) -> None:
    text = yaml_of(data)
    assert [(p.code, p.where.line, p.message) for p in problems_of(text)] == []
    register = built(text)
    assert [each.key for each in register.fields] == list(data["fields"])
    assert [each.label_th for each in register.fields] == [each["label_th"] for each in data["fields"].values()]
    assert {move.to for move in register.moves} <= {state.key for state in register.states}
    assert register_json(register)["id"] == data["id"]


@given(register_data(), st.data())
def test_broken_reference_is_told_at_its_line(data: Data, chosen: st.DataObject) -> None:
    place = chosen.draw(st.sampled_from(references(data)))
    text = yaml_of(put(data, place, MISSING))
    told = [p.where.line for p in problems_of(text) if p.severity is Severity.ERROR and MISSING in p.message]
    assert told != []
    lines = text.splitlines()
    assert [line for line in told if f'"{MISSING}"' not in lines[(line or 1) - 1]] == []


@given(register_data(), st.data())
def test_field_taken_away_is_told_where_it_is_named(data: Data, chosen: st.DataObject) -> None:
    key = chosen.draw(st.sampled_from(sorted(data["fields"])))
    left = {name: one for name, one in data["fields"].items() if name != key}
    without = {**data, "fields": left or {"other": {"type": "text", "label_th": "อื่น"}}}
    text = yaml_of(without)
    told = {p.where.line for p in problems_of(text) if p.code == "REGISTER_UNKNOWN_FIELD"}
    named = {
        number
        for number, line in enumerate(text.splitlines(), 1)
        if f'"{key}"' in line and line.startswith(('"dated_by"', '"unit_by"', '"unique"', '"filters"'))
    }
    assert named - told == set()


@settings(max_examples=3000 if PROVE else 100, suppress_health_check=_SLOW)
@given(wild_files())
def test_wild_file_gives_problems_and_nothing_else(raw: bytes) -> None:
    problems = problems_of(raw)
    assert all(p.code.startswith("REGISTER_") and p.message_th and p.mend_th and p.where.line for p in problems)
    if not any(p.severity is Severity.ERROR for p in problems):
        built(raw.decode("utf-8-sig"))
