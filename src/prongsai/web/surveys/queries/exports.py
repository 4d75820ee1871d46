"""The aggregated results as one table: no row of anybody, no words, and nothing that the page does not tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from prongsai.questionnaires.results import AspectResult, Figure, Measure
from prongsai.registers.tables import Table
from prongsai.web.surveys.queries.comparisons import Practice, practice_of
from prongsai.web.surveys.queries.results import Board, Part

Row = dict[str, Any]

# key → (head, whether it is a number)
COLUMNS = {
    "part": ("กลุ่ม", False),
    "key": ("รหัสข้อ", False),
    "text": ("รายการ", False),
    "item": ("ตัวเลือก / ค่า", False),
    "n": ("จำนวน (คน)", True),
    "base": ("ฐาน (คน)", True),
    "percent": ("ร้อยละ", True),
    "mean": ("ค่าเฉลี่ย", True),
    "sd": ("ส่วนเบี่ยงเบนมาตรฐาน (n-1)", True),
    "low": ("ช่วงความเชื่อมั่น ๙๕% ต่ำ", True),
    "high": ("ช่วงความเชื่อมั่น ๙๕% สูง", True),
    "scale": ("มาตรวัด", False),
    "band": ("ระดับ", False),
}
MEAN, NO_ANSWER, NOT_ASKED, SCORE = "ค่าเฉลี่ย", "ไม่ตอบ", "ไม่ได้ถามเพราะเงื่อนไข", "คะแนนซ้อม ไม่ใช่คะแนนทางการ"
ABOUT, OVERALL = "ผู้ตอบ", "ภาพรวม"


def table_of(board: Board) -> Table:
    """Give the results as a table of texts."""
    rows = tuple(tuple(_text(row.get(key)) for key in COLUMNS) for row in rows_of(board))
    heads = tuple(head for head, _is_number in COLUMNS.values())
    return Table(heads, rows, tuple(COLUMNS), tuple(is_number for _head, is_number in COLUMNS.values()))


def plain_of(board: Board) -> dict[str, Any]:
    """Give the results as JSON can hold them; figures are texts with all their places."""
    survey = board.survey
    return {
        "survey": {"title": survey.title, "fiscal_year_be": survey.fiscal_year_be, "kind": survey.kind},
        "is_official": False,
        "k": survey.k,
        "group": board.whole.name if board.narrowing.group else None,
        "count": board.narrowing.count,
        "received": board.received,
        "rows": [{key: _plain(row.get(key)) for key in COLUMNS} for row in rows_of(board)],
    }


def rows_of(board: Board) -> Iterator[Row]:
    """Give every figure of the page: of what it is narrowed to, of each group, and about who answered."""
    for part in (board.whole, *board.parts):
        yield from _part(part)
    yield from _practice(practice_of(board.survey, board.whole.results), board)
    for figure in board.about:
        yield from _shares(ABOUT, figure)


def _part(part: Part) -> Iterator[Row]:
    results = part.results
    if results.overall:
        yield _mean(part.name, "", OVERALL, results.overall, results.overall.n)
    yield from _aspects(part.name, results.aspects)
    for figure in results.figures:
        yield from _shares(part.name, figure)
        if figure.measure and figure.spread:
            yield _mean(part.name, figure.line.key, _title(figure), figure.measure, figure.spread.base)


def _aspects(name: str, aspects: Iterable[AspectResult]) -> Iterator[Row]:
    for one in aspects:
        if one.measure:
            yield _mean(name, one.key, str(one.name), one.measure, one.measure.n)


def _shares(name: str, figure: Figure) -> Iterator[Row]:
    spread = figure.spread
    if spread is None:
        return
    known: Row = {"part": name, "key": figure.line.key, "text": _title(figure), "base": spread.base}
    for one in figure.shares:
        low, high = one.interval or (None, None)
        yield known | {"item": str(one.option.label), "n": one.count, "percent": one.percent, "low": low, "high": high}
    for item, n in ((NO_ANSWER, spread.unanswered), (NOT_ASKED, spread.unasked)):
        if n:
            yield known | {"item": item, "n": n}


def _mean(name: str, key: str, text: str, measure: Measure, base: int) -> Row:
    low, high = measure.interval or (None, None)
    return {
        "part": name,
        "key": key,
        "text": text,
        "item": MEAN,
        "n": measure.n,
        "base": base,
        "percent": measure.percent,
        "mean": measure.mean,
        "sd": measure.sd,
        "low": low,
        "high": high,
        "scale": f"{measure.low:f}–{measure.high:f}",
        "band": str(measure.band.name) if measure.band else "",
    }


def _practice(practice: Practice | None, board: Board) -> Iterator[Row]:
    if practice is None:
        return
    name = board.whole.name
    for one in practice.indicators:
        found = one.practice
        if found.score is not None:
            text = f"{practice.instrument} {found.indicator.code} {found.indicator.name_th}"
            known: Row = {"part": name, "key": found.indicator.key, "text": text, "item": SCORE}
            yield known | {"n": found.n, "mean": found.score, "scale": "0–100"}


def _title(figure: Figure) -> str:
    line = figure.line
    return f"{line.question.text} – {line.row.text}" if line.row else str(line.question.text)


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, int) else str(value)
