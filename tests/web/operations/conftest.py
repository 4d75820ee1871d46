"""Installations of their own: one filled for all tests, and copies of it."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.web.operations.place import Place, new_place

_numbers = itertools.count(1)


def _name() -> str:
    return f"place_{os.getpid()}_{next(_numbers)}"


@pytest.fixture(scope="session")
def prepared_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """An empty installation whose database is of this version and whose static files are in place; not to be changed."""
    with new_place(tmp_path_factory.mktemp("prepared") / "data", _name()) as place:
        place.told("ready")
        yield place


@pytest.fixture
def prepared(prepared_once: Place, tmp_path: Path) -> Iterator[Place]:
    """A copy of it."""
    with new_place(tmp_path / "prepared", _name(), like=prepared_once) as place:
        yield place


@pytest.fixture(scope="session")
def filled_once(prepared_once: Place, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Place, str]]:
    """The office with work in it, and the private half of its backup key; not to be changed."""
    with new_place(tmp_path_factory.mktemp("filled") / "data", _name(), like=prepared_once) as place:
        yield place, str(place.told("fill"))


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Callable[[], Place]]:
    """Make empty installations: ``place()``."""
    with ExitStack() as stack:
        yield lambda: stack.enter_context(new_place(tmp_path / f"data-{next(_numbers)}", _name()))


@pytest.fixture
def filled(filled_once: tuple[Place, str], tmp_path: Path) -> Iterator[Place]:
    """A copy of the office with work in it."""
    with new_place(tmp_path / "office", _name(), like=filled_once[0]) as place:
        yield place


@pytest.fixture
def key_file(filled_once: tuple[Place, str], tmp_path: Path) -> Path:
    """The private half of its backup key, in a file."""
    path = tmp_path / "key.txt"
    path.write_text(f"# created: 2026-11-21\n{filled_once[1]}\n", encoding="utf-8")
    return path
