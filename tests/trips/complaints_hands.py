"""Who walks through the sealed channel: somebody who reports, holders of keys; and what must not be seen of it."""

from __future__ import annotations

import contextlib
import json
import os
import re
import sqlite3
import subprocess
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Response

from prongsai.thai.dates import format_date
from prongsai.thai.numerals import to_thai
from tests.conftest import PROVE
from tests.documents.clean import made
from tests.trips.complaints_people import PASSPHRASE
from tests.trips.other_day import VARIABLE
from tests.trips.pages import AXE
from tests.trips.platform import WIDTHS, Demo, Hand, visit

AGENCY = "05160101"
PICTURES = os.environ.get("PRONGSAI_SHOTS")  # a folder: every page that is looked at is photographed into it
THOROUGH = PROVE or bool(PICTURES)
OWN_WORDS = {"legal": "ปิ่นโต ระฆัง ตะเกียง หมอนขวาน", "auditor": "กระดุม ลูกคิด ผ้าขาวม้า โอ่งน้ำ"}
WORD_MIN = 4  # letters from which on a word that was typed is looked for
_COLUMNS = "number, user_id, actor, action, subject_type, subject_id, subject_text, changes"


@dataclass
class Town:
    """The office of the walk. typed: every word of the case so far; seen: how many lines of the journal were read."""

    browser: Browser
    place: Demo
    data: Path
    clock: Path
    typed: list[str] = field(default_factory=list)
    number: str = ""
    seen: int = 0
    faults: list[str] = field(default_factory=list)
    _axe: Axe = field(default_factory=Axe)

    def at(self, path: str = "") -> str:
        """Give the address of a page of the office."""
        return f"{self.place.url.rstrip('/')}/{AGENCY}/{path}"

    def says(self, *words: str) -> str:
        """Keep what is typed into the case, so that it is looked for wherever it must not be; give it."""
        self.typed += words
        return words[0]

    # --- what every page is held to ---------------------------------------------------------------------------------
    def look(self, page: Page, name: str, twin: Page | None = None) -> None:
        """Hold a page against both widths and against axe: every fourth page at one of them.

        With PRONGSAI_PROVE=1, and when pictures are taken, every page at both. twin: a page that runs scripts,
        for axe to look at the same answer where the page itself runs none.
        """
        was, chance = page.viewport_size, zlib.crc32(name.encode())
        chosen = [*WIDTHS] if THOROUGH else [[*WIDTHS][chance // 4 % 2]] if chance % 4 == 0 else []
        if twin is not None and chosen:
            twin.unroute_all()
            body = page.content()
            twin.route(page.url, lambda route: route.fulfill(body=body, content_type="text/html; charset=utf-8"))
            twin.goto(page.url)
        for width, (across, down) in WIDTHS.items():
            page.set_viewport_size({"width": across, "height": down})
            wide = page.evaluate("document.scrollingElement.scrollWidth")
            self.faults += [f"{name} ({width}) {wide} px wide"] if wide > across else []
            if PICTURES:
                page.screenshot(path=f"{PICTURES}/{name}-{width}.png", full_page=True)
            if width in chosen:
                seen = twin or page
                seen.set_viewport_size({"width": across, "height": down})
                seen.evaluate(self._axe.axe_script)
                self.faults += [f"{name} ({width}) {words}" for words in seen.evaluate(AXE)]
        assert was
        page.set_viewport_size(was)

    # --- what the journal says --------------------------------------------------------------------------------------
    def journal(self) -> list[str]:
        """Give the actions since the last look; fail when a line holds a word of the case, or its number."""
        database = sqlite3.connect(f"file:{self.data / 'prongsai.sqlite3'}?mode=ro", uri=True)
        with contextlib.closing(database):
            rows = database.execute(f"SELECT {_COLUMNS} FROM agencies_auditentry ORDER BY id").fetchall()
        new, self.seen = rows[self.seen :], len(rows)
        for row in new:
            line = " ".join(map(_plain, row))
            assert [word for word in self._secrets() if re.search(word, line)] == [], line
        return [row[3] for row in new]

    def _secrets(self) -> set[str]:
        words = {word for text in self.typed for word in text.split() if len(word) >= WORD_MIN}
        number = {rf"(?<!\w){each}(?!\w)" for each in (self.number, to_thai(self.number)) if each}
        return {re.escape(word) for word in words} | number

    # --- time -------------------------------------------------------------------------------------------------------
    def pass_days(self, days: int) -> None:
        """Let the clock of the office be so many days ahead of this machine's."""
        self.clock.write_text(f"{days}", encoding="ascii")

    def nightly(self, command: str) -> str:
        """Run a command as the office does every night, on the office's day; give what it says."""
        environment = os.environ | {
            **{"PRONGSAI_DATA": str(self.data), "PRONGSAI_DATABASE": "", "PYTHONUTF8": "1"},
            **{"DJANGO_SETTINGS_MODULE": "prongsai.web.settings", VARIABLE: str(self.clock)},
        }
        environment.pop("PRONGSAI_SECRET_KEY", None)
        done = subprocess.run(
            [sys.executable, "-m", "tests.trips.other_day", "django", command],
            cwd=Path(__file__).parents[2],
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def sealed(self) -> list[Path]:
        """Give the files in the folder of sealed files."""
        return [path for path in (self.data / "sealed").rglob("*") if path.is_file()]


def _plain(value: object) -> str:
    """Give a column as words; JSON without its escapes."""
    with contextlib.suppress(TypeError, ValueError):
        return json.dumps(json.loads(value), ensure_ascii=False)  # type: ignore[arg-type]
    return str(value)


# --- who reports ----------------------------------------------------------------------------------------------------
@dataclass
class Stranger:
    """Somebody whom nobody knows, on a phone. answers: all that the office sent them."""

    page: Page
    town: Town
    twin: Page
    answers: list[Response] = field(default_factory=list)

    def look(self, name: str) -> None:
        """Hold the page against both widths and axe."""
        self.town.look(self.page, name, self.twin)

    def press(self, name: str, role: str = "button") -> None:
        """Press what carries a name and leads to another page."""
        with self.page.expect_navigation():
            self.page.get_by_role(role, name=name).locator("visible=true").first.click()  # type: ignore[arg-type]

    def fill(self, label: str, text: str) -> None:
        """Type, and remember that it was typed."""
        self.page.get_by_label(label).first.fill(self.town.says(text))

    def receipt(self) -> tuple[list[str], list[str]]:
        """Read the receipt: Thai words, Latin words."""
        return tuple(self.page.locator(f".words {each}").all_inner_texts() for each in ("strong", ".latin"))

    def follow(self, receipt: Iterable[str]) -> None:
        """Open the report by its receipt, from the start page."""
        self.page.goto(self.town.at("report/"))
        self.press("ติดตามเรื่อง", "link")
        self.page.get_by_label("คำทั้งเจ็ดในใบรับ").fill(" ".join(receipt))
        self.press("เปิดเรื่อง")

    def assert_left_no_trace(self, headers: dict[str, str]) -> None:
        """Hold every answer of these pages against the rules, and the browser against having been given a cookie."""
        pages = [each for each in self.answers if "/report/" in each.url]
        assert len(pages) > 8
        for each in pages:
            assert {name: each.header_value(name) for name in headers} == headers, each.url
        assert [each.url for each in self.answers if each.header_value("set-cookie")] == []
        assert self.page.context.cookies() == []


@contextlib.contextmanager
def stranger(town: Town, *, script: bool = False) -> Iterator[Stranger]:
    """Open a phone that has never been here."""
    with visit(town.browser, "phone", script=script) as page, visit(town.browser, "phone") as twin:
        one = Stranger(page, town, twin)
        page.on("response", lambda answer: one.answers.append(answer))
        yield one


# --- who holds a key ------------------------------------------------------------------------------------------------
@dataclass
class Holder:
    """Somebody of the office at a desk, who holds a key."""

    page: Page
    town: Town
    role: str
    passphrase: str = ""

    def go(self, path: str) -> None:
        """Open a page of the office."""
        self.page.goto(self.town.at(path))

    def case(self, path: str = "") -> None:
        """Open the case, or a page of it."""
        self.go(f"complaints/cases/{self.town.number}/{path}")

    def status(self, path: str) -> int:
        """Ask for a page; give how it was answered."""
        answer = self.page.goto(self.town.at(path))
        assert answer
        return answer.status

    def press(self, name: str, role: str = "button") -> None:
        """Press what carries a name and leads to another page."""
        found = self.page.locator("main").get_by_role(role, name=name, exact=True)  # type: ignore[arg-type]
        with self.page.expect_navigation():
            found.locator("visible=true").first.click()

    def fill(self, label: str, text: str) -> None:
        """Type, and remember that it was typed."""
        self.page.locator("main").get_by_label(label).first.fill(self.town.says(text))

    def put(self, label: str, text: str) -> None:
        """Type what is no secret: days, passphrases."""
        self.page.locator("main").get_by_label(label).first.fill(text)

    def unlock(self) -> None:
        """Open the key."""
        self.go("complaints/unlock/")
        self.put("รหัสลับของท่าน", self.passphrase)
        self.press("ปลดล็อก")
        self.page.wait_for_url(self.town.at("complaints/"))

    def step(self, name: str, typed: Mapping[str, str] | None = None, days: Mapping[str, date] | None = None) -> None:
        """Open a step of the case by its link, from the page where the last one left off, and fill its form in."""
        if self.page.url.partition("#")[0] != self.town.at(f"complaints/cases/{self.town.number}/"):
            self.case()
        self.press(name, "link")
        for label, text in (typed or {}).items():
            self.fill(label, text)
        for label, day in (days or {}).items():
            self.put(label, format_date(day))

    def numbers(self) -> list[str]:
        """Give the numbers of the list."""
        self.go("complaints/?show=all")
        links = self.page.locator("main table tbody th a")
        return [str(links.nth(place).get_attribute("href")).split("/")[-2] for place in range(links.count())]

    def download(self, name: str) -> bytes:
        """Take a file by its link."""
        with self.page.expect_download() as download:
            self.page.locator("main").get_by_role("link", name=name).first.click()
        return Path(download.value.path()).read_bytes()

    def fetched(self, name: str) -> bytes:
        """Give what a link leads to."""
        address = self.page.locator("main").get_by_role("link", name=name).first.evaluate("each => each.href")
        return self.page.request.get(address).body()


@contextlib.contextmanager
def holder(town: Town, role: str, passphrase: str = "", **more: Any) -> Iterator[Holder]:
    """Open a desk and sign in."""
    with visit(town.browser, "desktop", **more) as page:
        Hand(page).sign_in(town.place, role)
        yield Holder(page, town, role, passphrase)


# --- the walk --------------------------------------------------------------------------------------------------------
@dataclass
class Case:
    """The walk so far: who sits where, what the reporter wrote down, which files lay sealed."""

    town: Town
    desks: contextlib.ExitStack
    files: list[Path]
    people: dict[str, Holder] = field(default_factory=dict)
    receipt: tuple[list[str], list[str]] = ((), ())  # type: ignore[assignment]

    def sit(self, role: str) -> Holder:
        """Give the desk of a role; signed in once."""
        if role not in self.people:
            words = OWN_WORDS.get(role, PASSPHRASE)
            self.people[role] = self.desks.enter_context(holder(self.town, role, words))
        return self.people[role]

    def leave_desks(self) -> None:
        """Let everybody go home: after some days their sessions have ended."""
        self.desks.close()
        self.people.clear()


def files_of(folder: Path) -> list[Path]:
    """Make what the reporter sends: a photograph that says where it was taken, a paper, a note."""
    contents = {"ศาลา.jpg": made.jpeg_place(), "แบบแปลน.docx": made.plain_docx(), "สมุดจด.txt": "ห้าพันบาท".encode()}
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return [folder / name for name in contents]
