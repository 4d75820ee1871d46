"""Figures of a register: its entries counted by the database, one query for every statistic of a page."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count, QuerySet, Sum

from prongsai.registers.model import SLOTS, Openness, Register, Statistic, View
from prongsai.registers.statistics import Cell, Figure, tabulate
from prongsai.thai.fiscal import fiscal_year, month_span, months_in
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.registers.queries.library import Kept, editions_of, grouped_as_read
from prongsai.web.registers.queries.parts import belonging, open_only, open_to
from prongsai.web.registers.queries.rights import hidden_states, may_keep, theirs_only

_CENT = Decimal("0.01")


def cells_of(
    scope: Scope,
    kept: Kept,
    year: int,
    *,
    start: date | None = None,
    end: date | None = None,
    view: View | None = None,
    is_open: bool = False,
) -> tuple[Cell, ...]:
    """Count the counted entries of a fiscal year (BE), or from start to end, by everything that figures group by.

    year 0, and a standing register without days: all entries. view: of this part alone. is_open: only what everybody
    may see who sees the register. One query, of cells and not of entries.
    """
    register = kept.register
    keys = [f"key_{slot + 1}" for slot in range(len(register.keys))]
    sums = {f"total_{slot + 1}": Sum(f"sum_{slot + 1}") for slot in range(len(register.sums))}
    # The year, though the month says it: so they stand in the order of the index.
    groups = ("fiscal_year_be", "state", "month", "since_be", *keys)
    rows = _part(_within(scope, register, year, start, end), register, view, is_open=is_open)
    rows = rows.order_by().values_list(*groups)
    found = rows.annotate(n=Count("*"), **sums)
    slots = {one.since_be: _slots(one, register) for one in editions_of(register.id)}
    same = (tuple(range(len(keys))), tuple(range(len(sums))))
    return tuple(_cell(row[1:], len(keys), slots.get(row[3], same)) for row in found.values_list(*groups, "n", *sums))


def _part(found: QuerySet[Entry], register: Register, view: View | None, *, is_open: bool) -> QuerySet[Entry]:
    found = open_only(found, register.id) if is_open else found
    return found.filter(belonging(view)) if view else found


def figures_of(
    scope: Scope,
    kept: Kept,
    year: int,
    *,
    start: date | None = None,
    end: date | None = None,
    view: View | None = None,
    is_open: bool = False,
) -> tuple[Figure, ...]:
    """Work out the statistics of a register for a fiscal year (BE), or from start to end; one query.

    view, is_open: as ``cells_of`` takes them. Those by or of a secret field are for who keeps the register.
    """
    shown = [one for one in kept.register.statistics if may_keep(scope, kept.register) or not _is_secret(kept, one)]
    if not shown:
        return ()
    cells = cells_of(scope, kept, year, start=start, end=end, view=view, is_open=is_open)
    months = _months(scope, kept.register, year, start, end)
    named = grouped_as_read(kept.register)
    return tuple(tabulate(named, one, cells, months=months) for one in shown)


def _is_secret(kept: Kept, statistic: Statistic) -> bool:
    asked = (*statistic.by, statistic.field, statistic.where.field if statistic.where else "")
    fields = [kept.register.field_of(key) for key in asked]
    return any(field is not None and field.openness is Openness.SECRET for field in fields)


def _within(scope: Scope, register: Register, year: int, start: date | None, end: date | None) -> QuerySet[Entry]:
    found = Entry.objects.filter(agency=scope.agency, register=register.id, state__in=_states(scope, register))
    found = theirs_only(scope, open_to(scope, found, register.id), register)
    if register.standing:
        found = found.filter(fiscal_year_be=0)
    elif year:
        found = found.filter(fiscal_year_be=year)
    if start is None and end is None:
        return found
    first, last = start or date.min, end or date.max
    if first.day == 1 and (last + timedelta(days=1)).day == 1:  # whole months need not look at days
        return found.filter(month__range=(_number(first), _number(last)))
    return found.filter(dated_on__range=(first, last))


def _states(scope: Scope, register: Register) -> list[str]:
    hidden = hidden_states(scope, register)
    return [state for state in register.counted_states if state not in hidden]


def _number(day: date) -> int:
    return day.year * 100 + day.month


Slots = tuple[tuple[int, ...], tuple[int, ...]]


def _slots(old: Register, new: Register) -> Slots:
    """Give where an older edition keeps the keys and sums of a newer one; SLOTS for what it has not."""
    keys = tuple(old.keys.index(key) if key in old.keys else SLOTS for key in new.keys)
    return keys, tuple(old.sums.index(key) if key in old.sums else SLOTS for key in new.sums)


def _cell(row: tuple, width: int, slots: Slots) -> Cell:
    state, month, _since, *rest = row
    keys, count, sums = rest[:width], rest[width], rest[width + 1 :]
    return Cell(
        tuple(keys[at] if at < width else "" for at in slots[0]),
        count,
        tuple(_amount(sums[at]) if at < len(sums) else None for at in slots[1]),
        f"{month // 100}-{month % 100:02}" if month else "",
        state,
    )


def _amount(value: Decimal | None) -> Decimal | None:
    # SQLite adds floating numbers up.
    return None if value is None else value.quantize(_CENT, ROUND_HALF_UP)


def _months(scope: Scope, register: Register, year: int, start: date | None, end: date | None) -> Sequence[date]:
    """Give the months that a figure is of: those of its days, or of its year as far as it has come."""
    if start is not None and end is not None:
        return months_in(start, end)
    if register.standing or not year:
        return ()
    span = fiscal_year(year)
    this = month_span(scope.today.year, scope.today.month).end
    return months_in(span.start, min(span.end, max(this, span.start)))
