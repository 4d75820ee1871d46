"""Facts of the layout, measured in the PDF: margins, sizes and places as official correspondence wants them.

Points; distances from the top left corner of the page. 1 cm is 28.35 points.
"""

import io
from dataclasses import dataclass

import pdfplumber
import pytest

from prongsai.documents.build import fields, paragraph, row, table
from prongsai.documents.model import (
    Block,
    Column,
    Masthead,
    NewPage,
    Orientation,
    Separator,
    Setup,
    Sides,
    Signature,
    Signatures,
    Style,
)
from prongsai.documents.write.office import Office
from prongsai.documents.write.pdf import render
from tests.documents.write.pdf_extract import PORTRAIT, paper

CM = 72 / 2.54
LEFT, RIGHT = 3 * CM, 19 * CM
RING = 0.94  # of the placeholder emblem: the circle that pdfplumber measures
TEXT = (
    "คณะกรรมการประเมินคุณธรรมและความโปร่งใสในการดำเนินงาน ประจำปีงบประมาณ พ.ศ. ๒๕๖๘ ได้ดำเนินการจัดทำรายงานผลการดำเนินการ"
    "เพื่อส่งเสริมคุณธรรมและความโปร่งใส ตามมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน เสร็จเรียบร้อยแล้ว"
)
MAYOR = Signature("นายธีรพงศ์ แก้วสว่างธรรม", ("นายกเทศมนตรีตำบลบ้านสวนพลู",))


@dataclass(frozen=True)
class Printed:
    """A printed line: its letters without spaces, where it stands, its size in points and its font."""

    text: str
    left: float
    right: float
    base: float
    size: float
    font: str

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


class Pages:
    """The pages of a paper as pdfplumber measures them."""

    def __init__(self, *blocks: Block, setup: Setup = PORTRAIT) -> None:
        with pdfplumber.open(io.BytesIO(render(paper(*blocks, setup=setup), Office()))) as document:
            self.sizes = [(page.width, page.height) for page in document.pages]
            self.lines = [_lines(page) for page in document.pages]
            self.rules = [[*page.lines, *page.curves] for page in document.pages]
            self.figures = [_figures(page) for page in document.pages]

    def line(self, text: str, page: int = 0) -> Printed:
        wanted = text.replace(" ", "")
        (found,) = [line for line in self.lines[page] if line.text == wanted]
        return found


def _lines(page: pdfplumber.page.Page) -> list[Printed]:
    found: list[list[dict]] = []
    for char in page.chars:
        if char["text"] == " ":
            continue
        apart = found and (char["matrix"][5] != found[-1][-1]["matrix"][5] or char["x0"] > found[-1][-1]["x1"] + 12)
        if not found or apart or char["fontname"] != found[-1][-1]["fontname"]:
            found.append([])
        found[-1].append(char)
    return [
        Printed(
            "".join(char["text"] for char in chars),
            chars[0]["x0"],
            chars[-1]["x1"],
            page.height - chars[0]["matrix"][5],
            round(chars[0]["size"], 2),
            chars[0]["fontname"].split("-")[1],
        )
        for chars in found
    ]


def _figures(page: pdfplumber.page.Page) -> tuple[float, float, float, float]:
    """Give the box around the drawn circles of the placeholder emblem: left, top, right, bottom."""
    drawn = [each for each in page.curves if each["stroking_color"] not in (None, 0, (0,), (0, 0, 0), [0])]
    if not drawn:
        return (0, 0, 0, 0)
    return (
        min(each["x0"] for each in drawn),
        min(each["top"] for each in drawn),
        max(each["x1"] for each in drawn),
        max(each["bottom"] for each in drawn),
    )


@pytest.fixture(scope="module")
def memo() -> Pages:
    return Pages(
        Masthead(1.5, "บันทึกข้อความ"),
        fields(("ส่วนราชการ", "สำนักปลัดเทศบาล"), memo=True),
        fields(("ที่", "ลบ ๕๒๗๐๑/๒๒๐"), ("วันที่", "๓๐ มีนาคม ๒๕๖๙"), memo=True),
        fields(("เรื่อง", f"รายงานผล {TEXT}"), memo=True),
        paragraph("เรียน นายกเทศมนตรี", Style.PLAIN),
        paragraph(TEXT),
        Signatures((MAYOR,)),
        NewPage(),
        paragraph("หน้าถัดไป", Style.PLAIN),
    )


def test_memo_emblem_stands_at_the_top_left(memo: Pages) -> None:
    left, top, right, bottom = memo.figures[0]
    assert (left, top) == (pytest.approx(LEFT, abs=1.5), pytest.approx(1.5 * CM, abs=1.5))
    assert bottom - top == pytest.approx(1.5 * CM * RING, abs=1)


def test_memo_title_is_29_points_bold_in_the_middle(memo: Pages) -> None:
    title = memo.line("บันทึกข้อความ")
    assert (title.size, title.font) == (29, "Bold")
    assert title.middle == pytest.approx((LEFT + RIGHT) / 2, abs=0.5)
    assert 1.5 * CM < title.base < 3 * CM


@pytest.mark.parametrize("label", ["ส่วนราชการ", "ที่", "วันที่", "เรื่อง"])
def test_memo_labels_are_20_points_bold(memo: Pages, label: str) -> None:
    assert (memo.line(label).size, memo.line(label).font) == (20, "Bold")


def test_memo_values_stand_beside_their_labels(memo: Pages) -> None:
    value = memo.line("สำนักปลัดเทศบาล")
    assert (value.size, value.font) == (16, "Regular")
    assert value.base == pytest.approx(memo.line("ส่วนราชการ").base, abs=0.1)
    assert 0 < value.left - memo.line("ส่วนราชการ").right < 12


def test_memo_number_and_date_share_a_line(memo: Pages) -> None:
    assert memo.line("ที่").base == memo.line("วันที่").base
    assert memo.line("ที่").left == pytest.approx(LEFT, abs=1)
    assert (LEFT + RIGHT) / 2 - 60 < memo.line("วันที่").left < (LEFT + RIGHT) / 2 + 60


def test_memo_leaders_are_dotted_and_end_at_the_margin(memo: Pages) -> None:
    leaders = [rule for rule in memo.rules[0] if rule["dash"] and rule["dash"][0] and rule["width"] > 5 * CM]
    assert max(rule["x1"] for rule in leaders) == pytest.approx(RIGHT, abs=1)
    below = [rule["top"] - memo.line("สำนักปลัดเทศบาล").base for rule in leaders]
    assert min(abs(gap) for gap in below) < 9


def test_memo_subject_goes_on_under_itself(memo: Pages) -> None:
    first = next(line for line in memo.lines[0] if line.text.startswith("รายงานผล"))
    lines = [line for line in memo.lines[0] if first.base < line.base < memo.line("เรียน นายกเทศมนตรี").base]
    assert len(lines) >= 2
    assert [line.left for line in lines] == [pytest.approx(first.left, abs=0.5)] * len(lines)


def test_body_is_16_points_and_its_first_line_indented(memo: Pages) -> None:
    start = next(number for number, line in enumerate(memo.lines[0]) if line.text.startswith("คณะกรรมการ"))
    first, second, third = memo.lines[0][start : start + 3]
    assert (first.size, first.font) == (16, "Regular")
    assert first.left == pytest.approx(LEFT + 2.5 * CM, abs=1)
    assert second.left == pytest.approx(LEFT, abs=1)
    assert second.right == pytest.approx(RIGHT, abs=1.5)
    assert third.base - second.base == pytest.approx(16 * 1.15, abs=0.01)


def test_signature_stands_right_of_the_middle_name_under_the_line(memo: Pages) -> None:
    name, position = memo.line("(นายธีรพงศ์ แก้วสว่างธรรม)"), memo.line("นายกเทศมนตรีตำบลบ้านสวนพลู")
    assert name.middle == pytest.approx(position.middle, abs=0.5)
    assert name.middle > (LEFT + RIGHT) / 2
    assert position.base > name.base > memo.line("ลงชื่อ").base


def test_second_page_is_numbered_at_the_top_middle(memo: Pages) -> None:
    number = memo.line("- ๒ -", page=1)
    assert number.middle == pytest.approx((LEFT + RIGHT) / 2, abs=1)
    assert number.base < 2.5 * CM < memo.line("หน้าถัดไป", page=1).base


def test_every_page_is_a4(memo: Pages) -> None:
    assert memo.sizes == [(pytest.approx(21 * CM, abs=0.1), pytest.approx(29.7 * CM, abs=0.1))] * 2


@pytest.fixture(scope="module")
def letter() -> Pages:
    return Pages(
        paragraph("ด่วนที่สุด", Style.SPEED),
        Masthead(3),
        Sides(("ที่ ลบ ๕๒๗๐๑/๒๒๑",), ("สำนักงานเทศบาลตำบลบ้านสวนพลู", "อำเภอเมืองลพบุรี ลบ ๑๕๐๐๐")),
        paragraph("๓๐ มีนาคม ๒๕๖๙", Style.RIGHT),
        fields(("เรื่อง", "ขอความอนุเคราะห์ข้อมูล")),
        paragraph(TEXT),
        paragraph("ขอแสดงความนับถือ", Style.RIGHT),
        Signatures((Signature(MAYOR.name, MAYOR.position, label=""),)),
        setup=Setup(secrecy="ลับ"),
    )


def test_letter_emblem_is_3_cm_in_the_middle(letter: Pages) -> None:
    left, top, right, bottom = letter.figures[0]
    assert bottom - top == pytest.approx(3 * CM * RING, abs=1)
    assert (left + right) / 2 == pytest.approx((LEFT + RIGHT) / 2, abs=0.5)


def test_letter_number_and_office_stand_level(letter: Pages) -> None:
    number, office = letter.line("ที่ ลบ ๕๒๗๐๑/๒๒๑"), letter.line("สำนักงานเทศบาลตำบลบ้านสวนพลู")
    assert number.base == office.base
    assert number.left == pytest.approx(LEFT, abs=1)
    assert office.right == pytest.approx(RIGHT, abs=1.5)
    assert letter.line("อำเภอเมืองลพบุรี ลบ ๑๕๐๐๐").left == pytest.approx(office.left, abs=1)


def test_letter_date_and_closing_begin_at_the_middle(letter: Pages) -> None:
    for text in ("๓๐ มีนาคม ๒๕๖๙", "ขอแสดงความนับถือ"):
        assert letter.line(text).left == pytest.approx((LEFT + RIGHT) / 2, abs=1)


def test_letter_name_stands_under_the_middle_of_the_closing(letter: Pages) -> None:
    closing, name = letter.line("ขอแสดงความนับถือ"), letter.line("(นายธีรพงศ์ แก้วสว่างธรรม)")
    assert name.middle == pytest.approx(closing.middle, abs=1)
    assert name.base - closing.base > 2 * 16 * 1.15


def test_speed_is_32_points_bold(letter: Pages) -> None:
    assert (letter.line("ด่วนที่สุด").size, letter.line("ด่วนที่สุด").font) == (32, "Bold")


def test_secrecy_stands_at_the_top_and_bottom_middle(letter: Pages) -> None:
    top, bottom = (line for line in letter.lines[0] if line.text == "ลับ")
    assert (top.size, bottom.size) == (32, 32)
    assert top.middle == bottom.middle == pytest.approx(21 * CM / 2, abs=0.5)
    assert top.base < 1.8 * CM
    assert bottom.base > 27.5 * CM


@pytest.fixture(scope="module")
def announcement() -> Pages:
    return Pages(
        Masthead(3),
        paragraph("ประกาศเทศบาลตำบลบ้านสวนพลู", Style.TITLE),
        paragraph("เรื่อง มาตรการส่งเสริมคุณธรรม", Style.TITLE),
        Separator(),
        paragraph(TEXT),
        paragraph("๑. ข้อแรกยาวพอที่จะต้องขึ้นบรรทัดใหม่ " + TEXT, Style.HANGING),
        Signatures((MAYOR,)),
    )


def test_announcement_titles_are_18_points_bold_in_the_middle(announcement: Pages) -> None:
    for text in ("ประกาศเทศบาลตำบลบ้านสวนพลู", "เรื่อง มาตรการส่งเสริมคุณธรรม"):
        line = announcement.line(text)
        assert (line.size, line.font) == (18, "Bold")
        assert line.middle == pytest.approx((LEFT + RIGHT) / 2, abs=0.5)


def test_announcement_has_a_short_line_under_its_titles(announcement: Pages) -> None:
    (rule,) = [each for each in announcement.rules[0] if 3 * CM < each["width"] < 5 * CM and each["height"] < 1]
    assert (rule["x0"] + rule["x1"]) / 2 == pytest.approx((LEFT + RIGHT) / 2, abs=0.5)
    assert rule["top"] > announcement.line("เรื่อง มาตรการส่งเสริมคุณธรรม").base


def test_numbers_of_items_hang(announcement: Pages) -> None:
    start = next(number for number, line in enumerate(announcement.lines[0]) if line.text.startswith("๑.ข้อแรก"))
    first, second = announcement.lines[0][start : start + 2]
    assert first.left == pytest.approx(LEFT + 1.25 * CM, abs=1)
    assert 8 < second.left - first.left < 20


def test_landscape_table_fills_the_page_between_its_margins() -> None:
    heads = ["ลำดับ", "มาตรการ", "ขั้นตอน", "ระยะเวลา", "ผู้รับผิดชอบ", "สรุปผล", "ผลลัพธ์"]
    rows = [row("๑", TEXT, "ก", "ข", "ค", "ง", "จ")]
    pages = Pages(
        table(heads, rows, [Column(width) for width in (1, 4, 5, 2.4, 3, 5, 5)]), setup=Setup(Orientation.LANDSCAPE)
    )
    edges = [(rule["x0"], rule["x1"]) for rule in pages.rules[0]]
    assert pages.sizes == [(pytest.approx(29.7 * CM, abs=0.1), pytest.approx(21 * CM, abs=0.1))]
    assert min(left for left, _ in edges) == pytest.approx(2 * CM, abs=0.5)
    assert max(right for _, right in edges) == pytest.approx(27.7 * CM, abs=0.5)
    assert {(pages.line(head).size, pages.line(head).font) for head in heads} == {(14, "Bold")}


def test_signature_block_is_not_parted_from_the_words_before_it() -> None:
    filler = [paragraph("บรรทัด", Style.PLAIN)] * 25
    pages = Pages(*filler, paragraph("จึงเรียนมาเพื่อโปรดพิจารณา"), Signatures((MAYOR,)))
    on = [
        [number for number, lines in enumerate(pages.lines) if any(text in line.text for line in lines)]
        for text in ("จึงเรียนมา", "ลงชื่อ", "(นายธีรพงศ์", "นายกเทศมนตรีตำบลบ้านสวนพลู")
    ]
    assert on == [[1]] * 4


def test_a_heading_does_not_stay_behind_alone() -> None:
    for count in range(20, 32):
        pages = Pages(*[paragraph("บรรทัด", Style.PLAIN)] * count, paragraph("หัวข้อ", Style.HEADING), paragraph(TEXT))
        with_heading = next(lines for lines in pages.lines if any(line.text == "หัวข้อ" for line in lines))
        assert with_heading[-1].text != "หัวข้อ"


def test_many_signatures_stand_in_rows_that_hold_their_names() -> None:
    pages = Pages(Signatures((MAYOR,) * 5))
    names = [line for line in pages.lines[0] if line.text == "(นายธีรพงศ์แก้วสว่างธรรม)"]
    assert len(names) == 5
    assert len({round(line.base) for line in names}) == 2
    assert max(line.right for line in names) <= RIGHT
