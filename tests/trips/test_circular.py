"""A circular from the clerk's desk to an officer's phone and back into the figure."""

from __future__ import annotations

import shutil

import pytest

from prongsai.thai.numerals import to_thai
from tests.trips.platform import Hand, demo, visit

pytestmark = pytest.mark.browser
TITLE = "ขอความร่วมมือปฏิบัติตามนโยบายไม่รับของขวัญ"


def test_circular_is_sent_and_acknowledged_on_a_phone(browser, plain, tmp_path):
    shutil.copytree(plain, tmp_path / "data")
    with demo(tmp_path / "data") as place:
        with visit(browser, "desktop") as page:
            hand = Hand(page)
            hand.sign_in(place, "coordinator")
            page.goto(f"{place.url.rstrip('/')}{_home(page)}circulars/add/")
            hand.fill("เรื่อง", TITLE)
            hand.fill("ข้อความถึงผู้รับ", "ให้ทุกคนทราบและถือปฏิบัติ")
            hand.click("เก็บร่างและดูผู้รับ")
            hand.click("ส่งเวียน")
            page.get_by_text("ส่งเวียนแล้ว").first.wait_for()
            sent = page.url
        with visit(browser, "phone", script=False) as page:
            hand = Hand(page)
            hand.sign_in(place, "officer")
            page.goto(f"{sent.partition('/circulars/')[0]}/circulars/")
            hand.click("อ่านและรับทราบ", "link")
            assert page.evaluate("document.documentElement.scrollWidth") <= 360
            button = page.get_by_role("button", name="รับทราบ", exact=True).bounding_box()
            assert button and button["height"] >= 44
            hand.click("รับทราบ")
            page.get_by_text("ท่านรับทราบเรื่องนี้แล้ว").wait_for()
        with visit(browser, "desktop") as page:
            Hand(page).sign_in(place, "coordinator")
            page.goto(sent)
            page.get_by_text(f"รับทราบแล้ว {to_thai('1')} จาก ").first.wait_for()


def _home(page) -> str:
    """Give the address of the agency, from the page after signing in."""
    return f"/{page.url.split('/')[3]}/"
