"""Tables on paper: heads on every page, rows whole, merged cells, columns that hold their longest word."""

import io
import random

import pdfplumber
import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.documents.build import cell, cell_of, covered, paragraph, row, table
from prongsai.documents.fonts.shipped import load
from prongsai.documents.model import Align, Cell, Column, Kind, Line, Orientation, Row, Setup, Table
from prongsai.documents.write.breaks import Breaker
from prongsai.documents.write.fill import Filler
from prongsai.documents.write.office import Office
from prongsai.documents.write.pdf import render
from prongsai.documents.write.pdf.page import PAGES
from prongsai.documents.write.pdf.tables import Printer, table_form
from prongsai.documents.write.text_prep import Prepared
from tests.documents.write.pdf_extract import by_pdfium, lines, paper, squeezed

PRINTER = Printer(Prepared(load(None)), Filler(load(None), Breaker(())), PAGES[Orientation.PORTRAIT])
WIDTH = PAGES[Orientation.PORTRAIT].width
TEXT = "จัดทำคู่มือหรือมาตรฐานการปฏิบัติงาน โดยระบุขั้นตอนและระยะเวลาที่ใช้ในการปฏิบัติงาน"


def tables_of(content: bytes) -> list[list[list[str | None]]]:
    """Give the tables that a reader finds, page by page, white space squeezed."""
    with pdfplumber.open(io.BytesIO(content)) as document:
        return [
            [["".join((text or "").split()) if text is not None else None for text in line] for line in found]
            for page in document.pages
            for found in page.extract_tables()
        ]


def form_of(printed: Table) -> dict[str, object]:
    form = table_form(printed, PRINTER)
    assert form is not None
    return form


def test_cells_come_back_one_by_one() -> None:
    printed = table(["ลำดับ", "มาตรการ"], [row("๑", TEXT), row("๒", cell("ก", "ข"))])
    assert tables_of(render(paper(printed), Office())) == [
        [["ลำดับ", "มาตรการ"], ["๑", TEXT.replace(" ", "")], ["๒", "กข"]]
    ]


def test_heads_are_repeated_on_every_page() -> None:
    printed = table(["ลำดับ", "มาตรการ"], [row(str(number), f"{TEXT} {number}") for number in range(60)])
    found = tables_of(render(paper(printed), Office()))
    assert len(found) > 2
    assert [page[0] for page in found] == [["ลำดับ", "มาตรการ"]] * len(found)
    assert [line[0] for page in found for line in page[1:]] == [str(number) for number in range(60)]


def test_rows_stay_whole_over_pages() -> None:
    long = " ".join([TEXT] * 6)
    printed = table(["ลำดับ", "มาตรการ"], [row(str(number), long) for number in range(12)])
    found = tables_of(render(paper(printed), Office()))
    assert len(found) > 1
    assert [line for page in found for line in page[1:]] == [
        [str(number), long.replace(" ", "")] for number in range(12)
    ]


def test_row_that_is_one_cell_stays_with_the_next() -> None:
    over = cell("กองคลัง", columns=2)
    for count in range(24, 34):
        rows = [row(str(number), "ข") for number in range(count)]
        printed = table(["ลำดับ", "ก"], [*rows, row(over, covered(over)), row("ท้าย", "ข"), row("จบ", "ข")])
        found = tables_of(render(paper(printed), Office()))
        (at,) = [page for page in found if ["กองคลัง", None] in page]
        assert at[at.index(["กองคลัง", None]) + 1] == ["ท้าย", "ข"]
        assert [line for page in found for line in page[1:]][-3:] == [["กองคลัง", None], ["ท้าย", "ข"], ["จบ", "ข"]]


def test_a_row_longer_than_a_page_goes_on_with_closed_borders() -> None:
    long = " ".join([TEXT] * 60)
    found = tables_of(render(paper(paragraph("ก่อน"), table(["ลำดับ", "มาตรการ"], [row("๑", long)])), Office()))
    assert len(found) > 1
    assert "".join(str(line[1]) for page in found for line in page[1:]) == long.replace(" ", "")


def test_merged_cells_cover_their_places() -> None:
    owner = cell("กองคลัง", rows=2)
    both = cell("รวม", columns=2)
    printed = table(
        ["ก", "ข", "ค"],
        [row("๑", "ดี", owner), row("๒", "ดีมาก", covered(owner)), row("๓", both, covered(both))],
    )
    assert tables_of(render(paper(printed), Office())) == [
        [["ก", "ข", "ค"], ["๑", "ดี", "กองคลัง"], ["๒", "ดีมาก", None], ["๓", "รวม", None]]
    ]


def test_merged_heads_of_two_rows_are_one_head() -> None:
    wide = cell("ผลคะแนน", columns=2)
    first = row(cell("ที่", rows=2), wide, covered(wide))
    second = row(covered(cell("ที่")), "๒๕๖๗", "๒๕๖๘")
    printed = table([first, second], [row(str(number), "๙๐.๐๐", "๙๑.๐๐") for number in range(70)])
    found = tables_of(render(paper(printed), Office()))
    assert [page[:2] for page in found] == [[["ที่", "ผลคะแนน", None], [None, "๒๕๖๗", "๒๕๖๘"]]] * len(found)


def test_a_merged_cell_higher_than_a_page_still_prints_every_row() -> None:
    owner = cell("กองคลัง", rows=80)
    rows = [row(str(number), covered(owner) if number else owner) for number in range(80)]
    printed = squeezed(by_pdfium(render(paper(table(["ก", "ข"], rows)), Office())))
    assert printed.count("กองคลัง") == 80
    assert printed.replace("กองคลัง", "").replace("กข", "") == "".join(map(str, range(80)))


def test_short_rows_are_filled_up() -> None:
    found = tables_of(render(paper(table(["ก", "ข", "ค"], [row("๑")])), Office()))
    assert found == [[["ก", "ข", "ค"], ["๑", "", ""]]]


def test_an_empty_table_prints_nothing() -> None:
    assert lines(by_pdfium(render(paper(paragraph("ก"), Table((), paragraph("").where, "composed")), Office()))) == [
        "ก"
    ]


def test_a_table_of_heads_alone_is_printed() -> None:
    assert tables_of(render(paper(table(["ก", "ข"], [])), Office())) == [[["ก", "ข"]]]


def test_a_table_without_rules_has_no_lines() -> None:
    with pdfplumber.open(io.BytesIO(render(paper(table(["ก"], [row("ข")], ruled=False)), Office()))) as document:
        assert (document.pages[0].lines, document.pages[0].curves) == ([], [])


def test_columns_share_the_page_as_said() -> None:
    form = form_of(table(["ก", "ข"], [row("๑", "๒")], [Column(1), Column(3)]))
    assert form["columns"] == [pytest.approx(WIDTH / 4, abs=0.01), pytest.approx(3 * WIDTH / 4, abs=0.01)]


def test_a_column_is_never_narrower_than_its_longest_word() -> None:
    form = form_of(table(["ประชาสัมพันธ์", "ข"], [row("๑", "๒")], [Column(1), Column(30)]))
    first, second = form["columns"]  # type: ignore[misc]
    assert first > PRINTER.filler.width("ประชาสัมพันธ์", 16, bold=True)
    assert first + second == pytest.approx(WIDTH, abs=0.01)


def test_columns_without_widths_get_what_their_words_need() -> None:
    narrow, wide = form_of(table(["ที่", "รายการ"], [row("๑", TEXT)]))["columns"]  # type: ignore[misc]
    assert narrow < wide / 3


@pytest.mark.parametrize(("columns", "size"), [(2, 16), (5, 16), (6, 14), (12, 12), (40, 10)])
def test_many_columns_take_smaller_words(columns: int, size: int) -> None:
    assert form_of(table(["โครงการ"] * columns, []))["size"] == size


def test_figures_stand_at_the_right_unless_said_otherwise() -> None:
    columns = [Column(1, Kind.MONEY), Column(1, Kind.NUMBER, Align.CENTRE), Column(1)]
    form = form_of(table(["ก", "ข", "ค"], [row("๑", "๒", "๓")], columns))
    assert [each["align"] for each in form["rows"][0]] == ["right", "centre", "left"]  # type: ignore[index]
    assert [each["align"] for each in form["heads"][0]] == ["centre"] * 3  # type: ignore[index]


def test_a_line_that_was_broken_is_broken_again() -> None:
    printed = table(["ก"], [row(cell_of([Line("กองคลัง งานพัสดุ", breaks=(8,))]))])
    assert lines(by_pdfium(render(paper(printed), Office()))) == ["ก", "กองคลัง ", "งานพัสดุ"]


def grids(seed: int) -> Table:
    """Make a table with cells merged at random, some beyond its edges, some over each other."""
    choose = random.Random(seed)
    rows = [
        Row(
            tuple(_any_cell(choose, f"{number}.{column}") for column in range(choose.randint(0, 5))),
            cell("").where,
        )
        for number in range(choose.randint(0, 9))
    ]
    return Table(tuple(rows), cell("").where, "composed", heads=choose.randint(0, 3))


def _any_cell(choose: random.Random, text: str) -> Cell:
    made = cell(text, rows=choose.choice((1, 1, 1, 2, 7)), columns=choose.choice((1, 1, 1, 2, 9)))
    return covered(made) if choose.random() < 0.15 else made


@given(st.integers(0, 10**6))
def test_any_merging_makes_a_pdf(seed: int) -> None:
    content = render(paper(grids(seed), setup=Setup(Orientation.LANDSCAPE)), Office())
    assert content.startswith(b"%PDF-")


def test_cells_that_are_not_covered_are_all_printed_when_nothing_overlaps() -> None:
    rows = [row(*(f"{number}.{column}" for column in range(4))) for number in range(30)]
    printed = squeezed(by_pdfium(render(paper(table(["ก"] * 4, rows)), Office())))
    assert printed == "กกกก" + "".join(f"{number}.{column}" for number in range(30) for column in range(4))


def test_lines_of_a_centred_head_have_one_middle() -> None:
    printed = table(["ที่", "คะแนนปี ๒๕๖๗"], [row("๑", "๙๐")], [Column(10), Column(1.6)])
    with pdfplumber.open(io.BytesIO(render(paper(printed), Office()))) as document:
        chars = [char for char in document.pages[0].chars if char["x0"] > 400 and char["text"].strip()]
    by_height: dict[float, list[tuple[float, float]]] = {}
    for char in chars:
        by_height.setdefault(round(char["top"]), []).append((char["x0"], char["x1"]))
    first, second = (sorted(places) for _, places in sorted(by_height.items())[:2])
    assert abs((first[0][0] + first[-1][1]) - (second[0][0] + second[-1][1])) < 2


def test_merged_cell_higher_than_a_page_says_its_words_in_every_row() -> None:
    long = cell(" ".join([TEXT] * 40))
    over = cell("กองคลัง", rows=2)
    printed = table(["มาตรการ", "ผู้รับผิดชอบ"], [Row((long, over), over.where), Row((long, covered(over)), over.where)])
    pages = tables_of(render(paper(printed), Office()))
    assert [line[1] for page in pages for line in page[1:] if line[1]] == ["กองคลัง", "กองคลัง"]
