"""How many have answered by each day as SVG; it prints, needs no script, and says its figures beside the drawing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from xml.sax.saxutils import escape

from prongsai.web.ui.templatetags.ui import thai_date, thai_digits

WIDTH, HEIGHT = 560, 220
INK, SOFT, LINE, BRAND, GOAL = "#1b2a2f", "#4a5c63", "#d3dddf", "#0b5563", "#7a4a00"
_LEFT, _RIGHT, _TOP, _BOTTOM = 24, 24, 28, 34
_NEAR = 46  # points of the drawing: figures that are nearer to each other are left out

Reading = tuple[date, int]


def climb(readings: Sequence[Reading], *, title: str, goal: int | None, goal_words: str = "") -> str:
    """Draw readings, the oldest first, at least two; goal: a dashed line, with words on it."""
    top = max([1, *(n for _day, n in readings), *([goal] if goal else [])])
    first, last = readings[0][0], readings[-1][0]
    spots = [(_x(day, first, last), _y(n, top), day, n) for day, n in readings]
    line = " ".join(f"{x},{y}" for x, y, _day, _n in spots)
    parts = [
        f'<line x1="{_LEFT}" y1="{_y(0, top)}" x2="{WIDTH - _RIGHT}" y2="{_y(0, top)}" stroke="{LINE}"/>',
        *_goal(goal, top, goal_words),
        f'<polyline points="{line}" fill="none" stroke="{BRAND}" stroke-width="2.5"/>',
        *(f'<circle cx="{x}" cy="{y}" r="4" fill="{BRAND}"/>' for x, y, _day, _n in spots),
        *_figures(spots),
        _text(_LEFT, HEIGHT - 10, thai_date(first), "start"),
        _text(WIDTH - _RIGHT, HEIGHT - 10, thai_date(last), "end"),
    ]
    said = "; ".join(f"{thai_date(day)} {thai_digits(n)}" for day, n in readings)
    size = f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" font-family="Sarabun, sans-serif">'
    return f"{head}<title>{escape(title)}</title><desc>{escape(said)}</desc>{''.join(parts)}</svg>"


def _x(day: date, first: date, last: date) -> float:
    days = max(1, (last - first).days)
    return round(_LEFT + 8 + (WIDTH - _LEFT - _RIGHT - 16) * (day - first).days / days, 1)


def _y(n: int, top: int) -> float:
    return round(HEIGHT - _BOTTOM - (HEIGHT - _TOP - _BOTTOM) * n / top, 1)


def _goal(goal: int | None, top: int, words: str) -> list[str]:
    if not goal:
        return []
    y = _y(goal, top)
    line = f'<line x1="{_LEFT}" y1="{y}" x2="{WIDTH - _RIGHT}" y2="{y}" stroke="{GOAL}" stroke-dasharray="5 4"/>'
    return [line, _text(_LEFT, y - 7, f"{words} {thai_digits(goal)}".strip(), "start", GOAL)]


def _figures(spots: Sequence[tuple[float, float, date, int]]) -> list[str]:
    """Write the figures at the points, the last one always, those too near to the next not."""
    shown: list[str] = []
    right = float(WIDTH + _NEAR)
    for x, y, _day, n in reversed(spots):
        if right - x >= _NEAR:
            shown.append(_text(x, y + 20 if y < _TOP + 12 else y - 9, thai_digits(n), "middle", INK))
            right = x
    return shown


def _text(x: float, y: float, words: str, anchor: str, colour: str = SOFT) -> str:
    return f'<text x="{x:g}" y="{y:g}" font-size="14" fill="{colour}" text-anchor="{anchor}">{escape(words)}</text>'
