"""Taking in what a server sends: every byte counted and hashed, no more kept than allowed."""

import hashlib
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

HEAD_BYTES, LARGE_BYTES = 64 * 1024, 1_000_000
_STEP = 256 * 1024
_WINDOWS = {"gzip": 31, "x-gzip": 31, "deflate": 15}


class UnknownEncoding(ValueError):
    """A content encoding that was not asked for and is not unpacked."""


class BrokenEncoding(ValueError):
    """Bytes that are not in the encoding that they are said to be in."""


@dataclass(frozen=True, slots=True)
class Body:
    """What came. content: None when it was more than may be kept. is_cut: whether it was more than is read."""

    size: int
    sha256: str
    head: bytes
    content: bytes | None
    is_cut: bool = False


class Taking:
    """A body while it comes. What came so far is there, also when the rest never comes.

    large: called once, when the body turns out to be large: it may wait until there is room.
    """

    def __init__(self, keep_bytes: int, bytes_max: int, large: Callable[[], None] | None = None) -> None:
        self._keep_bytes, self._bytes_max, self._large = keep_bytes, bytes_max, large
        self._hash = hashlib.sha256()
        self._kept: list[bytes] | None = []
        self._head = b""
        self.size = 0
        self.is_cut = False

    def all_of(self, pieces: Iterable[bytes]) -> None:
        """Take pieces until they end or the limit is reached."""
        for piece in pieces:
            room = self._bytes_max - self.size
            if len(piece) > room:
                self.is_cut = True
                self._add(piece[:room])
                return
            self._add(piece)

    def drop(self) -> None:
        """Keep nothing of it."""
        self._kept = None

    def _add(self, piece: bytes) -> None:
        self.size += len(piece)
        self._hash.update(piece)
        if len(self._head) < HEAD_BYTES:
            self._head += piece[: HEAD_BYTES - len(self._head)]
        if self.size > self._keep_bytes:
            self._kept = None
        if self._kept is not None:
            if self._large is not None and self.size > LARGE_BYTES:
                self._large()
                self._large = None
            self._kept.append(piece)

    def done(self) -> Body:
        """Give what came."""
        content = None if self._kept is None or self.is_cut else b"".join(self._kept)
        return Body(self.size, self._hash.hexdigest(), self._head, content, self.is_cut)


def decoded(pieces: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """Undo a content encoding, in pieces that are never large. Raises UnknownEncoding, BrokenEncoding."""
    names = [name.strip() for name in encoding.lower().split(",") if name.strip() not in ("", "identity")]
    if not names:
        return iter(pieces)
    if len(names) > 1 or names[0] not in _WINDOWS:
        raise UnknownEncoding(encoding[:40])
    return _inflated(pieces, names[0])


def _inflated(pieces: Iterable[bytes], name: str) -> Iterator[bytes]:
    unpacker, is_first = zlib.decompressobj(_WINDOWS[name]), True
    for piece in pieces:
        if is_first and piece and name == "deflate" and not _has_zlib_head(piece):
            unpacker = zlib.decompressobj(-15)  # "deflate" is often sent without its wrapping
        is_first = is_first and not piece
        while piece and not unpacker.eof:
            try:
                out = unpacker.decompress(piece, _STEP)
            except zlib.error as reason:
                raise BrokenEncoding(name) from reason
            piece = unpacker.unconsumed_tail
            if out:
                yield out
    if not unpacker.eof and not is_first:
        raise BrokenEncoding(name)


def _has_zlib_head(piece: bytes) -> bool:
    return piece[0] & 0x0F == 8 and int.from_bytes(piece[:2].ljust(2, b"\0"), "big") % 31 == 0
