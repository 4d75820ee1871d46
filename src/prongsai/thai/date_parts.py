"""The dates of a token list: day, month and year as far as they are printed or shared with a neighbour."""

import re
from collections.abc import Sequence
from datetime import date
from difflib import get_close_matches
from typing import Literal, NamedTuple

from prongsai.thai.date_tokens import Token
from prongsai.thai.fiscal import BE_OFFSET, in_fiscal_year
from prongsai.thai.months import MONTHS, is_misspelt_month, misprinted_month

Kind = Literal["day", "month", "iso", "numeric"]

_CLOCK = re.compile(r"[.:]|น\.")
_COUNTED = re.compile(r"ครั้ง|คน|ราย|เรื่อง|โครงการ|กิจกรรม|วัน|บาท|แห่ง|ชุด|ฉบับ|ข้อ|คะแนน|%|หน่วย|แผน|หลักสูตร|รุ่น|งาน|น\.|[.:]")
_NOT_A_DAY = ("ข้อ", "ข้อที่", "ลำดับ", "ลำดับที่", "ครั้งที่", "ที่", "หมวด", "มาตรา", "หน้า", ".")
_LIKE_A_MONTH = re.compile(r"[ก-๎]{3,12}(?:คม|คน|ยน|พันธ์?)")
_FINISH = re.compile(r"(?:วัน)?สิ้นสุด|เสร็จสิ้น|แล้วเสร็จ")
_JOINTS = frozenset({"DASH", "TO", "AND"})


class Part(NamedTuple):
    """A date as printed. first, next: token numbers; start, end: places in the text; year: Christian.

    day: 0 in a whole month; month 0 one that does not exist, printed as odd_month. year_text: digits printed as a
    year, perhaps unreadable. doubt: of numbers only, day and month in American order, or which century.
    """

    kind: Kind
    first: int
    next: int
    start: int
    end: int
    day: int
    month: int
    year: int | None = None
    year_text: str = ""
    inferred: tuple[str, ...] = ()
    odd_month: str = ""
    doubt: Literal["", "order", "century"] = ""


def christian_year(digits: str, era: str = "") -> int | None:
    """Read year digits: BE 2400–2699, CE 1900–2200, or two digits of BE 25xx; the era, when printed, must agree."""
    if len(digits) == 2 and not era.startswith("ค"):
        return 2500 + int(digits) - BE_OFFSET
    number = int(digits) if len(digits) == 4 else 0
    if 2400 <= number <= 2699 and not era.startswith("ค"):
        return number - BE_OFFSET
    return number if 1900 <= number <= 2200 and not era.startswith("พ") else None


def _year_after(tokens: Sequence[Token], i: int, sure: bool) -> tuple[int | None, str, int]:
    """Read a year at token i; sure: a day stands before, so odd digits are an unreadable year.

    Gives the year, its digits and the number of the token after it.
    """
    j, era = i, ""
    if tokens[j].kind == "YEAR" and tokens[j].joined:
        j += 1
    if tokens[j].kind == "ERA" and tokens[j].joined:
        j, era = j + 1, tokens[j].text
    token = tokens[j]
    if token.kind != "NUMBER" or not token.joined:
        return None, "", i
    after = tokens[j + 1]
    counts = (_CLOCK if sure else _COUNTED).match(after.other)
    day_or_number = after.joined and after.kind in {"MONTH", "MONTHWORD", "SLASH"}
    if len(token.text) != 4 and (counts or day_or_number):
        return None, "", i
    year = christian_year(token.text, era)
    readable_later = sure and len(token.text) != 1 or bool(era) or len(token.text) == 4
    return (year, token.text, j + 1) if year or readable_later else (None, "", i)


def _from_numbers(token: Token, i: int) -> Part | None:
    numbers = re.findall("[0-9]+", token.text)
    kind: Kind = "iso" if token.kind == "ISO" else "numeric"
    year, month, day = numbers if kind == "iso" else reversed(numbers)
    d, m = int(day), int(month)
    if not (1 <= d <= 31 and 1 <= m <= 12) and not (1 <= d <= 12 and 12 < m <= 31):
        return None
    # 5/3/24 may be BE 2524 or CE 2024: two digits are only sure where the other century would lie ahead of us all
    doubtful = len(year) == 2 and int(year) < 44
    part = Part(kind, i, i + 1, token.start, token.end, d, m, christian_year(year), year)
    return part._replace(doubt="order" if m > 12 else "century" if doubtful else "")


def _month_at(tokens: Sequence[Token], i: int, day: int | None, first: int) -> Part | None:
    j = i + 1 if tokens[i].kind == "MONTHWORD" else i
    token = tokens[j]
    if token.kind != "MONTH" or (j > i and not token.joined):
        return None
    named = "." not in token.text or j > i or day is not None  # "ก.พ." alone is also the Civil Service Commission
    year, digits, after = _year_after(tokens, j + 1, sure=day is not None)
    if not named and not digits and tokens[j + 1].kind not in _JOINTS:
        return None
    inferred = ("month_spelling",) if is_misspelt_month(token.text) else ()
    end = tokens[after - 1].end
    kind: Kind = "month" if day is None else "day"
    return Part(kind, first, after, tokens[first].start, end, day or 0, token.value, year, digits, inferred)


def _misread_month(text: str, tokens: Sequence[Token], i: int) -> Part | None:
    """A day, something shaped like a month that is none, and a Buddhist year."""
    for j in range(i + 1, min(i + 6, len(tokens) - 1)):
        if tokens[j].kind == "NUMBER" and len(tokens[j].text) == 4 and tokens[j].text[:2] in {"24", "25", "26"}:
            break
    else:
        return None
    between = " ".join(text[tokens[i].end : tokens[j].start].split())
    printed = misprinted_month(between)
    if not printed and _LIKE_A_MONTH.fullmatch(between) and get_close_matches(between, MONTHS, 1, 0.75):
        printed = between
    if not printed:
        return None
    year = christian_year(tokens[j].text)
    part = Part("day", i, j + 1, tokens[i].start, tokens[j].end, tokens[i].value, 0, year, tokens[j].text)
    return part._replace(odd_month=printed)


def _day_at(text: str, tokens: Sequence[Token], i: int, found: Sequence[Part | None]) -> Part | None:
    token, after = tokens[i], tokens[i + 1]
    if after.kind in {"MONTH", "MONTHWORD"} and after.joined and (part := _month_at(tokens, i + 1, token.value, i)):
        return part
    if token.value > 31 or token.value < 1 or len(token.text) > 2:
        return None
    if part := _misread_month(text, tokens, i):
        return part
    if after.kind not in _JOINTS or not after.joined or token.other.endswith(_NOT_A_DAY):
        return None
    j = i + 3 if tokens[i + 2].kind == "DAY" else i + 2
    shared = found[j] if j < len(found) else None
    if not shared or not shared.day or not shared.month or shared.kind != "day" or not tokens[j].joined:
        return None
    if after.kind == "AND" and tokens[i - 1].kind not in {"DAY", "AND", "DASH"}:
        return None
    inferred = tuple(dict.fromkeys(("month", "year", *shared.inferred)))
    return shared._replace(first=i, next=i + 1, start=token.start, end=token.end, day=token.value, inferred=inferred)


def _joined_to(tokens: Sequence[Token], i: int, found: Sequence[Part | None]) -> Part | None:
    """The date that follows token i after a dash, "to" or "ending on"."""
    j = i
    while j < len(tokens) - 1 and j < i + 4:
        token = tokens[j]
        if token.other and not _FINISH.search(token.other):
            return None
        if j > i and found[j] is not None:
            return found[j]
        if token.kind not in {"DASH", "TO", "AND", "DAY"} and not token.other:
            return found[j]
        j += 1
    return None


def parts(text: str, tokens: Sequence[Token], fiscal_year_be: int | None = None) -> list[Part]:
    """List the dates and months of a text, in order, sharing a month or year over a dash where one is left out."""
    found: list[Part | None] = [None] * len(tokens)
    for i in range(len(tokens) - 2, -1, -1):  # from the right, so that a date can lend to the one before it
        kind = tokens[i].kind
        part: Part | None = None
        if kind in {"ISO", "SLASHED", "POINTED"}:
            part = _from_numbers(tokens[i], i)
        elif kind == "NUMBER":
            part = _day_at(text, tokens, i, found)
        elif kind in {"MONTH", "MONTHWORD"}:
            part = _month_at(tokens, i, None, i)
        if part and part.year is None and not part.year_text:
            lender = _joined_to(tokens, part.next, found)
            if lender and lender.year and bool(lender.day) == bool(part.day):
                part = part._replace(year=lender.year, inferred=(*part.inferred, "year"))
        found[i] = part
    return _in_order(tokens, found, fiscal_year_be)


def _follows(tokens: Sequence[Token], before: Part, after: Part) -> bool:
    """Whether only a dash or "to" stands between two dates."""
    between = tokens[before.next : after.first + 1]
    signs = [token.kind for token in between[:-1]]
    return bool(signs) and set(signs) <= {"DASH", "TO", "DAY"} and not any(token.other for token in between)


def _in_order(tokens: Sequence[Token], found: Sequence[Part | None], fiscal_year_be: int | None) -> list[Part]:
    """Take the dates from the left; one still without a year takes it from the date before, else the fiscal year."""
    ordered: list[Part] = []
    i = 0
    while i < len(found):
        part = found[i]
        i = part.next if part else i + 1
        if not part:
            continue
        if part.year is None and not part.year_text and part.month:
            if ordered and ordered[-1].year and _follows(tokens, ordered[-1], part):
                part = part._replace(year=ordered[-1].year, inferred=(*part.inferred, "year"))
            elif fiscal_year_be:
                year = in_fiscal_year(part.month, fiscal_year_be)
                part = part._replace(year=year, inferred=(*part.inferred, "year"))
        ordered.append(part)
    return ordered


def days_in(year: int, month: int) -> int:
    """Count the days of a month of a Christian year."""
    return (date(year + month // 12, month % 12 + 1, 1) - date(year, month, 1)).days
