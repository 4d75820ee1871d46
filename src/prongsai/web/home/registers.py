"""What waits in the registers for who is signed in: clocks that run out, decisions, periods that nobody has settled."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from prongsai.registers.model import Move, Register
from prongsai.thai.fiscal import fiscal_year_be
from prongsai.web.agencies.roles import Power, Role
from prongsai.web.agencies.scope import Scope
from prongsai.web.duties.models import Occurrence
from prongsai.web.registers.models import Entry, EntryLink, PeriodClose
from prongsai.web.registers.queries.entries import ALL_YEARS
from prongsai.web.registers.queries.library import Kept, all_kept
from prongsai.web.registers.queries.parts import open_to
from prongsai.web.registers.queries.periods import duty_key
from prongsai.web.registers.queries.rights import hidden_states, is_own, may_keep, may_see, theirs_only
from prongsai.web.registers.queries.showing import open_states
from prongsai.web.registers.rules import Hooks, hooks_of
from prongsai.web.ui.templatetags.ui import thai_digits

AHEAD_DAYS = 14
ROWS_MAX = 8
LOOKED_AT = 20  # requests that are held against a rule of their register's own


@dataclass(frozen=True, slots=True)
class Line:
    """So many of something. text: what waits; address: of the list that shows them; tone: of the badge."""

    text: str
    n: int
    address: str
    tone: str


@dataclass(frozen=True, slots=True)
class Row:
    """A register in which something waits."""

    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Work:
    """What waits in the registers, what is late first. more: how many registers are not shown."""

    rows: tuple[Row, ...]
    more: int


def work_of(scope: Scope) -> Work | None:
    """Give what waits in the registers for somebody; None for nothing. Six queries however many entries there are.

    A register that narrows who decides by a rule of its own asks more, for at most LOOKED_AT requests.
    """
    if not scope.can(Power.SEE_WORK):
        return None
    seen = {kept.id: kept for kept in all_kept(scope) if kept.is_open and may_see(scope, kept.register)}
    found: dict[str, list[Line]] = defaultdict(list)
    for id, line in (*_clocks(scope, seen), *_decisions(scope, seen), *_periods(scope, seen)):
        found[id].append(line)
    rows = tuple(Row(seen[id].name, tuple(lines)) for id, lines in found.items())
    return Work(rows[:ROWS_MAX], max(0, len(rows) - ROWS_MAX)) if rows else None


# --- clocks ---------------------------------------------------------------------------------------------------------
def _clocks(scope: Scope, seen: Mapping[str, Kept]) -> Iterator[tuple[str, Line]]:
    """Count entries past their day, and those whose day is near: of who keeps the register all, else the own units'."""
    over: Counter[str] = Counter()
    near: Counter[str] = Counter()
    units: dict[str, set[int]] = defaultdict(set)
    for register, state, unit, n_over, n in _running(scope, seen):
        kept = seen.get(register)
        if kept is None or state not in open_states(kept.register) or state in hidden_states(scope, kept.register):
            continue
        if not may_keep(scope, kept.register):
            if unit not in scope.unit_ids:
                continue
            units[register].add(unit)
        over[register] += n_over
        near[register] += n - n_over
    for register, n in over.most_common():
        if n:
            address = _list(scope, register, units[register], late="1")
            yield register, Line(_("เกินกำหนด"), n, address, "red")
    for register, n in near.most_common():
        if n:
            text = _("ครบกำหนดใน {days} วัน").format(days=thai_digits(AHEAD_DAYS))
            yield register, Line(text, n, _list(scope, register, units[register], sort="due"), "amber")


def _running(scope: Scope, seen: Mapping[str, Kept]) -> Iterator[tuple[str, str, int | None, int, int]]:
    """Give (register, state, unit, how many are over, how many in all) of what is near its day and not done."""
    found = Entry.objects.filter(
        agency=scope.agency, done_on=None, due_on__lte=scope.today + timedelta(days=AHEAD_DAYS)
    ).order_by()
    found = theirs_only(scope, open_to(scope, found, *seen), *(kept.register for kept in seen.values()))
    counts = found.values_list("register", "state", "unit").annotate(
        n_over=Count("pk", filter=Q(due_on__lt=scope.today)), n=Count("pk")
    )
    yield from counts


# --- decisions ------------------------------------------------------------------------------------------------------
def _decisions(scope: Scope, seen: Mapping[str, Kept]) -> Iterator[tuple[str, Line]]:
    """Count requests in their first state that somebody may decide, never the own ones where that is not allowed."""
    asked = {id: move for id, kept in seen.items() if (move := _deciding(scope, kept.register))}
    wanted = Q(pk__in=())
    for id in asked:
        wanted |= Q(register=id, state=seen[id].register.first_state.key)
    there = open_to(scope, Entry.objects.filter(wanted, agency=scope.agency), *asked)
    found = list(theirs_only(scope, there, *(seen[id].register for id in asked)).defer("found_by"))
    owned = _owning(scope, found)
    waiting: dict[str, list[Entry]] = defaultdict(list)
    for entry in found:
        if _is_mine(scope, seen[entry.register].register, asked[entry.register], entry, owned):
            waiting[entry.register].append(entry)
    for id, entries in waiting.items():
        n = _allowed(scope, seen[id].register, asked[id], entries)
        if n:
            address = _list(scope, id, (), state=seen[id].register.first_state.key)
            yield id, Line(_("รอท่านพิจารณา"), n, address, "amber")


def _deciding(scope: Scope, register: Register) -> Move | None:
    """Give the move by which a decider takes a request on; None where somebody else does that, or who asks may not."""
    first = register.first_state.key
    if not scope.roles & set(register.deciders):
        return None
    onward = [
        move
        for move in register.moves
        if first in move.sources and (state := register.state_of(move.to)) and state.is_counted
    ]
    return onward[0] if onward and all(move.by == "decider" for move in onward) else None


def _owning(scope: Scope, entries: Sequence[Entry]) -> frozenset[int]:
    """Give the entries that ask for something of one's own units."""
    if not (entries and scope.unit_ids):
        return frozenset()
    links = EntryLink.objects.filter(entry__in=[one.pk for one in entries], target__unit__in=scope.unit_ids)
    return frozenset(links.values_list("entry_id", flat=True))


def _is_mine(scope: Scope, register: Register, move: Move, entry: Entry, owned: frozenset[int]) -> bool:
    if move.not_own and is_own(scope, entry):
        return False
    if scope.roles & (set(register.deciders) - {Role.HEAD}):
        return True
    return entry.unit_id in scope.unit_ids or entry.pk in owned


def _allowed(scope: Scope, register: Register, move: Move, entries: Sequence[Entry]) -> int:
    why_not = hooks_of(register.id).why_not_move
    if why_not is Hooks().why_not_move:
        return len(entries)
    return sum(not why_not(scope, register, entry, move) for entry in entries[:LOOKED_AT])


# --- periods --------------------------------------------------------------------------------------------------------
def _periods(scope: Scope, seen: Mapping[str, Kept]) -> Iterator[tuple[str, Line]]:
    """Count periods of this year and the last that have ended and are neither closed nor stated as none."""
    this = fiscal_year_be(scope.today)
    own = {id: kept for id, kept in seen.items() if kept.register.due and may_keep(scope, kept.register)}
    of_key: dict[str, list[str]] = defaultdict(list)
    for id, kept in own.items():
        of_key[duty_key(kept.register)].append(id)
    settled = set(
        PeriodClose.objects.filter(agency=scope.agency, fiscal_year_be__in=(this - 1, this), reopened_at=None)
        .order_by()
        .values_list("register", "occurrence_id")
    )
    ended = Occurrence.objects.filter(
        duty__agency=scope.agency,
        duty__fiscal_year_be__in=(this - 1, this),
        duty__key__in=list(of_key),
        duty__is_open=True,
        ends_on__lt=scope.today,
    )
    owed: Counter[tuple[int, str]] = Counter()
    missed: Counter[tuple[int, str]] = Counter()
    for pk, key, year, due_on in ended.values_list("pk", "duty__key", "duty__fiscal_year_be", "due_on"):
        for id in of_key[key]:
            if (id, pk) not in settled:
                owed[year, id] += 1
                missed[year, id] += due_on < scope.today
    for (year, id), n in sorted(owed.items(), key=lambda one: (-one[0][0], -one[1], one[0][1])):
        text = _("งวดที่ยังไม่ปิด ปี {year}").format(year=thai_digits(year))
        address = f"{reverse('registers:board', args=[scope.agency.code, id])}?{urlencode({'year': year})}"
        yield id, Line(text, n, address, "red" if missed[year, id] else "amber")


def _list(scope: Scope, register: str, units: Sequence[int] | set[int], **asked: str) -> str:
    """Give the address of a register's list, narrowed. units: the own ones, where only theirs are counted."""
    narrowed = {"year": ALL_YEARS, **asked}
    if len(units) == 1:
        narrowed["unit"] = str(next(iter(units)))
    return f"{reverse('registers:register', args=[scope.agency.code, register])}?{urlencode(narrowed)}"
