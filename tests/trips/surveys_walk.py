"""What the walks through surveys share: who answers, what is taken as a file, and the page of a survey."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import urlopen

from playwright.sync_api import Locator, Page

from prongsai.documents.read import read_document
from prongsai.questionnaires.model import Questionnaire, QuestionType
from prongsai.questionnaires.sheet import field_of
from tests.trips.groups_walk import Eye, Walker
from tests.trips.pages import Opened, faults_of
from tests.trips.platform import WIDTHS
from tests.trips.registers_clerk import words_of

_FORM = re.compile(r'name="form" value="([^"]+)"')
_CHOICE = re.compile(r'type="(?:radio|checkbox)" name="(q-[^"]+)" value="([^"]+)"')
_CODE = re.compile(r"(?<!\d)\d{4} \d{4} \d{4} \d{4}(?!\d)")


# --- who answers ----------------------------------------------------------------------------------------------------
def values(text: Questionnaire, level: int, **others: int) -> dict[str, str]:
    """Fill every question in that must be answered on a scale: a level of all, 1 the first, or another of some."""
    asked = [one for one in text.questions if one.type is QuestionType.SCALE and one.is_required]
    return {field_of(one): _key(text, one.key, others.get(one.key, level)) for one in asked}


def _key(text: Questionnaire, key: str, level: int) -> str:
    options = [one for one in text.options_of(text.question(key)) if one.value is not None]
    return options[min(level, len(options)) - 1].key


def choices(address: str) -> dict[str, list[str]]:
    """Give what a survey offers to choose from: values of each field."""
    with urlopen(address) as page:
        found = _CHOICE.findall(page.read().decode())
    return {name: [value for each, value in found if each == name] for name, _value in found}


def form_of(address: str) -> str:
    """Ask for the page of a survey; give the name of its form."""
    with urlopen(address) as page:
        found = _FORM.search(page.read().decode())
    assert found, address
    return found[1]


def send(address: str, filled: Mapping[str, str], form: str = "") -> tuple[int, str]:
    """Send a form, a new one if none is given, as a browser without scripts does; give status and page."""
    sent = urlencode({"form": form or form_of(address), **filled}).encode()
    try:
        with urlopen(address, sent) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as refused:
        return refused.code, refused.read().decode()


def stored(address: str, filled: Mapping[str, str]) -> None:
    """Answer, and be told that it is stored."""
    status, page = send(address, filled)
    assert (status, "ได้รับคำตอบแล้ว" in page) == (200, True), page


@dataclass
class Street:
    """Where people answer on a phone; every page is looked at. faults: what was wrong with them."""

    page: Page
    eye: Eye = field(init=False)

    def __post_init__(self) -> None:
        self.eye = Eye(self.page, "phone", is_scripted=True)

    def come(self, address: str) -> None:
        """Open the address of a survey."""
        self.page.goto(address)
        both_widths(self.eye, self.page)

    def answer(self, filled: Mapping[str, str], said: str = "") -> None:
        """Press what is answered, one after the other, and send it."""
        for name, value in filled.items():
            self.page.locator(f"[name='{name}'][value='{value}']").check()
        if said:
            self.page.get_by_label("ข้อเสนอแนะ").fill(said)
        self.page.get_by_role("button", name="ส่งคำตอบ").click()
        self.page.get_by_role("heading", name="ได้รับคำตอบแล้ว").wait_for()
        self.eye.look(self.page)


# --- what the office sees -------------------------------------------------------------------------------------------
def both_widths(eye: Eye, page: Page) -> None:
    """Look at a page at a desk and on a phone."""
    before = page.viewport_size
    assert before
    for width, (across, down) in WIDTHS.items():
        page.set_viewport_size({"width": across, "height": down})
        eye.faults += faults_of(Opened(page.url, width, page, []), eye.axe)
    page.set_viewport_size(before)


def take(clerk: Walker, link: Locator, kept: Path) -> Path:
    """Take a file that a link or button gives."""
    with clerk.page.expect_download() as taken:
        link.click()
    taken.value.save_as(kept)
    return kept


def said_in(paper: Path) -> str:
    """Give what a paper says."""
    return words_of(read_document(paper))


def codes_in(text: str) -> list[str]:
    """Give the one-use codes in a text, each once."""
    return [*dict.fromkeys(_CODE.findall(text))]


def link_in(clerk: Walker) -> str:
    """Give the address that the slips on the page tell."""
    letters = clerk.page.locator(".slip-words strong").first.inner_text()
    return f"{clerk.root.partition('://')[0]}://{''.join(letters.split())}"


def link_of(clerk: Walker) -> str:
    """Give the open link that the page of a survey leads to."""
    return str(clerk.one("link", "เปิดลิงก์ที่ผู้ตอบเห็น").evaluate("link => link.href"))


def received(clerk: Walker, survey: str) -> dict[str, str]:
    """Open the page of a survey; give how many of each group have answered."""
    clerk.go(survey)
    rows = clerk.page.locator("section[aria-labelledby=received] tbody tr")
    told = rows.evaluate_all("all => all.map(row => [row.cells[0].innerText, row.cells[1].innerText])")
    return dict(told)


def opened(clerk: Walker, settings: Mapping[str, str], groups: Sequence[str] = ()) -> str:
    """Make a survey of the questionnaire on the page, with groups of these names; open it, give its address."""
    clerk.press("ใช้ทำการสำรวจ", "link")
    clerk.put(settings)
    clerk.press("สร้างการสำรวจ")
    survey = clerk.here
    if groups:
        clerk.press("เพิ่มกลุ่ม", "link")
        clerk.put({"เพิ่มกลุ่มเอง บรรทัดละหนึ่งกลุ่ม": "\n".join(groups)})
        clerk.press("เพิ่มกลุ่ม")
        clerk.press("กลับหน้าการสำรวจ", "link")
    clerk.press("ตรวจและเปิดรับคำตอบ", "link")
    clerk.press("เปิดรับคำตอบ")
    clerk.hold("เปิดรับคำตอบแล้ว รับถึง")
    return survey


def counted(clerk: Walker, survey: str, n: int) -> None:
    """Close a survey and count it; come to its results."""
    clerk.go(survey)
    clerk.press("ปิดรับคำตอบ", "link")
    clerk.press("ปิดรับคำตอบ")
    clerk.hold("ปิดรับคำตอบแล้ว")
    clerk.press("นับผล", "link")
    clerk.press("เปิดคำตอบทั้งหมดและนับผล")
    clerk.hold(f"นับคำตอบแล้ว {n} ชุด")
    clerk.press("ดูผล", "link")


def posters(clerk: Walker, survey: str) -> dict[str, str]:
    """Open the posters of a survey; give the address on each."""
    clerk.go(f"{survey}posters/")
    items = clerk.page.locator("ul.posters li")
    return dict(
        items.evaluate_all("all => all.map(one => [one.querySelector('h2').innerText, one.querySelector('p a').href])")
    )


def questionnaire(clerk: Walker, title: str) -> None:
    """Look at a questionnaire of the library, then take it."""
    clerk.go("questionnaires/")
    line = clerk.page.locator("li", has_text=title)
    clerk.follow(line.get_by_role("link", name="ดูตัวอย่าง"))
    clerk.press("กลับไปหน้าแบบสอบถาม", "link")
    clerk.follow(line.get_by_role("button", name="นำมาใช้"))
