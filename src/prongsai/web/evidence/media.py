"""Which type a file is, found in its bytes; what may do something when it is opened is refused, with the reason."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from prongsai.documents.read.archive import Archive, open_archive
from prongsai.documents.read.encoding import decode
from prongsai.documents.read.refusals import empty, under_password
from prongsai.errors import FileUnusable
from prongsai.web.evidence.names import parted


@dataclass(frozen=True, slots=True)
class Media:
    """A type of file that is kept. type: as HTTP names it. suffixes: the usual one first. kind: see ``KINDS``."""

    type: str
    suffixes: tuple[str, ...]
    kind: str
    name_th: str


# What a list of evidence is filtered by.
KINDS: Mapping[str, str] = {
    "pdf": "PDF",
    "word": "เอกสารข้อความ (Word)",
    "sheet": "ตารางคำนวณ (Excel)",
    "slides": "งานนำเสนอ",
    "image": "รูปภาพ",
    "text": "ข้อความ",
}
_OPEN_XML = "application/vnd.openxmlformats-officedocument."
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
PDF = Media("application/pdf", (".pdf",), "pdf", "PDF")
DOCX = Media(f"{_OPEN_XML}wordprocessingml.document", (".docx",), "word", "Word")
XLSX = Media(f"{_OPEN_XML}spreadsheetml.sheet", (".xlsx",), "sheet", "Excel")
PPTX = Media(f"{_OPEN_XML}presentationml.presentation", (".pptx",), "slides", "PowerPoint")
ODT = Media(f"{_OPEN_DOCUMENT}text", (".odt",), "word", "OpenDocument")
ODS = Media(f"{_OPEN_DOCUMENT}spreadsheet", (".ods",), "sheet", "OpenDocument")
ODP = Media(f"{_OPEN_DOCUMENT}presentation", (".odp",), "slides", "OpenDocument")
DOC = Media("application/msword", (".doc",), "word", "Word 97-2003")
XLS = Media("application/vnd.ms-excel", (".xls",), "sheet", "Excel 97-2003")
PPT = Media("application/vnd.ms-powerpoint", (".ppt",), "slides", "PowerPoint 97-2003")
PNG = Media("image/png", (".png",), "image", "PNG")
JPEG = Media("image/jpeg", (".jpg", ".jpeg"), "image", "JPEG")
GIF = Media("image/gif", (".gif",), "image", "GIF")
WEBP = Media("image/webp", (".webp",), "image", "WebP")
HEIC = Media("image/heic", (".heic", ".heif"), "image", "HEIC")
CSV = Media("text/csv", (".csv", ".tsv"), "sheet", "CSV")
JSON = Media("application/json", (".json",), "text", "JSON")
TEXT = Media("text/plain", (".txt",), "text", "ข้อความ")
ALL = (PDF, DOCX, XLSX, PPTX, ODT, ODS, ODP, DOC, XLS, PPT, PNG, JPEG, GIF, WEBP, HEIC, CSV, JSON, TEXT)
BY_TYPE: Mapping[str, Media] = {media.type: media for media in ALL}
SUFFIXES = tuple(suffix for media in ALL for suffix in media.suffixes)
KINDS_TH = "PDF, Word, Excel, PowerPoint, OpenDocument, รูปภาพ (PNG, JPEG, GIF, WebP, HEIC) และข้อความ (TXT, CSV, JSON)"

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = ((b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG), (b"GIF87a", GIF), (b"GIF89a", GIF))
_HEIF = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heif")
_PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"\xca\xfe\xba\xbe",
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
    b"#!",
    b"L\x00\x00\x00\x01\x14\x02",
)
_PACKED_SIGNS = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"MSCF")
_MARKUP = re.compile(rb"\s*<\s*(!|\?(xml|php)|(html|head|body|meta|script|svg|iframe|object|embed)\b)", re.I)
_ACTIVE = re.compile(rb"<\s*(script|svg|iframe|object|embed|html)[\s>/]|<\?php|javascript:", re.I)
_RUN = (
    ".exe .com .bat .cmd .scr .pif .dll .sys .msi .msp .msix .appx .apk .jar .class .lnk .url .reg .inf .cpl .gadget "
    ".js .mjs .cjs .jse .vbs .vbe .ws .wsf .wsh .ps1 .psm1 .psd1 .sh .bash .zsh .py .pyc .pyw .rb .pl .php .phtml .asp "
    ".aspx .jsp .hta .chm .scf .application .deb .rpm .dmg .app .iso .img .vhd .bin .run"
)
_PAGES = ".html .htm .xhtml .shtml .mht .mhtml .svg .svgz .xml .xsl .xslt .swf"
_MACROS = ".docm .dotm .xlsm .xltm .xlsb .xlam .pptm .potm .ppsm .ppam"
_PACKED = ".zip .rar .7z .gz .tgz .bz2 .xz .tar .cab"
_HEAD = 4096


def media_of(content: bytes, name: str) -> Media:
    """Find the type of a file in its bytes.

    Raises FileUnusable, with the reason in Thai, for empty and broken files, programs, scripts, web pages, SVG, files
    with macros, packed files, files under a password and everything unknown; LimitExceeded for a zip that is too large.
    """
    if not content:
        raise empty(name)
    _refuse_name(name)
    if content.startswith(_PROGRAMS):
        raise _program(name)
    if content.startswith(_PACKED_SIGNS):
        raise _packed(name)
    if content.startswith(_ZIP):
        return _in_zip(content, name)
    if content.startswith(_OLE):
        return _in_ole(content, name)
    return _picture(content) or _paper(content, name)


def _paper(content: bytes, name: str) -> Media:
    head = content[:_HEAD].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
    if _MARKUP.match(head):
        raise _page(name)
    if b"%PDF-" in content[:1024]:
        return PDF
    if content.startswith(b"{\\rtf"):
        raise _refused(name, "RTF", "เป็นไฟล์ RTF ซึ่งฝังโปรแกรมไว้ได้", "เปิดด้วย Word แล้วบันทึกเป็น .docx หรือ PDF")
    return _words(content, name)


def _words(content: bytes, name: str) -> Media:
    """Tell kinds of text by the name, since text is all that can be found in the bytes."""
    text = decode(content, name)[0]
    suffix = parted(name)[1].lower()
    if _ACTIVE.search(text[:_HEAD].encode()):
        raise _page(name)
    for media in (CSV, JSON, TEXT):
        if suffix in media.suffixes:
            return media
    if suffix in SUFFIXES:
        raise _refused(name, "text", f"นามสกุล {suffix} แต่ข้างในเป็นเพียงข้อความ", "ขอไฟล์ต้นฉบับใหม่จากผู้ส่ง")
    if suffix:
        raise _unknown(name)
    return TEXT


def _picture(content: bytes) -> Media | None:
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return WEBP
    if content[4:8] == b"ftyp" and content[8:12] in _HEIF:
        return HEIC
    return next((media for sign, media in _PICTURES if content.startswith(sign)), None)


def _in_zip(content: bytes, name: str) -> Media:
    """Look inside a zip: an office file without macros, or refused."""
    archive = open_archive(content, name)
    if _has_macros(archive):
        raise _macros(name)
    if "mimetype" in archive:
        kept = archive.read("mimetype", 1000).decode("ascii", "replace").strip()
        if kept in BY_TYPE:
            return BY_TYPE[kept]
    if "[Content_Types].xml" in archive:
        for part, media in (("word/document.xml", DOCX), ("xl/workbook.xml", XLSX), ("ppt/presentation.xml", PPTX)):
            if part in archive:
                return media
    raise _packed(name)


def _has_macros(archive: Archive) -> bool:
    names = [name.lower() for name in archive.names]
    if any(name.endswith(("vbaproject.bin", "vbadata.xml")) or name.startswith("basic/") for name in names):
        return True
    types = "[Content_Types].xml"
    return types in archive and b"macroenabled" in archive.read(types, 1_000_000).lower()


def _in_ole(content: bytes, name: str) -> Media:
    """Tell the old office files apart by the names of their streams, which are UTF-16."""
    if _has_stream(content, "EncryptedPackage"):
        raise under_password(name)
    if _has_stream(content, "_VBA_PROJECT"):
        raise _macros(name)
    for stream, media in (("WordDocument", DOC), ("Workbook", XLS), ("Book", XLS), ("PowerPoint Document", PPT)):
        if _has_stream(content, stream):
            return media
    raise _unknown(name)


def _has_stream(content: bytes, stream: str) -> bool:
    return stream.encode("utf-16-le") in content


def _refuse_name(name: str) -> None:
    """Refuse by what the name promises: whoever saves the file would have it opened by that."""
    suffix = parted(name.rstrip(". "))[1].lower()
    for suffixes, refusal in ((_RUN, _program), (_PAGES, _page), (_MACROS, _macros), (_PACKED, _packed)):
        if suffix in suffixes.split():
            raise refusal(name)


def _program(name: str) -> FileUnusable:
    why = "เป็นโปรแกรมหรือสคริปต์ ซึ่งอาจทำอันตรายต่อเครื่องของผู้เปิด จึงไม่รับเก็บ"
    return _refused(name, "a program or script", why, f"แนบได้เฉพาะ {KINDS_TH}")


def _page(name: str) -> FileUnusable:
    why = "เป็นหน้าเว็บ (HTML, XML) หรือ SVG ซึ่งฝังสคริปต์ไว้ได้ จึงไม่รับเก็บ"
    return _refused(name, "a web page or SVG", why, "พิมพ์หน้านั้นเป็น PDF หรือใส่เป็นที่อยู่เว็บ (URL) แทน")


def _macros(name: str) -> FileUnusable:
    why = "มีมาโคร (โปรแกรมฝังในเอกสาร) จึงไม่รับเก็บ"
    return _refused(name, "an office file with macros", why, "บันทึกเป็นแบบไม่มีมาโคร (.docx, .xlsx) หรือ PDF แล้วแนบใหม่")


def _packed(name: str) -> FileUnusable:
    return _refused(name, "a packed file", "เป็นไฟล์บีบอัด ซึ่งตรวจข้างในไม่ได้ครบ", "แตกไฟล์แล้วแนบทีละไฟล์")


def _unknown(name: str) -> FileUnusable:
    return _refused(name, "of an unknown type", "เป็นไฟล์ชนิดที่ไม่รู้จัก", f"แนบได้เฉพาะ {KINDS_TH}")


def _refused(name: str, what: str, why_th: str, mend_th: str) -> FileUnusable:
    return FileUnusable(f"{name} is {what}", message_th=f"ไฟล์ {name} {why_th}", mend_th=mend_th)
