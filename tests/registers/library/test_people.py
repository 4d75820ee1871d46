"""Registers of services shortened, of the manpower plan, of recruitment and of evaluation."""

from datetime import date
from decimal import Decimal

import pytest

from prongsai.registers.derive import derive
from tests.registers.library.example import codes, filled, number, shipped

# ---------------------------------------------------------------- process shortening


def test_what_was_saved_is_worked_out_of_the_times_before_and_after() -> None:
    found = derive(shipped("process-shortening"), filled("process-shortening"))
    assert {key: found[key] for key in ("saved_steps", "saved_minutes", "saved_percent", "saved_days")} == {
        "saved_steps": Decimal(1),
        "saved_minutes": Decimal(270),
        "saved_percent": Decimal("30.0"),
        "saved_days": Decimal("2.0"),
    }
    assert found["days_percent"] == Decimal("28.6")


@pytest.mark.parametrize(
    ("key", "longer"), [("steps_after", 5), ("minutes_after", 901), ("days_after", 8)], ids=["steps", "minutes", "days"]
)
def test_a_service_that_takes_longer_afterwards_is_refused(key: str, longer: int) -> None:
    assert codes("process-shortening", **{key: number(longer)}) == [(key, "AT_MOST")]


@pytest.mark.parametrize("key", ["steps_before", "minutes_before", "days_before", "steps_after", "minutes_after"])
def test_times_before_and_after_are_both_asked(key: str) -> None:
    assert codes("process-shortening", **{key: None}) == [(key, "REQUIRED")]


def test_the_legal_basis_is_asked() -> None:
    assert codes("process-shortening", law=None) == [("law", "REQUIRED")]


def test_nothing_comes_in_force_before_the_legal_check() -> None:
    moves = {one.key: (one.sources, one.to, one.by) for one in shipped("process-shortening").moves}
    assert moves["check"] == (("proposed",), "checked", "decider")
    assert moves["enforce"] == (("checked",), "in_force", "keeper")
    assert codes("process-shortening", "check", opinion=None) == [("opinion", "REQUIRED")]


# ---------------------------------------------------------------- manpower


def test_a_number_of_a_post_occurs_once() -> None:
    register = shipped("manpower")
    assert (register.unique, register.standing) == (("number",), True)


@pytest.mark.parametrize("key", ["holder", "since"])
def test_a_filled_post_names_its_holder_and_the_day(key: str) -> None:
    assert codes("manpower", **{key: None}) == [(key, "REQUIRED")]


def test_a_vacant_post_has_no_holder() -> None:
    assert codes("manpower", occupancy="vacant") == []
    held = {key: filled("manpower")[key] for key in ("holder", "since")}
    assert codes("manpower", occupancy="vacant", **held) == [("holder", "EMPTY_IF"), ("since", "EMPTY_IF")]


def test_the_public_plan_names_nobody() -> None:
    register = shipped("manpower")
    assert register.public is not None
    assert {"holder", "since", "gender"} & set(register.public.columns) == set()


# ---------------------------------------------------------------- recruitment


def test_an_appointment_has_the_number_of_its_order() -> None:
    assert codes("recruitment", "select", "appoint", order_no=None) == [("order_no", "REQUIRED")]
    field = shipped("recruitment").field_of("order_no")
    assert field is not None
    assert (field.at, field.required) == ("appoint", True)


def test_days_of_a_recruitment_follow_each_other() -> None:
    assert codes("recruitment", "select", selected_on=date(2026, 1, 4)) == [("selected_on", "NOT_BEFORE")]


# ---------------------------------------------------------------- evaluation


@pytest.mark.parametrize("day", [date(2025, 10, 1), date(2025, 10, 20)], ids=["on its first day", "within it"])
def test_criteria_that_are_not_announced_before_the_round_are_refused(day: date) -> None:
    assert codes_with_derived("evaluation-rounds", criteria_on=day) == [("lead_days", "AT_LEAST")]


def test_criteria_announced_the_day_before_the_round_are_taken() -> None:
    assert codes_with_derived("evaluation-rounds", criteria_on=date(2025, 9, 30)) == []


@pytest.mark.parametrize(("score", "code"), [("100", None), ("0", None), ("100.01", "AT_MOST"), ("19", "AT_LEAST")])
def test_a_score_stays_on_the_scale_of_its_round(score: str, code: str | None) -> None:
    low = number(20) if score == "19" else number(0)
    found = codes("evaluations", score=number(score), low=low, high=number(100))
    assert found == ([("score", code)] if code else [])


def test_who_may_see_an_evaluation_is_named() -> None:
    register = shipped("evaluations")
    assert (register.owners, register.readers, register.own_readers) == (("personnel",), ("secretary",), ("head",))
    assert register.public is None


def codes_with_derived(register_id: str, **given: object) -> list[tuple[str, str]]:
    """Give the faults with what is derived worked out, as an entry is held."""
    values = filled(register_id, **given)
    return codes(register_id, **(values | derive(shipped(register_id), values)))
