"""What calamine leaves out of an old workbook: number formats, errors, what is hidden, macros, comments, links.

Read from the file itself: its compound file ([MS-CFB]) holds one stream of records ([MS-XLS]). Only the records named
here are looked at; any other, and any damage, is passed over, for calamine has the last word on the values.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from prongsai.documents.read.sheets.format import BUILT_IN, GENERAL

_FREE = 0xFFFFFFFA
_DIRECTORY_ENTRY = 128
_ENTRIES_MAX = 10_000
_STREAMS = ("Workbook", "Book")
_MACRO_STREAMS = ("_VBA_PROJECT_CUR", "VBA")

_EOF, _BOF = 0x0A, 0x809
_FORMAT, _XF, _SHEET, _DATE_MODE, _SUPBOOK = 0x41E, 0xE0, 0x85, 0x22, 0x1AE
_ROW, _COLUMNS, _OBJECT, _TEXT, _CONTINUE = 0x208, 0x7D, 0x5D, 0x1B6, 0x3C
_COMMENT_OBJECT = 0x19
_FORMULA, _NUMBER, _RK, _MANY_RK, _BOOL_OR_ERROR = 0x06, 0x203, 0x27E, 0xBD, 0x205
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}

At = tuple[int, int]


@dataclass(slots=True)
class SheetFrame:
    """What is known of one sheet beside its values. Rows and columns are 1-based; styles: the cell style of a place."""

    styles: dict[At, int] = field(default_factory=dict)
    errors: dict[At, str] = field(default_factory=dict)
    hidden_rows: list[tuple[int, int]] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class BookFrame:
    """What is known of a workbook: its worksheets in order, and the number format of each cell style."""

    sheets: list[SheetFrame] = field(default_factory=list)
    formats: list[str] = field(default_factory=list)
    has_macro: bool = False
    has_links: bool = False

    def code(self, sheet: SheetFrame, at: At) -> str:
        """Give the number format of a place."""
        style = sheet.styles.get(at, -1)
        return self.formats[style] if 0 <= style < len(self.formats) else GENERAL


def read_frame(content: bytes) -> BookFrame:
    """Read what stands beside the values; an empty frame for a file that is not built as said."""
    try:
        names, stream = _book_stream(content)
        return _frame(stream, has_macro=any(name in _MACRO_STREAMS for name in names))
    except (struct.error, IndexError, ValueError, UnicodeDecodeError):
        return BookFrame()


# The compound file


def _book_stream(content: bytes) -> tuple[list[str], bytes]:
    """Give the names of all streams, and the bytes of the one with the workbook."""
    shift, mini_shift = struct.unpack_from("<HH", content, 30)
    if shift not in (9, 12) or mini_shift != 6:
        raise ValueError("unknown sector size")
    files = _CompoundFile(content, 1 << shift)
    entries = list(files.entries())
    found = next((entry for name, *entry in entries if name in _STREAMS), None)
    if found is None:
        raise ValueError("no workbook stream")
    start, size = found
    names = [name for name, *_ in entries]
    if size >= struct.unpack_from("<I", content, 56)[0]:
        return names, files.chain(start, files.table)[:size]
    return names, files.small(entries[0][1], start)[:size]


class _CompoundFile:
    """Follows chains of sectors; no chain is longer than the file."""

    def __init__(self, content: bytes, size: int) -> None:
        self._content = content
        self._size = size
        self.table = self._table()

    def _sector(self, number: int) -> bytes:
        at = (number + 1) * self._size
        return self._content[at : at + self._size]

    def _table(self) -> list[int]:
        """Give the table that says which sector follows which."""
        parts = list(struct.unpack_from("<109I", self._content, 76))
        more, count = struct.unpack_from("<II", self._content, 68)
        for _ in range(min(count, len(self._content) // self._size)):
            if more >= _FREE:
                break
            *numbers, more = _numbers(self._sector(more))
            parts += numbers
        sectors = (self._sector(part) for part in parts if part < _FREE)
        most = len(self._content) // self._size + self._size
        return [number for sector in sectors for number in _numbers(sector)][:most]

    def chain(self, start: int, table: list[int]) -> bytes:
        """Give the bytes of a chain of sectors."""
        return b"".join(self._sector(number) for number in _follow(start, table))

    def small(self, root: int, start: int) -> bytes:
        """Give the bytes of a short stream, which lies inside another one in pieces of 64 bytes."""
        whole = self.chain(root, self.table)
        table = list(_numbers(self.chain(struct.unpack_from("<I", self._content, 60)[0], self.table)))
        return b"".join(whole[number * 64 : number * 64 + 64] for number in _follow(start, table))

    def entries(self) -> Iterator[tuple[str, int, int]]:
        """Give name, first sector and size of every stream; the root first."""
        directory = self.chain(struct.unpack_from("<I", self._content, 48)[0], self.table)
        for at in range(0, min(len(directory), _ENTRIES_MAX * _DIRECTORY_ENTRY), _DIRECTORY_ENTRY):
            length = min(64, struct.unpack_from("<H", directory, at + 64)[0])
            start, size = struct.unpack_from("<II", directory, at + 116)
            yield directory[at : at + max(0, length - 2)].decode("utf-16-le", "replace"), start, size


def _numbers(sector: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(sector) // 4}I", sector[: len(sector) // 4 * 4])


def _follow(start: int, table: list[int]) -> Iterator[int]:
    number = start
    for _ in range(len(table)):
        if number >= len(table):
            return
        yield number
        number = table[number]


# The records


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Give the records from a place to the end of their part; parts inside it (charts) are passed over."""
    depth = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        at += 4 + length
        depth += (kind == _BOF) - (kind == _EOF)
        if depth == 1 and kind != _BOF:
            yield kind, stream[at - length : at]
        if depth <= 0:
            return


def _frame(stream: bytes, *, has_macro: bool) -> BookFrame:
    book = BookFrame(has_macro=has_macro)
    own: dict[int, str] = {}
    styles: list[int] = []
    starts: list[int] = []
    for kind, body in _records(stream, 0):
        if kind == _FORMAT:
            own[struct.unpack_from("<H", body)[0]] = _format_code(body)
        elif kind == _XF:
            styles.append(struct.unpack_from("<H", body, 2)[0])
        elif kind == _SHEET and body[5] == 0:
            starts.append(struct.unpack_from("<I", body)[0])
        elif kind == _SUPBOOK and len(body) > 4:
            book.has_links = True
    book.formats = [own.get(number) or BUILT_IN.get(number, GENERAL) for number in styles]
    book.sheets = [_sheet_frame(stream, start) for start in starts]
    return book


def _format_code(body: bytes) -> str:
    """Read a number format: in Unicode, one byte a letter or two; an older file has bytes alone."""
    count, flags = struct.unpack_from("<HB", body, 2)
    if len(body) == 5 + count * (1 + (flags & 1)):
        return body[5:].decode("utf-16-le" if flags & 1 else "latin-1", "replace")
    return body[3:].decode("cp874", "replace")


def _sheet_frame(stream: bytes, start: int) -> SheetFrame:
    sheet = SheetFrame()
    drawn = _Drawn(sheet)
    for kind, body in _records(stream, start):
        if kind == _ROW and struct.unpack_from("<H", body, 12)[0] & 0x20:
            row = struct.unpack_from("<H", body)[0] + 1
            sheet.hidden_rows.append((row, row))
        elif kind == _COLUMNS and struct.unpack_from("<H", body, 8)[0] & 1:
            first, last = struct.unpack_from("<HH", body)
            sheet.hidden_columns.append((first + 1, last + 1))
        elif kind in (_OBJECT, _TEXT, _CONTINUE):
            drawn.take(kind, body)
        elif kind in (_FORMULA, _NUMBER, _RK, _BOOL_OR_ERROR):
            _cell(kind, body, sheet)
        elif kind == _MANY_RK:
            row, first = struct.unpack_from("<HH", body)
            for number in range((len(body) - 6) // 6):
                sheet.styles[row + 1, first + number + 1] = struct.unpack_from("<H", body, 4 + 6 * number)[0]
    return sheet


def _cell(kind: int, body: bytes, sheet: SheetFrame) -> None:
    row, column, style = struct.unpack_from("<HHH", body)
    at = (row + 1, column + 1)
    sheet.styles[at] = style
    if kind == _BOOL_OR_ERROR and body[7]:
        sheet.errors[at] = _ERRORS.get(body[6], "#ERR!")
    elif kind == _FORMULA and body[12:14] == b"\xff\xff" and body[6] == 2:
        sheet.errors[at] = _ERRORS.get(body[8], "#ERR!")


class _Drawn:
    """Takes the words of drawn objects: the object, how long its text is, and the text come one after the other."""

    def __init__(self, sheet: SheetFrame) -> None:
        self._sheet = sheet
        self._is_comment = False
        self._left = 0

    def take(self, kind: int, body: bytes) -> None:
        """Take a record of an object."""
        if kind == _OBJECT:
            self._is_comment = struct.unpack_from("<H", body, 4)[0] == _COMMENT_OBJECT
        elif kind == _TEXT:
            self._left = struct.unpack_from("<H", body, 10)[0]
        elif self._left and body:
            wide = body[0] & 1
            words = body[1 : 1 + self._left * (1 + wide)].decode("utf-16-le" if wide else "latin-1", "replace")
            (self._sheet.comments if self._is_comment else self._sheet.boxes).append(words)
            self._left = 0
