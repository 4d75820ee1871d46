"""Workbooks with one leak each."""

import io
from collections.abc import Callable
from functools import lru_cache

import xlsxwriter

from tests.documents.clean.made import BARE, PERSON, PLAIN, SECRET, R, S, unzipped, with_part, zipped


def new_xlsx(fill: Callable[[xlsxwriter.Workbook, xlsxwriter.worksheet.Worksheet], None] | None = None) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    sheet = book.add_worksheet("ข้อมูล")
    sheet.write_row(0, 0, ["รายการ", "จำนวนเงิน"])
    sheet.write_row(1, 0, [PLAIN[0], 1250000])
    sheet.write_row(2, 0, ["ค่าจ้าง", 360000])
    if fill:
        fill(book, sheet)
    book.close()
    return target.getvalue()


@lru_cache
def plain_xlsx() -> bytes:
    return new_xlsx()


def xlsx_hidden_sheet(state: str = "hidden") -> bytes:
    def fill(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        other = book.add_worksheet("ลับ")
        other.write(0, 0, SECRET)
        sheet.write_formula("B4", "=LEN(ลับ!A1)", None, 17)
        book.define_name("ลับ!ช่วง", "=ลับ!$A$1")
        other.hide() if state == "hidden" else other.very_hidden()

    return new_xlsx(fill)


def xlsx_hidden_row() -> bytes:
    def fill(_: object, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.write(5, 0, SECRET)
        sheet.set_row(5, None, None, {"hidden": True})

    return new_xlsx(fill)


def xlsx_hidden_column() -> bytes:
    def fill(_: object, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.write(1, 5, SECRET)
        sheet.set_column(5, 5, 10, None, {"hidden": True})

    return new_xlsx(fill)


def xlsx_comment() -> bytes:
    return new_xlsx(lambda _, sheet: sheet.write_comment("A2", f"ถาม {SECRET}", {"author": PERSON}))


def xlsx_number() -> bytes:
    def fill(_: object, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.write_row(4, 0, ["ผู้รับเงิน", int(BARE)])

    return new_xlsx(fill)


def xlsx_pivot() -> bytes:
    cache = (
        f'<pivotCacheDefinition xmlns="{S}" xmlns:r="{R}" refreshedBy="{PERSON}" recordCount="1"><cacheSource type="worksheet">'
        '<worksheetSource ref="A1:B3" sheet="ข้อมูล"/></cacheSource><cacheFields count="1"><cacheField name="ผู้ร้อง"><sharedItems count="1">'
        f'<s v="{SECRET}"/></sharedItems></cacheField></cacheFields></pivotCacheDefinition>'
    ).encode()
    return with_part(
        plain_xlsx(),
        "xl/pivotCache/pivotCacheDefinition1.xml",
        cache,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.pivotCacheDefinition+xml",
        owner="xl/workbook.xml",
        relation=f"{R}/pivotCacheDefinition",
        changed={
            "xl/workbook.xml": (
                b"</workbook>",
                b'<pivotCaches><pivotCache cacheId="1" r:id="rIdMade"/></pivotCaches></workbook>',
            )
        },
    )


def xlsx_link() -> bytes:
    link = (
        f'<externalLink xmlns="{S}" xmlns:r="{R}"><externalBook r:id="rId1"><sheetNames><sheetName val="a"/></sheetNames><sheetDataSet>'
        f'<sheetData sheetId="0"><row r="1"><cell r="A1" t="str"><v>{SECRET}</v></cell></row></sheetData></sheetDataSet></externalBook></externalLink>'
    ).encode()
    content = with_part(
        plain_xlsx(),
        "xl/externalLinks/externalLink1.xml",
        link,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml",
        owner="xl/workbook.xml",
        relation=f"{R}/externalLink",
        changed={
            "xl/workbook.xml": (
                b"<calcPr",
                b'<externalReferences><externalReference r:id="rIdMade"/></externalReferences><calcPr',
            )
        },
    )
    parts = unzipped(content)
    parts["xl/externalLinks/_rels/externalLink1.xml.rels"] = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLinkPath" '
        b'Target="file:///C:/Users/Somchai-Jaidee/a.xlsx" TargetMode="External"/></Relationships>'
    )
    return zipped(parts)
