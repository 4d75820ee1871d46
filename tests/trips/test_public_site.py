"""The made-up municipality's year as everybody reads it: files alone, the application stopped."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from prongsai.frameworks.load import load
from prongsai.portal.manifest import verify
from prongsai.web.operations.demo import AGENCY, NEWEST
from tests.conftest import PROVE
from tests.portal import sites
from tests.portal.serving import plainly_served
from tests.portal.test_browser import RUN
from tests.trips.platform import WIDTHS, visit

pytestmark = pytest.mark.browser
ITEMS = load(f"ita-{NEWEST}").items
HEAVIEST = 100_000  # bytes of a page without its pictures


@pytest.fixture
def root(loaded: Path) -> Path:
    return loaded / "sites" / AGENCY["code"]


@pytest.fixture
def served(root: Path) -> Iterator[str]:
    """The folder of sites below a plain web server: the municipality stands in a folder of it."""
    with plainly_served(root.parent) as address:
        yield f"{address}{root.name}/"


def test_every_page_of_the_year_is_valid_light_and_leads_nowhere_empty(root: Path):
    found = [f"{at}: {fault}" for at, content in sites.pages(root) for fault in sites.faults(root, at, content)]
    assert found == []
    assert [at for at, content in sites.pages(root) if len(content) > HEAVIEST] == []
    assert verify(root) == ()


def test_every_item_of_the_year_stands_at_its_lasting_address_and_at_its_code(root: Path):
    for item in ITEMS:
        page = (root / str(NEWEST) / item.key / "index.html").read_text(encoding="utf-8")
        assert "ฉบับปัจจุบัน" in page, item.code
        alias = (root / str(NEWEST) / item.code / "index.html").read_text(encoding="utf-8")
        assert 'http-equiv="refresh"' in alias and f'{NEWEST}/{item.key}/index.html"' in alias


def test_assessor_walks_from_the_home_page_to_a_document_without_script(browser: Browser, served: str):
    with visit(browser, "phone", script=False) as page:
        page.goto(served)
        page.get_by_role("link", name="ดูรายการข้อมูล").click()
        page.get_by_role("link", name="สรุปผลการจัดซื้อจัดจ้างหรือการจัดหาพัสดุรายเดือน").click()
        first = page.locator("a[href$='.pdf']").first
        assert page.request.get(f"{page.url.rpartition('/')[0]}/{first.get_attribute('href')}").body()[:5] == b"%PDF-"


def test_items_are_clean_for_axe(browser: Browser, served: str):
    """Each item at one width, a third of them for contrast too; with PRONGSAI_PROVE=1 all of it at both."""
    axe, found = Axe(), []
    for width in WIDTHS:
        with visit(browser, width) as page:
            for item in ITEMS:
                at = zlib.crc32(item.key.encode())
                if not PROVE and [*WIDTHS][at % 2] != width:
                    continue
                page.goto(f"{served}{NEWEST}/{item.key}/index.html")
                page.evaluate(axe.axe_script)
                found += [f"{item.code} ({width}) {words}" for words in page.evaluate(RUN, PROVE or at % 3 == 0)]
                wide = page.evaluate("document.scrollingElement.scrollWidth")
                found += [f"{item.code} {wide} px wide"] if wide > WIDTHS[width][0] else []
    assert found == []
