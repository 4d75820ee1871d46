"""Many agencies at once, each in a transaction of its own: one that cannot be made does not stop the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from prongsai.web.agencies.accounts import Link
from prongsai.web.agencies.models import Agency
from prongsai.web.directory.models import Listed
from prongsai.web.directory.queries.kinds import USUAL_UNITS
from prongsai.web.directory.queries.many import Wish
from prongsai.web.directory.scope import Installation
from prongsai.web.directory.services.making import Made, make_agency


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a wish: the agency and its invitation, or why there is none."""

    wish: Wish
    made: Made | None
    fault: str = ""


def make_all(installation: Installation, *, wishes: Iterable[Wish], link: Link) -> Iterator[Outcome]:
    """Make every agency that can be made, with the units that its kind usually has; say what became of each."""
    for wish in wishes:
        if not wish.can_be_made or wish.listed is None:
            yield Outcome(wish, None, " / ".join(wish.faults))
            continue
        try:
            made = make_agency(
                installation,
                agency=agency_from(wish.listed),
                person=wish.texts["person"],
                post=wish.texts["post"],
                email=wish.texts["email"],
                units=USUAL_UNITS,
                link=link,
            )
        except ValidationError as mistake:
            yield Outcome(wish, None, " / ".join(mistake.messages))
        else:
            yield Outcome(wish, made)


def agency_from(listed: Listed) -> Agency:
    """Give a new agency as the list of codes describes it, not kept yet."""
    agency = Agency(code=listed.code, name=listed.name, kind=listed.kind, province=listed.province)
    agency.district, agency.subdistrict, agency.website = listed.district, listed.subdistrict, website_of(listed)
    return agency


def website_of(listed: Listed) -> str:
    """Give the address of a website as the list has it; empty for what is none."""
    text = listed.website.strip()
    address = text if "://" in text else f"https://{text}"
    try:
        URLValidator(schemes=["http", "https"])(address)
    except ValidationError:
        return ""
    return address
