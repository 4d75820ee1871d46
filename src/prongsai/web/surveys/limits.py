"""How often somebody may answer by an open link, or try codes: counted by ``blind.limits``, which keeps no address."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from prongsai.web.blind.limits import Hourly, mark_in

WRONG_CODES_EACH = 100  # an hour: nobody mistypes more, and of 10¹⁵ codes none is found so
EVERYBODY = 100  # times what one may, all together may: a whole town answers in the evening

_answers, _wrong_codes = Hourly(EVERYBODY), Hourly(EVERYBODY)


def answers_too_often(request: HttpRequest) -> bool:
    """Count an answer that comes by an open link and is about to be stored."""
    return _answers.is_too_often(mark_in(request), settings.ANSWERS_PER_HOUR)


def codes_too_often(request: HttpRequest) -> bool:
    """Whether too many wrong codes came already; nothing is counted."""
    return _wrong_codes.is_full(mark_in(request), WRONG_CODES_EACH)


def note_wrong_code(request: HttpRequest) -> None:
    """Count a code that the survey does not have."""
    _wrong_codes.is_too_often(mark_in(request), WRONG_CODES_EACH)


def forget() -> None:
    """Drop every count: for tests."""
    for counts in (_answers, _wrong_codes):
        counts.forget()
