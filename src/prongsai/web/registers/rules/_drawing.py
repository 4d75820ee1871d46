"""Boxes of Thai text and the lines between them as SVG, for charts that are drawn from records."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from prongsai.thai.segmentation import break_lines

FONTS = "TH SarabunPSK, TH Sarabun New, Prongsai Sarabun, Sarabun, sans-serif"
INK, SOFT, LINE, HEAD, PAPER = "#1b2a2f", "#4a5c63", "#8fa1a6", "#0b5563", "#ffffff"
LINE_HEIGHT, PADDING = 22, 12
_COLUMN_WIDTH = 9.0  # units that a column of text takes at the size below, with room for a substitute font
_SIZE = 17


@dataclass(frozen=True, slots=True)
class Box:
    """A box with a head and lines under it, already broken to its width. x, y: its upper left corner."""

    x: float
    y: float
    width: float
    head: tuple[str, ...]
    lines: tuple[str, ...] = ()

    @property
    def height(self) -> float:
        """How high it is with everything in it."""
        return PADDING * 2 + LINE_HEIGHT * (len(self.head) + len(self.lines))

    @property
    def middle(self) -> float:
        """The x of its middle."""
        return self.x + self.width / 2

    @property
    def bottom(self) -> float:
        """The y under it."""
        return self.y + self.height


def box(x: float, y: float, width: float, head: str, lines: Iterable[str] = ()) -> Box:
    """Make a box, its texts broken between Thai words; a line that begins with spaces keeps them."""
    columns = max(4, int((width - PADDING * 2) / _COLUMN_WIDTH))
    return Box(x, y, width, tuple(break_lines(head, columns)), tuple(_broken(lines, columns)))


def _broken(lines: Iterable[str], columns: int) -> Iterable[str]:
    for line in lines:
        indent = line[: len(line) - len(line.lstrip("\u2003"))]
        yield from (indent + part for part in break_lines(line.lstrip("\u2003"), max(4, columns - 2 * len(indent))))


def drawn(one: Box) -> list[str]:
    """Draw a box: its head bold, centred when nothing stands under it."""
    parts = [
        f'<rect x="{one.x:g}" y="{one.y:g}" width="{one.width:g}" height="{one.height:g}" rx="6" fill="{PAPER}" '
        f'stroke="{HEAD}"/>'
    ]
    for place, words in enumerate((*one.head, *one.lines)):
        y = one.y + PADDING + LINE_HEIGHT * (place + 0.75)
        is_head = place < len(one.head)
        x, anchor = (one.middle, "middle") if is_head else (one.x + PADDING, "start")
        parts.append(text(x, y, words, anchor=anchor, bold=is_head, colour=HEAD if is_head else INK))
    return parts


def text(
    x: float, y: float, words: str, *, anchor: str = "start", bold: bool = False, colour: str = INK, size: int = _SIZE
) -> str:
    """Draw one line of text."""
    weight = ' font-weight="bold"' if bold else ""
    look = f'fill="{colour}" text-anchor="{anchor}" font-size="{size}"{weight} xml:space="preserve"'
    return f'<text x="{x:g}" y="{y:g}" {look}>{escape(words)}</text>'


def path(*points: tuple[float, float], arrow: bool = False) -> str:
    """Draw a line through points, with an arrow at its end when asked."""
    way = " L".join(f"{x:g} {y:g}" for x, y in points)
    parts = f'<path d="M{way}" fill="none" stroke="{LINE}" stroke-width="1.5"/>'
    if arrow:
        x, y = points[-1]
        parts += f'<path d="M{x - 5:g} {y - 8:g} L{x:g} {y:g} L{x + 5:g} {y - 8:g}" fill="none" stroke="{LINE}"/>'
    return parts


def svg(width: float, height: float, *, title: str, says: Sequence[str], parts: Iterable[str]) -> str:
    """Put a drawing together; what it shows is told in words to who cannot see it."""
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" '
    head += f'height="{height:g}" role="img" font-family="{FONTS}">'
    return f"{head}<title>{escape(title)}</title><desc>{escape('; '.join(says))}</desc>{''.join(parts)}</svg>"
