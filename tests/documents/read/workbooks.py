"""Workbooks made for tests, and what a document read from one says."""

import zipfile
from io import BytesIO

import pytest
from xlsxwriter import Workbook

from prongsai.documents.model import Document, Paragraph, Table
from prongsai.documents.read.sheets import read
from prongsai.errors import FileUnusable

HEADS = ["ที่", "รายการ", "จำนวนเงิน", "ร้อยละ"]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"


def made(fill, **options) -> bytes:
    """A workbook by XlsxWriter; fill(book, first sheet)."""
    target = BytesIO()
    book = Workbook(target, {"in_memory": True, **options})
    fill(book, book.add_worksheet("งบ"))
    book.close()
    return target.getvalue()


def grid(*rows: list[object], top: int = 0) -> bytes:
    def fill(_, sheet):
        for at, row in enumerate(rows, top):
            for column, value in enumerate(row):
                if value != "":
                    sheet.write(at, column, value)

    return made(fill, strings_to_formulas=False)


def package(
    sheet: str, *, method: int = zipfile.ZIP_DEFLATED, rest: dict[str, str] | None = None, links: str = ""
) -> bytes:
    """A workbook of one sheet, given as it stands in the file."""
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts = {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{relation}"><sheets><sheet name="ก" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships><Relationship Id="r1" Type="{relation}/worksheet" Target="worksheets/sheet1.xml"/>{links}</Relationships>',
        "xl/worksheets/sheet1.xml": sheet,
        **(rest or {}),
    }
    target = BytesIO()
    with zipfile.ZipFile(target, "w", method) as bundle:
        for name, text in parts.items():
            bundle.writestr(name, text)
    return target.getvalue()


def sheet_xml(data: str, after: str = "", namespace: str = MAIN) -> str:
    return f'<worksheet xmlns="{namespace}"><sheetData>{data}</sheetData>{after}</worksheet>'


def ods(content: str, styles: str = "", **parts: str) -> bytes:
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "style", "drawing", "xlink")
    )
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        bundle.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:automatic-styles>{styles}</office:automatic-styles>"
            f"<office:body><office:spreadsheet>{content}</office:spreadsheet></office:body></office:document-content>",
        )
        for name, text in parts.items():
            bundle.writestr(name, text)
    return target.getvalue()


def texts(table: Table) -> list[list[str]]:
    return [[" / ".join(line.text for line in cell.lines) for cell in row.cells] for row in table.rows]


def shape(document: Document) -> list[object]:
    return [block.text if isinstance(block, Paragraph) else texts(block) for block in document.printed]


def codes(document: Document) -> list[str]:
    return [problem.code for problem in document.problems]


def refusal(content: bytes, name: str = "ก.xlsx") -> str:
    with pytest.raises(FileUnusable) as caught:
        read(content, name)
    assert "\n" not in caught.value.one_line
    return caught.value.message_th
