"""Which counts of tables must be kept back, so that no small one is read or worked out from everything that is told.

Tables that are told together are one system: cells with counts, and sums that hold between them, the totals and what
was told of the same things earlier included. A count that is kept back is safe when other counts, whole and not below
nothing, agree with everything that is told and differ in it. Such counts are looked for and shown, never supposed: what
is found is sound; where none is found soon enough, more is kept back. To see rows and columns one by one is not enough:
a count may follow from several of them together.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

LEAST = 3  # counts below it, other than none, may tell of a person
STEPS_MAX = 3000  # of one search

Cell = Hashable


@dataclass(frozen=True, slots=True)
class Sum:
    """A whole that is the sum of its parts, all of them cells."""

    whole: Cell
    parts: tuple[Cell, ...]


@dataclass(frozen=True)
class Tables:
    """What is told together. counts: of every cell; sums: what holds between them.

    rows: cells that are kept back together, in their order; a cell of none is kept back alone. always: cells that are
    told whatever they are. unsaid: cells that no table has and that sums need: nobody reads them, but who adds and
    subtracts may come to them. told_below: what is kept back is printed as "fewer than" this or as kept back, which
    tells on which side of it a count is (none stands on the far side); 0 where nothing is told of it.
    """

    counts: Mapping[Cell, int]
    sums: Sequence[Sum]
    rows: Sequence[Collection[Cell]] = ()
    always: Collection[Cell] = ()
    unsaid: Collection[Cell] = ()
    told_below: int = 0

    def may_be(self, cell: Cell, count: int) -> bool:
        """Whether a cell that is kept back is printed the same with another count."""
        if count < 0 or not self.told_below or cell in self._unseen:
            return count >= 0
        return (0 < count < self.told_below) == (0 < self.counts[cell] < self.told_below)

    @cached_property
    def _unseen(self) -> frozenset[Cell]:
        return frozenset(self.unsaid)

    @cached_property
    def units(self) -> tuple[frozenset[Cell], ...]:
        """What is kept back together, each without the cells that are always told."""
        told = frozenset(self.always) | frozenset(self.unsaid)
        rows = [frozenset(row) - told for row in self.rows]
        grouped = frozenset().union(*rows) if rows else frozenset()
        return (
            *(row for row in rows if row),
            *(frozenset((cell,)) for cell in self.counts if cell not in told | grouped),
        )

    @cached_property
    def sums_of(self) -> Mapping[Cell, tuple[int, ...]]:
        """The sums that each cell stands in, by their places."""
        found: dict[Cell, list[int]] = {}
        for at, one in enumerate(self.sums):
            for cell in dict.fromkeys((one.whole, *one.parts)):
                found.setdefault(cell, []).append(at)
        return {cell: tuple(places) for cell, places in found.items()}


def keep_back(tables: Tables, *, least: int = LEAST, already: Iterable[Cell] = ()) -> frozenset[Cell]:
    """Give the cells to keep back: small ones with their rows, and more until nothing that is kept back is told.

    A count is small from 1 to ``least`` − 1; none is no secret. already: cells that are kept back anyhow. Where all is
    kept back that may be, what always is told may still tell of the rest: see ``told_by_the_rest``.
    """
    hidden = frozenset(already).union(*(unit for unit in tables.units if _is_small(tables, unit, least)))
    safe: set[Cell] = set()
    while weak := next((cell for cell in tables.counts if _is_weak(tables, hidden, cell, safe)), None):
        more = _next(tables, hidden, weak)
        if not more:
            safe.add(weak)  # nothing is left to keep back
        hidden |= more
    return hidden


def _is_small(tables: Tables, unit: Iterable[Cell], least: int) -> bool:
    return any(0 < tables.counts[cell] < least for cell in unit)


def _is_weak(tables: Tables, hidden: frozenset[Cell], cell: Cell, safe: set[Cell]) -> bool:
    if cell not in hidden or cell in safe or not tables.counts[cell]:
        return False
    if other_counts(tables, hidden, cell) is None:
        return True
    safe.add(cell)  # it stays so: what is kept back besides leaves more that may be
    return False


def told_by_the_rest(tables: Tables, hidden: Collection[Cell]) -> frozenset[Cell]:
    """Give the counts, other than none, that are kept back and of which no other value was found to be possible."""
    away = frozenset(hidden)
    return frozenset(
        cell for cell in tables.counts
        if cell in away and tables.counts[cell] and other_counts(tables, away, cell) is None
    )  # fmt: skip


def _next(tables: Tables, hidden: frozenset[Cell], weak: Cell) -> frozenset[Cell]:
    """Choose what else to keep back: of what stands in one sum with it, the row with the least that is something."""
    left = [unit - hidden for unit in tables.units if unit - hidden]
    places = set(tables.sums_of.get(weak, ()))
    near = [unit for unit in left if any(places & set(tables.sums_of.get(cell, ())) for cell in unit)]

    def weight(unit: frozenset[Cell]) -> tuple[bool, int]:
        total = sum(tables.counts[cell] for cell in unit)
        return not total, total

    return min(near or left, key=weight, default=frozenset())


# --- other counts that agree with all that is told ------------------------------------------------------------------
def other_counts(tables: Tables, hidden: Collection[Cell], cell: Cell) -> Mapping[Cell, int] | None:
    """Give counts that agree with everything told and differ in a cell; None when none were found."""
    for step in (-1, 1):
        if tables.may_be(cell, tables.counts[cell] + step):
            search = _Search(tables, frozenset(hidden) | frozenset(tables.unsaid))
            if search.moves(cell, step):
                return {one: count + search.moved.get(one, 0) for one, count in tables.counts.items()}
    return None


class _Search:
    """Moves cells by one until every sum holds again, the shortest way first tried."""

    def __init__(self, tables: Tables, free: frozenset[Cell]) -> None:
        self.tables, self.free = tables, free
        self.moved: dict[Cell, int] = {}
        self.off: dict[int, int] = {}  # by how much each sum's parts are more than its whole, where they are
        self.steps = 0

    def moves(self, cell: Cell, step: int) -> bool:
        """Whether a cell can be moved, with whatever else must be moved then."""
        self._move(cell, step)
        if self._mend():
            return True
        self._move(cell, -step)
        return False

    def _move(self, cell: Cell, step: int) -> None:
        self.moved[cell] = self.moved.get(cell, 0) + step
        if not self.moved[cell]:
            del self.moved[cell]
        for at in self.tables.sums_of.get(cell, ()):
            one = self.tables.sums[at]
            self.off[at] = self.off.get(at, 0) + step * (one.parts.count(cell) - (one.whole == cell))
            if not self.off[at]:
                del self.off[at]

    def _mend(self) -> bool:
        self.steps += 1
        if not self.off:
            return True
        if self.steps > STEPS_MAX:
            return False
        ways = min((self._ways(at) for at in self.off), key=len)
        return any(self.moves(cell, step) for cell, step in sorted(ways, key=self._unrest))

    def _ways(self, at: int) -> list[tuple[Cell, int]]:
        """Give the cells of a sum that are free and not moved yet, each with the step that mends it."""
        one, step = self.tables.sums[at], -1 if self.off[at] > 0 else 1
        steps = ((one.whole, -step), *((cell, step) for cell in one.parts))
        return [
            (cell, way) for cell, way in steps
            if cell in self.free and cell not in self.moved and self.tables.may_be(cell, self.tables.counts[cell] + way)
        ]  # fmt: skip

    def _unrest(self, way: tuple[Cell, int]) -> int:
        """Say how many sums would be off after a step."""
        cell, step = way
        after = 0
        for at in self.tables.sums_of.get(cell, ()):
            one = self.tables.sums[at]
            after += bool(self.off.get(at, 0) + step * (one.parts.count(cell) - (one.whole == cell)))
            after -= at in self.off
        return after
