"""Printed lines out of glyphs: what stands on one base line, from left to right, with the spaces that were printed."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from statistics import median

from prongsai.documents.read.pdf.glyphs import Glyph, turned
from prongsai.documents.read.pdf.rules import Rule
from prongsai.thai.glyphs import mend_marks

ONE_LINE = 0.4  # of the size: how far base lines of one line lie apart
WIDE = 1.6  # of the size: a gap that parts columns
TAB = 3.5  # of the size: how far words stand from the number of their item
SPACE_PRINTED, SPACE_SILENT = 0.22, 0.15  # of the size: a gap that is a space, in a file with spaces and in one without
SPACES_MIN = 1 / 200  # of the glyphs: fewer, and the file leaves spaces out
_ONLY_MARKER = re.compile(
    r"\(?[0-9๐-๙]{1,2}[.)]\)?|[0-9๐-๙]{1,2}(?:\.[0-9๐-๙]{1,2}){1,3}[.)]?|\(?[ก-ฮ][.)]|[-–—•●▪◦○*➢☐☑☒□✓✔]"
)
_LEADERS = re.compile(r"(?:[.‥…·_]\s?){4,}|…{2,}")
_LED_OUT = re.compile(rf"(?:{_LEADERS.pattern})\s*$")
_SYMBOLS = {
    0xF0B7: "•",
    0xF0A7: "▪",
    0xF0D8: "➢",
    0xF0FC: "✓",
    0xF0FE: "☑",
    0xF0FD: "☒",
    0xF052: "☑",
    0xF0A8: "☐",
    0xF06F: "☐",
}


@dataclass(slots=True)
class Segment:
    """A piece of a line between wide gaps."""

    text: str
    raw: str
    x0: float
    x1: float


@dataclass(slots=True)
class TextLine:
    """A printed line. first: how wide its first word is, up to a space; spaced: a space was printed at its end.

    parts: the tagged paragraphs that its first and last glyphs belong to, 0 when unknown. mended: words whose marks
    were put right, as the file gives them and as they are now.
    """

    segments: list[Segment]
    y: float
    size: float
    first: float
    spaced: bool = False
    parts: tuple[int, int] = (0, 0)
    artifact: bool = False
    mended: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> str:
        """The words of the whole line."""
        return " ".join(segment.text for segment in self.segments if segment.text)

    @property
    def raw(self) -> str:
        """The words as the file gives them."""
        return " ".join(segment.raw for segment in self.segments)

    @property
    def is_led_out(self) -> bool:
        """Whether a dotted leader ends it, as on a form: what follows is another field."""
        return _LED_OUT.search(self.raw) is not None

    @property
    def x0(self) -> float:
        """Where it starts."""
        return self.segments[0].x0

    @property
    def x1(self) -> float:
        """Where it ends."""
        return self.segments[-1].x1


@dataclass(slots=True)
class Manner:
    """How a page prints: whether the file has spaces of its own, and lines drawn to be written on."""

    has_spaces: bool
    leaders: Sequence[Rule] = field(default_factory=list)

    @classmethod
    def of(cls, glyphs: Sequence[Glyph], leaders: Sequence[Rule]) -> "Manner":
        """Look at all glyphs of a page."""
        spaces = sum(glyph.text == " " for glyph in glyphs)
        return cls(spaces >= SPACES_MIN * len(glyphs) and spaces > 0, leaders)


def read_lines(glyphs: Iterable[Glyph], manner: Manner, *, columns: bool) -> list[TextLine]:
    """Read glyphs into lines, top to bottom. columns: whether a wide gap parts a line into segments.

    Text that stands across the page's direction comes last, as lines of its own.
    """
    lines: list[TextLine] = []
    by_turn = sorted(glyphs, key=lambda glyph: glyph.turn)
    for turn, group in groupby(by_turn, key=lambda glyph: glyph.turn):
        upright = [_upright(glyph, turn) if turn else glyph for glyph in group]
        found = [line for row in _rows(upright) if (line := _line(row, manner, columns=columns))]
        lines += found if not turn else [_back(line, turn) for line in found]
    return lines


def _upright(glyph: Glyph, turn: int) -> Glyph:
    x, y = turned(glyph.x0, glyph.y, turn)
    wide = 0.5 * glyph.size if glyph.text != " " else 0.25 * glyph.size
    return Glyph(glyph.text, x, x + wide, y, glyph.size, 0, glyph.part, glyph.artifact)


def _back(line: TextLine, turn: int) -> TextLine:
    """Put a line across the page back to where it starts, as a piece without width."""
    x, y = turned(line.x0, line.y, -turn % 4)
    line.segments = [Segment(line.text, line.raw, x, x + line.size)]
    line.y = y
    return line


def _rows(glyphs: list[Glyph]) -> Iterable[list[Glyph]]:
    """Part glyphs into those on one base line, which the largest of them sets."""
    row: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda glyph: -glyph.y):
        if row and row[0].y - glyph.y > ONE_LINE * max(row[0].size, glyph.size):
            yield row
            row = []
        row.append(glyph)
    if row:
        yield row


def _line(row: list[Glyph], manner: Manner, *, columns: bool) -> TextLine | None:
    row.sort(key=lambda glyph: glyph.x0)
    words = _once(glyph for glyph in row if glyph.text != " ")
    if not words:
        return None
    spaces = [glyph for glyph in row if glyph.text == " "]
    size = median(glyph.size for glyph in words)
    y = median(glyph.y for glyph in words)
    is_gap = _gap_test(words, spaces, manner, size)
    is_wide = _wide_test(manner, size, y) if columns else (lambda _, __: False)
    segments, first = _segments(words, is_gap, is_wide)
    if not any(segment.text for segment in segments):
        return None
    return TextLine(
        segments,
        y,
        size,
        first,
        any(space.x0 >= words[-1].x0 for space in spaces),
        (words[0].part, words[-1].part),
        all(glyph.artifact for glyph in words),
        tuple(pair for segment in segments for pair in _mended(segment)),
    )


def _once(glyphs: Iterable[Glyph]) -> list[Glyph]:
    """Leave out what is printed twice on the same spot, as some makers do for bold."""
    kept: list[Glyph] = []
    for glyph in glyphs:
        twin = any(
            glyph.text == one.text and abs(glyph.x0 - one.x0) < 0.12 * glyph.size and abs(glyph.y - one.y) < 1
            for one in kept[-2:]
        )
        if not twin:
            kept.append(glyph)
    return kept


Gap = Callable[[Glyph, Glyph], bool]


def _gap_test(words: list[Glyph], spaces: list[Glyph], manner: Manner, size: float) -> Gap:
    """Give the test whether a space stands between neighbours: printed, or left free beyond the usual of the line."""
    usual = median(two.x0 - one.x1 for one, two in pairwise(words)) if len(words) > 5 else 0.0
    least = max(0.0, usual) + (SPACE_PRINTED if manner.has_spaces else SPACE_SILENT) * size
    printed = [space.x0 for space in spaces]
    after: set[int] = set()
    at = 0
    for number, word in enumerate(words):
        while at < len(printed) and printed[at] < word.x0 + 0.01:
            if number and printed[at] >= words[number - 1].x0:
                after.add(id(words[number - 1]))
            at += 1
    return lambda one, two: id(one) in after or two.x0 - one.x1 >= least


def _wide_test(manner: Manner, size: float, y: float) -> Gap:
    def is_wide(one: Glyph, two: Glyph) -> bool:
        gap = two.x0 - one.x1
        if gap < WIDE * size:
            return False
        drawn = sum(
            max(0.0, min(rule.end, two.x0) - max(rule.start, one.x1))
            for rule in manner.leaders
            if -0.5 * size <= rule.at - y <= 0.3 * size
        )
        return drawn < gap / 2

    return is_wide


def _segments(words: list[Glyph], is_gap: Gap, is_wide: Gap) -> tuple[list[Segment], float]:
    """Put glyphs together into segments; gives also the width of the first word."""
    segments: list[Segment] = []
    first = 0.0
    letters: list[str] = []
    start = words[0].x0
    for word, after in zip(words, [*words[1:], None], strict=True):
        letters.append(word.text)
        gap = after is None or is_gap(word, after)
        if gap and not first:
            first = word.x1 - words[0].x0
        if after is None or (is_wide(word, after) and not _hangs(letters, word, after)):
            segments.append(_segment("".join(letters), start, word.x1))
            letters, start = [], after.x0 if after else 0.0
        elif gap:
            letters.append(" ")
    kept = [segment for segment in segments if segment.text]
    return kept or segments[:1], first


def _hangs(letters: list[str], word: Glyph, after: Glyph) -> bool:
    """Whether a number or dash hangs before its words, a tab away."""
    return after.x0 - word.x1 < TAB * word.size and _ONLY_MARKER.fullmatch("".join(letters)) is not None


def _segment(raw: str, x0: float, x1: float) -> Segment:
    """Make a segment: symbols of picture fonts by their meaning, marks in order, dotted leaders gone."""
    text = mend_marks(raw.translate(_SYMBOLS))
    return Segment(" ".join(_LEADERS.sub(" ", text).split()), raw, x0, x1)


def _mended(segment: Segment) -> list[tuple[str, str]]:
    """Give the words that mending changed. A word that was in pieces is told by the piece before."""
    plain = mend_marks(segment.raw)
    if plain == segment.raw:
        return []
    before, after = segment.raw.split(), plain.split()
    if len(before) == len(after):
        return [(one, two) for one, two in zip(before, after, strict=True) if one != two]
    return [(segment.raw.strip(), plain.strip())]
