"""Run one rule over a made-up paper."""

from prongsai.documents.read import read_content
from prongsai.errors import Problem
from prongsai.reports.lint import identity, owners, repeats, wording
from prongsai.reports.lint.rule import RULES, Paper
from prongsai.reports.read import recognise
from prongsai.reports.year import framework_of

FAMILIES_A = tuple(family.__name__.rsplit(".", 1)[-1] for family in (identity, repeats, wording, owners))


def paper_of(text: str) -> Paper:
    """Read a made-up paper and hold it against the framework of its year."""
    document = read_content(text.encode(), "paper.txt")
    report = recognise(document)
    return Paper(report, document, framework_of(report.fiscal_year_be))


def problems(code: str, text: str) -> list[Problem]:
    """Give what one rule finds."""
    return list(RULES[code].look(paper_of(text)))


def told(code: str, text: str) -> list[tuple[str, int | None]]:
    """Give severity and line of what one rule finds."""
    return [(problem.severity.value, problem.where.line) for problem in problems(code, text)]


def line_of(text: str, words: str) -> int:
    """Give the 1-based line on which some words first stand."""
    return next(number for number, line in enumerate(text.split("\n"), 1) if words in line)
