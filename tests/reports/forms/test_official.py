"""Filling in a made-up form of a commission: only values change, in the cells below the heads."""

import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
import python_calamine
import xlsxwriter
from lxml import etree

from prongsai.documents.plain import plain
from prongsai.errors import FileUnusable, RecordsInvalid
from prongsai.reports.forms.columns import Column, Columns
from prongsai.reports.forms.official import UNOFFICIAL, fill, look_alike
from prongsai.reports.forms.sheet_xml import column_letters, column_number
from prongsai.reports.forms.values import Kind

SHEET = "xl/worksheets/sheet1.xml"
ROW = {
    "ที่": 1,
    "ปีงบประมาณ": 2569,
    "ชื่อรายการของงานที่ซื้อหรือจ้าง": "จ้างซ่อมถนน <หมู่ ๓> & ทางเท้า",
    "วงเงินงบประมาณที่ได้รับจัดสรร (บาท)": Decimal("1250000.50"),
    "สถานะการจัดซื้อจัดจ้าง": "ลงนามในสัญญาแล้ว",
    "วันที่ลงนาม": date(2025, 11, 20),
    "เลขที่โครงการในระบบ e-GP": "-",
}


def form(example: bool = False, head_extra: str = "", rows: int = 6) -> bytes:
    """Build a form as a commission would: title, merged heads over two rows, validations, formats, a second sheet."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": datetime(2026, 1, 5)})  # else the moment it is built: no two forms were the same
    title, head = (
        book.add_format({"bold": True, "font_size": 18}),
        book.add_format({"bold": True, "border": 1, "bg_color": "#DDEEFF"}),
    )
    plain_cell, money = book.add_format({"border": 1}), book.add_format({"border": 1, "num_format": "#,##0.00"})
    day = book.add_format({"border": 1, "num_format": "d/mm/yyyy"})
    sheet = book.add_worksheet("แบบรายการ")
    sheet.merge_range("A1:G1", "แบบรายงานรายการจัดซื้อจัดจ้าง (ตัวอย่างสำหรับทดสอบ)", title)
    sheet.write("A2", "คำชี้แจง: กรอกทุกช่อง")
    for column, text in (
        ("A", "ที่"),
        ("B", "ปีงบประมาณ"),
        ("C", "ชื่อรายการของงานที่ซื้อหรือจ้าง"),
        ("G", "เลขที่โครงการในระบบ e-GP"),
    ):
        sheet.merge_range(f"{column}3:{column}4", text, head)
    sheet.merge_range("D3:F3", "การจัดหา", head)
    for column, text in (("D", "วงเงินงบประมาณที่ได้รับจัดสรร (บาท)"), ("E", "สถานะการจัดซื้อจัดจ้าง"), ("F", "วันที่ลงนาม")):
        sheet.write(f"{column}4", text, head)
    if head_extra:
        sheet.write("H4", head_extra, head)
    styles = (plain_cell, plain_cell, plain_cell, money, plain_cell, day, plain_cell)
    for row in range(4, 4 + rows):
        for column, style in enumerate(styles):
            sheet.write_blank(row, column, None, style)
    if example:
        sheet.write("C5", "ตัวอย่าง จ้างขุดลอก", plain_cell)
    sheet.write("C20", "หมายเหตุ ห้ามแก้ไขแบบ")
    sheet.write_formula("D21", "=SUM(D5:D19)", money, 999)
    sheet.data_validation("E5:E19", {"validate": "list", "source": ["ลงนามในสัญญาแล้ว", "อยู่ระหว่างดำเนินการ"]})
    sheet.conditional_format("D5:D19", {"type": "cell", "criteria": ">", "value": 500000, "format": head})
    sheet.freeze_panes(4, 0)
    sheet.set_column("C:C", 40)
    book.add_worksheet("ภาคผนวก").write("A1", "รหัสสถานะ")
    book.close()
    return out.getvalue()


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as bundle:
        return {name: bundle.read(name) for name in bundle.namelist()}


def values(content: bytes, sheet: int = 0) -> list[list[object]]:
    return (
        python_calamine.CalamineWorkbook.from_filelike(BytesIO(content))
        .get_sheet_by_index(sheet)
        .to_python(skip_empty_area=False)
    )


def told(rows, content=None) -> list[tuple[str, str]]:
    with pytest.raises(RecordsInvalid) as raised:
        fill(content or form(), "แบบ.xlsx", rows)
    return [(problem.code, problem.message_th) for problem in raised.value.problems]


def test_values_stand_below_their_heads():
    filled = values(fill(form(), "แบบ.xlsx", [ROW, ROW | {"ที่": 2, "วันที่ลงนาม": date(2025, 12, 1)}]))
    assert filled[4] == [1.0, 2569.0, "จ้างซ่อมถนน <หมู่ ๓> & ทางเท้า", 1250000.5, "ลงนามในสัญญาแล้ว", date(2025, 11, 20), "-"]
    assert filled[5][0] == 2.0
    assert filled[5][5] == date(2025, 12, 1)
    assert filled[19][2] == "หมายเหตุ ห้ามแก้ไขแบบ"


def test_all_other_parts_stay_byte_for_byte_in_their_order():
    before = form()
    after = fill(before, "แบบ.xlsx", [ROW])
    assert list(parts(before)) == list(parts(after))
    assert {name: content for name, content in parts(before).items() if name != SHEET} == {
        name: content for name, content in parts(after).items() if name != SHEET
    }
    infos = [
        [(e.filename, e.date_time, e.compress_type, e.external_attr) for e in zipfile.ZipFile(BytesIO(c)).infolist()]
        for c in (before, after)
    ]
    assert infos[0] == infos[1]


def test_layout_of_the_sheet_stays():
    before, after = (etree.fromstring(parts(content)[SHEET]) for content in (form(), fill(form(), "แบบ.xlsx", [ROW])))
    for name in (
        "sheetViews",
        "sheetFormatPr",
        "cols",
        "mergeCells",
        "conditionalFormatting",
        "dataValidations",
        "pageMargins",
        "dimension",
    ):
        pair = [[etree.tostring(each, method="c14n") for each in root.iter(f"{{*}}{name}")] for root in (before, after)]
        assert pair[0] == pair[1], name
        assert pair[0], name
    rows = [[(row.get("r"), row.get("ht")) for row in root.iter("{*}row")] for root in (before, after)]
    assert rows[0] == rows[1]
    styles = [{c.get("r"): c.get("s") for c in root.iter("{*}c")} for root in (before, after)]
    assert styles[0] == styles[1]


def test_untouched_cells_keep_their_xml():
    before, after = (etree.fromstring(parts(content)[SHEET]) for content in (form(), fill(form(), "แบบ.xlsx", [ROW])))
    cells = [{c.get("r"): etree.tostring(c, method="c14n") for c in root.iter("{*}c")} for root in (before, after)]
    changed = {place for place in cells[0] if cells[0][place] != cells[1][place]}
    assert changed == {"A5", "B5", "C5", "D5", "E5", "F5", "G5", "D21"}


def test_formula_stays_and_its_old_result_goes():
    cell = next(
        c for c in etree.fromstring(parts(fill(form(), "แบบ.xlsx", [ROW]))[SHEET]).iter("{*}c") if c.get("r") == "D21"
    )
    assert [each.tag.rpartition("}")[2] for each in cell] == ["f"]
    assert cell[0].text == "SUM(D5:D19)"


def test_rows_beyond_the_prepared_ones_look_like_them():
    content = fill(form(rows=1), "แบบ.xlsx", [ROW | {"ที่": number} for number in range(1, 9)])
    root = etree.fromstring(parts(content)[SHEET])
    styles = {c.get("r"): c.get("s") for c in root.iter("{*}c")}
    assert [styles[f"D{row}"] for row in range(6, 13)] == [styles["D5"]] * 7
    assert [row[0] for row in values(content)[4:12]] == [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0]
    numbers = [int(row.get("r")) for row in root.iter("{*}row")]
    assert numbers == sorted(numbers)


def test_words_that_look_like_a_formula_stay_words():
    content = fill(form(), "แบบ.xlsx", [ROW | {"เลขที่โครงการในระบบ e-GP": "=1+1"}])
    cell = next(c for c in etree.fromstring(parts(content)[SHEET]).iter("{*}c") if c.get("r") == "G5")
    assert (cell.get("t"), cell.findtext(".//{*}t"), cell.find("{*}f")) == ("inlineStr", "=1+1", None)


def test_blank_cells_are_all_named_by_row_and_column():
    blank = ROW | {"เลขที่โครงการในระบบ e-GP": " ", "สถานะการจัดซื้อจัดจ้าง": None}
    assert told([ROW, blank]) == [
        ("OFFICIAL_CELL_BLANK", "แบบรายการ!E6: แถวที่ 2: สถานะการจัดซื้อจัดจ้าง ยังว่าง"),
        ("OFFICIAL_CELL_BLANK", "แบบรายการ!G6: แถวที่ 2: เลขที่โครงการในระบบ e-GP ยังว่าง"),
    ]


def test_column_without_data_and_data_without_column_are_named():
    rows = [{key: value for key, value in ROW.items() if key != "ปีงบประมาณ"} | {"หมายเลขทะเบียนรถ": "กข ๑"}]
    assert told(rows) == [
        ("OFFICIAL_COLUMN_EMPTY", "แบบรายการ!B5: ไม่มีข้อมูลสำหรับคอลัมน์ ปีงบประมาณ"),
        ("OFFICIAL_DATA_UNPLACED", "แบบรายการ!4: แบบไม่มีคอลัมน์สำหรับ หมายเลขทะเบียนรถ"),
    ]


def test_value_is_never_put_below_a_head_that_is_only_nearly_its_own():
    rows = [{key: value for key, value in ROW.items() if key != "วันที่ลงนาม"} | {"วันที่ส่งมอบ": date(2026, 1, 1)}]
    assert told(rows) == [
        ("OFFICIAL_COLUMN_EMPTY", "แบบรายการ!F5: ไม่มีข้อมูลสำหรับคอลัมน์ วันที่ลงนาม"),
        ("OFFICIAL_DATA_UNPLACED", "แบบรายการ!4: แบบไม่มีคอลัมน์สำหรับ วันที่ส่งมอบ"),
    ]


def test_new_column_of_this_years_form_is_named():
    assert told([ROW], form(head_extra="แหล่งที่มาของงบประมาณ")) == [
        ("OFFICIAL_COLUMN_EMPTY", "แบบรายการ!H5: ไม่มีข้อมูลสำหรับคอลัมน์ แหล่งที่มาของงบประมาณ")
    ]


def test_cell_that_holds_something_is_never_overwritten():
    assert told([ROW], form(example=True)) == [("OFFICIAL_CELL_TAKEN", "แบบรายการ!C5: ช่องนี้มี “ตัวอย่าง จ้างขุดลอก” อยู่แล้ว")]
    many = [ROW | {"ที่": number} for number in range(1, 18)]
    assert told(many) == [
        ("OFFICIAL_CELL_TAKEN", "แบบรายการ!C20: ช่องนี้มี “หมายเหตุ ห้ามแก้ไขแบบ” อยู่แล้ว"),
        ("OFFICIAL_CELL_TAKEN", "แบบรายการ!D21: ช่องนี้มี “999” อยู่แล้ว"),
    ]


def test_filling_twice_with_the_same_rows_is_allowed():
    once = fill(form(), "แบบ.xlsx", [ROW | {"วันที่ลงนาม": "-"}])
    assert values(fill(once, "แบบ.xlsx", [ROW | {"วันที่ลงนาม": "-"}])) == values(once)


def test_sheet_is_chosen_by_name():
    assert values(fill(form(), "แบบ.xlsx", [ROW], sheet="แบบรายการ"))[4][0] == 1.0
    with pytest.raises(FileUnusable):
        fill(form(), "แบบ.xlsx", [ROW], sheet="ภาคผนวก")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"a,b\n1,2"])
def test_what_is_no_workbook_is_refused(content):
    with pytest.raises(FileUnusable):
        fill(content, "แบบ.xlsx", [ROW])


def test_workbook_with_macros_is_refused():
    out = BytesIO(form())
    with zipfile.ZipFile(out, "a") as bundle:
        bundle.writestr("xl/vbaProject.bin", b"x")
    with pytest.raises(FileUnusable) as raised:
        fill(out.getvalue(), "แบบ.xlsx", [ROW])
    assert "มีมาโคร" in raised.value.message_th


@pytest.mark.parametrize(("number", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA")])
def test_column_letters(number, letters):
    assert (column_letters(number), column_number(letters)) == (letters, number)


@dataclass(frozen=True)
class Work:
    work: str
    budget: Decimal


def test_look_alike_is_marked_unofficial_on_every_page():
    columns = Columns((Column("work", heads=("งาน",)), Column("budget", Kind.MONEY, heads=("วงเงิน",))))
    document = look_alike("รายการจัดซื้อจัดจ้าง", columns, [Work("ซ่อมถนน", Decimal("10"))])
    assert document.setup.mark == UNOFFICIAL == "แบบจำลอง ไม่ใช่แบบทางการ"
    assert [[cell.text for cell in row.cells] for table in plain(document).tables() for row in table.rows] == [
        ["งาน", "วงเงิน"],
        ["ซ่อมถนน", "10.00"],
    ]
