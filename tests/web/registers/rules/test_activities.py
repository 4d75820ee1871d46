"""Activities."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from prongsai.registers.load import of_year
from prongsai.web.registers.rules import activities
from prongsai.web.registers.services import EntryRefused


def test_activity_of_another_fiscal_year_is_an_error(make):
    with pytest.raises(EntryRefused) as refused:
        make("activities", uses=("no_gift",), executive=True, held_on=date(2025, 9, 5), year_be=Decimal(2569))
    (fault,) = refused.value.faults
    assert fault.field == "held_on"
    assert fault.message_th == "กิจกรรมวันที่ 5 ก.ย. 2568 อยู่ในปีงบประมาณ 2568 ใช้เป็นผลงานของปีงบประมาณ 2569 ไม่ได้"


def test_work_called_continuous_needs_more_than_one_day(now, make):
    given = {"topic": "รณรงค์ปลูกจิตสำนึกอย่างต่อเนื่อง", "uses": ("ethics",)}
    make("activities", held_on=date(2026, 1, 5), **given)
    make("activities", topic="ประชุมประจำเดือน", summary="ชี้แจงนโยบาย", uses=("policy",))
    register = of_year("activities", 0)
    (notice,) = activities.notices(now, register, 2569)
    assert notice.text == "“รณรงค์ปลูกจิตสำนึกอย่างต่อเนื่อง” เขียนว่าทำต่อเนื่อง แต่มีวันที่เดียว ให้บันทึกทุกครั้งที่ทำ"
    make("activities", held_on=date(2026, 2, 5), **given)
    assert activities.notices(now, register, 2569) == []
