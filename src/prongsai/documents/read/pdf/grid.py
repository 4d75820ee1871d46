"""Tables out of ruled lines: which lines meet, the boxes between them, and which boxes are merged."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from prongsai.documents.read.pdf.rules import Rule, Rules
from prongsai.errors import LimitExceeded

COLUMNS_MAX = 200
BOXES_MAX = 20_000
CROSSINGS_MAX = 4_000_000
GRIDS_MAX = 200
NEAR = 3.0  # points between lines that are one, and between lines that meet
OPEN_MIN = 12.0  # points by which lines must stand out to make an open side


@dataclass(frozen=True, slots=True)
class Box:
    """A cell: row and column of its first place, 0-based, how many places it covers, and its sides in points."""

    row: int
    column: int
    rows: int
    columns: int
    left: float
    bottom: float
    right: float
    top: float


Places = list[list[Box | None]]


@dataclass(slots=True)
class Grid:
    """A ruled table. xs: its upright lines from left to right; ys: its level lines from top to bottom.

    places: row by row the box that stands there, None outside the table.
    """

    xs: list[float]
    ys: list[float]
    places: Places

    @property
    def boxes(self) -> list[Box]:
        """The boxes, each once, in reading order."""
        return list(dict.fromkeys(box for row in self.places for box in row if box))

    @property
    def sides(self) -> tuple[float, float, float, float]:
        """Left, bottom, right and top."""
        return self.xs[0], self.ys[-1], self.xs[-1], self.ys[0]

    def box_at(self, x: float, y: float) -> Box | None:
        """Give the box over a point."""
        column = bisect_right(self.xs, x) - 1
        row = bisect_right([-at for at in self.ys], -y) - 1
        if 0 <= row < len(self.places) and 0 <= column < len(self.places[0]):
            return self.places[row][column]
        return None


def find_grids(rules: Rules, page: int) -> list[Grid]:
    """Find the ruled tables of a page, from top to bottom; a frame around one box is none.

    Raises LimitExceeded for more than COLUMNS_MAX columns or BOXES_MAX boxes on a page.
    """
    grids: list[Grid] = []
    boxes = 0
    for level, upright in _groups(_merged(rules.level), _merged(rules.upright)):
        level, upright = _with_open_sides(level, upright)
        xs, ys = _places(upright), _places(level)[::-1]
        if len(xs) < 2 or len(ys) < 2:
            continue
        boxes += (len(xs) - 1) * (len(ys) - 1)
        if len(xs) > COLUMNS_MAX + 1 or boxes > BOXES_MAX:
            raise _too_many(page, len(xs) - 1, boxes)
        places = _joined(xs, ys, level, upright)
        grids += [grid for grid in _parted(xs, ys, places) if len(grid.boxes) > 1]
    grids = grids if len(grids) <= GRIDS_MAX else []
    return _outermost(sorted(grids, key=lambda grid: (-grid.ys[0], grid.xs[0])))


def _too_many(page: int, columns: int, boxes: int) -> LimitExceeded:
    limit = f"เกินขีดจำกัด {COLUMNS_MAX} ช่องต่อแถวหรือ {BOXES_MAX:,} ช่องต่อหน้า"
    th = f"หน้า {page} มีตาราง {columns:,} ช่องต่อแถว รวม {boxes:,} ช่อง {limit}"
    return LimitExceeded(
        f"page {page}: a table of {columns:,} columns, {boxes:,} boxes",
        message_th=th,
        mend_th="แบ่งตารางแล้วพิมพ์เป็น PDF ใหม่",
    )


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """Make one of lines that lie on each other or go on after each other."""
    tracks: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda rule: rule.at):
        if tracks and rule.at - tracks[-1][0].at <= NEAR:
            tracks[-1].append(rule)
        else:
            tracks.append([rule])
    found: list[Rule] = []
    for track in tracks:
        at = sum(rule.at for rule in track) / len(track)
        start, end = None, 0.0
        for rule in sorted(track, key=lambda rule: rule.start):
            if start is not None and rule.start > end + NEAR:
                found.append(Rule(at, start, end))
                start = None
            start, end = (rule.start, rule.end) if start is None else (start, max(end, rule.end))
        if start is not None:
            found.append(Rule(at, start, end))
    return [rule for rule in found if rule.end - rule.start > NEAR]


def _meets(level: Rule, upright: Rule) -> bool:
    return (
        level.start - NEAR <= upright.at <= level.end + NEAR and upright.start - NEAR <= level.at <= upright.end + NEAR
    )


def _groups(level: list[Rule], upright: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Part lines into groups that meet each other; so many that they are a drawing make no table."""
    if len(level) * len(upright) > CROSSINGS_MAX:
        return []
    roots = list(range(len(level) + len(upright)))

    def root(number: int) -> int:
        while roots[number] != number:
            roots[number] = roots[roots[number]]
            number = roots[number]
        return number

    ats = [rule.at for rule in upright]
    for one, rule in enumerate(level):
        for two in range(bisect_right(ats, rule.start - NEAR - 0.001), bisect_right(ats, rule.end + NEAR)):
            if _meets(rule, upright[two]):
                roots[root(one)] = root(len(level) + two)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for number in range(len(roots)):
        group = groups.setdefault(root(number), ([], []))
        if number < len(level):
            group[0].append(level[number])
        else:
            group[1].append(upright[number - len(level)])
    return [group for group in groups.values() if group[0] and group[1] and len(group[0]) + len(group[1]) > 2]


def _with_open_sides(level: list[Rule], upright: list[Rule]) -> tuple[list[Rule], list[Rule]]:
    """Close a table whose outer lines are left out, or that a page end cut: where at least two lines stick out."""
    return [*level, *_closing(level, upright)], [*upright, *_closing(upright, level)]


def _closing(along: Sequence[Rule], across: Sequence[Rule]) -> list[Rule]:
    """Give the lines along that would join the loose ends of those across."""
    low, high = min(rule.at for rule in along), max(rule.at for rule in along)
    found = []
    for ends, edge, sign in (([r.start for r in across], low, -1), ([r.end for r in across], high, 1)):
        outer = min(ends) if sign < 0 else max(ends)
        loose = [rule for rule, end in zip(across, ends, strict=True) if abs(end - outer) <= NEAR]
        if len(loose) >= 2 and (outer - edge) * sign > OPEN_MIN:
            found.append(Rule(outer, min(rule.at for rule in loose), max(rule.at for rule in loose)))
    return found


def _places(rules: Iterable[Rule]) -> list[float]:
    found: list[float] = []
    for at in sorted(rule.at for rule in rules):
        if not found or at - found[-1] > NEAR:
            found.append(at)
    return found


def _joined(xs: list[float], ys: list[float], level: list[Rule], upright: list[Rule]) -> Places:
    """Join neighbouring places that no line parts; what is open to the outside is no cell."""
    rows, columns = len(ys) - 1, len(xs) - 1
    parted_below = _drawn(ys, xs, level)
    parted_right = _drawn(xs, ys[::-1], upright)
    outside = rows * columns
    roots = list(range(outside + 1))

    def root(number: int) -> int:
        while roots[number] != number:
            roots[number] = roots[roots[number]]
            number = roots[number]
        return number

    def join(one: int, two: int) -> None:
        roots[root(one)] = root(two)

    for row in range(rows):
        for column in range(columns):
            here = row * columns + column
            if (column, rows - 1 - row) not in parted_right:
                join(here, here - 1 if column else outside)
            if column == columns - 1 and (columns, rows - 1 - row) not in parted_right:
                join(here, outside)
            if (row, column) not in parted_below:
                join(here, here - columns if row else outside)
            if row == rows - 1 and (rows, column) not in parted_below:
                join(here, outside)
    members: dict[int, list[int]] = {}
    for number in range(outside):
        members.setdefault(root(number), []).append(number)
    members.pop(root(outside), None)
    places: Places = [[None] * columns for _ in range(rows)]
    for group in members.values():
        for box, covers in _boxes(group, columns, xs, ys):
            for number in covers:
                places[number // columns][number % columns] = box
    return places


def _parted(xs: list[float], ys: list[float], places: Places) -> Iterator[Grid]:
    """Part tables that stand on each other: where neither side of a line only merges columns of the other."""
    start = 0
    edges: set[int] = set()
    for row in range(len(places) + 1):
        own = _edges(places[row]) if row < len(places) else set()
        held = 0 < row < len(places) and any(box and box.row < row for box in places[row])
        if row == len(places) or not (row == start or held or _agree(edges, own)):
            yield _part(xs, ys, places, start, row)
            start, edges = row, set()
        edges |= own


def _edges(row: Sequence[Box | None]) -> set[int]:
    """Give the inner sides of the boxes of a row, as numbers of upright lines."""
    boxes = {box for box in row if box}
    sides = {box.column for box in boxes} | {box.column + box.columns for box in boxes}
    return sides - {min(sides), max(sides)} if sides else set()


def _agree(above: set[int], below: set[int]) -> bool:
    return above <= below or below <= above


def _part(xs: list[float], ys: list[float], places: Places, start: int, end: int) -> Grid:
    """Give some rows of a grid as a grid of their own, without the lines that none of them has."""
    boxes = dict.fromkeys(box for row in places[start:end] for box in row if box)
    used = sorted({side for box in boxes for side in (box.column, box.column + box.columns)})
    number = {side: index for index, side in enumerate(used)}
    own: Places = [[None] * max(0, len(used) - 1) for _ in range(start, end)]
    for box in boxes:
        left, right = number[box.column], number[box.column + box.columns]
        moved = replace(box, row=box.row - start, column=left, columns=right - left)
        for row in range(moved.row, moved.row + box.rows):
            own[row][left:right] = [moved] * (right - left)
    return Grid([xs[side] for side in used], ys[start : end + 1], own)


def _drawn(ats: Sequence[float], steps: Sequence[float], rules: Iterable[Rule]) -> set[tuple[int, int]]:
    """Tell over which steps lines are drawn: (number of the line, number of the step), steps rising."""
    middles = [(one + two) / 2 for one, two in pairwise(steps)]
    found: set[tuple[int, int]] = set()
    for rule in rules:
        number = _nearest(ats, rule.at)
        if abs(ats[number] - rule.at) <= NEAR:
            first, last = bisect_right(middles, rule.start), bisect_right(middles, rule.end)
            found.update((number, step) for step in range(first, last))
    return found


def _nearest(ats: Sequence[float], at: float) -> int:
    """Give the number of the place next to one; places rise or fall."""
    sign = 1 if ats[0] <= ats[-1] else -1
    after = bisect_left(ats, sign * at, key=lambda each: sign * each)
    return min(range(max(0, after - 1), min(len(ats), after + 1)), key=lambda each: abs(ats[each] - at))


def _boxes(group: list[int], columns: int, xs: list[float], ys: list[float]) -> Iterable[tuple[Box, list[int]]]:
    """Give the box of joined places; when they make no rectangle, a box a place."""
    places = [divmod(number, columns) for number in group]
    top, bottom = min(row for row, _ in places), max(row for row, _ in places)
    left, right = min(column for _, column in places), max(column for _, column in places)
    if (bottom - top + 1) * (right - left + 1) != len(group):
        for number in group:
            yield from _boxes([number], columns, xs, ys)
        return
    sides = (xs[left], ys[bottom + 1], xs[right + 1], ys[top])
    yield Box(top, left, bottom - top + 1, right - left + 1, *sides), group


def _outermost(grids: list[Grid]) -> list[Grid]:
    """Leave out tables inside a cell of another: their words are words of that cell."""
    return [grid for grid in grids if not any(_is_inside(grid, other) for other in grids if other is not grid)]


def _is_inside(grid: Grid, other: Grid) -> bool:
    left, bottom, right, top = grid.sides
    return (
        other.xs[0] - NEAR <= left
        and right <= other.xs[-1] + NEAR
        and other.ys[-1] - NEAR <= bottom
        and top <= other.ys[0] + NEAR
        and (other.xs[-1] - other.xs[0]) * (other.ys[0] - other.ys[-1]) > (right - left) * (top - bottom)
    )
