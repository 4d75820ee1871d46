"""Random names: of forms that are given out, of links, and one-use codes; and the digests that are kept of them."""

from __future__ import annotations

import secrets
from base64 import urlsafe_b64encode
from hashlib import pbkdf2_hmac, sha256

from prongsai.thai.numerals import to_arabic

CODE_DIGITS = 16  # the last one checks the others; digits, because phones in Thailand show Thai letters first
_ADDRESS_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that are mistaken for each other on paper
ADDRESS_LENGTH = 8
_ROUNDS = 1000  # a third of a millisecond: all 10^15 codes of a survey are years of work for who copied the database


def new_form() -> str:
    """Name a form that is given out: the same form sent twice is one answer."""
    return secrets.token_urlsafe(16)


def new_address() -> str:
    """Name a link in eight letters and digits."""
    return "".join(secrets.choice(_ADDRESS_LETTERS) for _ in range(ADDRESS_LENGTH))


def new_code() -> str:
    """Make a code of 16 digits."""
    digits = f"{secrets.randbelow(10 ** (CODE_DIGITS - 1)):0{CODE_DIGITS - 1}d}"
    return digits + _check_digit(digits)


def read_code(text: str) -> str:
    """Give a code as it was typed, with or without gaps, in Thai or Arabic digits; "" for what is no code."""
    digits = "".join(one for one in to_arabic(text) if one not in " -\u00a0\u200b")
    if len(digits) != CODE_DIGITS or not (digits.isascii() and digits.isdecimal()):
        return ""
    return digits if _check_digit(digits[:-1]) == digits[-1] else ""


def shown_code(code: str) -> str:
    """Give a code in fours."""
    return " ".join(code[place : place + 4] for place in range(0, CODE_DIGITS, 4))


def digest(survey_pk: int, code: str) -> str:
    """Give what is kept of a code."""
    return _letters(pbkdf2_hmac("sha256", code.encode(), f"survey {survey_pk}".encode(), _ROUNDS))


def key_of(survey_pk: int, form: str) -> str:
    """Give what is kept of the name of a form, which nobody guesses."""
    return _letters(sha256(f"survey {survey_pk} {form}".encode()).digest())


def _letters(found: bytes) -> str:
    return urlsafe_b64encode(found).decode().rstrip("=")


def _check_digit(digits: str) -> str:
    """The Luhn digit: a wrong digit, and most swaps of neighbours, show."""
    doubled = (int(one) * (2 if place % 2 == 0 else 1) for place, one in enumerate(reversed(digits)))
    return str(-sum(one // 10 + one % 10 for one in doubled) % 10)
