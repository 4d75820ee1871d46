"""What the cells of a row say: periods, due items, dates of work done, ticked boxes, indicator and score in a title."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from operator import itemgetter
from typing import Generic, TypeVar

from prongsai.documents.model import Line, Mark
from prongsai.errors import Problem, Where
from prongsai.reports.boxes import is_status_label, status_of
from prongsai.reports.lists import Items, read_items
from prongsai.reports.records import DatedText, ProgressStatus, Span
from prongsai.thai.dates import find_dates, read_due, read_period, recurrence
from prongsai.thai.numerals import read_number, read_score, to_arabic
from prongsai.thai.text import collapse, squeeze

PERIOD_LENGTH_MAX = 600
_DONE_LABEL = re.compile(r"^(ดำเนินการ(แล้วเสร็จ)?เมื่อ|เมื่อ|แล้วเสร็จเมื่อ)\s*")
_INDICATOR = re.compile(r"ตัวชี้วัด(?:ที่)?\s*(\d{1,2})(?!\d|\.\d)\s*[:：.)]*\s*|^\s*[iI]\s?(\d{1,2})(?=\s)\s*")
_SCORES_IN_TITLE = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?:ได้)?(?:ผล)?คะแนน(?:ที่ได้|เฉลี่ย|รวม)?(?:ร้อยละ)?\s*[:=]?\s*(\d{1,3}(?:\.\d+)?)(?!\d)(?:\s*(?:คะแนน|%))?",
        r"(?:ได้|คิดเป็น|อยู่ที่)?\s*ร้อยละ\s*[:=]?\s*(\d{1,3}(?:\.\d+)?)(?!\d)",
        r"(?:ได้|=|:)?\s*(?<![\d.])(\d{1,3}(?:\.\d+)?)\s*(?:คะแนน|%)",
        r"\(\s*=?\s*(\d{1,3}\.\d{1,2})\s*\)\s*$",
        r"(?:[:=]|\s[-–]|\sได้)\s*(\d{1,3}(?:\.\d{1,2})?)\s*$",
        r"\s(\d{2,3}\.\d{1,2})\s*$",
    )
)
_SCORE_CELL = re.compile(
    r"(?:ได้|คะแนน|ร้อยละ|\s|\()*(\d{1,3}(?:\.\d+)?)\s*\)?\s*(?:/\s*100(?:\.0+)?|คะแนน|%)?\s*(?:ระดับ\s*)?"
    r"(?:\(?[ก-๙A-Z +]{1,24}\)?)?"
)
_NO_SCORE = re.compile(r"(?:เป้าหมาย|เกณฑ์|ไม่น้อยกว่า|ไม่ต่ำกว่า|ต่ำกว่า|มากกว่า|เพิ่มขึ้น|ลดลง|ขึ้นไป)\s*$")
LEADING = re.compile(r"^\(?(\d{1,2})(?:\s*[.)]\s*|\s+)(?=[ก-๙])")
_EMPTY_BRACKETS = re.compile(r"[(\[]\s*[)\]]")
_ROUND_ZERO = re.compile(r"(?<=[\d.])[○◯〇]+|[○◯〇]+(?=[\d.])")
_NOTHING = frozenset({"", "-", "–", "—"})


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """A value with what is wrong about the words it was read from."""

    value: T
    problems: tuple[Problem, ...] = ()


def read_span(text: str, fiscal_year_be: int | None, where: Where) -> Reading[Span | None]:
    """Read a period cell; a deadline or single date in place of a period has no start."""
    text = collapse(text)
    if squeeze(text) in _NOTHING:
        return Reading(None)
    period = read_period(text, fiscal_year_be=fiscal_year_be) if len(text) <= PERIOD_LENGTH_MAX else None
    if period is None:
        return Reading(Span(text, None, None))
    problems = (period.problem.at(where),) if period.problem else ()
    return Reading(Span(text, period.start, period.end, period.inferred), problems)


def read_due_items(
    lines: Iterable[Line], fiscal_year_be: int | None, where: Where
) -> tuple[tuple[DatedText, ...], Items, tuple[Problem, ...]]:
    """Read the due items of a cell, each with its deadline and how often it recurs."""
    items = read_items(lines)
    due: list[DatedText] = []
    problems: list[Problem] = []
    for text in items.texts:
        period = read_due(text, fiscal_year_be=fiscal_year_be)
        often = recurrence(text)
        due.append(
            DatedText(
                text,
                period.end if period else None,
                often.kind if often else None,
                period.inferred if period else (),
            )
        )
        problems += [period.problem.at(where)] if period and period.problem else []
    return tuple(due), items, tuple(problems)


def read_done_items(
    lines: Iterable[Line], fiscal_year_be: int | None, where: Where
) -> tuple[tuple[DatedText, ...], tuple[Problem, ...]]:
    """Read the dates of work done; every date is an entry, words without a date are one each.

    Beside dates, only a paragraph that says that a thing is not done yet is an entry of its own.
    """
    words = [line for line in lines if line.mark in (Mark.NONE, Mark.ITEM)]
    text = collapse(" ".join(line.text for line in words))
    found = find_dates(text, fiscal_year_be=fiscal_year_be)
    if not found and squeeze(text) not in _NOTHING:
        return tuple(DatedText(item, None) for item in read_items([Line(text)]).texts), ()
    done = list(_open_items(words))
    problems: list[Problem] = []
    for entry in found:
        printed = _with_label(text, entry.start, entry.end)
        done.append((entry.start, DatedText(printed, entry.reading.value, inferred=entry.reading.inferred)))
        problems += [entry.reading.problem.at(where)] if entry.reading.problem else []
    return tuple(item for _, item in sorted(done, key=itemgetter(0))), tuple(problems)


def _open_items(words: Iterable[Line]) -> Iterator[tuple[int, DatedText]]:
    """Give the paragraphs that only say that a thing is not done yet, each with its place in the joined words."""
    at = 0
    for line in words:
        text = collapse(line.text)
        if is_status_label(text) and status_of(text) is not ProgressStatus.DONE:
            yield at, DatedText(text, None)
        at += len(text) + 1


def _with_label(text: str, start: int, end: int) -> str:
    """Give a date with the word "วันที่" that stands before it."""
    before = text[:start].rstrip()
    if before.endswith("วันที่"):
        start = len(before) - len("วันที่")
    return _DONE_LABEL.sub("", text[start:end]).strip()


def read_score_cell(text: str) -> Decimal | None:
    """Read a score with what offices print beside it: "(93.18)", "93.18/100", "93.18 (ผ่านดี)"."""
    score = read_score(text)
    found = _SCORE_CELL.fullmatch(collapse(plain_digits(text))) if score is None else None
    return Decimal(found.group(1)) if found else score


def is_score_lost(text: str) -> bool:
    """Whether a cell prints a number that cannot be read as its score."""
    return read_score_cell(text) is None and any(letter.isdecimal() for letter in text)


def plain_digits(text: str) -> str:
    """Give the text with Arabic digits; a circle that touches a digit or a decimal point is a zero. Places stay."""
    return _ROUND_ZERO.sub(lambda found: "0" * len(found.group()), to_arabic(text))


def read_indicator_title(text: str) -> tuple[int | None, str, Decimal | None]:
    """Take "ตัวชี้วัดที่ 4 … คะแนน 92.87" apart into number, title and score, however the office writes the score."""
    arabic = plain_digits(text)
    score = None
    scored = _score_in(arabic)
    if scored:
        score = read_number(scored.group(1))
        text, arabic = _without(text, scored), _without(arabic, scored)
    numbered = _INDICATOR.search(arabic)
    number = int(numbered.group(1) or numbered.group(2)) if numbered else None
    if numbered:
        text = text[numbered.end() :]
    return number, _title(text), score


def _score_in(text: str) -> re.Match[str] | None:
    """Find the one score (0–100) in a title; none where it names a target, or two scores that differ."""
    for pattern in _SCORES_IN_TITLE:
        found = [
            one
            for one in pattern.finditer(text)
            if Decimal(one.group(1)) <= 100 and not _NO_SCORE.search(text[: one.start()])
        ]
        if found:
            return found[0] if len({Decimal(one.group(1)) for one in found}) == 1 else None
    return None


def _title(text: str) -> str:
    """Give a title without what its score leaves: brackets around nothing, marks at its ends."""
    text = collapse(_EMPTY_BRACKETS.sub(" ", text)).strip(" -–:=,")
    if text.startswith("(") and text.endswith(")") and text.count("(") == 1:
        text = text[1:-1]
    text = text if text.count("(") == text.count(")") else text.strip("()")
    return collapse(text).strip(" -–:=,")


def _without(text: str, found: re.Match[str]) -> str:
    return text[: found.start()] + text[found.end() :]


def words_or_none(text: str) -> str | None:
    """Give the words of a cell, None for an empty one or a dash."""
    text = collapse(text)
    return None if squeeze(text) in _NOTHING else text
