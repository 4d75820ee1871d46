"""What our own server gives of the public sites, which is settled when it begins."""

from collections.abc import Sequence

from prongsai.web import environment
from prongsai.web.agencies.models import Agency

NONE = "-"  # in the environment: there was no office


def office_codes() -> tuple[str, ...]:
    """Give the codes of the offices, the oldest first. One query."""
    return tuple(Agency.objects.order_by("pk").values_list("code", flat=True))


def settled_on(codes: Sequence[str]) -> str:
    """Write down of which offices the sites are served, ``NONE`` where there are none."""
    return ",".join(codes) or NONE


def waits_for_restart() -> bool:
    """Whether offices were made since our server began. At most one query."""
    settled = environment.text(environment.SITES_OF)
    return settled != "" and settled != settled_on(office_codes())
