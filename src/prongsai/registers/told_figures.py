"""Figures as everybody may read them: no small count is read, or worked out from all that is told together.

The figures of a register count the same entries in several ways, so they are one system: what one table keeps back,
another may tell. What adds up to what is written down here; ``prongsai.privacy.suppress`` finds what to keep back.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from prongsai.privacy.suppress import Cell, Sum, Tables, keep_back
from prongsai.registers.known import MONTH, QUARTER
from prongsai.registers.model import Register
from prongsai.registers.show_values import month as month_label
from prongsai.registers.statistics import Figure, Value, declared, quarter_label
from prongsai.thai.fiscal import BE_OFFSET

Pairs = frozenset[tuple[str, str]]  # what groups a count: field and label each


def suppressed(figure: Figure, min_cell: int) -> Figure:
    """Cover every value with fewer than ``min_cell`` entries behind it, and what would give one away by subtraction."""
    return told_together((figure,), min_cell)[0]


def told_together(figures: Sequence[Figure], min_cell: int, register: Register | None = None) -> tuple[Figure, ...]:
    """Cover figures that are told at one time. register: theirs, to know what their conditions select.

    A small count is 1 to ``min_cell`` − 1. Nothing behind a value is no secret: zeros stay unless they are needed as
    cover. Figures of other years, or that were told before some entries came in, are not looked at.
    """
    if min_cell <= 1 or not figures:
        return tuple(figures)
    system = _System(register)
    named = [system.add(figure) for figure in figures]
    hidden = keep_back(system.tables(min_cell), least=min_cell)
    return tuple(_covered(one, names, hidden, min_cell) for one, names in zip(figures, named, strict=True))


@dataclass(frozen=True, slots=True)
class _Names:
    """The cells of a figure, in the shape that it is printed in."""

    rows: tuple[Cell, ...]
    total: Cell
    body: tuple[tuple[Cell, ...], ...]
    foot: tuple[Cell, ...]


@dataclass
class _System:
    """Counts of all figures under one name each, and the sums between them."""

    register: Register | None
    counts: dict[Cell, int] = field(default_factory=dict)
    sums: list[Sum] = field(default_factory=list)
    wholes: dict[Cell, Cell] = field(default_factory=dict)  # a count under a condition → the same without it

    def add(self, figure: Figure) -> _Names:
        """Take a figure in; gives the names of its cells."""
        by, heads = figure.statistic.by, figure.heads
        labels = [label for label, _ in figure.rows]
        rows = [self._cell(figure, _pairs(by[:1], label), n) for label, n in zip(labels, figure.counts, strict=True)]
        total = self._cell(figure, frozenset(), figure.count)
        body = [
            tuple(
                self._cell(figure, _pairs(by[:1], label) | _pairs(by[1:], head), n)
                for head, n in zip(heads, row, strict=True)
            )
            for label, row in zip(labels, figure.cell_counts, strict=True)
        ] if heads else []  # fmt: skip
        foot = [self._cell(figure, _pairs(by[1:], head), n) for head, n in zip(heads, figure.foot_counts, strict=True)]
        self._sum(total, rows)
        for whole, parts in zip(rows, body, strict=bool(body)):
            self._sum(whole, parts)
        for place, whole in enumerate(foot):
            self._sum(whole, [row[place] for row in body])
        if foot:
            self._sum(total, foot)
        if by == (MONTH,):
            self._quarters(figure, rows)
        return _Names(tuple(rows), total, tuple(body), tuple(foot))

    def tables(self, min_cell: int) -> Tables:
        """Give the system; a count without a condition is that with it and the rest, which no table has."""
        rests = {("rest", part): self.counts[whole] - self.counts[part] for part, whole in self._within()}
        more = [Sum(whole, (part, ("rest", part))) for part, whole in self._within()]
        counts = self.counts | rests
        held = [one for one in (*self.sums, *more) if _holds(one, counts)]
        return Tables(counts, held, unsaid=tuple(rests), told_below=told_below(min_cell))

    def _within(self) -> Iterator[tuple[Cell, Cell]]:
        for part, whole in self.wholes.items():
            if part in self.counts and self.counts.get(whole, -1) >= self.counts[part]:
                yield part, whole

    def _cell(self, figure: Figure, pairs: Pairs, count: int) -> Cell:
        """Name a count; one that says something else than another of its name is on its own."""
        population = self._population(figure)
        cell: Cell = (population[1], pairs | population[0])
        if self.counts.setdefault(cell, count) != count:
            cell = (figure.statistic.key, cell)
            self.counts[cell] = count
        elif population[1]:
            self.wholes[cell] = ("", pairs)
        return cell

    def _population(self, figure: Figure) -> tuple[Pairs, str]:
        """Say what a figure's condition selects: entries of a label, or a part of all that has no name elsewhere."""
        where = figure.statistic.where
        if where is None:
            return frozenset(), ""
        if self.register is not None and where.is_ is not None:
            key = ("yes" if where.is_ else "no") if isinstance(where.is_, bool) else where.is_
            label = declared(self.register, where.field).get(key)
            if label:
                return frozenset({(where.field, label)}), ""
        return frozenset(), repr(where)

    def _sum(self, whole: Cell, parts: Sequence[Cell]) -> None:
        own = tuple(dict.fromkeys(parts))
        if own != (whole,) and len(own) == len(parts):
            self.sums.append(Sum(whole, own))

    def _quarters(self, figure: Figure, rows: Sequence[Cell]) -> None:
        """A quarter is the sum of its months, where both are told."""
        months: dict[str, list[Cell]] = {}
        for (label, _), cell in zip(figure.rows, rows, strict=True):
            if quarter := _quarter_of(label):
                months.setdefault(quarter, []).append(cell)
        population = self._population(figure)
        for quarter, parts in months.items():
            self._sum((population[1], _pairs((QUARTER,), quarter) | population[0]), parts)


def told_below(min_cell: int) -> int:
    """Give below which count a covered one is printed as small; 0: never, since it would tell the count."""
    return min_cell if min_cell > 2 else 0


def _pairs(by: Sequence[str], label: str) -> Pairs:
    return frozenset({(" / ".join(by), label)}) if by else frozenset()


def _holds(one: Sum, counts: Mapping[Cell, int]) -> bool:
    known = one.whole in counts and all(part in counts for part in one.parts)
    return known and counts[one.whole] == sum(counts[part] for part in one.parts)


def _quarter_of(label: str) -> str:
    """Give the label of the quarter of a month, by the month's label; "" for what is no month."""
    year = label.rpartition(" ")[2]
    if not year.isdecimal() or not 2400 < int(year) < 2700:
        return ""
    days = (date(int(year) - BE_OFFSET, month, 1) for month in range(1, 13))
    return next((quarter_label(day) for day in days if month_label(day) == label), "")


def _covered(figure: Figure, names: _Names, hidden: frozenset[Cell], min_cell: int) -> Figure:
    def seen(value: Value, cell: Cell) -> Value:
        return None if cell in hidden else value

    return replace(
        figure,
        rows=tuple((label, seen(value, cell)) for (label, value), cell in zip(figure.rows, names.rows, strict=True)),
        total=seen(figure.total, names.total),
        cells=tuple(tuple(map(seen, values, cells)) for values, cells in zip(figure.cells, names.body, strict=True)),
        foot=tuple(map(seen, figure.foot, names.foot)),
        min_cell=min_cell,
    )
