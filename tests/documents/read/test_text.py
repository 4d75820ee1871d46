"""The text reader: dialects, places, encodings and limits."""

import hashlib
from pathlib import Path

import pytest

from prongsai.documents.model import Document, Paragraph, Table
from prongsai.documents.read import read_document
from prongsai.documents.read.text import COLUMNS_MAX
from prongsai.errors import FileUnusable, LimitExceeded

TAB = "ลำดับ\tมาตรการ\tผล\n๑\tจัดทำคู่มือ\tเสร็จ\n"
PIPE = "| ลำดับ | มาตรการ | ผล |\n|---|---|:---:|\n| ๑ | จัดทำคู่มือ | เสร็จ |\n"
HTML = "<table><tr><th>ลำดับ</th><th>มาตรการ</th><th>ผล</th></tr>\n<tr><td>๑<td>จัดทำคู่มือ<td>เสร็จ</table>\n"


def read(tmp_path: Path, content: str | bytes) -> Document:
    path = tmp_path / "paper.txt"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_document(path)


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


@pytest.mark.parametrize(("content", "dialect"), [(TAB, "tab"), (PIPE, "pipe"), (HTML, "html")])
def test_three_dialects_give_the_same_table(tmp_path: Path, content: str, dialect: str) -> None:
    (table,) = read(tmp_path, f"หัวเรื่อง\n\n{content}\nท้ายเรื่อง\n").tables()
    assert table.dialect == dialect
    assert texts(table) == [["ลำดับ", "มาตรการ", "ผล"], ["๑", "จัดทำคู่มือ", "เสร็จ"]]


def test_places_count_from_one(tmp_path: Path) -> None:
    (table,) = read(tmp_path, f"หัวเรื่อง\n\n{TAB}").tables()
    where = table.rows[1].cells[2].where
    assert (where.file, where.line, where.table, where.row, where.column) == ("paper.txt", 4, 1, 2, 3)


def test_form_feed_counts_pages(tmp_path: Path) -> None:
    document = read(tmp_path, "หน้าแรก\n\fหน้าสอง\n")
    assert [paragraph.where.page for paragraph in document.paragraphs()] == [1, 2]


def test_blank_line_ends_a_table(tmp_path: Path) -> None:
    assert len(list(read(tmp_path, f"{TAB}\n{TAB}").tables())) == 2


def test_lone_tab_in_a_memo_line_is_no_table(tmp_path: Path) -> None:
    document = read(tmp_path, "ที่ ลบ ๕๒๗๐๑/๑\tวันที่ ๑ ตุลาคม ๒๕๖๗\n")
    assert [type(block) for block in document.blocks] == [Paragraph]


def test_merged_cells_stand_in_every_row_that_they_cover(tmp_path: Path) -> None:
    html = "<table><tr><td rowspan=2>ก</td><td colspan=2>ข</td></tr><tr><td>ค</td><td>ง</td></tr></table>"
    (table,) = read(tmp_path, html).tables()
    assert texts(table) == [["ก", "ข", "ข"], ["ก", "ค", "ง"]]


def test_nested_table_stays_inside_its_cell(tmp_path: Path) -> None:
    html = "<table><tr><td>ก<table><tr><td>ใน</td></tr></table></td><td>ข</td></tr></table>"
    (table,) = read(tmp_path, html).tables()
    assert texts(table) == [["ก ใน", "ข"]]


def test_escaped_pipe_stays_in_its_cell(tmp_path: Path) -> None:
    (table,) = read(tmp_path, "| ก \\| ข | ค |\n|---|---|\n| ๑ | ๒ |\n").tables()
    assert texts(table)[0] == ["ก | ข", "ค"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp874"])
def test_encodings_of_thai_offices_are_told(tmp_path: Path, encoding: str) -> None:
    document = read(tmp_path, f"บันทึกข้อความ\n\n{TAB}".encode(encoding))
    assert next(document.paragraphs()).text == "บันทึกข้อความ"
    assert document.problems == ()


def test_damaged_byte_is_a_problem_at_its_line(tmp_path: Path) -> None:
    content = f"บันทึกข้อความ\n{TAB * 20}".encode()
    broken = content[:9] + b"\xff" + content[10:]
    (problem,) = read(tmp_path, broken).problems
    assert (problem.code, problem.where.line) == ("TEXT_UNREADABLE", 1)


def test_hash_is_of_the_bytes(tmp_path: Path) -> None:
    assert read(tmp_path, TAB).sha256 == hashlib.sha256(TAB.encode()).hexdigest()


@pytest.mark.parametrize(
    "content", [b"", b"   \n\n", b"PK\x03\x04abc", b"%PDF-1.7", b"\x00\x01\x02" * 50, bytes(range(128, 256)) * 20]
)
def test_what_is_no_text_is_refused_in_one_thai_line(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(FileUnusable) as refusal:
        read(tmp_path, content)
    assert "ไฟล์" in refusal.value.one_line
    assert "\n" not in refusal.value.one_line


def test_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileUnusable, match="cannot be opened"):
        read_document(tmp_path / "nothing.txt")


def test_too_many_columns_are_refused_with_the_limit_named(tmp_path: Path) -> None:
    with pytest.raises(LimitExceeded) as refusal:
        read(tmp_path, "\t".join("ก" * 10_000) + "\n")
    assert f"{COLUMNS_MAX} ช่อง" in refusal.value.one_line


def test_one_column_table_is_read(tmp_path: Path) -> None:
    (table,) = read(tmp_path, "<table><tr><td>ก</td></tr><tr><td>ข</td></tr></table>").tables()
    assert texts(table) == [["ก"], ["ข"]]
