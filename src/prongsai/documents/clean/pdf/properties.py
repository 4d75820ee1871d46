"""The properties of a PDF (Info and XMP), and what of former revisions is still in the file."""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from prongsai.documents.clean.model import Sweep
from prongsai.documents.clean.pdf.opening import library, text_in
from prongsai.documents.clean.pictures.exif import text_of
from prongsai.documents.read.archive import parse_xml
from prongsai.errors import FileUnusable

_SAYS_NOTHING = frozenset({"/Title", "/Creator", "/Producer", "/CreationDate", "/ModDate", "/Trapped"})
_AUTHORS = frozenset({"/Author", "/Company", "/Manager", "/AuthorEmail"})
_DC, _PDF = "{http://purl.org/dc/elements/1.1/}", "{http://ns.adobe.com/pdf/1.3/}"
_PHOTOSHOP, _PDFX = "{http://ns.adobe.com/photoshop/1.0/}", "{http://ns.adobe.com/pdfx/1.3/}"
_XMP = {
    **dict.fromkeys((f"{_DC}creator", f"{_DC}contributor", f"{_PDF}Author", f"{_PDFX}Company"), "author"),
    **dict.fromkeys((f"{_PHOTOSHOP}AuthorsPosition", f"{_PHOTOSHOP}CaptionWriter", f"{_PDFX}Manager"), "author"),
    **dict.fromkeys((f"{_DC}description", f"{_DC}subject", f"{_PDF}Keywords"), "property"),
}
_FILE_PATHS = frozenset({"filePath", "lastURL", "manifestReference"})
_KEPT = (
    "{http://www.aiim.org/pdfa/ns/id/}part",
    "{http://www.aiim.org/pdfa/ns/id/}conformance",
    "{http://www.aiim.org/pdfua/ns/id/}part",
)
_PATH = re.compile(r"^(?:[A-Za-z]:\\|file:|\\\\|/(?:home|Users)/)")
_REVISION = re.compile(rb"startxref\s+([0-9]+)\s+%%EOF")


def sweep_pdf_properties(pdf: Any, sweep: Sweep) -> None:
    """Find who and what stands in Info and XMP; a copy keeps the title and which standard the file says it follows."""
    before = len(sweep.leaks)
    taken = [_told(key, text_in(value), sweep) for key, value in dict(pdf.docinfo).items()]
    taken.append(_told_xmp(pdf, sweep))
    if len(sweep.leaks) > before and all(taken):
        _renewed(pdf)


def sweep_history(content: bytes, pdf: Any, sweep: Sweep) -> None:
    """Tell of former revisions, and of what hangs on behind the file. Saving anew leaves both out."""
    ends = [found for found in _REVISION.finditer(content) if found[1] != b"0"]
    if len(ends) > 1:
        sweep.found("history", "ท้ายไฟล์", f"ฉบับก่อนหน้า {len(ends) - 1} ฉบับ")
    last = content.rfind(b"%%EOF")
    rest = content[last + 5 :] if last >= 0 else b""
    if rest.strip(b"\x00\r\n \t"):
        sweep.found("leftover", "ท้ายไฟล์", text_of(rest[:100_000]))


def _told(key: str, text: str, sweep: Sweep) -> bool:
    if not text.strip():
        return True
    if key == "/Title" and _PATH.match(text):
        return sweep.found("path", "คุณสมบัติไฟล์ Title", text)
    if key in _SAYS_NOTHING or key.startswith("/PTEX"):
        return True
    return sweep.found("author" if key in _AUTHORS else "property", f"คุณสมบัติไฟล์ {key[1:]}", text)


def _told_xmp(pdf: Any, sweep: Sweep) -> bool:
    metadata = pdf.Root.get("/Metadata")
    if metadata is None:
        return True
    root = _xmp(metadata)
    if root is None:
        return sweep.found("property", "XMP", text_of(metadata.read_bytes()))
    taken = True
    for key, text in _said_in(root):
        name = etree.QName(key).localname
        kind = "path" if name in _FILE_PATHS else _XMP.get(key, "property" if key.startswith(_PDFX) else "")
        if kind and text:
            taken &= sweep.found(kind, f"XMP {name}", text)
    return taken


def _said_in(root: etree._Element) -> Iterator[tuple[str, str]]:
    """Give the name and the words of every property, written as an element or as an attribute."""
    for element in root.iter():
        yield str(element.tag), " ".join("".join(element.itertext()).split())
        yield from ((str(key), str(text)) for key, text in element.attrib.items())


def _xmp(metadata: Any) -> etree._Element | None:
    try:
        content: bytes = metadata.read_bytes()
        return parse_xml(re.sub(rb"<\?xpacket.*?\?>", b"", content, flags=re.DOTALL).strip(b"\x00 \r\n"), "XMP")
    except (FileUnusable, library("").PdfError):
        return None


def _renewed(pdf: Any) -> None:
    """Leave of the properties the title and which standard is followed."""
    title = text_in(pdf.docinfo.get("/Title"))
    metadata = pdf.Root.get("/Metadata")
    root = None if metadata is None else _xmp(metadata)
    kept = {key: said for key in _KEPT if root is not None and (said := _value(root, key))}
    for key in list(pdf.docinfo.keys()):
        if key != "/Title" or _PATH.match(title):
            del pdf.docinfo[key]
    if "/Metadata" in pdf.Root:
        del pdf.Root["/Metadata"]
    if not kept:
        return
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as new:
        for key, said in kept.items():
            new[key] = said
        if title:
            new["{http://purl.org/dc/elements/1.1/}title"] = title


def _value(root: etree._Element, key: str) -> str:
    found = (each.text for each in root.iter(key))
    said = next((text for text in found if text), "")
    return said or next((each.get(key, "") for each in root.iter() if each.get(key)), "")
