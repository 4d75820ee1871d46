"""Run every search with its full counts and write what was seen: ``make prove``.

Each search writes a line of JSON to the file named by PRONGSAI_PROOFS: name, count, passed, and what was counted.
"""

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "explanation" / "proofs.md"


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        proofs = Path(folder) / "proofs.jsonl"
        environment = {**os.environ, "PRONGSAI_PROVE": "1", "PRONGSAI_PROOFS": str(proofs)}
        began = time.monotonic()
        status = subprocess.run([sys.executable, "-m", "pytest", "-n", "2"], cwd=ROOT, env=environment).returncode
        took = time.monotonic() - began
        lines = proofs.read_text(encoding="utf-8").splitlines() if proofs.exists() else []
    if status == 0:
        found = sorted((json.loads(line) for line in lines), key=lambda proof: proof["name"])
        PAGE.write_text(page(found, took), encoding="utf-8", newline="\n")
    return status


def page(found: list[dict[str, object]], took: float) -> str:
    rows = [f"| {p['name']} | {p['count']:,} | {p['passed']:,} | {p.get('note', '')} |" for p in found]
    return "\n".join(
        [
            "# Proofs",
            "",
            "Written by `make prove`: every search of the tests with its full count. `make test` runs the same",
            "searches with small fixed seeds. Beside the searches below, each property test of `thai/`, `frameworks/`,",
            "`scoring/` and `reports/` ran with 2,000 examples in place of 40.",
            "",
            f"Python {platform.python_version()}, {platform.system()}, {os.cpu_count()} processors, {took / 60:.1f} minutes.",
            "",
            "| search | tried | held | what was counted |",
            "|---|---|---|---|",
            *rows,
            "",
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
