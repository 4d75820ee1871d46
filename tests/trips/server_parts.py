"""The parts of ``deploy/compose.yaml`` without containers: its commands, its settings, its order of starting again.

Ports and folders alone are others. A part's processes end together when it is killed, as those of a container do.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import yaml

from tests.postgres import NAME, _account, _run, free_port, installed, is_root

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
COMPOSE = DEPLOY / "compose.yaml"
HOST = "127.0.0.1"
AGAIN = frozenset({"always", "unless-stopped"})
_FIRST_S, _LONGEST_S, _WELL_S = 0.1, 60.0, 10.0  # as containers are started again
_ENDED_S = 60
NONE = "nginx and PostgreSQL are not both installed. Mend: python -m tests.machine --server"


def nginx() -> str | None:
    """Find nginx, also where only root has it in the path."""
    return shutil.which("nginx", path=os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"]))


def compose() -> dict[str, Any]:
    """Read the compose file."""
    read: dict[str, Any] = yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))
    return read


def words_of(command: Sequence[object]) -> list[str]:
    return [str(word) for word in command]


# --- a part and its supervisor ----------------------------------------------------------------------------------------
@dataclass
class Part:
    """A command that is kept running. restart: the policy of the compose file; prefix: what stands for its first word."""

    name: str
    command: list[str]
    restart: str
    environment: dict[str, str]
    log: Path
    process: subprocess.Popen[bytes] | None = None
    starts: int = 0
    _ended: threading.Event = field(default_factory=threading.Event)
    _keeper: threading.Thread | None = None

    def start(self) -> None:
        """Start it, and again as its policy says, until it is stopped."""
        self._ended.clear()
        self._keeper = threading.Thread(target=self._keep, name=self.name, daemon=True)
        self._keeper.start()

    def stop(self) -> None:
        """End it for good."""
        self._ended.set()
        process = self.process
        if process is not None and process.poll() is None:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(_ENDED_S)
            except subprocess.TimeoutExpired:
                self.kill()
        if self._keeper is not None:
            self._keeper.join(_ENDED_S)

    def kill(self) -> None:
        """End all of its processes at once and without a farewell: also those that left its group, as a database's do."""
        assert self.process
        for pid in reversed(below(self.process.pid)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    @property
    def said(self) -> str:
        """What it printed."""
        return self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""

    def _keep(self) -> None:
        pause = _FIRST_S
        while not self._ended.is_set():
            began = time.monotonic()
            with self.log.open("ab") as log:
                self.process = subprocess.Popen(
                    self.command, env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/",
                    start_new_session=True,
                )  # fmt: skip
                self.starts += 1
                self.process.wait()
            if self.restart not in AGAIN:
                return
            pause = _FIRST_S if time.monotonic() - began > _WELL_S else min(_LONGEST_S, pause * 2)
            self._ended.wait(pause)


def below(pid: int) -> list[int]:
    """Give a process and all that it started, parents first."""
    children: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[1])
        except (OSError, IndexError):
            continue
        children.setdefault(parent, []).append(int(path.parent.name))
    found = [pid]
    for one in found:
        found += children.get(one, [])
    return found


# --- all parts --------------------------------------------------------------------------------------------------------
@dataclass
class Server:
    """A server on this machine. folder: beside the disk; disk: holds the data folder and the database's."""

    folder: Path
    disk: Path
    settings: Mapping[str, str] = field(default_factory=dict)
    workers: int = 0

    def __post_init__(self) -> None:
        self.ports = {name: free_port() for name in ("http", "https", "app", "db")}
        self.parts: dict[str, Part] = {}
        self.data = self.disk / "data"
        self.data.mkdir(parents=True, exist_ok=True)
        self._write_secrets()

    @property
    def origin(self) -> str:
        """The address that people use."""
        return f"https://{HOST}:{self.ports['https']}"

    @property
    def database(self) -> str:
        """The address of the database."""
        return f"postgresql://{NAME}@{HOST}:{self.ports['db']}/{NAME}"

    @property
    def certificate(self) -> Path:
        """The server's own certificate, which is its authority too."""
        return self.folder / "tls" / "fullchain.pem"

    @property
    def context(self) -> ssl.SSLContext:
        """Trust in that certificate and no other."""
        return ssl.create_default_context(cafile=str(self.certificate))

    @property
    def environment(self) -> dict[str, str]:
        """The variables of the application: those of the compose file, and what an office fills into ``.env``."""
        service = compose()["services"]["app"]
        given = {name: str(value) for name, value in service["environment"].items()}
        given |= {"PRONGSAI_DATA": str(self.data), "PRONGSAI_DATABASE_FILE": str(self.folder / "database-address")}
        given |= {"PRONGSAI_BACKUP_FOLDER": str(self.folder / "backups")}
        given |= {"PRONGSAI_HOSTS": HOST, "PRONGSAI_ORIGINS": self.origin} | dict(self.settings)
        others = {name: value for name, value in os.environ.items() if not name.startswith("PRONGSAI_")}
        return others | given | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}

    # --- making ---------------------------------------------------------------------------------------------------
    def make_database(self) -> None:
        """Make an empty database as the image of the compose file does, for an account that is not root."""
        self.cluster.parent.mkdir(parents=True, exist_ok=True)
        if is_root():
            shutil.chown(self.cluster.parent, _account())
        given = compose()["services"]["db"]["environment"]["POSTGRES_INITDB_ARGS"].split()
        _run([*self._as_other, self._binaries / "initdb", "-A", "trust", "-U", NAME, *given, "-D", self.cluster])
        part = self._part("db")
        part.start()
        wait_for(lambda: self._is_there(), "PostgreSQL answers", part)
        _run([self._binaries / "createdb", "-h", HOST, "-p", str(self.ports["db"]), "-U", NAME, NAME])

    def start(self, *names: str) -> None:
        """Start parts in the order of the names; the application answers when this comes back."""
        for name in names:
            part = self._part(name)
            part.start()

    def stop(self) -> None:
        """Stop everything, the database last."""
        for name in ("web", "worker", "app", "db"):
            if name in self.parts:
                self.parts[name].stop()

    def asked(self, *what: str) -> subprocess.CompletedProcess[str]:
        """Run a module of the tests in this installation."""
        call = [sys.executable, "-m", *what]
        return subprocess.run(call, env=self.environment, capture_output=True, text=True, timeout=600)

    def rows(self, question: str) -> list[Any]:
        """Ask the database; give the first column."""
        import psycopg

        with psycopg.connect(self.database) as connection:
            return [row[0] for row in connection.execute(question).fetchall()]  # type: ignore[arg-type]

    @property
    def cluster(self) -> Path:
        """The folder of the database."""
        return self.disk / "postgresql" / "data"

    @property
    def _binaries(self) -> Path:
        found = installed()
        assert found, NONE
        return found

    @property
    def _as_other(self) -> list[str]:
        return ["runuser", "-u", _account(), "--"] if is_root() else []

    def _is_there(self) -> bool:
        call = [self._binaries / "pg_isready", "-q", "-h", HOST, "-p", str(self.ports["db"])]
        return subprocess.run(call).returncode == 0

    def _part(self, name: str) -> Part:
        if name not in self.parts:
            service = compose()["services"][name]
            command = getattr(self, f"_command_of_{name}")(words_of(service["command"]))
            environment = self.environment if name in ("app", "worker") else dict(os.environ)
            self.parts[name] = Part(name, command, service["restart"], environment, self.folder / f"{name}.log")
        return self.parts[name]

    def _command_of_app(self, given: list[str]) -> list[str]:
        given = [str(self.ports["app"]) if before == "--port" else word for before, word in pairs(given)]
        if self.workers:
            given = [str(self.workers) if before == "--workers" else word for before, word in pairs(given)]
        given = [HOST if before == "--host" else word for before, word in pairs(given)]
        return [sys.executable, "-m", *given]

    def _command_of_worker(self, given: list[str]) -> list[str]:
        return [sys.executable, "-m", *given]

    def _command_of_db(self, given: list[str]) -> list[str]:
        own = ["-D", str(self.cluster), "-p", str(self.ports["db"]), "-k", str(self.cluster)]
        program, *rest = given
        return [*self._as_other, str(self._binaries / program), *rest, "-c", f"listen_addresses={HOST}", *own]

    def _command_of_web(self, given: list[str]) -> list[str]:
        program, *rest = given
        found = nginx()
        assert program == "nginx" and found, NONE
        return [found, "-c", str(nginx_files(self.folder, self.ports, self.data)), *rest]

    def _write_secrets(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "database-address").write_text(self.database, encoding="ascii")
        write_certificate(self.folder / "tls")


def pairs(words: list[str]) -> list[tuple[str, str]]:
    """Give each word with the one before it."""
    return list(zip(["", *words[:-1]], words, strict=True))


def wait_for(is_so: Any, what: str, part: Part | None = None, patience_s: float = 120.0) -> float:
    """Wait until something is so; give how long it took."""
    began = time.monotonic()
    while not is_so():
        assert time.monotonic() - began < patience_s, (
            f"{what}: not so within {patience_s} s\n{part.said if part else ''}"
        )
        time.sleep(0.05)
    return time.monotonic() - began


# --- nginx ------------------------------------------------------------------------------------------------------------
def nginx_files(folder: Path, ports: Mapping[str, int], data: Path) -> Path:
    """Write the files of ``deploy/nginx`` with other ports and folders, and around them what the image has around them."""
    changed = {
        "    listen [::]:80 default_server;\n": "",
        "    listen [::]:443 ssl default_server;\n": "",
        "listen 80 ": f"listen {HOST}:{ports['http']} ",
        "listen 443 ": f"listen {HOST}:{ports['https']} ",
        "/etc/prongsai/tls": str(folder / "tls"),
        "/var/lib/prongsai": str(data),
        "/var/log/nginx": str(folder),
        "/usr/share/prongsai": str(DEPLOY / "nginx"),
        "http://127.0.0.1:8000": f"http://{HOST}:{ports['app']}",
    }
    for name in ("prongsai.conf", "upstream-host.conf"):
        text = (DEPLOY / "nginx" / name).read_text(encoding="utf-8")
        for old, new in changed.items():
            text = text.replace(old, new)
        (folder / name).write_text(text, encoding="utf-8")
    held = "".join(
        f"    {kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    around = (
        ("user root;\n" if is_root() else "") + f"pid {folder}/nginx.pid;\nerror_log {folder}/nginx-error.log notice;\n"
        "worker_processes 2;\nevents { worker_connections 1024; }\n"
        f"http {{\n    include /etc/nginx/mime.types;\n    access_log {folder}/nginx-access.log;\n    sendfile on;\n{held}"
        f"    include {folder}/upstream-host.conf;\n    include {folder}/prongsai.conf;\n}}\n"
    )
    path = folder / "nginx.conf"
    path.write_text(around, encoding="utf-8")
    return path


def write_certificate(folder: Path) -> None:
    """Write a certificate of one's own for this machine, and its key."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    folder.mkdir(parents=True, exist_ok=True)
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(HOST))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "fullchain.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    form, plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "privkey.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, form, plain))
