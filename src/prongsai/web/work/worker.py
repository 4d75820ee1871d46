"""The worker: takes what is due until it is told to stop, and finishes what it has in hand.

Two lanes, a thread each: one takes whatever has been due for longest, the other only what is quick, so that a backup of
an hour does not keep the mail. A lane lends its job to a thread of its own and renews the lease meanwhile.
"""

from __future__ import annotations

import logging
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress

from django.db import Error, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils import translation

from prongsai.errors import ProngsaiError
from prongsai.web.faults import place_of
from prongsai.web.work import plan, services
from prongsai.web.work.models import LEASE, Job

PAUSE_S = 2.0  # between two looks when nothing is due
_TEND_S = 60.0
_AWAY_S = 5.0  # before the next look at a database that does not answer
_RENEW_S = LEASE.total_seconds() / 4
_LANES = (True, False)  # takes long jobs too
_LOG = logging.getLogger(__name__)


class LaneEnded(ProngsaiError):
    """A worker that could not go on; whoever keeps it starts it anew."""

    def __init__(self) -> None:
        super().__init__(
            "a lane of the worker ended by itself",
            message_th="งานเบื้องหลังหยุดเองเพราะข้อผิดพลาดของโปรแกรม",
            mend_th="เปิด prongsai work ใหม่ สาเหตุอยู่ในข้อความก่อนหน้านี้",
        )


class Worker:
    """Works until ``stop``."""

    def __init__(self) -> None:
        self._stopped = threading.Event()

    def stop(self) -> None:
        """Take nothing more. May be called by a signal and from any thread."""
        self._stopped.set()

    def run(self) -> None:
        """Work until stopped; comes back when what was in hand is done. Raises LaneEnded."""
        lanes = [threading.Thread(target=self._lane, args=(long,), name=f"lane-{long}") for long in _LANES]
        for lane in lanes:
            lane.start()
        has_ended = False
        while not self._stopped.wait(1.0):  # a wait without end would not hear Ctrl-C on Windows
            if not all(lane.is_alive() for lane in lanes) and not self._stopped.is_set():
                has_ended = True
                self.stop()
        for lane in lanes:
            lane.join()
        if has_ended:
            raise LaneEnded

    def _lane(self, long: bool) -> None:
        self._wait_for_tables()
        tended_at = 0.0
        with ThreadPoolExecutor(1) as hand:
            while not self._stopped.is_set():
                try:
                    if long and time.monotonic() - tended_at > _TEND_S:
                        services.tend()
                        tended_at = time.monotonic()
                    job = services.take(long=long)
                    if job is None:
                        connections.close_all()  # somebody else's, while we wait
                        self._stopped.wait(PAUSE_S)
                    else:
                        work_off(job, hand)
                except Error as fault:
                    self._rest(fault)
        connections.close_all()

    def _wait_for_tables(self) -> None:
        """Wait until the platform has brought the database to this version: it is started beside us."""
        while not self._stopped.is_set():
            try:
                if is_up_to_date():
                    return
                self._stopped.wait(PAUSE_S)
            except Error as fault:
                self._rest(fault)

    def _rest(self, fault: Error) -> None:
        _LOG.warning("%s", place_of(fault))
        connections.close_all()  # a broken line is not asked again
        self._stopped.wait(_AWAY_S)


def is_up_to_date() -> bool:
    """Whether the database has had every migration of this version. Raises a database's Error."""
    executor = MigrationExecutor(connections["default"])
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def work_off(job: Job, hand: ThreadPoolExecutor) -> BaseException | None:
    """Do a job that was taken and say how it went; give its fault. Raises a database's Error when that cannot be said.

    Then the lease ends by itself and the job is done again.
    """
    connections.close_all()  # the job's thread needs a line, and a pool may have no other
    running: Future[object] = hand.submit(_call, job)
    while not wait([running], timeout=_RENEW_S).done:
        with suppress(Error):  # it is held again at the next try, or somebody else begins anew
            services.renew(job)
        connections.close_all()
    fault = running.exception()
    if fault is None:
        services.finish(job)
    else:
        _LOG.warning("%s: %s", job.name, place_of(fault))
        services.fail(job, fault=fault)
    return fault


def _call(job: Job) -> object:
    try:
        with translation.override("th"):
            return plan.known()[job.name].run(**job.arguments)
    finally:
        connections.close_all()


def work_once() -> tuple[int, int]:
    """Do everything that is due now; give how many went well and how many did not."""
    services.tend()
    results: list[bool] = []
    with ThreadPoolExecutor(1) as hand:
        while job := services.take():
            results.append(work_off(job, hand) is None)
    return results.count(True), results.count(False)


def work_now(name: str) -> BaseException | None:
    """Do a job of the clock at once; give its fault. Raises NoSuchJob, BusyElsewhere while another worker has it."""
    if name not in plan.known() or plan.known()[name].when is None:
        raise services.NoSuchJob(name)
    services.tend()
    job = services.take_now(name=name)
    with ThreadPoolExecutor(1) as hand:
        return work_off(job, hand)
