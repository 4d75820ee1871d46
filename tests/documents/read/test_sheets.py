"""Workbooks as offices have them: regions, places, cells, what is hidden."""

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from python_calamine import load_workbook

from prongsai.documents.model import Line, Mark
from prongsai.documents.read.sheets import read
from prongsai.documents.read.sheets.format import entry_of
from prongsai.errors import Where
from tests.documents.read.workbooks import HEADS, MAIN, STRICT, grid, made, package, shape, sheet_xml, texts

# Regions and places


def test_title_memo_line_table_and_note_stand_in_order_with_their_places() -> None:
    def fill(book, sheet):
        sheet.merge_range("B2:E2", "สรุปงบ 2568", book.add_format())
        sheet.write_string("B3", "ข้อมูล ณ สิ้นปี")
        for column, head in enumerate(HEADS, 1):
            sheet.write_string(4, column, head)
        sheet.write_row(5, 1, [1, "ค่าจ้าง", 93.5, 12.0])
        sheet.write_string("B7", "หมายเหตุ รวมเงินสะสม")
        sheet.write_string("B9", "ลงชื่อ")

    document = read(made(fill), "งบ.xlsx")
    table = next(document.tables())
    assert shape(document) == [
        "สรุปงบ 2568",
        "ข้อมูล ณ สิ้นปี",
        [HEADS, ["1", "ค่าจ้าง", "93.5", "12"]],
        "หมายเหตุ รวมเงินสะสม",
        "ลงชื่อ",
    ]
    assert [paragraph.where for paragraph in document.paragraphs()] == [
        Where("งบ.xlsx", 1, 1, None, 2, 2),
        Where("งบ.xlsx", 3, 1, None, 3, 2),
        Where("งบ.xlsx", 8, 1, None, 7, 2),
        Where("งบ.xlsx", 10, 1, None, 9, 2),
    ]
    assert (table.where, table.dialect, table.name, table.heads) == (Where("งบ.xlsx", 5, 1, 1), "xlsx", "งบ", 0)
    assert table.rows[1].cells[2].where == Where("งบ.xlsx", 6, 1, 1, 6, 4)
    assert table.rows[1].cells[2].value == Decimal("93.5")


def test_tables_under_each_other_are_cut_at_the_empty_row() -> None:
    document = read(grid(["ก", "ข"], ["1", "2"], [], ["ค", "ง", "จ"], ["3", "4", "5"]), "ก.xlsx")
    assert shape(document) == [[["ก", "ข"], ["1", "2"]], [["ค", "ง", "จ"], ["3", "4", "5"]]]
    assert [table.where.table for table in document.tables()] == [1, 2]


def test_tables_side_by_side_with_heads_of_their_own_are_two() -> None:
    document = read(
        grid(["รวมสองตาราง"], ["ก", "ข", "", "ค", "ง"], [1, 2, "", 3, 4], [5, 6, "", "", ""]),
        "ก.xlsx",
    )
    assert shape(document) == ["รวมสองตาราง", [["ก", "ข"], ["1", "2"], ["5", "6"]], [["ค", "ง"], ["3", "4"]]]


def test_empty_column_inside_one_table_does_not_cut_it() -> None:
    document = read(grid(["ก", "ข", "", "ค"], [1, 2, "", 3]), "ก.xlsx")
    assert shape(document) == [[["ก", "ข", "", "ค"], ["1", "2", "", "3"]]]


def test_row_with_one_cell_inside_or_at_the_end_of_a_table_is_a_row() -> None:
    document = read(grid(["ก", "ข", "ค"], ["ประเด็นที่ 1"], [1, 2, 3], ["", "ต่อ"]), "ก.xlsx")
    assert shape(document) == [
        [["ก", "ข", "ค"], ["ประเด็นที่ 1", "", ""], ["1", "2", "3"], ["", "ต่อ", ""]],
    ]


def test_head_of_a_memo_in_two_cells_a_line_is_running_text() -> None:
    document = read(
        grid(
            ["บันทึกข้อความ"],
            ["ส่วนราชการ", "กองคลัง"],
            ["ที่", "ลบ ๕๒๗๐๑/๑", "", "วันที่", "๙ ตุลาคม ๒๕๖๘"],
            ["เรื่อง", "รายงาน"],
            ["เรียน", "นายกเทศมนตรี"],
            ["ที่", "รายการ"],
            [1, "ก"],
        ),
        "ก.xlsx",
    )
    assert shape(document) == [
        "บันทึกข้อความ",
        "ส่วนราชการ กองคลัง",
        "ที่ ลบ ๕๒๗๐๑/๑ วันที่ ๙ ตุลาคม ๒๕๖๘",
        "เรื่อง รายงาน",
        "เรียน นายกเทศมนตรี",
        [["ที่", "รายการ"], ["1", "ก"]],
    ]


def test_merged_cells_hold_their_words_in_every_place() -> None:
    def fill(book, sheet):
        plain = book.add_format()
        sheet.merge_range("A1:A2", "ที่", plain)
        sheet.merge_range("B1:C1", "ผลงาน", plain)
        sheet.write_row("B2", ["แผน", "จริง"])
        sheet.write_row("A3", [1, 2, 3])

    table = next(read(made(fill), "ก.xlsx").tables())
    assert texts(table) == [["ที่", "ผลงาน", "ผลงาน"], ["ที่", "แผน", "จริง"], ["1", "2", "3"]]
    assert [(cell.rows, cell.columns, cell.covered) for row in table.rows[:2] for cell in row.cells] == [
        (2, 1, False),
        (1, 2, False),
        (1, 1, True),
        (1, 1, True),
        (1, 1, False),
        (1, 1, False),
    ]


def test_filter_says_where_a_table_is() -> None:
    def fill(_, sheet):
        sheet.write_column("A1", ["ชื่อ", "สมชาย", "สมศรี"])
        sheet.autofilter("A1:A3")

    table = next(read(made(fill), "ก.xlsx").tables())
    assert (texts(table), table.heads) == ([["ชื่อ"], ["สมชาย"], ["สมศรี"]], 1)


def test_named_table_goes_over_its_empty_row() -> None:
    def fill(_, sheet):
        sheet.write_row("A4", ["x", "y"])
        sheet.add_table("A1:B4", {"columns": [{"header": "ก"}, {"header": "ข"}]})

    assert shape(read(made(fill), "ก.xlsx")) == [[["ก", "ข"], ["x", "y"]]]


# What a cell says


@pytest.mark.parametrize(
    ("number", "code", "words"),
    [
        (12.0, "General", "12"),
        (93.5, "General", "93.5"),
        (0.1 + 0.2, "General", "0.3"),
        (1234567890123, "General", "1234567890123"),
        (1e300, "General", "1E+300"),
        (-0.5, "0.00", "-0.50"),
        (92.225, "0.00", "92.23"),
        (12345.6, "#,##0.00", "12,345.60"),
        (0, "#,##0.00", "0.00"),
        (0.935, "0.0%", "93.5%"),
        (0.5, "0%", "50%"),
        (1000, "[$-D00041E]#,##0", "๑,๐๐๐"),
        (1000, "t#,##0", "๑,๐๐๐"),
        (7, "000", "007"),
        (5, '0 "คน"', "5 คน"),
        (1500, "[$฿-41E]#,##0.00", "฿1,500.00"),
        (-5, "#,##0;(#,##0)", "(5)"),
        (0, '0;-0;"-"', "-"),
        (0, '_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-', "-"),
        (1.5, "0.0##", "1.5"),
        (1.5, "# ?/?", "1.5"),
        (45939, "d/m/yyyy", "9 ตุลาคม 2568"),
        (45939, "[$-D07041E]d mmmm yyyy", "๙ ตุลาคม ๒๕๖๘"),
        (45939, "[$-107041E]d mmm yy", "9 ต.ค. 2568"),
        (45939.5, "d/m/yyyy h:mm", "9 ตุลาคม 2568 12:00"),
        (0.75, "h:mm", "18:00"),
        (1.5, "[h]:mm", "36:00"),
        (244266, "d/m/yyyy", "9 ตุลาคม 2568"),
        (99999999, "d/m/yyyy", "99999999"),
    ],
)
def test_number_is_shown_as_a_person_sees_it(number: float, code: str, words: str) -> None:
    assert entry_of(number, code).words == words


def test_values_keep_their_types() -> None:
    def fill(book, sheet):
        sheet.write_row(0, 0, ["ก", 12.5, True])
        sheet.write_datetime(0, 3, datetime(2025, 10, 9), book.add_format({"num_format": "d/m/yyyy"}))
        sheet.write_datetime(1, 3, datetime(2568, 10, 9), book.add_format({"num_format": "d/m/yyyy"}))
        sheet.write_string(1, 0, "ข")

    document = read(made(fill), "ก.xlsx")
    first, second = next(document.tables()).rows
    assert [cell.raw for cell in first.cells] == ["ก", "12.5", "TRUE", "9 ตุลาคม 2568"]
    assert [cell.value for cell in first.cells] == [None, Decimal("12.5"), None, date(2025, 10, 9)]
    assert (second.cells[3].raw, second.cells[3].value) == ("9 ตุลาคม 2568", date(2025, 10, 9))
    assert [(each.code, each.where.row) for each in document.problems] == [("DATE_YEAR_TYPED_BE", 2)]


def test_lines_boxes_and_signs_of_a_cell_are_kept() -> None:
    words = "ก <b> & ข\n☑ เสร็จ ☐ ยัง\n•\u00a0ข้อหนึ่ง\n\u00a0\u00a0ข้อสอง\n\u00a0ต่อบรรทัด"
    cell = next(read(grid([words, "**x**"], ["1", "2"]), "ก.xlsx").tables()).rows[0].cells[0]
    assert cell.lines == (
        Line("ก <b> & ข"),
        Line("เสร็จ", Mark.TICKED),
        Line("ยัง", Mark.UNTICKED),
        Line("ข้อหนึ่ง", Mark.ITEM, in_list=True),
        Line("ข้อสอง ต่อบรรทัด", in_list=True, breaks=(7,)),
    )


@pytest.mark.parametrize("words", ["=1+1", "+66", "-5 คน", "@ทุกคน"])
def test_words_that_look_like_a_formula_come_back_as_they_were(words: str) -> None:
    document = read(grid([words, f"'{words}"], ["ก", "'ข"]), "ก.xlsx")
    assert texts(next(document.tables())) == [[words, words], ["ก", "'ข"]]


def test_escapes_runs_and_readings_of_shared_words() -> None:
    strings = (
        f'<sst xmlns="{MAIN}"><si><t>a_x000D_b_x005F_x0041_</t></si>'
        "<si><r><t>ราย</t></r><r><t>การ</t></r><rPh><t>xx</t></rPh></si></sst>"
    )
    link = '<Relationship Id="r2" Type="x/sharedStrings" Target="sharedStrings.xml"/>'
    cells = '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>9</v></c></row>'
    document = read(package(sheet_xml(cells), rest={"xl/sharedStrings.xml": strings}, links=link), "ก.xlsx")
    assert shape(document) == [[["a / b_x0041_", "รายการ"]]]


def test_cells_without_places_and_strict_names_are_read() -> None:
    data = '<row><c t="inlineStr"><is><t>ก</t></is></c><c><v>1</v></c></row><row r="3"><c r="B3"><v>2</v></c><c><v>3</v></c></row>'
    assert shape(read(package(sheet_xml(data, namespace=STRICT)), "ก.xlsx")) == [[["ก", "1"]], [["2", "3"]]]


def test_values_agree_with_another_reader() -> None:
    content = grid(["ก", 1.25, 1e6], ["=ข", 0.1, -3], ["ค\nง", 7, 2.5])
    others = load_workbook(BytesIO(content)).get_sheet_by_index(0).to_python()
    ours = [
        [cell.value if cell.value is not None else cell.raw for cell in row.cells]
        for row in next(read(content, "ก.xlsx").tables()).rows
    ]
    assert [[float(each) if isinstance(each, Decimal) else each for each in row] for row in ours] == others


# What is noticed


def test_hidden_sheet_rows_and_columns_are_read_and_said() -> None:
    def fill(book, sheet):
        for row in range(6):
            sheet.write_row(row, 0, [f"ก{row}", "ข", "ค"])
        for row in (2, 3, 5, 900):
            sheet.set_row(row, None, None, {"hidden": True})
        sheet.set_column(1, 1, None, None, {"hidden": True})
        hidden = book.add_worksheet("ลับ")
        hidden.write_string(0, 0, "ซ่อน")
        hidden.hide()

    document = read(made(fill), "ก.xlsx")
    assert len(next(document.tables()).rows) == 6
    assert shape(document)[-1] == "ซ่อน"
    assert [(each.code, each.where, each.evidence) for each in document.problems] == [
        ("HIDDEN_ROWS", Where("ก.xlsx", page=1, row=3), ("แถว 3-4", "แถว 6")),
        ("HIDDEN_COLUMNS", Where("ก.xlsx", page=1, column=2), ("คอลัมน์ 2",)),
        ("HIDDEN_SHEET", Where("ก.xlsx", page=2), ("ลับ",)),
    ]


def test_formula_gives_its_saved_value_and_errors_are_said() -> None:
    def fill(_, sheet):
        sheet.write_row(0, 0, ["ก", "ข", "ค"])
        sheet.write_formula(1, 0, "=1+1", None, 2)
        sheet.write_formula(1, 1, "=1/0", None, "#DIV/0!")

    document = read(made(fill), "ก.xlsx")
    assert shape(document) == [[["ก", "ข", "ค"], ["2", "#DIV/0!", ""]]]
    assert [(each.code, each.where.column, each.evidence) for each in document.problems] == [
        ("FORMULA_ERROR", 2, ("#DIV/0!",))
    ]


def test_formula_saved_without_a_value_is_said() -> None:
    data = '<row r="1"><c r="A1" t="inlineStr"><is><t>รวม</t></is></c><c r="B1"><f>SUM(C1:C9)</f></c></row>'
    document = read(package(sheet_xml(data)), "ก.xlsx")
    assert [(each.code, each.where.row, each.where.column) for each in document.problems] == [
        ("FORMULA_NOT_COMPUTED", 1, 2)
    ]


def test_links_comments_boxes_and_chart_sheets_are_said() -> None:
    def fill(book, sheet):
        sheet.write_url("A1", "https://example.org/a", string="ลิงก์")
        sheet.write_comment("B1", "ตรวจแล้ว")
        sheet.insert_textbox("D2", "กล่องข้อความ")
        sheet.write_number("A5", 3)
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=งบ!$A$5:$A$5"})
        book.add_chartsheet("แผนภูมิ").set_chart(chart)

    document = read(made(fill), "ก.xlsx")
    assert shape(document) == ["ลิงก์", "3", "กล่องข้อความ"]
    assert [(each.code, each.evidence) for each in document.problems] == [
        ("PICTURES_NOT_READ", ("แผนภูมิ",)),
        ("EXTERNAL_LINK", ("https://example.org/a",)),
        ("PICTURES_NOT_READ", ("1 รูป",)),
        ("COMMENT", ("ตรวจแล้ว",)),
    ]


def test_macro_and_link_to_another_workbook_are_said_and_left_alone() -> None:
    link = '<Relationship Id="r3" Type="x/externalLink" Target="externalLinks/externalLink1.xml"/>'
    rest = {
        "xl/vbaProject.bin": "x",
        "xl/externalLinks/externalLink1.xml": "<externalLink/>",
        "xl/externalLinks/_rels/externalLink1.xml.rels": '<Relationships><Relationship Id="r1" Type="x/externalLinkPath" Target="file:///C:/งบ.xlsx" TargetMode="External"/></Relationships>',
    }
    document = read(package(sheet_xml("<row><c><v>1</v></c></row>"), rest=rest, links=link), "ก.xlsm")
    assert [(each.code, each.evidence) for each in document.problems] == [
        ("MACRO_IGNORED", ()),
        ("EXTERNAL_CONTENT", ("file:///C:/งบ.xlsx",)),
    ]
