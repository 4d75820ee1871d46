"""Text side by side without rules: signatures, heads of letters, tables that only gaps make; else it is running text.

Careful on purpose: two lines at least must leave the same gap free, and a printed field of a memo is no column.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from prongsai.documents.read.pdf.lines import Segment, TextLine

RIVER_MIN = 1.0  # of the size: how wide a gap between columns must stay
PITCH_MAX = 3.2  # of the size: lines further apart are not of one table
ROWS_MAX = 200
PROSE_ROWS_MIN = 8
PROSE_FILL = 0.7
_FIELDS = re.compile(r"^(?:ส่วนราชการ|ที่|วันที่|เรื่อง|เรียน)\s")
_FIELD_INSIDE = re.compile(r"^(?:วันที่|โทรศัพท์|โทรสาร|โทร)")


@dataclass(slots=True)
class Side:
    """Lines side by side. columns: where each begins and ends. rows: a segment a column, None where there is none."""

    lines: list[TextLine]
    columns: list[tuple[float, float]]

    def rows(self) -> list[list[Segment | None]]:
        """Give every line's segments by column; two in one column are one."""
        return [[_of(line, left, right) for left, right in self.columns] for line in self.lines]

    @property
    def is_prose(self) -> bool:
        """Whether the columns are running text, each filling its width, and no table."""
        full = 0
        for line in self.lines:
            first = _of(line, *self.columns[0])
            full += first is not None and first.x1 > self.columns[0][1] - 2 * line.size
        return len(self.columns) == 2 and len(self.lines) >= PROSE_ROWS_MIN and full >= PROSE_FILL * len(self.lines)


def _of(line: TextLine, left: float, right: float) -> Segment | None:
    own = [segment for segment in line.segments if left <= (segment.x0 + segment.x1) / 2 < right]
    if len(own) < 2:
        return own[0] if own else None
    text = " ".join(segment.text for segment in own)
    return Segment(text, " ".join(segment.raw for segment in own), own[0].x0, own[-1].x1)


def side_by_side(lines: Sequence[TextLine]) -> Iterator[list[TextLine] | Side]:
    """Part running text from lines that stand side by side, in printed order."""
    prose: list[TextLine] = []
    at = 0
    while at < len(lines):
        side = _side(lines, at)
        if side is None:
            prose.append(lines[at])
            at += 1
            continue
        at += len(side.lines)
        side.lines[:0] = _leading(prose, side)
        if prose:
            yield prose
            prose = []
        yield side
    if prose:
        yield prose


def _side(lines: Sequence[TextLine], at: int) -> Side | None:
    """Give the run of lines side by side that begins at a line."""
    if len(lines[at].segments) < 2 or _is_field(lines[at]) or _is_one_paragraph(lines[at]):
        return None
    rivers = [(one.x1, two.x0) for one, two in zip(lines[at].segments, lines[at].segments[1:], strict=False)]
    run = [lines[at]]
    for line in lines[at + 1 : at + ROWS_MAX]:
        if run[-1].y - line.y > PITCH_MAX * line.size or _is_field(line) or _is_one_paragraph(line):
            break
        left = [dry for river in rivers if (dry := _dry(river, line))]
        if len(left) < len(rivers) or (len(line.segments) == 1 and not _belongs(line, rivers, run)):
            break
        rivers = left
        run.append(line)
    while len(run) > 1 and len(run[-1].segments) == 1 and not _belongs(run[-1], rivers, run[:-1]):
        run.pop()
    if len(run) < 2:
        return None
    middles = [(left + right) / 2 for left, right in rivers]
    edges = [min(line.x0 for line in run) - 1, *middles, max(line.x1 for line in run) + 1]
    return Side(run, list(zip(edges, edges[1:], strict=False)))


def _leading(prose: list[TextLine], side: Side) -> list[TextLine]:
    """Take the last lines of running text that stand in line with one column: the others begin lower."""
    rivers = [(left, left) for left, _ in side.columns[1:]]
    taken: list[TextLine] = []
    while prose:
        line, below = prose[-1], (taken or side.lines)[0]
        if len(line.segments) > 1 or line.y - below.y > PITCH_MAX * line.size:
            break
        inside = any(left <= line.x0 and line.x1 <= right for left, right in side.columns)
        if not inside or not _belongs(line, rivers, [*taken, *side.lines]):
            break
        taken.insert(0, prose.pop())
    return taken


def _is_field(line: TextLine) -> bool:
    """Whether a line holds printed fields of a memo: ``ที่ … วันที่ …``."""
    return _FIELDS.match(line.text + " ") is not None and any(
        _FIELD_INSIDE.match(segment.text) for segment in line.segments[1:]
    )


def _is_one_paragraph(line: TextLine) -> bool:
    """Whether the file itself calls a line with gaps one paragraph."""
    return len(line.segments) > 1 and 0 < line.parts[0] == line.parts[1]


def _dry(river: tuple[float, float], line: TextLine) -> tuple[float, float] | None:
    """Give what a line leaves of a gap: nothing when it runs across."""
    left, right = river
    for segment in line.segments:
        if segment.x0 <= left and segment.x1 >= right:
            return None
        if segment.x0 < right and segment.x1 > left:
            if (segment.x0 + segment.x1) / 2 < (left + right) / 2:
                left = max(left, segment.x1)
            else:
                right = min(right, segment.x0)
    return (left, right) if right - left >= RIVER_MIN * line.size else None


def _belongs(line: TextLine, rivers: Sequence[tuple[float, float]], run: Sequence[TextLine]) -> bool:
    """Whether a lone segment stands in line with a column: it begins where others begin, or has their middle."""
    column = sum((river[0] + river[1]) / 2 < (line.x0 + line.x1) / 2 for river in rivers)
    for other in run:
        own = [
            segment
            for segment in other.segments
            if sum((river[0] + river[1]) / 2 < (segment.x0 + segment.x1) / 2 for river in rivers) == column
        ]
        for segment in own:
            begins = column > 0 and abs(segment.x0 - line.x0) <= 3
            if begins or abs(segment.x0 + segment.x1 - line.x0 - line.x1) <= 2 * line.size:
                return True
    return False
