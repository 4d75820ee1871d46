"""A clerk's path through the registers of a group: every page that it passes is looked at, with and without JavaScript."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, Route

from tests.conftest import PROVE
from tests.trips.pages import Opened, faults_of
from tests.trips.platform import WIDTHS, Demo, Hand, visit
from tests.trips.registers_clerk import Clerk, Outsider, Reader, Values, bare
from tests.trips.registers_life import Office


@dataclass
class Eye:
    """Looks at pages: each address once at the width of the path, with PRONGSAI_PROVE=1 every page at both widths.

    page: one with JavaScript, which axe needs. Of a path without, it shows what the other page got, and no script of it.
    """

    page: Page
    width: str
    is_scripted: bool
    axe: Axe = field(default_factory=Axe)
    seen: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)

    def look(self, page: Page) -> None:
        """Keep what is wrong with a page that somebody came to."""
        where = re.sub("[0-9]+", "0", page.url.partition("?")[0].partition("//")[2])
        if where in self.seen and not PROVE:
            return
        self.seen.add(where)
        shown = page if self.is_scripted else self._mirrored(page)
        for width in WIDTHS if PROVE else (self.width,):
            across, down = WIDTHS[width]
            shown.set_viewport_size({"width": across, "height": down})
            self.faults += faults_of(Opened(page.url, width, shown, []), self.axe)
        across, down = WIDTHS[self.width]
        shown.set_viewport_size({"width": across, "height": down})

    def _mirrored(self, page: Page) -> Page:
        content = page.content()

        def answer(route: Route) -> None:
            if route.request.resource_type == "script":
                route.abort()
            elif route.request.resource_type == "document":
                route.fulfill(body=content, content_type="text/html; charset=utf-8")
            else:
                route.continue_()

        self.page.route("**/*", answer)
        self.page.goto(page.url.partition("#")[0])
        self.page.unroute("**/*")
        return self.page


@dataclass
class Walking(Reader):
    """Somebody whose every page is looked at."""

    eye: Eye

    def go(self, address: str) -> None:
        """Open a page of the agency, and look at it."""
        super().go(address)
        self.eye.look(self.page)

    def follow(self, link: Locator) -> None:
        """Click what leads to another page, wait for that page, and look at it."""
        super().follow(link)
        self.eye.look(self.page)


class Walker(Walking, Clerk):
    """Somebody of the office on the path."""

    def refuse(self, register: str, values: Values, *why: str, year: int = 0) -> None:
        """Fill in a new entry that is not taken, and read why."""
        self.try_to_add(register, values, year=year)
        self.hold("ยังบันทึกไม่ได้", *why)

    def stopped(self, entry: str, name: str, values: Values, *why: str) -> None:
        """Try the next step with an entry, which is not taken, and read why."""
        step = self.step(entry, name)
        self.put(values, step.locator("form"))
        self.press(name, within=step)
        self.hold("ยังบันทึกไม่ได้", *why)

    def barred(self, address: str) -> None:
        """See that a page is not there for oneself."""
        answer = self.page.goto(self.root + address)
        assert answer and answer.status == 404, (address, answer and answer.status)

    def print(self, entry: str, folder: Path, *words: str, link: str = "พิมพ์ (Word)") -> None:
        """Take the paper of an entry and read it back."""
        text = self.paper(entry, link, folder / "รายการ.docx")
        missing = [each for each in words if bare(each) not in text]
        assert not missing, f"{missing} not in {text}"

    def appoint(self, name: str, number: str, day: str, *members: str) -> None:
        """Record the order that appoints a committee."""
        self.go("agency/committees/add/")
        told = {"ชื่อคณะกรรมการหรือคณะทำงาน": name, "คำสั่งที่ (เลขที่/พ.ศ.)": number, "ลงวันที่": day}
        for label, text in {**told, "รายชื่อ": "\n".join(members)}.items():
            self.page.get_by_label(label).first.fill(text)
        self.press("บันทึก")
        self.hold(name)


class Stranger(Walking, Outsider):
    """Somebody from outside on the path."""


@dataclass
class Walk(Office):
    """The office of a path."""

    eye: Eye = field(kw_only=True)

    def _visit(self) -> Page:
        return self.stack.enter_context(visit(self.browser, self.eye.width, script=self.eye.is_scripted))

    def clerk(self, role: str) -> Walker:
        """Give the hand of a role; signed in once."""
        if role not in self.clerks:
            page = self._visit()
            Hand(page).sign_in(self.place, role)
            self.clerks[role] = Walker(page, self.root, self.eye)
        found = self.clerks[role]
        assert isinstance(found, Walker)
        return found

    @contextlib.contextmanager
    def outsider(self) -> Iterator[Stranger]:
        """Give a browser that has never been here."""
        with visit(self.browser, self.eye.width, script=self.eye.is_scripted) as page:
            yield Stranger(page, self.root, self.eye)


@contextlib.contextmanager
def walk(browser: Browser, place: Demo, folder: Path, width: str, *, script: bool) -> Iterator[Walk]:
    """Begin a path, at a width, with or without JavaScript; at its end the pages that it passed have no faults."""
    with contextlib.ExitStack() as stack:
        eye = Eye(stack.enter_context(visit(browser, width)), width, is_scripted=script)
        yield Walk(browser, place, folder, stack, eye=eye)
        assert eye.seen
        assert eye.faults == [], "\n".join(eye.faults)
