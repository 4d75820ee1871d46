"""Time national data: ``python -m bench.bulk [--respondents N] [--growth] [--spark] [--pandas]``.

A made-up nation of 8,300 agencies and thirty questions of a year of the library, each asked as one, wide and long, in a
folder that is removed. Compared in the same run, one after the other: DuckDB's bare ``GROUP BY`` over the same file,
its rows fetched (the floor), and the whole of ``score_nation``: from opening the file to the score of every agency.
Processor time is told beside the clock, since that is what another program on the machine changes least. Each peak of
memory is that of a process of its own. ``--pandas`` needs pandas and pyarrow, which no lock holds: bring them by hand.
"""

import argparse
import importlib
import multiprocessing
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import duckdb
from sqlglot import exp

from prongsai.frameworks.load import load
from prongsai.frameworks.model import Framework
from prongsai.scoring.bulk.engines.base import Engine, Row
from prongsai.scoring.bulk.engines.duck import Duck
from prongsai.scoring.bulk.run import Nation, score_nation

YEAR = "ita-2564"
RESPONDENTS, AGENCIES, QUESTIONS = 2_000_000, 8_300, 30
RUNS = 5
SIZES = (100_000, 1_000_000, 2_000_000, 5_000_000, 10_000_000)
FLOOR, OURS, PANDAS = "DuckDB, bare group by", "score_nation, DuckDB", "pandas, unpivot and group by"
STATEMENTS = "  its statements alone"


@lru_cache
def year() -> Framework:
    """Thirty questions of one instrument, all on one scale."""
    made = load(YEAR)
    asked = [question for question in made.questions if not question.code.startswith("e")][:QUESTIONS]
    return replace(made, questions=tuple(replace(each, parts=(), scale=asked[0].scale) for each in asked))


def make(folder: Path, respondents: int, shape: str) -> Path:
    """Write the answers: the scores of the scale, drawn by a hash."""
    made = year()
    scale = next(each for each in made.scales if each.code == made.questions[0].scale)
    scores = ", ".join(str(int(score)) for _, score in scale.answers)
    picked = ", ".join(
        f"([{scores}])[1 + (hash(r * 31 + {number}) % {len(scale.answers)})::INT]::TINYINT AS {question.code}"
        for number, question in enumerate(made.questions)
    )
    line = connected()
    path, wide = folder / f"{shape}-{respondents}.parquet", folder / f"wide-{respondents}.parquet"
    agency = f"printf('%08d', 10000000 + (hash(r) % {AGENCIES})::BIGINT) AS agency"
    if not wide.exists():
        line.sql(f"SELECT {agency}, {picked} FROM range({respondents}) t(r)").write_parquet(str(wide))
    if shape == "long":
        answers = line.read_parquet(str(wide))
        line.sql(
            "SELECT agency, name AS question, value FROM (UNPIVOT answers ON COLUMNS(* EXCLUDE agency))"
        ).write_parquet(str(path))
        del answers
    line.close()
    return path


def connected() -> duckdb.DuckDBPyConnection:
    """DuckDB as it comes, without its progress bar."""
    line = duckdb.connect()
    line.execute("SET enable_progress_bar = false")
    return line


def bare(path: Path) -> object:
    """Only the means, nothing checked."""
    line = connected()
    asked = line.read_parquet(str(path))
    keys = ("agency", "question") if "question" in asked.columns else ("agency",)
    means = ", ".join(f"avg({name})" for name in asked.columns if name not in keys)
    found = asked.aggregate(", ".join((*keys, means)), ", ".join(keys)).fetchall()
    line.close()
    return found


def ours(path: Path) -> Nation:
    """Everything: opened, checked, counted, the tree, the level, the objects in Python."""
    return scored(Duck(), path)


class Watched(Duck):
    """Adds up what the statements take, their rows fetched: what is left of the whole is work in Python."""

    wall = cpu = 0.0

    def keep(self, table: str, made: exp.Query) -> None:
        self._watch(lambda: super(Watched, self).keep(table, made))

    def rows(self, made: exp.Query) -> list[Row]:
        found: list[Row] = []
        self._watch(lambda: found.extend(super(Watched, self).rows(made)))
        return found

    def _watch(self, call: Callable[[], object]) -> None:
        wall, cpu = timed(call)
        self.wall, self.cpu = self.wall + wall, self.cpu + cpu


def watched(path: Path) -> tuple[float, float]:
    engine = Watched()
    scored(engine, path)
    return engine.wall, engine.cpu


def scored(engine: Engine, path: Path) -> Nation:
    try:
        return score_nation(year(), [path], engine)
    finally:
        engine.close()


def pandas(path: Path) -> object:
    """The straightforward version: read, unpivot, group."""
    library = importlib.import_module("pandas")
    answers = library.read_parquet(path)
    if "question" not in answers:
        answers = answers.melt("agency", var_name="question")
    return answers.groupby(["agency", "question"])["value"].agg(["mean", "count"])


KINDS: dict[str, Callable[[Path], object]] = {FLOOR: bare, OURS: ours, PANDAS: pandas}


def timed(call: Callable[[], object]) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    call()
    return time.perf_counter() - wall, time.process_time() - cpu


def peak_mb(kind: str, path: Path) -> str:
    """The most memory of a process that does only this; Linux tells it."""
    if not Path("/proc/self/status").exists():
        return "not measured here"
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return f"{pool.apply(_peak_kb, (kind, path)) / 1024:.0f} MB"


def _peak_kb(kind: str, path: Path) -> int:
    KINDS[kind](path)
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmHWM")))


def compare(path: Path, runs: int, with_pandas: bool) -> None:
    """Print the floor, ours and, if asked for, pandas: median and spread."""
    kinds = [FLOOR, OURS]
    times: dict[str, list[tuple[float, float]]] = {kind: [] for kind in kinds}
    for kind in kinds:
        KINDS[kind](path)  # warm: the file is in memory, modules are loaded
    for _ in range(runs):
        for kind in kinds:
            times[kind].append(timed(lambda kind=kind: KINDS[kind](path)))
        times.setdefault(STATEMENTS, []).append(watched(path))
    if with_pandas:
        times[PANDAS] = [timed(lambda: pandas(path))]
    floor = [statistics.median(each) for each in zip(*times[FLOOR], strict=True)]
    print(f"\n{path.name}, {path.stat().st_size / 1e6:.0f} MB")
    for kind, seen in times.items():
        walls, cpus = zip(*seen, strict=True)
        wall, cpu = statistics.median(walls), statistics.median(cpus)
        print(
            f"  {kind:<28} {wall:7.3f} s [{min(walls):.3f}–{max(walls):.3f}]  processor {cpu:7.3f} s"
            f"  × floor {wall / floor[0]:5.2f} ({cpu / floor[1]:.2f})"
            + (f"  peak {peak_mb(kind, path)}" if kind in KINDS else "")
        )


def growth(folder: Path) -> None:
    """Print seconds a million respondents over sizes; linear is when they stay the same."""
    print("\ngrowth, wide")
    for size in SIZES:
        path = make(folder, size, "wide")
        ours(path)
        seen = [(timed(lambda path=path: bare(path)), timed(lambda path=path: ours(path))) for _ in range(5)]
        floor, wall, cpu = (min(each) for each in zip(*((least[0], *mine) for least, mine in seen), strict=True))
        print(
            f"  {size:>10,} respondents  {wall:7.3f} s  processor {cpu:7.3f} s  a million {wall / size * 1e6:6.3f} s"
            f"  × floor {wall / floor:5.2f}  peak {peak_mb(OURS, path)}"
        )
        path.unlink()


def on_spark(path: Path, folder: Path) -> None:
    """Print the same on a cluster of a master and two workers, and whether it says the same."""
    from tests.scoring.bulk.cluster import WORKERS, cluster  # noqa: PLC0415  # reason: the same

    from prongsai.scoring.bulk.engines.spark import Spark, new_session  # noqa: PLC0415  # reason: an extra

    with cluster() as address:
        began = time.perf_counter()
        session = new_session(address, str(folder / "spark"))
        session.sparkContext.setLogLevel("ERROR")
        print(f"\nSpark, {WORKERS} workers of 1 core: start {time.perf_counter() - began:.1f} s")
        exact = {each.agency: each for each in ours(path).agencies}
        for run in ("first", "second"):
            began = time.perf_counter()
            found = scored(Spark(session), path)
            took = time.perf_counter() - began
            apart = max(
                abs(a - b)
                for each in found.agencies
                for a, b in zip(each.nodes, exact[each.agency].nodes, strict=True)
                if a is not None and b is not None
            )
            print(f"  {run} run {took:.1f} s, {len(found.agencies):,} agencies, farthest from DuckDB {apart:.1e}")
        session.stop()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--respondents", type=int, default=RESPONDENTS)
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--growth", action="store_true")
    parser.add_argument("--spark", action="store_true")
    parser.add_argument("--pandas", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="prongsai-bench-") as name:
        folder = Path(name)
        print(f"{asked.respondents:,} respondents × {QUESTIONS} questions × {AGENCIES:,} agencies")
        for shape in ("wide", "long"):
            compare(make(folder, asked.respondents, shape), asked.runs, asked.pandas)
        if asked.spark:
            on_spark(make(folder, asked.respondents, "wide"), folder)
        if asked.growth:
            growth(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
