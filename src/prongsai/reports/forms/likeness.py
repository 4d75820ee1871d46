"""How alike the head of a column as printed and its declared wordings are."""

import re
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from prongsai.thai.text import fold

WITHOUT_GROUP = 0.9
_NOISE = re.compile(r"[\W_]")


def likeness(printed: str, heads: Sequence[str], group: str = "") -> float:
    """Give the likeness (0–1) of a printed head and the nearest wording. group: the head above it, printed or not."""
    wordings = [(f"{group} {head}", 1.0) for head in heads]
    if group:
        wordings += [(head, WITHOUT_GROUP) for head in heads]
    return max(weight * _likeness(_bare(printed), _bare(wording)) for wording, weight in wordings)


@lru_cache(maxsize=4096)
def _bare(head: str) -> str:
    return _NOISE.sub("", fold(head))


@lru_cache(maxsize=16384)
def _likeness(bare: str, wording: str) -> float:
    if bare == wording:
        return 1.0
    if min(len(bare), len(wording)) < 3:
        return 0.0
    share = len(wording) / len(bare)
    if bare.startswith(wording):
        return 0.65 + 0.33 * share
    if wording in bare:
        return 0.5 + 0.45 * share
    return 0.95 * fuzz.ratio(bare, wording) / 100
