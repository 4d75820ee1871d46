"""Every page at two widths: no serious fault for axe, nothing wider than a phone, a quiet console, one heading."""

from __future__ import annotations

import shutil
import zlib

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.conftest import PROVE
from tests.trips.pages import Where, every_page, faults_of
from tests.trips.platform import WIDTHS, demo

pytestmark = pytest.mark.browser
PARTS = 4  # so that no worker is left alone with all of them
AFTER_TOTP = {"mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_download_recovery_codes"}


def _looked_at(route: str) -> tuple[str, ...]:
    """Name the widths at which axe looks at a page: one, for each fourth page; with PRONGSAI_PROVE=1 both, for all."""
    number, widths = zlib.crc32(route.encode()), tuple(WIDTHS)
    if PROVE:
        return widths
    return () if number % 4 else (widths[number // 4 % len(widths)],)


def test_nothing_that_was_asked_for_is_missing_or_broken(furnished):
    routes = furnished[1]
    # What is no page is an answer to a form, or leads on.
    others = {route: answer for route, answer in routes["others"].items() if route not in AFTER_TOTP}
    missing = {route: answer for route, answer in others.items() if answer not in ("204", "302", "405", "file")}
    assert missing == {}
    assert len(routes["pages"]) > 90


def part_of(pages: dict[str, Where], part: int) -> dict[str, Where]:
    """Give one part of the pages; those of a role stand together, so that few have to sign in for it."""
    by_role = sorted(pages, key=lambda route: (pages[route][0], route))
    size = -(-len(by_role) // PARTS)
    return {route: pages[route] for route in by_role[part * size : (part + 1) * size]}


@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_is_whole_at_every_width(browser, furnished, tmp_path, part):
    data, routes = furnished
    shutil.copytree(data, tmp_path / "data")
    pages = part_of(routes["pages"], part)
    axe = Axe()
    with demo(tmp_path / "data") as place:
        faults = [
            words
            for opened in every_page(browser, place, pages)
            for words in faults_of(opened, axe if opened.width in _looked_at(opened.route) else None)
        ]
    assert faults == [], "\n".join(faults)
