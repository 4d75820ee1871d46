"""Entries as rows of tables, for exports: read in chunks, each entry by the edition it was made by."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from prongsai.registers.model import State, Values
from prongsai.registers.sheets import json_text
from prongsai.registers.tables import Table, table
from prongsai.registers.values import from_json
from prongsai.thai.fiscal import fiscal_year_be
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.registers.queries.entries import ALL_YEARS, YEAR, narrowed
from prongsai.web.registers.queries.library import Kept, edition_of
from prongsai.web.registers.queries.linked import linked_values

CHUNK = 1000


def office_table(scope: Scope, kept: Kept, params: Mapping[str, str]) -> Table:
    """Give the whole list that an address asks for, every field of it; what is secret is covered."""
    return table(kept.register, _asked(scope, kept, params), labels=kept.labels)


def office_json(scope: Scope, kept: Kept, params: Mapping[str, str]) -> str:
    """Give the same as JSON, values as they are kept."""
    return json_text(kept.register, _asked(scope, kept, params), labels=kept.labels)


def _asked(scope: Scope, kept: Kept, params: Mapping[str, str]) -> Iterator[tuple[Values, State]]:
    asked = {key: value.strip() for key, value in params.items() if value.strip()}
    year = None if asked.get(YEAR) == ALL_YEARS else _year(asked.get(YEAR, ""), fiscal_year_be(scope.today))
    found = narrowed(scope, kept, asked, year).defer("found_by")
    return stated(found.iterator(chunk_size=CHUNK))


def _year(asked: str, this: int) -> int:
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) == 4 else this


def stated(entries: Iterable[Entry]) -> Iterator[tuple[Values, State]]:
    """Give the values and the state of entries; linked formulas are worked out a chunk at a time."""
    waiting = iter(entries)
    while chunk := list(islice(waiting, CHUNK)):
        far: dict[int, dict[str, object]] = {}
        for since in {(one.register, one.since_be) for one in chunk}:
            own = [one for one in chunk if (one.register, one.since_be) == since]
            far |= linked_values(edition_of(*since), own)
        yield from ((_values(one, far), _state(one)) for one in chunk)


def _values(entry: Entry, far: Mapping[int, Mapping[str, object]]) -> Values:
    return {**from_json(edition_of(entry.register, entry.since_be).fields, entry.values), **far.get(entry.pk, {})}


def _state(entry: Entry) -> State:
    found = edition_of(entry.register, entry.since_be).state_of(entry.state)
    return found or State(entry.state, entry.state, is_public=False)
