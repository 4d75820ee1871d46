"""Pages of a Word file: how they lie, their margins, and what stands at the head and foot of each."""

from dataclasses import dataclass

from prongsai.documents.model import Orientation, Setup
from prongsai.documents.write.docx.package import Package
from prongsai.documents.write.docx.styles import FOOT_MARK, PAGE_NUMBER, SECRECY, SPACER
from prongsai.documents.write.docx.xml import DECLARATION, NAMESPACES, Pen, paragraph, twips

_SHORT_CM, _LONG_CM = 21.0, 29.7
_HEADER_CM, _FOOTER_CM = 1.25, 1.0
BOTTOM_CM = 2.0
TOP_CM = 2.5
MEMO_TOP_CM = 1.5


@dataclass(frozen=True, slots=True)
class Sheet:
    """How the pages of a section are set. top_cm: margin above. centred: in the middle of the height.

    opens: the first page opens a paper: it bears no number, and the next one is page 2.
    """

    orientation: Orientation = Orientation.PORTRAIT
    centred: bool = False
    opens: bool = False
    top_cm: float = TOP_CM

    @property
    def is_wide(self) -> bool:
        """Whether the long edge lies below."""
        return self.orientation is Orientation.LANDSCAPE

    @property
    def left_cm(self) -> float:
        """The margin at the left: wider where a portrait page is filed."""
        return 2.0 if self.is_wide else 3.0

    @property
    def width_cm(self) -> float:
        """How wide the text is."""
        return (_LONG_CM if self.is_wide else _SHORT_CM) - self.left_cm - 2.0

    @property
    def height_cm(self) -> float:
        """How high the text is."""
        return (_SHORT_CM if self.is_wide else _LONG_CM) - self.top_cm - BOTTOM_CM


class Sections:
    """Writes the ends of sections; heads and feet go on from the section before unless they must differ."""

    def __init__(self, setup: Setup, pen: Pen, package: Package) -> None:
        self._setup, self._pen, self._package = setup, pen, package
        self._numbered: bool | None = None
        self._parts = 0

    def end(self, sheet: Sheet) -> str:
        """Write the properties of the section that ends here."""
        references = self._references(not sheet.centred)
        wide = ' w:orient="landscape"' if sheet.is_wide else ""
        across, down = (_LONG_CM, _SHORT_CM) if sheet.is_wide else (_SHORT_CM, _LONG_CM)
        format_ = ' w:fmt="thaiNumbers"' if self._setup.thai_digits else ""
        start = ' w:start="1"' if sheet.opens else ""
        middle = '<w:vAlign w:val="center"/>' if sheet.centred else ""
        first = "<w:titlePg/>" if sheet.opens else ""
        numbers = f"<w:pgNumType{format_}{start}/>" if format_ or start else ""
        return (
            f'<w:sectPr>{references}<w:type w:val="nextPage"/>'
            f'<w:pgSz w:w="{twips(across)}" w:h="{twips(down)}"{wide}/>'
            f'<w:pgMar w:top="{twips(sheet.top_cm)}" w:right="{twips(2.0)}" w:bottom="{twips(BOTTOM_CM)}" '
            f'w:left="{twips(sheet.left_cm)}" w:header="{twips(_HEADER_CM)}" w:footer="{twips(_FOOTER_CM)}" '
            f'w:gutter="0"/>{numbers}<w:cols w:space="720"/>'
            f"{middle}{first}</w:sectPr>"
        )

    def _references(self, numbered: bool) -> str:
        """Refer to new heads and feet, or to none where those of the section before serve."""
        if numbered == self._numbered:
            return ""
        first, self._numbered = self._numbered is None, numbered
        head = self._reference("header", "default", self._head(numbered))
        if not first:
            return head
        return (
            head
            + self._reference("header", "first", self._head(False))
            + self._reference("footer", "default", self._foot())
            + self._reference("footer", "first", self._foot())
        )

    def _reference(self, kind: str, pages: str, content: str) -> str:
        self._parts += 1
        tag = {"header": "hdr", "footer": "ftr"}[kind]
        part = f"{DECLARATION}<w:{tag} {NAMESPACES}>{content}</w:{tag}>"
        name = self._package.part(f"{kind}{self._parts}", kind, part)
        return f'<w:{kind}Reference w:type="{pages}" r:id="{name}"/>'

    def _secrecy(self) -> str:
        if not self._setup.secrecy:
            return ""
        return paragraph(SECRECY.id, self._pen.run(self._setup.secrecy, SECRECY.face))

    def _head(self, numbered: bool) -> str:
        number = paragraph(PAGE_NUMBER.id, self._number()) if numbered else ""
        return self._secrecy() + number or paragraph(SPACER.id)

    def _foot(self) -> str:
        mark = self._setup.mark
        written = paragraph(FOOT_MARK.id, self._pen.run(mark, FOOT_MARK.face)) if mark else ""
        return written + self._secrecy() or paragraph(SPACER.id)

    def _number(self) -> str:
        """Write ``- ๒ -`` with a field that Word counts in the digits of the section.

        Not by the switch ``ThaiArabic``: LibreOffice takes that for letters and prints ``- ข -``.
        """
        face, pen = PAGE_NUMBER.face, self._pen
        example = "๒" if self._setup.thai_digits else "2"
        parts = (
            pen.run("- ", face),
            pen.piece('<w:fldChar w:fldCharType="begin"/>', face),
            pen.piece('<w:instrText xml:space="preserve"> PAGE </w:instrText>', face),
            pen.piece('<w:fldChar w:fldCharType="separate"/>', face),
            pen.run(example, face),
            pen.piece('<w:fldChar w:fldCharType="end"/>', face),
            pen.run(" -", face),
        )
        return "".join(parts)
