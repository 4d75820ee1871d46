"""Where Chromium is, and with which switches it starts in a test."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

VARIABLE = "PRONGSAI_CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
# As root, as in a container, there is no sandbox; the rest keeps it from talking to anybody.
SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)


def chromium_path() -> Path | None:
    """Give the browser to drive: the one named by PRONGSAI_CHROMIUM, else one of the machine; None where there is none."""
    named = os.environ.get(VARIABLE)
    candidates = [named] if named else [*map(shutil.which, NAMES), *_PLACES]
    return next((Path(each) for each in candidates if each and Path(each).is_file()), None)


def need_chromium() -> Path:
    """Give the browser, or skip loudly; in continuous integration (PRONGSAI_CI=1) a missing one is a failure."""
    found = chromium_path()
    if found is None:
        missing("there is no Chromium: the test of the page DID NOT RUN (apt-get install chromium)")
    assert found is not None
    return found


def missing(what: str) -> None:
    """Skip for something that the machine lacks; in continuous integration fail."""
    (pytest.fail if is_ci() else pytest.skip)(what)


def is_ci() -> bool:
    """Whether nothing may be missing."""
    return os.environ.get("PRONGSAI_CI") == "1"
