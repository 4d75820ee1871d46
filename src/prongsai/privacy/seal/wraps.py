"""Wraps: one secret closed for each of several people, always in the same number of equal pieces.

The pieces that nobody needs are closed for keys that were thrown away at once. From the outside it cannot be told how
many people a secret is for, nor who they are.
"""

import secrets
from collections.abc import Iterator, Sequence

from prongsai.privacy.seal.boxes import NotForThisKey, seal, unseal
from prongsai.privacy.seal.keys import new_pair

WRAPS = 12  # more people than this no report is for
SECRET_MAX = 1024
PIECE_BYTES = 2048  # age adds up to some hundred bytes, a random number of them
_PAD = SECRET_MAX + 4  # so that the shortest of twelve does not tell how long the secret is
_LENGTH_BYTES = 2


def wrapped(secret: bytes, recipients: Sequence[str]) -> bytes:
    """Close a secret of at most 1,024 bytes for at most 12 people. Raises ValueError for more, and for nobody."""
    people = list(dict.fromkeys(recipients))
    if not 0 < len(people) <= WRAPS:
        raise ValueError(f"wraps are for 1 to {WRAPS} people, not {len(people)}")
    if len(secret) > SECRET_MAX:
        raise ValueError(f"a secret has at most {SECRET_MAX} bytes, not {len(secret)}")
    pieces = [_piece(secret, one) for one in people]
    pieces += [_piece(secrets.token_bytes(len(secret)), new_pair().recipient) for _ in range(WRAPS - len(people))]
    secrets.SystemRandom().shuffle(pieces)
    return b"".join(pieces)


def unwrapped(wraps: bytes | memoryview, identities: Sequence[str]) -> bytes | None:
    """Open the piece that one of the keys opens; None when there is none."""
    for sealed in _boxes(bytes(wraps)):
        try:
            return unseal(sealed, identities)
        except NotForThisKey:
            continue
    return None


def _piece(secret: bytes, recipient: str) -> bytes:
    sealed = seal(secret, recipient, pad=_PAD)
    return (len(sealed).to_bytes(_LENGTH_BYTES, "big") + sealed).ljust(PIECE_BYTES, b"\x00")


def _boxes(wraps: bytes) -> Iterator[bytes]:
    for at in range(0, len(wraps), PIECE_BYTES):
        size = int.from_bytes(wraps[at : at + _LENGTH_BYTES], "big")
        yield wraps[at + _LENGTH_BYTES : at + _LENGTH_BYTES + size]
