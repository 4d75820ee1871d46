"""Powers: acts and their years."""

from __future__ import annotations

from decimal import Decimal

import pytest

from prongsai.web.registers.services import EntryRefused


@pytest.mark.parametrize("act", ["พระราชบัญญัติเทศบาล", "พ.ร.บ.เทศบาล", "เทศบาล"])
def test_act_of_a_year_that_it_is_not_of_is_refused(make, act):
    with pytest.raises(EntryRefused) as refused:
        make("powers", act=act, act_year_be=Decimal(2556))
    (fault,) = refused.value.faults
    assert (fault.field, fault.message_th) == ("act_year_be", "พระราชบัญญัติเทศบาลเป็นของ พ.ศ. 2496 ไม่ใช่ 2556")


@pytest.mark.parametrize(
    ("act", "year"), [("พระราชบัญญัติเทศบาล", 2496), ("พระราชบัญญัติเทศบาล", 2562), ("พระราชบัญญัติที่ไม่มีใครรู้จัก", 2501)]
)
def test_act_of_its_year_or_not_on_the_list_is_taken(make, act, year):
    assert make("powers", act=act, act_year_be=Decimal(year)).pk
