"""Time a whole server: ``python -m bench.server``: nginx, the application's processes, the worker, PostgreSQL.

The parts of ``deploy/compose.yaml``, started without containers; PostgreSQL writes through to the disk. People are a
process of their own on the same machine, so that they take part of the processor: an office's server does better. Each
kind of page is asked for by itself, then all together; the time of the processor for each request holds on a busy
machine too, the others on a quiet one alone. ``--workers``: processes of the application.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.trips.server_parts import Server, below, wait_for
from tests.trips.test_server import Crowd, status

SECONDS = 20.0
CODES = 60_000
KINDS = {
    "public pages": {"reader": 16},
    "pages inside": {"clerk": 8},
    "entries": {"writer": 8},
    "answers": {"answerer": 16},
    "all together": {"reader": 4, "clerk": 4, "writer": 2, "answerer": 8},
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--workers", type=int, default=0, help="else as in compose.yaml")
    options = parser.parse_args()
    settings = {"PRONGSAI_ANSWERS_PER_HOUR": "100000000"}
    with tempfile.TemporaryDirectory(prefix="prongsai-bench-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        server = Server(folder, folder / "disk", settings, options.workers)
        server.disk.chmod(0o755)
        try:
            measure(server, options.seconds)
        finally:
            server.stop()
    return 0


def measure(server: Server, seconds: float) -> None:
    """Print a line for each kind of load."""
    server.make_database()
    done = server.asked("tests.trips.server_office", "prepare", str(CODES))
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    server.start("web", "app", "worker")
    took = wait_for(lambda: status(server, "/health/ready/") == 200, "ready", server.parts["app"])
    print(f"{os.cpu_count()} processors; ready {took:.1f} s after the start; load before {os.getloadavg()[0]:.1f}")
    codes = iter(told.pop("codes"))
    for kind, people in KINDS.items():
        mine = [next(codes) for _ in range(CODES // len(KINDS))] if "answerer" in people else []
        print(kind, flush=True)
        warm = Crowd(server, told | {"codes": mine[:200], "pause_s": 0, "run": f"{kind}, warm"}, people)
        run(warm, min(3.0, seconds))
        before = processor(server)
        found = run(Crowd(server, told | {"codes": mine[200:], "pause_s": 0, "run": kind}, people), seconds)
        spent = {name: each - before[name] for name, each in processor(server).items()}
        for line in lines(found):
            print(f"  {line}", flush=True)
        requests = sum(map(len, found["seconds"].values())) or 1
        each = ", ".join(f"{name} {seconds / requests * 1000:.2f}" for name, seconds in spent.items())
        print(f"  processor, ms each: {each}", flush=True)
        print(f"  memory: {memory(server)}", flush=True)


def run(crowd: Crowd, seconds: float) -> dict[str, Any]:
    time.sleep(seconds)
    return crowd.go()


def lines(told: dict[str, Any]) -> list[str]:
    """Give rate and times of each kind of request."""
    found = []
    for kind, seconds in told["seconds"].items():
        took = sorted(seconds)
        at = [took[min(len(took) - 1, int(len(took) * part))] * 1000 for part in (0.5, 0.95, 0.99)]
        rate = len(took) / told["took"]
        found.append(
            f"{kind:12} {rate:8.1f}/s  p50 {at[0]:7.1f}  p95 {at[1]:7.1f}  p99 {at[2]:7.1f} ms  ({len(took):,})"
        )
    if told["unseen"] or told["refused"]:
        found.append(f"refused {told['refused']}, public pages not seen {len(told['unseen'])}")
    return found


def processor(server: Server) -> dict[str, float]:
    """Give the seconds of the processor that each part has had, of all its processes."""
    tick = os.sysconf("SC_CLK_TCK")
    found = {}
    for name, part in server.parts.items():
        assert part.process
        found[name] = sum(ticks(pid) for pid in below(part.process.pid)) / tick
    return found


def ticks(pid: int) -> int:
    """Give the ticks of a process and of those of its own that have ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return 0
    return sum(map(int, fields[11:15]))


def memory(server: Server) -> str:
    """Give what each part holds of memory of its own, its shared share included."""
    found = []
    for name, part in server.parts.items():
        assert part.process
        found.append(f"{name} {sum(map(proportional_mb, below(part.process.pid))):.0f} MB")
    return ", ".join(found)


def proportional_mb(pid: int) -> float:
    """Give the memory of a process, of what it shares its part."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0.0
    return int(text.partition("\nPss:")[2].split()[0]) / 1024


if __name__ == "__main__":
    sys.exit(main())
