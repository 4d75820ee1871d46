"""What is drawn in a paragraph: text boxes that are read, pictures and embedded objects that are not."""

import re
from collections.abc import Iterator

from prongsai.documents.read.docx.package import MC, Element, W, chosen

PICTURE_CM_MIN = 6.0
"""A picture of at least this width or height may carry words; an emblem or a signature is smaller."""

_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_V = "{urn:schemas-microsoft-com:vml}"
_O = "{urn:schemas-microsoft-com:office:office}"
_EMU_PER_CM = 360_000
_CM = {"pt": 2.54 / 72, "in": 2.54, "cm": 1.0, "mm": 0.1, "px": 2.54 / 96, "": 2.54 / 96}
_SIDE = re.compile(r"(?:^|;)\s*(?:width|height)\s*:\s*([0-9]{1,6}(?:\.[0-9]{1,6})?)\s*(pt|in|cm|mm|px)?\s*(?=;|$)")
_DRAWN_KINDS = ("chart", "diagram", "chartex")


def text_boxes(drawing: Element) -> list[Element]:
    """Give the contents of the text boxes in a drawing, each once, in order."""
    found: list[Element] = []
    waiting = [drawing]
    while waiting:
        element = waiting.pop()
        if element.tag == f"{W}txbxContent":
            found.append(element)
        elif element.tag == f"{MC}AlternateContent":
            branch = chosen(element)
            waiting += [] if branch is None else [branch]
        else:
            waiting += reversed(element)
    return found


def pictured(drawing: Element) -> Iterator[tuple[str, str]]:
    """Give a code and words for each thing in a drawing that may say something and is not read."""
    if drawing.find(f".//{_O}OLEObject") is not None or drawing.find(f".//{W}control") is not None:
        yield "EMBEDDED_NOT_READ", "OLE"
    elif _has_picture(drawing) and max(_sides_cm(drawing), default=PICTURE_CM_MIN) >= PICTURE_CM_MIN:
        yield "PICTURES_NOT_READ", "picture"
    for path in drawing.iter(f"{_V}textpath"):
        yield "WATERMARK", path.get("string", "")


def _has_picture(drawing: Element) -> bool:
    if drawing.find(f".//{_A}blip") is not None or drawing.find(f".//{_V}imagedata") is not None:
        return True
    kinds = (data.get("uri", "").rpartition("/")[2] for data in drawing.iter(f"{_A}graphicData"))
    return any(kind in _DRAWN_KINDS for kind in kinds)


def _sides_cm(drawing: Element) -> list[float]:
    """Give width and height of the whole drawing; nothing when it does not say."""
    sides: list[float] = []
    for extent in drawing.iter(f"{_WP}extent"):
        given = (extent.get(side, "") for side in ("cx", "cy"))
        sides += [int(side[:12]) / _EMU_PER_CM for side in given if side.isascii() and side.isdecimal()]
    for shape in drawing.iter(f"{_V}shape", f"{_V}rect", f"{_V}group"):
        sides += [float(size) * _CM[unit] for size, unit in _SIDE.findall(shape.get("style", ""))]
    return sides
