"""A survey is answered on a phone: with scripts and without, on a line that breaks, by a code, while it closes."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, Route, expect

from prongsai.thai.numerals import to_thai
from prongsai.web.environment import SQLITE_NAME
from tests.browser import need_chromium
from tests.trips.pages import Opened, faults_of
from tests.trips.platform import WIDTHS, visit
from tests.trips.surveys_load import Town, serving
from tests.web.operations.conftest import prepared_once  # noqa: F401
from tests.web.operations.place import Place, database_name, new_place

pytestmark = pytest.mark.browser

RATED = 15  # questions on a scale, of tests.web.surveys.asked
WEIGHT_MAX = 40_000  # bytes of a page with everything that it brings along, as they pass over the line
LONG = ("ที่นี่บริการดีมาก รอไม่นาน " * 80)[:2000]
UNNAMED = re.compile(r'- (?:(?:radio|checkbox|textbox|combobox|button|link)(?! ")|group:$)')


@dataclass
class Street:
    """Where people answer. told: addresses and codes of the office's surveys."""

    browser: Browser
    place: Place
    url: str
    told: dict[str, Any]

    def at(self, survey: str, more: str = "") -> str:
        """Give the address of a survey."""
        return f"{self.url}/{self.told['code']}/ask/{self.told[survey]}/{more}"

    def sql(self, statement: str) -> list[Any]:
        """Do something in the database, as the office would from another machine."""
        if self.place.database:
            import psycopg

            with psycopg.connect(self.place.database) as connection:
                cursor = connection.execute(statement)  # type: ignore[arg-type]
                return cursor.fetchall() if cursor.description else []
        with closing(sqlite3.connect(self.place.folder / SQLITE_NAME)) as connection, connection:
            return connection.execute(statement).fetchall()

    @property
    def boxes(self) -> int:
        """How many answers are stored."""
        return int(self.sql("SELECT count(*) FROM surveys_box")[0][0])


@pytest.fixture(scope="module")
def street(
    browser: Browser,
    prepared_once: Place,  # noqa: F811
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Street]:
    need_chromium()
    folder = tmp_path_factory.mktemp("answering") / "data"
    with new_place(folder, database_name(), like=prepared_once) as place:
        done = place.python("-m", "tests.trips.survey_answers")
        assert done.returncode == 0, done.stderr
        with serving(Town(place.folder, place.database)) as server:
            told = json.loads(done.stdout.splitlines()[-1])
            yield Street(browser, place, f"http://{server.host}:{server.port}", told)


def group(page: Page, words: str) -> Any:
    """Find the buttons of a question by what it asks."""
    return page.get_by_role("group", name=re.compile(rf"{words}( |$)"))


def answer(page: Page, *, first: str = "มาก") -> None:
    """Answer every rated question; the first one as told."""
    for number in range(1, RATED + 1):
        label = first if number == 1 else "มาก"
        group(page, f"คำถามที่ {number}").get_by_role("radio", name=label, exact=True).check()


def send(page: Page) -> None:
    """Press the button."""
    page.get_by_role("button", name="ส่งคำตอบ").click()


def stored(page: Page) -> None:
    """Wait for the page that says so."""
    page.get_by_role("heading", name="ได้รับคำตอบแล้ว").wait_for()


def kept(page: Page) -> int:
    """Give how many surveys' answers this device keeps."""
    return int(page.evaluate("localStorage.length"))


def left_over(page: Page) -> Locator:
    """Find the box that asks whose answers they are that this device keeps."""
    return page.get_by_role("region", name="มีคำตอบที่ยังไม่ได้ส่งค้างอยู่ในเครื่องนี้")


def name_of(page: Page) -> str:
    """Give the name of the form."""
    return page.locator("[name=form]").input_value()


# --- with scripts ---------------------------------------------------------------------------------------------------
def test_phone_keeps_answers_over_a_crash_and_forgets_them_once_they_are_stored(street: Street) -> None:
    before = street.boxes
    with visit(street.browser, "phone") as page:
        page.goto(street.at("linked"))
        page.get_by_role("radio", name="งานภาษี").check()
        why = group(page, "เพราะเหตุใด")
        expect(why).to_be_hidden()
        answer(page, first="น้อยที่สุด")
        expect(why).to_be_visible()
        send(page)  # is not sent: the browser says what is missing
        expect(why.get_by_role("checkbox", name="ช้า")).to_be_focused()
        why.get_by_role("checkbox", name="ช้า").check()
        page.get_by_label("ข้อเสนอแนะ").fill(LONG)
        expect(page.locator(".letters")).to_have_text(f"{to_thai('2000')} / {to_thai('2000')}")
        expect(page.locator(".done-of")).to_have_text(f"ตอบแล้ว {to_thai('18')} จาก {to_thai('20')}")
        form = page.locator("[name=form]").input_value()
        context = page.context
        page.close()
        again = context.new_page()
        again.goto(street.at("linked"))
        left_over(again).get_by_role("button", name="ตอบต่อ").click()
        expect(again.get_by_text("นำคำตอบที่ค้างไว้กลับมาแล้ว")).to_be_visible()
        again.reload()  # of the same tab needs no question
        expect(left_over(again)).to_be_hidden()
        expect(again.get_by_text("นำคำตอบที่ค้างไว้กลับมาแล้ว")).to_be_visible()
        assert again.locator("[name=form]").input_value() == form
        assert again.get_by_label("ข้อเสนอแนะ").input_value() == LONG
        expect(group(again, "เพราะเหตุใด").get_by_role("checkbox", name="ช้า")).to_be_checked()
        send(again)
        stored(again)
        assert (street.boxes, kept(again), context.cookies()) == (before + 1, 0, [])


def test_line_that_is_lost_while_sending_sends_once_it_is_back(street: Street) -> None:
    before = street.boxes
    with visit(street.browser, "phone") as page:
        page.goto(street.at("group"))
        answer(page)
        page.context.set_offline(True)
        send(page)
        expect(page.locator("#state")).to_contain_text("ยังไม่ได้ส่ง เครื่องนี้ไม่ได้ต่ออินเทอร์เน็ต")
        assert street.boxes == before
        page.context.set_offline(False)
        stored(page)
        assert (street.boxes, kept(page)) == (before + 1, 0)


def test_answer_whose_acknowledgement_is_lost_is_sent_again_and_counts_once(street: Street) -> None:
    before, lost = street.boxes, list[int]()

    def lose(route: Route) -> None:
        if route.request.method != "POST" or lost:
            route.continue_()
            return
        lost.append(route.fetch().status)
        route.abort("connectionreset")

    with visit(street.browser, "phone") as page:
        page.route("**/ask/**", lose)
        page.goto(street.at("group"))
        answer(page)
        send(page)
        expect(page.locator("#state")).to_contain_text("จะส่งใหม่เอง")
        stored(page)
        assert (lost, street.boxes) == ([200], before + 1)


def test_code_of_a_qr_never_leaves_in_an_address_and_works_once(street: Street) -> None:
    code, before, asked = street.told["codes"][0], street.boxes, list[str]()
    with visit(street.browser, "phone") as page:
        page.on("request", lambda one: asked.append(f"{one.url} {one.headers.get('referer', '')}"))
        page.goto(street.at("coded", f"#{code}"))
        assert page.get_by_label("รหัสตอบครั้งเดียว").input_value().replace(" ", "") == code
        assert page.url == street.at("coded")
        answer(page)
        send(page)
        stored(page)
        page.goto(street.at("coded", f"#{code}"))
        answer(page)
        page.get_by_label("ข้อเสนอแนะ").fill("คนที่สอง")
        send(page)
        page.get_by_role("alert").get_by_text("รหัสนี้ใช้ส่งคำตอบแล้ว").wait_for()
        assert page.get_by_label("ข้อเสนอแนะ").input_value() == "คนที่สอง"
        expect(page.get_by_label("รหัสตอบครั้งเดียว")).to_be_focused()
        assert (street.boxes, [one for one in asked if code in one]) == (before + 1, [])
        assert kept(page) == 1
        page.goto(street.at("coded", f"#{street.told['codes'][1]}"))  # somebody else's paper on the same phone
        expect(page.get_by_label("ข้อเสนอแนะ")).to_have_value("")


def test_survey_that_closes_while_somebody_answers_leaves_them_their_answers(street: Street) -> None:
    before = street.boxes
    with visit(street.browser, "phone") as page:
        page.goto(street.at("closing"))
        page.get_by_role("radio", name="งานภาษี").check()
        answer(page)
        page.get_by_label("ข้อเสนอแนะ").fill(LONG)
        address = street.told["closing"]
        street.sql(f"UPDATE surveys_survey SET state = 'closed', version = version + 1 WHERE address = '{address}'")
        send(page)
        page.get_by_role("alert").get_by_text("การสำรวจนี้ปิดรับคำตอบแล้ว").wait_for()
        assert page.get_by_label("ข้อเสนอแนะ").input_value() == LONG
        expect(page.get_by_role("button", name="ส่งคำตอบ")).to_have_count(0)
        assert (kept(page), street.boxes) == (1, before)
        page.reload()
        page.on("dialog", lambda dialog: dialog.accept())
        page.get_by_role("button", name="ล้างคำตอบ").click()
        assert kept(page) == 0


def test_shared_phone_is_wiped_and_the_next_form_has_another_name(street: Street) -> None:
    with visit(street.browser, "phone") as page:
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto(street.at("group"))
        form = page.locator("[name=form]").input_value()
        answer(page)
        page.get_by_role("button", name="ล้างคำตอบ").click()
        assert (kept(page), page.locator(":checked").count()) == (0, 0)
        assert re.fullmatch(r"[\w-]{22}", page.locator("[name=form]").input_value())
        assert page.locator("[name=form]").input_value() != form


def test_next_one_on_a_shared_phone_sees_nothing_and_both_answers_count(street: Street) -> None:
    before, held = street.boxes, list[Route]()
    with visit(street.browser, "phone") as first:
        first.route("**/ask/**", lambda one: held.append(one) if one.request.method == "POST" else one.continue_())
        first.goto(street.at("group"))
        answer(first)
        first.get_by_label("ข้อเสนอแนะ").fill("คนแรก")
        send(first)
        expect(first.locator("#state")).to_contain_text("กำลังส่ง")
        second = first.context.new_page()
        second.goto(street.at("group"))
        expect(left_over(second)).to_be_focused()
        expect(second.locator("form")).to_be_hidden()
        assert (second.locator(":checked").count(), second.locator("textarea").input_value()) == (0, "")
        left_over(second).get_by_role("button", name="เริ่มใหม่").click()
        assert (kept(second), second.locator(":checked").count()) == (0, 0)
        assert name_of(second) != name_of(first)
        answer(second)
        held[0].continue_()
        stored(first)
        assert (street.boxes, kept(second)) == (before + 1, 1)  # what the first sent takes nothing from the second
        send(second)
        stored(second)
        assert (street.boxes, kept(second)) == (before + 2, 0)


def test_address_opened_again_in_the_same_tab_asks_and_a_day_later_nothing_is_left(street: Street) -> None:
    with visit(street.browser, "phone") as page:
        page.goto(street.at("group"))
        answer(page)
        page.goto(street.at("group"))
        expect(left_over(page)).to_be_visible()
        assert page.locator(":checked").count() == 0
        page.reload()  # nothing is chosen yet
        expect(left_over(page)).to_be_visible()
        assert (page.locator(":checked").count(), kept(page)) == (0, 1)
        page.evaluate(
            "for (const [name, kept] of Object.entries(localStorage))"
            " localStorage.setItem(name, JSON.stringify({ ...JSON.parse(kept), at: Date.now() - 86_400_000 }))"
        )
        page.goto(street.at("linked"))  # of another survey: what is too old goes wherever it was typed
        expect(left_over(page)).to_be_hidden()
        assert kept(page) == 0


# --- without --------------------------------------------------------------------------------------------------------
def test_phone_without_scripts_answers_and_loses_nothing_by_a_fault(street: Street) -> None:
    before = street.boxes
    with visit(street.browser, "phone", script=False) as page:
        page.goto(street.at("linked"))
        expect(page.get_by_text("ตอบเฉพาะเมื่อข้อ ๑ ตอบ “น้อยที่สุด” หรือ “น้อย”")).to_be_visible()
        answer(page, first="น้อย")
        page.get_by_label("ข้อเสนอแนะ").fill(LONG)
        send(page)
        page.get_by_role("alert").get_by_role("link", name="ท่านใช้บริการใด").wait_for()
        expect(page.get_by_role("radio", name="งานทะเบียน")).to_be_focused()
        assert page.get_by_label("ข้อเสนอแนะ").input_value() == LONG
        page.get_by_role("alert").get_by_role("link", name="ข้อ ๑๖").click()
        group(page, "เพราะเหตุใด").get_by_role("checkbox", name="ช้า").check()
        page.get_by_role("radio", name="งานทะเบียน").check()
        send(page)
        stored(page)
        assert (street.boxes, page.context.cookies()) == (before + 1, [])


def test_code_is_typed_without_scripts(street: Street) -> None:
    before = street.boxes
    with visit(street.browser, "phone", script=False) as page:
        page.goto(street.at("coded"))
        code = page.get_by_label("รหัสตอบครั้งเดียว")
        assert code.get_attribute("inputmode") == "numeric"
        code.fill(to_thai(street.told["codes"][2]))
        answer(page)
        send(page)
        stored(page)
        assert street.boxes == before + 1


# --- the page itself ------------------------------------------------------------------------------------------------
def test_pages_are_light_wide_enough_for_thumbs_and_named_for_screen_readers(street: Street) -> None:
    axe, faults = Axe(), list[str]()
    with visit(street.browser, "phone") as page:
        said: list[str] = []
        page.on("console", lambda one: said.append(one.text) if one.type in ("error", "warning") else None)
        page.goto(street.at("linked"), wait_until="networkidle")
        weight = page.evaluate("[...performance.getEntries()].reduce((sum, one) => sum + (one.transferSize || 0), 0)")
        assert 0 < weight < WEIGHT_MAX
        small = page.evaluate(
            "[...document.querySelectorAll('.options label, main button, summary, select, input[type=text], textarea')]"
            ".filter(one => one.offsetParent && one.getBoundingClientRect().height < 44).map(one => one.outerHTML)"
        )
        assert small == []
        names = page.get_by_role("main").aria_snapshot()
        assert 'group "๑. คำถามที่ 1"' in names
        assert 'textbox "๑๙. ข้อเสนอแนะ' in names
        assert [line for line in names.splitlines() if UNNAMED.search(line)] == []
        for name, open_page in _pages(street, page).items():
            open_page()
            for width, (across, down) in WIDTHS.items():
                page.set_viewport_size({"width": across, "height": down})
                faults += faults_of(Opened(name, width, page, []), axe)
        assert [one for one in said if not one.startswith("Failed to load resource: the server responded with a")] == []
    assert faults == [], "\n".join(faults)


def _pages(street: Street, page: Page) -> dict[str, Any]:
    """Give how each page of somebody who answers is opened."""

    def wrong() -> None:
        page.get_by_text("มีรหัสตอบครั้งเดียว").click()
        page.get_by_role("textbox", name="รหัสตอบครั้งเดียว").fill("1234")
        answer(page)
        send(page)
        page.get_by_role("alert").get_by_role("link").first.wait_for()

    def done() -> None:
        page.get_by_role("textbox", name="รหัสตอบครั้งเดียว").fill("")
        page.get_by_role("radio", name="งานภาษี").check()
        send(page)
        stored(page)

    def left() -> None:
        answer(page)
        page.goto(street.at("coded"))
        expect(left_over(page)).to_be_visible()

    return {
        "asked": lambda: None,
        "wrong": wrong,
        "done": done,
        "coded": lambda: page.goto(street.at("coded")),
        "left": left,
        "none": lambda: page.goto(street.at("coded").replace("/ask/", "/ask/none-")),
    }
