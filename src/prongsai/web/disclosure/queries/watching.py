"""Addresses that are looked at from outside: the list, the history of one, what is due, when the assessors look."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles.models import Cycle, CycleDate, CycleState
from prongsai.web.disclosure.models import Check, Reach, Watched
from prongsai.web.disclosure.queries.proof import midnight
from prongsai.web.evidence.models import File

DISCLOSURE = "disclosure"  # the step of a year's calendar in which the addresses are handed in
STRIP_DAYS = 28
# Assessors look while addresses are handed in and in the weeks after; an end without a start is reached in a month.
_BEFORE, _AFTER = timedelta(days=30), timedelta(days=60)
# Nothing waits longer than a week; what is said to was written by a clock that ran ahead.
_WAIT_MAX = timedelta(days=7)
_WORST = {Reach.FAULT: 3, Reach.WARNING: 2, Reach.FINE: 1, Reach.UNKNOWN: 0}


# --- when the assessors look ----------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Window:
    """The days in which assessors may look, both included."""

    start: date
    end: date

    def holds(self, day: date) -> bool:
        """Whether a day lies in it."""
        return self.start <= day <= self.end


def window_of(cycle: Cycle) -> Window | None:
    """Give when the assessors of a cycle look; None while nobody has entered the days."""
    row = cycle.dates.filter(key=DISCLOSURE).first()
    return _window(row) if row else None


def windows_now(agency: Agency) -> tuple[Window, ...]:
    """Give the windows of the agency's open cycles."""
    rows = CycleDate.objects.filter(cycle__agency=agency, cycle__state=CycleState.OPEN, key=DISCLOSURE)
    return tuple(window for row in rows if (window := _window(row)))


def is_season(agency: Agency, day: date) -> bool:
    """Whether assessors may look on a day."""
    return any(window.holds(day) for window in windows_now(agency))


def _window(row: CycleDate) -> Window | None:
    first, last = row.starts_on, row.ends_on
    if first is None and last is None:
        return None
    start = first or (last or date.max) - _BEFORE
    return Window(start, (last or start + _BEFORE) + _AFTER)


# --- the list -------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Fault:
    """A problem as the last look told it, in Thai; severity: error, warning, info."""

    code: str
    severity: str
    text: str
    mend: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """An address in the list. fault: the worst of what the last look found."""

    watched: Watched
    fault: Fault | None


def watched_of(scope: Scope) -> QuerySet[Watched]:
    """Give the addresses of the agency."""
    return Watched.objects.filter(agency=scope.agency).select_related("agency", "item__cycle", "page")


def listed(scope: Scope, wanted: Mapping[str, Any]) -> QuerySet[Watched]:
    """Give the list, what is broken first. wanted: {"state", "why", "item", "q", "closed"} of the filters."""
    problems = Check.objects.filter(watched=OuterRef("pk")).values("problems")[:1]
    found = watched_of(scope).annotate(last_problems=Subquery(problems)).filter(is_open=not wanted.get("closed"))
    for name in ("state", "why"):
        if value := wanted.get(name):
            found = found.filter(**{name: value})
    if item := wanted.get("item"):
        found = found.filter(item=item)
    if words := wanted.get("q"):
        found = found.filter(
            Q(address__icontains=words) | Q(item__title__icontains=words) | Q(item__code__iexact=words)
        )
    return found.annotate(_fine=Q(state=Reach.FINE), _warning=Q(state=Reach.WARNING)).order_by(
        "_fine", "_warning", F("since").desc(nulls_last=True), "pk"
    )


def rows_of(found: Iterable[Watched]) -> list[Row]:
    """Give addresses of ``listed`` with what was wrong with them."""
    return [Row(each, next(iter(faults_of(vars(each)["last_problems"] or [])), None)) for each in found]


def faults_of(problems: Iterable[Mapping[str, Any]]) -> list[Fault]:
    """Give the kept problems of a look, what must be mended first."""
    order = ("error", "warning", "info")
    found = [_fault(each) for each in problems]
    return sorted(found, key=lambda one: order.index(one.severity) if one.severity in order else len(order))


def _fault(problem: Mapping[str, Any]) -> Fault:
    told = (problem.get("message_th") or problem.get("message") or "", problem.get("mend_th") or "")
    return Fault(problem["code"], problem["severity"], *told, tuple(problem.get("evidence") or ()))


def counts_of(scope: Scope) -> dict[str, int]:
    """Count the addresses that are looked at, by state; every state is there."""
    found = Watched.objects.filter(agency=scope.agency, is_open=True).order_by().values("state")
    counts = {row["state"]: row["count"] for row in found.annotate(count=Count("pk"))}
    return {state: counts.get(state, 0) for state in Reach.values}


# --- one address ----------------------------------------------------------------------------------------------------
def checks_of(scope: Scope) -> QuerySet[Check]:
    """Give every look at the agency's addresses, the newest first."""
    found = Check.objects.filter(watched__agency=scope.agency)
    return found.select_related("watched__agency", "body__agency", "picture__agency")


def seen_file(check: Check) -> File | None:
    """Give the kept bytes of a look: its own, or those of an earlier one that saw the same."""
    if check.body or not check.sha256:
        return check.body
    return File.objects.filter(agency=check.watched.agency_id, sha256=check.sha256).select_related("agency").first()


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the strip: the worst that was seen, and how often somebody looked."""

    day: date
    state: str
    label: str
    count: int


def strip_of(watched: Watched, today: date, days: int = STRIP_DAYS) -> tuple[Day, ...]:
    """Give the last days of an address, the oldest first; one query."""
    first = today - timedelta(days=days - 1)
    seen: dict[date, list[Reach]] = {}
    looks = Check.objects.filter(watched=watched, at__gte=midnight(first)).order_by("at").values_list("at", "state")
    for at, state in looks:
        seen.setdefault(timezone.localtime(at).date(), []).append(Reach(state))
    return tuple(_day(first + timedelta(days=place), seen) for place in range(days))


def _day(day: date, seen: Mapping[date, list[Reach]]) -> Day:
    states = seen.get(day, [])
    worst = max(states, key=_WORST.__getitem__, default=Reach.UNKNOWN)
    return Day(day, worst.value, str(worst.label), len(states))


# --- what is due ----------------------------------------------------------------------------------------------------
def due(now: datetime) -> QuerySet[Watched]:
    """Give what is to be looked at, what waits longest first."""
    waiting = Q(next_at__isnull=True) | Q(next_at__lte=now) | Q(next_at__gt=now + _WAIT_MAX)
    return Watched.objects.filter(waiting, is_open=True).order_by(F("next_at").asc(nulls_first=True), "pk")
