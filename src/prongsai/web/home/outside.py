"""What strangers see at the application's own address: the way to the public site of the office."""

from dataclasses import dataclass

from prongsai.web.agencies.models import Agency
from prongsai.web.disclosure.queries.addresses import record_of, root_of
from prongsai.web.disclosure.services.building import is_standing


@dataclass(frozen=True, slots=True)
class PublicSite:
    """A public site. agency: whose; address: where it is served."""

    agency: Agency
    address: str


def only_site() -> PublicSite | None:
    """Give the public site of the only agency; None where there are several, and while none was built."""
    agencies = list(Agency.objects.all()[:2])
    if len(agencies) != 1 or not is_standing(agencies[0]):
        return None
    return PublicSite(agencies[0], root_of(record_of(agencies[0])))
