"""A real installation for the walks: ``prongsai demo`` in a process of its own, and a browser that counts."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Download, Locator, Page, sync_playwright

from tests.browser import SWITCHES, chromium_path
from tests.trips.other_day import VARIABLE

WIDTHS = {"desktop": (1280, 900), "phone": (360, 740)}
# Limits for what hangs, far above what a slow and busy machine needs.
PATIENCE_MS = 120_000
STOPPED_S = 120


@dataclass(frozen=True)
class Demo:
    """A running demonstration. accounts: role → user name, password.

    holders: who holds a key of the sealed channel, two of them from outside → user name, password, passphrase.
    """

    url: str
    login_url: str
    accounts: dict[str, tuple[str, str]]
    holders: dict[str, tuple[str, str, str]] = field(default_factory=dict)


@contextlib.contextmanager
def demo(data: Path, *, days_ahead: Path | None = None) -> Iterator[Demo]:
    """Start a demonstration on a data folder, empty or loaded; it answers when this enters, and is stopped at the end.

    days_ahead: a file that moves its clock, as tests.trips.other_day reads it.
    """
    environment = os.environ | {"PRONGSAI_DATA": str(data), "PRONGSAI_DATABASE": "", "PYTHONUTF8": "1"}
    program = ["prongsai"]
    if days_ahead is not None:
        environment[VARIABLE] = str(days_ahead)
        program = ["tests.trips.other_day", "prongsai"]
    environment.pop("PRONGSAI_SECRET_KEY", None)  # the one in the folder, so that a copy goes on with its sessions
    said = data.parent / "demo.log"
    with (
        said.open("w", encoding="utf-8") as log,
        subprocess.Popen(
            [sys.executable, "-m", *program, "demo", "--json", "--port", "0", "--no-work"],
            cwd=Path(__file__).parents[2],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        ) as process,
    ):
        assert process.stdout
        try:
            told = json.loads(process.stdout.readline() or "{}")
            assert told, said.read_text(encoding="utf-8")
            accounts = {one["role"]: (one["username"], one["password"]) for one in told["accounts"]}
            holders = {one["who"]: (one["username"], one["password"], one["passphrase"]) for one in told["keys"]}
            yield Demo(told["url"], told["login_url"], accounts, holders)
        finally:
            process.terminate()
            process.wait(STOPPED_S)


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """Start the machine's Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=[*SWITCHES], timeout=PATIENCE_MS)
        yield browser
        browser.close()


@contextlib.contextmanager
def visit(browser: Browser, width: str, *, script: bool = True, **more: Any) -> Iterator[Page]:
    """Open a page of a visitor of one's own, of a width of WIDTHS. more: as Playwright's new_context."""
    across, down = WIDTHS[width]
    context = browser.new_context(
        viewport={"width": across, "height": down}, java_script_enabled=script, locale="th-TH", **more
    )
    context.set_default_timeout(PATIENCE_MS)
    yield context.new_page()
    context.close()


@dataclass
class Hand:
    """A page with the hand of a clerk: every click and every field filled in is counted."""

    page: Page
    done: list[str] = field(default_factory=list)

    def sign_in(self, place: Demo, role: str) -> None:
        """Sign in as a role, at the address that the demonstration printed."""
        self.page.goto(place.login_url)
        name, password = place.accounts.get(role) or place.holders[role][:2]
        self.fill("ชื่อผู้ใช้", name)
        self.fill("รหัสผ่าน", password)
        self.click("เข้าสู่ระบบ")
        self.page.wait_for_url(lambda address: address != place.login_url)

    def click(self, name: str, role: str = "button") -> None:
        """Click what carries a name; counted once."""
        self._one(role, name).click()
        self.done.append(f"click {name}")

    def turn(self, name: str) -> None:
        """Choose from the menu; where it is folded, unfolding it counts too."""
        self.page.locator("nav.side").locator("summary, a").locator("visible=true").first.wait_for()
        folded = self.page.locator("nav.side summary")
        if folded.is_visible():
            folded.click()
            self.done.append("click menu")
        self.page.get_by_role("navigation", name="เมนูหลัก").get_by_role("link", name=name).locator(
            "visible=true"
        ).click()
        self.done.append(f"click {name}")

    def fill(self, label: str, text: str) -> None:
        """Fill a field in; counted once."""
        self.page.get_by_label(label).first.fill(text)
        self.done.append(f"fill {label}")

    def choose(self, label: str, file: Path) -> None:
        """Choose a file; counted once."""
        self.page.get_by_label(label).first.set_input_files(file)
        self.done.append(f"choose {file.name}")

    def fetch(self, name: str) -> Download:
        """Click a link that downloads; counted once."""
        with self.page.expect_download() as download:
            self.click(name, "link")
        return download.value

    def _one(self, role: str, name: str) -> Locator:
        return self.page.get_by_role(role, name=name).locator("visible=true").first  # type: ignore[arg-type]
