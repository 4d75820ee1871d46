"""The cells of a sheet: where they stand, what they say, and how one is emptied or given other words.

ECMA-376 part 1 §18.3 (worksheets).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from lxml import etree

from prongsai.documents.clean.package import Package

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_PLACE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_RANGE = re.compile(r"\$?([A-Z]{1,3})?\$?([0-9]{1,7})?:\$?([A-Z]{1,3})?\$?([0-9]{1,7})?")
_ROWS_LAST, _COLUMNS_LAST = 1_048_576, 16_384


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell. row, column: 1-based."""

    row: int
    column: int
    element: etree._Element

    @property
    def place(self) -> str:
        """Give the place as people write it: ``B7``."""
        return f"{letters(self.column)}{self.row}"


@dataclass(slots=True)
class Strings:
    """The words that cells share. items: ``si`` elements; known: those of any cell; used: those of cells that stay."""

    items: list[etree._Element] = field(default_factory=list)
    known: set[int] = field(default_factory=set)
    used: set[int] = field(default_factory=set)

    def index(self, cell: Cell) -> int | None:
        """Give the place of a cell's words among the shared ones, None when it has its own."""
        if cell.element.get("t") != "s":
            return None
        text = cell.element.findtext(f"{S}v") or ""
        number = int(text) if text.strip().isdecimal() and len(text) < 10 else -1
        return number if 0 <= number < len(self.items) else None


def shared_strings(package: Package, main: str) -> Strings:
    """Load the shared words of a workbook."""
    for tie in package.ties(main):
        if tie.kind == "sharedStrings" and tie.target in package:
            return Strings(list(package.xml(tie.target).iter(f"{S}si")))
    return Strings()


def cells(root: etree._Element) -> Iterator[Cell]:
    """Walk the cells of a sheet; one that does not say its place stands after the one before."""
    row_number = 0
    for row in root.iterfind(f"{S}sheetData/{S}row"):
        said = row.get("r", "")
        row_number = int(said) if said.isdecimal() and len(said) < 9 else row_number + 1
        column = 0
        for cell in row.iterfind(f"{S}c"):
            place = _PLACE.fullmatch(cell.get("r", ""))
            column = column_of(place[1]) if place else column + 1
            yield Cell(row_number, column, cell)


def text_of(cell: Cell, strings: Strings) -> str:
    """Give what a cell says; numbers in full."""
    element, kind = cell.element, cell.element.get("t", "n")
    index = strings.index(cell)
    if index is not None:
        strings.known.add(index)
        return words_of(strings.items[index])
    if kind == "inlineStr":
        return words_of(element)
    value = element.findtext(f"{S}v") or ""
    return _number(value) if kind == "n" else "" if kind in {"b", "e"} else value


def words_of(element: etree._Element) -> str:
    """Give the letters of a shared or inline text, without how it is pronounced."""
    found = (each for each in element.iter(f"{S}t") if each.getparent().tag != f"{S}rPh")
    return "".join(each.text or "" for each in found)


def empty(cell: Cell) -> None:
    """Leave a cell with its looks only."""
    for child in list(cell.element):
        cell.element.remove(child)
    for key in ("t", "cm", "vm"):
        cell.element.attrib.pop(key, None)


def say(cell: Cell, text: str) -> None:
    """Give a cell words of its own."""
    empty(cell)
    cell.element.set("t", "inlineStr")
    inline = etree.SubElement(cell.element, f"{S}is")
    letters_of = etree.SubElement(inline, f"{S}t")
    letters_of.text = text
    letters_of.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def freeze(cell: Cell) -> bool:
    """Leave the value of a formula and not the formula; whether there was one."""
    formula = cell.element.find(f"{S}f")
    if formula is None:
        return False
    cell.element.remove(formula)
    cell.element.attrib.pop("cm", None)
    return True


def column_of(word: str) -> int:
    """Give the number of a column by its letters."""
    number = 0
    for letter in word:
        number = number * 26 + ord(letter) - 64
    return number


def letters(column: int) -> str:
    """Give the letters of a column by its number."""
    word = ""
    while column:
        column, rest = divmod(column - 1, 26)
        word = chr(65 + rest) + word
    return word


def ranges(formula: str) -> list[tuple[int, int, int, int]]:
    """Give first row, first column, last row and last column of each range in a formula such as a print area."""
    bare = re.sub(r"(?:'(?:[^']|'')*'|[^,!']*)!", "", formula)
    found: list[tuple[int, int, int, int]] = []
    for part in bare.split(","):
        single, span = _PLACE.fullmatch(part.strip()), _RANGE.fullmatch(part.strip())
        if single:
            row, column = int(single[2]), column_of(single[1])
            found.append((row, column, row, column))
        elif span and part.strip() != ":":
            rows = int(span[2] or 1), int(span[4] or _ROWS_LAST)
            columns = column_of(span[1] or "A"), column_of(span[3]) if span[3] else _COLUMNS_LAST
            found.append((rows[0], columns[0], rows[1], columns[1]))
    return found


def _number(value: str) -> str:
    """Give a number without its power of ten; one with decimals as it stands."""
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    if number.is_finite() and abs(number) < 10**16 and number == number.to_integral_value():
        return str(int(number))
    return value
