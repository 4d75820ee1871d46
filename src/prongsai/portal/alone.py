"""One at a time: whoever publishes into a folder holds it until the site stands."""

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from prongsai.portal.addresses import WORKSHOP

if sys.platform == "win32":
    import msvcrt
    import time

    def _take(file: IO[bytes]) -> None:
        while True:
            try:
                msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
            except OSError:  # after ten tries, a second apart, it gives up; we do not
                time.sleep(0.1)
            else:
                return

    def _give(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _take(file: IO[bytes]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX)

    def _give(file: IO[bytes]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_UN)


_held = threading.local()


def workshop_of(to: Path) -> Path:
    """Give the folder in which the files of a site are written before they stand; it is there then.

    Beside the site's folder, so that no server gives it; inside where nothing can stand beside: a drive, or a folder
    of which only the inside may be written to.
    """
    place = to.resolve()
    inside = place / WORKSHOP
    beside = place.with_name(f"{place.name}{WORKSHOP}") if place.name else inside
    try:
        beside.mkdir(parents=True, exist_ok=True)
    except OSError:
        inside.mkdir(parents=True, exist_ok=True)
        return inside
    return beside


@contextmanager
def alone(to: Path) -> Iterator[None]:
    """Hold a folder: other threads and processes that publish into it wait.

    Take it before the site is collected, so that a site collected earlier is never published after a later one;
    ``publish`` takes it by itself when the caller has not. The system frees it when a process dies.
    """
    holding: set[Path] = _held.__dict__.setdefault("folders", set())
    place = to.resolve()
    if place in holding:
        yield
        return
    file, lock = _taken(place)
    holding.add(place)
    try:
        yield
    finally:
        holding.discard(place)
        _leave(file, lock)


def _taken(place: Path) -> tuple[IO[bytes], Path]:
    """Wait for the lock of a folder; one that whoever had it cleared away meanwhile is no lock any more."""
    while True:
        lock = workshop_of(place) / "lock"
        with suppress(FileNotFoundError):
            file = lock.open("ab")
            _take(file)
            with suppress(FileNotFoundError):
                if os.path.samestat(os.fstat(file.fileno()), lock.stat()):
                    return file, lock
            file.close()


def _leave(file: IO[bytes], lock: Path) -> None:
    """Give a folder free, and clear away what held it: at once, or on Windows when nobody else has it open."""
    if sys.platform != "win32":
        _clear(lock)
    _give(file)
    file.close()
    if sys.platform == "win32":
        _clear(lock)


def _clear(lock: Path) -> None:
    with suppress(OSError):  # somebody waits for it, or a run was cut off and its journal is kept
        lock.unlink()
        lock.parent.rmdir()
