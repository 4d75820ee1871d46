"""An installation of its own in another process: a data folder and, on PostgreSQL, a database."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest

from tests.once import once

ROOT = Path(__file__).resolve().parents[3]
SERVER = os.environ.get("PRONGSAI_TEST_DATABASE", "")
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Place:
    """Where an installation lives. database: "" for SQLite in the folder."""

    folder: Path
    database: str = ""

    @property
    def environment(self) -> dict[str, str]:
        """The variables that a process of this installation gets."""
        others = {name: value for name, value in os.environ.items() if not name.startswith("PRONGSAI_")}
        path = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
        given = {"PRONGSAI_DATA": str(self.folder), "PRONGSAI_DATABASE": self.database}
        return others | given | {"PYTHONPATH": path, "PYTHONUTF8": "1"}

    def run(self, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """Call a verb."""
        return self.python("-m", "prongsai", *arguments, stdin=stdin)

    def python(self, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """Run Python in this installation."""
        command = [sys.executable, *arguments]
        return subprocess.run(command, env=self.environment, input=stdin, capture_output=True, text=True, timeout=600)

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start Python in this installation, with its output as a pipe."""
        command = [sys.executable, *arguments]
        pipe = subprocess.PIPE
        return subprocess.Popen(command, env=self.environment, stdin=pipe, stdout=pipe, stderr=pipe, text=True)

    def told(self, *what: str) -> Any:
        """Ask ``tests.web.operations.inside`` for something, as JSON; for several things in one process, as a list."""
        call = what if len(what) == 1 else ("several", *what)
        done = self.python("-m", "tests.web.operations.inside", *call)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


@contextmanager
def new_place(folder: Path, name: str, *, like: Place | None = None) -> Iterator[Place]:
    """Make a place, empty or a copy of another; its database goes when the test is over."""
    if like is not None:
        shutil.copytree(like.folder, folder, dirs_exist_ok=True)
    if not SERVER:
        yield Place(folder)
        return
    source = urlsplit(like.database).path.strip("/") if like else "template0"
    _on_server(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')
    try:
        yield Place(folder, urlunsplit(urlsplit(SERVER)._replace(path=f"/{name}")))
    finally:
        _on_server(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def shared_place(
    factory: pytest.TempPathFactory, name: str, make: Callable[[Place, Path], None], *, like: Place | None = None
) -> Iterator[tuple[Place, Path]]:
    """Give an installation that is made once, and the folder around it, where ``make`` may keep what it was told.

    It stands for all workers of a run, on a server's database for each of its own: nothing may run in it, only copies
    of it are used.
    """

    def fill(folder: Path) -> None:
        with new_place(folder / "data", "", like=like) as place:
            make(place, folder)

    if not SERVER:
        folder = once(factory, name, fill)
        yield Place(folder / "data"), folder
        return
    folder = factory.mktemp(name)
    with new_place(folder / "data", database_name(), like=like) as place:
        make(place, folder)
        yield place, folder


def database_name() -> str:
    """Give a name that no other database of a run has."""
    return f"place_{os.getpid()}_{next(_numbers)}"


def _on_server(statement: str) -> None:
    import psycopg

    with psycopg.connect(SERVER, autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[arg-type]
