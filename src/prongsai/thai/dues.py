"""Deadlines in prose (ภายในเดือนเมษายน ๒๕๖๖), and words that say how often (ทุกเดือน)."""

import re
from typing import Literal, NamedTuple

from prongsai.thai.date_tokens import tokens
from prongsai.thai.months import MONTH_OPENINGS
from prongsai.thai.numerals import to_arabic
from prongsai.thai.periods import Period, read_period

RecurrenceKind = Literal["weekly", "monthly", "quarterly", "half_yearly", "yearly", "every_months"]
Basis = Literal["stated", "round", "label"]

_CUE = re.compile(r"(?:ให้)?(?:แล้ว)?เสร็จ(?:สิ้น)? ?(?:ภายใน|ใน|ไม่เกิน)|ภาย ?ใน|ไม่เกิน|ไม่ช้ากว่า|อย่างช้า|กำหนดแล้วเสร็จ|กำหนดส่ง")
_TARGET = re.compile(
    r" ?(?:ช่วง|สิ้น|รอบ|ระยะเวลา|กำหนด|ใน|ของ)? ?"
    rf"(?=วัน ?ที่|เดือน|ไตร ?มาส|ปี|[0-9]|{MONTH_OPENINGS}|(?:[ก-ฮ]|เม|มี|มิ)\.)"
)
_REACH = 60  # characters after the cue in which its date must stand
_SHORT = 200  # characters: a text that is a date or period and no more
_RELATIVE = re.compile(r"[0-9]+ ?(?:วัน(?! ?ที่)|เดือน|ปี|สัปดาห์|ชั่วโมง)|วัน ?ที่ ?[0-9]{1,2} ?ของ")


class Recurrence(NamedTuple):
    """How often a duty comes back.

    months: between two of them (1, 3, 6, 12, other), None for weekly. times: how often in that time.
    basis: ``stated`` (ทุกเดือน, ไตรมาสละ ๑ ครั้ง), ``round`` (รอบ ๖ เดือน, which may only describe a report's contents),
    ``label`` (ประจำปี, ประจำเดือน, which may only be part of a name). text[start:end] is where it stands.
    """

    kind: RecurrenceKind
    months: int | None
    times: int
    basis: Basis
    text: str
    start: int
    end: int


_THAI_COUNT = {"หนึ่ง": 1, "สอง": 2, "สาม": 3, "สี่": 4, "หก": 6, "เก้า": 9, "สิบสอง": 12}
_N = "|".join(["[0-9]{1,2}", *sorted(_THAI_COUNT, key=len, reverse=True)])
_UNITS = {"สัปดาห์": None, "อาทิตย์": None, "เดือน": 1, "ไตรมาส": 3, "ปี": 12}
_UNIT = "สัปดาห์|อาทิตย์|เดือน|ไตร ?มาส|ปี"
_STATED = re.compile(
    rf"ทุก ?(?:ๆ ?)?(?P<count>{_N})? ?(?P<every>{_UNIT})(?!งบ)|(?P<per>{_UNIT}) ?ละ ?(?P<times>{_N}) ?(?:ครั้ง|รอบ|หน|ฉบับ)"
    rf"|(?:เป็น)?ราย ?(?P<by>{_UNIT})(?![ก-ฮ]*บุคคล)"
)
_ROUND = re.compile(rf"(?:ทุก ?)?รอบ ?(?:ระยะเวลา ?)?(?P<count>{_N}) ?เดือน(?!แรก|หลัง)|(?:ทุก|ราย) ?(?:ครึ่งปี)")
_LABEL = re.compile(
    r"ประจำ ?(?P<unit>เดือน|ปี)"
    rf"(?! ?(?:งบ|พ ?\.|[0-9]|{MONTH_OPENINGS}|(?:[ก-ฮ]|เม|มี|มิ)\.))"
)


def find_dues(text: str, *, fiscal_year_be: int | None = None) -> list[Period]:
    """Find the deadlines in prose, in order; ``text`` of each is the words that state it.

    The last day of a month, quarter or year; start is None. A month without a year is that month of the fiscal year
    (BE) if one is given, with ``year`` in ``inferred``. ภายใน ๗ วัน and ภายในหน่วยงาน are none.
    """
    plain = to_arabic(text)
    found: list[Period] = []
    cues = list(_CUE.finditer(plain))
    for i, cue in enumerate(cues):
        stop = min(cue.end() + _REACH, cues[i + 1].start() if i + 1 < len(cues) else len(text))
        target = _TARGET.match(plain, cue.end(), stop)
        if target and not _RELATIVE.match(plain, target.end(), stop):
            due = _due_in(text[cue.end() : stop], fiscal_year_be)
            if due:
                printed = text[cue.start() : cue.end()] + due.text
                found.append(due._replace(text=" ".join(printed.split()), start=None))
    return found


def _due_in(words: str, fiscal_year_be: int | None) -> Period | None:
    """Read the deadline at the beginning of some words; its text is the words up to its end."""
    stream = tokens(words)
    last = _last_of_due([(token.kind, bool(token.other)) for token in stream])
    if last < 0:
        return None
    stated = words[: stream[last].end]
    due = read_period(stated, fiscal_year_be=fiscal_year_be)
    return due._replace(text=stated) if due else None


_DUE_KINDS = frozenset(
    {"DAY", "MONTHWORD", "NUMBER", "MONTH", "ERA", "YEAR", "FISCAL", "QUARTER", "SLASH", "ROUND"}
    | {"ISO", "SLASHED", "POINTED"}
)


def _last_of_due(kinds: list[tuple[str, bool]]) -> int:
    """The last token of an unbroken run that can state a deadline; -1 when there is none."""
    last = -1
    for i, (kind, after_words) in enumerate(kinds):
        if kind not in _DUE_KINDS or (after_words and i > 0):
            break
        last = i
    return last


def read_due(text: str, *, fiscal_year_be: int | None = None) -> Period | None:
    """Read the deadline of a text: the first that its prose states, else a text that is a date or period and no more.

    None when it states none (``ทุกเดือน``, ``ภายในระยะเวลาที่กำหนด``). start is None, end the last day.
    """
    dues = find_dues(text, fiscal_year_be=fiscal_year_be)
    if dues:
        return dues[0]
    if len(text) > _SHORT or any(token.other for token in tokens(text)):
        return None
    due = read_period(text, fiscal_year_be=fiscal_year_be)
    return due._replace(start=None) if due else None


def _months(unit: str, count: int) -> int | None:
    per_unit = _UNITS[unit.replace(" ", "")]
    return None if per_unit is None else per_unit * count


def _kind(months: int | None) -> RecurrenceKind:
    if months is None:
        return "weekly"
    names: dict[int, RecurrenceKind] = {1: "monthly", 3: "quarterly", 6: "half_yearly", 12: "yearly"}
    return names.get(months, "every_months")


def _count(text: str | None) -> int:
    return 1 if not text else _THAI_COUNT.get(text) or int(text) or 1


def recurrence(text: str) -> Recurrence | None:
    """Say how often a text wants something done; None when it does not say.

    What is stated goes before a round, a round before a label. รอบ ๖ เดือนแรก names one half year and is none.
    """
    plain = to_arabic(text)
    if found := _STATED.search(plain):
        unit = found["every"] or found["per"] or found["by"]
        months = _months(unit, _count(found["count"]))
        return _recurrence(text, found, months, _count(found["times"]), "stated")
    if found := _ROUND.search(plain):
        return _recurrence(text, found, _count(found["count"]) if found["count"] else 6, 1, "round")
    if found := _LABEL.search(plain):
        return _recurrence(text, found, _months(found["unit"], 1), 1, "label")
    return None


def _recurrence(text: str, found: re.Match[str], months: int | None, times: int, basis: Basis) -> Recurrence:
    start, end = found.span()
    return Recurrence(_kind(months), months, times, basis, text[start:end], start, end)
