"""OpenDocument sheets (ODF 1.2): what is printed in each cell stands in the file itself."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from lxml import etree

from prongsai.documents.read.archive import open_archive
from prongsai.documents.read.refusals import over_limit
from prongsai.documents.read.sheets.format import entry_of_moment
from prongsai.documents.read.sheets.grid import (
    COLUMN_LAST,
    COLUMNS_MAX,
    ROW_LAST,
    ROWS_MAX,
    SHEETS_MAX,
    Entry,
    Range,
    Sheet,
    Tally,
    read_range,
)
from prongsai.documents.read.sheets.notices import Notices
from prongsai.documents.read.sheets.xml import attributes, local, walk, whole
from prongsai.thai.dates import read_date

_STARTS = frozenset({"table", "table-row"})
_ENDS = frozenset(
    {"table", "table-column", "table-row", "table-cell", "covered-table-cell", "style", "shapes", "database-range"}
)
_HIDDEN = ("collapse", "filter")
_NO_BOXES = ("p", "annotation", "detective")
_SPACES_MAX = 1_000


def read_ods(content: bytes, name: str, notices: Notices) -> list[Sheet]:
    """Read the sheets of a workbook. Raises FileUnusable when it is damaged; LimitExceeded over SHEETS_MAX sheets."""
    archive = open_archive(content, name)
    book = _Book(name)
    for event, element in walk(archive, "content.xml", _STARTS, _ENDS):
        book.take(event, element)
    if any(each.startswith("Basic/") and each.endswith(".xml") for each in archive.names):
        notices.add("MACRO_IGNORED")
    pictures = sum(each.startswith("Pictures/") or each.endswith("/content.xml") for each in archive.names)
    if pictures:
        notices.add("PICTURES_NOT_READ", [f"{pictures:,} รูป"])
    if book.outside:
        notices.add("EXTERNAL_LINK", book.outside)
    return book.sheets


class _Book:
    """Takes the elements of the content one after the other. Tables inside other things than the body are no sheets."""

    def __init__(self, file: str) -> None:
        self.sheets: list[Sheet] = []
        self.outside: dict[str, None] = {}
        self._file = file
        self._tally = Tally(file)
        self._sheet: Sheet | None = None
        self._inner = 0
        self._hidden_styles: set[str] = set()
        self._row = 0
        self._rows = 1
        self._column = 0
        self._columns = 0

    def take(self, event: str, element: etree._Element) -> None:
        """Take an element that starts or ends."""
        name = local(element)
        if name == "style":
            self._style(element)
        elif name == "database-range":
            self._declare(element)
        elif name == "table":
            self._open_or_close(event, element)
        elif self._sheet is None or self._inner:
            return
        elif name == "table-column":
            self._hide_columns(element, self._sheet)
        elif name == "table-row":
            self._open_or_end_row(event, element, self._sheet)
        elif name == "shapes":
            self._sheet.loose += _boxes(element, None)
        elif event == "end":
            self._cell(element, self._sheet)

    def _style(self, element: etree._Element) -> None:
        properties = (attributes(each) for each in element if local(each) == "table-properties")
        if any(each.get("display") == "false" for each in properties):
            self._hidden_styles.add(attributes(element).get("name", ""))

    def _open_or_close(self, event: str, element: etree._Element) -> None:
        parent = element.getparent()
        is_sheet = parent is not None and local(parent) == "spreadsheet"
        if not is_sheet:
            self._inner += 1 if event == "start" else -1
        elif event == "end":
            self._sheet = None
        else:
            said = attributes(element)
            self._sheet = Sheet(self._tally, said.get("name", ""), said.get("style-name", "") in self._hidden_styles)
            self.sheets.append(self._sheet)
            self._row = self._columns = 0
            if len(self.sheets) > SHEETS_MAX:
                raise over_limit(self._file, f"มีเกิน {SHEETS_MAX} แผ่นงาน", f"{SHEETS_MAX} แผ่นงาน")

    def _declare(self, element: etree._Element) -> None:
        """Take where a filter says that a table is: ``Sheet.A1:Sheet.C9``."""
        said = attributes(element)
        name, _, rest = said.get("target-range-address", "").partition(".")
        found = read_range(":".join(part.rpartition(".")[2] for part in rest.split(":")))
        owner = next((each for each in self.sheets if each.name == name.strip("$'")), None)
        if found and owner and said.get("display-filter-buttons") == "true" and not owner.declared:
            owner.declared.append(found)

    def _hide_columns(self, element: etree._Element, sheet: Sheet) -> None:
        said = attributes(element)
        first = self._columns + 1
        self._columns += whole(said.get("number-columns-repeated"), 1)
        if said.get("visibility") in _HIDDEN:
            sheet.hidden_columns.append((first, self._columns))

    def _open_or_end_row(self, event: str, element: etree._Element, sheet: Sheet) -> None:
        said = attributes(element)
        if event == "end":
            self._row += self._rows - 1
            return
        self._row += 1
        self._rows = max(1, whole(said.get("number-rows-repeated"), 1))
        self._column = 0
        if said.get("visibility") in _HIDDEN:
            sheet.hidden_rows.append((self._row, self._row + self._rows - 1))

    def _cell(self, element: etree._Element, sheet: Sheet) -> None:
        said = attributes(element)
        first = self._column + 1
        repeated = max(1, whole(said.get("number-columns-repeated"), 1))
        self._column += repeated
        if not len(element) or local(element) == "covered-table-cell" or self._row > ROW_LAST or first > COLUMN_LAST:
            return
        self._notice(element, sheet, first)
        sheet.loose += [box for each in element if local(each) not in _NO_BOXES for box in _boxes(each, self._row)]
        entry = _entry(element, said)
        if isinstance(entry.value, date) and not said.get("date-value", "").startswith(str(entry.value.year)):
            sheet.notice("DATE_YEAR_TYPED_BE", entry.words, row=self._row, column=first)
        if entry.words.strip():
            self._put(entry, first, repeated, sheet)
            self._merge(said, first, sheet)
        if said.get("value-type") == "error" or (entry.words.startswith("#") and said.get("formula")):
            sheet.notice("FORMULA_ERROR", entry.words, row=self._row, column=first)

    def _put(self, entry: Entry, first: int, repeated: int, sheet: Sheet) -> None:
        """Set down a cell as often as it is repeated to the right and downwards."""
        if repeated > COLUMNS_MAX:
            raise over_limit(self._file, f"แผ่นงาน “{sheet.name}” มี {repeated:,} คอลัมน์", f"{COLUMNS_MAX} คอลัมน์")
        if self._rows > ROWS_MAX:
            raise over_limit(self._file, f"แผ่นงาน “{sheet.name}” มี {self._rows:,} แถว", f"{ROWS_MAX:,} แถว")
        for row in range(self._row, self._row + self._rows):
            for column in range(first, first + repeated):
                sheet.put(row, column, entry)

    def _merge(self, said: dict[str, str], first: int, sheet: Sheet) -> None:
        rows, columns = (whole(said.get(f"number-{side}-spanned"), 1) for side in ("rows", "columns"))
        if rows > 1 or columns > 1:
            bottom, right = self._row + max(1, rows) - 1, first + max(1, columns) - 1
            sheet.merges.append(Range(self._row, first, min(bottom, ROW_LAST), min(right, COLUMN_LAST)))

    def _notice(self, element: etree._Element, sheet: Sheet, column: int) -> None:
        for each in element.iter("{*}annotation"):
            words = " ".join(_printed(line) for line in each.iter("{*}p"))
            sheet.notice("COMMENT", words, row=self._row, column=column)
        for each in element.iter("{*}a"):
            address = attributes(each).get("href", "")
            if address and not address.startswith("#"):
                self.outside[address] = None


def _entry(element: etree._Element, said: dict[str, str]) -> Entry:
    """Give what is printed in a cell; a day is printed in Thai when what is printed does not read as that day."""
    words = "\n".join(_printed(each) for each in element if local(each) == "p")
    if moment := _moment(said.get("date-value", "")):
        shown = entry_of_moment(moment)
        reading = read_date(words)
        return Entry(words, shown.value) if reading and reading.value == shown.value else shown
    if "value" in said:
        try:
            return Entry(words or said["value"], Decimal(said["value"][:40]))
        except InvalidOperation:
            return Entry(words)
    return Entry(words or said.get("string-value", ""))


def _moment(value: str) -> datetime | None:
    try:
        return datetime.fromisoformat(value[:19]) if value else None
    except ValueError:
        return None


def _boxes(element: etree._Element, row: int | None) -> Iterator[tuple[int | None, str]]:
    """Give the words of drawn things with the row beside which they stand."""
    words = "\n".join(_printed(each) for each in element.iter("{*}p")).strip()
    if words:
        yield row, words


def _printed(paragraph: etree._Element) -> str:
    return "".join(_pieces(paragraph))


def _pieces(element: etree._Element) -> Iterator[str]:
    """Give the words of a paragraph with its spaces and breaks, without the comments in it."""
    yield element.text or ""
    for child in element:
        name = local(child)
        if name == "s":
            yield " " * min(_SPACES_MAX, whole(attributes(child).get("c"), 1))
        elif name in ("line-break", "tab"):
            yield "\n" if name == "line-break" else " "
        elif name not in ("annotation", "annotation-end", "ruby-text"):
            yield from _pieces(child)
        yield child.tail or ""
