"""The server as a supervisor and Prometheus see it, behind a proxy with HTTPS, with several processes."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from prongsai.web.operations.figures import WRITE_EVERY_S
from tests.postgres import free_port
from tests.web.operations.place import Place
from tests.web.operations.running import STOPPED_S, stop

pytestmark = pytest.mark.db
BEHIND = {
    "PRONGSAI_HTTPS": "1",
    "PRONGSAI_ORIGINS": "https://ita.example.go.th",
    "PRONGSAI_BEHIND_PROXY": "1",
    "PRONGSAI_HOSTS": "ita.example.go.th",
    "PRONGSAI_LOG": "json",
    "PRONGSAI_METRICS_TOKEN": "a long token",
}
PROXY = {"Host": "ita.example.go.th", "X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https"}
ASKED = 24


def ask(port: int, path: str, **headers: str) -> tuple[int, str]:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        line.request("GET", path, headers=headers)
        answer = line.getresponse()
        return answer.status, answer.read().decode()
    finally:
        line.close()


@contextmanager
def serving(place: Place, log: Path, *call: str) -> Iterator[int]:
    """Serve behind a proxy; gives the port. What is logged goes to a file."""
    port = free_port()
    code = f"import os; os.environ |= {BEHIND!r}; from prongsai.cli import main; main()"
    command = [sys.executable, "-c", code, "serve", "--port", str(port), "--json", "--no-work", *call]
    with log.open("w", encoding="utf-8") as file:
        process = subprocess.Popen(command, env=place.environment, stdout=subprocess.PIPE, stderr=file, text=True)
        try:
            assert process.stdout
            line = process.stdout.readline()
            assert line, log.read_text(encoding="utf-8")
            assert json.loads(line)["url"] == "https://ita.example.go.th/"
            yield port
        finally:
            stop(process)
            process.communicate(timeout=STOPPED_S)


def test_probes_figures_and_lines_of_a_real_server(prepared: Place, tmp_path: Path):
    with serving(prepared, tmp_path / "log", "--workers", "2") as port:
        assert [ask(port, path)[0] for path in ("/health/live/", "/health/ready/")] == [200, 200]
        assert ask(port, "/health/live/", Host="evil.example")[0] == 400
        assert ask(port, "/health/live/", **PROXY)[0] == 200
        assert ask(port, "/account/login/")[0] == 400  # the other pages have the office's own name alone
        assert [ask(port, "/account/login/", **PROXY)[0] for _ in range(ASKED)] == [200] * ASKED
        assert ask(port, "/account/login/", Host="ita.example.go.th")[0] == 301
        assert ask(port, "/metrics/", **PROXY)[0] == 404
        assert ask(port, "/metrics/", **PROXY, Authorization="Bearer a long token")[0] == 200
        assert ask(port, "/05160101/report/", **PROXY)[0] == 404
        time.sleep(2 * WRITE_EVERY_S)  # until the other process has told
        for _ in range(6):  # whichever process is asked
            _, figures = ask(port, "/metrics/")
            assert f'prongsai_requests_total{{route="account_login",method="GET",status="2xx"}} {ASKED}\n' in figures
            assert "report" not in figures.replace("none of reports", "")
    lines = [json.loads(line) for line in (tmp_path / "log").read_text(encoding="utf-8").splitlines()]
    told = [line for line in lines if line["event"] == "request" and line["route"] == "account_login"]
    assert len([line for line in told if line["status"] == 200]) == ASKED
    assert len({line["request_id"] for line in told}) == len(told)
    assert not any(word in json.dumps(lines) for word in ("203.0.113.9", "05160101", "a long token"))
