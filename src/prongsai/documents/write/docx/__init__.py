"""Write a paper as a Word file: real styles, Thai set for line breaking, nothing that only a look would tell.

The parts are written as text and zipped: no template with another program's fonts, gaps and names comes along, a
paper is 10 kB, and a table of 500 pages grows no tree in memory.
"""

import re
from dataclasses import dataclass, replace
from functools import cached_property

from prongsai.documents.fonts.shipped import load
from prongsai.documents.model import (
    Block,
    Document,
    Fields,
    Masthead,
    NewPage,
    Panel,
    Paragraph,
    Picture,
    Separator,
    Sides,
    Signatures,
    Style,
    Table,
)
from prongsai.documents.write.breaks import Breaker
from prongsai.documents.write.docx.letter import fields_xml, sides_xml, signatures_xml
from prongsai.documents.write.docx.package import Package
from prongsai.documents.write.docx.pages import MEMO_TOP_CM, TOP_CM, Sections, Sheet
from prongsai.documents.write.docx.panel import panel_xml
from prongsai.documents.write.docx.picture import Image, Placed, anchored_xml, inline_xml, placeholder, read_image
from prongsai.documents.write.docx.styles import (
    EMBLEM,
    LOOKS,
    MEMO_TITLE,
    PICTURE,
    RULE,
    SPACER,
    Look,
    fonts_xml,
    lists_xml,
    settings_xml,
    styles_xml,
)
from prongsai.documents.write.docx.table import table_xml, visible
from prongsai.documents.write.docx.xml import DECLARATION, NAMESPACES, Pen, indent, paragraph, tab_stops
from prongsai.documents.write.fill import Filler
from prongsai.documents.write.office import Office
from prongsai.documents.write.together import stays_with_next

EMBLEM_SAYS = "ตราของหน่วยงาน"
MEMO_EMBLEM_CM = 2.0  # an emblem lower than this stands beside the title of a memo
HANGING_CM, DEEPER_CM = 2.5, 1.0
_POINT_CM = 2.54 / 72
_ITEM = re.compile(r"^(\(?[0-9๐-๙]{1,3}(?:\.[0-9๐-๙]{1,3})*[.)]{0,2}|\(?[ก-ฮ][.)]|[-–•])\s+(?=\S)")


def render(document: Document, office: Office) -> bytes:
    """Give the bytes of a Word file, the same for the same paper.

    Raises FileUnusable for an emblem or picture that is neither PNG, JPEG nor SVG.
    """
    package = Package()
    language = document.setup.language
    package.part("styles", "styles", styles_xml(language))
    package.part("settings", "settings", settings_xml())
    package.part("fontTable", "fontTable", fonts_xml())
    package.part("numbering", "numbering", lists_xml())
    body = _Body(document, office, package).xml()
    xml = f"{DECLARATION}<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"
    return package.file(xml, document.title, language)


@dataclass(frozen=True, slots=True)
class Fragment:
    """Blocks as the inside of a body, its last section included. pictures: how the words name each → its part."""

    xml: str
    pictures: dict[str, str]
    parts: dict[str, bytes]


def fragment(document: Document, office: Office) -> Fragment:
    """Give the blocks of a paper for the body of another Word file. Raises FileUnusable as ``render``."""
    package = Package()
    body = _Body(document, office, package).xml()
    return Fragment(body, package.pictures(), package.parts())


class _Body:
    """Walks the blocks of a paper, page setting by page setting."""

    def __init__(self, document: Document, office: Office, package: Package) -> None:
        self._blocks, self._setup = document.blocks, document.setup
        self._office, self._package = office, package
        self._pen = Pen(document.setup.language)
        self._sections = Sections(document.setup, self._pen, package)
        self._sheet = Sheet(
            self._setup.orientation,
            centred=self._setup.cover,
            opens=not self._setup.cover,
            top_cm=self._top(0),
        )
        self._after_cover = self._setup.cover
        self._needs_gap = self._is_blank = True
        self._parts: list[str] = []

    def xml(self) -> str:
        for at, block in enumerate(self._blocks):
            if isinstance(block, NewPage):
                self._new_page(block, at)
            else:
                self._write(block, at)
        if self._needs_gap:
            self._parts.append(paragraph(SPACER.id))
        return "".join(self._parts) + self._sections.end(self._sheet)

    def _write(self, block: Block, at: int) -> None:
        """Write a block; a table never touches another one or the start of a section."""
        is_table = isinstance(block, Table | Sides | Panel) or (isinstance(block, Signatures) and len(block.places) > 1)
        written = self._block(block, at)
        if written and is_table and self._needs_gap:
            self._parts.append(paragraph(SPACER.id))
        if written:
            self._needs_gap, self._is_blank = is_table, False
            self._parts.append(written)

    def _block(self, block: Block, at: int) -> str:
        pen, width = self._pen, self._sheet.width_cm
        match block:
            case Paragraph():
                return self._paragraph(block, stays_with_next(self._blocks, at))
            case Table():
                return table_xml(block, pen, self._filler, width, self._sheet.height_cm)
            case Fields():
                return fields_xml(block, pen, width)
            case Masthead():
                return self._masthead(block)
            case Sides():
                return sides_xml(block, pen, width)
            case Signatures():
                return signatures_xml(block, pen, width, stays=stays_with_next(self._blocks, at))
            case Picture():
                return self._picture(block)
            case Panel():
                return self._panel(block)
            case Separator():
                return paragraph(RULE.id, "", indent(left=width * 0.38, right=width * 0.38))
            case _:
                return ""

    def _next(self, at: int) -> Block | None:
        return self._blocks[at + 1] if at + 1 < len(self._blocks) else None

    def _paragraph(self, block: Paragraph, keep: bool) -> str:
        """Write running text; lines broken on purpose are paragraphs without gap and first indent."""
        look = LOOKS[block.style]
        lines = [line for line in block.text.split("\n") if line.strip()]
        return "".join(self._text_line(line, look, block, number > 0, keep) for number, line in enumerate(lines))

    def _text_line(self, line: str, look: Look, block: Paragraph, goes_on: bool, keep: bool) -> str:
        direct = "<w:keepNext/>" if keep and not look.keep else ""
        item = _ITEM.match(line) if block.style is Style.HANGING else None
        left = HANGING_CM + DEEPER_CM * block.level
        if item:
            hang = _hang_cm(item.group(1))
            direct += tab_stops((left + hang, "left")) + indent(left=left + hang, hanging=hang)
            marker = self._pen.run(item.group(1), look.face) + self._pen.tab(look.face)
            return paragraph(look.id, marker + self._pen.run(line[item.end() :], look.face), direct)
        direct += '<w:spacing w:before="0"/>' if goes_on and look.before else ""
        if block.style is Style.HANGING:
            direct += indent(left=left)
        elif block.style is Style.RIGHT:
            direct += indent(left=self._sheet.width_cm / 2)
        elif goes_on and block.style is Style.BODY:
            direct += indent()
        return paragraph(look.id, self._pen.run(line, look.face), direct)

    @cached_property
    def _filler(self) -> Filler:
        """Measures words by the shipped fonts, whose letters are as wide as those of TH Sarabun."""
        return Filler(load(None), Breaker(self._setup.names))

    @cached_property
    def _emblem(self) -> Image:
        """The office's own emblem, or the neutral mark."""
        return read_image(self._office.emblem, self._office.fonts) if self._office.emblem else placeholder()

    def _masthead(self, block: Masthead) -> str:
        """Write the emblem: in the middle, or at the left of a title whose line is exactly 35 points high."""
        image = self._emblem
        placed = self._placed(image, EMBLEM_SAYS, block.height_cm / image.ratio, block.height_cm)
        if not block.title:
            return paragraph(EMBLEM.id, self._pen.piece(inline_xml(placed), EMBLEM.face))
        below = max(0.0, block.height_cm / _POINT_CM - MEMO_TITLE.exact) + 2
        emblem = self._pen.piece(anchored_xml(placed), MEMO_TITLE.face)
        title = self._pen.run(block.title, MEMO_TITLE.face)
        return paragraph(MEMO_TITLE.id, emblem + title, f'<w:spacing w:after="{round(below * 20)}"/>')

    def _picture(self, block: Picture) -> str:
        """Write a picture; what it says is printed under it where only programs that know SVG would show it."""
        image = read_image(block.content, self._office.fonts)
        width = min(block.width_cm, self._sheet.width_cm, self._sheet.height_cm * 0.9 / image.ratio)
        placed = self._placed(image, block.says, width, width * image.ratio)
        written = paragraph(PICTURE.id, self._pen.piece(inline_xml(placed), PICTURE.face))
        note = LOOKS[Style.NOTE]
        return written if image.shown else written + paragraph(note.id, self._pen.run(block.says, note.face))

    def _panel(self, block: Panel) -> str:
        """Write a framed block, its picture at the left."""
        drawing, picture = "", block.picture
        if picture:
            image = read_image(picture.content, self._office.fonts)
            drawing = inline_xml(self._placed(image, picture.says, picture.width_cm, picture.width_cm * image.ratio))
        return panel_xml(block, drawing, self._pen, self._sheet.width_cm)

    def _placed(self, image: Image, says: str, width_cm: float, height_cm: float) -> Placed:
        part, svg = self._package.picture(image)
        return Placed(self._pen.number(), part, svg, says, width_cm, height_cm)

    def _new_page(self, block: NewPage, at: int) -> None:
        """Begin a page: a new section where the setting changes or a new paper opens, else a mere break."""
        opens = isinstance(self._next(at), Masthead) or self._after_cover
        sheet = Sheet(block.orientation, block.centred, opens and not block.centred, self._top(at + 1))
        self._after_cover = self._after_cover and block.centred
        if self._is_blank:  # nothing stands on this page yet: it is set anew
            self._sheet = replace(sheet, opens=not block.centred and (opens or self._sheet.opens))
        elif sheet == replace(self._sheet, opens=False):
            self._parts.append(paragraph(SPACER.id, "", "<w:pageBreakBefore/>"))
            self._needs_gap = False
        else:
            self._parts.append(paragraph(SPACER.id, "", self._sections.end(self._sheet)))
            self._sheet, self._needs_gap, self._is_blank = sheet, True, True

    def _top(self, at: int) -> float:
        """Give the margin above: a memo begins higher, its emblem 1.5 cm from the edge."""
        block = self._blocks[at] if at < len(self._blocks) else None
        return MEMO_TOP_CM if isinstance(block, Masthead) and block.height_cm < MEMO_EMBLEM_CM else TOP_CM


def _hang_cm(marker: str) -> float:
    return 0.9 if visible(marker) <= 3 else 1.4
