"""What a paper gives every rule: the time it is about, how far its rows can be trusted, what reading has found."""

from collections.abc import Iterator
from dataclasses import replace

from prongsai.errors import Problem, Severity, Where
from prongsai.reports.lint.rule import Paper, Say
from prongsai.reports.records import IndicatorPlan, Measure, Record, Tracking
from prongsai.thai.fiscal import Span, fiscal_year
from prongsai.thai.text import collapse

ROW_CONFIDENCE_MIN = 0.75
YEAR_DAYS_MAX = 366


def year_of(paper: Paper) -> Span | None:
    """Give the first and last day of the fiscal year that the paper is about."""
    year = paper.report.fiscal_year_be
    return fiscal_year(year) if year else None


def period_of(paper: Paper) -> Span | None:
    """Give the period that the paper reports; the whole fiscal year where none is stated or it is no part of it."""
    year, stated = year_of(paper), paper.report.report_period
    if stated is None or stated.start is None or stated.end is None or stated.end < stated.start:
        return year
    inside = year is None or (year.start <= stated.start and stated.end <= year.end)
    if inside and (stated.end - stated.start).days <= YEAR_DAYS_MAX:
        return Span(stated.start, stated.end)
    return year


def is_doubted(row: Record) -> bool:
    """Whether the cells of a row may stand under the wrong heads, so that nothing can be held against them."""
    return row.origin.confidence < ROW_CONFIDENCE_MIN


def measures(paper: Paper) -> list[Measure]:
    """Give the measures whose cells can be trusted."""
    return [row for row in paper.report.rows if isinstance(row, Measure) and not is_doubted(row)]


def plans(paper: Paper) -> list[IndicatorPlan]:
    """Give the indicator rows whose cells can be trusted."""
    return [row for row in paper.report.rows if isinstance(row, IndicatorPlan) and not is_doubted(row)]


def topics(paper: Paper) -> list[Tracking]:
    """Give the topics followed up whose cells can be trusted."""
    return [row for row in paper.report.rows if isinstance(row, Tracking) and not is_doubted(row)]


def softened(paper: Paper) -> Severity | None:
    """Give warning in place of a rule's own error for a paper so damaged that a person must read it first."""
    return Severity.WARNING if paper.report.needs_person else None


def passed_on(paper: Paper, say: Say) -> Iterator[Problem]:
    """Give what reading has already found under the code of a rule, with the rule's mend where it named none."""
    for found in paper.report.problems:
        if found.code == say.rule.code:
            yield replace(found, mend=found.mend or say.rule.mend, mend_th=found.mend_th or say.rule.mend_th)


def line_of(paper: Paper, words: str | None, otherwise: Where) -> Where:
    """Give the place of the first line of running text that holds some words."""
    if not words:
        return otherwise
    wanted = collapse(words)
    return next((line.where for line in paper.document.paragraphs() if wanted in collapse(line.text)), otherwise)


def short(text: str, length: int = 110) -> str:
    """Give the beginning of a text for evidence."""
    text = collapse(text)
    return text if len(text) <= length else f"{text[: length - 1]}…"
