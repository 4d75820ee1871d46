"""A real installation for the trips: ``prongsai demo`` in a process of its own, and a browser that counts."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Download, Locator, Page, sync_playwright

from tests.browser import chromium_path

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDTHS = {"desktop": (1280, 900), "phone": (360, 740)}


@dataclass(frozen=True)
class Demo:
    """A running demonstration."""

    url: str
    login_url: str
    accounts: dict[str, tuple[str, str]]


@contextlib.contextmanager
def demo(data: Path) -> Iterator[Demo]:
    """Start a demonstration in an empty folder; it answers when this enters, and is stopped at the end."""
    environment = os.environ | {"PRONGSAI_DATA": str(data), "PRONGSAI_DATABASE": "", "PYTHONUTF8": "1"}
    environment.pop("PRONGSAI_SECRET_KEY", None)
    with (
        (data.parent / "demo.log").open("w") as log,
        subprocess.Popen(
            [sys.executable, "-m", "prongsai", "demo", "--json"],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        ) as process,
    ):
        assert process.stdout
        try:
            told = json.loads(process.stdout.readline() or "{}")
            assert told, (data.parent / "demo.log").read_text()
            accounts = {one["role"]: (one["username"], one["password"]) for one in told["accounts"]}
            yield Demo(told["url"], told["login_url"], accounts)
        finally:
            process.terminate()


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """Start the machine's Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass
class Hand:
    """A page with the hand of a clerk: every click and every field filled in is counted."""

    page: Page
    done: list[str] = field(default_factory=list)

    def click(self, name: str, role: str = "button") -> None:
        """Click what carries a name; counted once."""
        self._one(role, name).click()
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
