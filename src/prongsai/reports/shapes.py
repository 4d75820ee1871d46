"""Tables that are no rows under one head: letters set in cells, tables side by side, forms with heads at their left."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from prongsai.documents.model import Cell, Line, Printed, Row, Table
from prongsai.documents.places import Places
from prongsai.reports.heads import read_head
from prongsai.reports.phrases import phrases
from prongsai.thai.names import read_name
from prongsai.thai.text import squeeze

SIGNED_ROWS_MAX = 14
LETTER_ROWS_MAX = 12
FORM_ROWS_MIN = 3
FORM_COLUMNS_MIN = 4  # from here on two rows are enough
_SIGNED = re.compile(r"^\(?\s*ลงชื่อ")
_LETTER_LABEL = re.compile(r"^(?:ส่วนราชการ|ที่|วันที่|เรื่อง|เรียน)(?=$|[\s.…:])")


def is_signed(table: Table) -> bool:
    """Whether a small table only sets signatures side by side."""
    if len(table.rows) > SIGNED_ROWS_MAX:
        return False
    return any(map(_names_someone, table.rows)) and not any(map(read_head, table.rows))


def is_signed_row(row: Row) -> bool:
    """Whether a row at the end of a table only holds signatures: a name in parentheses below the word that says so."""
    texts = [text for cell in row.cells for text in printed_lines(cell)]
    return any(_SIGNED.match(text) for text in texts) and _names_someone(row)


def _names_someone(row: Row) -> bool:
    texts = (text for cell in row.cells for text in printed_lines(cell))
    return any(text.startswith("(") and text.endswith(")") and read_name(text) for text in texts)


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


def rejoined(blocks: Sequence[Printed]) -> Iterator[Printed]:
    """Join parts of a sheet's table that an empty column keeps apart: they share their rows, their heads no role."""
    before: Printed | None = None
    for block in blocks:
        if isinstance(before, Table) and isinstance(block, Table) and _are_halves(before, block):
            before = _side_by_side(before, block)
            continue
        if before is not None:
            yield before
        if isinstance(before, Table) and isinstance(block, Table):
            block = _as_wide(block, before)
        before = block
    if before is not None:
        yield before


def _as_wide(table: Table, before: Table) -> Table:
    """Give a part of a sheet's table below an empty row the empty columns at its end that the part above it has."""
    if not table.name or table.name != before.name or not (table.rows and before.rows):
        return table
    wide, narrow = (max(len(row.cells) for row in part.rows) for part in (before, table))
    starts = {cell.where.column for part in (before, table) for cell in part.rows[0].cells[:1]}
    if narrow >= wide or len(starts) > 1 or any(map(read_head, table.rows)):
        return table
    return replace(table, rows=tuple(_padded(row, wide) for row in table.rows))


def _padded(row: Row, wide: int) -> Row:
    blanks = (Cell("", (), Places.cell(row.where, column)) for column in range(len(row.cells) + 1, wide + 1))
    return Row((*row.cells, *blanks), row.where)


def _are_halves(left: Table, right: Table) -> bool:
    if not left.name or left.name != right.name:
        return False
    if [row.where.row for row in left.rows] != [row.where.row for row in right.rows]:
        return False
    heads = [(read_head(one), read_head(other)) for one, other in zip(left.rows, right.rows, strict=True)]
    whole = next((head for row in _side_by_side(left, right).rows if (head := read_head(row))), None)
    first = next(((one, other) for one, other in heads if one or other), None)
    if first is None or whole is None:
        return False
    roles = [head.roles if head else frozenset() for head in first]
    return not roles[0] & roles[1] and len(whole.roles) > max(map(len, roles))


def _side_by_side(left: Table, right: Table) -> Table:
    pairs = zip(left.rows, right.rows, strict=True)
    return replace(left, rows=tuple(replace(one, cells=(*one.cells, *other.cells)) for one, other in pairs))


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
