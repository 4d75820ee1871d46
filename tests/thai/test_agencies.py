import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from prongsai.thai.agencies import (
    ADMINISTRATION,
    CITY,
    KINDS,
    MUNICIPAL,
    PATTAYA,
    PROVINCIAL,
    SUBDISTRICT,
    TOWN,
    clerk_title,
    find_agencies,
    mayor_title,
    read_agency,
    read_agency_code,
    same_agency,
    short_forms,
)
from prongsai.thai.places import place_names
from tests.thai.hostile import assert_quick

OWN = "เทศบาลตำบลบ้านสวนพลู"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("เทศบาลตำบลบ้านสวนพลูจึงขอประกาศ", [OWN]),
        ("เทศบาลตำบลบ้านสวนพลู อำเภอเมืองลพบุรี จังหวัดลพบุรี", [OWN]),
        ("ของเทศบาลตำบลบ้านสวนพลูและประกาศมาตรการ", [OWN]),
        ("เว็บไซต์เทศบาลตำบลบ้านสวนพลูที่เผยแพร่", [OWN]),
        ("เทศบาลตำบลบ้านสวนพลู-กองคลัง", [OWN]),
        ("เทศบาลตำบลบ้านสวนพลูฯ", [OWN]),
        ("นายกเทศมนตรีตำบลบ้านสวนพลู", [OWN]),
        ("รองนายกเทศมนตรีตำบลบ้านสวนพลูรักษาราชการแทน", [OWN]),
        ("ปลัดเทศบาลตำบลบ้านสวนพลูประจำปี ๒๕๖๙", [OWN]),
        ("สภาเทศบาลตำบลบ้านสวนพลู", [OWN]),
        ("สำนักปลัดเทศบาลเมืองลพบุรี", ["เทศบาลเมืองลพบุรี"]),
        ("ทต.บ้านสวนพลู และ ทม.ลพบุรี", [OWN, "เทศบาลเมืองลพบุรี"]),
        ("ทน. นครสวรรค์", ["เทศบาลนครนครสวรรค์"]),
        ("อบต.ถนนใหญ่ ได้", ["องค์การบริหารส่วนตำบลถนนใหญ่"]),
        ("นายก อบต.ถนนใหญ่ขอ", ["องค์การบริหารส่วนตำบลถนนใหญ่"]),
        ("องค์การบริหารส่วนจังหวัดลพบุรีมี", ["องค์การบริหารส่วนจังหวัดลพบุรี"]),
        ("อบจ.ลพบุรี", ["องค์การบริหารส่วนจังหวัดลพบุรี"]),
        ("เทศบาลนครนนทบุรี, เทศบาลเมืองบ้านหมี่", ["เทศบาลนครนนทบุรี", "เทศบาลเมืองบ้านหมี่"]),
        ("เทศบาลตำบลในเมืองได้รับ", ["เทศบาลตำบลในเมือง"]),
        ("เทศบาลตำบล ท่าหิน", ["เทศบาลตำบลท่าหิน"]),
        ("เทศบาลเมืองสุไหงโก-ลก", ["เทศบาลเมืองสุไหงโก-ลก"]),
        ("เทศบาลตำบลโคก กะเทียม", ["เทศบาลตำบลโคกกะเทียม"]),
        ("เมืองพัทยาและเทศบาลฯ", ["เมืองพัทยา"]),
        ("เทศบาลฯ", []),
        ("ปลัดเทศบาล รองปลัดเทศบาล พนักงานเทศบาล สำนักปลัดเทศบาล", []),
        ("นายกเทศมนตรีลงนาม", []),
        ("เทศบาลตำบลและเทศบาลเมือง", []),
        ("เทศบาลตำบล หมายถึง", []),
        ("หน่วยงานในสังกัด ทม.กก.", []),
        ("อบต. มีหน้าที่", []),
        ("องค์การบริหารส่วนตำบลทุกแห่ง", []),
    ],
)
def test_find_agencies_ends_the_name_where_it_ends(text: str, names: list[str]) -> None:
    assert [found.text for found in find_agencies(text)] == names


def test_find_agencies_says_what_is_printed_and_where() -> None:
    text = "เรียน นายกเทศมนตรีตำบลบ้านสวนพลู ผ่าน ทต.ท่าหิน"
    first, second = find_agencies(text)
    assert (first.kind, first.name, first.printed) == (SUBDISTRICT, "บ้านสวนพลู", "นายกเทศมนตรีตำบลบ้านสวนพลู")
    assert (second.kind, second.name, second.printed) == (SUBDISTRICT, "ท่าหิน", "ทต.ท่าหิน")
    assert all(text[found.start : found.end] == found.printed for found in (first, second))


def test_find_agencies_believes_names_it_is_told() -> None:
    text = "เทศบาลตำบลสวนพลูใหม่ขอประกาศ เทศบาลตำบลสวนพลูใหม่เอี่ยม"
    assert [found.name for found in find_agencies(text, known=["สวนพลูใหม่"])][0] == "สวนพลูใหม่"


AFTER = ["", " ", "จึงขอ", "ประจำปีงบประมาณ", "และ", "ได้ดำเนินการ", " อำเภอ", ") ", "ที่ได้รับ", "โดย", "มีหน้าที่"]


@given(
    st.sampled_from(sorted(name for name in place_names() if len(name) > 3)),
    st.sampled_from(MUNICIPAL),
    st.sampled_from(AFTER),
)
def test_find_agencies_finds_every_place_before_every_continuation(name: str, kind: object, after: str) -> None:
    assume("." not in name and not any(name + after[:n] in place_names() for n in (1, 2, 3, 4) if after[:n].strip()))
    text = f"ของ{kind.name}{name}{after}"  # type: ignore[attr-defined]
    assert [found.name for found in find_agencies(text)] == [name]


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("ทต.บ้านสวนพลู", "เทศบาลตำบล บ้านสวนพลู", True),
        ("นายกเทศมนตรีตำบลบ้านสวนพลู", OWN, True),
        (OWN, "เทศบาลเมืองบ้านสวนพลู", False),
        (OWN, "เทศบาลตำบลท่าหิน", False),
        ("เทศบาลฯ", OWN, False),
    ],
)
def test_same_agency_sees_through_short_forms(a: str, b: str, same: bool) -> None:
    assert same_agency(a, b) is same_agency(b, a) is same


def test_short_forms_are_those_in_use() -> None:
    assert short_forms(OWN, "สพ") == ("ทต.บ้านสวนพลู", "ทต.สพ.", "เทศบาลฯ")
    assert short_forms("อบต.ถนนใหญ่") == ("อบต.ถนนใหญ่", "อบต.")
    assert short_forms("กองคลัง") == ()


@pytest.mark.parametrize(
    ("agency", "mayor", "clerk"),
    [
        (OWN, "นายกเทศมนตรีตำบลบ้านสวนพลู", "ปลัดเทศบาลตำบลบ้านสวนพลู"),
        ("เทศบาลเมืองลพบุรี", "นายกเทศมนตรีเมืองลพบุรี", "ปลัดเทศบาลเมืองลพบุรี"),
        ("อบต.ถนนใหญ่", "นายกองค์การบริหารส่วนตำบลถนนใหญ่", "ปลัดองค์การบริหารส่วนตำบลถนนใหญ่"),
        ("เมืองพัทยา", "นายกเมืองพัทยา", "ปลัดเมืองพัทยา"),
    ],
)
def test_titles_drop_the_word_municipality_after_mayor(agency: str, mayor: str, clerk: str) -> None:
    assert (mayor_title(agency), clerk_title(agency)) == (mayor, clerk)


def test_titles_of_what_is_no_agency_are_refused() -> None:
    for title in (mayor_title, clerk_title):
        with pytest.raises(ValueError, match="not the name"):
            title("กองคลัง")


def test_read_agency_takes_a_whole_text_only() -> None:
    assert read_agency("เทศบาล ตำบลบ้านสวนพลู") is not None
    assert read_agency("ประกาศเทศบาลตำบลบ้านสวนพลู") is None
    assert read_agency("เทศบาลตำบลบ้านสวนพลู อำเภอเมืองลพบุรี") is None


def test_kinds_carry_the_first_two_digits() -> None:
    assert [kind.code for kind in (PATTAYA, PROVINCIAL, CITY, TOWN, SUBDISTRICT, ADMINISTRATION)] == [
        "01", "02", "03", "04", "05", "06",
    ]  # fmt: skip
    assert len(KINDS) == 6


@pytest.mark.parametrize(
    ("text", "code"),
    [("05160199", "05160199"), ("๐๕๑๖๐๑๙๙", "05160199"), ("5160199", "05160199"), (" 05160199 ", "05160199"),
     ("07160199", None), ("05990199", None), ("0516019", None), ("516019", None), ("051601999", None), ("", None)],
)  # fmt: skip
def test_read_agency_code_checks_kind_and_province(text: str, code: str | None) -> None:
    found = read_agency_code(text)
    assert (found.text if found else None) == code


def test_read_agency_code_parts() -> None:
    found = read_agency_code("05160199")
    assert found is not None
    assert (found.kind, found.province_code, found.district, found.number) == (SUBDISTRICT, "16", "01", "99")


def test_agencies_take_linear_time_on_hostile_text() -> None:
    pieces = ["เทศบาลตำบล", "เทศบาลตำบล ก", "ทต.ก", "อบต.", "เทศบาลตำบล คลอง "]
    texts = [piece * (200_000 // len(piece)) for piece in pieces]
    assert_quick(find_agencies, [*texts, "เทศบาลตำบล" + "ก" * 200_000])
