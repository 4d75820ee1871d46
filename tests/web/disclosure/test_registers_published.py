"""A page of a register: the public table is frozen at approval, with what each column means."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from prongsai.web.agencies.roles import Role
from prongsai.web.disclosure.services import pages
from prongsai.web.registers import services as registers
from tests.web.registers.conftest import sample

pytestmark = pytest.mark.django_db


@pytest.fixture
def assets(scope):
    return pages.add_page(
        scope(Role.PUBLISHER), kind="register", title="ทะเบียนทรัพย์สิน", path="data/assets", register="assets"
    )


@pytest.fixture
def gifts(scope):
    return pages.add_page(
        scope(Role.PUBLISHER), kind="register", title="ของขวัญ", path="2569/data/gifts", register="gifts", year_be=2569
    )


def test_register_with_nothing_to_show_is_refused(gifts, ask):
    with pytest.raises(ValidationError) as caught:
        ask(gifts)
    assert caught.value.messages == ["ทะเบียนนี้ยังไม่มีอะไรให้เผยแพร่ในปีนี้ ปิดงวดหรือเพิ่มรายการที่เปิดเผยได้ก่อน"]


def test_another_years_entries_do_not_stand_under_the_page_of_a_year(agency, system, gifts, ask):
    registers.add_entry(system, register="gifts", values=sample(agency, "gifts") | {"received_on": date(2024, 12, 1)})
    with pytest.raises(ValidationError):
        ask(gifts)


def test_table_is_frozen_when_it_is_approved(agency, system, assets, publish):
    registers.add_entry(system, register="assets", values=sample(agency, "assets"))
    made = publish(assets, body="")
    (table,) = made.tables
    assert (table["key"], len(table["rows"]), len(table["head"])) == ("assets", 1, len(table["columns"]))
    named = {one["label"]: (one["key"], one["type"]) for one in table["columns"]}
    assert list(named) == table["head"]
    assert all(kind in ("text", "number", "money", "date", "yes-no", "choice") for _key, kind in named.values())
    registers.add_entry(system, register="assets", values=sample(agency, "assets") | {"price_thb": Decimal(1)})
    made.refresh_from_db()
    assert len(made.tables[0]["rows"]) == 1
    again = publish(assets)
    assert (len(again.tables[0]["rows"]), again.change_note) == (2, "ปรับปรุงเนื้อหา ตาราง")


def test_table_that_came_to_hold_a_number_of_somebody_waits_for_a_decision(agency, system, assets, ask, scope):
    registers.add_entry(system, register="assets", values=sample(agency, "assets"))
    asked = ask(assets)
    registers.add_entry(
        system, register="assets", values=sample(agency, "assets") | {"name": "เครื่องฉายภาพ โทร 081-234-5678"}
    )
    with pytest.raises(ValidationError) as caught:
        pages.approve(scope(Role.MAYOR), release=asked, version=asked.version)
    assert caught.value.messages == ["มีข้อมูลส่วนบุคคลที่รอตัดสินใจ ดูผลตรวจก่อนเผยแพร่"]
