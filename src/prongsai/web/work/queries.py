"""Reading: how the work in the background stands, for lists, health and figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from prongsai.web.work import plan
from prongsai.web.work.models import Job

LATE = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class JobState:
    """How a job stands. due_at: None for one at rest; failed: kind and place of the last run's fault."""

    key: str
    name: str
    what: str
    due_at: datetime | None
    started_at: datetime | None
    done_at: datetime | None
    is_running: bool
    tries: int
    failed: str


@dataclass(frozen=True, slots=True)
class WorkState:
    """How all stands. waiting: due and not begun; late: for longer than a quarter of an hour, as without a worker.

    failing: whose last run did not go well; last_run_at: when a worker last began anything.
    """

    waiting: int
    late: int
    running: int
    failing: int
    last_run_at: datetime | None
    jobs: tuple[JobState, ...]


def state(*, now: datetime | None = None) -> WorkState:
    """Tell how the work stands. One query."""
    now = now or timezone.now()
    jobs = tuple(_told(job, now) for job in Job.objects.all())
    waiting = [job.due_at for job in jobs if job.due_at and job.due_at <= now and not job.is_running]
    return WorkState(
        waiting=len(waiting),
        late=sum(due_at < now - LATE for due_at in waiting),
        running=sum(job.is_running for job in jobs),
        failing=sum(bool(job.failed) for job in jobs),
        last_run_at=max((job.started_at for job in jobs if job.started_at), default=None),
        jobs=jobs,
    )


def _told(job: Job, now: datetime) -> JobState:
    planned = plan.known().get(job.name)
    return JobState(
        key=job.key,
        name=job.name,
        what=planned.what if planned else "",
        due_at=job.due_at,
        started_at=job.started_at,
        done_at=job.done_at,
        is_running=bool(job.leased_until and job.leased_until >= now),
        tries=job.tries,
        failed=job.failed,
    )
