"""What is done for all offices at night, once, in a process of its own: time, memory, questions to the database."""

from __future__ import annotations

import io
import json
import sys
import time
from collections.abc import Callable, Mapping
from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

# The commands that walk all offices; walk_site is of one office and needs its site.
JOBS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "clearsessions": ("clearsessions", ()),
    "send_mail": ("send_mail", ()),
    "check_addresses": ("check_addresses", ("--limit", "1000")),
    "shred_reports": ("shred_reports", ()),
    "remind_handlers": ("remind_handlers", ()),
    "remind_circulars": ("remind_circulars", ()),
    "mind_surveys": ("mind_surveys", ()),
    "check_files": ("check_files", ()),
    "refresh_standings": ("refresh_standings", ()),
    "refresh_standings --changed": ("refresh_standings", ("--changed",)),
}


def run(name: str) -> None:
    """Run a job and print what it took."""
    command, words = JOBS[name]
    counted = _Counted()
    before = _peak_mb()
    began, mine = time.perf_counter(), time.process_time()
    out, said = io.StringIO(), ""
    with connection.execute_wrapper(counted):
        try:
            call_command(command, *words, stdout=out, stderr=out)
        except CommandError as refusal:
            said = str(refusal)[:200]
    told = {
        "seconds": time.perf_counter() - began,
        "own": time.process_time() - mine,
        "queries": counted.n,
        "peak_mb": _peak_mb(),
        "grown_mb": _peak_mb() - before,
        "lines": out.getvalue().count("\n"),
        "last": out.getvalue().strip().rsplit("\n", 1)[-1][:200],
        "said": said,
    }
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")


class _Counted:
    """Counts the questions to the database of this thread."""

    def __init__(self) -> None:
        self.n = 0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        self.n += 1
        return execute(sql, params, many, context)


def _peak_mb() -> float:
    """Give the most memory that the process ever held; 0 where the system does not tell."""
    if resource is None:
        return 0.0
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1024 / 1024
