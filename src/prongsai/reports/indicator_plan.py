"""The indicator improvement table: what is advised for each indicator, how far it went, and one ticked box of three."""

from collections.abc import Sequence
from decimal import Decimal

from prongsai.documents.build import box, cell, row, table
from prongsai.documents.model import Column, Line, Row, Table
from prongsai.errors import Problem
from prongsai.reports.boxes import names_states, read_status, status_of, without_lost_boxes
from prongsai.reports.cells import LEADING, is_score_lost, read_indicator_title, read_score_cell
from prongsai.reports.heads import Role, statuses_in
from prongsai.reports.kinds import TableKind, table_kind
from prongsai.reports.lists import read_items
from prongsai.reports.owners import read_owners
from prongsai.reports.printing import (
    cell_or_nothing,
    extra_cells,
    extra_heads,
    list_lines,
    owner_lines,
    score_text,
    span_text,
)
from prongsai.reports.records import IndicatorPlan, ProgressStatus
from prongsai.reports.rows import (
    Joined,
    logical_rows,
    number_of,
    only,
    origin_of,
    period_doubts,
    read_period_of,
    same_page,
)
from prongsai.reports.stream import DataRow, Event, without_continued_mark
from prongsai.thai.numerals import read_number, to_arabic, to_thai
from prongsai.thai.text import collapse

NAMES = (Role.INDICATOR, Role.TOPIC)
ADVICE = (Role.GUIDANCE, Role.MEASURE, Role.STEPS)
TOLD = (Role.PROGRESS, Role.RESULT)
FIELDS = {
    Role.NUMBER: "no",
    Role.INDICATOR: "name",
    Role.TOPIC: "name",
    Role.SCORE: "score",
    Role.GUIDANCE: "guidance",
    Role.RESPONSIBLE: "responsible",
    Role.PERIOD: "period",
    Role.START: "period",
    Role.END: "period",
    Role.PROGRESS: "progress",
    Role.RESULT: "progress",
    Role.STATUS: "status",
}
HEADS = ("ตัวชี้วัด", "แนวทางในการยกระดับการประเมิน", "ผู้รับผิดชอบ", "ระยะเวลา", "ความก้าวหน้าผลการดำเนินการ")
COLUMNS = (Column(2.2), Column(4.2), Column(1.8), Column(1.6), Column(4.2))
LABELS = {
    ProgressStatus.DONE: "ดำเนินการแล้วเสร็จ",
    ProgressStatus.NOT_STARTED: "ยังไม่ได้ดำเนินการ",
    ProgressStatus.IN_PROGRESS: "อยู่ระหว่างดำเนินการ",
}


def recognise(
    events: Sequence[Event], fiscal_year_be: int | None
) -> tuple[tuple[IndicatorPlan, ...], int, tuple[Problem, ...]]:
    """Give the indicator rows, how many were printed, and what is wrong with the words of their cells."""
    rows = [event for event in events if isinstance(event, DataRow) and table_kind(event.head) is TableKind.PLAN]
    merged = logical_rows(rows, same_page, number_of, lambda _: None)
    problems: list[Problem] = []
    return tuple(_plan(row, fiscal_year_be, problems) for row in merged), len(rows), tuple(problems)


def _plan(joined: Joined, fiscal_year_be: int | None, problems: list[Problem]) -> IndicatorPlan:
    named_by = joined.row.named_by(NAMES)
    number, name, score = _titled(joined, named_by)
    period = read_period_of(joined, fiscal_year_be)
    problems += period.problems
    told = joined.first_of(*TOLD)
    progress, lost = without_lost_boxes(joined.cell_lines(told))
    lost = lost or (names_states(joined.text(Role.STATUS)) and not read_status(joined.cell_lines(Role.STATUS))[2])
    status, ticked, boxes = _status(joined)
    doubts = period_doubts(period.problems)
    doubts += ["score_unreadable"] if score is None and is_score_lost(joined.text(Role.SCORE)) else []
    advised = joined.first_of(*ADVICE)
    return IndicatorPlan(
        no=number,
        name=name,
        score=read_score_cell(joined.text(Role.SCORE)) if score is None else score,
        guidance=joined.items(advised).texts,
        responsible=read_owners(joined.cell_lines(Role.RESPONSIBLE)),
        period=period.value,
        progress=read_items(progress).texts,
        status=status,
        ticked=ticked,
        boxes=boxes,
        origin=origin_of(
            joined,
            only(FIELDS, (named_by, NAMES), (advised, ADVICE), (told, TOLD)),
            [*doubts, "boxes_lost"] if lost else doubts,
            {"period": period.value.inferred if period.value else ()},
        ),
    )


def _titled(joined: Joined, named_by: Role) -> tuple[int | None, str, Decimal | None]:
    """Read number, name and score; a number that no word announces ("9. การเปิดเผยข้อมูล") may open the name."""
    number, name, score = read_indicator_title(without_continued_mark(joined.text(named_by)))
    number = _number(joined) if number is None else number
    opened = LEADING.match(to_arabic(name)) if number is None else None
    return (int(opened[1]), collapse(name[opened.end() :]), score) if opened else (number, name, score)


def _number(joined: Joined) -> int | None:
    value = read_number(joined.text(Role.NUMBER).strip(" .)("))
    return int(value) if value is not None and value == int(value) else None


def _status(joined: Joined) -> tuple[ProgressStatus | None, tuple[str, ...], int]:
    """Read the state from boxes, from a column of its own, or from one column a state with a mark in one of them."""
    role = Role.STATUS if joined.cell_lines(Role.STATUS) else joined.first_of(Role.PROGRESS, Role.RESULT)
    status, ticked, boxes = read_status(joined.cell_lines(role))
    if boxes == 0 and joined.text(Role.STATUS):
        said = joined.text(Role.STATUS)
        return (None if names_states(said) else status_of(said)), (), 0
    columns = statuses_in([column.head for column in joined.row.head.columns])
    if boxes == 0 and columns:
        marked = tuple(head for head in joined.row.extra if head in columns)
        return (status_of(marked[0]) if len(marked) == 1 else None), marked, len(columns)
    return status, ticked, boxes


def compose(plans: Sequence[IndicatorPlan]) -> Table:
    """Set indicator rows as a table of five columns; a known state is one ticked box of three."""
    more = extra_heads(HEADS, (plan.origin for plan in plans))
    columns = (*COLUMNS, *(Column(1.5) for _ in more))
    return table((*HEADS, *more), (_row(plan, more) for plan in plans), columns, name="ยกระดับตัวชี้วัด")


def _row(plan: IndicatorPlan, more: Sequence[str]) -> Row:
    return row(
        cell(_title(plan)),
        cell_or_nothing(list_lines(plan.guidance)),
        cell_or_nothing(owner_lines(plan.responsible)),
        cell(span_text(plan.period)),
        cell_or_nothing((*list_lines(plan.progress), *_boxes(plan))),
        *extra_cells(plan.origin, more),
    )


def _title(plan: IndicatorPlan) -> str:
    number = to_thai(f"ตัวชี้วัดที่ {plan.no}") if plan.no is not None else ""
    score = f"คะแนน {score_text(plan.score)}" if plan.score is not None else ""
    return " ".join(part for part in (number, plan.name, score) if part)


def _boxes(plan: IndicatorPlan) -> tuple[Line, ...]:
    """Print three boxes; where the record has no single state, those that were ticked, if there were boxes at all."""
    if plan.status is None and not plan.boxes:
        return ()
    ticked = {status_of(label): label for label in plan.ticked}
    if plan.status is not None:
        ticked = {plan.status: ticked.get(plan.status, LABELS[plan.status])}
    known = tuple(box(ticked.get(status, label), ticked=status in ticked) for status, label in LABELS.items())
    return known + tuple(box(label, ticked=True) for status, label in ticked.items() if status not in LABELS)
