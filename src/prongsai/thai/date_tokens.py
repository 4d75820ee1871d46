"""Cut a text into the words and numbers that dates and periods are made of, in one linear pass."""

import re
from functools import lru_cache
from typing import NamedTuple

from prongsai.thai.months import MONTH_MISSPELLINGS, MONTHS, MONTHS_SHORT, month_number
from prongsai.thai.numerals import to_arabic

_ZERO_WIDTH = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_BLANKS = dict.fromkeys(map(ord, "\u00a0\u2007\u202f\t\r\n\v\f"), " ")


class Token(NamedTuple):
    """A piece of a text. kind: what it may be; text: with Arabic digits; start, end: in the original.

    value: the number of a NUMBER, 1–12 of a MONTH, else 0. other: the text skipped since the token before.
    """

    kind: str
    text: str
    value: int
    start: int
    end: int
    other: str

    @property
    def joined(self) -> bool:
        """Whether nothing but white space stands between this token and the one before."""
        return not self.other


def _loose(word: str) -> str:
    """A pattern for a word that may be wrapped over two lines: a space is allowed between any letters."""
    return " ?".join(map(re.escape, word))


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    names = sorted([*MONTHS, *MONTH_MISSPELLINGS], key=len, reverse=True)
    full = "|".join(_loose(name) for name in names)
    pairs = [short.rstrip(".").split(".") for short in MONTHS_SHORT]
    dotted = "|".join(rf"{a} ?\. ?{b}(?: ?\.|(?![ก-๎]))|{a}{b} ?\." for a, b in pairs)
    bare = "|".join(a + b for a, b in pairs)
    not_in_a_word = r"(?:(?<![ก-๎])(?<![ก-๎]\.)|(?<=เดือน)|(?<=วันที่)|(?<=ต้น)|(?<=สิ้น))"
    before_era = r"(?:(?<![ก-๎])|(?<=ปี)|(?<=คม)|(?<=ยน)|(?<=นธ์)|(?<=มาณ))"
    era = r"พ ?[.,] ?ศ ?[.,]?|พศ\.|พุทธศักราช|ค ?[.,] ?ศ ?[.,]?|คศ\.|คริสต์ศักราช"
    kinds = {
        "ISO": r"(?<![0-9/.-])[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?![0-9/]|-[0-9])",
        "SLASHED": r"(?<![0-9/.])[0-9]{1,2} ?/ ?[0-9]{1,2} ?/ ?(?:[0-9]{4}|[0-9]{2})(?![0-9/])",
        "POINTED": r"(?<![0-9/.-])(?:[0-9]{1,2}-[0-9]{1,2}-|[0-9]{1,2}\.[0-9]{1,2}\.)[0-9]{4}(?![0-9/.-])",
        "TIME": r"[0-9]{1,2}[.:][0-9]{2} ?(?:น\.|นาฬิกา)",
        "MONTH": f"{full}|{not_in_a_word}(?:{dotted})|(?:(?<=[0-9])|(?<=[0-9] )|(?<=เดือน))(?:{bare})(?![ก-๎.])",
        "ERA": f"{before_era}(?:{era})",
        "FISCAL": r"ปีงบ ?ประมาณ|ปีงบฯ|ปี ?งป\.?|ปีงบ",
        "QUARTER": r"ไตร ?มาส ?(?:ที่)?",
        "ROUND": r"(?:รอบ ?(?:ระยะเวลา)? ?)?(?<![0-9])(?:6|9|12|หก|เก้า|สิบสอง) ?เดือน(?:แรก|หลัง)?|ครึ่ง(?:ปี)? ?(?:แรก|หลัง)",
        "ALLYEAR": r"(?:ตลอด ?(?:ทั้ง)? ?|ทั้ง ?)ปี(?!งบ)",
        "WITHIN": r"ภาย ?ใน|ไม่เกิน|อย่างช้า|ไม่ช้ากว่า",
        "DAY": r"วัน ?ที่",
        "MONTHWORD": r"เดือน",
        "TO": r"จน ?ถึง|ไป ?ถึง|ถึง",
        "AND": r"และ|กับ|,",
        "NUMBER": r"[0-9]+",
        "DASH": r"[-‐‑–—−~]+",
        "SLASH": r"/",
        "YEAR": r"ปี",
        "OPEN": r"[(\[]",
        "CLOSE": r"[)\]]",
    }  # fmt: skip
    return re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in kinds.items()))


def _without_zero_width(text: str) -> tuple[str, list[int] | None]:
    if not _ZERO_WIDTH.search(text):
        return text, None
    kept = [i for i, character in enumerate(text) if not _ZERO_WIDTH.match(character)]
    return "".join(text[i] for i in kept), [*kept, len(text)]


def _value(kind: str, text: str) -> int:
    if kind == "NUMBER":
        return int(text) if len(text) <= 9 else -1
    return (month_number(text) or 0) if kind == "MONTH" else 0


def tokens(text: str) -> list[Token]:
    """Cut a text; places are those of the original, whatever zero-width characters it holds."""
    clean, places = _without_zero_width(text)
    plain = to_arabic(clean).translate(_BLANKS)
    found: list[Token] = []
    last = 0
    for match in _pattern().finditer(plain):
        kind, piece = match.lastgroup or "", match[0]
        start, end = match.span()
        other = plain[last:start].strip()
        if places:
            start, end = places[start], places[end - 1] + 1
        found.append(Token(kind, piece, _value(kind, piece), start, end, other))
        last = match.end()
    rest = plain[last:].strip()
    found.append(Token("END", "", 0, len(text), len(text), rest))
    return found
