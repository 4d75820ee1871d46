"""The table of OIT gaps: each item with last year's score, what was done, what is advised, and who answers."""

import re
from collections.abc import Iterator, Sequence

from prongsai.documents.build import cell_of, row, table
from prongsai.documents.model import Align, Column, Kind, Line, Mark, Row, Table
from prongsai.reports.cells import is_score_lost, plain_digits, read_score_cell, words_or_none
from prongsai.reports.heads import Role
from prongsai.reports.kinds import TableKind, table_kind
from prongsai.reports.lists import read_items
from prongsai.reports.owners import read_owners
from prongsai.reports.printing import (
    Lines,
    cell_or_nothing,
    extra_cells,
    extra_heads,
    first_read_back,
    heading_row,
    list_lines,
    owner_lines,
    score_cell,
    words,
)
from prongsai.reports.records import Gap
from prongsai.reports.rows import SAME_ITEM_LIKENESS, Joined, likeness, logical_rows, only, origin_of, same_page
from prongsai.reports.stream import Continued, DataRow, Event, Heading
from prongsai.thai.numerals import find_item_codes, read_item_code, read_score, to_arabic, to_thai
from prongsai.thai.text import collapse

_SUB_INDICATOR = re.compile(r"ตัวชี้วัดย่อยที่\s*(\d{1,2}\.\d{1,2})\s*(.*)")
_TITLE_END = re.compile(r"\s*[:：]\s*")
_ROUND = re.compile(r"รอบ\s*(\d+)\s*เดือน")
_TITLE_LENGTH_MAX = 220
_LIST_MARK = re.compile(r"(?<!\S)(?:[-–•]\s*(?=[^\s\d๐-๙])|\(?[0-9๐-๙]{1,2}[.)]\)?(?=\s*[ก-ฮเ-ไ]))")
NAMES = (Role.ITEM, Role.INDICATOR, Role.TOPIC)
FIELDS = {
    Role.CODE: "code",
    Role.NUMBER: "code",
    Role.ITEM: "title",
    Role.INDICATOR: "title",
    Role.TOPIC: "title",
    Role.SCORE: "score",
    Role.PRIOR_ACTION: "prior_action",
    Role.RECOMMENDATION: "recommendations",
    Role.GUIDANCE: "recommendations",
    Role.RESPONSIBLE: "units",
}
COLUMNS = (
    Column(0.7, align=Align.CENTRE),
    Column(4.0),
    Column(1.0, Kind.NUMBER, Align.CENTRE),
    Column(2.8),
    Column(3.6),
    Column(1.9),
)


def recognise(events: Sequence[Event]) -> tuple[tuple[Gap, ...], int]:
    """Give the gaps and how many rows were printed. An item printed twice is one gap; a code used for two items two."""
    placed = list(_placed(events))
    context = {row.where: (sub, group) for row, sub, group in placed}
    merged = logical_rows([row for row, _, _ in placed], _same_item, _code, lambda _: None)
    return tuple(_gap(joined, *context[joined.row.where]) for joined in merged), len(placed)


def _placed(events: Sequence[Event]) -> list[tuple[DataRow, str | None, str | None]]:
    """Give each row with the sub-indicator and group of the heading rows above it."""
    sub: str | None = None
    group: str | None = None
    rows: list[tuple[DataRow, str | None, str | None]] = []
    for event in events:
        if isinstance(event, Heading):
            found = _SUB_INDICATOR.search(to_arabic(event.text))
            if found:
                sub, group = found.group(1), found.group(2) or group
            else:
                group = event.text
        elif isinstance(event, DataRow) and table_kind(event.head) is TableKind.GAPS:
            rows.append((event, sub, group))
    return rows


def _same_item(first: DataRow, second: DataRow) -> bool:
    """Whether two rows of one code are one item printed twice, however differently it was misread.

    On one sheet nothing is printed twice; a report of 6 months and one of 12, or two scores, are two items.
    """
    if first.continued is not Continued.NO:
        return same_page(first, second)
    one, other = (row.text(row.named_by(NAMES)) for row in (first, second))
    scores = {score for score in (read_score(row.text(Role.SCORE)) for row in (first, second)) if score is not None}
    return (
        first.sheet != second.sheet
        and len(scores) < 2
        and _ROUND.findall(to_arabic(one)) == _ROUND.findall(to_arabic(other))
        and likeness(one, other, SAME_ITEM_LIKENESS) >= SAME_ITEM_LIKENESS
    )


def _code(row: DataRow) -> str | None:
    for role in (Role.CODE, Role.NUMBER):
        code = read_item_code(plain_digits(row.text(role)))
        if code:
            return code
    found = find_item_codes(row.text(row.named_by(NAMES))[:24])
    return found[0] if found else None


def _gap(joined: Joined, sub: str | None, group: str | None) -> Gap:
    named_by = joined.row.named_by(NAMES)
    title, elements = read_titled(joined.cell_lines(named_by))
    advised = joined.first_of(Role.RECOMMENDATION, Role.GUIDANCE)
    fields = only(FIELDS, (named_by, NAMES), (advised, [Role.RECOMMENDATION, Role.GUIDANCE]))
    code = _code(joined.row)
    doubts = [] if code else ["code_unreadable"]
    doubts += ["score_unreadable"] if is_score_lost(joined.text(Role.SCORE)) else []
    return Gap(
        code=code,
        title=title,
        elements=elements,
        score=read_score_cell(joined.text(Role.SCORE)),
        prior_action=words_or_none("\n".join(joined.items(Role.PRIOR_ACTION).texts)),
        recommendations=joined.items(advised).texts,
        units=read_owners(joined.cell_lines(Role.RESPONSIBLE)),
        group=group,
        sub_indicator=sub,
        origin=origin_of(joined, fields, doubts),
    )


def read_titled(lines: Sequence[Line]) -> tuple[str, tuple[str, ...]]:
    """Split "title : element - element" into title and elements; without a colon, a title before a list."""
    words = [line for line in lines if line.mark in (Mark.NONE, Mark.ITEM)]
    before: list[str] = []
    for at, line in enumerate(words):
        cut = _TITLE_END.search(line.text)
        if cut and len(" ".join(before)) + cut.start() <= _TITLE_LENGTH_MAX:
            title = collapse(" ".join([*before, line.text[: cut.start()]]))
            rest = [Line(line.text[cut.end() :], line.mark, line.in_list)] if line.text[cut.end() :] else []
            return title, read_items([*rest, *words[at + 1 :]]).texts
        before.append(line.text)
    return _title_before_list(words) or (collapse(" ".join(before)), ())


def _title_before_list(words: Sequence[Line]) -> tuple[str, tuple[str, ...]] | None:
    text = " ".join(line.text for line in words)
    marks = list(_LIST_MARK.finditer(text))
    if len(marks) < 2 or marks[0].start() == 0:
        return None
    elements = read_items([Line(text[marks[0].start() :])]).texts
    return (collapse(text[: marks[0].start()]), elements) if len(elements) > 1 else None


def compose(gaps: Sequence[Gap], fiscal_year_be: int | None) -> Table:
    """Set gaps as a table of six columns; a sub-indicator and a group stand in rows of their own, where they change."""
    this = to_thai(f"ปี {fiscal_year_be}") if fiscal_year_be else ""
    before = to_thai(f"ปี {fiscal_year_be - 1}") if fiscal_year_be else "ปีก่อน"
    heads = (
        "ที่", f"ตัวชี้วัด/นิยาม{this}", f"คะแนน{before}", "สิ่งที่ปฏิบัติ", "ข้อเสนอแนะ", "หน่วยงานรับผิดชอบ",
    )  # fmt: skip
    more = extra_heads(heads, (gap.origin for gap in gaps))
    columns = (*COLUMNS, *(Column(1.5) for _ in more))
    return table((*heads, *more), _rows(gaps, more), columns, name="ข้อมูลตามแบบวัด OIT")


def _rows(gaps: Sequence[Gap], more: Sequence[str]) -> Iterator[Row]:
    width = len(COLUMNS) + len(more)
    sub: str | None = None
    group: str | None = None
    for gap in gaps:
        if gap.sub_indicator and gap.sub_indicator != sub:
            yield heading_row(to_thai(f"ตัวชี้วัดย่อยที่ {gap.sub_indicator}"), width)
        if gap.group and gap.group != group:
            yield heading_row(gap.group, width)
        sub, group = gap.sub_indicator or sub, gap.group or group
        yield row(
            words(gap.code),
            cell_of(_titled_lines(gap.title, gap.elements)),
            score_cell(gap.score, 0),
            cell_or_nothing(_action_lines(gap.prior_action)),
            cell_or_nothing(list_lines(gap.recommendations)),
            cell_or_nothing(owner_lines(gap.units)),
            *extra_cells(gap.origin, more),
        )


def _titled_lines(title: str, elements: Sequence[str]) -> Lines:
    """Print "title : element", or the elements under the title, each after a dash."""
    forms: list[Lines] = []
    if len(elements) < 2:
        forms.append((Line(" : ".join((title, *elements))),))
    forms.append((Line(f"{title} :"), *(Line(f"- {element}") for element in elements)))
    forms.append((Line(f"{title} :"), *list_lines(elements)))
    forms.append((Line(f"{title} :"), *(Line(element, Mark.ITEM) for element in elements)))
    return first_read_back(forms, read_titled, (title, tuple(elements)))


def _action_lines(text: str | None) -> Lines:
    forms: list[Lines] = [(Line(text or ""),), (Line(f"- {text}"),), (Line(text or "", Mark.ITEM),)]
    return first_read_back(forms, lambda lines: collapse(" ".join(read_items(lines).texts)), text) if text else ()
