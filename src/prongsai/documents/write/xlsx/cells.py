"""What is written into one cell of a workbook: a number or a day when a person then sees the same words, else words."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from prongsai.documents.model import Cell, Kind, Line, Mark
from prongsai.documents.read.sheets.format import entry_of, shown_date
from prongsai.documents.read.sheets.words import BOXES, GOES_ON, IN_LIST, ITEM
from prongsai.documents.write.scraps import pieces
from prongsai.errors import LimitExceeded
from prongsai.thai.dates import read_date
from prongsai.thai.numerals import read_number, to_arabic, to_thai

LETTERS_MAX = 32_767
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
"""Words that begin so would run as a formula once the sheet is saved as separated values and opened again."""

_THAI_DIGITS = "[$-D00041E]"
_CALENDARS = ("[$-D07041E]", "[$-107041E]")  # Buddhist years; Thai digits, Arabic ones
_DAYS = ("d mmmm yyyy", "d mmm yyyy", 'd mmmm "พ.ศ." yyyy')
_FIGURE = re.compile(r"-?(?P<whole>0|[1-9][0-9,]*)(?:\.(?P<part>[0-9]{1,6}))?(?P<percent> ?%)?")


class Typed(NamedTuple):
    """A number or day with the format under which it shows the printed words."""

    value: float | datetime
    code: str


def words_of(lines: Sequence[Line]) -> str:
    """Give the words of a cell, a line a line; what a sheet cannot say is kept in no-break spaces."""
    return "\n".join(_words(line) for line in lines if line.text or line.mark in BOXES)


def _words(line: Line) -> str:
    words = f"\n{GOES_ON}".join(pieces(line))
    if line.mark is Mark.ITEM:
        return f"{ITEM}{words}"
    marked = f"{BOXES[line.mark]} {words}".strip() if line.mark in BOXES else words
    return f"{IN_LIST}{marked}" if line.in_list else marked


def checked(words: str, place: str) -> str:
    """Give words that fit into a cell. Raises LimitExceeded over LETTERS_MAX letters. place: which cell it is."""
    if len(words.encode("utf-16-le")) <= 2 * LETTERS_MAX:
        return words
    raise LimitExceeded(
        f"{place}: {len(words):,} letters are more than a cell of a workbook holds",
        message_th=f"{place} ยาว {len(words):,} ตัวอักษร เกินขีดจำกัด {LETTERS_MAX:,} ตัวอักษรของหนึ่งช่อง",
        mend_th="แบ่งข้อความ หรือบันทึกเป็น .docx",
    )


def typed(cell: Cell, kind: Kind) -> Typed | None:
    """Give the number or day behind the words of a cell, if under some format it shows just these words."""
    if len(cell.lines) != 1 or cell.lines[0].mark is not Mark.NONE or cell.lines[0].in_list or cell.lines[0].breaks:
        return None
    text = cell.lines[0].text
    value = cell.value if cell.value is not None else _stated(text, kind)
    if isinstance(value, date):
        return next((each for each in _days(value) if shown_date(value, each.code) == text), None)
    return None if value is None else _number(text, Decimal(value), kind)


def _stated(text: str, kind: Kind) -> Decimal | date | None:
    """Give what the words of a column of figures or days state."""
    if kind in (Kind.NUMBER, Kind.MONEY):
        return read_number(text) if _FIGURE.fullmatch(to_arabic(text)) else None
    reading = read_date(text) if kind is Kind.DATE else None
    return reading.value if reading else None


def _days(day: date) -> Iterator[Typed]:
    moment = datetime(day.year, day.month, day.day)
    return (Typed(moment, f"{calendar}{form}") for calendar in _CALENDARS for form in _DAYS)


def _number(text: str, value: Decimal, kind: Kind) -> Typed | None:
    plain = to_arabic(text)
    found = _FIGURE.fullmatch(plain)
    if found is None or (plain != text and to_thai(plain) != text):
        return None
    digits = _THAI_DIGITS if plain != text else ""
    whole = "#,##0" if "," in found["whole"] or kind is Kind.MONEY else "0"
    part = f".{'0' * len(found['part'])}" if found["part"] else ""
    code = f"{digits}{whole}{part}{found['percent'] or ''}"
    for number in (value, value / 100) if found["percent"] else (value,):
        if entry_of(float(number), code).words == text and Decimal(f"{number:.15g}") == number:
            return Typed(float(number), code)
    return None
