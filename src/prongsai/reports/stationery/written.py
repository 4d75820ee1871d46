"""Records on an office's own paper, in the formats that can be made of it."""

from dataclasses import replace
from typing import Any

from prongsai.documents.model import Document
from prongsai.documents.read import read_content
from prongsai.documents.read.archive import open_archive
from prongsai.documents.template.faults import fault
from prongsai.documents.template.model import TemplateUnfit
from prongsai.documents.write import render
from prongsai.documents.write.fit import fitted
from prongsai.documents.write.office import Office
from prongsai.errors import FileUnusable, Where
from prongsai.reports.named import with_names
from prongsai.reports.stationery.kinds import Stationery

FORMS = ("docx", "pdf")
_PICTURES = (b"<w:drawing", b"<w:pict", b"<v:imagedata")
PDF_TH = (
    "PDF จากแม่แบบมีข้อความและตารางในเนื้อความครบ แต่ระบบจัดหน้าให้ใหม่และไม่มีหัวท้ายกระดาษของแม่แบบ "
    "ถ้าต้องการหน้าตาตรงกับ Word ให้เปิดไฟล์ Word แล้วบันทึกเป็น PDF"
)


def on_stationery(
    stationery: Stationery,
    content: bytes,
    name: str,
    record: Any,
    document: Document,
    form: str,
    office: Office | None = None,
) -> bytes:
    """Write a record on an office's own paper. form: ``docx``, or ``pdf``: the same words, set anew by the program.

    Raises TemplateUnfit, FileUnusable, LimitExceeded; FileUnusable for another format.
    """
    if form not in FORMS:
        raise FileUnusable(
            f"no {form} is made from a template",
            message_th=f"แม่แบบของหน่วยงานเขียนได้เฉพาะ {' '.join(FORMS)}",
            mend_th="ตั้งชื่อไฟล์ปลายทางให้ลงท้าย .docx หรือ .pdf หรือไม่ใช้แม่แบบ",
        )
    filled = stationery.fill(content, name, record, document, office)
    return filled if form == "docx" else as_pdf(filled, name, document, office)


def as_pdf(filled: bytes, name: str, document: Document, office: Office | None = None) -> bytes:
    """Give the words and tables of a filled file as PDF, set by the program.

    Raises TemplateUnfit for one with pictures: they would be missing.
    """
    if _has_pictures(filled, name):
        raise TemplateUnfit(name, [fault("TEMPLATE_PDF", Where(file=name))])
    read = with_names(fitted(read_content(filled, name)))
    setup = replace(read.setup, secrecy=document.setup.secrecy, names=(*read.setup.names, *document.setup.names))
    return render(replace(read, title=document.title, setup=setup), "pdf", office or Office())


def _has_pictures(filled: bytes, name: str) -> bool:
    archive = open_archive(filled, name)
    parts = (archive.read(part) for part in archive.names if part.startswith("word/") and part.endswith(".xml"))
    return any(sign in part for part in parts for sign in _PICTURES)
