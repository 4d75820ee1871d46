"""Making the platform ready and serving it."""

import http.client
import json
import logging
import multiprocessing
import os
import secrets
import socket
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.checks import CheckMessage, run_checks
from django.core.checks.messages import ERROR
from django.core.management import call_command
from django.db import connections
from django.db.utils import DatabaseError
from django.urls import reverse
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from prongsai.errors import ProngsaiError
from prongsai.web import environment
from prongsai.web.agencies.models import Agency
from prongsai.web.disclosure.queries.addresses import ROUTE
from prongsai.web.disclosure.queries.serving import office_codes, settled_on
from prongsai.web.disclosure.services import building
from prongsai.web.operations.checks import TAG, data_folder_is_writable
from prongsai.web.operations.database import DatabaseUnusable, hang_up, reach
from prongsai.web.operations.upgrade import bring_forward
from prongsai.web.results.queries import explorer_address, explorer_folder
from prongsai.web.surveys.services.sweeping import sweep_keys

try:
    import resource
except ImportError:  # Windows has no such limit, and writes no picture of a process unless it is told to
    resource = None  # type: ignore[assignment]

WISHED_PORT = 8000
# On PostgreSQL as many as there are lines of the pool; more would only wait for each other, as they do in SQLite.
THREADS = environment.POOL_SIZE
# How long a browser may keep a file of a public site: the server tells it nothing by which to ask whether it changed.
SITES_EXPIRE_S = 60
WORDS_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look alike on paper
_STAMP = ".collected"
_PATIENCE_S = 60.0
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}
_LOG = logging.getLogger(__name__)


class NotReady(ProngsaiError):
    """Something stands in the way of serving; the faults are carried as Django's messages."""

    def __init__(self, faults: list[CheckMessage]) -> None:
        told = " / ".join(f"{fault.id} {fault.msg} → {fault.hint or ''}".strip(" →") for fault in faults)
        super().__init__("; ".join(str(fault.id) for fault in faults), message_th=f"เริ่มระบบไม่ได้: {told}")
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Address:
    """Where the platform answers. is_first: there is no agency yet, so that the first run is to be done."""

    host: str
    port: int
    is_first: bool = False
    word: str = ""

    @property
    def url(self) -> str:
        """The start page: the office's own address where it said one, else as seen from this machine."""
        if settings.IS_HTTPS and settings.CSRF_TRUSTED_ORIGINS:
            return f"{settings.CSRF_TRUSTED_ORIGINS[0].rstrip('/')}/"
        return f"http://{f'[{self.near}]' if ':' in self.near else self.near}:{self.port}/"

    @property
    def near(self) -> str:
        """The host by which this machine reaches it."""
        return _EVERYWHERE.get(self.host, self.host)

    @property
    def login_url(self) -> str:
        """The sign-in page."""
        return f"{self.url.rstrip('/')}{reverse('account_login')}"

    @property
    def first_run_url(self) -> str:
        """The first-run page with its one-time word."""
        return f"{self.url.rstrip('/')}{reverse('first_run')}?word={self.word}"


def prepare(told: Callable[[str], None] = lambda sentence: None) -> None:
    """Bring the database to this version and put the static files in place; what is done to data is told.

    Raises NotReady, DatabaseUnusable, DatabaseTooOld, DataIsNewer, NotUpgraded.
    """
    refuse(data_folder_is_writable(None))
    reach()
    try:
        bring_forward(told)
    except DatabaseError as mistake:
        raise DatabaseUnusable(str(mistake)) from mistake
    settle()


def settle() -> None:
    """Do what is left to do once the database is of this version."""
    sweep_keys()  # of a counting whose program ended before it could
    collect()


def collect() -> None:
    """Put the static files into the data folder, once for each state of the package."""
    stamp = settings.STATIC_ROOT / _STAMP
    now = _state_of_static_files()
    if stamp.exists() and stamp.read_text(encoding="utf-8") == now:
        return
    call_command("collectstatic", verbosity=0, interactive=False)
    stamp.write_text(now, encoding="utf-8")


def _state_of_static_files() -> str:
    found = (
        (path, storage.size(path), storage.get_modified_time(path).isoformat())
        for finder in get_finders()
        for path, storage in finder.list([])
    )
    return json.dumps(sorted(found))


def faults() -> list[CheckMessage]:
    """Run the checks of an office: errors and warnings."""
    return run_checks(tags=[TAG], include_deployment_checks=True, databases=["default"])


def refuse(found: list[CheckMessage]) -> None:
    """Raise NotReady when any of the messages is an error."""
    if wrong := errors(found):
        raise NotReady(wrong)


def errors(found: list[CheckMessage]) -> list[CheckMessage]:
    """Keep the messages that stand in the way of serving."""
    return [fault for fault in found if fault.level >= ERROR]


def free_port(host: str, wished: int | None) -> int:
    """Give the wished port, or some free one for 0; for None 8000 where that is free. Raises ProngsaiError."""
    for port in [WISHED_PORT, 0] if wished is None else [wished]:
        try:
            return _bound(host, port)
        except OSError as mistake:
            reason = mistake.strerror or str(mistake)
    raise ProngsaiError(
        f"cannot listen at {host}:{wished}",
        message_th=f"เปิดที่ {host} พอร์ต {wished} ไม่ได้ ({reason})",
        mend_th="พอร์ตนี้อาจมีโปรแกรมอื่นใช้อยู่ เลือกพอร์ตอื่นด้วย --port",
    )


def _bound(host: str, port: int) -> int:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if os.name == "posix":  # a port that was just left is free; on Windows the option would share a busy one
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((host, port))
        return int(probe.getsockname()[1])


def address_for(host: str, port: int | None) -> Address:
    """Settle where to listen; an office without an agency gets a one-time word for the first run."""
    is_first = not Agency.objects.exists()
    word = "-".join("".join(secrets.choice(WORDS_ALPHABET) for _ in range(4)) for _ in range(4)) if is_first else ""
    return Address(host, free_port(host, port), is_first, word)


def run(address: Address, *, workers: int = 1, told: Callable[[], None]) -> None:
    """Serve until stopped by Ctrl-C or a signal; ``told`` is called once the platform answers.

    The public sites are given by the server itself, without Django. Ends the process with status 1 when a worker dies.
    """
    bring_sites_back()
    codes = office_codes()
    mounts = explorer_mount() | site_mounts(codes)
    os.environ[environment.LISTEN] = address.host
    os.environ[environment.FIRST_WORD] = address.word
    os.environ[environment.SITES_OF] = settled_on(codes)
    hang_up()
    keep_memory_off_the_disk()
    # Everywhere as on Windows: a fresh process, which inherits no open connection and no thread's lock.
    multiprocessing.set_start_method("spawn", force=True)
    logging.captureWarnings(True)
    threading.Thread(target=_tell_when_it_answers, args=(address, told), daemon=True).start()
    with TemporaryDirectory(prefix="prongsai-figures-") as folder:
        os.environ[environment.FIGURES_FOLDER] = folder
        _serve(address, workers, mounts)


def _serve(address: Address, workers: int, mounts: Mapping[str, Path]) -> None:
    Granian(
        "prongsai.web.wsgi:application",
        address=address.host,
        port=address.port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads(),
        websockets=False,
        log_level=LogLevels.error,
        log_dictconfig=_logging(),
        workers_kill_timeout=10,
        static_path_route=list(mounts),
        static_path_mount=list(mounts.values()),
        static_path_dir_to_file="index.html",
        static_path_expires=SITES_EXPIRE_S,
    ).serve()


def threads() -> int:
    """Give how many pages a process works at a time."""
    return environment.pool_size() if connections["default"].vendor == "postgresql" else THREADS


def _logging() -> dict[str, object]:
    """Give what the web server writes the form of our own lines; standard output belongs to what we print."""
    handler = {"class": "logging.StreamHandler", "stream": "ext://sys.stderr", "formatter": settings.LOG_FORM}
    return {
        "formatters": settings.LOGGING["formatters"],
        "handlers": {"console": handler},
        "loggers": {"_granian": {"handlers": ["console"], "propagate": False}},
    }


def keep_memory_off_the_disk() -> None:
    """Leave no picture of a process that crashes, nor of those it starts: what was being reported could be in it."""
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def site_mounts(codes: Sequence[str]) -> dict[str, Path]:
    """Give the folder that stands at each route of the public sites, longer routes first.

    The server answers ``/public/<code>/2569/x`` as it answers ``/public/<code>/2569/x/``, without leading on to it, and
    every link of the page, which goes by the site's root, then ends one level too high: below ``/public/``. So where
    there is one office, its site stands there too. Where there are several, one's page would answer for another's, and
    only the addresses that end in a slash are right. The site of an office that is made later comes from the platform
    (``disclosure.views.served``); where there was one office, whose site stands at the short way, only after the next
    start: until then its code is no path of a page, so that nothing of the other office stands at its addresses. The
    folder of all sites holds those that are being built, too, and is only given where there is no office yet.
    """
    if not codes:
        return {ROUTE: settings.SITES_FOLDER}
    own = {f"{ROUTE}/{code}": settings.SITES_FOLDER / code for code in codes}
    return own if len(codes) > 1 else own | {ROUTE: settings.SITES_FOLDER / codes[0]}


def explorer_mount() -> dict[str, Path]:
    """Give the folder of the explorer of results at its route; while it was never built the platform answers there."""
    folder = explorer_folder()
    return {f"{ROUTE}/{folder.name}": folder} if explorer_address() else {}


def bring_sites_back() -> None:
    """Have a folder for the public sites, and build those in it that a restored database knows and the disk does not.

    A site that cannot be built is told in the log; the platform starts without it.
    """
    settings.SITES_FOLDER.mkdir(parents=True, exist_ok=True)
    try:
        building.build_missing(lambda agency: _LOG.warning("กำลังสร้างเว็บสาธารณะของ%sคืนจากฐานข้อมูล", agency.name))
    except ProngsaiError as mistake:
        _LOG.error("สร้างเว็บสาธารณะคืนไม่สำเร็จ: %s", mistake.one_line)
    except OSError as mistake:
        _LOG.error("สร้างเว็บสาธารณะคืนไม่สำเร็จ: %s", mistake)


def _tell_when_it_answers(address: Address, told: Callable[[], None]) -> None:
    end = time.monotonic() + _PATIENCE_S
    while time.monotonic() < end:
        if answers(address.near, address.port):
            told()
            return
        time.sleep(0.05)


def answers(host: str, port: int) -> bool:
    """Whether an HTTP server answers there, with whatever status."""
    connection = http.client.HTTPConnection(host, port, timeout=10)
    try:
        connection.request("GET", "/")
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


def workers_for(wished: int) -> int:
    """Give how many processes to serve with: SQLite has one writer, so that more would only wait."""
    return 1 if connections["default"].vendor == "sqlite" else wished
