"""Workbooks as nobody should send them."""

import csv
import zipfile
from io import BytesIO

import pytest

from prongsai.documents.read import read_content
from prongsai.documents.read.sheets import grid as sheets_grid
from prongsai.documents.read.sheets import read
from prongsai.documents.read.sheets.csv import read_csv
from prongsai.documents.read.sheets.grid import CELLS_MAX
from prongsai.errors import LimitExceeded
from tests.documents.read.workbooks import MAIN, grid, made, package, refusal, shape, sheet_xml

# Limits and broken files


def test_ten_thousand_columns_are_refused_by_name_and_count() -> None:
    content = grid([f"ช{column}" for column in range(10_000)])
    with pytest.raises(LimitExceeded):
        read(content, "ก.xlsx")
    assert refusal(content) == "ไฟล์ ก.xlsx ใหญ่เกินไป: แผ่นงาน “งบ” มี 10,000 คอลัมน์ เกินขีดจำกัด 200 คอลัมน์"


def test_formats_out_to_the_last_column_and_a_wrong_extent_cost_nothing() -> None:
    styled = "".join(f'<c r="{letter}1" s="1"/>' for letter in ("B", "XFD"))
    data = f'<row r="1"><c r="A1" t="str"><v>ก</v></c>{styled}</row><row r="1048576"><c r="XFD1048576" s="1"/></row>'
    after = '<mergeCells><mergeCell ref="A1:XFD1048576"/><mergeCell ref="Z9:A0"/></mergeCells><autoFilter ref="A1:XFD1048576"/>'
    content = package(
        f'<worksheet xmlns="{MAIN}"><dimension ref="A1:XFD1048576"/>{sheet_xml(data, after)[len(MAIN) + 20 :]}'
    )
    assert shape(read(content, "ก.xlsx")) == [[["ก"]]]


def test_two_cells_in_far_corners_are_two_regions() -> None:
    data = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    assert shape(read(package(sheet_xml(data)), "ก.xlsx")) == ["1", "2"]


def test_three_hundred_thousand_rows_are_refused() -> None:
    rows = "<row><c><v>1</v></c></row>" * 300_000
    content = package(sheet_xml(rows), method=zipfile.ZIP_STORED)
    assert refusal(content) == "ไฟล์ ก.xlsx ใหญ่เกินไป: แผ่นงาน “ก” มี 200,001 แถว เกินขีดจำกัด 200,000 แถว"


def test_one_text_repeated_in_merged_places_is_bounded() -> None:
    data = f'<row r="1"><c r="A1" t="str"><v>{"ก" * 30_000}</v></c></row><row r="9000"><c r="GR9000"><v>1</v></c></row>'
    content = package(sheet_xml(data, '<mergeCells><mergeCell ref="A1:GR9000"/></mergeCells>'))
    assert refusal(content) == f"ไฟล์ ก.xlsx ใหญ่เกินไป: ทั้งไฟล์มี 1,800,001 ช่อง เกินขีดจำกัด {CELLS_MAX:,} ช่อง"


def test_long_table_with_one_wide_row_is_refused() -> None:
    wide = "<row>" + "<c><v>1</v></c>" * 190 + "</row>"
    content = package(sheet_xml(wide + "<row><c><v>1</v></c></row>" * 9_999))
    said = "ทั้งไฟล์มี 1,900,000 ช่องรวมช่องว่าง เกินขีดจำกัด 1,000,000 ช่องรวมช่องว่าง"
    assert refusal(content) == f"ไฟล์ ก.xlsx ใหญ่เกินไป: {said}"


def test_limit_of_cells_is_for_all_sheets_together(monkeypatch: pytest.MonkeyPatch) -> None:
    def fill(book, sheet):
        for each in (sheet, book.add_worksheet("ข")):
            each.write_row(0, 0, [1] * 60)

    monkeypatch.setattr(sheets_grid, "CELLS_MAX", 100)
    assert refusal(made(fill)) == "ไฟล์ ก.xlsx ใหญ่เกินไป: ทั้งไฟล์มี 101 ช่อง เกินขีดจำกัด 100 ช่อง"


def test_more_than_fifty_sheets_are_refused() -> None:
    content = made(lambda book, _: [book.add_worksheet() for _ in range(50)])
    assert refusal(content) == "ไฟล์ ก.xlsx ใหญ่เกินไป: มี 51 แผ่นงาน เกินขีดจำกัด 50 แผ่นงาน"


def test_bomb_is_refused_before_it_is_unpacked() -> None:
    content = package(sheet_xml("<row/>" * 5_000_000))
    assert refusal(content).startswith("ไฟล์ ก.xlsx ใหญ่เกินไป: บีบอัดไว้ ")


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9, 0.99])
def test_cut_file_is_refused(kept: float) -> None:
    content = grid(["ก", "ข"], [1, 2])
    assert refusal(content[: int(len(content) * kept)]) == "ไฟล์ ก.xlsx เสียหายหรือมาไม่ครบ"


def test_workbook_without_sheets_is_refused() -> None:
    content = grid(["ก"])
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, b"<workbook/>" if name == "xl/workbook.xml" else text)
    assert refusal(target.getvalue()) == "ไฟล์ ก.xlsx เสียหายหรือมาไม่ครบ"


def test_document_type_in_a_sheet_is_refused() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    data = bomb + sheet_xml('<row><c t="str"><v>&b;</v></c></row>')
    assert refusal(package(data)) == "ไฟล์ ก.xlsx เสียหายหรือมาไม่ครบ"


def test_password_is_said() -> None:
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    assert refusal(content) == "ไฟล์ ก.xlsx มีรหัสผ่าน"


def test_page_saved_as_a_workbook_is_not_read_as_one() -> None:
    assert refusal(b"<html><table><tr><td>x</table>", "ก.xls") == "ไฟล์ ก.xls ไม่ใช่ตารางคำนวณ"


def test_name_may_lie_about_the_kind_of_workbook() -> None:
    assert shape(read(grid(["ก", "ข"]), "ก.xls")) == [[["ก", "ข"]]]
    assert read(grid(["ก", "ข"]), "ก.csv").format == "xlsx"


def test_workbook_comes_whole_out_of_the_reading_process() -> None:
    content = grid(["ที่", "ค่า"], [1, 2.5])
    assert read_content(content, "ก.xlsx") == read(content, "ก.xlsx")


def test_reading_leaves_the_limit_of_the_csv_module_as_it_was() -> None:
    usual = csv.field_size_limit()
    read_csv(b"a,b\n" + b"x" * (usual + 1) + b",1\n", "a.csv")
    assert csv.field_size_limit() == usual
