"""The worker as a process: it ends when it is told to, and what a killed one had in hand is done by the next."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connections

from prongsai.web.work import services, worker
from tests.trips.complaints_load import processes
from tests.web.at_once import on_disk
from tests.web.operations.conftest import prepared, prepared_once  # noqa: F401
from tests.web.operations.place import SERVER, Place
from tests.web.operations.running import STOPPED_S, stop
from tests.web.work.conftest import Make

pytestmark = pytest.mark.db
PATIENCE_S = 60
LEASE_S = 3


def wait_for(is_so: Callable[[], object], what: str) -> None:
    until = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < until, f"{what}: not within {PATIENCE_S} s"
        time.sleep(0.05)


def working(place: Place, *call: str) -> subprocess.Popen[str]:
    """Start a worker; it works when this comes back."""
    process = place.start("-m", *call)
    assert process.stdout
    assert process.stdout.readline(), process.communicate(timeout=STOPPED_S)[1]
    return process


def test_job_of_a_killed_worker_is_done_by_the_next_and_kept_by_a_living_one(
    prepared: Place,  # noqa: F811
    tmp_path: Path,
):
    runs, ended = tmp_path / "runs", tmp_path / "ended"
    first = working(prepared, "tests.web.work.hanging", str(tmp_path))
    wait_for(runs.exists, "the job begins")
    second = working(prepared, "tests.web.work.hanging", str(tmp_path))
    try:
        time.sleep(2 * LEASE_S)
        assert runs.read_text() == "began\n"  # the first renews its lease
        first.kill()
        wait_for(ended.exists, "the second worker takes the job over")
        assert runs.read_text() == "began\nbegan\n"
    finally:
        for process in (first, second):
            process.kill()
            process.communicate(timeout=STOPPED_S)


def test_worker_ends_when_it_is_told_to(prepared: Place):  # noqa: F811
    process = working(prepared, "prongsai", "work", "--json")
    stop(process)
    assert process.communicate(timeout=STOPPED_S) == ("", "")
    assert process.returncode == 0


def test_worker_beside_a_server_ends_with_its_standard_input(prepared: Place):  # noqa: F811
    process = working(prepared, "prongsai", "work", "--json", "--with-parent")
    assert process.poll() is None
    assert process.communicate("", timeout=STOPPED_S) == ("", "")
    assert process.returncode == 0


@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
def test_server_brings_a_worker_that_does_not_outlive_it(prepared: Place):  # noqa: F811
    process = prepared.start("-m", "prongsai", "serve", "--port", "0", "--json")
    try:
        assert process.stdout and process.stdout.readline()
        wait_for(lambda: jobs_of(prepared), "the worker keeps its timetable")
        below = [pid for pid in processes(process.pid) if pid != process.pid]
        workers = [pid for pid in below if "--with-parent" in call_of(pid)]
        assert len(workers) == 1
        assert not any("PRONGSAI_PAGES=1" in text_of(pid, "environ") for pid in workers)
    finally:
        process.kill()
        process.communicate(timeout=STOPPED_S)
    wait_for(lambda: not any("--with-parent" in call_of(pid) for pid in workers), "the worker ends")


@pytest.mark.django_db(transaction=True)
def test_lane_holds_no_line_to_the_database_while_its_job_runs(planned: Make, tmp_path: Path, monkeypatch):
    monkeypatch.setattr(worker, "_RENEW_S", 0.05)
    held: list[bool] = []

    def look() -> None:
        held.append(lane.connection is not None)
        until = time.monotonic() + PATIENCE_S
        while not renewed or lane.connection is not None:
            assert time.monotonic() < until, "the line is kept after the lease was renewed"

    planned("look", look)
    renewed: list[bool] = []
    renew = services.renew
    monkeypatch.setattr(services, "renew", lambda job: renewed.append(renew(job)))
    with on_disk(tmp_path), ThreadPoolExecutor(1) as hand:
        lane = connections["default"]
        job = services.take_now(name="look")
        assert worker.work_off(job, hand) is None
    assert held == [False] and all(renewed)


@pytest.mark.skipif(not SERVER, reason="PostgreSQL alone has a pool")
def test_pool_of_one_line_is_enough_for_a_job(prepared: Place):  # noqa: F811
    call = [sys.executable, "-m", "prongsai", "work", "--run", "clearsessions"]
    variables = prepared.environment | {"PRONGSAI_POOL": "1"}
    done = subprocess.run(call, env=variables, capture_output=True, text=True, timeout=PATIENCE_S)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_lane_that_ends_by_itself_ends_the_worker_with_an_error(monkeypatch):
    def is_up_to_date() -> bool:
        if threading.current_thread().name == "lane-True":
            raise MemoryError
        return False

    monkeypatch.setattr(worker, "is_up_to_date", is_up_to_date)
    with pytest.raises(worker.LaneEnded):
        worker.Worker().run()


def jobs_of(place: Place) -> bool:
    return '"mind_surveys"' in place.run("work", "--list", "--json").stdout


def call_of(pid: int) -> str:
    return text_of(pid, "cmdline")


def text_of(pid: int, name: str) -> str:
    try:
        return Path(f"/proc/{pid}/{name}").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
