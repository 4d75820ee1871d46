"""What the tests of the Word writer look at: the XML of a rendered paper."""

import io
import zipfile
from dataclasses import dataclass

from lxml import etree

from prongsai.documents.model import Block, Document, Setup
from prongsai.documents.write.docx import render
from prongsai.documents.write.office import Office

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
NAMESPACES = {
    "w": W[1:-1],
    "r": R[1:-1],
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "asvg": "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
    "dc": "http://purl.org/dc/elements/1.1/",
}


@dataclass(frozen=True)
class Parts:
    """The parts of a Word file."""

    content: bytes

    def names(self) -> list[str]:
        return zipfile.ZipFile(io.BytesIO(self.content)).namelist()

    def bytes_of(self, name: str) -> bytes:
        return zipfile.ZipFile(io.BytesIO(self.content)).read(name)

    def root(self, name: str = "word/document.xml") -> etree._Element:
        return etree.fromstring(self.bytes_of(name))

    def find(self, path: str, name: str = "word/document.xml") -> list:
        return self.root(name).xpath(path, namespaces=NAMESPACES)

    def styled(self, style: str) -> list[etree._Element]:
        return self.find(f"//w:p[w:pPr/w:pStyle/@w:val='{style}']")

    def related(self, identity: str) -> etree._Element:
        ties = etree.fromstring(self.bytes_of("word/_rels/document.xml.rels"))
        target = next(tie.get("Target") for tie in ties if tie.get("Id") == identity)
        return self.root(f"word/{target}")


def paper(*blocks: Block, title: str = "ทดสอบ", **setup: object) -> Document:
    return Document("", "composed", None, "", blocks, (), title, Setup(**setup))  # type: ignore[arg-type]


def parts(*blocks: Block, office: Office | None = None, title: str = "ทดสอบ", **setup: object) -> Parts:
    return Parts(render(paper(*blocks, title=title, **setup), office or Office()))


def words(element: etree._Element) -> str:
    """Give the words of an element, tabs as such."""
    return "".join(
        "\t" if each.tag == f"{W}tab" else each.text or ""
        for each in element.iter(f"{W}t", f"{W}tab")
        if not _is_stop(each)
    )


def _is_stop(element: etree._Element) -> bool:
    return element.getparent().tag == f"{W}tabs"


def attribute(element: etree._Element, name: str) -> str:
    return element.get(W + name)
