"""Facts of a register's file that nobody has confirmed: each known by its wording."""

import hashlib

from prongsai.thai.text import collapse

_LETTERS = 16


def fact_key(text: str) -> str:
    """Give the key of a fact; another wording is another fact, however little differs beside spaces."""
    return hashlib.sha256(collapse(text).strip().encode()).hexdigest()[:_LETTERS]
