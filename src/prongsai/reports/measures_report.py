"""The measures report: what was planned under each issue, by whom and when, what was done and what came of it."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby, pairwise, zip_longest

from prongsai.documents import build
from prongsai.documents.build import cell, cell_of, paragraph
from prongsai.documents.model import Align, Block, Cell, Column, Line, Row, Style, Table
from prongsai.errors import Problem, Where
from prongsai.reports.boxes import BOXES
from prongsai.reports.cells import words_or_none
from prongsai.reports.heads import Role
from prongsai.reports.kinds import TableKind, table_kind
from prongsai.reports.lists import read_items
from prongsai.reports.owners import are_owners, read_owners
from prongsai.reports.printing import (
    Lines,
    cell_or_nothing,
    extra_cells,
    extra_heads,
    first_read_back,
    heading_row,
    list_lines,
    owner_lines,
    span_text,
    words,
)
from prongsai.reports.records import Measure
from prongsai.reports.rows import (
    Joined,
    logical_rows,
    number_of,
    only,
    origin_of,
    period_doubts,
    period_role,
    read_period_of,
    same_page,
)
from prongsai.reports.stream import DataRow, Event, HeadEvent, Heading, Prose, without_continued_mark
from prongsai.thai.numerals import to_arabic, to_thai
from prongsai.thai.text import collapse, squeeze

_ISSUE = re.compile(r"^\s*(?:ประเด็น(?:ที่)?|(?:ด้าน|หัวข้อ)ที่)\s*\(?(\d{1,2})(?!\d)\s*[.:)]*\s*(?=\S)(.+)$")
_ISSUE_NUMBER = re.compile(r"(?:ประเด็น(?:ที่)?|(?:ด้าน|หัวข้อ)ที่)\s*\(?(\d{1,2})\s*[.:)]*")
_NUMBERED_HEADING = re.compile(r"^\s*\(?(\d{1,2})\s*[.)]\)?\s*(.+)$")
_NUMBERED_NAME = re.compile(
    r"^\(?([0-9๐-๙]{1,2}(?:\.[0-9๐-๙]{1,2})?)[.)]?\)?\s+(?=[ก-๙A-Za-z])|^\(?([0-9๐-๙]{1,2})[.)]\)?(?=[ก-๙])"
)
_AFTER_ISSUE = re.compile(r"\s*[:：]\s*|\s+[-–—]\s+|\s+(?=มาตรการ(?:ที่|\s))")
_OWNER_LABEL = re.compile(r"^\s*(?:ผู้|หน่วยงานที่?)รับผิดชอบ\s*[:：]?\s*")
_NOTE_LABEL = re.compile(r"(?:^|\s)หมายเหตุ\s*[:：]\s*")
_STEPS_LABEL = re.compile(r"(?:^|\s)ขั้นตอน\s*[:：]\s*")
ISSUE_LENGTH_MAX = 140
NAMES = (Role.MEASURE, Role.TOPIC)
FIELDS = {
    Role.NUMBER: "seq",
    Role.MEASURE: "measure",
    Role.TOPIC: "issue_title",
    Role.STEPS: "steps",
    Role.PERIOD: "period",
    Role.START: "period",
    Role.END: "period",
    Role.DUE: "period",
    Role.ACTUAL: "period",
    Role.RESPONSIBLE: "responsible",
    Role.RESULT: "results",
    Role.PROGRESS: "results",
    Role.OUTCOME: "outcomes",
    Role.NOTES: "notes",
    Role.WEAKNESS: "weaknesses",
    Role.FOLLOW_UP: "follow_up",
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
    titles = _numbered_titles(events)
    for event, after in zip_longest(events, events[1:]):
        if isinstance(event, Prose | Heading):
            issue = titles.get(event.where) or _read_issue(event, after) or issue
        elif isinstance(event, DataRow) and table_kind(event.head) is TableKind.MEASURES:
            found.append((event, issue))
    found = _with_issue_in_name(_with_issue_column(found))
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


def _with_issue_in_name(found: Sequence[tuple[DataRow, _Issue]]) -> list[tuple[DataRow, _Issue]]:
    """Take an issue that stands before the name in its cell; the rows below it on the same sheet go on with it."""
    given: list[tuple[DataRow, _Issue]] = []
    last: tuple[_Issue, int] | None = None
    for row, issue in found:
        own, cell = _issue_before(row.cells.get(Role.MEASURE))
        if own and cell:
            last = (own, row.sheet)
            given.append((replace(row, cells={**row.cells, Role.MEASURE: cell}), own))
        else:
            given.append((row, last[0] if last and last[1] == row.sheet and issue == _Issue() else issue))
    return given


def _issue_before(cell: Cell | None) -> tuple[_Issue | None, Cell | None]:
    """Part "ประเด็นที่ ๑ … : มาตรการ" at a mark, or the first of several lines from the others."""
    lines = cell.lines if cell else ()
    found = _ISSUE.match(to_arabic(lines[0].text)) if lines else None
    if cell is None or found is None:
        return None, None
    cut = _AFTER_ISSUE.search(lines[0].text, found.start(2))
    if cut:
        title, rest = lines[0].text[found.start(2) : cut.start()], lines[0].text[cut.end() :]
        kept = (replace(lines[0], text=rest, breaks=()), *lines[1:])
    elif len(lines) > 1:
        title, kept = lines[0].text[found.start(2) :], lines[1:]
    else:
        return None, None
    return _Issue(int(found.group(1)), collapse(title)), replace(cell, lines=kept)


def _numbered_titles(events: Sequence[Event]) -> dict[Where, _Issue]:
    """Give the issues that stand as "๑. …" right above tables of measures: two or more that count from one."""
    found: dict[Where, _Issue] = {}
    for event, after in pairwise(events):
        is_above = isinstance(after, HeadEvent) and table_kind(after.head) is TableKind.MEASURES
        numbered = _NUMBERED_HEADING.match(to_arabic(event.text)) if is_above and isinstance(event, Prose) else None
        if numbered and isinstance(event, Prose) and len(event.text) <= ISSUE_LENGTH_MAX:
            found[event.where] = _Issue(int(numbered.group(1)), collapse(event.text[numbered.start(2) :]))
    numbers = [issue.no for issue in found.values()]
    return found if len(numbers) > 1 and numbers == list(range(1, len(numbers) + 1)) else {}


def _read_issue(event: Prose | Heading, after: Event | None) -> _Issue | None:
    """Read "ประเด็นที่ ๗ …" anywhere, its title perhaps on the next line; "๗. …" only in a heading row."""
    text = without_continued_mark(event.text)
    arabic = to_arabic(text)
    found = _ISSUE.match(arabic) or (_NUMBERED_HEADING.match(arabic) if isinstance(event, Heading) else None)
    if found:
        return _Issue(int(found.group(1)), collapse(text[found.start(2) :]))
    bare = _ISSUE_NUMBER.fullmatch(arabic.strip())
    if bare:
        told = after.text if isinstance(after, Prose | Heading) and len(after.text) <= ISSUE_LENGTH_MAX else None
        return _Issue(int(bare.group(1)), collapse(told) if told else None)
    return _Issue(None, text) if isinstance(event, Heading) else None


def _measure(joined: Joined, issue: _Issue, fiscal_year_be: int | None, problems: list[Problem]) -> Measure:
    period = read_period_of(joined, fiscal_year_be)
    problems += period.problems
    owners, notes = _owners_and_notes(joined)
    inferred = {"period": period.value.inferred if period.value else ()}
    name_lines, step_lines = _name_and_steps(joined)
    seq, name = _seq_and_name(joined, name_lines)
    told = joined.first_of(Role.RESULT, Role.PROGRESS)
    return Measure(
        issue_no=issue.no,
        issue_title=issue.title,
        seq=seq,
        measure=name,
        steps=joined.items(Role.STEPS).texts or read_items(step_lines).texts,
        period=period.value,
        responsible=owners,
        results=joined.items(told).texts,
        outcomes=joined.items(Role.OUTCOME).texts,
        notes=notes,
        origin=origin_of(
            joined,
            only(FIELDS, (told, [Role.RESULT, Role.PROGRESS]), (period_role(joined.row), [Role.DUE, Role.ACTUAL])),
            _doubts(joined, period.problems),
            inferred,
        ),
        weaknesses=joined.items(Role.WEAKNESS).texts,
        follow_up=joined.items(Role.FOLLOW_UP).texts,
    )


def _name_and_steps(joined: Joined) -> tuple[Lines, Lines]:
    """Split the cell of the name where it says "ขั้นตอน:", in a table without a column for steps."""
    lines = tuple(line for line in joined.cell_lines(joined.row.named_by(NAMES)) if line.mark not in BOXES)
    return (lines, ()) if Role.STEPS in joined.row.cells else _split_at(_STEPS_LABEL, lines)


def _split_at(label: re.Pattern[str], lines: Lines) -> tuple[Lines, Lines]:
    """Split lines at a label, which is dropped; all are before it when it does not occur."""
    for at, line in enumerate(lines):
        if found := label.search(line.text):
            before = (*lines[:at], replace(line, text=line.text[: found.start()], breaks=()))
            after = (replace(line, text=line.text[found.end() :], breaks=()), *lines[at + 1 :])
            return _filled(before), _filled(after)
    return lines, ()


def _filled(lines: Lines) -> Lines:
    return tuple(line for line in lines if line.text)


def _text(lines: Lines) -> str:
    return " ".join(line.text for line in lines)


def _seq_and_name(joined: Joined, lines: Lines) -> tuple[str | None, str]:
    """Read running number and name; in a table without a column for numbers they share a cell ("๑. จัดทำคู่มือ")."""
    name = without_continued_mark(_text(lines))
    numbered = None if Role.NUMBER in joined.row.cells else _NUMBERED_NAME.match(name)
    if numbered and len(joined.items(joined.row.named_by(NAMES)).texts) == 1:
        return numbered.group(1) or numbered.group(2), name[numbered.end() :]
    return words_or_none(joined.text(Role.NUMBER)), name


def _topic_issue(text: str) -> _Issue:
    found = _ISSUE.match(to_arabic(text)) or _NUMBERED_HEADING.match(to_arabic(text))
    return _Issue(int(found.group(1)), collapse(text[found.start(2) :])) if found else _Issue(None, collapse(text))


def _owners_and_notes(joined: Joined) -> tuple[tuple[str, ...], str | None]:
    """Read owners; some papers keep them under "หมายเหตุ", with the word "ผู้รับผิดชอบ" or where no column is theirs."""
    has_column = Role.RESPONSIBLE in joined.row.cells
    owners, notes = read_notes(joined.cell_lines(Role.NOTES), has_column=has_column)
    return owners or read_owners(joined.cell_lines(Role.RESPONSIBLE)), notes


def read_notes(lines: Lines, *, has_column: bool) -> tuple[tuple[str, ...], str | None]:
    """Read owners and notes that share a cell. has_column: whether owners have a column of their own."""
    before, after = _split_at(_NOTE_LABEL, lines)
    is_labelled = before != lines
    said = _OWNER_LABEL.match(_text(before)) is not None
    if said or (not has_column and (is_labelled or are_owners(_unlabelled(before)))):
        return read_owners(_unlabelled(before)), words_or_none(_text(after))
    return (), words_or_none(_text((*before, *after)))


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


class Layout(StrEnum):
    """How measures are set: as a report of seven columns or of six (owners under notes), or as a plan."""

    SEVEN = "seven"
    SIX = "six"
    PLAN = "plan"


@dataclass(frozen=True, slots=True)
class _Part:
    """A column: its head, its look, and what a measure puts in it."""

    head: str
    column: Column
    of: Callable[[Measure], Cell]


_SEQ = _Part("ลำดับ", Column(0.7, align=Align.CENTRE), lambda one: words(one.seq))
_NAME = _Part("มาตรการ/กิจกรรม", Column(2.4), lambda one: cell(one.measure))
_STEPS = _Part("ขั้นตอนหรือวิธีการปฏิบัติ", Column(3.0), lambda one: cell_or_nothing(list_lines(one.steps)))
_PERIOD = _Part("ระยะเวลาในการดำเนินการ", Column(1.6), lambda one: cell(span_text(one.period)))
_OWNERS = _Part("ผู้รับผิดชอบ", Column(1.8), lambda one: cell_or_nothing(owner_lines(one.responsible)))
_RESULTS = _Part(
    "สรุปผลการดำเนินการตามมาตรการหรือกิจกรรม", Column(3.0), lambda one: cell_or_nothing(list_lines(one.results))
)
_OUTCOMES = _Part("ผลลัพธ์หรือความสำเร็จในการดำเนินการ", Column(2.8), lambda one: cell_or_nothing(list_lines(one.outcomes)))
_WEAKNESSES = _Part("ประเด็นข้อบกพร่อง/จุดอ่อน", Column(2.6), lambda one: cell_or_nothing(list_lines(one.weaknesses)))
_FOLLOW_UP = _Part("การติดตามผล", Column(2.2), lambda one: cell_or_nothing(list_lines(one.follow_up)))
_NOTES = _Part("หมายเหตุ", Column(1.6), lambda one: cell_or_nothing(_notes_lines((), one.notes, has_column=True)))
_NAME_STEPS = _Part("มาตรการ/กิจกรรมที่ดำเนินการ", Column(3.4), lambda one: cell_of(_name_steps_lines(one)))
_OWNERS_NOTES = _Part(
    "หมายเหตุ",
    Column(1.9),
    lambda one: cell_or_nothing(_notes_lines(one.responsible, one.notes, has_column=False)),
)
_LAYOUTS = {
    Layout.SEVEN: (_SEQ, _NAME, _STEPS, _PERIOD, _OWNERS, _RESULTS, _OUTCOMES),
    Layout.SIX: (_SEQ, _NAME_STEPS, _PERIOD, _RESULTS, _OUTCOMES, _OWNERS_NOTES),
    Layout.PLAN: (_SEQ, _WEAKNESSES, _NAME, _STEPS, _PERIOD, _OWNERS, _FOLLOW_UP),
}
_WHEN_TOLD: tuple[tuple[_Part, Callable[[Measure], object]], ...] = (
    (_WEAKNESSES, lambda one: one.weaknesses),
    (_RESULTS, lambda one: one.results),
    (_OUTCOMES, lambda one: one.outcomes),
    (_FOLLOW_UP, lambda one: one.follow_up),
    (_NOTES, lambda one: one.notes),
)


def compose(measures: Sequence[Measure], layout: Layout = Layout.SEVEN) -> Iterator[Block]:
    """Set measures as one table an issue, each under its heading. What a layout has no column for gets one."""
    parts = _parts(measures, layout)
    more = extra_heads([part.head for part in parts], (one.origin for one in measures))
    for (no, title), group in groupby(measures, lambda one: (one.issue_no, one.issue_title)):
        if no is not None:
            yield paragraph(to_thai(f"ประเด็นที่ {no}") + f" {title or ''}", Style.HEADING)
        yield _table(list(group), parts, more, title if no is None else None)


def _parts(measures: Sequence[Measure], layout: Layout) -> tuple[_Part, ...]:
    parts = _LAYOUTS[layout]
    heads = {part.head for part in parts}
    told = [part for part, get in _WHEN_TOLD if part.head not in heads and any(map(get, measures))]
    return (*parts, *told)


def _table(measures: Sequence[Measure], parts: Sequence[_Part], more: Sequence[str], title: str | None) -> Table:
    rows: list[Row] = [heading_row(title, len(parts) + len(more))] if title else []
    rows += [build.row(*(part.of(one) for part in parts), *extra_cells(one.origin, more)) for one in measures]
    columns = (*(part.column for part in parts), *(Column(1.5) for _ in more))
    name = to_thai(f"ประเด็นที่ {measures[0].issue_no}") if measures[0].issue_no is not None else "มาตรการ"
    return build.table((*(part.head for part in parts), *more), rows, columns, name=name)


def _name_steps_lines(one: Measure) -> Lines:
    """Print a measure and under it its steps, after a word that says so."""
    return (Line(one.measure), Line("ขั้นตอน:"), *list_lines(one.steps)) if one.steps else (Line(one.measure),)


def _notes_lines(owners: Sequence[str], notes: str | None, *, has_column: bool) -> Lines:
    """Print owners and notes that share a cell, with the words that tell them apart where they are needed."""
    bare = owner_lines(owners)
    said = tuple(replace(line, text=line.text if at else f"ผู้รับผิดชอบ: {line.text}") for at, line in enumerate(bare))
    forms: list[Lines] = [(*said, Line(notes))] if notes and not owners else [] if notes else [said]
    forms += [(*said, Line(f"หมายเหตุ: {notes}"))] if notes else []
    wanted = (tuple(owners), notes)
    return first_read_back(forms, lambda lines: read_notes(tuple(lines), has_column=has_column), wanted)
