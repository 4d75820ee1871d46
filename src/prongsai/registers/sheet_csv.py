"""The rows of separated values, in any encoding that Thai offices save; also of cells that were copied and pasted."""

import csv
import re
from collections.abc import Iterator

from prongsai.documents.read.encoding import decode
from prongsai.errors import FileUnusable
from prongsai.registers.sheet_events import Event, Tray

_END = "\ue000\ue001"
_DELIMITERS = "\t,;|"
_SNIFFED = 50
_HARMLESS = re.compile(r"^'(?=[\s\ufeff\u200b]*[=+\-@\t\r])")


def csv_events(content: bytes, name: str) -> Iterator[Event]:
    """Give the rows of separated values, counted as a program of sheets shows them.

    Raises FileUnusable when it is no text, or a quote is never closed; LimitExceeded over a limit.
    """
    text, _, _ = decode(content, name)
    lines = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    delimiter = _declared(lines[0])
    lines = lines[1:] if delimiter else lines
    csv.field_size_limit(2**31 - 1)  # the process is this file's alone
    yield "sheet", ""
    tray = Tray(name, [0])
    reader = csv.reader((f"{line}\n" for line in (*lines, _END)), delimiter=delimiter or _sniffed(lines))
    start = 1
    for number, fields in enumerate(reader, 1):
        if fields and _END in fields[-1]:
            if fields != [_END]:
                raise _open_quote(name, start)
            return
        start = reader.line_num + 1
        for column, words in enumerate(fields, 1):
            tray.put(number, column, original(words))
        yield from tray.row(number)


def original(words: str) -> str:
    """Take away the apostrophe that was set before words, so that no program takes them for a formula."""
    return _HARMLESS.sub("", words)


def _declared(first: str) -> str:
    """Give the delimiter that Excel may say in a line of its own."""
    said = first.strip('"').lower()
    return said[4] if len(said) == 5 and said.startswith("sep=") and said[4] in _DELIMITERS else ""


def _sniffed(lines: list[str]) -> str:
    """Give the delimiter that parts most of the first lines, the more fields the better."""
    sample = [line[:5000] for line in lines if line.strip()][:_SNIFFED]

    def evenness(delimiter: str) -> tuple[int, int]:
        widths = [len(fields) for fields in csv.reader(sample, delimiter=delimiter) if fields]
        common = max(set(widths), key=lambda width: (widths.count(width), width), default=1)
        return (widths.count(common) * (common > 1), common)

    return max(_DELIMITERS, key=evenness)


def _open_quote(name: str, line: int) -> FileUnusable:
    return FileUnusable(
        f"{name}: a quote opened on line {line} is never closed",
        message_th=f'ไฟล์ {name} มีเครื่องหมายคำพูด (") ที่เปิดไว้ในบรรทัด {line:,} แล้วไม่ปิด',
        mend_th="แก้เครื่องหมายคำพูดให้ครบคู่ หรือบันทึกเป็น .xlsx",
    )
