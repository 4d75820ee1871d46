"""Procurement in the shape of the open contracting standard: shape, ties between rows, and that it is the same again."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from prongsai.registers.load import of_year
from prongsai.registers.model import Ref
from prongsai.registers.ocds import REGISTERS, Done, Office, Row, package, text_of
from prongsai.registers.values import from_json, to_json
from tests.registers.library.by_example import YEAR, example

SCHEMA = json.loads((Path(__file__).parent / "ocds_schema.json").read_text(encoding="utf-8"))
OFFICE = Office("05160101", "เทศบาลตำบลบ้านสวนพลู", "prongsai-05160101", "https://suanphlu.example/ocds.json?year=2569")
NOW = datetime(2026, 4, 20, 9, 0, tzinfo=UTC)
HALF = date(2026, 3, 31)


def valid(told: Mapping[str, Any]) -> None:
    """Hold a package against the schema, dates and addresses too, and its references against each other."""
    checker = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)
    assert [error.message for error in checker.iter_errors(told)] == []
    assert len({one["id"] for one in told["releases"]}) == len(told["releases"])
    assert len({one["ocid"] for one in told["releases"]}) == len(told["releases"])
    for release in told["releases"]:
        datetime.fromisoformat(release["date"])
        assert release["date"] <= told["publishedDate"]
        known = {party["id"]: set(party["roles"]) for party in release["parties"]}
        assert release["buyer"]["id"] in known
        for award in release.get("awards", ()):
            assert all("supplier" in known[one["id"]] for one in award.get("suppliers", ()))
        assert all("tenderer" in known[one["id"]] for one in release.get("tender", {}).get("tenderers", ()))
        awards = {award["id"] for award in release.get("awards", ())}
        assert all(contract["awardID"] in awards for contract in release.get("contracts", ()))


def row(id_: int, register: str, state: str = "", **changes: object) -> Row:
    """Make a row out of the example of a register's file; what it points at is given."""
    shipped = of_year(register, YEAR)
    done = changes.pop("done", ())
    given = {key: value for key, value in example(register, **changes).items() if value is not None}
    fields = {one.key: one for one in shipped.fields}
    values = {key: value for key, value in given.items() if key in fields}
    labels = {
        key: choice.label_th
        for key, value in values.items()
        if isinstance(value, str) and fields[key].choices and (choice := fields[key].choice(value))
    }
    told_at = NOW + timedelta(minutes=id_)
    return Row(id_, register, YEAR, id_, state or shipped.first_state.key, values, told_at, labels, done)  # type: ignore[arg-type]


def whole() -> list[Row]:
    """A truck from the plan to its payment."""
    plan, bought = Ref(1, "ซื้อรถบรรทุกขยะ"), Ref(3, "ซื้อรถบรรทุกขยะ")
    paid = (
        Done(HALF, {"paid_thb": Decimal(100000), "status": "running"}),
        Done(date(2026, 9, 30), {"paid_thb": Decimal("445000.00"), "delivered_on": date(2026, 6, 5), "status": "paid"}),
    )
    return [
        row(1, "procurement-plan"),
        row(2, "procurement-notices", plan=plan),
        row(3, "purchases", plan=plan, egp_no="69019000123"),
        row(4, "contracts", "paid", purchase=bought, capital=Ref(5, "x"), done=paid),
        row(5, "capital-list", egp_no="69019000123"),
    ]


def test_one_thing_from_plan_to_payment_is_one_release() -> None:
    told = package(OFFICE, whole())
    valid(told)
    (release,) = told["releases"]
    assert release["ocid"] == "prongsai-05160101-p2569-1"
    assert release["tag"] == ["planning", "tender", "award", "contract", "implementation"]
    assert release["planning"]["budget"]["amount"] == {"amount": 2400000, "currency": "THB"}
    assert (release["tender"]["status"], release["tender"]["procurementMethod"]) == ("complete", "direct")
    assert release["tender"]["procurementMethodDetails"] == "เฉพาะเจาะจง"
    assert release["contracts"][0]["awardID"] == release["awards"][0]["id"] == "award-b2569-3"
    implementation = release["contracts"][0]["implementation"]
    assert [one["value"]["amount"] for one in implementation["transactions"]] == [100000, 345000]
    assert implementation["milestones"][0]["status"] == "met"
    assert {role for party in release["parties"] for role in party["roles"]} == {
        "buyer", "procuringEntity", "supplier", "tenderer", "payee",
    }  # fmt: skip


def test_rows_that_nothing_ties_are_processes_of_their_own() -> None:
    rows = [row(1, "procurement-plan"), row(2, "purchases", egp_no="-"), row(3, "purchases", egp_no="-")]
    told = package(OFFICE, rows)
    valid(told)
    assert [one["ocid"].rpartition("-")[0] + one["ocid"][-1] for one in told["releases"]] == [
        "prongsai-05160101-p25691", "prongsai-05160101-b25692", "prongsai-05160101-b25693",
    ]  # fmt: skip
    assert [one["tender"]["status"] for one in told["releases"]] == ["planned", "complete", "complete"]


def test_a_new_version_of_the_plan_goes_on_with_its_number() -> None:
    rows = [
        row(1, "procurement-plan", "superseded", replaced_by=Ref(2, "ใหม่"), estimated_thb=Decimal(1)),
        row(2, "procurement-plan", estimated_thb=Decimal(2500000)),
    ]
    (release,) = package(OFFICE, rows)["releases"]
    assert release["ocid"].endswith("-p2569-1")
    assert release["planning"]["budget"]["amount"]["amount"] == 2500000


def test_the_same_rows_in_any_order_give_the_same_bytes() -> None:
    rows = whole()
    first = text_of(package(OFFICE, rows))
    for seed in range(5):
        mixed = list(rows)
        random.Random(seed).shuffle(mixed)
        assert text_of(package(OFFICE, mixed)) == first


def test_a_change_is_another_release_of_the_same_process() -> None:
    rows = whole()
    (before,) = package(OFFICE, rows)["releases"]
    (after,) = package(
        OFFICE, [*rows[:2], row(3, "purchases", plan=Ref(1, "x"), agreed_thb=Decimal(11000)), *rows[3:]]
    )["releases"]
    assert (before["ocid"], before["id"] != after["id"]) == (after["ocid"], True)


def test_a_year_has_the_processes_that_began_in_it() -> None:
    rows = whole()
    assert len(package(OFFICE, rows, 2569)["releases"]) == 1
    assert package(OFFICE, rows, 2570)["releases"] == []


STATES = {one: [state.key for state in of_year(one, YEAR).states] for one in REGISTERS}
RARE = st.sampled_from([None, Decimal(0), Decimal("0.5"), Decimal(10**12)])


@st.composite
def some_rows(draw: st.DrawFn) -> list[Row]:
    made = []
    for id_ in range(1, draw(st.integers(1, 8))):
        register = draw(st.sampled_from(REGISTERS))
        changes: dict[str, object] = {}
        for one in of_year(register, YEAR).fields_at(""):
            if one.type.value == "entry" and draw(st.booleans()):
                changes[one.key] = Ref(draw(st.integers(1, 8)), "ที่ชี้")
            elif one.type.value == "money":
                changes[one.key] = draw(RARE)
            elif one.type.value in ("text", "date", "choice") and draw(st.booleans()):
                changes[one.key] = None
        made.append(row(id_, register, draw(st.sampled_from(STATES[register])), **changes))
    return made


@given(some_rows())
@settings(max_examples=60, deadline=None)
def test_whatever_is_missing_the_shape_holds(rows: list[Row]) -> None:
    told = package(OFFICE, rows)
    if told["releases"]:
        valid(told)
    ties = {one.id for one in rows}
    assert sum(1 for _one in ties) >= len(told["releases"])


def test_examples_are_values_that_registers_keep() -> None:
    for register in REGISTERS:
        shipped = of_year(register, YEAR)
        values = row(1, register).values
        assert from_json(shipped.fields, to_json(shipped.fields, values)) == values
