"""Papers as other programs and other people write them: nothing of our writers, only the words and the merges."""

from collections.abc import Iterator
from datetime import date, datetime, time
from html import escape
from io import BytesIO
from itertools import groupby
from typing import Any

import docx
import xlsxwriter
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_BREAK

from prongsai.documents.model import Cell, Document, Line, Mark, NewPage, Paragraph, Row, Table
from prongsai.thai.dates import read_date
from prongsai.thai.numerals import to_arabic


def as_docx(paper: Document, *, breaks: bool = False, numbered: bool = False) -> bytes:
    """Write a Word file. breaks: lines of a cell in one paragraph; numbered: items by Word's own numbering."""
    file = docx.Document()
    for block in paper.blocks:
        if isinstance(block, Paragraph):
            file.add_paragraph(block.text)
        elif isinstance(block, NewPage):
            file.add_section().orientation = WD_ORIENT.LANDSCAPE
        elif isinstance(block, Table):
            _docx_table(file, block, breaks=breaks, item="List Number" if numbered else "List Bullet")
    out = BytesIO()
    file.save(out)
    return out.getvalue()


def _said(line: Line) -> str:
    """Give the words of a line, its box as a sign before it."""
    return {Mark.TICKED: "☑ ", Mark.UNTICKED: "☐ "}.get(line.mark, "") + line.text


def _docx_table(file: Any, table: Table, *, breaks: bool, item: str) -> None:
    grid = file.add_table(len(table.rows), len(table.rows[0].cells), style="Table Grid")
    for y, row in enumerate(table.rows):
        for x, cell in enumerate(row.cells):
            if cell.covered:
                continue
            place = grid.cell(y, x)
            if cell.rows > 1 or cell.columns > 1:
                place = place.merge(grid.cell(y + cell.rows - 1, x + cell.columns - 1))
            _docx_lines(place, cell.lines, breaks=breaks, item=item)


def _docx_lines(place: Any, lines: tuple[Line, ...], *, breaks: bool, item: str) -> None:
    first = place.paragraphs[0]
    for number, line in enumerate(lines):
        if breaks and number:
            first.add_run().add_break(WD_BREAK.LINE)
            first.add_run(_said(line))
            continue
        paragraph = place.add_paragraph() if number else first
        paragraph.add_run(_said(line))
        if line.mark is Mark.ITEM:
            paragraph.style = item


def as_html(paper: Document, *, breaks: bool = False, ordered: bool = False) -> bytes:
    """Write a page as a site's editor does: merged cells as spans, lists as lists, or lines broken by ``<br>``."""
    parts = ["<!DOCTYPE html><html><head><meta charset='utf-8'><title>รายงาน</title></head><body>"]
    for block in paper.blocks:
        if isinstance(block, Paragraph):
            parts.append(f"<p class='MsoNormal'><span lang='TH'>{escape(block.text)}</span></p>")
        elif isinstance(block, Table):
            rows = "".join(_html_row(row, breaks=breaks, tag="ol" if ordered else "ul") for row in block.rows)
            parts.append(f"<div class='table-responsive'><table border='1'><tbody>{rows}</tbody></table></div>")
    return "\n".join([*parts, "</body></html>"]).encode()


def _html_row(row: Row, *, breaks: bool, tag: str) -> str:
    cells = (_html_cell(cell, breaks=breaks, tag=tag) for cell in row.cells if not cell.covered)
    return f"<tr>{''.join(cells)}</tr>\n"


def _html_cell(cell: Cell, *, breaks: bool, tag: str) -> str:
    spans = (f" rowspan='{cell.rows}'" if cell.rows > 1 else "") + (
        f" colspan='{cell.columns}'" if cell.columns > 1 else ""
    )
    return f"<td{spans}>{''.join(_html_lines(cell, breaks=breaks, tag=tag))}</td>"


def _html_lines(cell: Cell, *, breaks: bool, tag: str) -> Iterator[str]:
    for is_item, lines in groupby(cell.lines, lambda line: line.mark is Mark.ITEM):
        texts = [escape(_said(line)) for line in lines]
        if is_item:
            yield f"<{tag}>{''.join(f'<li>{text}</li>' for text in texts)}</{tag}>"
        else:
            yield "<br />".join(texts) if breaks else "".join(f"<p>{text}</p>" for text in texts)


def as_xlsx(paper: Document, *, notes: bool = False, typed: bool = True, left: int = 0, above: int = 0) -> bytes:
    """Write a workbook of one sheet: titles, tables one under another, perhaps a note, numbers and days typed.

    left, above: empty columns and rows before everything.
    """
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("แผ่นงาน1")
        formats = {
            "text": book.add_format({"text_wrap": True, "valign": "top", "border": 1}),
            "day": book.add_format({"num_format": "d mmm yyyy", "border": 1}),
            "number": book.add_format({"num_format": "General", "border": 1}),
        }
        y = above
        for block in paper.blocks:
            if isinstance(block, Paragraph):
                sheet.write_string(y, left, block.text)
                y += 1
            elif isinstance(block, Table):
                _sheet_table(sheet, formats, block, y, left, typed=typed)
                y += len(block.rows) + 1
        if notes:
            sheet.write_string(y, left, "หมายเหตุ : ข้อมูล ณ วันที่ ๓๐ กันยายน ๒๕๖๘")
    return out.getvalue()


def _sheet_table(sheet: Any, formats: dict[str, Any], table: Table, top: int, left: int, *, typed: bool) -> None:
    for y, row in enumerate(table.rows, top):
        for x, cell in enumerate(row.cells, left):
            text = "\n".join(f"• {line.text}" if line.mark is Mark.ITEM else _said(line) for line in cell.lines)
            if cell.covered:
                continue
            if cell.rows > 1 or cell.columns > 1:
                end = (y + cell.rows - 1, x + cell.columns - 1)
                sheet.merge_range(y, x, *end, text, formats["text"])
            else:
                _sheet_cell(sheet, formats, y, x, text, typed=typed)


def _sheet_cell(sheet: Any, formats: dict[str, Any], y: int, x: int, text: str, *, typed: bool) -> None:
    arabic = to_arabic(text)
    day = _day(text) if typed else None
    if typed and arabic.isdecimal():
        sheet.write_number(y, x, float(arabic), formats["number"])
    elif day is not None:
        sheet.write_datetime(y, x, datetime.combine(day, time()), formats["day"])
    elif text:
        sheet.write_string(y, x, text, formats["text"])


def _day(text: str) -> date | None:
    """Give the day that a cell holds and nothing else; years are of the Christian era in a workbook."""
    read = read_date(text) if len(text) <= 20 and to_arabic(text)[:1].isdecimal() else None
    return read.value if read and read.problem is None and len(text.split()) == 3 else None
