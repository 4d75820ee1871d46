"""Figures of a register as SVG: bars by group, a line over time. They print, and say their figures in words."""

from collections.abc import Sequence
from decimal import Decimal
from xml.sax.saxutils import escape

from prongsai.thai.numerals import to_thai

WIDTH, DRAWN = 340, 420  # of the drawing's own measure; on a wide page it is drawn larger
INK, SOFT, LINE, BRAND = "#1b2a2f", "#4a5c63", "#d3dddf", "#0b5563"
BARS_MAX = 30
_ROW, _BAR, _LABEL_MAX = 44, 14, 38
_HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 230, 12, 12, 26, 30
_LETTER = 6.5  # about the width of one in the labels of a line

# label, value; a text is a value that is not told exactly ("น้อยกว่า ๓")
Row = tuple[str, Decimal | int | str | None]


def chart(kind: str, rows: Sequence[Row], *, title: str) -> str:
    """Draw rows as "bar" or "line"; "" for another kind or where there is nothing to draw."""
    if kind == "line" and sum(_number(value) is not None for _, value in rows) > 1:
        return line(rows, title=title)
    return bar(rows, title=title) if kind in ("bar", "line") else ""


def bar(rows: Sequence[Row], *, title: str) -> str:
    """Draw a bar a row in the order given, the first thirty; a value that is no number has its words and no bar."""
    shown = rows[:BARS_MAX]
    largest = max((abs(number) for _, value in shown if (number := _number(value)) is not None), default=Decimal(0))
    if not largest:
        return ""
    parts: list[str] = []
    for place, (label, value) in enumerate(shown):
        parts += _bar(place * _ROW, label, value, largest)
    return _svg(title, shown, len(shown) * _ROW, parts)


def _bar(top: int, label: str, value: Decimal | int | str | None, largest: Decimal) -> list[str]:
    number = _number(value)
    parts = [
        _text(0, top + 17, _short(label), anchor="start", colour=INK),
        _text(WIDTH, top + 17, said(value), anchor="end", colour=INK, bold=True),
        f'<rect x="0" y="{top + 23}" width="{WIDTH}" height="{_BAR}" rx="4" fill="{LINE}" opacity="0.45"/>',
    ]
    if number is not None and number > 0:
        width = max(2.0, round(float(number / largest) * WIDTH, 1))
        parts.append(f'<rect x="0" y="{top + 23}" width="{width:g}" height="{_BAR}" rx="4" fill="{BRAND}"/>')
    return parts


def line(rows: Sequence[Row], *, title: str) -> str:
    """Draw values over time, oldest first; what is not known leaves a gap."""
    numbers = [_number(value) for _, value in rows]
    known = [number for number in numbers if number is not None]
    if not known:
        return ""
    low, high = min(Decimal(0), *known), max(Decimal(1), *known)
    spots = [
        (_x(place, len(rows)), _y(number, low, high)) if number is not None else None
        for place, number in enumerate(numbers)
    ]
    parts = [_axis(_y(level, low, high)) for level in (low, (low + high) / 2, high)]
    parts += [_path(run) for run in _runs(spots)]
    longest = max(len(label) for label, _value in rows)
    step = -(-len(rows) // max(1, int(WIDTH / (_LETTER * (longest + 1)))))
    for place, (label, value) in enumerate(rows):
        side = "start" if place == 0 else "end" if place == len(rows) - 1 else "middle"
        parts += _point(spots[place], _x(place, len(rows)), label if place % step == 0 else "", value, side)
    return _svg(title, rows, _HEIGHT, parts)


def _x(place: int, count: int) -> float:
    inner = WIDTH - _LEFT - _RIGHT - 24
    return round(_LEFT + 12 + (inner * place / (count - 1) if count > 1 else inner / 2), 1)


def _y(value: Decimal, low: Decimal, high: Decimal) -> float:
    return round(_HEIGHT - _BOTTOM - (_HEIGHT - _TOP - _BOTTOM) * float((value - low) / (high - low)), 1)


def _axis(y: float) -> str:
    return f'<line x1="{_LEFT}" y1="{y:g}" x2="{WIDTH - _RIGHT}" y2="{y:g}" stroke="{LINE}"/>'


def _runs(spots: Sequence[tuple[float, float] | None]) -> list[list[tuple[float, float]]]:
    runs: list[list[tuple[float, float]]] = [[]]
    for spot in spots:
        if spot is None:
            runs.append([])
        else:
            runs[-1].append(spot)
    return [run for run in runs if len(run) > 1]


def _path(spots: Sequence[tuple[float, float]]) -> str:
    joined = " ".join(f"{x:g},{y:g}" for x, y in spots)
    return f'<polyline points="{joined}" fill="none" stroke="{BRAND}" stroke-width="2.5"/>'


def _point(
    spot: tuple[float, float] | None, x: float, label: str, value: Decimal | int | str | None, side: str
) -> list[str]:
    edge = {"start": 0.0, "end": float(WIDTH)}.get(side, x)
    parts = [_text(edge, _HEIGHT - 8, label, anchor=side, size=11)] if label else []
    if spot:
        parts.append(f'<circle cx="{spot[0]:g}" cy="{spot[1]:g}" r="4" fill="{BRAND}"/>')
        parts.append(_text(spot[0], spot[1] - 9, _brief(value), anchor=side, colour=INK, bold=True, size=12))
    return parts


def said(value: Decimal | int | str | None) -> str:
    """Print a value: thousands parted, two places for what is not whole; a dash for none."""
    if value is None:
        return "–"
    number = _number(value)
    if number is None:
        return str(value)
    return f"{number:,.0f}" if number == number.to_integral_value() else f"{number:,.2f}"


def _brief(value: Decimal | int | str | None) -> str:
    number = _number(value)
    if number is None:
        return said(value)
    for size, unit in ((1_000_000_000, "พันล."), (1_000_000, "ล.")):
        if abs(number) >= size:
            return f"{number / size:.1f} {unit}"
    return said(number.quantize(Decimal(1)) if abs(number) >= 100 else number)


def _number(value: Decimal | int | str | None) -> Decimal | None:
    return Decimal(value) if isinstance(value, Decimal | int) else None


def _short(label: str) -> str:
    return label if len(label) <= _LABEL_MAX else f"{label[: _LABEL_MAX - 1]}…"


def _svg(title: str, rows: Sequence[Row], height: int, parts: Sequence[str]) -> str:
    words = "; ".join(f"{label} {said(value)}" for label, value in rows)
    size = f'viewBox="0 0 {WIDTH} {height}" width="{DRAWN}" height="{height * DRAWN // WIDTH}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" font-family="Sarabun, sans-serif">'
    return f"{head}<title>{escape(title)}</title><desc>{escape(words)}</desc>{''.join(parts)}</svg>"


def _text(
    x: float, y: float, words: str, *, anchor: str, colour: str = SOFT, bold: bool = False, size: int = 14
) -> str:
    weight = ' font-weight="600"' if bold else ""
    shown = escape(to_thai(words))
    return f'<text x="{x:g}" y="{y:g}" font-size="{size}" fill="{colour}" text-anchor="{anchor}"{weight}>{shown}</text>'
