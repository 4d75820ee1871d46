"""Changes of holders: the register of assets shows the last, and the history is kept whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from prongsai.registers.model import Ref
from prongsai.web.agencies.roles import Role
from prongsai.web.registers import services
from prongsai.web.registers.models import Entry
from prongsai.web.registers.rules.asset_moves import moves_of
from prongsai.web.registers.services import EntryRefused
from tests.web.registers.rules.conftest import person, unit
from tests.web.registers.rules.daily import LATE, add

JANUARY, MARCH = date(2026, 1, 5), date(2026, 3, 2)


@pytest.fixture
def then(system):
    """The software itself after the year."""
    return replace(system, today=LATE)


@pytest.fixture
def asset(then) -> Entry:
    """A projector of the office of the palad, held by who keeps property."""
    return add(then, "assets")


def hand(scope, asset: Entry, role: Role | None, to: str = "กองช่าง", day: date = JANUARY, **more: object) -> Entry:
    holder = person(scope.agency, role) if role else None
    return add(
        scope, "asset-moves", asset=asset, to_unit=unit(scope.agency, to), to_holder=holder, moved_on=day, **more
    )


def held(asset: Entry) -> tuple[str, str]:
    asset.refresh_from_db()
    return tuple((asset.values.get(key) or {}).get("text", "") for key in ("unit", "holder"))


def why(call, *given, **named) -> list[tuple[str, str]]:
    with pytest.raises(EntryRefused) as refused:
        call(*given, **named)
    return [(one.field, one.code) for one in refused.value.faults if not one.is_warning]


def test_the_asset_shows_its_present_holder_and_the_history_its_earlier_ones(then, asset) -> None:
    was = held(asset)
    hand(then, asset, Role.OFFICER)
    assert held(asset) == ("กองช่าง", "นายอรุณ ขยันยิ่ง")
    hand(then, asset, Role.HEAD, "กองคลัง", MARCH)
    assert held(asset) == ("กองคลัง", "นายประสิทธิ์ มั่นคง")
    found = [
        tuple((one.values.get(key) or {}).get("text") for key in ("from_unit", "from_holder", "to_unit", "to_holder"))
        for one in moves_of(then, asset.pk)
    ]
    assert found == [
        (*was, "กองช่าง", "นายอรุณ ขยันยิ่ง"),
        ("กองช่าง", "นายอรุณ ขยันยิ่ง", "กองคลัง", "นายประสิทธิ์ มั่นคง"),
    ]


def test_a_thing_for_a_whole_unit_has_no_holder(then, asset) -> None:
    hand(then, asset, None, to_place="ห้องประชุมชั้น 1")
    asset.refresh_from_db()
    assert (held(asset), asset.values["place"]) == (("กองช่าง", ""), "ห้องประชุมชั้น 1")


def test_who_is_said_to_have_had_it_is_who_had_it(then, asset) -> None:
    wrong = person(then.agency, Role.MAYOR)
    assert why(hand, then, asset, Role.OFFICER, from_holder=wrong) == [("from_holder", "NOT_THE_HOLDER")]
    hand(then, asset, Role.OFFICER, from_holder=Ref(asset.values["holder"]["id"], ""))
    assert held(asset) == ("กองช่าง", "นายอรุณ ขยันยิ่ง")


def test_a_change_before_the_last_one_is_refused(then, asset) -> None:
    hand(then, asset, Role.OFFICER, day=MARCH)
    assert why(hand, then, asset, Role.HEAD, day=JANUARY) == [("moved_on", "BEFORE_LAST")]


def test_the_last_change_is_taken_back_and_no_other(then, asset) -> None:
    was = held(asset)
    first, second = hand(then, asset, Role.OFFICER), hand(then, asset, Role.HEAD, "กองคลัง", MARCH)
    back = {"move": "withdraw", "note": "ลงผิดรายการ", "version": None}
    assert why(services.move_entry, then, entry=first, **back) == [("", "NOT_ALLOWED")]
    services.move_entry(then, entry=second, **back)
    assert held(asset) == ("กองช่าง", "นายอรุณ ขยันยิ่ง")
    services.move_entry(then, entry=first, **back)
    assert held(asset) == was


def test_the_history_is_not_rewritten(then, asset) -> None:
    made = hand(then, asset, Role.OFFICER)
    given = {"to_holder": person(then.agency, Role.HEAD), "from_holder": None}
    assert why(services.change_entry, then, entry=made, values=given, version=made.version) == [
        ("to_holder", "HISTORY"),
        ("from_holder", "HISTORY"),
    ]
    kept = services.change_entry(then, entry=made, values={"reason": "ใช้ประจำกองช่าง"}, version=made.version)
    assert (kept.values["reason"], held(asset)) == ("ใช้ประจำกองช่าง", ("กองช่าง", "นายอรุณ ขยันยิ่ง"))


def test_what_was_disposed_of_changes_hands_no_more(then, asset) -> None:
    services.move_entry(then, entry=asset, move="dispose", note="จำหน่าย", version=None)
    assert why(hand, then, asset, Role.OFFICER) == [("asset", "NOT_COUNTED")]


def test_the_page_of_an_asset_shows_its_holders_and_the_way_to_the_next(then, asset, sign_in) -> None:
    hand(then, asset, Role.OFFICER)
    page = sign_in(Role.SUPPLY).get(f"/{then.agency.code}/registers/assets/{asset.pk}/").content.decode()
    assert "<p>นายอรุณ ขยันยิ่ง กองช่าง</p>" in page
    assert f"/{then.agency.code}/registers/asset-moves/add/?asset={asset.pk}" in page
    other = sign_in(Role.LEGAL).get(f"/{then.agency.code}/registers/assets/{asset.pk}/").content.decode()
    assert "asset-moves/add" not in other


def test_who_keeps_property_hands_it_over(then, asset, scope) -> None:
    supply = replace(scope(Role.SUPPLY), today=LATE)
    hand(supply, asset, Role.OFFICER)
    assert held(asset) == ("กองช่าง", "นายอรุณ ขยันยิ่ง")
