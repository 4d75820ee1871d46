"""How wide the columns of a sheet are, how high its rows, which cells are merged.

Programs measure no merged cells, and some measure no wrapped rows of a file that they did not write; so every row says
how high it is, by the widths of the letters.
"""

from collections.abc import Iterator, Sequence
from math import ceil

from prongsai.documents.fonts.shipped import Fonts
from prongsai.documents.model import Cell, Row, Table
from prongsai.documents.write.xlsx.cells import words_of
from prongsai.documents.write.xlsx.plan import Page

SIZE = 16
LINE_HEIGHT = 1.35
ROW_POINTS_MAX = 409
PORTRAIT_WIDTH, LANDSCAPE_WIDTH = 72.0, 116.0
COLUMN_WIDTH_MIN, COLUMN_WIDTH_WANTED_MAX = 6.0, 40.0
UNIT_POINTS = 6.0
"""How wide one unit of a column's width is: a digit of the workbook's font, in whole pixels."""
WASTE = 0.9
"""How much of a line words fill: the last one goes to the next line."""


class Merged:
    """Which cells of a table are merged over which: only over places that say so."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._extents: dict[tuple[int, int], tuple[int, int]] = {}
        self._taken: set[tuple[int, int]] = set()
        self._over: dict[int, list[tuple[int, int]]] = {}
        for at, row in enumerate(table.rows):
            for place, cell in enumerate(row.cells):
                if (cell.rows > 1 or cell.columns > 1) and (at, place) not in self._taken:
                    self._merge(at, place, cell)

    def _merge(self, at: int, place: int, cell: Cell) -> None:
        columns = 1
        while columns < cell.columns and self._is_covered(at, place + columns):
            columns += 1
        rows = 1
        while rows < cell.rows and all(self._is_covered(at + rows, place + right) for right in range(columns)):
            rows += 1
        self._extents[at, place] = rows, columns
        for down in range(rows):
            self._over.setdefault(at + down, []).append((at, place))
        covered = {(at + down, place + right) for down in range(rows) for right in range(columns)}
        self._taken |= covered - {(at, place)}

    def _is_covered(self, at: int, place: int) -> bool:
        rows = self._table.rows
        is_there = at < len(rows) and place < len(rows[at].cells)
        return is_there and rows[at].cells[place].covered and (at, place) not in self._taken

    def hides(self, at: int, place: int) -> bool:
        """Whether a place lies under a cell that is merged over it."""
        return (at, place) in self._taken

    def extent(self, at: int, place: int) -> tuple[int, int]:
        """Give over how many rows and columns a cell is merged."""
        return self._extents.get((at, place), (1, 1))

    def over(self, at: int) -> Iterator[tuple[int, int, int, int]]:
        """Give the merged cells that lie over a row: where each starts, over how many rows and columns."""
        return ((top, left, *self._extents[top, left]) for top, left in self._over.get(at, ()))


def widths_of(page: Page) -> list[float]:
    """Give the width of every column in digits: shares of the page, or by what stands in it."""
    tables = [block for block in page.blocks if isinstance(block, Table)]
    count = max((len(row.cells) for table in tables for row in table.rows), default=1)
    whole = LANDSCAPE_WIDTH if page.is_landscape else PORTRAIT_WIDTH
    columns = page.table.columns if page.table else ()
    shares = [column.width for column in columns] if len(columns) == count else _wanted(tables, count)
    total = sum(shares)
    return [max(COLUMN_WIDTH_MIN, round(whole * share / total, 1)) if total > 0 else whole / count for share in shares]


def _wanted(tables: Sequence[Table], count: int) -> list[float]:
    """Give about how wide each column wants to be, between a number and a sentence."""
    wanted = [COLUMN_WIDTH_MIN] * count
    for table in tables:
        for place, cell in _single(table.rows):
            longest = max((len(line.text) for line in cell.lines), default=0)
            wanted[place] = max(wanted[place], min(COLUMN_WIDTH_WANTED_MAX, longest))
    return wanted


def _single(rows: Sequence[Row]) -> Iterator[tuple[int, Cell]]:
    return ((place, cell) for row in rows for place, cell in enumerate(row.cells) if cell.columns == 1)


class Heights:
    """Tells how high rows must be for their words."""

    def __init__(self, fonts: Fonts, widths: Sequence[float]) -> None:
        self._fonts = fonts
        self._widths = widths

    def text(self, words: str, size: int, *, bold: bool) -> float:
        """Give the points that a line of text over the whole width needs."""
        return min(ROW_POINTS_MAX, self._points(words, 0, len(self._widths), size, bold=bold))

    def row(self, table: Table, at: int, merged: Merged) -> float:
        """Give the points that a row of a table needs; a cell merged over rows shares its height among them."""
        rows, is_head = table.rows, at < table.heads
        most = LINE_HEIGHT * SIZE
        for top, left, over, columns in merged.over(at):
            words = words_of(rows[top].cells[left].lines)
            most = max(most, self._points(words, left, columns, SIZE, bold=is_head) / over)
        for place, cell in enumerate(rows[at].cells):
            if cell.lines and not merged.hides(at, place) and merged.extent(at, place) == (1, 1):
                most = max(most, self._points(words_of(cell.lines), place, 1, SIZE, bold=is_head))
        return min(ROW_POINTS_MAX, most)

    def _points(self, words: str, left: int, columns: int, size: int, *, bold: bool) -> float:
        room = sum(self._widths[left : left + columns]) * UNIT_POINTS * WASTE
        widths = (self._fonts.width(line, size, bold=bold) for line in words.split("\n"))
        return LINE_HEIGHT * size * sum(max(1, ceil(width / room)) for width in widths)
