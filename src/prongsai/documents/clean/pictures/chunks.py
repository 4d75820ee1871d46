"""PNG, GIF and WebP: their chunks; kept are those that draw the picture, its colours and its movement."""

import io
import zlib
from collections.abc import Iterator
from typing import Any

from prongsai.documents.clean.model import Sweep
from prongsai.documents.clean.pictures.exif import ORIENTATION, opened, pillow, tell_exif, text_of
from prongsai.documents.read.refusals import broken

_PNG_START = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs hIST acTL fcTL fdAT cICP mDCV cLLI".split()
)
_WEBP_KEPT = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"})
_WEBP_EXIF, _WEBP_XMP = 0x08, 0x04
_GIF_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
_UNPACKED_MAX = 2_000_000


def sweep_png(content: bytes, name: str, sweep: Sweep, *, turns: bool = True) -> bytes:
    """Find what a PNG says besides its picture; gives it without, upright."""
    kept, is_turned = [_PNG_START], False
    at = len(_PNG_START)
    while at < len(content):
        length = int.from_bytes(content[at : at + 4], "big")
        kind, end = content[at + 4 : at + 8], at + 12 + length
        if end > len(content):
            raise broken(name, "the PNG is cut off")
        if kind in _PNG_KEPT:
            kept.append(content[at:end])
        elif kind == b"eXIf":
            gone = tell_exif(opened(content, name).getexif(), "EXIF", sweep)
            is_turned = is_turned or gone
            kept += [] if gone else [content[at:end]]
        elif kind == b"tIME" or sweep.found("picture_data", _word(kind), _png_text(kind, content[at + 8 : end - 4])):
            pass
        else:
            kept.append(content[at:end])
        at = end
        if kind == b"IEND":
            break
    kept += _rest(content[at:], sweep)
    bare = b"".join(kept)
    return _upright(content, bare, name, "PNG") if is_turned and turns and sweep.is_cleaning else bare


def sweep_webp(content: bytes, name: str, sweep: Sweep, *, turns: bool = True) -> bytes:
    """Find what a WebP says besides its picture; gives it without, upright."""
    kept: list[bytes] = []
    is_turned = False
    at, whole = 12, 8 + int.from_bytes(content[4:8], "little")
    while at + 8 <= min(len(content), whole):
        length = int.from_bytes(content[at + 4 : at + 8], "little")
        kind, end = content[at : at + 4], at + 8 + length + length % 2
        if end > len(content) + 1:
            raise broken(name, "the WebP is cut off")
        gone = kind not in _WEBP_KEPT
        if kind == b"EXIF":
            gone = tell_exif(opened(content, name).getexif(), "EXIF", sweep)
            is_turned = is_turned or gone
        elif gone:
            gone = sweep.found("picture_data", _word(kind), text_of(content[at + 8 : end]))
        kept += [] if gone else [content[at:end]]
        at = end
    kinds = {each[:4] for each in kept}
    body = b"WEBP" + b"".join(_flagged(each, kinds) for each in kept)
    bare = b"RIFF" + len(body).to_bytes(4, "little") + body + b"".join(_rest(content[at:], sweep))
    return _upright(content, bare, name, "WEBP") if is_turned and turns and sweep.is_cleaning else bare


def sweep_gif(content: bytes, name: str, sweep: Sweep, *, turns: bool = True) -> bytes:
    """Find what a GIF says besides its picture; gives it without."""
    at = 13 + (3 << ((content[10] & 7) + 1) if len(content) > 12 and content[10] & 0x80 else 0)
    kept = [content[:at]]
    while at < len(content) and content[at] != 0x3B:
        start = at
        if content[at] == 0x21:
            label, data, at = content[at + 1], at + 2, _after_blocks(content, at + 2, name)
            words = _blocks(content, data)
            is_kept = label == 0xF9 or (label == 0xFF and words.startswith(_GIF_LOOPS))
            if not is_kept and sweep.found("picture_data", "หมายเหตุในรูป", text_of(words)):
                continue
        elif content[at] == 0x2C and at + 10 <= len(content):
            packed = content[at + 9]
            at = _after_blocks(content, at + 11 + (3 << ((packed & 7) + 1) if packed & 0x80 else 0), name)
        else:
            raise broken(name, "the GIF has an unknown block")
        kept.append(content[start:at])
    return b"".join([*kept, b"\x3b", *_rest(content[at + 1 :], sweep)])


def _rest(rest: bytes, sweep: Sweep) -> list[bytes]:
    """Give what hangs on behind a picture, when it is to stay."""
    if not rest.strip(b"\x00\r\n ") or sweep.found("leftover", "ท้ายรูป", text_of(rest)):
        return []
    return [rest]


def _word(kind: bytes) -> str:
    return kind.decode("latin-1").strip()


def _png_text(kind: bytes, body: bytes) -> str:
    """Give the words of a text chunk, packed or not."""
    key, _, text = body.partition(b"\x00")
    packed = text[1:] if kind == b"zTXt" else text.split(b"\x00", 3)[-1] if text[:1] == b"\x01" else b""
    if packed:
        try:
            text = zlib.decompressobj().decompress(packed, _UNPACKED_MAX)
        except zlib.error:
            text = packed
    return text_of(key + b" " + text)


def _flagged(chunk: bytes, kinds: set[bytes]) -> bytes:
    """Give a chunk; of the head, with only the flags of what is still there."""
    if chunk[:4] != b"VP8X" or len(chunk) < 10:
        return chunk
    flags = chunk[8]
    flags &= ~_WEBP_EXIF if b"EXIF" not in kinds else 0xFF
    flags &= ~_WEBP_XMP if b"XMP " not in kinds else 0xFF
    return chunk[:8] + bytes([flags & 0xFF]) + chunk[9:]


def _blocks(content: bytes, at: int) -> bytes:
    return b"".join(_each_block(content, at))


def _each_block(content: bytes, at: int) -> Iterator[bytes]:
    while at < len(content) and content[at]:
        yield content[at + 1 : at + 1 + content[at]]
        at += 1 + content[at]


def _after_blocks(content: bytes, at: int, name: str) -> int:
    while at < len(content) and content[at]:
        at += 1 + content[at]
    if at >= len(content):
        raise broken(name, "the GIF is cut off")
    return at + 1


def _upright(content: bytes, bare: bytes, name: str, form: str) -> bytes:
    """Turn the picture as its camera said, when it did."""
    image = opened(content, name)
    if image.getexif().get(ORIENTATION, 1) in {0, 1}:
        return bare
    pillow(name)
    from PIL import ImageOps  # noqa: PLC0415  # reason: an extra

    profile = image.info.get("icc_profile")
    options: dict[str, Any] = {"lossless": True} if form == "WEBP" else {}
    target = io.BytesIO()
    try:
        turned = ImageOps.exif_transpose(image)
        turned.info = {key: value for key, value in turned.info.items() if key in {"transparency", "gamma", "dpi"}}
        turned.save(target, form, icc_profile=profile, exif=b"", **options)
    except (OSError, ValueError) as reason:
        raise broken(name, f"no picture: {reason}") from reason
    return target.getvalue()
