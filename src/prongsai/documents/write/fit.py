"""A document that was read, made ready to be written: a reader knows words and places, not widths, heads or pages."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from statistics import mean

from prongsai.documents.model import (
    Align,
    Block,
    Cell,
    Column,
    Document,
    NewPage,
    Orientation,
    Paragraph,
    Printed,
    Row,
    Setup,
    Style,
    Table,
)
from prongsai.thai.segmentation import display_width

PORTRAIT_COLUMNS_MAX = 5
ROWS_WEIGHED = 400
JOINED_LINES_MAX = 6
SAME_PAGE_BLOCKS = 10
HEAD_LETTERS_MAX = 120
WIDTH_MIN, WIDTH_MAX, WORD_MAX = 4.0, 60.0, 16
FIGURES_MAX = 8
TITLE_LETTERS_MAX = 120
SPANNED_COLUMNS_MIN, SPANNED_LETTERS_MIN = 3, 12
_NO_TITLE = re.compile(r"^[-–—•]|\(\s*ต่อ\s*\)")


def fitted(document: Document) -> Document:
    """Give a read document widths for its columns, heads for its tables, a title, and wide pages for wide tables.

    Lines that stood right under each other are one paragraph with line breaks, unless the whole text is set so. A
    composed paper (one with blocks that no reader gives, or with widths) is its own.
    """
    if len(document.printed) != len(document.blocks) or any(table.columns for table in document.tables()):
        return document
    blocks = [_fitted(block) for block in _joined(document.printed)]
    laid = list(_on_pages(blocks))
    first = laid[0] if laid else None
    setup = document.setup
    if isinstance(first, NewPage):
        setup, laid = Setup(first.orientation), laid[1:]
    return replace(document, blocks=tuple(laid), setup=setup, title=document.title or _title(document))


def _title(document: Document) -> str:
    first = next((paragraph.text for paragraph in document.paragraphs()), "")
    return first if 0 < len(first) <= TITLE_LETTERS_MAX else Path(document.file).stem


# Paragraphs


def _joined(blocks: Sequence[Printed]) -> Iterator[Printed]:
    """Join the few lines that a line break parted; a text without blank lines at all stays as it is."""
    for _, run in groupby(enumerate(blocks), key=_run_of):
        lines = [block for _, block in run]
        first = lines[0]
        if isinstance(first, Paragraph) and 1 < len(lines) <= JOINED_LINES_MAX:
            text = "\n".join(line.text for line in lines if isinstance(line, Paragraph))
            yield replace(first, text=text, raw=text)
        else:
            yield from lines


def _run_of(numbered: tuple[int, Printed]) -> tuple[bool, int]:
    """Give a key that is the same for lines right under each other."""
    place, block = numbered
    return isinstance(block, Paragraph), place - (block.where.line or 2 * place)


def _fitted(block: Printed) -> Printed:
    if isinstance(block, Paragraph):
        return replace(block, style=Style.PLAIN) if block.style is Style.BODY else block
    rows = tuple(_spanned(row) for row in block.rows)
    return replace(block, rows=rows, heads=block.heads or guessed_heads(block), columns=columns_of(block))


# Tables


def guessed_heads(table: Table) -> int:
    """Tell how many of the first rows are a head: the first, and those that its merged cells reach into."""
    if not table.ruled or len(table.rows) < 2:
        return 0
    first = table.rows[0].cells
    is_head = len(first) > 1 and all(
        (not cell.is_empty and len(cell.text) <= HEAD_LETTERS_MAX and not _is_figure(cell)) for cell in first
    )
    deepest = max((cell.rows for cell in first), default=1)
    return min(deepest, len(table.rows) - 1) if is_head else 0


def _is_figure(cell: Cell) -> bool:
    return cell.text.replace(".", "").replace(",", "").isdecimal()


def columns_of(table: Table) -> tuple[Column, ...]:
    """Give widths by how much is said in each column, so that long texts get room and numbers stay narrow."""
    width = max((len(row.cells) for row in table.rows), default=0)
    rows = [row for row in table.rows[:ROWS_WEIGHED] if not _is_title(row)]
    return tuple(_column(table, rows, place) for place in range(width))


def _is_title(row: Row) -> bool:
    """Whether a row only carries a title; it may run over its cell, so it asks for no room."""
    return len(row.cells) > 1 and sum(not cell.is_empty for cell in row.cells) == 1


def _spanned(row: Row) -> Row:
    """Let a title that stands alone in the first cell of a row run over the whole row."""
    first, *others = row.cells
    is_title = (
        _is_title(row) and len(row.cells) >= SPANNED_COLUMNS_MIN and display_width(first.text) > SPANNED_LETTERS_MIN
    )
    if not is_title or _NO_TITLE.search(first.text) or any(cell.covered or cell.columns > 1 for cell in row.cells):
        return row
    over = [replace(each, raw=first.raw, lines=first.lines, covered=True) for each in others]
    return replace(row, cells=(replace(first, columns=len(row.cells)), *over))


def _column(table: Table, rows: Sequence[Row], place: int) -> Column:
    cells = [row.cells[place] for row in rows if place < len(row.cells)]
    whole = [cell for cell in cells if cell.columns == 1 and not cell.covered and not cell.is_empty]
    lengths = sorted(display_width(cell.text) for cell in whole) or [0]
    # A long text may be folded, so it needs room by its root: twice the text, half as much again of the width.
    said = mean(lengths[len(lengths) // 4 :]) ** 0.6 * 1.6
    word = max((min(display_width(part), WORD_MAX) for cell in whole for part in cell.text.split()), default=0)
    body = [cell for cell in cells[max(1, table.heads) :] if not cell.is_empty]
    narrow = bool(body) and all(display_width(cell.text) <= FIGURES_MAX for cell in body)
    return Column(min(max(said, float(word), WIDTH_MIN), WIDTH_MAX), align=Align.CENTRE if narrow else Align.LEFT)


# Pages


def _is_wide(block: Block) -> bool:
    return isinstance(block, Table) and max((len(row.cells) for row in block.rows), default=0) > PORTRAIT_COLUMNS_MAX


def _on_pages(blocks: Sequence[Printed]) -> Iterator[Block]:
    """Lay wide tables on wide pages; what little stands between two of them stays there."""
    wide = [place for place, block in enumerate(blocks) if _is_wide(block)]
    lies = Orientation.PORTRAIT
    for place, block in enumerate(blocks):
        wanted = _orientation(blocks, wide, place, lies)
        if wanted is not lies:
            yield NewPage(wanted)
            lies = wanted
        yield block


def _orientation(blocks: Sequence[Printed], wide: Sequence[int], place: int, lies: Orientation) -> Orientation:
    if place in wide:
        return Orientation.LANDSCAPE
    after = next((each for each in wide if each > place), None)
    is_near = after is not None and after - place <= SAME_PAGE_BLOCKS
    if place == 0 or lies is Orientation.LANDSCAPE:
        return Orientation.LANDSCAPE if is_near else Orientation.PORTRAIT
    return lies
