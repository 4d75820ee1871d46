"""A paper as one run of lines and tables, and which part of the form has taken each."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from prongsai.documents.model import Document, Paragraph, Table
from prongsai.errors import Problem, Where
from prongsai.reports.forms.faults import fault
from prongsai.reports.forms.values import Edge, is_blank
from prongsai.reports.papers.panel import without_panel
from prongsai.thai.text import collapse

SIGNED = re.compile(r"\(?ลงชื่อ|\(?signed\b", re.IGNORECASE)
_NAME = re.compile(r"\(\s*[^()]*\)")


@dataclass
class Stream:
    """entries: lines and tables in printed order. owner: number of the part that took each, None while free."""

    entries: list[Paragraph | Table]
    edge: Edge
    owner: list[int | None] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.owner = [None] * len(self.entries)

    @classmethod
    def of(cls, document: Document, edge: Edge) -> "Stream":
        """Lay a document out; signatures that stand side by side come one after the other."""
        entries: list[Paragraph | Table] = []
        for block in without_panel(document).printed:
            entries += _lines(block) if isinstance(block, Table) and _is_layout(block) else [block]
        return cls([entry for entry in entries if _says_something(entry)], edge)

    def lines(self) -> Iterator[tuple[int, Paragraph]]:
        """Walk the free lines with their places."""
        for at, entry in enumerate(self.entries):
            if isinstance(entry, Paragraph) and self.owner[at] is None:
                yield at, entry

    def tables(self) -> Iterator[tuple[int, Table]]:
        """Walk the free tables with their places."""
        for at, entry in enumerate(self.entries):
            if isinstance(entry, Table) and self.owner[at] is None:
                yield at, entry

    def take(self, at: int, part: int) -> None:
        """Give an entry to a part."""
        self.owner[at] = part

    def line(self, at: int) -> Paragraph | None:
        """Give a free line of a place, None when something else stands there."""
        if 0 <= at < len(self.entries) and self.owner[at] is None:
            entry = self.entries[at]
            return entry if isinstance(entry, Paragraph) else None
        return None

    def split(self, at: int, end: int) -> None:
        """Make two lines of a free one: a PDF may have joined them."""
        line = self.entries[at]
        assert isinstance(line, Paragraph)
        parts = (line.text[:end].strip(), line.text[end:].strip())
        self.entries[at : at + 1] = [replace(line, text=text, raw=text) for text in parts]
        self.owner.insert(at + 1, None)

    def last_of(self, part: int) -> int | None:
        """Give the place of the last entry of a part."""
        return max((at for at, owner in enumerate(self.owner) if owner == part), default=None)

    def room(self, part: int) -> range:
        """Give the places between the entries of the parts before and the first entry of a part after."""
        before = [at for at, owner in enumerate(self.owner) if owner is not None and owner < part]
        start = max(before, default=-1) + 1
        after = [at for at, owner in enumerate(self.owner) if owner is not None and owner > part and at >= start]
        return range(start, min(after, default=len(self.entries)))

    def note(self, code: str, where: Where = Where(), evidence: tuple[str, ...] = (), **words: object) -> None:  # noqa: B008
        """Keep a Problem."""
        self.problems.append(fault(code, where, evidence, None, **words))

    def left_over(self) -> list[Problem]:
        """Say which words no part took."""
        free = [entry for at, entry in enumerate(self.entries) if self.owner[at] is None]
        if not free:
            return []
        words = tuple(text for entry in free for text in _words(entry))
        return [fault("FORM_TEXT_ASIDE", free[0].where, words)]


def _says_something(entry: Paragraph | Table) -> bool:
    return bool(entry.rows) if isinstance(entry, Table) else not is_blank(entry.text)


def _words(entry: Paragraph | Table) -> Iterator[str]:
    if isinstance(entry, Paragraph):
        yield entry.text
        return
    for row in entry.rows:
        yield " | ".join(cell.text for cell in row.cells if not cell.covered)


def _is_layout(table: Table) -> bool:
    """Whether a table only sets signatures side by side."""
    texts = [cell.text for row in table.rows for cell in row.cells if cell.text]
    signed = [text for text in texts if SIGNED.match(text)]
    named = [text for text in texts if _NAME.fullmatch(text)]
    return bool(signed or named) and 2 * len(texts) <= 14 * max(len(signed), len(named)) and len(table.rows) <= 12


def _lines(table: Table) -> Sequence[Paragraph]:
    width = max(len(row.cells) for row in table.rows)
    cells = [row.cells[at] for at in range(width) for row in table.rows if at < len(row.cells)]
    return [
        Paragraph(collapse(line.text), line.text, cell.where)
        for cell in cells
        if not cell.covered
        for line in cell.lines
        if line.text
    ]


def rows_as_lines(table: Table) -> list[Paragraph]:
    """Give the rows of a table as lines: labels and values that someone set in cells."""
    lines = []
    for row in table.rows:
        text = collapse(" ".join(cell.text for cell in row.cells if not cell.covered))
        lines.append(Paragraph(text, text, replace(row.where)))
    return lines
