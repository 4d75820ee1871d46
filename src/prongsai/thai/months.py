"""Thai month names: full, abbreviated, badly dotted, and abbreviations of no month at all."""

import re

from prongsai.thai.numerals import to_arabic

MONTHS = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
MONTHS_SHORT = (
    "ม.ค.",
    "ก.พ.",
    "มี.ค.",
    "เม.ย.",
    "พ.ค.",
    "มิ.ย.",
    "ก.ค.",
    "ส.ค.",
    "ก.ย.",
    "ต.ค.",
    "พ.ย.",
    "ธ.ค.",
)

# Spellings that the full names are often given; each can only be one month.
MONTH_MISSPELLINGS = {
    "กรกฏาคม": 7,
    "กุมภาพันธุ์": 2,
    "กุมภาพันธ": 2,
    "พฤษจิกายน": 11,
    "พฤศภาคม": 5,
    "พฤกษภาคม": 5,
    "ธันวามคม": 12,
    "สิงหาคน": 8,
}

# How a full month name begins: for patterns that only ask whether one follows.
MONTH_OPENINGS = "มกรา|กุมภา|มีนา|เมษา|พฤษภา|มิถุนา|กรกฎา|กรกฏา|สิงหา|กันยา|ตุลา|พฤศจิกา|พฤษจิกา|ธันวา"

_BY_NAME = {name: number for number, name in enumerate(MONTHS, 1)} | MONTH_MISSPELLINGS
_BY_LETTERS = {short.replace(".", ""): number for number, short in enumerate(MONTHS_SHORT, 1)}

_LETTERS = "เม|มี|มิ|[ก-ฮ][ิี]?"
_DAY_THEN = r"(?<![0-9.,/])(?:[1-9]|0[1-9]|[12][0-9]|3[0-9]) {0,3}"
_SHAPE = (
    rf"(?:{_LETTERS}|[0-9]) ?\. ?(?:[ก-ฮ]|[0-9]) ?\.|(?:{_LETTERS}) ?\. ?[ก-ฮ](?![ก-๎])|(?<![ก-๎])(?:{_LETTERS})[ก-ฮ] ?\."
)
_THEN_YEAR = r"(?= {0,3}(?:พ ?\. ?ศ ?\.? ?)?2[4-6][0-9]{2}(?![0-9]))"
_SHAPES = rf"(?P<all>(?:{_SHAPE})(?: {{0,3}}(?:{_SHAPE})){{0,2}})"
_UNKNOWN = re.compile(_DAY_THEN + _SHAPES + _THEN_YEAR)
_ONLY_SHAPES = re.compile(_SHAPES + r"(?: ?พ ?\. ?ศ ?\.?)?")
_ONE_SHAPE = re.compile(_SHAPE)
_NOT_MONTHS = frozenset({"พศ", "คศ", "รศ", "จศ"})  # eras, as in "ข้อ ๑ พ.ศ. ๒๕๖๖"


def _letters(text: str) -> str:
    return re.sub(r"[\s.]", "", text)


def month_number(text: str) -> int | None:
    """Read a month name, full or abbreviated, with or without dots and spaces; 1–12, or None.

    Full names that are often misspelt in one clear way (กรกฏาคม) are read too; an abbreviation of no month is None.
    """
    letters = _letters(text)
    return _BY_NAME.get(letters) or _BY_LETTERS.get(letters)


def is_misspelt_month(text: str) -> bool:
    """Whether a full month name is written in one of the known wrong spellings."""
    return _letters(text) in MONTH_MISSPELLINGS


def unknown_month_abbreviations(text: str) -> list[str]:
    """List what stands like an abbreviated month between a day and a Buddhist year and is no month.

    ``๑ บ.ค. ๒๕๖๗`` gives ``บ.ค.``. As printed, in order; a sign of a damaged document, never to be guessed.
    """
    plain = to_arabic(text).replace("\u00a0", " ").replace("\n", " ")
    return [odd for group in _UNKNOWN.finditer(plain) for odd in _odd(text, plain, group)]


def misprinted_month(between: str) -> str:
    """Give the abbreviations of no month that all the words between a day and a year consist of; else ""."""
    plain = to_arabic(between)
    group = _ONLY_SHAPES.fullmatch(plain)
    return " ".join(_odd(between, plain, group)) if group else ""


def _odd(text: str, plain: str, group: re.Match[str]) -> list[str]:
    found: list[str] = []
    for shape in _ONE_SHAPE.finditer(plain, group.start("all"), group.end("all")):
        letters = _letters(shape[0])
        if letters not in _BY_LETTERS and letters not in _NOT_MONTHS:
            found.append(text[shape.start() : shape.end()].strip())
    return found
