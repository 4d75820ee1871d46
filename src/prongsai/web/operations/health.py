"""Whether the platform can do its work now: for supervisors and proxies, who ask every few seconds.

Asks by a line of its own that ends within seconds: the pool may be full, and the database may hang.
"""

from __future__ import annotations

import shutil
import threading
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TookTooLong
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryFile

from django.conf import settings
from django.db.migrations.recorder import MigrationRecorder
from django.db.utils import DatabaseError

from prongsai.web.operations.backup import by_app, migrations_known
from prongsai.web.operations.database import own_line
from prongsai.web.operations.schema import pending

PATIENCE_S = 2
_MB = 1 << 20
Applied = dict[str, list[str]]
_turn = threading.Lock()
_asked: list[Future[Applied]] = []


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that must be well. reason: in Thai, why it is not; "" where it is."""

    name: str
    reason: str = ""

    @property
    def is_fine(self) -> bool:
        """Whether it is well."""
        return not self.reason


def parts() -> list[Part]:
    """Look at everything that serving needs: database, its version, the folder, room on the disk."""
    folder = Path(settings.DATA_FOLDER)
    return [*_of_database(), Part("folder", _unwritable(folder)), Part("disk", _too_full(folder))]


def _of_database() -> list[Part]:
    """Ask what was migrated: that answers for the database too."""
    try:
        applied = _migrations()
    except (DatabaseError, TookTooLong):
        return [Part("database", "ฐานข้อมูลไม่ตอบ"), Part("migrations", "ยังไม่ทราบ เพราะฐานข้อมูลไม่ตอบ")]
    behind = "ฐานข้อมูลยังไม่ได้ปรับเป็นรุ่นที่ติดตั้ง" if pending(applied, _known()) else ""
    return [Part("database"), Part("migrations", behind)]


@cache
def _known() -> Applied:
    return migrations_known()


def _migrations() -> Applied:
    """Read the applied migrations within some seconds. Raises DatabaseError, TookTooLong."""
    with _turn:
        if not _asked or _asked[0].done():  # one that hangs is waited for, instead of a second beside it
            _asked[:] = [Future()]
            threading.Thread(target=_read, args=(_asked[0],), daemon=True, name="health").start()
        question = _asked[0]
    return question.result(timeout=PATIENCE_S)


def _read(question: Future[Applied]) -> None:
    try:
        with closing(own_line(PATIENCE_S)) as line:
            question.set_result(by_app(MigrationRecorder(line).applied_migrations()))
    except DatabaseError as mistake:
        question.set_exception(mistake)
    finally:
        if not question.done():
            question.set_exception(DatabaseError("not asked"))


def _unwritable(folder: Path) -> str:
    try:
        with TemporaryFile(dir=folder) as file:
            file.write(b"?")
    except OSError:
        return "เขียนในโฟลเดอร์ข้อมูลไม่ได้"
    return ""


def _too_full(folder: Path) -> str:
    try:
        free = shutil.disk_usage(folder).free
    except OSError:
        return "ไม่ทราบพื้นที่ว่างของดิสก์"
    return "" if free >= settings.DISK_FLOOR_MB * _MB else f"พื้นที่ว่างของดิสก์เหลือน้อยกว่า {settings.DISK_FLOOR_MB} MB"
