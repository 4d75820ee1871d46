"""The counts of complaints as one system of tables: what adds up to what, and what of it must be kept back."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from prongsai.privacy.suppress import LEAST, Cell, Sum, Tables, keep_back

YEAR = ("total", "done", "pending")
SPLIT = ("procurement", "other")
BREAKDOWNS = ("months", "categories")
PROCUREMENT = "จัดซื้อจัดจ้าง"
"""How the category is known that the column of procurement counts too."""

Statistics = Any  # ComplaintStatistics, of the module that uses this one


def kept_back(statistics: Statistics, earlier: Sequence[Statistics] = ()) -> Statistics:
    """Give statistics with what must be kept back as None."""
    system = _System(statistics, earlier)
    hidden = keep_back(system.tables(), already=system.already())
    rows = {name: _shown(name, getattr(statistics, name), hidden) for name in BREAKDOWNS}
    totals = {name: None for name in (*YEAR, "refused") if ("year", name) in hidden}
    return replace(statistics, **rows, **totals)


def _shown(name: str, rows: Sequence[Any], hidden: frozenset[Cell]) -> tuple[Any, ...]:
    away = [(name, at, "total") in hidden for at in range(len(rows))]
    if away.count(True) == 1 < len(rows):  # of faulty counts nothing may follow; two rows are kept back all the same
        others = [at for at in range(len(rows)) if not away[at]]
        away[min(others, key=lambda at: (not rows[at].total, rows[at].total, at))] = True
    nothing = dict.fromkeys((*YEAR, *SPLIT))
    return tuple(replace(row, **nothing) if away[at] else row for at, row in enumerate(rows))


class _System:
    """The cells of both breakdowns and of the year, and the sums that hold between them.

    Rows that are kept back already are counted as if their first had everything that is left: what can be worked out
    follows from what is told alone. A sum that does not hold, because a paper is faulty, tells nothing.
    """

    def __init__(self, statistics: Statistics, earlier: Sequence[Statistics]) -> None:
        self.statistics, self.earlier = statistics, earlier
        self.rows = {name: [_counts(row) for row in getattr(statistics, name)] for name in BREAKDOWNS}
        self.away = {name: [at for at, row in enumerate(self.rows[name]) if row is None] for name in BREAKDOWNS}
        self.counts: dict[Cell, int] = {}
        self._year()
        for name in BREAKDOWNS:
            self._fill(name)
            for at, row in enumerate(self.rows[name]):
                self.counts |= {(name, at, column): count for column, count in (row or {}).items()}
        self.counts |= {("sum", column): self._sum("months", column) for column in SPLIT}

    def tables(self) -> Tables:
        """Give the system."""
        asked = [("year", name) for name in (*YEAR, "refused")]
        sums = [one for one in (*self._sums(), *self._told_earlier()) if self._holds(one)]
        return Tables(
            self.counts,
            sums,
            rows=[self._row(name, at) for name in BREAKDOWNS for at in range(len(self.rows[name]))],
            always=[
                *(() if self.statistics.hide_small_totals else asked),
                *(one for one in self.counts if _is_past(one)),
            ],
            unsaid=[*(("sum", column) for column in SPLIT), ("year", "taken on and done")],
        )

    def already(self) -> frozenset[Cell]:
        """Give what is kept back anyhow: rows that were, and every row of a year that has only a few complaints."""
        total = self.statistics.total
        is_small = total is not None and 0 < total < LEAST
        found = {
            cell
            for name in BREAKDOWNS
            for at in range(len(self.rows[name]))
            if is_small or at in self.away[name]
            for cell in self._row(name, at)
        }
        return frozenset(found)

    def _row(self, name: str, at: int) -> list[Cell]:
        return [(name, at, column) for column in (*YEAR, *SPLIT) if (name, at, column) in self.counts]

    def _year(self) -> None:
        for name in (*YEAR, "refused"):
            if (count := getattr(self.statistics, name)) is not None:
                self.counts["year", name] = count
        done, refused = self.counts.get(("year", "done")), self.counts.get(("year", "refused"))
        if done is not None and refused is not None and refused <= done:
            self.counts["year", "taken on and done"] = done - refused

    def _fill(self, name: str) -> None:
        """Count rows that were kept back as one possible way: all that is left in the first of them."""
        for place, at in enumerate(self.away[name]):
            left = {column: self._left(name, column) if place == 0 else 0 for column in YEAR}
            left["total"] = left["done"] + left["pending"] if place == 0 else 0
            self.rows[name][at] = left
        rows = [row for row in self.rows[name] if row is not None]
        if any("procurement" in row for row in rows):
            for row in rows:
                row.setdefault("procurement", row["total"])
                row.setdefault("other", 0)

    def _left(self, name: str, column: str) -> int:
        known = sum(row[column] for row in self.rows[name] if row is not None)
        return max(0, self.counts.get(("year", column), 0) - known)

    def _sum(self, name: str, column: str) -> int:
        return sum((row or {}).get(column, 0) for row in self.rows[name])

    def _sums(self) -> Iterator[Sum]:
        yield Sum(("year", "total"), (("year", "done"), ("year", "pending")))
        yield Sum(("year", "done"), (("year", "refused"), ("year", "taken on and done")))
        for name, rows in self.rows.items():
            for at in range(len(rows)):
                yield Sum((name, at, "total"), ((name, at, "done"), (name, at, "pending")))
                yield Sum((name, at, "total"), ((name, at, "procurement"), (name, at, "other")))
            for column in YEAR:
                yield Sum(("year", column), tuple((name, at, column) for at in range(len(rows))))
        for column in SPLIT:
            yield Sum(("sum", column), tuple(("months", at, column) for at in range(len(self.rows["months"]))))
        labels = [row.label for row in self.statistics.categories]
        bought = tuple(("categories", at, "total") for at, label in enumerate(labels) if PROCUREMENT in label)
        if bought:
            yield Sum(("sum", "procurement"), bought)

    def _told_earlier(self) -> Iterator[Sum]:
        """Give what was told of the same months before: each count shown, and what the others had between them."""
        places = {row.label: at for at, row in enumerate(self.statistics.months)}
        for number, one in enumerate(self.earlier):
            for column in (*YEAR, *SPLIT):
                left = getattr(one, column, None)
                away = []
                for row in one.months:
                    count, at = getattr(row, column), places.get(row.label)
                    if at is None:
                        left = None
                    elif count is None:
                        away.append(at)
                    else:
                        left = left - count if left is not None else None
                        yield self._past((number, column, at), count, ("months", at, column))
                if left is not None and left >= 0 and away:
                    yield self._past((number, column), left, *(("months", at, column) for at in away))

    def _past(self, key: tuple[Any, ...], count: int, *cells: Cell) -> Sum:
        self.counts["past", *key] = count
        return Sum(("past", *key), cells)

    def _holds(self, one: Sum) -> bool:
        known = all(cell in self.counts for cell in (one.whole, *one.parts))
        return known and bool(one.parts) and self.counts[one.whole] == sum(self.counts[cell] for cell in one.parts)


def _counts(row: Any) -> dict[str, int] | None:
    """Give the counts of a row by their columns; None when one of them is kept back."""
    told: dict[str, int | None] = {column: getattr(row, column) for column in YEAR}
    if any(count is None for count in told.values()):
        return None
    split = {column: getattr(row, column) for column in SPLIT}
    known = split if None not in split.values() else {}
    return {column: count for column, count in (told | known).items() if count is not None}


def _is_past(cell: Cell) -> bool:
    return isinstance(cell, tuple) and cell[0] == "past"
