"""The website's company, its contract and its room."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from prongsai.registers.load import of_year
from prongsai.web.registers.rules import web_hosting

HOSTING = of_year("web-hosting", 0)
NOTED = {"noted_on": date(2026, 3, 1)}


def told(scope, day=None):
    return [one.text for one in web_hosting.notices(replace(scope, today=day or scope.today), HOSTING, 2569)]


@pytest.mark.parametrize(("used", "n"), [("39.9", 0), ("40", 1), ("55", 1)])
def test_room_is_warned_of_from_eighty_per_cent(now, make, used, n):
    make("web-hosting", limit_gb=Decimal(50), used_gb=Decimal(used), **NOTED)
    assert len(told(now)) == n


def test_the_limit_and_what_is_used_are_kept_with_their_percentage(now, make):
    made = make("web-hosting", limit_gb=Decimal(50), used_gb=Decimal(41), **NOTED)
    assert [made.values[key] for key in ("limit_gb", "used_gb", "used_percent", "noted_on")] == [
        "50", "41", "82.0", "2026-03-01",
    ]  # fmt: skip
    (text,) = told(now)
    assert text.startswith("บริษัท เว็บสวนพลู จำกัด เว็บไซต์หลักและอีเมล ใช้ไปร้อยละ ๘๒.๐: พื้นที่เว็บไซต์ใช้ตั้งแต่ร้อยละ ๘๐")


def test_a_contract_that_ends_and_figures_that_are_old_are_told(now, make):
    make("web-hosting", **NOTED)
    assert told(now) == []
    late = told(now, date(2026, 8, 1))
    assert late == [
        "บริษัท เว็บสวนพลู จำกัด เว็บไซต์หลักและอีเมล สัญญาสิ้นสุด ๓๐ ก.ย. ๒๕๖๙",
        "ไม่ได้ตรวจดูพื้นที่เกิน ๙๐ วัน: “บริษัท เว็บสวนพลู จำกัด เว็บไซต์หลักและอีเมล”",
    ]
