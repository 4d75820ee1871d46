"""A sheet of a workbook as XML: its words are read, values are put into its cells, all else stays as it is."""

import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from lxml import etree

from prongsai.documents.build import NOWHERE, cell, covered
from prongsai.documents.model import Row, Table
from prongsai.documents.read.archive import Archive
from prongsai.documents.read.printed import as_printed
from prongsai.documents.read.refusals import broken
from prongsai.thai.dates import format_date

Value = str | int | Decimal | date

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_DAY_ZERO = date(1899, 12, 30)
_DATE_FORMATS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_DATE_CODE = re.compile(r"[dy]", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_AFTER_ROWS_MAX = 1_048_576


def tag(name: str) -> str:
    """Give a name of the main namespace as lxml writes it."""
    return f"{{{MAIN}}}{name}"


def column_letters(number: int) -> str:
    """Give the letters of a column, 1-based: 28 is AB."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """Give the 1-based number of a column."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def sheet_parts(archive: Archive) -> dict[str, str]:
    """Give the visible sheets of a workbook, name → part, in their order."""
    workbook = archive.xml("xl/workbook.xml")
    links = {link.get("Id"): str(link.get("Target", "")) for link in archive.xml("xl/_rels/workbook.xml.rels")}
    found = {}
    for sheet in workbook.iter(tag("sheet")):
        target = links.get(sheet.get(_RELATION), "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if sheet.get("state", "visible") == "visible" and part in archive and "worksheets/" in part:
            found[str(sheet.get("name", ""))] = part
    return found


def shared_strings(archive: Archive) -> tuple[str, ...]:
    """Give the texts that cells refer to by number."""
    if "xl/sharedStrings.xml" not in archive:
        return ()
    return tuple(_text(item) for item in archive.xml("xl/sharedStrings.xml").iter(tag("si")))


def date_styles(archive: Archive) -> frozenset[int]:
    """Give the numbers of the cell styles that show a number as a date."""
    if "xl/styles.xml" not in archive:
        return frozenset()
    styles = archive.xml("xl/styles.xml")
    codes = {int(each.get("numFmtId", 0)): str(each.get("formatCode", "")) for each in styles.iter(tag("numFmt"))}
    formats = styles.find(tag("cellXfs"))
    return frozenset(
        number for number, each in enumerate(formats if formats is not None else ())
        if _is_date(int(each.get("numFmtId", 0)), codes)
    )  # fmt: skip


def _is_date(number: int, codes: Mapping[int, str]) -> bool:
    code = _QUOTED.sub("", codes.get(number, ""))
    return number in _DATE_FORMATS or (bool(_DATE_CODE.search(code)) and "0" not in code and "#" not in code)


def _text(item: etree._Element) -> str:
    """Give the words of a string, phonetic hints left out."""
    parts = (each.text or "" for each in item.iter(tag("t")) if each.getparent().tag != tag("rPh"))
    return "".join(parts)


@dataclass
class Sheet:
    """A sheet. strings: the shared ones; dates: styles that show dates."""

    root: etree._Element
    strings: tuple[str, ...]
    dates: frozenset[int]
    file: str
    _rows: dict[int, etree._Element] = field(default_factory=dict)

    def __post_init__(self) -> None:
        data = self.root.find(tag("sheetData"))
        if data is None:
            raise broken(self.file, "a sheet has no rows")
        self._data = data
        number = 0
        for row in data.iter(tag("row")):
            number = int(row.get("r", number + 1))
            self._rows[number] = row

    def cell(self, row: int, column: int) -> etree._Element | None:
        """Give a cell, None where the sheet has none."""
        place = f"{column_letters(column)}{row}"
        found = self._rows.get(row)
        return None if found is None else next((each for each in found if each.get("r") == place), None)

    def words(self, row: int, column: int) -> str:
        """Give what a cell says; a formula's last value."""
        found = self.cell(row, column)
        return "" if found is None else as_printed(self._words(found))

    def _words(self, found: etree._Element) -> str:
        value = found.findtext(tag("v")) or ""
        if found.get("t") == "s":
            number = int(value) if value.isdecimal() else -1
            return self.strings[number] if 0 <= number < len(self.strings) else ""
        inline = found.find(tag("is"))
        return _text(inline) if inline is not None else value

    def is_formula(self, row: int, column: int) -> bool:
        """Whether a formula stands in a cell."""
        found = self.cell(row, column)
        return found is not None and found.find(tag("f")) is not None

    def merged(self) -> dict[tuple[int, int], tuple[int, int, int, int]]:
        """Give every place of a merged range → its first and last row and column."""
        ranges = [str(each.get("ref", "")) for each in self.root.iter(tag("mergeCell"))]
        found: dict[tuple[int, int], tuple[int, int, int, int]] = {}
        for top, left, bottom, right in filter(None, map(_range, ranges)):
            if (bottom - top + 1) * (right - left + 1) <= 100_000:
                for row in range(top, bottom + 1):
                    found |= {(row, column): (top, left, bottom, right) for column in range(left, right + 1)}
        return found

    def top(self, rows: int, columns: int) -> Table:
        """Give the first rows as a table of the document model; what a merged cell covers holds its words again."""
        merged = self.merged()
        made = []
        for row in range(1, rows + 1):
            cells = []
            for column in range(1, columns + 1):
                first, left, *_ = merged.get((row, column), (row, column, row, column))
                words = cell(self.words(first, left))
                cells.append(words if (first, left) == (row, column) else covered(words))
            made.append(Row(tuple(cells), NOWHERE))
        return Table(tuple(made), NOWHERE, "xlsx")

    @property
    def last_column(self) -> int:
        """Give the last column that a cell stands in."""
        places = (_PLACE.fullmatch(str(each.get("r", ""))) for row in self._rows.values() for each in row)
        return max((column_number(place[1]) for place in places if place), default=0)

    def put(self, row: int, column: int, value: Value, like: int) -> None:
        """Put a value into a cell, in its own style; in that of the cell of row ``like`` when the sheet has none."""
        found = self._made(row, column, like)
        for old in list(found):
            found.remove(old)
        found.attrib.pop("t", None)
        if isinstance(value, date):
            value = self._day(value, int(found.get("s", 0)))
        if isinstance(value, str):
            found.set("t", "inlineStr")
            text = etree.SubElement(etree.SubElement(found, tag("is")), tag("t"))
            text.text = value
            text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        else:
            etree.SubElement(found, tag("v")).text = str(value)

    def _day(self, day: date, style: int) -> Value:
        return (day - _DAY_ZERO).days if style in self.dates else format_date(day, "abbr")

    def _made(self, row: int, column: int, like: int) -> etree._Element:
        line = self._rows.get(row)
        if line is None:
            line = self._new_row(row, like)
        found = self.cell(row, column)
        if found is not None:
            return found
        found = etree.Element(tag("c"), r=f"{column_letters(column)}{row}")
        model = self.cell(like, column)
        style = model.get("s") if model is not None else self._column_style(column)
        if style:
            found.set("s", style)
        before = [each for each in line if column_number(_PLACE.fullmatch(str(each.get("r")))[1]) < column]  # type: ignore[index]
        line.insert(len(before), found)
        return found

    def _new_row(self, row: int, like: int) -> etree._Element:
        made = etree.Element(tag("row"), r=str(row))
        model = self._rows.get(like)
        if model is not None:
            for name in ("spans", "s", "customFormat", "ht", "customHeight"):
                if value := model.get(name):
                    made.set(name, value)
            for each in model:
                twin = etree.SubElement(made, tag("c"), r=str(each.get("r")).rstrip("0123456789") + str(row))
                if style := each.get("s"):
                    twin.set("s", style)
        after = next((at for number, at in sorted(self._rows.items()) if number > row), None)
        if after is None:
            self._data.append(made)
        else:
            after.addprevious(made)
        self._rows[row] = made
        return made

    def _column_style(self, column: int) -> str | None:
        for each in self.root.iter(tag("col")):
            if int(each.get("min", 0)) <= column <= int(each.get("max", 0)):
                style = each.get("style")
                return str(style) if style else None
        return None

    def content(self) -> bytes:
        """Give the sheet as bytes. The last values of its formulas are left out, so that they are computed anew."""
        root = deepcopy(self.root)
        for formula in root.iter(tag("f")):
            value = formula.getparent().find(tag("v"))
            if value is not None:
                formula.getparent().remove(value)
        self._stretch(root)
        content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        return content

    def _stretch(self, root: etree._Element) -> None:
        """Let the stated extent of the sheet hold the rows that were added."""
        stated = root.find(tag("dimension"))
        extent = _range(str(stated.get("ref", ""))) if stated is not None else None
        last = max(self._rows, default=0)
        if stated is not None and extent and last > extent[2]:
            top, left, _, right = extent
            stated.set("ref", f"{column_letters(left)}{top}:{column_letters(right)}{last}")


def _range(ref: str) -> tuple[int, int, int, int] | None:
    """Give first and last row and column of ``A1:C3``."""
    ends = [_PLACE.fullmatch(end) for end in ref.split(":")]
    if not ends or len(ends) > 2 or None in ends:
        return None
    (left, top), (right, bottom) = ((end[1], int(end[2])) for end in (ends[0], ends[-1]) if end)
    return top, column_number(left), min(bottom, _AFTER_ROWS_MAX), column_number(right)
