"""The one document model: what every reader gives and every writer takes.

A document is a sequence of blocks: paragraphs and tables. Each paragraph, row and cell knows its place, and keeps the
text as printed (``raw``) beside the normalised one.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from prongsai.errors import Problem, Where


class Mark(StrEnum):
    """What stands before a line of a cell: nothing, a list bullet made by the format, or a box."""

    NONE = "none"
    ITEM = "item"
    TICKED = "ticked"
    UNTICKED = "unticked"


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph, list item or ticked label inside a cell; text is normalised, inner white space as printed.

    in_list: it stood in a list that the format declares, whether or not its own boundaries survived. breaks: places in
    the text where a line was broken, which may be the end of an item or nothing but a narrow column.
    """

    text: str
    mark: Mark = Mark.NONE
    in_list: bool = False
    breaks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table. raw: as printed, tags included. lines: what it says."""

    raw: str
    lines: tuple[Line, ...]
    where: Where
    problems: tuple[Problem, ...] = ()

    @property
    def text(self) -> str:
        """The words of all lines, one space between lines, boxes left out."""
        return " ".join(line.text for line in self.lines if line.mark in (Mark.NONE, Mark.ITEM)).strip()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is printed in it; a box without a label counts when it is ticked."""
        return not any(line.text or line.mark is Mark.TICKED for line in self.lines)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, as long as it was printed."""

    cells: tuple[Cell, ...]
    where: Where


@dataclass(frozen=True, slots=True)
class Table:
    """Rows as printed, heads included. dialect: ``tab``, ``pipe``, ``html`` or a file format's own name."""

    rows: tuple[Row, ...]
    where: Where
    dialect: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of running text."""

    text: str
    raw: str
    where: Where


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Document:
    """A file that was read. sha256: of its bytes. problems: what the reader itself noticed."""

    file: str
    format: str
    encoding: str | None
    sha256: str
    blocks: tuple[Block, ...]
    problems: tuple[Problem, ...] = field(default=())

    def paragraphs(self) -> Iterator[Paragraph]:
        """Walk the running text."""
        return (block for block in self.blocks if isinstance(block, Paragraph))

    def tables(self) -> Iterator[Table]:
        """Walk the tables."""
        return (block for block in self.blocks if isinstance(block, Table))
