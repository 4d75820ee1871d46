"""Tables of the Word file: widths, heads, merged cells, boxes, whole rows."""

import pytest

from prongsai.documents.build import box, cell, cell_of, covered, row, table
from prongsai.documents.fonts.shipped import load
from prongsai.documents.model import Align, Column, Kind, Line, Mark, Orientation, Row, Table
from prongsai.documents.write.breaks import Breaker
from prongsai.documents.write.docx.table import widths_cm
from prongsai.documents.write.fill import Filler
from tests.documents.write.docx_parts import NAMESPACES, Parts, W, attribute, parts, words

FILLER = Filler(load(None), Breaker(()))


def cells(found: Parts, path: str = "//w:tc") -> list:
    return found.find(path)


def rows_of(found: Parts) -> list[list[tuple[str, str | None, str | None]]]:
    """Give words, span and merge of every cell."""
    return [
        [
            (
                words(each),
                next(iter(each.xpath("w:tcPr/w:gridSpan/@w:val", namespaces=NAMESPACES)), None),
                next(iter(each.xpath("w:tcPr/w:vMerge/@w:val", namespaces=NAMESPACES)), None)
                if each.find(f"{W}tcPr/{W}vMerge") is not None and each.find(f"{W}tcPr/{W}vMerge").get(f"{W}val")
                else ("on" if each.find(f"{W}tcPr/{W}vMerge") is not None else None),
            )
            for each in line.findall(f"{W}tc")
        ]
        for line in found.find("//w:tr")
    ]


def test_table_is_fixed_and_as_wide_as_the_text() -> None:
    found = parts(table(["ก", "ข", "ค"], [row("๑", "๒", "๓")], [Column(1), Column(2), Column(5)]))
    assert found.find("//w:tblLayout/@w:type") == ["fixed"]
    grid = [int(width) for width in found.find("//w:gridCol/@w:w")]
    assert grid == [1134, 2268, 5669]
    assert found.find("//w:tblW/@w:w") == [str(sum(grid))]
    assert [int(width) for width in found.find("//w:tr[2]/w:tc/w:tcPr/w:tcW/@w:w")] == grid


def test_table_on_a_landscape_page_is_as_wide_as_that() -> None:
    found = parts(table(["ก", "ข"], []), orientation=Orientation.LANDSCAPE)
    assert found.find("//w:tblW/@w:w") == ["14570"]


def test_widths_without_columns_follow_the_words() -> None:
    given = table(["ลำดับ", "ข้อความ"], [row("๑", "ข้อความที่ยาวกว่ามาก " * 10)])
    narrow, wide = widths_cm(given, 2, 16, 16, FILLER)
    assert wide > 4 * narrow
    assert narrow + wide == pytest.approx(16)


def test_columns_that_nothing_is_said_of_get_the_mean() -> None:
    assert widths_cm(table(["ก"] * 3, [], [Column(1), Column(3)]), 3, 12, 16, FILLER) == pytest.approx([2, 6, 4])


@pytest.mark.parametrize("heads", [1, 2])
def test_all_head_rows_are_repeated(heads: int) -> None:
    found = parts(table([row("ก"), row("ข")][:heads], [row("๑"), row("๒")]))
    said = [line.find(f"{W}trPr/{W}tblHeader") is not None for line in found.find("//w:tr")]
    assert said == [True] * heads + [False] * 2


def test_heads_are_bold_and_centred() -> None:
    found = parts(table(["ก"], [row("๑")]))
    head, body = found.find("//w:tc/w:p/w:pPr/w:pStyle/@w:val")
    assert (head, body) == ("CellHead", "Cell")
    assert found.find("//w:style[@w:styleId='CellHead']/w:pPr/w:jc/@w:val", "word/styles.xml") == ["center"]
    assert found.find("//w:style[@w:styleId='CellHead']/w:rPr/w:bCs", "word/styles.xml") != []


def test_rows_stay_whole_unless_taller_than_a_page() -> None:
    long = cell(*["ข้อความยาว " * 20] * 30)
    found = parts(table(["ก", "ข"], [row("๑", "๒"), row("๑", long), row("๑", cell("ยาวแต่ไม่เกินหน้า " * 40))]))
    said = [line.find(f"{W}trPr/{W}cantSplit") is not None for line in found.find("//w:tr")]
    assert said == [True, True, False, True]


def test_cells_are_merged_over_columns_and_rows() -> None:
    over, down = cell("มาตรการ", columns=2), cell("ลำดับ", rows=2)
    heads = [row(down, over, covered(over)), row(covered(down), "วิธี", "ผู้รับผิดชอบ")]
    found = parts(table(heads, [row("๑", "ก", "ข")]))
    assert rows_of(found) == [
        [("ลำดับ", None, "restart"), ("มาตรการ", "2", None)],
        [("", None, "on"), ("วิธี", None, None), ("ผู้รับผิดชอบ", None, None)],
        [("๑", None, None), ("ก", None, None), ("ข", None, None)],
    ]


def test_cell_merged_both_ways_keeps_its_span_in_every_row() -> None:
    block = cell("รวม", rows=2, columns=2)
    found = parts(table([], [row(block, covered(block), "ก"), row(covered(block), covered(block), "ข")]))
    assert rows_of(found)[-2:] == [
        [("รวม", "2", "restart"), ("ก", None, None)],
        [("", "2", "on"), ("ข", None, None)],
    ]


def test_covered_cell_that_no_cell_covers_keeps_its_words() -> None:
    found = parts(table([], [row(covered(cell("คำ")), "ก")]))
    assert rows_of(found)[-1] == [("คำ", None, None), ("ก", None, None)]


def test_merge_that_the_rows_do_not_bear_out_hides_nothing() -> None:
    found = parts(table([], [row(cell("ก", rows=3, columns=2), "ข"), row("ค", "ง")]))
    assert rows_of(found)[-2:] == [
        [("ก", None, "restart"), ("ข", None, None)],
        [("ค", None, None), ("ง", None, None)],
    ]


def test_rows_beside_one_merged_cell_stay_on_one_page() -> None:
    over = cell("ประเด็น", rows=2)
    found = parts(table([], [row(over, "ก"), row(covered(over), "ข"), row("ค", "ง")]))
    kept = [[p.find(f"{W}keepNext") is not None for p in line.iter(f"{W}pPr")] for line in found.find("//w:tr")[-3:]]
    assert kept == [[True, True], [False, False], [False, False]]


def test_row_that_is_one_cell_stays_with_the_next() -> None:
    over = cell("กองคลัง", columns=2)
    section = row(over, covered(over))
    found = parts(table(["ก", "ข"], [section, row("ค", "ง"), section]))
    kept = [[p.find(f"{W}keepNext") is not None for p in line.iter(f"{W}pPr")] for line in found.find("//w:tr")[-3:]]
    assert kept == [[True], [False, False], [False]]


def test_column_is_as_wide_as_its_longest_word() -> None:
    narrow = widths_cm(table(["ลำดับ", "ข้อความ"], [row("๑", "ก")], [Column(1), Column(30)]), 2, 16, 16, FILLER)[0]
    points = narrow * 72 / 2.54
    assert points == pytest.approx(FILLER.narrowest("ลำดับ", 16, bold=True) + 8.5 + 0.5)


def test_short_row_is_as_long_as_it_was() -> None:
    found = parts(table(["ก", "ข", "ค"], [row("๑")], [Column(1)] * 3))
    (after,) = found.find("//w:gridAfter/@w:val")
    assert after == "2"
    assert [len(line) for line in rows_of(found)] == [3, 1]


def test_row_without_cells_is_left_out() -> None:
    given = table(["ก"], [row("๑")])
    found = parts(Table((*given.rows, Row((), given.where)), given.where, "composed", 1))
    assert len(found.find("//w:tr")) == 2


def test_table_without_cells_is_left_out() -> None:
    assert parts(table([], [])).find("//w:tc//w:t") == []


def test_lines_of_a_cell_are_paragraphs() -> None:
    found = parts(table(["ก"], [row(cell("ข้อแรก", "ข้อสอง"))]))
    assert [words(each) for each in found.styled("Cell")] == ["ข้อแรก", "ข้อสอง"]


def test_line_that_was_broken_is_broken_again() -> None:
    found = parts(table(["ก"], [row(cell_of([Line("กอง คลัง เทศบาล", breaks=(4, 9))]))]))
    (each,) = found.styled("Cell")
    assert [run.text or "|" for run in each.iter(f"{W}t", f"{W}br")] == ["กอง", "|", "คลัง", "|", "เทศบาล"]


def test_items_are_a_real_list() -> None:
    found = parts(table(["ก"], [row(cell_of([Line("กองคลัง", Mark.ITEM, True)]))]))
    (each,) = found.styled("Cell")
    assert attribute(each.find(f"{W}pPr/{W}numPr/{W}numId"), "val") == "1"
    assert words(each) == "กองคลัง"
    assert found.find("//w:lvl/w:numFmt/@w:val", "word/numbering.xml") == ["bullet"]


@pytest.mark.parametrize(("ticked", "state", "glyph"), [(True, "1", "☑"), (False, "0", "☐")])
def test_box_is_a_content_control_to_click(ticked: bool, state: str, glyph: str) -> None:
    found = parts(table(["ก"], [row(cell_of([box("ทำแล้ว", ticked=ticked)]))]))
    assert found.find("//w:sdt/w:sdtPr/w14:checkbox/w14:checked/@w14:val") == [state]
    assert found.find("//w:sdt/w:sdtContent//w:t/text()") == [glyph]
    assert set(found.find("//w:sdt//w:rFonts/@*")) == {"Segoe UI Symbol"}
    assert found.find("//w14:checkedState/@w14:val | //w14:uncheckedState/@w14:val") == ["2611", "2610"]
    assert words(found.styled("Cell")[0]) == f"{glyph}\tทำแล้ว"


@pytest.mark.parametrize(
    ("column", "aligned"),
    [
        (Column(kind=Kind.TEXT), None),
        (Column(kind=Kind.DATE), None),
        (Column(kind=Kind.NUMBER), "right"),
        (Column(kind=Kind.MONEY), "right"),
        (Column(kind=Kind.NUMBER, align=Align.CENTRE), "center"),
        (Column(align=Align.RIGHT), "right"),
    ],
)
def test_columns_are_aligned_by_kind(column: Column, aligned: str | None) -> None:
    found = parts(table(["ก"], [row("๑")], [column]))
    assert found.find("//w:p[w:pPr/w:pStyle/@w:val='Cell']/w:pPr/w:jc/@w:val") == ([aligned] if aligned else [])


@pytest.mark.parametrize(("columns", "size"), [(5, "32"), (6, "28")])
def test_many_columns_are_set_smaller(columns: int, size: str) -> None:
    found = parts(table(["ก"] * columns, [row(*["๑"] * columns)]))
    assert set(found.find("//w:tc//w:sz/@w:val | //w:tc//w:szCs/@w:val")) == {size}


@pytest.mark.parametrize(("ruled", "style", "line"), [(True, "RuledTable", "single"), (False, "BareTable", "nil")])
def test_lines_are_drawn_or_not(ruled: bool, style: str, line: str) -> None:
    found = parts(table(["ก"], [row("๑")], ruled=ruled))
    assert found.find("//w:tblStyle/@w:val") == [style]
    assert set(found.find(f"//w:style[@w:styleId='{style}']//w:tblBorders/*/@w:val", "word/styles.xml")) == {line}


def test_name_of_a_table_is_told_to_screen_readers() -> None:
    assert parts(table(["ก"], [], name='แผน "๑"')).find("//w:tblCaption/@w:val") == ['แผน "๑"']


def test_tables_never_touch() -> None:
    found = parts(table(["ก"], []), table(["ข"], []))
    body = [each.tag.removeprefix(W) for each in found.find("/w:document/w:body/*")]
    assert body == ["p", "tbl", "p", "tbl", "p", "sectPr"]
    assert {attribute(each, "val") for each in found.find("/w:document/w:body/w:p/w:pPr/w:pStyle")} == {"Spacer"}


def test_five_hundred_pages_are_all_there() -> None:
    given = [row(*(f"ช่อง {number} {at}" for at in range(7))) for number in range(3500)]
    found = parts(table(["ก"] * 7, given))
    assert len(found.find("//w:tr")) == 3501
    assert words(found.find("//w:tr[last()]")[0]) == "".join(f"ช่อง 3499 {at}" for at in range(7))
