"""What is kept back cannot be worked out: held against every other table that would agree with what is told."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prongsai.privacy.suppress import Cell, Sum, Tables, keep_back, other_counts, told_by_the_rest
from tests.conftest import PROVE

Row = tuple[int, int]
MORE = settings(max_examples=1500 if PROVE else 60, deadline=None)


def crossed(rows: list[Row], *, always: bool = True) -> Tables:
    """A table of rows and two columns, every row, every column and the whole with its total; rows go together."""
    counts: dict[Cell, int] = {}
    sums, units = [], []
    for at, row in enumerate(rows):
        counts |= {(at, 0): row[0], (at, 1): row[1], (at, "all"): sum(row)}
        sums.append(Sum((at, "all"), ((at, 0), (at, 1))))
        units.append([(at, 0), (at, 1), (at, "all")])
    for column in (0, 1, "all"):
        parts = tuple((at, column) for at in range(len(rows)))
        counts["all", column] = sum(counts[part] for part in parts)
        sums.append(Sum(("all", column), parts))
    totals = [("all", column) for column in (0, 1, "all")]
    return Tables(counts, sums, units, always=totals if always else ())


def worlds(tables: Tables, hidden: frozenset[Cell], n: int) -> list[dict[Cell, int]]:
    """Give every table of n rows that has the same totals and the same counts where they are told: by trying all."""
    columns = [list(_split(tables.counts["all", column], n)) for column in (0, 1)]
    found = []
    for first, second in product(*columns):
        world: dict[Cell, int] = {("all", column): tables.counts["all", column] for column in (0, 1, "all")}
        for at, row in enumerate(zip(first, second, strict=True)):
            world |= {(at, 0): row[0], (at, 1): row[1], (at, "all"): sum(row)}
        if all(world[cell] == count for cell, count in tables.counts.items() if cell not in hidden):
            found.append(world)
    return found


def _split(total: int, n: int) -> Iterator[tuple[int, ...]]:
    if n == 1:
        yield (total,)
        return
    for first in range(total + 1):
        yield from ((first, *rest) for rest in _split(total - first, n - 1))


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3)), min_size=2, max_size=3))
@MORE
def test_no_count_that_is_kept_back_follows_from_the_rest(rows: list[Row]) -> None:
    """E7.3: every count kept back, other than none, may be at least two things; no small one is told."""
    tables = crossed(rows)
    hidden = keep_back(tables)
    told = {cell: count for cell, count in tables.counts.items() if cell not in hidden and cell not in tables.always}
    assert not [cell for cell, count in told.items() if 0 < count < 3]
    possible = worlds(tables, hidden, len(rows))
    assert dict(tables.counts) in possible
    for cell in hidden:
        if tables.counts[cell]:
            assert len({world[cell] for world in possible}) > 1, (rows, cell)


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3)), min_size=2, max_size=3), st.data())
@MORE
def test_other_counts_are_found_only_where_there_are_some(rows: list[Row], data: st.DataObject) -> None:
    """What the search finds agrees with all that is told; what it does not find, nobody finds."""
    tables = crossed(rows)
    hidden = frozenset(cell for unit in data.draw(st.sets(st.sampled_from(tables.units))) for cell in unit)
    possible = worlds(tables, hidden, len(rows))
    for cell in hidden:
        found = other_counts(tables, hidden, cell)
        several = len({world[cell] for world in possible}) > 1
        assert (found is not None) == several
        assert found is None or (found in possible and found[cell] != tables.counts[cell])


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=14), st.booleans())
@MORE
def test_nothing_is_told_by_the_rest_of_a_year(rows: list[Row], always: bool) -> None:
    tables = crossed(rows, always=always)
    hidden = keep_back(tables)
    lone = len(rows) == 1 and always  # one row is the total itself, which always is told
    assert lone or told_by_the_rest(tables, hidden) == frozenset()
    assert keep_back(tables, already=hidden) == hidden


def test_row_and_column_alone_would_not_do() -> None:
    """Two covered counts in every row and column, and still one follows: from all of them together."""
    cells = ((0, 0), (0, 1), (1, 0), (1, 1), (1, 2), (2, 2), (2, 3), (3, 2), (3, 3))
    away = frozenset(cells)
    rows = [[1, 4, 9, 9], [4, 1, 2, 9], [9, 9, 4, 1], [9, 9, 1, 4]]
    counts: dict[Cell, int] = {(row, at): count for row, found in enumerate(rows) for at, count in enumerate(found)}
    sums = []
    for line in range(4):
        for name, parts in (("row", [(line, at) for at in range(4)]), ("column", [(at, line) for at in range(4)])):
            counts[name, line] = sum(counts[part] for part in parts)
            sums.append(Sum((name, line), tuple(parts)))
    totals = [(name, line) for name in ("row", "column") for line in range(4)]
    tables = Tables(counts, sums, always=totals)
    assert told_by_the_rest(tables, away) == {(1, 2)}
    assert told_by_the_rest(tables, keep_back(tables)) == frozenset()


def test_small_count_of_one_table_is_not_told_by_another() -> None:
    """The same complaints by month and by kind: the kind that a column of the months tells is covered there too."""
    counts: dict[Cell, int] = {("kind", "a"): 1, ("kind", "b"): 5, ("kind", "c"): 4, "a": 1}
    counts |= {("month", at): count for at, count in enumerate((0, 1, 0))}
    sums = [Sum("a", (("kind", "a"),)), Sum("a", tuple(("month", at) for at in range(3)))]
    tables = Tables(counts, sums, unsaid=["a"])
    hidden = keep_back(tables)
    assert {("kind", "a"), ("month", 1)} <= hidden
    assert told_by_the_rest(tables, hidden) == frozenset()


def test_none_is_no_secret() -> None:
    tables = crossed([(0, 0), (0, 0), (5, 4)])
    assert keep_back(tables) == frozenset()


@pytest.mark.parametrize(("least", "n"), [(1, 0), (3, 6), (8, 9)])
def test_what_is_small_is_for_the_caller_to_say(least: int, n: int) -> None:
    assert len(keep_back(crossed([(1, 8), (4, 9), (7, 8)]), least=least)) == n
