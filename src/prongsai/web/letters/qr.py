"""The picture of an address that a telephone reads."""

import struct
import zlib
from collections.abc import Sequence

from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M

from prongsai.documents.model import Picture

WIDTH_CM = 2.4
_DOTS = 6  # pixels of a module: sharp in print
_SAYS = "คิวอาร์โค้ดของหน้าตรวจสอบหนังสือ"


def picture_of(address: str) -> Picture:
    """Give the picture of an address, the same bytes for the same address."""
    code = QRCode(border=2, error_correction=ERROR_CORRECT_M)
    code.add_data(address)
    code.make()
    return Picture(_png(code.get_matrix()), "image/png", _SAYS, WIDTH_CM)


def _png(modules: Sequence[Sequence[bool]]) -> bytes:
    """Write black and white modules as a PNG of greys."""
    side = len(modules) * _DOTS
    rows = (b"\0" + b"".join((b"\0" if is_dark else b"\xff") * _DOTS for is_dark in row) for row in modules)
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"".join(row * _DOTS for row in rows), 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(map(_chunk, *zip(*parts, strict=True)))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
