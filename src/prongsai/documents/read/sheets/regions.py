"""Which places of a sheet are a table and which are running text, cut along its empty rows and columns.

A row with one filled cell above a table is a title or a line of text, so is a note under it; within a table it is a
row. Where the file itself says that a table is (a filter, a named table), that is a table.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from prongsai.documents.read.sheets.grid import Place, Range

Places = dict[int, dict[int, Place]]

NESTED_MAX = 3
OWN_TABLE_MIN = 2
_NOTE = re.compile(r"\s*(?:หมายเหตุ|ที่มา\s*[:：]|แหล่งข้อมูล|\*)")
_MEMO_FIRST, _MEMO_LAST, _MEMO_LINES_MAX = "ส่วนราชการ", "เรียน", 8


@dataclass(frozen=True, slots=True)
class TextRow:
    """A row that is running text. words: of its cells."""

    row: int
    column: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableRows:
    """Rows that are a table, from one column to another. heads: how many of the first are its head, 0 unknown."""

    rows: tuple[int, ...]
    left: int
    right: int
    heads: int = 0


Region = TextRow | TableRows


def regions(places: Places, declared: Sequence[Range]) -> Iterator[Region]:
    """Give the regions of a sheet, top to bottom; blocks side by side from left to right."""
    columns = [column for row in places.values() for column in row]
    if columns:
        whole = _Area(places, tuple(declared), tuple(places), min(columns), max(columns))
        yield from whole.regions(NESTED_MAX)


@dataclass(frozen=True, slots=True)
class _Area:
    """Some rows of a sheet between two columns."""

    places: Places
    declared: tuple[Range, ...]
    rows: tuple[int, ...]
    left: int
    right: int

    def regions(self, depth: int) -> Iterator[Region]:
        for band in self._bands():
            titles, body = band._titles()
            sides = body._sides() if depth else []
            if sides:
                yield from (region for row in titles for region in band._text(row))
                for side in sides:
                    yield from side.regions(depth - 1)
            else:
                yield from band._band()

    def _within(self, row: int) -> dict[int, Place]:
        return {column: place for column, place in self.places[row].items() if self.left <= column <= self.right}

    def _cut(self, rows: Sequence[int], left: int, right: int) -> "_Area":
        return _Area(self.places, self.declared, tuple(rows), left, right)

    def _bands(self) -> Iterator["_Area"]:
        """Cut at empty rows, but not inside what the file says is one table."""
        band: list[int] = []
        for row in (row for row in self.rows if self._within(row)):
            if band and row > band[-1] + 1 and not self._is_one_table(band[-1], row):
                yield self._cut(band, self.left, self.right)
                band = []
            band.append(row)
        if band:
            yield self._cut(band, self.left, self.right)

    def _is_one_table(self, above: int, below: int) -> bool:
        return any(
            each.top <= above and below <= each.bottom and each.left <= self.right and self.left <= each.right
            for each in self.declared
        )

    def _cells(self, row: int) -> list[tuple[int, Place]]:
        """Give the cells of a row, each merged one once, with the first of its columns here."""
        cells: dict[Range, tuple[int, Place]] = {}
        for column, place in self._within(row).items():
            cells.setdefault(place.over, (column, place))
        return list(cells.values())

    def _is_declared(self, row: int) -> bool:
        return any(each.holds(row, column) for each in self.declared for column in self._within(row))

    def _is_wide(self, row: int) -> bool:
        """Whether a row is surely one of a table."""
        return len(self._cells(row)) > 1 or self._is_declared(row)

    # Side by side

    def _titles(self) -> tuple[tuple[int, ...], "_Area"]:
        """Part the first rows with one cell from the rest."""
        first = next((at for at, row in enumerate(self.rows) if self._is_wide(row)), len(self.rows))
        return self.rows[:first], self._cut(self.rows[first:], self.left, self.right)

    def _sides(self) -> list["_Area"]:
        """Give the tables that stand side by side, each with two columns and its own head; nothing when it is one."""
        columns = sorted({column for row in self.rows for column in self._within(row)})
        starts = [0, *(at for at, (one, next_) in enumerate(pairwise(columns), 1) if next_ > one + 1), len(columns)]
        if len(starts) < 3:
            return []
        sides = [self._cut(self.rows, columns[start], columns[end - 1]) for start, end in pairwise(starts)]
        gaps = [(one.right, next_.left) for one, next_ in pairwise(sides)]
        if any(each.left <= left and right <= each.right for each in self.declared for left, right in gaps):
            return []
        return sides if all(side._has_own_head() for side in sides) else []

    def _has_own_head(self) -> bool:
        rows = [row for row in self.rows if self._within(row)]
        wide = next((row for row in rows if len(self._cells(row)) > 1), None)
        if wide is None or self.right - self.left + 1 < OWN_TABLE_MIN or len(rows) < OWN_TABLE_MIN:
            return False
        heads = self._within(wide)
        return len(heads) == self.right - self.left + 1 and all(place.entry.value is None for place in heads.values())

    # Text above, a table, notes under it

    def _band(self) -> Iterator[Region]:
        memo = self._memo()
        rows = [row for row in self.rows if row not in memo]
        wide = [row for row in rows if self._is_wide(row)]
        first, last = (wide[0], wide[-1]) if wide else (0, 0)
        above = [row for row in rows if not wide or (row < first and not self._reaches(row, first))]
        kept = set(above)
        table = [row for row in rows if row not in kept]
        below = self._notes([row for row in table if row > last], table)
        for row in (*memo, *above):
            yield from self._text(row)
        table = [row for row in table if row not in below]
        if table:
            yield self._table(table)
        for row in below:
            yield from self._text(row)

    def _memo(self) -> tuple[int, ...]:
        """Give the first rows when they are the head of a memo: a label in one cell, its words in another."""
        firsts = [self._cells(row)[0][1].entry.words.strip() for row in self.rows[: _MEMO_LINES_MAX * 2]]
        start = next((at for at, text in enumerate(firsts) if text.startswith(_MEMO_FIRST)), None)
        if start is None or any(self._is_wide(row) for row in self.rows[:start]):
            return ()
        ends = range(start + 1, min(len(firsts), start + _MEMO_LINES_MAX))
        end = next((at for at in ends if firsts[at].startswith(_MEMO_LAST)), None)
        return () if end is None else self.rows[: end + 1]

    def _reaches(self, row: int, below: int) -> bool:
        return any(place.over.bottom >= below for place in self._within(row).values())

    def _notes(self, rows: Sequence[int], table: Sequence[int]) -> set[int]:
        """Give which of the last rows of one cell are notes: from the first that says so or is as wide as all."""
        last = set(rows)
        body = [row for row in table if row not in last]
        if not body:
            return set()
        left, right = self._extent(body)
        for at, row in enumerate(rows):
            _, place = self._cells(row)[0]
            is_all_wide = place.over.left <= left and place.over.right >= right > left
            if is_all_wide or (place.over.left == left and _NOTE.match(place.entry.words)):
                return set(rows[at:])
        return set()

    def _extent(self, rows: Sequence[int]) -> tuple[int, int]:
        columns = [column for row in rows for column in self._within(row)]
        said = [each for each in self.declared if any(each.top <= row <= each.bottom for row in rows)]
        left = min([*columns, *(each.left for each in said)])
        right = max([*columns, *(each.right for each in said if each.right <= max(columns) + OWN_TABLE_MIN)])
        return max(left, self.left), right

    def _text(self, row: int) -> Iterator[TextRow]:
        cells = [(column, place) for column, place in self._cells(row) if place.over.top == row]
        if cells:
            yield TextRow(row, cells[0][0], tuple(place.entry.words for _, place in cells))

    def _table(self, rows: Sequence[int]) -> TableRows:
        left, right = self._extent(rows)
        tops = [each.top for each in self.declared if each.top in rows and each.left <= right and left <= each.right]
        return TableRows(tuple(rows), left, right, rows.index(tops[0]) + 1 if tops else 0)
