"""Channels with what was posted in them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from prongsai.thai.fiscal import fiscal_year
from prongsai.web.agencies.scope import Scope
from prongsai.web.disclosure.models import Channel, Page, Posting

# With neither an address nor a proof it is planned, and not counted.
_COUNTED = Q(postings__posted_on__isnull=False) & (~Q(postings__address="") | Q(postings__proof__isnull=False))


def channels_of(scope: Scope, year_be: int | None = None) -> QuerySet[Channel]:
    """Give the channels of the agency with ``n_posted`` and ``n_planned``. year_be: posted in that fiscal year."""
    counted = _COUNTED & Q(postings__posted_on__range=fiscal_year(year_be)) if year_be else _COUNTED
    return (
        Channel.objects.filter(agency=scope.agency)
        .annotate(
            n_posted=Count("postings", filter=counted),
            n_planned=Count("postings", filter=Q(postings__isnull=False) & ~_COUNTED),
        )
        .order_by("place", "pk")
    )


def postings_of(scope: Scope) -> QuerySet[Posting]:
    """Give the postings of the agency with what they are printed with."""
    return Posting.objects.filter(page__agency=scope.agency).select_related("page__agency", "channel", "proof")


def latest(scope: Scope, year_be: int) -> QuerySet[Posting]:
    """Give the postings of a fiscal year and those that are planned, what is planned first."""
    of_year = Q(posted_on__isnull=True) | Q(posted_on__range=fiscal_year(year_be))
    return postings_of(scope).filter(of_year).order_by("posted_on", "-pk")


@dataclass(frozen=True, slots=True)
class Reach:
    """A channel beside a page: its postings there, none where it was not posted."""

    channel: Channel
    postings: tuple[Posting, ...]


def reach_of(page: Page, channels: Iterable[Channel]) -> tuple[Reach, ...]:
    """Give every channel with the postings of a page: one approval, many channels."""
    found = list(page.postings.select_related("channel", "proof"))
    return tuple(Reach(one, tuple(each for each in found if each.channel_id == one.pk)) for one in channels)
