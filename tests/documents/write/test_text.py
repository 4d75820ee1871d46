"""The text view: what it says reads back as the same blocks on the same lines."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.documents import build as b
from prongsai.documents.model import Document, Line, Mark, Paragraph, Table
from prongsai.documents.plain import plain
from prongsai.documents.read.fragment import read_fragment
from prongsai.documents.read.html import read as read_html
from prongsai.documents.read.text import read_text
from prongsai.documents.write.office import Office
from prongsai.documents.write.text import render
from tests.documents.write.papers import composed, measures_table, whole_paper

SAMPLES = Path(__file__).resolve().parents[3] / "samples"
PAPERS = sorted([*(SAMPLES / "clean").glob("*.txt"), *(SAMPLES / "faulty").glob("*.txt")])


def shape(document: Document) -> list[object]:
    return [
        (block.text, block.where.line)
        if isinstance(block, Paragraph)
        else [(row.where.line, [cell.lines for cell in row.cells]) for row in block.rows]
        for block in document.printed
    ]


def again(document: Document) -> Document:
    return read_text(render(document, Office()), "view.txt")


def said(*blocks: Paragraph | Table) -> str:
    return render(composed(*blocks), Office()).decode()


def test_every_block_comes_back_on_its_line() -> None:
    assert shape(again(whole_paper())) == shape(plain(whole_paper()))


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_read_paper_comes_back_whole(path: Path) -> None:
    document = read_text(path.read_bytes(), path.name)
    made = again(document)
    assert [words(block) for block in made.printed] == [words(block) for block in document.printed]
    assert shape(again(made)) == shape(made)


def words(block: Paragraph | Table) -> object:
    return block.text if isinstance(block, Paragraph) else [[cell.lines for cell in row.cells] for row in block.rows]


def test_lines_of_a_page_are_those_of_its_text_view() -> None:
    page = read_html(
        "<p>ก<br>ข</p><p>ค</p><table><tr><td>1<td>2<td>3<tr><td>4<td>5<td>6</table><p>ง".encode(), "page.html"
    )
    assert shape(again(page)) == shape(page)


def test_paragraphs_have_a_blank_line_between_and_tables_have_tabs() -> None:
    table = b.table(["ที่", "งาน", "ผู้ทำ"], [b.row("๑", b.cell("ก", "ข"), b.cell_of([b.box("เสร็จ", ticked=True)]))])
    assert said(b.paragraph("หนึ่ง"), b.paragraph("สอง\nสาม"), table, b.paragraph("ท้าย")) == (
        'หนึ่ง\n\nสอง\nสาม\n\nที่\tงาน\tผู้ทำ\n๑\t<p>ก</p><p>ข</p>\t<p><input type="checkbox" checked> เสร็จ</p>\n\nท้าย\n\n'
    )


def test_narrow_tables_have_bars_so_that_they_stay_tables() -> None:
    assert said(b.table(["หัว"], [b.row("ก|ข"), b.row("--")])) == "| หัว |\n| ก\\|ข |\n| &#45;&#45; |\n\n"
    assert said(Table((b.row("ก", "ข"),), b.NOWHERE, "x")) == "| ก | ข |\n\n"


def test_row_without_words_stays_a_row() -> None:
    table = b.table(["ก", "ข", "ค"], [b.row("", "", ""), b.row("1", "2", "3")])
    (made,) = again(composed(table)).tables()
    assert [[cell.text for cell in row.cells] for row in made.rows] == [["ก", "ข", "ค"], ["", "", ""], ["1", "2", "3"]]


@pytest.mark.parametrize(
    "text",
    [
        "# ก", "###### ข", "| ก | ข |", "<table><tr><td>", "<p>", "</b>", "a < b > c", "&lt;", "&#60;b", "AT&T", "**ก**", "***",
        "ก\tข\nค", "<!-- ก -->", "<ก>", "5<6", "&", "\\|", "<script>x</script>ก",
    ],
)  # fmt: skip
def test_words_are_read_back_as_they_are(text: str) -> None:
    wanted = " ".join(text.split())
    table = b.table(["หัว", "ที่สอง", "ที่สาม"], [b.row(text, b.cell(text, text), "x"), b.row("y", text, text)])
    narrow = b.table(["หัว"], [b.row(text)])
    first, second = again(composed(b.paragraph(text.replace("\n", " ")), table, narrow)).tables()
    assert [cell.lines for cell in first.rows[1].cells[:2]] == [(Line(wanted),), (Line(wanted), Line(wanted))]
    assert [row.cells[0].lines for row in second.rows] == [(Line("หัว"),), (Line(wanted),)]
    assert [block.text for block in again(composed(b.paragraph(text.replace("\n", " ")))).paragraphs()] == [wanted]


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40))
def test_any_words_in_a_cell_are_what_a_reader_finds(text: str) -> None:
    """Signs that a reader takes for boxes are boxes; every other word stays."""
    wanted = plain(composed(b.table(["ก", "ข"], [b.row("ค", text)])))
    (table,) = again(wanted).tables()
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace("**", "*&#42;")
    assert table.rows[1].cells[1].lines == read_fragment(escaped)


def test_marks_of_lists_and_boxes_come_back() -> None:
    lines = (
        Line("ก"), Line("ข", Mark.ITEM, in_list=True), Line("ค", in_list=True), Line("ง จ", in_list=True, breaks=(2,)),
        Line("ฉ", Mark.TICKED), Line("", Mark.TICKED), Line("ช", Mark.UNTICKED, in_list=True),
    )  # fmt: skip
    (table,) = again(composed(b.table(["หัว", "สอง"], [b.row(b.cell_of(lines), "x")]))).tables()
    assert table.rows[1].cells[0].lines == lines


def test_merged_cells_are_printed_in_every_place() -> None:
    (made,) = again(composed(measures_table())).tables()
    assert [[cell.text for cell in row.cells] for row in made.rows[:2]] == [
        ["ลำดับ", "มาตรการ", "การดำเนินการ", "การดำเนินการ", "ผู้รับผิดชอบ", "สถานะ", "งบประมาณ (บาท)"],
        ["ลำดับ", "มาตรการ", "ขั้นตอน", "ระยะเวลา", "ผู้รับผิดชอบ", "สถานะ", "งบประมาณ (บาท)"],
    ]
