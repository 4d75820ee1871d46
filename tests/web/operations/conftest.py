"""Installations of their own: one filled for all tests, and copies of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.web.operations.place import Place, database_name, new_place, shared_place


@pytest.fixture(scope="session")
def prepared_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """An empty installation whose database is of this version and whose static files are in place; to be copied."""

    def make(place: Place, folder: Path) -> None:
        place.told("ready")

    with shared_place(tmp_path_factory, "prepared", make) as (place, _):
        yield place


@pytest.fixture
def prepared(prepared_once: Place, tmp_path: Path) -> Iterator[Place]:
    """A copy of it."""
    with new_place(tmp_path / "prepared", database_name(), like=prepared_once) as place:
        yield place


@pytest.fixture(scope="session")
def filled_once(prepared_once: Place, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Place, str]]:
    """The office with work in it, and the private half of its backup key; to be copied."""

    def make(place: Place, folder: Path) -> None:
        (folder / "key.txt").write_text(str(place.told("fill")), encoding="utf-8")

    with shared_place(tmp_path_factory, "filled", make, like=prepared_once) as (place, folder):
        yield place, (folder / "key.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def published_once(prepared_once: Place, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Place, str]]:
    """An office with pages that are public, and the private half of its backup key; to be copied."""

    def make(place: Place, folder: Path) -> None:
        done = place.python("-m", "tests.web.disclosure.published")
        assert done.returncode == 0, done.stderr
        (folder / "key.txt").write_text(done.stdout, encoding="utf-8")

    with shared_place(tmp_path_factory, "published", make, like=prepared_once) as (place, folder):
        yield place, (folder / "key.txt").read_text(encoding="utf-8")


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Callable[[], Place]]:
    """Make empty installations: ``place()``."""
    with ExitStack() as stack:

        def make() -> Place:
            name = database_name()
            return stack.enter_context(new_place(tmp_path / name, name))

        yield make


@pytest.fixture
def filled(filled_once: tuple[Place, str], tmp_path: Path) -> Iterator[Place]:
    """A copy of the office with work in it."""
    with new_place(tmp_path / "office", database_name(), like=filled_once[0]) as place:
        yield place


@pytest.fixture
def key_file(filled_once: tuple[Place, str], tmp_path: Path) -> Path:
    """The private half of its backup key, in a file."""
    path = tmp_path / "key.txt"
    path.write_text(f"# created: 2026-11-21\n{filled_once[1]}\n", encoding="utf-8")
    return path
