from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.registers.model import Condition, Derivation, Formula, Level, Ref, Statistic
from prongsai.registers.small_cells import cover
from prongsai.registers.statistics import Cell, key_text, suppressed, tabulate
from prongsai.thai.dates import first_months, months_in
from tests.registers.build import field, register

KIND = field("kind", "choice", "ประเภท", choices={"state": "หน่วยงานรัฐ", "private": "เอกชน", "other": "อื่น ๆ"})
UNIT = field("unit", "unit", "ส่วนราชการ")
PAID = field("agreed", "yes_no", "ยินยอม")
LEVEL = field("level", "derived", "ระดับ", derivation=Derivation(Formula.MATRIX_LEVEL, ("l", "i")))
BY_KIND = Statistic("by_kind", "ตามประเภท", by=("kind",))
BY_UNIT = Statistic("by_unit", "ตามส่วนราชการ", by=("unit",))
WORTH = Statistic("worth", "มูลค่า", "sum", "thb", ("kind",))
BY_MONTH = Statistic("by_month", "รายเดือน", by=("month",))
BY_QUARTER = Statistic("by_quarter", "รายไตรมาส", by=("quarter",))
BY_STATE = Statistic("by_state", "ผล", by=("state",))
TWO = Statistic("two", "สองทาง", by=("unit", "kind"))
ALL = Statistic("all", "ทั้งหมด")
AGREED = Statistic("agreed", "ยินยอม", by=("agreed",), where=Condition("agreed", is_=True))
THINGS = register(
    KIND, UNIT, PAID, field("thb", "money", "มูลค่า"),
    statistics=(BY_KIND, BY_UNIT, WORTH, BY_MONTH, BY_QUARTER, BY_STATE, TWO, ALL, AGREED),
)  # fmt: skip
CELLS = (
    Cell(("private", "กองคลัง", "yes"), 3, (Decimal("300.00"),), "2025-12", "kept"),
    Cell(("state", "กองช่าง", "no"), 2, (Decimal("50.50"),), "2025-10", "kept"),
    Cell(("private", "กองช่าง", ""), 1, (None,), "2026-01", "kept"),
    Cell(("", "สำนักปลัดเทศบาล", ""), 4, (Decimal("1.00"),), "2026-01", "kept"),
    Cell(("other", "กองคลัง", "yes"), 9, (Decimal("9.00"),), "2026-01", "withdrawn"),
)


def test_keys_and_sums_are_those_of_the_register() -> None:
    assert (THINGS.keys, THINGS.sums) == (("kind", "unit", "agreed"), ("thb",))
    assert [key_text(KIND, "state"), key_text(UNIT, Ref(3, "กองคลัง")), key_text(PAID, True), key_text(PAID, None)] == [
        "state", "กองคลัง", "yes", "",
    ]  # fmt: skip


def test_choices_stand_as_declared_and_what_is_not_counted_does_not() -> None:
    found = tabulate(THINGS, BY_KIND, CELLS)
    assert found.rows == (("หน่วยงานรัฐ", 2), ("เอกชน", 4), ("อื่น ๆ", 0), ("ไม่ระบุ", 4))
    assert (found.total, found.count) == (10, 10)


def test_units_stand_in_dictionary_order() -> None:
    found = tabulate(THINGS, BY_UNIT, CELLS)
    assert found.rows == (("กองคลัง", 3), ("กองช่าง", 3), ("สำนักปลัดเทศบาล", 4))


def test_sums_are_exact() -> None:
    found = tabulate(THINGS, WORTH, CELLS)
    assert found.rows == (
        ("หน่วยงานรัฐ", Decimal("50.50")),
        ("เอกชน", Decimal("300.00")),
        ("อื่น ๆ", Decimal(0)),
        ("ไม่ระบุ", Decimal("1.00")),
    )
    assert found.total == Decimal("351.50")
    assert [found.shown(value, 9) for _, value in found.rows] == ["50.50", "300.00", "0.00", "1.00"]


def test_months_begin_in_october_and_leave_none_out() -> None:
    found = tabulate(THINGS, BY_MONTH, CELLS)
    assert found.rows == (("ต.ค. 2568", 2), ("พ.ย. 2568", 0), ("ธ.ค. 2568", 3), ("ม.ค. 2569", 5))
    whole = tabulate(THINGS, BY_MONTH, CELLS, months=months_in(*first_months(12, 2569)))
    assert [label for label, _ in whole.rows][::11] == ["ต.ค. 2568", "ก.ย. 2569"]
    assert tabulate(THINGS, BY_QUARTER, CELLS).rows == (("ไตรมาสที่ 1/2569", 5), ("ไตรมาสที่ 2/2569", 5))


def test_states_stand_as_declared() -> None:
    assert tabulate(THINGS, BY_STATE, CELLS).rows == (("บันทึกแล้ว", 10),)


def test_two_ways_have_totals_both_ways() -> None:
    found = tabulate(THINGS, TWO, CELLS)
    assert found.heads == ("หน่วยงานรัฐ", "เอกชน", "อื่น ๆ", "ไม่ระบุ")
    assert found.rows == (("กองคลัง", 3), ("กองช่าง", 3), ("สำนักปลัดเทศบาล", 4))
    assert found.cells == ((0, 3, 0, 0), (2, 1, 0, 0), (0, 0, 0, 4))
    assert (found.foot, found.total) == ((2, 4, 0, 4), 10)


def test_a_condition_and_no_groups() -> None:
    assert tabulate(THINGS, AGREED, CELLS).rows == (("ใช่", 3), ("ไม่ใช่", 0))
    assert tabulate(THINGS, ALL, CELLS).rows == (("ทั้งหมด", 10),)
    assert tabulate(THINGS, BY_KIND, ()).total == 0


def test_levels_are_called_as_the_matrix_does() -> None:
    by_level = Statistic("l", "ระดับ", by=("level",))
    risks = register(LEVEL, statistics=(by_level,), matrix=(Level("low", "ต่ำ", 1, 4), Level("high", "สูง", 5, 25)))
    assert tabulate(risks, by_level, [Cell(("high",), 2)]).rows == (("ต่ำ", 0), ("สูง", 2))


def test_what_cells_do_not_carry_is_refused() -> None:
    with pytest.raises(ValueError, match="no key of its cells is 'thb'"):
        tabulate(THINGS, Statistic("x", "x", by=("thb",)), CELLS)
    with pytest.raises(ValueError, match="no sum of its cells is 'kind'"):
        tabulate(THINGS, Statistic("x", "x", "sum", "kind"), CELLS)


def test_one_small_cell_hides_the_next_smallest_too() -> None:
    cells = [
        Cell((key, "", ""), count, (Decimal(count),)) for key, count in (("state", 20), ("private", 2), ("other", 9))
    ]
    found = suppressed(tabulate(THINGS, BY_KIND, cells), 5)
    assert found.rows == (("หน่วยงานรัฐ", 20), ("เอกชน", None), ("อื่น ๆ", None))
    shown = [found.shown(value, count) for (_, value), count in zip(found.rows, found.counts, strict=True)]
    assert (shown, found.total) == (["20", "น้อยกว่า 5", "ปกปิด"], 31)
    assert suppressed(tabulate(THINGS, WORTH, cells), 5).rows[0] == ("หน่วยงานรัฐ", Decimal(20))
    assert suppressed(tabulate(THINGS, WORTH, cells), 5).rows[1:] == (("เอกชน", None), ("อื่น ๆ", None))


def test_a_small_total_is_covered_and_no_small_count_leaves_all_open() -> None:
    few = suppressed(tabulate(THINGS, ALL, [Cell(("", "", ""), 2)]), 5)
    assert (few.rows, few.total) == ((("ทั้งหมด", None),), None)
    many = tabulate(THINGS, BY_KIND, [Cell(("state", "", ""), 20)])
    assert suppressed(many, 5).rows == many.rows
    assert suppressed(many, 0) == many


def test_two_small_ones_that_add_up_to_two_are_one_each_and_need_more_cover() -> None:
    grid = [[1], [1], [7], [30], [39]]
    assert cover(grid, 5) == {(0, 0), (1, 0), (2, 0)}


def readings(parts: list[int], hidden: set[int], total: int | None, min_cell: int) -> list[tuple[int, ...]]:
    """What a reader who knows the rule may think the hidden parts of a list are."""
    ranges = []
    for place, count in enumerate(parts):
        if place not in hidden:
            ranges.append([count])
        elif 0 < count < min_cell:
            ranges.append(list(range(1, min_cell)))
        else:
            ranges.append([0, *range(min_cell, sum(parts) + 1)])
    return [one for one in product(*ranges) if total is None or sum(one) == total]


@given(st.lists(st.integers(0, 8), min_size=1, max_size=5), st.integers(3, 5))
def test_no_small_count_can_be_worked_out(parts: list[int], min_cell: int) -> None:
    total = sum(parts)
    hidden = {row for row, _ in cover([*([count] for count in parts), [total]], min_cell)}
    assert {place for place, count in enumerate(parts) if 0 < count < min_cell} <= hidden
    shown_total = None if len(parts) in hidden else total
    assert shown_total is None or not 0 < total < min_cell
    possible = readings(parts, hidden, shown_total, min_cell)
    for place, count in enumerate(parts):
        if 0 < count < min_cell and shown_total is not None:
            assert len({one[place] for one in possible}) > 1


@given(st.lists(st.lists(st.integers(0, 12), min_size=3, max_size=3), min_size=1, max_size=4))
def test_two_ways_leave_no_small_count_alone(body: list[list[int]]) -> None:
    grid = [[*row, sum(row)] for row in body]
    grid.append([sum(column) for column in zip(*grid, strict=True)])
    hidden = cover(grid, 5)
    lines = [[(row, at) for at in range(4)] for row in range(len(grid))]
    lines += [[(row, at) for row in range(len(grid))] for at in range(4)]
    assert all(len(hidden.intersection(line)) != 1 for line in lines)
    assert all(
        (row, at) in hidden for row, counts in enumerate(grid) for at, count in enumerate(counts) if 0 < count < 5
    )


MONTHS = st.sampled_from(["", "2025-10", "2026-01", "2026-09"])
CELL = st.builds(
    lambda kind, unit, agreed, count, thb, month, state: Cell((kind, unit, agreed), count, (thb,), month, state),
    st.sampled_from(["", "state", "private", "gone"]),
    st.sampled_from(["", "กองคลัง", "=1+1", "\u202e"]),
    st.sampled_from(["", "yes", "no"]),
    st.integers(0, 50),
    st.none() | st.decimals(-1000, 1000, places=2),
    MONTHS,
    st.sampled_from(["", "kept", "withdrawn"]),
)


@given(st.lists(CELL, max_size=12), st.sampled_from(THINGS.statistics))
def test_rows_columns_and_totals_agree(cells: list[Cell], statistic: Statistic) -> None:
    found = tabulate(THINGS, statistic, cells)
    values = [value or 0 for _, value in found.rows]
    assert sum(values) == found.total
    assert sum(found.counts) == found.count
    if found.heads:
        assert [sum(value or 0 for value in row) for row in found.cells] == values
        assert sum(value or 0 for value in found.foot) == found.total
