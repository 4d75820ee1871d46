"""From last year's paper to an approved report in Word, as a clerk and a mayor walk it, every click counted."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from prongsai.documents.read import read_document
from prongsai.reports.catalogue import paper_kind
from prongsai.reports.read import recognise
from tests.conftest import PROVE
from tests.trips.platform import Demo, Hand, demo, visit

pytestmark = pytest.mark.browser
SAMPLE = Path(__file__).parents[2] / "samples" / "clean" / "measures-report-2568.txt"
STEPS_MAX = 25


def walk(browser: Browser, place: Demo, paper: Path, width: str, *, script: bool) -> list[str]:
    """Upload the sample, accept what is clean, make the report of six months; the mayor approves it and takes the Word."""
    with visit(browser, width, script=script) as page:
        hand = Hand(page)
        hand.sign_in(place, "coordinator")
        hand.turn("นำเข้าเอกสาร")
        hand.click("เพิ่มเอกสาร", "link")
        hand.choose("ไฟล์", SAMPLE)
        hand.click("อ่านเอกสาร")
        hand.click("รับทุกแถวที่ไม่มีข้อสังเกต")
        hand.click("ไปที่รายงาน", "link")
        hand.click("จัดทำรายงานรอบ ๖ เดือน")
        hand.click("ออกจากระบบ")
        hand.sign_in(place, "mayor")
        hand.click("อ่านและอนุมัติ", "link")
        hand.click("อนุมัติ")
        hand.fetch("Word").save_as(paper)
    return hand.done


AT_A_DESK = pytest.mark.skipif(not PROVE, reason="on a phone and without script every time, at a desk in make prove")


@pytest.mark.parametrize(
    ("width", "script"),
    [pytest.param("desktop", True, marks=AT_A_DESK), ("phone", True), ("desktop", False)],
    ids=["desktop", "phone", "no-javascript"],
)
def test_from_upload_to_approved_report_in_few_steps(browser, plain, tmp_path, width, script):
    shutil.copytree(plain, tmp_path / "data")
    paper = tmp_path / "report.docx"
    with demo(tmp_path / "data") as place:
        done = walk(browser, place, paper, width, script=script)
    assert len(done) <= STEPS_MAX, done
    given = [row for row in recognise(read_document(SAMPLE)).rows if row.kind == "measure"]
    report, _ = paper_kind("tracking-6").recognise(read_document(paper))
    assert report.agency.name == "เทศบาลตำบลบ้านสวนพลู"
    assert [row.topic for row in report.rows] == [row.measure for row in given] != []
