"""Tables that are no rows under one head: letters set in cells, tables side by side, forms with their heads at the left."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from prongsai.documents.model import Cell, Line, Row, Table
from prongsai.documents.places import Places
from prongsai.reports.heads import read_head
from prongsai.reports.phrases import phrases
from prongsai.thai.names import read_name
from prongsai.thai.text import squeeze

SIGNED_ROWS_MAX = 14
LETTER_ROWS_MAX = 12
FORM_ROWS_MIN = 3
FORM_COLUMNS_MIN = 4  # from here on two rows are enough
_LETTER_LABEL = re.compile(r"^(?:ส่วนราชการ|ที่|วันที่|เรื่อง|เรียน)(?=$|[\s.…:])")


def is_signed(table: Table) -> bool:
    """Whether a small table only sets signatures side by side."""
    if len(table.rows) > SIGNED_ROWS_MAX:
        return False
    texts = [text for row in table.rows for cell in row.cells for text in printed_lines(cell)]
    names = any(text.startswith("(") and text.endswith(")") and read_name(text) for text in texts)
    return names and not any(map(read_head, table.rows))


def is_letter(table: Table) -> bool:
    """Whether a small table only sets the head of a memo: its title and a label, or two labels, at the left of rows."""
    if len(table.rows) > LETTER_ROWS_MAX:
        return False
    firsts = [next((cell.text for cell in row.cells if cell.text), "") for row in table.rows]
    is_titled = any(squeeze(text) in phrases().memo_title for text in firsts)
    labels = {found.group() for text in firsts if (found := _LETTER_LABEL.match(text))}
    return len(labels) >= (1 if is_titled else 2)


def printed_lines(cell: Cell) -> Iterator[str]:
    """Give the printed lines of a cell, those of a merged cell once."""
    for line in () if cell.covered else cell.lines:
        yield from _broken(line)


def _broken(line: Line) -> Iterator[str]:
    ends = (*line.breaks, None)
    yield from (
        text for start, end in zip((0, *line.breaks), ends, strict=True) if (text := line.text[start:end].strip())
    )


def tables_of(table: Table) -> tuple[Table, ...]:
    """Give the tables that a table is: those that stand side by side in it, or the one that it is when it is turned."""
    heads = [row for row in table.rows if read_head(row)]
    if heads:
        return _parted(table, _blocks([cell.text for cell in heads[0].cells])) or (table,)
    return (_turned(table) or table,)


def _blocks(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Give where the same heads begin again, and where each block of them ends; nothing when they stand once."""
    named = [text for text in texts if text]
    size = next((size for size in range(2, len(named) // 2 + 1) if _repeats(named, size)), 0)
    if not size:
        return []
    places = [place for place, text in enumerate(texts) if text]
    return [(places[at], places[at + size - 1] + 1) for at in range(0, len(places), size)]


def _repeats(named: Sequence[str], size: int) -> bool:
    first = named[:size]
    return len(set(first)) == size and len(named) % size == 0 and list(named) == list(first) * (len(named) // size)


def _parted(table: Table, blocks: Sequence[tuple[int, int]]) -> tuple[Table, ...]:
    return tuple(
        replace(
            table, rows=tuple(replace(row, cells=row.cells[start:end]) for row in table.rows if row.cells[start:end])
        )
        for start, end in blocks
    )


def _turned(table: Table) -> Table | None:
    """Turn a form whose heads stand in its first column; None when it is none.

    A record is a column then; its place is that of the first row.
    """
    wide = max((len(row.cells) for row in table.rows), default=0)
    few = FORM_ROWS_MIN if wide < FORM_COLUMNS_MIN else 2
    if wide < 2 or len(table.rows) < few or any(len(row.cells) != wide for row in table.rows):
        return None
    rows = tuple(_column(table, place) for place in range(wide))
    return replace(table, rows=rows) if read_head(rows[0]) else None


def _column(table: Table, place: int) -> Row:
    cells = tuple(replace(row.cells[place], covered=False) for row in table.rows)
    return Row(cells, Places.cell(table.rows[0].where, place + 1))
