import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.thai.numerals import to_thai
from prongsai.thai.phones import format_phone, read_phone
from tests.thai.hostile import assert_quick


@pytest.mark.parametrize(
    ("text", "kind", "printed", "e164"),
    [
        ("โทร. ๐-๓๖๐๐-๐๐๐๐", "landline", "0-3600-0000", "+6636000000"),
        ("โทรศัพท ๐-๓๖๐๐-๐๐๐๐ ต่อ ๑๒๖", "landline", "0-3600-0000 ต่อ 126", "+6636000000"),
        ("0 3600 0000", "landline", "0-3600-0000", "+6636000000"),
        ("036-000-000", "landline", "0-3600-0000", "+6636000000"),
        ("(036) 000000", "landline", "0-3600-0000", "+6636000000"),
        ("+66 36 000 000", "landline", "0-3600-0000", "+6636000000"),
        ("+66(0)36-000-000", "landline", "0-3600-0000", "+6636000000"),
        ("02-000-0000", "landline", "0-2000-0000", "+6620000000"),
        ("โทรสาร 0-3600-0000-3", "landline", "0-3600-0000-3", "+6636000000"),
        ("0-3600-0000 ถึง 9", "landline", "0-3600-0000-9", "+6636000000"),
        ("0-3600-0000 ต่อ ๑๐๑-๑๐๓", "landline", "0-3600-0000 ต่อ 101-103", "+6636000000"),
        ("0-3600-0000 ต่อ 12, 13", "landline", "0-3600-0000 ต่อ 12,13", "+6636000000"),
        ("080-000-0000", "mobile", "08-0000-0000", "+66800000000"),
        ("มือถือ ๐๘๐๐๐๐๐๐๐๐", "mobile", "08-0000-0000", "+66800000000"),
        ("โทร. ๑๒๖", "extension", "126", None),
        ("ต่อ 126", "extension", "126", None),
        ("191", "short", "191", None),
        ("1669", "short", "1669", None),
    ],
)
def test_read_phone_reads_every_print(text: str, kind: str, printed: str, e164: str | None) -> None:
    phone = read_phone(text)
    assert phone is not None
    assert (phone.kind, format_phone(phone), phone.e164, phone.raw) == (kind, printed, e164, text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "โทร. ......",
        "12345",
        "03600000",
        "0-9600-0000",
        "099999999999",
        "2566",
        "๑๒/๒๕๖๖",
        "0-3600-0000 หรือ 0-3600-0001",
        "โทร. ๑๒",
    ],
)
def test_read_phone_finds_none_where_none_is(text: str) -> None:
    if text == "2566":
        phone = read_phone(text)
        assert phone is not None
        assert phone.kind == "short"  # four digits alone cannot be told from a short number
    else:
        assert read_phone(text) is None


@given(st.sampled_from("234567"), st.integers(0, 9_999_999), st.booleans(), st.none() | st.integers(1, 9999))
def test_a_printed_landline_is_read_back(area: str, rest: int, thai: bool, extension: int | None) -> None:
    text = f"0{area}{rest:07d}" + (f" ต่อ {extension}" if extension else "")
    phone = read_phone(to_thai(text) if thai else text)
    assert phone is not None
    again = read_phone(format_phone(phone, digits="thai" if thai else "arabic"))
    assert again is not None
    assert again._replace(raw="") == phone._replace(raw="")
    assert phone.extension == (str(extension) if extension else None)


@given(st.sampled_from("689"), st.integers(0, 99_999_999))
def test_a_printed_mobile_is_read_back(first: str, rest: int) -> None:
    phone = read_phone(f"0{first}{rest:08d}")
    assert phone is not None
    again = read_phone(format_phone(phone))
    assert again is not None
    assert (again.kind, again.digits) == (phone.kind, phone.digits) == ("mobile", f"0{first}{rest:08d}")


def test_phones_take_linear_time_on_hostile_text() -> None:
    assert_quick(
        read_phone,
        ["0" * 200_000, "0-" * 100_000, "โทร" * 60_000, "โทร." + " " * 200_000, "036000000 ต่อ 1" + ",1" * 90_000],
    )
