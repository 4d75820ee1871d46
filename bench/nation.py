"""A year of every local government in one PostgreSQL: every page and job of one office, alone and among all.

``python -m tests.postgres -- python -m bench.nation [--agencies 7850] [--runs 20] [--only WORD] [--write FILE]``

Makes one office by the services (``nation_office``), keeps a copy of that database, multiplies it in the other
(``nation_data``), then asks each page in turn in both, in processes of their own: the least, median, 95th of a
hundred and most of the milliseconds, and the number of queries. A page whose queries differ, or whose median and
least are more than LIMIT times what they are alone, is told with its slow queries; the command then ends with 1.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

from prongsai.web.operations.start import start

ALONE, ALL = "nation_alone", "nation_all"
LIMIT, NOTICED_MS, P95_MS = 1.5, 5.0, 300.0
ROUND, BUDGET_S = 4, 20.0
MADE = "made.json"
Result = dict[str, Any]
Both = tuple[Result, Result]  # alone, among all


def main() -> int:
    given = _given()
    if given.job or given.serve is not None or given.fill:
        return _inner(given)
    address = os.environ.get("PRONGSAI_TEST_DATABASE", "")
    if not address:
        sys.stderr.write("needs a PostgreSQL: python -m tests.postgres -- python -m bench.nation\n")
        return 2
    if given.folder:
        return _measured(given, given.folder, address)
    with tempfile.TemporaryDirectory(prefix="prongsai-nation-") as name:
        return _measured(given, Path(name), address)


def _given() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--agencies", type=int, default=7850)
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--only", default="", help="routes and jobs that hold this word")
    parser.add_argument("--no-pages", action="store_true")
    parser.add_argument("--no-jobs", action="store_true")
    parser.add_argument("--write", type=Path, help="where the tables go, besides the screen; .json beside it")
    parser.add_argument("--folder", type=Path, help="kept, with the databases: asked a second time, nothing is filled")
    parser.add_argument("--fill", type=int, default=0, help=argparse.SUPPRESS)
    parser.add_argument("--serve", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--job", help=argparse.SUPPRESS)
    return parser.parse_args()


# --- in a process of its own ----------------------------------------------------------------------------------------
def _inner(given: argparse.Namespace) -> int:
    folder = Path(os.environ["PRONGSAI_DATA"])
    start(folder)
    from django.utils import translation  # noqa: PLC0415  # reason: after Django is set up

    translation.activate("th")
    if given.fill:
        from bench import nation_fill  # noqa: PLC0415  # reason: as above

        nation_fill.fill(given.fill, folder / MADE)
    elif given.job:
        from bench import nation_jobs  # noqa: PLC0415  # reason: as above

        nation_jobs.run(given.job)
    else:
        from bench import nation_pages  # noqa: PLC0415  # reason: as above

        nation_pages.serve(given.serve, json.loads((folder / MADE).read_text(encoding="utf-8")))
    return 0


class _Server:
    """A process that answers lines about a database."""

    def __init__(self, database: str, folder: Path, number: int) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench.nation", "--serve", str(number)],
            env=_environment(database, folder), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            encoding="utf-8",
        )  # fmt: skip

    def ask(self, **line: Any) -> Result:
        """Ask, and wait for the answer."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps(line) + "\n")
        self._process.stdin.flush()
        found: Result = json.loads(self._process.stdout.readline())
        return found

    def end(self) -> None:
        """Let it go."""
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait()


def _environment(database: str, folder: Path) -> dict[str, str]:
    return os.environ | {"PRONGSAI_DATABASE": database, "PRONGSAI_DATA": str(folder), "PYTHONIOENCODING": "utf-8"}


# --- from outside ---------------------------------------------------------------------------------------------------
def _measured(given: argparse.Namespace, folder: Path, address: str) -> int:
    alone, every = _named(address, ALONE), _named(address, ALL)
    began = time.perf_counter()
    if not (folder / MADE).exists():
        _filled(given.agencies, folder, address)
    filled = time.perf_counter() - began
    size = _sql(every, "SELECT pg_database_size(current_database())")
    print(f"{given.agencies:,} offices in {filled:.0f} s, {size / 1024**3:.2f} GB", flush=True)
    number = given.agencies // 2
    _bytes_of_twin(folder, number)
    pages = {} if given.no_pages else _pages(given, folder, alone, every, number)
    jobs = {} if given.no_jobs else _jobs(given, folder, alone, every)
    lines = [*_page_table(pages, given.agencies), "", *_job_table(jobs, given.agencies)]
    print("\n".join(lines))
    if given.write:
        given.write.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
        kept = {"agencies": given.agencies, "seconds": filled, "bytes": size, "pages": pages, "jobs": jobs}
        given.write.with_suffix(".json").write_text(json.dumps(kept, ensure_ascii=False, indent=1), encoding="utf-8")
    return int(any(_faults(*both) for both in pages.values()))


def _filled(agencies: int, folder: Path, address: str) -> None:
    _sql(address, f"CREATE DATABASE {ALONE}")
    _inside(_named(address, ALONE), folder, "--fill", "1")
    _sql(address, f"CREATE DATABASE {ALL} TEMPLATE {ALONE}")
    _inside(_named(address, ALL), folder, "--fill", str(agencies))


def _inside(database: str, folder: Path, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "bench.nation", *words], env=_environment(database, folder), check=True,
        stdout=subprocess.PIPE if words[0] == "--job" else None, text=True, encoding="utf-8",
    )  # fmt: skip
    return done.stdout or ""


def _named(address: str, name: str) -> str:
    return urlunsplit(urlsplit(address)._replace(path=f"/{name}"))


def _sql(address: str, statement: str) -> Any:
    with psycopg.connect(address, autocommit=True) as line:
        answer = line.execute(statement)
        return answer.fetchone()[0] if answer.description else None


def _bytes_of_twin(folder: Path, number: int) -> None:
    """Give the office that is asked the files of the first one."""
    files = folder / "files"
    code = f"{10000000 + number}"
    for each in files.iterdir() if number and files.is_dir() else ():
        if each.name != code:
            shutil.copytree(each, files / code, dirs_exist_ok=True)


def _pages(given: argparse.Namespace, folder: Path, alone: str, every: str, number: int) -> dict[str, Both]:
    servers = _Server(alone, folder, 0), _Server(every, folder, number)
    found = {}
    for route in json.loads((folder / "routes.json").read_text(encoding="utf-8")):
        if given.only not in route:
            continue
        first = servers[0].ask(route=route)
        if "skipped" not in first:
            second = servers[1].ask(route=route, who=first["who"])
            found[route] = _timed(servers, route, (first, second), given.runs)
            _say_page(route, *found[route])
    for server in servers:
        server.end()
    return found


def _timed(
    servers: tuple[_Server, _Server], route: str, both: tuple[Result, Result], runs: int
) -> tuple[Result, Result]:
    """Ask both in turn, a few times each, so that other work on the machine falls on both; no longer than BUDGET_S."""
    seen: tuple[list[float], list[float]] = [], []
    began = time.perf_counter()
    while "skipped" not in both[1] and len(seen[0]) < runs and (not seen[0] or time.perf_counter() - began < BUDGET_S):
        for server, one, took in zip(servers, both, seen, strict=True):
            took += server.ask(route=route, who=one["who"], runs=min(ROUND, runs))["took"]
    return tuple(one | (_spread(took) if took else {}) for one, took in zip(both, seen, strict=True))


def _spread(seen: list[float]) -> Result:
    ordered = sorted(seen)
    at = max(0, round(0.95 * len(ordered)) - 1)
    middle = statistics.median(ordered)
    return {"p50": middle, "p95": ordered[at], "least": ordered[0], "most": ordered[-1], "runs": len(ordered)}


def _say_page(route: str, first: Result, second: Result) -> None:
    faults = _faults(first, second)
    print(_page_row(route, first, second), " ".join(faults), flush=True)
    if faults:
        for took, sql in second.get("slow", ()):
            print(f"      {took:.0f} ms … {sql[sql.find(' FROM ') :][:300]}", flush=True)


def _faults(first: Result, second: Result) -> list[str]:
    if "skipped" in second or second["status"] != first["status"]:
        return ["ANSWERED OTHERWISE"]
    faults = [] if first["queries"] == second["queries"] else ["QUERIES"]
    slower = all(second[name] > LIMIT * first[name] for name in ("p50", "least"))  # other work on the machine aside
    if slower and second["p50"] - first["p50"] > NOTICED_MS:
        faults.append("SLOWER")
    return faults


def _jobs(given: argparse.Namespace, folder: Path, alone: str, every: str) -> dict[str, Both]:
    found = {}
    for name in json.loads((folder / "jobs.json").read_text(encoding="utf-8")):
        if given.only in name:
            found[name] = (
                json.loads(_inside(alone, folder, "--job", name)),
                json.loads(_inside(every, folder, "--job", name)),
            )
            print(_job_row(name, *found[name], given.agencies), flush=True)
    return found


# --- tables ---------------------------------------------------------------------------------------------------------
def _page_table(pages: dict[str, Both], agencies: int) -> list[str]:
    head = f"| page | as | queries | alone, ms | among {agencies:,}: p50 | p95 | most | times |"
    rows = [_page_row(route, *both) for route, both in pages.items()]
    told = [both[1] for both in pages.values() if "p95" in both[1]]
    over = [route for route, both in pages.items() if both[1].get("p95", 0) > P95_MS]
    worst = max((one["p95"] for one in told), default=0)
    return [head, "|---|---|---|---|---|---|---|---|", *rows, "", f"pages: {len(pages)}; worst p95: {worst:.0f} ms; "
            f"over {P95_MS:.0f} ms: {', '.join(over) or 'none'}"]  # fmt: skip


def _page_row(route: str, first: Result, second: Result) -> str:
    if "skipped" in second:
        return f"| {route} | {first['who']} | {first['queries']} | {second['skipped']} | | | | |"
    queries = str(first["queries"])
    if first["queries"] != second["queries"]:
        queries += f" → {second['queries']}"
    cells = (
        *(route, first["who"], queries, f"{first['p50']:.0f} [{first['least']:.0f}–{first['most']:.0f}]"),
        *(f"{second['p50']:.0f}", f"{second['p95']:.0f}", f"{second['most']:.0f}"),
        f"{second['p50'] / first['p50']:.2f}",
    )
    return f"| {' | '.join(cells)} |"


def _job_table(jobs: dict[str, Both], agencies: int) -> list[str]:
    head = f"| job | alone, s | queries | among {agencies:,}, s | queries an office | grown, MB (alone) | peak, MB |"
    return [head, "|---|---|---|---|---|---|---|", *(_job_row(name, *both, agencies) for name, both in jobs.items())]


def _job_row(name: str, first: Result, second: Result, agencies: int) -> str:
    cells = (
        *(name, f"{first['seconds']:.2f}", str(first["queries"]), f"{second['seconds']:.1f}"),
        f"{second['queries'] / agencies:.1f}",
        f"{second['grown_mb']:.0f} ({first['grown_mb']:.0f})",
        f"{second['peak_mb']:.0f}",
    )
    return f"| {' | '.join(cells)} | {second['said'] or second['last']}"


if __name__ == "__main__":
    sys.exit(main())
