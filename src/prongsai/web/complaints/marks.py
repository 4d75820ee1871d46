"""The mark by which lines of the journal belong to a case: only who opened the case can tell which do.

Each line has another one, so that nobody else sees how many cases there are, nor who never looks at one of them.
"""

import hmac
import secrets

_NONCE_BYTES = 8
_SIGN_BYTES = 16


def marked(mark: str) -> str:
    """Give what a line of the journal says of its case. mark: of the case, as its wraps hold it."""
    nonce = secrets.token_hex(_NONCE_BYTES)
    return f"{nonce}-{_sign(mark, nonce)}"


def is_of(mark: str, line: str) -> bool:
    """Whether a line is of the case with this mark."""
    nonce, _, sign = line.partition("-")
    return hmac.compare_digest(sign.encode(), _sign(mark, nonce).encode())


def _sign(mark: str, nonce: str) -> str:
    return hmac.digest(mark.encode(), nonce.encode(), "sha256")[:_SIGN_BYTES].hex()
