"""What EXIF says, told by kinds. EXIF 2.32 (CIPA DC-008), TIFF 6.0."""

import io
import re
from typing import Any

from prongsai.documents.clean.model import Sweep
from prongsai.documents.read.refusals import broken, over_limit
from prongsai.errors import FileUnusable

ORIENTATION = 0x0112
PIXELS_MAX = 100_000_000
_GPS, _EXIF_IFD, _INTEROP = 0x8825, 0x8769, 0xA005
_AUTHORS = {0x013B: "Artist", 0x8298: "Copyright", 0x9C9D: "XPAuthor", 0xA430: "CameraOwnerName"}
_SAYS_NOTHING = frozenset(
    {
        *(0x00FE, 0x0100, 0x0101, 0x0102, 0x0103, 0x0106, 0x010A, 0x0111, 0x0112, 0x0115, 0x0116, 0x0117, 0x011A),
        *(0x011B, 0x011C, 0x0128, 0x013D, 0x013E, 0x013F, 0x0140, 0x0142, 0x0143, 0x0144, 0x0145, 0x0152, 0x0153),
        *(0x015B, 0x0211, 0x0212, 0x0213, 0x0214, 0x8773, _GPS, _EXIF_IFD, _INTEROP, 0x9000, 0x9101, 0xA000, 0xA001),
        *(0xA002, 0xA003, 0x0124, 0x0125, 0x0122, 0x0123, 0x0129),
    }
)
_TEXT = re.compile(rb"[\x20-\x7e]{4,}")
_THAI = re.compile("[\u0e01-\u0e5b\u0020-\u007e]{4,}")


def tell_exif(exif: Any, where: str, sweep: Sweep) -> bool:
    """Tell what EXIF (as Pillow gives it) says; whether all of it is to be taken out."""
    gone = True
    if place := exif.get_ifd(_GPS):
        gone &= sweep.found("location", where, _place(place))
    values = {**exif, **exif.get_ifd(_EXIF_IFD)}
    for tag, name in _AUTHORS.items():
        if said := _said(values.pop(tag, "")):
            gone &= sweep.found("author", f"{where} {name}", said)
    rest = {tag: _said(value) for tag, value in values.items() if tag not in _SAYS_NOTHING}
    if any(rest.values()):
        gone &= sweep.found("picture_data", where, " ".join(filter(None, rest.values())))
    if exif.get_ifd(1):
        gone &= sweep.found("thumbnail", where)
    return gone


def text_of(block: bytes) -> str:
    """Give what can be read in a block of bytes, Thai too."""
    found = [" ".join(_THAI.findall(block.decode("utf-8", "ignore")))]
    for start in (0, 1):  # a text in two-byte letters may begin at an odd place
        found += _THAI.findall(block[start:].decode("utf-16-le", "ignore"))
    if not found[0]:
        found[0] = " ".join(part.decode("ascii") for part in _TEXT.findall(block))
    return " ".join(found)[:100_000]


def opened(content: bytes, name: str) -> Any:
    """Open a picture with Pillow, which does not decode it yet.

    Raises FileUnusable when it is broken or Pillow is missing; LimitExceeded over PIXELS_MAX.
    """
    image_module = pillow(name)
    try:
        image = image_module.open(io.BytesIO(content))
    except (OSError, ValueError, SyntaxError, KeyError, image_module.DecompressionBombError) as reason:
        raise broken(name, f"no picture: {reason}") from reason
    if image.width * image.height > PIXELS_MAX:
        raise over_limit(name, f"ภาพมี {image.width * image.height:,} จุด", f"{PIXELS_MAX:,} จุด", "ย่อภาพแล้วลองใหม่")
    return image


def pillow(name: str) -> Any:
    """Give the module ``PIL.Image``. Raises FileUnusable when it is not installed."""
    try:
        from PIL import Image  # noqa: PLC0415  # reason: an extra
    except ModuleNotFoundError as missing:
        raise FileUnusable(
            f"{name}: cleaning pictures needs the package pillow",
            message_th=f"ยังตรวจรูปภาพ ({name}) ไม่ได้ เพราะไม่ได้ติดตั้ง pillow",
            mend_th='ติดตั้งด้วย pip install "prongsai[pdf]"',
        ) from missing
    return Image


def _said(value: object) -> str:
    if isinstance(value, bytes):
        return text_of(value)
    if isinstance(value, (tuple, list)):
        return " ".join(filter(None, map(_said, value)))
    return str(value).strip().strip("\x00")


def _place(place: dict[int, Any]) -> str:
    """Give latitude and longitude in degrees when they can be read."""
    try:
        north, east = (sum(float(part) / 60**power for power, part in enumerate(place[tag])) for tag in (2, 4))
        return f"{north:.5f}{place.get(1, '')} {east:.5f}{place.get(3, '')}"
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return ""
