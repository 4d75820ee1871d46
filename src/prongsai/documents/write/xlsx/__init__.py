"""Excel out: typed cells, heads that stay in sight and can be filtered, A4 pages; nothing in it is a formula."""

from datetime import datetime
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from prongsai.documents.fonts.shipped import Fonts, load
from prongsai.documents.model import Align, Cell, Column, Document, Kind, Paragraph, Setup, Style, Table
from prongsai.documents.read.printed import as_printed
from prongsai.documents.read.sheets.grid import COLUMN_LAST, ROW_LAST
from prongsai.documents.write.office import Office
from prongsai.documents.write.scraps import printable
from prongsai.documents.write.xlsx.cells import DANGEROUS, checked, typed, words_of
from prongsai.documents.write.xlsx.layout import SIZE, Heights, Merged, widths_of
from prongsai.documents.write.xlsx.plan import Page, pages
from prongsai.errors import LimitExceeded

FONT = "TH SarabunPSK"
FROZEN_ROWS_MAX = 12
PAPER_A4 = 9
CREATED = datetime(2000, 1, 1)
"""The same paper gives the same bytes: no date of making."""

_INCHES_PER_CM = 1 / 2.54
_LETTERS = {"font_name": FONT, "font_size": SIZE, "font_scheme": "none"}
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_format_properties": _LETTERS,
}
_STYLES: dict[Style, dict[str, object]] = {
    Style.TITLE: {"bold": True, "align": "center", "font_size": 18},
    Style.COVER: {"bold": True, "align": "center", "font_size": 24},
    Style.HEADING: {"bold": True},
    Style.CENTRED: {"align": "center"},
    Style.RIGHT: {"align": "right"},
    Style.SPEED: {"bold": True, "font_color": "#C00000", "font_size": 32},
    Style.NOTE: {"font_size": 14},
}
_HEAD = {"bold": True, "align": "center", "valign": "vcenter", "bg_color": "#E8EEF4"}


def render(document: Document, office: Office) -> bytes:
    """Give a document as a workbook: every table on a sheet of its own, text on sheets between, in order.

    Raises LimitExceeded for a cell, row or column beyond what a workbook holds. Pictures, charts and the emblem hold no
    words and are left out. Words that begin like a formula are words and carry the mark of quoted text.
    """
    target = BytesIO()
    book = Workbook(target, _OPTIONS)
    book.set_properties({"title": printable(document.title), "created": CREATED})
    looks = _Looks(book)
    fonts = load(office.fonts)
    for page in pages(document):
        sheet = book.add_worksheet(page.name)
        _set_page(sheet, page, document.setup)
        _Sheet(sheet, page, looks, fonts).write()
    book.close()
    return target.getvalue()


class _Looks:
    """Gives the formats of a workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Format] = {}

    def get(self, **properties: object) -> Format:
        """Give a format: the font of official papers, wrapped, and what is asked for beyond."""
        whole = {**_LETTERS, "text_wrap": True, "valign": "top", **properties}
        key = tuple(sorted(whole.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(whole)
        return self._made[key]


def _set_page(sheet: Worksheet, page: Page, setup: Setup) -> None:
    sheet.set_paper(PAPER_A4)
    if page.is_landscape:
        sheet.set_landscape()
    left, right, top, bottom = (each * _INCHES_PER_CM for each in ((2, 2, 2, 2) if page.is_landscape else (3, 2, 2, 2)))
    sheet.set_margins(left, right, top, bottom)
    sheet.fit_to_pages(1, 0)
    number = "หน้า &P / &N" if setup.language == "th" else "Page &P of &N"
    secrecy = f'&C&"{FONT},Bold"&20&KC00000{_in_margin(setup.secrecy)}' if setup.secrecy else ""
    sheet.set_header(f'{secrecy}&R&"{FONT},Regular"&14{number}')
    mark = f'&R&"{FONT},Regular"&12{_in_margin(setup.mark)}' if setup.mark else ""
    sheet.set_footer(f"{secrecy}{mark}")


def _in_margin(text: str) -> str:
    return printable(text)[:100].replace("&", "&&")


class _Sheet:
    """Writes the blocks of one sheet from the top down."""

    def __init__(self, sheet: Worksheet, page: Page, looks: _Looks, fonts: Fonts) -> None:
        self._sheet = sheet
        self._page = page
        self._looks = looks
        self._row = 0
        self._widths = widths_of(page)
        self._heights = Heights(fonts, self._widths)

    def write(self) -> None:
        for column, width in enumerate(self._widths):
            self._sheet.set_column(column, column, width, self._looks.get())
        after_table = False
        for block in self._page.blocks:
            is_unruled = isinstance(block, Table) and not block.ruled
            self._row += after_table or (is_unruled and self._row > 0)
            after_table = isinstance(block, Table)
            if isinstance(block, Table):
                self._table(block)
            else:
                self._paragraph(block)
            self._check()

    def _check(self) -> None:
        if self._row > ROW_LAST or len(self._widths) > COLUMN_LAST:
            raise LimitExceeded(
                f"sheet {self._page.name}: {self._row:,} rows of {len(self._widths):,} columns are too many",
                message_th=f"แผ่นงาน “{self._page.name}” มี {self._row:,} แถว เกินขีดจำกัดของ Excel",
                mend_th="แบ่งตารางเป็นหลายไฟล์",
            )

    def _paragraph(self, block: Paragraph) -> None:
        """Write a line of text over the whole width."""
        raw = " ".join(block.raw.split("\n")).replace("\t", "    ")
        words = checked(_kept(raw) if as_printed(raw) == as_printed(block.text) else printable(block.text), "ย่อหน้า")
        properties = dict(_STYLES.get(block.style, {}))
        if block.style is Style.HANGING:
            properties["indent"] = block.level + 1
        look = self._looks.get(**properties, **_quoted(words))
        last = len(self._widths) - 1
        if last > 0:
            self._sheet.merge_range(self._row, 0, self._row, last, "", look)
        size, is_bold = int(str(properties.get("font_size", SIZE))), "bold" in properties
        self._sheet.set_row(self._row, self._heights.text(words, size, bold=is_bold))
        self._sheet.write_string(self._row, 0, words, look)
        self._row += 1

    # Tables

    def _table(self, table: Table) -> None:
        top = self._row
        merged = Merged(table)
        for at, row in enumerate(table.rows):
            for place, cell in enumerate(row.cells):
                self._cell(table, at, place, cell, merged)
            self._sheet.set_row(self._row, self._heights.row(table, at, merged))
            self._row += 1
        if table is self._page.table and table.heads:
            self._heads(table, top)

    def _cell(self, table: Table, at: int, place: int, cell: Cell, merged: Merged) -> None:
        if merged.hides(at, place):
            return
        rows, columns = merged.extent(at, place)
        column = table.columns[place] if place < len(table.columns) else Column()
        number = None if at < table.heads else typed(cell, column.kind)
        words = checked(words_of(cell.lines), f"ตาราง {self._page.name} แถว {at + 1} ช่อง {place + 1}")
        look = self._look(table, at, column, words, number.code if number else "")
        if rows * columns > 1:
            self._sheet.merge_range(self._row, place, self._row + rows - 1, place + columns - 1, "", look)
        if number is None:
            if words:
                self._sheet.write_string(self._row, place, words, look)
            else:
                self._sheet.write_blank(self._row, place, None, look)
        elif isinstance(number.value, datetime):
            self._sheet.write_datetime(self._row, place, number.value, look)
        else:
            self._sheet.write_number(self._row, place, number.value, look)

    def _look(self, table: Table, at: int, column: Column, words: str, code: str) -> Format:
        lines: dict[str, object] = {"border": 1} if table.ruled else {}
        if at < table.heads:
            return self._looks.get(**_HEAD, **lines, **_quoted(words))
        aligned = {"align": _align(column)} if _align(column) != "left" else {}
        formed = {"num_format": code} if code else _quoted(words)
        return self._looks.get(**lines, **aligned, **formed)

    def _heads(self, table: Table, top: int) -> None:
        """Keep the head in sight, repeat it on every page, and give its columns a filter."""
        under = top + table.heads
        last = max(len(row.cells) for row in table.rows) - 1
        if len(table.rows) > table.heads:
            self._sheet.autofilter(under - 1, 0, top + len(table.rows) - 1, last)
        if under <= FROZEN_ROWS_MAX:
            self._sheet.freeze_panes(under, 0)
        self._sheet.repeat_rows(top, under - 1)


def _align(column: Column) -> str:
    is_figure = column.kind in (Kind.NUMBER, Kind.MONEY)
    align = Align.RIGHT if is_figure and column.align is Align.LEFT else column.align
    return {Align.LEFT: "left", Align.CENTRE: "center", Align.RIGHT: "right"}[align]


def _quoted(words: str) -> dict[str, object]:
    """Mark words that begin like a formula as quoted text, as a typed apostrophe does."""
    return {"quote_prefix": True} if words.startswith(DANGEROUS) else {}


def _kept(raw: str) -> str:
    """Give words as they stand, with the spaces between them, without what no file can hold."""
    pieces = (printable(piece) for piece in raw.strip().split(" "))
    return " ".join(pieces)
