"""What strangers see at the application's own address: the public site of the office, and where to complain."""

from dataclasses import dataclass

from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.queries import served
from prongsai.web.complaints.queries.reporting import general_form
from prongsai.web.complaints.queries.rolls import is_open
from prongsai.web.disclosure.queries.addresses import record_of, root_of
from prongsai.web.disclosure.services.building import is_standing


@dataclass(frozen=True, slots=True)
class Outside:
    """What an office has for strangers. site: address of its public site, "" before it stands.

    is_open: its sealed channel takes reports. general: the register that takes other complaints, None for none.
    """

    agency: Agency
    site: str
    is_open: bool
    general: str | None


def for_strangers() -> Outside | None:
    """Give what the only agency has for strangers; None where there are several, and while it has nothing."""
    agencies = list(served()[:2])
    if len(agencies) != 1:
        return None
    agency = agencies[0]
    site = root_of(record_of(agency)) if is_standing(agency) else ""
    found = Outside(agency, site, is_open(agency), general_form(agency))
    return found if found.site or found.is_open or found.general else None
