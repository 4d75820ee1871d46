"""Every page of a furnished demonstration, opened once for each width, as the first role that may see it."""

from __future__ import annotations

import contextlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.trips.platform import WIDTHS, Demo, Hand, visit

Where = tuple[str, str, dict[str, str]]  # who opens it, its address, what is typed there and sent first
SEND = """typed => {
  const names = Object.keys(typed);
  const form = [...document.forms].find(one => names.every(name => one.elements[name]));
  for (const name of names) {
    const field = form.elements[name];
    if (field.type === "checkbox") field.checked = true; else field.value = typed[name];
  }
  HTMLFormElement.prototype.submit.call(form);
}"""
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
UNFINISHED = re.compile(r"\{\{|\{%|%\(\w+\)s|\bNone\b|\bundefined\b|\bNaN\b|\{\w+\}")
# What a page of a width has against it. Papers shown in sandboxed frames run no script: axe would only knock there,
# and a browser that keeps frames in one process complains of that on the console.
AXE = """() => axe.run(document, {iframes: false, resultTypes: ["violations"], runOnly: TAGS}).then(
  found => found.violations
  .filter(each => ["serious", "critical"].includes(each.impact))
  .flatMap(each => each.nodes.map(node => `${each.id}: ${node.html.slice(0, 200)}`)))""".replace("TAGS", str([*TAGS]))
WANTED = """() => ({
  wide: document.scrollingElement.scrollWidth,
  headings: [...document.querySelectorAll("h1")].filter(each => each.innerText.trim()).length,
  title: document.title,
  text: document.body.innerText,
  codes: [...document.querySelectorAll("code")].map(each => each.innerText),
  ids: [...document.querySelectorAll("[id]")].map(each => each.id),
})"""


@dataclass(frozen=True)
class Opened:
    """A page at a width. said: what the console complained of since it opened."""

    route: str
    width: str
    page: Page
    said: list[str]


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


def _enter(page: Page, place: Demo, who: str, code: str) -> None:
    """Sign in as a role, or as nobody; ``legal+key`` opens their key of the sealed channel too."""
    role, _, key = who.partition("+")
    if role:
        Hand(page).sign_in(place, role)
    if key:
        page.goto(f"{place.url.rstrip('/')}/{code}/complaints/unlock/")
        _send(page, {"passphrase": place.holders[role][2]})


def _send(page: Page, typed: dict[str, str]) -> None:
    """Send the form that has these fields, filled in."""
    with page.expect_navigation():
        page.evaluate(SEND, typed)


def every_page(browser: Browser, place: Demo, pages: dict[str, Where]) -> Iterator[Opened]:
    """Open every page, at each width in turn; the address is asked once, the window changes."""
    with contextlib.ExitStack() as visits:
        visitors: dict[str, tuple[Page, Ear]] = {}
        for route, (who, address, typed) in pages.items():
            if who not in visitors:
                page, ear = visits.enter_context(visit(browser, "desktop")), Ear()
                _enter(page, place, who, code=address[1:9])
                ear.listen(page)
                visitors[who] = page, ear
            page, ear = visitors[who]
            ear.said.clear()
            page.goto(f"{place.url.rstrip('/')}{address}")
            if typed:
                _send(page, typed)
            for width, (across, down) in WIDTHS.items():
                page.set_viewport_size({"width": across, "height": down})
                yield Opened(route, width, page, ear.said)


def faults_of(opened: Opened, axe: Axe | None) -> list[str]:
    """List what is wrong with a page at a width; without axe what else there is."""
    seen = opened.page.evaluate(WANTED)
    found = [f"console: {words}" for words in opened.said]
    if seen["wide"] > WIDTHS[opened.width][0]:
        found.append(f"{seen['wide']} px wide")
    if seen["headings"] != 1:
        found.append(f"{seen['headings']} headings")
    if not seen["title"].partition("·")[0].strip():
        found.append("no title")
    text = seen["text"]
    for code in seen["codes"]:  # a page may tell how something is written
        text = text.replace(code, "", 1)
    found += [f"unfinished: {words}" for words in UNFINISHED.findall(text)]
    found += [f"id twice: {each}" for each in {one for one in seen["ids"] if seen["ids"].count(one) > 1}]
    if axe:
        opened.page.evaluate(axe.axe_script)
        found += [f"axe {words}" for words in opened.page.evaluate(AXE)]
    return [f"{opened.route} ({opened.width}) {words}" for words in found]
