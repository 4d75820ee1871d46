"""Settings from the environment, each documented in ``docs/reference/settings.md``; safe when none is given."""

import contextlib
import os
import secrets
import tempfile
from pathlib import Path
from urllib.parse import unquote, urlsplit

from prongsai.errors import ProngsaiError

DATA = "PRONGSAI_DATA"
DATABASE = "PRONGSAI_DATABASE"
LISTEN = "PRONGSAI_LISTEN"
FIRST_WORD = "PRONGSAI_FIRST_WORD"  # set by ``prongsai serve`` for its workers, never by people
SITES_OF = "PRONGSAI_SITES_OF"  # likewise: of which offices the public sites are served, "-" where there is none
LOCAL = "127.0.0.1"
LOOPBACK = frozenset({LOCAL, "localhost", "::1"})
SQLITE_NAME = "prongsai.sqlite3"
_NO = frozenset({"", "0", "no", "off", "false"})
_OPTIONS = {
    # The write lock is taken at the start, so that two writers wait for each other instead of failing half-way;
    # FULL, because NORMAL can lose an acknowledged write when the power goes; what is deleted is overwritten.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
    "PRAGMA secure_delete=ON;",
}


# Each thread keeps its line to the file: who opens it last and leaves writes the whole log back, some ten milliseconds.
_KEPT_S = 600


def text(name: str, default: str = "") -> str:
    """Give a setting as text."""
    return os.environ.get(name, default).strip()


def flag(name: str, *, default: bool = False) -> bool:
    """Give a setting as yes or no."""
    return text(name, "1" if default else "").lower() not in _NO


def number(name: str, default: int) -> int:
    """Give a setting as a whole number. Raises ProngsaiError for anything else."""
    value = text(name, str(default))
    if not value.isdecimal():
        raise ProngsaiError(
            f"{name} is {value!r}, not a whole number",
            message_th=f"ค่า {name} คือ {value} ซึ่งไม่ใช่จำนวนเต็ม",
            mend_th="แก้ค่านี้แล้วเริ่มใหม่",
        )
    return int(value)


def words(name: str, default: str = "") -> list[str]:
    """Give a setting as a list; commas part its words."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def data_folder() -> Path:
    """Give the folder that holds everything an office owns: ``PRONGSAI_DATA``, else ``./data``."""
    return Path(text(DATA) or "data").resolve()


def listens_publicly() -> bool:
    """Whether others than this machine can reach the address that the platform listens at."""
    return (text(LISTEN) or LOCAL) not in LOOPBACK


def secret_key(folder: Path) -> str:
    """Give the installation's secret: from the environment, or kept in the data folder and made there once."""
    given = text("PRONGSAI_SECRET_KEY")
    if given:
        return given
    path = folder / "secret_key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileExistsError):  # two that start at once share the first one's
            write_private(path, secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii").strip()


def write_private(path: Path, content: str) -> None:
    """Write a new small file, whole, that only its owner may read. Raises FileExistsError when there is one."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)  # made for the owner alone
    part = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(content)
        try:
            path.hardlink_to(part)
        except FileExistsError:
            raise
        except OSError:  # a file system without links
            part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def database(folder: Path) -> dict[str, object]:
    """Give the database: SQLite in the data folder, or the PostgreSQL of ``PRONGSAI_DATABASE``.

    Form: ``postgresql://user:password@host:port/name``. Raises ProngsaiError for another form.
    """
    address = text(DATABASE)
    if not address:
        name = folder / SQLITE_NAME
        return {"ENGINE": "prongsai.web.sqlite", "NAME": name, "OPTIONS": _OPTIONS, "CONN_MAX_AGE": _KEPT_S}
    parts = urlsplit(address)
    if parts.scheme not in ("postgresql", "postgres") or not parts.path.strip("/"):
        raise ProngsaiError(
            f"{DATABASE} must look like postgresql://user:password@host:port/name",
            message_th=f"ค่า {DATABASE} ไม่ใช่ที่อยู่ฐานข้อมูล PostgreSQL",
            mend_th="ใช้รูปแบบ postgresql://ผู้ใช้:รหัสผ่าน@เครื่อง:พอร์ต/ชื่อฐานข้อมูล",
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": {"pool": True},
    }
