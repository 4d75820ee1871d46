"""The data folder while a backup comes back: everything is made in a folder of its own first, then moved in.

Knows no Django, since Django is set up on the staging folder.
"""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from prongsai.errors import ProngsaiError
from prongsai.web.environment import SQLITE_NAME

PREFIX = ".restore-"
FILES, SEALED = "files", "sealed"
KEY = "backup_key.txt"
SECRET = "secret_key"
SURVEY_KEYS = "survey-keys"  # in no backup: it stays where it stands, or is carried over by hand
# The database is moved last: until it is there, the folder counts as empty of an office.
_OFFICE = (FILES, SEALED, KEY, "demo.json", f"{SQLITE_NAME}-wal", f"{SQLITE_NAME}-shm", SQLITE_NAME)


class NotEmpty(ProngsaiError):
    """There is an office already where a backup is to come back."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} is not empty",
            message_th=f"{name} มีข้อมูลของหน่วยงานอยู่แล้ว จึงไม่กู้คืนทับ",
            mend_th="กู้คืนในโฟลเดอร์หรือฐานข้อมูลใหม่ หรือใช้ --replace (ของเดิมจะถูกเก็บไว้ข้างๆ ไม่ลบ)",
        )


class InUse(ProngsaiError):
    """Somebody works in the office that is to be put aside: what they write would go into the file that is moved."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"the database in {name} is open",
            message_th=f"ฐานข้อมูลใน {name} ยังเปิดใช้อยู่ จึงไม่กู้คืนทับ",
            mend_th="หยุด prongsai serve และงานประจำคืนก่อน แล้วกู้คืนใหม่",
        )


@dataclass(frozen=True, slots=True)
class Target:
    """The data folder to restore into. aside_name: under which what stood there is kept, also in PostgreSQL."""

    folder: Path
    replace: bool = False
    aside_name: str = ""

    @classmethod
    def at(cls, folder: Path, *, replace: bool = False) -> "Target":
        """Take a data folder. Raises NotEmpty, unless what stands there may be put aside, and InUse."""
        made = cls(folder, replace, f"before_{datetime.now():%Y%m%d_%H%M%S}")
        if not replace and made.standing():
            raise NotEmpty(str(folder))
        made.refuse_in_use()
        return made

    def refuse_in_use(self) -> None:
        """Raise InUse while another process has the SQLite database open."""
        database = self.folder / SQLITE_NAME
        if not database.is_file():
            return
        try:
            with closing(sqlite3.connect(database, timeout=1, isolation_level=None)) as line:
                line.execute("PRAGMA locking_mode=EXCLUSIVE")  # given to who is alone in the file
                line.execute("BEGIN EXCLUSIVE")
                line.execute("ROLLBACK")
        except sqlite3.OperationalError:
            raise InUse(str(self.folder)) from None
        except sqlite3.DatabaseError:  # damaged: that may be why a backup comes back
            return

    def standing(self) -> list[Path]:
        """What of an office stands in the folder."""
        found = [self.folder / name for name in _OFFICE]
        return [path for path in found if path.is_file() or (path.is_dir() and any(path.iterdir()))]

    @contextmanager
    def staging(self) -> Iterator[Path]:
        """Give a folder beside the final places, on the same disk; it is gone afterwards, whatever happens."""
        is_new = not self.folder.exists()
        self.folder.mkdir(parents=True, exist_ok=True)
        for left in self.folder.glob(f"{PREFIX}*"):  # of a restore that was cut off
            shutil.rmtree(left, ignore_errors=True)
        try:
            with TemporaryDirectory(prefix=PREFIX, dir=self.folder) as name:
                yield Path(name)
        finally:
            if is_new and not any(self.folder.iterdir()):
                self.folder.rmdir()

    def take(self, staging: Path) -> Path | None:
        """Move what was made into its places; gives where the old was put aside, None when there was none.

        Raises InUse.
        """
        self.refuse_in_use()
        aside = self._put_aside()
        for name in (SECRET, *_OFFICE):
            source, place = staging / name, self.folder / name
            if source.exists() and not (name == SECRET and place.exists()):
                if place.is_dir():
                    place.rmdir()
                source.replace(place)
        return aside

    def _put_aside(self) -> Path | None:
        standing = self.standing()
        if not standing:
            return None
        aside = self.folder / self.aside_name
        aside.mkdir()
        for path in reversed(standing):  # the database first
            path.replace(aside / path.name)
        return aside
