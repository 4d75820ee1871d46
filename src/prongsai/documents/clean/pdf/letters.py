"""The letters of a page with their places, as pdfium reads them, and which of them are seen at all."""

import ctypes
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from prongsai.documents.read.refusals import broken, page_over_limit

Box = tuple[float, float, float, float]
LETTERS_MAX = 200_000
_PIXELS_MAX = 12_000_000
_LOOK = 2.0  # pixels a point when looking whether a letter is seen
_FLAT = 10  # of 255: how alike the pixels of an empty place are
_INVISIBLE = 3  # text render mode
_FORMS_DEEP = 10
_WRAPPED = re.compile("-\r\n")


@dataclass(slots=True)
class Node:
    """A text or form on a page, in the order of painting. parts: of a form."""

    key: int
    is_text: bool
    parts: "list[Node]" = field(default_factory=list)


class Letters:
    """One page. text: its letters, place for place; nodes: what paints them."""

    def __init__(self, document: pypdfium2.PdfDocument, index: int) -> None:
        self._page = document[index]
        self.number = index + 1
        self._text_page = pdfium.FPDFText_LoadPage(self._page.raw)
        count = pdfium.FPDFText_CountChars(self._text_page)
        if count > LETTERS_MAX:
            raise page_over_limit(self.number, f"ตัวอักษร {count:,} ตัว", f"{LETTERS_MAX:,} ตัว")
        codes = (pdfium.FPDFText_GetUnicode(self._text_page, place) for place in range(max(count, 0)))
        read = "".join(chr(code) if 0 < code < 0xD800 or 0xDFFF < code < 0x110000 else " " for code in codes)
        self.text = _WRAPPED.sub("-  ", read.replace("\x02", "-"))  # place for place: pdfium calls such a dash U+0002

    def close(self) -> None:
        """Give the memory of the page back."""
        pdfium.FPDFText_ClosePage(self._text_page)
        self._page.close()

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as shown, in points."""
        width, height = self._page.get_size()
        return float(width), float(height)

    def painted_by(self) -> dict[int, list[int]]:
        """Give the letters of each text object, in order, without those that only reading adds."""
        found: dict[int, list[int]] = {}
        for place in range(len(self.text)):
            if not pdfium.FPDFText_IsGenerated(self._text_page, place):
                found.setdefault(_key(pdfium.FPDFText_GetTextObject(self._text_page, place)), []).append(place)
        return found

    def nodes(self) -> list[Node]:
        """Give texts and forms of the page in the order of painting."""
        count, give = pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject
        return _nodes([give(self._page.raw, number) for number in range(count(self._page.raw))], 0)

    def origin(self, place: int) -> tuple[float, float]:
        """Give where a letter stands on its line."""
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetCharOrigin(self._text_page, place, x, y)
        return x.value, y.value

    def box(self, place: int) -> Box:
        """Give left, bottom, right and top of a letter with its surroundings."""
        rect = pdfium.FS_RECTF()
        pdfium.FPDFText_GetLooseCharBox(self._text_page, place, rect)
        return rect.left, min(rect.bottom, rect.top), rect.right, max(rect.bottom, rect.top)

    def scale(self, place: int) -> tuple[float, float, float]:
        """Give the size of a letter in points, how wide one unit of its text space is, and its angle."""
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFText_GetMatrix(self._text_page, place, matrix)
        size = pdfium.FPDFText_GetFontSize(self._text_page, place)
        wide = math.hypot(matrix.a, matrix.b)
        return size * math.hypot(matrix.c, matrix.d), size * wide, math.atan2(matrix.b, matrix.a)

    def colour(self, place: int) -> str:
        """Give the colour of a letter as ``#rrggbb``."""
        parts = [ctypes.c_uint() for _ in range(4)]
        pdfium.FPDFText_GetFillColor(self._text_page, place, *parts)
        return "#" + "".join(f"{part.value & 255:02x}" for part in parts[:3])

    def is_invisible(self, place: int) -> bool:
        """Whether a letter is set to be read by programs only, as over a scanned page."""
        mode = pdfium.FPDFTextObj_GetTextRenderMode(pdfium.FPDFText_GetTextObject(self._text_page, place))
        return bool(mode == _INVISIBLE)

    def drawn(self, scale: float, *, grey: bool = True) -> Any:
        """Draw the page; gives a picture of Pillow."""
        width, height = self.size
        scale = min(scale, math.sqrt(_PIXELS_MAX / max(1.0, width * height)))
        return self._page.render(scale=scale, grayscale=grey, may_draw_forms=False).to_pil()

    def on_picture(self, box: Box, picture: Any) -> tuple[int, int, int, int]:
        """Give where a box of the page stands on its picture."""
        corners = [self._device(x, y, picture) for x in (box[0], box[2]) for y in (box[1], box[3])]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return min(xs), min(ys), max(xs) + 1, max(ys) + 1

    def are_seen(self, places: Sequence[int]) -> bool:
        """Whether anything at all is seen where letters stand."""
        picture = self.drawn(_LOOK)
        for place in places:
            if self.text[place].isspace():
                continue
            left, top, right, bottom = self.on_picture(self.box(place), picture)
            area = max(left, 0), max(top, 0), min(right, picture.width), min(bottom, picture.height)
            if area[0] < area[2] and area[1] < area[3]:
                low, high = picture.crop(area).getextrema()
                if high - low > _FLAT:
                    return True
        return False

    def pictures(self) -> list[Box]:
        """Give where pictures stand."""
        found = []
        for number in range(pdfium.FPDFPage_CountObjects(self._page.raw)):
            each = pdfium.FPDFPage_GetObject(self._page.raw, number)
            if pdfium.FPDFPageObj_GetType(each) == pdfium.FPDF_PAGEOBJ_IMAGE:
                sides = [ctypes.c_float() for _ in range(4)]
                pdfium.FPDFPageObj_GetBounds(each, *sides)
                left, bottom, right, top = (side.value for side in sides)
                found.append((left, bottom, right, top))
        return found

    def _device(self, x: float, y: float, picture: Any) -> tuple[int, int]:
        across, down = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDF_PageToDevice(self._page.raw, 0, 0, picture.width, picture.height, 0, x, y, across, down)
        return across.value, down.value


def opened_for_letters(content: bytes, name: str) -> pypdfium2.PdfDocument:
    """Open a PDF to be read letter by letter. Raises FileUnusable when it is broken."""
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as reason:
        raise broken(name, f"it is no whole PDF: {reason}") from reason


def _nodes(objects: list[Any], depth: int) -> list[Node]:
    found = []
    for each in objects:
        kind = pdfium.FPDFPageObj_GetType(each)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            found.append(Node(_key(each), True))
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _FORMS_DEEP:
            inner = [
                pdfium.FPDFFormObj_GetObject(each, number) for number in range(pdfium.FPDFFormObj_CountObjects(each))
            ]
            found.append(Node(_key(each), False, _nodes(inner, depth + 1)))
    return found


def _key(pointer: Any) -> int:
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0
