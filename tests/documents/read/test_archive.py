"""The parts of an office file, opened within limits."""

import struct
from zipfile import ZIP_STORED

import pytest

from prongsai.documents.read import archive
from prongsai.documents.read.archive import open_archive, parse_xml
from prongsai.errors import FileUnusable, LimitExceeded
from tests.documents.read.words import zipped

BROKEN = "ไฟล์ ก.docx เสียหายหรือมาไม่ครบ"


def refused(content: bytes, *, limit: bool = False) -> str:
    with pytest.raises(LimitExceeded if limit else FileUnusable) as refusal:
        opened = open_archive(content, "ก.docx")
        opened.verify()
    assert isinstance(refusal.value, LimitExceeded) == limit
    assert refusal.value.mend_th
    return refusal.value.message_th


def test_parts_are_found_by_name_whichever_slash() -> None:
    opened = open_archive(zipped({"word\\document.xml": "ก", "/xl/workbook.xml": "ข"}), "ก.docx")
    assert opened.names == ("word/document.xml", "xl/workbook.xml")
    assert opened.read("word/document.xml").decode() == "ก"
    assert "word/nothing.xml" not in opened


def test_missing_part_is_a_damaged_file() -> None:
    with pytest.raises(FileUnusable, match=r"the part word/document\.xml is missing"):
        open_archive(zipped({"a": "b"}), "ก.docx").read("word/document.xml")


def test_truncated_zip_is_a_damaged_file() -> None:
    content = zipped({"word/document.xml": "ก" * 5000})
    assert refused(content[: len(content) // 2]) == BROKEN


def test_damaged_part_is_a_damaged_file() -> None:
    content = zipped({"word/document.xml": "กขค" * 500}, ZIP_STORED)
    assert refused(content[:200] + b"!" + content[201:]) == BROKEN


def test_part_larger_than_it_says_is_a_damaged_file() -> None:
    content = zipped({"a.xml": "x" * 1000})
    assert content.count(struct.pack("<L", 1000)) == 2
    assert refused(content.replace(struct.pack("<L", 1000), struct.pack("<L", 10))) == BROKEN


def test_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    assert refused(zipped({"a.xml": b"\0" * 20_000_000}), limit=True) == (
        "ไฟล์ ก.docx ใหญ่เกินไป: บีบอัดไว้ 1,028 เท่า เกินขีดจำกัด 300 เท่า"
    )


def test_total_of_all_parts_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "UNPACKED_BYTES_MAX", 100)
    assert refused(zipped({"a": "x" * 60, "b": "x" * 60}), limit=True) == (
        "ไฟล์ ก.docx ใหญ่เกินไป: เมื่อคลายแล้วมี 120 ไบต์ เกินขีดจำกัด 100 ไบต์"
    )


def test_one_part_is_limited() -> None:
    with pytest.raises(LimitExceeded) as limit:
        open_archive(zipped({"a": "x" * 60}), "ก.docx").read("a", 50)
    assert limit.value.message_th == "ไฟล์ ก.docx ใหญ่เกินไป: ส่วนหนึ่งของไฟล์เมื่อคลายแล้วมี 60 ไบต์ เกินขีดจำกัด 50 ไบต์"


def test_number_of_parts_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "ENTRIES_MAX", 2)
    assert refused(zipped({"a": "", "b": "", "c": ""}), limit=True) == (
        "ไฟล์ ก.docx ใหญ่เกินไป: มีส่วนประกอบ 3 ส่วน เกินขีดจำกัด 2 ส่วน"
    )


def test_names_nested_without_end_are_refused() -> None:
    assert refused(zipped({"a/" * 30 + "b": ""}), limit=True) == (
        "ไฟล์ ก.docx ใหญ่เกินไป: ชื่อส่วนประกอบยาวหรือซ้อนหลายชั้น เกินขีดจำกัด 20 ชั้น"
    )


def test_password_of_office_is_told() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    assert refused(ole) == "ไฟล์ ก.docx มีรหัสผ่าน"


def test_password_of_a_zip_is_told() -> None:
    content = bytearray(zipped({"a.xml": "x"}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert refused(bytes(content)) == "ไฟล์ ก.docx มีรหัสผ่าน"


def test_password_of_opendocument_is_told() -> None:
    manifest = "<m:manifest xmlns:m='x'><m:encryption-data/></m:manifest>"
    assert refused(zipped({"META-INF/manifest.xml": manifest})) == "ไฟล์ ก.docx มีรหัสผ่าน"


def test_old_word_file_is_told_to_be_saved_anew() -> None:
    with pytest.raises(FileUnusable) as refusal:
        open_archive(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "ก.doc")
    assert refusal.value.one_line == "ไฟล์ ก.doc เป็น Word 97-2003 (.doc) ซึ่งอ่านไม่ได้ — บันทึกเป็น .docx แล้วลองใหม่"


def test_xml_with_a_document_type_is_refused() -> None:
    with pytest.raises(FileUnusable, match="declares a document type"):
        parse_xml(b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///nothing">]><a>&x;</a>', "ก.docx")


def test_xml_that_multiplies_itself_is_refused() -> None:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    with pytest.raises(FileUnusable):
        parse_xml(f'<!DOCTYPE a [<!ENTITY a0 "aaaaaaaaaa">{entities}]><a b="&a9;">&a9;</a>'.encode(), "ก.docx")


def test_damaged_xml_is_a_damaged_file() -> None:
    with pytest.raises(FileUnusable, match="its XML is damaged"):
        parse_xml(b"<a><b></a>", "ก.docx")


@pytest.mark.parametrize("content", [b"<a>" * 100_000 + b"</a>" * 100_000, b"<a>" + b"x" * 11_000_000 + b"</a>"])
def test_xml_too_deep_or_too_long_names_the_limit(content: bytes) -> None:
    with pytest.raises(LimitExceeded, match=r"256 ชั้น หรือ 10,000,000 อักขระ"):
        parse_xml(content, "ก.docx")


def test_comment_in_xml_does_not_part_a_text() -> None:
    assert parse_xml("<a>ก<!-- x -->ข<?x y?>ค</a>".encode(), "ก.docx").text == "กขค"
