"""Settings from the environment, each documented in ``docs/reference/settings.md``; safe when none is given."""

import contextlib
import difflib
import os
import secrets
import tempfile
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

from prongsai.errors import ProngsaiError

PREFIX = "PRONGSAI_"
DATA = "PRONGSAI_DATA"
DATABASE = "PRONGSAI_DATABASE"
LISTEN = "PRONGSAI_LISTEN"
FIRST_WORD = "PRONGSAI_FIRST_WORD"  # set by ``prongsai serve`` for its workers, never by people
SITES_OF = "PRONGSAI_SITES_OF"  # likewise: of which offices the public sites are served, "-" where there is none
PAGES = "PRONGSAI_PAGES"  # likewise: this process answers pages
FIGURES_FOLDER = "PRONGSAI_FIGURES_FOLDER"  # likewise: where its workers add up what they counted
POOL = "PRONGSAI_POOL"
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

# Every variable that is read anywhere; tests/web/test_settings_documented.py holds it against the code.
_NAMES = (
    "ANSWERS_PER_HOUR BACKUPS_KEPT BACKUP_FOLDER BEHIND_PROXY BROWSER CHECK_PRIVATE DATA DATABASE DEBUG "
    "DISK_FLOOR_MB FIGURES_FOLDER FIRST_WORD FRAMEWORKS HOSTS HTTPS LISTEN LOG MAIL_FROM MAX_UPLOAD_MB "
    "METRICS_TOKEN ORIGINS PAGES POOL REPORTS_PER_HOUR SECRET_KEY SITES_OF SMTP_HOST SMTP_PASSWORD SMTP_PORT "
    "SMTP_SSL SMTP_TLS SMTP_USER STATEMENT_SECONDS"
)
KNOWN = frozenset(f"{PREFIX}{name}" for name in _NAMES.split())
_POSTGRES = "prongsai.web.postgres"
# Told of, by the name of the variable with _FILE behind it, in a file: what a container hands over without a trace.
IN_FILES = frozenset({"PRONGSAI_SECRET_KEY", DATABASE, "PRONGSAI_SMTP_PASSWORD", "PRONGSAI_METRICS_TOKEN"})
_FILE = "_FILE"
POOL_SIZE = 4
STATEMENT_S = 30  # a page that asks for longer is given up
_IDLE_S = 600  # who begins something and never ends it holds others up no longer than this

# Each thread keeps its line to the file: who opens it last and leaves writes the whole log back, some ten milliseconds.
_KEPT_S = 600


def text(name: str, default: str = "") -> str:
    """Give a setting as text."""
    return os.environ.get(name, default).strip()


def secret(name: str) -> str:
    """Give a secret: the setting, or what stands in the file that ``<name>_FILE`` names. Raises ProngsaiError."""
    path = text(f"{name}{_FILE}")
    if text(name) or not path:
        return text(name)
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as mistake:
        raise ProngsaiError(
            f"{name}{_FILE}: {path} cannot be read",
            message_th=f"อ่านไฟล์ที่ {name}{_FILE} บอกไว้ไม่ได้ ({path})",
            mend_th="แก้ชื่อไฟล์หรือสิทธิ์ให้บัญชีที่เปิดระบบอ่านได้ แล้วเริ่มใหม่",
        ) from mistake


def one_of(name: str, choices: Sequence[str]) -> str:
    """Give a setting that is one of some words, the first when it is not set. Raises ProngsaiError for another."""
    value = text(name).lower() or choices[0]
    if value not in choices:
        raise ProngsaiError(
            f"{name} is {value!r}, not one of {', '.join(choices)}",
            message_th=f"ค่า {name} คือ {value} ซึ่งใช้ไม่ได้",
            mend_th=f"ใช้ค่าใดค่าหนึ่ง: {' '.join(choices)}",
        )
    return value


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
    given = secret("PRONGSAI_SECRET_KEY")
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
    address = secret(DATABASE)
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
        "ENGINE": _POSTGRES,
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": _postgres_options(),
        "CONN_HEALTH_CHECKS": True,  # a line that the server dropped is noticed before a page is given it
    }


def pool_size() -> int:
    """Give how many lines to PostgreSQL a process keeps, and so on how many pages it works at a time."""
    return max(1, number(POOL, POOL_SIZE))


def _postgres_options() -> dict[str, object]:
    """Say how a process keeps its lines: nobody waits long for a server that is away, and all come back soon after it.

    reconnect_timeout: a lost line is tried again after pauses that double; without an early end to that, nobody would
    notice for minutes that the server is back.
    """
    pool = {"min_size": 1, "max_size": pool_size(), "timeout": 5, "reconnect_timeout": 2, "max_idle": 300}
    options: dict[str, object] = {"pool": pool, "connect_timeout": 5, "application_name": "prongsai"}
    if flag(PAGES):  # backups, migrations and nightly work take the time they need
        seconds = number("PRONGSAI_STATEMENT_SECONDS", STATEMENT_S)
        options["options"] = f"-c statement_timeout={seconds}s -c idle_in_transaction_session_timeout={_IDLE_S}s"
    return options


def unknown() -> list[tuple[str, str]]:
    """Give the variables of ours that are set and that nobody reads, each with the nearest that is; "" for none."""
    known = KNOWN | {f"{name}{_FILE}" for name in IN_FILES}
    odd = sorted(name for name in os.environ if name.startswith(PREFIX) and name not in known)
    return [(name, next(iter(difflib.get_close_matches(name, known, n=1)), "")) for name in odd]
