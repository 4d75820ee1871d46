"""Short ways to put a composed paper together. Places are given later, when the paper is made plain."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from prongsai.documents.model import (
    Cell,
    Column,
    Field,
    Fields,
    Line,
    Mark,
    Paragraph,
    Row,
    Style,
    Table,
)
from prongsai.errors import Where

NOWHERE = Where()


def paragraph(text: str, style: Style = Style.BODY, level: int = 0) -> Paragraph:
    """Make a paragraph."""
    return Paragraph(text, text, NOWHERE, style, level)


def fields(*pairs: tuple[str, str], memo: bool = False) -> Fields:
    """Make a printed line of labels and values."""
    return Fields(tuple(Field(label, value) for label, value in pairs), memo)


def cell(*lines: str, value: Decimal | int | date | None = None, rows: int = 1, columns: int = 1) -> Cell:
    """Make a cell, one paragraph a line."""
    return cell_of([Line(line) for line in lines if line], value=value, rows=rows, columns=columns)


def cell_of(lines: Iterable[Line], value: Decimal | int | date | None = None, rows: int = 1, columns: int = 1) -> Cell:
    """Make a cell of lines that may carry boxes."""
    lines = tuple(lines)
    return Cell("\n".join(line.text for line in lines), lines, NOWHERE, (), value, rows, columns)


def box(label: str, *, ticked: bool) -> Line:
    """Make a label with a box before it."""
    return Line(label, Mark.TICKED if ticked else Mark.UNTICKED)


def covered(over: Cell) -> Cell:
    """Make what stands in a place that a merged cell covers."""
    return Cell(over.raw, over.lines, NOWHERE, (), over.value, covered=True)


def row(*cells: Cell | str) -> Row:
    """Make a row."""
    return Row(tuple(cell(each) if isinstance(each, str) else each for each in cells), NOWHERE)


def table(
    heads: Sequence[str] | Sequence[Row],
    rows: Iterable[Row],
    columns: Sequence[Column] = (),
    *,
    ruled: bool = True,
    name: str = "",
) -> Table:
    """Make a table under one head row of words, or under head rows of cells."""
    head_rows = [each for each in heads if isinstance(each, Row)] or [row(*(str(head) for head in heads))]
    return Table((*head_rows, *rows), NOWHERE, "composed", len(head_rows), tuple(columns), ruled, name)
