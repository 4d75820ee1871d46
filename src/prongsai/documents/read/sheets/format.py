"""Numbers and dates of a sheet as a person sees them through a number format.

Formats: ECMA-376 part 1, 18.8.30 and 18.8.31. What a format says beyond digits, percent, dates and words around them is
left out: the number is then shown as it is. A date is shown in the Thai way, which is what readers of Thai papers read.
"""

import re
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple

from prongsai.documents.read.sheets.grid import Entry
from prongsai.thai.dates import format_date
from prongsai.thai.numerals import to_thai

GENERAL = "General"
BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    **dict.fromkeys((14, 16, 17, *range(27, 37), *range(50, 59)), "d/m/yyyy"),
    15: "d mmm yyyy",
    **dict.fromkeys((18, 19, 20, 21, 45, 47), "h:mm"),
    22: "d/m/yyyy h:mm",
    **dict.fromkeys((37, 38), "#,##0;(#,##0)"),
    **dict.fromkeys((39, 40), "#,##0.00;(#,##0.00)"),
    **dict.fromkeys((41, 42), "#,##0"),
    **dict.fromkeys((43, 44), "#,##0.00"),
    46: "[h]:mm",
    59: "t0",
    60: "t0.00",
    61: "t#,##0",
    62: "t#,##0.00",
    67: "t0%",
    68: "t0.00%",
    **dict.fromkeys((71, 72, 74, 81), "t d/m/yyyy"),
    73: "t d mmm yyyy",
    **dict.fromkeys((75, 76, 77), "t h:mm"),
}
BUDDHIST_TYPED_FROM = 2400
"""A year of the common era from here on is one of the Buddhist era that was typed as it stands."""
WHOLE_DIGITS_MAX = 14
DECIMALS_MAX = 12

_SPOKEN = re.compile(r'"([^"]*)"|\\(.)|[_*].|\[([^\]]*)\]')
_THAI_DIGITS = re.compile(r"\[\$-D[0-9A-F]{5,6}\]|^\s*t(?=[ #0dmyhb])", re.IGNORECASE)
_THAI_PREFIX = re.compile(r"^\s*t(?=[ #0])")
_DATE_LETTER = re.compile(r"[dmyhsb]", re.IGNORECASE)
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_FIGURE = re.compile(r"(?P<whole>[#0?,]+)(?P<part>\.[#0?]*)?(?P<percent>\s*%)?")
_PLAIN_SIGNS = frozenset(" -+()/:!$฿")
_WORDS_SIGN = "\0"


class _Figure(NamedTuple):
    """How one section of a format prints a number. whole, part: its signs for digits; None when it prints none."""

    before: str
    after: str
    whole: str | None = None
    part: str = ""
    is_percent: bool = False


def entry_of(number: float, code: str, *, is_1904: bool = False) -> Entry:
    """Give what a person sees of a number in a format, and its value: a day when the format is one of dates."""
    if not is_date_format(code):
        value = _decimal(number)
        return Entry(shown_number(value, code), value)
    if _ELAPSED.search(code):
        return Entry(_duration(number))
    moment = _moment(number, is_1904=is_1904)
    return entry_of_moment(moment, code) if moment else Entry(shown_number(_decimal(number), GENERAL), _decimal(number))


def entry_of_moment(moment: datetime, code: str = "") -> Entry:
    """Give what a person sees of a moment: the day in Thai, the time when there is one."""
    has_time = (moment.hour, moment.minute) != (0, 0)
    time = f"{moment:%H:%M}" if has_time else ""
    if moment.date() < date(1900, 1, 1):
        return Entry(_in_digits(f"{moment:%H:%M}", code))
    day = _day(moment)
    if day is None:
        return Entry(f"{moment.day}/{moment.month}/{moment.year} {time}".strip())
    return Entry(_in_digits(f"{shown_date(day, code)} {time}".strip(), code), day)


def is_year_typed_be(number: float, *, is_1904: bool = False) -> bool:
    """Whether a day number lies in a year of the Buddhist era that was typed as it stands."""
    moment = _moment(number, is_1904=is_1904)
    return moment is not None and moment.year >= BUDDHIST_TYPED_FROM


def shown_date(day: date, code: str) -> str:
    """Print a day in Thai as a format says: whole or short month, พ.ศ. or not, Thai digits or not."""
    lower = code.lower()
    style = "full_be" if "พ.ศ." in code else "abbr" if "mmm" in lower and "mmmm" not in lower else "full"
    return format_date(day, style, digits="thai" if _THAI_DIGITS.search(code) else "arabic")  # type: ignore[arg-type]


def shown_number(value: Decimal, code: str) -> str:
    """Print a number in a format; one that the format cannot be read for is printed as it is."""
    section, number = _section(code, value)
    figure = _figure(section)
    if figure is None:
        return _in_digits(_plain(value), code)
    return _in_digits(_printed(number, figure).strip(), code)


@lru_cache(maxsize=1024)
def is_date_format(code: str) -> bool:
    """Whether a format prints a number as a day or a time."""
    if "general" in code.lower():
        return False
    bare = _SPOKEN.sub(lambda found: found[0] if _ELAPSED.fullmatch(found[0]) else "", code.partition(";")[0])
    return _DATE_LETTER.search(bare) is not None


def _in_digits(text: str, code: str) -> str:
    return to_thai(text) if _THAI_DIGITS.search(code) else text


def _decimal(number: float) -> Decimal:
    """Give a number with the fifteen digits that a sheet keeps."""
    try:
        value = Decimal(f"{number:.15g}")
    except InvalidOperation:
        return Decimal(0)
    return value if value.is_finite() else Decimal(0)


def _plain(value: Decimal) -> str:
    if value == 0:
        return "0"
    if not -10 <= value.adjusted() <= 20:
        return f"{value:E}"
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _section(code: str, value: Decimal) -> tuple[str, Decimal]:
    """Give the part of a format for a number of its sign, and the number that is printed by it."""
    sections = code.split(";")
    if value < 0 and len(sections) > 1 and sections[1].strip():
        return sections[1], -value
    if value == 0 and len(sections) > 2 and sections[2].strip():
        return sections[2], value
    return sections[0], value


@lru_cache(maxsize=1024)
def _figure(section: str) -> _Figure | None:
    """Read a section of a format; None when it is General or says more than is known here."""
    bare, spoken = _bare(section)
    figures = list(_FIGURE.finditer(bare))
    if len(figures) > 1 or (not figures and not spoken):
        return None
    found = figures[0] if figures else None
    start, end = found.span() if found else (len(bare), len(bare))
    if not set(bare[:start] + bare[end:]) <= _PLAIN_SIGNS | {_WORDS_SIGN}:
        return None
    words = iter(spoken)
    before, after = (
        "".join(next(words) if sign == _WORDS_SIGN else sign for sign in side) for side in (bare[:start], bare[end:])
    )
    if found is None:
        return _Figure(before, after)
    whole, part, percent = found["whole"], (found["part"] or ".")[1:], found["percent"] or ""
    if whole.endswith(",") or len(part) > DECIMALS_MAX:
        return None
    return _Figure(before, percent + after, whole, part, bool(percent))


def _bare(section: str) -> tuple[str, list[str]]:
    """Part a section into its signs, with a mark for words that are printed as they stand, and those words."""
    spoken: list[str] = []

    def keep(found: re.Match[str]) -> str:
        quoted, escaped, bracket = found.groups()
        words = bracket[1:].partition("-")[0] if (bracket or "").startswith("$") else quoted or escaped or ""
        spoken.extend([words] if words else [])
        return _WORDS_SIGN if words else ""

    return _SPOKEN.sub(keep, _THAI_PREFIX.sub("", section.replace(_WORDS_SIGN, ""))), spoken


def _printed(number: Decimal, figure: _Figure) -> str:
    if figure.whole is None:
        return f"{figure.before}{figure.after}"
    scaled = number * 100 if figure.is_percent else number
    if scaled.adjusted() > WHOLE_DIGITS_MAX:
        return f"{figure.before}{_plain(scaled)}{figure.after}"
    rounded = scaled.quantize(Decimal(1).scaleb(-len(figure.part)), ROUND_HALF_UP)
    whole, _, part = f"{abs(rounded):f}".partition(".")
    digits, least = figure.whole.count("0"), len(figure.part.rstrip("#?"))
    whole = whole.zfill(digits) if digits else whole.lstrip("0")
    if "," in figure.whole and len(whole) > 3:
        whole = f"{int(whole):,}"
    part = part[:least] + part[least:].rstrip("0")
    return f"{'-' if rounded < 0 else ''}{figure.before}{whole}{'.' if part else ''}{part}{figure.after}"


def _moment(number: float, *, is_1904: bool) -> datetime | None:
    """Give the moment of a day number (ECMA-376 part 1, 18.17.4); None out of its calendar."""
    if not 0 <= number < 2_958_466:
        return None
    start = datetime(1904, 1, 1) if is_1904 else datetime(1899, 12, 31) if number < 60 else datetime(1899, 12, 30)
    seconds = round((number - int(number)) * 86_400)
    try:
        return start + timedelta(days=int(number), seconds=seconds)
    except OverflowError:
        return None


def _day(moment: datetime) -> date | None:
    """Give the day of a moment, of a Buddhist year typed as it stands too; None when that year has no such day."""
    if moment.year < BUDDHIST_TYPED_FROM:
        return moment.date()
    try:
        return date(moment.year - 543, moment.month, moment.day)
    except ValueError:
        return None


def _duration(number: float) -> str:
    minutes = round(abs(number) * 1440) if abs(number) < 1e9 else 0
    return f"{minutes // 60}:{minutes % 60:02d}"
