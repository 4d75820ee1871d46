"""Start ``make run`` as a user does, sign in at the address it prints as every role, and stop it.

``python -m tests.trips.demo_smoke``: ends with 0 when all of that went well, and says how long each step took.
"""

import http.cookiejar
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Limits for what hangs, far above what a slow and busy machine needs.
READY_S = 600
STOPPED_S = 120
ANSWERED_S = 120


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="prongsai-smoke-") as folder:
        began = time.monotonic()
        first = start(Path(folder))
        print(f"ready {time.monotonic() - began:.1f} s after an empty folder: {first.told['url']}", flush=True)
        try:
            for account in first.told["accounts"]:
                sign_in(first.told["login_url"], account["username"], account["password"])
                print(f"signed in as {account['role']}", flush=True)
            refuse(first.told["login_url"])
        finally:
            first.stop()
        began = time.monotonic()
        again = start(Path(folder))
        again.stop()
        print(f"ready {time.monotonic() - began:.1f} s the second time, same sign-ins: ", end="")
        same = again.told["accounts"] == first.told["accounts"]
        print(same)
    return 0 if same else 1


class Running:
    """``make run``, up and answering. told: the one line of JSON that it printed."""

    def __init__(self, process: subprocess.Popen[str], told: dict) -> None:
        self._process, self.told = process, told

    def stop(self) -> None:
        """Stop it as Ctrl-C does; fail when it does not end, or said more on standard output."""
        stop_group(self._process)
        rest, _ = self._process.communicate(timeout=STOPPED_S)
        assert rest == "", f"more than one line on standard output: {rest!r}"
        with urllib_error():
            urllib.request.urlopen(self.told["url"], timeout=2)
            raise AssertionError("still answering after the stop")


class urllib_error:  # noqa: N801
    """Expect that nothing answers."""

    def __enter__(self) -> None: ...

    def __exit__(self, kind: type | None, mistake: object, trace: object) -> bool:
        return kind is not None and issubclass(kind, (urllib.error.URLError, OSError)) and kind is not AssertionError


def start(folder: Path) -> Running:
    """Start ``make run`` on a data folder of its own and wait for its line."""
    environment = os.environ | {"PYTHONUTF8": "1"}
    for name in ("PRONGSAI_DATABASE", "PRONGSAI_TEST_DATABASE", "PRONGSAI_SECRET_KEY"):
        environment.pop(name, None)
    make = shutil.which("make") or sys.exit("make is missing")
    command = [make, "--silent", "run", f"PRONGSAI_DATA={folder / 'data'}", "ARGS=--json --port 0"]
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, start_new_session=os.name == "posix"
    )
    assert process.stdout is not None
    deadline = time.monotonic() + READY_S
    line = process.stdout.readline()
    assert line.startswith("{"), f"not a line of JSON: {line!r} (status {process.poll()})"
    assert time.monotonic() < deadline
    return Running(process, json.loads(line))


def stop_group(process: subprocess.Popen[str]) -> None:
    """Send Ctrl-C to make and all that it started."""
    if os.name == "posix":
        os.killpg(process.pid, signal.SIGINT)
    else:
        process.send_signal(signal.CTRL_C_EVENT)  # type: ignore[attr-defined]


def sign_in(login_url: str, username: str, password: str) -> str:
    """Sign in over HTTP as a browser does; give the page that follows. Fails when it is still the sign-in page."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    page = browser.open(login_url, timeout=ANSWERED_S).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token, "the sign-in page has no form"
    form = {"csrfmiddlewaretoken": token[1], "login": username, "password": password}
    request = urllib.request.Request(login_url, urllib.parse.urlencode(form).encode(), {"Referer": login_url})
    answer = browser.open(request, timeout=ANSWERED_S)
    assert answer.url != login_url, f"{username} was not let in"
    return answer.read().decode()


def refuse(login_url: str) -> None:
    """See that a wrong password does not let anybody in."""
    try:
        sign_in(login_url, "coordinator", "wrong password")
    except (AssertionError, urllib.error.HTTPError):
        return
    raise AssertionError("a wrong password let somebody in")


if __name__ == "__main__":
    sys.exit(main())
