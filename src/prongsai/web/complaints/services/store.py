"""The folder of sealed files: ``SEALED_FOLDER/<agency code>/<first two of the name>/<name>``.

Names are random. What lies here is sealed before it is put down, and the time of a file and of its folders, which goes
along with a copy, is set to the beginning of its day. A file is there whole or not at all. Files come first and the
rows that name them second: what nobody names after two days is taken away.
"""

import os
import re
import secrets
import shutil
import time
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime, timedelta
from datetime import time as clock
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.utils import timezone

from prongsai.web.complaints.models import SealedFile

PARTS = "parts"
_NAME = re.compile(r"[0-9a-f]{32}")
_CODE = re.compile(r"[0-9]{8}")
ROOM_MIN = 1024 * 1024 * 1024  # bytes that strangers leave to the rest of the platform
_LOST_AFTER = 24 * 60 * 60  # seconds after which nobody writes at a part any more
_NAMELESS_DAYS = 2  # a form may lie open for half a day, over midnight


class Writer:
    """A new file on its way into the folder. name: random. Lost before it is settled, it takes its part along."""

    def __init__(self, code: str) -> None:
        self.name = secrets.token_hex(16)
        self._place = place_of(code, self.name)
        folder = _folder(code) / PARTS
        folder.mkdir(parents=True, exist_ok=True)
        self._part = folder / self.name
        self._file = self._part.open("xb")

    def __del__(self) -> None:
        if hasattr(self, "_file"):
            self.drop()

    def put(self, content: bytes) -> None:
        """Write down some sealed bytes."""
        self._file.write(content)

    def settle(self) -> None:
        """Make the file last, and move it into its place."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        day = _beginning(timezone.localdate())
        os.utime(self._part, (day, day))
        self._place.parent.mkdir(exist_ok=True)
        self._part.replace(self._place)
        _sync(self._place.parent)
        _set_back(self._place.parent, self._part.parent, self._place.parent.parent)

    def drop(self) -> None:
        """Take the part away; nothing happens once it is settled."""
        self._file.close()
        if self._part.exists():
            self._part.unlink()
            _set_back(self._part.parent)


@contextmanager
def writing(code: str) -> Iterator[Writer]:
    """Give where to put the pieces of a new file; it is in its place when all went well, and gone otherwise."""
    writer = Writer(code)
    try:
        yield writer
        writer.settle()
    finally:
        writer.drop()


def has_room(code: str) -> bool:
    """Whether files of strangers may still be taken: they must not fill the disk on which the database writes."""
    folder = _folder(code)
    folder.mkdir(parents=True, exist_ok=True)
    return shutil.disk_usage(folder).free > ROOM_MIN


def reading(code: str, name: str) -> BinaryIO:
    """Open a sealed file. Raises FileNotFoundError, also for what is no name of one."""
    return place_of(code, name).open("rb")


def remove(code: str, names: Iterable[str]) -> None:
    """Take files away; those that are gone already are passed over, those in use elsewhere are left to ``sweep``.

    Raises no OSError: it is called when all else is done, and what was done must not look as if it had failed.
    """
    folders = set()
    for name in names:
        place = place_of(code, name)
        if _unlinked(place):
            folders.add(place.parent)
    for folder in folders:
        with suppress(OSError):
            _sync(folder)
            _set_back(folder)


def names(code: str) -> set[str]:
    """Give the names of all files of an agency."""
    return {path.name for path in _settled(_folder(code))}


def sweep(today: date) -> int:
    """Take away what nobody will ever name: parts of a lost process after a day, files without a row after two.

    Gives how many. A file that is open elsewhere, which Windows does not remove, waits for the next day.
    """
    return sum(_swept(folder, today) for folder in _agencies())


def _swept(folder: Path, today: date) -> int:
    late = _beginning(today - timedelta(days=_NAMELESS_DAYS))
    old = {path.name: path for path in _settled(folder) if _time_of(path) <= late}
    lost = [path for name, path in old.items() if name not in _named(old)]
    parts = [path for path in (folder / PARTS).glob("*") if _time_of(path) < time.time() - _LOST_AFTER]
    return sum(_unlinked(path) for path in [*lost, *parts])


def _named(found: Collection[str]) -> set[str]:
    """Give those names that a row has. Asked for in portions: SQLite takes so many values in one question."""
    asked, every = set[str](), sorted(found)
    for at in range(0, len(every), 500):
        rows = SealedFile.objects.filter(name__in=every[at : at + 500])
        asked.update(rows.values_list("name", flat=True))
    return asked


def _unlinked(path: Path) -> bool:
    try:
        path.unlink()
    except OSError:
        return False
    return True


def _time_of(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:  # settled or taken away just now
        return time.time()


def _agencies() -> list[Path]:
    root = Path(settings.SEALED_FOLDER)
    return [path for path in sorted(root.glob("*")) if _CODE.fullmatch(path.name)] if root.is_dir() else []


def _settled(folder: Path) -> Iterator[Path]:
    return (path for path in folder.glob("??/*") if _NAME.fullmatch(path.name))


def _folder(code: str) -> Path:
    if not _CODE.fullmatch(code):
        raise FileNotFoundError
    return Path(settings.SEALED_FOLDER) / code


def place_of(code: str, name: str) -> Path:
    """Give where a file lies. Raises FileNotFoundError for what is no name of one."""
    if not _NAME.fullmatch(name):
        raise FileNotFoundError
    return _folder(code) / name[:2] / name


def _beginning(day: date) -> float:
    return timezone.make_aware(datetime.combine(day, clock())).timestamp()


def _set_back(*folders: Path) -> None:
    """Let the time of folders tell the day alone: it is the second in which something last came or went."""
    day = _beginning(timezone.localdate())
    for folder in folders:
        os.utime(folder, (day, day))


def _sync(folder: Path) -> None:
    """Make a move or a removal itself last, where the system lets a folder be opened."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
