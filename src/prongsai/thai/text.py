"""Thai text: one spelling for one look, keys for comparison, and what does not belong in it.

The caller keeps the original: nothing here changes digits, words or names.
"""

import re
import unicodedata
from functools import lru_cache

from prongsai.thai.collation import sort_key
from prongsai.thai.money import baht_text
from prongsai.thai.numerals import to_arabic
from prongsai.thai.segmentation import break_lines, display_width, words

__all__ = [
    "baht_text",
    "break_lines",
    "collapse",
    "display_width",
    "fold",
    "foreign_letters",
    "has_thai",
    "normalise",
    "sort_key",
    "squeeze",
    "words",
]

ZERO_WIDTH = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_NO_BREAK_SPACES = "\u00a0\u2007\u202f"

# Old Thai fonts drew the marks of tall or deep consonants as glyphs of their own, in the private-use area.
_PRIVATE_USE = {
    0xF700: "ฐ",
    **dict(zip(range(0xF701, 0xF705), "ิีึื", strict=True)),
    **dict(zip(range(0xF705, 0xF70A), "่้๊๋์", strict=True)),
    **dict(zip(range(0xF70A, 0xF70F), "่้๊๋์", strict=True)),
    0xF70F: "ญ",
    0xF710: "ั",
    0xF711: "ํ",
    0xF712: "็",
    **dict(zip(range(0xF713, 0xF718), "่้๊๋์", strict=True)),
    **dict(zip(range(0xF718, 0xF71B), "ฺุู", strict=True)),
}
_CHARACTERS = {
    **_PRIVATE_USE,
    **dict.fromkeys(map(ord, ZERO_WIDTH), ""),
    **dict.fromkeys(map(ord, _NO_BREAK_SPACES), " "),
}
_MARK = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
# Marks that may have to be settled: several on one letter, or before an ``า`` that may be half of an ``ำ``.
_MARKS = re.compile(f"([{_MARK}]+)(?:(\u0e32)((?:[{_MARK}]*+(?!\u0e32))?)|(?<=[{_MARK}]{{2}}))")
_NIKHAHIT, _SARA_AA, _SARA_AM = "\u0e4d", "\u0e32", "\u0e33"
_TONES = "่้๊๋"
_THAI = re.compile("[\u0e01-\u0e5b]")
_SPACES = re.compile(f"[\\s{ZERO_WIDTH}]+")
_LETTERS = "\u0000-\u02ff\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e46\u0e50-\u0e59"
_PILE = 64  # marks on one letter; UAX 15 calls more than 30 unsafe to process
# Where so many stand in a row of which none is known at a glance to be a letter, each is looked at.
_LONG_PILE = re.compile(f"[^{_LETTERS}]{{{_PILE + 1}}}")
_PASSES = 8  # real text settles in one; marks strewn among Latin accents may need three
_HOME_LETTERS = ("LATIN ", "THAI ", "FULLWIDTH LATIN ", "MICRO SIGN", "FEMININE ORD", "MASCULINE ORD")


def _rank(mark: str) -> tuple[int, str]:
    """Order marks as a typist should: below the line, above it, nikhahit, tone, then those that silence."""
    if mark in "ฺุู":
        return (0 if mark == "ฺ" else 1), mark
    if mark in _TONES:
        return 4, mark
    return {_NIKHAHIT: 3, "์": 5, "๎": 6}.get(mark, 2), mark


def _in_order(marks: str) -> str:
    return _typed(frozenset(marks))


@lru_cache(maxsize=4096)
def _typed(marks: frozenset[str]) -> str:
    return "".join(sorted(marks, key=_rank))


def _settle(found: re.Match[str]) -> str:
    marks, aa, after = found[1], found[2] or "", found[3] or ""
    if not aa or _NIKHAHIT not in marks:
        return _in_order(marks) + aa + _in_order(after)
    on_a_consonant = found.string[max(found.start() - 1, 0)] != _SARA_AA
    tones = "".join(mark for mark in after if mark in _TONES and on_a_consonant)
    others = "".join(mark for mark in after if mark not in tones)
    return _in_order(marks.replace(_NIKHAHIT, "") + tones) + _SARA_AM + _in_order(others)


def _settle_marks(text: str) -> str:
    return _MARKS.sub(_settle, text.replace(_SARA_AM, _NIKHAHIT + _SARA_AA))


def _compose(text: str) -> str:
    """Apply NFC, but leave a text with an absurd pile of accents: sorting it would take quadratic time."""
    if _LONG_PILE.search(text) and _is_piled(text):
        return text
    return unicodedata.normalize("NFC", text)


def _is_piled(text: str) -> bool:
    pile = 0
    for character in text:
        pile = pile + 1 if unicodedata.combining(character) else 0
        if pile > _PILE:
            return True
    return False


def normalise(text: str) -> str:
    """Give one spelling for what looks the same; idempotent.

    NFC; ํ+า is ำ (also with a tone between or after), เเ is แ; zero-width characters go, a no-break space is a space;
    marks of one consonant stand in typing order, each once; private-use glyphs of old fonts become proper marks.
    Digits, words and names stay.
    """
    if text.isascii():
        return text
    text = text.translate(_CHARACTERS).replace("เเ", "แ")
    for _ in range(_PASSES):
        settled = _compose(_settle_marks(text))
        if settled == text:
            break
        text = settled
    return text


def squeeze(text: str) -> str:
    """Remove all white space and zero-width characters, for comparisons."""
    return _SPACES.sub("", text)


def collapse(text: str) -> str:
    """Make every run of white space one space and strip the ends."""
    return " ".join(text.split())


def fold(text: str) -> str:
    """Give a comparison key: normalised, without white space, Arabic digits, no letter case."""
    return to_arabic(squeeze(normalise(text))).casefold()


def has_thai(text: str) -> bool:
    """Whether the text holds any Thai character, digits and signs included."""
    return _THAI.search(text) is not None


@lru_cache(maxsize=4096)
def _is_foreign(character: str) -> bool:
    if not unicodedata.category(character).startswith("L"):
        return False
    return not unicodedata.name(character, "").startswith(_HOME_LETTERS)


def foreign_letters(text: str) -> str:
    """Give, in order, the letters of scripts other than Thai and Latin, such as a stray ``派``."""
    return "".join(c for c in text if c > "\u024f" and not "\u0e00" <= c <= "\u0e7f" and _is_foreign(c))
