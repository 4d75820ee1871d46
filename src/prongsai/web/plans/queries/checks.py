"""Measures held against the rules of the pure half: what a careful reader would notice before it is printed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from prongsai.documents.model import Document
from prongsai.errors import Problem, Where
from prongsai.reports.lint import outcomes, periods, repeats
from prongsai.reports.lint.rule import RULES, Paper, Say
from prongsai.reports.records import Agency, Kind, Measure, Origin, Overall, Report, Span
from prongsai.reports.year import framework_of
from prongsai.thai.dates import recurrence
from prongsai.thai.text import fold
from prongsai.web.plans import models

_FAMILIES = (outcomes, periods, repeats)  # importing them registers their rules
_VAGUE = ("เป็นระยะ", "เป็นประจำ", "สม่ำเสมอ", "อย่างต่อเนื่อง")
_NOBODY = Agency(None, None, None)


@dataclass(frozen=True, slots=True)
class Fault:
    """A Problem of a measure."""

    measure_id: int
    problem: Problem


def faults_of(measures: Iterable[models.Measure], fiscal_year_be: int) -> tuple[Fault, ...]:
    """Give what is wrong with the measures of a year; steps and progress should be prefetched.

    What a plan promises in its title and steps counts like a result: a whole year's report needs the whole year.
    """
    listed = list(measures)
    told = _paper([_printed(measure) for measure in listed], fiscal_year_be)
    promised = _paper([_promising(measure) for measure in listed], fiscal_year_be)
    found = [*_look("RESULT_COPIED_AS_OUTCOME", told), *_look("PERIOD_SHORTER_THAN_OUTPUT", promised)]
    return tuple(Fault(problem.where.row or 0, problem) for problem in found)


def vague_periods(measure: models.Measure) -> tuple[str, ...]:
    """Give the steps and lines of follow-up that promise something from time to time without a period.

    "Periodically" cannot be kept track of: each needs a round (ทุกเดือน, ทุกไตรมาส …) before it becomes a duty.
    """
    lines = [step.text for step in measure.steps.all()] + [str(line) for line in measure.follow_up]
    return tuple(line for line in lines if any(word in line for word in _VAGUE) and recurrence(line) is None)


def double_titles(issues: Iterable[tuple[int | None, str]]) -> tuple[Problem, ...]:
    """Say which issues of a year bear the title of another. issues: number and title as printed."""
    named = sorted(((no, title) for no, title in issues if no is not None and title), key=lambda pair: pair[0])
    rows = [replace(_EMPTY, issue_no=no, issue_title=title) for no, title in named]
    return tuple(_look("DUP_ISSUE_TITLE", _paper(rows, None)))


def copies(results: Sequence[str], outcomes: Sequence[str]) -> tuple[str, ...]:
    """Give the outcomes that only repeat a result, by the rule for papers; short ones word for word."""
    same = {fold(result) for result in results}
    found = []
    for outcome in outcomes:
        row = replace(_EMPTY, results=tuple(results), outcomes=(outcome,))
        if fold(outcome) in same or any(True for _ in _look("RESULT_COPIED_AS_OUTCOME", _paper([row], None))):
            found.append(outcome)
    return tuple(found)


def _look(code: str, paper: Paper) -> list[Problem]:
    rule = RULES[code]
    return list(rule.check(paper, Say(rule)))


def _paper(rows: Sequence[Measure], fiscal_year_be: int | None) -> Paper:
    report = Report(
        file="",
        document_type=Kind.MEASURES_REPORT,
        agency=_NOBODY,
        fiscal_year_be=fiscal_year_be,
        report_period=None,
        memo=None,
        deadline=None,
        signatories=(),
        announced=None,
        overall=Overall(None, None),
        indicators=(),
        rows=tuple(rows),
        printed_rows=len(rows),
        problems=(),
        confidence=1.0,
        needs_person=False,
        reasons=(),
    )
    return Paper(report, Document("", "", None, "", ()), framework_of(fiscal_year_be))


_EMPTY = Measure(None, None, None, "", (), None, (), (), (), None, Origin(Where()))


def _printed(measure: models.Measure) -> Measure:
    """Turn a measure into the record that the rules look at; its place is its id."""
    told = list(measure.progress.all())
    return replace(
        _EMPTY,
        issue_no=measure.issue_no,
        issue_title=measure.issue_title or None,
        seq=measure.seq or None,
        measure=measure.title,
        steps=tuple(step.text for step in measure.steps.all()),
        period=_period(measure),
        results=tuple(one.result for one in told if one.result),
        outcomes=tuple(one.outcome for one in told if one.outcome),
        origin=Origin(Where(row=measure.pk)),
    )


def _promising(measure: models.Measure) -> Measure:
    row = _printed(measure)
    return replace(row, results=(row.measure, *row.steps, *row.results))


def _period(measure: models.Measure) -> Span | None:
    if not (measure.starts_on or measure.ends_on or measure.period_text):
        return None
    return Span(measure.period_text, measure.starts_on, measure.ends_on)
