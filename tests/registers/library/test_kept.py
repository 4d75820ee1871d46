"""Every register of risk, property, plans, procurement and personnel: faultless, with examples that are good entries."""

from pathlib import Path

import pytest

from prongsai.registers.check import check
from prongsai.registers.load import of_year
from prongsai.registers.model import Field, FieldType
from prongsai.registers.shelf import LIBRARY
from tests.registers.library.by_example import YEAR, read_examples, wrong, wrong_progress

KEPT = (
    "assets",
    "capital-list",
    "contracts",
    "hr-criteria",
    "hr-plan",
    "hr-policy",
    "hr-report",
    "loans",
    "operation-plan",
    "prevention-plan",
    "procurement-annual",
    "procurement-notices",
    "procurement-plan",
    "purchases",
    "risks",
    "spending-plan",
    "stock-checks",
)
WITH_PROGRESS = ("contracts", "hr-plan", "operation-plan", "prevention-plan", "risks", "spending-plan")
UNASKED = {FieldType.DERIVED, FieldType.FILE}


def asked(id_: str) -> list[Field]:
    """Give the fields that somebody fills in, those of its progress too; what is pointed at and files need no example."""
    register = of_year(id_, YEAR)
    return [*register.fields, *(register.progress.fields if register.progress else ())]


@pytest.mark.parametrize("id_", KEPT)
def test_file_has_no_faults(id_: str) -> None:
    assert check(Path(LIBRARY) / f"{id_}.yaml") == []


@pytest.mark.parametrize("id_", KEPT)
def test_every_field_choice_state_and_figure_has_an_english_name(id_: str) -> None:
    register = of_year(id_, YEAR)
    columns = [column for field in asked(id_) for column in field.columns]
    choices = [choice for field in (*asked(id_), *columns) for choice in field.choices]
    named = [(one.key, one.label_en) for one in (*asked(id_), *columns)]
    named += [(one.key, one.label_en) for one in choices]
    named += [(one.key, one.label_en) for one in register.states]
    named += [(one.key, one.label_en) for one in register.moves]
    assert [key for key, label in named if not label] == []
    assert [one.key for one in register.statistics if not one.title_en] == []


@pytest.mark.parametrize("id_", KEPT)
def test_required_fields_carry_an_example_that_can_be_read(id_: str) -> None:
    missing = [
        field.key
        for field in asked(id_)
        if field.required and field.type not in UNASKED and not field.at and not field.example
    ]
    assert missing == []
    assert None not in read_examples(asked(id_)).values()


@pytest.mark.parametrize("id_", KEPT)
def test_the_examples_make_an_entry_that_is_taken(id_: str) -> None:
    assert wrong(id_) == []


@pytest.mark.parametrize("id_", WITH_PROGRESS)
def test_the_examples_make_a_report_that_is_taken(id_: str) -> None:
    assert wrong_progress(id_) == []
