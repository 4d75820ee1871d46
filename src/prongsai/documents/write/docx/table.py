"""Tables of a Word file: fixed widths, repeated heads, whole rows, merged cells, boxes that can be clicked."""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from math import ceil, sqrt

from prongsai.documents.model import Align, Cell, Column, Kind, Line, Mark, Row, Table
from prongsai.documents.write.docx.styles import BARE, BARE_INSETS, BULLET_LIST, CELLS, RULED, RULED_INSETS, Look
from prongsai.documents.write.docx.xml import (
    SYMBOLS,
    Face,
    Pen,
    attribute,
    fonts,
    indent,
    look_of,
    paragraph,
    twips,
)
from prongsai.documents.write.fill import Filler
from prongsai.documents.write.widths import is_section, narrowest, shared

SMALL_FROM_COLUMNS = 6
BOX_SMALLER = 5  # points: a symbol is drawn that much larger than letters of TH Sarabun
BOX_CM = 0.55
KEPT_ROWS_MAX = 5
LONG_CELL_CHARACTERS = 300
LONG_CELL_LINES = 12
_CM_PER_CHARACTER = 0.012  # times the size in points: mean of Thai text in TH Sarabun
_CM_PER_LINE = 0.042  # times the size in points
_ROWS_WEIGHED = 60
_POINTS_PER_CM = 72 / 2.54
_TWIPS_PER_POINT = 20
_PEN = 0.5  # points: a rule takes half its width from each cell beside it
_ABOVE = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")
_ALIGNED = {Align.CENTRE: "center", Align.RIGHT: "right", Align.LEFT: "left"}
_FIGURES = (Kind.NUMBER, Kind.MONEY)
_TICKED, _UNTICKED = "\u2611", "\u2610"


def table_xml(table: Table, pen: Pen, filler: Filler, width_cm: float, height_cm: float) -> str:
    """Write a table as wide as the text; nothing for one without a cell.

    filler: measures words. height_cm: of the text of a page; a row taller than that may split.
    """
    return _Setter(table, pen, filler, width_cm, height_cm).xml()


def widths_cm(table: Table, columns: int, width_cm: float, size: float, filler: Filler) -> list[float]:
    """Share the width out: as the columns say, else by how long the words in each are; none below its longest word.

    size: of the words in points. The words of the first rows are measured, not those of hundreds of pages.
    """
    shares = [column.width for column in table.columns[:columns]]
    if not shares:
        shares = [_weight(table.rows[:_ROWS_WEIGHED], at) for at in range(columns)]
    shares += [sum(shares) / len(shares)] * (columns - len(shares))
    texts = [[_printed(cell) for cell in row.cells] for row in table.rows[:_ROWS_WEIGHED]]
    insets = [sum(RULED_INSETS if table.ruled else BARE_INSETS) / _TWIPS_PER_POINT + _PEN] * columns
    narrow = narrowest(table, texts, insets, size, filler)
    return [points / _POINTS_PER_CM for points in shared(shares, narrow, width_cm * _POINTS_PER_CM)]


def _printed(cell: Cell) -> list[str]:
    return [] if cell.covered else [line.text for line in cell.lines]


def frame_xml(widths: Sequence[int], rows: str, *, ruled: bool, name: str = "") -> str:
    """Write the frame around finished rows. widths: of the columns in twips."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    caption = f'<w:tblCaption w:val="{attribute(name)}"/>' if name else ""
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{RULED if ruled else BARE}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0620" w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
        f'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>{caption}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'
    )


def visible(text: str) -> int:
    """Count what takes room on a line: marks above and below take none."""
    return len(_ABOVE.sub("", text))


def _weight(rows: Sequence[Row], at: int) -> float:
    longest = max((len(row.cells[at].raw) for row in rows if at < len(row.cells)), default=0)
    return max(2.0, sqrt(longest))


class _Setter:
    """Writes the rows of one table; knows which merged cells are still open from the rows above."""

    def __init__(self, table: Table, pen: Pen, filler: Filler, width_cm: float, height_cm: float) -> None:
        columns = max((len(row.cells) for row in table.rows), default=0) or 1
        self._table, self._pen, self._height_cm = table, pen, height_cm
        self._size = 14 if columns >= SMALL_FROM_COLUMNS else 16
        self._looks = CELLS[self._size]
        self._widths = [twips(width) for width in widths_cm(table, columns, width_cm, self._size, filler)]
        self._edges = [0, *accumulate(self._widths)]
        self._aligned = [_column_align(column) for column in table.columns[:columns]]
        self._aligned += ["left"] * (columns - len(self._aligned))
        self._open: dict[int, tuple[int, int]] = {}
        self._rows_kept = 0
        self._keep = ""

    def xml(self) -> str:
        rows = "".join(self._row(row, at) for at, row in enumerate(self._table.rows) if row.cells)
        return frame_xml(self._widths, rows, ruled=self._table.ruled, name=self._table.name) if rows else ""

    def _row(self, row: Row, at: int) -> str:
        head = at < self._table.heads
        after = len(self._widths) - len(row.cells)
        width = self._edges[-1] - self._edges[len(row.cells)]
        short = f'<w:gridAfter w:val="{after}"/><w:wAfter w:w="{width}" w:type="dxa"/>' if after else ""
        whole = "" if self._is_long(row) else "<w:cantSplit/>"
        repeat = "<w:tblHeader/>" if head else ""
        self._stay_together(row.cells, is_last=at == len(self._table.rows) - 1)
        return f"<w:tr><w:trPr>{short}{whole}{repeat}</w:trPr>{''.join(self._cells(row.cells, head))}</w:tr>"

    def _stay_together(self, cells: Sequence[Cell], *, is_last: bool) -> None:
        """Keep a row with the next one while both stand beside one merged cell, if that is not too tall.

        A row that is one cell names the rows below it: it stays with the first of them.
        """
        rows = [cell.rows for cell in cells if not cell.covered and cell.rows <= KEPT_ROWS_MAX]
        names_next = is_section(cells, len(self._widths)) and not is_last
        self._rows_kept = max(self._rows_kept - 1, *(count - 1 for count in rows), int(names_next))
        self._keep = "<w:keepNext/>" if self._rows_kept else ""

    def _cells(self, cells: Sequence[Cell], head: bool) -> Iterator[str]:
        """Write the cells that are seen, and the empty rest of those merged downwards."""
        at = 0
        while at < len(cells):
            cell = cells[at]
            left, span = self._open.pop(at, (0, 1))
            if cell.covered and left:
                yield self._frame(at, span, "<w:vMerge/>", head, self._empty(head))
            else:
                span = 1 + sum(each.covered for each in cells[at + 1 : at + cell.columns])
                left = cell.rows
                merged = '<w:vMerge w:val="restart"/>' if left > 1 else ""
                yield self._frame(at, span, merged, head, self._lines(cell, at, head))
            if left > 1:
                self._open[at] = (left - 1, span)
            at += span

    def _frame(self, at: int, span: int, merged: str, head: bool, content: str) -> str:
        width = self._edges[min(at + span, len(self._widths))] - self._edges[at]
        spans = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
        shade = '<w:shd w:val="clear" w:color="auto" w:fill="F2F2F2"/><w:vAlign w:val="center"/>' if head else ""
        shade = shade if self._table.ruled else ""
        return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spans}{merged}{shade}</w:tcPr>{content}</w:tc>'

    def _look(self, head: bool) -> Look:
        return self._looks["head" if head else "text"]

    def _lines(self, cell: Cell, at: int, head: bool) -> str:
        look = self._look(head)
        aligned = "center" if head else self._aligned[at]
        return "".join(self._line(line, look, aligned) for line in cell.lines) or self._empty(head)

    def _empty(self, head: bool) -> str:
        return paragraph(self._look(head).id, "", self._keep)

    def _line(self, line: Line, look: Look, aligned: str) -> str:
        """Write one line of a cell as a paragraph of its own."""
        pen = self._pen
        aligns = "" if aligned == look.align else f'<w:jc w:val="{aligned}"/>'
        content = _broken(line, look.face, pen)
        if line.mark is Mark.NONE:
            return paragraph(look.id, content, self._keep + aligns)
        if line.mark is Mark.ITEM:
            return paragraph(look.id, content, self._keep + BULLET_LIST + aligns)
        hang = indent(left=BOX_CM, hanging=BOX_CM) if aligned == "left" else ""
        gap = pen.tab(look.face) if hang else pen.run(" ", look.face)
        return paragraph(look.id, f"{_box(line, look.face, pen)}{gap}{content}", self._keep + hang + aligns)

    def _is_long(self, row: Row) -> bool:
        """Say whether a row is likely taller than a page; only then may it split."""
        return any(
            self._height(cell, at) > self._height_cm
            for at, cell in enumerate(row.cells)
            if len(cell.raw) > LONG_CELL_CHARACTERS or len(cell.lines) > LONG_CELL_LINES
        )

    def _height(self, cell: Cell, at: int) -> float:
        edge = self._edges[min(at + cell.columns, len(self._widths))]
        width = max(1, (edge - self._edges[at] - 170) / 567)
        per_line = max(1.0, width / (_CM_PER_CHARACTER * self._size))
        return sum(ceil(visible(line.text) / per_line) or 1 for line in cell.lines) * _CM_PER_LINE * self._size


def _column_align(column: Column) -> str:
    """Figures stand at the right unless the column says otherwise."""
    is_figure = column.kind in _FIGURES and column.align is Align.LEFT
    return "right" if is_figure else _ALIGNED[column.align]


def _broken(line: Line, face: Face, pen: Pen) -> str:
    """Write the words; where a line was broken on the paper it is broken again, in the place of the blank."""
    if not line.text:
        return ""
    edges = [0, *(at for at in line.breaks if 0 < at < len(line.text)), len(line.text) + 1]
    parts = (line.text[start : end - 1] for start, end in zip(edges, edges[1:], strict=False))
    return pen.piece("<w:br/>", face).join(pen.run(part, face) for part in parts)


def _box(line: Line, face: Face, pen: Pen) -> str:
    """Write a box as the content control that an officer ticks with a click."""
    ticked = line.mark is Mark.TICKED
    symbol = Face(face.size - BOX_SMALLER, font=SYMBOLS)
    states = (
        f'<w14:checkbox><w14:checked w14:val="{int(ticked)}"/>'
        f'<w14:checkedState w14:val="{ord(_TICKED):X}" w14:font="{SYMBOLS}"/>'
        f'<w14:uncheckedState w14:val="{ord(_UNTICKED):X}" w14:font="{SYMBOLS}"/></w14:checkbox>'
    )
    properties = f'<w:rPr>{fonts(SYMBOLS)}{look_of(symbol)}</w:rPr><w:id w:val="{pen.number()}"/>{states}'
    glyph = pen.run(_TICKED if ticked else _UNTICKED, symbol)
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{glyph}</w:sdtContent></w:sdt>"
