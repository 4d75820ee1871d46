"""PDF files of every layout and disorder, made by hand or by Typst, read into the one document model."""

import hashlib
import random
from io import BytesIO
from itertools import pairwise

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.documents.model import Document, Line, Mark, Paragraph, Table
from prongsai.documents.read import pdf
from prongsai.documents.read.pdf import glyphs as pdf_glyphs
from prongsai.documents.read.pdf import grid as pdf_grid
from prongsai.documents.read.pdf import read
from prongsai.documents.read.pdf import rules as pdf_rules
from prongsai.errors import FileUnusable, LimitExceeded, Severity, Where
from tests.documents.read.pdf_made import A4, Sheet, made, width_of

XS = [60.0, 110.0, 320.0, 535.0]
LONG = "เทศบาลตำบลบ้านสวนพลูได้รับแจ้งผลการประเมินคุณธรรมและความโปร่งใส"


def texts(document: Document) -> list[str]:
    return [block.text for block in document.paragraphs()]


def cells(table: Table) -> list[list[list[str]]]:
    return [[[line.text for line in cell.lines] for cell in row.cells] for row in table.rows]


def the_table(document: Document) -> Table:
    (table,) = document.tables()
    return table


def codes(document: Document) -> list[str]:
    return [problem.code for problem in document.problems]


def read_sheets(*sheets: Sheet) -> Document:
    return read(made(*sheets), "made.pdf")


def lines(sheet: Sheet, words: list[str], x: float = 80.0, y: float = 740.0, step: float = 22.0) -> Sheet:
    for number, line in enumerate(words):
        sheet.text(x, y - step * number, line)
    return sheet


class TestProse:
    def test_document_names_its_format_hash_and_places(self) -> None:
        content = made(lines(Sheet(), ["หนึ่ง"]), lines(Sheet(), ["สอง"]))
        document = read(content, "made.pdf")
        assert (document.format, document.sha256) == ("pdf", hashlib.sha256(content).hexdigest())
        assert [block.where for block in document.printed] == [Where("made.pdf", 1, 1), Where("made.pdf", 3, 2)]

    def test_full_lines_are_one_paragraph_without_a_space_inside_a_word(self) -> None:
        sheet = Sheet()
        sheet.text(80, 740, "ก " + LONG[:-7])
        sheet.text(80, 718, LONG[-7:])
        assert texts(read_sheets(sheet)) == ["ก " + LONG]

    def test_space_printed_at_the_end_of_a_line_is_kept(self) -> None:
        sheet = Sheet()
        for number in range(3):
            sheet.text(80, 740 - 22 * number, LONG + " ")
        assert texts(read_sheets(sheet)) == [" ".join([LONG] * 3)]

    def test_indent_starts_a_paragraph_and_a_short_line_ends_one(self) -> None:
        sheet = Sheet()
        sheet.text(120, 740, "ตามที่ " + LONG)
        sheet.text(80, 718, "ข้อความสั้น")
        sheet.text(80, 696, "ย่อหน้าใหม่")
        sheet.text(120, 674, "ย่อหน้าที่สาม")
        assert texts(read_sheets(sheet)) == [
            "ตามที่ " + LONG + "ข้อความสั้น",
            "ย่อหน้าใหม่",
            "ย่อหน้าที่สาม",
        ]

    def test_numbers_and_dashes_start_paragraphs(self) -> None:
        words = [f"๑. {LONG}", f"๒. {LONG}", f"- {LONG}"]
        assert texts(read_sheets(lines(Sheet(), words))) == words

    def test_number_after_a_word_that_refers_to_it_goes_on(self) -> None:
        sheet = lines(Sheet(), [LONG + " เป็นไปตามข้อ", "๒. ของระเบียบ"])
        assert texts(read_sheets(sheet)) == [LONG + " เป็นไปตามข้อ ๒. ของระเบียบ"]

    def test_lines_under_each_other_in_the_middle_stay_apart(self) -> None:
        sheet = Sheet()
        for number, words in enumerate(["(นายธีรพงศ์ แก้วสว่างธรรม)", "นายกเทศมนตรีตำบลบ้านสวนพลู", "๙ ต.ค. ๒๕๖๘"]):
            sheet.text(400 - width_of(words) / 2, 400 - 22 * number, words)
        assert texts(read_sheets(sheet)) == ["(นายธีรพงศ์ แก้วสว่างธรรม)", "นายกเทศมนตรีตำบลบ้านสวนพลู", "๙ ต.ค. ๒๕๖๘"]

    def test_dotted_leaders_are_gone(self) -> None:
        sheet = lines(Sheet(), ["ลงชื่อ............................ผู้ยืม", "..........................", "จำนวน ……… บาท"])
        assert texts(read_sheets(sheet)) == ["ลงชื่อ ผู้ยืม", "จำนวน บาท"]

    def test_line_that_ends_in_a_leader_is_ended(self) -> None:
        words = ["ที่ ลบ ๕๒๗๐๑" + "." * 44, "เรื่อง ขอให้จัดเตรียมข้อมูล", "เรียน ปลัด"]
        words[1] += "." * (57 - len(words[1]))
        assert texts(read_sheets(lines(Sheet(), words))) == [
            "ที่ ลบ ๕๒๗๐๑",
            "เรื่อง ขอให้จัดเตรียมข้อมูล",
            "เรียน ปลัด",
        ]

    def test_field_of_a_memo_goes_on_to_its_leader(self) -> None:
        sheet = lines(Sheet(), ["ส่วนราชการ ฝ่ายแผนงานและงบประมาณ สำนักปลัด โทร."])
        sheet.text(150, 718, "๑๑๔" + "." * 46)
        sheet.text(80, 696, "ที่ ลบ ๕๒๗๐๑")
        assert texts(read_sheets(sheet)) == [
            "ส่วนราชการ ฝ่ายแผนงานและงบประมาณ สำนักปลัด โทร. ๑๑๔",
            "ที่ ลบ ๕๒๗๐๑",
        ]

    def test_words_set_without_spaces_are_parted_by_their_gaps(self) -> None:
        sheet = Sheet()
        sheet.silent(80, 700, "ระบบ E-Service ของ เทศบาล")
        assert texts(read_sheets(sheet)) == ["ระบบ E-Service ของ เทศบาล"]

    def test_words_drawn_late_take_their_place(self) -> None:
        sheet = Sheet()
        sheet.text(80 + width_of("เทศบาล "), 700, "ตำบล")
        sheet.text(80, 660, "บรรทัดล่าง")
        sheet.text(80, 700, "เทศบาล ")
        assert texts(read_sheets(sheet)) == ["เทศบาล ตำบล", "บรรทัดล่าง"]

    def test_words_drawn_twice_for_bold_are_read_once(self) -> None:
        sheet = Sheet()
        sheet.text(80, 700, "ประกาศ")
        sheet.text(80.4, 700, "ประกาศ")
        assert texts(read_sheets(sheet)) == ["ประกาศ"]


class TestTurned:
    @pytest.mark.parametrize("turn", [90, 180, 270])
    def test_page_that_is_turned_reads_as_it_looks(self, turn: int) -> None:
        matrices = {90: "0 1 -1 0", 180: "-1 0 0 -1", 270: "0 -1 1 0"}
        steps = {90: (0, 1), 180: (-1, 0), 270: (0, -1)}
        sheet = Sheet(rotate=turn)
        for row, words in enumerate(["บรรทัดแรก", "บรรทัดสอง"]):
            x, y = 300.0, 400.0
            down = {90: (1, 0), 180: (0, 1), 270: (-1, 0)}[turn]
            for letter in words:
                sheet.glyph(x + 30 * row * down[0], y + 30 * row * down[1], letter, turn=matrices[turn])
                if letter not in "ั":
                    x, y = x + 8 * steps[turn][0], y + 8 * steps[turn][1]
        assert texts(read_sheets(sheet)) == ["บรรทัดแรก", "บรรทัดสอง"]

    def test_upright_words_in_a_cell_are_read(self) -> None:
        sheet = Sheet()
        sheet.table([60, 100, 300], [700, 600], [["", "ขั้นตอน"]])
        for number, letter in enumerate("ลำดับ".replace("ั", "")):
            sheet.glyph(85, 620 + 8 * number, letter, turn="0 1 -1 0")
        assert cells(the_table(read_sheets(sheet))) == [[["ลำดบ"], ["ขั้นตอน"]]]

    def test_watermark_is_left_out_and_named(self) -> None:
        sheet = lines(Sheet(), ["เนื้อหา"])
        for number, letter in enumerate("สำเนา"):
            sheet.glyph(200 + 30 * number, 300 + 30 * number, letter, turn="0.7 0.7 -0.7 0.7", size=48)
        document = read_sheets(sheet)
        assert (texts(document), codes(document)) == (["เนื้อหา"], ["WATERMARK_LEFT_OUT"])
        assert document.problems[0].evidence == ("สำเนา",)


class TestTables:
    def test_ruled_table_gives_rows_cells_and_places(self) -> None:
        sheet = Sheet()
        sheet.text(60, 780, "ก่อนตาราง")
        sheet.table(XS, [740, 700, 660], [["ลำดับ", "มาตรการ", "ผล"], ["๑", "จัดทำคู่มือ", "แล้วเสร็จ"]])
        sheet.text(60, 600, "หลังตาราง")
        document = read_sheets(sheet)
        table = the_table(document)
        assert cells(table) == [[["ลำดับ"], ["มาตรการ"], ["ผล"]], [["๑"], ["จัดทำคู่มือ"], ["แล้วเสร็จ"]]]
        assert (table.dialect, table.ruled, table.where) == ("pdf", True, Where("made.pdf", 3, 1, 1))
        assert table.rows[1].cells[2].where == Where("made.pdf", 4, 1, 1, 2, 3)
        assert [type(block) for block in document.blocks] == [Paragraph, Table, Paragraph]

    def test_merged_cells_cover_their_places(self) -> None:
        sheet = Sheet()
        for y, xs in ((740, (60, 535)), (700, (110, 535)), (660, (60, 535)), (620, (60, 535))):
            sheet.line(xs[0], y, xs[1], y)
        for x, ys in ((60, (740, 620)), (110, (740, 620)), (320, (700, 620)), (535, (740, 620))):
            sheet.line(x, ys[0], x, ys[1])
        for x, y, words in (
            (64, 700, "ลำดับ"), (114, 720, "การดำเนินการ"), (114, 680, "ขั้นตอน"), (324, 680, "ผล"),
            (64, 640, "๑"), (114, 640, "สำรวจ"), (324, 640, "ครบ"),
        ):  # fmt: skip
            sheet.text(x, y, words)
        table = the_table(read_sheets(sheet))
        assert [[(c.text, c.rows, c.columns, c.covered) for c in row.cells] for row in table.rows] == [
            [("ลำดับ", 2, 1, False), ("การดำเนินการ", 1, 2, False), ("การดำเนินการ", 1, 1, True)],
            [("ลำดับ", 1, 1, True), ("ขั้นตอน", 1, 1, False), ("ผล", 1, 1, False)],
            [("๑", 1, 1, False), ("สำรวจ", 1, 1, False), ("ครบ", 1, 1, False)],
        ]

    def test_wrapped_lines_of_a_cell_join_and_numbers_start_lines(self) -> None:
        sheet = Sheet()
        cell = "๑. สำรวจงานทุกกองที่ยังไม่\nมีคู่มือปฏิบัติ\n๒. ยกร่างคู่มือ\n๓. เสนอปลัด"
        sheet.table([60, 270, 535], [740, 620], [[cell, "ครบ"]])
        assert cells(the_table(read_sheets(sheet))) == [
            [["๑. สำรวจงานทุกกองที่ยังไม่มีคู่มือปฏิบัติ", "๒. ยกร่างคู่มือ", "๓. เสนอปลัด"], ["ครบ"]]
        ]

    def test_number_broken_among_its_digits_is_one(self) -> None:
        sheet = Sheet()
        sheet.table([60, 140, 300], [740, 660], [["", "ครบ"]])
        sheet.text(140 - 4 - width_of("๑"), 720, "๑")
        sheet.text(140 - 4 - width_of("๘,๕๐๐.๐๐"), 700, "๘,๕๐๐.๐๐")
        assert cells(the_table(read_sheets(sheet))) == [[["๑๘,๕๐๐.๐๐"], ["ครบ"]]]

    def test_line_that_had_room_for_the_next_word_is_a_paragraph_of_its_own(self) -> None:
        sheet = Sheet()
        sheet.table([60, 270, 535], [740, 660], [["กองคลัง\nกองช่าง", "ครบ"]])
        assert cells(the_table(read_sheets(sheet))) == [[["กองคลัง", "กองช่าง"], ["ครบ"]]]

    def test_bullets_are_items_and_boxes_are_marks(self) -> None:
        sheet = Sheet()
        sheet.table([60, 270, 535], [740, 660], [["• สำรวจ\n• ประกาศ", "☑ ดำเนินการแล้ว\n☐ ยังไม่ดำเนินการ"]])
        row = the_table(read_sheets(sheet)).rows[0]
        assert row.cells[0].lines == (Line("สำรวจ", Mark.ITEM, True), Line("ประกาศ", Mark.ITEM, True))
        assert row.cells[1].lines == (Line("ดำเนินการแล้ว", Mark.TICKED), Line("ยังไม่ดำเนินการ", Mark.UNTICKED))

    def test_symbols_of_picture_fonts_and_drawn_boxes_are_marks(self) -> None:
        sheet = Sheet()
        sheet.table([60, 270, 535], [740, 660], [["\uf0fe ดำเนินการ\n\uf0a8 ยังไม่", "   แล้ว\n   ยังไม่"]])
        sheet.box(274, 719, 284, 729)
        sheet.line(275, 720, 283, 728)
        sheet.line(275, 728, 283, 720)
        sheet.box(274, 699, 284, 709)
        row = the_table(read_sheets(sheet)).rows[0]
        assert [[(line.text, line.mark) for line in cell.lines] for cell in row.cells] == [
            [("ดำเนินการ", Mark.TICKED), ("ยังไม่", Mark.UNTICKED)],
            [("แล้ว", Mark.TICKED), ("ยังไม่", Mark.UNTICKED)],
        ]

    def test_open_sides_are_closed(self) -> None:
        sheet = Sheet()
        for y in (740, 700, 660):
            sheet.line(60, y, 535, y)
        for x in (110, 320):
            sheet.line(x, 740, x, 640)
        for x, words in ((64, "๑"), (114, "คู่มือ"), (324, "ครบ")):
            sheet.text(x, 720, words)
            sheet.text(x, 680, words)
        assert cells(the_table(read_sheets(sheet))) == [[["๑"], ["คู่มือ"], ["ครบ"]]] * 2

    def test_tables_on_each_other_with_other_columns_stay_apart(self) -> None:
        sheet = Sheet()
        sheet.table([60, 200, 535], [740, 700], [["ก", "ข"]])
        sheet.table([60, 300, 400, 535], [700, 660], [["ค", "ง", "จ"]])
        assert [cells(table) for table in read_sheets(sheet).tables()] == [[[["ก"], ["ข"]]], [[["ค"], ["ง"], ["จ"]]]]

    def test_frame_round_the_page_is_no_table(self) -> None:
        sheet = lines(Sheet(), ["ข้อความในกรอบ"])
        sheet.box(40, 40, 555, 800)
        assert texts(read_sheets(sheet)) == ["ข้อความในกรอบ"]

    @given(st.integers(1, 5), st.integers(1, 5), st.randoms(use_true_random=False))
    def test_any_ruled_grid_is_read_back(self, wide: int, high: int, dice: random.Random) -> None:
        xs = [60.0 + 90 * number for number in range(wide + 1)]
        ys = [760.0 - 40 * number for number in range(high + 1)]
        words = [[f"ช{row}ค{column}" for column in range(wide)] for row in range(high)]
        merged = {(row, column) for row in range(high) for column in range(wide - 1) if dice.random() < 0.3}
        sheet = Sheet()
        for y in ys:
            sheet.line(xs[0], y, xs[-1], y)
        for row, (top, bottom) in enumerate(pairwise(ys)):
            for column, x in enumerate(xs):
                if (row, column - 1) not in merged:
                    sheet.line(x, top, x, bottom)
        expected = []
        for row, line in enumerate(words):
            shown: list[str] = []
            for column, word in enumerate(line):
                is_covered = (row, column - 1) in merged
                shown.append(shown[-1] if is_covered else word)
                if not is_covered:
                    sheet.text(xs[column] + 4, ys[row] - 25, word)
            expected.append(shown)
        if wide * high - len(merged) < 2:
            return
        found = [row for table in read_sheets(sheet).tables() for row in table.rows]
        wide_enough = [[cell.text for cell in row.cells] for row in found]
        assert [list(dict.fromkeys(row)) for row in wide_enough] == [list(dict.fromkeys(row)) for row in expected]


HEAD = ["ลำดับ", "มาตรการ", "ผล"]


class TestOverPages:
    def test_table_over_pages_is_one_with_its_head_once(self) -> None:
        one, two = Sheet(), Sheet()
        one.table(XS, [740, 700, 660], [HEAD, ["๑", "คู่มือ", "ครบ"]])
        two.table(XS, [740, 700, 660], [HEAD, ["๒", "แผน", "ครบ"]])
        table = the_table(read_sheets(one, two))
        assert cells(table) == [[[word] for word in row] for row in (HEAD, ["๑", "คู่มือ", "ครบ"], ["๒", "แผน", "ครบ"])]
        assert (table.heads, [row.where.page for row in table.rows]) == (1, [1, 1, 2])

    def test_merged_cell_that_the_page_end_cut_counts_for_the_rows_below(self) -> None:
        one, two = Sheet(), Sheet()
        one.table(XS, [740, 700, 660], [HEAD, ["๑", "คู่มือ", "กองคลัง"]])
        two.table(XS[:3], [740, 700, 660, 620], [HEAD[:2], ["๒", "แผน"], ["๓", "อบรม"]])
        two.table(XS[2:], [740, 700, 620], [HEAD[2:], [""]])
        found = cells(the_table(read_sheets(one, two)))
        assert [row[2] for row in found] == [["ผล"], ["กองคลัง"], ["กองคลัง"], ["กองคลัง"]]

    def test_row_that_the_page_end_cut_is_whole_again_and_said(self) -> None:
        one, two = Sheet(), Sheet()
        one.table(XS, [740, 700, 640], [HEAD, ["๑", "๑. สำรวจ\n๒. ยกร่างคู่มือให้ครบทุกง", "ครบ"]])
        two.table(XS, [740, 700, 640], [HEAD, ["", "านของกอง\n๓. เสนอ", ""]])
        document = read_sheets(one, two)
        assert cells(the_table(document))[1:] == [
            [["๑"], ["๑. สำรวจ", "๒. ยกร่างคู่มือให้ครบทุกงานของกอง", "๓. เสนอ"], ["ครบ"]]
        ]
        assert [(p.code, p.severity, p.where.page) for p in document.problems] == [
            ("ROW_JOINED_OVER_PAGES", Severity.WARNING, 1)
        ]

    @pytest.mark.parametrize(
        "row",
        [
            pytest.param(["", "คู่มือ (ต่อ)", ""], id="says that it goes on"),
            pytest.param(["", "๑. งานใหม่", ""], id="counts afresh"),
            pytest.param(["๒", "แผน", "ครบ"], id="has its own number"),
            pytest.param(["O6", "งานของกอง", ""], id="has its own code"),
        ],
    )
    def test_row_of_its_own_is_left(self, row: list[str]) -> None:
        one, two = Sheet(), Sheet()
        one.table(XS, [740, 700, 640], [HEAD, ["๑", "๑. สำรวจ\n๒. ยกร่าง", "ครบ"]])
        two.table(XS, [740, 700, 640], [HEAD, row])
        assert len(the_table(read_sheets(one, two)).rows) == 3

    def test_row_with_a_code_is_not_joined_to_a_full_one(self) -> None:
        full = ["O5", "จัดทำคู่มือให้ครบทุกงานของ", "เผยแพร่ข้อมูลให้ครบถ้วนทุก"]
        own = ["O6", "กฎหมายที่เกี่ยวข้อง", "เทศบัญญัติหกฉบับ"]
        one, two = Sheet(), Sheet()
        xs = [60.0, 84.0, 300.0, 520.0]
        one.table(xs, [740, 700, 640], [["ที่", "ข้อ", "ผล"], full])
        two.table(xs, [740, 700, 640], [["ที่", "ข้อ", "ผล"], own])
        found = cells(the_table(read_sheets(one, two)))
        assert found[1:] == [[[word] for word in row] for row in (full, own)]

    def test_rows_equal_to_the_first_ones_are_kept(self) -> None:
        rows = [["๑", "คู่มือ", "ครบ"], ["๒", "แผน", "ครบ"]]
        sheets = [Sheet(), Sheet(), Sheet()]
        for sheet in sheets:
            sheet.table(XS, [740, 700, 660, 620], [HEAD, *rows])
        table = the_table(read_sheets(*sheets))
        assert cells(table) == [[[word] for word in row] for row in [HEAD, *rows * 3]]
        assert table.heads == 1

    def test_row_that_one_page_alone_repeats_is_no_head_without_merged_cells(self) -> None:
        row = ["กองคลัง", "คู่มือ", "ครบ"]
        one, two = Sheet(), Sheet()
        one.table(XS, [740, 700, 660], [HEAD, row])
        two.table(XS, [740, 700, 660], [HEAD, row])
        assert cells(the_table(read_sheets(one, two))) == [[[word] for word in each] for each in (HEAD, row, row)]

    def test_numbers_of_columns_are_part_of_the_head(self) -> None:
        one, two = Sheet(), Sheet()
        numbers = ["(๑)", "(๒)", "(๓)"]
        one.table(XS, [740, 700, 660, 620], [HEAD, numbers, ["ก", "คู่มือ", "ครบ"]])
        two.table(XS, [740, 700, 660, 620], [HEAD, numbers, ["ข", "แผน", "ครบ"]])
        table = the_table(read_sheets(one, two))
        assert (table.heads, [row.cells[0].text for row in table.rows]) == (2, ["ลำดับ", "(๑)", "ก", "ข"])

    def test_running_heads_feet_and_page_numbers_are_left_out(self) -> None:
        sheets = []
        for number in "๑๒๓๔":
            sheet = lines(Sheet(), [f"เนื้อหาหน้า {number} ของรายงาน"], y=600)
            sheet.text(60, 810, "แบบรายงาน ITA ฉบับที่ ๑")
            sheet.text(280, 790, f"- {number} -")
            sheet.text(400, 30, f"หน้า {number} / ๔")
            sheets.append(sheet)
        document = read_sheets(*sheets)
        assert texts(document) == [f"เนื้อหาหน้า {number} ของรายงาน" for number in "๑๒๓๔"]
        assert [(problem.code, problem.evidence) for problem in document.problems] == [
            ("RUNNING_HEAD_LEFT_OUT", ("แบบรายงาน ITA ฉบับที่ ๑",))
        ]

    def test_number_in_the_text_is_no_page_number(self) -> None:
        assert texts(read_sheets(lines(Sheet(), ["จำนวน", "๒๕", "คน"], y=500))) == ["จำนวน", "๒๕", "คน"]


class TestSideBySide:
    def test_signatures_side_by_side_are_columns(self) -> None:
        sheet = Sheet()
        rows = [("ลงชื่อ............", "ลงชื่อ............"), ("(นายสมภพ ดี)", "(นางสุนันทา ใจมั่นคง)"), ("ปลัด", "ผู้อำนวยการ")]
        for number, row in enumerate(rows):
            for middle, words in zip((170, 420), row, strict=True):
                sheet.text(middle - width_of(words) / 2, 400 - 24 * number, words)
        table = the_table(read_sheets(sheet))
        assert not table.ruled
        assert [[cell.text for cell in row.cells] for row in table.rows] == [
            ["ลงชื่อ", "ลงชื่อ"],
            ["(นายสมภพ ดี)", "(นางสุนันทา ใจมั่นคง)"],
            ["ปลัด", "ผู้อำนวยการ"],
        ]

    def test_table_without_rules_is_found_by_its_gaps(self) -> None:
        sheet = Sheet()
        rows = [("ตัวชี้วัด", "คะแนน", "ระดับ"), ("การปฏิบัติหน้าที่", "๙๗.๔๔", "ผ่าน"), ("การใช้อำนาจ", "๙๐.๗๒", "ผ่าน")]
        for number, row in enumerate(rows):
            for x, words in zip((80, 300, 420), row, strict=True):
                sheet.text(x, 600 - 24 * number, words)
        document = read_sheets(sheet)
        assert [[cell.text for cell in row.cells] for row in the_table(document).rows] == [list(row) for row in rows]
        assert codes(document) == ["TABLE_WITHOUT_RULES"]

    def test_fields_of_a_memo_are_paragraphs(self) -> None:
        sheet = Sheet()
        for y, left, right in ((740, "ส่วนราชการ กองคลัง", "โทร. ๑๒๓๔"), (718, "ที่ ลบ ๕๒๗๐๑/๑", "วันที่ ๙ ตุลาคม ๒๕๖๘")):
            sheet.text(80, y, left)
            sheet.text(330, y, right)
        assert texts(read_sheets(sheet)) == ["ส่วนราชการ กองคลัง โทร. ๑๒๓๔", "ที่ ลบ ๕๒๗๐๑/๑ วันที่ ๙ ตุลาคม ๒๕๖๘"]

    def test_columns_of_running_text_are_read_one_after_the_other(self) -> None:
        sheet = Sheet()
        for number in range(10):
            sheet.text(60, 700 - 22 * number, LONG[:30])
            sheet.text(320, 700 - 22 * number, LONG[30:58])
        assert texts(read_sheets(sheet)) == [LONG[:30] * 10, LONG[30:58] * 10]


class TestDisorder:
    @pytest.mark.parametrize(
        ("printed", "meant"),
        [
            ("ก\uf70aอน", "ก่อน"),
            ("สํานัก", "สำนัก"),
            ("สํ านัก", "สำนัก"),
            ("นํ้า", "น้ำ"),
            ("น้ํา", "น้ำ"),
            ("เเผน", "แผน"),
            ("ต ำบล", "ตำบล"),
        ],
    )
    def test_marks_are_put_right_and_said(self, printed: str, meant: str) -> None:
        document = read_sheets(lines(Sheet(), [f"งาน {printed}"]))
        assert texts(document) == [f"งาน {meant}"]
        (problem,) = document.problems
        assert (problem.code, problem.severity, problem.where.page) == ("PDF_GLYPHS_MENDED", Severity.WARNING, 1)

    def test_mark_drawn_before_its_consonant_goes_to_it(self) -> None:
        sheet = Sheet()
        sheet.glyph(80, 700, "่", "late")
        for number, letter in enumerate("กอน"):
            sheet.glyph(80 + 8 * number, 700, letter)
        assert texts(read_sheets(sheet)) == ["ก่อน"]

    def test_marks_drawn_after_the_word_go_to_their_consonants(self) -> None:
        sheet = Sheet()
        for number, letter in enumerate("ทมน"):
            sheet.glyph(80 + 8 * number, 700, letter)
        for place, mark in ((88, "ี"), (88, "่"), (96, "ั")):
            sheet.glyph(place, 700, mark)
        assert texts(read_sheets(sheet)) == ["ที่มัน"]

    def test_leading_vowel_drawn_late_stands_before_its_consonant(self) -> None:
        sheet = Sheet()
        for x, letter in ((88, "ก"), (80, "เ"), (96, "ณ")):
            sheet.glyph(x, 700, letter)
        assert texts(read_sheets(sheet)) == ["เกณ"]

    def test_glyph_of_a_mark_with_the_text_of_its_whole_cluster_says_nothing_twice(self) -> None:
        sheet = Sheet()
        sheet.glyph(80, 700, "ที่", "base")
        sheet.glyph(88, 700, "ที่", "mark")
        sheet.glyph(88, 700, "น")
        assert texts(read_sheets(sheet)) == ["ที่น"]

    @pytest.mark.parametrize(("wrong", "right"), [("า", "ำ"), ("ำ", "า")])
    def test_one_glyph_for_two_vowels_is_told_by_the_dictionary(self, wrong: str, right: str) -> None:
        words = "เทศบาลดำเนินการตามอำนาจหน้าที่และประกาศจำนวนงานราชการให้ประชาชนทราบทางสำนักงาน"
        sheet = Sheet()
        for number in range(8):
            sheet.text(40, 740 - 60 * number, words.replace(right, wrong), size=11)
        document = read_sheets(sheet)
        assert texts(document) == [words] * 8
        assert codes(document) == ["PDF_GLYPHS_MENDED"]

    def test_thai_that_the_file_calls_latin_is_thai_again(self) -> None:
        sheet = lines(Sheet(), ["เทศบาลตำบลบ้านสวนพลู".encode("cp874").decode("latin-1")])
        document = read_sheets(sheet)
        assert (texts(document), codes(document)) == (["เทศบาลตำบลบ้านสวนพลู"], ["PDF_GLYPHS_MENDED"])

    def test_good_text_is_left_alone(self) -> None:
        document = read_sheets(lines(Sheet(), [LONG, "น้ำ ทำ กำหนด ที่อยู่"]))
        assert codes(document) == []


class TestUnusable:
    def refused(self, content: bytes) -> FileUnusable:
        with pytest.raises(FileUnusable) as refusal:
            read(content, "made.pdf")
        return refusal.value

    @pytest.mark.parametrize("content", [b"%PDF-1.7\n", b"%PDF-1.7\nnothing\n%%EOF", b"%PDF-" + bytes(range(256)) * 9])
    def test_broken_file_is_refused(self, content: bytes) -> None:
        assert self.refused(content).message_th == "ไฟล์ made.pdf เสียหายหรือมาไม่ครบ"

    def test_password_is_refused(self) -> None:
        writer = pypdf.PdfWriter(clone_from=BytesIO(made(lines(Sheet(), ["ลับ"]))))
        writer.encrypt("รหัส", algorithm="RC4-128")
        out = BytesIO()
        writer.write(out)
        assert self.refused(out.getvalue()).message_th == "ไฟล์ made.pdf มีรหัสผ่าน"

    def test_file_without_text_is_refused(self) -> None:
        drawn = Sheet()
        drawn.box(100, 100, 400, 400)
        assert self.refused(made(drawn)).message_th == "ไฟล์ made.pdf เป็นภาพสแกน ไม่มีข้อความ"
        assert self.refused(made(Sheet())).message_th == "ไฟล์ made.pdf ไม่มีข้อความ"

    def test_page_without_text_is_named(self) -> None:
        drawn = Sheet()
        drawn.box(100, 100, 400, 400)
        document = read_sheets(lines(Sheet(), ["ข้อความ"]), drawn, Sheet())
        assert [(p.code, p.where.page) for p in document.problems] == [("PAGE_WITHOUT_TEXT", 2)]

    def test_glyphs_without_meaning_are_an_error(self) -> None:
        document = read(made(lines(Sheet(), [LONG[:40]]), mapped=False), "made.pdf")
        assert [(p.code, p.severity) for p in document.problems] == [("TEXT_LAYER_UNREADABLE", Severity.ERROR)]

    def test_too_many_pages_columns_lines_and_letters_are_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        grid = Sheet()
        grid.table([20.0 + 5 * number for number in range(20)], [700, 600], [["ก"]])
        monkeypatch.setattr(pdf_grid, "COLUMNS_MAX", 10)
        assert "หน้า 1 มีตาราง 19 ช่องต่อแถว" in self.refused(made(grid)).message_th
        monkeypatch.setattr(pdf_rules, "SEGMENTS_MAX", 10)
        assert self.refused(made(grid)).message_th == "หน้า 1 มีเส้นเกินขีดจำกัด 10 เส้น"
        monkeypatch.setattr(pdf_glyphs, "CHARACTERS_MAX", 3)
        assert self.refused(made(lines(Sheet(), ["ยาวไป"]))).message_th == "หน้า 1 มีตัวอักษรเกินขีดจำกัด 3 ตัว"
        monkeypatch.setattr(pdf, "PAGES_MAX", 1)
        many = self.refused(made(Sheet(), Sheet()))
        assert isinstance(many, LimitExceeded)
        assert many.message_th == "ไฟล์ made.pdf ใหญ่เกินไป: มี 2 หน้า เกินขีดจำกัด 1 หน้า"

    def test_title_is_read_and_a_damaged_one_is_none(self) -> None:
        sheet = lines(Sheet(), ["ข้อความ"])
        assert read(made(sheet, title="FEFF0E01"), "made.pdf").title == "ก"
        assert read(made(sheet, title="FEFFD800D800"), "made.pdf").title == ""

    @given(st.data())
    def test_damaged_file_is_read_or_refused(self, data: st.DataObject) -> None:
        sheet = lines(Sheet(), ["ข้อความ ที่ดี"])
        sheet.table(XS, [700, 660, 620], [HEAD, ["๑", "ก", "ข"]])
        content = bytearray(made(sheet))
        for _ in range(data.draw(st.integers(1, 20))):
            content[data.draw(st.integers(8, len(content) - 1))] = data.draw(st.integers(0, 255))
        try:
            document = read(bytes(content), "made.pdf")
        except FileUnusable:
            return
        assert document.format == "pdf"


class TestActive:
    def test_script_and_link_are_named_and_left(self) -> None:
        sheet = lines(Sheet(), ["ข้อความ"])
        sheet.links.append("https://example.go.th/ita")
        script = "/OpenAction<</S/JavaScript/JS(app.alert(1))>>"
        document = read(made(sheet, extra=script), "made.pdf")
        assert [(p.code, p.evidence) for p in document.problems] == [
            ("ACTIVE_CONTENT", ("JavaScript",)),
            ("EXTERNAL_LINK", ("https://example.go.th/ita",)),
        ]

    def test_words_that_nobody_sees_are_left_out_and_counted(self) -> None:
        sheet = lines(Sheet(), ["ข้อความ"])
        sheet.ops.append("3 Tr")
        sheet.text(80, 500, "ซ่อน")
        document = read_sheets(sheet)
        assert (texts(document), codes(document)) == (["ข้อความ"], ["HIDDEN_TEXT"])

    def test_words_off_the_page_are_left_out(self) -> None:
        sheet = lines(Sheet(), ["ข้อความ"])
        sheet.text(A4[0] + 50, 500, "นอกหน้า")
        assert texts(read_sheets(sheet)) == ["ข้อความ"]
