"""Boxes, ticks and bullets of forms, drawn for fonts that lack them."""

from collections.abc import Iterable, Sequence
from typing import Any

from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables._g_l_y_f import Glyph

Points = Sequence[tuple[float, float]]

# A unit square whose corner stands on the base line; drawn 0.62 em high, as tall as a Thai letter.
_SIZE, _SIDE, _LINE = 0.62, 0.07, 0.075
_TICK: Points = ((0.18, 0.52), (0.27, 0.61), (0.43, 0.42), (0.77, 0.88), (0.87, 0.80), (0.44, 0.22))
_CROSS_1: Points = ((0.2, 0.28), (0.72, 0.8), (0.8, 0.72), (0.28, 0.2))
_CROSS_2: Points = ((0.2, 0.72), (0.28, 0.8), (0.8, 0.28), (0.72, 0.2))
_OUTER: Points = ((0, 0), (0, 1), (1, 1), (1, 0))
_INNER: Points = tuple(reversed([(_LINE + x * (1 - 2 * _LINE), _LINE + y * (1 - 2 * _LINE)) for x, y in _OUTER]))
_DIAMOND: Points = ((0.5, -0.08), (-0.08, 0.5), (0.5, 1.08), (1.08, 0.5))
_DIAMOND_IN: Points = ((0.5, 0.03), (0.97, 0.5), (0.5, 0.97), (0.03, 0.5))
_BOX = (_OUTER, _INNER)

_POLYGONS: dict[str, Iterable[Points]] = {
    "☐": _BOX,
    "□": _BOX,
    "☑": (*_BOX, _TICK),
    "☒": (*_BOX, _CROSS_1, _CROSS_2),
    "✓": (_TICK,),
    "✔": (_TICK,),
}
_ROUND = {"○": True, "●": False}
UNKNOWN = "\N{REPLACEMENT CHARACTER}"


def symbols(glyphs: Any, upem: int) -> dict[str, tuple[Glyph, int]]:
    """Draw every symbol; give each with its advance. glyphs: the glyf table of the font, which has the ?."""
    advance = round(upem * (_SIZE + 2 * _SIDE))
    drawn = {char: (_polygons(upem, shapes), advance) for char, shapes in _POLYGONS.items()}
    drawn |= {char: (_circle(upem, open_), advance) for char, open_ in _ROUND.items()}
    return drawn | {UNKNOWN: (_unknown(glyphs, upem), advance)}


def _at(point: tuple[float, float], upem: int) -> tuple[int, int]:
    return round(upem * (_SIDE + _SIZE * point[0])), round(upem * _SIZE * point[1])


def _draw(pen: TTGlyphPen, upem: int, points: Points) -> None:
    pen.moveTo(_at(points[0], upem))
    for point in points[1:]:
        pen.lineTo(_at(point, upem))
    pen.closePath()


def _polygons(upem: int, shapes: Iterable[Points]) -> Glyph:
    pen = TTGlyphPen(None)
    for shape in shapes:
        _draw(pen, upem, shape)
    return pen.glyph()


def _circle(upem: int, is_open: bool) -> Glyph:
    pen = TTGlyphPen(None)
    _ring(pen, upem, 0.5, clockwise=True)
    if is_open:
        _ring(pen, upem, 0.5 - _LINE, clockwise=False)
    return pen.glyph()


def _ring(pen: TTGlyphPen, upem: int, radius: float, *, clockwise: bool) -> None:
    """Draw a circle as eight quadratic arcs whose on-curve points are implied."""
    k = radius * 0.41421
    around = [
        (radius, k), (k, radius), (-k, radius), (-radius, k), (-radius, -k), (-k, -radius), (k, -radius), (radius, -k),
    ]  # fmt: skip
    points = [_at((0.5 + x, 0.5 + y), upem) for x, y in (reversed(around) if clockwise else around)]
    pen.qCurveTo(*points, None)
    pen.closePath()


def _unknown(glyphs: Any, upem: int) -> Glyph:
    """Draw a diamond with a question mark in it."""
    pen = TTGlyphPen(glyphs)
    for shape in (_DIAMOND, _DIAMOND_IN):
        _draw(pen, upem, shape)
    mark = glyphs["question"]
    mark.recalcBounds(glyphs)
    x = upem * (_SIDE + _SIZE / 2) - (mark.xMin + mark.xMax) / 4
    y = upem * _SIZE / 2 - (mark.yMin + mark.yMax) / 4
    mark.draw(TransformPen(pen, (0.5, 0, 0, 0.5, round(x), round(y))), glyphs)
    return pen.glyph()
