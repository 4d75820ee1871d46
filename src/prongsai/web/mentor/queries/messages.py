"""Messages of an office with who has read and answered them; what waits at an agency."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from prongsai.web.agencies.scope import Scope
from prongsai.web.mentor.access import Desk
from prongsai.web.mentor.models import Message, Participation, Receipt

UNREAD, READ, ANSWERED = "unread", "read", "answered"
_NARROWED = {
    UNREAD: Q(read_at__isnull=True),
    READ: Q(read_at__isnull=False, answered_at__isnull=True),
    ANSWERED: Q(answered_at__isnull=False),
}

_COUNTED = {
    "n": Count("pk"),
    "read": Count("pk", filter=Q(read_at__isnull=False)),
    "answered": Count("pk", filter=Q(answered_at__isnull=False)),
}


@dataclass(frozen=True, slots=True)
class Counts:
    """How many agencies a message went to, that still take part, and how many have read and answered it."""

    agencies: int
    read: int
    answered: int

    @property
    def unread(self) -> int:
        """How many have not acknowledged it."""
        return self.agencies - self.read

    @property
    def waiting(self) -> int:
        """How many have acknowledged it and not answered."""
        return self.read - self.answered


# --- for the office -------------------------------------------------------------------------------------------------
def receipts_of(desk: Desk) -> QuerySet[Receipt]:
    """Give the receipts of agencies that still take part; those of the others are theirs alone."""
    return _of_those_there(desk).filter(message__office=desk.office)


def _of_those_there(desk: Desk) -> QuerySet[Receipt]:
    there = Participation.objects.filter(office=desk.office, left_on__isnull=True).values("agency")
    return Receipt.objects.filter(agency__in=there, agency__closed_on__isnull=True)


def rows_of(desk: Desk, messages: Iterable[Message]) -> tuple[tuple[Message, Counts], ...]:
    """Give some messages of the office, each with how far it has come; one query, which reads each receipt once.

    Their office is not asked for again: PostgreSQL then goes through all messages for each agency.
    """
    messages = list(messages)
    seen = _of_those_there(desk).filter(message__in=messages).order_by().values("message").annotate(**_COUNTED)
    found = {pk: Counts(*counts) for pk, *counts in seen.values_list("message", *_COUNTED)}
    return tuple((one, found.get(one.pk, Counts(0, 0, 0))) for one in messages)


def counts_of(desk: Desk, message: Message) -> Counts:
    """Count how far a message has come; one query."""
    found = receipts_of(desk).filter(message=message)
    counted = found.aggregate(**_COUNTED)
    return Counts(counted["n"], counted["read"], counted["answered"])


def at_agencies(desk: Desk, message: Message, only: str = "") -> QuerySet[Receipt]:
    """Give the message at each agency, narrowed to who has not read, only read, or answered it."""
    found = receipts_of(desk).filter(message=message)
    if only in _NARROWED:
        found = found.filter(_NARROWED[only])
    return found.select_related("agency").order_by("agency__code")


# --- for an agency --------------------------------------------------------------------------------------------------
def inbox_of(scope: Scope) -> QuerySet[Receipt]:
    """Give the messages at the agency, the newest first; those of offices it has left stay."""
    found = Receipt.objects.filter(agency=scope.agency)
    return found.select_related("message__office", "read_by", "answered_by").order_by("-message__sent_at", "-pk")


def unread_of(scope: Scope) -> QuerySet[Receipt]:
    """Give what nobody at the agency has acknowledged, what is to be answered soonest first."""
    return inbox_of(scope).filter(read_at__isnull=True).order_by("message__due_on", "-message__sent_at", "pk")


def may_answer(scope: Scope, receipt: Receipt) -> bool:
    """Whether the agency may still answer: once, while it takes part."""
    if receipt.answered_at:
        return False
    open_ones = Participation.objects.filter(office=receipt.message.office_id, left_on__isnull=True)
    return open_ones.filter(agency=scope.agency).exists()


def is_late(message: Message, today: date) -> bool:
    """Whether the day to answer by is over."""
    return bool(message.due_on and message.due_on < today)
