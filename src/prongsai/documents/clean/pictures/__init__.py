"""Pictures: what camera and program wrote into them, where they were taken, small copies, what hangs on behind.

Blocks are taken out of the file as it is, so that the picture itself stays bit for bit; only a picture that lies on its
side by a note of the camera is turned and saved anew, and so is every TIFF.
"""

from prongsai.documents.clean.model import Sweep
from prongsai.documents.clean.pictures import chunks, jpeg, tiff

_READERS = (
    (b"\xff\xd8\xff", jpeg.sweep),
    (b"\x89PNG\r\n\x1a\n", chunks.sweep_png),
    (b"GIF8", chunks.sweep_gif),
    (b"II*\x00", tiff.sweep),
    (b"MM\x00*", tiff.sweep),
    (b"RIFF", chunks.sweep_webp),
)
_WEBP = b"WEBP"


def is_picture(content: bytes) -> bool:
    """Whether bytes begin as a picture of a kind that is known here."""
    if content.startswith(b"RIFF"):
        return content[8:12] == _WEBP
    return any(content.startswith(start) for start, _ in _READERS)


def sweep_picture(content: bytes, name: str, sweep: Sweep, *, turns: bool = True) -> bytes:
    """Find what a picture says besides what it shows; gives it without. Raises FileUnusable when it is broken.

    turns: whether one that lies on its side is turned; not inside another file, which may turn it itself.
    """
    for start, read in _READERS:
        if content.startswith(start):
            return read(content, name, sweep, turns=turns)
    return content
