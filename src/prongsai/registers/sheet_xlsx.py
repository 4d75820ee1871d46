"""The rows of an Excel workbook (ECMA-376), element by element, so that memory is that of its parts and one row."""

import posixpath
import re
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import unquote

from lxml import etree

from prongsai.documents.read.archive import Archive, open_archive
from prongsai.documents.read.refusals import broken
from prongsai.documents.read.sheets.format import BUILT_IN, GENERAL, entry_of
from prongsai.documents.read.sheets.grid import ROW_LAST, Range, read_place, read_range
from prongsai.documents.read.sheets.xml import attributes, local, walk, whole
from prongsai.registers.sheet_events import FORMULA, Event, Tray, check_count, moment_text, text_of
from prongsai.registers.sheet_limits import LETTERS_MAX, too_many

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TRUE = ("1", "true")
_STARTS = frozenset({"row"})
_ENDS = frozenset({"row", "c", "mergeCell"})
_MAIN = "xl/workbook.xml"
MERGES_MAX = 100_000


def xlsx_events(content: bytes, name: str) -> Iterator[Event]:
    """Give the events of a workbook. Raises FileUnusable when it is damaged; LimitExceeded over a limit."""
    archive = open_archive(content, name)
    said = [target for kind, target in _links(archive, "").values() if kind == "officeDocument"]
    main = next((part for part in (*said, _MAIN) if part in archive), None)
    if main is None:
        raise broken(name, "the workbook part is missing")
    book = _Book(archive, main)
    root = archive.xml(main)
    book.is_1904 = any(each.get("date1904") in _TRUE for each in root.iter("{*}workbookPr"))
    forms = [attributes(each) for each in root.iter("{*}sheet")]
    check_count(len(forms), name)
    for form in forms:
        kind, target = book.links.get(form.get("id", ""), ("", ""))
        if kind == "worksheet":
            yield "sheet", form.get("name", "")
            yield from _Rows(book, name).events(target)


def _links(archive: Archive, part: str) -> dict[str, tuple[str, str]]:
    """Give kind and target of the relations of a part by their ids; what is outside the file is none."""
    folder, _, file = part.rpartition("/")
    rels = f"{folder}/_rels/{file}.rels".lstrip("/")
    found: dict[str, tuple[str, str]] = {}
    for each in archive.xml(rels).iter("{*}Relationship") if rels in archive else ():
        if each.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, unquote(each.get("Target", "")))).lstrip("/")
            found[each.get("Id", "")] = (each.get("Type", "").rpartition("/")[2], target)
    return found


class _Book:
    """What the sheets of a workbook share: texts, number formats, and how many letters were read so far."""

    def __init__(self, archive: Archive, main: str) -> None:
        self.archive = archive
        self.links = _links(archive, main)
        self.letters = [0]
        self.is_1904 = False
        parts = {kind: target for kind, target in self.links.values() if target in archive}
        self.strings = list(self._texts(parts["sharedStrings"])) if "sharedStrings" in parts else []
        self.formats = _formats(archive.xml(parts["styles"])) if "styles" in parts else []

    def _texts(self, part: str) -> Iterator[str]:
        letters = 0
        for _, element in walk(self.archive, part, frozenset(), frozenset({"si"})):
            words = _words(element)
            letters += len(words)
            if letters > LETTERS_MAX:
                raise too_many(self.archive.file, f"มีเกิน {LETTERS_MAX:,} ตัวอักษร", f"{LETTERS_MAX:,} ตัวอักษร")
            yield words


def _formats(root: etree._Element) -> list[str]:
    own = {whole(each.get("numFmtId")): each.get("formatCode", GENERAL) for each in root.iter("{*}numFmt")}
    numbers = (whole(each.get("numFmtId")) for group in root.iter("{*}cellXfs") for each in group)
    return [own.get(number) or BUILT_IN.get(number, GENERAL) for number in numbers]


def _words(element: etree._Element) -> str:
    """Give the words of a text with its runs, without how it is spoken."""
    texts = []
    for each in element.iter("{*}t"):
        parent = each.getparent()
        if parent is None or local(parent) != "rPh":
            texts.append(each.text or "")
    return _ESCAPED.sub(_unescaped, "".join(texts))


def _unescaped(found: re.Match[str]) -> str:
    letter = chr(int(found[1], 16))
    return "" if "\ud800" <= letter <= "\udfff" else letter


class _Rows:
    """Reads one sheet."""

    def __init__(self, book: _Book, file: str) -> None:
        self._book = book
        self._tray = Tray(file, book.letters)
        self._merges: list[Range] = []
        self._row = 0
        self._column = 0

    def events(self, part: str) -> Iterator[Event]:
        """Give the rows, then the merged ranges."""
        for event, element in walk(self._book.archive, part, _STARTS, _ENDS):
            name = local(element)
            if event == "start":
                self._row = min(whole(element.get("r"), self._row + 1), ROW_LAST)
                self._column = 0
            elif name == "c":
                self._cell(element)
            elif name == "row":
                yield from self._tray.row(self._row)
            elif len(self._merges) < MERGES_MAX and (found := read_range(element.get("ref", ""))):
                self._merges.append(found)
        yield "merges", [tuple(each) for each in self._merges]

    def _cell(self, element: etree._Element) -> None:
        place = read_place(element.get("r", ""))
        self._column = place[1] if place else self._column + 1
        if len(element) and not self._tray.is_over:
            self._tray.put(self._row, self._column, self._text(element))

    def _text(self, element: etree._Element) -> str:
        kind = element.get("t", "n")
        if kind == "inlineStr":
            return _words(element)
        value = next((each.text or "" for each in element.iterchildren("{*}v")), None)
        if value is None or (not value and kind != "str"):
            return FORMULA if any(local(each) == "f" for each in element) else ""
        if kind == "s":
            at = whole(value, -1)
            return self._book.strings[at] if 0 <= at < len(self._book.strings) else ""
        if kind in ("e", "str"):
            return _ESCAPED.sub(_unescaped, value)
        if kind == "b":
            return "TRUE" if value.strip() in _TRUE else "FALSE"
        return _moment(value) if kind == "d" else self._number(value, whole(element.get("s")))

    def _number(self, value: str, style: int) -> str:
        code = self._book.formats[style] if style < len(self._book.formats) else GENERAL
        try:
            return text_of(entry_of(float(value[:400]), code, is_1904=self._book.is_1904))
        except (ValueError, OverflowError):
            return value


def _moment(value: str) -> str:
    try:
        return moment_text(datetime.fromisoformat(value.strip()).replace(tzinfo=None))
    except ValueError:
        return value
