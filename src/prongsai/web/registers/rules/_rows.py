"""What rules of several registers ask of entries, and how they name what they found."""

from collections.abc import Iterator, Sequence

from django.db.models import QuerySet

from prongsai.registers.model import Ref, Register
from prongsai.registers.values import from_json
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.registers.queries.library import editions_of
from prongsai.web.registers.queries.parts import open_only

Row = tuple[Entry, dict[str, object]]


def counted_entries(scope: Scope, register: str, year_be: int = 0) -> QuerySet[Entry]:
    """Give the counted entries of a register that everybody may see who sees it, oldest first.

    year_be: fiscal, 0: standing. Raises UnknownRegister.
    """
    states = {state for edition in editions_of(register) for state in edition.counted_states}
    found = Entry.objects.filter(agency=scope.agency, register=register, fiscal_year_be=year_be, state__in=states)
    return open_only(found, register).order_by("dated_on", "pk").defer("found_by")


def counted(scope: Scope, register: Register, year_be: int = 0) -> Iterator[Row]:
    """Give the counted entries of a register with their values, as ``counted_entries`` does."""
    for entry in counted_entries(scope, register.id, year_be):
        yield entry, from_json(register.fields, entry.values)


def id_of(value: object) -> int | None:
    """Give the id of what is pointed at."""
    return value.id if isinstance(value, Ref) else None


def listed(names: Sequence[str], most: int = 5, form: str = "“{}”") -> str:
    """Name the first of several things, each in a form, and how many more there are."""
    told = [form.format(name) for name in names[:most]]
    return ", ".join([*told, f"+{len(names) - most}"] if len(names) > most else told)
