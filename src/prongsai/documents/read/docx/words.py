"""What a paragraph of a Word file says: its words in order, its boxes, and what stands in it without being said.

ECMA-376 part 1 §17.3 (runs), §17.5 (content controls), §17.13 (comments, revisions), §17.16 (fields).
"""

import html
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

from lxml import etree

from prongsai.documents.model import Mark
from prongsai.documents.read.docx.media import pictured, text_boxes
from prongsai.documents.read.docx.numbering import Label
from prongsai.documents.read.docx.package import MC, W14, Element, W, children, chosen, is_on, number, value
from prongsai.documents.read.docx.styles import Styles
from prongsai.documents.read.docx.symbols import in_unicode, is_symbol_font, written_in
from prongsai.documents.read.printed import as_printed

BREAK: Final = "\v"  # neither of the two can stand in XML
PAGE: Final = "\f"
NOTE_LENGTH_MAX = 1000
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_XML_BLANKS = " \t\r\n"


@dataclass(frozen=True, slots=True)
class Box:
    """A box to tick that the format declares. glyph: as it is printed."""

    is_ticked: bool
    glyph: str


@dataclass(frozen=True, slots=True)
class Note:
    """Something in a paragraph that a reader must be told. start, end: between which pieces it stands."""

    code: str
    words: str
    start: int
    end: int


Piece = str | Box


@dataclass(slots=True)
class Words:
    """A paragraph. pieces: with BREAK where a line and PAGE where a printed page ends. frames: text boxes it holds."""

    pieces: list[Piece] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    frames: list[Element] = field(default_factory=list)
    label: Label | None = None

    @property
    def text(self) -> str:
        """The words with boxes as their glyphs and what a list prints before them."""
        inner = "".join(piece.glyph if isinstance(piece, Box) else piece for piece in self.pieces)
        if self.label is None:
            return inner
        bare = inner.lstrip(PAGE)
        return PAGE * (len(inner) - len(bare)) + self.label.text + self.label.between + bare

    def as_fragment(self) -> str:
        """Give the paragraph of a cell as a scrap of HTML, which one reader takes apart for all formats."""
        inner = "".join(
            _box_tag(piece.is_ticked) if isinstance(piece, Box) else _escaped(piece) for piece in self.pieces
        )
        if self.label is None:
            return f"<p>{inner}</p>"
        if self.label.mark is Mark.ITEM:
            return f"<ul><li>{inner}</li></ul>"
        if self.label.mark is not Mark.NONE:
            return f"<p>{_box_tag(self.label.mark is Mark.TICKED)}{inner}</p>"
        return f"<p>{_escaped(self.label.text + self.label.between)}{inner}</p>"

    def go_on(self, later: "Words") -> None:
        """Put a paragraph after this one, whose end was deleted: the two are one, set as the later is."""
        shift = len(self.pieces)
        self.pieces += later.pieces
        self.notes += (replace(note, start=note.start + shift, end=note.end + shift) for note in later.notes)
        self.frames += later.frames
        self.label = later.label


def _box_tag(is_ticked: bool) -> str:
    return '<input type="checkbox" checked>' if is_ticked else '<input type="checkbox">'


def _escaped(text: str) -> str:
    """Protect what only looks like a tag or like markdown."""
    plain = html.escape(text, quote=False).replace("*", "&#42;").replace(PAGE, "")
    return plain.replace(BREAK, "<br>")


def read_words(paragraph: Element, styles: Styles) -> Words:
    """Read a paragraph (``w:p``), without what its list prints before it."""
    walk = _Walk(styles, is_hidden=styles.is_hidden(value(children(paragraph, "pPr", "pStyle"))))
    walk.inside(paragraph)
    return walk.words


class _Walk:
    """Walks the inside of one paragraph. Nested fields show a text only when it is the result of all of them."""

    def __init__(self, styles: Styles, *, is_hidden: bool) -> None:
        self.words = Words()
        self._styles = styles
        self._is_hidden = is_hidden
        self._fields: list[bool] = []  # whether each open field is past its instruction
        self._instructions = 0  # how many are not
        self._is_inserted = False

    def inside(self, element: Element) -> None:
        """Walk the children of an element."""
        for child in element:
            handle = _HANDLERS.get(child.tag)
            if handle is not None:
                handle(self, child)

    def say(self, text: str) -> None:
        """Add words as they are printed."""
        if text and not self._instructions:
            self.words.pieces.append(text)

    def note(self, code: str, words: str, start: int | None = None) -> None:
        """Note something at this place, joined to the same thing when that ends right here."""
        end = len(self.words.pieces)
        start = end if start is None else start
        last = self.words.notes[-1] if self.words.notes else None
        if last and last.code == code and last.end == start and code in _JOINED:
            self.words.notes[-1] = replace(last, words=(last.words + words)[:NOTE_LENGTH_MAX], end=end)
        elif words.strip():
            self.words.notes.append(Note(code, words[:NOTE_LENGTH_MAX], start, end))

    def run(self, run: Element) -> None:
        """Read a run, or note its words when they are hidden."""
        properties = run.find(f"{W}rPr")
        if self._hides(properties):
            hidden = "".join(text.text or "" for text in run.iter(f"{W}t"))
            if not self._instructions:
                self.note("HIDDEN_TEXT", hidden)
            self._field_marks(run)
            return
        font = _symbol_font(properties)
        at = len(self.words.pieces)
        self.inside(run)
        if font:
            pieces = self.words.pieces[at:]
            self.words.pieces[at:] = [written_in(each, font) if isinstance(each, str) else each for each in pieces]

    def _hides(self, properties: Element | None) -> bool:
        if properties is None:
            return self._is_hidden
        own = properties.find(f"{W}vanish")
        if own is not None:
            return is_on(own)
        return self._is_hidden or self._styles.is_hidden(value(properties.find(f"{W}rStyle")))

    def _field_marks(self, run: Element) -> None:
        for mark in run.iterfind(f"{W}fldChar"):
            self.field(mark)

    def text(self, element: Element) -> None:
        """Read ``w:t``; blanks at its ends count only when it says so."""
        text = element.text or ""
        self.say(text if element.get(_SPACE) == "preserve" else text.strip(_XML_BLANKS))

    def symbol(self, element: Element) -> None:
        """Read a glyph of a symbol font."""
        code = value(element, "char")
        if 0 < len(code) <= 6 and all(letter in "0123456789abcdefABCDEF" for letter in code):
            self.say(in_unicode(int(code, 16), value(element, "font")))

    def line_break(self, element: Element) -> None:
        """End a line."""
        self.say(BREAK)

    def page_end(self, element: Element) -> None:
        """Note where Word last ended a page."""
        self.words.pieces.append(PAGE)

    def field(self, mark: Element) -> None:
        """Open, go on or close a field: its instruction is never shown, its result is."""
        kind = value(mark, "fldCharType")
        if kind == "begin":
            self._form_field(mark)
            self._fields.append(False)
            self._instructions += 1
        elif kind == "separate" and self._fields and not self._fields[-1]:
            self._fields[-1] = True
            self._instructions -= 1
        elif kind == "end" and self._fields:
            self._instructions -= not self._fields.pop()

    def _form_field(self, mark: Element) -> None:
        """Read a box or a list of choices of the older forms; their state stands in the mark itself."""
        box = children(mark, "ffData", "checkBox")
        if box is not None:
            state = box.find(f"{W}checked")
            self.box(is_on(state if state is not None else box.find(f"{W}default")), "")
        choices = children(mark, "ffData", "ddList")
        if choices is not None:
            entries = [value(each) for each in choices.iterfind(f"{W}listEntry")]
            place = number(choices.find(f"{W}result"))
            self.say(entries[place] if 0 <= place < len(entries) else "")

    def box(self, is_ticked: bool, glyph: str) -> None:
        """Add a box that the format declares."""
        if not self._instructions:
            self.words.pieces.append(Box(is_ticked, glyph or ("☑" if is_ticked else "☐")))

    def control(self, element: Element) -> None:
        """Read a content control: a box by its state, nothing of a placeholder, else what stands in it."""
        content = element.find(f"{W}sdtContent")
        box = children(element, "sdtPr")
        state = box.find(f"{W14}checkbox/{W14}checked") if box is not None else None
        if state is not None or (box is not None and box.find(f"{W14}checkbox") is not None):
            is_ticked = state is not None and state.get(f"{W14}val") in ("1", "true", "on")
            self.box(is_ticked, self._glyph(content))
        elif content is not None and not is_placeholder(element):
            self.inside(content)

    def _glyph(self, content: Element | None) -> str:
        if content is None:
            return ""
        walk = _Walk(self._styles, is_hidden=False)
        walk.inside(content)
        return walk.words.text.strip()

    def inserted(self, element: Element) -> None:
        """Read a tracked insertion and note it."""
        if self._is_inserted:
            self.inside(element)
            return
        at = len(self.words.pieces)
        self._is_inserted = True
        self.inside(element)
        self._is_inserted = False
        added = "".join(each.glyph if isinstance(each, Box) else each for each in self.words.pieces[at:])
        self.note("TRACKED_INSERTION", added, at)

    def deleted(self, element: Element) -> None:
        """Note a tracked deletion; its words are not said."""
        self.note("TRACKED_DELETION", deleted_words(element))

    def comment(self, element: Element) -> None:
        """Note a comment by its id."""
        self.note("COMMENT", value(element, "id"))

    def footnote(self, element: Element) -> None:
        """Note a footnote or endnote by its kind and id."""
        self.note(etree.QName(element).localname, value(element, "id"))

    def drawn(self, element: Element) -> None:
        """Keep the text boxes of a drawing, note its pictures."""
        self.words.frames += text_boxes(element)
        for code, words in pictured(element):
            self.note(code, words)

    def formula(self, element: Element) -> None:
        """Read the letters of a formula."""
        self.say("".join(each.text or "" for each in element.iter(f"{_MATH}t")))

    def alternatives(self, element: Element) -> None:
        """Read one branch of a choice of contents, never both."""
        branch = chosen(element)
        if branch is not None:
            self.inside(branch)

    def base(self, element: Element) -> None:
        """Read the letters under their pronunciation."""
        base = element.find(f"{W}rubyBase")
        if base is not None:
            self.inside(base)


def is_placeholder(control: Element) -> bool:
    """Whether a content control (``w:sdt``) only shows what to write there."""
    return is_on(children(control, "sdtPr", "showingPlcHdr"))


def deleted_words(element: Element) -> str:
    """Give the words of deleted content."""
    return "".join(each.text or "" for each in element.iter(f"{W}delText", f"{W}t"))


def lines_of(words: Words) -> list[str]:
    """Give the printed lines of a paragraph."""
    return [text for line in words.text.replace(PAGE, "").split(BREAK) if (text := as_printed(line))]


def _symbol_font(properties: Element | None) -> str:
    font = value(children(properties, "rFonts"), "ascii")
    return font if is_symbol_font(font) else ""


_JOINED = frozenset({"TRACKED_INSERTION", "TRACKED_DELETION", "HIDDEN_TEXT"})
_HANDLERS: dict[str, Callable[[_Walk, Element], None]] = {
    f"{W}r": _Walk.run,
    f"{W}t": _Walk.text,
    f"{W}tab": lambda walk, _: walk.say("\t"),
    f"{W}ptab": lambda walk, _: walk.say("\t"),
    f"{W}noBreakHyphen": lambda walk, _: walk.say("-"),
    f"{W}br": _Walk.line_break,
    f"{W}cr": _Walk.line_break,
    f"{W}lastRenderedPageBreak": _Walk.page_end,
    f"{W}sym": _Walk.symbol,
    f"{W}fldChar": _Walk.field,
    f"{W}sdt": _Walk.control,
    f"{W}ins": _Walk.inserted,
    f"{W}moveTo": _Walk.inserted,
    f"{W}del": _Walk.deleted,
    f"{W}moveFrom": _Walk.deleted,
    f"{W}commentReference": _Walk.comment,
    f"{W}footnoteReference": _Walk.footnote,
    f"{W}endnoteReference": _Walk.footnote,
    f"{W}drawing": _Walk.drawn,
    f"{W}pict": _Walk.drawn,
    f"{W}object": _Walk.drawn,
    f"{W}ruby": _Walk.base,
    f"{MC}AlternateContent": _Walk.alternatives,
    f"{_MATH}oMath": _Walk.formula,
    f"{_MATH}oMathPara": _Walk.formula,
    **dict.fromkeys(
        (f"{W}{name}" for name in ("hyperlink", "smartTag", "customXml", "fldSimple", "dir", "bdo")), _Walk.inside
    ),
}
