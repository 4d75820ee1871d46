"""The main job on the made-up municipality: what ``make run`` does.

The papers carry planted faults, so the command ends with 1 (the documents have errors): that is what is to be shown,
and only an unusable call is a failure here.
"""

import sys
from pathlib import Path

from prongsai.cli import UNUSABLE, run

HERE = Path(__file__).parent

if __name__ == "__main__":
    out = sys.argv[1] if len(sys.argv) > 1 else "out"
    status = run(
        [
            "gaps",
            str(HERE / "faulty"),
            str(HERE / "clean" / "scores-2567.json"),
            "--scores-of",
            "ita-2567",
            "--out",
            out,
        ]
    )
    sys.exit(status if status == UNUSABLE else 0)
