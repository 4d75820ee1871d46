"""Structure, executives, powers, contact."""

import pytest

from prongsai.registers.model import Ref
from prongsai.registers.rules import year_faults
from prongsai.registers.values import ValueRefused, read
from tests.registers.library.example import codes, filled, number, shipped

ELEMENTS = ("address", "phone", "email", "map", "hours")


def test_vision_and_mission_alone_are_not_the_powers() -> None:
    powers = shipped("powers")
    rows = [filled("powers", kind=kind) for kind in ("vision", "mission")]
    (fault,) = year_faults(powers, rows, {}, [])
    assert (fault.message_th, fault.is_warning) == ("มีแต่วิสัยทัศน์หรือพันธกิจ ต้องมีหน้าที่และอำนาจด้วย", False)
    assert year_faults(powers, [*rows, filled("powers", kind="powers")], {}, []) == []


def test_powers_cite_an_act_and_its_year() -> None:
    assert codes("powers", kind="powers", act=None, act_year_be=None) == [
        ("act", "REQUIRED"),
        ("act_year_be", "REQUIRED"),
    ]
    assert codes("powers", kind="vision", act=None, act_year_be=None) == []
    assert codes("powers", act_year_be=number(1953)) == [("act_year_be", "TOO_LOW")]


@pytest.mark.parametrize("left_out", ELEMENTS)
def test_contact_has_five_elements_each_for_itself(left_out: str) -> None:
    rows = [filled("contact", element=one) for one in ELEMENTS if one != left_out]
    (fault,) = year_faults(shipped("contact"), rows, {}, [])
    assert (fault.code, fault.is_warning) == ("EVERY_CHOICE", False)
    assert codes("contact", element=left_out, **{left_out: None}) == [(left_out, "REQUIRED")]


def test_five_contact_elements_are_complete() -> None:
    assert year_faults(shipped("contact"), [filled("contact", element=one) for one in ELEMENTS], {}, []) == []


@pytest.mark.parametrize(
    ("key", "text"), [("phone", "0-36"), ("phone", "โทรมา"), ("email", "office.example"), ("fax", "12")]
)
def test_form_of_telephone_and_email_is_checked(key: str, text: str) -> None:
    field = shipped("contact").field_of(key)
    assert field is not None
    with pytest.raises(ValueRefused):
        read(field, text)


def test_coordinates_come_in_pairs_within_the_country() -> None:
    assert codes("contact", element="map", latitude=number("14.8")) == [("longitude", "FILLED_IF")]
    outside = {"latitude": number("51.5"), "longitude": number("0.1")}
    assert codes("contact", element="map", **outside) == [("latitude", "TOO_HIGH"), ("longitude", "TOO_LOW")]


def test_executives_of_both_sides_with_head_and_deputy() -> None:
    executives = shipped("executives")
    head = filled("executives", side="political", rank="head")
    messages = [fault.message_th for fault in year_faults(executives, [head], {}, [])]
    assert messages == ["ต้องมีผู้บริหารทั้งฝ่ายการเมืองและฝ่ายประจำ", "ยังไม่มีข้อมูลรองผู้บริหารสูงสุด"]
    deputy = filled("executives", side="permanent", rank="deputy", person=Ref(2, "นายวิเชียร รอบรู้"))
    assert year_faults(executives, [head, deputy], {}, []) == []


def test_executive_is_entered_once_a_post() -> None:
    assert shipped("executives").unique == ("post", "person")
