"""The grid of a Word table: which cell of a row stands over which columns of the whole table.

ECMA-376 part 1 §17.4. Every row says by itself how many columns of the grid each cell takes. Two things make such a
grid finer than what a person sees, and are taken back: borders dragged by a hair, which leave columns that are no
column, and a row or two of another layout, whose borders would cut the columns of all others.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from prongsai.documents.read.docx.package import MC, Element, W, children, chosen, is_on, number, value
from prongsai.documents.read.docx.styles import Styles, has_lines
from prongsai.documents.read.docx.words import is_placeholder

HAIR_TWIPS = 85  # 1.5 mm
RARE_SHARE = 0.1
SPAN_MAX = 1000
_RULED_ROWS_LOOKED_AT = 5
_THROUGH = frozenset(f"{W}{name}" for name in ("customXml", "ins", "moveTo", "smartTag", "sdtContent"))


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell of a row. element: None for a place left free before the first cell. start, end: edges of the grid.

    goes_on: whether it is merged into the cell above. is_silent: whether it only shows what to write there.
    """

    element: Element | None
    start: int
    end: int
    goes_on: bool = False
    is_silent: bool = False


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row with its cells."""

    element: Element
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. starts: the edges at which its columns start, in order."""

    rows: tuple[GridRow, ...]
    starts: tuple[int, ...]

    def columns(self, slot: Slot) -> int:
        """Tell over how many columns a cell stands; 0 for one inside a column that others share."""
        return bisect_left(self.starts, slot.end) - bisect_left(self.starts, slot.start)


def flow(container: Element, *tags: str, is_silent: bool = False) -> Iterator[tuple[Element, bool]]:
    """Walk the elements of some tags, through content controls and other wraps; tells whether each is a placeholder."""
    for element in container:
        if element.tag in tags:
            yield element, is_silent
        elif element.tag in _THROUGH:
            yield from flow(element, *tags, is_silent=is_silent)
        elif element.tag == f"{W}sdt":
            yield from flow(element, *tags, is_silent=is_silent or is_placeholder(element))
        elif element.tag == f"{MC}AlternateContent" and (branch := chosen(element)) is not None:
            yield from flow(branch, *tags, is_silent=is_silent)


def grid_of(table: Element) -> Grid:
    """Lay the rows of a table (``w:tbl``) over the columns that they share."""
    same = _same_edges(table)
    found = (GridRow(row, tuple(_slots(row, same))) for row, _ in flow(table, f"{W}tr"))
    rows = tuple(row for row in found if row.slots)
    used = Counter(start for row in rows for start in {slot.start for slot in row.slots})
    return Grid(rows, tuple(sorted(edge for edge, count in used.items() if count >= RARE_SHARE * len(rows))))


def is_ruled(table: Element, styles: Styles) -> bool:
    """Whether lines are drawn around the cells of a table."""
    own = has_lines(children(table, "tblPr", "tblBorders"))
    if own is not None and own:
        return True
    if own is None and styles.is_ruled(value(children(table, "tblPr", "tblStyle"))):
        return True
    rows = islice((row for row, _ in flow(table, f"{W}tr")), _RULED_ROWS_LOOKED_AT)
    return any(has_lines(children(cell, "tcPr", "tcBorders")) for row in rows for cell, _ in flow(row, f"{W}tc"))


def heads_of(rows: tuple[GridRow, ...]) -> int:
    """Count the first rows that are printed again on every page."""
    said = [is_on(children(row.element, "trPr", "tblHeader")) for row in rows]
    return said.index(False) if False in said else 0


def is_frame(table: Element) -> bool:
    """Whether a table of one cell only frames tables inside it."""
    rows = [row for row, _ in islice(flow(table, f"{W}tr"), 2)]
    cells = [cell for row in rows for cell, _ in islice(flow(row, f"{W}tc"), 2)]
    return len(rows) == len(cells) == 1 and next(flow(cells[0], f"{W}tbl"), None) is not None


def _same_edges(table: Element) -> dict[int, int]:
    """Give for each edge that stands a hair behind another that other one."""
    widths = [number(column, "w") for column in islice(table.iterfind(f"{W}tblGrid/{W}gridCol"), SPAN_MAX)]
    same: dict[int, int] = {}
    for at, width in enumerate(widths):
        if 0 < width < HAIR_TWIPS:
            same[at + 1] = same.get(at, at)
    return same


def _slots(row: Element, same: dict[int, int]) -> Iterator[Slot]:
    at = _span(children(row, "trPr", "gridBefore"), 0)
    waiting = Slot(None, 0, at) if at else None
    for cell, is_silent in flow(row, f"{W}tc"):
        properties = cell.find(f"{W}tcPr")
        end = at + _span(children(properties, "gridSpan"), 1)
        if waiting and value(children(properties, "hMerge")) == "continue":
            waiting = Slot(waiting.element, waiting.start, end, waiting.goes_on, waiting.is_silent)
        else:
            if waiting:
                yield _moved(waiting, same)
            merge = children(properties, "vMerge")
            waiting = Slot(cell, at, end, merge is not None and value(merge) != "restart", is_silent)
        at = end
    if waiting:
        yield _moved(waiting, same)


def _moved(slot: Slot, same: dict[int, int]) -> Slot:
    return Slot(
        slot.element, same.get(slot.start, slot.start), same.get(slot.end, slot.end), slot.goes_on, slot.is_silent
    )


def _span(element: Element | None, otherwise: int) -> int:
    return min(max(number(element, otherwise=otherwise), otherwise), SPAN_MAX)
