"""Which blocks of a paper stand on which sheet of a workbook: the order of the paper is kept.

Every table has a sheet of its own, with the few lines above it that say what it is; longer text has sheets between.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from prongsai.documents.model import Document, NewPage, Orientation, Paragraph, Printed, Table
from prongsai.documents.plain import printed_of
from prongsai.documents.read.printed import as_printed
from prongsai.documents.read.sheets.grid import SHEETS_MAX
from prongsai.documents.write.scraps import printable
from prongsai.thai.numerals import to_thai

TEXT_NAME, TABLE_NAME = "เอกสาร", "ตาราง"
NAME_LENGTH_MAX = 31
NEAR_ROWS_MAX = 6
HEADING_ROWS_MAX = 3
HEADING_LENGTH_MAX = 200
WIDE_COLUMNS_MIN = 7

_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_RESERVED = "history"


@dataclass(slots=True)
class Page:
    """A sheet. name: unique in its workbook. table: the one that it is for, None for running text."""

    name: str
    blocks: list[Printed] = field(default_factory=list)
    table: Table | None = None
    is_landscape: bool = False


def pages(document: Document) -> list[Page]:
    """Lay a paper out on sheets; there is always one. What is more than a workbook can hold shares the last sheet."""
    plan = list(_pages(document)) or [Page("")]
    kept, rest = plan[: SHEETS_MAX - 1], plan[SHEETS_MAX - 1 :]
    if rest:
        rest[0].blocks += [block for page in rest[1:] for block in page.blocks]
        kept.append(rest[0])
    return _named(kept)


def _pages(document: Document) -> Iterator[Page]:
    waiting: list[Printed] = []
    page: Page | None = None
    for block, is_landscape in _printed(document):
        if not (isinstance(block, Table) and block.ruled):
            waiting.append(block)
            continue
        text, near = _parted(waiting)
        if text:
            yield Page("", text)
        is_wide = max((len(row.cells) for row in block.rows), default=0) >= WIDE_COLUMNS_MIN
        page = Page(block.name, [*near, block], block, is_landscape or is_wide)
        waiting = []
        yield page
    if page and _is_near(waiting):
        page.blocks += waiting
    elif waiting:
        yield Page("", waiting)


def _printed(document: Document) -> Iterator[tuple[Printed, bool]]:
    """Give each printed block with whether its page lies, a paragraph a line."""
    orientation = document.setup.orientation
    for block in document.blocks:
        if isinstance(block, NewPage):
            orientation = block.orientation
        for printed in printed_of(block):
            for part in _lines(printed):
                yield part, orientation is Orientation.LANDSCAPE


def _lines(block: Printed) -> Iterator[Printed]:
    if isinstance(block, Table):
        yield block
        return
    texts, raws = block.text.split("\n"), block.raw.split("\n")
    for at, text in enumerate(texts):
        if as_printed(text):
            raw = raws[at] if len(raws) == len(texts) else text
            yield Paragraph(text, raw, block.where, block.style, block.level)


def _is_near(blocks: Iterable[Printed]) -> bool:
    blocks = list(blocks)
    return len(blocks) <= NEAR_ROWS_MAX and all(isinstance(block, Paragraph) for block in blocks)


def _parted(blocks: list[Printed]) -> tuple[list[Printed], list[Printed]]:
    """Part the text before a table into what has a sheet of its own and the headings that stay above the table."""
    if _is_near(blocks):
        return [], blocks
    at = len(blocks)
    while at > len(blocks) - HEADING_ROWS_MAX and _is_heading(blocks[at - 1]):
        at -= 1
    return blocks[:at], blocks[at:]


def _is_heading(block: Printed) -> bool:
    return isinstance(block, Paragraph) and len(block.text) <= HEADING_LENGTH_MAX


def _named(plan: list[Page]) -> list[Page]:
    """Give every sheet a name of its own that a workbook allows."""
    taken: set[str] = {_RESERVED}
    tables = 0
    for page in plan:
        tables += page.table is not None
        otherwise = f"{TABLE_NAME} {to_thai(str(tables))}" if page.table else TEXT_NAME
        name = _allowed(page.name) or otherwise
        page.name = next(each for each in _tries(name) if each.lower() not in taken)
        taken.add(page.name.lower())
    return plan


def _allowed(name: str) -> str:
    return _cut(printable(_NOT_IN_NAMES.sub(" ", name)).strip(" '"), NAME_LENGTH_MAX)


def _tries(name: str) -> Iterator[str]:
    yield name
    for number in range(2, SHEETS_MAX + 2):
        suffix = f" {to_thai(str(number))}"
        yield _cut(name, NAME_LENGTH_MAX - len(suffix)) + suffix


def _cut(name: str, length: int) -> str:
    """Cut a name to a length that is counted in units of UTF-16."""
    while len(name.encode("utf-16-le")) > 2 * length:
        name = name[:-1]
    return name.strip(" '")
