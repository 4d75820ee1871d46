"""Which format a file is in, told by its bytes: a name can lie."""

from collections.abc import Iterable

from prongsai.documents.read.refusals import other_format, under_password

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML_STARTS = (b"<!doctype html", b"<html", b"<?xml", b"<head", b"<meta", b"<body")
_SHEET_SUFFIXES = (".csv", ".tsv")
_HTML_SUFFIXES = (".html", ".htm", ".xhtml", ".mht")
_HEAD_BYTES = 4096
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument"
_BY_PART = (
    ("word/", "docx"),
    ("xl/", "xlsx"),
)


def format_of(content: bytes, name: str) -> str:
    """Give ``zip``, ``xls``, ``csv``, ``html``, ``pdf`` or ``text``; nothing is unpacked or parsed for it.

    Raises FileUnusable for a format that nobody here reads, with what to save it as instead.
    """
    if content.startswith(_ZIP):
        return "zip"
    if content.startswith(_OLE):
        return _ole(content, name)
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith(b"{\\rtf"):
        raise other_format(name, " RTF ", ".docx")
    if content.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")):
        raise other_format(name, "รูปภาพ", "PDF ที่มีข้อความ")
    return _textual(content, name)


def format_in_zip(parts: Iterable[str], mimetype: bytes, name: str) -> str:
    """Give ``docx``, ``xlsx`` or ``ods``. parts: the names in the zip; mimetype: the part of that name, if any.

    Raises FileUnusable for a zip that nobody here reads, with what to save it as instead.
    """
    if mimetype.startswith(_OPEN_DOCUMENT + b".spreadsheet"):
        return "ods"
    if mimetype.startswith(_OPEN_DOCUMENT):
        raise other_format(name, " OpenDocument ", ".docx")
    parts = tuple(parts)
    for folder, found in _BY_PART:
        if any(each.startswith(folder) for each in parts):
            return found
    raise other_format(name, "ไฟล์บีบอัด", ".docx .xlsx หรือ PDF ทีละไฟล์")


def _textual(content: bytes, name: str) -> str:
    suffix = name[name.rfind(".") :].lower() if "." in name else ""
    start = content[:_HEAD_BYTES].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if suffix in _SHEET_SUFFIXES:
        return "csv"
    return "html" if suffix in _HTML_SUFFIXES or start.startswith(_HTML_STARTS) else "text"


def _ole(content: bytes, name: str) -> str:
    """Tell old Excel from old Word and from a new file under a password by the names of streams, which are UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise under_password(name)
    if any(stream.encode("utf-16-le") in content for stream in ("Workbook", "Book")):
        return "xls"
    raise other_format(name, " Word 97-2003 (.doc) ", ".docx")
