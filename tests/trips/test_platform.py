"""From last year's paper to an approved report in Word, as a clerk and a mayor walk it, every click counted."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from prongsai.documents.read import read_document
from prongsai.reports.read import recognise
from prongsai.reports.records import Tracking
from tests.trips.platform import WIDTHS, Demo, Hand, chromium, demo

pytestmark = pytest.mark.browser
SAMPLE = Path(__file__).parents[2] / "samples" / "clean" / "measures-report-2568.txt"
STEPS_MAX = 25


@pytest.fixture(scope="module")
def browser():
    with chromium() as found:
        yield found


def sign_in(hand: Hand, place: Demo, role: str) -> None:
    name, password = place.accounts[role]
    hand.fill("ชื่อผู้ใช้", name)
    hand.fill("รหัสผ่าน", password)
    hand.click("เข้าสู่ระบบ")


def walk(browser: Browser, place: Demo, folder: Path, width: tuple[int, int], *, script: bool) -> Hand:
    """Upload the sample, accept what is clean, make the report of six months; the mayor approves it and takes the Word."""
    context = browser.new_context(
        viewport={"width": width[0], "height": width[1]}, java_script_enabled=script, locale="th-TH"
    )
    context.set_default_timeout(20_000)
    hand = Hand(context.new_page())
    hand.page.goto(place.login_url)
    sign_in(hand, place, "coordinator")
    hand.click("นำเข้าเอกสาร", "link")
    hand.choose("ไฟล์", SAMPLE)
    hand.click("อ่านเอกสาร")
    hand.click("รับทุกแถวที่ไม่มีข้อสังเกต")
    hand.click("ไปที่รายงาน", "link")
    hand.click("จัดทำรายงานรอบ ๖ เดือน")
    hand.click("ออกจากระบบ")
    hand.page.goto(place.login_url)
    sign_in(hand, place, "mayor")
    hand.click("รายงานกำกับติดตาม", "link")
    hand.click("อนุมัติ")
    hand.fetch("Word").save_as(folder / "report.docx")
    context.close()
    return hand


@pytest.mark.parametrize(
    ("name", "script"),
    [("desktop", True), ("phone", True), ("desktop", False)],
    ids=["desktop", "phone", "no-javascript"],
)
def test_from_upload_to_approved_report_in_few_steps(browser, tmp_path, name, script):
    with demo(tmp_path / "data") as place:
        hand = walk(browser, place, tmp_path, WIDTHS[name], script=script)
    assert len(hand.done) <= STEPS_MAX, hand.done
    report = recognise(read_document(tmp_path / "report.docx"))
    topics = [row for row in report.rows if isinstance(row, Tracking)]
    measures = [row for row in recognise(read_document(SAMPLE)).rows if row.kind == "measure"]
    assert len(topics) == len(measures) > 0
    assert report.agency.name == "เทศบาลตำบลบ้านสวนพลู"
