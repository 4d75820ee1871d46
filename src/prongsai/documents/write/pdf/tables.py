"""Tables for print: how wide each column is, how small the words have to be, which rows may part over a page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import cast

from prongsai.documents.model import Align, Cell, Kind, Line, Mark, Table
from prongsai.documents.write.fill import Filler
from prongsai.documents.write.pdf.page import PITCH, Form, Page
from prongsai.documents.write.text_prep import Prepared
from prongsai.documents.write.widths import is_section, narrowest, shared

SIZES = (16, 14, 12, 10)
MANY_COLUMNS = 6  # from here on the words are 14 points
BOXES = {Mark.TICKED: "☑ ", Mark.UNTICKED: "☐ ", Mark.ITEM: "• ", Mark.NONE: ""}
INSET, BETWEEN, AROUND = 4.0, 3.0, 3.0
Texts = list[list[list[str]]]
_PLACES = {Kind.TEXT: Align.LEFT, Kind.NUMBER: Align.RIGHT, Kind.MONEY: Align.RIGHT, Kind.DATE: Align.LEFT}


@dataclass(frozen=True, slots=True)
class Printer:
    """What printing a table takes: words prepared, lines filled, the page that it stands on."""

    prepared: Prepared
    filler: Filler
    page: Page


def table_form(table: Table, printer: Printer) -> Form | None:
    """Give the form of a table; None for one without a cell."""
    count = max((len(row.cells) for row in table.rows), default=0)
    if not count:
        return None
    texts = [[_texts(cell, printer.prepared) for cell in row.cells] for row in table.rows]
    size, widths = _fit(table, texts, count, printer)
    grid = _Grid(table, texts, size, widths, printer)
    return {
        "kind": "table",
        "size": size,
        "columns": [round(width, 3) for width in widths],
        "inset": INSET,
        "ruled": table.ruled,
        "repeat": grid.has_room,
        "heads": grid.rows(0, table.heads),
        "rows": grid.rows(table.heads, len(table.rows)),
    }


def _texts(cell: Cell, prepared: Prepared) -> list[str]:
    """Give the paragraphs of a cell as printed: boxes and list marks before their words, ``\\n`` where a line broke."""
    return [] if cell.covered else [text for line in cell.lines if (text := _text(line, prepared))]


def _text(line: Line, prepared: Prepared) -> str:
    ends = [0, *(at for at in line.breaks if 0 < at < len(line.text)), len(line.text)]
    pieces = [piece for start, end in pairwise(ends) if (piece := prepared.text(line.text[start:end]))]
    if not pieces and line.mark not in (Mark.TICKED, Mark.UNTICKED):
        return ""
    return (BOXES[line.mark] + " \n".join(pieces)).rstrip(" ")


def _fit(table: Table, texts: Texts, count: int, printer: Printer) -> tuple[float, list[float]]:
    """Give the largest size at which no word has to be cut, and the columns at it; the smallest when none does."""
    largest = 1 if count >= MANY_COLUMNS else 0
    for size in SIZES[largest:]:
        narrow = narrowest(table, texts, [2 * INSET] * count, size, printer.filler)
        widths = _widths(table, texts, narrow, size, printer)
        if sum(narrow) <= printer.page.width:
            break
    return size, widths


def _widths(table: Table, texts: Texts, narrow: Sequence[float], size: float, printer: Printer) -> list[float]:
    """Share the width of the page: as the columns say or as much as their words need, none below its longest word."""
    if len(table.columns) == len(narrow):
        shares = [max(column.width, 0.0) for column in table.columns]
    else:
        shares = _needs(texts, narrow, size, printer.filler)
    return shared(shares, narrow, printer.page.width)


def _needs(texts: Texts, narrow: Sequence[float], size: float, filler: Filler) -> list[float]:
    """Give what each column would take: its longest paragraph on one line, within reason."""
    needs = list(narrow)
    for cells in texts:
        for column, lines in enumerate(cells):
            for text in lines:
                needs[column] = max(needs[column], min(filler.width(text, size) + 2 * INSET, 240.0))
    return needs


@dataclass(frozen=True, slots=True)
class _Place:
    """A cell as it is printed: where it stands, over how many rows and columns, what it says in lines."""

    row: int
    column: int
    rows: int
    columns: int
    paragraphs: tuple[Form, ...]
    height: float


class _Grid:
    """The cells of a table in lines, and how high its rows are. Every place of the grid is covered once."""

    def __init__(self, table: Table, texts: Texts, size: float, widths: Sequence[float], printer: Printer) -> None:
        self._table, self._texts, self._size, self._widths = table, texts, size, widths
        self._filler = printer.filler
        self._parted: dict[tuple[int, int], int] = {}  # place → row of the merged cell that it is of
        self._places = list(self._covering())
        self._heights = self._measured()
        self._room = printer.page.height - sum(self._heights[: table.heads])
        self._part()

    @property
    def has_room(self) -> bool:
        """Whether the head leaves half a page to the rows; else it is printed once."""
        return sum(self._heights[: self._table.heads]) <= self._room

    def rows(self, start: int, end: int) -> list[list[Form]]:
        """Give the printed cells of some rows."""
        rows: list[list[Form]] = [[] for _ in range(start, end)]
        for place in self._places:
            if start <= place.row < end:
                rows[place.row - start].append(self._form(place))
        return rows

    def _part(self) -> None:
        """Print the words of a merged cell again in every row where its rows cannot stand on one page."""
        for place in self._places:
            rows = range(place.row, place.row + place.rows)
            if (
                place.rows > 1
                and place.row >= self._table.heads
                and sum(self._heights[row] for row in rows) > self._room
            ):
                columns = range(place.column, place.column + place.columns)
                self._parted |= {(row, column): place.row for row in rows for column in columns}
        if self._parted:
            self._places = list(self._covering())
            self._heights = self._measured()

    def _covering(self) -> Iterator[_Place]:
        """Cover the grid row by row; a merged cell is cut where it would leave the table, its head or meet another."""
        taken: set[tuple[int, int]] = set()
        for number, row in enumerate(self._table.rows):
            for column in range(len(self._widths)):
                if (number, column) not in taken:
                    cell = row.cells[column] if column < len(row.cells) else None
                    place = self._place(number, column, cell, taken)
                    taken |= {
                        (down, right)
                        for down in range(number, number + place.rows)
                        for right in range(column, column + place.columns)
                    }
                    yield place

    def _place(self, number: int, column: int, cell: Cell | None, taken: set[tuple[int, int]]) -> _Place:
        is_parted = (number, column) in self._parted
        if cell is None or (cell.covered and not is_parted):
            return _Place(number, column, 1, 1, (), self._size * PITCH + AROUND)
        end = self._table.heads if number < self._table.heads else len(self._table.rows)
        rows, columns = 1 if is_parted else min(cell.rows, end - number), min(cell.columns, len(self._widths) - column)
        columns = next((wide for wide in range(1, columns) if (number, column + wide) in taken), columns)
        width = sum(self._widths[column : column + columns]) - 2 * INSET
        said = tuple(
            self._lines(text, width, number) for text in self._texts[self._parted.get((number, column), number)][column]
        )
        return _Place(number, column, max(rows, 1), max(columns, 1), said, self._high(said))

    def _lines(self, text: str, width: float, number: int) -> Form:
        pieces = text.split("\n")
        if number < self._table.heads:
            lines = [line for piece in pieces for line in self._filler.balanced(piece, width, self._size, bold=True)]
            return {"hang": 0, "lines": [line.to_json() for line in lines]}
        box = next((box for box in BOXES.values() if box and text.startswith(box)), "")
        hang = self._filler.fonts.width(box, self._size)
        indents = (-hang, *(0.0,) * len(pieces))
        filled = (
            self._filler.lines(piece, width - hang, self._size, indent=indent)
            for piece, indent in zip(pieces, indents, strict=False)
        )
        return {"hang": round(hang, 2), "lines": [line.to_json() for lines in filled for line in lines]}

    def _high(self, paragraphs: Sequence[Form]) -> float:
        lines = sum(len(cast(list[str], each["lines"])) for each in paragraphs)
        return max(lines, 1) * self._size * PITCH + max(len(paragraphs) - 1, 0) * BETWEEN + AROUND

    def _measured(self) -> list[float]:
        """Give the height of each row: of the highest cell that stands in it alone."""
        heights = [self._size * PITCH + AROUND] * len(self._table.rows)
        for place in self._places:
            if place.rows == 1:
                heights[place.row] = max(heights[place.row], place.height)
        return heights

    def _form(self, place: _Place) -> Form:
        """Give the form of a cell. breaks: it may part over a page, only when what it covers is higher than one."""
        high = max(sum(self._heights[place.row : place.row + place.rows]), place.height)
        form: Form = {
            "lines": place.paragraphs,
            "align": Align.CENTRE if place.row < self._table.heads else self._align(place.column),
            "head": place.row < self._table.heads,
            "breaks": high > self._room,
            "names": self._names(place),
        }
        return form | {name: count for name, count in (("rows", place.rows), ("columns", place.columns)) if count > 1}

    def _names(self, place: _Place) -> bool:
        """Whether a cell is a row that names those below it: it stays with the first where a page holds both."""
        rows, below = self._table.rows, place.row + 1
        if not self._table.heads <= place.row < len(rows) - 1 or place.rows > 1:
            return False
        count = len(self._widths)
        fits = self._heights[place.row] + self._heights[below] <= self._room
        return fits and is_section(rows[place.row].cells, count) and not is_section(rows[below].cells, count)

    def _align(self, column: int) -> Align:
        if len(self._table.columns) <= column:
            return Align.LEFT
        said = self._table.columns[column]
        return said.align if said.align is not Align.LEFT else _PLACES[said.kind]
