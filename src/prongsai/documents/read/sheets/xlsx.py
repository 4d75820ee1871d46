"""Excel workbooks (ECMA-376): cells through their number formats, merged ranges, what is hidden, what is not read.

A loader that gives bare values would lose what a person sees: percents, shown decimals, errors, hidden rows. So the
parts are walked here, element by element.
"""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from urllib.parse import unquote

from lxml import etree

from prongsai.documents.read.archive import Archive, open_archive
from prongsai.documents.read.refusals import broken, over_limit
from prongsai.documents.read.sheets.format import BUILT_IN, GENERAL, entry_of, entry_of_moment, is_year_typed_be
from prongsai.documents.read.sheets.grid import (
    COLUMN_LAST,
    ROW_LAST,
    SHEETS_MAX,
    Entry,
    Range,
    Sheet,
    Tally,
    read_place,
    read_range,
)
from prongsai.documents.read.sheets.notices import Notices
from prongsai.documents.read.sheets.xls import read_with_calamine
from prongsai.documents.read.sheets.xml import attributes, local, walk, whole

DECLARED_MAX = 100
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TRUE = ("1", "true")
_SHEET_STARTS = frozenset({"row"})
_SHEET_ENDS = frozenset({"c", "row", "col", "mergeCell", "autoFilter"})
_EMPTY = frozenset[str]()


@dataclass(frozen=True, slots=True)
class _Link:
    """A relation of a part to another, or to something outside."""

    kind: str
    target: str
    is_outside: bool


@dataclass(slots=True)
class _Book:
    """What the sheets of a workbook share. formats: the number format of each cell style."""

    archive: Archive
    notices: Notices
    tally: Tally
    is_1904: bool = False
    strings: list[str] = field(default_factory=list)
    formats: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)


def read_xlsx(content: bytes, name: str, notices: Notices) -> list[Sheet]:
    """Read the sheets of a workbook. Raises FileUnusable when it is damaged; LimitExceeded over SHEETS_MAX sheets."""
    archive = open_archive(content, name)
    main = _main_part(archive)
    if main.endswith(".bin"):
        archive.verify()
        return read_with_calamine(content, name)
    root = archive.xml(main)
    links = _links(archive, main)
    book = _Book(archive, notices, Tally(name))
    book.is_1904 = any(each.get("date1904") in _TRUE for each in root.iter("{*}workbookPr"))
    _load_shared(book, links)
    said = [(attributes(each), links.get(attributes(each).get("id", ""))) for each in root.iter("{*}sheet")]
    if len(said) > SHEETS_MAX:
        raise over_limit(name, f"มี {len(said):,} แผ่นงาน", f"{SHEETS_MAX} แผ่นงาน")
    sheets = [_sheet(book, form, link) for form, link in said if link and link.kind in ("worksheet", "chartsheet")]
    _notice_rest(book, links)
    return sheets


# The package


def _main_part(archive: Archive) -> str:
    said = [link.target for link in _links(archive, "").values() if link.kind == "officeDocument"]
    found = next((part for part in (*said, "xl/workbook.xml", "xl/workbook.bin") if part in archive), None)
    if found is None:
        raise broken(archive.file, "the workbook part is missing")
    return found


def _links(archive: Archive, part: str) -> dict[str, _Link]:
    """Give the relations of a part by their ids."""
    folder, _, file = part.rpartition("/")
    rels = f"{folder}/_rels/{file}.rels".lstrip("/")
    if rels not in archive:
        return {}
    found: dict[str, _Link] = {}
    for each in archive.xml(rels).iter("{*}Relationship"):
        target, is_outside = each.get("Target", ""), each.get("TargetMode") == "External"
        if not is_outside:
            target = posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")
        found[each.get("Id", "")] = _Link(each.get("Type", "").rpartition("/")[2], target, is_outside)
    return found


def _load_shared(book: _Book, links: dict[str, _Link]) -> None:
    for link in links.values():
        if link.target not in book.archive:
            continue
        if link.kind == "sharedStrings":
            ends = walk(book.archive, link.target, _EMPTY, frozenset({"si"}))
            book.strings = [_words(element) for _, element in ends]
        elif link.kind == "styles":
            book.formats = _formats(book.archive.xml(link.target))


def _formats(root: etree._Element) -> list[str]:
    own = {whole(each.get("numFmtId")): each.get("formatCode", GENERAL) for each in root.iter("{*}numFmt")}
    styles = (each for group in root.iter("{*}cellXfs") for each in group)
    numbers = (whole(each.get("numFmtId")) for each in styles)
    return [own.get(number) or BUILT_IN.get(number, GENERAL) for number in numbers]


def _words(element: etree._Element) -> str:
    """Give the words of a text with its runs, without how it is spoken."""
    texts = (each.text or "" for each in element.iter("{*}t") if local(_parent(each)) != "rPh")
    return _ESCAPED.sub(_unescaped, "".join(texts))


def _parent(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    return element if parent is None else parent


def _unescaped(found: re.Match[str]) -> str:
    letter = chr(int(found[1], 16))
    return "" if "\ud800" <= letter <= "\udfff" else letter


# A sheet


def _sheet(book: _Book, form: dict[str, str], link: _Link) -> Sheet:
    sheet = Sheet(book.tally, form.get("name", ""), form.get("state", "visible") != "visible")
    if link.kind == "chartsheet":
        book.notices.add("PICTURES_NOT_READ", [sheet.name])
        return sheet
    _Cells(book, sheet).read(link.target)
    for other in _links(book.archive, link.target).values():
        if other.kind == "hyperlink" and other.is_outside:
            book.outside.append(other.target)
        elif other.target in book.archive:
            _beside(book, sheet, other)
    return sheet


class _Cells:
    """Reads the cells of one sheet."""

    def __init__(self, book: _Book, sheet: Sheet) -> None:
        self._book = book
        self._sheet = sheet
        self._row = 0
        self._column = 0

    def read(self, part: str) -> None:
        for event, element in walk(self._book.archive, part, _SHEET_STARTS, _SHEET_ENDS):
            name = local(element)
            if event == "start":
                self._open_row(element)
            elif name == "c":
                self._cell(element)
            elif name == "col" and (element.get("hidden") in _TRUE or element.get("width") == "0"):
                self._sheet.hidden_columns.append((whole(element.get("min"), 1), whole(element.get("max"), 1)))
            elif name in ("mergeCell", "autoFilter") and (found := read_range(element.get("ref", ""))):
                self._ranges(name).append(found)

    def _ranges(self, name: str) -> list[Range]:
        if name == "mergeCell":
            return self._sheet.merges
        del self._sheet.declared[DECLARED_MAX:]
        return self._sheet.declared

    def _open_row(self, element: etree._Element) -> None:
        self._row = min(whole(element.get("r"), self._row + 1), ROW_LAST)
        self._column = 0
        if element.get("hidden") in _TRUE or element.get("ht") == "0":
            self._sheet.hidden_rows.append((self._row, self._row))

    def _cell(self, element: etree._Element) -> None:
        row, column = read_place(element.get("r", "")) or (self._row, self._column + 1)
        self._column = column
        if len(element) and column <= COLUMN_LAST and row:
            self._put(element, row, column)

    def _put(self, element: etree._Element, row: int, column: int) -> None:
        kind = element.get("t", "n")
        value = next((each.text or "" for each in element.iterchildren("{*}v")), None)
        if kind == "inlineStr":
            self._sheet.put(row, column, Entry(_words(element)))
        elif value is None:
            if any(local(each) == "f" for each in element):
                self._sheet.notice("FORMULA_NOT_COMPUTED", row=row, column=column)
        elif kind == "e":
            self._sheet.put(row, column, Entry(value))
            self._sheet.notice("FORMULA_ERROR", value, row=row, column=column)
        else:
            self._sheet.put(row, column, self._entry(kind, value, element, row, column))

    def _entry(self, kind: str, value: str, element: etree._Element, row: int, column: int) -> Entry:
        if kind == "s":
            at = whole(value, -1)
            return Entry(self._book.strings[at] if 0 <= at < len(self._book.strings) else "")
        if kind == "b":
            return Entry("TRUE" if value.strip() in _TRUE else "FALSE")
        if kind == "str":
            return Entry(_ESCAPED.sub(_unescaped, value))
        style = whole(element.get("s"))
        code = self._book.formats[style] if style < len(self._book.formats) else GENERAL
        if kind == "d":
            return _dated(value, code)
        entry = _number(value, code, is_1904=self._book.is_1904)
        if isinstance(entry.value, date) and is_year_typed_be(float(value), is_1904=self._book.is_1904):
            self._sheet.notice("DATE_YEAR_TYPED_BE", entry.words, row=row, column=column)
        return entry


def _number(value: str, code: str, *, is_1904: bool) -> Entry:
    try:
        return entry_of(float(value[:400]), code, is_1904=is_1904)
    except ValueError:
        return Entry(value)


def _dated(value: str, code: str) -> Entry:
    try:
        moment = datetime.fromisoformat(value.strip())
    except ValueError:
        return Entry(value)
    return entry_of_moment(moment.replace(tzinfo=None), code)


# What is beside the cells


def _beside(book: _Book, sheet: Sheet, link: _Link) -> None:
    if link.kind == "table" and len(sheet.declared) < DECLARED_MAX:
        found = read_range(book.archive.xml(link.target).get("ref", ""))
        sheet.declared += [found] if found else []
    elif link.kind in ("comments", "threadedComment"):
        texts = [words for each in _comments(book.archive.xml(link.target)) if (words := each)]
        sheet.notice("COMMENT", *texts)
    elif link.kind == "drawing":
        sheet.loose += _text_boxes(book.archive.xml(link.target))
    elif link.kind in ("oleObject", "package"):
        sheet.notice("EMBEDDED_NOT_READ", posixpath.basename(link.target))
    elif link.kind == "queryTable":
        sheet.notice("EXTERNAL_CONTENT")


def _comments(root: etree._Element) -> Iterator[str]:
    for each in root.iter("{*}comment", "{*}threadedComment"):
        yield "".join(text.text or "" for text in each.iter("{*}t", "{*}text") if not len(text))


def _text_boxes(root: etree._Element) -> Iterator[tuple[int | None, str]]:
    """Give the words of shapes with the row beside which each stands."""
    for anchor in root:
        row = next((whole(each.text) + 1 for start in anchor.iter("{*}from") for each in start.iter("{*}row")), None)
        for body in anchor.iter("{*}txBody"):
            lines = ("".join(run.text or "" for run in line.iter("{*}t")) for line in body.iter("{*}p"))
            if words := "\n".join(lines).strip():
                yield row, words


def _notice_rest(book: _Book, links: dict[str, _Link]) -> None:
    """Say what the whole file holds beside its sheets."""
    names = book.archive.names
    if any(name.lower().endswith("vbaproject.bin") for name in names) or any("macrosheets/" in name for name in names):
        book.notices.add("MACRO_IGNORED")
    if book.outside:
        book.notices.add("EXTERNAL_LINK", dict.fromkeys(book.outside))
    kinds = [link for link in links.values() if link.kind in ("externalLink", "connections")]
    if kinds:
        targets = [other.target for link in kinds for other in _links(book.archive, link.target).values()]
        book.notices.add("EXTERNAL_CONTENT", targets)
    pictures = sum("/media/" in name or re.search(r"/charts/chart[^/]*\.xml$", name) is not None for name in names)
    if pictures:
        book.notices.add("PICTURES_NOT_READ", [f"{pictures:,} รูป"])
