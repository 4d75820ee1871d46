import pytest

from prongsai.errors import FileUnusable, LimitExceeded
from prongsai.web.evidence.media import media_of
from tests.web.evidence import files

GOOD = [
    (files.PDF, "รายงาน.pdf", "application/pdf"),
    (files.DOCX, "รายงาน.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (
        files.office("xl/workbook.xml"),
        "ตาราง.xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    (
        files.office("ppt/presentation.xml"),
        "สไลด์.pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
    (files.ODS, "ตาราง.ods", "application/vnd.oasis.opendocument.spreadsheet"),
    (
        files.zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}),
        "ก.odt",
        "application/vnd.oasis.opendocument.text",
    ),
    (files.XLS, "ตาราง.xls", "application/vnd.ms-excel"),
    (files.ole("WordDocument"), "เดิม.doc", "application/msword"),
    (files.picture("PNG"), "ภาพ.png", "image/png"),
    (files.picture("JPEG"), "ภาพ.jpg", "image/jpeg"),
    (files.picture("GIF"), "ภาพ.gif", "image/gif"),
    (files.picture("WEBP"), "ภาพ.webp", "image/webp"),
    (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", "ภาพ.heic", "image/heic"),
    ("ข้อ,คะแนน\nO1,100\n".encode(), "คะแนน.csv", "text/csv"),
    ("ข้อความ".encode("cp874"), "เดิม.txt", "text/plain"),
    (b'{"a": 1}', "คะแนน.json", "application/json"),
    (files.picture("JPEG"), "ภาพ.pdf", "image/jpeg"),
]


@pytest.mark.parametrize(("content", "name", "expected"), GOOD, ids=[f"{n}-{t}" for _, n, t in GOOD])
def test_type_is_found_in_the_bytes(content, name, expected):
    assert media_of(content, name).type == expected


WEB_PAGE = "เป็นหน้าเว็บ (HTML, XML) หรือ SVG ซึ่งฝังสคริปต์ไว้ได้ จึงไม่รับเก็บ"
PROGRAM = "เป็นโปรแกรมหรือสคริปต์ ซึ่งอาจทำอันตรายต่อเครื่องของผู้เปิด จึงไม่รับเก็บ"
MACROS = "มีมาโคร (โปรแกรมฝังในเอกสาร) จึงไม่รับเก็บ"
PACKED = "เป็นไฟล์บีบอัด ซึ่งตรวจข้างในไม่ได้ครบ"
EVIL = [
    (b"<!DOCTYPE html><script>alert(1)</script>", "รายงาน.pdf", WEB_PAGE),
    (b"\xef\xbb\xbf \n<html>%PDF-1.7", "รายงาน.pdf", WEB_PAGE),
    ("<html>".encode("utf-16"), "รายงาน.txt", WEB_PAGE),
    (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', "ภาพ.png", WEB_PAGE),
    (b"<svg onload=alert(1)>", "ภาพ", WEB_PAGE),
    ("สวัสดี <script>alert(1)</script>".encode(), "บันทึก.txt", WEB_PAGE),
    (files.PDF, "รายงาน.html", WEB_PAGE),
    (files.picture(), "ภาพ.SVG", WEB_PAGE),
    (b"MZ\x90\x00", "โปรแกรม.pdf", PROGRAM),
    (b"\x7fELF", "โปรแกรม", PROGRAM),
    (b"#!/bin/sh\nrm -rf /", "อ่าน.txt", PROGRAM),
    (b"alert(1)", "x.js", PROGRAM),
    (files.PDF, "รายงาน.pdf.exe", PROGRAM),
    (files.PDF, "รายงาน.exe. ", PROGRAM),
    (files.with_macro(), "แบบฟอร์ม.docx", MACROS),
    (files.DOCX, "แบบฟอร์ม.docm", MACROS),
    (files.ole("WordDocument", "_VBA_PROJECT"), "แบบฟอร์ม.doc", MACROS),
    (files.zipped({"a.txt": b"x"}), "รวม.docx", PACKED),
    (files.zipped({"a.txt": b"x"}), "รวม.zip", PACKED),
    (b"Rar!\x1a\x07", "รวม", PACKED),
]


@pytest.mark.parametrize(("content", "name", "why"), EVIL, ids=[f"{i}-{n}" for i, (_, n, _) in enumerate(EVIL)])
def test_what_may_do_something_when_opened_is_refused_with_the_reason(content, name, why):
    with pytest.raises(FileUnusable) as caught:
        media_of(content, name)
    assert caught.value.message_th == f"ไฟล์ {name} {why}"
    assert caught.value.mend_th != ""


def test_empty_file_says_so():
    with pytest.raises(FileUnusable) as caught:
        media_of(b"", "ว่าง.pdf")
    assert caught.value.message_th == "ไฟล์ ว่าง.pdf ว่างเปล่า"


def test_zip_bomb_is_over_a_limit_and_is_not_unpacked():
    with pytest.raises(LimitExceeded):
        media_of(files.bomb(), "รายงาน.docx")


def test_file_under_a_password_asks_for_one_without():
    with pytest.raises(FileUnusable) as caught:
        media_of(files.ole("EncryptedPackage"), "ลับ.docx")
    assert caught.value.message_th == "ไฟล์ ลับ.docx มีรหัสผ่าน"


def test_text_under_the_name_of_a_pdf_is_refused():
    with pytest.raises(FileUnusable) as caught:
        media_of("เพียงข้อความ".encode(), "รายงาน.pdf")
    assert caught.value.message_th == "ไฟล์ รายงาน.pdf นามสกุล .pdf แต่ข้างในเป็นเพียงข้อความ"
