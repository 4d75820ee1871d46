"""Lines of known widths: words put into lines with the measure of the font, so that the engine has nothing to decide.

All measures are points. A line keeps the space at its end: it is not seen, but a reader of the PDF can tell a line that
ended at a space from one that ended between two Thai words.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from prongsai.documents.fonts.clusters import CLUSTER
from prongsai.documents.fonts.shipped import Fonts
from prongsai.documents.write.breaks import Breaker, Breaks
from prongsai.thai.text import has_thai

_ROOM = 0.3  # rounding: a line is at least this much narrower than its column
_TRACKING_MAX = 0.055  # em; farther apart Thai letters look spaced out
_STEP = 8  # points by which the width of a centred text is tried
_SPACE_MAX = 0.5  # em that a space may grow


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One printed line. tracking, spacing: what is added after each letter and to each space to fill the width."""

    text: str
    tracking: float = 0
    spacing: float = 0
    width: float = 0

    def to_json(self) -> str | list[object]:
        """Give the text alone when nothing is added."""
        if not self.width:
            return self.text
        return [self.text, round(self.tracking, 4), round(self.spacing, 4), round(self.width, 3)]


@dataclass(frozen=True, slots=True)
class Filler:
    """Puts texts into lines in one family of fonts, knowing the names of the paper."""

    fonts: Fonts
    breaker: Breaker

    def lines(
        self, text: str, width: float, size: float, *, bold: bool = False, indent: float = 0, justify: bool = False
    ) -> list[PrintedLine]:
        """Break a text with single spaces into lines of a width. indent: how much narrower the first one is.

        justify: fill all lines but the last, where that does not pull the letters too far apart.
        """
        room = [width - indent - _ROOM, width - _ROOM]
        lines = list(self._filled(text, self.breaker.breaks(text), room, size, bold))
        if not justify:
            return [self._as_is(line, size, bold) for line in lines]
        wide = (self._spread(line, room[min(number, 1)], size, bold) for number, line in enumerate(lines[:-1]))
        return [*wide, *(self._as_is(line, size, bold) for line in lines[-1:])]

    def balanced(self, text: str, width: float, size: float, *, bold: bool = False) -> list[PrintedLine]:
        """Break a centred text so that its lines are about as long as one another, no more of them than need be.

        No word is cut that the width has room for.
        """
        lines = self.lines(text, width, size, bold=bold)
        even = self.fonts.width(text, size, bold=bold) / max(len(lines), 1)
        least = max(even, self.narrowest(text, size, bold=bold))
        for narrower in range(ceil(least), round(width), _STEP):
            found = self.lines(text, narrower, size, bold=bold) if len(lines) > 1 else lines
            if len(found) == len(lines):
                return found
        return lines

    def narrowest(self, text: str, size: float, *, bold: bool = False) -> float:
        """Give the width below which a word of the text would be cut."""
        ends = self.breaker.breaks(text).words
        pieces = (text[start:end].rstrip() for start, end in pairwise((0, *ends, len(text))))
        return max((self.fonts.width(piece, size, bold=bold) for piece in pieces), default=0) + 2 * _ROOM

    def width(self, text: str, size: float, *, bold: bool = False) -> float:
        """Give the width that a text needs to stand on one line."""
        return self.fonts.width(text, size, bold=bold) + 2 * _ROOM

    def _filled(self, text: str, breaks: Breaks, room: Sequence[float], size: float, bold: bool) -> Iterator[str]:
        line, taken, number = "", 0.0, 0
        for piece in self._pieces(text, tuple(breaks), 0, len(text), min(room), size, bold):
            wide = self.fonts.width(piece, size, bold=bold)
            unspaced = wide - self.fonts.width(" ", size, bold=bold) if piece.endswith(" ") else wide
            if line and taken + unspaced > room[min(number, 1)]:
                yield line
                line, taken, number = "", 0.0, number + 1
            line, taken = line + piece, taken + wide
        if line:
            yield line

    def _pieces(
        self, text: str, levels: Sequence[Sequence[int]], start: int, end: int, room: float, size: float, bold: bool
    ) -> Iterator[str]:
        """Part a stretch of text at its best breaks; what is wider than a line is parted at the next best."""
        for first, last in pairwise((start, *(at for at in levels[0] if start < at < end), end)):
            piece = text[first:last]
            if len(levels) == 1 or self.fonts.width(piece.rstrip(), size, bold=bold) <= room:
                yield piece
            else:
                yield from self._pieces(text, levels[1:], first, last, room, size, bold)

    def _as_is(self, line: str, size: float, bold: bool) -> PrintedLine:
        """Set a line with nothing added; the space at its end takes no room, or the engine would break before it."""
        width = self.fonts.width(line.rstrip(), size, bold=bold) if line.endswith(" ") else 0
        return PrintedLine(line, width=width)

    def _spread(self, line: str, room: float, size: float, bold: bool) -> PrintedLine:
        """Fill a line: spaces grow three times as much as the gaps between Thai letters; Latin letters stay close."""
        shown = line.rstrip()
        slack = room - self.fonts.width(shown, size, bold=bold)
        gaps = max(len(CLUSTER.findall(shown)) - 1, 1) if has_thai(shown) else 0
        spaces = shown.count(" ")
        if slack < 0 or not gaps + spaces:
            return self._as_is(line, size, bold)
        tracking = min(slack / (gaps + 3 * spaces), _TRACKING_MAX * size) if gaps else 0.0
        spacing = (slack - tracking * gaps) / spaces if spaces else 0.0
        is_full = spaces or tracking * gaps > slack - 0.5
        if not is_full or spacing > _SPACE_MAX * size:
            return self._as_is(line, size, bold)
        return PrintedLine(line, tracking, spacing, room)
