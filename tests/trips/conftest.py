"""What the walks through a real installation share: a browser, and a demonstration loaded once and copied for each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import need_chromium
from tests.trips.platform import chromium, demo
from tests.trips.registers_office import empty_office


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    need_chromium()
    with chromium() as found:
        yield found


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a demonstration that was loaded and stopped; copy it, do not write to it."""
    need_chromium()
    data = tmp_path_factory.mktemp("loaded") / "data"
    with demo(data):
        pass
    return data


@pytest.fixture(scope="session")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same municipality before it keeps any register; copy it, do not write to it."""
    need_chromium()
    data = tmp_path_factory.mktemp("plain") / "data"
    empty_office(data)
    return data
