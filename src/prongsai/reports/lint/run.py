"""Run every rule over a paper."""

from pathlib import Path

from prongsai.documents.model import Document
from prongsai.documents.read import read_document
from prongsai.errors import Problem, Severity
from prongsai.frameworks.model import Framework
from prongsai.reports.lint import (
    dates,
    identity,
    numbering,
    opening,
    outcomes,
    owners,
    periods,
    progress,
    reading,
    repeats,
    scores,
    wording,
)
from prongsai.reports.lint.rule import RULES, Paper, Rule
from prongsai.reports.read import recognise
from prongsai.reports.records import Report
from prongsai.reports.year import framework_of

FAMILIES = (identity, repeats, scores, dates, periods, numbering, owners, outcomes, progress, wording, reading, opening)
_RANK = {severity: rank for rank, severity in enumerate(Severity)}


def lint_file(path: Path) -> tuple[Report, tuple[Problem, ...]]:
    """Read a file and lint it against the framework of its year.

    Raises FileUnusable or LimitExceeded when the file cannot be read at all.
    """
    document = read_document(path)
    report = recognise(document)
    return report, lint(document, report, framework_of(report.fiscal_year_be))


def lint(document: Document, report: Report, framework: Framework) -> tuple[Problem, ...]:
    """Give every Problem of a paper, the worst first, then in printed order; each place and code once."""
    paper = Paper(report, document, framework)
    found = [problem for rule in RULES.values() for problem in rule.look(paper)]
    found += [problem for problem in report.problems if problem.code not in RULES]
    once = {(problem.code, problem.where, problem.evidence, problem.message): problem for problem in found}
    return tuple(sorted(once.values(), key=lambda problem: (_RANK[problem.severity], problem.where.line or 0)))


def rules() -> tuple[Rule, ...]:
    """Give every rule, by family and code."""
    order = [family.__name__.rsplit(".", 1)[-1] for family in FAMILIES]
    return tuple(sorted(RULES.values(), key=lambda rule: (order.index(rule.family), rule.code)))
