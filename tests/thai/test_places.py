import pytest

from prongsai.thai.places import (
    PROVINCES,
    district_names,
    districts_of,
    is_district_of,
    nearest,
    place_names,
    province,
    provinces_of_district,
    subdistrict_names,
)


def test_there_are_77_provinces_with_their_own_codes_letters_and_names() -> None:
    assert len(PROVINCES) == 77
    for part in ("code", "letters", "name", "name_en"):
        assert len({getattr(one, part) for one in PROVINCES}) == 77
    assert [one.code for one in PROVINCES] == sorted(one.code for one in PROVINCES)


def test_province_names_are_those_of_the_library() -> None:
    from pythainlp.corpus import provinces

    assert {one.name for one in PROVINCES} == set(provinces())


def test_there_are_928_districts_as_the_department_counts_them() -> None:
    assert sum(len(districts_of(one.name)) for one in PROVINCES) == 928
    assert len(districts_of("กรุงเทพมหานคร")) == 50
    assert all(name.startswith("เขต") for name in districts_of("กทม."))


def test_every_province_but_bangkok_has_a_capital_district() -> None:
    for one in PROVINCES:
        if one.name not in {"กรุงเทพมหานคร", "พระนครศรีอยุธยา"}:
            assert f"เมือง{one.name}" in districts_of(one.name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ลพบุรี", "ลพบุรี"),
        ("จังหวัดลพบุรี", "ลพบุรี"),
        ("จ. ลพบุรี", "ลพบุรี"),
        ("จ.ลพบุรี", "ลพบุรี"),
        ("ลบ", "ลพบุรี"),
        ("16", "ลพบุรี"),
        ("๑๖", "ลพบุรี"),
        ("Lop Buri", "ลพบุรี"),
        ("กทม.", "กรุงเทพมหานคร"),
        ("กรุงเทพฯ", "กรุงเทพมหานคร"),
        ("เลย", "เลย"),
        ("ละโว้", None),
        ("", None),
    ],
)
def test_province_is_found_by_any_of_its_names(text: str, name: str | None) -> None:
    found = province(text)
    assert (found.name if found else None) == name


def test_letters_of_letters_lead_to_the_province() -> None:
    for letters, name in (("ลบ", "ลพบุรี"), ("สฎ", "สุราษฎร์ธานี"), ("กท", "กรุงเทพมหานคร"), ("บก", "บึงกาฬ")):
        found = province(letters)
        assert found is not None
        assert found.name == name


@pytest.mark.parametrize("printed", ["เมืองลพบุรี", "อำเภอเมืองลพบุรี", "อ.เมืองลพบุรี", "อ. เมืองลพบุรี"])
def test_a_district_is_found_however_it_is_printed(printed: str) -> None:
    assert [one.name for one in provinces_of_district(printed)] == ["ลพบุรี"]
    assert is_district_of(printed, "จังหวัดลพบุรี")


def test_a_district_name_may_be_in_several_provinces() -> None:
    assert [one.name for one in provinces_of_district("เฉลิมพระเกียรติ")] == [
        "สระบุรี", "นครราชสีมา", "บุรีรัมย์", "น่าน", "นครศรีธรรมราช",
    ]  # fmt: skip


def test_districts_of_bangkok_need_no_word_for_it() -> None:
    assert [one.name for one in provinces_of_district("พระนคร")] == ["กรุงเทพมหานคร"]
    assert is_district_of("เขตพระนคร", "กทม.")


def test_the_capital_district_may_leave_out_the_province() -> None:
    assert is_district_of("อำเภอเมือง", "ลพบุรี")
    assert not is_district_of("อำเภอเมือง", "กรุงเทพมหานคร")


def test_a_district_of_another_province_is_none_of_this() -> None:
    assert not is_district_of("เมืองลพบุรี", "สระบุรี")
    assert not is_district_of("บ้านหมี่", "ไม่มีจังหวัดนี้")
    assert provinces_of_district("ไม่มีอำเภอนี้") == ()


def test_nearest_names_what_may_be_meant() -> None:
    assert nearest("จ.ลพบุรี๋")[0] == "ลพบุรี"
    assert nearest("บ้านมี่", districts_of("ลพบุรี")) == ["บ้านหมี่"]
    assert nearest("xyz") == []
    assert len(nearest("เมือง", limit=2)) <= 2


def test_subdistricts_name_most_local_governments() -> None:
    assert len(subdistrict_names()) > 5_500
    assert {"ท่าหิน", "โคกกะเทียม", "ถนนใหญ่"} <= subdistrict_names()
    assert subdistrict_names() | district_names() <= place_names()
    assert "บ้านสวนพลู" not in place_names()
