"""What closing a period freezes: its table as its readers may see it, its figures, what its own form is made of."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from prongsai.registers.model import Flow, Register, Values
from prongsai.registers.statistics import Figure
from prongsai.registers.tables import OFFICE, PUBLIC, Table, is_public, open_values, table
from prongsai.registers.values import from_json
from prongsai.reports.register_forms import asks_of
from prongsai.reports.register_paper import NOTHING_BESIDE, Beside
from prongsai.web.agencies.scope import Scope
from prongsai.web.duties.models import Occurrence
from prongsai.web.registers.models import Entry, EntryProgress
from prongsai.web.registers.queries.figures import figures_of
from prongsai.web.registers.queries.library import Kept, kept_of
from prongsai.web.registers.queries.periods import Preview, counted_of, named_values, reporting


@dataclass(frozen=True, slots=True)
class Frozen:
    """What a period is frozen as: its table and who may read it, its figures, and the values behind the rows.

    values, beside: as the audience may see them; beside: what the register's own form asks for beside the entries.
    """

    table: Table
    audience: str
    figures: tuple[Figure, ...]
    values: tuple[Values, ...]
    beside: Beside = NOTHING_BESIDE


def frozen_of(scope: Scope, kept: Kept, preview: Preview) -> Frozen:
    """Give what a period would be frozen as."""
    one, register = preview.occurrence, kept.register
    # A plan's table holds the rows of the whole year, and so do its figures.
    is_plan = bool(register.progress) or register.flow is Flow.PLAN
    first, last = (None, None) if is_plan else (one.starts_on, one.ends_on)
    figures = figures_of(scope, kept, one.duty.fiscal_year_be, start=first, end=last, is_open=True)
    seen = _seen(register, preview)
    values = tuple(_told(register, values) for _entry, values in seen)
    beside = beside_of(scope, register, one, [entry for entry, _values in seen])
    return Frozen(frozen_table(kept, preview), _audience(register), figures if preview.rows else (), values, beside)


def _seen(register: Register, preview: Preview) -> list[tuple[Entry, Values]]:
    """Give the entries that the table of a period holds, each with its values."""
    found = zip(preview.entries, preview.rows, strict=True)
    if register.public is None:
        return [(entry, values) for entry, (values, _state) in found]
    return [
        (entry, values)
        for entry, (values, state) in found
        if is_public(register, state) and may_be_public(register, values)
    ]


def _told(register: Register, values: Values) -> Values:
    """Give values as those may see them who may read the frozen table."""
    return open_values(reporting(register), values) if register.public else values


def beside_of(scope: Scope, register: Register, occurrence: Occurrence, entries: Sequence[Entry]) -> Beside:
    """Give what a register's own form asks for beside its entries; up to three queries a register, most ask none."""
    asks, year = asks_of(register), occurrence.duty.fiscal_year_be
    earlier: tuple[tuple[Values, ...], ...] = ()
    if asks.earlier:
        reports = _reports(register, entries, before=occurrence.starts_on)
        earlier = tuple(tuple(_told(register, values) for values in reports[entry.pk]) for entry in entries)
    return Beside(earlier, {one: _rows_of_year(scope, one, year) for one in asks.registers})


def _reports(register: Register, entries: Sequence[Entry], before: date = date.max) -> dict[int, list[Values]]:
    """Give what entries of a plan reported in periods that began before a day, the oldest first."""
    reports: dict[int, list[Values]] = defaultdict(list)
    if register.progress and entries:
        found = EntryProgress.objects.filter(entry__in=entries, starts_on__lt=before).order_by("starts_on")
        for one in found:
            reports[one.entry_id].append(from_json(register.progress.fields, one.values))
    return reports


def _rows_of_year(scope: Scope, register_id: str, year: int) -> tuple[Values, ...]:
    """Give the counted entries of another register in a year as everybody may see them, with their newest report."""
    register = kept_of(scope, register_id, year).register
    entries = [
        one
        for one in counted_of(scope, register).filter(fiscal_year_be=year).order_by("number").defer("found_by")
        if is_public(register, register.state_of(one.state) or register.first_state)
    ]
    reports = _reports(register, entries)
    newest = (reports[one.pk][-1] if reports[one.pk] else {} for one in entries)
    return tuple(_told(register, {**named_values(one), **report}) for one, report in zip(entries, newest, strict=True))


def _audience(register: Register) -> str:
    return PUBLIC if register.public else OFFICE


def frozen_table(kept: Kept, preview: Preview) -> Table:
    """Give the table of a period as it is frozen: as the public may see it, where there is a public table."""
    register = reporting(kept.register)
    labels = kept.labels
    if register.public is None:
        return table(register, preview.rows, audience=OFFICE, columns=register.print_.columns, labels=labels)
    rows = [row for row in preview.rows if may_be_public(register, row[0])]
    return table(register, rows, audience=PUBLIC, columns=register.public.columns, labels=labels)


def may_be_public(register: Register, values: Values) -> bool:
    """Whether an entry may be shown to everybody where the register asks so for each."""
    asked = register.outside.publish if register.outside else ""
    return not asked or values.get(asked) is True
