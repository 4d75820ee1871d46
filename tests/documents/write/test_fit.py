"""What a read document lacks to be written: heads, widths, wide pages."""

from pathlib import Path

import pytest

from prongsai.documents import build as b
from prongsai.documents.model import Align, Document, NewPage, Orientation, Paragraph, Style, Table
from prongsai.documents.read.text import read_text
from prongsai.documents.write.fit import columns_of, fitted, guessed_heads
from tests.documents.write.papers import whole_paper

SAMPLES = Path(__file__).resolve().parents[3] / "samples" / "clean"


def text(content: str) -> Document:
    return read_text(content.encode(), "paper.txt")


def row(columns: int, word: str) -> str:
    return "\t".join(f"{word} {column}" for column in range(columns))


def test_wide_tables_lie_on_wide_pages_with_what_stands_between() -> None:
    wide, prose = f"{row(7, 'หัว')}\n{row(7, 'คำ')}\n\n", "ย่อหน้า\n\n"
    made = fitted(text(prose * 12 + wide + prose + wide + prose))
    kinds = [block.orientation.value if isinstance(block, NewPage) else type(block).__name__ for block in made.blocks]
    assert kinds == [*["Paragraph"] * 12, "landscape", "Table", "Paragraph", "Table", "portrait", "Paragraph"]


def test_paper_that_begins_wide_lies_wide_from_its_first_page() -> None:
    made = fitted(text(f"ชื่อเรื่อง\n\n{row(6, 'หัว')}\n{row(6, 'คำ')}\n"))
    assert made.setup.orientation is Orientation.LANDSCAPE
    assert [type(block).__name__ for block in made.blocks] == ["Paragraph", "Table"]


def test_narrow_tables_stay_upright() -> None:
    made = fitted(text(f"ชื่อเรื่อง\n\n{row(5, 'หัว')}\n{row(5, 'คำ')}\n"))
    assert (made.setup.orientation, len(made.blocks)) == (Orientation.PORTRAIT, 2)


def test_few_lines_under_each_other_are_one_paragraph() -> None:
    made = fitted(text("ก\n\nข\nค\n\nง"))
    assert [(block.text, block.style) for block in made.paragraphs()] == [
        ("ก", Style.PLAIN), ("ข\nค", Style.PLAIN), ("ง", Style.PLAIN),
    ]  # fmt: skip


def test_text_without_blank_lines_stays_line_by_line() -> None:
    assert [block.text for block in fitted(text("\n".join("กขคงจฉชซ"))).paragraphs()] == list("กขคงจฉชซ")


def test_long_columns_are_wider_and_numbers_stand_in_the_middle() -> None:
    table = b.table(["ที่", "รายละเอียด"], [b.row(str(n), "คำอธิบายที่ยาวมาก " * 9) for n in range(9)])
    narrow, wide = columns_of(table)
    assert (narrow.align, wide.align) == (Align.CENTRE, Align.LEFT)
    assert wide.width > 4 * narrow.width > 0


@pytest.mark.parametrize(
    ("rows", "heads"),
    [
        ([["ที่", "งาน"], ["1", "ก"]], 1),
        ([["1", "2"], ["3", "4"]], 0),
        ([["ที่", ""], ["1", "ก"]], 0),
        ([["ที่", "งาน"]], 0),
        ([["ย" * 200, "งาน"], ["1", "ก"]], 0),
    ],
)
def test_first_row_of_words_is_the_head(rows: list[list[str]], heads: int) -> None:
    assert guessed_heads(Table(tuple(b.row(*cells) for cells in rows), b.NOWHERE, "x")) == heads


def test_merged_head_takes_all_its_rows() -> None:
    first = b.cell("ที่", rows=2)
    table = Table((b.row(first, "ก"), b.row(b.covered(first), "ข"), b.row("1", "2")), b.NOWHERE, "x")
    assert guessed_heads(table) == 2


def test_title_alone_in_a_row_runs_over_it() -> None:
    made = fitted(text(f"{row(3, 'หัว')}\nประเด็นที่ ๑ การปฏิบัติหน้าที่\t\t\n{row(3, 'คำ')}\n"))
    (table,) = made.tables()
    assert [(cell.text, cell.columns, cell.covered) for cell in table.rows[1].cells] == [
        ("ประเด็นที่ ๑ การปฏิบัติหน้าที่", 3, False),
        ("ประเด็นที่ ๑ การปฏิบัติหน้าที่", 1, True),
        ("ประเด็นที่ ๑ การปฏิบัติหน้าที่", 1, True),
    ]


def test_composed_paper_is_left_alone() -> None:
    paper = whole_paper()
    assert fitted(paper) is paper


def test_title_is_the_first_short_paragraph_else_the_name_of_the_file() -> None:
    assert fitted(text("รายงานผล\n\nก")).title == "รายงานผล"
    assert fitted(text("ก" * 200)).title == "paper"


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.txt")), ids=lambda path: path.stem)
def test_every_table_of_a_sample_gets_a_width_a_column(path: Path) -> None:
    made = fitted(read_text(path.read_bytes(), path.name))
    assert [len(table.columns) for table in made.tables()] == [
        max(len(row.cells) for row in table.rows) for table in made.tables()
    ]
    assert [block for block in made.blocks if isinstance(block, Paragraph) and block.style is Style.BODY] == []
