"""Bring what the tests need and pip cannot: ``python -m tests.machine`` (Chromium), ``--server`` (PostgreSQL, nginx, Caddy).

Installs only on Debian and its kin, with root or a sudo that asks for no password. Elsewhere it says loudly which
tests will not run; with PRONGSAI_CI=1 it then ends with 1, since there none may be missing.
"""

import os
import shutil
import subprocess
import sys

from tests.browser import chromium_path, is_ci
from tests.postgres import installed, packaged
from tests.trips.server_parts import nginx

_UNATTENDED = {"DEBIAN_FRONTEND": "noninteractive"}


def main(arguments: list[str]) -> int:
    wanted = [("chromium", chromium_path, "browser tests (marked `browser`)")]
    if "--server" in arguments:
        wanted.append(("nginx-light", nginx, "trip through a real server (test_server.py)"))
        wanted.append(("caddy", lambda: shutil.which("caddy"), "Caddyfile (test_deploy.py)"))
        wanted.append(("postgresql", lambda: installed() or packaged(), "PostgreSQL runs (tests marked `db`)"))
    missing = [(package, found, tests) for package, found, tests in wanted if found() is None]
    if missing and can_install():
        install([package for package, _, _ in missing])
    left = [(package, tests) for package, found, tests in missing if found() is None]
    for package, tests in left:
        shout(f"{package} is missing and cannot be installed here: the {tests} WILL NOT RUN")
    return 1 if left and is_ci() else 0


def can_install() -> bool:
    """Whether packages can be installed without asking anybody."""
    return shutil.which("apt-get") is not None and prefix() is not None


def prefix() -> list[str] | None:
    """Give what to put before a command that needs root; None when root is out of reach."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return []
    if shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0:
        return ["sudo", "-n"]
    return None


def install(packages: list[str]) -> None:
    """Install with apt; the index is fetched once more when a package is not known yet."""
    shout(f"installing {' '.join(packages)} for the tests")
    command = [*(prefix() or []), "apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    environment = os.environ | _UNATTENDED
    if subprocess.run(command, env=environment, stdout=sys.stderr).returncode:
        subprocess.run([*(prefix() or []), "apt-get", "update", "-qq"], env=environment, stdout=sys.stderr)
        subprocess.run(command, env=environment, stdout=sys.stderr)


def shout(text: str) -> None:
    """Say something that nobody overlooks."""
    print(f"\n{'=' * 100}\n{text}\n{'=' * 100}\n", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
