"""Tables over several pages: one table, its repeated head once, and the row that a page end cut in two whole again."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from prongsai.documents.model import Line
from prongsai.documents.read.pdf.flow import joined, starts_item
from prongsai.documents.read.pdf.page import RawCell, RawRow, RawTable
from prongsai.thai.numerals import to_arabic
from prongsai.thai.text import fold

HEADS_MAX = 4
SIDE_NEAR = 6.0
TOUCHING = 3.0
_NUMBER = re.compile(r"\(?([0-9๐-๙]{1,2})[.)]")
_CODE = re.compile(
    r"(?:ข้อ\s?)?\(?[A-Za-z]{0,4}[ -]?[0-9๐-๙]{1,4}(?:[.\-/][0-9๐-๙]{1,4}){0,4}[.)]{0,2}"
)  # ๑. O6 ๙.๑ (๒)
ALIKE = 5
_SAYS_SO = re.compile(r"\(\s*ต่อ\s*\)")


def goes_on(table: RawTable, after: RawTable) -> bool:
    """Whether a table on the next page has the columns of the one before."""
    return (
        table.ruled
        and after.ruled
        and len(table.last_xs) == len(after.xs)
        and bool(table.rows)
        and all(abs(one - two) <= SIDE_NEAR for one, two in zip(_widths(table.last_xs), _widths(after.xs), strict=True))
    )


def _widths(xs: Sequence[float]) -> list[float]:
    return [two - one for one, two in pairwise(xs)]


def stacked(tables: Iterable[RawTable]) -> list[RawTable]:
    """Make one of tables of a page that stand on each other with as many columns, however wide these are."""
    found: list[RawTable] = []
    for table in tables:
        above = found[-1] if found else None
        if above and abs(above.bottom - table.top) <= TOUCHING and len(above.xs) == len(table.xs) and table.ruled:
            above.rows += table.rows
            above.bottom, above.last_xs = table.bottom, table.last_xs
        else:
            found.append(table)
    return found


def joined_pages(tables: Sequence[RawTable]) -> tuple[RawTable, list[RawRow]]:
    """Make one of the tables of pages that go on with each other. Gives also the rows that were whole again."""
    table, *more = tables
    table.heads = _heads(table.rows, [after.rows for after in more])
    mended = [_append(table, after) for after in more]
    return table, [row for row in mended if row]


def _append(table: RawTable, after: RawTable) -> RawRow | None:
    """Put the rows of the next page under a table. Gives the row that was whole again, if one was cut."""
    rows = after.rows[min(table.heads, _repeated(table.rows, after.rows)) :]
    mended = None
    if rows and len(table.rows) > table.heads and _is_cut(table.rows[-1].cells, rows[0].cells):
        mended = table.rows[-1] = RawRow(_whole(table.rows[-1].cells, rows[0].cells), table.rows[-1].page)
        rows = rows[1:]
    elif rows and len(table.rows) > table.heads:
        rows = _hung(table.rows[-1].cells, rows)
    table.rows += rows
    table.bottom, table.last_xs = after.bottom, after.last_xs
    return mended


def _hung(above: Sequence[RawCell], rows: Sequence[RawRow]) -> list[RawRow]:
    """Give rows the words of merged cells that a page end cut: their box goes on empty on the next page."""
    if len(rows[0].cells) != len(above) or not any(cell.lines for cell in rows[0].cells):
        return list(rows)
    hanging = {
        column: upper
        for column, (upper, lower) in enumerate(zip(above, rows[0].cells, strict=True))
        if upper.lines and not lower.lines and (upper.covered or upper.rows > 1 or lower.rows > 1)
    }
    reach = {column: rows[0].cells[column].rows for column in hanging}
    return [
        RawRow(
            [
                replace(hanging[column], covered=True, rows=1) if number < reach.get(column, 0) else cell
                for column, cell in enumerate(row.cells)
            ],
            row.page,
        )
        for number, row in enumerate(rows)
    ]


def _heads(rows: Sequence[RawRow], pages: Iterable[Sequence[RawRow]]) -> int:
    """Count the rows of the head: those that all pages repeat, and on one page alone only what looks like a head.

    Rows of the paper may well be equal: what only some pages repeat is no head.
    """
    counts = [count for after in pages if (count := _repeated(rows, after))]
    if len(counts) == 1:
        return min(counts[0], _looks_like_head(rows))
    return min(counts, default=0)


def _looks_like_head(rows: Sequence[RawRow]) -> int:
    """Count the first rows that merged cells hold together, with a title above and the numbers of columns below."""
    reach = 1
    for number, row in enumerate(rows[:HEADS_MAX]):
        if number >= reach and not _counts_columns(row):
            break
        is_title = number + 1 == reach and row.cells[0].columns == len(row.cells) > 1
        reach = max(reach, number + 1 + is_title, *(number + cell.rows for cell in row.cells if not cell.covered))
    return reach


def _counts_columns(row: RawRow) -> bool:
    """Whether a row has nothing but numbers, one a column: (1) (2) (3)."""
    return len(row.cells) > 1 and all(_CODE.fullmatch(cell.text) for cell in row.cells)


def _repeated(rows: Sequence[RawRow], after: Sequence[RawRow]) -> int:
    """Count the first rows that are printed again. A row with a number or code of its own is none of a head."""
    count = 0
    for one, two in zip(rows[:HEADS_MAX], after, strict=False):
        numbered = _CODE.fullmatch(two.cells[0].text) and not _counts_columns(two)
        if numbered or _key(one) != _key(two) or not any(cell.lines for cell in two.cells):
            break
        count += 1
    return count


def _key(row: RawRow) -> list[str]:
    return [fold(cell.text) for cell in row.cells]


def _is_cut(above: Sequence[RawCell], below: Sequence[RawCell]) -> bool:
    """Whether a row goes on with the one above: all that it has goes on there, and it lacks some that has.

    One with words in its first column must go on in the middle of a line, or with the next number, in several columns.
    """
    if len(above) != len(below) or any(_SAYS_SO.search(cell.text) for cell in below):
        return False
    pairs = list(zip(above, below, strict=True))
    filled = [(one, two) for one, two in pairs if two.lines]
    lacking = [one for one, two in pairs if one.lines and not two.lines]
    if not filled or not all(one.lines and _follows(one.lines, two.lines[0]) for one, two in filled):
        return False
    broken = [_is_broken(one, two) for one, two in filled]
    if below[0].lines:
        return all(broken) and len(broken) + len(lacking) > 2 and _goes_on(above[0].text, below[0].text)
    return bool(above[0].lines) and (len(lacking) >= 2 or any(broken))


def _is_broken(above: RawCell, below: RawCell) -> bool:
    """Whether words go on in the middle of a line, or with the next number: no writer ended a line there."""
    return above.room < below.first or _number(below.lines[0].text) is not None


def _goes_on(title: str, rest: str) -> bool:
    """Whether words under a title are the rest of it: no number of a row, no title of the same kind."""
    return not _CODE.fullmatch(rest) and rest[:ALIKE] != title[:ALIKE] and len(rest) <= len(title)


def _follows(lines: Iterable[Line], first: Line) -> bool:
    """Whether a line goes on with some: in the middle of a sentence, or with the next number."""
    number = _number(first.text)
    if number is None:
        return True
    last = [found for line in lines if (found := _number(line.text)) is not None]
    return bool(last) and number == last[-1] + 1


def _number(text: str) -> int | None:
    found = _NUMBER.match(text)
    return int(to_arabic(found[1])) if found else None


def _whole(above: Sequence[RawCell], below: Sequence[RawCell]) -> list[RawCell]:
    return [_one(upper, lower) for upper, lower in zip(above, below, strict=True)]


def _one(upper: RawCell, lower: RawCell) -> RawCell:
    if not lower.lines:
        return upper
    lines = [*upper.lines]
    rest = [*lower.lines]
    if upper.room < lower.first and lines and not starts_item(rest[0].text) and rest[0].mark is lines[-1].mark:
        lines[-1] = joined(lines[-1], rest.pop(0))
    return replace(upper, lines=(*lines, *rest), raw=f"{upper.raw}\n{lower.raw}", room=lower.room)
