"""Columns are proposed by their heads with a reason, and changed by a person."""

from __future__ import annotations

from pathlib import Path

import pytest

from prongsai.comparison.columns import changed, letter_of, propose
from prongsai.comparison.faults import FAULTS
from prongsai.comparison.grid import grids_of
from prongsai.comparison.importing import Shelf, import_file
from prongsai.errors import FileUnusable, LimitExceeded
from prongsai.frameworks.load import load
from tests.comparison import made

OFFICE = """ผลการประเมิน ITA ปีงบประมาณ พ.ศ. ๒๕๖๗ จังหวัดลพบุรี
ที่,ชื่อหน่วยงาน,ประเภท อปท.,คะแนน ITA,ระดับ,IIT,EIT,OIT,๑. การปฏิบัติหน้าที่,ตัวชี้วัดที่ ๒,หมายเหตุ
๑,ท่าไม้,อบต.,๘๐.๕๐,ต้องปรับปรุง,๘๐,๘๐,๘๑,๗๙.๐๐,๘๑,
๒,บ้านไผ่,เทศบาลตำบล,๙๐.๕๐,ผ่านดี,๙๐,๙๐,๙๑,๘๙.๐๐,๙๑,ดีเด่น
"""


def test_heads_in_the_words_of_offices_are_known() -> None:
    (grid,) = grids_of(OFFICE.encode(), "lopburi.csv")
    reading, guesses = propose(grid, load("ita-2567"))
    assert (grid.year_be, grid.province) == (2567, "ลพบุรี")
    assert reading.roles == (
        *("", "agency", "kind", "total", "level"),
        *("instrument:IIT", "instrument:EIT", "instrument:OIT", "indicator:1", "indicator:2", ""),
    )
    assert all(guess.reason_th for guess in guesses)


def test_bare_names_take_the_kind_of_their_column_and_the_province_of_the_title() -> None:
    (found,) = import_file(OFFICE.encode(), "lopburi.csv", Shelf())
    named = [row.named.text for row in found.tables[0].rows if row.named]
    assert named == ["องค์การบริหารส่วนตำบลท่าไม้", "เทศบาลตำบลบ้านไผ่"]
    assert {row.named.province.name for row in found.tables[0].rows if row.named} == {"ลพบุรี"}


def test_merged_heads_of_two_lines_are_joined() -> None:
    framework = load("ita-2567")
    table = made.rows_of(made.results(framework, made.agencies(3, ["ลพบุรี"]), 1))
    (grid,) = grids_of(made.as_workbook(table), "ผล.xlsx")
    assert grid.heads[:6] == ("อันดับ", "รหัส", "หน่วยงาน", "จังหวัด", "คะแนน", "ระดับ")
    assert grid.heads[9] == "ตัวชี้วัดที่ 1"
    reading, _ = propose(grid, framework)
    assert reading.roles[9] == "indicator:1"
    assert reading.roles[-1] == "item:O35"


def test_lines_of_provinces_go_on_below_and_sums_are_left_out() -> None:
    text = "ที่,หน่วยงาน,คะแนน\nจังหวัดลพบุรี,,\n1,อบต.ท่าไม้,90\nรวม,รวม,90\nจังหวัดอ่างทอง,,\n1,อบต.ท่าไม้,80\n"
    (found,) = import_file(text.encode(), "2561.csv", Shelf())
    named = [(row.named.province.name, str(row.total)) for row in found.tables[0].rows if row.named]
    assert named == [("ลพบุรี", "90"), ("อ่างทอง", "80")]


def test_columns_are_changed_by_letter_or_head() -> None:
    (grid,) = grids_of(OFFICE.encode(), "lopburi.csv")
    proposed, _ = propose(grid, load("ita-2567"))
    said = {"columns": {"A": "rank", "คะแนน ITA": ""}, "year": 2566, "rank_within": "kind"}
    reading = changed(grid, proposed, said, load("ita-2567"))
    assert (reading.roles[0], reading.roles[3], reading.year_be, reading.within) == ("rank", "", 2566, "kind")


@pytest.mark.parametrize(
    "said",
    [
        {"columns": {"ZZ": "total"}},
        {"columns": {"A": "item:O99"}},
        {"year": 1999},
        {"rank_within": "world"},
        {"columns": 3},
    ],
)
def test_mapping_that_cannot_be_is_refused_in_one_sentence(said: dict[str, object]) -> None:
    (grid,) = grids_of(OFFICE.encode(), "lopburi.csv")
    proposed, _ = propose(grid, load("ita-2567"))
    with pytest.raises(FileUnusable) as refused:
        changed(grid, proposed, said, load("ita-2567"))
    assert refused.value.one_line


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", "หน่วยงาน,คะแนน\n".encode()])
def test_file_without_a_table_of_results_is_refused(content: bytes) -> None:
    with pytest.raises((FileUnusable, LimitExceeded)):
        grids_of(content, "x.csv")


def test_table_of_a_web_page_is_read_through_the_document_model() -> None:
    cells = "<tr><td>1</td><td>อบต.ท่าไม้</td><td>ลพบุรี</td><td>90.50</td></tr>"
    head = "<tr><th>#</th><th>หน่วยงาน</th><th>จังหวัด</th><th>คะแนนเฉลี่ย</th></tr>"
    page = f"<html><body><p>ผลการประเมิน ปี 2561</p><table>{head}{cells}</table></body></html>"
    (found,) = import_file(page.encode(), "page.html", Shelf())
    assert (found.grid.year_be, found.tables[0].rows[0].total) == (2561, 90.5)


@pytest.mark.parametrize(("place", "letter"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ")])
def test_letters_of_columns_are_those_of_sheets(place: int, letter: str) -> None:
    assert letter_of(place) == letter


def test_every_code_of_a_fault_is_explained() -> None:
    told = (Path(__file__).parents[2] / "docs/howto/compare.md").read_text(encoding="utf-8")
    assert [code for code in FAULTS if f"`{code}`" not in told] == []
