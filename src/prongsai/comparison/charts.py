"""Charts as SVG: they print, need no script, and say their figures in words; a table with the same stands beneath."""

from collections.abc import Sequence
from decimal import Decimal
from xml.sax.saxutils import escape

from prongsai.thai.numerals import to_thai
from prongsai.thai.text import display_width

INK, SOFT, LINE, BRAND = "#1b2a2f", "#4a5c63", "#d3dddf", "#0b5563"
LINES = (BRAND, "#9a5b00", "#7a3e8f", "#1d6136", "#9a1f1f", "#154d8f")
LEVELS = ("#0b5563", "#3d8391", "#8db9c2", "#e3c48a", "#d99a5b", "#bf6a52", "#8f3434")
"""The best level first; a chart has as many of them as the year has levels, parted by white lines."""

_WIDTH, _HEIGHT = 460, 240
_LEFT, _RIGHT, _TOP, _BOTTOM = 48, 12, 28, 34
_ROW, _BAR_ROW, _LABEL_LETTERS = 34, 46, 58
_STEPS = 4
_MARKS = "ะัาำิีึืฺุูเแโใไ็่้๊๋์ํ๎ "

Line = tuple[str, Sequence[Decimal | None]]


def trend(years: Sequence[int], lines: Sequence[Line], *, title: str) -> str:
    """Draw scores of 0–100 over years, a line each; a year without a score leaves a gap. Empty for no score at all."""
    known = [value for _, values in lines for value in values if value is not None]
    if not known:
        return ""
    low = max(0, int(min(known)) // 10 * 10 - (10 if min(known) % 10 < 3 else 0))
    parts = _grid(low)
    for at, year in enumerate(years):
        parts.append(_text(_x(at, len(years)), _HEIGHT - 10, to_thai(str(year)), "middle"))
    for (_, values), colour in zip(lines, LINES, strict=False):
        parts += _line(values, low, colour, is_alone=len(lines) == 1)
    said = "; ".join(f"{name} {_said(years, values)}" for name, values in lines)
    return _svg(_WIDTH, _HEIGHT, title, said, parts)


def _said(years: Sequence[int], values: Sequence[Decimal | None]) -> str:
    told = (f"ปี {year} {'ไม่มีคะแนน' if value is None else value}" for year, value in zip(years, values, strict=True))
    return to_thai(" ".join(told))


def _x(at: int, count: int) -> float:
    if count == 1:
        return (_WIDTH + _LEFT - _RIGHT) / 2
    return round(_LEFT + 26 + (_WIDTH - _LEFT - _RIGHT - 52) * at / (count - 1), 1)


def _y(value: Decimal, low: int) -> float:
    return round(_HEIGHT - _BOTTOM - (_HEIGHT - _TOP - _BOTTOM) * (float(value) - low) / (100 - low), 1)


def _grid(low: int) -> list[str]:
    parts = []
    for step in range(_STEPS + 1):
        value = low + Decimal((100 - low) * step) / _STEPS
        y = _y(value, low)
        parts.append(f'<line x1="{_LEFT}" y1="{y}" x2="{_WIDTH - _RIGHT}" y2="{y}" stroke="{LINE}"/>')
        parts.append(_text(_LEFT - 8, y + 4, to_thai(f"{value.normalize():f}"), "end"))
    return parts


def _line(values: Sequence[Decimal | None], low: int, colour: str, *, is_alone: bool) -> list[str]:
    spots = [(_x(at, len(values)), _y(value, low), value) for at, value in enumerate(values) if value is not None]
    joined = " ".join(f"{x},{y}" for x, y, _ in spots)
    parts = [f'<polyline points="{joined}" fill="none" stroke="{colour}" stroke-width="2.5"/>']
    for x, y, value in spots:
        parts.append(f'<circle cx="{x}" cy="{y}" r="4" fill="{colour}"/>')
        if is_alone:
            parts.append(_text(x, y - 10, to_thai(f"{value:.2f}"), "middle", INK, bold=True))
    return parts


def shares(rows: Sequence[tuple[str, Sequence[tuple[str, int]]]], *, title: str) -> str:
    """Draw how a whole is parted, a bar a row. Each row: its name, and its parts in order with their counts."""
    rows = [(name, parts) for name, parts in rows if sum(count for _, count in parts)]
    if not rows:
        return ""
    drawn: list[str] = []
    said = []
    for at, (name, parts) in enumerate(rows):
        top, whole, left = at * _ROW + 6, sum(count for _, count in parts), 60.0
        drawn.append(_text(52, top + 17, name, "end", INK))
        for place, (part, count) in enumerate(parts):
            wide = round((_WIDTH - 64) * count / whole, 1)
            colour = LEVELS[min(place, len(LEVELS) - 1)]
            words = to_thai(f"{part} {count:,} แห่ง ({count * 100 / whole:.1f}%)")
            box = f'x="{left:.1f}" y="{top}" width="{wide}" height="24" fill="{colour}" stroke="#fff"'
            if count:
                drawn.append(f"<rect {box}><title>{escape(words)}</title></rect>")
            left += wide
        said.append(f"{name}: {', '.join(to_thai(f'{part} {count:,} แห่ง') for part, count in parts if count)}")
    return _svg(_WIDTH, len(rows) * _ROW + 8, title, "; ".join(said), drawn)


def bars(rows: Sequence[tuple[str, Decimal]], *, title: str, unit: str = "") -> str:
    """Draw a bar of 0–100 a row with its figure behind it."""
    if not rows:
        return ""
    drawn = []
    room = _WIDTH - 70
    for at, (name, value) in enumerate(rows):
        top = at * _BAR_ROW
        drawn.append(_text(0, top + 16, _short(name), "start", INK))
        drawn.append(f'<rect x="0" y="{top + 22}" width="{room}" height="14" fill="#eef3f4"/>')
        wide = round(room * float(value) / 100, 1)
        drawn.append(f'<rect x="0" y="{top + 22}" width="{wide}" height="14" fill="{BRAND}"/>')
        drawn.append(_text(room + 8, top + 34, to_thai(f"{value}{unit}"), "start", INK))
    said = "; ".join(to_thai(f"{name} {value}{unit}") for name, value in rows)
    return _svg(_WIDTH, len(rows) * _BAR_ROW + 2, title, said, drawn)


def _short(name: str) -> str:
    """Cut a name to what fits beside its bar, between two letters that stand alone."""
    while display_width(name) > _LABEL_LETTERS:
        name = name.rstrip("…")[:-1].rstrip(_MARKS) + "…"
    return name


def _svg(wide: int, high: int, title: str, said: str, parts: Sequence[str]) -> str:
    size = f'viewBox="0 0 {wide} {high}" width="{wide}" height="{high}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" font-family="Sarabun, sans-serif">'
    return f"{head}<title>{escape(title)}</title><desc>{escape(said)}</desc>{''.join(parts)}</svg>"


def _text(x: float, y: float, words: str, anchor: str, colour: str = SOFT, *, bold: bool = False) -> str:
    weight = ' font-weight="600"' if bold else ""
    return f'<text x="{x}" y="{y}" font-size="14" text-anchor="{anchor}" fill="{colour}"{weight}>{escape(words)}</text>'
