"""What rules of several registers ask of entries."""

from collections.abc import Iterator

from django.db.models import QuerySet

from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.registers.queries.library import editions_of


def counted(scope: Scope, register: str, year_be: int) -> QuerySet[Entry]:
    """Give the counted entries of a register in a fiscal year (BE), by number. Raises UnknownRegister."""
    states = {state for edition in editions_of(register) for state in edition.counted_states}
    found = Entry.objects.filter(agency=scope.agency, register=register, fiscal_year_be=year_be, state__in=states)
    return found.order_by("number")


NAMED = 5


def listed(titles: list[str]) -> str:
    """Name the first of several things, and how many more there are."""
    return ", ".join(_parts(titles))


def _parts(titles: list[str]) -> Iterator[str]:
    yield from (f"“{title}”" for title in titles[:NAMED])
    if len(titles) > NAMED:
        yield f"+{len(titles) - NAMED}"
