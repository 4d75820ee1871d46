"""The straight lines drawn on a PDF page: strokes, thin filled boxes, sides of boxes; small squares are check boxes."""

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2
import pypdfium2.raw as pdfium

from prongsai.documents.read.pdf.glyphs import turned
from prongsai.documents.read.refusals import page_over_limit

SEGMENTS_MAX = 300_000
DEPTH_MAX = 8
STRAIGHT = 0.8  # points by which a line may lean and still be level
THIN = 3.0
SHORT = 5.0
TOUCH = 1.5
SQUARES_MAX = 100  # more on a page are a pattern
SQUARE_MIN, SQUARE_MAX = 5.0, 16.0
Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]
_SAME = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Rule:
    """A level or upright line: at is its y or x, from start to end along the other axis."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class Rules:
    """The lines of a page. squares: lone boxes of the size of a letter (left, bottom, right, top).

    small: middles of other strokes of that size. pictures: the area that pictures cover.
    """

    level: list[Rule] = field(default_factory=list)
    upright: list[Rule] = field(default_factory=list)
    squares: list[tuple[float, float, float, float]] = field(default_factory=list)
    small: list[Point] = field(default_factory=list)
    pictures: float = 0.0


def read_rules(page: pypdfium2.PdfPage, turn: int, number: int) -> Rules:
    """Read the lines of a page, turned as its text was. number: of the page, 1-based.

    Raises LimitExceeded for a drawing of more than SEGMENTS_MAX pieces.
    """
    rules = Rules()
    count = 0
    for item, matrix in _objects(page):
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            rules.pictures += _area(item)
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            count += pdfium.FPDFPath_CountSegments(item)
            if count > SEGMENTS_MAX:
                raise page_over_limit(number, "เส้น", f"{SEGMENTS_MAX:,} เส้น")
            _read_path(item, matrix, turn, rules)
    _sort_squares(rules)
    return rules


def _objects(page: pypdfium2.PdfPage) -> Iterator[tuple[object, Matrix]]:
    """Walk the objects of a page, into forms that are drawn on it, each with what moves it."""
    raw = page.raw
    for index in range(pdfium.FPDFPage_CountObjects(raw)):
        yield from _inside(pdfium.FPDFPage_GetObject(raw, index), _SAME, 0)


def _inside(item: object, above: Matrix, depth: int) -> Iterator[tuple[object, Matrix]]:
    own = _matrix(item)
    matrix = _times(own, above)
    if pdfium.FPDFPageObj_GetType(item) != pdfium.FPDF_PAGEOBJ_FORM:
        yield item, matrix
    elif depth < DEPTH_MAX:
        for index in range(max(0, pdfium.FPDFFormObj_CountObjects(item))):
            yield from _inside(pdfium.FPDFFormObj_GetObject(item, index), matrix, depth + 1)


def _matrix(item: object) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, matrix):
        return _SAME
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _times(one: Matrix, two: Matrix) -> Matrix:
    if two == _SAME:
        return one
    a, b, c, d, e, f = one
    g, h, i, j, k, m = two
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _area(item: object) -> float:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top)
    area = (right.value - left.value) * (top.value - bottom.value)
    return area if math.isfinite(area) else 0.0


def _read_path(item: object, matrix: Matrix, turn: int, rules: Rules) -> None:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, fill, stroke)
    if not (fill.value or stroke.value):
        return
    for points, closed in _pieces(item, matrix, turn):
        xs, ys = [x for x, _ in points], [y for _, y in points]
        box = (min(xs), min(ys), max(xs), max(ys))
        wide, high = box[2] - box[0], box[3] - box[1]
        if SQUARE_MIN <= wide <= SQUARE_MAX and SQUARE_MIN <= high <= SQUARE_MAX and len(points) >= 4:
            if stroke.value and abs(wide - high) < 2:
                rules.squares.append(box)
            else:
                rules.small.append(((box[0] + box[2]) / 2, (box[1] + box[3]) / 2))
        elif max(wide, high) <= SQUARE_MAX and min(wide, high) > THIN:
            rules.small.append(((box[0] + box[2]) / 2, (box[1] + box[3]) / 2))
        elif min(wide, high) <= THIN:
            x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
            _add(*(((box[0], y), (box[2], y)) if wide >= high else ((x, box[1]), (x, box[3]))), rules)
        elif stroke.value:
            for one, two in zip(points, points[1:] + points[:1] if closed else points[1:], strict=False):
                _add(one, two, rules)


def _sort_squares(rules: Rules) -> None:
    """Take squares that touch each other, or a drawn line, for cells of a table: their sides are lines."""
    if len(rules.squares) > SQUARES_MAX:
        rules.squares.clear()
    lone = []
    for square in rules.squares:
        left, bottom, right, top = square
        touches = any(_touch(square, other) for other in rules.squares if other is not square) or any(
            min(abs(rule.at - bottom), abs(rule.at - top)) < TOUCH and rule.start < right and rule.end > left
            for rule in rules.level
        )
        if not touches:
            lone.append(square)
            continue
        corners = [(left, bottom), (right, bottom), (right, top), (left, top)]
        for one, two in zip(corners, corners[1:] + corners[:1], strict=True):
            _add(one, two, rules)
    rules.squares = lone


def _touch(one: tuple[float, ...], two: tuple[float, ...]) -> bool:
    return (
        one[0] - TOUCH <= two[2]
        and two[0] - TOUCH <= one[2]
        and one[1] - TOUCH <= two[3]
        and two[1] - TOUCH <= one[3]
        and max(abs(a - b) for a, b in zip(one, two, strict=True)) > TOUCH
    )


def _pieces(item: object, matrix: Matrix, turn: int) -> Iterator[tuple[list[Point], bool]]:
    """Walk the connected pieces of a path; curves count as the straight way to their end."""
    a, b, c, d, e, f = matrix
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[Point] = []
    closed = False
    for index in range(pdfium.FPDFPath_CountSegments(item)):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield points, closed
            points, closed = [], False
        point = turned(a * x.value + c * y.value + e, b * x.value + d * y.value + f, turn)
        if math.isfinite(point[0]) and math.isfinite(point[1]):
            points.append(point)
        closed = closed or pdfium.FPDFPathSegment_GetClose(segment) == 1
    if len(points) > 1:
        yield points, closed


def _add(one: Point, two: Point, rules: Rules) -> None:
    (x0, y0), (x1, y1) = one, two
    if abs(y0 - y1) <= STRAIGHT and abs(x0 - x1) > STRAIGHT:
        rules.level.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
    elif abs(x0 - x1) <= STRAIGHT and abs(y0 - y1) > STRAIGHT:
        rules.upright.append(Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
