"""The format is told from the bytes."""

import zipfile
from io import BytesIO

import pytest

from prongsai.documents.read.formats import format_of
from prongsai.errors import FileUnusable

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504


def zipped(**parts: bytes) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as bundle:
        for name, content in parts.items():
            bundle.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (zipped(word__document=b""), "a.xlsx", "docx"),
        (zipped(xl__workbook=b""), "a.docx", "xlsx"),
        (zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "a", "ods"),
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
        (
            zipped(mimetype=b"application/vnd.oasis.opendocument.text"),
            "ไฟล์ a เป็น OpenDocument ซึ่งอ่านไม่ได้ — บันทึกเป็น .docx แล้วลองใหม่",
        ),
        (zipped(photos=b""), "ไฟล์ a เป็นไฟล์บีบอัดซึ่งอ่านไม่ได้ — บันทึกเป็น .docx .xlsx หรือ PDF ทีละไฟล์ แล้วลองใหม่"),
        (b"PK\x03\x04" + b"x" * 50, "ไฟล์ a เสียหายหรือมาไม่ครบ — ขอไฟล์ต้นฉบับใหม่ หรือเปิดด้วยโปรแกรมเดิมแล้วบันทึกใหม่"),
        (b"\x89PNG\r\n", "ไฟล์ a เป็นรูปภาพซึ่งอ่านไม่ได้ — บันทึกเป็น PDF ที่มีข้อความ แล้วลองใหม่"),
    ],
)
def test_format_that_nobody_reads_says_what_to_save_it_as(content: bytes, words: str) -> None:
    with pytest.raises(FileUnusable) as refused:
        format_of(content, "a")
    assert refused.value.one_line == words
