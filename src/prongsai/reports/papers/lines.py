"""How a line of a body is set follows from the line itself: one rule for what is typed, printed and read back.

``๑. เรื่องเดิม`` is a heading; ``๓.๑ …``, ``(๑) …``, ``๑) …`` and ``- …`` hang; lines ``a | b`` with as many parts, one
after the other, are a ruled table whose first row is its head; every other line is a paragraph.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby

from prongsai.documents.build import paragraph, row, table
from prongsai.documents.model import Align, Block, Column, Row, Style
from prongsai.thai.text import collapse, display_width

HEADING_WIDTH_MAX = 60  # a numbered line that is longer is an item of a list
COLUMN_WIDTH_MIN, COLUMN_WIDTH_MAX = 6, 36
BAR = "|"
_NUMBERED = re.compile(r"[0-9๐-๙]{1,2}\.\s+\S")
_ITEM = re.compile(r"([0-9๐-๙]{1,2}(?:\.[0-9๐-๙]{1,2})+\.?|\([0-9๐-๙]{1,2}\)|[0-9๐-๙]{1,2}\)|[-–•])\s+\S")
CLAUSE = re.compile(r"ข้อ\s*([0-9๐-๙]{1,3})\.?\s+(?=\S)")
_FIGURE = re.compile(r"[-–0-9๐-๙,.%]*")
_RULE = re.compile(r"[|:\-\s]*\|[|:\-\s]*")


class LineKind(StrEnum):
    """What a line of a body is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class BodyLine:
    """A line with what it is. level: how deep an item stands, 0-based. cells: of a row."""

    text: str
    kind: LineKind
    level: int = 0
    cells: tuple[str, ...] = ()


def read_line(text: str) -> BodyLine:
    """Say what a line is."""
    cells = _cells(text)
    if len(cells) > 1:
        return BodyLine(text, LineKind.ROW, cells=cells)
    if _NUMBERED.match(text):
        is_heading = display_width(text) <= HEADING_WIDTH_MAX
        return BodyLine(text, LineKind.HEADING if is_heading else LineKind.ITEM)
    if found := _ITEM.match(text):
        return BodyLine(text, LineKind.ITEM, _level(found[1]))
    return BodyLine(text, LineKind.PARAGRAPH)


def set_lines(texts: Iterable[str]) -> Iterator[Block]:
    """Print the lines of a body; rows that stand together become tables."""
    for (kind, columns), group in groupby(map(read_line, texts), lambda line: (line.kind, len(line.cells))):
        if kind is LineKind.ROW:
            yield _table([line.cells for line in group], columns)
        else:
            yield from map(_set, group)


def row_text(printed: Row) -> str:
    """Give a row of a table as the line that it was typed as."""
    return collapse(f" {BAR} ".join(cell.text for cell in printed.cells))


def tidy(texts: Iterable[str]) -> tuple[str, ...]:
    """Give lines as they are read back: bars around a row and the rule under a head of marked-up text left out."""
    lines = (_bare_row(collapse(text)) for text in texts)
    return tuple(line for line in lines if line)


def _set(line: BodyLine) -> Block:
    style = {LineKind.HEADING: Style.HEADING, LineKind.ITEM: Style.HANGING}.get(line.kind, Style.BODY)
    return paragraph(line.text, style, line.level)


def _table(rows: Sequence[tuple[str, ...]], columns: int) -> Block:
    """Set rows under the first of them; a single one has no head. Columns share the width by what stands in them."""
    widest = [max(display_width(cells[at]) for cells in rows) for at in range(columns)]
    figures = [all(_FIGURE.fullmatch(cells[at]) for cells in rows[1:]) for at in range(columns)]
    set_as = [
        Column(min(max(wide, COLUMN_WIDTH_MIN), COLUMN_WIDTH_MAX), align=Align.RIGHT if is_figure else Align.LEFT)
        for wide, is_figure in zip(widest, figures, strict=True)
    ]
    made = table([row(*cells) for cells in rows[:1]], [row(*cells) for cells in rows[1:]], set_as)
    return made if len(rows) > 1 else replace(made, heads=0, columns=tuple(Column(wide) for wide in widest))


def _cells(text: str) -> tuple[str, ...]:
    """Part a line at the bars that stand alone; a bar inside a word is part of it."""
    cells: list[list[str]] = [[]]
    for word in text.split():
        if word == BAR:
            cells.append([])
        else:
            cells[-1].append(word)
    return tuple(" ".join(words) for words in cells)


def _level(marker: str) -> int:
    """Give how deep a marker stands: ``๓.๑`` 0, ``๓.๑.๑``, ``(๑)``, ``๑)`` and a dash 1."""
    return min(marker.strip(".").count(".") - 1, 2) if "." in marker else 1


def _bare_row(text: str) -> str:
    """Give a row without the bars around it; nothing for one that says nothing."""
    if _RULE.fullmatch(text):
        return ""
    cells = _cells(text)
    if len(cells) > 2 and not cells[0] and not cells[-1]:
        cells = cells[1:-1]
    return collapse(f" {BAR} ".join(cells))
