"""Which counts of a table must be covered, so that no small one is read or worked out from the others.

A small count is 1 to n − 1. It is printed as "fewer than n", and every row and column adds up to its total: so what a
reader can work out of one row or column is checked, and more is covered until a small count may be at least two things.
"""

from collections.abc import Iterator, Sequence

Place = tuple[int, int]
Grid = Sequence[Sequence[int]]


def cover(grid: Grid, min_cell: int) -> frozenset[Place]:
    """Give the places (row, column) to cover. grid: counts, the last row and the last column their totals.

    A grid of one column is a list with its total below it.
    """
    hidden = {
        (row, column) for row, counts in enumerate(grid) for column, count in enumerate(counts) if 0 < count < min_cell
    }
    groups = list(_groups(grid))
    is_stable = False
    while not is_stable:
        is_stable = True
        for places in groups:
            while not _is_safe(grid, places, hidden, min_cell) and (more := _next(grid, places, hidden)):
                hidden.add(more)
                is_stable = False
    return frozenset(hidden)


def _groups(grid: Grid) -> Iterator[list[Place]]:
    """List what adds up: the parts, then their total."""
    height, width = len(grid), len(grid[0])
    for column in range(width):
        yield [(row, column) for row in range(height)]
    if width > 1:
        for row in range(height):
            yield [(row, column) for column in range(width)]


def _next(grid: Grid, places: Sequence[Place], hidden: set[Place]) -> Place | None:
    """Choose what to cover next: the smallest part that is something, then a part that is nothing, then the total."""
    parts = [place for place in places[:-1] if place not in hidden]
    something = [place for place in parts if grid[place[0]][place[1]]]
    if something:
        return min(something, key=lambda place: (grid[place[0]][place[1]], place))
    if parts:
        return parts[0]
    return places[-1] if places[-1] not in hidden else None


def _is_safe(grid: Grid, places: Sequence[Place], hidden: set[Place], min_cell: int) -> bool:
    """Whether no covered place of a group is told by the others."""
    covered = [place for place in places if place in hidden]
    if not covered:
        return True
    if len(covered) == 1:
        return False
    parts = [place for place in covered if place != places[-1]]
    small = [place for place in parts if 0 < grid[place[0]][place[1]] < min_cell]
    if not small or places[-1] in hidden:
        return True
    shown = sum(grid[row][column] for row, column in places[:-1] if (row, column) not in hidden)
    rest = grid[places[-1][0]][places[-1][1]] - shown
    return _can_be(rest, len(small), len(parts) - len(small), min_cell) >= min(2, min_cell - 1)


def _can_be(rest: int, small: int, large: int, min_cell: int) -> int:
    """Count what one small count may be, when small and large covered ones add up to ``rest``; a large one may be 0."""
    others = small - 1
    return sum(
        others <= left <= others * (min_cell - 1) or (large > 0 and left >= others + min_cell)
        for left in (rest - value for value in range(1, min_cell))
    )
