"""How a line of a body is set follows from the line, and it is read back as it was typed."""

import pytest

from prongsai.documents.model import Align, Paragraph, Style, Table
from prongsai.reports.papers.lines import LineKind, read_line, row_text, set_lines, tidy

KINDS = {
    "๑. เรื่องเดิม": (LineKind.HEADING, 0),
    "4. ข้อพิจารณา": (LineKind.HEADING, 0),
    f"๑. {'ให้ทุกส่วนราชการจัดส่งข้อมูล ' * 4}".strip(): (LineKind.ITEM, 0),
    "๓.๑ แผนแม่บท": (LineKind.ITEM, 0),
    "๓.๑.๒ แผนย่อย": (LineKind.ITEM, 1),
    "(๑) ข้อย่อย": (LineKind.ITEM, 1),
    "๑) ข้อย่อย": (LineKind.ITEM, 1),
    "- ข้อย่อย": (LineKind.ITEM, 1),
    "รายการ | จำนวน": (LineKind.ROW, 0),
    "กข|คง": (LineKind.PARAGRAPH, 0),
    "ด้วยเทศบาลตำบลบ้านสวนพลู": (LineKind.PARAGRAPH, 0),
    "๒๕๖๙ เป็นปีแรก": (LineKind.PARAGRAPH, 0),
    "๙๒.๖ คะแนน": (LineKind.ITEM, 0),
}


@pytest.mark.parametrize("text", KINDS)
def test_a_line_says_itself_how_it_is_set(text: str) -> None:
    line = read_line(text)
    assert (line.kind, line.level, line.text) == (*KINDS[text], text)


def test_paragraphs_headings_and_items_have_their_styles() -> None:
    blocks = list(set_lines(["๑. เรื่องเดิม", "ด้วยเทศบาล", "๑.๑ ข้อหนึ่ง", "(๑) ข้อย่อย"]))
    found = [(block.style, block.level) for block in blocks if isinstance(block, Paragraph)]
    assert found == [(Style.HEADING, 0), (Style.BODY, 0), (Style.HANGING, 0), (Style.HANGING, 1)]


def test_rows_that_stand_together_are_one_table_under_the_first_of_them() -> None:
    texts = ["รายการ | บาท", "ค่าเอกสาร | ๖๐๐", "ค่าอาหาร | ๑,๔๐๐.๕๐"]
    (table,) = set_lines(texts)
    assert isinstance(table, Table)
    assert (table.heads, table.ruled, [column.align for column in table.columns]) == (
        1,
        True,
        [Align.LEFT, Align.RIGHT],
    )
    assert [row_text(row) for row in table.rows] == texts


def test_rows_of_other_lengths_and_a_single_row_are_tables_of_their_own() -> None:
    tables = [
        block for block in set_lines(["ก | ข", "ค | ง", "จ | ฉ | ช", "ย่อหน้า", "ซ | ฌ"]) if isinstance(block, Table)
    ]
    assert [(len(table.rows), table.heads) for table in tables] == [(2, 1), (1, 0), (1, 0)]


def test_cells_may_be_empty_and_bars_around_a_row_go() -> None:
    assert tidy(["| รายการ | จำนวน |", "|---|---|", "| --- | :--: |", "ค่าเอกสาร | | ๖๐๐", "  ", "ก  ข"]) == (
        "รายการ | จำนวน",
        "ค่าเอกสาร | | ๖๐๐",
        "ก ข",
    )
