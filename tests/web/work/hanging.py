"""A worker with a job that hangs at its first run: ``python -m tests.web.work.hanging FOLDER``.

Each run leaves a line in the file ``runs``; the second one ends. The lease is short, so that a test need not wait.
"""

from __future__ import annotations

import sys
import time
from datetime import timedelta
from pathlib import Path

from prongsai.cli.platform import start_django

start_django()

from prongsai.web.operations import server  # noqa: E402
from prongsai.web.work import plan, services, worker  # noqa: E402

FOLDER = Path(sys.argv[1])


def hang() -> None:
    """Hang, unless somebody did already."""
    runs = FOLDER / "runs"
    is_first = not runs.exists()
    with runs.open("a", encoding="ascii") as file:
        file.write("began\n")
    while is_first:
        time.sleep(0.1)
    (FOLDER / "ended").touch()


if __name__ == "__main__":
    services.LEASE = timedelta(seconds=3)
    worker._RENEW_S, worker.PAUSE_S = 0.5, 0.2
    plan._known.clear()
    plan.add(plan.Planned("hang", "งานที่ค้าง", hang, None))
    server.prepare()
    if not (FOLDER / "runs").exists():
        services.ask(name="hang")
    print("working", flush=True)
    worker.Worker().run()
