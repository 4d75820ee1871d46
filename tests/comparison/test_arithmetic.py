"""Right tables have no contradiction; each fault that is planted is found at its cell."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prongsai.comparison.importing import Shelf, import_file
from prongsai.comparison.model import CheckedTable
from prongsai.errors import Problem
from prongsai.frameworks.load import load
from tests.comparison import made

SHELF = Shelf()
SLOW = settings(max_examples=6, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


def rows(year: int, seed: int, count: int = 12, *, items: bool = True) -> list[list[str]]:
    framework = load(f"ita-{year}")
    return made.rows_of(made.results(framework, made.agencies(count, ["ลพบุรี", "อ่างทอง"]), seed, items=items))


def checked(table: list[list[str]], year: int) -> CheckedTable:
    (found,) = import_file(made.as_csv(table), f"{year}.csv", SHELF)
    (one,) = found.tables
    return one


def places(found: tuple[Problem, ...]) -> set[tuple[int | None, int | None]]:
    return {(one.where.row, one.where.column) for one in found}


@given(year=st.sampled_from([2563, 2564, 2566, 2567, 2568]), seed=st.integers(0, 10_000), items=st.booleans())
@SLOW
def test_right_table_has_no_contradiction(year: int, seed: int, items: bool) -> None:
    assert checked(rows(year, seed, items=items), year).contradictions == ()


def test_right_workbook_with_merged_heads_reads_like_its_csv() -> None:
    table = rows(2567, 1)
    (book,) = import_file(made.as_workbook(table), "2567.xlsx", SHELF)
    assert book.tables[0].contradictions == ()
    assert [row.total for row in book.tables[0].rows] == [row.total for row in checked(table, 2567).rows]


HEADS = {"rank": 0, "code": 1, "agency": 2, "province": 3, "total": 4, "level": 5, "IIT": 6, "1": 9, "9": 17}


@given(seed=st.integers(0, 10_000), at=st.integers(0, 11), by=st.integers(2, 30))
@SLOW
def test_wrong_total_is_found_at_its_cell(seed: int, at: int, by: int) -> None:
    table = rows(2567, seed)
    before = Decimal(table[3 + at][HEADS["total"]])
    table[3 + at][HEADS["total"]] = str(before - by if before > 50 else before + by)
    assert (3 + at, HEADS["total"] + 1) in places(checked(table, 2567).contradictions)


@given(seed=st.integers(0, 10_000), at=st.integers(0, 11), item=st.integers(0, 34))
@SLOW
def test_item_turned_over_contradicts_its_indicator(seed: int, at: int, item: int) -> None:
    framework = load("ita-2567")
    table = rows(2567, seed)
    place = len(table[2]) - len(framework.items) + item
    table[3 + at][place] = "0" if table[3 + at][place] == "100" else "100"
    indicator = framework.items[item].indicator.split(".")[0]
    column = table[2].index(indicator) + 1
    assert (3 + at, column) in places(checked(table, 2567).contradictions)


@given(seed=st.integers(0, 10_000), at=st.integers(0, 11))
@SLOW
def test_wrong_level_is_found_at_its_cell(seed: int, at: int) -> None:
    table = rows(2567, seed)
    was = table[3 + at][HEADS["level"]]
    table[3 + at][HEADS["level"]] = "ต้องปรับปรุงโดยด่วน" if was != "ต้องปรับปรุงโดยด่วน" else "ผ่านดีเยี่ยม"
    assert (3 + at, HEADS["level"] + 1) in places(checked(table, 2567).contradictions)


@given(seed=st.integers(0, 10_000), at=st.integers(0, 11), away=st.sampled_from([3, 20]))
@SLOW
def test_wrong_rank_is_found_at_its_cell(seed: int, at: int, away: int) -> None:
    table = rows(2567, seed, items=False)
    table[3 + at][0] = str(int(table[3 + at][0]) + away)
    (found,) = checked(table, 2567).contradictions
    assert (found.code, found.where.row, found.where.column) == ("COMPARE_RANK", 3 + at, 1)


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [
        ("1", "105.00", "SCORE_OUT_OF_RANGE"),
        ("IIT", "ผ่าน", "COMPARE_NOT_A_NUMBER"),
        ("code", "99999999", "COMPARE_CODE"),
        ("province", "อ่างแก้ว", "COMPARE_CODE"),
        ("level", "ดีเลิศ", "LEVEL_UNKNOWN"),
    ],
)
def test_cell_that_cannot_be_is_named(column: str, text: str, code: str) -> None:
    table = rows(2567, 3)
    if column == "province":  # a real province, but not that of the code
        text = "อ่างทอง" if table[5][3] == "ลพบุรี" else "ลพบุรี"
        told = (5, HEADS["code"] + 1)
    else:
        told = (5, HEADS[column] + 1)
    table[5][HEADS[column]] = text
    found = [one for one in checked(table, 2567).contradictions if one.code == code]
    assert (*told, code) in {(one.where.row, one.where.column, one.code) for one in found}


def test_agency_twice_with_other_figures_is_told_at_both_rows_and_not_shown() -> None:
    table = rows(2567, 4, items=False)
    table[6][1:4] = table[5][1:4]
    one = checked(table, 2567)
    told = {(each.where.row, each.where.column) for each in one.contradictions if each.code == "COMPARE_TWICE"}
    assert told == {(5, 3), (6, 3)}
    assert [row.named for row in one.rows].count(None) == 2


def test_agency_twice_with_the_same_figures_counts_once_and_is_a_remark() -> None:
    table = rows(2567, 4)
    table.insert(6, list(table[5]))
    for row in table[7:]:
        row[0] = str(int(row[0]) + 1)
    one = checked(table, 2567)
    assert [each.code for each in one.all_problems] == ["COMPARE_REPEATED"]
    assert [row.named for row in one.rows].count(None) == 1


def test_weighted_points_are_told_by_their_figures_and_held_against_indicators() -> None:
    framework = load("ita-2564")
    table = rows(2564, 5, items=False)
    found = made.results(framework, made.agencies(12, ["ลพบุรี", "อ่างทอง"]), 5, items=False)
    by_code = {one.code: one for one in found}
    for row in table[3:]:
        for at, instrument in enumerate(framework.instruments):
            exact = by_code[row[1]].instruments[instrument.code] * instrument.weight_pct / 100
            row[6 + at] = str(exact.quantize(Decimal("0.01")))
    (read,) = import_file(made.as_csv(table), "2564.csv", SHELF)
    assert read.reading.roles[6:9] == ("points:IIT", "points:EIT", "points:OIT")
    assert read.tables[0].contradictions == ()
    table[7][6] = str(Decimal(table[7][6]) - 5)
    (read,) = import_file(made.as_csv(table), "2564.csv", SHELF)
    told = {(one.code, one.where.row, one.where.column) for one in read.tables[0].contradictions}
    assert ("COMPARE_POINTS", 7, 7) in told


def test_equal_totals_share_a_rank_in_any_order() -> None:
    text = (
        "อันดับ,หน่วยงาน,จังหวัด,คะแนน\n1,อบต.ท่าไม้,ลพบุรี,90\n3,อบต.บ้านไผ่,ลพบุรี,80\n2,อบต.วังยาง,ลพบุรี,80\n2,อบต.โคกแค,ลพบุรี,80\n"
    )
    (read,) = import_file(text.encode(), "2561.csv", SHELF)
    assert read.tables[0].all_problems == ()
    (read,) = import_file(text.replace("3,อบต", "5,อบต").encode(), "2561.csv", SHELF)
    assert [(one.where.row, one.where.column) for one in read.tables[0].all_problems] == [(3, 1)]


def test_figures_with_the_decimals_of_a_machine_are_rounded_and_told_once() -> None:
    text = "หน่วยงาน,จังหวัด,คะแนน\nอบต.ท่าไม้,ลพบุรี,90.123456789\nอบต.บ้านไผ่,ลพบุรี,80.125\n"
    (read,) = import_file(text.encode(), "2561.csv", SHELF)
    (table,) = read.tables
    assert [row.total for row in table.rows] == [Decimal("90.12"), Decimal("80.13")]
    assert [row.row.total.text for row in table.rows] == ["90.123456789", "80.125"]
    assert [one.code for one in table.all_problems] == ["COMPARE_ROUNDED"]
