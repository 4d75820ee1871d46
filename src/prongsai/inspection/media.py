"""What bytes are, told from themselves: a name and a header can lie."""

import re

PDF, HTML, TEXT, ZIP = "application/pdf", "text/html", "text/plain", "application/zip"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
ODT, ODS = "application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.spreadsheet"
DOC, XLS, PPT, OLE = (
    "application/msword",
    "application/vnd.ms-excel",
    "application/vnd.ms-powerpoint",
    "application/x-ole",
)
RAR, CSV, JSON, XML, RTF = "application/vnd.rar", "text/csv", "application/json", "application/xml", "application/rtf"
UNKNOWN = "application/octet-stream"

_STARTS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"), (b"GIF8", "image/gif"), (b"BM", "image/bmp"),
    (b"II*\x00", "image/tiff"), (b"MM\x00*", "image/tiff"), (b"{\\rtf", RTF), (b"Rar!\x1a\x07", RAR),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"), (b"\x1f\x8b", "application/gzip"),
    (b"MZ", "application/x-msdownload"),
    (b"ID3", "audio/mpeg"), (b"OggS", "audio/ogg"), (b"\x1aE\xdf\xa3", "video/webm"),
)  # fmt: skip
_IN_ZIP = ((b"word/", DOCX), (b"xl/", XLSX), (b"ppt/", PPTX))
_IN_OLE = (("WordDocument", DOC), ("Workbook", XLS), ("Book", XLS), ("PowerPoint Document", PPT))
_ZIP_ENTRY = re.compile(rb"PK\x03\x04.{22}(..)(..)", re.DOTALL)
_HTML = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|title|meta|script|div|frameset|iframe|table|h1|p)[\s>/]", re.IGNORECASE
)
_SUFFIXES = {
    "pdf": PDF, "doc": DOC, "docx": DOCX, "xls": XLS, "xlsx": XLSX, "ppt": PPT, "pptx": PPTX, "odt": ODT, "ods": ODS,
    "csv": CSV, "txt": TEXT, "rtf": RTF, "zip": ZIP, "rar": RAR, "7z": "application/x-7z-compressed",
    "json": JSON, "xml": XML,
    "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "gif": "image/gif", "tif": "image/tiff",
    "tiff": "image/tiff", "webp": "image/webp", "mp4": "video/mp4", "mp3": "audio/mpeg", "htm": HTML, "html": HTML,
}  # fmt: skip
_NAMES_TH = {
    PDF: "PDF", HTML: "หน้าเว็บ (HTML)", TEXT: "ข้อความ", ZIP: "ไฟล์บีบอัด (ZIP)", DOCX: "Word (.docx)", DOC: "Word (.doc)",
    XLSX: "Excel (.xlsx)", XLS: "Excel (.xls)", PPTX: "PowerPoint (.pptx)", PPT: "PowerPoint (.ppt)",
    CSV: "CSV", RAR: "ไฟล์บีบอัด (RAR)",
    UNKNOWN: "ไฟล์ที่ไม่รู้ชนิด",
}  # fmt: skip
_MARKED_UP = frozenset({XML, "text/xml", "application/rss+xml", "application/atom+xml", "image/svg+xml"})
PAPERS = frozenset({PDF, DOCX, DOC, XLSX, XLS, PPTX, PPT, ODT, ODS, RTF, CSV, ZIP, RAR, "application/x-7z-compressed"})


def media_type_of(head: bytes, sent: str = "") -> str:
    """Tell what bytes are from their first 64 kB; where they do not tell, what they were sent as."""
    said = sent.partition(";")[0].strip().lower()
    if not head:
        return said
    found = _by_start(head)
    if found is not None:
        return found
    if _is_html(head) and said not in _MARKED_UP:
        return HTML
    if said and said != UNKNOWN and not (said in PAPERS and said != CSV):
        return said
    return TEXT if _is_text(head) else UNKNOWN


def _by_start(head: bytes) -> str | None:
    if b"%PDF-" in head[:1024]:
        return PDF
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip(head)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return next((found for name, found in _IN_OLE if name.encode("utf-16-le") in head), OLE)
    if head[:4] == b"RIFF" and head[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        return {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}[head[8:12]]
    if head[4:8] == b"ftyp":
        return "image/heic" if head[8:11] in (b"hei", b"mif") else "video/mp4"
    return next(
        (
            found
            for start, found in _STARTS
            if head.startswith(start) and not (start in (b"BM", b"MZ") and _is_text(head))
        ),
        None,
    )


def in_full(found: str, content: bytes) -> str:
    """Tell again from all bytes what the first did not tell: which office format a ZIP or OLE file is."""
    return (_by_start(content) or found) if found in (ZIP, OLE) else found


def _zip(head: bytes) -> str:
    if b"mimetypeapplication/vnd.oasis.opendocument." in head[:120]:
        return ODS if b".spreadsheet" in head[:140] else ODT
    for entry in _ZIP_ENTRY.finditer(head):
        name = head[entry.end() : entry.end() + int.from_bytes(entry.group(1), "little")]
        for folder, found in _IN_ZIP:
            if name.startswith(folder):
                return found
    return ZIP


def _is_html(head: bytes) -> bool:
    start = head[:4096].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return start.startswith(b"<") and _HTML.search(start) is not None


def _is_text(head: bytes) -> bool:
    return b"\x00" not in head[:1024] and sum(byte < 9 or 13 < byte < 32 for byte in head[:1024]) < 4


def suffix_of(path: str) -> str:
    """Give the ending of a name or path in lower case, without its dot; empty when it is none of a document or page."""
    name, dot, suffix = path.rpartition("/")[2].rpartition(".")
    return suffix.lower() if name and dot and suffix.lower() in _SUFFIXES else ""


def type_of_suffix(suffix: str) -> str:
    """Give the media type that an ending promises, empty for an unknown one."""
    return _SUFFIXES.get(suffix, "")


def suffix_for(media_type: str) -> str:
    """Give the usual ending of a media type; ``pdf`` for those that have none here."""
    return next((suffix for suffix, found in _SUFFIXES.items() if found == media_type), "pdf")


def named_th(media_type: str) -> str:
    """Say a media type as a clerk does."""
    return _NAMES_TH.get(media_type, media_type)


def is_page(media_type: str) -> bool:
    """Whether a browser shows it as a page."""
    return media_type in (HTML, "application/xhtml+xml")


def is_locked(head: bytes, content: bytes | None, media_type: str) -> bool | None:
    """Whether a document needs a password to open; None when that cannot be told from its bytes alone (PDF)."""
    if media_type == OLE:
        return "EncryptedPackage".encode("utf-16-le") in (content if content is not None else head)
    if media_type in (ZIP, DOCX, XLSX):
        return head.startswith(b"PK\x03\x04") and bool(head[6] & 1)
    if media_type == PDF:
        return None if b"/Encrypt" in (content if content is not None else head) else False
    return False
