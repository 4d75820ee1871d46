"""The text view of a document: UTF-8 that a person can read in any editor and that reads back as the same blocks.

A blank line stands after every paragraph and every table, a row on one line with tabs between its cells, so that the
numbers of lines are those of ``documents.places``. What would be read as something else is written as a character
reference: a word that looks like a tag, a bar or a hash at the start of a line.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from prongsai.documents.model import Document, Paragraph, Printed, Row, Table
from prongsai.documents.plain import plain
from prongsai.documents.write.office import Office
from prongsai.documents.write.scraps import Tags, printable, scrap

_TAG = re.compile(r"<(?=[A-Za-z/!])")
_REFERENCE = re.compile(r"&(?=#|[A-Za-z])")
_TITLE = re.compile(r"^(#{1,6}\s)")
_EMPTY = "&nbsp;"
_TAB_COLUMNS_MIN = 3


def render(document: Document, office: Office) -> bytes:
    """Give the text view of a document as UTF-8. A composed paper is made plain first, a read one keeps its lines."""
    blocks = document.printed if _is_read(document) else _plain_blocks(document)
    return "".join(_texts(blocks)).encode("utf-8")


def _is_read(document: Document) -> bool:
    return len(document.printed) == len(document.blocks) and all(block.where.line for block in document.printed)


def _plain_blocks(document: Document) -> tuple[Printed, ...]:
    return plain(document).printed


def _texts(blocks: tuple[Printed, ...]) -> Iterator[str]:
    for block, after in pairwise((*blocks, None)):
        if isinstance(block, Table):
            yield "".join(f"{line}\n" for line in _rows(block)) + "\n"
        elif isinstance(block, Paragraph):
            yield paragraph(block.text) + ("\n" if _goes_on(block, after) else "\n\n")


def _goes_on(block: Paragraph, after: Printed | None) -> bool:
    """Whether the next paragraph stands right under this one, after a line break."""
    return isinstance(after, Paragraph) and after.where.line == (block.where.line or 0) + 1


def paragraph(text: str) -> str:
    """Give a paragraph as one line that is read as a paragraph."""
    return _TITLE.sub(lambda found: f"&#35;{found[1][1:]}", _line_start(escaped(printable(text))))


def escaped(text: str) -> str:
    """Give words so that none is read as a tag, a reference or an emphasis."""
    text = _TAG.sub("&lt;", _REFERENCE.sub("&amp;", text))
    return text.replace("**", "*&#42;")


TAGS = Tags(escaped)


def _line_start(text: str) -> str:
    return f"&#124;{text[1:]}" if text.startswith("|") else text


def _rows(table: Table) -> Iterator[str]:
    """Give a table as tab rows; one too narrow to be told from running text as bar rows."""
    narrow = min((len(row.cells) for row in table.rows), default=0)
    write = _bar_row if narrow < 2 or (len(table.rows) == 1 and narrow < _TAB_COLUMNS_MIN) else _tab_row
    return (write(row) for row in table.rows)


def _tab_row(row: Row) -> str:
    cells = [scrap(cell, TAGS) for cell in row.cells]
    if not any(cells):
        cells[:1] = [_EMPTY]
    return _line_start("\t".join(cells))


def _bar_row(row: Row) -> str:
    cells = [scrap(cell, TAGS).replace("|", "\\|") for cell in row.cells]
    if not any(cell.strip("-: ") for cell in cells):
        cells[:1] = [cells[0].replace("-", "&#45;") if cells and cells[0] else _EMPTY]
    return f"| {' | '.join(cells)} |"
