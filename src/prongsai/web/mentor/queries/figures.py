"""The figures of a cycle, read as the office's own pages read them: states and counts, never a text or a name."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.utils import timezone

from prongsai.thai.fiscal import fiscal_year_be
from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.queries import headcount_on
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles.models import Cycle, CycleState, ElementState, ScoreKind, ScoreSnapshot, Verdict, Work
from prongsai.web.cycles.queries import cycles_of
from prongsai.web.cycles.queries.items import ItemRow, item_rows
from prongsai.web.cycles.queries.register_proofs import content_years, proofs_for
from prongsai.web.disclosure.models import Page, PageState, Reach, Watched
from prongsai.web.disclosure.queries import inspection
from prongsai.web.disclosure.queries.watching import counts_of
from prongsai.web.duties.queries import missed
from prongsai.web.mentor.models import FaultSource, Size
from prongsai.web.plans.models import Task, TaskState
from prongsai.web.registers.queries.proofs import proven

_DONE = (Work.READY, Work.SUBMITTED)
_HANDED_IN = (TaskState.SUBMITTED, TaskState.ACCEPTED)
# From how many people on an agency is of a size.
_SIZES = ((500, Size.HUGE), (200, Size.LARGE), (80, Size.MIDDLE), (30, Size.SMALL), (1, Size.TINY))


@dataclass(frozen=True, slots=True)
class Line:
    """How an item stands: what an ``ItemStanding`` keeps."""

    key: str
    work: str
    met: int
    elements: int
    due_on: date | None
    is_done: bool
    is_complete: bool
    example: str


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault and since when it is known: what a ``FaultStanding`` keeps."""

    source: str
    key: str
    code: str
    since: date

    @property
    def name(self) -> tuple[str, str, str]:
        """What it is, whenever it was seen first."""
        return self.source, self.key, self.code


@dataclass(frozen=True, slots=True)
class Figures:
    """What an office may know of a cycle. counts: by the fields of a ``Standing``."""

    cycle: Cycle
    counts: Mapping[str, object]
    lines: tuple[Line, ...]
    faults: tuple[Fault, ...]


def cycles_to_show(scope: Scope) -> tuple[Cycle, ...]:
    """Give the open cycles; where all are closed, the newest."""
    found = list(cycles_of(scope))
    return tuple([cycle for cycle in found if cycle.state == CycleState.OPEN] or found[:1])


def figures_of(scope: Scope, cycle: Cycle) -> Figures:
    """Count how a cycle stands today; some thirty queries however large it is. Raises FrameworkError."""
    rows = item_rows(cycle, scope.today)
    board = inspection.lines_of(cycle)
    lines = tuple(_line(row, board_line) for row, board_line in zip(rows, board, strict=True))
    faults = {fault.name: fault for fault in (*_elements(scope, cycle, board), *_pages(scope, cycle, board))}
    return Figures(cycle, _counts(scope, cycle, rows), lines, tuple(faults.values()))


# --- counts ---------------------------------------------------------------------------------------------------------
def _counts(scope: Scope, cycle: Cycle, rows: tuple[ItemRow, ...]) -> dict[str, object]:
    met, elements = sum(row.passed for row in rows), sum(row.total for row in rows)
    reach = counts_of(scope)
    return {
        "size": size_of(scope.agency, scope.today),
        "items": len(rows),
        "complete": sum(row.is_ready for row in rows),
        "not_started": sum(row.work == Work.NOT_STARTED for row in rows),
        "in_progress": sum(row.work == Work.IN_PROGRESS for row in rows),
        "done": sum(row.work in _DONE for row in rows),
        "elements": elements,
        "met": met,
        "ready_pct": met * 100 // elements if elements else 0,
        "late_items": sum(row.is_overdue for row in rows),
        "late_tasks": _late_tasks(cycle, scope.today),
        "missed_duties": missed(scope, fiscal_year_be(scope.today)).count(),
        "pages": Page.objects.filter(agency=scope.agency, state=PageState.PUBLIC).count(),
        "unreached": reach[Reach.FAULT],
        "warned": reach[Reach.WARNING],
        **_last_result(cycle),
    }


def size_of(agency: Agency, day: date) -> Size:
    """Give the band of how many serve in an agency on a day."""
    people = headcount_on(agency, day).total
    return next((size for least, size in _SIZES if people >= least), Size.UNKNOWN)


def _late_tasks(cycle: Cycle, today: date) -> int:
    return Task.objects.filter(cycle=cycle, due_on__lt=today).exclude(state__in=_HANDED_IN).count()


def _last_result(cycle: Cycle) -> dict[str, object]:
    """Give the newest official result of an earlier year; what an office reckons itself is its own."""
    earlier = ScoreSnapshot.objects.filter(
        kind=ScoreKind.OFFICIAL,
        cycle__agency=cycle.agency_id,
        cycle__framework_kind=cycle.framework_kind,
        cycle__fiscal_year_be__lt=cycle.fiscal_year_be,
    )
    newest = earlier.order_by("-cycle__fiscal_year_be", "-taken_at", "-pk")
    names = ("cycle__fiscal_year_be", "overall_pct", "level")
    year, pct, level = newest.values_list(*names).first() or (None, None, "")
    return {"last_year_be": year, "last_pct": Decimal(pct) if pct is not None else None, "last_level": level}


# --- items ----------------------------------------------------------------------------------------------------------
def _line(row: ItemRow, board: inspection.Line) -> Line:
    shown = row.is_ready and inspection.is_inspectable(board.page) and board.verdict != Verdict.FAIL
    return Line(
        key=row.key,
        work=row.work,
        met=row.passed,
        elements=row.total,
        due_on=row.due_on,
        is_done=row.work in _DONE,
        is_complete=row.is_ready,
        example=board.address if shown else "",
    )


# --- faults ---------------------------------------------------------------------------------------------------------
def _elements(scope: Scope, cycle: Cycle, board: Iterable[inspection.Line]) -> Iterator[Fault]:
    """Give the elements that are short: by who judged, else by the check, unless a register proves otherwise."""
    checked = {line.item.pk: _failed(line) for line in board if line.inspection and not line.is_stale}
    short = Q(verdict=Verdict.FAIL) | Q(verdict="", item__in=[pk for pk, keys in checked.items() if keys])
    found = list(
        ElementState.objects.filter(short, item__cycle=cycle)
        .order_by("item__place", "place")
        .values_list("item_id", "item__key", "key", "verdict", "judged_at")
    )
    unjudged = [one for one in found if not one[3]]
    proofs, years = (proofs_for(cycle, scope.today), content_years(cycle)) if unjudged else ({}, {})
    for item, item_key, key, verdict, judged_at in found:
        if verdict:
            yield Fault(FaultSource.ELEMENT, item_key, key, timezone.localdate(judged_at) if judged_at else scope.today)
            continue
        proven_by = proven(proofs, item_key, key, years.get(item_key, cycle.fiscal_year_be))
        if key in checked[item] and not any(one.is_ready for one in proven_by):
            yield Fault(FaultSource.ELEMENT, item_key, key, checked[item][key])


def _failed(line: inspection.Line) -> dict[str, date]:
    """Give the elements that the last check of an item found short, with its day."""
    assert line.inspection is not None
    day = timezone.localdate(line.inspection.at)
    return {one["key"]: day for one in line.inspection.verdicts if one["verdict"] == Verdict.FAIL}


def _pages(scope: Scope, cycle: Cycle, board: Iterable[inspection.Line]) -> Iterator[Fault]:
    """Give what is wrong with addresses and files that everybody sees, by its code."""
    for line in board:
        if line.inspection and inspection.is_inspectable(line.page) and not line.is_stale:
            day = timezone.localdate(line.inspection.at)
            for problem in line.inspection.problems:
                if problem["severity"] != "info":
                    yield Fault(FaultSource.PAGE, line.item.key, problem["code"], day)
    here = Q(item__cycle=cycle) | Q(page__item__cycle=cycle) | Q(item=None, page__item=None)
    watched = Watched.objects.filter(here, agency=scope.agency, is_open=True, state__in=(Reach.FAULT, Reach.WARNING))
    names = ("codes", "since", "item__key", "page__item__key")
    for codes, since, of_item, of_page in watched.order_by("pk").values_list(*names):
        day = timezone.localdate(since) if since else scope.today
        for code in codes:
            yield Fault(FaultSource.PAGE, of_item or of_page or "", code, day)
