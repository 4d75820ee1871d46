"""Broken, locked, huge and foreign files are refused with a Thai mend; nothing else comes out, whatever is done to a file."""

import io
import random
import zipfile

import pikepdf
import pytest

from prongsai.documents.clean.here import cleaned_here, leaks_here
from prongsai.errors import FileUnusable
from tests.conftest import PROVE
from tests.documents.clean import made, made_pdf
from tests.documents.clean.test_leaks import LEAKS, leaking


def locked_pdf() -> bytes:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(made_pdf.plain_pdf())) as pdf:
        pdf.save(target, encryption=pikepdf.Encryption(owner="a", user="b"))
    return target.getvalue()


def bomb() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("[Content_Types].xml", "<Types/>")
        bundle.writestr("word/document.xml", b"0" * 12_000_000)
    return target.getvalue()


def doctype() -> bytes:
    return made.replaced(
        made.plain_docx(), "word/document.xml", b"<w:document", b'<!DOCTYPE a [<!ENTITY b "c">]><w:document'
    )


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
REFUSED = {
    "locked.pdf": (locked_pdf, "ถอดรหัสผ่าน"),
    "locked.xlsx": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "ถอดรหัสผ่าน"),
    "old.xls": (lambda: OLE + "Workbook".encode("utf-16-le"), ".xlsx"),
    "old.doc": (lambda: OLE, ".docx"),
    "slides.pptx": (lambda: made.zipped({"[Content_Types].xml": b"<Types/>", "ppt/presentation.xml": b"<p/>"}), "PDF"),
    "text.odt": (lambda: made.zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}), ".docx"),
    "pack.zip": (lambda: made.zipped({"a.txt": b"a"}), "ทีละไฟล์"),
    "photo.heic": (lambda: b"\x00\x00\x00\x18ftypheic" + bytes(100), ".jpg"),
    "broken.pdf": (lambda: made_pdf.plain_pdf()[:200], "บันทึกใหม่"),
    "broken.docx": (lambda: made.plain_docx()[:2000], "บันทึกใหม่"),
    "broken.jpg": (lambda: made.jpeg()[:40], "บันทึกใหม่"),
    "empty.txt": (lambda: b"", "บันทึกใหม่"),
    "doctype.docx": (doctype, "บันทึกใหม่"),
    "bomb.docx": (bomb, "แบ่งไฟล์"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_looked_into_is_refused_with_a_mend(name: str) -> None:
    make, mend = REFUSED[name]
    for look in (leaks_here, cleaned_here):
        with pytest.raises(FileUnusable) as refusal:
            look(make(), name)
        assert mend in refusal.value.mend_th


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")  # what Pillow says of damaged EXIF
@pytest.mark.parametrize("name", LEAKS)
def test_damaged_file_is_refused_or_read_and_nothing_else(name: str) -> None:
    content, chance = leaking(name), random.Random(name)
    for _ in range(30 if PROVE else 1):
        damaged = bytearray(content[: chance.randrange(20, len(content))] if chance.random() < 0.3 else content)
        for _ in range(chance.randrange(1, 20)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        try:
            cleaned_here(bytes(damaged), name)
        except FileUnusable as refusal:
            assert refusal.message_th
