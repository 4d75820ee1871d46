"""Spreadsheets: xlsx, xlsm, xlsb, xls, ods, csv and tsv. Formulas are not computed: their saved values are read.

Hidden sheets, rows and columns are read too and said, because lost words are worse than too many.
"""

import hashlib

from prongsai.documents.model import Document
from prongsai.documents.read.archive import format_inside
from prongsai.documents.read.formats import format_of
from prongsai.documents.read.refusals import broken
from prongsai.documents.read.sheets.blocks import blocks_of
from prongsai.documents.read.sheets.csv import read_csv
from prongsai.documents.read.sheets.notices import Notices
from prongsai.documents.read.sheets.ods import read_ods
from prongsai.documents.read.sheets.xls import read_xls
from prongsai.documents.read.sheets.xlsx import read_xlsx
from prongsai.errors import FileUnusable

_READERS = {"xlsx": read_xlsx, "xls": read_xls, "ods": read_ods}


def read(content: bytes, name: str) -> Document:
    """Read the bytes of a workbook or of a file of separated values.

    A page is a sheet; rows and columns have the numbers that they have in the sheet, paragraphs too.
    Raises FileUnusable when it is damaged, under a password or no workbook; LimitExceeded over a limit of
    ``sheets_grid`` or ``archive``.
    """
    kind = format_of(content, name)
    kind = format_inside(content, name) if kind == "zip" else kind
    sha256 = hashlib.sha256(content).hexdigest()
    notices = Notices(name)
    if kind == "csv":
        sheet, encoding, problems = read_csv(content, name)
        blocks = tuple(blocks_of([sheet], name, kind, notices))
        return Document(name, kind, encoding, sha256, blocks, (*problems, *notices.problems()))
    if kind not in _READERS:
        raise FileUnusable(
            f"{name} is no workbook but {kind}",
            message_th=f"ไฟล์ {name} ไม่ใช่ตารางคำนวณ",
            mend_th="ตั้งชื่อไฟล์ให้ตรงกับชนิดของไฟล์",
        )
    sheets = _READERS[kind](content, name, notices)
    if not sheets:
        raise broken(name, "it has no sheet")
    return Document(name, kind, None, sha256, tuple(blocks_of(sheets, name, kind, notices)), notices.problems())
