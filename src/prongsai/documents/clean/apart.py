"""Looking and cleaning in a process that can be lost: a crafted file may ask for all memory or run for ever."""

import subprocess
import tempfile
import threading
from collections.abc import Collection
from types import TracebackType
from typing import Any, Self

from prongsai.documents.clean.frames import read_frame, write_frame
from prongsai.documents.clean.model import KINDS, Cleaned, Leak, Swept
from prongsai.documents.read.guard import child_call, lost, refused, too_slow
from prongsai.documents.read.load import BYTES_MAX
from prongsai.documents.read.refusals import over_limit
from prongsai.errors import FileUnusable

SECONDS_MAX = 180
_MODULE = "prongsai.documents.clean.child"
_Answer = tuple[dict[str, Any], bytes]


def leaks(content: bytes, name: str, *, allowed: Collection[str] = ()) -> tuple[Leak, ...]:
    """Find what a file gives away: hidden parts, who made it and where, words about persons.

    allowed: numbers, addresses and e-mail of the office itself. A Leak of kind ``more`` says how many are not listed.
    Raises FileUnusable for a file that is broken, under a password or of a format that is not looked into, with what
    to do instead; LimitExceeded when it is too large or takes over SECONDS_MAX seconds.
    """
    with Sweeper(allowed) as sweeper:
        return sweeper.leaks(content, name)


def cleaned(content: bytes, name: str, *, mask: Collection[str] = KINDS, allowed: Collection[str] = ()) -> Cleaned:
    """Give a copy of a file without what it gives away, and what it still does.

    mask: the kinds to mask or take out; the others stay and are told in ``left``. What is visible stays as it is.
    Raises as ``leaks``.
    """
    with Sweeper(allowed) as sweeper:
        return sweeper.cleaned(content, name, mask=mask)


def sweep(content: bytes, name: str, *, allowed: Collection[str] = ()) -> Swept:
    """Find what a file gives away, and give a copy without where something can be taken out. Raises as ``leaks``."""
    with Sweeper(allowed) as sweeper:
        return sweeper.sweep(content, name)


class Sweeper:
    """Looks into one file after another in the same process, which is started with the first.

    A file that ends the process takes only itself: the next goes to a new one. Each has its own SECONDS_MAX, and one
    that ends a process which had others before it is tried again in a new one, so that each has all the memory too.

    is_traceless: what the process prints is thrown away instead of standing in a temporary file until it ends, for it
    may say something of the file; then a file that ended it is told as broken, also when it had too little memory.
    """

    def __init__(self, allowed: Collection[str] = (), *, is_traceless: bool = False) -> None:
        self._allowed = list(allowed)
        self._is_traceless = is_traceless
        self._process: _Process | None = None
        self._last_words = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._end()

    def leaks(self, content: bytes, name: str) -> tuple[Leak, ...]:
        """Find what a file gives away. Raises as the function does."""
        form, _ = self._asked("leaks", content, name, KINDS)
        return tuple(Leak(**each) for each in form["leaks"])

    def cleaned(self, content: bytes, name: str, *, mask: Collection[str] = KINDS) -> Cleaned:
        """Give a copy of a file without what it gives away. Raises as the function does."""
        form, clean = self._asked("cleaned", content, name, mask)
        return Cleaned(clean, form["name"], tuple(Leak(**each) for each in form["leaks"]), tuple(form["notes"]))

    def sweep(self, content: bytes, name: str) -> Swept:
        """Do both; what was found is told also where no copy can be made. Raises as ``leaks``."""
        found = self.leaks(content, name)
        if not any(leak.kind in KINDS for leak in found):
            return Swept(found)
        try:
            return Swept(found, self.cleaned(content, name))
        except FileUnusable:
            return Swept(found)

    def _asked(self, what: str, content: bytes, name: str, mask: Collection[str]) -> _Answer:
        if len(content) > BYTES_MAX:
            raise over_limit(name, f"{len(content):,} ไบต์", f"{BYTES_MAX:,} ไบต์")
        question = {"what": what, "name": name, "mask": sorted(mask), "allowed": self._allowed}
        answer = self._answer(question, content) if self._process else None
        answer = answer or self._answer(question, content)
        if answer is None:
            raise lost(self._last_words, name)
        if refusal := answer[0].get("refusal"):
            raise refused(refusal)
        return answer

    def _answer(self, question: dict[str, Any], content: bytes) -> _Answer | None:
        """Have a question answered; None when the process ended over it. Raises LimitExceeded over SECONDS_MAX."""
        process = self._process = self._process or _Process(is_traceless=self._is_traceless)
        answer = process.answer(question, content, SECONDS_MAX)
        if answer is None or process.is_too_slow:
            self._end()
        if answer is None and process.is_too_slow:
            raise too_slow(question["name"], SECONDS_MAX)
        return answer

    def _end(self) -> None:
        if self._process:
            self._last_words = self._process.end()
            self._process = None


class _Process:
    """The process that can be lost. is_too_slow: that it was ended for the time it took."""

    def __init__(self, *, is_traceless: bool = False) -> None:
        self.is_too_slow = False
        # Closed in end(), as the process is.
        self._said = None if is_traceless else tempfile.TemporaryFile()  # noqa: SIM115  # reason: see above
        pipe, said = subprocess.PIPE, self._said or subprocess.DEVNULL
        self._child = subprocess.Popen(child_call(_MODULE), stdin=pipe, stdout=pipe, stderr=said)

    def answer(self, question: dict[str, Any], content: bytes, seconds: int) -> _Answer | None:
        """Ask, and wait for the answer; None when it ends instead."""
        assert self._child.stdin
        assert self._child.stdout
        clock = threading.Timer(seconds, self._stop)
        clock.start()
        try:
            write_frame(self._child.stdin, question, content)
            return read_frame(self._child.stdout)
        except OSError:  # it ended while it was being asked
            return None
        finally:
            clock.cancel()

    def end(self) -> bytes:
        """End it: nothing in it is worth keeping. Gives what it said."""
        self._child.kill()
        self._child.communicate()
        if self._said is None:
            return b""
        with self._said as said:
            said.seek(0)
            return said.read()

    def _stop(self) -> None:
        self.is_too_slow = True
        self._child.kill()
