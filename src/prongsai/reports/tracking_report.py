"""The half-year tracking report: topics, who follows them up, what is due when and what was done when."""

import re
from collections.abc import Iterator, Sequence

from prongsai.documents.build import cell_of, row, table
from prongsai.documents.model import Column, Line, Mark, Row, Table
from prongsai.errors import Problem, Where
from prongsai.reports.cells import read_done_items, read_due_items
from prongsai.reports.heads import Role
from prongsai.reports.kinds import TableKind, table_kind
from prongsai.reports.owners import read_owners
from prongsai.reports.printing import (
    Lines,
    cell_or_nothing,
    extra_cells,
    extra_heads,
    first_read_back,
    heading_row,
    list_lines,
    numbered_lines,
    owner_lines,
)
from prongsai.reports.records import DatedText, Tracking
from prongsai.reports.rows import Joined, logical_rows, number_of, only, origin_of, same_page
from prongsai.reports.stream import DataRow, Event, Heading, without_continued_mark
from prongsai.thai.dates import find_dates, format_date, read_due
from prongsai.thai.text import collapse

_GROUP = re.compile(r"ตัวชี้วัดที่|เครื่องมือ|ประเด็นที่")

NAMES = (Role.TOPIC, Role.MEASURE, Role.INDICATOR, Role.ITEM)
FIELDS = {
    Role.TOPIC: "topic",
    Role.MEASURE: "topic",
    Role.INDICATOR: "topic",
    Role.ITEM: "topic",
    Role.RESPONSIBLE: "responsible",
    Role.STEPS: "steps",
    Role.DUE: "due",
    Role.PERIOD: "due",
    Role.ACTUAL: "done",
    Role.RESULT: "done",
}
HEADS = (
    "ประเด็นที่ต้องปรับปรุงแก้ไข/ประเด็นที่ต้องพัฒนา", "ผู้รับผิดชอบ", "ขั้นตอนหรือวิธีการ/มาตรการ",
    "การรายงานผลและการกำกับติดตาม กำหนดเวลาแล้วเสร็จ", "การดำเนินการ",
)  # fmt: skip
COLUMNS = (Column(2.2), Column(1.9), Column(4.2), Column(3.8), Column(2.0))


def recognise(
    events: Sequence[Event], fiscal_year_be: int | None
) -> tuple[tuple[Tracking, ...], int, tuple[Problem, ...]]:
    """Give the topics, how many rows were printed, and what is wrong with the words of their cells."""
    group: str | None = None
    rows: list[DataRow] = []
    headed: dict[Where, str | None] = {}
    for event in events:
        if isinstance(event, Heading):
            group = event.text
        elif isinstance(event, DataRow) and table_kind(event.head) is TableKind.TRACKING:
            headed[event.where] = group
            rows.append(event)
    merged = logical_rows(rows, same_page, number_of, lambda row: headed[row.where])
    problems: list[Problem] = []
    topics: list[Tracking] = []
    for joined in merged:
        topic = _tracking(joined, fiscal_year_be, problems, headed[joined.row.where] or group_of(topics))
        topics.append(topic)
    return tuple(topics), len(rows), tuple(problems)


def group_of(topics: Sequence[Tracking]) -> str | None:
    """Give the group of the last topic: it is printed in the first cell of its group only."""
    return topics[-1].group if topics else None


def _tracking(joined: Joined, fiscal_year_be: int | None, problems: list[Problem], group: str | None) -> Tracking:
    named_by = joined.row.named_by(NAMES)
    own_group, topic = split_topic(joined.cell_lines(named_by))
    has_steps = Role.STEPS in joined.row.cells or named_by is Role.MEASURE
    steps_in = Role.STEPS if has_steps else Role.MEASURE
    steps = joined.items(steps_in)
    due_in = joined.first_of(Role.DUE, Role.PERIOD)
    due, _, due_problems = read_due_items(joined.cell_lines(due_in), fiscal_year_be, joined.row.where)
    actual = Role.ACTUAL if joined.text(Role.ACTUAL) else Role.RESULT
    others = [role for role in NAMES if role not in (named_by, steps_in)]
    choices = (
        (named_by, others),
        (steps_in, [Role.STEPS]),
        (actual, [Role.ACTUAL, Role.RESULT]),
        (due_in, [Role.DUE, Role.PERIOD]),
    )
    done, done_problems = read_done_items(joined.cell_lines(actual), fiscal_year_be, joined.row.where)
    problems += [*due_problems, *done_problems]
    inferred = {"due": _inferred(due), "done": _inferred(done)}
    return Tracking(
        topic=without_continued_mark(topic),
        group=own_group or group,
        responsible=read_owners(joined.cell_lines(Role.RESPONSIBLE)),
        steps=steps.texts,
        step_numbers=tuple(number for number in steps.numbers if number is not None),
        due=due,
        done=done,
        origin=origin_of(
            joined, only(FIELDS, *choices), ["date_unreadable"] if due_problems or done_problems else [], inferred
        ),
    )


def _inferred(items: Sequence[DatedText]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(what for item in items for what in item.inferred))


def split_topic(lines: Sequence[Line]) -> tuple[str | None, str]:
    """Split a first cell into the group that it opens, if any, and its own topic, which follows the last dash."""
    text = collapse(" ".join(line.text for line in lines if line.mark in (Mark.NONE, Mark.ITEM)))
    dashes = list(re.finditer(r"(?:^|\s)[-–]\s?(?=\S)", text))
    if not dashes:
        return None, text
    last = dashes[-1]
    before = text[: last.start()].strip()
    if before and not _GROUP.search(before):
        return None, text.lstrip("-– ")
    return before or None, text[last.end() :].strip()


def compose(topics: Sequence[Tracking], fiscal_year_be: int | None) -> Table:
    """Set topics as a table of five columns; a group stands in a row of its own, where it changes."""
    more = extra_heads(HEADS, (topic.origin for topic in topics))
    columns = (*COLUMNS, *(Column(1.5) for _ in more))
    return table((*HEADS, *more), _rows(topics, more, fiscal_year_be), columns, name="กำกับติดตาม")


def _rows(topics: Sequence[Tracking], more: Sequence[str], year: int | None) -> Iterator[Row]:
    group: str | None = None
    for topic in topics:
        if topic.group and topic.group != group:
            yield heading_row(topic.group, len(COLUMNS) + len(more))
            group = topic.group
        yield row(
            cell_of(_topic_lines(topic.topic)),
            cell_or_nothing(owner_lines(topic.responsible)),
            cell_or_nothing(numbered_lines(topic.steps, topic.step_numbers)),
            cell_or_nothing(list_lines([_due_text(due, year) for due in topic.due])),
            cell_or_nothing(_done_lines([_done_text(done, year) for done in topic.done], year)),
            *extra_cells(topic.origin, more),
        )


def _topic_lines(topic: str) -> Lines:
    return first_read_back([(Line(topic),), (Line(f"- {topic}"),)], split_topic, (None, topic))


def _due_text(due: DatedText, year: int | None) -> str:
    """Print a due item; one whose words do not say its date gets it."""
    if due.date is None:
        return due.text
    said = read_due(due.text, fiscal_year_be=year)
    return due.text if said and said.end else f"{due.text} ภายในวันที่ {format_date(due.date)}".strip()


def _done_text(done: DatedText, year: int | None) -> str:
    if done.date is None or find_dates(done.text, fiscal_year_be=year):
        return done.text
    return f"{done.text} {format_date(done.date)}".strip()


def _done_lines(texts: Sequence[str], year: int | None) -> Lines:
    forms = (tuple(map(Line, texts)), tuple(Line(f"- {text}") for text in texts), list_lines(texts))
    return first_read_back(forms, lambda lines: _done_texts(lines, year), tuple(texts))


def _done_texts(lines: Sequence[Line], year: int | None) -> tuple[str, ...]:
    return tuple(done.text for done in read_done_items(lines, year, Where())[0])
