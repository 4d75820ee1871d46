from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.registers.model import Field, Ref
from prongsai.registers.values import ValueRefused, from_json, normal, read, show, to_json
from prongsai.thai.dates import Span
from prongsai.thai.identity import check_digit
from prongsai.thai.numerals import to_thai
from tests.registers.build import Office, field
from tests.thai.hostile import assert_quick

KINDS = {"state": "หน่วยงานรัฐ", "private": "เอกชน", "citizen": "ประชาชน, ชุมชน", "other": "อื่น ๆ"}
TEXT = field("item", "text", "รายการ")
LONG = field("why", "long_text", "เหตุผล")
COUNT = field("quantity", "number", "จำนวน", unit_th="คน")
SHARE = field("percent", "number", "ร้อยละ", decimals=1)
MONEY = field("value_thb", "money", "มูลค่า")
DAY = field("received_on", "date", "วันที่รับ")
MONTH = field("month", "month", "เดือน")
CLOCK = field("at", "time", "เวลา")
PERIOD = field("period", "period", "ระยะเวลา")
KIND = field("kind", "choice", "ประเภท", choices=KINDS)
SOME = field("some", "choices", "กลุ่ม", choices=KINDS)
YES = field("agreed", "yes_no", "ยินยอม")
UNIT = field("unit", "unit", "ส่วนราชการ")
PHONE = field("phone", "phone", "โทรศัพท์")
NUMBER = field("citizen", "id", "เลขประจำตัว")
MAIL = field("mail", "email", "อีเมล")
LINK = field("page", "link", "ลิงก์")
ROWS = field(
    "bidders", "rows", "ผู้เสนอราคา", columns=(field("name", "text", "ชื่อ"), field("price", "money", "ราคา"), DAY)
)


@pytest.mark.parametrize(
    ("asked", "text", "value", "shown"),
    [
        (TEXT, "  กระเช้า\n ผลไม้ ", "กระเช้า ผลไม้", "กระเช้า ผลไม้"),
        (TEXT, "น้ํา\u202e\u200b", "น้ำ", "น้ำ"),
        (TEXT, "=1+1", "=1+1", "=1+1"),
        (LONG, "หนึ่ง \r\n  สอง\x0bสาม", "หนึ่ง\nสอง\nสาม", "หนึ่ง\nสอง\nสาม"),
        (COUNT, "๑๒ คน", Decimal(12), "๑๒"),
        (COUNT, "1,200.00", Decimal(1200), "๑,๒๐๐"),
        (SHARE, "87.5 %", Decimal("87.5"), "๘๗.๕"),
        (MONEY, "๑,๒๕๐ บาท", Decimal("1250.00"), "๑,๒๕๐.๐๐"),
        (MONEY, "฿500.-", Decimal("500.00"), "๕๐๐.๐๐"),
        (MONEY, "-0", Decimal("0.00"), "๐.๐๐"),
        (DAY, "๓๑ มี.ค. ๒๕๖๙", date(2026, 3, 31), "๓๑ มี.ค. ๒๕๖๙"),
        (DAY, "31/3/2026", date(2026, 3, 31), "๓๑ มี.ค. ๒๕๖๙"),
        (DAY, "2026-03-31 00:00:00", date(2026, 3, 31), "๓๑ มี.ค. ๒๕๖๙"),
        (DAY, "วันอังคารที่ 31 มีนาคม พ.ศ. 2569", date(2026, 3, 31), "๓๑ มี.ค. ๒๕๖๙"),
        (MONTH, "มีนาคม 2569", date(2026, 3, 1), "มี.ค. ๒๕๖๙"),
        (MONTH, "๓/๒๕๖๙", date(2026, 3, 1), "มี.ค. ๒๕๖๙"),
        (MONTH, "2026-03", date(2026, 3, 1), "มี.ค. ๒๕๖๙"),
        (MONTH, "15 มี.ค. 2569", date(2026, 3, 1), "มี.ค. ๒๕๖๙"),
        (CLOCK, "๙.๓๐ น.", time(9, 30), "๐๙.๓๐ น."),
        (CLOCK, "13:05:00", time(13, 5), "๑๓.๐๕ น."),
        (CLOCK, "เวลา 9 น.", time(9), "๐๙.๐๐ น."),
        (PERIOD, "1/2/2569 - 3/2/2569", Span(date(2026, 2, 1), date(2026, 2, 3)), "๑ ก.พ. ๒๕๖๙ - ๓ ก.พ. ๒๕๖๙"),
        (PERIOD, "1 ก.พ. 2569", Span(date(2026, 2, 1), date(2026, 2, 1)), "๑ ก.พ. ๒๕๖๙"),
        (PERIOD, "ปีงบประมาณ 2569", Span(date(2025, 10, 1), date(2026, 9, 30)), "๑ ต.ค. ๒๕๖๘ - ๓๐ ก.ย. ๒๕๖๙"),
        (KIND, "private", "private", "เอกชน"),
        (KIND, " หน่วยงาน รัฐ", "state", "หน่วยงานรัฐ"),
        (SOME, "เอกชน; หน่วยงานรัฐ", ("state", "private"), "หน่วยงานรัฐ, เอกชน"),
        (SOME, "อื่น ๆ, ประชาชน, ชุมชน", ("citizen", "other"), "ประชาชน, ชุมชน, อื่น ๆ"),
        (YES, "ใช่", True, "ใช่"),
        (YES, "ไม่มี", False, "ไม่ใช่"),
        (YES, "on", True, "ใช่"),
        (UNIT, " กอง คลัง ", Ref(None, "กอง คลัง"), "กอง คลัง"),
        (PHONE, "โทร. ๐๘๑๒๓๔๕๖๗๘", "08-1234-5678", "๐๘-๑๒๓๔-๕๖๗๘"),
        (PHONE, "+66 36 000 000 ต่อ 12", "0-3600-0000 ต่อ 12", "๐-๓๖๐๐-๐๐๐๐ ต่อ ๑๒"),
        (NUMBER, "1-1017-00230-70-8", "1101700230708", "๑-๑๐๑๗-๐๐๒๓๐-๗๐-๘"),
        (MAIL, " saraban@example.go.th ", "saraban@example.go.th", "saraban@example.go.th"),
        (LINK, "https://example.go.th/ก?ข=1#ค", "https://example.go.th/ก?ข=1#ค", "https://example.go.th/ก?ข=1#ค"),
        (
            ROWS,
            "ร้านสวนพลู | 12,000\nร้าน\\|สอง\\; | ๕ | 1/2/2569",
            (
                {"name": "ร้านสวนพลู", "price": Decimal("12000.00")},
                {"name": "ร้าน|สอง;", "price": Decimal("5.00"), "received_on": date(2026, 2, 1)},
            ),
            "ร้านสวนพลู | ๑๒,๐๐๐.๐๐; ร้าน\\|สอง\\; | ๕.๐๐ | ๑ ก.พ. ๒๕๖๙",
        ),
    ],
)
def test_read_and_show_what_offices_write(asked: Field, text: str, value: object, shown: str) -> None:
    assert read(asked, text) == value
    assert show(asked, value) == shown
    assert read(asked, shown) == value
    assert from_json([asked], to_json([asked], {asked.key: value})) == {asked.key: value}


EVERY = (TEXT, LONG, COUNT, MONEY, DAY, MONTH, CLOCK, PERIOD, KIND, SOME, YES, UNIT, PHONE, NUMBER, MAIL, LINK, ROWS)


@pytest.mark.parametrize("asked", EVERY, ids=lambda one: one.key)
def test_read_gives_none_for_nothing(asked: Field) -> None:
    assert [read(asked, text) for text in ("", "  \n", "\u200b", "\u00a0")] == [None] * 4
    assert show(asked, None) == ""


@pytest.mark.parametrize(
    ("asked", "text", "code", "message", "mend"),
    [
        (DAY, "31/2/2569", "DATE_UNREADABLE", "อ่านวันที่ “31/2/2569” ไม่ได้ ไม่มีวันนี้ เดือนนั้นมี 28 วัน", "ตรวจวันที่จากเอกสารต้นฉบับ"),
        (DAY, "ปลายปี", "DATE_UNREADABLE", "อ่านวันที่ “ปลายปี” ไม่ได้", "เขียนอย่าง 31/3/2569 หรือ ๓๑ มี.ค. ๒๕๖๙"),
        (DAY, "ภายใน 31/3/2569", "DATE_UNREADABLE", "อ่านวันที่ “ภายใน 31/3/2569” ไม่ได้", "เขียนอย่าง 31/3/2569 หรือ ๓๑ มี.ค. ๒๕๖๙"),
        (MONTH, "ไตรมาส 1/2569", "MONTH_UNREADABLE", "อ่านเดือน “ไตรมาส 1/2569” ไม่ได้", "เขียนอย่าง มีนาคม 2569 หรือ 3/2569"),
        (CLOCK, "24.00 น.", "TIME_UNREADABLE", "อ่านเวลา “24.00 น.” ไม่ได้", "เขียนอย่าง 09.30 น."),
        (PERIOD, "3/2/2569 - 1/2/2569", "PERIOD_UNREADABLE", "อ่านช่วงเวลา “3/2/2569 - 1/2/2569” ไม่ได้ สิ้นสุดก่อนวันเริ่มต้น 2 วัน", "ตรวจปีของทั้งสองวัน"),
        (PERIOD, "ตั้งแต่ 1/2/2569", "PERIOD_OPEN", "ช่วงเวลา “ตั้งแต่ 1/2/2569” ไม่ได้บอกวันสิ้นสุด", "เขียนวันเริ่มและวันสิ้นสุด อย่าง 1/2/2569 - 3/2/2569"),
        (MONEY, "1250.555", "DECIMALS", "มูลค่า 1,250.555 มีทศนิยมเกิน 2 ตำแหน่ง", "ปัดให้เหลือ 2 ตำแหน่ง"),
        (COUNT, "12.5", "DECIMALS", "จำนวน 12.5 ต้องเป็นจำนวนเต็ม", "ตัดทศนิยมออก"),
        (MONEY, "1e999999999", "NUMBER_UNREADABLE", "อ่านจำนวนเงิน “1e999999999” ไม่ได้", "ใส่เฉพาะตัวเลข เช่น 12,500 หรือ ๑๒,๕๐๐"),
        (MONEY, "NaN", "NUMBER_UNREADABLE", "อ่านจำนวนเงิน “NaN” ไม่ได้", "ใส่เฉพาะตัวเลข เช่น 12,500 หรือ ๑๒,๕๐๐"),
        (COUNT, "Infinity", "NUMBER_UNREADABLE", "อ่านตัวเลข “Infinity” ไม่ได้", "ใส่เฉพาะตัวเลข เช่น 12,500 หรือ ๑๒,๕๐๐"),
        (COUNT, "9" * 16, "NUMBER_TOO_LARGE", "จำนวนใหญ่เกินกว่าที่รับได้ (15 หลัก)", "ตรวจตัวเลขอีกครั้ง"),
        (KIND, "หน่วยงานรัช", "CHOICE_UNKNOWN", "ประเภท: “หน่วยงานรัช” ไม่อยู่ในตัวเลือก", "ใกล้เคียงที่สุดคือ หน่วยงานรัฐ"),
        (KIND, "zzz", "CHOICE_UNKNOWN", "ประเภท: “zzz” ไม่อยู่ในตัวเลือก", "เลือกจาก หน่วยงานรัฐ, เอกชน, ประชาชน, ชุมชน, อื่น ๆ"),
        (SOME, "เอกชน, เอกชล", "CHOICE_UNKNOWN", "กลุ่ม: “เอกชล” ไม่อยู่ในตัวเลือก", "ใกล้เคียงที่สุดคือ เอกชน"),
        (YES, "บางที", "YES_NO_UNREADABLE", "ยินยอม: “บางที” ไม่ใช่คำตอบว่าใช่หรือไม่", "ตอบ ใช่ หรือ ไม่ใช่"),
        (PHONE, "12", "PHONE_UNREADABLE", "อ่านหมายเลขโทรศัพท์ “12” ไม่ได้", "เขียนอย่าง 0-3600-0000 ต่อ 126 หรือ 08-1234-5678 ช่องละหนึ่งหมายเลข"),
        (NUMBER, "1101700230709", "ID_CHECK_DIGIT", "เลขประจำตัวไม่ถูกต้อง หลักตรวจสอบไม่ตรง", "ตรวจตัวเลขกับบัตรหรือหนังสือรับรองอีกครั้ง"),
        (NUMBER, "123", "ID_LENGTH", "เลขประจำตัวต้องเป็นตัวเลข 13 หลัก", "ตรวจจำนวนหลักอีกครั้ง"),
        (MAIL, "a b@c", "EMAIL_UNREADABLE", "“a b@c” ไม่ใช่ที่อยู่อีเมล", "เขียนอย่าง saraban@example.go.th"),
        (TEXT, "ก\x00ข", "CONTROL_CHARACTER", "รายการมีอักขระควบคุมที่มองไม่เห็น (U+0000)", "พิมพ์ข้อความใหม่"),
        (TEXT, "ก\ud800ข", "CONTROL_CHARACTER", "รายการมีอักขระควบคุมที่มองไม่เห็น (U+D800)", "พิมพ์ข้อความใหม่"),
        (TEXT, "ก" * 501, "TOO_LONG", "รายการยาว 501 ตัวอักษร เกินที่รับได้ 500 ตัวอักษร", "เขียนให้สั้นลง หรือแนบเป็นไฟล์"),
        (LONG, "ก" * 5001, "TOO_LONG", "เหตุผลยาว 5,001 ตัวอักษร เกินที่รับได้ 5,000 ตัวอักษร", "เขียนให้สั้นลง หรือแนบเป็นไฟล์"),
    ],
)  # fmt: skip
def test_read_says_what_is_wrong_and_the_mend(asked: Field, text: str, code: str, message: str, mend: str) -> None:
    with pytest.raises(ValueRefused) as refused:
        read(asked, text)
    fault = refused.value.fault
    assert (fault.field, fault.code, fault.message_th, fault.mend_th) == (asked.key, code, message, mend)
    assert refused.value.one_line == f"{message} — {mend}"


@pytest.mark.parametrize(
    "text",
    [
        "www.example.go.th", "javascript:alert(1)", "data:text/html,x", "ftp://example.go.th", "https://",
        "https://user@example.go.th", "https://exa mple.go.th", "https://example.go.th/\\evil", "//example.go.th",
        "https://example.go.th:0/", 'https://example.go.th/"onmouseover=1', "https://[::1", "java\nscript:alert(1)",
    ],
)  # fmt: skip
def test_links_are_only_pages(text: str) -> None:
    with pytest.raises(ValueRefused) as refused:
        read(LINK, text)
    assert refused.value.fault.code == "LINK_UNREADABLE"


def test_a_pattern_is_shown_by_the_example() -> None:
    asked = field("code", "text", "เลขครุภัณฑ์", pattern=r"[0-9]{3}-[0-9]{2}", example="416-63")
    assert read(asked, "๔๑๖-๖๓".translate(str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789"))) == "416-63"
    with pytest.raises(ValueRefused) as refused:
        read(asked, "416-634")
    assert refused.value.fault.message_th == "เลขครุภัณฑ์ “416-634” ไม่ตรงรูปแบบที่กำหนด"
    assert refused.value.fault.mend_th == "ตัวอย่าง 416-63"


def test_names_are_looked_up_and_the_nearest_named() -> None:
    office = Office(unit={"กองคลัง": 3, "กองช่าง": 4}, assets={"416-63-0012": 9})
    assert read(UNIT, "กองคลัง", office) == Ref(3, "กองคลัง")
    assert read(field("asset", "entry", "ทรัพย์สิน", of="assets"), "416-63-0012", office) == Ref(9, "416-63-0012")
    with pytest.raises(ValueRefused) as refused:
        read(UNIT, "กองครัง", office)
    assert refused.value.fault.code == "UNIT_UNKNOWN"
    assert refused.value.fault.message_th == "ส่วนราชการ: ไม่พบส่วนราชการ “กองครัง”"
    assert refused.value.fault.mend_th == "ใกล้เคียงที่สุดคือ กองคลัง, กองช่าง"
    with pytest.raises(ValueRefused) as refused:
        read(field("who", "person", "ผู้รับ"), "นายไม่มี ตัวตน", office)
    assert refused.value.fault.mend_th == "เพิ่มบุคคลนี้ก่อน หรือตรวจชื่ออีกครั้ง"


def test_every_bad_cell_of_rows_is_named_by_row_and_column() -> None:
    with pytest.raises(ValueRefused) as refused:
        read(ROWS, "ร้านหนึ่ง | แพง\nร้านสอง | 1.234 | 31/2/2569\nร้านสาม | 1 | 1/2/2569 | เกิน")
    found = [(one.row, one.column, one.code) for one in refused.value.faults]
    assert found == [
        (1, "price", "NUMBER_UNREADABLE"),
        (2, "price", "DECIMALS"),
        (2, "received_on", "DATE_UNREADABLE"),
        (3, "", "TOO_MANY_CELLS"),
    ]
    assert refused.value.fault.message_th == "ผู้เสนอราคา แถวที่ 1: อ่านจำนวนเงิน “แพง” ไม่ได้"


def test_files_keep_to_their_endings() -> None:
    photo = field("photo", "file", "ภาพถ่าย", accepts=("jpg", "png"))
    assert read(photo, "ภาพ.JPG") == Ref(None, "ภาพ.JPG")
    with pytest.raises(ValueRefused) as refused:
        read(photo, "ภาพ.exe")
    assert refused.value.fault.message_th == "ภาพถ่าย: ไม่รับไฟล์ “ภาพ.exe”"


def test_a_quarter_takes_the_year_it_is_told() -> None:
    assert read(PERIOD, "ไตรมาสที่ 2", fiscal_year_be=2569) == Span(date(2026, 1, 1), date(2026, 3, 31))


def test_a_year_is_shown_without_commas() -> None:
    year = field("year_be", "number", "พ.ศ.", low=Decimal(2400), high=Decimal(2700))
    assert (show(year, Decimal(2569)), show(COUNT, Decimal(2569))) == ("๒๕๖๙", "๒,๕๖๙")


def test_masked_values() -> None:
    shown = [
        show(field("who", "person"), Ref(1, "นายสมชาย ใจดี"), masked=True),
        show(NUMBER, "1101700230708", masked=True, digits="arabic"),
        show(PHONE, "08-1234-5678", masked=True),
        show(MONEY, Decimal("5.00"), masked=True),
    ]
    assert shown == ["นาย ส***", "x-xxxx-xxxx0-70-8", "xx-xxxx-๕๖๗๘", "ปกปิด"]


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        (MONEY, "NaN"), (MONEY, "1e400"), (MONEY, 5), (MONEY, "Infinity"), (DAY, "31/3/2569"), (DAY, 5), (YES, "yes"),
        (UNIT, "กองคลัง"), (UNIT, {"id": "1", "text": "ก"}), (PERIOD, {"from": "2026-01-01"}), (SOME, "state"),
        (TEXT, 5), (ROWS, "x"), (CLOCK, "25:00"), (MONTH, "2026"),
    ],
)  # fmt: skip
def test_json_that_was_not_written_here_is_refused(asked: Field, written: object) -> None:
    with pytest.raises(ValueRefused) as refused:
        from_json([asked], {asked.key: written})
    assert (refused.value.fault.field, refused.value.fault.code) == (asked.key, "VALUE_BROKEN")


def test_json_leaves_out_what_is_empty_or_unknown() -> None:
    assert to_json([TEXT, SOME, YES], {"item": None, "some": (), "agreed": False, "odd": 1}) == {"agreed": False}
    assert from_json([TEXT], {"odd": 1, "item": None}) == {}


@pytest.mark.parametrize(
    ("asked", "one", "other"),
    [
        (PHONE, "08-1234-5678", "081 234 5678"),
        (TEXT, "เลขที่ ๑๒/2569", "เลขที่12/๒๕๖๙"),
        (MONEY, Decimal("5.00"), Decimal(5)),
        (UNIT, Ref(3, "กองคลัง"), Ref(3, "คลัง")),
    ],
)
def test_normal_is_one_for_what_is_the_same(asked: Field, one: object, other: object) -> None:
    assert normal(asked, one) == normal(asked, other) != ""


DAYS = st.dates(date(1857, 1, 1), date(2156, 12, 31))
LETTERS = st.characters(exclude_categories=("Cs", "Cc", "Cf", "Co", "Cn", "Zl", "Zp"))


def canonical(asked: Field, text: str) -> object | None:
    try:
        return read(asked, text)
    except ValueRefused:
        return None


def assert_round_trip(asked: Field, value: object) -> None:
    for digits in ("thai", "arabic"):
        assert read(asked, show(asked, value, digits=digits)) == value  # type: ignore[arg-type]
    written = to_json([asked], {asked.key: value})
    assert from_json([asked], written) == {asked.key: value}


@given(st.text(LETTERS, max_size=60))
def test_texts_come_back(text: str) -> None:
    for asked in (TEXT, LONG, UNIT):
        value = canonical(asked, text)
        if value is not None:
            assert_round_trip(asked, value)


@given(st.decimals(Decimal(-10) ** 12, Decimal(10) ** 12, places=2))
def test_money_comes_back(amount: Decimal) -> None:
    assert_round_trip(MONEY, amount)


@given(st.integers(-(10**14), 10**14), st.integers(0, 4))
def test_numbers_come_back(whole: int, places: int) -> None:
    asked = field("n", "number", decimals=places, unit_th="แห่ง")
    value = Decimal(whole).scaleb(-places)
    assert_round_trip(asked, value)
    assert read(asked, to_thai(f"{value:,f} แห่ง")) == value


@given(DAYS, DAYS, st.times())
def test_times_come_back(one: date, other: date, at: time) -> None:
    assert_round_trip(DAY, one)
    assert_round_trip(MONTH, one.replace(day=1))
    assert_round_trip(PERIOD, Span(*sorted((one, other))))
    assert_round_trip(CLOCK, at.replace(second=0, microsecond=0))


@given(st.lists(st.sampled_from(sorted(KINDS)), min_size=1, unique=True), st.booleans())
def test_choices_come_back(keys: list[str], agreed: bool) -> None:
    assert_round_trip(SOME, tuple(key for key in KINDS if key in keys))
    assert_round_trip(KIND, keys[0])
    assert_round_trip(YES, agreed)


@given(st.from_regex("[0-8][0-9]{11}", fullmatch=True), st.from_regex("0[2-7][0-9]{7}|0[689][0-9]{8}", fullmatch=True))
def test_numbers_of_people_come_back(twelve: str, phone: str) -> None:
    assert_round_trip(NUMBER, f"{twelve}{check_digit(twelve)}")
    value = read(PHONE, phone)
    assert_round_trip(PHONE, value)


@given(
    st.lists(
        st.tuples(st.text(LETTERS | st.sampled_from("|;\\"), max_size=20), st.none() | DAYS), min_size=1, max_size=6
    )
)
def test_rows_come_back(cells: list[tuple[str, date | None]]) -> None:
    rows = []
    for text, day in cells:
        name = canonical(TEXT, text)
        row = {"name": name, "received_on": day}
        rows.append({key: value for key, value in row.items() if value is not None})
    kept = tuple(row for row in rows if row)
    if kept:
        assert_round_trip(ROWS, kept)


@given(st.sampled_from(EVERY), st.text(max_size=200))
def test_whatever_is_written_is_read_or_refused(asked: Field, text: str) -> None:
    try:
        value = read(asked, text)
    except ValueRefused as refused:
        assert all(one.message_th and one.field == asked.key for one in refused.faults)
        assert "\x00" not in refused.message_th
        return
    if value is not None:
        assert_round_trip(asked, value)


@pytest.mark.parametrize(
    "piece", ["ก", "9", "ก|ข;", "1/2/2569 ", "่", "\\", "เอกชน,", "ม.ค. ", "0-", "\u202e", " ", "\n"]
)
def test_long_values_are_quick(piece: str) -> None:
    for asked in EVERY:
        assert_quick(
            lambda text, asked=asked: canonical(asked, text),
            [piece * (size // len(piece)) for size in (190, 490, 4_900, 100_000)],
        )
