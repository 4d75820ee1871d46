"""Lists in cells: every way that real papers number, bullet or lose them."""

import pytest

from prongsai.documents.model import Line, Mark
from prongsai.documents.read.fragment import read_fragment
from prongsai.reports.lists import Oddity, read_items


def items(raw: str) -> tuple[str, ...]:
    return read_items(read_fragment(raw)).texts


@pytest.mark.parametrize(
    "raw",
    [
        "๑. ประชุม ๒. จัดทำคู่มือ ๓. เผยแพร่",
        "1. ประชุม 2. จัดทำคู่มือ 3. เผยแพร่",
        "1.ประชุม 2.จัดทำคู่มือ 3.เผยแพร่",
        "๑) ประชุม ๒) จัดทำคู่มือ ๓) เผยแพร่",
        "(๑) ประชุม (๒) จัดทำคู่มือ (๓) เผยแพร่",
        "- ประชุม - จัดทำคู่มือ - เผยแพร่",
        "-ประชุม -จัดทำคู่มือ -เผยแพร่",
        "• ประชุม • จัดทำคู่มือ • เผยแพร่",
        "<p>๑. ประชุม</p> <p>๒. จัดทำคู่มือ</p> <p>๓. เผยแพร่</p>",
        "<p>ประชุม</p><p>จัดทำคู่มือ</p><p>เผยแพร่</p>",
        "<p>ประชุม<p>จัดทำคู่มือ<p>เผยแพร่",
        "<ul><li>ประชุม<li>จัดทำคู่มือ<li>เผยแพร่",
        "<ul> - ประชุม - จัดทำคู่มือ - เผยแพร่ ",
        "<ol> 1. ประชุม 2. จัดทำคู่มือ 3. เผยแพร่",
        "๑. ประชุม<br>๒. จัดทำคู่มือ<br/>๓. เผยแพร่",
    ],
)
def test_items_are_equal_in_every_dress(raw: str) -> None:
    assert items(raw) == ("ประชุม", "จัดทำคู่มือ", "เผยแพร่")


@pytest.mark.parametrize(
    "raw",
    [
        "มีการเผยแพร่ข้อมูลข้อ ๑) - ๗) บนเว็บไซต์",
        "รายงานปี พ.ศ. ๒๕๖๘ ให้ผู้บริหารทราบ",
        "ดำเนินการในไตรมาสที่ ๑ - ๒ ของปี",
        "ติดต่องานอำนวยการ โทร. ๑๒๖ ในวันราชการ",
        "ให้บริการ E-Service ทุกวัน",
        "ช่วงเดือนตุลาคม - ธันวาคม ทุกปี",
    ],
)
def test_false_list_marks_do_not_split(raw: str) -> None:
    assert items(raw) == (raw,)


def test_false_marks_inside_a_list_do_not_split() -> None:
    assert items("๑) มีคู่มือ ทั้ง ๓ ฉบับ ๒) เผยแพร่ตามข้อ ๑) - ๒) บนเว็บไซต์") == (
        "มีคู่มือ ทั้ง ๓ ฉบับ",
        "เผยแพร่ตามข้อ ๑) - ๒) บนเว็บไซต์",
    )


def test_repeated_number_starts_an_item_and_is_said() -> None:
    found = read_items(read_fragment("<p>๑.ก่อน</p><p>๒.กลาง</p><p>๓.หนึ่ง</p><p>๓.สอง</p><p>๓. สาม</p><p>๔.ท้าย</p>"))
    assert found.texts == ("ก่อน", "กลาง", "หนึ่ง", "สอง", "สาม", "ท้าย")
    assert found.numbers == (1, 2, 3, 3, 3, 4)
    assert found.oddities == (Oddity.REPEATED,)


def test_missing_first_number_is_said() -> None:
    found = read_items(read_fragment("<p>วิเคราะห์ผล</p><p>๒.จัดทำรายงาน</p><p>๓.กำกับติดตาม</p>"))
    assert found.texts == ("วิเคราะห์ผล", "จัดทำรายงาน", "กำกับติดตาม")
    assert found.numbers == (None, 2, 3)
    assert found.oddities == (Oddity.MISSING,)


def test_skipped_number_is_said() -> None:
    found = read_items([Line("๑. ประชุม ๒. จัดทำ ๔. เผยแพร่")])
    assert found.texts == ("ประชุม", "จัดทำ", "เผยแพร่")
    assert found.oddities == (Oddity.MISSING,)


def test_list_inside_an_item_belongs_to_it() -> None:
    assert items("๑. จัดทำคู่มือ ๑) งานคลัง ๒) งานช่าง ๒. เผยแพร่") == ("จัดทำคู่มือ ๑) งานคลัง ๒) งานช่าง", "เผยแพร่")
    assert items("๑. จัดทำคู่มือ - งานคลัง - งานช่าง ๒. เผยแพร่") == ("จัดทำคู่มือ - งานคลัง - งานช่าง", "เผยแพร่")


def test_lone_dash_after_the_last_number_is_an_item() -> None:
    found = read_items([Line("1. จัดทำประมวล 2. เผยแพร่ทุกช่องทาง -รณรงค์อย่างต่อเนื่อง")])
    assert found.texts == ("จัดทำประมวล", "เผยแพร่ทุกช่องทาง", "รณรงค์อย่างต่อเนื่อง")
    assert found.oddities == (Oddity.MIXED,)


def test_unnumbered_paragraph_goes_on_with_the_item_before() -> None:
    assert items("<p>๑. จัดทำแผน</p><p>และรายงานผล</p><p>๒. เผยแพร่</p>") == ("จัดทำแผน และรายงานผล", "เผยแพร่")


def test_second_half_of_a_list_starts_with_its_own_number() -> None:
    found = read_items([Line("๘. จัดทำแผน"), Line("๙. รายงานผล"), Line("๑๐. เผยแพร่")])
    assert found.texts == ("จัดทำแผน", "รายงานผล", "เผยแพร่")
    assert found.numbers == (8, 9, 10)


def test_list_that_lost_its_numbers_is_guessed_and_says_so() -> None:
    raw = "<ol> ปรับปรุงขั้นตอนการให้บริการ ให้รวดเร็ว จัดทำคู่มือสำหรับประชาชน และเผยแพร่ อบรมเจ้าหน้าที่ทุกคน </ol>"
    found = read_items(read_fragment(raw))
    assert found.texts == (
        "ปรับปรุงขั้นตอนการให้บริการ ให้รวดเร็ว",
        "จัดทำคู่มือสำหรับประชาชน และเผยแพร่",
        "อบรมเจ้าหน้าที่ทุกคน",
    )
    assert found.oddities == (Oddity.GUESSED,)


@pytest.mark.parametrize("raw", ["", "-", " – ", "<p></p>", "…", "<ul>"])
def test_nothing_gives_no_items(raw: str) -> None:
    assert items(raw) == ()


def test_ticked_boxes_are_no_items() -> None:
    raw = '<p>-จัดทำคู่มือ</p><p><input checked="" type="checkbox"/> แล้วเสร็จ</p><p><input type="checkbox"/> ยังไม่ได้ทำ</p>'
    lines = read_fragment(raw)
    assert read_items(lines).texts == ("จัดทำคู่มือ",)
    assert [(line.text, line.mark) for line in lines[1:]] == [("แล้วเสร็จ", Mark.TICKED), ("ยังไม่ได้ทำ", Mark.UNTICKED)]
