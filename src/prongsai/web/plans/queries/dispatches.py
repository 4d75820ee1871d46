"""Reading assignment memos: the list, what may be dispatched, and one as a live table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Count, Q, QuerySet

from prongsai.web.agencies.models import Committee, Unit
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles.models import Cycle, Finding, FindingState
from prongsai.web.cycles.queries.findings import code_of
from prongsai.web.plans.models import Dispatch, DispatchRow, Task, TaskState
from prongsai.web.plans.queries.tasks import is_overdue
from prongsai.web.plans.queries.units import UnitNames

EVERY = "ทุก"
UNITS_SEPARATOR = ","


def dispatches_of(scope: Scope) -> QuerySet[Dispatch]:
    """Give the assignment memos of the agency."""
    return Dispatch.objects.filter(cycle__agency=scope.agency).select_related(
        "cycle__agency", "committee__replaced_by", "made_by"
    )


def dispatch_list(scope: Scope, cycle: Cycle) -> QuerySet[Dispatch]:
    """Give the memos of a cycle with counts of their tasks: n_rows, n_tasks, n_accepted, n_overdue."""
    late = Q(tasks__due_on__lt=scope.today) & ~Q(tasks__state__in=(TaskState.SUBMITTED, TaskState.ACCEPTED))
    return (
        dispatches_of(scope)
        .filter(cycle=cycle)
        .annotate(
            n_rows=Count("rows", distinct=True),
            n_tasks=Count("tasks", distinct=True),
            n_accepted=Count("tasks", filter=Q(tasks__state=TaskState.ACCEPTED), distinct=True),
            n_overdue=Count("tasks", filter=late, distinct=True),
        )
        .order_by("-made_at", "-pk")
    )


def committees_in_force(scope: Scope, day: date) -> QuerySet[Committee]:
    """Give the committees whose order is in force on a day."""
    return Committee.objects.filter(agency=scope.agency, order_date__lte=day).on(day)


# ---------------------------------------------------------------- what may be dispatched


@dataclass(frozen=True, slots=True)
class Proposal:
    """A finding that may be dispatched, and what its paper says of who answers. chosen: ticked at first."""

    finding: Finding
    code: str
    lead: str
    supporting: str
    all_units: bool
    chosen: bool
    pilot: str = ""


def proposals(scope: Scope, cycle: Cycle) -> tuple[Proposal, ...]:
    """Give the open findings of a cycle; those without any score point are ticked, or all when there is none."""
    found = list(
        Finding.objects.filter(cycle=cycle)
        .exclude(state=FindingState.CLOSED)
        .select_related("item", "unit")
        .order_by("item__place", "indicator", "pk")
    )
    zeros = {finding.pk for finding in found if finding.score == 0} or {finding.pk for finding in found}
    names = UnitNames(scope.agency)
    return tuple(_proposal(names, finding, finding.pk in zeros) for finding in found)


def proposals_of(scope: Scope, dispatch: Dispatch) -> tuple[Proposal, ...]:
    """Give the findings that a draft holds or may still take, as it has them."""
    rows = {row.finding_id: row for row in dispatch.rows.select_related("lead", "pilot").prefetch_related("supporting")}
    found = proposals(scope, dispatch.cycle)
    return tuple(_held(one, rows.get(one.finding.pk)) for one in found)


def _held(proposal: Proposal, row: DispatchRow | None) -> Proposal:
    if row is None:
        return replace(proposal, chosen=False)
    return replace(
        proposal,
        chosen=True,
        lead=str(row.lead or ""),
        pilot=str(row.pilot or ""),
        all_units=row.all_units,
        supporting=", ".join(unit.name for unit in row.supporting.all()),
    )


def _proposal(names: UnitNames, finding: Finding, chosen: bool) -> Proposal:
    printed = [text.strip() for text in finding.units_text.split(UNITS_SEPARATOR) if text.strip()]
    everybody = any(text.startswith(EVERY) for text in printed)
    units = [unit for text in printed if (unit := names.find(text))]
    lead = finding.unit or (units[0] if units else None)
    supporting = ", ".join(dict.fromkeys(unit.name for unit in units if unit != lead))
    return Proposal(finding, code_of(finding), str(lead or ""), supporting, everybody, chosen)


def units_of_row(row: DispatchRow, day: date) -> list[Unit]:
    """Give the units that a row is for: the lead first; with all units everyone of the highest level on a day."""
    if row.all_units:
        found = list(Unit.objects.filter(agency=row.dispatch.cycle.agency_id, parent=None).on(day))
        return sorted(found, key=lambda unit: unit != row.lead)
    return [unit for unit in (row.lead, *row.supporting.all()) if unit]


# ---------------------------------------------------------------- the live table


@dataclass(frozen=True, slots=True)
class Cell:
    """A unit's task on the table. is_new: it changed since the last look."""

    task: Task
    overdue: bool
    is_new: bool
    n_evidence: int


@dataclass(frozen=True, slots=True)
class Line:
    """A finding on the table. units: of a draft, who would get it."""

    code: str
    finding: Finding
    score: Decimal | None
    all_units: bool
    pilot: Unit | None
    units: tuple[Unit, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class DispatchTable:
    """The memo as it stands today."""

    dispatch: Dispatch
    lines: tuple[Line, ...]
    tasks: int
    accepted: int
    submitted: int
    overdue: int
    changed: int


def dispatch_table(dispatch: Dispatch, today: date, seen_at: datetime | None = None) -> DispatchTable:
    """Give the table; six queries however long it is. seen_at: what changed after it is marked; None: since issue."""
    tasks = list(
        dispatch.tasks.select_related("unit", "finding__item").annotate(n_evidence=Count("evidence")).order_by("pk")
    )
    rows = list(
        dispatch.rows.select_related("finding__item", "lead", "pilot", "dispatch__cycle").prefetch_related("supporting")
    )
    by_finding: dict[int | None, list[Cell]] = {}
    for task in tasks:
        by_finding.setdefault(task.finding_id, []).append(_cell(task, today, seen_at))
    everybody = _everybody(dispatch, rows)
    lines = [_line(row, by_finding.pop(row.finding_id, []), everybody) for row in rows]
    lines += [_line_of_tasks(cells) for cells in by_finding.values() if cells[0].task.finding]
    cells = [cell for line in lines for cell in line.cells]
    return DispatchTable(
        dispatch,
        tuple(lines),
        len(cells),
        sum(cell.task.state == TaskState.ACCEPTED for cell in cells),
        sum(cell.task.state == TaskState.SUBMITTED for cell in cells),
        sum(cell.overdue for cell in cells),
        sum(cell.is_new for cell in cells),
    )


def _everybody(dispatch: Dispatch, rows: Iterable[DispatchRow]) -> tuple[Unit, ...]:
    if dispatch.issued_on or not any(row.all_units for row in rows):
        return ()
    return tuple(Unit.objects.filter(agency=dispatch.cycle.agency_id, parent=None).on(dispatch.due_on))


def _cell(task: Task, today: date, seen_at: datetime | None) -> Cell:
    is_new = task.version > 1 and (seen_at is None or task.changed_at > seen_at)
    return Cell(task, is_overdue(task, today), is_new, vars(task)["n_evidence"])


def _line(row: DispatchRow, cells: Sequence[Cell], everybody: tuple[Unit, ...]) -> Line:
    units = everybody if row.all_units else tuple(unit for unit in (row.lead, *row.supporting.all()) if unit)
    finding = row.finding
    return Line(code_of(finding), finding, finding.score, row.all_units, row.pilot, units, tuple(cells))


def _line_of_tasks(cells: Sequence[Cell]) -> Line:
    """Give a line for tasks without a row, of memos that were read in."""
    finding = cells[0].task.finding
    assert finding is not None
    pilot = next((cell.task.unit for cell in cells if cell.task.is_pilot), None)
    return Line(code_of(finding), finding, finding.score, False, pilot, (), tuple(cells))
