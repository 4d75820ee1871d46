"""What the page of today shows."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from prongsai.errors import FrameworkError
from prongsai.web.agencies.roles import Power, Role
from prongsai.web.agencies.scope import Scope
from prongsai.web.complaints.queries.tasks import Task, tasks_of
from prongsai.web.cycles.models import Cycle, CycleState, ScoreSnapshot
from prongsai.web.cycles.queries import Glance, cycles_of, glance
from prongsai.web.home import letters, publication
from prongsai.web.home.jobs import Job, jobs_of
from prongsai.web.home.registers import Work, work_of
from prongsai.web.intake.models import Intake

SHOWN_MAX = 30


@dataclass(frozen=True, slots=True)
class Steps:
    """The first three steps of an office: whether each is done. cycle: where scores go, None before there is one."""

    cycle: Cycle | None
    has_paper: bool
    has_scores: bool

    @property
    def are_done(self) -> bool:
        """Whether nothing is left to teach."""
        return self.cycle is not None and self.has_paper and self.has_scores


@dataclass(frozen=True, slots=True)
class Today:
    """The page of today. steps: None for who does not run the year, and once all are done. more: jobs not shown.

    letters, registers, publication: what waits there, None for nothing. complaints: what the sealed channel asks.
    """

    day: date
    roles: tuple[Promise | str, ...]
    jobs: tuple[Job, ...]
    more: int
    glances: tuple[Glance, ...]
    steps: Steps | None
    letters: letters.Work | None
    registers: Work | None
    publication: publication.Work | None
    complaints: tuple[Task, ...]


def today_of(scope: Scope) -> Today:
    """Give what somebody has to do today and how the open cycles stand."""
    glances = tuple(_glances(scope)) if scope.can(Power.SEE_WORK) else ()
    jobs = sorted(jobs_of(scope, glances), key=lambda job: job.urgency(scope.today))
    roles = tuple(Role(role).label for role in Role if role in scope.roles)
    return Today(
        scope.today,
        roles,
        jobs=tuple(jobs[:SHOWN_MAX]),
        more=max(0, len(jobs) - SHOWN_MAX),
        glances=glances,
        steps=_steps(scope),
        letters=letters.work_of(scope),
        registers=work_of(scope),
        publication=publication.work_of(scope),
        complaints=tasks_of(scope),
    )


def _glances(scope: Scope) -> list[Glance]:
    """Look at the open cycles, the latest year first. One whose framework is not there any more has no glance."""
    found = []
    for cycle in cycles_of(scope).filter(state=CycleState.OPEN)[:2]:
        try:
            found.append(glance(cycle, scope.today))
        except FrameworkError:
            continue
    return found


def _steps(scope: Scope) -> Steps | None:
    if not scope.can(Power.RUN_CYCLE):
        return None
    cycle = cycles_of(scope).first()
    has_paper = Intake.objects.filter(agency=scope.agency).exists()
    steps = Steps(cycle, has_paper, ScoreSnapshot.objects.filter(cycle__agency=scope.agency).exists())
    return None if steps.are_done else steps
