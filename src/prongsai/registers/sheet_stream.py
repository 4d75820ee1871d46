"""Which reader a spreadsheet takes, told by its bytes; old and binary workbooks are read here, by calamine."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum

from prongsai.documents.read.archive import format_inside
from prongsai.documents.read.formats import format_of
from prongsai.documents.read.refusals import broken, other_format, under_password
from prongsai.documents.read.sheets.biff import BookFrame, SheetFrame, read_frame
from prongsai.documents.read.sheets.format import entry_of
from prongsai.registers.sheet_csv import csv_events
from prongsai.registers.sheet_events import Event, Tray, check_count, moment_text, text_of
from prongsai.registers.sheet_ods import ods_events
from prongsai.registers.sheet_xlsx import xlsx_events

_BINARY = b"xl/workbook.bin"


def events_of(content: bytes, name: str) -> Iterator[Event]:
    """Give the events of a file. Raises FileUnusable for what is no spreadsheet; LimitExceeded over a limit."""
    kind = format_of(content, name)
    kind = format_inside(content, name) if kind == "zip" else kind
    if kind in ("csv", "text"):
        return csv_events(content, name)
    if kind == "ods":
        return ods_events(content, name)
    if kind == "xls" or (kind == "xlsx" and _BINARY in content):
        return _calamine_events(content, name, read_frame(content))
    if kind == "xlsx":
        return xlsx_events(content, name)
    raise other_format(name, f" {kind.upper()} ", ".xlsx หรือ .csv")


def _calamine_events(content: bytes, name: str, frame: BookFrame) -> Iterator[Event]:
    letters = [0]
    try:
        with CalamineWorkbook.from_filelike(BytesIO(content)) as book:
            kept = [each for each in book.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]
            check_count(len(kept), name)
            frames = frame.sheets if len(frame.sheets) == len(kept) else [SheetFrame() for _ in kept]
            for each, beside in zip(kept, frames, strict=True):
                yield "sheet", each.name
                sheet = book.get_sheet_by_name(each.name)
                tray = Tray(name, letters)
                for row, values in enumerate(sheet.iter_rows(), 1):
                    for column, value in enumerate(values, 1):
                        if value != "" or (row, column) in beside.errors:
                            code = frame.code(beside, (row, column))
                            tray.put(row, column, beside.errors.get((row, column)) or _bare(value, code))
                    yield from tray.row(row)
                found = sheet.merged_cell_ranges or ()
                yield "merges", [(top + 1, left + 1, low + 1, right + 1) for (top, left), (low, right) in found]
    except PasswordError as reason:
        raise under_password(name) from reason
    except (CalamineError, ValueError, OSError) as reason:
        raise broken(name, f"its workbook cannot be read: {reason}") from reason


def _bare(value: object, code: str) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return text_of(entry_of(float(value), code))
    if isinstance(value, timedelta):
        minutes = int(value.total_seconds()) // 60
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    if isinstance(value, date):
        return moment_text(value if isinstance(value, datetime) else datetime(value.year, value.month, value.day))
    return f"{value:%H:%M}" if isinstance(value, time) else str(value)
