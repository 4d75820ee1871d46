"""A sealed file: written piece by piece as it arrives, so that no plain byte is ever put down anywhere.

Each piece is an age box of its own for the key of the file. It holds its place and whether it is the last, so that
pieces that are missing, moved or doubled are noticed.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

from prongsai.privacy.seal.boxes import NotForThisKey, seal, unseal

PIECE_BYTES = 1024 * 1024
PAD = 64 * 1024
_SIZE_BYTES = 4
_SEALED_MAX = PIECE_BYTES + 2 * PAD
_MORE, _LAST = b"\x00", b"\x01"
_PLACE_BYTES = 8


class Sealer:
    """Takes a file in any pieces and gives it on sealed. size: plain bytes taken in."""

    def __init__(self, put: Callable[[bytes], object], to: str) -> None:
        self.size = 0
        self._put, self._to, self._held, self._place = put, to, bytearray(), 0

    def add(self, content: bytes) -> None:
        """Take in some bytes."""
        self.size += len(content)
        self._held += content
        while len(self._held) > PIECE_BYTES:
            self._give(bytes(self._held[:PIECE_BYTES]), _MORE)
            del self._held[:PIECE_BYTES]

    def close(self) -> None:
        """Give the last piece; a file of no bytes has one too."""
        self._give(bytes(self._held), _LAST)
        self._held.clear()

    def _give(self, content: bytes, sign: bytes) -> None:
        sealed = seal(self._place.to_bytes(_PLACE_BYTES, "big") + sign + content, self._to, pad=PAD)
        self._put(len(sealed).to_bytes(_SIZE_BYTES, "big") + sealed)
        self._place += 1


def opened(source: BinaryIO, identity: str) -> Iterator[bytes]:
    """Give the plain bytes of a sealed file, piece by piece. Raises NotForThisKey for another key or a changed file."""
    for place, sealed in enumerate(_pieces(source)):
        held = unseal(sealed, [identity])
        if int.from_bytes(held[:_PLACE_BYTES], "big") != place:
            raise NotForThisKey
        yield held[_PLACE_BYTES + 1 :]
        if held[_PLACE_BYTES : _PLACE_BYTES + 1] == _LAST:
            if source.read(1):
                raise NotForThisKey
            return
    raise NotForThisKey


def sealed_again(source: BinaryIO, identity: str, put: Callable[[bytes], object], to: str) -> int:
    """Open a sealed file and close it for another key, piece by piece; gives its plain size. Raises NotForThisKey."""
    sealer = Sealer(put, to)
    for content in opened(source, identity):
        sealer.add(content)
    sealer.close()
    return sealer.size


def _pieces(source: BinaryIO) -> Iterable[bytes]:
    while head := source.read(_SIZE_BYTES):
        size = int.from_bytes(head, "big")
        sealed = source.read(size) if size <= _SEALED_MAX else b""
        if len(sealed) != size:
            raise NotForThisKey
        yield sealed
