"""The library of laws: the word of the by-law, and what nobody can read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from prongsai.registers.load import of_year
from prongsai.registers.values import from_json
from prongsai.web.registers.rules import laws
from tests.web.registers.rules.conftest import entry_ref

LAWS = of_year("laws", 0)


def warned(scope, **values):
    return [(one.field, one.code, one.is_warning) for one in laws.check(scope, LAWS, values, None)]


@pytest.mark.parametrize("kind", ["city", "town", "subdistrict"])
def test_a_municipality_is_warned_of_the_word_of_others(agency, now, kind):
    agency.kind = kind
    assert warned(now, title="ข้อบัญญัติงบประมาณรายจ่าย") == [("title", "NOT_A_BY_LAW", True)]
    assert warned(now, title="เทศบัญญัติงบประมาณรายจ่าย") == []
    assert warned(now, title="การเข้าชื่อเสนอข้อบัญญัติท้องถิ่น") == []


@pytest.mark.parametrize("kind", ["tao", "pao"])
def test_others_use_their_own_word(agency, now, kind):
    agency.kind = kind
    assert warned(now, title="ข้อบัญญัติงบประมาณรายจ่าย") == []


def test_the_warning_does_not_keep_a_law_out(make):
    assert make("laws", title="ข้อบัญญัติงบประมาณรายจ่าย").pk


def test_a_law_in_force_that_nobody_can_read_is_told(now, make):
    make("laws", link=None, file=None)
    make("laws", title="ตลาด", status="drafted", gazette_on=None, in_force_on=None, link=None)
    make("laws", title="สุสาน", link="https://www.example.go.th/laws/cemetery")
    (notice,) = laws.notices(now, LAWS, 2569)
    assert notice.text.endswith("๑ ฉบับ: “เทศบัญญัติ การจัดการสิ่งปฏิกูลและมูลฝอย พ.ศ. ๒๕๖๕”")


def test_a_repealed_law_stays_with_what_replaced_it(make):
    new = make("laws", year_be=Decimal(2568))
    old = make("laws", status="repealed", repealed_on=date(2025, 10, 1), replaced_by=entry_ref(new))
    assert from_json(LAWS.fields, old.values)["replaced_by"] == entry_ref(new)
