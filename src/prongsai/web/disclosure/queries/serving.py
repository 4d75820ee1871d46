"""What our own server gives of the public sites, which is settled when it begins."""

import hashlib
from collections.abc import Sequence

from prongsai.web import environment
from prongsai.web.agencies.models import Agency

NONE = "-"  # in the environment: there was no office


def office_codes() -> tuple[str, ...]:
    """Give the codes of the offices, the oldest first. One query."""
    return tuple(Agency.objects.order_by("pk").values_list("code", flat=True))


def settled_on(codes: Sequence[str]) -> str:
    """Write down of which offices the sites are served, ``NONE`` where there are none.

    In an environment variable, so as their number and a hash: the codes of the whole country are 70 KB, twice what
    Windows takes there.
    """
    return f"{len(codes)}:{hashlib.sha256(','.join(codes).encode('ascii')).hexdigest()}" if codes else NONE


def waits_for_restart() -> bool:
    """Whether offices were made since our server began whose sites it cannot give yet. At most one query.

    Where it began with several, the platform gives the site of a new one itself: see ``views.served``.
    """
    settled = environment.text(environment.SITES_OF)
    if settled == "":
        return False
    codes, count = office_codes(), int(settled.partition(":")[0]) if ":" in settled else 0
    since = codes[:count] if count > 1 else codes
    return settled != settled_on(since)
