"""Names of companies, shops and their owners, held against each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.thai.companies import (
    CompanyKind,
    CompanyName,
    Likeness,
    company_likeness,
    ids_in,
    parts_of,
    read_company,
)
from prongsai.thai.identity import check_digit
from tests.thai.hostile import assert_quick

FIRST, SECOND = (f"{twelve}{check_digit(twelve)}" for twelve in ("010553600001", "010553600002"))


@pytest.mark.parametrize(
    ("text", "kind", "core"),
    [
        ("หจก.สวนพลูโยธา", CompanyKind.LIMITED_PARTNERSHIP, "สวนพลูโยธา"),
        ("ห.จ.ก. สวนพลู โยธา", CompanyKind.LIMITED_PARTNERSHIP, "สวนพลูโยธา"),
        ("ห้างหุ้นส่วนจํากัด สวนพลูโยธา", CompanyKind.LIMITED_PARTNERSHIP, "สวนพลูโยธา"),
        ("หสน. สวนพลู", CompanyKind.PARTNERSHIP, "สวนพลู"),
        ("บริษัท สวนพลู ๙๙ จำกัด (สำนักงานใหญ่)", CompanyKind.COMPANY, "สวนพลู99"),
        ("บมจ. สวนพลู", CompanyKind.COMPANY, "สวนพลู"),
        ("บ.สวนพลู จก.", CompanyKind.COMPANY, "สวนพลู"),
        ("ร้าน สวนพลู-การค้า", CompanyKind.SHOP, "สวนพลูการค้า"),
        ("น.ส. สมใจ ใจดี", CompanyKind.PERSON, "สมใจใจดี"),
        ("สวนพลูการค้า", CompanyKind.UNSAID, "สวนพลูการค้า"),
        ("ร้าน", CompanyKind.SHOP, ""),
    ],
)
def test_company_is_read_as_offices_write_it(text: str, kind: CompanyKind, core: str) -> None:
    assert read_company(text) == CompanyName(kind, core)


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        ("หจก.สวนพลูโยธา", "ห้างหุ้นส่วนจำกัด สวนพลู โยธา", Likeness.SAME),
        ("บจก.สวนพลู ๙๙", "บริษัท สวนพลู 99 จำกัด", Likeness.SAME),
        ("บริษัทสวนพลูจำกัด(มหาชน)", "บมจ. สวนพลู", Likeness.SAME),
        ("สวนพลูการค้า", "ร้านสวนพลูการค้า", Likeness.SAME),
        ("ร้านสวนพลูการค้า โดยนางสมใจ ใจดี", "นางสาวสมใจ  ใจดี", Likeness.SAME),
        ("ร้านสวนพลูการค้า (นางสมใจ ใจดี)", "สมใจ ใจดี", Likeness.SAME),
        ("ร้านสวนพลูการค้า", "หจก.สวนพลูการค้า", Likeness.ALIKE),
        ("หจก.สวนพลู (2545)", "หจก.สวนพลู", Likeness.NONE),
        ("หจก.สวนพลู", "หจก.สวนพลูใหม่", Likeness.NONE),
        ("ร้าน", "ร้าน", Likeness.NONE),
        ("", "", Likeness.NONE),
    ],
)
def test_names_are_held_against_each_other(one: str, other: str, likeness: Likeness) -> None:
    assert company_likeness(one, other) is likeness
    assert company_likeness(other, one) is likeness


def test_number_says_more_than_the_name_where_both_have_one() -> None:
    assert company_likeness(f"หจก.ก {FIRST}", f"บริษัท ข จำกัด {FIRST}") is Likeness.SAME
    assert company_likeness(f"หจก.ก {FIRST}", f"หจก.ก {SECOND}") is Likeness.NONE
    assert company_likeness(f"หจก.ก {FIRST}", "หจก.ก") is Likeness.SAME
    assert ids_in(f"หจก.ก เลข {FIRST} และ 1111111111111") == frozenset({FIRST})


def test_shop_and_owner_are_two_names() -> None:
    assert list(parts_of("ร้านสวนพลูการค้า โดยนางสมใจ ใจดี")) == ["ร้านสวนพลูการค้า", "นางสมใจ ใจดี"]
    assert list(parts_of("ร้านสวนพลู (นายดี ใจดี)")) == ["ร้านสวนพลู", "นายดี ใจดี"]


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_texts_are_compared_either_way(one: str, other: str) -> None:
    assert company_likeness(one, other) is company_likeness(other, one)


def test_long_texts_are_read_soon() -> None:
    assert_quick(read_company, ["ก. " * 70_000, "(" * 200_000, "โดย " * 50_000])
    assert_quick(lambda text: company_likeness(text, "ก"), ["()" * 100_000, "ห.จ." * 50_000])
