"""What a process counts of its work, and how the processes of one ``prongsai serve`` add up.

Each process counts in its memory and, at most once a second, writes what it has into a file of its own; who is asked
for the figures adds the files up. The file of a process that ended stays until the next start, so that no sum falls.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import threading
from collections import defaultdict
from pathlib import Path

from prongsai.web import environment

WRITE_EVERY_S = 1.0
BUCKETS_S = (0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 2.5, 5.0, 10.0)
REQUESTS, SECONDS = "prongsai_requests_total", "prongsai_request_seconds"
STATEMENTS, DATABASE_S = "prongsai_database_statements_total", "prongsai_database_seconds_total"
_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"})
Sums = dict[str, float]


def sample(name: str, **labels: str) -> str:
    """Write the name of a figure as Prometheus does, with its labels."""
    told = ",".join(f'{label}="{_quoted(value)}"' for label, value in labels.items())
    return f"{name}{{{told}}}" if told else name


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


class Figures:
    """Sums by the written name of the figure. folder: shared with other processes; None for one that is alone."""

    def __init__(self, folder: Path | None = None) -> None:
        self._sums: Sums = defaultdict(float)
        self._lock = threading.Lock()
        self._path = folder / f"{os.getpid()}-{secrets.token_hex(4)}.json" if folder else None
        self._waiting = False

    def request(self, *, route: str, method: str, status: int, seconds: float) -> None:
        """Count a request that was answered."""
        kind = method if method in _METHODS else "OTHER"
        with self._lock:
            self._sums[sample(REQUESTS, route=route, method=kind, status=f"{status // 100}xx")] += 1
            for bucket in BUCKETS_S:
                self._sums[sample(f"{SECONDS}_bucket", route=route, le=str(bucket))] += seconds <= bucket
            self._sums[sample(f"{SECONDS}_bucket", route=route, le="+Inf")] += 1
            self._sums[sample(f"{SECONDS}_sum", route=route)] += seconds
            self._sums[sample(f"{SECONDS}_count", route=route)] += 1
        self._soon()

    def database(self, *, route: str, statements: int, seconds: float) -> None:
        """Count what a request asked of the database, and how long it waited for it."""
        with self._lock:
            self._sums[sample(STATEMENTS, route=route)] += statements
            self._sums[sample(DATABASE_S, route=route)] += seconds

    def all(self) -> Sums:
        """Give the sums of all processes."""
        with self._lock:
            found = defaultdict(float, self._sums)
        if self._path:
            for path in self._path.parent.glob("*.json"):
                if path != self._path:
                    for name, value in _read(path).items():
                        found[name] += value
        return found

    def _soon(self) -> None:
        if self._path and not self._waiting:
            self._waiting = True
            timer = threading.Timer(WRITE_EVERY_S, self.write)
            timer.daemon = True
            timer.start()

    def write(self) -> None:
        """Let the other processes know."""
        self._waiting = False
        if self._path is None:
            return
        with self._lock:
            told = json.dumps(self._sums)
        part = self._path.with_suffix(".part")
        with contextlib.suppress(OSError):  # a full disk, a reader on Windows: the next time
            part.write_text(told, encoding="utf-8")
            part.replace(self._path)


def _read(path: Path) -> dict[str, float]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _shared() -> Path | None:
    folder = environment.text(environment.FIGURES_FOLDER)
    return Path(folder) if folder and Path(folder).is_dir() else None


ours = Figures(_shared())
