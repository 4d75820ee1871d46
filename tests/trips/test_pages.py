"""Every page at two widths: no serious fault for axe, nothing wider than a phone, a quiet console, one heading."""

from __future__ import annotations

import re
import shutil
import zlib

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.conftest import PROVE
from tests.trips.pages import Opened, every_page
from tests.trips.platform import WIDTHS, demo

pytestmark = pytest.mark.browser
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
PARTS = 4  # so that no worker is left alone with all of them
AFTER_TOTP = {"mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_download_recovery_codes"}
UNFINISHED = re.compile(r"\{\{|\{%|%\(\w+\)s|\bNone\b|\bundefined\b|\bNaN\b|\{\w+\}")
# What a page of a width has against it; axe is in the page already.
AXE = """() => axe.run(document, {resultTypes: ["violations"], runOnly: TAGS}).then(found => found.violations
  .filter(each => ["serious", "critical"].includes(each.impact))
  .flatMap(each => each.nodes.map(node => `${each.id}: ${node.html.slice(0, 200)}`)))""".replace("TAGS", str([*TAGS]))
WANTED = """() => ({
  wide: document.scrollingElement.scrollWidth,
  headings: [...document.querySelectorAll("h1")].filter(each => each.innerText.trim()).length,
  title: document.title,
  text: document.body.innerText,
  ids: [...document.querySelectorAll("[id]")].map(each => each.id),
})"""


def faults_of(opened: Opened, axe: Axe) -> list[str]:
    """List what is wrong with a page at a width."""
    seen = opened.page.evaluate(WANTED)
    found = [f"console: {words}" for words in opened.said]
    if seen["wide"] > WIDTHS[opened.width][0]:
        found.append(f"{seen['wide']} px wide")
    if seen["headings"] != 1:
        found.append(f"{seen['headings']} headings")
    if not seen["title"].partition("·")[0].strip():
        found.append("no title")
    found += [f"unfinished: {words}" for words in UNFINISHED.findall(seen["text"])]
    found += [f"id twice: {each}" for each in {one for one in seen["ids"] if seen["ids"].count(one) > 1}]
    if opened.is_new:
        opened.page.evaluate(axe.axe_script)
    if PROVE or opened.width == _looked_at(opened.route):
        found += [f"axe {words}" for words in opened.page.evaluate(AXE)]
    return [f"{opened.route} ({opened.width}) {words}" for words in found]


def _looked_at(route: str) -> str:
    """Name the width at which axe looks at a page, the half of them at each; with PRONGSAI_PROVE=1 at both."""
    return [*WIDTHS][zlib.crc32(route.encode()) % len(WIDTHS)]


def test_nothing_that_was_asked_for_is_missing_or_broken(furnished):
    routes = furnished[1]
    # What is no page is an answer to a form, or leads on.
    others = {route: answer for route, answer in routes["others"].items() if route not in AFTER_TOTP}
    missing = {route: answer for route, answer in others.items() if answer not in ("204", "302", "405", "file")}
    assert missing == {}
    assert len(routes["pages"]) > 90


@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_is_whole_at_every_width(browser, furnished, tmp_path, part):
    data, routes = furnished
    shutil.copytree(data, tmp_path / "data")
    pages = {route: routes["pages"][route] for route in sorted(routes["pages"])[part::PARTS]}
    axe = Axe()
    with demo(tmp_path / "data") as place:
        faults = [words for opened in every_page(browser, place, pages) for words in faults_of(opened, axe)]
    assert faults == [], "\n".join(faults)
