"""Many who answer a survey at once: a server of its own, people over plain HTTP, and what it takes of the processor."""

from __future__ import annotations

import http.client
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any
from urllib.parse import urlencode

from tests.web.operations.place import Place
from tests.web.operations.running import STOPPED_S

OFTEN = "100000000"
QUESTIONS = 15
PATIENCE_S = 60
_FORM = re.compile(r'name="form" value="([^"]+)"')


@dataclass(frozen=True)
class Town(Place):
    """A place where everybody may answer as often as they like: all of them come from this machine."""

    @property
    def environment(self) -> dict[str, str]:
        """The variables that a process of this installation gets."""
        return super().environment | {"PRONGSAI_ANSWERS_PER_HOUR": OFTEN}

    def asked(self, *what: str) -> Any:
        """Have ``tests.trips.surveys_office`` do something; give what it tells."""
        done = self.python("-m", "tests.trips.surveys_office", *what)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])


@dataclass
class Server:
    """A running server. pid: of the first of its processes."""

    host: str
    port: int
    process: subprocess.Popen[str]

    @property
    def pid(self) -> int:
        """The first of its processes."""
        return self.process.pid

    def kill(self) -> None:
        """End it with everything it started, at once and without a farewell."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.communicate(timeout=STOPPED_S)


@contextmanager
def serving(town: Town, *, workers: int = 1, program: Sequence[str] = ("prongsai",)) -> Iterator[Server]:
    """Serve a place by ``prongsai serve``, in a group of processes of its own. program: what stands for prongsai."""
    call = [sys.executable, "-m", *program, "serve", "--port", "0", "--workers", str(workers), "--json", "--no-work"]
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as errors:  # a pipe would fill and hold it up
        process = subprocess.Popen(
            call, env=town.environment, stdout=subprocess.PIPE, stderr=errors, text=True, start_new_session=True
        )
        assert process.stdout
        try:
            line = process.stdout.readline()
            assert line, _said(errors)
            host, port = json.loads(line)["url"].split("/")[2].rsplit(":", 1)
            yield Server(host, int(port), process)
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                process.communicate(timeout=STOPPED_S)


def _said(errors: IO[str]) -> str:
    errors.seek(0)
    return errors.read()


@dataclass(frozen=True)
class Filled:
    """What somebody is about to send. form: the name of the form they were given."""

    form: str
    code: str
    values: dict[str, str]

    @property
    def form_sent(self) -> dict[str, str]:
        """The fields that a browser sends."""
        return {"form": self.form, "code": self.code} | {f"q-{key}": value for key, value in self.values.items()}

    @property
    def body(self) -> bytes:
        """As a browser sends it."""
        return urlencode(self.form_sent).encode()


class Respondent:
    """Somebody with a browser whose line is kept."""

    def __init__(self, server: Server, path: str) -> None:
        self._path = path
        self._line = http.client.HTTPConnection(server.host, server.port, timeout=PATIENCE_S)

    def ask(self) -> str:
        """Ask for the page; give the name of its form."""
        status, page = self._answered("GET", b"")
        found = _FORM.search(page)
        assert status == 200 and found, f"the page was answered {status}"
        return found[1]

    def send(self, filled: Filled) -> int:
        """Send answers; give the status: 200 says that they are stored."""
        return self._answered("POST", filled.body)[0]

    def close(self) -> None:
        """Hang up."""
        self._line.close()

    def _answered(self, method: str, body: bytes) -> tuple[int, str]:
        headers = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        self._line.request(method, self._path, body or None, headers)
        answer = self._line.getresponse()
        return answer.status, answer.read().decode()


def answers_of(number: int) -> dict[str, str]:
    """Give answers that tell their number: its digits to the base of five, behind a few of chance."""
    digits = [str(number // 5**place % 5 + 1) for place in range(QUESTIONS - 3)]
    chance = random.Random(number)
    return {f"s{n}": digit for n, digit in enumerate(digits + [chance.choice("12345") for _ in range(3)], 1)}


def number_of(values: dict[str, str]) -> int:
    """Give the number of answers."""
    return sum((int(values[f"s{place + 1}"]) - 1) * 5**place for place in range(QUESTIONS - 3))
