"""A box: a few kilobytes that one key opens. Its length tells only of how many pieces of 4 KiB it has."""

import json
from collections.abc import Sequence
from typing import Any

from pyrage import DecryptError, decrypt, encrypt, x25519

from prongsai.errors import ProngsaiError

PAD = 4096
_LENGTH_BYTES = 4


class NotForThisKey(ProngsaiError):
    """A box that none of the given keys opens, or that was changed."""

    def __init__(self) -> None:
        super().__init__("none of these keys opens it", message_th="กุญแจนี้เปิดไม่ได้")


def seal(content: bytes, to: str, *, pad: int = PAD) -> bytes:
    """Close a box. to: the public half ``age1…``; pad: its length is a multiple of so many bytes, 1 for as it is."""
    held = len(content).to_bytes(_LENGTH_BYTES, "big") + content
    sealed: bytes = encrypt(held + bytes(-len(held) % pad), [x25519.Recipient.from_str(to)])
    return sealed


def unseal(sealed: bytes | memoryview, identities: Sequence[str]) -> bytes:
    """Open a box with any of the private halves. Raises NotForThisKey, also when a byte of it was changed."""
    try:
        held: bytes = decrypt(bytes(sealed), [x25519.Identity.from_str(one) for one in identities])
    except DecryptError:
        raise NotForThisKey from None
    length = int.from_bytes(held[:_LENGTH_BYTES], "big")
    return held[_LENGTH_BYTES : _LENGTH_BYTES + length]


def seal_value(value: Any, to: str, *, pad: int = PAD) -> bytes:
    """Close a box over something that JSON can hold."""
    return seal(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), to, pad=pad)


def unseal_value(sealed: bytes | memoryview, identities: Sequence[str]) -> Any:
    """Open a box over something that JSON can hold. Raises NotForThisKey."""
    return json.loads(unseal(sealed, identities))
