"""Results as a page draws them: figures in the order in which they were asked, each with its chart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from prongsai.questionnaires.results import Figure, Measure
from prongsai.web.cycles.charts import trend
from prongsai.web.surveys.charts import Bar, bars
from prongsai.web.surveys.queries.comparisons import Practice, Round
from prongsai.web.surveys.queries.results import Board, Part, bars_of, in_language
from prongsai.web.ui.templatetags.ui import thai_digits


@dataclass(frozen=True, slots=True)
class Drawn:
    """A figure with its words in the language of the page. rows: of the table, with the interval of each share."""

    figure: Figure
    title: str
    rows: Sequence[tuple[Bar, object]]
    chart: SafeString

    @property
    def measure(self) -> Measure | None:
        """Its mean."""
        return self.figure.measure


@dataclass(frozen=True, slots=True)
class Sheet:
    """A section of the questionnaire."""

    title: str
    figures: tuple[Drawn, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """A line, with the mean of each group; None where a group says nothing of it."""

    title: str
    measures: tuple[Measure | None, ...]


def sheets_of(board: Board) -> tuple[Sheet, ...]:
    """Draw what each section says."""
    found = {one.line.key: one for one in board.whole.results.figures}
    made = []
    for section in board.text.sections:
        keys = {question.key for question in section.questions}
        drawn = tuple(_drawn(one) for one in found.values() if one.line.question.key in keys)
        if drawn:
            made.append(Sheet(in_language(section.title), drawn))
    return tuple(made)


def about_of(board: Board) -> tuple[Drawn, ...]:
    """Draw who answered."""
    return tuple(_drawn(one) for one in board.about)


def _drawn(figure: Figure) -> Drawn:
    title, found = title_of(figure), bars_of(figure)
    intervals = [one.interval for one in figure.shares]
    rows = [(bar, intervals[place] if place < len(intervals) else None) for place, bar in enumerate(found)]
    return Drawn(figure, title, rows, bars(found, title=title))


def title_of(figure: Figure) -> str:
    """Say what was asked."""
    line = figure.line
    question = in_language(line.question.text)
    return f"{question}: {in_language(line.row.text)}" if line.row else question


def compared_of(board: Board) -> tuple[Compared, ...]:
    """Hold the groups beside each other, line by line."""
    if not board.parts:
        return ()
    lines = [one for one in board.whole.results.figures if one.line.scale]
    return tuple(
        Compared(title_of(one), tuple(part.results.figure(one.line.key).measure for part in board.parts))
        for one in lines
    )


def parts_chart(parts: Iterable[Part]) -> SafeString:
    """Draw the mean of each group, in per cent of the best value."""
    return bars(
        [
            Bar(part.name, measure.percent, value=f"{measure.mean}")
            for part in parts
            if (measure := part.results.overall)
        ],
        title=_("ค่าเฉลี่ยแต่ละกลุ่ม"),
    )


def aspects_chart(board: Board) -> SafeString:
    """Draw the mean of each aspect, in per cent of the best value."""
    return bars(
        [
            Bar(in_language(one.name), one.measure.percent, value=f"{one.measure.mean}")
            for one in board.whole.results.aspects
            if one.measure
        ],
        title=_("ค่าเฉลี่ยรายด้าน"),
    )


def practice_chart(practice: Practice | None) -> SafeString:
    """Draw the score of each indicator."""
    found = practice.indicators if practice else ()
    return bars(
        [
            Bar(f"{thai_digits(one.practice.indicator.code)} {one.practice.indicator.name_th}", score, value=f"{score}")
            for one in found
            if (score := one.practice.score) is not None
        ],
        title=_("คะแนนซ้อมรายตัวชี้วัด ไม่ใช่คะแนนทางการ"),
    )


def rounds_chart(rounds: Sequence[Round]) -> str:
    """Draw earlier rounds by year, the last of each year; "" for a single year."""
    years = {one.survey.fiscal_year_be: one.percent for one in rounds}
    if len(years) < 2:
        return ""
    return trend(sorted(years.items()), title=_("ผลการสำรวจแต่ละปี (ร้อยละ)"))
