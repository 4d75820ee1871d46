"""JPEG: its segments (ITU-T T.81 annex B). Kept are those that draw the picture, its colours and their profile."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from prongsai.documents.clean.model import Sweep
from prongsai.documents.clean.pictures.exif import ORIENTATION, opened, pillow, tell_exif, text_of
from prongsai.documents.read.refusals import broken

_SOS, _EOI, _COM = 0xDA, 0xD9, 0xFE
_APP0, _APP1, _APP2, _APP13, _APP14, _APP15 = 0xE0, 0xE1, 0xE2, 0xED, 0xEE, 0xEF
_AFTER_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_EXIF = b"Exif\x00"
_JFIF_BARE = 16  # bytes of a JFIF segment without a small copy, after the marker
_SEGMENTS_MAX = 10_000


@dataclass(frozen=True, slots=True)
class _Segment:
    marker: int
    content: bytes  # with marker and length, and what follows up to the next marker


def sweep(content: bytes, name: str, sweep: Sweep, *, turns: bool = True) -> bytes:
    """Find what a JPEG says besides its picture; gives it without, upright. turns: not where EXIF turns nothing."""
    segments, end = _segments(content, name)
    kept = [new for each in segments if (new := _kept(each, content, name, sweep)) is not None]
    rest = content[end:]
    if rest.strip(b"\x00\r\n ") and not sweep.found("leftover", "ท้ายรูป", text_of(rest)):
        kept.append(_Segment(0, rest))
    bare = b"\xff\xd8" + b"".join(one.content for one in kept)
    had_exif = any(map(_is_exif, segments)) and not any(map(_is_exif, kept))
    return _upright(content, bare, name) if sweep.is_cleaning and turns and had_exif else bare


def _kept(segment: _Segment, content: bytes, name: str, sweep: Sweep) -> _Segment | None:
    marker, body = segment.marker, segment.content[4:]
    if marker == _APP0:
        return _plain_head(segment, sweep)
    if _is_exif(segment):
        return None if tell_exif(opened(content, name).getexif(), "EXIF", sweep) else segment
    if (marker == _APP2 and body.startswith(b"ICC_PROFILE")) or (marker == _APP14 and body.startswith(b"Adobe")):
        return segment
    if marker == _COM or _APP1 <= marker <= _APP15:
        where = {_COM: "หมายเหตุในรูป", _APP1: "XMP", _APP13: "IPTC"}.get(marker, f"APP{marker - _APP0}")
        return None if sweep.found("picture_data", where, text_of(body)) else segment
    return segment


def _plain_head(segment: _Segment, sweep: Sweep) -> _Segment | None:
    """Give the head without the small copy that it may hold."""
    if segment.content[4:9] == b"JFXX\x00":
        return None if sweep.found("thumbnail", "JFXX") else segment
    if len(segment.content) <= _JFIF_BARE + 2 or not sweep.found("thumbnail", "JFIF"):
        return segment
    return _Segment(_APP0, b"\xff\xe0\x00\x10" + segment.content[4:16] + b"\x00\x00")


def _is_exif(segment: _Segment) -> bool:
    return segment.marker == _APP1 and segment.content[4:9] == _EXIF


def _upright(content: bytes, bare: bytes, name: str) -> bytes:
    """Turn the picture as its camera said, when it did; the colours are packed as densely as before."""
    if opened(content, name).getexif().get(ORIENTATION, 1) in {0, 1}:
        return bare
    pillow(name)
    from PIL import ImageOps, JpegImagePlugin  # noqa: PLC0415  # reason: an extra

    image = opened(content, name)
    try:
        turned = ImageOps.exif_transpose(image)
        target = io.BytesIO()
        sampling, tables = JpegImagePlugin.get_sampling(image), image.quantization
        profile = image.info.get("icc_profile")
        turned.info.clear()
        turned.save(target, "JPEG", qtables=tables, subsampling=sampling, icc_profile=profile, exif=b"")
    except (OSError, ValueError) as reason:
        raise broken(name, f"no picture: {reason}") from reason
    return target.getvalue()


def _segments(content: bytes, name: str) -> tuple[list[_Segment], int]:
    """Give the segments after the start, and where the picture ends."""
    found: list[_Segment] = []
    at = 2
    for segment, end in _walk(content, at, name):
        found.append(segment)
        at = end
        if len(found) > _SEGMENTS_MAX:
            raise broken(name, "too many segments")
    return found, at


def _walk(content: bytes, at: int, name: str) -> Iterator[tuple[_Segment, int]]:
    while at < len(content) - 1:
        while content[at : at + 2] == b"\xff\xff":
            at += 1
        marker = content[at + 1]
        if content[at] != 0xFF or at + 2 > len(content):
            raise broken(name, "a segment of the JPEG does not begin")
        if marker == _EOI:
            yield _Segment(_EOI, content[at : at + 2]), at + 2
            return
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        if marker == _SOS:
            after = _AFTER_SCAN.search(content, end)
            end = after.start() if after else len(content)
        if end > len(content):
            raise broken(name, "the JPEG is cut off")
        yield _Segment(marker, content[at:end]), end
        at = end
