"""Numbers of official letters and orders: ``ลบ ๕๒๐๐๑.๒๐/ว ๑๒๓``, ``๒๐๙/๒๕๖๓``."""

import re
from typing import NamedTuple

from prongsai.thai.numerals import to_arabic

_LETTER = re.compile(
    r"(?P<prefix>[ก-ฮ]{2,3})\.? ?(?P<unit>[0-9]{4,5}(?: ?\. ?[0-9]{1,3}){0,3}) ?/ ?(?P<circular>ว ?)?"
    r"(?P<number>[0-9]{1,6})(?: ?/ ?(?P<year>2[4-6][0-9]{2}))?(?![0-9/])"
)
_ORDER = re.compile(r"(?P<circular>ว ?)?(?P<number>[0-9]{1,6}) ?/ ?(?P<year>2[4-6][0-9]{2})(?![0-9/])")
_LEAD = re.compile(r"(?:(?:ด่วน(?:ที่สุด|มาก)?|ลับ(?:ที่สุด|มาก)?|หนังสือ|คำสั่ง) ?)*(?:ที่ ?)?[ .…]*")


class LetterNumber(NamedTuple):
    """A letter's number. prefix: letters of province or ministry, unit_code: as printed, with its points.

    An order has neither but a year (BE). circular: marked ว, a running series of its own.
    """

    prefix: str | None
    unit_code: str | None
    circular: bool
    number: int
    year: int | None
    raw: str


def read_letter_number(text: str) -> LetterNumber | None:
    """Read the number at the beginning of a text, after ``ที่``, urgency and dot leaders; None when none stands there."""
    plain = " ".join(to_arabic(text).split())
    original = " ".join(text.split())
    lead = _LEAD.match(plain)
    at = lead.end() if lead else 0
    found = _LETTER.match(plain, at) or _ORDER.match(plain, at)
    if not found:
        return None
    parts = found.groupdict()
    unit = parts.get("unit")
    return LetterNumber(
        parts.get("prefix"),
        unit.replace(" ", "") if unit else None,
        bool(parts["circular"]),
        int(parts["number"]),
        int(parts["year"]) if parts["year"] else None,
        original[found.start() : found.end()],
    )
