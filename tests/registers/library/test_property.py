"""The quarterly check of stock and equipment."""

from decimal import Decimal

from prongsai.registers.load import of_year
from prongsai.registers.model import Rhythm
from prongsai.registers.rules import year_faults
from tests.registers.library.by_example import UNITS, YEAR, derived, example, figure, wrong

FOUND = {"found": True, "asset": None, "item": "พัดลมตั้งพื้นสีเทา", "expected": Decimal(0), "counted": Decimal(1)}


def test_four_checks_a_year_are_due_and_none_can_be_stated_as_nothing() -> None:
    due = of_year("stock-checks", YEAR).due
    assert due is not None
    assert (due.rhythm, due.none_allowed, due.duty) == (Rhythm.QUARTERLY, False, "stock-check")


def test_difference_is_worked_out() -> None:
    assert derived("stock-checks")["difference"] == Decimal(-1)


def test_a_difference_needs_a_reason_either_way() -> None:
    assert wrong("stock-checks", reason=None) == [("reason", "FILLED_IF")]
    assert wrong("stock-checks", counted=Decimal(3), reason=None) == [("reason", "FILLED_IF")]
    assert wrong("stock-checks", counted=Decimal(2), reason=None) == []


def test_what_is_not_in_the_register_is_recorded_as_found() -> None:
    assert wrong("stock-checks", **FOUND, reason="ได้รับบริจาค") == []
    assert wrong("stock-checks", **{**FOUND, "item": None}, reason="ได้รับบริจาค") == [("item", "REQUIRED")]
    assert wrong("stock-checks", **{**FOUND, "expected": Decimal(1)}) == [("expected", "AT_MOST")]


def test_what_is_not_found_outside_names_its_asset() -> None:
    assert wrong("stock-checks", asset=None) == [("asset", "REQUIRED")]


def test_found_things_are_counted_by_unit() -> None:
    rows = [example("stock-checks"), example("stock-checks", **FOUND)]
    assert figure("stock-checks", "found", rows).total == 1


def test_units_that_have_not_counted_are_told() -> None:
    (fault,) = year_faults(of_year("stock-checks", YEAR), [example("stock-checks")], {}, UNITS)
    assert (fault.code, fault.mend_th) == ("EVERY_UNIT", "ยังไม่มี สำนักปลัดเทศบาล, กองช่าง")
