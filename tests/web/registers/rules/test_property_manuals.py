"""Manuals on the use of property: steps for every kind, acknowledged by every unit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from prongsai.web.agencies.models import Unit
from prongsai.web.registers import services
from prongsai.web.registers.models import Entry
from prongsai.web.registers.queries.library import kept_of
from prongsai.web.registers.rules import hooks_of
from prongsai.web.registers.services import EntryRefused
from tests.web.registers.rules.conftest import person, unit
from tests.web.registers.rules.daily import LATE, YEAR, add, preview

UNITS = ("สำนักปลัดเทศบาล", "กองคลัง", "กองช่าง", "กองการศึกษา", "กองสาธารณสุขและสิ่งแวดล้อม")
VEHICLE = {"kind": "vehicle", "step": "ยื่นใบขอใช้รถ", "who": "ผู้ขอใช้"}
ANNOUNCED = date(2025, 10, 10)


@pytest.fixture
def then(system):
    """The software itself after the year."""
    return replace(system, today=LATE)


def announce(scope, made: Entry) -> Entry:
    values = {"announced_on": ANNOUNCED, "approved_by": person(scope.agency)}
    return services.move_entry(scope, entry=made, move="announce", values=values, version=None)


def acknowledged(scope, *names: str, day: date = date(2025, 10, 20)) -> tuple[dict[str, object], ...]:
    return tuple({"unit": unit(scope.agency, name), "person": "ผู้ลงชื่อ", "acknowledged_on": day} for name in names)


def acknowledge(scope, made: Entry, *names: str, **more: object) -> Entry:
    rows = acknowledged(scope, *names, **more)
    return services.change_entry(scope, entry=made, values={"acknowledged": rows}, version=made.version)


def circulate(scope, made: Entry) -> Entry:
    return services.move_entry(scope, entry=made, move="circulate", version=None)


def why(call, *given, **named) -> list[tuple[str, str]]:
    with pytest.raises(EntryRefused) as refused:
        call(*given, **named)
    return [(one.field, one.code) for one in refused.value.faults if not one.is_warning]


def sentence(call, *given, **named) -> str:
    with pytest.raises(EntryRefused) as refused:
        call(*given, **named)
    return refused.value.message_th


def notices(scope) -> list[str]:
    register = kept_of(scope, "property-manuals", YEAR).register
    return [one.text for one in hooks_of("property-manuals").notices(scope, register, YEAR)]


def test_every_kind_of_a_manual_has_its_steps(then) -> None:
    chosen = ("durable", "vehicle")
    assert why(add, then, "property-manuals", kinds=chosen) == [("steps", "KIND_WITHOUT_STEPS")]
    steps = add(then, "property-manuals").values["steps"]
    assert {row["kind"] for row in steps} == {"durable"}
    given = (*({**row, "days": None} for row in steps), VEHICLE)
    assert why(add, then, "property-manuals", name="ฉบับรถ", steps=given) == [("kinds", "KIND_NOT_CHOSEN")]
    assert add(then, "property-manuals", name="ฉบับรถ", steps=given, kinds=chosen).values["n_steps"] == "5"


def test_a_kind_in_the_register_of_assets_without_steps_holds_the_announcement(then) -> None:
    add(then, "assets", code="1-1-1", kind="vehicle")
    made = add(then, "property-manuals")
    assert sentence(announce, then, made) == "ทรัพย์สินในทะเบียนคุมที่ยังไม่มีขั้นตอน: ยานพาหนะ"
    add(then, "assets", code="1-1-2", kind="durable")
    steps = (*made.values["steps"], VEHICLE)
    given = {"kinds": ("durable", "vehicle"), "steps": tuple({**one, "days": None} for one in steps)}
    made = services.change_entry(then, entry=made, values=given, version=made.version)
    assert announce(then, made).state == "announced"


def test_all_units_acknowledge_or_it_is_not_acknowledged(then) -> None:
    made = announce(then, add(then, "property-manuals"))
    assert sentence(circulate, then, made).startswith("ส่วนราชการที่ยังไม่รับทราบ: สำนักปลัดเทศบาล, กองคลัง")
    made = acknowledge(then, made, *UNITS[:4])
    told = "ส่วนราชการที่ยังไม่รับทราบ: กองสาธารณสุขและสิ่งแวดล้อม"
    assert sentence(circulate, then, made) == told
    assert notices(then) == [f"{made.title} ยังไม่รับทราบ: กองสาธารณสุขและสิ่งแวดล้อม"]
    assert notices(then)[0] in preview(then, "property-manuals", 1).blocks
    made = acknowledge(then, made, *UNITS)
    assert (made.values["n_acknowledged"], circulate(then, made).state, notices(then)) == ("5", "circulated", [])


def test_a_unit_that_is_new_has_still_to_acknowledge(then) -> None:
    made = acknowledge(then, announce(then, add(then, "property-manuals")), *UNITS)
    assert notices(then) == []
    Unit.objects.create(agency=then.agency, name="กองสวัสดิการสังคม", kind="division", place=9)
    assert notices(then) == [f"{made.title} ยังไม่รับทราบ: กองสวัสดิการสังคม"]


def test_a_unit_acknowledges_once_and_after_the_announcement(then) -> None:
    draft = add(then, "property-manuals")
    assert why(acknowledge, then, draft, "กองคลัง") == [("acknowledged", "NOT_ANNOUNCED")]
    made = announce(then, draft)
    assert why(acknowledge, then, made, "กองคลัง", "กองคลัง") == [("acknowledged", "UNIT_TWICE")]
    early = date(2025, 10, 9)
    assert why(acknowledge, then, made, "กองคลัง", day=early) == [("acknowledged", "BEFORE_ANNOUNCED")]


def test_a_manual_is_of_its_year(then) -> None:
    assert ("year_be", "OTHER_YEAR") in why(add, then, "property-manuals", effective_on=date(2026, 10, 1))


def test_a_year_without_a_manual_is_told(then) -> None:
    add(then, "property-manuals")
    assert notices(then) == ["ยังไม่มีคู่มือที่ประกาศใช้ของปีนี้"]
