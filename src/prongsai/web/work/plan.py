"""What is to be done, and when: each app says so in its ``jobs.py``; nothing here knows any app.

What is named here may run twice: a worker that is killed leaves its job to the next one, which begins anew. Each job is
idempotent, or says in its ``jobs.py`` why a second run does no harm.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Protocol

from django.core.management import call_command
from django.utils import timezone

Run = Callable[..., object]


class When(Protocol):
    """When something is done again."""

    def after(self, moment: datetime) -> datetime:
        """Give the first time after a moment."""


@dataclass(frozen=True, slots=True)
class Every:
    """Again so many minutes after the last time."""

    minutes: int

    def after(self, moment: datetime) -> datetime:
        """Give the first time after a moment."""
        return moment + timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True)
class Daily:
    """Each day at a time of the office's clock; weekday: on that day alone, 0 is Monday."""

    at: time
    weekday: int | None = None

    def after(self, moment: datetime) -> datetime:
        """Give the first time after a moment: however many were missed, it comes once."""
        here = timezone.localtime(moment)
        found = here.replace(hour=self.at.hour, minute=self.at.minute, second=0, microsecond=0)
        while found <= here or self.weekday not in (None, found.weekday()):
            found += timedelta(days=1)
        return found


@dataclass(frozen=True, slots=True)
class Planned:
    """A job that workers know.

    what: in Thai, for the list. when: None for what is only done when somebody asks. is_long: it may take minutes, and
    must not keep the mail waiting. is_wanted: whether it is done in this installation.
    """

    name: str
    what: str
    run: Run
    when: When | None = None
    is_long: bool = False
    is_wanted: Callable[[], bool] = lambda: True


_known: dict[str, Planned] = {}


def add(planned: Planned) -> None:
    """Let workers know a job. Raises ValueError for a name that is taken by another."""
    if _known.setdefault(planned.name, planned) != planned:
        raise ValueError(f"two jobs are called {planned.name}")


def known() -> dict[str, Planned]:
    """Give every job by its name, in the order of the names."""
    return dict(sorted(_known.items()))


def command(name: str) -> Run:
    """Give what runs a management command; what it prints is its answer."""

    def run(*given: str, **options: Any) -> str:
        told = io.StringIO()
        call_command(name, *given, stdout=told, stderr=told, **options)
        return told.getvalue()

    return run
