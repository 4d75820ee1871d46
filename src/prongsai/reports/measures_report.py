"""The measures report: what was planned under each issue, by whom and when, what was done and what came of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from prongsai.documents.model import Line
from prongsai.errors import Problem
from prongsai.reports.cells import words_or_none
from prongsai.reports.heads import Role
from prongsai.reports.kinds import TableKind, table_kind
from prongsai.reports.owners import are_owners, read_owners
from prongsai.reports.records import Measure
from prongsai.reports.rows import (
    Joined,
    logical_rows,
    number_of,
    origin_of,
    period_doubts,
    read_period_of,
    same_page,
)
from prongsai.reports.stream import DataRow, Event, Heading, Prose, without_continued_mark
from prongsai.thai.numerals import to_arabic
from prongsai.thai.text import collapse, squeeze

_ISSUE = re.compile(r"^\s*ประเด็น(?:ที่)?\s*(\d{1,2})\s*[.:)]*\s*(.+)$")
_NUMBERED_HEADING = re.compile(r"^\s*(\d{1,2})\s*[.)]\s*(.+)$")
_NUMBERED_NAME = re.compile(
    r"^\(?([0-9๐-๙]{1,2}(?:\.[0-9๐-๙]{1,2})?)[.)]?\)?\s+(?=[ก-๙A-Za-z])|^\(?([0-9๐-๙]{1,2})[.)]\)?(?=[ก-๙])"
)
_OWNER_LABEL = re.compile(r"^\s*(?:ผู้|หน่วยงานที่?)รับผิดชอบ\s*[:：]?\s*")
NAMES = (Role.MEASURE, Role.TOPIC)
FIELDS = {
    Role.NUMBER: "seq",
    Role.MEASURE: "measure",
    Role.TOPIC: "issue_title",
    Role.STEPS: "steps",
    Role.PERIOD: "period",
    Role.RESPONSIBLE: "responsible",
    Role.RESULT: "results",
    Role.PROGRESS: "results",
    Role.OUTCOME: "outcomes",
    Role.NOTES: "notes",
}


@dataclass(frozen=True, slots=True)
class _Issue:
    no: int | None = None
    title: str | None = None


def recognise(
    events: Sequence[Event], fiscal_year_be: int | None
) -> tuple[tuple[Measure, ...], int, tuple[Problem, ...]]:
    """Give the measures, how many rows were printed, and what is wrong with the words of their cells."""
    issue = _Issue()
    found: list[tuple[DataRow, _Issue]] = []
    for event in events:
        if isinstance(event, Prose | Heading):
            issue = _read_issue(event) or issue
        elif isinstance(event, DataRow) and table_kind(event.head) is TableKind.MEASURES:
            found.append((event, issue))
    found = _with_issue_column(found)
    issues = {row.where: issue for row, issue in found}
    merged = logical_rows([row for row, _ in found], same_page, number_of, lambda row: issues[row.where])
    problems: list[Problem] = []
    measures = tuple(_measure(row, issues[row.row.where], fiscal_year_be, problems) for row in merged)
    return measures, len(found), tuple(problems)


def _with_issue_column(found: Sequence[tuple[DataRow, _Issue]]) -> list[tuple[DataRow, _Issue]]:
    """Take issues from their own column where a table has one; an empty cell goes on with the issue above it."""
    given: list[tuple[DataRow, _Issue]] = []
    last: _Issue | None = None
    for row, issue in found:
        has_column = {Role.TOPIC, Role.MEASURE} <= row.head.roles
        if has_column and words_or_none(row.text(Role.TOPIC)):
            last = _topic_issue(row.text(Role.TOPIC))
        given.append((row, last if has_column and last else issue))
        last = last if has_column else None
    return given


def _read_issue(event: Prose | Heading) -> _Issue | None:
    """Read "ประเด็นที่ ๗ …" anywhere, "๗. …" only in a heading row."""
    text = without_continued_mark(event.text)
    arabic = to_arabic(text)
    found = _ISSUE.match(arabic) or (_NUMBERED_HEADING.match(arabic) if isinstance(event, Heading) else None)
    if found:
        return _Issue(int(found.group(1)), collapse(text[found.start(2) :]))
    return _Issue(None, text) if isinstance(event, Heading) else None


def _measure(joined: Joined, issue: _Issue, fiscal_year_be: int | None, problems: list[Problem]) -> Measure:
    period = read_period_of(joined, fiscal_year_be)
    problems += period.problems
    owners, notes = _owners_and_notes(joined)
    inferred = {"period": period.value.inferred if period.value else ()}
    seq, name = _seq_and_name(joined)
    return Measure(
        issue_no=issue.no,
        issue_title=issue.title,
        seq=seq,
        measure=name,
        steps=joined.items(Role.STEPS).texts,
        period=period.value,
        responsible=owners,
        results=joined.items(joined.first_of(Role.RESULT, Role.PROGRESS)).texts,
        outcomes=joined.items(Role.OUTCOME).texts,
        notes=notes,
        origin=origin_of(joined, FIELDS, _doubts(joined, period.problems), inferred),
    )


def _seq_and_name(joined: Joined) -> tuple[str | None, str]:
    """Read running number and name; in a table without a column for numbers they share a cell ("๑. จัดทำคู่มือ")."""
    name = without_continued_mark(joined.text(joined.row.named_by(NAMES)))
    numbered = None if Role.NUMBER in joined.row.cells else _NUMBERED_NAME.match(name)
    if numbered and len(joined.items(joined.row.named_by(NAMES)).texts) == 1:
        return numbered.group(1) or numbered.group(2), name[numbered.end() :]
    return words_or_none(joined.text(Role.NUMBER)), name


def _topic_issue(text: str) -> _Issue:
    found = _ISSUE.match(to_arabic(text)) or _NUMBERED_HEADING.match(to_arabic(text))
    return _Issue(int(found.group(1)), collapse(text[found.start(2) :])) if found else _Issue(None, collapse(text))


def _owners_and_notes(joined: Joined) -> tuple[tuple[str, ...], str | None]:
    """Read owners; some papers keep them under "หมายเหตุ", with the word "ผู้รับผิดชอบ" or where no column is theirs."""
    lines = joined.cell_lines(Role.NOTES)
    text = " ".join(line.text for line in lines)
    bare = _unlabelled(lines)
    said = _OWNER_LABEL.match(text) is not None
    if said or (Role.RESPONSIBLE not in joined.row.cells and are_owners(bare)):
        return read_owners(bare), None
    return read_owners(joined.cell_lines(Role.RESPONSIBLE)), words_or_none(text)


def _unlabelled(lines: Sequence[Line]) -> tuple[Line, ...]:
    return tuple(Line(_OWNER_LABEL.sub("", line.text), line.mark, line.in_list) for line in lines)


def _doubts(joined: Joined, problems: Sequence[Problem]) -> list[str]:
    """Say what of the row cannot be right: columns that repeat each other, an unreadable period."""
    doubts = period_doubts(problems)
    period, result, measure = (squeeze(joined.text(role)) for role in (Role.PERIOD, Role.RESULT, Role.MEASURE))
    if len(result) > 8 and result == period:
        doubts.append("result_repeats_period")
    if len(result) > 8 and result == measure:
        doubts.append("result_repeats_measure")
    return doubts
