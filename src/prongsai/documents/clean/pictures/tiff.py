"""TIFF: its pages saved anew, with the tags that draw them and no others."""

import io
from typing import Any

from prongsai.documents.clean.model import Sweep
from prongsai.documents.clean.pictures.exif import opened, pillow, tell_exif
from prongsai.documents.read.refusals import broken, over_limit

PAGES_MAX = 500
_PACKINGS = frozenset({"raw", "tiff_lzw", "tiff_adobe_deflate", "packbits", "group3", "group4", "jpeg"})


def sweep(content: bytes, name: str, sweep: Sweep, *, turns: bool = True) -> bytes:
    """Find what a TIFF says besides its picture; gives it without, upright. Clean ones come back as they are."""
    image = opened(content, name)
    pages, before = getattr(image, "n_frames", 1), len(sweep.leaks)
    if pages > PAGES_MAX:
        raise over_limit(name, f"มี {pages:,} หน้า", f"{PAGES_MAX:,} หน้า")
    gone = True
    for number in range(pages):
        image.seek(number)
        gone &= tell_exif(image.getexif(), f"หน้า {number + 1}" if pages > 1 else "EXIF", sweep)
    if len(sweep.leaks) == before or not sweep.is_cleaning or not gone:
        return content
    return _anew(image, pages, name)


def _anew(image: Any, pages: int, name: str) -> bytes:
    pillow(name)
    from PIL import ImageOps  # noqa: PLC0415  # reason: an extra

    shown: list[Any] = []
    try:
        for number in range(pages):
            image.seek(number)
            packing = image.info.get("compression", "raw")
            shown.append(ImageOps.exif_transpose(image).copy())
        dpi = image.info.get("dpi")
        for each in shown:
            each.info = {}
        target = io.BytesIO()
        shown[0].save(
            target,
            "TIFF",
            save_all=True,
            append_images=shown[1:],
            compression=packing if packing in _PACKINGS else "tiff_adobe_deflate",
            **({"dpi": dpi} if dpi else {}),
        )
    except (OSError, ValueError) as reason:
        raise broken(name, f"no picture: {reason}") from reason
    return target.getvalue()
