"""Somebody at the other end of a line: a browser over plain HTTP, without Django, and a server to talk to."""

from __future__ import annotations

import contextlib
import html
import http.client
import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.web.operations.place import Place
from tests.web.operations.running import STOPPED_S, stop

PATIENCE_S = 300
BOUNDARY = "----the-edge-of-a-form"
Files = Sequence[tuple[str, bytes]]


@dataclass(frozen=True)
class Watched(Place):
    """A place whose passing files come into a folder of its own. is_debugging: with pages of errors for developers."""

    temporary: str = ""
    is_debugging: bool = False

    @property
    def environment(self) -> dict[str, str]:
        """The variables that a process of this installation gets."""
        usual = {name: value for name, value in super().environment.items() if name not in ("TEMP", "TMP")}
        more = {"PRONGSAI_REPORTS_PER_HOUR": "1000000", "TMPDIR": self.temporary, "SQLITE_TMPDIR": self.temporary}
        return usual | more | ({"PRONGSAI_DEBUG": "1"} if self.is_debugging else {})


@dataclass(frozen=True)
class Server:
    """A running server. sessions: role → of somebody who is signed in."""

    host: str
    port: int
    pid: int
    code: str
    sessions: dict[str, str]
    private: str


@contextlib.contextmanager
def serving(place: Watched, log: Path) -> Iterator[Server]:
    """Serve an office by ``prongsai serve``; all that it prints goes into the log."""
    call = [sys.executable, "-m", "tests.web.complaints.hostile.serving", "--port", "0", "--json", "--no-work"]
    with (
        log.open("w", encoding="utf-8") as errors,
        subprocess.Popen(call, env=place.environment, stdout=subprocess.PIPE, stderr=errors, text=True) as process,
    ):
        assert process.stdout
        try:
            office, address = process.stdout.readline(), process.stdout.readline()
            assert address, log.read_text(encoding="utf-8")
            host, port = json.loads(address)["url"].split("/")[2].rsplit(":", 1)
            yield Server(host, int(port), process.pid, **json.loads(office))
        finally:
            stop(process)
            process.wait(STOPPED_S)


@dataclass
class Browser:
    """A browser with its cookies. answered: every page that it got, for whoever wants to look through them."""

    server: Server
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> tuple[int, str]:
        """Ask for a page; give its status and its text."""
        return self._asked("GET", path, b"", "")

    def post(self, path: str, fields: dict[str, str], files: Files = ()) -> tuple[int, str]:
        """Send a form as browsers do."""
        return self._asked("POST", path, body_of(fields, files), f"multipart/form-data; boundary={BOUNDARY}")

    def act(self, page: str, path: str, fields: dict[str, str]) -> tuple[int, str]:
        """Send a form of a page, with its token."""
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get(page)[1])
        assert token, f"no form on {page}"
        return self.post(path, {"csrfmiddlewaretoken": token[1], **fields})

    def _asked(self, method: str, path: str, body: bytes, kind: str) -> tuple[int, str]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        headers |= {"Content-Type": kind} if kind else {}
        line = http.client.HTTPConnection(self.server.host, self.server.port, timeout=PATIENCE_S)
        try:
            line.request(method, path, body or None, headers)
            answer = line.getresponse()
            for cookie in answer.headers.get_all("Set-Cookie") or ():
                name, _, value = cookie.partition(";")[0].partition("=")
                self.cookies[name] = value.strip('"')
            return answer.status, html.unescape(answer.read().decode("utf-8", "replace"))
        finally:
            line.close()


def body_of(fields: dict[str, str], files: Files = ()) -> bytes:
    """Write a form."""
    parts = [_part(f'name="{name}"', text.encode()) for name, text in fields.items()]
    parts += [_part(f'name="files"; filename="{title}"', content) for title, content in files]
    return b"".join([*parts, f"--{BOUNDARY}--\r\n".encode()])


def _part(about: str, content: bytes) -> bytes:
    return f"--{BOUNDARY}\r\nContent-Disposition: form-data; {about}\r\n\r\n".encode() + content + b"\r\n"


# --- files -----------------------------------------------------------------------------------------------------------
def files_in(folder: Path) -> list[Path]:
    """List the files of a folder in which others make and remove folders meanwhile."""
    return sorted(Path(where, name) for where, _, names in os.walk(folder) for name in names)


def read_all(paths: Iterable[Path]) -> dict[Path, bytes]:
    """Read those that are still there."""
    found: dict[Path, bytes] = {}
    for path in paths:
        with contextlib.suppress(FileNotFoundError):
            if path.is_file():
                found[path] = path.read_bytes()
    return found


# --- passing files ----------------------------------------------------------------------------------------------------
@contextlib.contextmanager
def watching(folder: Path, pid: int) -> Iterator[dict[str, bytes]]:
    """Look all the time into a folder, and at files without a name that a process and its children hold open.

    Gives what was seen, by name, as long as it was. Without /proc only the folder is looked at.
    """
    seen: dict[str, bytes] = {}
    ended = threading.Event()

    def look() -> None:
        while not ended.wait(0.01):
            for path in (*files_in(folder), *_nameless(pid)):
                with contextlib.suppress(OSError):
                    if path.is_file() and len(content := path.read_bytes()) >= len(seen.get(str(path), b"")):
                        seen[str(path)] = content

    looking = threading.Thread(target=look, daemon=True)
    looking.start()
    try:
        yield seen
    finally:
        ended.set()
        looking.join()


def _nameless(pid: int) -> Iterator[Path]:
    for one in _family(pid):
        for handle in Path(f"/proc/{one}/fd").glob("*"):
            with contextlib.suppress(OSError):
                where = str(handle.readlink())
                if where.startswith("/") and where.endswith(" (deleted)") and not where.startswith(("/dev", "/memfd")):
                    yield handle


def _family(pid: int) -> list[int]:
    found = [pid]
    for one in found:
        for path in Path(f"/proc/{one}/task").glob("*/children"):
            with contextlib.suppress(OSError):
                found += [int(child) for child in path.read_text().split()]
    return found
