from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prongsai.registers.model import Condition, Derivation, Formula, Level, Ref, Statistic
from prongsai.registers.statistics import Cell, Figure, key_text, tabulate
from prongsai.registers.told_figures import suppressed, told_together
from prongsai.thai.dates import first_months, months_in
from tests.conftest import PROVE
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


def listed(parts: list[int], statistic: Statistic = BY_KIND) -> Figure:
    """Make a figure of one way out of its counts."""
    rows = tuple((f"ก{place}", count) for place, count in enumerate(parts))
    return Figure(statistic, rows, sum(parts), tuple(parts), sum(parts))


def crossed(body: list[list[int]]) -> Figure:
    """Make a figure of two ways out of the counts inside it."""
    totals, foot = [sum(row) for row in body], [sum(column) for column in zip(*body, strict=True)]
    rows = tuple((f"ก{place}", total) for place, total in enumerate(totals))
    heads, cells = tuple(f"ข{place}" for place in range(len(foot))), tuple(map(tuple, body))
    return Figure(TWO, rows, sum(foot), tuple(totals), sum(foot), heads, cells, cells, tuple(foot), tuple(foot))


def covered(figure: Figure) -> list[bool]:
    return [value is None for _, value in figure.rows]


def test_two_small_ones_that_add_up_to_two_are_one_each_and_need_more_cover() -> None:
    assert covered(suppressed(listed([1, 1, 7, 30]), 5)) == [True, True, True, False]


def test_fewer_than_two_is_never_said() -> None:
    found = suppressed(listed([1, 9, 20]), 2)
    assert [found.shown(value, count) for (_, value), count in zip(found.rows, found.counts, strict=True)][:2] == [
        "ปกปิด", "ปกปิด",
    ]  # fmt: skip


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
    found = suppressed(listed(parts), min_cell)
    hidden = {place for place, is_covered in enumerate(covered(found)) if is_covered}
    assert {place for place, count in enumerate(parts) if 0 < count < min_cell} <= hidden
    assert found.total is None or not 0 < found.total < min_cell
    possible = readings(parts, hidden, found.total, min_cell)  # type: ignore[arg-type]  # counts are whole
    for place, count in enumerate(parts):
        if 0 < count < min_cell and found.total is not None:
            assert len({one[place] for one in possible}) > 1


@given(st.lists(st.lists(st.integers(0, 12), min_size=3, max_size=3), min_size=1, max_size=4))
def test_two_ways_leave_no_small_count_alone(body: list[list[int]]) -> None:
    found = suppressed(crossed(body), 5)
    shown = [[*cells, value] for cells, (_, value) in zip(found.cells, found.rows, strict=True)]
    shown.append([*found.foot, found.total])
    assert all(line.count(None) != 1 for line in [*shown, *map(list, zip(*shown, strict=True))])
    assert all(
        value is None for cells, row in zip(found.cells, body, strict=True)
        for value, count in zip(cells, row, strict=True) if 0 < count < 5
    )  # fmt: skip


def test_what_one_table_covers_no_other_tells() -> None:
    """Each table alone is safe; side by side the second tells what the first covers, so it is covered there too."""
    body = [[20, 2, 9], [30, 8, 9]]
    one = crossed(body)
    alone = suppressed(one, 5)
    again = Figure(BY_UNIT, one.rows, 78, one.counts, 78)
    both = told_together((again, one), 5)
    assert [value for _, value in both[0].rows] == [value for _, value in both[1].rows]
    assert alone.cells[0][1] is None


def test_a_quarter_does_not_tell_what_its_months_cover() -> None:
    months = Figure(
        BY_MONTH, (("ต.ค. 2568", 9), ("พ.ย. 2568", 2), ("ธ.ค. 2568", 8), ("ม.ค. 2569", 3)), 22, (9, 2, 8, 3), 22
    )
    quarters = Figure(BY_QUARTER, (("ไตรมาสที่ 1/2569", 19), ("ไตรมาสที่ 2/2569", 3)), 22, (19, 3), 22)
    by_month, by_quarter = told_together((months, quarters), 5)
    assert [covered(by_month)[1], covered(by_month)[3], covered(by_quarter)[1]] == [True] * 3
    assert covered(by_month)[:3].count(True) >= 2 or covered(by_quarter)[0]
    assert None in (by_quarter.rows[0][1], by_quarter.total)
    assert by_month.total == by_quarter.total


def test_a_count_under_a_condition_is_the_same_as_the_group_that_it_selects() -> None:
    by_agreed = Figure(Statistic("every", "ทุกคำตอบ", by=("agreed",)), (("ใช่", 20), ("ไม่ใช่", 3)), 23, (20, 3), 23)
    where = Figure(
        Statistic("who", "ใคร", by=("kind",), where=Condition("agreed", is_=False)),
        (("หน่วยงานรัฐ", 3), ("เอกชน", 0)), 3, (3, 0), 3,
    )  # fmt: skip
    for found in told_together((by_agreed, where), 5, THINGS):
        assert None in [value for _, value in found.rows]
    assert told_together((by_agreed, where), 5, THINGS)[1].total is None


@given(
    st.lists(
        st.builds(
            Cell,
            st.tuples(
                st.sampled_from(["state", "private"]),
                st.sampled_from(["กองคลัง", "กองช่าง"]),
                st.sampled_from(["yes", "no"]),
            ),
            st.integers(1, 3),
        ),
        min_size=1,
        max_size=3,
    )
)
@settings(max_examples=60 if PROVE else 8, deadline=None)
def test_no_small_count_follows_from_all_tables_together(cells: list[Cell]) -> None:
    """Every way to fill the four groups is tried; those that print the same must differ where a small one is."""
    told = (BY_KIND, BY_UNIT, TWO, ALL)
    figures = told_together([tabulate(THINGS, one, cells) for one in told], 3, THINGS)
    small = [(row, at) for row, counts in enumerate(figures[2].cell_counts) for at, n in enumerate(counts) if 0 < n < 3]
    assert all(figures[2].cells[row][at] is None for row, at in small)
    seen: dict[tuple[int, int], set[int]] = {place: set() for place in small}
    for counts in product(range(max(one.count for one in figures) + 2), repeat=4):
        grid = [list(counts[:2]), list(counts[2:])]
        if _prints_alike(figures, grid):
            for row, at in small:
                seen[row, at].add(grid[_units(figures).index(figures[2].rows[row][0])][at])
    assert all(len(values) > 1 for values in seen.values())


def _units(figures: tuple[Figure, ...]) -> list[str]:
    return [label for label, _ in figures[1].rows] + ["", ""]


def _prints_alike(figures: tuple[Figure, ...], grid: list[list[int]]) -> bool:
    """Whether a table of two units and two kinds agrees with everything that is told."""
    width = len(figures[1].rows)
    rows = grid[:width]
    if any(any(row) for row in grid[width:]):
        return False
    everything = [(figures[0].rows[at][1], figures[0].counts[at], sum(row[at] for row in rows)) for at in range(2)] + [
        (value, figures[1].counts[at], sum(rows[at])) for at, (_, value) in enumerate(figures[1].rows)
    ]
    everything += [
        (value, figures[2].cell_counts[row][at], rows[row][at])
        for row, cells in enumerate(figures[2].cells)
        for at, value in enumerate(cells[:2])
    ]
    everything += [(one.total, one.count, sum(map(sum, rows))) for one in figures]
    everything += [
        (value, figures[2].foot_counts[at], sum(row[at] for row in rows))
        for at, value in enumerate(figures[2].foot[:2])
    ]
    return all(
        guess == value if value is not None else (0 < guess < 3) == (0 < count < 3)
        for value, count, guess in everything
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
