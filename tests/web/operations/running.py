"""A verb that serves: started in an installation of its own, asked over HTTP, stopped as Ctrl-C does."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from tests.web.operations.place import Place

STOPPED_S = 120
ANSWERED_S = 120


@contextmanager
def served(place: Place, *call: str) -> Iterator[dict[str, object]]:
    """Give the one line of JSON that a verb printed; afterwards it must end with 0 and have said nothing more.

    No worker runs beside it: what it does by the clock is no part of what is looked at.
    """
    process = place.start("-m", "prongsai", *call, "--no-work", "--json")
    assert process.stdout is not None
    try:
        line = process.stdout.readline()
        assert line, process.communicate(timeout=STOPPED_S)[1]
        yield json.loads(line)
    finally:
        stop(process)
        rest, errors = process.communicate(timeout=STOPPED_S)
    assert (rest, process.returncode) == ("", 0), errors


def stop(process: subprocess.Popen[str]) -> None:
    """Ask a process to end, as a service manager does."""
    process.send_signal(signal.SIGTERM if os.name == "posix" else signal.CTRL_BREAK_EVENT)  # type: ignore[attr-defined]


def status(url: str, **headers: str) -> int:
    """Give the status that an address answers with; redirects are followed."""
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=ANSWERED_S) as answer:
            return answer.status
    except urllib.error.HTTPError as mistake:
        return mistake.code


def answers(url: str) -> bool:
    """Whether anything listens at an address."""
    host, port = url.split("/")[2].rsplit(":", 1)
    with socket.socket() as probe:
        return probe.connect_ex((host, int(port))) == 0
