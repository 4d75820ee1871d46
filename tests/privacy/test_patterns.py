import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.privacy.patterns import KINDS, KINDS_TH, Hit, personal
from prongsai.thai.identity import check_digit
from prongsai.thai.numerals import to_thai
from tests.thai.hostile import assert_quick

FOUND = [
    ("บัตร 1-1017-00230-70-8 ครับ", "citizen_id", "1-1017-00230-70-8", "x-xxxx-xxxxx-xx-x"),
    ("เลข ๑๑๐๑๗๐๐๒๓๐๗๐๘.", "citizen_id", "๑๑๐๑๗๐๐๒๓๐๗๐๘", "x" * 13),
    ("1 1017 00230 70 8", "citizen_id", "1 1017 00230 70 8", "x xxxx xxxxx xx x"),
    ("1–1017–00230–70–8", "citizen_id", "1–1017–00230–70–8", "x–xxxx–xxxxx–xx–x"),
    ("1 - 1017 - 00230 - 70 - 8", "citizen_id", "1 - 1017 - 00230 - 70 - 8", "x - xxxx - xxxxx - xx - x"),
    ("1 1 0 1 7 0 0 2 3 0 7 0 8", "citizen_id", "1 1 0 1 7 0 0 2 3 0 7 0 8", "x x x x x x x x x x x x x"),
    ("เลขประจำตัวประชาชน 110170 0230708", "citizen_id", "110170 0230708", "xxxxxx xxxxxxx"),
    ("โทร 081-234-5678", "phone", "081-234-5678", "xxx-xxx-xxxx"),
    ("โทร. ๐๘๑๒๓๔๕๖๗๘ ค่ะ", "phone", "๐๘๑๒๓๔๕๖๗๘", "x" * 10),
    ("0 3600 0000", "phone", "0 3600 0000", "x xxxx xxxx"),
    ("(036) 411-234", "phone", "(036) 411-234", "(xxx) xxx-xxx"),
    ("0-3600-0000-3 ต่อ 12", "phone", "0-3600-0000-3 ต่อ 12", "x-xxxx-xxxx-x ต่อ xx"),
    ("+66 81 234 5678", "phone", "+66 81 234 5678", "+xx xx xxx xxxx"),
    ("+66(0)81-234-5678", "phone", "+66(0)81-234-5678", "+xx(x)xx-xxx-xxxx"),
    ("มือถือ 08 12 34 56 78", "phone", "08 12 34 56 78", "xx xx xx xx xx"),
    ("เลขที่บัญชี 1234567890", "account", "1234567890", "x" * 10),
    ("พร้อมเพย์ 0812345678", "account", "0812345678", "x" * 10),
    ("โอนเข้า 123-4-56789-0", "account", "123-4-56789-0", "xxx-x-xxxxx-x"),
    ("ธ.ก.ส. ๐๒๐๐๑๒๓๔๕๖๗๘", "account", "๐๒๐๐๑๒๓๔๕๖๗๘", "x" * 12),
    ("บ้านเลขที่ 12/3 หมู่ 4", "address", "12/3 หมู่ 4", "ปกปิด"),
    (
        "อยู่บ้านเลขที่ ๑๒/๓ หมู่ที่ ๔ บ้านดอน ต.บ้านสวนพลู อ.เมือง จ.ลพบุรี แจ้งว่า",
        "address",
        "๑๒/๓ หมู่ที่ ๔ บ้านดอน ต.บ้านสวนพลู อ.เมือง จ.ลพบุรี",
        "ปกปิด ต.บ้านสวนพลู อ.เมือง จ.ลพบุรี",
    ),
    ("99/1 ม.3 ต.บ้านสวนพลู", "address", "99/1 ม.3 ต.บ้านสวนพลู", "ปกปิด ต.บ้านสวนพลู"),
    ("ที่อยู่ 45 ถนนพระราม แขวงบางซื่อ", "address", "45 ถนนพระราม แขวงบางซื่อ", "ปกปิด แขวงบางซื่อ"),
    ("เขียนถึง somchai.j@example.com ได้", "email", "somchai.j@example.com", "ปกปิด"),
]
NOTHING = [
    "1101700230709",  # its check digit is another
    "0-1075-36000-31-5 และ 0107536000315",  # a company
    "11017002307081 และ 21101700230708 และ 1101700230708.50",
    "ISBN 978-974-1234-56-7",
    "งบ 1,250,000.00 บาท ครุภัณฑ์ 416-63-0012",
    "สัญญา 690101234567 โครงการ e-GP 69011234567 เลขที่โครงการ 69019012345",
    "อัตรา 0.812345678",
    "เวลา 08.30-16.30 12 คน",
    "ปี 2566 2567 2568 2569",
    "วันที่ 12/03/2569 เวลา 09.30 น. เลขที่ 0812/2569",
    "หนังสือค้ำประกันธนาคาร เลขที่ 69011234567",
    "โครงการก่อสร้างถนน หมู่ 3 ตำบลบ้านสวนพลู ระยะทาง 120 เมตร",
    "จำนวน 12 หมู่บ้าน ตำบลบ้านสวนพลู",
    "ประกาศเทศบาล ที่ 5/2569 เรื่อง แผนพัฒนาตำบลบ้านสวนพลู",
    "ปีงบประมาณ 2569 ตำบลบ้านสวนพลู",
    "x-xxxx-xxxxx-70-8 โทร xxx-xxx-5678 s***@example.com",
]


@pytest.mark.parametrize(("text", "kind", "said", "masked"), FOUND)
def test_what_belongs_to_a_person_is_found(text: str, kind: str, said: str, masked: str) -> None:
    start = text.index(said)
    assert personal(text) == (Hit(kind, start, start + len(said), said, masked),)


@pytest.mark.parametrize("text", NOTHING)
def test_what_only_looks_like_it_is_left(text: str) -> None:
    assert personal(text) == ()


def test_numbers_side_by_side_are_found_each() -> None:
    assert [hit.text for hit in personal("1101700230708,0812345678,สมชาย,081-234-5678")] == [
        "1101700230708",
        "0812345678",
        "081-234-5678",
    ]


@pytest.mark.parametrize(
    "own",
    [
        "โทร 0-3600-0000",
        "โทร 036-000-000 ต่อ 12",
        "โทร ๐-๓๖๐๐-๐๐๐๐-๓",
        "saraban@example.go.th",
        "เลขที่ 1 หมู่ที่ 2 ตำบลบ้านสวนพลู อำเภอเมืองลพบุรี จังหวัดลพบุรี 15000",
        "๑ ม.๒ ต.บ้านสวนพลู",
    ],
)
def test_offices_own_is_allowed_in_any_writing(own: str) -> None:
    assert personal(own) != ()
    allowed = ("0-3600-0000", "@example.go.th", "เลขที่ ๑ ม.๒ ต.บ้านสวนพลู อ.เมืองลพบุรี จ.ลพบุรี")
    assert personal(own, allowed) == ()


@pytest.mark.parametrize(
    "other", ["โทร 0-3600-0001", "saraban@example.com", "เลขที่ 11 หมู่ที่ 2 ตำบลบ้านสวนพลู", "เลขที่ 1 หมู่ที่ 3 ตำบลบ้านสวนพลู"]
)
def test_what_is_nearly_the_offices_own_is_not_allowed(other: str) -> None:
    allowed = ("0-3600-0000", "@example.go.th", "เลขที่ 1 หมู่ 2 ต.บ้านสวนพลู อ.เมืองลพบุรี")
    assert len(personal(other, allowed)) == 1


def test_head_of_a_column_tells_what_a_number_is() -> None:
    assert personal("1234567890") == ()
    assert [hit.kind for hit in personal("1234567890", near="เลขที่บัญชี")] == ["account"]


def test_kinds_have_thai_names() -> None:
    assert (KINDS, KINDS_TH["citizen_id"]) == (tuple(KINDS_TH), "เลขประจำตัวประชาชน")


TWELVE = st.from_regex("[1-8][0-9]{11}", fullmatch=True)
PIECES = st.one_of(
    st.sampled_from([text for text, *_ in FOUND] + NOTHING),
    st.text(st.sampled_from("0123456789๐๑๘ -./,ก@a\nหมู่ต."), max_size=30),
)


@given(st.lists(PIECES, max_size=5))
def test_masked_text_has_no_hits(pieces: list[str]) -> None:
    text = " ".join(pieces)
    for _ in range(2):  # what a mask uncovers beside it is found at the second look
        for hit in reversed(personal(text)):
            assert text[hit.start : hit.end] == hit.text
            text = text[: hit.start] + hit.masked + text[hit.end :]
    assert personal(text) == ()


@given(TWELVE, st.sampled_from([(13,), (1, 5, 10, 12, 13)]), st.sampled_from("- –"), st.booleans(), st.integers(0, 9))
def test_only_the_right_check_digit_is_a_persons_number(
    twelve: str, cuts: tuple[int, ...], gap: str, thai: bool, last: int
) -> None:
    digits = f"{twelve}{last}"
    written = gap.join(digits[start:end] for start, end in zip((0, *cuts), cuts, strict=False))
    hits = personal(f"เลขที่ {to_thai(written) if thai else written} ฯ")
    assert ("citizen_id" in {hit.kind for hit in hits}) is (last == check_digit(twelve))


@pytest.mark.parametrize(
    "piece",
    [
        "0",
        "0-",
        "08 ",
        "a@",
        "a.",
        "@",
        "1-",
        "1 ",
        "1101700230708",
        "บ้านเลขที่ 1 ",
        "เลขที่ 1 หมู่ 2 ",
        "ถนนก ",
        "ต.",
        "\n",
        "(0",
        "บัญชี 1",
    ],
)
def test_patterns_are_quick(piece: str) -> None:
    assert_quick(personal, [piece * (60_000 // len(piece))])
