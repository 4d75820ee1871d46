"""How many clicks lie between the home page and an address that is looked at, by walking the office's own site."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.utils import timezone

from prongsai.inspection.addresses import site_of
from prongsai.inspection.crawl import Walk, walk
from prongsai.inspection.policy import Policy
from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.scope import system_scope
from prongsai.web.disclosure.models import Watched
from prongsai.web.disclosure.services.watching import home_of

PAGES_MAX = 400
NOT_REACHED = -1
_WEEK = timedelta(days=6, hours=23)


def must_count(agency: Agency, now: datetime) -> bool:
    """Whether the office has a home page, something to count to, and the last count is a week old."""
    rows = Watched.objects.filter(agency=agency, is_open=True)
    # A count of the future was made while the clock was wrong: it would keep every later one away.
    recent = rows.filter(clicks_at__gt=now - _WEEK, clicks_at__lte=now).exists()
    return not recent and rows.exists() and bool(home_of(system_scope(agency)))


def count_clicks(agency: Agency, *, policy: Policy, limit: int = PAGES_MAX) -> int:
    """Walk the site and count clicks for every address; give how many were reached.

    An address of the same site that the walk did not meet is not reached, unless the walk ended at its limit first.
    """
    home = home_of(system_scope(agency))
    found = walk(home, policy=policy, limit=limit)
    if not any(seen.is_open for seen in found.pages.values()):
        return 0  # the site is down: nothing was learnt
    reached = 0
    for watched in Watched.objects.filter(agency=agency, is_open=True):
        count = _clicks(found, watched.address)
        reached += count is not None and count != NOT_REACHED
        Watched.objects.filter(pk=watched.pk).update(clicks=count, clicks_at=timezone.now())
    return reached


def _clicks(found: Walk, address: str) -> int | None:
    place = found.find(address)
    if place is not None:
        return found.clicks[place]
    return NOT_REACHED if found.is_whole and _site(address) == _site(found.home) else None


def _site(address: str) -> str:
    return site_of(urlsplit(address).hostname or "")
