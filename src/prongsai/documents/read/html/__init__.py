"""HTML files as offices save them: from Word, Excel, Google Docs or a site. Nothing in them is run or fetched.

A page has no lines that a person would count: like a Word file it gets those of its text view (``documents.places``).
"""

import codecs
import hashlib
import re
from collections.abc import Iterator
from email import message_from_bytes, policy

from lxml import etree
from lxml import html as markup

from prongsai.documents.model import Cell, Document, Line, Mark, Printed, Row, Table
from prongsai.documents.places import Places
from prongsai.documents.read.encoding import decode
from prongsai.documents.read.fragment import read_fragment
from prongsai.documents.read.html import style
from prongsai.documents.read.html.grid import Grid, Slot, layout_tables, spans, spread
from prongsai.documents.read.html.notes import Notes
from prongsai.documents.read.html.sinks import Flow, Scrap, Sink
from prongsai.documents.read.refusals import over_limit
from prongsai.errors import FileUnusable, Problem, Where

BYTES_MAX = 50_000_000
HEAD_BYTES = 4_096
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_GUESSED = re.compile(r"utf-?8|ascii|latin|iso-?8859|windows-|cp-?12|cp-?874|tis-?620|x-user|macintosh", re.IGNORECASE)
_WORD_MARK = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)
_WORD_COMMENT = re.compile(r"mso-element\s*:\s*comment", re.IGNORECASE)
_KEEPS_LINES = re.compile(r"white-space\s*:\s*pre", re.IGNORECASE)
_EVENTS = ("start", "end", "comment", "pi")


def read(content: bytes, name: str) -> Document:
    """Read the bytes of an HTML file (also one of MIME parts, .mht).

    Raises FileUnusable for an empty file or an unknown encoding; LimitExceeded over BYTES_MAX bytes, tags deeper than
    DEPTH_MAX, or a table over the limits of ``html_grid``.
    """
    if len(content) > BYTES_MAX:
        raise over_limit(name, f"{len(content):,} ไบต์", f"{BYTES_MAX:,} ไบต์")
    text, encoding, problems = _text(_page_of(content), name)
    root = _tree(text, name)
    blocks, notes = _Walk(root, name).run()
    title = " ".join((root.findtext(".//title") or "").split())
    sha256 = hashlib.sha256(content).hexdigest()
    return Document(name, "html", encoding, sha256, blocks, (*problems, *notes), title)


def _page_of(content: bytes) -> bytes:
    """Give the page itself of a file that carries it with its pictures."""
    if not re.match(rb"\s*(?:From|MIME-Version|Content-Type|Date|Subject)\s*:", content, re.IGNORECASE):
        return content
    message = message_from_bytes(content, policy=policy.compat32)
    page = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    inner = page.get_payload(decode=True) if page else None
    return inner if isinstance(inner, bytes) else content


def _text(content: bytes, name: str) -> tuple[str, str, tuple[Problem, ...]]:
    """Decode a page: as the house does, unless it declares an encoding that the house would not guess."""
    is_wide = content[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    if not is_wide and content[:2] in (b"<\x00", b"\x00<"):
        wide = "utf-16-le" if content[0] else "utf-16-be"
        return content.decode(wide, errors="replace"), wide, ()
    if not is_wide:
        content = content.replace(b"\x00", b"")
    said = _CHARSET.search(content[:HEAD_BYTES])
    declared = said[1].decode("ascii") if said else "utf-8"
    if is_wide or _GUESSED.match(declared) or not _is_known(declared):
        return decode(content, name)
    return content.decode(declared, errors="replace"), declared.lower(), ()


def _is_known(encoding: str) -> bool:
    """Whether an encoding is one of letters; UTF-16 without its mark would have shown itself."""
    try:
        found = codecs.lookup(encoding)
    except LookupError:
        return False
    return getattr(found, "_is_text_encoding", False) and not found.name.startswith(("utf-16", "utf-32"))


def _tree(text: str, name: str) -> etree._Element:
    parser = markup.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
    try:
        return markup.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError as reason:
        raise FileUnusable(
            f"{name} holds no page",
            message_th=f"ไฟล์ {name} ไม่มีเนื้อหา",
            mend_th="ตรวจว่าเลือกไฟล์ถูก แล้วบันทึกใหม่",
        ) from reason


class _Walk:
    """One walk over a page; what is open at a moment is on its stacks, so depth costs no recursion."""

    def __init__(self, root: etree._Element, name: str) -> None:
        self.blocks: list[Printed] = []
        self.notes = Notes(name)
        self._root = root
        self._name = name
        self._places = Places(name)
        self._flow = Flow(self.blocks, self._places)
        self._classes = style.hidden_classes(sheet.text or "" for sheet in root.iter("style"))
        self._layout = layout_tables(root, name)
        self._grid: Grid | None = None
        self._cell: Scrap | None = None
        self._slot: Slot | None = None
        self._inner_tables = 0
        self._in_thead = False
        self._numbers: list[tuple[str | None, int, int]] = []
        self._keeps_lines: list[etree._Element] = []

    @property
    def _sink(self) -> Sink:
        return self._cell if self._cell is not None else self._flow

    def run(self) -> tuple[tuple[Printed, ...], tuple[Problem, ...]]:
        """Give the blocks of the page and what was noticed."""
        events = etree.iterwalk(self._root, events=_EVENTS)
        for event, element in events:
            if event == "start":
                if self._is_skipped(element):
                    events.skip_subtree()
                else:
                    self._start(element)
            else:
                if event == "end" and isinstance(element.tag, str):
                    self._end(element)
                self._say(element.tail, element.getparent())
        self._flow.end_line()
        return tuple(self.blocks), self.notes.problems(self.blocks)

    def _say(self, text: str | None, element: etree._Element | None) -> None:
        if not text or element is None:
            return
        styles = f"{element.get('style', '')} {element.get('face', '')}"
        words = style.words_of(text, styles)
        if not self._keeps_lines:
            self._sink.text(words)
            return
        for number, line in enumerate(words.split("\n")):
            if number:
                self._sink.soft_break()
            self._sink.text(line)

    def _is_skipped(self, element: etree._Element) -> bool:
        """Whether an element is not read; notes what that hides."""
        self.notes.look(element)
        if element.tag in style.SILENT:
            return True
        said = element.get("style", "")
        if _WORD_COMMENT.search(said):
            self.notes.comment(element, len(self.blocks))
            return True
        if element.tag == "del":
            self.notes.deleted(element, len(self.blocks))
            return True
        if style.is_hidden(element, self._classes):
            self.notes.hidden(element, len(self.blocks))
            return True
        if _WORD_MARK.search(said):
            self._word_mark(element)
            return True
        return element.tag == "option" and element.get("selected") is None

    def _word_mark(self, element: etree._Element) -> None:
        """Take the number or bullet that Word wrote out before a paragraph of a list."""
        text = "".join(element.itertext())
        styles = " ".join(each.get("style", "") for each in (element, *element.iter()) if isinstance(each.tag, str))
        if style.is_word_bullet(text, styles):
            self._sink.item("", is_marked=True)
        else:
            self._sink.text(f"{text.strip()} ")

    def _start(self, element: etree._Element) -> None:
        tag = element.tag
        if tag == "ins":
            self.notes.inserted(element, len(self.blocks))
        if tag == "table" and element not in self._layout:
            self._open_table(element)
        elif self._grid is not None and not self._inner_tables and tag in ("tr", "td", "th", "thead", "tbody", "tfoot"):
            self._part_of_table(element)
        elif tag in style.LISTS:
            self._open_list(element)
        elif tag == "li":
            self._item(element)
        elif tag == "br":
            self._sink.soft_break()
        elif tag == "input":
            self._input(element)
        elif tag in style.PARAGRAPHS:
            self._sink.end_line()
        if tag == "pre" or _KEEPS_LINES.search(element.get("style", "")):
            self._keeps_lines.append(element)
        self._say(element.text, element)

    def _end(self, element: etree._Element) -> None:
        tag = element.tag
        if self._keeps_lines and self._keeps_lines[-1] is element:
            self._keeps_lines.pop()
        if tag == "table" and element not in self._layout:
            self._close_table()
        elif self._grid is not None and not self._inner_tables and tag in ("tr", "td", "th"):
            self._close_cell()
        elif tag in style.LISTS:
            self._sink.close_list()
            self._numbers[-1:] = []
        elif tag in style.PARAGRAPHS:
            self._sink.end_line()

    # Lists and boxes

    def _open_list(self, element: etree._Element) -> None:
        counts = style.number_style(element)
        if element.tag != "ol":
            counts = counts and ""
        step = -1 if element.get("reversed") is not None else 1
        start = len(element.findall("li")) if step < 0 else 1
        self._numbers.append((counts, style.whole(element.get("start"), start), step))
        self._sink.open_list()

    def _item(self, element: etree._Element) -> None:
        counts, number, step = self._numbers.pop() if self._numbers else ("", 1, 1)
        number = style.whole(element.get("value"), number)
        self._numbers.append((counts, number + step, step))
        is_marked = counts is not None and "unmarked" not in element.get("class", "").split()
        self._sink.item(style.printed_number(number, counts) if counts and is_marked else "", is_marked=is_marked)

    def _input(self, element: etree._Element) -> None:
        kind = element.get("type", "").lower()
        if kind in style.BOX_TYPES:
            self._sink.box(ticked=element.get("checked") is not None)
        elif kind in style.TYPED_TYPES:
            self._sink.text(f" {element.get('value', '')} ")

    # Tables

    def _open_table(self, element: etree._Element) -> None:
        """Open a table; one inside a cell is only lines of the cell."""
        if self._grid is not None:
            self._inner_tables += 1
            self._sink.end_line()
            if self._slot:
                self._slot.has_table = True
            return
        self._flow.end_line()
        self._grid = Grid(name=" ".join(element.get("aria-label", "").split()))

    def _part_of_table(self, element: etree._Element) -> None:
        assert self._grid is not None
        self._close_cell()
        if element.tag in ("thead", "tbody", "tfoot"):
            self._in_thead = element.tag == "thead"
        elif element.tag == "tr":
            self._grid.open_row(in_thead=self._in_thead)
        else:
            if not self._grid.rows:
                self._grid.open_row(in_thead=self._in_thead)
            rows, columns = spans(element)
            self._slot = Slot("", rows, columns, element.tag == "th")
            self._grid.rows[-1].append(self._slot)
            self._cell = Scrap()

    def _close_cell(self) -> None:
        if self._cell is not None and self._slot is not None:
            self._slot.raw = str(self._cell)
        self._cell = self._slot = None

    def _close_table(self) -> None:
        if self._inner_tables:
            self._inner_tables -= 1
            self._sink.end_line()
            return
        self._close_cell()
        grid, self._grid, self._in_thead = self._grid, None, False
        self._flow.end_line()
        rows = list(spread(grid, self._name)) if grid else []
        if grid and any(rows):
            heads = sum(bool(row) for row in rows[: grid.heads])
            self.blocks.append(self._table([row for row in rows if row], heads, grid.name))
            self._places.end_table()

    def _table(self, rows: list[list[Slot]], heads: int, name: str) -> Table:
        where = self._places.table()
        return Table(tuple(self._row(slots) for slots in rows), where, "html", heads, name=name)

    def _row(self, slots: list[Slot]) -> Row:
        where = self._places.row()
        return Row(tuple(self._cells(slots, where)), where)

    def _cells(self, slots: list[Slot], where: Where) -> Iterator[Cell]:
        for column, slot in enumerate(slots, 1):
            place = Places.cell(where, column)
            lines = read_fragment(slot.raw)
            if slot.has_table:
                self.notes.nested_table(place)
            raw = "\n".join(map(_shown, lines))
            yield Cell(raw, lines, place, (), None, slot.rows, slot.columns, slot.is_covered)


def _shown(line: Line) -> str:
    signs = {Mark.TICKED: "☑ ", Mark.UNTICKED: "☐ "}
    return signs.get(line.mark, "") + line.text
