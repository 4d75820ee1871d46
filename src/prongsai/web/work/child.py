"""A worker beside the server: a process of its own, so that an office's PC needs no timetable of the machine."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from prongsai.web import environment
from prongsai.web.faults import place_of

CALL = (sys.executable, "-m", "prongsai", "work", "--with-parent")
_AGAIN_S = 10.0  # before a worker that ended by itself is started again
_OF_THE_SERVER = frozenset({environment.PAGES, environment.FIRST_WORD, environment.FIGURES_FOLDER})
_PATIENCE_S = 30.0  # for the job in hand; what is cut off is done again
_LOG = logging.getLogger(__name__)


@contextmanager
def worker_beside(*, wanted: bool = True) -> Iterator[None]:
    """Have a worker run for as long as this is open; it is started again when it ends by itself.

    It ends when its standard input does: also when this process is killed, and on every system.
    """
    if not wanted:
        yield
        return
    ended = threading.Event()
    keeper = threading.Thread(target=_keep, args=(ended,), name="worker-beside", daemon=True)
    keeper.start()
    try:
        yield
    finally:
        ended.set()
        keeper.join()


def _keep(ended: threading.Event) -> None:
    while not ended.is_set():
        try:
            _keep_one(ended)
        except OSError as fault:  # no memory or no process left for one, or no Python while that is replaced
            _LOG.warning("%s", place_of(fault))
        ended.wait(_AGAIN_S)


def _keep_one(ended: threading.Event) -> None:
    variables = {name: value for name, value in os.environ.items() if name not in _OF_THE_SERVER}
    with subprocess.Popen(CALL, env=variables, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None and not ended.wait(0.5):
            pass
        _let_end(process)


def _let_end(process: subprocess.Popen[bytes]) -> None:
    assert process.stdin
    process.stdin.close()
    try:
        process.wait(_PATIENCE_S)
    except subprocess.TimeoutExpired:
        process.kill()
