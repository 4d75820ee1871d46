"""Looking for words in bytes, in whatever dress they may lie there: encoded, escaped, packed."""

from __future__ import annotations

import base64
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from urllib.parse import quote

_STREAM_MAX = 8 * 1024 * 1024
_LOOK = 2048
_ZLIB = re.compile(rb"\x78[\x01\x5e\x9c\xda]")
_GZIP = re.compile(rb"\x1f\x8b\x08")
_ZIP = b"PK\x03\x04"
_DEEPEST = 3


def dresses(word: str) -> dict[str, bytes]:
    """Give a word in every dress that is looked for: name → bytes."""
    plain = word.encode()
    found = {
        "utf-8": plain,
        "utf-16-le": word.encode("utf-16-le"),
        "utf-16-be": word.encode("utf-16-be"),
        "hex": plain.hex().encode(),
        "json": json.dumps(word)[1:-1].encode(),
        "json, twice": json.dumps(json.dumps(word))[3:-3].encode(),
        "url": quote(word, safe="").encode(),
        "entities": "".join(f"&#{ord(one)};" for one in word).encode(),
        "python": ascii(word)[1:-1].encode(),
        "bytes of python": repr(plain)[2:-1].encode(),
    }
    found |= {f"base64, {shift} before": _base64(plain, shift) for shift in range(3)}
    return {name: one for name, one in found.items() if name == "utf-8" or one != plain}


def _base64(plain: bytes, shift: int) -> bytes:
    """Give the letters of base64 that stand for a word wherever it begins, without those that its neighbours change."""
    begin, end = -(-8 * shift // 6), 8 * (shift + len(plain)) // 6
    return base64.b64encode(bytes(shift) + plain + bytes(3))[begin:end]


def found_in(content: bytes, words: Iterable[str]) -> list[tuple[str, str]]:
    """Give every word that lies in some bytes, with its dress."""
    found = []
    for layer in layers(content):
        for word in words:
            found += [(word, name) for name, dress in dresses(word).items() if dress in layer]
    return sorted(set(found))


def layers(content: bytes, deep: int = 0) -> Iterator[bytes]:
    """Give some bytes, and what is packed inside them: members of a zip, streams of zlib and gzip."""
    yield content
    if deep < _DEEPEST:
        for inner in (*_members(content), *_streams(content)):
            yield from layers(inner, deep + 1)


def _members(content: bytes) -> Iterator[bytes]:
    if not content.startswith(_ZIP):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            yield from (packed.read(one) for one in packed.infolist())
    except (zipfile.BadZipFile, RuntimeError):
        return


def _streams(content: bytes) -> Iterator[bytes]:
    whole = memoryview(content)
    for mark, bits in ((_ZLIB, 15), (_GZIP, 31)):
        for hit in mark.finditer(content):
            # What is closed begins so by chance every few pages: a look at its first bytes tells.
            if _unpacked(whole[hit.start() : hit.start() + _LOOK], bits):
                yield _unpacked(whole[hit.start() : hit.start() + _STREAM_MAX], bits)


def _unpacked(content: memoryview, bits: int) -> bytes:
    machine = zlib.decompressobj(bits)
    try:
        return machine.decompress(content)
    except zlib.error:
        return b""
