"""Many who report at the same moment: a server of its own, clients over plain HTTP, and what it all takes of memory."""

from __future__ import annotations

import html
import http.client
import itertools
import json
import os
import random
import re
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from tests.web.operations.place import Place
from tests.web.operations.running import STOPPED_S, stop

# Everybody here comes from this machine: what an office lets all together do in an hour is far below.
OFTEN = "1000000"
WAIT_S = 3.2  # a form that is sent sooner than anybody can read it is refused
AHEAD = 8  # forms that a client opens before it sends the first, so that it does not wait before each
PATIENCE_S = 300
_BOUNDARY = "----prongsai-a-form-of-a-browser"
_FIELDS = (
    ("mode", "confidential"),
    ("name", "สมใจ ไม่ยอม"),
    ("phone", "0810000000"),
    ("category", "bribe"),
    ("accused_1_name", "ช่างรับเหมาจากนอกหน่วยงาน"),
)
_WORD = re.compile(r'class="latin"[^>]*>(\w+)<')
Files = tuple[tuple[str, bytes], ...]


# --- what is reported -------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Load:
    """So many reports by so many at once. sizes: of the files of each, by its number; breaks: of so many lines one."""

    name: str
    count: int
    clients: int
    sizes: Callable[[int], tuple[int, ...]] = lambda number: ()
    breaks: int = 10

    def what(self, number: int) -> str:
        """Give what the report of a number tells, unlike any other."""
        return f"{self.name} เรื่องที่ {number} ของทั้งหมด นายช่างขอเงินห้าพันบาทแลกกับใบอนุญาตก่อสร้าง"

    def files(self, number: int) -> Files:
        """Give its files: recordings, of bytes that no other has."""
        return tuple(
            (f"เสียงสนทนา {place}.mp3", b"ID3" + random.Random(f"{self.name} {number} {place}").randbytes(size))
            for place, size in enumerate(self.sizes(number), 1)
        )

    @property
    def file_bytes(self) -> int:
        """How many bytes all files have."""
        return sum(len(b"ID3") + size for number in range(self.count) for size in self.sizes(number))


@dataclass
class Sent:
    """One report on its way. words: its receipt; faults: whatever went wrong, in words."""

    number: int
    words: tuple[str, ...] = ()
    asked_s: float = 0.0
    sent_s: float = 0.0
    faults: list[str] = field(default_factory=list)


def body_of(form: dict[str, str], what: str, files: Files) -> bytes:
    """Give what a browser sends, in the order of the page. The consent comes last: a form that is cut off has none."""
    before = (*form.items(), *_FIELDS, ("what", what), ("where", "เคาน์เตอร์กองช่าง"), ("when", "ต้นเดือนมีนาคม"))
    parts = [
        *(_part(name, text.encode()) for name, text in before),
        *(_part("files", content, title) for title, content in files),
        _part("consent", b"on"),
    ]
    return b"".join([*parts, f"--{_BOUNDARY}--\r\n".encode()])


def _part(name: str, content: bytes, title: str = "") -> bytes:
    file = f'; filename="{title}"\r\nContent-Type: audio/mpeg' if title else ""
    return f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n'.encode() + content + b"\r\n"


# --- one who reports --------------------------------------------------------------------------------------------------
class Reporter:
    """Reports and follows over one connection that is kept, as a browser keeps it."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._line = http.client.HTTPConnection(server.host, server.port, timeout=PATIENCE_S)

    def form(self) -> dict[str, str]:
        """Ask for a form; give its hidden fields."""
        status, page = self.asked("GET", self._server.path("public"))
        assert status == 200, f"the form was answered {status}"
        return {name: _hidden(page, name) for name in ("token", "opened")}

    def send(self, body: bytes) -> tuple[str, ...]:
        """Send a report; give the words of the receipt."""
        status, page = self.asked(
            "POST", self._server.path("public"), body, f"multipart/form-data; boundary={_BOUNDARY}"
        )
        assert status == 201, f"the report was answered {status}"
        words = tuple(_WORD.findall(page))
        assert len(words) == 7, f"a receipt of {len(words)} words"
        return words

    def follow(self, words: Sequence[str]) -> str:
        """Open a report by its receipt; give the page."""
        form = f"words={quote(' '.join(words))}".encode()
        status, page = self.asked("POST", self._server.path("follow"), form, "application/x-www-form-urlencoded")
        assert status == 200, f"the receipt was answered {status}"
        return html.unescape(page)

    def asked(self, method: str, path: str, body: bytes = b"", kind: str = "") -> tuple[int, str]:
        """Ask for a page; give its status and what it holds."""
        headers = {"Content-Type": kind} if kind else {}
        self._line.request(method, path, body or None, headers)
        answer = self._line.getresponse()
        return answer.status, answer.read().decode()

    def send_and_break(self, body: bytes, *, after: int | None = None) -> None:
        """Send a report over a line that breaks: after so many bytes of it, or for None while the answer comes in."""
        head = (
            f"POST {self._server.path('public')} HTTP/1.1\r\nHost: {self._server.host}:{self._server.port}\r\n"
            f"Content-Type: multipart/form-data; boundary={_BOUNDARY}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        with socket.create_connection((self._server.host, self._server.port), timeout=PATIENCE_S) as line:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # gone without a farewell
            line.sendall(head.encode() + body[:after])
            if after is None:
                line.recv(100)

    def close(self) -> None:
        """Hang up."""
        self._line.close()


def _hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert found, f"no {name} in the form"
    return found[1]


# --- all of them ------------------------------------------------------------------------------------------------------
def send_all(server: Server, load: Load) -> list[Sent]:
    """Have everything reported and followed, by all clients at once."""
    numbers = iter(range(load.count))
    lock = threading.Lock()

    def client(_place: int) -> list[Sent]:
        done: list[Sent] = []
        while True:
            with lock:
                mine = list(itertools.islice(numbers, min(AHEAD, max(1, load.count // load.clients))))
            if not mine:
                return done
            done += _some(server, load, mine)

    with ThreadPoolExecutor(load.clients) as pool:
        return sorted(itertools.chain(*pool.map(client, range(load.clients))), key=lambda one: one.number)


def _some(server: Server, load: Load, numbers: Sequence[int]) -> list[Sent]:
    """Report a few things over one connection: all forms are asked for, then sent, then followed."""
    reporter = Reporter(server)
    some = {number: Sent(number) for number in numbers}
    forms: dict[int, dict[str, str]] = {}
    for number, one in some.items():
        with _noting(one, reporter):
            began = time.perf_counter()
            forms[number] = reporter.form()
            one.asked_s = time.perf_counter() - began
    time.sleep(WAIT_S)
    for number, one in some.items():
        with _noting(one, reporter):
            body = body_of(forms[number], load.what(number), load.files(number))
            began = time.perf_counter()
            is_broken = bool(load.breaks) and number % load.breaks == 0
            one.words = _sent_badly(reporter, body, Reporter(server)) if is_broken else reporter.send(body)
            one.sent_s = time.perf_counter() - began
    for number, one in some.items():
        with _noting(one, reporter):
            assert load.what(number) in reporter.follow(one.words), "the receipt opens another report"
    reporter.close()
    return list(some.values())


def _sent_badly(reporter: Reporter, body: bytes, other: Reporter) -> tuple[str, ...]:
    """Send one report again and again: cut off on the way, cut off in the answer, and twice in the same moment.

    What is cut off on the way ends in its first file: a whole one would wait for the rest of its form for two days.
    The line that is kept is given up first: the server ends one on which nothing is asked for half a minute.
    """
    reporter.close()
    reporter.send_and_break(body, after=max(body.find(b"ID3"), 0) + 20_000)
    reporter.send_and_break(body)
    with ThreadPoolExecutor(1) as pool:
        at_once = pool.submit(other.send, body)
        words = reporter.send(body)
        assert at_once.result() == words, "one form gave two receipts"
    other.close()
    assert reporter.send(body) == words, "one form gave two receipts"
    return words


@contextmanager
def _noting(one: Sent, reporter: Reporter) -> Iterator[None]:
    """Note what goes wrong and go on with the next on a new line: a report that is lost must not hide another."""
    try:
        yield
    except (AssertionError, KeyError, OSError, http.client.HTTPException) as fault:
        one.faults.append(f"{type(fault).__name__}: {fault}")
        reporter.close()


# --- the server -------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Busy(Place):
    """A place whose server lets everybody report as often as they like. temporary: its folder for passing files."""

    temporary: str = ""

    @property
    def environment(self) -> dict[str, str]:
        """The variables that a process of this installation gets."""
        return super().environment | {"PRONGSAI_REPORTS_PER_HOUR": OFTEN, "TMPDIR": self.temporary}


@dataclass
class Server:
    """A running server of an office with an opened channel.

    identities: private keys of one of its handlers. said: what it wrote to standard error while it served, known at the
    end.
    """

    host: str
    port: int
    pid: int
    code: str
    identities: list[str]
    said: str = ""

    def path(self, page: str) -> str:
        """Give the address of a page of reporters."""
        return f"/{self.code}/report/{page}/"


@contextmanager
def serving(place: Busy, *, workers: int = 1) -> Iterator[Server]:
    """Open the channel of an office and serve it by ``prongsai serve``; stop it as a service manager does."""
    call = [
        sys.executable,
        "-m",
        "tests.trips.complaints_office",
        "--port",
        "0",
        "--workers",
        str(workers),
        "--json",
        "--no-work",
    ]
    log = Path(place.temporary).with_suffix(".log")
    with (
        log.open("w", encoding="utf-8") as errors,
        subprocess.Popen(call, env=place.environment, stdout=subprocess.PIPE, stderr=errors, text=True) as process,
    ):
        assert process.stdout
        try:
            office, address = process.stdout.readline(), process.stdout.readline()
            before = log.read_text(encoding="utf-8")
            assert address, before
            host, port = json.loads(address)["url"].split("/")[2].rsplit(":", 1)
            server = Server(host, int(port), process.pid, **json.loads(office))
            yield server
            server.said = log.read_text(encoding="utf-8").removeprefix(before)
        finally:
            stop(process)
            process.wait(STOPPED_S)


# --- what it takes ----------------------------------------------------------------------------------------------------
@dataclass
class Usage:
    """What a server took, with all processes that it started.

    largest_mb: most memory of one of them; together_mb: of all at once; cpu_s: of the processor; wall_s: by the clock.
    """

    largest_mb: float = 0.0
    together_mb: float = 0.0
    cpu_s: float = 0.0
    wall_s: float = 0.0


@contextmanager
def watched(server: Server, every_s: float = 0.2) -> Iterator[Usage]:
    """Look at a server's memory all the time; without /proc nothing is seen."""
    usage, ended = Usage(), threading.Event()

    def look() -> None:
        while not ended.wait(every_s):
            sizes = [_resident_mb(pid) for pid in processes(server.pid)] or [0.0]
            usage.largest_mb = max(usage.largest_mb, *sizes)
            usage.together_mb = max(usage.together_mb, sum(sizes))

    looking = threading.Thread(target=look, daemon=True)
    looking.start()
    began, before = time.perf_counter(), cpu_of(server)
    try:
        yield usage
    finally:
        usage.wall_s, usage.cpu_s = time.perf_counter() - began, cpu_of(server) - before
        ended.set()
        looking.join()


def processes(pid: int) -> list[int]:
    """Give a process and all below it."""
    parents = {
        int(path.parent.name): fields[1] for path in Path("/proc").glob("[0-9]*/stat") if (fields := _stat(path))
    }
    found = [pid] if str(pid) in map(str, parents) else []
    for one in found:
        found += [child for child, parent in parents.items() if int(parent) == one]
    return found


def cpu_of(server: Server) -> float:
    """Give the processor time of a server until now, with that of processes of its own that have ended."""
    stats = (_stat(Path(f"/proc/{pid}/stat")) for pid in processes(server.pid))
    return sum(sum(map(int, fields[11:15])) for fields in stats if fields) / (os.sysconf("SC_CLK_TCK") if stats else 1)


def pictures_of_memory(server: Server) -> set[str]:
    """Give how large a picture of its memory a server's processes may leave on the disk when they crash."""
    limits = (Path(f"/proc/{pid}/limits").read_text(encoding="ascii") for pid in processes(server.pid))
    return {line.split()[5] for each in limits for line in each.splitlines() if line.startswith("Max core file size")}


def _stat(path: Path) -> list[str]:
    """Give what the system says of a process behind its name; nothing for one that is gone."""
    try:
        return path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return []


def _resident_mb(pid: int) -> float:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    except (OSError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
