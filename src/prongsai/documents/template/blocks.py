"""Ready blocks (tables, signatures, pictures) put into an office's own Word file as the Word writer prints them."""

from collections.abc import Sequence
from copy import deepcopy

from lxml import etree

from prongsai.documents.model import Block, Document
from prongsai.documents.read.docx.package import Element, R, W
from prongsai.documents.template.tree import P, T, text_of
from prongsai.documents.write.docx import Fragment, fragment
from prongsai.documents.write.docx.xml import NAMESPACES
from prongsai.documents.write.office import Office

_SECTION, _SIZE = f"{W}sectPr", f"{W}pgSz"
_PICTURE_TIES = (f"{R}embed", f"{R}link")


class Pieces:
    """Puts blocks into a body and collects the pictures that they bring. parts: name → content; ties: id → target."""

    def __init__(self, office: Office, language: str = "th") -> None:
        self._office, self._language = office, language
        self.parts: dict[str, bytes] = {}
        self.ties: dict[str, str] = {}
        self.is_used = False

    def put(self, paragraph: Element, blocks: Sequence[Block]) -> None:
        """Put blocks before a paragraph of the body; pages that lie across begin sections of their own."""
        if not blocks:
            return
        made = fragment(Document("", "composed", None, "", tuple(blocks)), self._office)
        body = etree.fromstring(f"<w:body {NAMESPACES}>{made.xml}</w:body>".encode())
        self._take_pictures(body, made)
        for each in body.iter(f"{W}numPr"):
            _with_dash(each)
        last = body.find(_SECTION)
        assert last is not None
        body.remove(last)
        _lay(paragraph, body, last)
        for each in list(body):
            paragraph.addprevious(each)
        self.is_used = True

    def _take_pictures(self, body: Element, made: Fragment) -> None:
        renamed: dict[str, str] = {}
        for tie, target in made.pictures.items():
            new = f"rIdOfPaper{len(self.ties) + 1}"
            name = f"media/paper{len(self.ties) + 1}.{target.rpartition('.')[2]}"
            self.parts[f"word/{name}"], self.ties[new], renamed[tie] = made.parts[f"word/{target}"], name, new
        for each in body.iter():
            for name in _PICTURE_TIES:
                if each.get(name) in renamed:
                    each.set(name, renamed[each.get(name, "")])


def _with_dash(numbered: Element) -> None:
    """Print the dash of a list item: the lists of another file are not ours to number."""
    paragraph = next(numbered.iterancestors(P))
    parent = numbered.getparent()
    assert parent is not None
    parent.remove(numbered)
    first = next(paragraph.iter(T), None)
    if first is not None:
        first.text = f"- {first.text or ''}"


def _lay(paragraph: Element, body: Element, last: Element) -> None:
    """Give the sections of the blocks the pages of the file: its margins, heads and feet, lying as the blocks lie."""
    governs = _governing(paragraph)
    if governs is None:
        for each in body.iter(_SECTION):
            _out(each)
        return
    base = deepcopy(governs)
    inner = list(body.iter(_SECTION))
    wide = [_is_wide(each) for each in (*inner, last)]
    for each, lies in zip(inner, wide, strict=False):
        parent = each.getparent()
        assert parent is not None
        parent.replace(each, _lying(base, lies))
    if wide[0] != _is_wide(base) and _says(paragraph.itersiblings(preceding=True)):
        paragraph.addprevious(_ends(base))
    if wide[-1] != _is_wide(base):
        if _says(paragraph.itersiblings()):
            body.append(_ends(_lying(base, wide[-1])))
        else:
            parent = governs.getparent()
            assert parent is not None
            parent.replace(governs, _lying(base, wide[-1]))


def _governing(paragraph: Element) -> Element | None:
    """Give the section that a paragraph of the body belongs to: the next one that ends."""
    for each in paragraph.itersiblings():
        found = each if each.tag == _SECTION else each.find(f"{W}pPr/{_SECTION}") if each.tag == P else None
        if found is not None:
            return found
    return None


def _says(siblings: object) -> bool:
    """Whether anything is printed by some neighbours."""
    return any(
        each.tag != _SECTION
        and (each.tag != P or bool(text_of(each).strip()) or each.find(f".//{W}drawing") is not None)
        for each in siblings  # type: ignore[attr-defined]
    )


def _is_wide(section: Element) -> bool:
    size = section.find(_SIZE)
    return size is not None and int(size.get(f"{W}w", "0")) > int(size.get(f"{W}h", "0"))


def _lying(base: Element, wide: bool) -> Element:
    made = deepcopy(base)
    size = made.find(_SIZE)
    if size is not None and _is_wide(made) != wide:
        across, down = size.get(f"{W}w", ""), size.get(f"{W}h", "")
        size.set(f"{W}w", down)
        size.set(f"{W}h", across)
        size.attrib.pop(f"{W}orient", None)
        if wide:
            size.set(f"{W}orient", "landscape")
    return made


def _ends(section: Element) -> Element:
    paragraph = etree.Element(P)
    etree.SubElement(paragraph, f"{W}pPr").append(deepcopy(section))
    return paragraph


def _out(element: Element) -> None:
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)
