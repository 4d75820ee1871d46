"""Reading the entries that count of a register, for its rules."""

from collections.abc import Iterator

from prongsai.registers.model import Ref, Register
from prongsai.registers.values import from_json
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry

Row = tuple[Entry, dict[str, object]]


def counted(scope: Scope, register: Register, year: int = 0) -> Iterator[Row]:
    """Give the counted entries of a register with their values, oldest first. year: fiscal year (BE), 0: standing."""
    found = Entry.objects.filter(agency=scope.agency, register=register.id, state__in=register.counted_states)
    for entry in found.filter(fiscal_year_be=year).order_by("dated_on", "pk").defer("found_by"):
        yield entry, from_json(register.fields, entry.values)


def id_of(value: object) -> int | None:
    """Give the id of what is pointed at."""
    return value.id if isinstance(value, Ref) else None


def named(names: list[str], most: int = 10) -> str:
    """List names, the first few; how many more there are."""
    more = len(names) - most
    return ", ".join(names[:most]) + (f" และอีก {more}" if more > 0 else "")
