"""The issues of a measures report: which rows stand under which heading, and which issue they really speak of."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import yaml
from rapidfuzz import fuzz

from prongsai.errors import Where
from prongsai.frameworks.match import match_issue
from prongsai.frameworks.model import Framework, Issue
from prongsai.reports.lint.passages import passages
from prongsai.reports.lint.rule import Paper
from prongsai.reports.records import Measure
from prongsai.thai.text import fold

HEADING_LENGTH_MAX = 140


@dataclass(frozen=True, slots=True)
class Section:
    """The measures under one issue heading, with the place of the heading."""

    no: int | None
    title: str
    rows: tuple[Measure, ...]
    where: Where


_NUMBERED = re.compile(r"^\s*(?:ประเด็น(?:ที่)?)?\s*\d{1,2}\s*[.:)]*\s*")  # \d is any digit, Thai ones too


def sections(paper: Paper) -> list[Section]:
    """Give the sections of a paper in printed order; one that goes on over pages once."""
    grouped: dict[tuple[int | None, str], list[Measure]] = {}
    for row in paper.report.rows:
        if isinstance(row, Measure):
            grouped.setdefault((row.issue_no, row.issue_title or ""), []).append(row)
    headings = _headings(paper) if grouped else {}
    return [
        Section(no, title, tuple(rows), _heading_of(headings.get(fold(title), []), rows[0].origin.where))
        for (no, title), rows in grouped.items()
    ]


def _headings(paper: Paper) -> dict[str, list[Where]]:
    found: dict[str, list[Where]] = defaultdict(list)
    for passage in passages(paper.document):
        numbered = _NUMBERED.match(passage.text) if len(passage.text) <= HEADING_LENGTH_MAX else None
        if numbered:
            found[fold(passage.text[numbered.end() :])].append(passage.where)
    return found


def _heading_of(places: Sequence[Where], row: Where) -> Where:
    """Give the last heading before a row, the row itself when its heading is not found."""
    at = bisect_right([place.line or 0 for place in places], row.line or 0)
    return places[at - 1] if at else row


@lru_cache(maxsize=1)
def _topics() -> dict[str, tuple[str, ...]]:
    text = files("prongsai.reports.lint").joinpath("data/topics.yaml").read_text(encoding="utf-8")
    rows = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return {str(key): tuple(fold(word) for word in words) for key, words in rows.items()}


def _words_of(framework: Framework, issue: Issue) -> tuple[str, ...]:
    """Give the words that tell an issue, by the keys of its indicators."""
    keys = [found.key for code in issue.indicators if (found := framework.indicator(code))]
    return tuple(word for key in keys for word in _topics().get(key, ()))


def speaks_of(text: str, framework: Framework, issue: Issue) -> bool:
    """Whether a folded text has a word that tells an issue."""
    return any(word in text for word in _words_of(framework, issue))


def content_issue(section: Section, framework: Framework, own: Issue | None) -> Issue | None:
    """Tell the one issue that every measure of a section speaks of; None when its own issue does or none is clear."""
    titles = [fold(row.measure) for row in section.rows]
    clear = [issue for issue in framework.issues if all(speaks_of(title, framework, issue) for title in titles)]
    if len(clear) != 1 or clear[0] == own:
        return None
    whole = fold(" ".join(" ".join((*row.steps, *row.results, *row.outcomes)) for row in section.rows))
    return None if own and speaks_of(" ".join((whole, *titles)), framework, own) else clear[0]


TITLE_FITS, TITLE_IS = 60.0, 85.0


def likeness(first: str, second: str) -> float:
    """Give how like two titles are, 0–100."""
    return fuzz.ratio(fold(first), fold(second))


def named_issue(title: str, own: Issue | None, framework: Framework) -> Issue | None:
    """Tell which issue a printed title names; that of its own number unless another is much more like it."""
    if not title or (own and fold(title) == fold(own.name_th)):
        return own if title else None
    matched = match_issue(framework, title)
    other = matched[0] if matched and likeness(title, matched[0].name_th) >= TITLE_IS else None
    return other or (own if own and likeness(title, own.name_th) >= TITLE_FITS else None)
