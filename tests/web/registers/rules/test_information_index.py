"""The index of the information centre."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from prongsai.registers.load import of_year
from prongsai.web.registers.rules import information_index
from prongsai.web.registers.services import EntryRefused

INDEX = of_year("information-index", 0)
CLAUSES = [one.key for one in INDEX.field_of("clause").choices]
BARE = {"no_data": True, "file_no": None, "title": None, "year_be": None, "format": None, "link": None, "place": None}
PLACE = {"place": "ตู้ที่ 2"}


def told(scope):
    return [(one.text, one.is_blocking) for one in information_index.notices(scope, INDEX, 2569)]


def test_every_section_has_a_file_or_says_why_not(now, make):
    for number, clause in enumerate(CLAUSES):
        make("information-index", clause=clause, file_no=f"{number}/2569", **PLACE) if clause != "s9_6" else None
    ((text, blocks),) = told(now)
    assert (text.endswith("ยังไม่มี มาตรา ๙ (๖) สัมปทานและสัญญาผูกขาดหรือร่วมทุน"), blocks) == (True, True)
    make("information-index", clause="s9_6", no_data_reason="ไม่ได้ให้สัมปทาน", **BARE)
    assert told(now) == []


def test_a_file_is_on_the_site_or_on_a_shelf(make):
    with pytest.raises(EntryRefused) as refused:
        make("information-index", link=None, place=None)
    assert [(one.field, one.code) for one in refused.value.faults] == [("place", "NOWHERE")]
    assert make("information-index", link="https://www.example.go.th/info", place=None).pk


def test_the_plan_of_the_year_under_way_is_asked_for(now, make):
    make("information-index", clause="s9_3", year_be=Decimal(2568), **PLACE)
    wanted = "มาตรา ๙ (๓) ยังไม่มีแผนงานและงบประมาณของปี ๒๕๖๙ ที่กำลังดำเนินการ"
    assert wanted in [text for text, _blocks in told(now)]
    make("information-index", clause="s9_3", file_no="4/2569", year_be=Decimal(2569), **PLACE)
    assert wanted not in [text for text, _blocks in told(now)]


def test_a_file_that_was_not_looked_at_for_a_year_is_told(now, make):
    make("information-index", updated_on=date(2025, 10, 15), **PLACE)
    old = "ไม่ได้ปรับปรุงเกิน ๑ ปี ๑ แฟ้ม: “๓/๒๕๖๙ แผนดำเนินงานประจำปี ๒๕๖๙”"
    assert old not in [text for text, _blocks in told(now)]
    assert old in [text for text, _blocks in told(replace(now, today=date(2026, 10, 16)))]
