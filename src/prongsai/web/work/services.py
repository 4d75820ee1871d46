"""Asking for work, taking it, ending it. A job belongs to who holds its lease; nobody else's word about it counts."""

from __future__ import annotations

import hashlib
import json
import logging
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

from prongsai.errors import ProngsaiError
from prongsai.web.faults import place_of
from prongsai.web.work import plan
from prongsai.web.work.models import LEASE, Job, JobQuerySet
from prongsai.web.work.plan import Planned

FAILED_MAX = 500
_KEPT = timedelta(days=30)  # what somebody asked for, once it is done or given up
_MOST_TRIES = 8  # of what somebody asked for
_FIRST_WAIT, _LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=6)
_KILLED = "ended with its worker"
_LOG = logging.getLogger(__name__)


class BusyElsewhere(ProngsaiError):
    """A job that another worker has in hand."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} is being done by another worker",
            message_th=f"งาน {name} กำลังทำอยู่ในอีกโพรเซสหนึ่ง",
            mend_th="รอให้เสร็จ ดูได้ด้วย prongsai work --list",
        )


class NoSuchJob(ProngsaiError):
    """A name that no job has."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"no job is called {name}",
            message_th=f"ไม่มีงานชื่อ {name}",
            mend_th="ดูชื่องานทั้งหมดด้วย prongsai work --list",
        )


@transaction.atomic
def tend(*, now: datetime | None = None) -> None:
    """Have a row for everything that is done by the clock, at rest where this installation does not want it.

    What is new comes at its next time, not at once: the first start of an office sends no mail at midnight.
    """
    now = now or timezone.now()
    there = {job.key: job for job in Job.objects.filter(key__in=plan.known())}
    for planned in plan.known().values():
        if planned.when is not None:
            _tend(planned, there.get(planned.name), now)
    Job.objects.exclude(name__in=_by_the_clock()).filter(due_at=None, started_at__lt=now - _KEPT).delete()


def _tend(planned: Planned, job: Job | None, now: datetime) -> None:
    assert planned.when is not None
    try:
        is_wanted = planned.is_wanted()
    except OSError as fault:  # a lost mount: all stays as it is until that can be told
        _LOG.warning("%s: %s", planned.name, place_of(fault))
        return
    due_at = planned.when.after(now) if is_wanted else None
    if job is None:
        # Of two workers that begin together, one makes the row.
        values = {"name": planned.name, "is_long": planned.is_long, "due_at": due_at}
        Job.objects.get_or_create(key=planned.name, defaults=values)
    elif is_wanted != (job.due_at is not None) or job.is_long != planned.is_long:
        kept = job.due_at if is_wanted and job.due_at else due_at
        Job.objects.filter(pk=job.pk).update(due_at=kept, is_long=planned.is_long)


def _is_wanted(name: str, *, if_unknown: bool) -> bool:
    """Whether a job is done here; ``tend`` tells the log why that is unknown."""
    try:
        return plan.known()[name].is_wanted()
    except OSError:
        return if_unknown


def _by_the_clock() -> list[str]:
    return [planned.name for planned in plan.known().values() if planned.when is not None]


@transaction.atomic
def ask(*, name: str, arguments: dict[str, object] | None = None, due_at: datetime | None = None) -> Job:
    """Ask for a job, at once or from a time on. Asked for twice before it is begun, it is done once.

    Of two times the earlier counts. What was given up is tried anew.
    arguments: numbers and words for JSON, without anything about a person. Raises NoSuchJob.
    """
    planned, given = plan.known().get(name), arguments or {}
    if planned is None:
        raise NoSuchJob(name)
    due = due_at or timezone.now()
    made = Job(key=_key(name, given), name=name, arguments=given, is_long=planned.is_long, due_at=due)
    made.full_clean(validate_unique=False)
    values = {"name": name, "arguments": given, "is_long": planned.is_long, "due_at": due}
    job, is_new = Job.objects.select_for_update().get_or_create(key=made.key, defaults=values)
    if not is_new:
        _ask_again(job, due, is_long=planned.is_long)
    return job


def _ask_again(job: Job, due: datetime, *, is_long: bool) -> None:
    job.is_long = is_long
    if job.due_at is None:
        job.tries, job.failed = 0, ""
    elif job.leased_until is None:  # one in hand keeps the new time, by which ``_end`` sees that it was asked for again
        due = min(due, job.due_at)
    job.due_at = due
    job.save(update_fields=["is_long", "tries", "failed", "due_at"])


def _key(name: str, arguments: dict[str, object]) -> str:
    if not arguments:
        return name
    text = json.dumps(arguments, sort_keys=True, ensure_ascii=False)
    return f"{name} {hashlib.sha256(text.encode()).hexdigest()[:32]}"


def take(*, now: datetime | None = None, long: bool = True, key: str | None = None) -> Job | None:
    """Take the job that has been due for longest; None when there is none. Of several workers each takes another.

    long: also those that may take minutes. key: that one alone, wanted in this installation or not. What has ended with
    its worker too often, as one that takes all memory, is given up unless it goes by the clock.
    """
    now = now or timezone.now()
    found = Job.objects.named(plan.known()).ready(now).order_by("due_at", "pk")
    found = found if long else found.filter(is_long=False)
    found = found.filter(key=key) if key else found
    due = found.order_by().values_list("name", flat=True).distinct()  # a look alone holds nobody up
    wanted = [name for name in due if key or _is_wanted(name, if_unknown=False)]
    if not wanted:
        return None
    found = found.named(wanted)
    with transaction.atomic():
        _give_up_killers(found)
        can_skip = connection.features.has_select_for_update_skip_locked
        job: Job | None = found.select_for_update(skip_locked=can_skip).first()
        if job is not None:
            job.started_at, job.leased_until, job.tries = now, now + LEASE, job.tries + 1
            job.save(update_fields=["started_at", "leased_until", "tries"])
    return job


def _give_up_killers(found: JobQuerySet) -> None:
    """Let go of what was begun again and again and never ended: whoever ends takes the lease away."""
    killers = found.exclude(name__in=_by_the_clock()).filter(tries__gte=_MOST_TRIES, leased_until__isnull=False)
    killers.update(due_at=None, leased_until=None, failed=_KILLED)


@transaction.atomic
def take_now(*, name: str) -> Job:
    """Ask for a job and take it before another worker can. Raises NoSuchJob, BusyElsewhere; then nothing is asked."""
    ask(name=name)
    job = take(key=name)
    if job is None:
        raise BusyElsewhere(name)
    return job


def renew(job: Job, *, now: datetime | None = None) -> bool:
    """Keep a job that takes long; whether it is still ours."""
    now = now or timezone.now()
    return bool(_ours(job).update(leased_until=now + LEASE))


@transaction.atomic
def finish(job: Job, *, now: datetime | None = None) -> None:
    """Say that a job is done. What is done by the clock comes again at its next time, what was missed once."""
    now = now or timezone.now()
    when = plan.known()[job.name].when
    due_at = when.after(now) if when is not None and _is_wanted(job.name, if_unknown=True) else None
    _end(job, due_at, done_at=now, tries=0, failed="")


@transaction.atomic
def fail(job: Job, *, fault: BaseException, now: datetime | None = None) -> None:
    """Say that a job failed: it is tried again, after longer and longer waits.

    What somebody asked for is given up after some tries; what goes by the clock never is.
    """
    now = now or timezone.now()
    wait = min(_LONGEST_WAIT, _FIRST_WAIT * 4 ** min(job.tries - 1, 6))
    is_given_up = plan.known()[job.name].when is None and job.tries >= _MOST_TRIES
    _end(job, None if is_given_up else now + wait, failed=place_of(fault)[:FAILED_MAX])


def _end(job: Job, due_at: datetime | None, **values: object) -> None:
    """Let go of a job that is still ours; asked for again meanwhile, it keeps the time that it was asked for."""
    if _ours(job).update(leased_until=None, **values):
        Job.objects.filter(pk=job.pk, due_at=job.due_at).update(due_at=due_at)


def _ours(job: Job) -> JobQuerySet:
    return Job.objects.filter(pk=job.pk, started_at=job.started_at).exclude(leased_until=None)
