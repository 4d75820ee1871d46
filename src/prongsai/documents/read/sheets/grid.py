"""A sheet as every format of sheets gives it: cells by their own rows and columns, what is merged, what is hidden.

Only cells with words are kept: a sheet that is formatted out to its last column is as small as what it says.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from prongsai.documents.read.refusals import over_limit

SHEETS_MAX = 50
ROWS_MAX = 200_000
COLUMNS_MAX = 200
CELLS_MAX = 500_000
LAID_OUT_MAX = 1_000_000
"""How many places the tables of a file may have, empty ones too."""
LETTERS_MAX = 20_000_000

ROW_LAST = 1_048_576
COLUMN_LAST = 16_384

_REF = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


class Range(NamedTuple):
    """Places from one corner to the other, 1-based, both ends within."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, row: int, column: int) -> bool:
        """Whether a place lies within."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right


class Entry(NamedTuple):
    """What one cell says. words: as a person sees it, lines parted by line feeds. value: the typed one behind it."""

    words: str
    value: Decimal | date | None = None


class Place(NamedTuple):
    """What stands in one place. over: the range that its cell is merged over; the cell itself stands at its corner."""

    entry: Entry
    over: Range


class Noticed(NamedTuple):
    """Something about a place of a sheet that is to be said. row, column: None when it is the whole sheet."""

    code: str
    words: tuple[str, ...] = ()
    row: int | None = None
    column: int | None = None


@dataclass(slots=True)
class Tally:
    """How much all sheets of a file hold together."""

    file: str
    cells: int = 0
    letters: int = 0
    laid_out: int = 0

    def check(self) -> None:
        """Raise LimitExceeded over CELLS_MAX cells with words, LETTERS_MAX letters or LAID_OUT_MAX places."""
        for count, most, unit in (
            (self.cells, CELLS_MAX, "ช่อง"),
            (self.letters, LETTERS_MAX, "ตัวอักษร"),
            (self.laid_out, LAID_OUT_MAX, "ช่องรวมช่องว่าง"),
        ):
            if count > most:
                raise over_limit(self.file, f"ทั้งไฟล์มี {count:,} {unit}", f"{most:,} {unit}")


@dataclass(slots=True)
class Sheet:
    """One sheet while it is read.

    tally: shared by the sheets of a file.
    declared: where the file itself says that a table is (a filter, a named table); its first row is the head.
    hidden_rows, hidden_columns: from and to. lines: of each row in a file that has lines. loose: words that stand in no
    cell (text boxes), with the row beside them.
    """

    tally: Tally
    name: str
    is_hidden: bool = False
    cells: dict[int, dict[int, Entry]] = field(default_factory=dict)
    merges: list[Range] = field(default_factory=list)
    declared: list[Range] = field(default_factory=list)
    hidden_rows: list[tuple[int, int]] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    lines: dict[int, int] = field(default_factory=dict)
    loose: list[tuple[int | None, str]] = field(default_factory=list)
    noticed: list[Noticed] = field(default_factory=list)
    _columns: set[int] = field(default_factory=set)

    def put(self, row: int, column: int, entry: Entry) -> None:
        """Set down a cell; one without words is not kept.

        Raises LimitExceeded when the sheet has more than ROWS_MAX rows, or its file is over a limit of ``Tally``.
        """
        if not entry.words.strip():
            return
        self.cells.setdefault(row, {})[column] = entry
        self._columns.add(column)
        self._weigh(1, len(entry.words))

    def notice(self, code: str, *words: str, row: int | None = None, column: int | None = None) -> None:
        """Note something to be said about the sheet."""
        self.noticed.append(Noticed(code, words, row, column))

    def _weigh(self, cells: int, letters: int) -> None:
        self.tally.cells += cells
        self.tally.letters += letters
        if self.tally.cells > CELLS_MAX or self.tally.letters > LETTERS_MAX or len(self.cells) > ROWS_MAX:
            self.check()

    def check(self) -> None:
        """Raise LimitExceeded when the sheet is over a limit, naming it and how much there is."""
        counts = (
            (len(self._columns), COLUMNS_MAX, "คอลัมน์"),
            (len(self.cells), ROWS_MAX, "แถว"),
        )
        for count, most, unit in counts:
            if count > most:
                sheet = f"แผ่นงาน “{self.name}” " if self.name else ""
                raise over_limit(self.tally.file, f"{sheet}มี {count:,} {unit}", f"{most:,} {unit}")
        self.tally.check()

    def places(self) -> dict[int, dict[int, Place]]:
        """Give what stands in every place by row and column; places that a merged cell covers hold it too."""
        places = {
            row: {column: Place(entry, Range(row, column, row, column)) for column, entry in entries.items()}
            for row, entries in self.cells.items()
        }
        last_row, last_column = max(self.cells, default=0), max(self._columns, default=0)
        for merge in self.merges:
            entry = self.cells.get(merge.top, {}).get(merge.left)
            if entry is not None:
                self._spread(entry, _clipped(merge, last_row, last_column), places)
        return {row: dict(sorted(places[row].items())) for row in sorted(places)}

    def _spread(self, entry: Entry, over: Range, places: dict[int, dict[int, Place]]) -> None:
        height, width = over.bottom - over.top + 1, over.right - over.left + 1
        self._weigh(height * width - 1, (height * width - 1) * len(entry.words))
        place = Place(entry, over)
        for row in range(over.top, over.bottom + 1):
            for column in range(over.left, over.right + 1):
                is_corner = (row, column) == (over.top, over.left)
                if is_corner or column not in places.get(row, {}):
                    places.setdefault(row, {})[column] = place


def _clipped(merge: Range, last_row: int, last_column: int) -> Range:
    """Give a merged range without what lies beyond the words of the sheet, so far as it is wider than any table."""
    is_too_wide = merge.right - merge.left >= COLUMNS_MAX
    right = max(merge.left, min(merge.right, last_column)) if is_too_wide else merge.right
    return Range(merge.top, merge.left, max(merge.top, min(merge.bottom, last_row)), right)


def read_range(ref: str) -> Range | None:
    """Read ``A1`` or ``A1:C3``; None when it is no place of a sheet."""
    corners = [read_place(part) for part in ref.split(":")]
    if len(corners) > 2 or None in corners:
        return None
    (top, left), (bottom, right) = corners[0] or (0, 0), corners[-1] or (0, 0)
    return Range(min(top, bottom), min(left, right), max(top, bottom), max(left, right))


def read_place(ref: str) -> tuple[int, int] | None:
    """Read ``B7`` into row and column; None when it is no place of a sheet."""
    found = _REF.fullmatch(ref)
    if not found:
        return None
    row, column = int(found[2]), _column(found[1])
    return (row, column) if 1 <= row <= ROW_LAST and column <= COLUMN_LAST else None


@lru_cache(maxsize=1024)
def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number
