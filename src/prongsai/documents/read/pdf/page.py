"""One page of a PDF: its lines of running text, and its tables with the words of every cell."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import pypdfium2

from prongsai.documents.model import Line
from prongsai.documents.read.pdf.flow import Flowed, Space, cell_lines, flow, usual_pitch
from prongsai.documents.read.pdf.glyphs import Glyph, PageGlyphs, read_glyphs, turned_box
from prongsai.documents.read.pdf.grid import Box, Grid, find_grids
from prongsai.documents.read.pdf.lines import Manner, TextLine, read_lines
from prongsai.documents.read.pdf.rules import Rules, read_rules
from prongsai.documents.read.pdf.tags import read_parts

TEXT_WIDTH_MIN = 0.75  # of the page
PADDING_MAX = 8.0
UNREADABLE_SHARE_MAX = 0.3
SCANNED_SHARE_MIN = 0.4  # of the page: a picture so large is the page itself
FULL = 1.5  # of the size: what a full line may leave free
UNTRUSTED_MAX = 2  # full lines that may end a tagged paragraph
KEPT_ENDS_MIN, KEPT_ENDS_SHARE = 2, 0.07  # lines with a space at their end; LibreOffice loses most, 0.02–0.05
LEADERS_MAX = 400  # drawn lines of a page that are looked at as places to write on


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell. room: what its last line left free, first: how wide the first word of it is, both in points."""

    lines: tuple[Line, ...] = ()
    raw: str = ""
    rows: int = 1
    columns: int = 1
    covered: bool = False
    room: float = 0.0
    first: float = 0.0

    @property
    def text(self) -> str:
        """All words of it."""
        return " ".join(line.text for line in self.lines)


@dataclass(slots=True)
class RawRow:
    """A row with the number of its page, 1-based."""

    cells: list[RawCell]
    page: int


@dataclass(slots=True)
class RawTable:
    """A table of a page. xs, last_xs: the upright lines of its first and last rows. top, bottom: where it stands.

    heads: how many of its first rows repeat on other pages.
    """

    xs: tuple[float, ...]
    last_xs: tuple[float, ...]
    rows: list[RawRow]
    top: float
    bottom: float
    ruled: bool = True
    heads: int = 0


@dataclass(slots=True)
class Page:
    """A page that was read. sides: left, bottom, right, top, turned as its text is.

    mended: words put right, before and after. slanted, pictured: text that was left out. unreadable, hidden: characters
    without a meaning, and characters that nobody sees. scanned: a picture is most of it; recognised: its text is the
    unseen layer that a scanner's software put over the picture.
    """

    number: int
    sides: tuple[float, float, float, float]
    lines: list[TextLine] = field(default_factory=list)
    tables: list[RawTable] = field(default_factory=list)
    mended: list[tuple[str, str]] = field(default_factory=list)
    slanted: str = ""
    pictured: str = ""
    characters: int = 0
    unreadable: int = 0
    hidden: int = 0
    drawn: bool = False
    scanned: bool = False
    recognised: bool = False
    keeps_ends: bool = False
    trusts_tags: bool = False
    usual: float = 0.0

    @property
    def is_unreadable(self) -> bool:
        """Whether the text of the page is gibberish."""
        return self.unreadable > UNREADABLE_SHARE_MAX * max(1, self.characters)

    @property
    def text_right(self) -> float:
        """How far to the right text reaches at least, if only it is long enough."""
        return self.sides[0] + TEXT_WIDTH_MIN * (self.sides[2] - self.sides[0])

    @property
    def text_left(self) -> float:
        """How far to the left text starts at most."""
        return self.sides[0] + (1 - TEXT_WIDTH_MIN) * (self.sides[2] - self.sides[0])

    def space(self, left: float, right: float, *, in_cell: bool = False) -> Space:
        """Give a stretch of the page for text."""
        return Space(left, right, in_cell, self.keeps_ends, self.trusts_tags, self.usual)


def read_page(page: pypdfium2.PdfPage, number: int) -> Page:
    """Read a page. number: 1-based. Raises LimitExceeded when it holds more than a page of paper can."""
    found = read_glyphs(page, read_parts(page), number)
    rules = read_rules(page, found.turn, number)
    sides = turned_box(page.get_bbox(), found.turn)
    read = Page(number, sides)
    area = (sides[2] - sides[0]) * (sides[3] - sides[1])
    read.scanned = rules.pictures >= SCANNED_SHARE_MIN * area > 0
    read.drawn = bool(rules.pictures or rules.level or rules.upright or rules.small)
    if not found.glyphs and found.hidden and read.scanned:
        found = read_glyphs(page, {}, number, unseen=True)
        read.recognised = True
    read.unreadable, read.hidden = found.unreadable, found.hidden
    read.slanted, read.pictured = "".join(found.slanted), "".join(found.pictured)
    read.characters = len(found.glyphs) + found.unreadable
    if found.glyphs:
        _lay_out(read, found, rules)
    return read


def _lay_out(page: Page, found: PageGlyphs, rules: Rules) -> None:
    """Part the glyphs of a page into cells and running text."""
    glyphs = [*found.glyphs, *_check_boxes(found.glyphs, rules)]
    grids = find_grids(rules, page.number)
    manner = Manner.of(glyphs, [] if len(rules.level) > LEADERS_MAX else rules.level)
    cells, outside = _by_box(glyphs, grids)
    page.lines = read_lines(outside, manner, columns=True)
    inside = {box: read_lines(own, manner, columns=False) for box, own in cells.items()}
    lines = [*page.lines, *(line for own in inside.values() for line in own)]
    spaced = sum(line.spaced for line in lines)
    page.keeps_ends = manner.has_spaces and spaced >= max(KEPT_ENDS_MIN, KEPT_ENDS_SHARE * len(lines))
    page.trusts_tags = _tags_help(page.lines, page.text_right) or any(map(_tags_help, inside.values()))
    page.usual = usual_pitch(inside.values())
    page.mended = [found.latin] if found.latin else []
    page.mended += [pair for line in lines for pair in line.mended]
    page.tables = [_table(number, grid, inside, page) for number, grid in enumerate(grids)]


def _check_boxes(glyphs: list[Glyph], rules: Rules) -> list[Glyph]:
    """Give drawn check boxes as characters; one with a stroke or a letter inside is ticked."""
    found: list[Glyph] = []
    for left, bottom, right, top in rules.squares:
        inside = [
            glyph
            for glyph in glyphs
            if left <= (glyph.x0 + glyph.x1) / 2 <= right and bottom - 2 <= glyph.y <= top and glyph.text != " "
        ]
        if len(inside) > 1:
            continue
        ticked = bool(inside) or any(left - 2 <= x <= right + 2 and bottom - 2 <= y <= top + 4 for x, y in rules.small)
        for glyph in inside:
            glyphs.remove(glyph)
        size = top - bottom
        found.append(Glyph("☑" if ticked else "☐", left, right, bottom + 0.1 * size, size))
    return found


def _by_box(glyphs: Iterable[Glyph], grids: Sequence[Grid]) -> tuple[dict[tuple[int, Box], list[Glyph]], list[Glyph]]:
    """Give the glyphs of every box, and those outside of all. A space goes with what it stands in."""
    cells: dict[tuple[int, Box], list[Glyph]] = defaultdict(list)
    outside: list[Glyph] = []
    for glyph in glyphs:
        x, y = (glyph.x0 + glyph.x1) / 2, glyph.y + 0.25 * glyph.size
        for number, grid in enumerate(grids):
            left, bottom, right, top = grid.sides
            if left <= x <= right and bottom <= y <= top and (box := grid.box_at(x, y)):
                cells[number, box].append(glyph)
                break
        else:
            outside.append(glyph)
    return cells, outside


def _tags_help(lines: Sequence[TextLine], least: float = 0.0) -> bool:
    """Whether tagged paragraphs are paragraphs: some makers tag every printed line as one, full lines too.

    least: how far to the right a full line reaches at least.
    """
    if not any(line.parts[0] for line in lines):
        return False
    left, right = min(line.x0 for line in lines), max(least, *(line.x1 for line in lines))
    pairs = [
        one.parts[1] == two.parts[0]
        for one, two in pairwise(lines)
        if right - one.x1 < FULL * one.size and two.x0 <= left + FULL * two.size and one.y - two.y < 2 * one.size
    ]
    return pairs.count(False) <= max(UNTRUSTED_MAX, pairs.count(True))


def _table(number: int, grid: Grid, inside: dict[tuple[int, Box], list[TextLine]], page: Page) -> RawTable:
    cells = {box: _cell(box, inside.get((number, box), []), page) for box in grid.boxes}
    rows = [
        RawRow(
            [
                replace(cells[box], covered=(box.row, box.column) != (row, column)) if box else RawCell()
                for column, box in enumerate(boxes)
            ],
            page.number,
        )
        for row, boxes in enumerate(grid.places)
    ]
    rows = [row for row in rows if any(cell.lines for cell in row.cells)]
    return RawTable(tuple(grid.xs), tuple(grid.xs), rows, grid.ys[0], grid.ys[-1])


def _cell(box: Box, lines: list[TextLine], page: Page) -> RawCell:
    if not lines:
        return RawCell(rows=box.rows, columns=box.columns)
    padding = min(PADDING_MAX, max(0.0, min(line.x0 for line in lines) - box.left))
    right = max(box.right - padding, max(line.x1 for line in lines))
    flowed = flow(lines, page.space(box.left + padding, right, in_cell=True))
    room, first = right - lines[-1].x1, lines[0].first + 0.3 * lines[0].size
    return RawCell(cell_lines(flowed), _raw(flowed), box.rows, box.columns, room=room, first=first)


def _raw(flowed: Iterable[Flowed]) -> str:
    return "\n".join(each.raw for each in flowed)
