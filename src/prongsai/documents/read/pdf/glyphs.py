"""The glyphs of a PDF page with their places, marks on their consonants, the page turned so that its text is upright.

Coordinates are points, y upwards. The order of a content stream means little (spaces come late, marks come early), so
a mark goes to the consonant that it is drawn on, and reading order is made from places.
"""

import ctypes
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import pypdfium2
import pypdfium2.raw as pdfium

from prongsai.documents.read.pdf.tags import PICTURED
from prongsai.documents.read.refusals import page_over_limit
from prongsai.thai.glyphs import from_latin

CHARACTERS_MAX = 100_000  # on a page: twenty pages of print
ASTRAY_MAX = 200  # marks that stand on nothing before them; more are no Thai
ASIDE_MAX = 200
LATIN_SHOWN = 30
SLANT_MIN = 0.15  # of a quarter turn
SIZE_MIN = 1.0
SIZE_UNKNOWN = 10.0
INVISIBLE = 3  # text rendering mode: neither filled nor stroked
MARKS = frozenset("ัิีึืฺุู็่้๊๋์ํ๎") | {chr(code) for code in (*range(0xF701, 0xF70F), *range(0xF710, 0xF71B))}
_CARRIERS = frozenset(map(chr, (*range(0x0E01, 0x0E2F), 0xF700, 0xF70F)))
_SARA_AA, _SARA_AM = "\u0e32", "\u0e33"
_HYPHENS = frozenset((0x02, 0xAD, 0xFFFE))  # pdfium's own codes for a hyphen at the end of a line, and a soft one
_MARK_REACH = 0.18  # of the size: how far beside its consonant the middle of a mark may stand
_SAME_LINE = 0.6
_SIDE_BEARING = 0.07
_ABOVE = 0.45  # of the size over the base line: no consonant begins so high
_SARA_AA_WIDTH = 0.5


@dataclass(slots=True)
class Glyph:
    """A character with its marks, or a space. x0, x1: where it starts and where the next would; y: its base line.

    turn: quarter turns against the page's text. part: the tagged paragraph that it belongs to, 0 when unknown.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    turn: int = 0
    part: int = 0
    artifact: bool = False


@dataclass(slots=True)
class PageGlyphs:
    """The glyphs of a page. turn: quarter turns that made them upright; rules must be turned likewise.

    latin: the first letters of a page whose Thai the file calls Latin, before and after.

    unreadable: characters that the file gives no meaning for; hidden: characters that nobody sees; slanted: text that
    runs neither level nor upright, such as a watermark; pictured: text in what the file calls a picture.
    """

    glyphs: list[Glyph] = field(default_factory=list)
    turn: int = 0
    unreadable: int = 0
    hidden: int = 0
    latin: tuple[str, str] | None = None
    slanted: list[str] = field(default_factory=list)
    pictured: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Run:
    """What all characters of one text object share."""

    size: float
    direction: int
    part: int
    artifact: bool
    hidden: bool
    slanted: bool


@dataclass(slots=True)
class _Spot:
    """A character as pdfium gives it, in page space."""

    text: str
    origin: tuple[float, float]
    tight: tuple[float, float, float, float]
    loose: tuple[float, float, float, float]
    run: _Run


def turned(x: float, y: float, turn: int) -> tuple[float, float]:
    """Turn a point clockwise by quarter turns."""
    return ((x, y), (y, -x), (-x, -y), (-y, x))[turn]


def turned_box(box: tuple[float, float, float, float], turn: int) -> tuple[float, float, float, float]:
    """Turn a box (left, bottom, right, top) clockwise by quarter turns."""
    if not turn:
        return box
    (x0, y0), (x1, y1) = turned(box[0], box[1], turn), turned(box[2], box[3], turn)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def read_glyphs(page: pypdfium2.PdfPage, parts: Mapping[int, int], number: int, *, unseen: bool = False) -> PageGlyphs:
    """Read the glyphs of a page. parts: marked content → tagged paragraph, empty when the file has no tags.

    number: of the page, 1-based. unseen: read what is printed invisibly too, as over a scanned picture.
    Raises LimitExceeded for more than CHARACTERS_MAX characters.
    """
    found = PageGlyphs()
    textpage = page.get_textpage()
    try:
        if textpage.count_chars() > CHARACTERS_MAX:
            raise page_over_limit(number, "ตัวอักษร", f"{CHARACTERS_MAX:,} ตัว")
        spots = list(_spots(page, textpage, parts, found, unseen=unseen))
    finally:
        textpage.close()
    _out_of_latin(spots, found)
    if spots:
        found.turn = Counter(spot.run.direction for spot in spots).most_common(1)[0][0]
        found.glyphs = _with_marks([_placed(group, found.turn) for group in _gathered(spots)])
    return found


def _out_of_latin(spots: list[_Spot], found: PageGlyphs) -> None:
    """Give Thai letters to a page whose font says Latin ones of the same code."""
    printed = "".join(spot.text for spot in spots)
    meant = from_latin(printed)
    if meant is not None:
        found.latin = (printed[:LATIN_SHOWN], meant[:LATIN_SHOWN])
        for spot, letter in zip(spots, meant, strict=True):
            spot.text = letter


def _spots(
    page: pypdfium2.PdfPage,
    textpage: pypdfium2.PdfTextPage,
    parts: Mapping[int, int],
    found: PageGlyphs,
    *,
    unseen: bool,
) -> Iterator[_Spot]:
    """Walk the characters that the file itself holds; those that pdfium guesses are left out."""
    raw = textpage.raw
    ox, oy, left, right, bottom, top = (ctypes.c_double() for _ in range(6))
    loose = pdfium.FS_RECTF()
    runs: dict[int, _Run] = {}
    bounds = page.get_bbox()
    for index in range(textpage.count_chars()):
        code = pdfium.FPDFText_GetUnicode(raw, index)
        if pdfium.FPDFText_IsGenerated(raw, index) == 1:
            continue
        character = _character(code)
        if not 0x0E00 < code < 0x0E7F and code != 0x20 and pdfium.FPDFText_HasUnicodeMapError(raw, index) == 1:
            found.unreadable += 1
        if not character:
            continue
        run = _run(raw, index, parts, runs)
        pdfium.FPDFText_GetCharOrigin(raw, index, ox, oy)
        if run.slanted or run.part == PICTURED:
            aside = found.slanted if run.slanted else found.pictured
            aside += [character] if len(aside) < ASIDE_MAX else []
            continue
        if (run.hidden and not unseen) or not _is_inside(ox.value, oy.value, bounds):
            found.hidden += not character.isspace()
            continue
        pdfium.FPDFText_GetCharBox(raw, index, left, right, bottom, top)
        pdfium.FPDFText_GetLooseCharBox(raw, index, loose)
        tight = (left.value, bottom.value, right.value, top.value)
        yield _Spot(character, (ox.value, oy.value), tight, (loose.left, loose.bottom, loose.right, loose.top), run)


def _character(code: int) -> str:
    """Give the character of a code, a plain space for white space, nothing for what is none."""
    if code in (0, 0xFFFD) or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
        return ""
    if code in _HYPHENS:
        return "-"
    character = chr(code)
    return " " if character.isspace() else "" if code < 0x20 or 0x7F <= code < 0xA0 else character


def _is_inside(x: float, y: float, bounds: tuple[float, float, float, float]) -> bool:
    return bounds[0] - 1 <= x <= bounds[2] + 1 and bounds[1] - 1 <= y <= bounds[3] + 1


def _run(textpage: object, index: int, parts: Mapping[int, int], runs: dict[int, _Run]) -> _Run:
    """Give what the text object of a character says, asked for once an object."""
    item = pdfium.FPDFText_GetTextObject(textpage, index)
    address = ctypes.cast(item, ctypes.c_void_p).value or 0
    if address not in runs:
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFText_GetMatrix(textpage, index, matrix)
        size = pdfium.FPDFText_GetFontSize(textpage, index) * math.hypot(matrix.c, matrix.d)
        quarters = math.atan2(matrix.b, matrix.a) / (math.pi / 2)
        direction = round(quarters) % 4
        hidden = size < SIZE_MIN or pdfium.FPDFTextObj_GetTextRenderMode(item) == INVISIBLE
        content = pdfium.FPDFPageObj_GetMarkedContentID(item) if parts else -1
        artifact = bool(parts) and content < 0 and _is_artifact(item)
        runs[address] = _Run(
            size or SIZE_UNKNOWN,
            direction,
            parts.get(content, 0),
            artifact,
            hidden,
            abs(quarters - round(quarters)) > SLANT_MIN,
        )
    return runs[address]


def _is_artifact(item: object) -> bool:
    """Whether a tagged file calls an object no part of its text, as it does with running heads and page numbers."""
    name = ctypes.create_string_buffer(64)
    length = ctypes.c_ulong()
    for number in range(pdfium.FPDFPageObj_CountMarks(item)):
        mark = pdfium.FPDFPageObj_GetMark(item, number)
        pdfium.FPDFPageObjMark_GetName(
            mark, ctypes.cast(name, ctypes.POINTER(pdfium.FPDF_WCHAR)), ctypes.sizeof(name), length
        )
        if name.raw[: max(0, length.value - 2)].decode("utf-16-le", "replace") == "Artifact":
            return True
    return False


def _gathered(spots: list[_Spot]) -> Iterator[list[_Spot]]:
    """Give the characters of one glyph together: several when the file says that it stands for a whole cluster."""
    group: list[_Spot] = []
    for spot in spots:
        if group and not _shares_glyph(group[-1], spot):
            yield group
            group = []
        group.append(spot)
    if group:
        yield group


def _shares_glyph(before: _Spot, spot: _Spot) -> bool:
    """Whether two characters were cut from one glyph: pdfium then cuts its box into slices, or gives all the same."""
    left, bottom, _, top = spot.tight
    sliced = left == before.tight[2] and (bottom, top) == before.tight[1::2]
    return spot.origin == before.origin and spot.text != " " and (sliced or spot.tight == before.tight)


def _placed(group: list[_Spot], turn: int) -> tuple[Glyph, float]:
    """Give a glyph in upright space and the middle of its ink.

    Some makers give every glyph of a cluster the text of all of it: one that is drawn as a mark says nothing new.
    """
    run, text = group[0].run, "".join(spot.text for spot in group)
    x, y = turned(*group[0].origin, turn)
    inks = [turned_box(spot.tight, turn) for spot in group]
    ink = (min(box[0] for box in inks), inks[0][1], max(box[2] for box in inks), inks[0][3])
    end = max(turned_box(spot.loose, turn)[2] for spot in group)
    if len(group) > 1 or (end == ink[2] and text != " "):
        end += _SIDE_BEARING * run.size
    middle = (ink[0] + ink[2]) / 2
    if len(group) > 1 and (ink[1] - y > _ABOVE * run.size or ink[3] < y or middle < x):
        text = text if text[0] in MARKS else ""
    glyph = Glyph(text, x, max(end, x), y, run.size, (run.direction - turn) % 4, run.part, run.artifact)
    return glyph, middle


def _with_marks(placed: list[tuple[Glyph, float]]) -> list[Glyph]:
    """Put marks on their consonants: the one before in the stream when it stands there, else the one below."""
    aa_width = _width_of_sara_aa(placed)
    bases: list[Glyph] = []
    astray: list[tuple[Glyph, float]] = []
    for glyph, middle in placed:
        if not glyph.text:
            continue
        if glyph.text[0] not in MARKS:
            whole_am = len(glyph.text) > 1 and glyph.text[-1] == _SARA_AM
            if whole_am and bases and bases[-1].text == glyph.text and glyph.x0 < bases[-1].x1 - _SIDE_BEARING:
                continue  # the า of the cluster before, given the text of all of it
            if whole_am:
                glyph.x1 += aa_width * glyph.size
            bases.append(glyph)
            continue
        near = _bearer(glyph, middle, reversed(bases[-3:]), 0.0)
        if near:
            near.text += glyph.text
        else:
            astray.append((glyph, middle))
    for glyph, middle in astray:
        below = _bearer(glyph, middle, bases, _MARK_REACH) if len(astray) <= ASTRAY_MAX else None
        if below:
            below.text += glyph.text
        else:
            bases.append(glyph)
    return bases


def _bearer(mark: Glyph, middle: float, bases: Iterable[Glyph], reach: float) -> Glyph | None:
    """Give the consonant that a mark is drawn on, the first of those that are as near. reach: beside it, in sizes."""
    able = [base for base in bases if base.text[0] in _CARRIERS and _stands_on(mark, middle, base, reach)]
    return min(able, key=lambda base: max(base.x0 - middle, middle - base.x1, 0.0), default=None)


def _stands_on(mark: Glyph, middle: float, base: Glyph, reach: float) -> bool:
    if mark.turn != base.turn or abs(mark.y - base.y) > _SAME_LINE * base.size:
        return False
    if mark.turn:
        return abs(mark.x0 - base.x0) <= base.size
    return base.x0 - reach * base.size <= middle <= max(base.x1, base.x0) + reach * base.size


def _width_of_sara_aa(placed: list[tuple[Glyph, float]]) -> float:
    """Learn how wide า is, in sizes: a glyph for a whole ``ตำ`` covers the consonant only, and its า has no text."""
    widths = sorted((glyph.x1 - glyph.x0) / glyph.size for glyph, _ in placed if glyph.text == _SARA_AA)
    return widths[len(widths) // 2] if widths else _SARA_AA_WIDTH
