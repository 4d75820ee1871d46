"""Intakes in a list, and one of them with a page of its rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet

from prongsai.reports.labels import KIND_TH
from prongsai.reports.records import Kind
from prongsai.thai.agencies import same_agency
from prongsai.web.agencies.scope import Scope
from prongsai.web.intake.models import Intake, IntakeRow, RowKind, RowState
from prongsai.web.intake.queries.labels import place_th
from prongsai.web.intake.queries.rows import Line, line_of

PAGE_SIZE = 50
SHOWS = ("waiting", "problems", "accepted", "rejected", "all")
_WAITING = Q(rows__state=RowState.WAITING)


def intakes_of(scope: Scope) -> QuerySet[Intake]:
    """Give the intakes of the agency with the counts of their rows; what was read stays unfetched."""
    return (
        Intake.objects.filter(agency=scope.agency)
        .select_related("file", "cycle", "taken_by", "agency")
        .defer("report", "problems")
        .annotate(
            n_rows=Count("rows"),
            n_waiting=Count("rows", filter=_WAITING),
            n_accepted=Count("rows", filter=Q(rows__state=RowState.ACCEPTED)),
        )
        .order_by("-taken_at", "-pk")
    )


def rows_of(scope: Scope) -> QuerySet[IntakeRow]:
    """Give the rows of the agency's intakes."""
    found = IntakeRow.objects.filter(intake__agency=scope.agency)
    return found.select_related("intake__file", "intake__cycle", "intake__agency", "decided_by")


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows of an intake by what they need. clean: of those that wait; problems: waiting ones with something wrong."""

    all: int
    waiting: int
    clean: int
    problems: int
    accepted: int
    rejected: int


def counts_of(intake: Intake) -> Counts:
    """Count the rows of an intake; one query."""
    waiting = Q(state=RowState.WAITING)
    found = intake.rows.aggregate(
        all=Count("pk"),
        waiting=Count("pk", filter=waiting),
        clean=Count("pk", filter=waiting & Q(is_clean=True)),
        problems=Count("pk", filter=waiting & Q(is_clean=False)),
        accepted=Count("pk", filter=Q(state=RowState.ACCEPTED)),
        rejected=Count("pk", filter=Q(state=RowState.REJECTED)),
    )
    return Counts(**found)


@dataclass(frozen=True, slots=True)
class PaperProblem:
    """A problem of the paper as a whole, with its place in words."""

    problem: Mapping[str, Any]
    place: str


@dataclass(frozen=True, slots=True)
class IntakePage:
    """An intake with a page of its rows in groups by kind. agency_named: whose paper it says it is.

    is_others: whether that is another agency. show: one of ``SHOWS``.
    """

    intake: Intake
    kind: str
    agency_named: str
    is_others: bool
    reasons: tuple[str, ...]
    guess: str
    problems: tuple[PaperProblem, ...]
    counts: Counts
    show: str
    page: Page[IntakeRow]
    groups: tuple[tuple[str, tuple[Line, ...]], ...]

    @property
    def is_unread(self) -> bool:
        """Whether a person must take it from here: nothing was found, or it is too damaged to trust."""
        return self.intake.needs_person or not self.counts.all


def intake_page(scope: Scope, intake: Intake, *, show: str = "", number: int | str | None = 1) -> IntakePage:
    """Give the page of an intake; four queries however many rows there are."""
    counts = counts_of(intake)
    show = show if show in SHOWS else "waiting" if counts.waiting else "all"
    report = intake.report
    named = (report.get("agency") or {}).get("name") or ""
    pages = Paginator(_shown(intake, show), PAGE_SIZE)
    page = pages.get_page(number)
    groups: dict[str, list[Line]] = {}
    for row in page.object_list:
        row.intake = intake
        groups.setdefault(str(RowKind(row.kind).label), []).append(line_of(row, scope.agency.code))
    return IntakePage(
        intake=intake,
        kind=KIND_TH[Kind(intake.kind)],
        agency_named=named,
        is_others=bool(named) and not same_agency(named, scope.agency.name),
        reasons=tuple(report.get("reasons") or ()),
        guess=report.get("guess_th") or "",
        problems=tuple(PaperProblem(one, place_th(one["where"])) for one in intake.problems),
        counts=counts,
        show=show,
        page=page,
        groups=tuple((str(label), tuple(lines)) for label, lines in groups.items()),
    )


def _shown(intake: Intake, show: str) -> QuerySet[IntakeRow]:
    rows = intake.rows.select_related("decided_by")
    if show == "problems":
        return rows.filter(state=RowState.WAITING, is_clean=False)
    return rows if show == "all" else rows.filter(state=show)
