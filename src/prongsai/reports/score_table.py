"""The score table: instrument, number, indicator and score, perhaps with last year's, parts, and a total."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from prongsai.documents import build
from prongsai.documents.build import cell, covered
from prongsai.documents.model import Align, Cell, Column, Kind, Row, Table
from prongsai.errors import Problem, Severity, Where
from prongsai.reports.cells import LEADING, is_score_lost, read_indicator_title, read_score_cell
from prongsai.reports.heads import Role, likenesses
from prongsai.reports.kinds import TableKind, table_kind
from prongsai.reports.printing import NOTHING, score_cell, words
from prongsai.reports.records import IndicatorPlan, IndicatorScore, Overall
from prongsai.reports.stream import DataRow, Event, Heading, Prose
from prongsai.reports.year import framework_of
from prongsai.thai.numerals import read_number, to_arabic, to_thai
from prongsai.thai.text import collapse, squeeze

NAMES = (Role.INDICATOR, Role.ITEM)
TITLE_LENGTH_MAX = 160
_TOTAL = re.compile(r"รวม|เฉลี่ย")
_PART = re.compile(r"^(?:ตัวชี้วัด(?:ย่อย)?(?:ที่)?\s*)?\(?\d{1,2}\.\d{1,2}\b")
_TITLED = re.compile(r"^\s*(?:[0-9๐-๙]{1,2}[.)]\s*)?ตัวชี้วัดที่")
_BARE_NUMBER = re.compile(r"[1-9]\d?")
_INSTRUMENT = re.compile(r"(?:แบบวัด|แบบ|เครื่องมือ)?\(?(?:IIT|EIT|OIT)\)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Scores:
    """The printed scores of indicators; the total that the table states, and the words of its row.

    previous: the scores in a second column, of the year before.
    """

    indicators: tuple[IndicatorScore, ...]
    total: Decimal | None
    total_text: str
    total_where: Where
    problems: tuple[Problem, ...]
    previous: tuple[IndicatorScore, ...] = ()


def recognise(events: Sequence[Event]) -> Scores:
    """Give the printed indicator scores, each number once, in printed order, and the total if the table states one."""
    found: dict[int, IndicatorScore] = {}
    before: dict[int, IndicatorScore] = {}
    total: Decimal | None = None
    total_row: DataRow | None = None
    problems: list[Problem] = []
    for row in _rows(events):
        score = _score(row)
        value = read_score_cell(row.text(Role.SCORE))
        if score is not None:
            problems += [_lost(row)] if is_score_lost(row.text(Role.SCORE)) and score.score is None else []
            if score.no in found and score.score not in (None, found[score.no].score):
                problems.append(_repeated(score, found[score.no]))
            found.setdefault(score.no, score)
            earlier = _earlier(row)
            if earlier is not None:
                before.setdefault(score.no, IndicatorScore(score.no, score.title, earlier, row.where))
        elif value is not None and _TOTAL.search(squeeze(row.text_all)):
            total, total_row = (value, row) if total is None else (total, total_row)
        elif value is not None and not _is_part(row):
            problems.append(_unread(row))
    said, where = (total_row.text_all, total_row.where) if total_row else ("", Where())
    return Scores(tuple(found.values()), total, said, where, tuple(problems), tuple(before.values()))


def _rows(events: Sequence[Event]) -> Iterator[DataRow]:
    return (event for event in events if isinstance(event, DataRow) and table_kind(event.head) is TableKind.SCORES)


def _score(row: DataRow) -> IndicatorScore | None:
    title_text = row.text(row.named_by(NAMES))
    number, title, in_title = read_indicator_title(title_text)
    if number is None and not _PART.match(to_arabic(title_text)):
        value = read_number(row.text(Role.NUMBER).strip(" .()"))
        number = int(value) if value is not None and value == int(value) and 0 < value < 100 else None
        numbered = LEADING.match(to_arabic(title_text))
        if number is None and _BARE_NUMBER.fullmatch(to_arabic(title_text).strip(" .()")):
            number, title = int(to_arabic(title_text).strip(" .()")), ""
        elif number is None and numbered:
            number, title = int(numbered[1]), collapse(title[numbered.end() :])
    if number is None:
        return None
    printed = read_score_cell(row.text(Role.SCORE))
    doubts = tuple(doubt.value for doubt in row.doubts)
    return IndicatorScore(number, title or None, in_title if printed is None else printed, row.where, doubts)


def _earlier(row: DataRow) -> Decimal | None:
    """Give the score under a second head of scores, which is of an earlier year."""
    for head, printed in row.extra.items():
        like = likenesses(head)
        if like and like[0][1] is Role.SCORE:
            return read_score_cell(printed.text)
    return None


def _is_part(row: DataRow) -> bool:
    """Whether a row scores a part of an indicator (9.1) or a whole instrument (IIT)."""
    words = [to_arabic(row.text(role)) for role in (Role.NUMBER, *NAMES, Role.INSTRUMENT)]
    said = [word for word in words if word]
    return any(_PART.match(word) for word in said) or (
        bool(said) and all(_INSTRUMENT.fullmatch(squeeze(word)) for word in said)
    )


def _repeated(score: IndicatorScore, before: IndicatorScore) -> Problem:
    return Problem(
        "SCORE_REPEATED",
        Severity.WARNING,
        f"Indicator {score.no} is scored twice: {before.score} and {score.score}; the first is kept.",
        f"ตัวชี้วัดที่ {score.no} มีสองคะแนน คือ {before.score} และ {score.score} ระบบใช้ค่าแรก",
        score.where,
        evidence=(str(before.score), str(score.score)),
        mend="Keep the right score.",
        mend_th="ตรวจแล้วเหลือคะแนนที่ถูกต้อง",
    )


def _unread(row: DataRow) -> Problem:
    return Problem(
        "SCORE_ROW_UNREAD",
        Severity.WARNING,
        "This row has a score, but no indicator number can be read.",
        "แถวนี้มีคะแนนแต่อ่านเลขตัวชี้วัดไม่ได้",
        row.where,
        evidence=(row.text_all,),
        mend="Enter the score by hand.",
        mend_th="กรอกคะแนนนี้ด้วยมือ",
    )


def _lost(row: DataRow) -> Problem:
    return replace(
        _unread(row),
        message="What is printed as the score of this indicator cannot be read as one.",
        message_th="อ่านคะแนนที่พิมพ์ไว้ของตัวชี้วัดนี้ไม่ได้",
    )


def from_titles(events: Sequence[Event]) -> tuple[IndicatorScore, ...]:
    """Give the scores that headings name: "ตัวชี้วัดที่ ๔ … (๘๓.๙๔ คะแนน)" above what is said of the indicator."""
    found: dict[int, IndicatorScore] = {}
    for event in events:
        if isinstance(event, Prose | Heading) and _TITLED.match(event.text) and len(event.text) <= TITLE_LENGTH_MAX:
            number, title, score = read_indicator_title(event.text)
            if number is not None and score is not None:
                found.setdefault(number, IndicatorScore(number, title or None, score, event.where))
    return tuple(found.values())


def from_plans(plans: Sequence[IndicatorPlan]) -> tuple[IndicatorScore, ...]:
    """Give the scores printed in the titles of an indicator plan, missing ones as None."""
    return tuple(
        IndicatorScore(plan.no, plan.name or None, plan.score, plan.origin.where)
        for plan in plans
        if plan.no is not None
    )


def compose(
    scores: Sequence[IndicatorScore],
    previous: Sequence[IndicatorScore] = (),
    *,
    year_be: int | None = None,
    overall: Overall | None = None,
) -> Table:
    """Set indicator scores by instrument, with those of the year before and the difference, and the overall score.

    year_be: of the scores, when it is known; without it the head names no year. Instruments are those of that year.
    """
    heads = ["แบบ", "ลำดับ", "ตัวชี้วัด", _head(year_be, 0)]
    columns = [Column(1.0, align=Align.CENTRE), Column(0.8, Kind.NUMBER, Align.CENTRE), Column(5.0), _SCORE_COLUMN]
    if previous:
        heads += [_head(year_be, 1), "ผลต่าง"]
        columns += [_SCORE_COLUMN, _SCORE_COLUMN]
    rows = list(_score_rows(scores, previous, year_be))
    if overall and overall.score is not None:
        rows.append(_total_row(overall.score, len(heads)))
    return build.table(heads, rows, columns, name="คะแนน")


_SCORE_COLUMN = Column(1.4, Kind.NUMBER, Align.CENTRE)


def _head(year_be: int | None, back: int) -> str:
    return to_thai(f"คะแนนปี {year_be - back}") if year_be else "คะแนนปีก่อน" if back else "คะแนน"


def _score_rows(
    scores: Sequence[IndicatorScore], previous: Sequence[IndicatorScore], year_be: int | None
) -> Iterator[Row]:
    framework = framework_of(year_be)
    before = {score.no: score.score for score in previous}
    known = {indicator.code: indicator.instrument for indicator in framework.top_indicators()}
    for instrument, group in groupby(scores, lambda score: known.get(str(score.no), "")):
        of_group = list(group)
        first = cell(instrument or NOTHING, rows=len(of_group))
        for place, score in enumerate(of_group):
            more = _compared(score.score, before.get(score.no)) if previous else ()
            number = cell(to_thai(str(score.no)), value=score.no)
            yield build.row(
                covered(first) if place else first, number, words(score.title), score_cell(score.score), *more
            )


def _compared(score: Decimal | None, before: Decimal | None) -> tuple[Cell, Cell]:
    change = score - before if score is not None and before is not None else None
    if change is None:
        return score_cell(before), cell(NOTHING)
    sign = "+" if change > 0 else "−" if change < 0 else ""
    return score_cell(before), cell(to_thai(f"{sign}{abs(change):.2f}"), value=change)


def _total_row(score: Decimal, width: int) -> Row:
    return build.row("", "", "คะแนนภาพรวม", score_cell(score), *([NOTHING] * (width - 4)))
