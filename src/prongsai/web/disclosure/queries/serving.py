"""What our own server gives of the public sites, which is settled when it begins."""

from collections.abc import Sequence

from prongsai.web import environment
from prongsai.web.agencies.models import Agency

ALL = "-"  # in the environment: no office's site is served alone


def office_codes() -> tuple[str, ...]:
    """Give the codes of the offices, at most two: whether there is one is what matters. One query."""
    return tuple(Agency.objects.order_by("pk").values_list("code", flat=True)[:2])


def served_alone(codes: Sequence[str]) -> str:
    """Give the code of the office whose site alone is served, ``ALL`` where there are none or several."""
    return codes[0] if len(codes) == 1 else ALL


def waits_for_restart() -> bool:
    """Whether offices were made since our server began. At most one query."""
    settled = environment.text(environment.SITES_OF)
    return settled != "" and settled != served_alone(office_codes())
