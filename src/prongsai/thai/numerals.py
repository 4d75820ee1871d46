"""Thai and Arabic digits, scores, ordinal marks, and the OIT item codes whose letter O is printed as a zero.

Officials write ``๐๓``, ``0๑๕``, ``O1`` and ``○๓`` for one kind of code: the first character is the letter O.
"""

import re
from decimal import Decimal
from typing import Literal

THAI_DIGITS = "๐๑๒๓๔๕๖๗๘๙"
ARABIC_DIGITS = "0123456789"

DigitStyle = Literal["thai", "arabic", "mixed", "none"]
OrdinalStyle = Literal["๑.", "๑)", "(๑)", "1.", "1)", "(1)"]

_TO_ARABIC = str.maketrans(THAI_DIGITS, ARABIC_DIGITS)
_TO_THAI = str.maketrans(ARABIC_DIGITS, THAI_DIGITS)
_ANY_THAI = re.compile("[๐-๙]")
_ANY_ARABIC = re.compile("[0-9]")

_CIRCLES = "○◯〇"  # U+25CB, U+25EF, U+3007: how scanners and typists draw a zero
_ZERO_ALONE = frozenset(_CIRCLES + "0Oo")
_NUMBER = re.compile(r"(?P<sign>[-−–]?) ?(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?P<part>\.[0-9]+)? ?%?")
_SCORE = re.compile(r"(?:ร้อยละ ?)?(?P<whole>0|[1-9][0-9]{0,4}) ?(?:\. ?(?P<part>[0-9]{1,6}))? ?(?:%|คะแนน)?")
_CIRCLED_SCORE = re.compile(rf"[1-9][0-9.{_CIRCLES}]{{1,6}}")

_CODE_NUMBER = r"0?[1-9]|[1-9][0-9]"
_ITEM_CODE = re.compile(rf"[\[(]?(?:ข้อ )? ?[Oo0{_CIRCLES}] ?(?P<number>{_CODE_NUMBER}) ?[.:)\]]?")
_CODE_TAIL = r"(?![0-9A-Za-z])(?![.:,/-][0-9])"
_LETTER_CODE = re.compile(
    rf"(?<![A-Za-z0-9.,:/])[Oo{_CIRCLES}](?:(?<=[O{_CIRCLES}]) )?(?P<number>{_CODE_NUMBER}){_CODE_TAIL}"
)
_CUED = rf"(?<![0-9A-Za-z])[Oo0{_CIRCLES}] ?(?:{_CODE_NUMBER})(?![0-9A-Za-z])(?![.:/][0-9])"
_CODE_JOIN = r"(?: ?(?:,|และ|หรือ|ถึง|-|–|—|/) ?(?:ข้อ ?)?)"
_CUED_CODES = re.compile(rf"(?:ข้อ|OIT|ตัวชี้วัดที่|รายการที่) ?(?:ที่ ?)?(?P<codes>{_CUED}(?:{_CODE_JOIN}{_CUED}){{0,60}})")
_ONE_CUED = re.compile(rf"[Oo0{_CIRCLES}] ?(?P<number>{_CODE_NUMBER})(?![0-9])")

_ORDINAL = re.compile(r"\(([0-9]{1,3})\)|([0-9]{1,3}) ?(?:\.\)|[.)])?")


def to_arabic(text: str) -> str:
    """Give the text with Thai digits as Arabic ones; nothing else changes."""
    return text.translate(_TO_ARABIC)


def to_thai(text: str) -> str:
    """Give the text with Arabic digits as Thai ones; nothing else changes."""
    return text.translate(_TO_THAI)


def digit_style(text: str) -> DigitStyle:
    """Say which digits a text is written in."""
    thai, arabic = bool(_ANY_THAI.search(text)), bool(_ANY_ARABIC.search(text))
    if thai and arabic:
        return "mixed"
    return "thai" if thai else "arabic" if arabic else "none"


def _plain(text: str) -> str:
    return " ".join(to_arabic(text).split())


def read_number(text: str) -> Decimal | None:
    """Read a cell that is a number: Thai or Arabic digits, thousands commas, decimals, minus, a per-cent sign.

    The per-cent sign is not applied: ``๘๕%`` is 85. Anything else in the cell gives None.
    """
    found = _NUMBER.fullmatch(_plain(text))
    if not found:
        return None
    number = Decimal(found["whole"].replace(",", "") + (found["part"] or ""))
    return -number if found["sign"] else number


def read_score(text: str) -> Decimal | None:
    """Read a cell that is only a score, 0 and up; a zero may be drawn ○, ๐, 0 or O.

    Empty, ``-``, words and item codes (``0๑๕``) give None. The decimals are kept as printed, so that ``93.60``
    has two; the range is the caller's to check.
    """
    cell = _plain(text)
    if cell in _ZERO_ALONE:
        return Decimal(0)
    if _CIRCLED_SCORE.fullmatch(cell):
        cell = cell.translate({ord(circle): "0" for circle in _CIRCLES})
    found = _SCORE.fullmatch(cell)
    if not found:
        return None
    return Decimal(f"{found['whole']}.{found['part']}" if found["part"] else found["whole"])


def read_item_code(text: str) -> str | None:
    """Read a whole cell as an OIT item code: ``๐๓``, ``0๑๕``, ``o34``, ``○๓`` give ``O3``, ``O15`` …

    A leading zero is the letter O; a plain number (``15``, ``๓``) is never a code and gives None.
    """
    found = _ITEM_CODE.fullmatch(_plain(text))
    return f"O{int(found['number'])}" if found else None


def find_item_codes(text: str) -> list[str]:
    """Find item codes inside prose, in order, repeated when repeated.

    With the letter O anywhere; with a zero only after a cue such as ``ข้อ``, because a zero and two digits are
    also a telephone area, a time or a date.
    """
    plain = to_arabic(text)
    found = {m.start(): m["number"] for m in _LETTER_CODE.finditer(plain)}
    for group in _CUED_CODES.finditer(plain):
        start = group.start("codes")
        found |= {start + m.start(): m["number"] for m in _ONE_CUED.finditer(group["codes"])}
    return [f"O{int(found[place])}" for place in sorted(found)]


def read_ordinal(text: str) -> int | None:
    """Read a whole cell as a running number: ``๑.`` ``๑)`` ``(๑)`` ``1.)`` or bare; at most three digits."""
    found = _ORDINAL.fullmatch(_plain(text))
    return int(found[1] or found[2]) if found else None


def ordinal_mark(number: int, style: OrdinalStyle) -> str:
    """Print a running number as the example ``style`` prints one: ``ordinal_mark(12, "๑)")`` is ``๑๒)``."""
    mark = style.translate(_TO_ARABIC).replace("1", str(number))
    return to_thai(mark) if "๑" in style else mark
