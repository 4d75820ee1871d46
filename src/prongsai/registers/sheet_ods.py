"""The rows of an OpenDocument sheet (ODF 1.2), element by element."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal, InvalidOperation

from lxml import etree

from prongsai.documents.read.archive import open_archive
from prongsai.documents.read.sheets.grid import ROW_LAST, Entry
from prongsai.documents.read.sheets.xml import attributes, local, walk, whole
from prongsai.registers.sheet_events import FORMULA, Event, Tray, check_count, moment_text, text_of
from prongsai.registers.sheet_limits import COLUMNS_MAX, ROWS_MAX

_STARTS = frozenset({"table", "table-row"})
_ENDS = frozenset({"table", "table-row", "table-cell", "covered-table-cell"})
_UNPRINTED = frozenset({"annotation", "annotation-end", "ruby-text"})
_SPACES_MAX = 100


def ods_events(content: bytes, name: str) -> Iterator[Event]:
    """Give the events of a sheet file. Raises FileUnusable when it is damaged; LimitExceeded over a limit."""
    reader = _Reader(name)
    for event, element in walk(open_archive(content, name), "content.xml", _STARTS, _ENDS):
        yield from reader.take(event, element)


class _Reader:
    """Takes the elements of the content one after the other; tables inside of others are no sheets."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._letters = [0]
        self._sheets = 0
        self._depth = 0
        self._tray = Tray(file, self._letters)
        self._merges: list[tuple[int, int, int, int]] = []
        self._row = self._times = self._column = 0

    def take(self, event: str, element: etree._Element) -> Iterator[Event]:
        """Take an element that starts or ends."""
        name = local(element)
        if name == "table":
            yield from self._table(event, element)
        elif self._depth != 1:
            return
        elif name == "table-row":
            yield from self._open_or_end_row(event, element)
        else:
            self._cell(element, is_covered=name != "table-cell")

    def _table(self, event: str, element: etree._Element) -> Iterator[Event]:
        self._depth += 1 if event == "start" else -1
        if event == "start" and self._depth == 1:
            self._sheets += 1
            check_count(self._sheets, self._file)
            self._tray, self._merges, self._row = Tray(self._file, self._letters), [], 0
            yield "sheet", attributes(element).get("name", "")
        elif event == "end" and self._depth == 0:
            yield "merges", self._merges

    def _open_or_end_row(self, event: str, element: etree._Element) -> Iterator[Event]:
        if event == "start":
            self._times = max(1, whole(attributes(element).get("number-rows-repeated"), 1))
            self._row, self._column = self._row + 1, 0
            return
        yield from self._tray.row(self._row, min(self._times, ROWS_MAX + 2))
        self._row = min(self._row + self._times - 1, ROW_LAST)

    def _cell(self, element: etree._Element, *, is_covered: bool) -> None:
        said = attributes(element)
        times = max(1, whole(said.get("number-columns-repeated"), 1))
        first, self._column = self._column + 1, self._column + times
        text = "" if is_covered else _text(element, said)
        if not text.strip():
            return
        for column in range(first, min(first + times, COLUMNS_MAX + 2)):
            self._tray.put(self._row, column, text)
        down, right = (max(1, whole(said.get(f"number-{side}-spanned"), 1)) for side in ("rows", "columns"))
        if down > 1 or right > 1:
            self._merges.append((self._row, first, self._row + down - 1, first + right - 1))


def _text(element: etree._Element, said: dict[str, str]) -> str:
    words = "\n".join("".join(_pieces(each)) for each in element if local(each) == "p")
    if day := said.get("date-value"):
        try:
            return moment_text(datetime.fromisoformat(day[:19]))
        except ValueError:
            return words
    if "value" in said:
        try:
            value = Decimal(said["value"][:40])
        except InvalidOperation:
            return words
        return text_of(Entry(words or said["value"], value)) if value.is_finite() else words
    if not words and "formula" in said:
        return FORMULA
    return words or said.get("string-value", "") or said.get("boolean-value", "")


def _pieces(element: etree._Element) -> Iterator[str]:
    """Give the words of a paragraph with its spaces and breaks, without the comments in it."""
    yield element.text or ""
    for child in element:
        name = local(child)
        if name == "s":
            yield " " * min(_SPACES_MAX, whole(attributes(child).get("c"), 1))
        elif name in ("line-break", "tab"):
            yield "\n" if name == "line-break" else " "
        elif name not in _UNPRINTED:
            yield from _pieces(child)
        yield child.tail or ""
