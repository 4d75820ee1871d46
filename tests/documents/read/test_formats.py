"""The format is told from the bytes; which office file a zip is, within limits and in a process that can be lost."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import NoReturn

import pytest

from prongsai.documents.read import read_content
from prongsai.documents.read.archive import format_inside
from prongsai.documents.read.formats import format_of
from prongsai.documents.read.sheets import read as read_sheets
from prongsai.errors import FileUnusable, LimitExceeded
from tests.documents.read.words import packed

BROKEN = "ไฟล์ a เสียหายหรือมาไม่ครบ — ขอไฟล์ต้นฉบับใหม่ หรือเปิดด้วยโปรแกรมเดิมแล้วบันทึกใหม่"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504


def zipped(**parts: bytes) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in parts.items():
            bundle.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (zipped(word__document=b""), "a.xlsx", "zip"),
        (b"PK\x03\x04 and nothing else", "a", "zip"),
        (OLE + "Workbook".encode("utf-16-le"), "a.xls", "xls"),
        (b"%PDF-1.7\n", "a.txt", "pdf"),
        (b"\xef\xbb\xbf%PDF-1.7\n", "a.pdf", "pdf"),
        (b"<!DOCTYPE html><p>", "a.txt", "html"),
        ("<html>".encode("utf-16"), "a", "html"),
        (b"<p>x", "a.HTM", "html"),
        (b"<table><tr><td>x", "a.txt", "text"),
        (b"a,b\n", "a.csv", "csv"),
        (b"a\tb\n", "a.txt", "text"),
        (b"", "a", "text"),
    ],
)
def test_format_is_told_from_the_bytes(content: bytes, name: str, kind: str) -> None:
    assert format_of(content, name) == kind


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (OLE + "EncryptedPackage".encode("utf-16-le"), "ไฟล์ a มีรหัสผ่าน — เปิดด้วยโปรแกรมเดิม ถอดรหัสผ่าน แล้วบันทึกใหม่"),
        (OLE + "WordDocument".encode("utf-16-le"), "ไฟล์ a เป็น Word 97-2003 (.doc) ซึ่งอ่านไม่ได้ — บันทึกเป็น .docx แล้วลองใหม่"),
        (b"{\\rtf1", "ไฟล์ a เป็น RTF ซึ่งอ่านไม่ได้ — บันทึกเป็น .docx แล้วลองใหม่"),
        (b"\x89PNG\r\n", "ไฟล์ a เป็นรูปภาพซึ่งอ่านไม่ได้ — บันทึกเป็น PDF ที่มีข้อความ แล้วลองใหม่"),
    ],
)
def test_format_that_nobody_reads_says_what_to_save_it_as(content: bytes, words: str) -> None:
    with pytest.raises(FileUnusable) as refused:
        format_of(content, "a")
    assert refused.value.one_line == words


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (zipped(word__document=b""), "docx"),
        (zipped(xl__workbook=b""), "xlsx"),
        (zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "ods"),
        (zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet-template", word__x=b""), "ods"),
    ],
)
def test_office_file_is_told_from_what_the_zip_holds(content: bytes, kind: str) -> None:
    assert format_inside(content, "a") == kind


def damaged_mimetype() -> bytes:
    """Give a zip whose part ``mimetype`` cannot be unpacked."""
    content = bytearray(zipped(mimetype=b"application/vnd.oasis" * 20))
    at = content.index(b"mimetype") + len(b"mimetype")
    content[at : at + 6] = b"\xff" * 6
    return bytes(content)


UNREAD = [
    (
        zipped(mimetype=b"application/vnd.oasis.opendocument.text"),
        "ไฟล์ a เป็น OpenDocument ซึ่งอ่านไม่ได้ — บันทึกเป็น .docx แล้วลองใหม่",
    ),
    (zipped(photos=b""), "ไฟล์ a เป็นไฟล์บีบอัดซึ่งอ่านไม่ได้ — บันทึกเป็น .docx .xlsx หรือ PDF ทีละไฟล์ แล้วลองใหม่"),
    (b"PK\x03\x04" + b"x" * 50, BROKEN),
    (damaged_mimetype(), BROKEN),
]


@pytest.mark.parametrize(("content", "words"), UNREAD)
@pytest.mark.parametrize("read", [read_content, read_sheets])
def test_zip_that_nobody_reads_is_refused_by_whoever_is_asked(
    read: Callable[[bytes, str], object], content: bytes, words: str
) -> None:
    with pytest.raises(FileUnusable) as refused:
        read(content, "a")
    assert (type(refused.value), refused.value.one_line) == (FileUnusable, words)


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (20_000_000, "บีบอัดไว้ 1,028 เท่า เกินขีดจำกัด 300 เท่า"),
        (2_000, "ส่วนหนึ่งของไฟล์เมื่อคลายแล้วมี 2,000 ไบต์ เกินขีดจำกัด 1,000 ไบต์"),
    ],
)
@pytest.mark.parametrize("read", [read_content, read_sheets])
def test_mimetype_that_swells_is_a_named_limit(read: Callable[[bytes, str], object], size: int, words: str) -> None:
    with pytest.raises(LimitExceeded) as refused:
        read(zipped(mimetype=bytes(size)), "a")
    assert refused.value.message_th == f"ไฟล์ a ใหญ่เกินไป: {words}"


def test_zip_is_not_opened_where_files_are_taken_in(monkeypatch: pytest.MonkeyPatch) -> None:
    content = zipped(photos=b"")

    def opened(*_: object) -> NoReturn:
        raise AssertionError("the zip was opened by the process that must not be lost")

    monkeypatch.setattr(zipfile, "ZipFile", opened)
    with pytest.raises(FileUnusable, match="in a format that is not read"):
        read_content(content, "a")


def test_office_files_are_read_whatever_they_are_called() -> None:
    assert read_content(packed("<w:p><w:r><w:t>ก</w:t></w:r></w:p>"), "a.xlsx").format == "docx"
