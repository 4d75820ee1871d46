"""Every page of a furnished demonstration, opened once for each width, as the first role that may see it."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.trips.platform import WIDTHS, Demo, Hand, visit


@dataclass(frozen=True)
class Opened:
    """A page at a width. is_new: not the same document as before. said: what the console complained of since it opened."""

    route: str
    width: str
    page: Page
    said: list[str]
    is_new: bool


@dataclass
class Ear:
    """What the console of a visitor says of what it was sent."""

    said: list[str] = field(default_factory=list)

    def listen(self, page: Page) -> None:
        """Keep errors, warnings and uncaught exceptions."""
        page.on("console", lambda one: self.said.append(one.text) if one.type in ("error", "warning") else None)
        page.on("pageerror", lambda one: self.said.append(str(one)))


def furnish(data: Path) -> dict[str, dict]:
    """Do a bit of every kind of work in a data folder; give {"pages", "others"} of tests.trips.furnished."""
    command = [sys.executable, "-m", "tests.trips.furnished", str(data)]
    done = subprocess.run(
        command,
        cwd=Path(__file__).parents[2],
        env=os.environ | {"PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def every_page(browser: Browser, place: Demo, pages: dict[str, tuple[str, str]]) -> Iterator[Opened]:
    """Open every page, at each width in turn; the address is asked once, the window changes."""
    with contextlib.ExitStack() as visits:
        visitors: dict[str, tuple[Page, Ear]] = {}
        for route, (role, address) in pages.items():
            if role not in visitors:
                page, ear = visits.enter_context(visit(browser, "desktop")), Ear()
                if role:
                    Hand(page).sign_in(place, role)
                ear.listen(page)
                visitors[role] = page, ear
            page, ear = visitors[role]
            ear.said.clear()
            page.goto(f"{place.url.rstrip('/')}{address}")
            for at, (width, (across, down)) in enumerate(WIDTHS.items()):
                page.set_viewport_size({"width": across, "height": down})
                yield Opened(route, width, page, ear.said, is_new=at == 0)
