"""Which cycle the rows of an intake go to, as its year proposes."""

from dataclasses import dataclass

from prongsai.reports.records import Kind
from prongsai.thai.dates import fiscal_year_be
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles.models import Cycle, CycleState
from prongsai.web.intake.models import Intake

ITA = "ita"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A cycle that is open, or the year (the assessed one) of a cycle to be opened. exact: of the paper's own year."""

    cycle: Cycle | None
    fiscal_year_be: int
    exact: bool


def proposed_cycle(scope: Scope, intake: Intake) -> Proposal:
    """Propose the open cycle of the paper's year, else the newest open one, else to open that of the paper's year.

    Measures belong to the cycle whose result they answer; gaps and scores to that of the year itself.
    """
    year = intake.fiscal_year_be
    found = list(
        Cycle.objects.filter(agency=scope.agency, framework_kind=ITA, state=CycleState.OPEN).order_by("-fiscal_year_be")
    )
    exact = next((cycle for cycle in found if year is not None and _year_in(cycle, intake) == year), None)
    if exact is not None:
        return Proposal(exact, exact.fiscal_year_be, exact=True)
    if found:
        return Proposal(found[0], found[0].fiscal_year_be, exact=False)
    return Proposal(None, assessed_year(intake) or fiscal_year_be(scope.today), exact=year is not None)


def assessed_year(intake: Intake) -> int | None:
    """Give the assessed year of the cycle that a paper's year means."""
    year = intake.fiscal_year_be
    return year - 1 if year is not None and _tells_of_measures(intake) else year


def _tells_of_measures(intake: Intake) -> bool:
    return intake.kind in (Kind.MEASURES_REPORT, Kind.TRACKING_REPORT)


def _year_in(cycle: Cycle, intake: Intake) -> int:
    return cycle.measures_year_be if _tells_of_measures(intake) else cycle.fiscal_year_be
