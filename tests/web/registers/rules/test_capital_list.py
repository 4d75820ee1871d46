"""The list of investments over the spending plan, and the assessment's table of it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from prongsai.registers.values import from_json
from prongsai.web.registers import services
from prongsai.web.registers.queries.library import kept_of
from prongsai.web.registers.queries.periods import checked
from prongsai.web.registers.rules.capital_list import official_table
from tests.web.registers.rules.daily import LATE, YEAR, add


@pytest.fixture
def then(system):
    """The software itself at the end of the year."""
    return replace(system, today=LATE.replace(month=9))


def test_a_row_rests_on_an_investment_line(then) -> None:
    with pytest.raises(services.EntryRefused) as refused:
        add(then, "capital-list", line=add(then, "spending-plan"))
    assert [(fault.field, fault.code) for fault in refused.value.faults] == [("line", "NOT_INVESTMENT")]


def test_an_investment_line_that_is_not_in_the_list_is_named(then) -> None:
    truck = add(then, "spending-plan", item="รถบรรทุกขยะ", category="investment")
    add(then, "spending-plan", item="เครื่องพิมพ์", category="investment")
    add(then, "spending-plan", item="วัสดุสำนักงาน")
    register = kept_of(then, "capital-list", YEAR).register
    made = add(then, "capital-list", line=truck)
    (fault,) = checked(then, register, YEAR, [from_json(register.fields, made.values)])
    assert (fault.mend_th, fault.is_warning) == ("ยังขาด เครื่องพิมพ์", False)


def test_the_assessments_table_has_sixteen_columns_and_no_empty_cell(then) -> None:
    line = add(then, "spending-plan", category="investment")
    register = kept_of(then, "capital-list", YEAR).register
    waiting = {"status": "running", "reference_thb": None, "agreed_thb": None, "vendor": None}
    made = [
        add(then, "capital-list", line=line),
        add(then, "capital-list", line=line, **waiting, egp_no="-", egp_reason="ยังไม่ประกาศ", budget_thb=Decimal(0)),
    ]
    rows = [from_json(register.fields, one.values) for one in made]
    heads, table = official_table(then.agency, register, YEAR, rows)
    assert len(heads) == 16
    assert [len(row) for row in table] == [16, 16]
    assert [cell for row in table for cell in row if not cell.strip()] == []
    assert table[1][-4:] == ("-", "-", "-", "-")
    assert table[0][:5] == ("1", "2569", "เทศบาลตำบลบ้านสวนพลู", "เมืองลพบุรี", "ลพบุรี")
