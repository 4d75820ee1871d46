"""Which encoding a text file is in: UTF-8, UTF-16 with a mark, or the Thai code page (TIS-620, CP874)."""

import codecs
import re

from prongsai.documents.read.refusals import empty
from prongsai.errors import FileUnusable, Problem, Severity, Where

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_UTF8_THAI = re.compile(rb"\xe0[\xb8\xb9][\x80-\xbf]")
_HIGH = re.compile(rb"[\x80-\xff]")
DAMAGED_SHARE_MAX = 0.02


def decode(content: bytes, name: str) -> tuple[str, str, tuple[Problem, ...]]:
    """Decode a text file; gives text, encoding and what was damaged.

    Raises FileUnusable for an empty file, a binary one, or an encoding that is none of those known.
    """
    if not content.strip():
        raise empty(name)
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _damaged(content, encoding, name)
    if b"\x00" in content:
        raise _not_text(name)
    try:
        return content.decode("utf-8"), "utf-8", ()
    except UnicodeDecodeError:
        return _damaged(content, "utf-8" if _is_mostly_utf8(content) else "cp874", name)


def _is_mostly_utf8(content: bytes) -> bool:
    high = len(_HIGH.findall(content))
    return 3 * len(_UTF8_THAI.findall(content)) >= 0.9 * high


def _damaged(content: bytes, encoding: str, name: str) -> tuple[str, str, tuple[Problem, ...]]:
    text = content.decode(encoding, errors="replace")
    lost = text.count("\ufffd")
    if lost > max(3, DAMAGED_SHARE_MAX * len(text)):
        raise _not_text(name)
    lines = [number for number, line in enumerate(text.splitlines(), 1) if "\ufffd" in line]
    return text, encoding, tuple(_unreadable(name, number) for number in lines)


def _unreadable(name: str, line: int) -> Problem:
    return Problem(
        "TEXT_UNREADABLE",
        Severity.ERROR,
        "Some characters of this line cannot be decoded; the file was damaged or cut.",
        "บรรทัดนี้มีอักขระที่ถอดรหัสไม่ได้ ไฟล์อาจเสียหายหรือถูกตัด",
        Where(file=name, line=line),
        mend="Open the original and save it again as UTF-8.",
        mend_th="เปิดต้นฉบับแล้วบันทึกใหม่เป็น UTF-8",
    )


def _not_text(name: str) -> FileUnusable:
    return FileUnusable(
        f"{name} is not a text file in a known encoding",
        message_th=f"ไฟล์ {name} ไม่ใช่ข้อความใน UTF-8 หรือ TIS-620",
        mend_th="บันทึกเป็นข้อความธรรมดา (UTF-8) แล้วลองใหม่",
    )
