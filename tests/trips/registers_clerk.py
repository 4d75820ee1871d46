"""The hand of a clerk, and of somebody from outside, on the pages of registers: what is done there by visible labels."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page

from prongsai.documents.model import Document, Paragraph, Table
from prongsai.documents.read import read_document
from prongsai.thai.numerals import to_arabic

# What is typed into a field: a text or an option's label, a file, days from and to, boxes to tick, or rows of a grid.
Typed = str | Path | tuple[str, str] | Sequence[str] | Sequence[Mapping[str, str]]
Values = Mapping[str, Typed]
CYCLE = "ita-2569"
# Visible labels of a form, with the id and the kind of what each is for.
LABELS = r"""form => Object.fromEntries([...form.querySelectorAll("label[for]")].map(label => {
  const field = document.getElementById(label.htmlFor)
  const words = label.innerText.replace(/( \([^()]+\))?( \*)?\s*$/, "").trim()
  return [words, [label.htmlFor, field.tagName === "SELECT" ? "list" : field.type]]
}))"""
# A form from outside that comes back at once is taken for one that no person filled in.
OLD_ENOUGH_MS = 3500


@dataclass(frozen=True)
class Element:
    """An element of an item. passed: how many of the item's are there; told: all that its line says."""

    is_green: bool
    passed: int
    told: str


@dataclass
class Reader:
    """Somebody at a page of an agency. root: its address, with a slash at the end."""

    page: Page
    root: str

    def go(self, address: str) -> None:
        """Open a page of the agency."""
        self.page.goto(self.root + address)

    def press(self, name: str, role: str = "button", within: Locator | None = None) -> None:
        """Click what leads to another page, and wait for that page."""
        self.follow(self.one(role, name, within))

    def follow(self, link: Locator) -> None:
        """Click what leads to another page, and wait for that page."""
        with self.page.expect_navigation():
            link.click()

    def one(self, role: str, name: str, within: Locator | None = None) -> Locator:
        """Give the visible thing of a role with exactly a name."""
        place = within or self.page.locator("body")
        return place.get_by_role(role, name=name, exact=True).locator("visible=true").first  # type: ignore[arg-type]

    def hold(self, *words: str) -> None:
        """Fail with what the page says unless it says all these words; digits of both kinds are the same."""
        said = to_arabic(self.words)
        missing = [each for each in words if to_arabic(each) not in said]
        assert not missing, f"{missing} not on {self.page.url}: {said[:2000]}"

    @property
    def words(self) -> str:
        """What the page says."""
        return self.page.locator("main").inner_text()

    def put(self, values: Values, within: Locator | None = None) -> None:
        """Fill fields in, each by its label; a unit in brackets and a star may stand behind that."""
        form = within or self.page.locator("main form:has(.field) >> visible=true").last
        known = form.evaluate(LABELS)
        for label, value in values.items():
            if isinstance(value, str | Path):
                assert label in known, (label, known)
                _put_one(form.locator(f"[id='{known[label][0]}']"), known[label][1], value)
            else:
                named = re.compile(rf"^\s*{re.escape(label)}( \*)?\s*$")
                _put_several(form.get_by_role("group", name=named), value)

    def answers(self) -> list[str]:
        """Give what the links to csv and json on the page answer with."""
        links = self.page.get_by_role("link", name=re.compile("^(csv|json)$"))
        found = [links.nth(place).evaluate("each => each.href") for place in range(links.count())]
        return [self.page.request.get(each).text() for each in found]


def _put_one(field: Locator, kind: str, value: str | Path) -> None:
    if isinstance(value, Path):
        field.set_input_files(value)
    elif kind == "list":
        field.select_option(label=value)
    elif kind == "checkbox":
        field.check()
    else:
        field.fill(value)


def _put_several(group: Locator, value: Sequence) -> None:
    if isinstance(value, tuple):
        for label, day in zip(("ตั้งแต่วันที่", "ถึงวันที่"), value, strict=True):
            group.get_by_label(label).fill(day)
        return
    for number, each in enumerate(value, 1):
        if isinstance(each, str):
            group.get_by_label(each, exact=True).check()
            continue
        for label, text in each.items():
            cell = group.get_by_label(f"{label} แถวที่ {'๐๑๒๓๔๕๖๗๘๙'[number]}", exact=True)
            _put_one(cell, "list" if cell.evaluate("each => each.tagName") == "SELECT" else "text", text)


class Outsider(Reader):
    """Somebody who is not signed in."""

    def open_table(self, title: str) -> None:
        """Find a published table from the agency's public page."""
        self.go("open/")
        self.press(title, "link")

    def begin(self, title: str, values: Values) -> None:
        """Fill a form in that the agency's public page offers."""
        self.go("open/")
        self.press(title, "link")
        self.put(values)

    def send(self) -> str:
        """Send the form that was begun; give the tracking code."""
        self.page.wait_for_timeout(max(0, OLD_ENOUGH_MS - self.page.evaluate("performance.now()")))
        self.press("ส่ง")
        self.hold("ได้รับเรื่องของท่านแล้ว")
        found = re.search(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}", self.words)
        assert found, self.words
        return found[0]

    def track(self, code: str, *words: str) -> None:
        """Follow a case by its code; its page says these words."""
        self.go("open/track/")
        self.put({"รหัสติดตาม": code})
        self.press("ดูสถานะ")
        self.hold(*words)


class Clerk(Reader):
    """Somebody of the office, signed in. name: as others call that person."""

    # --- entries ----------------------------------------------------------------------------------------------------
    def open(self, name: str) -> None:
        """Come to a register from the menu."""
        menu = self.page.get_by_role("navigation", name="เมนูหลัก")
        if not menu.count():
            self.go("")
        folded = menu.locator("summary")
        if folded.is_visible():
            folded.click()
        self.press("ทะเบียน", "link", menu)
        self.press(name, "link")

    @property
    def title(self) -> str:
        """What the page is about."""
        return self.page.get_by_role("heading", level=1).inner_text()

    @property
    def here(self) -> str:
        """The address of the page, within the agency."""
        return self.page.url.removeprefix(self.root)

    def add(self, register: str, values: Values, *, year: int = 0) -> str:
        """Make an entry by its form; give its address. year: of a register whose entries are not dated."""
        self.try_to_add(register, values, year=year)
        self.hold("บันทึกเลขที่")
        return self.here

    def try_to_add(self, register: str, values: Values, *, year: int = 0) -> None:
        """Fill the form of a new entry in and save it, whatever is said then."""
        if year:
            self.go(f"registers/{register}/?year={year}")
            self.press("เพิ่มรายการ", "link")
        else:
            self.go(f"registers/{register}/add/")
        self.put(values)
        self.press("บันทึก")

    def move(self, entry: str, name: str, values: Values | None = None) -> None:
        """Do the next step with an entry."""
        step = self.step(entry, name)
        self.put(values or {}, step.locator("form"))
        self.press(name, within=step)
        self.hold(f"{name.removesuffix('แล้ว')}แล้ว สถานะคือ")

    def step(self, entry: str, name: str) -> Locator:
        """Unfold a next step of an entry."""
        self.go(entry)
        title = self.page.locator("summary").get_by_text(name, exact=True)
        title.click()
        return self.page.locator("details").filter(has=title)

    def refused(self, entry: str, name: str, why: str) -> None:
        """See that a step is not one's own to do, and why."""
        step = self.step(entry, name)
        assert step.get_by_role("button").count() == 0
        assert to_arabic(why) in to_arabic(step.inner_text()), step.inner_text()

    def entries(self, register: str, year: int) -> list[str]:
        """Give the addresses of the entries of a year, the newest first."""
        self.go(f"registers/{register}/?year={year}")
        found = self.page.locator("tbody th a").evaluate_all("all => all.map(each => each.href)")
        return [each.removeprefix(self.root) for each in found]

    def find(self, register: str, words: str) -> str:
        """Open the one entry with certain words, of any year; give its address."""
        self.go(f"registers/{register}/?year=all&q={words}")
        self.follow(self.page.locator("tbody th a"))
        return self.here

    def fact(self, label: str) -> str:
        """Give what the entry on the page says under a label."""
        return (
            self.page.locator("dt")
            .get_by_text(label, exact=True)
            .locator("xpath=following-sibling::dd[1]")
            .inner_text()
        )

    def report(self, entry: str, place: int, values: Values) -> None:
        """Report the progress of a plan's entry in a period, 0 the first."""
        self.go(entry)
        self.follow(self.page.locator("#progress").get_by_role("link").nth(place))
        self.put(values)
        self.press("บันทึก")
        self.hold("บันทึกความก้าวหน้าแล้ว")

    # --- spreadsheets -----------------------------------------------------------------------------------------------
    def bring_in(self, register: str, sheet: Path, year: str = "") -> list[str]:
        """Have a spreadsheet looked at; give the names of the cells that are faulty."""
        self.go(f"registers/{register}/")
        self.press("นำเข้าจากตาราง", "link")
        self.put({"ไฟล์ตาราง": sheet} | ({"ปีงบประมาณ": year} if year else {}))
        self.press("ตรวจตาราง")
        return self.page.locator("tbody td strong").all_inner_texts()

    def save_sheet(self, *, only_good: bool) -> None:
        """Save what was looked at."""
        if only_good:
            self.page.get_by_label("บันทึกเฉพาะแถวที่ถูก").check()
        self.press("บันทึกเข้าทะเบียน")
        self.hold("นำเข้าแล้ว: เพิ่ม")

    # --- periods ----------------------------------------------------------------------------------------------------
    def board(self, register: str, year: int) -> list[str]:
        """Open the periods of a year; give how each stands."""
        self.go(f"registers/{register}/board/?year={year}")
        return self.page.locator("tbody tr").locator("td:nth-of-type(1)").all_inner_texts()

    def periods(self) -> list[str]:
        """Give the addresses of the periods on the board."""
        found = self.page.locator("tbody th a").evaluate_all("all => all.map(each => each.href)")
        return [each.removeprefix(self.root) for each in found]

    def close(self, period: str) -> None:
        """Close a period as the page offers it."""
        self.go(period)
        self.press("ปิดงวดและเก็บหลักฐาน")
        self.hold("ปิดงวดแล้ว ตารางของงวดเก็บเป็นหลักฐานแล้ว")

    def state_nothing(self, period: str) -> None:
        """Sign that there was nothing in a period."""
        self.go(period)
        self.hold("งวดนี้ไม่มีรายการ", "ข้าพเจ้า")
        self.press("ลงชื่อยืนยันว่าไม่มี")
        self.hold("ลงชื่อยืนยันว่าไม่มีแล้ว", "ยืนยันว่าไม่มีรายการ")

    def settle_all(self, periods: Sequence[str]) -> None:
        """Settle periods over HTTP with the session of the page: closed, or stated as none where they are empty."""
        token = self.page.locator("input[name=csrfmiddlewaretoken]").first.input_value()
        for each in periods:
            form = {"csrfmiddlewaretoken": token}
            where = self.root + each
            for way in ("close/", "none/"):
                head = {"Referer": where}
                answer = self.page.request.post(where + way, form=form, headers=head, max_redirects=0)
                if answer.status == 302:
                    break
            assert answer.status == 302, answer.text()

    def paper(self, period: str, link: str, kept: Path) -> str:
        """Take the paper of a period as a file, read it back; give its words without white space."""
        self.go(period)
        with self.page.expect_download() as taken:
            self.one("link", link).click()
        taken.value.save_as(kept)
        return bare(words_of(read_document(kept)))

    # --- what comes of it -------------------------------------------------------------------------------------------
    def publish(self, register: str, *, takes_outside: bool = False) -> None:
        """Open the table of a register to everybody, and its form to outsiders."""
        self.go(f"registers/{register}/")
        self.press("ตั้งค่า", "link")
        self.page.get_by_label("เปิดตารางต่อสาธารณะ").check()
        if takes_outside:
            self.page.get_by_label("เปิดรับจากบุคคลภายนอก").check()
        self.press("บันทึก")
        self.hold("บันทึกการตั้งค่าแล้ว")

    def element(self, item: str, text: str) -> Element:
        """Look at an element of an item of the cycle."""
        self.go(f"cycles/{CYCLE}/items/{item}/")
        line = self.page.locator("main li").filter(has=self.page.get_by_text(text, exact=True)).first
        heading = self.page.get_by_role("heading", name=re.compile("^องค์ประกอบด้านข้อมูล")).inner_text()
        passed = re.search("([0-9]+)/", to_arabic(heading))
        assert passed, heading
        told = line.inner_text()
        return Element("ครบจากทะเบียน" in told, int(passed[1]), told)


def words_of(document: Document) -> str:
    """Give what a document says, cells of tables too."""
    found: list[str] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            found.append(block.text)
        elif isinstance(block, Table):
            found += [cell.text for row in block.rows for cell in row.cells if not cell.covered]
    return "\n".join(found)


def bare(text: str) -> str:
    """Give a text as papers are compared: without white space, with Arabic digits."""
    return re.sub(r"\s+", "", to_arabic(text))
