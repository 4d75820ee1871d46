"""The package that a municipality sends up every year: memo, chain of opinions, announcement and report, from data.

People with accounts of their own bring it about: last year's paper is taken in, its rows become the report, the report
goes up the line, is numbered, signed and downloaded; then it is read back and held against what went in.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page

from prongsai.documents.read import read_document
from prongsai.errors import Where
from prongsai.reports.catalogue import paper_kind
from prongsai.reports.papers.measures_report import read_laws
from prongsai.reports.papers.official import lines_of
from prongsai.reports.papers.panel import panel_of
from prongsai.reports.read import recognise
from prongsai.reports.records import Memo, Origin, Record, Signatory
from prongsai.thai.dates import format_date, read_date
from tests.trips.letters_office import HEAD_OF_SECTION, HEAD_OF_WORKS, larger_office
from tests.trips.platform import Demo, Hand, demo, visit

pytestmark = pytest.mark.browser
SAMPLE = Path(__file__).parents[2] / "samples" / "clean" / "measures-report-2568.txt"
AGENCY = "เทศบาลตำบลบ้านสวนพลู"
OFFICE = f"สำนักปลัดเทศบาล {AGENCY} โทร. ๐-๓๖๐๐-๐๐๐๐"
SUBJECT = f"รายงานผลการดำเนินการเพื่อส่งเสริมคุณธรรมและความโปร่งใสของ{AGENCY} ประจำปีงบประมาณ พ.ศ. ๒๕๖๘"
TO = "นายกเทศมนตรีตำบลบ้านสวนพลู"
LAWS = (
    "แผนแม่บทภายใต้ยุทธศาสตร์ชาติ ประเด็นการต่อต้านการทุจริตและประพฤติมิชอบ (พ.ศ. ๒๕๖๖ - ๒๕๘๐)",
    "พระราชบัญญัติข้อมูลข่าวสารของราชการ พ.ศ. ๒๕๔๐",
)
HEADS = ["๑. เรื่องเดิม", "๒. ข้อเท็จจริง", "๓. ข้อกฎหมายและระเบียบ", "๔. ข้อพิจารณา"]
PREFIX, ORDER = "ลบ ๕๒๗๐๑/", "๔๑๒/๒๕๖๙"
HEAD_OF_OFFICE, SECRETARY, MAYOR = "หัวหน้าสำนักปลัดเทศบาล", "ปลัดเทศบาล", "นายกเทศมนตรี"
OPINIONS = {
    "planning": "ตรวจแล้ว ข้อมูลตรงกับทะเบียนผลงานของทุกกอง",
    "coordinator": "เห็นควรลงนามในประกาศและเผยแพร่บนเว็บไซต์",
    "works": "เห็นควรดำเนินการตามเสนอ",
    "mayor": "ดำเนินการตามเสนอ และเผยแพร่ให้ประชาชนทราบ",
}
# Who signs on what: the mayor on the smallest phone, the head of the office in a browser that runs no script.
SEATS = {
    "planning": ("desktop", True),
    "coordinator": ("desktop", False),
    "works": ("desktop", True),
    "mayor": ("phone", True),
}
CHAIN = (
    Signatory("นางสาวสุดา คิดดี", "นักวิเคราะห์นโยบายและแผน"),
    Signatory("นางสาวศศิธร บัวงามตา", HEAD_OF_SECTION, HEAD_OF_SECTION, OPINIONS["planning"]),
    Signatory("นางสาวมาลี ตั้งใจ", HEAD_OF_OFFICE, HEAD_OF_OFFICE, OPINIONS["coordinator"]),
    Signatory(
        "นายชูชัย แข็งแรง", f"{HEAD_OF_WORKS} รักษาราชการแทน {SECRETARY}", SECRETARY, OPINIONS["works"], "acting_for"
    ),
    Signatory("นายสมหมาย ใจกว้าง", MAYOR, MAYOR, OPINIONS["mayor"]),
    Signatory("นายสมหมาย ใจกว้าง", MAYOR, part="announcement"),
)


@dataclass
class Package:
    """The walk so far: where the report and its letter are, and number and day of the letter."""

    browser: Browser
    place: Demo
    report: str = ""
    letter: str = ""
    number: str = ""
    dated: date = date.min


def test_package_of_the_year_goes_up_and_reads_back_equal(browser, plain, tmp_path):
    shutil.copytree(plain, tmp_path / "data")
    more = larger_office(tmp_path / "data")
    with demo(tmp_path / "data") as place:
        place.accounts.update(more)
        package = Package(browser, place)
        let_works_act(package)
        make_report(package)
        propose(package)
        for role in ("planning", "coordinator", "works"):
            sign(package, role)
        give_number(package)
        files = sign(package, "mayor", tmp_path)
        verify(package, files)
    for file in files:
        assert_reads_back(package, file)


# --- the steps ------------------------------------------------------------------------------------------------------
def let_works_act(package: Package) -> None:
    """The permanent secretary is away; the director of works acts by an order that personnel enters."""
    today = datetime.now(ZoneInfo("Asia/Bangkok")).date()
    with visit(package.browser, "desktop") as page:
        hand = Hand(page)
        hand.sign_in(package.place, "personnel")
        page.goto(f"{_root(page)}agency/posts/")
        page.get_by_role("link", name=SECRETARY, exact=True).first.click()
        hand.click("แต่งตั้ง", "link")
        page.get_by_label("บุคคล").select_option(label=CHAIN[3].name)
        page.get_by_role("radio", name=re.compile("^รักษาราชการแทน")).check()
        hand.fill("ตั้งแต่วันที่", format_date(today))
        hand.fill("ถึงวันที่", format_date(today + timedelta(days=14)))
        hand.fill("คำสั่งที่", ORDER)
        hand.fill("คำสั่งลงวันที่", format_date(today))
        hand.click("บันทึก")
        page.get_by_text(ORDER).first.wait_for()


def make_report(package: Package) -> None:
    """The coordinator takes last year's paper in, accepts its rows and makes the report of them."""
    with visit(package.browser, "desktop") as page:
        hand = Hand(page)
        hand.sign_in(package.place, "coordinator")
        hand.turn("นำเข้าเอกสาร")
        hand.click("เพิ่มเอกสาร", "link")
        hand.choose("ไฟล์", SAMPLE)
        hand.click("อ่านเอกสาร")
        hand.click("รับทุกแถวที่ไม่มีข้อสังเกต")
        hand.click("ไปที่รายงาน", "link")
        hand.click("จัดทำรายงานผลและประกาศ")
        page.wait_for_url("**/reports/*/")
        package.report = page.url


def propose(package: Package) -> None:
    """The analyst drafts the letter of the report, names the laws, sends it up and signs it."""
    with visit(package.browser, "desktop") as page:
        hand = Hand(page)
        hand.sign_in(package.place, "analyst")
        page.goto(package.report)
        hand.click("เสนอตามสายงาน")
        page.wait_for_url("**/letters/*/")
        package.letter = page.url
        page.get_by_role("link", name="แก้ไข", exact=True).click()
        hand.fill("ส่วนราชการ", OFFICE)
        hand.fill("เรื่อง", SUBJECT)
        hand.fill("เรียน", TO)
        hand.fill("ข้อกฎหมายและระเบียบ", "\n".join(LAWS))
        hand.click("บันทึกเป็นข้อความฉบับใหม่")
        hand.click("เสนอตามลำดับนี้")
        _confirm(package, hand, "analyst", "ลงนามและเสนอต่อ")


def sign(package: Package, role: str, folder: Path | None = None) -> list[Path]:
    """Somebody whose turn it is finds the letter on the first page, gives an opinion and signs.

    folder: of the last one, whose signature also approves the report: where to put the signed paper.
    """
    width, script = SEATS[role]
    with visit(package.browser, width, script=script) as page:
        hand = Hand(page)
        hand.sign_in(package.place, role)
        page.get_by_role("region", name="หนังสือที่รอท่าน").get_by_role("link", name=SUBJECT).click()
        page.frame_locator("iframe").get_by_text(LAWS[1]).first.wait_for()  # what is signed is seen before
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        if role == "mayor":
            page.get_by_role("radio", name="อนุมัติ / ลงนาม").check()
        hand.fill("ความเห็นเพิ่มเติม", OPINIONS[role])
        _confirm(package, hand, role, "ลงนาม" if role == "mayor" else "ลงนามและเสนอต่อ")
        if folder is None:
            return []
        files = download(hand, folder)
        page.goto(package.report)
        page.get_by_text("อนุมัติแล้ว").first.wait_for()
        return files


def _confirm(package: Package, hand: Hand, role: str, button: str) -> None:
    """Enter the password once more and sign; the letter is shown again."""
    hand.fill("รหัสผ่านของท่าน", package.place.accounts[role][1])
    hand.page.get_by_role("button", name=button, exact=True).click()
    hand.page.wait_for_url(package.letter)


def give_number(package: Package) -> None:
    """The clerk gives the letter its number, before the mayor sees it."""
    with visit(package.browser, "desktop") as page:
        hand = Hand(page)
        hand.sign_in(package.place, "clerk")
        page.goto(package.letter)
        hand.click("ออกเลข", "link")
        hand.click("ออกเลข")
        page.wait_for_url(package.letter)
        facts = page.get_by_role("definition").all_inner_texts()
    package.number = next(each for each in facts if each.startswith(PREFIX))
    package.dated = next(found.value for each in facts if (found := read_date(each)) and found.value)


def download(hand: Hand, folder: Path) -> list[Path]:
    """Whoever has signed last takes the paper in Word and in PDF."""
    hand.click("ดูตัวอย่าง", "link")
    files = {name: folder / f"package.{suffix}" for name, suffix in (("Word", "docx"), ("PDF", "pdf"))}
    for name, file in files.items():
        hand.fetch(f"ดาวน์โหลด {name}").save_as(file)
    return [*files.values()]


def verify(package: Package, files: list[Path]) -> None:
    """Anybody asks of the code that both papers bear, then of each file itself."""
    (code,) = {panel_of(read_document(file)) for file in files}
    assert code
    with visit(package.browser, "phone") as page:
        hand = Hand(page)
        for file in (None, *files):
            page.goto(f"{package.place.url.rstrip('/')}/verify/")
            hand.choose("หรือไฟล์หนังสือ", file) if file else hand.fill("รหัสตรวจสอบ", code)
            hand.click("ตรวจสอบ")
            page.get_by_text("หนังสือนี้ครบถ้วน ไม่ถูกแก้หลังลงนาม").wait_for()
            assert page.get_by_text("ไฟล์ที่ส่งมาตรงกับฉบับที่ลงนามทุกไบต์").count() == bool(file)
            names = page.get_by_role("rowheader").all_inner_texts()
            assert names == [one.name for one in CHAIN if one.part == "memo"]


def _root(page: Page) -> str:
    """Give the address of the agency's pages, from a page of somebody signed in."""
    return "/".join(page.url.split("/")[:4]) + "/"


# --- read back ------------------------------------------------------------------------------------------------------
def assert_reads_back(package: Package, file: Path) -> None:
    """Hold a downloaded paper against what went in: the head, everybody who signed, the announcement, every row."""
    paper = read_document(file)
    report, _ = paper_kind("measures-report").recognise(paper)
    given = recognise(read_document(SAMPLE))
    assert report.memo and replace(report.memo, where=Where()) == Memo(
        OFFICE, package.number, package.dated, SUBJECT, TO, format_date(package.dated)
    )
    assert tuple(replace(one, where=Where()) for one in report.signatories) == CHAIN
    assert (report.agency.name, report.fiscal_year_be, report.announced) == (AGENCY, 2568, package.dated)
    assert [*map(_bare, report.rows)] == [*map(_bare, given.rows)] != []
    assert {row.issue_no for row in report.rows} == {*range(1, 8)}
    assert read_laws(paper) == LAWS
    assert [line for line in lines_of(paper) if line in HEADS] == HEADS


def _bare(row: Record) -> Record:
    """Give a row without where it was read."""
    return replace(row, origin=Origin(Where()))
