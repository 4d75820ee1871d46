import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.privacy.masks import mask_address, mask_email, mask_ids, mask_name, mask_phone, mask_text
from prongsai.registers.masks import mask
from prongsai.thai.identity import check_digit
from prongsai.thai.numerals import to_arabic, to_thai
from tests.registers.build import field
from tests.thai.hostile import assert_quick


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("นายสมชาย ใจดี", "นาย ส***"),
        ("นางสาว เกศินี ณ อยุธยา", "นางสาว เก***"),
        ("พ.ต.ท.สมชาย ใจดี", "พ.ต.ท. ส***"),
        ("สมชาย ใจดี", "ส***"),
        ("ร้านสวนพลูการค้า", "ร***"),
        ("นายสมชาย ใจดี และ นางแก้ว ใจดี", "นาย ส***, นาง แ***"),
        ("", ""),
    ],
)
def test_names_keep_title_and_first_letter(text: str, masked: str) -> None:
    assert mask_name(text) == masked.replace("แ***", "แก***")


def test_numbers_keep_their_last_four() -> None:
    assert mask_phone("08-1234-5678") == "xx-xxxx-5678"
    assert mask_phone("๐-๓๖๐๐-๐๐๐๐ ต่อ ๑๒") == "x-xxxx-xx๐๐ ต่อ ๑๒"
    assert mask_phone("1669") == "xxxx"
    assert mask(field("i", "id"), "1-1017-00230-70-8") == "x-xxxx-xxxx0-70-8"


def test_mail_and_addresses_keep_the_place() -> None:
    assert mask_email("somchai@example.go.th") == "s***@example.go.th"
    assert mask_email("somchai") == "ปกปิด"
    assert mask_address("12/3 หมู่ 4 ถนนพระราม ต.บ้านสวนพลู อ.เมือง จ.ลพบุรี") == "ต.บ้านสวนพลู อ.เมือง จ.ลพบุรี"
    assert mask_address("12/3 หมู่ 4\nแขวงบางซื่อ เขตบางซื่อ") == "แขวงบางซื่อ เขตบางซื่อ"
    assert mask_address("12/3 หมู่ 4") == "ปกปิด"


def test_what_has_no_mask_is_covered_whole() -> None:
    covered = [mask(field("x", type_), "5") for type_ in ("money", "date", "choice", "link", "rows", "file", "unit")]
    assert covered == ["ปกปิด"] * 7
    assert mask(field("x", "money"), "") == ""


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("บัตร 1-1017-00230-70-8 ครับ", "บัตร x-xxxx-xxxxx-xx-x ครับ"),
        ("เลข ๑๑๐๑๗๐๐๒๓๐๗๐๘.", "เลข x-xxxx-xxxxx-xx-x."),
        ("โทร 081-234-5678 หรือ 0 3600 0000", "โทร xxx-xxx-xxxx หรือ x xxxx xxxx"),
        ("โทร. ๐๘๑๒๓๔๕๖๗๘ ค่ะ", "โทร. xxxxxxxxxx ค่ะ"),
        ("+66 81 234 5678", "+xx xx xxx xxxx"),
        ("เขียนถึง somchai.j@example.com ได้", "เขียนถึง ปกปิด ได้"),
        ("วันที่ 12/03/2569 เวลา 09.30 น. เลขที่ 0812/2569", "วันที่ 12/03/2569 เวลา 09.30 น. เลขที่ 0812/2569"),
        ("งบ 1,250,000.00 บาท ครุภัณฑ์ 416-63-0012", "งบ 1,250,000.00 บาท ครุภัณฑ์ 416-63-0012"),
        ("สัญญา 690101234567", "สัญญา 690101234567"),
    ],
)
def test_running_text_loses_numbers_of_people(text: str, masked: str) -> None:
    assert mask_text(text) == masked
    assert mask_text(masked) == masked


def test_masked_running_text_loses_names_too() -> None:
    assert mask_text("ร้องเรียนโดย นายสมชาย ใจดี โทร 081-234-5678", names=True) == "ร้องเรียนโดย นาย ส*** โทร xxx-xxx-xxxx"
    assert mask(field("x", "long_text"), "โดย นายสมชาย   ใจดี") == "โดย นาย ส***"


def test_short_texts_lose_only_sure_numbers() -> None:
    assert mask_ids("เลข 1101700230708 และ 1101700230709") == "เลข x-xxxx-xxxxx-xx-x และ 1101700230709"


AROUND = st.text(st.sampled_from("กขค .,\n(“”"), max_size=15)
TWELVE = st.from_regex("[1-8][0-9]{11}", fullmatch=True)


@given(AROUND, TWELVE, AROUND, st.from_regex("0[689][0-9]{8}|0[2-7][0-9]{7}", fullmatch=True), AROUND, st.booleans())
def test_no_number_of_a_person_stays(one: str, twelve: str, two: str, phone: str, three: str, thai: bool) -> None:
    number = f"{twelve}{check_digit(twelve)}"
    text = f"{one} {number} {two} {phone} {three}"
    plain = to_arabic(mask_text(to_thai(text) if thai else text))
    assert not any(letter.isdigit() for letter in plain)


@pytest.mark.parametrize("piece", ["0", "0-", "08 ", "a@", "a.", "@", "1-", "นาย", "นายก ", "ต.", "\n", "(0"])
def test_masks_are_quick(piece: str) -> None:
    texts = [piece * (20_000 // len(piece))]
    for function in (mask_text, mask_name, mask_address, mask_phone, mask_email, mask_ids):
        assert_quick(function, texts)
