"""Registers as spreadsheets: what is written is harmless and read back, what is read names heads, rows and cells."""

from __future__ import annotations

import base64
import csv
import io
import json
import lzma
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

import pytest
from xlsxwriter import Workbook

from prongsai.documents.read import read_content
from prongsai.errors import FileUnusable, LimitExceeded
from prongsai.registers.load import library, of_year
from prongsai.registers.model import FieldType
from prongsai.registers.sheet_template import choices_of, example_of
from prongsai.registers.sheets import cell_name, csv_text, json_text, rows_of, template, workbook
from prongsai.registers.tables import Table, table
from prongsai.registers.values import read
from tests.documents.read.test_sheets_other import OLD
from tests.registers.build import field, register

THINGS = register(
    field("name", "text", "รายการ", required=True, heads=("ชื่อ",)),
    field("bought_on", "date", "วันที่ซื้อ"),
    field("price", "money", "ราคา (บาท)", label_en="Price"),
    field("kind", "choice", "ประเภท", choices={"a": "ของใช้", "b": "ของเล่น"}),
    field("note", "long_text", "หมายเหตุ", open="secret"),
    dated_by="bought_on",
)
HEAD = ("รายการ", "วันที่ซื้อ", "ราคา")
DANGERS = ("=1+1", "+66 ก", "-ไม่มี", "@SUM(A1)", "\tก", "\rก", "=cmd|' /C calc'!A0")


def xlsx(sheets: Mapping[str, Sequence[Sequence[object]]], merges: Sequence[str] = ()) -> bytes:
    """A workbook of Excel; a datetime is written as a day."""
    target = io.BytesIO()
    book = Workbook(target, {"in_memory": True})
    day = book.add_format({"num_format": "d/m/yyyy"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, datetime):
                    sheet.write_datetime(row, column, cell, day)
                elif cell is not None:
                    sheet.write(row, column, cell)
        for one in merges:
            sheet.merge_range(one, str(rows[int(one[1]) - 1][ord(one[0]) - 65]))
    book.close()
    return target.getvalue()


def rows(content: bytes, name: str = "ตาราง.xlsx", of=THINGS, **labels: str) -> list[tuple[int, list[str]]]:
    return list(rows_of(content, name, of, labels).rows)


def refused(content: bytes, name: str = "ตาราง.xlsx", of=THINGS) -> FileUnusable:
    with pytest.raises(FileUnusable) as caught:
        list(rows_of(content, name, of).rows)
    return caught.value


# --- written --------------------------------------------------------------------------------------------------------
def test_workbook_keeps_formulas_as_words_and_numbers_as_numbers():
    made = workbook(
        [Table(("ก", "ราคา"), tuple((each, "1,250.00") for each in DANGERS), numeric=(False, True))], "ตาราง"
    )
    with zipfile.ZipFile(io.BytesIO(made)) as bundle:
        sheet = bundle.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet and sheet.count("<v>1250</v>") == len(DANGERS)
    read_back = read_content(made, "ก.xlsx")
    assert [problem.code for problem in read_back.problems] == []


def test_workbook_gives_the_same_bytes_and_sheets_that_excel_opens():
    tables = {"ก/ข[1]": Table(("ก",), ()), "ก ข 1": Table(("ก",), (("ข",),)), "": Table(("ก",), ())}
    assert workbook(tables, "ชื่อ") == workbook(tables, "ชื่อ")
    with zipfile.ZipFile(io.BytesIO(workbook(tables, "ชื่อ"))) as bundle:
        names = bundle.read("xl/workbook.xml").decode()
    assert [name in names for name in ('name="ก ข 1"', 'name="ก ข 1 2"', 'name="ตาราง"')] == [True] * 3


def test_workbook_cuts_a_cell_that_no_workbook_holds_and_drops_what_cannot_be_printed():
    made = workbook([Table(("ก",), (("ย" * 40_000,), ("ก\x00ข\ufffeค",)))], "ตาราง")
    found = rows(made, of=register(field("ก", "long_text")))
    assert [len(cells[0]) for _, cells in found] == [32_767, 3]
    assert found[0][1][0].endswith("(ยาวเกินหนึ่งช่อง ตัดแล้ว)")


def test_csv_has_its_mark_and_windows_lines_and_no_formula():
    text = csv_text(Table(("ก", "ข"), (*((each, "-1,250.00") for each in DANGERS), (" =1+1", "+5"))))
    assert text.startswith("\ufeffก,ข\r\n") and text.endswith("\r\n")
    found = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))[1:]
    assert [row[0] for row in found] == [f"'{each}" for each in (*DANGERS, " =1+1")]
    assert [row[1] for row in found] == ["-1,250.00"] * len(DANGERS) + ["'+5"]


def test_csv_apostrophe_is_taken_away_again_when_read():
    text = csv_text(Table(("รายการ", "ราคา"), tuple((each, "1") for each in ("=1+1", "-ไม่มี", "'ก"))))
    assert [cells[0] for _, cells in rows(text.encode(), "ก.csv")] == ["=1+1", "-ไม่มี", "'ก"]


def test_json_gives_keys_iso_dates_and_exact_numbers():
    values = {"name": "ตู้", "bought_on": date(2026, 3, 31), "price": Decimal("1250.00"), "kind": "a", "note": "ลับ"}
    told = json.loads(json_text(THINGS, [(values, "kept")]))
    assert told["register"] == "things"
    assert told["rows"] == [
        {
            "name": "ตู้",
            "bought_on": "2026-03-31",
            "price": "1250.00",
            "kind": "a",
            "note": "ปกปิด",
            "state": "kept",
        }
    ]
    public = json.loads(json_text(THINGS, [(values, "kept"), (values, "withdrawn")], audience="public"))
    assert [list(row) for row in public["rows"]] == [["name", "bought_on", "price", "kind"]]


def test_json_masks_what_is_masked_for_the_public():
    people = register(field("who", "text", "ผู้ขอ", open="masked"), field("tel", "phone", "โทร", open="masked"))
    values = {"who": "นายสมชาย ใจดี", "tel": "08-1234-5678"}
    assert json.loads(json_text(people, [(values, "kept")], audience="public"))["rows"] == [
        {"who": "นาย ส***", "tel": "xx-xxxx-5678"}
    ]


# --- the template ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("one", library(), ids=lambda one: f"{one.id}-{one.since_be}")
def test_template_of_every_register_has_choices_and_an_example_that_its_fields_take(one):
    for each in one.fields_at(""):
        example = example_of(each)
        if each.type is not FieldType.FILE and example:
            assert read(each, example) is not None
        if each.choices:
            assert [read(each, label) for label in choices_of(each)] != []


def test_template_is_read_back_by_every_head_and_its_other_sheets_are_passed_over():
    gifts = of_year("gifts", 0)
    labels = {"giver": "ชื่อผู้ให้ของ"}
    sheet = rows_of(template(gifts, labels), "แบบ.xlsx", gifts, labels)
    assert list(sheet.columns) == [one.key for one in gifts.fields_at("") if one.type is not FieldType.FILE]
    assert (sheet.unused, list(sheet.rows)) == ((), [])
    assert sheet.head[:4] == ("วันที่รับ *", "ผู้รับ *", "ส่วนราชการ *", "ชื่อผู้ให้ของ *")
    with zipfile.ZipFile(io.BytesIO(template(gifts))) as bundle:
        assert [f'name="{name}"' in bundle.read("xl/workbook.xml").decode() for name in ("ตัวอย่าง", "คำอธิบาย")] == [
            True,
            True,
        ]
        assert 'type="list"' in bundle.read("xl/worksheets/sheet1.xml").decode()


# --- heads ----------------------------------------------------------------------------------------------------------
def test_cell_is_named_as_programs_name_it():
    assert [cell_name(2, 5), cell_name(0, 1), cell_name(25, 9), cell_name(26, 9), cell_name(16_383, 2)] == [
        "C5", "A1", "Z9", "AA9", "XFD2",
    ]  # fmt: skip


def test_head_is_found_under_titles_by_labels_other_heads_keys_and_the_offices_names():
    title = [["ทะเบียนสิ่งของ"], ["เทศบาลตำบลบ้านสวนพลู"], []]
    for head in (
        ("รายการ *", "วันที่ซื้อ", "ราคา"),
        ("ชื่อ", "bought_on", "PRICE"),
        (" ร า ย ก า ร ", "วันที่ซื้อ (วัน/เดือน/ปี)", "ราคา(บาท)"),
        ("ของ", "วันซื้อ", "ราคา [รวมภาษี]"),
    ):
        content = xlsx({"ก": [*title, head, ("ตู้", "1/2/2569", 5)]})
        sheet = rows_of(content, "ก.xlsx", THINGS, {"name": "ของ", "bought_on": "วันซื้อ"})
        assert dict(sheet.columns) == {"name": 0, "bought_on": 1, "price": 2}
        assert list(sheet.rows) == [(5, ["ตู้", "1/2/2569", "5"])]


def test_head_is_looked_for_in_the_first_twenty_rows():
    assert len(rows(xlsx({"ก": [*[["บันทึก"]] * 19, HEAD, ("ตู้", None, 5)]}))) == 1
    told = refused(xlsx({"ก": [*[["บันทึก"]] * 20, HEAD, ("ตู้", None, 5)]}))
    assert told.message_th == "ไม่พบหัวตารางของทะเบียนนี้ใน 20 แถวแรกของ ตาราง.xlsx"
    assert "รายการ, วันที่ซื้อ, ราคา (บาท)" in told.mend_th


def test_unknown_columns_are_told_and_a_second_column_of_a_field_is_refused():
    sheet = rows_of(xlsx({"ก": [("ที่", *HEAD, "ลายเซ็น"), (1, "ตู้", None, 5)]}), "ก.xlsx", THINGS)
    assert sheet.unused == ("ที่", "ลายเซ็น")
    told = refused(xlsx({"ก": [("รายการ", "ราคา", "รายการ"), ("ตู้", 5, "โต๊ะ")]}))
    assert told.message_th == "หัวคอลัมน์ “รายการ” ซ้ำกันที่ช่อง A1 และ C1"


def test_heads_over_two_rows_are_read_through_their_merges():
    head = [["รายการ", "วันที่ซื้อ", "ราคา", None], [None, None, "ราคา", "ประเภท"]]
    content = xlsx({"ก": [*head, ["ตู้", "1/2/2569", 5, "ของใช้"]]}, merges=("A1:A2", "B1:B2"))
    sheet = rows_of(content, "ก.xlsx", THINGS)
    assert dict(sheet.columns) == {"name": 0, "bought_on": 1, "price": 2, "kind": 3}
    assert list(sheet.rows) == [(3, ["ตู้", "1/2/2569", "5", "ของใช้"])]


def test_table_on_several_sheets_is_refused_and_an_empty_one_is_no_table():
    part = [HEAD, ("ตู้", None, 5)]
    assert (
        refused(xlsx({"ม.ค.": part, "ก.พ.": part})).message_th
        == "ตาราง.xlsx มีตารางของทะเบียนนี้หลายแผ่นงาน: “ม.ค.”, “ก.พ.”"
    )
    assert len(rows(xlsx({"ว่าง": [HEAD], "ม.ค.": part, "ตัวอย่าง": part, "คำอธิบาย": part}))) == 1


# --- rows -----------------------------------------------------------------------------------------------------------
def test_rows_that_are_none_are_passed_over_and_the_others_keep_their_numbers():
    body = [
        ("(1)", "(2)", "(3)"),
        ("กองคลัง", None, None),
        ("ตู้", "1/2/2569", 5),
        (),
        HEAD,
        ("โต๊ะ", None, 7),
        ("รวมทั้งสิ้น", None, 12),
    ]
    found = rows(xlsx({"ก": [HEAD, *body]}, merges=("A3:C3",)))
    assert found == [(4, ["ตู้", "1/2/2569", "5"]), (7, ["โต๊ะ", "", "7"])]


def test_cells_merged_downwards_stand_in_every_row():
    found = rows(xlsx({"ก": [HEAD, ("ตู้", "1/2/2569", 5), ("โต๊ะ", None, 7)]}, merges=("B2:B3",)))
    assert found == [(2, ["ตู้", "1/2/2569", "5"]), (3, ["โต๊ะ", "1/2/2569", "7"])]


def test_days_are_days_whether_the_year_was_typed_be_or_ce():
    cells = [datetime(2026, 3, 31), datetime(2569, 3, 31), datetime(2026, 3, 31, 9, 30)]
    found = rows(xlsx({"ก": [HEAD, *(("ตู้", day, 5) for day in cells)]}))
    assert [row[1] for _, row in found] == ["2026-03-31", "2026-03-31", "2026-03-31 09:30"]


def test_numbers_are_bare_digits_and_leading_zeros_stay():
    target = io.BytesIO()
    book = Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet()
    for column, head in enumerate(HEAD):
        sheet.write_string(0, column, head)
    cases = (
        (1250.5, "#,##0.00"),
        (0.125, "0.0%"),
        (812345678, "0000000000"),
        (1102000000001, "General"),
        (0.1 + 0.2, ""),
    )
    for row, (number, code) in enumerate(cases, 1):
        sheet.write_string(row, 0, "ตู้")
        sheet.write_number(row, 2, number, book.add_format({"num_format": code} if code else {}))
    book.close()
    assert [cells[2] for _, cells in rows(target.getvalue())] == [
        "1250.5", "12.5", "0812345678", "1102000000001", "0.3",
    ]  # fmt: skip


def test_the_same_table_is_read_from_every_format():
    lines = ["รายการ,วันที่ซื้อ,ราคา", '"ตู้, ใหญ่",1/2/2569,"1,250.50"', "โต๊ะ,,7"]
    text = "\n".join(lines)
    wanted = [(2, ["ตู้, ใหญ่", "1/2/2569", "1,250.50"]), (3, ["โต๊ะ", "", "7"])]
    for encoding in ("utf-8", "utf-8-sig", "cp874", "utf-16"):
        assert rows(text.encode(encoding), "ก.csv") == wanted
    pasted = "รายการ\tวันที่ซื้อ\tราคา\nตู้, ใหญ่\t1/2/2569\t1,250.50\nโต๊ะ\t\t7"
    assert rows(pasted.encode(), "วาง.csv") == rows(pasted.encode(), "วาง.txt") == wanted
    assert rows(f"sep=;\n{text.replace(',', ';', 2)}".encode(), "ก.csv")[-1][0] == 3


def test_ods_rows_and_cells_may_be_repeated():
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    day = '<table:table-cell office:value-type="date" office:date-value="2026-03-31"><text:p>31/03/69</text:p></table:table-cell>'
    number = (
        '<table:table-cell office:value-type="float" office:value="1250.5"><text:p>1,250.50</text:p></table:table-cell>'
    )
    body = "".join(
        (
            f"<table:table-row>{''.join(map(cell.format, HEAD))}</table:table-row>",
            '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>',
            f'<table:table-row table:number-rows-repeated="2">{cell.format("ตู้")}{day}{number}</table:table-row>',
            '<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>',
        )
    )
    wanted = ["ตู้", "2026-03-31", "1250.5"]
    assert rows(_ods(body), "ก.ods") == [(5, wanted), (6, wanted)]


def _ods(body: str) -> bytes:
    names = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<office:document-content xmlns:office="{names}:office:1.0" xmlns:table="{names}:table:1.0" '
        f'xmlns:text="{names}:text:1.0"><office:body><office:spreadsheet><table:table table:name="ก">{body}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        bundle.writestr("content.xml", content)
    return target.getvalue()


def test_old_workbook_is_read_with_its_days_and_merges():
    told = register(field("what", "text", "รายการ"), field("sum", "text", "จำนวนเงิน"), field("part", "text", "ร้อยละ"))
    assert rows(lzma.decompress(base64.b64decode(OLD)), "เก่า.xls", told) == [
        (4, ["1", "ค่าจ้าง\nรายเดือน", "12345.5", "45.67"]),
        (5, ["2", "ค่าไฟ", "1000", "#DIV/0!"]),
        (6, ["3", "รวมสองแถว", "2025-10-09", ""]),
        (7, ["", "รวมสองแถว", "2025-10-09", ""]),
    ]


# --- hostile sheets -------------------------------------------------------------------------------------------------
def _xlsx_of(sheet: str, **others: str) -> bytes:
    """A workbook whose one sheet is this XML."""
    part = xlsx({"ก": [HEAD, ("ตู้", None, 5)]})
    source, target = zipfile.ZipFile(io.BytesIO(part)), io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name in source.namelist():
            bundle.writestr(name, sheet if name.endswith("sheet1.xml") else others.get(name, source.read(name)))
    return target.getvalue()


def _sheet(body: str, extra: str = "") -> str:
    cells = "".join(
        f'<c r="{letter}1" t="inlineStr"><is><t>{head}</t></is></c>' for letter, head in zip("ABC", HEAD, strict=True)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f'{extra}<sheetData><row r="1">{cells}</row>{body}</sheetData></worksheet>'
    )


def test_formulas_are_never_run_and_one_without_a_saved_value_says_so():
    body = (
        '<row r="2"><c r="A2" t="str"><f>cmd|\'/C calc\'!A0</f><v>ตู้</v></c><c r="C2"><f>1+1</f><v>2</v></c></row>'
        '<row r="3"><c r="A3" t="inlineStr"><is><t>=cmd|\'/C calc\'!A0</t></is></c><c r="C3"><f>1+1</f></c></row>'
        '<row r="4"><c r="A4" t="e"><v>#REF!</v></c></row>'
    )
    assert rows(_xlsx_of(_sheet(body))) == [
        (2, ["ตู้", "", "2"]),
        (3, ["=cmd|'/C calc'!A0", "", "#FORMULA!"]),
        (4, ["#REF!", "", ""]),
    ]


def test_more_rows_and_columns_claimed_than_there_are_cost_nothing():
    body = '<row r="2"><c r="A2" t="inlineStr"><is><t>ตู้</t></is></c><c r="XFD2"/></row><row r="1048576"/>'
    claimed = _sheet(body, '<dimension ref="A1:XFD1048576"/><cols><col min="1" max="16384" width="9"/></cols>')
    assert rows(_xlsx_of(claimed)) == [(2, ["ตู้", "", ""])]


def test_words_in_the_last_column_are_refused_in_plain_words():
    body = '<row r="2"><c r="XFD2" t="inlineStr"><is><t>ก</t></is></c></row>'
    told = refused(_xlsx_of(_sheet(body)))
    assert isinstance(told, LimitExceeded)
    assert told.message_th == "ไฟล์ ตาราง.xlsx ใหญ่เกินไป: มีข้อมูลถึงคอลัมน์ที่ 16,384 ในแถวที่ 2 เกินขีดจำกัด 60 คอลัมน์"


def test_too_many_rows_are_refused_in_plain_words():
    text = "รายการ,ราคา\n" + "ตู้,5\n" * 100_001
    told = refused(text.encode(), "ก.csv")
    assert told.message_th == "ไฟล์ ก.csv ใหญ่เกินไป: มีเกิน 100,000 แถว เกินขีดจำกัด 100,000 แถว"
    assert told.mend_th == "แบ่งเป็นหลายไฟล์แล้วนำเข้าทีละไฟล์"


def test_too_large_a_file_is_not_even_opened():
    assert "20,000,000 ไบต์" in refused(b"x" * 20_000_001, "ก.csv").message_th


def test_bomb_entities_and_broken_files_are_refused():
    bomb = _xlsx_of(_sheet("<row>" + " " * 60_000_000 + "</row>"))
    assert isinstance(refused(bomb), LimitExceeded)
    entity = _sheet("").replace("<worksheet", '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><worksheet')
    assert refused(_xlsx_of(entity)).message_th == "ไฟล์ ตาราง.xlsx เสียหายหรือมาไม่ครบ"
    assert refused(xlsx({"ก": [HEAD]})[:2000]).message_th == "ไฟล์ ตาราง.xlsx เสียหายหรือมาไม่ครบ"
    assert refused(b"%PDF-1.7", "ก.xlsx").mend_th == "บันทึกเป็น .xlsx หรือ .csv แล้วลองใหม่"
    assert refused(b"", "ก.csv").message_th == "ไฟล์ ก.csv ว่างเปล่า"


def test_nul_becomes_another_control_character_and_marks_of_direction_stay_as_typed():
    body = '<row r="2"><c r="A2" t="inlineStr"><is><t>ต_x0000_ู้</t></is></c><c r="B2" t="inlineStr"><is><t>\u202eตู้\u200f</t></is></c></row>'
    assert rows(_xlsx_of(_sheet(body))) == [(2, ["ต\x1aู้", "\u202eตู้\u200f", ""])]
    assert refused("รายการ,ราคา\nต\x00ู้,5".encode(), "ก.csv").message_th == "ไฟล์ ก.csv ไม่ใช่ข้อความใน UTF-8 หรือ TIS-620"


def test_quote_that_is_never_closed_is_told_by_its_line():
    told = refused('รายการ,ราคา\nตู้,5\n"โต๊ะ,6\nเตียง,7\n'.encode(), "ก.csv")
    assert told.message_th == 'ไฟล์ ก.csv มีเครื่องหมายคำพูด (") ที่เปิดไว้ในบรรทัด 3 แล้วไม่ปิด'


def test_table_of_a_register_is_read_back_as_it_was():
    values = {"name": "=ตู้", "bought_on": date(2026, 3, 31), "price": Decimal("-1250.50"), "kind": "a"}
    made = table(THINGS, [(values, "kept")])
    for content, name in ((workbook([made], "ก"), "ก.xlsx"), (csv_text(made).encode(), "ก.csv")):
        sheet = rows_of(content, name, THINGS)
        (_, cells), *_ = list(sheet.rows)
        fields = {key: THINGS.field_of(key) for key in sheet.columns}
        found = {key: read(fields[key], cells[place]) for key, place in sheet.columns.items() if cells[place]}
        assert found == values
