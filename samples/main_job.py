"""The main job on the made-up municipality: what ``make run`` does.

The papers carry planted faults, so the first command ends with 1 (the documents have errors): that is what is to be
shown, and only an unusable call is a failure here. Then last year's report is written anew as Word and PDF.
"""

import contextlib
import io
import sys
from pathlib import Path

from prongsai.cli import UNUSABLE, run

HERE = Path(__file__).parent
REPORT = "measures-report-2568"


def main(out: Path) -> int:
    """Find the gaps and plan the year, read a report into records, write it as Word and PDF."""
    gaps = ["gaps", str(HERE / "faulty"), str(HERE / "clean" / "scores-2567.json"), "--scores-of", "ita-2567"]
    if run([*gaps, "--out", str(out)]) == UNUSABLE:
        return UNUSABLE
    records = out / f"{REPORT}.json"
    read = io.StringIO()
    with contextlib.redirect_stdout(read):
        run(["read", "--json", str(HERE / "clean" / f"{REPORT}.txt")])
    records.write_text(read.getvalue(), encoding="utf-8")
    papers = [str(out / f"{REPORT}.docx"), str(out / f"{REPORT}.pdf")]
    return run(["write", "measures-report", str(records), "-o", papers[0], "-o", papers[1]])


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "out")))
