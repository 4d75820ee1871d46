"""The lines of a register page: each number with what whoever asks may know of its paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from prongsai.web.agencies.scope import Scope
from prongsai.web.letters.models import Incoming, Letter, LetterState, Number, NumberState
from prongsai.web.letters.queries.incoming import incoming_of
from prongsai.web.letters.queries.letters import letters_of
from prongsai.web.letters.queries.numbers import (
    dated_of,
    is_back_dated,
    is_secret,
    may_cancel,
    stale_before,
    subject_of,
)

_NO_PAPER = (LetterState.REJECTED, LetterState.DROPPED)


@dataclass(frozen=True, slots=True)
class Line:
    """A number as it is shown. letter, incoming: its paper, where it may be opened.

    subject, reason: empty for what is secret, the reason only where its paper may not be opened. is_void: its letter
    was rejected or dropped, so that the number should be cancelled.
    """

    number: Number
    subject: str
    reason: str
    dated: date | None
    letter: Letter | None
    incoming: Incoming | None
    is_secret: bool
    is_stale: bool
    is_back_dated: bool
    is_void: bool
    may_cancel: bool


def lines_of(scope: Scope, numbers: Sequence[Number]) -> list[Line]:
    """Give the lines of numbers of ``queries.numbers.numbers_of``, with two more queries whatever their count."""
    pks = [one.pk for one in numbers]
    letters = set(letters_of(scope).filter(number__in=pks).order_by().values_list("number", flat=True))
    came = set(incoming_of(scope).filter(number__in=pks).order_by().values_list("number", flat=True))
    return [_line(scope, one, is_open=one.pk in letters, came=one.pk in came) for one in numbers]


def _line(scope: Scope, number: Number, *, is_open: bool, came: bool) -> Line:
    letter, incoming = getattr(number, "letter", None), getattr(number, "incoming", None)
    is_reserved, is_known = number.state == NumberState.RESERVED, may_know(number, is_open=is_open, came=came)
    return Line(
        number,
        subject_of(number),
        number.reason if is_known or not is_secret(number) else "",
        dated_of(number),
        letter if is_open else None,
        incoming if came else None,
        is_secret(number),
        is_reserved and number.taken_at < stale_before(scope.today),
        is_back_dated(number),
        letter is not None and letter.state in _NO_PAPER and number.state == NumberState.USED,
        may_cancel(number) and is_known,
    )


def may_know(number: Number, *, is_open: bool, came: bool) -> bool:
    """Whether the paper of a number may be opened; one without a paper has nothing to hide."""
    has_letter, has_incoming = getattr(number, "letter", None), getattr(number, "incoming", None)
    return (has_letter is None or is_open) and (has_incoming is None or came)
