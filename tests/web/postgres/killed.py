"""A PostgreSQL that is killed as a machine's failure does it, and started again as its supervisor does."""

from __future__ import annotations

import os
import shlex
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests import postgres


@dataclass(frozen=True)
class Server:
    """A server of one's own. address: its database; data: where it keeps it."""

    address: str
    data: Path

    def kill(self) -> None:
        """End it at once: kill -9 to the server and to each of its processes."""
        leader = int((self.data / "postmaster.pid").read_text().splitlines()[0])
        others = [int(path.name) for path in Path("/proc").glob("[0-9]*") if _parent(path) == leader]
        for pid in (leader, *others):
            os.kill(pid, signal.SIGKILL)
        while any(Path(f"/proc/{pid}").exists() and _parent(Path(f"/proc/{pid}")) != -1 for pid in (leader, *others)):
            time.sleep(0.02)

    def start(self) -> None:
        """Start it again with the same options, and wait until it answers.

        Where nobody buries the dead process its number still counts as taken, and the server would not start.
        """
        for lock in (self.data / "postmaster.pid", *self.data.parent.glob(".s.PGSQL.*.lock")):
            lock.unlink(missing_ok=True)
        binary, *options = shlex.split((self.data / "postmaster.opts").read_text())
        control = [Path(binary).parent / "pg_ctl", "-D", self.data, "-w", "-l", self.data.parent / "log"]
        as_other = ["runuser", "-u", self.data.owner(), "--"] if postgres.is_root() else []
        given = [one for place, one in enumerate(options) if one != "-D" and options[place - 1] != "-D"]
        postgres._run([*as_other, *control, "-o", shlex.join(given), "start"])


def _parent(process: Path) -> int:
    """Give the number of the process that started one; -1 for one that has ended."""
    try:
        state, parent = (process / "stat").read_text().rpartition(")")[2].split()[:2]
    except OSError:
        return -1
    return -1 if state in "ZX" else int(parent)


@contextmanager
def own_server() -> Iterator[Server | None]:
    """Give a server that nobody else uses; None where none can be had."""
    with postgres.server() as address:
        if address is None:
            yield None
            return
        with psycopg.connect(address) as line:
            data = line.execute("SHOW data_directory").fetchone()
        assert data
        yield Server(address, Path(data[0]))
