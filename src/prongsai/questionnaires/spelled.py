"""A text as it is compared, with the way back to how it was written."""

from __future__ import annotations

from dataclasses import dataclass

from prongsai.thai.numerals import to_arabic
from prongsai.thai.text import collapse, normalise

LETTERS_MAX = 2000  # that are looked at; hardly a text of a questionnaire is longer


@dataclass(frozen=True, slots=True)
class Spelled:
    """plain: without white space, with Arabic digits, in small letters, for Thai; english: small letters, in words."""

    plain: str
    english: str
    _written: str
    _places: tuple[int, ...]

    def written(self, start: int, end: int) -> str:
        """Give ``plain[start:end]`` as it was written."""
        return self._written[self._places[start] : self._places[end - 1] + 1]


def spelled(text: str) -> Spelled:
    """Make a text ready to be looked at."""
    written = collapse(normalise(text))[:LETTERS_MAX]
    kept = [(to_arabic(letter.casefold()), place) for place, letter in enumerate(written) if letter != " "]
    single = [(letter, place) for letter, place in kept if len(letter) == 1]
    places = tuple(place for _letter, place in single)
    return Spelled("".join(letter for letter, _place in single), written.casefold(), written, places)
