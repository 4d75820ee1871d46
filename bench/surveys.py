"""Time answering a survey: ``python -m bench.surveys`` on SQLite, on PostgreSQL by ``tests.postgres``.

For PostgreSQL set ``PRONGSAI_TEST_DURABLE=1``: the server of the tests does not write through to the disk. A real
server and people on the same machine. Each person opens a line, asks for the page of fifteen questions and sends
answers with a code of their own; they come at random moments, so many a second on average, whether the server keeps
pace or not: the time of each runs from the moment at which they came. The floor, in the same run: a row of the same
length written and made durable by SQLite alone. ``--million`` also fills the table with a million sealed answers.
"""

import argparse
import itertools
import os
import random
import sqlite3
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.trips.complaints_load import cpu_of
from tests.trips.surveys_load import Filled, Respondent, Server, Town, answers_of, serving

RATE, SECONDS, ROUNDS = 100.0, 60, 3
PEOPLE = 96  # who may be under way at the same moment
AT_ONCE, EACH = 32, 60
SIZES = (1_000, 10_000, 100_000)
MILLION = 1_000_000
SIZE_SECONDS = 15
WARM_S = 8
FLOOR_S = 2.0


@dataclass
class Office:
    """A survey that is being answered, with the codes that nobody used yet."""

    town: Town
    path: str
    codes: Iterator[str]
    numbers: Iterator[int]


@dataclass
class Run:
    """What a run took: by person in seconds, of the server's processor in seconds each, and by the clock."""

    took: list[float]
    cpu_s: float
    wall_s: float
    failed: int

    @property
    def line(self) -> str:
        """The figures, in milliseconds."""
        took = sorted(self.took)
        at = {part: took[min(len(took) - 1, int(len(took) * part))] * 1000 for part in (0.5, 0.95, 0.99)}
        return (
            f"{len(took):>6} answers  {len(took) / self.wall_s:6.1f}/s  p50 {at[0.5]:6.1f}  p95 {at[0.95]:6.1f}  "
            f"p99 {at[0.99]:6.1f}  most {took[-1] * 1000:7.1f} ms  processor {self.cpu_s * 1000:5.2f} ms each  "
            f"failed {self.failed}"
        )


def person(server: Server, office: Office, number: int, code: str) -> bool:
    """Answer once, on a line of one's own; whether it was acknowledged."""
    somebody = Respondent(server, office.path)
    try:
        return somebody.send(Filled(somebody.ask(), code, answers_of(number))) == 200
    finally:
        somebody.close()


def arriving(server: Server, office: Office, seconds: float, rate: float = RATE) -> Run:
    """Have people come at random moments."""
    chance, moment, due = random.Random(1), 0.0, []
    while moment < seconds:
        moment += chance.expovariate(rate)
        due.append((moment, next(office.numbers), next(office.codes)))
    waiting, lock = iter(due), threading.Lock()
    took: list[float] = []
    failed = itertools.count()

    def walk() -> None:
        while True:
            with lock:
                mine = next(waiting, None)
            if mine is None:
                return
            at, number, code = mine
            time.sleep(max(0.0, began + at - time.perf_counter()))
            if person(server, office, number, code):
                took.append(time.perf_counter() - began - at)
            else:
                next(failed)

    before, began = cpu_of(server), time.perf_counter()
    with ThreadPoolExecutor(PEOPLE) as pool:
        list(pool.map(lambda _: walk(), range(PEOPLE)))
    wall = time.perf_counter() - began
    return Run(took, (cpu_of(server) - before) / max(1, len(took)), wall, next(failed))


def at_once(server: Server, office: Office) -> Run:
    """Have so many people answer again and again, as fast as they are answered."""
    took: list[float] = []
    lock = threading.Lock()

    def walk(_: int) -> int:
        failed = 0
        for _again in range(EACH):
            with lock:
                number, code = next(office.numbers), next(office.codes)
            began = time.perf_counter()
            if person(server, office, number, code):
                took.append(time.perf_counter() - began)
            else:
                failed += 1
        return failed

    before, began = cpu_of(server), time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        failed = sum(pool.map(walk, range(AT_ONCE)))
    return Run(took, (cpu_of(server) - before) / max(1, len(took)), time.perf_counter() - began, failed)


def floor(folder: Path, length: int) -> float:
    """Rows a second that SQLite alone writes, each made durable."""
    line = sqlite3.connect(folder / "floor.sqlite3", isolation_level=None)
    line.execute("PRAGMA journal_mode=WAL")
    line.execute("PRAGMA synchronous=FULL")
    line.execute("CREATE TABLE box (key TEXT PRIMARY KEY, sealed BLOB)")
    began, rows = time.perf_counter(), 0
    while time.perf_counter() - began < FLOOR_S:
        line.execute("INSERT INTO box VALUES (?, ?)", (os.urandom(24).hex(), os.urandom(length)))
        rows += 1
    line.close()
    return rows / FLOOR_S


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--million", action="store_true")
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    options = parser.parse_args()
    sys.setswitchinterval(0.0005)  # the people must not wait for each other
    database = os.environ.get("PRONGSAI_TEST_DATABASE", "")
    with tempfile.TemporaryDirectory(prefix="prongsai-bench-") as name:
        town = Town(Path(name) / "data", database)
        told = town.asked("prepare", str(int(RATE * options.seconds * options.rounds * 1.5) + 60_000))
        office = Office(town, f"/{told['code']}/ask/{told['address']}/", iter(told["codes"]), itertools.count())
        workers = 2 if database else 1
        say(
            f"{'PostgreSQL' if database else 'SQLite'}, {workers} process(es) of the server, {RATE:.0f} people a second"
        )
        say(f"floor: SQLite alone, one durable row of 2,000 bytes: {floor(Path(name), 2_000):,.0f} a second")
        with serving(town, workers=workers) as server:
            arriving(server, office, WARM_S)
            runs = [
                told_of(f"{options.seconds:.0f} s", arriving(server, office, options.seconds))
                for _ in range(options.rounds)
            ]
            say(f"  median of the processor: {statistics.median(one.cpu_s for one in runs) * 1000:.2f} ms")
            runs.append(told_of(f"{AT_ONCE} at once", at_once(server, office)))
        stored, acknowledged = town.asked("boxes"), sum(len(one.took) for one in runs)
        say(f"stored {stored:,}; acknowledged in these runs {acknowledged:,} and while warming up")
        sizes(town, office, workers, (*SIZES, MILLION) if options.million else SIZES)
    return 0


def sizes(town: Town, office: Office, workers: int, wanted: tuple[int, ...]) -> None:
    """Tell what an answer costs when so many are stored already."""
    for size in wanted:
        stored: Any = town.asked("fill", str(size))
        with serving(town, workers=workers) as server:
            arriving(server, office, WARM_S)
            told_of(f"{stored:,} stored", arriving(server, office, SIZE_SECONDS))


def told_of(name: str, run: Run) -> Run:
    """Print a run and give it."""
    say(f"{name:>17}  {run.line}")
    return run


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
