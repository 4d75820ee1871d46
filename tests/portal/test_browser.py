"""The site as people open it: from a plain web server below a folder and from a USB stick, wide and narrow."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser import need_chromium
from tests.conftest import PROVE
from tests.portal import sample
from tests.portal.serving import plainly_served
from tests.trips.platform import chromium

pytestmark = pytest.mark.browser
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
RUN = f"""contrast => axe.run(
  document, {{resultTypes: ["violations"], runOnly: {list(TAGS)}, rules: {{"color-contrast": {{enabled: contrast}}}}}}
).then(found => found.violations
  .flatMap(each => each.nodes.map(node => `${{each.id}}: ${{node.html.slice(0, 160)}}`)))"""
ADDRESSES = (
    "index.html", "about/index.html", "structure/index.html", "executives/index.html", "contact/index.html", "news/index.html",
    "2569/index.html", "2569/procurement.monthly/index.html", "2569/procurement.monthly/v2/index.html", "2569/risk/index.html",
    "2569/procurement.annual/v1/page-3/index.html", "news/2569/activity-1/index.html", "data/index.html",
    "laws/index.html", "sitemap/index.html", "search/index.html", "proof/index.html", "privacy/index.html", "hostile/index.html",
    "404.html", "en/index.html", "en/executives/index.html", "en/2569/no-gift/index.html",
)  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    need_chromium()
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def served(rich: Path) -> Iterator[str]:
    """The site below a folder of a plain web server; the application does not run."""
    with plainly_served(rich.parent) as root:
        yield f"{root}{rich.name}/"


def opened(browser: Browser, width: int, *, script: bool = True) -> tuple[Page, list[str]]:
    page = browser.new_context(
        viewport={"width": width, "height": 900}, java_script_enabled=script, locale="th-TH"
    ).new_page()
    said: list[str] = []
    page.on("console", lambda line: said.append(line.text) if line.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on(
        "requestfailed",
        lambda request: None if "ABORTED" in str(request.failure) else said.append(f"failed {request.url}"),
    )
    return page, said


def looks_at_contrast(address: str, width: int) -> bool:
    """Whether axe looks at contrast too, three quarters of its work: at one width of each page, in full counts at both."""
    return PROVE or zlib.crc32(address.encode()) % 2 == (width > 800)


@pytest.mark.parametrize("width", [360, 1280])
def test_pages_are_clean_for_axe_and_fit_the_screen(browser: Browser, served: str, width: int) -> None:
    page, said = opened(browser, width)
    axe, found = Axe(), []
    for address in ADDRESSES:
        page.goto(served + address)
        page.evaluate(axe.axe_script)
        found += [f"{address}: {fault}" for fault in page.evaluate(RUN, looks_at_contrast(address, width))]
        wide = page.evaluate("document.scrollingElement.scrollWidth")
        if wide > width:
            found.append(f"{address}: {wide} px wide")
        found += [f"{address}: {line}" for line in said]
        said.clear()
    page.context.close()
    assert found == []


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("way", ["served", "file"])
def test_search_finds_any_part_of_a_thai_phrase(
    browser: Browser, served: str, rich: Path, way: str, width: int
) -> None:
    page, said = opened(browser, width)
    root = served if way == "served" else f"{rich.as_uri()}/"
    page.goto(f"{root}2569/procurement.monthly/index.html")
    # In the middle of words, over their limits, digits of either kind: the page says ๑,๒๔๕,๐๐๐.
    page.locator("#find").fill("ผู้เสนอราคารายเดี")
    page.locator("#find").press("Enter")
    page.wait_for_selector("#results li")
    assert page.locator("#results a").all_inner_texts() == ["สรุปผลการจัดซื้อจัดจ้างหรือการจัดหาพัสดุรายเดือน"]
    assert page.locator("#results mark").first.inner_text() == "ผู้เสนอราคารายเดี"
    page.locator("#q").fill("1,245,000 e-bidding")
    page.wait_for_function("document.querySelector('#status').textContent.startsWith('พบ ๑ หน้า')")
    page.locator("#q").fill("ไม่มีคำนี้แน่นอน")
    page.wait_for_function("document.querySelector('#status').textContent.startsWith('ไม่พบ')")
    page.locator("#q").fill("สวนพลู")
    page.wait_for_function("document.querySelectorAll('#results li').length > 5")
    page.locator("#results a", has_text="ประวัติ").first.click()
    page.wait_for_load_state()
    assert page.locator("h1").inner_text() == "ประวัติความเป็นมาของบ้านสวนพลู"
    page.context.close()
    assert said == []


@pytest.mark.parametrize("way", ["served", "file"])
def test_everything_but_search_works_without_javascript(browser: Browser, served: str, rich: Path, way: str) -> None:
    page, said = opened(browser, 360, script=False)
    page.goto(f"{served}index.html" if way == "served" else f"{rich.as_uri()}/index.html")
    page.locator("summary", has_text="เมนู").click()
    page.locator("nav:visible >> text=การเปิดเผยข้อมูล").click()
    page.locator("text=สรุปผลการจัดซื้อจัดจ้างหรือการจัดหาพัสดุรายเดือน").click()
    assert page.locator("table").last.locator("tbody tr").count() == 32
    page.locator("a", has_text="หนังสือนำส่ง").first.wait_for()
    page.goto(page.url.replace("procurement.monthly", "O11"))
    assert page.locator("h1").inner_text() == "สรุปผลการจัดซื้อจัดจ้างหรือการจัดหาพัสดุรายเดือน"  # the alias led on
    page.locator("#find").fill("แผน")
    page.locator("#find").press("Enter")
    assert page.locator("text=การค้นหาต้องใช้ JavaScript").is_visible()
    assert page.locator(f"text=โทรถามเจ้าหน้าที่ {sample.office().phone}").is_visible()
    page.context.close()
    assert said == []


def test_keyboard_reaches_the_content_first(browser: Browser, served: str) -> None:
    page, _ = opened(browser, 1280)
    page.goto(f"{served}2569/index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.context.close()
