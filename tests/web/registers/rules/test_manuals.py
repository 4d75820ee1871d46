"""Manuals: editions, the chart at the counter, whether it is displayed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from prongsai.registers.load import of_year
from prongsai.registers.model import Ref
from prongsai.web.evidence.services import keep_file
from prongsai.web.registers.models import Entry
from prongsai.web.registers.rules import service_manuals, staff_manuals
from prongsai.web.registers.services import EntryRefused, move_entry
from tests.web.registers.rules.conftest import entry_ref

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c4944415408d763f8ffff3f0005fe02fea735810000000049454e44ae426082"
)


def texts(svg):
    return [one.text for one in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


def test_newer_edition_replaces_the_old_one_which_is_kept(now, make):
    old = make("staff-manuals")
    new = make("staff-manuals", edition=Decimal(2), replaces=entry_ref(old))
    register = of_year("staff-manuals", 0)
    (notice,) = staff_manuals.notices(now, register, 2569)
    assert notice.text.startswith("คู่มือการรับชำระภาษีป้าย ฉบับที่ ๑ มีฉบับใหม่แทนแล้ว")
    move_entry(now, entry=old, move="supersede", version=None)
    assert staff_manuals.notices(now, register, 2569) == []
    assert dict(Entry.objects.values_list("pk", "state")) == {old.pk: "superseded", new.pk: "current"}


def test_same_edition_of_a_manual_is_refused(make):
    make("staff-manuals")
    with pytest.raises(EntryRefused) as refused:
        make("staff-manuals")
    assert [fault.code for fault in refused.value.faults] == ["ALREADY_THERE"]


def test_flow_chart_is_drawn_from_the_steps_of_the_manual(make):
    steps = tuple(
        {"step": step, "minutes": Decimal(minutes), "unit": "กองช่าง"}
        for step, minutes in (("ยื่นคำขอ", 10), ("ตรวจสถานที่", 910), ("รับใบอนุญาต <ฉบับจริง>", 0))
    )
    made = make("service-manuals", steps=steps, fee_thb=Decimal(0), standard_days=Decimal(3))
    assert texts(service_manuals.draw(made)) == [
        "การขออนุญาตก่อสร้างอาคาร",
        "๑. ยื่นคำขอ",
        "๑๐ นาที · กองช่าง",
        "๒. ตรวจสถานที่",
        "๒ วันทำการ ๑ ชั่วโมง ๑๐ นาที · กองช่าง",
        "๓. รับใบอนุญาต <ฉบับจริง>",
        "๐ นาที · กองช่าง",
        "รวมเวลา ๒ วันทำการ ๑ ชั่วโมง ๒๐ นาที",
        "แล้วเสร็จภายใน ๓ วันทำการ",
        "ไม่มีค่าธรรมเนียม",
    ]


def test_display_at_the_counter_is_confirmed_with_photograph_and_date(now, make):
    register = of_year("service-manuals", 0)
    make("service-manuals")
    (notice,) = service_manuals.notices(now, register, 2569)
    assert notice.text == "การขออนุญาตก่อสร้างอาคาร ยังไม่ยืนยันการติดผังขั้นตอน ณ จุดบริการ"
    with pytest.raises(EntryRefused):
        make("service-manuals", name="การขอเลขที่บ้าน", displayed_on=date(2026, 1, 6), display_photo=None)
    photo = keep_file(now, name="ผัง.png", content=PNG)
    given = {"displayed_on": date(2026, 1, 6), "display_photo": Ref(photo.pk, photo.name)}
    make("service-manuals", name="การขอเลขที่บ้าน", **given)
    assert len(service_manuals.notices(now, register, 2569)) == 1


def test_chart_of_a_manual_changed_since_is_to_be_printed_again(now, make):
    photo = keep_file(now, name="ผัง.png", content=PNG)
    given = {"displayed_on": date(2026, 1, 6), "display_photo": Ref(photo.pk, photo.name)}
    make("service-manuals", updated_on=date(2026, 2, 1), **given)
    (notice,) = service_manuals.notices(now, of_year("service-manuals", 0), 2569)
    assert notice.text == "การขออนุญาตก่อสร้างอาคาร ปรับปรุงหลังติดผัง ต้องพิมพ์และติดใหม่"
