"""The running text and the tables of a Word file, in the order of the file, each with its place."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from prongsai.documents.model import Cell, Line, Paragraph, Printed, Row, Table
from prongsai.documents.places import Places
from prongsai.documents.read.docx.notices import Notices
from prongsai.documents.read.docx.numbering import Numbering
from prongsai.documents.read.docx.package import Element, W, children, is_on
from prongsai.documents.read.docx.styles import Styles
from prongsai.documents.read.docx.table import Grid, GridRow, Slot, flow, grid_of, heads_of, is_frame, is_ruled
from prongsai.documents.read.docx.words import BREAK, PAGE, Note, Words, deleted_words, read_words
from prongsai.documents.read.fragment import read_fragment
from prongsai.documents.read.printed import as_printed
from prongsai.documents.read.refusals import over_limit
from prongsai.documents.read.text import COLUMNS_MAX
from prongsai.errors import LimitExceeded, Where

PARAGRAPHS_MAX = 500_000
CELLS_MAX = 300_000
CELL_CHARACTERS_MAX = 100_000_000
"""Over how many places, and with how many characters in all, the words of merged cells are said again."""

_P, _TBL, _TR, _TC, _CHUNK = (f"{W}{name}" for name in ("p", "tbl", "tr", "tc", "altChunk"))
_FOOTNOTES = ("footnoteReference", "endnoteReference")


@dataclass(frozen=True, slots=True)
class Sources:
    """What else a paragraph needs to be read. comments: words by id."""

    styles: Styles
    numbering: Numbering
    comments: Mapping[str, str]


@dataclass(slots=True)
class _Content:
    """What stands in a cell; the same for every place that the cell covers. lead: pages that ended before its words."""

    raw: str = ""
    lines: tuple[Line, ...] = ()
    notes: list[Note] = field(default_factory=list)
    rows: int = 1
    columns: int = 1
    pages: int = 0
    lead: int = 0


@dataclass(frozen=True, slots=True)
class _Laid:
    """A cell on a place of its row."""

    content: _Content
    is_covered: bool


class Body:
    """Reads parts of a document one after the other and keeps count of places, pages and lists over all of them."""

    def __init__(self, file: str, sources: Sources, places: Places, notices: Notices) -> None:
        self.footnotes: list[tuple[str, str]] = []
        self.commented: set[str] = set()
        self._file = file
        self._sources = sources
        self._places = places
        self._notices = notices
        self._here = Where(file)
        self._carried: Words | None = None
        self._tables = self._paragraph_count = self._cells = self._characters = 0

    def blocks(self, container: Element) -> Iterator[Printed]:
        """Read the paragraphs and tables of a body, a text box, a header or a footnote."""
        for element, is_silent in flow(container, _P, _TBL, _CHUNK):
            if is_silent:
                continue
            if element.tag == _P:
                words = self._words(element)
                yield from self._paragraphs(words) if words else ()
            elif element.tag == _TBL:
                yield from self._rest()
                yield from self._table(element)
            else:
                self._notices.add("EMBEDDED_NOT_READ", ("altChunk",), self._here)
        yield from self._rest()

    def _rest(self) -> Iterator[Printed]:
        carried, self._carried = self._carried, None
        return self._paragraphs(carried) if carried else iter(())

    def _words(self, paragraph: Element) -> Words | None:
        """Read a paragraph with its number; None when its end was deleted and it goes on in the next."""
        self._paragraph_count += 1
        if self._paragraph_count > PARAGRAPHS_MAX:
            raise over_limit(self._file, f"มี {self._paragraph_count:,} ย่อหน้า", f"{PARAGRAPHS_MAX:,} ย่อหน้า")
        properties = paragraph.find(f"{W}pPr")
        words = read_words(paragraph, self._sources.styles)
        mark = children(properties, "rPr")
        joins = mark is not None and (mark.find(f"{W}del") is not None or mark.find(f"{W}moveFrom") is not None)
        is_gone = not words.pieces and mark is not None and is_on(mark.find(f"{W}vanish"))
        if not joins and not is_gone:
            words.label = self._sources.numbering.label(properties)
        carried, self._carried = self._carried, None
        if carried:
            carried.go_on(words)
            words = carried
        if joins:
            self._carried = words
            return None
        return words

    def _paragraphs(self, words: Words) -> Iterator[Printed]:
        """Give the lines of a paragraph, then what stands in the text boxes that it holds."""
        first: Where | None = None
        for line in words.text.split(BREAK):
            bare = line.lstrip()
            self._turn(line[: len(line) - len(bare)].count(PAGE))
            raw = line.replace(PAGE, "")
            if text := as_printed(raw):
                where = self._places.next_line() if first else self._places.paragraph()
                first = first or where
                yield Paragraph(text, raw, where)
            self._turn(bare.count(PAGE))
        self._here = first or self._here
        self._note(words.notes, self._here)
        for frame in words.frames:
            yield from self.blocks(frame)

    def _turn(self, pages: int) -> None:
        if self._places.page is not None:
            self._places.page += pages

    def _note(self, notes: Iterable[Note], where: Where) -> None:
        for note in notes:
            if note.code in _FOOTNOTES:
                self.footnotes.append((note.code, note.words))
            elif note.code == "COMMENT":
                self.commented.add(note.words)
                self._notices.add(note.code, (self._sources.comments.get(note.words, ""),), where)
            else:
                self._notices.add(note.code, (note.words.replace(PAGE, ""),), where)

    def _table(self, table: Element) -> Iterator[Printed]:
        if is_frame(table):
            for cell, _ in flow(next(flow(table, _TR))[0], _TC):
                yield from self.blocks(cell)
            return
        grid = grid_of(table)
        where = self._here = self._places.table()
        self._tables += 1
        if len(grid.starts) > COLUMNS_MAX:
            raise self._too_wide(len(grid.starts))
        above: Mapping[int, _Content] = {}
        laid: list[tuple[Where, list[_Laid]]] = []
        kept: list[GridRow] = []
        for number, row in enumerate(grid.rows, 1):
            if len(row.slots) > COLUMNS_MAX:
                raise self._too_wide(len(row.slots), number)
            if not self._is_left_out(row.element):
                kept.append(row)
                contents = [self._content(slot, above) for slot in row.slots]
                above = {slot.start: content for slot, content in zip(row.slots, contents, strict=True)}
                laid.append(self._row(row, contents, grid))
        self._places.end_table()
        rows = tuple(Row(tuple(_cells(row, place)), place) for place, row in laid)
        if rows:
            yield Table(rows, where, "docx", heads_of(tuple(kept)), ruled=is_ruled(table, self._sources.styles))

    def _too_wide(self, count: int, row: int | None = None) -> LimitExceeded:
        at = f" แถว {row}" if row else ""
        return over_limit(self._file, f"ตารางที่ {self._tables}{at} มี {count:,} ช่อง", f"{COLUMNS_MAX} ช่อง")

    def _is_left_out(self, row: Element) -> bool:
        """Whether a row is hidden or a tracked deletion; says so, and of a tracked insertion that it is one."""
        properties = row.find(f"{W}trPr")
        for mark, code in (("del", "TRACKED_DELETION"), ("hidden", "HIDDEN_TEXT"), ("ins", "TRACKED_INSERTION")):
            found = children(properties, mark)
            if found is not None and is_on(found) and (mark != "ins" or row.find(f".//{W}ins/{W}r") is None):
                cells = (deleted_words(cell) for cell, _ in flow(row, _TC))
                self._notices.add(code, cells, self._here)
                return code != "TRACKED_INSERTION"
        return False

    def _row(self, row: GridRow, contents: list[_Content], grid: Grid) -> tuple[Where, list[_Laid]]:
        own = [content for slot, content in zip(row.slots, contents, strict=True) if not slot.goes_on]
        lead = max((content.lead for content in own), default=0)
        self._turn(lead)
        where = self._places.row()
        laid: list[_Laid] = []
        for slot, content in zip(row.slots, contents, strict=True):
            wide = grid.columns(slot) or int(bool(content.lines))
            is_over = slot.goes_on and content.rows > 1
            if not is_over:
                content.columns = max(1, wide)
                self._here = Places.cell(where, len(laid) + 1)
                self._note(content.notes, self._here)
            laid += (_Laid(content, is_over or place > 0) for place in range(wide))
            self._count(wide, content)
        self._turn(max((content.pages for content in own), default=0) - lead)
        return where, laid

    def _count(self, places: int, content: _Content) -> None:
        self._cells += places
        self._characters += places * len(content.raw)
        if self._cells > CELLS_MAX:
            raise over_limit(self._file, f"ตารางมี {self._cells:,} ช่อง", f"{CELLS_MAX:,} ช่อง")
        if self._characters > CELL_CHARACTERS_MAX:
            raise over_limit(self._file, f"ตารางมี {self._characters:,} อักขระ", f"{CELL_CHARACTERS_MAX:,} อักขระ")

    def _content(self, slot: Slot, above: Mapping[int, _Content]) -> _Content:
        """Read a cell, or find the one above that it is merged into."""
        if slot.goes_on and slot.start in above:
            content = above[slot.start]
            content.rows += 1
            return content
        return _Content() if slot.element is None or slot.is_silent else self._cell(slot.element)

    def _cell(self, cell: Element) -> _Content:
        parts = list(self._parts(cell))
        notes = [note for words in parts for note in words.notes]
        if next(flow(cell, _TBL), None) is not None:
            notes.append(Note("NESTED_TABLE", " ".join(words.text for words in parts), 0, 0))
        texts = [words.text for words in parts]
        whole = "".join(texts)
        lead = whole[: len(whole) - len(whole.lstrip())].count(PAGE)
        raw = "\n".join(texts).replace(PAGE, "").replace(BREAK, "\n").strip()
        return _Content(raw, _lines(parts), notes, pages=whole.count(PAGE), lead=lead)

    def _parts(self, container: Element) -> Iterator[Words]:
        """Walk the paragraphs of a cell, those of tables and text boxes inside it too."""
        for element, is_silent in flow(container, _P, _TBL):
            if is_silent:
                continue
            if element.tag == _TBL:
                rows = (row for row, _ in flow(element, _TR) if not self._is_left_out(row))
                for cell in (cell for row in rows for cell, _ in flow(row, _TC)):
                    yield from self._parts(cell)
            elif words := self._words(element):
                yield words
                for frame in words.frames:
                    yield from self._parts(frame)
        if self._carried:
            carried, self._carried = self._carried, None
            yield carried


def _lines(parts: list[Words]) -> tuple[Line, ...]:
    """Read the paragraphs of a cell into lines, by way of the scrap of HTML that says the same."""
    if len(parts) == 1 and parts[0].label is None:
        (words,) = parts
        scrap = words.as_fragment().removeprefix("<p>").removesuffix("</p>")
        return read_fragment(scrap)
    return read_fragment("".join(words.as_fragment() for words in parts))


def _cells(row: list[_Laid], where: Where) -> Iterator[Cell]:
    for column, laid in enumerate(row, 1):
        content = laid.content
        place = Places.cell(where, column)
        if laid.is_covered:
            yield Cell(content.raw, content.lines, place, covered=True)
        else:
            yield Cell(content.raw, content.lines, place, rows=content.rows, columns=content.columns)
