"""What readers of spreadsheets send on, row by row.

Events, in the order of the file: ("sheet", name), ("row", number, texts), ("merges", [(top, left, bottom, right)…]),
("over", what, limit) for a sheet that is larger than is taken in. Rows and columns are 1-based, texts start at
column 1; only rows with words are sent. A day is sent as 2026-03-31 (with " 09:30" behind it when it has a time), a
number as its bare digits, except where leading zeros show. Formulas are never worked out: their saved values are sent.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from prongsai.documents.read.sheets.format import BUDDHIST_TYPED_FROM
from prongsai.documents.read.sheets.grid import Entry
from prongsai.registers.sheet_limits import CELL_LETTERS_MAX, COLUMNS_MAX, LETTERS_MAX, ROWS_MAX, SHEETS_MAX, too_many
from prongsai.thai.numerals import to_arabic

Event = tuple[object, ...]
FORMULA = "#FORMULA!"
"""Sent for a formula whose value was not saved."""

_SHOWN_ZERO = re.compile(r"0[0-9-]*[0-9]")
_NUL = "\x1a"  # in place of NUL, which databases do not keep: a control character too, so the cell is named


class Tray:
    """Collects the cells of one sheet into rows, within limits."""

    def __init__(self, name: str, letters: list[int]) -> None:
        """letters: how many the file has held so far, shared by its sheets."""
        self._name = name
        self._letters = letters
        self._rows = 0
        self._cells: dict[int, str] = {}
        self.is_over = False
        self._over: Event | None = None

    def put(self, row: int, column: int, text: str) -> None:
        """Set down a cell of the present row."""
        words = text.replace("\x00", _NUL)[:CELL_LETTERS_MAX]
        if not words.strip() or self.is_over:
            return
        if column > COLUMNS_MAX:
            self._stop(f"มีข้อมูลถึงคอลัมน์ที่ {column:,} ในแถวที่ {row:,}", f"{COLUMNS_MAX} คอลัมน์")
            return
        self._letters[0] += len(words)
        if self._letters[0] > LETTERS_MAX:
            raise too_many(self._name, f"มี {self._letters[0]:,} ตัวอักษร", f"{LETTERS_MAX:,} ตัวอักษร")
        self._cells[column] = words

    def row(self, number: int, times: int = 1) -> Iterator[Event]:
        """End a row. times: how often the file says that it is repeated."""
        cells, self._cells = self._cells, {}
        if self._over is not None:
            over, self._over = self._over, None
            yield over
        if not cells or self.is_over:
            return
        texts = [cells.get(column, "") for column in range(1, max(cells) + 1)]
        for each in range(number, number + times):
            self._rows += 1
            if self._rows > ROWS_MAX + 1:  # the head is none of them
                self.is_over = True
                yield "over", f"มีเกิน {ROWS_MAX:,} แถว", f"{ROWS_MAX:,} แถว"
                return
            yield "row", each, texts

    def _stop(self, what: str, limit: str) -> None:
        self.is_over = True
        self._over = ("over", what, limit)


def check_count(sheets: int, name: str) -> None:
    """Raise LimitExceeded for a file of too many sheets."""
    if sheets > SHEETS_MAX:
        raise too_many(name, f"มี {sheets:,} แผ่นงาน", f"{SHEETS_MAX} แผ่นงาน")


def text_of(entry: Entry) -> str:
    """Give a cell as it is sent: a day in ISO, a number in bare digits unless it shows leading zeros."""
    if isinstance(entry.value, date):
        clock = re.search(r"[0-9]{1,2}:[0-9]{2}$", to_arabic(entry.words))
        return f"{entry.value.isoformat()} {clock[0]:0>5}" if clock else entry.value.isoformat()
    if isinstance(entry.value, Decimal):
        return _digits(entry.value, to_arabic(entry.words).strip())
    return entry.words


def _digits(value: Decimal, words: str) -> str:
    if _SHOWN_ZERO.fullmatch(words) and re.sub(r"\D", "", words).lstrip("0") == f"{value:f}".lstrip("0"):
        return words
    plain = value * 100 if words.endswith("%") else value
    return f"{plain.normalize():f}" if plain else "0"


def moment_text(moment: datetime) -> str:
    """Give a moment as it is sent; a Buddhist year that was typed as it stands becomes the one that is meant."""
    day = moment.date()
    if day.year >= BUDDHIST_TYPED_FROM:
        try:
            day = day.replace(year=day.year - 543)
        except ValueError:  # 29 February of a year that has one in the other count only
            return f"{day.day}/{day.month}/{day.year}"
    clock = f" {moment:%H:%M}" if (moment.hour, moment.minute) != (0, 0) else ""
    return f"{moment:%H:%M}" if moment.year < 1900 else f"{day.isoformat()}{clock}"
