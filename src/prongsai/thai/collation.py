"""Thai dictionary order as a sort key."""

import re
import unicodedata

from prongsai.thai.numerals import to_arabic

_LEADING_VOWEL = re.compile("([เ-ไ])([ก-ฮ])")
_SECOND_MARKS = {mark: chr(place) for place, mark in enumerate("๎์็่้๊๋ํ", 2)}  # lightest first, as ICU has them
_SIGNS = "ๆฯ\u0e5a\u0e5b"


def _is_ignored(character: str) -> bool:
    return character in _SIGNS or unicodedata.category(character)[0] in "ZPC"


def sort_key(text: str) -> tuple[str, str, str]:
    """Give a key that sorts texts in Thai dictionary order; a total order, so equal keys are equal texts.

    First the consonants and vowels, a leading vowel (เ แ โ ใ ไ) after its consonant; spaces, punctuation, ๆ and ฯ are
    ignored, Thai and Arabic digits alike, Latin without case. Then tone marks, ไม้ไต่คู้ and การันต์ from left to
    right. Then the text itself.
    """
    base: list[str] = []
    marks: list[str] = []
    swapped = _LEADING_VOWEL.sub(r"\2\1", to_arabic(text).replace("ๅ", "า"))
    for character in swapped.casefold():
        if character in _SECOND_MARKS:
            marks.append(_SECOND_MARKS[character])
        elif not _is_ignored(character):
            base.append(character)
            marks.append("\x01")
    return "".join(base), "".join(marks), text
