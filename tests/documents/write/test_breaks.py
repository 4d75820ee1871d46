"""Where a printed line may end."""

from itertools import pairwise

import pytest

from prongsai.documents.write.breaks import Breaker

NAMES = ("ธีรพงศ์ แก้วสว่างธรรม", "เทศบาลตำบลบ้านสวนพลู", "งาน")


def pieces(text: str, level: int = 0) -> list[str]:
    ends = tuple(Breaker(NAMES).breaks(text))[level]
    return [text[start:end] for start, end in pairwise((0, *ends, len(text)))]


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("ผู้บริหารของเทศบาลตำบลบ้านสวนพลู", ["ผู้บริหาร", "ของ", "เทศบาลตำบลบ้านสวนพลู"]),
        ("โดยนายธีรพงศ์ แก้วสว่างธรรม นายกเทศมนตรี", ["โดย", "นายธีรพงศ์ แก้วสว่างธรรม ", "นายกเทศมนตรี"]),
        ("สำนักงาน", ["สำนักงาน"]),
        ("ปีงบประมาณ พ.ศ. ๒๕๖๘", ["ปีงบประมาณ ", "พ.ศ. ๒๕๖๘"]),
        ("ป.ป.ช. มิ.ย. น.ส.อรวรรณ", ["ป.ป.ช. ", "มิ.ย. ", "น.ส.อร", "วรรณ"]),
        ("อื่น ๆ เช่น ฯลฯ", ["อื่น ๆ ", "เช่น ฯลฯ"]),
        ("๑. ประชุม ๒. รายงาน", ["๑. ประชุม ", "๒. รายงาน"]),
        ("ไตรมาส ๑ - ๔", ["ไตรมาส ", "๑ - ๔"]),
        ("- เผยแพร่ - ติดตาม", ["- เผยแพร่ - ", "ติดตาม"]),
        ("วันที่ ๓๐ มีนาคม ๒๕๖๙", ["วันที่ ", "๓๐ มีนาคม ", "๒๕๖๙"]),
        ("จำนวน ๕ โครงการ", ["จำนวน ", "๕ โครงการ"]),
        ("จัดทำ/ปรับปรุง (ร่าง) แล้ว", ["จัดทำ/", "ปรับปรุง ", "(ร่าง) ", "แล้ว"]),
        ("ผลกระทบ เจ้าพนักงานธุรการ ตัวชี้วัด", ["ผลกระทบ ", "เจ้าพนักงาน", "ธุรการ ", "ตัวชี้วัด"]),
        ("ระบบE-Service ITA: a-b", ["ระบบE-Service ", "ITA: ", "a-b"]),
    ],
)
def test_lines_end_between_words_only(text: str, cut: list[str]) -> None:
    assert pieces(text) == cut


def test_what_should_stay_whole_parts_at_its_spaces_first() -> None:
    assert pieces("นายธีรพงศ์ แก้วสว่างธรรม", 1) == ["นายธีรพงศ์ ", "แก้วสว่างธรรม"]


def test_long_address_parts_behind_its_signs() -> None:
    assert pieces("https://a.example/ita/o13?x=1", 2) == ["https://a.", "example/", "ita/", "o13?", "x=", "1"]


def test_last_resort_never_parts_a_consonant_from_its_marks_or_vowels() -> None:
    assert pieces("เก้าอี้ใหม่น้ำ", 3) == ["เก้า", "อี้", "ให", "ม่", "น้ำ"]


def test_no_line_begins_with_a_space() -> None:
    assert all(not piece.startswith(" ") for level in range(4) for piece in pieces("ก ข (ค) ง - จ ๆ", level))
