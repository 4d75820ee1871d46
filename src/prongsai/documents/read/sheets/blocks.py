"""From a sheet to the blocks of a document, each with its place, and what is to be said about the sheet."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from prongsai.documents.model import Cell, Paragraph, Printed, Row, Table
from prongsai.documents.places import Places
from prongsai.documents.read.printed import as_printed
from prongsai.documents.read.sheets.grid import Place, Range, Sheet
from prongsai.documents.read.sheets.notices import Notices
from prongsai.documents.read.sheets.regions import TableRows, TextRow, regions
from prongsai.documents.read.sheets.words import BLANKS, lines_of, original
from prongsai.errors import Where

RUNS_MAX = 20


def blocks_of(sheets: Iterable[Sheet], file: str, kind: str, notices: Notices) -> Iterator[Printed]:
    """Give the blocks of sheets in their order. kind: of the file, the dialect of its tables.

    A page is a sheet; in a file that has lines there are no pages and the lines are its own.
    """
    places = Places(file)
    for number, sheet in enumerate(sheets, 1):
        sheet.check()
        places.page = None if sheet.lines else number
        _say(sheet, Where(file, page=places.page), notices)
        yield from _Page(sheet, kind, places).blocks()


class _Page:
    """One sheet on its way to blocks."""

    def __init__(self, sheet: Sheet, kind: str, places: Places) -> None:
        self._sheet = sheet
        self._kind = kind
        self._places = places
        self._grid = sheet.places()

    def blocks(self) -> Iterator[Printed]:
        for region in regions(self._grid, self._sheet.declared):
            if isinstance(region, TextRow):
                words = " ".join(original(each).strip() for each in region.words)
                yield from self._text(words, region.row, region.column)
            else:
                yield self._table(region)
        for row, words in self._sheet.loose:
            yield from self._text(words, row, None)

    def _text(self, words: str, row: int | None, column: int | None) -> Iterator[Paragraph]:
        """Give the lines of a row of text; those after a line break stand right under the first."""
        texts = [(text, raw.strip()) for raw in words.splitlines() if (text := as_printed(raw))]
        for number, (text, raw) in enumerate(texts):
            where = self._places.next_line() if number else self._places.paragraph()
            yield Paragraph(text, raw, replace(self._at(where, row), row=row, column=column))

    def _table(self, region: TableRows) -> Table:
        where = self._at(self._places.table(), region.rows[0])
        self._sheet.tally.laid_out += len(region.rows) * (region.right - region.left + 1)
        self._sheet.tally.check()
        seen: dict[Range, Cell] = {}
        rows = tuple(self._row(row, region, seen) for row in region.rows)
        self._places.end_table()
        return Table(rows, where, self._kind, region.heads, name=self._sheet.name)

    def _row(self, row: int, region: TableRows, seen: dict[Range, Cell]) -> Row:
        where = self._at(self._places.row(row), row)
        places = self._grid[row]
        columns = range(region.left, region.right + 1)
        return Row(tuple(_cell(places.get(at), Places.cell(where, at), region, seen) for at in columns), where)

    def _at(self, where: Where, row: int | None) -> Where:
        """Give a place its line in the file, when the file has lines."""
        return replace(where, line=self._sheet.lines.get(row or 0, where.line)) if self._sheet.lines else where


def _cell(place: Place | None, where: Where, region: TableRows, seen: dict[Range, Cell]) -> Cell:
    """Make a cell; a merged one holds its words again in every place that it covers."""
    if place is None:
        return Cell("", (), where)
    if place.over in seen:
        return replace(seen[place.over], where=where, rows=1, columns=1, covered=True)
    raw = original(place.entry.words).strip(BLANKS)
    rows, columns = _extent(place.over, region)
    cell = Cell(raw, lines_of(raw), where, (), place.entry.value, rows, columns)
    if rows * columns > 1:
        seen[place.over] = cell
    return cell


def _extent(over: Range, region: TableRows) -> tuple[int, int]:
    """Give over how many rows and columns of its table a cell is merged."""
    if over.top == over.bottom and over.left == over.right:
        return 1, 1
    rows = sum(over.top <= row <= over.bottom for row in _near(region.rows, over))
    return rows, min(over.right, region.right) - max(over.left, region.left) + 1


def _near(rows: Sequence[int], over: Range) -> Sequence[int]:
    start = rows.index(max(over.top, rows[0])) if max(over.top, rows[0]) in rows else 0
    return rows[start : start + over.bottom - over.top + 1]


def _say(sheet: Sheet, here: Where, notices: Notices) -> None:
    """Say what is hidden in a sheet and what its reader noticed."""
    if sheet.is_hidden and sheet.cells:
        notices.add("HIDDEN_SHEET", [sheet.name], here)
    rows = _within(sheet.hidden_rows, sorted(sheet.cells))
    if rows:
        notices.add("HIDDEN_ROWS", _runs("แถว", rows), replace(here, row=rows[0]))
    columns = _within(sheet.hidden_columns, sorted({at for entries in sheet.cells.values() for at in entries}))
    if columns:
        notices.add("HIDDEN_COLUMNS", _runs("คอลัมน์", columns), replace(here, column=columns[0]))
    for each in sheet.noticed:
        notices.add(each.code, each.words, replace(here, row=each.row, column=each.column))


def _within(hidden: Sequence[tuple[int, int]], filled: Sequence[int]) -> list[int]:
    """Give which of the filled rows or columns are hidden, in one walk over both."""
    found: list[int] = []
    spans = iter(sorted(hidden))
    start, end = next(spans, (0, 0))
    for number in filled:
        while end < number and end:
            start, end = next(spans, (0, 0))
        if start <= number <= end:
            found.append(number)
    return found


def _runs(unit: str, numbers: Sequence[int]) -> list[str]:
    """Give numbers as runs: แถว 3-7."""
    runs = [[number for _, number in run] for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0])]
    return [f"{unit} {run[0]}" if len(run) == 1 else f"{unit} {run[0]}-{run[-1]}" for run in runs[:RUNS_MAX]]
