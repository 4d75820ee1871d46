"""Time the counting of a survey: ``python -m bench.surveys_count [--boxes 100000]``, on SQLite.

Real boxes with fifteen answers each are opened, shuffled and kept. Meanwhile another thread asks for its turn to write,
as whoever saves a page does: the longest wait is told. Each figure is of one counting in a process of its own.
"""

import argparse
import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from pathlib import Path

BOXES = 100_000
BATCH = 1000
LOOK_S = 0.02
INSIDE = "--inside"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--boxes", type=int, default=BOXES)
    parser.add_argument(INSIDE, action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.inside:
        return _counted(given.boxes)
    with tempfile.TemporaryDirectory(prefix="prongsai-bench-") as name:
        command = [sys.executable, "-m", "bench.surveys_count", "--boxes", str(given.boxes), INSIDE]
        return subprocess.run(command, env=os.environ | {"PRONGSAI_DATA": name}).returncode


def _counted(boxes: int) -> int:
    from tests.trips import surveys_office  # noqa: PLC0415  # reason: it starts Django on the data folder

    surveys_office.prepare("5")
    _fill(boxes)
    waits: list[float] = []
    done = threading.Event()
    other = threading.Thread(target=_asks_for_turns, args=(Path(os.environ["PRONGSAI_DATA"]), waits, done))
    other.start()
    before, began, mine = _peak_mb(), time.perf_counter(), time.process_time()
    answers = surveys_office.count()
    took, own = time.perf_counter() - began, time.process_time() - mine
    done.set()
    other.join()
    assert len(answers) == boxes
    print(
        f"{boxes:,} boxes: {took:.1f} s, {own:.1f} s of processor; memory {before:.0f} → {_peak_mb():.0f} MB; "
        f"the longest wait of another who writes {max(waits):.1f} s"
    )
    return 0


def _fill(boxes: int) -> None:
    from prongsai.privacy.seal.boxes import seal_value  # noqa: PLC0415  # reason: after Django is set up
    from prongsai.questionnaires.sheet import Sheet  # noqa: PLC0415  # reason: as above
    from prongsai.web.surveys.models import Box, Survey  # noqa: PLC0415  # reason: as above

    survey = Survey.objects.get()
    groups = list(survey.groups.values_list("pk", flat=True))
    length = survey.pure.box_bytes

    def box(n: int) -> Box:
        sheet = Sheet(rated={f"s{q}": str(1 + (n + q) % 5) for q in range(1, 16)})
        sealed = seal_value(sheet.plain, survey.recipient, pad=length)
        return Box(key=uuid.uuid4().hex, survey=survey, group_id=groups[n % len(groups)], sealed=sealed)

    for start in range(0, boxes, BATCH):
        Box.objects.bulk_create(box(n) for n in range(start, min(boxes, start + BATCH)))


def _asks_for_turns(folder: Path, waits: list[float], done: threading.Event) -> None:
    line = sqlite3.connect(next(folder.glob("*.sqlite3")), isolation_level=None, timeout=120)
    while not done.wait(LOOK_S):
        began = time.perf_counter()
        line.execute("BEGIN IMMEDIATE")
        line.execute("ROLLBACK")
        waits.append(time.perf_counter() - began)
    line.close()


def _peak_mb() -> float:
    import resource  # noqa: PLC0415  # reason: not on Windows

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main())
