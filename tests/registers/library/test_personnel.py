"""Registers of human resources: policy, plan, criteria, the year's report."""

from datetime import date
from decimal import Decimal

import pytest

from prongsai.registers.load import of_year
from prongsai.registers.model import LINKED, Rhythm
from prongsai.registers.rules import year_faults
from tests.registers.library.by_example import UNITS, YEAR, all_faults, derived, example, wrong, wrong_progress

# ---------------------------------------------------------------- policy


def test_a_plan_is_no_policy() -> None:
    assert wrong("hr-policy", kind="plan") == [("kind", "EMPTY_IF")]


@pytest.mark.parametrize("key", ["signer", "signed_on", "points", "title"])
def test_a_policy_has_signer_day_and_points(key: str) -> None:
    assert (key, "REQUIRED") in wrong("hr-policy", **{key: None})


# ---------------------------------------------------------------- plan


@pytest.mark.parametrize("key", ["unit", "period", "budget_thb", "target", "policy", "policy_point"])
def test_an_activity_has_owner_and_period_and_cites_a_point_of_the_policy(key: str) -> None:
    assert wrong("hr-plan", **{key: None}) == [(key, "REQUIRED")]


def test_an_activity_feeds_plan_and_implementation() -> None:
    register = of_year("hr-plan", YEAR)
    fed = [(feed.item, feed.elements, feed.when, feed.where.is_ if feed.where else None) for feed in register.feeds]
    assert fed == [
        ("personnel.plan", ("management",), "complete", "management"),
        ("personnel.plan", ("development",), "complete", "development"),
        ("personnel.implementation", (), "period", None),
    ]
    assert register.progress is not None
    assert register.progress.rhythm is Rhythm.HALF_YEARLY


def test_both_plans_are_expected() -> None:
    (fault,) = year_faults(of_year("hr-plan", YEAR), [example("hr-plan")], {}, UNITS)
    assert fault.mend_th == "ยังไม่มี แผนบริหาร"


def test_result_of_an_activity_is_not_its_name() -> None:
    assert wrong_progress("hr-plan", result=example("hr-plan")["activity"]) == [("result", "DIFFERS")]


# ---------------------------------------------------------------- criteria


def test_each_of_the_five_kinds_needs_a_document_and_the_missing_kind_is_named() -> None:
    register = of_year("hr-criteria", YEAR)
    field = register.field_of("kind")
    assert field
    rows = [example("hr-criteria", kind=choice.key) for choice in field.choices]
    (fault,) = year_faults(register, rows[:4], {}, UNITS)
    assert (len(rows), fault.mend_th, fault.is_warning) == (5, "ยังไม่มี การให้คุณให้โทษและสร้างขวัญกำลังใจ", False)
    assert year_faults(register, rows, {}, UNITS) == []


def test_a_document_that_ended_before_the_year_is_not_taken_for_it() -> None:
    assert wrong("hr-criteria", valid_to=date(2025, 9, 30)) == [("valid_to", "NOT_BEFORE")]
    assert wrong("hr-criteria", valid_to=date(2026, 1, 31)) == []
    assert of_year("hr-criteria", YEAR).dated_by == "confirmed_on"


# ---------------------------------------------------------------- report


@pytest.mark.parametrize("key", ["analysis", "obstacles", "suggestions", "result", "authorised", "actual", "staff"])
def test_the_report_has_its_analysis_and_figures(key: str) -> None:
    assert (key, "REQUIRED") in wrong("hr-report", **{key: None})


def test_analysis_is_not_the_result_again() -> None:
    assert wrong("hr-report", analysis=example("hr-report")["result"]) == [("analysis", "DIFFERS")]


def test_vacancies_and_people_are_worked_out() -> None:
    found = derived("hr-report")
    assert (found["vacant"], found["men"], found["women"], found["people"]) == (
        Decimal(8),
        Decimal(36),
        Decimal(40),
        Decimal(76),
    )


def test_more_people_than_posts_are_refused() -> None:
    assert wrong("hr-report", actual=Decimal(85)) == [("actual", "AT_MOST")]


def test_figures_of_training_and_plan_come_from_their_registers() -> None:
    linked = {
        field.key: field.derivation.register
        for field in of_year("hr-report", YEAR).fields
        if field.derivation and field.derivation.formula in LINKED
    }
    assert linked == {
        "courses": "training",
        "attended": "attendance",
        "hours": "attendance",
        "activities": "hr-plan",
        "budget_thb": "hr-plan",
    }


def test_the_report_is_refused_before_its_year_ends() -> None:
    (fault,) = all_faults("hr-report", as_of=date(2026, 9, 30))
    assert (fault.field, fault.code) == ("as_of", "NOT_FUTURE")
