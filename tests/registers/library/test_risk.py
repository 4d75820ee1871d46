"""Registers of corruption risks and of the plan against them."""

from dataclasses import replace
from decimal import Decimal
from itertools import product

import pytest

from prongsai.registers.derive import derive
from prongsai.registers.load import of_year
from prongsai.registers.model import Due, Level, Ref, Rhythm
from prongsai.registers.rules import year_faults
from prongsai.registers.year_checks import ENTRY
from tests.registers.library.by_example import UNITS, YEAR, derived, example, figure, wrong, wrong_progress

AREAS = ("permits", "power", "spending", "personnel")
FOUR = [example("risks", area=area) for area in AREAS]


def risk_faults(rows: list[dict[str, object]]) -> list[tuple[str, str, bool]]:
    """Name what is wrong with a year's risks, and whether it only warns."""
    return [(one.code, one.mend_th, one.is_warning) for one in year_faults(of_year("risks", YEAR), rows, {}, UNITS)]


# ---------------------------------------------------------------- risks


@pytest.mark.parametrize("score", [Decimal(0), Decimal(6), Decimal("2.5"), None])
@pytest.mark.parametrize("key", ["likelihood", "impact"])
def test_both_scores_are_required_within_the_scale(key: str, score: Decimal | None) -> None:
    assert [field for field, _code in wrong("risks", **{key: score})] == [key]


def test_level_follows_from_the_matrix_for_every_pair_of_scores() -> None:
    found = {
        (one, two): derived("risks", likelihood=Decimal(one), impact=Decimal(two))["level"]
        for one, two in product(range(1, 6), repeat=2)
    }
    bands = {"low": range(1, 5), "medium": range(5, 10), "high": range(10, 15), "extreme": range(15, 26)}
    assert found == {pair: next(k for k, band in bands.items() if pair[0] * pair[1] in band) for pair in found}


def test_level_is_never_asked_and_changes_with_the_matrix() -> None:
    register = of_year("risks", YEAR)
    strict = replace(register, matrix=(Level("any", "ทุกระดับ", 1, 25),))
    assert {"score", "level"} & {field.key for field in register.fields_at("")} == set()
    assert derive(strict, example("risks"))["level"] == "any"


def test_all_four_areas_are_needed_and_one_without_mission_gives_its_reason() -> None:
    three = [row for row in FOUR if row["area"] != "permits"]
    reason = example(
        "risks",
        no_mission=True,
        no_mission_reason="ไม่มีงานอนุญาต",
        event=None,
        likelihood=None,
        impact=None,
        measures=None,
    )
    assert risk_faults(three) == [("EVERY_CHOICE", "ยังไม่มี การพิจารณาอนุมัติ อนุญาต", False)]
    assert risk_faults([*three, reason]) == []


def test_an_area_without_mission_needs_a_reason_and_no_event() -> None:
    changes = {"no_mission": True, "likelihood": None, "impact": None, "measures": None}
    assert wrong("risks", **changes, event=None) == [("no_mission_reason", "REQUIRED")]
    assert wrong("risks", **changes, no_mission_reason="ไม่มีงานอนุญาต") == [("event", "EMPTY_IF")]


def test_a_year_without_any_bribery_risk_is_an_error() -> None:
    assert risk_faults([{**row, "bribery": False} for row in FOUR]) == [
        ("AT_LEAST", "เพิ่มรายการให้ครบ", False),
    ]


def test_a_year_without_bribery_needs_a_row_that_says_why() -> None:
    none = {"no_mission": True, "event": None, "likelihood": None, "impact": None, "measures": None}
    reason = example("risks", **none, no_mission_reason="ไม่มีงานที่ติดต่อกับผู้รับบริการ", bribery=True)
    rows = [*({**row, "bribery": False} for row in FOUR), reason]
    assert wrong("risks", **none, bribery=True) == [("no_mission_reason", "REQUIRED")]
    assert risk_faults(rows) == []


def test_bribery_risks_are_counted_alone() -> None:
    rows = [*FOUR, example("risks", bribery=False), example("risks", bribery=False, impact=Decimal(1))]
    assert figure("risks", "by_level", rows).rows == (("ต่ำ", 1), ("ปานกลาง", 0), ("สูง", 0), ("สูงมาก", 5))
    assert figure("risks", "bribery_by_level", rows).rows == (("ต่ำ", 0), ("ปานกลาง", 0), ("สูง", 0), ("สูงมาก", 4))


@pytest.mark.parametrize("key", ["measures", "unit", "period", "process", "bribery", "assessed_on"])
def test_a_risk_without_measure_owner_or_period_is_refused(key: str) -> None:
    assert wrong("risks", **{key: None}) == [(key, "REQUIRED")]


def test_treatment_is_reported_of_the_risk_itself_with_one_of_four_states() -> None:
    register = of_year("risks", YEAR)
    assert register.progress is not None
    status = next(field for field in register.progress.fields if field.key == "status")
    assert [choice.key for choice in status.choices] == ["watched", "started", "done", "not_started"]
    assert wrong_progress("risks", result=None, status=None) == [("result", "REQUIRED"), ("status", "REQUIRED")]
    assert wrong_progress("risks", likelihood_after=Decimal(6)) == [("likelihood_after", "TOO_HIGH")]


def test_result_may_not_be_the_measure_again() -> None:
    assert wrong_progress("risks", result=example("risks")["measures"]) == [("result", "DIFFERS")]


# ---------------------------------------------------------------- prevention plan


def plan_faults(rows: list[dict[str, object]], risks: list[dict[str, object]]) -> list[tuple[str, bool]]:
    """Name what is wrong with a year's plan."""
    found = year_faults(of_year("prevention-plan", YEAR), rows, {"risks": risks}, UNITS)
    return [(one.code, one.is_warning) for one in found]


def every_dimension(**changes: object) -> list[dict[str, object]]:
    """Give a project in each dimension."""
    field = of_year("prevention-plan", YEAR).field_of("dimension")
    assert field
    return [example("prevention-plan", dimension=choice.key, **changes) for choice in field.choices]


def test_plan_needs_the_risks_of_its_year_first() -> None:
    risk = {**example("risks"), ENTRY: Ref(7, "การออกใบอนุญาต")}
    rows = every_dimension(risk=Ref(7, "การออกใบอนุญาต"))
    assert plan_faults(rows, []) == [("AT_LEAST", False)]
    assert plan_faults(rows, [risk]) == []


def test_dimensions_without_a_project_are_told() -> None:
    risk = {**example("risks"), ENTRY: Ref(7, "การออกใบอนุญาต")}
    rows = every_dimension(risk=Ref(7, "การออกใบอนุญาต"))[:3]
    assert plan_faults(rows, [risk]) == [("EVERY_CHOICE", True)]


def test_a_risk_without_any_activity_is_listed() -> None:
    risks = [
        {**example("risks"), ENTRY: Ref(7, "การออกใบอนุญาต")},
        {**example("risks"), ENTRY: Ref(8, "การตรวจรับพัสดุ")},
        {**example("risks", no_mission=True), ENTRY: Ref(9, "ไม่มีภารกิจ")},
    ]
    rows = every_dimension(risk=Ref(7, "การออกใบอนุญาต"))
    found = year_faults(of_year("prevention-plan", YEAR), rows, {"risks": risks}, UNITS)
    assert [(one.message_th, one.mend_th) for one in found] == [("มีความเสี่ยงที่ยังไม่มีกิจกรรมในแผน", "ยังขาด การตรวจรับพัสดุ")]


@pytest.mark.parametrize("key", ["budget_thb", "unit", "period", "dimension", "mission", "project", "kind"])
def test_a_project_has_budget_owner_and_period(key: str) -> None:
    assert wrong("prevention-plan", **{key: None}) == [(key, "REQUIRED")]


def test_a_project_without_money_says_zero() -> None:
    assert wrong("prevention-plan", budget_thb=Decimal("0.00")) == []


@pytest.mark.parametrize("key", ["result", "spent_thb", "obstacles", "suggestions", "percent"])
def test_a_report_has_result_money_obstacles_and_suggestions(key: str) -> None:
    assert wrong_progress("prevention-plan", **{key: None}) == [(key, "REQUIRED")]


def test_money_over_the_budget_is_explained() -> None:
    over = Decimal("10000.01")
    assert wrong_progress("prevention-plan", spent_thb=over, reason=None) == [("reason", "FILLED_IF")]
    assert wrong_progress("prevention-plan", spent_thb=over, reason="เพิ่มรุ่น") == []
    assert wrong_progress("prevention-plan", spent_thb=Decimal("10000.00"), reason=None) == []


def test_achievement_may_not_be_the_result_again() -> None:
    result = "อบรมแล้ว 2 รุ่น"
    assert wrong_progress("prevention-plan", result=result, outcome=result) == [("outcome", "DIFFERS")]


@pytest.mark.parametrize("id_", ["prevention-plan", "risks"])
def test_both_halves_are_due_and_cannot_be_stated_as_nothing(id_: str) -> None:
    due = of_year(id_, YEAR).due
    assert isinstance(due, Due)
    assert (due.rhythm, due.none_allowed) == (Rhythm.HALF_YEARLY, False)


def test_items_of_the_assessment_are_fed() -> None:
    fed = {feed.item: feed.when for id_ in ("risks", "prevention-plan") for feed in of_year(id_, YEAR).feeds}
    assert fed == {
        "risk.assessment": "complete",
        "risk.management": "period",
        "anticorruption.plan": "complete",
        "anticorruption.half-year": "period",
        "anticorruption.annual-report": "period",
    }
