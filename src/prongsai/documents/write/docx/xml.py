"""The smallest pieces of a Word file as text: escaped words, runs and paragraphs.

Text and not a tree of elements: a table of 500 pages has a million elements, and building them one by one costs ten
times as much as writing them. Children stand in the order of the schema of ECMA-376, which Word insists on.
"""

import re
from dataclasses import dataclass
from itertools import count
from xml.sax.saxutils import escape

FONT = "TH SarabunPSK"
SYMBOLS = "Segoe UI Symbol"
ALIKE = "TH Sarabun New"
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'mc:Ignorable="w14"'
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SPECIAL = re.compile("[&<>\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_THAI = re.compile("[\u0e00-\u0e7f]")
_ATTRIBUTES = {'"': "&quot;", "\n": " ", "\t": " ", "\r": " "}


@dataclass(frozen=True, slots=True)
class Face:
    """How the letters of a run look. size: points of TH Sarabun. colour: six hexadecimal digits, or empty for text."""

    size: int = 16
    bold: bool = False
    colour: str = ""
    font: str = FONT


def twips(cm: float) -> int:
    """Give twentieths of a point for centimetres."""
    return round(cm * 1440 / 2.54)


def emu(cm: float) -> int:
    """Give English metric units, the measure of drawings, for centimetres."""
    return round(cm * 360_000)


def words(text: str) -> str:
    """Escape text; characters that XML cannot hold are left out, any white space but a space becomes one."""
    if not _SPECIAL.search(text):
        return text
    return escape(_FORBIDDEN.sub("", text).replace("\n", " ").replace("\t", " ").replace("\r", " "))


def without_controls(text: str) -> str:
    """Leave out the characters that XML cannot hold; white space is one space each."""
    return _FORBIDDEN.sub("", text).replace("\n", " ").replace("\t", " ").replace("\r", " ")


def attribute(text: str) -> str:
    """Escape text for an attribute in double quotes."""
    return escape(_FORBIDDEN.sub("", text), _ATTRIBUTES)


def fonts(name: str) -> str:
    """Name a font for every script: Word takes Thai letters from ``cs`` and digits from ``ascii``."""
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>'


def look_of(face: Face) -> str:
    """Give weight, colour and size: ``b`` and ``sz`` hold for Latin letters, ``bCs`` and ``szCs`` for Thai."""
    bold = "<w:b/><w:bCs/>" if face.bold else ""
    colour = f'<w:color w:val="{face.colour}"/>' if face.colour else ""
    return f'{bold}{colour}<w:sz w:val="{face.size * 2}"/><w:szCs w:val="{face.size * 2}"/>'


def language_of(language: str) -> str:
    """Name the language of Latin and of Thai letters; Thai is what lets Word break lines at words."""
    return f'<w:lang w:val="{"en-US" if language == "en" else "th-TH"}" w:eastAsia="en-US" w:bidi="th-TH"/>'


class Pen:
    """Writes runs in one language. Every run names its font, size and language itself.

    Officers copy paragraphs from paper to paper; what only the style says is lost when the other paper has a style of
    the same name.
    """

    def __init__(self, language: str) -> None:
        self._language = language_of(language)
        self._known: dict[tuple[Face, bool], str] = {}
        self._numbers = count(1)

    def number(self) -> int:
        """Give a number that nothing else in the file has: boxes and drawings are told apart by one."""
        return next(self._numbers)

    def run(self, text: str, face: Face) -> str:
        """Write words."""
        return self.piece(f'<w:t xml:space="preserve">{words(text)}</w:t>', face, bool(_THAI.search(text)))

    def piece(self, content: str, face: Face, thai: bool = False) -> str:
        """Write a run of ready content: a tab, a field, a drawing."""
        opening = self._known.get((face, thai))
        if opening is None:
            script = "<w:cs/>" if thai else ""
            opening = f"<w:r><w:rPr>{fonts(face.font)}{look_of(face)}{script}{self._language}</w:rPr>"
            self._known[(face, thai)] = opening
        return f"{opening}{content}</w:r>"

    def tab(self, face: Face) -> str:
        """Write a tab."""
        return self.piece("<w:tab/>", face)


def paragraph(style: str, content: str = "", direct: str = "") -> str:
    """Write a paragraph in a style. direct: what departs from the style, in the order of the schema."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{direct}</w:pPr>{content}</w:p>'


def tab_stops(*stops: tuple[float, str]) -> str:
    """Set tab stops: centimetres, and ``left``, ``dots`` (dotted leader) or ``end`` (dots, what follows ends there)."""
    kinds = {"left": 'w:val="left"', "dots": 'w:val="left" w:leader="dot"', "end": 'w:val="right" w:leader="dot"'}
    written = "".join(f'<w:tab {kinds[kind]} w:pos="{twips(at)}"/>' for at, kind in stops)
    return f"<w:tabs>{written}</w:tabs>"


def indent(left: float = 0, right: float = 0, hanging: float = 0, first: float = 0) -> str:
    """Set indents in centimetres."""
    start = f' w:hanging="{twips(hanging)}"' if hanging else f' w:firstLine="{twips(first)}"'
    return f'<w:ind w:left="{twips(left)}" w:right="{twips(right)}"{start}/>'
