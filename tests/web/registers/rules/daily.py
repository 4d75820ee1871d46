"""Entries made of the files' own examples, in the made-up office."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from prongsai.registers.load import of_year
from prongsai.registers.model import Ref
from prongsai.registers.values import read
from prongsai.web.agencies.models import Agency, Person, Unit
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers import services
from prongsai.web.registers.models import Entry
from prongsai.web.registers.queries.library import kept_of
from prongsai.web.registers.queries.periods import Preview, occurrences_of, preview_of

YEAR = 2569
LATE = date(2026, 10, 5)  # after the fiscal year


class Named:
    """Units and people of the office by name; entries are given by the test."""

    def __init__(self, agency: Agency) -> None:
        self.agency = agency

    def unit(self, text: str) -> Ref | None:
        return next((Ref(one.pk, one.name) for one in Unit.objects.filter(agency=self.agency, name=text)), None)

    def person(self, text: str) -> Ref | None:
        people = Person.objects.filter(agency=self.agency)
        return next((Ref(one.pk, str(one)) for one in people if str(one) == text), Ref(None, text))

    def post(self, text: str) -> Ref | None:
        return None

    def entry(self, register: str, text: str) -> Ref | None:
        return Ref(None, text)

    def nearest(self, kind: str, text: str) -> Sequence[str]:
        return ()


def values_of(agency: Agency, register: str, **changes: object) -> dict[str, object]:
    """Give values made of the examples; an entry that is pointed at only when the test gives it."""
    look = Named(agency)
    fields = of_year(register, YEAR).fields_at("")
    found = {one.key: read(one, one.example, look) for one in fields if one.example and one.type.value != "entry"}
    pointed = {key: ref(value) if isinstance(value, Entry) else value for key, value in changes.items()}
    return {key: value for key, value in (found | pointed).items() if value is not None}


def add(scope: Scope, register: str, **changes: object) -> Entry:
    """Add an entry made of the examples, some changed; of YEAR where no field says the year."""
    values = values_of(scope.agency, register, **changes)
    year = 0 if of_year(register, YEAR).dated_by else YEAR
    return services.add_entry(scope, register=register, values=values, year_be=year)


def ref(entry: Entry) -> Ref:
    """Point at an entry."""
    return Ref(entry.pk, entry.title)


def report(scope: Scope, entry: Entry, starts_on: date, **changes: object) -> None:
    """Report on an entry with the examples, some changed; None empties one."""
    progress = of_year(entry.register, YEAR).progress
    assert progress is not None
    values = {one.key: read(one, one.example, Named(scope.agency)) for one in progress.fields if one.example}
    given = {key: value for key, value in (values | changes).items() if value is not None}
    services.report_progress(scope, entry=entry, starts_on=starts_on, values=given, version=0)


def preview(scope: Scope, register: str, number: int, *, today: date = LATE) -> Preview:
    """Look at a period of the year by its place, 1 the first."""
    services.open_year(scope, fiscal_year_be=YEAR)
    kept = kept_of(scope, register, YEAR)
    scope = replace(scope, today=today)
    return preview_of(scope, kept, list(occurrences_of(scope, kept.register, YEAR))[number - 1])


def bylaw(scope: Scope, *amounts: int, enacted: bool = True, **changes: object) -> Entry:
    """Make the annual budget by-law of YEAR with a line of each amount, in force unless it is not to be enacted."""
    given = amounts or (450000,)
    made = add(scope, "budget-bylaws", **{"total_thb": Decimal(sum(given)), **changes})
    for number, amount in enumerate(given, 1):
        add(scope, "budget-lines", bylaw=made, item=f"รายการที่ {number}", amount_thb=Decimal(amount), code=None)
    return enact(scope, made) if enacted else made


def enact(scope: Scope, made: Entry) -> Entry:
    """Take a by-law through the council and the supervisor into force."""
    for move, values in PASSING.items():
        made = services.move_entry(scope, entry=made, move=move, values=values, version=None)
    return made


PASSING = {
    "pass": {"passed_on": date(2025, 8, 28)},
    "approve": {"approved_on": date(2025, 9, 15), "approved_by": "นายอำเภอ"},
    "enact": {"posted_on": date(2025, 9, 18)},
}
