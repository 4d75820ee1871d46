"""The figures as Prometheus reads them: what the processes counted, and how the installation stands now.

Its own forty lines instead of prometheus_client: with several processes that one keeps a file for each kind of figure
and process that grows with every name, wants to be told of each process that ends, and brings ten figures of its own
about the process, some of which grow with every request, those of reports and answers too. Nothing here does.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.utils import DatabaseError
from django.utils import timezone

from prongsai import __version__
from prongsai.web.agencies.models import Agency
from prongsai.web.notify.models import MOST_TRIES, Mail
from prongsai.web.operations import figures
from prongsai.web.operations.figures import sample
from prongsai.web.operations.models import Milestone
from prongsai.web.work import queries as work

STEP = 256 << 20  # room is told no finer: a report with files in it must not show
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Family:
    """A figure that is announced. kind: counter, gauge or histogram."""

    name: str
    kind: str
    what: str


COUNTED = (
    Family(figures.REQUESTS, "counter", "Requests answered, by name of the route; none of reports and surveys."),
    Family(figures.SECONDS, "histogram", "How long they took."),
    Family(figures.STATEMENTS, "counter", "Statements that they sent to the database."),
    Family(figures.DATABASE_S, "counter", "How long they waited for the database."),
)


def page() -> str:
    """Give all figures; those of the database are missing while it does not answer."""
    return "".join(f"{line}\n" for line in (*_counted(), *_now()))


def _counted() -> Iterator[str]:
    sums = figures.ours.all()
    for family in COUNTED:
        yield from _announced(family)
        found = (name for name in sums if name.startswith((f"{family.name}{{", f"{family.name}_")))
        yield from (f"{name} {_written(sums[name])}" for name in sorted(found, key=_place))


def _place(name: str) -> tuple[str, str, float]:
    """Order buckets by their bound, not by its letters."""
    head, _, bound = name.partition(',le="')
    return head.partition("{")[2], name.partition("{")[0], float(bound.rstrip('"}') or "-inf")


def _announced(family: Family) -> Iterator[str]:
    yield f"# HELP {family.name} {family.what}"
    yield f"# TYPE {family.name} {family.kind}"


def _written(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def _now() -> Iterator[str]:
    gauges = [*_of_machine()]
    try:
        gauges += [*_of_database(timezone.now()), ("prongsai_database_up", "The database answers.", 1)]
    except DatabaseError:
        gauges.append(("prongsai_database_up", "The database answers.", 0))
    for name, same in groupby(gauges, key=lambda one: one[0].partition("{")[0]):
        found = list(same)
        yield from _announced(Family(name, "gauge", found[0][1]))
        yield from (f"{written} {_written(value)}" for written, _, value in found)


Gauges = Iterator[tuple[str, str, float]]


def _of_machine() -> Gauges:
    yield sample("prongsai_version", version=__version__), "Which version is installed.", 1
    disk = shutil.disk_usage(settings.DATA_FOLDER)
    yield "prongsai_disk_free_bytes", "Room left on the disk of the data folder, roughly.", disk.free // STEP * STEP
    yield "prongsai_disk_bytes", "Size of that disk.", disk.total


def _of_database(now: datetime) -> Gauges:
    """Read how the installation stands. Raises DatabaseError."""
    yield "prongsai_agencies", "Agencies in the installation.", Agency.objects.count()
    yield "prongsai_sessions", "Sign-ins that have not ended.", Session.objects.filter(expire_date__gt=now).count()
    unsent = Mail.objects.unsent()
    yield "prongsai_mail_waiting", "Mails that have not left.", unsent.filter(tries__lt=MOST_TRIES).count()
    yield "prongsai_mail_given_up", "Mails that are not tried again.", unsent.filter(tries__gte=MOST_TRIES).count()
    made = Milestone.objects.last_backup()
    if made is not None:
        yield "prongsai_backup_age_seconds", "How old the last backup is.", (now - made.at).total_seconds()
    yield from _of_work(now)


def _of_work(now: datetime) -> Gauges:
    state = work.state(now=now)
    yield "prongsai_jobs_waiting", "Jobs that are due.", state.waiting
    yield "prongsai_jobs_late", "Jobs that have been due for a quarter of an hour.", state.late
    yield "prongsai_jobs_failing", "Jobs whose last run went wrong.", state.failing
    if state.last_run_at is not None:
        yield "prongsai_jobs_last_run_timestamp_seconds", "When a worker last began.", state.last_run_at.timestamp()
