"""Time reporting to the sealed channel: ``python -m bench.complaints`` (SQLite), on PostgreSQL by ``tests.postgres``.

A real server and clients on the same machine: 1, 4, 8 and 32 of them ask for the form and send a report without files,
over connections that are kept. The three seconds that anybody must look at a form before it is taken are left out.
Each line is the median of three rounds [least, most]; the processor is that of the server with all its processes.
"""

import itertools
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.trips.complaints_load import WAIT_S, Busy, Reporter, Server, body_of, cpu_of, serving

ROUNDS = 3
EACH = {1: 12, 4: 12, 8: 8, 32: 2}  # clients → reports of each
WHAT = "นายช่างขอเงินห้าพันบาทแลกกับใบอนุญาตก่อสร้าง ที่เคาน์เตอร์ ต่อหน้าคนอื่นสองคน " * 5
Form = dict[str, str]


@dataclass
class Round:
    """A round: reports a second, seconds of the median and of the slowest twentieth, processor seconds a report."""

    rate: float
    median_s: float
    late_s: float
    cpu_s: float


def one_round(server: Server, clients: int) -> Round:
    each, processor = EACH[clients], cpu_of(server)
    reporters = [Reporter(server) for _ in range(clients)]
    with ThreadPoolExecutor(clients) as pool:
        began = time.perf_counter()
        asked = list(pool.map(lambda one: [timed(one.form) for _ in range(each)], reporters))
        asked_s = time.perf_counter() - began
        time.sleep(WAIT_S)
        began = time.perf_counter()
        sent = list(pool.map(_sent, reporters, asked))
        sent_s = time.perf_counter() - began
    for one in reporters:
        one.close()
    took = sorted(itertools.chain(*sent))
    late, cpu_s = took[int(len(took) * 0.95)], (cpu_of(server) - processor) / len(took)
    return Round(len(took) / (asked_s + sent_s), statistics.median(took), late, cpu_s)


def _sent(reporter: Reporter, asked: list[tuple[Form, float]]) -> list[float]:
    """Send every form; give how long each took with asking for it. Raises where the answer is no receipt."""
    bodies = [(body_of(form, WHAT, ()), before) for form, before in asked]
    return [before + timed(lambda body=body: reporter.send(body))[1] for body, before in bodies]


def timed(call: Callable[[], Any]) -> tuple[Any, float]:
    began = time.perf_counter()
    given = call()
    return given, time.perf_counter() - began


def _spread(values: list[float]) -> str:
    return f"{statistics.median(values):6.2f} [{min(values):.2f}, {max(values):.2f}]"


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="prongsai-bench-") as name:
        (Path(name) / "passing").mkdir()
        database = os.environ.get("PRONGSAI_TEST_DATABASE", "")
        place = Busy(Path(name) / "data", database, str(Path(name) / "passing"))
        workers = 2 if database else 1
        with serving(place, workers=workers) as server:
            one_round(server, 1)
            sys.stdout.write(f"{'PostgreSQL' if database else 'SQLite'}, {workers} process(es) of the server\n")
            sys.stdout.write(
                "clients  reports a second      median s             95 % s               processor s each\n"
            )
            for clients in EACH:
                rounds = [one_round(server, clients) for _ in range(ROUNDS)]
                figures = ("rate", "median_s", "late_s", "cpu_s")
                told = "  ".join(_spread([getattr(one, figure) for one in rounds]) for figure in figures)
                sys.stdout.write(f"{clients:>7}  {told}\n")
                sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
