"""What somebody has to hand over, gathered live from everything that the platform holds."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.translation import override

from prongsai.web.agencies.models import Agency, Membership, Person
from prongsai.web.agencies.scope import Scope
from prongsai.web.handover.models import Handover
from prongsai.web.handover.queries import office, papers, work
from prongsai.web.handover.queries.giver import Giver, giver_of
from prongsai.web.handover.queries.rows import Row, extra_rows, row_of


@override("th")  # what is signed and printed is Thai, whoever reads
def rows_of(handover: Handover, today: date) -> tuple[Row, ...]:
    """Give the rows of a handover: as they were frozen, else as they are now with those that somebody wrote."""
    if handover.frozen_at:
        return tuple(row_of(one) for one in handover.rows)
    return chosen(handover, live_rows(handover, today))


def chosen(handover: Handover, live: Iterable[Row]) -> tuple[Row, ...]:
    """Give the rows of an open list: what is there without what is left out, and what somebody wrote."""
    left_out = set(handover.left_out)
    return (*(one for one in live if one.key not in left_out), *extra_rows(handover.extra))


@override("th")
def live_rows(handover: Handover, today: date) -> tuple[Row, ...]:
    """Give everything that the giver has now; the number of queries is the same however much it is."""
    giver = giver_of(handover.agency, handover.giver, min(today, handover.effective_on))
    return gather(giver, handover.taker, today)


def since_frozen(handover: Handover, today: date) -> tuple[Row, ...]:
    """Give what came to the giver after the list was frozen, and is in no list."""
    if not handover.frozen_at:
        return ()
    known = {one["key"] for one in handover.rows} | set(handover.left_out)
    return tuple(one for one in live_rows(handover, today) if one.key not in known)


def gather(giver: Giver, taker: Person, today: date) -> tuple[Row, ...]:
    """Give what a giver has; taker: to whom it would be moved."""
    return tuple(_gather(giver.scope(today), giver, has_account(giver.agency, taker)))


def _gather(scope: Scope, giver: Giver, may_take: bool) -> Iterator[Row]:
    yield from papers.rows(scope, giver)
    yield from work.rows(scope, giver, may_take=may_take)
    yield from office.rows(scope, giver)


def has_account(agency: Agency, person: Person) -> bool:
    """Whether somebody can sign in."""
    return Membership.objects.filter(agency=agency, person=person, is_open=True).exists()
