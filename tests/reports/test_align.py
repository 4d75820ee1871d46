"""Cells under their columns, when a row has lost or gained some."""

import pytest

from prongsai.documents.model import Row, Table
from prongsai.documents.read import read_content
from prongsai.reports.align import Doubt, is_number, lay
from prongsai.reports.heads import read_head
from tests.reports.papers import MEASURE_HEAD, tab

CELLS = ("๑", "จัดทำคู่มือการปฏิบัติงาน", "๑. ยกร่าง ๒. เผยแพร่", "ไตรมาสที่ ๑", "กองช่าง", "๑. มีคู่มือแล้ว", "๑) ใช้จริงทุกงาน")


def laid(*cells: str) -> tuple[list[str], list[str], tuple[Doubt, ...]]:
    table = next(read_content(tab(MEASURE_HEAD, cells).encode(), "paper.txt").tables())
    assert isinstance(table, Table)
    head, row = read_head(table.rows[0]), table.rows[1]
    assert head is not None
    assert isinstance(row, Row)
    found = lay(row.cells, head)
    return [cell.text for cell in found.cells], [cell.text for cell in found.left_over], found.doubts


def without(*places: int) -> tuple[str, ...]:
    return tuple(cell for place, cell in enumerate(CELLS) if place not in places)


def blank(*places: int) -> list[str]:
    return ["" if place in places else cell for place, cell in enumerate(CELLS)]


def test_a_whole_row_is_as_printed_without_a_doubt() -> None:
    assert laid(*CELLS) == (list(CELLS), [], ())


def test_empty_cells_behind_the_last_column_are_nothing() -> None:
    assert laid(*CELLS, "", "") == (list(CELLS), [], ())


@pytest.mark.parametrize("place", [0, 3, 4])
def test_a_missing_cell_is_found_where_the_rest_fits(place: int) -> None:
    assert laid(*without(place)) == (blank(place), [], (Doubt.SHIFTED,))


def test_two_missing_cells_are_found() -> None:
    assert laid(*without(0, 4)) == (blank(0, 4), [], (Doubt.SHIFTED,))


def test_missing_last_cells_are_said_as_such() -> None:
    assert laid(*without(6)) == (blank(6), [], (Doubt.SHORT,))


def test_a_cell_printed_twice_is_left_over() -> None:
    cells, left_over, doubts = laid(*CELLS[:4], CELLS[3], *CELLS[4:])
    assert (cells, left_over, doubts) == (list(CELLS), [CELLS[3]], (Doubt.CELL_COUNT,))


def test_a_row_that_starts_one_column_late_is_moved() -> None:
    name = "จัดทำคู่มือการปฏิบัติงานของทุกกองให้เป็นปัจจุบันและครบทุกขั้นตอน"
    cells, left_over, doubts = laid(name, *CELLS[2:], "")
    assert (cells, left_over, doubts) == (["", name, *CELLS[2:]], [], (Doubt.SHIFTED,))


def test_a_row_of_another_size_altogether_is_kept_as_printed() -> None:
    cells, left_over, doubts = laid("ก", "ข", "ค")
    assert (cells, left_over, doubts) == (["ก", "ข", "ค", "", "", "", ""], [], (Doubt.CELL_COUNT,))


@pytest.mark.parametrize("text", ["๑", "12", "(๓)", "๔.", "๕)", "1.2", "๓.๑.", "O๑๕", "๐๓", "○๗"])
def test_running_numbers_and_codes_are_numbers(text: str) -> None:
    assert is_number(text)


@pytest.mark.parametrize("text", ["", "-", "ก", "๑ เดือน", "๙๓.๑๘๕", "1.2.3.4", "ไตรมาส ๑", "1234"])
def test_other_words_are_no_numbers(text: str) -> None:
    assert not is_number(text)
