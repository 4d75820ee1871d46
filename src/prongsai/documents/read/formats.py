"""Which format a file is in, told by its bytes: a name can lie."""

import zipfile
from io import BytesIO

from prongsai.errors import FileUnusable

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML_STARTS = (b"<!doctype html", b"<html", b"<?xml", b"<head", b"<meta", b"<body")
_SHEET_SUFFIXES = (".csv", ".tsv")
_HTML_SUFFIXES = (".html", ".htm", ".xhtml", ".mht")
_HEAD_BYTES = 4096
_BY_PART = (
    ("word/", "docx"),
    ("xl/", "xlsx"),
)


def format_of(content: bytes, name: str) -> str:
    """Give ``docx``, ``xlsx``, ``xls``, ``ods``, ``csv``, ``html``, ``pdf`` or ``text``.

    Raises FileUnusable for a format that nobody here reads, with what to save it as instead.
    """
    if content.startswith(b"PK\x03\x04") or content.startswith(b"PK\x05\x06"):
        return _zipped(content, name)
    if content.startswith(_OLE):
        return _ole(content, name)
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith(b"{\\rtf"):
        raise _other(name, " RTF ", ".docx")
    if content.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")):
        raise _other(name, "รูปภาพ", "PDF ที่มีข้อความ")
    return _textual(content, name)


def _textual(content: bytes, name: str) -> str:
    suffix = name[name.rfind(".") :].lower() if "." in name else ""
    start = content[:_HEAD_BYTES].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if suffix in _SHEET_SUFFIXES:
        return "csv"
    return "html" if suffix in _HTML_SUFFIXES or start.startswith(_HTML_STARTS) else "text"


def _zipped(content: bytes, name: str) -> str:
    try:
        with zipfile.ZipFile(BytesIO(content)) as bundle:
            names = bundle.namelist()
            kind = bundle.read("mimetype")[:100].decode("ascii", "replace") if "mimetype" in names else ""
    except (zipfile.BadZipFile, OSError, ValueError, KeyError, NotImplementedError, RuntimeError, EOFError) as reason:
        raise _broken(name) from reason
    if kind.startswith("application/vnd.oasis.opendocument.spreadsheet"):
        return "ods"
    if kind.startswith("application/vnd.oasis.opendocument"):
        raise _other(name, " OpenDocument ", ".docx")
    for part, found in _BY_PART:
        if found and any(each.startswith(part) for each in names):
            return found
    raise _other(name, "ไฟล์บีบอัด", ".docx .xlsx หรือ PDF ทีละไฟล์")


def _ole(content: bytes, name: str) -> str:
    """Tell old Excel from old Word and from a new file under a password by the names of streams, which are UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise FileUnusable(
            f"{name} is under a password",
            message_th=f"ไฟล์ {name} มีรหัสผ่าน",
            mend_th="เปิดด้วยโปรแกรมเดิม ถอดรหัสผ่าน แล้วบันทึกใหม่",
        )
    if any(stream.encode("utf-16-le") in content for stream in ("Workbook", "Book")):
        return "xls"
    raise _other(name, " Word 97-2003 (.doc) ", ".docx")


def _other(name: str, kind: str, to: str) -> FileUnusable:
    return FileUnusable(
        f"{name} is in a format that is not read ({kind.strip()})",
        message_th=f"ไฟล์ {name} เป็น{kind}ซึ่งอ่านไม่ได้",
        mend_th=f"บันทึกเป็น {to} แล้วลองใหม่",
    )


def _broken(name: str) -> FileUnusable:
    return FileUnusable(
        f"{name} is damaged: its zip directory cannot be read",
        message_th=f"ไฟล์ {name} เสียหายหรือมาไม่ครบ",
        mend_th="ขอไฟล์ต้นฉบับใหม่ หรือเปิดด้วยโปรแกรมเดิมแล้วบันทึกใหม่",
    )
