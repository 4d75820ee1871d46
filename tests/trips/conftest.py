"""What the walks through a real installation share: a browser, and a demonstration loaded once and copied for each."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import need_chromium
from tests.once import once
from tests.trips.pages import furnish
from tests.trips.platform import chromium, demo
from tests.trips.registers_office import empty_office


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    need_chromium()
    with chromium() as found:
        yield found


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a demonstration that was loaded and stopped; ``first.json`` beside it: whom it let in then."""

    def make(folder: Path) -> None:
        with demo(folder / "data") as place:
            (folder / "first.json").write_text(json.dumps(place.accounts), encoding="utf-8")

    return once(tmp_path_factory, "loaded", make) / "data"


@pytest.fixture(scope="session")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the same municipality before it keeps any register."""
    need_chromium()
    return once(tmp_path_factory, "plain", lambda folder: empty_office(folder / "data")) / "data"


@pytest.fixture(scope="session")
def furnished(loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, dict]]:
    """The data folder of a demonstration with a bit of every kind of work in it, and its routes."""

    def make(folder: Path) -> None:
        shutil.copytree(loaded, folder / "data")
        (folder / "routes.json").write_text(json.dumps(furnish(folder / "data")), encoding="utf-8")

    folder = once(tmp_path_factory, "furnished", make)
    return folder / "data", json.loads((folder / "routes.json").read_text(encoding="utf-8"))
