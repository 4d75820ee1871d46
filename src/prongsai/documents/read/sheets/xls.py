"""Old Excel workbooks (.xls) and binary ones (.xlsb): values by calamine, the rest of an old one by ``sheets_biff``."""

from datetime import date, datetime, time, timedelta
from io import BytesIO

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from prongsai.documents.read.refusals import broken, over_limit, under_password
from prongsai.documents.read.sheets.biff import BookFrame, SheetFrame, read_frame
from prongsai.documents.read.sheets.format import BUDDHIST_TYPED_FROM, entry_of, entry_of_moment
from prongsai.documents.read.sheets.grid import SHEETS_MAX, Entry, Range, Sheet, Tally
from prongsai.documents.read.sheets.notices import Notices

Value = int | float | str | bool | time | date | datetime | timedelta


def read_xls(content: bytes, name: str, notices: Notices) -> list[Sheet]:
    """Read the sheets of an old workbook.

    Raises FileUnusable when it is damaged or under a password; LimitExceeded over SHEETS_MAX sheets.
    """
    book = read_frame(content)
    sheets = read_with_calamine(content, name, book)
    if book.has_macro:
        notices.add("MACRO_IGNORED")
    if book.has_links:
        notices.add("EXTERNAL_CONTENT")
    return sheets


def read_with_calamine(content: bytes, name: str, frame: BookFrame | None = None) -> list[Sheet]:
    """Read the values and merged ranges of any workbook that calamine knows; formats from the frame when it fits."""
    try:
        with CalamineWorkbook.from_filelike(BytesIO(content)) as book:
            kept = [each for each in book.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]
            if len(kept) > SHEETS_MAX:
                raise over_limit(name, f"มี {len(kept):,} แผ่นงาน", f"{SHEETS_MAX} แผ่นงาน")
            frame = frame if frame and len(frame.sheets) == len(kept) else BookFrame([SheetFrame() for _ in kept])
            tally = Tally(name)
            sheets = [Sheet(tally, each.name, each.visible != SheetVisibleEnum.Visible) for each in kept]
            for sheet, beside in zip(sheets, frame.sheets, strict=True):
                _fill(sheet, book.get_sheet_by_name(sheet.name), frame, beside)
            return sheets
    except PasswordError as reason:
        raise under_password(name) from reason
    except (CalamineError, ValueError, OSError) as reason:
        raise broken(name, f"its workbook cannot be read: {reason}") from reason


def _fill(sheet: Sheet, found: CalamineSheet, book: BookFrame, beside: SheetFrame) -> None:
    for row, values in enumerate(found.iter_rows(), 1):
        for column, value in enumerate(values, 1):
            if value == "":
                continue
            entry = _entry(value, book.code(beside, (row, column)))
            sheet.put(row, column, entry)
            if isinstance(value, date) and value.year >= BUDDHIST_TYPED_FROM:
                sheet.notice("DATE_YEAR_TYPED_BE", entry.words, row=row, column=column)
    for (top, left), (bottom, right) in found.merged_cell_ranges or ():
        sheet.merges.append(Range(top + 1, left + 1, bottom + 1, right + 1))
    for (row, column), error in beside.errors.items():
        sheet.put(row, column, Entry(error))
        sheet.notice("FORMULA_ERROR", error, row=row, column=column)
    sheet.hidden_rows, sheet.hidden_columns = beside.hidden_rows, beside.hidden_columns
    if beside.comments:
        sheet.notice("COMMENT", *beside.comments)
    sheet.loose += [(None, words) for words in beside.boxes]


def _entry(value: Value, code: str) -> Entry:
    if isinstance(value, bool):
        return Entry("TRUE" if value else "FALSE")
    if isinstance(value, int | float):
        return entry_of(float(value), code)
    if isinstance(value, datetime):
        return entry_of_moment(value, code)
    if isinstance(value, date):
        return entry_of_moment(datetime(value.year, value.month, value.day), code)
    if isinstance(value, timedelta):
        return entry_of(value.total_seconds() / 86_400, "[h]:mm")
    return Entry(f"{value:%H:%M}") if isinstance(value, time) else Entry(str(value))
