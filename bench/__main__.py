"""Time what a clerk waits for: ``make bench`` (prints), ``python -m bench --write`` (also the page of figures).

Each figure is the median of several runs in one process after a warm-up, with its spread; starting the command is
compared with starting Python alone in the same run, so that a slow machine does not look like slow code.
"""

import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench import papers
from prongsai.documents.read import read_document
from prongsai.reports.lint.run import lint_file

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "explanation" / "performance.md"
BY_HAND = "## National data"  # from here on the page is not written by this program
RUNS = 7
SIZES_MB = (0.5, 1.0, 2.5, 5.0)
Figure = tuple[str, float, float, float]


def timed(call: Callable[[], object], runs: int = RUNS) -> tuple[float, float, float]:
    call()
    seen = []
    for _ in range(runs):
        began = time.perf_counter()
        call()
        seen.append(time.perf_counter() - began)
    return min(seen), statistics.median(seen), max(seen)


def samples() -> list[Figure]:
    files = sorted((ROOT / "samples").glob("*/*.txt"))
    return [(f"{file.parent.name}/{file.name}", *timed(lambda file=file: lint_file(file))) for file in files]


def grown(megabytes: float) -> str:
    """A measures report of distinct rows: no two pages are one page printed twice."""
    page = (ROOT / "samples" / "clean" / "measures-report-2568.txt").read_text(encoding="utf-8")
    head, row = _head_and_row(page)
    lines, size, at = [page], len(page.encode()), 0
    while size < megabytes * 1_000_000:
        at += 1
        lines.append(f"{head}\n{row.replace('จัดทำ', f'จัดทำ (ชุดที่ {at} ของงาน {at * 7919 % 9973})')}\n")
        size += len(lines[-1].encode())
    return "\n".join(lines)


def _head_and_row(page: str) -> tuple[str, str]:
    rows = [line for line in page.splitlines() if line.count("\t") >= 5]
    return rows[0], max(rows[1:], key=len)


def sizes() -> list[Figure]:
    figures = []
    with tempfile.TemporaryDirectory() as folder:
        for megabytes in SIZES_MB:
            path = Path(folder) / f"{megabytes}.txt"
            path.write_text(grown(megabytes), encoding="utf-8")
            figures.append((f"read and lint {megabytes} MB", *timed(lambda path=path: lint_file(path), 3)))
            figures.append((f"read blocks only {megabytes} MB", *timed(lambda path=path: read_document(path), 3)))
    return figures


def starts() -> list[Figure]:
    calls = {
        "python -c pass (floor)": [sys.executable, "-c", "pass"],
        "python -c 'import click' (floor)": [sys.executable, "-c", "import click"],
        "prongsai --help": [sys.executable, "-m", "prongsai", "--help"],
        "prongsai read (one sample)": [
            sys.executable, "-m", "prongsai", "read", "--json", str(ROOT / "samples/clean/measures-report-2568.txt")
        ],
    }  # fmt: skip
    return [
        (name, *timed(lambda call=call: subprocess.run(call, capture_output=True, check=False)))
        for name, call in calls.items()
    ]


def table(title: str, figures: list[Figure]) -> list[str]:
    rows = [
        f"| {name} | {low * 1000:,.0f} | {mid * 1000:,.0f} | {high * 1000:,.0f} |" for name, low, mid, high in figures
    ]
    return [f"## {title}", "", "| what | min ms | median ms | max ms |", "|---|---:|---:|---:|", *rows, ""]


def main() -> None:
    grown_figures = sizes()
    per_mb = {
        name: mid / float(name.split()[-2]) for name, _, mid, _ in grown_figures if name.startswith("read and lint")
    }
    slowest, fastest = max(per_mb.values()), min(per_mb.values())
    lines = [
        "# Performance",
        "",
        "Written by `python -m bench --write`; `make bench` prints the same figures. Medians with their spread, in one",
        f"process after a warm-up. Python {platform.python_version()}, {platform.system()}.",
        "",
        *table("Reading and linting one paper, inside a running process", samples()),
        *table("Growth with size", grown_figures),
        f"Reading and linting takes {fastest:.2f}–{slowest:.2f} s a megabyte over these sizes: the dearest megabyte",
        f"costs {slowest / fastest:.2f} times the cheapest (1.00 would be exactly linear).",
        "",
        *papers.report(),
        *table("Starting a command", starts()),
    ]
    text = "\n".join(lines)
    sys.stdout.write(text)
    if "--write" in sys.argv[1:]:
        PAGE.write_text(text + _by_hand(), encoding="utf-8", newline="\n")


def _by_hand() -> str:
    """Give what other benches left on the page; it is written by hand."""
    page = PAGE.read_text(encoding="utf-8")
    return page[page.index(BY_HAND) :] if BY_HAND in page else ""


if __name__ == "__main__":
    main()
