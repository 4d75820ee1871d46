"""What holds of every shipped register."""

import pytest

from prongsai.errors import Severity
from prongsai.frameworks.load import load
from prongsai.registers.check import check
from prongsai.registers.load import library
from prongsai.registers.model import FieldType
from tests.registers.library.example import example_of, shipped, told

IDS = tuple(dict.fromkeys(register.id for register in library()))
RULED = {
    "procurement-notices": ("plan", "closes_on"),
    "stock-checks": ("reason",),
}  # asked for by a rule between fields


@pytest.mark.parametrize("id_", IDS)
def test_file_has_no_fault(id_: str) -> None:
    found = check(shipped(id_).file)
    assert [problem for problem in found if problem.severity is Severity.ERROR] == []


@pytest.mark.parametrize("id_", IDS)
def test_every_required_field_has_an_example_and_every_example_is_read(id_: str) -> None:
    asked = [one for one in shipped(id_).fields_at() if one.type is not FieldType.FILE]
    assert [one.key for one in asked if one.required and not one.example] == []
    assert [one.key for one in asked if one.example and example_of(one) in (None, "", ())] == []


@pytest.mark.parametrize("id_", IDS)
def test_examples_together_make_an_entry_that_is_taken(id_: str) -> None:
    because = [one for one in shipped(id_).fields if one.key in RULED.get(id_, ())]
    assert [(one.field, one.message_th) for one in told(id_, **{one.key: example_of(one) for one in because})] == []


@pytest.mark.parametrize("id_", IDS)
def test_english_names_are_there(id_: str) -> None:
    register = shipped(id_)
    named = (*register.fields, *register.states, *register.moves, *(c for f in register.fields for c in f.choices))
    assert [one.key for one in named if not one.label_en] == []
    assert [one.key for one in register.statistics if not one.title_en] == []


@pytest.mark.parametrize("id_", IDS)
def test_what_is_counted_by_has_a_column_of_its_own(id_: str) -> None:
    register = shipped(id_)
    grouped = {key for one in register.statistics for key in one.by} - {"month", "quarter", "state"}
    assert grouped - set(register.keys) == set()
    assert len(register.filters) <= 4


@pytest.mark.parametrize("id_", IDS)
def test_elements_fed_are_those_of_some_year(id_: str) -> None:
    known = {
        (item.key, element.key)
        for year in range(2563, 2570)
        for item in load(f"ita-{year}").items
        for element in item.elements
    }
    items = {item for item, _element in known}
    assert [feed.item for feed in shipped(id_).feeds if feed.item not in items] == []
    fed = [(feed.item, element) for feed in shipped(id_).feeds for element in feed.elements]
    assert [one for one in fed if one not in known] == []
