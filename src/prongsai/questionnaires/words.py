"""Answers in words: which words many of them use, and what of a text may be shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from prongsai.privacy.patterns import personal
from prongsai.thai.names import split_people
from prongsai.thai.segmentation import words

TEXTS_CUT_MAX = 10_000
"""Of more texts than this so many are cut into words, which takes about a second."""

_ALSO_COMMON = frozenset({"ครับ", "ค่ะ", "คะ", "นะ", "จ้า", "ขอให้", "the", "and", "is", "are", "of", "to", "in"})
_TELLING = frozenset({"ช้า", "นาน", "เร็ว", "ยาก", "ง่าย", "ใกล้", "ไกล", "เล็ก", "ใหญ่", "แคบ", "กว้าง", "น้อย", "ขาด"})
"""Common words that say something of a service."""


@dataclass(frozen=True, slots=True)
class WordCount:
    """A word and in how many texts it stands."""

    word: str
    texts: int


@dataclass(frozen=True, slots=True)
class Said:
    """A text as it may be shown: numbers, addresses and e-mail of people covered. has_name: it seems to name one."""

    text: str
    has_name: bool


def word_counts(texts: Iterable[str], *, k: int) -> tuple[WordCount, ...]:
    """Give the words that stand in at least k texts, the most frequent first; common words and numbers are left out."""
    found: Counter[str] = Counter()
    for text in texts:
        found.update(_words(text))
    often = [WordCount(word, n) for word, n in found.items() if n >= k]
    return tuple(sorted(often, key=lambda one: (-one.texts, one.word)))


def shown(text: str) -> Said:
    """Give a text as it may be shown."""
    covered, at = "", 0
    for hit in personal(text):
        covered += text[at : hit.start] + hit.masked
        at = hit.end
    return Said(covered + text[at:], any(person.name.title for person in split_people(text)))


def _words(text: str) -> set[str]:
    common = _common()
    cut = (one.strip().lower() for one in words(_impersonal(text)))
    return {one for one in cut if len(one) > 1 and one not in common and any(letter.isalpha() for letter in one)}


def _impersonal(text: str) -> str:
    """Give a text without what belongs to people, and without people who are named with a title."""
    for hit in reversed(personal(text)):
        text = f"{text[: hit.start]} {text[hit.end :]}"
    for person in split_people(text):
        if person.name.title:
            text = text.replace(person.name.raw, " ")
    return text


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    from pythainlp.corpus import thai_stopwords  # noqa: PLC0415  # reason: only texts of surveys should pay

    return (frozenset(thai_stopwords()) | _ALSO_COMMON) - _TELLING
