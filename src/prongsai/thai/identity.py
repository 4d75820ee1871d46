"""The 13-digit number of a person or a company: check digit, masking, and finding it in text.

check = (11 − Σ dᵢ × (14 − i) mod 11) mod 10 over the first twelve digits.
"""

import re
from typing import NamedTuple

from prongsai.thai.numerals import to_arabic

_GROUPS = (1, 4, 5, 2, 1)  # printed 1-2345-67890-12-3
_THIRTEEN = re.compile(r"(?<![0-9])(?<![0-9][-. ])[0-9](?:[- ]?[0-9]){12}(?![0-9])(?![-. ][0-9])")


class FoundId(NamedTuple):
    """A 13-digit number in a text: text[start:end]. digits: Arabic, bare; valid: the check digit agrees."""

    start: int
    end: int
    digits: str
    valid: bool


def _digits(text: str) -> str:
    return re.sub(r"[\s-]", "", to_arabic(text))


def check_digit(first_twelve: str) -> int:
    """Give the thirteenth digit for twelve, Thai or Arabic, dashes allowed. ValueError for anything else."""
    digits = _digits(first_twelve)
    if not re.fullmatch("[0-9]{12}", digits):
        raise ValueError(f"twelve digits are needed, not {first_twelve!r}")
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(13, 1, -1), strict=True))
    return (11 - total % 11) % 10


def valid_national_id(text: str) -> bool:
    """Whether a text is a 13-digit number with the right check digit: first digit 1–8 a person, 0 a company."""
    digits = _digits(text)
    if not re.fullmatch("[0-8][0-9]{12}", digits):
        return False
    return check_digit(digits[:12]) == int(digits[12])


def mask_id(text: str, keep: int = 4) -> str:
    """Print a 13-digit number in its groups with all but the last ``keep`` digits as x; other text comes back as x.

    Dashes stay; nothing of a text that is no 13-digit number is shown. ValueError when keep is not 0–4.
    """
    if not 0 <= keep <= 4:
        raise ValueError(f"at most the last four digits may be shown, not {keep}")
    digits = _digits(text)
    if not re.fullmatch("[0-9]{13}", digits):
        return re.sub(r"\w", "x", text)
    shown = "x" * (13 - keep) + digits[13 - keep :]
    groups, at = [], 0
    for length in _GROUPS:
        groups.append(shown[at : at + length])
        at += length
    return "-".join(groups)


def find_ids(text: str) -> list[FoundId]:
    """Find 13-digit numbers in a text, bare or in groups, with whether their check digit agrees."""
    found = []
    for match in _THIRTEEN.finditer(to_arabic(text)):
        digits = _digits(match[0])
        found.append(FoundId(*match.span(), digits, valid_national_id(digits)))
    return found
