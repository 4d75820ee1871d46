"""Periods in Thai print: ranges of days and months, quarters, half years, fiscal years, and a due date in their place.

As printed, never moved: a shared year that makes a period end before it starts stays, with the Problem PERIOD_REVERSED.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from prongsai.errors import Problem, Severity
from prongsai.thai.date_parts import Part, christian_year, parts
from prongsai.thai.date_tokens import Token, tokens
from prongsai.thai.days import reading_of
from prongsai.thai.fiscal import BE_OFFSET, Span, first_months, fiscal_year, half, month_span, quarter
from prongsai.thai.numerals import to_arabic


class Period(NamedTuple):
    """A period as printed and as read; both days inside. A due date has start None.

    inferred: what was not printed: ``year`` or ``month`` (shared with a neighbour, or from the fiscal year),
    ``fiscal_year`` (not printed, or a year that does not say that it is one), ``century`` (two-digit year),
    ``half`` (รอบ ๖ เดือน without แรก or หลัง is the first), ``between`` (quarters named singly, with a gap).
    """

    text: str
    start: date | None
    end: date | None
    problem: Problem | None = None
    inferred: tuple[str, ...] = ()


_FINISH = re.compile(r"สิ้นสุด|เสร็จสิ้น|แล้วเสร็จ|ถึง")
_FROM = re.compile(r"ตั้งแต่|เริ่ม")
_ONWARDS = re.compile(r"เป็นต้นไป")
_HOW_OFTEN = re.compile(r"ทุก ?(?:ๆ ?)?(?:รอบ|ไตร ?มาส|[0-9๐-๙])|ไตร ?มาส ?ละ|ราย ?ไตร ?มาส")  # not when, but how often
_NAMED_QUARTER = re.compile("[0-9]|แรก|สุดท้าย")
_NAMED_ROUND = re.compile("รอบ|แรก|หลัง|ครึ่ง")
_CONNECTORS = frozenset({"DASH", "TO"})
_COUNT_WORDS = {"หก": 6, "เก้า": 9, "สิบสอง": 12}


def _unreadable(printed: str, why: str, why_th: str) -> Problem:
    return Problem(
        "PERIOD_UNREADABLE", Severity.WARNING, f"{printed}: {why}", f"“{printed}” {why_th}",
        evidence=(printed,), mend="State the first and last day.", mend_th="ระบุวันเริ่มต้นและวันสิ้นสุด",
    )  # fmt: skip


def _reversed(printed: str, start: date, end: date, shared: bool) -> Problem:
    hint = " The year printed once may belong to the end only." if shared else ""
    hint_th = " ปีที่พิมพ์ครั้งเดียวอาจเป็นของวันสิ้นสุดเท่านั้น" if shared else ""
    return Problem(
        "PERIOD_REVERSED", Severity.ERROR,
        f"{printed}: it ends {(start - end).days} days before it starts",
        f"“{printed}” สิ้นสุดก่อนวันเริ่มต้น {(start - end).days} วัน",
        evidence=(printed,), arithmetic=f"{end.isoformat()} − {start.isoformat()} = {(end - start).days}",
        mend=f"Check both years.{hint}", mend_th=f"ตรวจปีของทั้งสองวัน{hint_th}",
    )  # fmt: skip


def _settled(printed: str, start: date | None, end: date | None, inferred: Sequence[str]) -> Period:
    """Give the period, with the Problem when it runs backwards."""
    problem = None
    if start and end and end < start:
        problem = _reversed(printed, start, end, "year" in inferred)
    return Period(printed, start, end, problem, tuple(dict.fromkeys(inferred)))


def _span_of(part: Part, text: str) -> tuple[Span | None, Problem | None, tuple[str, ...]]:
    """Give first and last day of a part: one day, or a whole month."""
    if part.kind == "month" and part.year is not None:
        century = ("century",) if len(part.year_text) == 2 else ()
        return month_span(part.year, part.month), None, (*part.inferred, *century)
    reading = reading_of(part._replace(day=part.day or 1), text)
    span = Span(reading.value, reading.value) if reading.value else None
    return span, reading.problem, reading.inferred


def _connected(stream: Sequence[Token], first: Part, second: Part) -> bool:
    """Whether the words between two dates say that the second ends what the first began."""
    between = stream[first.next : second.first + 1]
    words = "".join(token.other for token in between)
    signs = {token.kind for token in between[:-1]}
    if _FINISH.search(words):
        return True
    return bool(signs & _CONNECTORS) and signs <= {"DASH", "TO", "DAY"} and not words


def _left_over(stream: Sequence[Token], found: Sequence[Part]) -> bool:
    """Whether numbers stand outside the dates that a dash ties to them, or that look like a year of theirs."""
    inside = {k for part in found for k in range(part.first, part.next)}
    for i, token in enumerate(stream):
        if token.kind != "NUMBER" or i in inside:
            continue
        before, after = stream[i - 1].kind if i else "END", stream[i + 1]
        if (before == "DASH" and token.joined) or (after.kind == "DASH" and after.joined):
            return True
        if 2400 <= token.value <= 2699 and before not in {"FISCAL", "YEAR", "ERA", "SLASH", "ALLYEAR"}:
            return True
    return False


def _from_parts(printed: str, text: str, stream: Sequence[Token], found: list[Part]) -> Period:
    problems: list[Problem] = []
    inferred: list[str] = []
    spans: list[Span | None] = []
    for part in found:
        span, problem, taken = _span_of(part, text)
        spans.append(span)
        inferred += taken
        problems += [problem] if problem else []
    if _left_over(stream, found):
        why = "numbers stand beside the dates that belong to none of them"
        return Period(printed, None, None, _unreadable(printed, why, "มีตัวเลขข้างวันที่ที่อ่านไม่ได้"))
    if len(found) == 1:
        return _one(printed, stream, found[0], spans[0], problems, inferred)
    if len(found) > 2 or not _connected(stream, found[0], found[1]):
        why = f"{len(found)} dates without a word that joins them"
        return Period(printed, None, None, _unreadable(printed, why, f"มี {len(found)} วันที่ที่ไม่บอกว่าช่วงใด"))
    start, end = spans[0] and spans[0].start, spans[1] and spans[1].end
    if problems:
        return Period(printed, start, end, problems[0], tuple(dict.fromkeys(inferred)))
    return _settled(printed, start, end, inferred)


def _one(
    printed: str,
    stream: Sequence[Token],
    part: Part,
    span: Span | None,
    problems: list[Problem],
    inferred: list[str],
) -> Period:
    """A whole month, a due date in place of a period, or a start that has no end."""
    taken = tuple(dict.fromkeys(inferred))
    if span is None:
        return Period(printed, None, None, problems[0] if problems else None, taken)
    before = "".join(token.other for token in stream[: part.first + 1])
    within = any(token.kind == "WITHIN" for token in stream[: part.first])
    if _ONWARDS.search(printed) or (_FROM.search(before) and not _FINISH.search(before)):
        return Period(printed, span.start, None, None, taken)
    if within or part.kind != "month":
        return Period(printed, None, span.end, None, taken)
    return Period(printed, span.start, span.end, None, taken)


class _Years(NamedTuple):
    """The fiscal years (BE) that a period falls in, whether a year was printed, and what was not."""

    first: int | None
    last: int | None
    printed: bool
    inferred: tuple[str, ...]


def _years(stream: Sequence[Token], fiscal_year_be: int | None) -> _Years:
    """Find the years printed, those after ปีงบประมาณ, ปี, พ.ศ. or a slash before bare ones; else take the one given."""
    named: list[int] = []
    bare: list[int] = []
    for i, token in enumerate(stream):
        if token.kind != "NUMBER" or len(token.text) not in (2, 4):
            continue
        before = {earlier.kind for earlier in stream[max(i - 3, 0) : i]}
        straight_after = stream[i - 1].kind if i else ""
        if len(token.text) == 2 and straight_after not in {"FISCAL", "ERA", "SLASH"}:
            continue
        year = christian_year(token.text)
        in_a_row = bool(named) and "DASH" in before
        is_named = in_a_row or bool(before & {"FISCAL", "YEAR", "ERA", "ALLYEAR"}) or straight_after == "SLASH"
        if year:
            (named if is_named else bare).append(year + BE_OFFSET)
    years = named or bare
    if not years:
        return _Years(fiscal_year_be, fiscal_year_be, False, ("fiscal_year",))
    said = any(token.kind in {"FISCAL", "QUARTER"} for token in stream)
    return _Years(years[0], years[-1], True, () if said else ("fiscal_year",))


def _quarters(printed: str, stream: Sequence[Token], years: _Years) -> Period:
    """Read ไตรมาสที่ ๑ - ๒, ไตรมาส 1-2/2567, ไตรมาสแรก, ไตรมาสที่ ๔/๒๕๖๖ - ไตรมาสที่ ๑/๒๕๖๗."""
    numbers, own_years = _quarter_numbers(stream)
    if not numbers or not all(1 <= n <= 4 for n in numbers):
        return Period(printed, None, None, _unreadable(printed, "no quarter 1 to 4 is named", "ไม่มีไตรมาสที่ ๑ ถึง ๔"))
    first, last = (own_years[0], own_years[-1]) if own_years else (years.first, years.first)
    if first is None or last is None:
        return _without_year(printed)
    inferred = () if own_years else years.inferred
    in_a_row = numbers == list(range(numbers[0], numbers[-1] + 1))
    if not in_a_row and len(numbers) > 1 and not {token.kind for token in stream} & _CONNECTORS:
        inferred = (*inferred, "between")
    return _settled(printed, quarter(numbers[0], first).start, quarter(numbers[-1], last).end, inferred)


def _quarter_numbers(stream: Sequence[Token]) -> tuple[list[int], list[int]]:
    """The quarters named, and the years (BE) printed after a slash."""
    numbers: list[int] = []
    years: list[int] = []
    i = next(k for k, token in enumerate(stream) if token.kind == "QUARTER") + 1
    if stream[i].other.startswith(("แรก", "สุดท้าย")):
        numbers.append(1 if stream[i].other.startswith("แรก") else 4)
    while stream[i].kind in {"NUMBER", "DASH", "TO", "AND", "SLASH", "QUARTER"}:
        token = stream[i]
        if token.kind == "NUMBER" and token.other not in {"", "ที่"}:
            break
        if token.kind == "NUMBER" and stream[i - 1].kind == "SLASH":
            year = christian_year(token.text)
            years += [year + BE_OFFSET] if year else []
        elif token.kind == "NUMBER":
            numbers.append(token.value)
        i += 1
    return numbers, years


def _without_year(printed: str) -> Period:
    why = "the fiscal year is neither printed nor known"
    return Period(printed, None, None, _unreadable(printed, why, "ไม่ระบุปีงบประมาณ"), ("fiscal_year",))


def _round(printed: str, stream: Sequence[Token], years: _Years) -> Period:
    """Read รอบ ๖ เดือน, ๖ เดือนแรก, รอบ ๑๒ เดือน, ครึ่งปีหลัง."""
    if years.first is None:
        return _without_year(printed)
    words = next(token for token in stream if token.kind == "ROUND").text.replace(" ", "")
    if "หลัง" in words:
        return Period(printed, *half(2, years.first), None, years.inferred)
    digits = re.search("[0-9]+|หก|เก้า|สิบสอง", words)
    count = 6 if not digits else _COUNT_WORDS.get(digits[0]) or int(digits[0])
    inferred = years.inferred if count != 6 or "แรก" in words else (*years.inferred, "half")
    return Period(printed, *first_months(count, years.first), None, inferred)


def read_period(text: str, *, fiscal_year_be: int | None = None) -> Period | None:
    """Read a cell that states a period; None when it states none (``-``, ``ทุกเดือน``, plain words).

    fiscal_year_be fills in what is left out: the year of a month, quarter, half or ตลอดปี. A single date or ภายใน…
    is a due date: start None. A month alone is the whole month. What looks like a period and cannot be read has
    start and end None, or the readable end only, and a Problem.
    """
    printed = " ".join(text.split())
    stream = tokens(text)
    found = parts(text, stream, fiscal_year_be)
    if found:
        return _from_parts(printed, text, stream, found)
    period = _without_dates(printed, stream, _years(stream, fiscal_year_be))
    if period and any(token.kind == "WITHIN" for token in stream):
        return period._replace(start=None)
    return period


def _without_dates(printed: str, stream: Sequence[Token], years: _Years) -> Period | None:
    """Read a period named by quarter, half or year."""
    kinds = {token.kind for token in stream}
    how_often = _HOW_OFTEN.search(printed)
    if "QUARTER" in kinds and not how_often and _NAMED_QUARTER.search(to_arabic(printed)):
        return _quarters(printed, stream, years)
    if "ROUND" in kinds and not how_often and _NAMED_ROUND.search(printed):
        return _round(printed, stream, years)
    if kinds & {"ALLYEAR", "FISCAL"} or (years.printed and kinds & {"YEAR", "ERA"}):
        if years.first is None or years.last is None:
            return _without_year(printed)
        return _settled(printed, fiscal_year(years.first).start, fiscal_year(years.last).end, years.inferred)
    if "MONTH" in kinds or any(2400 <= token.value <= 2699 for token in stream):
        return Period(printed, None, None, _unreadable(printed, "no period can be made out", "อ่านช่วงเวลาไม่ได้"))
    return None
