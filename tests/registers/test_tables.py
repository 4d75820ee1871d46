from datetime import date
from decimal import Decimal

import pytest

from prongsai.registers.load import library
from prongsai.registers.model import Derivation, Formula, Level, Openness, Public, Ref, State
from prongsai.registers.tables import columns_of, table
from tests.registers.build import STATES, field, register

KEPT, WITHDRAWN = STATES
LOANS = register(
    field("asset", "text", "ทรัพย์สิน"),
    field("borrower", "text", "ผู้ยืม", open="masked"),
    field("contact", "phone", "โทรศัพท์", open="secret"),
    field("inside", "text", "บันทึกภายใน", open="office"),
    field("why", "long_text", "ใช้เพื่อ"),
    field("paid", "money", "ค่าปรับ"),
    field("half", "derived", "ครึ่งหนึ่ง", derivation=Derivation(Formula.SUM, ("paid",))),
    public=Public(columns=("asset", "borrower", "contact", "inside", "why", "half", "state")),
)
VALUES = {
    "asset": "เครื่องฉายภาพ",
    "borrower": "นายสมชาย ใจดี",
    "contact": "08-1234-5678",
    "inside": "ลูกบ้าน",
    "why": "งานบุญ โทร 08-1234-5678",
    "paid": Decimal("1500.00"),
}


def test_the_office_sees_all_but_secrets() -> None:
    found = table(LOANS, [(VALUES, KEPT), ({}, WITHDRAWN)])
    assert found.head == ("ทรัพย์สิน", "ผู้ยืม", "โทรศัพท์", "บันทึกภายใน", "ใช้เพื่อ", "ค่าปรับ", "ครึ่งหนึ่ง", "สถานะ")
    assert found.rows == (
        ("เครื่องฉายภาพ", "นายสมชาย ใจดี", "ปกปิด", "ลูกบ้าน", "งานบุญ โทร 08-1234-5678", "1,500.00", "1,500.00", "บันทึกแล้ว"),
        ("", "", "", "", "", "", "", "ยกเลิก"),
    )  # fmt: skip
    assert found.numeric == (False, False, False, False, False, True, True, False)


def test_the_public_never_sees_office_or_secret_columns() -> None:
    found = table(LOANS, [(VALUES, KEPT), (VALUES, WITHDRAWN)], audience="public")
    assert found.head == ("ทรัพย์สิน", "ผู้ยืม", "ใช้เพื่อ", "ครึ่งหนึ่ง", "สถานะ")
    assert found.rows == (("เครื่องฉายภาพ", "นาย ส***", "งานบุญ โทร xx-xxxx-xxxx", "1,500.00", "บันทึกแล้ว"),)
    assert table(LOANS, [], columns=("inside", "contact", "odd"), audience="public").head == ()


def test_states_by_key_and_those_declared_public() -> None:
    found = table(
        LOANS, [(VALUES, "kept"), (VALUES, "withdrawn"), (VALUES, "unheard")], columns=("state",), audience="public"
    )
    assert found.rows == (("บันทึกแล้ว",),)
    narrow = register(*LOANS.fields, public=Public(states=("answered",)))
    assert table(narrow, [(VALUES, "kept")], audience="public").rows == ()
    open_ = table(LOANS, [(VALUES, State("kept", "เก็บไว้"))], columns=("state",))
    assert open_.rows == (("เก็บไว้",),)


def test_rows_show_the_public_their_open_columns_only() -> None:
    lines = field(
        "lines",
        "rows",
        "ผู้เสนอราคา",
        columns=(field("name", "text"), field("citizen", "id", open="secret"), field("boss", "person", open="masked"), field("note", "text", open="office")),
    )  # fmt: skip
    row = {"name": "ร้านหนึ่ง", "citizen": "1101700230708", "boss": Ref(1, "นายสมชาย ใจดี"), "note": "ลับ"}
    one = register(lines)
    assert table(one, [({"lines": (row,)}, KEPT)], audience="public").rows == (("ร้านหนึ่ง | นาย ส***",),)


def test_levels_labels_and_digits() -> None:
    one = register(
        field("l", "number"),
        field("on", "date", "วันที่"),
        field("level", "derived", "ระดับ", derivation=Derivation(Formula.MATRIX_LEVEL, ("l",))),
        matrix=(Level("low", "ต่ำ", 1, 9),),
    )
    found = table(
        one,
        [({"l": Decimal(3), "on": date(2026, 3, 31)}, KEPT)],
        columns=("level", "on"),
        labels={"on": "วันรับ"},
        digits="thai",
    )
    assert (found.head, found.rows) == (("ระดับ", "วันรับ"), (("ต่ำ", "๓๑ มี.ค. ๒๕๖๙"),))


def test_another_audience_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="no audience 'all'"):
        table(LOANS, [], audience="all")


@pytest.mark.parametrize("one", library(), ids=lambda one: f"{one.id}-{one.since_be}")
def test_no_shipped_register_shows_the_public_a_closed_field(one: object) -> None:
    shown = [one.field_of(key) for key in columns_of(one, (), "public")]  # type: ignore[attr-defined,arg-type]
    assert all(each is None or each.openness in {Openness.PUBLIC, Openness.MASKED} for each in shown)
