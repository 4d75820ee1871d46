"""A line of scores over years as SVG; it prints, needs no script, and says its figures in words beside the drawing."""

from collections.abc import Sequence
from decimal import Decimal
from xml.sax.saxutils import escape

from prongsai.thai.numerals import to_thai

WIDTH, HEIGHT = 560, 240
INK, SOFT, LINE, BRAND, GOAL = "#1b2a2f", "#4a5c63", "#d3dddf", "#0b5563", "#7a4a00"
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 24, 22, 34
_STEPS = 4

Point = tuple[int, Decimal | None]


def trend(points: Sequence[Point], *, title: str, target: Decimal | None = None) -> str:
    """Draw totals (0–100) by Buddhist year, oldest first; a year without one leaves a gap. target: a dashed line."""
    known = [value for _, value in points if value is not None]
    if not known:
        return ""
    scale = _Scale(len(points), min([*known, *([target] if target is not None else [])]))
    spots = [(scale.x(place), scale.y(value)) for place, (_, value) in enumerate(points) if value is not None]
    parts = [*_grid(scale), *_goal(scale, target), _path(spots)]
    for place, (year, value) in enumerate(points):
        parts += _point(scale, place, year, value)
    said = "; ".join(f"{year} {'ไม่มีคะแนน' if value is None else value}" for year, value in points)
    size = f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" font-family="Sarabun, sans-serif">'
    return f"{head}<title>{escape(title)}</title><desc>{escape(said)}</desc>{''.join(parts)}</svg>"


class _Scale:
    """Years from left to right, scores from the lowest ten below the lowest up to 100."""

    def __init__(self, count: int, lowest: Decimal) -> None:
        self.count = count
        self.low = max(0, int(lowest // 10) * 10 - (10 if lowest % 10 < 3 else 0))

    def x(self, place: int) -> float:
        if self.count == 1:
            return (WIDTH + _LEFT - _RIGHT) / 2
        return round(_LEFT + 24 + (WIDTH - _LEFT - _RIGHT - 48) * place / (self.count - 1), 1)

    def y(self, value: Decimal) -> float:
        share = (float(value) - self.low) / (100 - self.low)
        return round(HEIGHT - _BOTTOM - (HEIGHT - _TOP - _BOTTOM) * share, 1)


def _grid(scale: _Scale) -> list[str]:
    parts = []
    for step in range(_STEPS + 1):
        value = Decimal(scale.low + (100 - scale.low) * step / _STEPS)
        y = scale.y(value)
        parts.append(f'<line x1="{_LEFT}" y1="{y}" x2="{WIDTH - _RIGHT}" y2="{y}" stroke="{LINE}"/>')
        parts.append(_text(_LEFT - 8, y + 4, f"{value:g}", anchor="end"))
    return parts


def _goal(scale: _Scale, target: Decimal | None) -> list[str]:
    if target is None:
        return []
    y = scale.y(target)
    line = f'<line x1="{_LEFT}" y1="{y}" x2="{WIDTH - _RIGHT}" y2="{y}" stroke="{GOAL}" stroke-dasharray="5 4"/>'
    words = f"เป้าหมาย {target.normalize():f}"
    return [line, _text(WIDTH - _RIGHT, y - 5, words, anchor="end", colour=GOAL)]


def _path(spots: Sequence[tuple[float, float]]) -> str:
    joined = " ".join(f"{x},{y}" for x, y in spots)
    return f'<polyline points="{joined}" fill="none" stroke="{BRAND}" stroke-width="2.5"/>'


def _point(scale: _Scale, place: int, year: int, value: Decimal | None) -> list[str]:
    x = scale.x(place)
    parts = [_text(x, HEIGHT - 10, str(year), anchor="middle")]
    if value is not None:
        y = scale.y(value)
        parts.append(f'<circle cx="{x}" cy="{y}" r="4.5" fill="{BRAND}"/>')
        parts.append(_text(x, y - 10, f"{value:.2f}", anchor="middle", colour=INK, bold=True))
    return parts


def _text(x: float, y: float, words: str, *, anchor: str, colour: str = SOFT, bold: bool = False) -> str:
    weight = ' font-weight="600"' if bold else ""
    shown = escape(to_thai(words))
    return f'<text x="{x:g}" y="{y:g}" font-size="14" fill="{colour}" text-anchor="{anchor}"{weight}>{shown}</text>'
