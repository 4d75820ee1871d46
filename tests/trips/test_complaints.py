"""Life of a case: told on a phone by somebody whom nobody knows, handled by those who hold keys, counted, shredded.

After each step the journal is read: it says who did something, and holds no word of the case.
"""

from __future__ import annotations

import contextlib
import io
import re
import shutil
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PIL import Image
from playwright.sync_api import Browser

from prongsai.documents.read import read_document
from prongsai.thai.dates import format_date
from prongsai.thai.fiscal import fiscal_year_be
from prongsai.thai.numerals import to_thai
from prongsai.web.blind.middleware import HEADERS
from tests.trips.complaints_hands import Case, Holder, Stranger, Town, files_of, stranger
from tests.trips.complaints_people import name_people
from tests.trips.platform import demo, visit

pytestmark = pytest.mark.browser
LEGAL, AUDITOR = "เที่ยง ธรรมดี", "ตรง สุจริตกุล"
ACCUSED, SUPERIOR = "นายประหยัด พอดี", "นายประสิทธิ์ มั่นคง"
COMMITTEE = ("นางวิไล สอนดี", "นายเกษม สุขใจ", "นางสาวสุดา คิดดี")
WHAT = "ขอห้าพันแลกแบบแปลน นัดรับหลังวัดดงยางสามัคคี"
QUESTION = "โปรดบอกทะเบียนรถกระบะคันนั้น"
ANSWER = "ทะเบียนลงท้ายเก้าเจ็ดสองสี่ สีบรอนซ์"
RESULT = "สอบแล้วพบมูล อยู่ระหว่างโทษ ขอบคุณที่ไว้วางใจ"
NEUTRAL = "<meta charset=utf-8><p>พยากรณ์อากาศวันนี้"
RETENTION, BACKUPS = 730, 90
TOO_SOON_S = 3.1  # a form that is sent sooner is taken for a program's
SECRET_NAMES = ("ประหยัด", "ประสิทธิ์", "วิไล", "เกษม", "สุดา")


@pytest.fixture
def case(browser: Browser, plain: Path, tmp_path: Path) -> Iterator[Case]:
    """An office in which six people were named and made their keys; two are still to be named."""
    data, clock = tmp_path / "data", tmp_path / "days-ahead"
    shutil.copytree(plain, data)
    name_people(data)
    clock.write_text("0", encoding="ascii")
    with demo(data, days_ahead=clock) as place, contextlib.ExitStack() as desks:
        yield Case(Town(browser, place, data, clock), desks, files_of(tmp_path))


def test_case_is_told_handled_counted_and_shredded(case: Case) -> None:
    open_the_channel(case)
    case.town.journal()
    case.town.typed += SECRET_NAMES
    leave_quickly(case)
    with stranger(case.town) as reporter:
        report(case, reporter)
        ask(case)
        answer(case, reporter)
        exclude(case)
        take_on(case)
        find(case)
        conclude(case)
        hear(case, reporter)
        close(case)
        count(case)
        shred(case, reporter)
        reporter.assert_left_no_trace(HEADERS)
    assert case.town.faults == [], "\n".join(case.town.faults)


# --- before -----------------------------------------------------------------------------------------------------------
def open_the_channel(case: Case) -> None:
    """The administrator names the last two, each makes a key, one compares the words of all and opens."""
    admin, look = case.sit("admin"), case.town.look
    for name in (LEGAL, AUDITOR):
        admin.go("complaints/holders/add/")
        admin.page.get_by_role("radio", name="ผู้รับเรื่อง", exact=True).check()
        admin.page.get_by_label("ผู้ที่เสนอชื่อ").select_option(label=name)
        admin.press("เสนอชื่อ")
    look(admin.page, "holders-before")
    for role in ("auditor", "legal"):
        desk = case.sit(role)
        desk.go("complaints/key/")
        desk.put("รหัสลับใหม่", desk.passphrase)
        desk.put("พิมพ์รหัสลับใหม่อีกครั้ง", desk.passphrase)
        desk.page.get_by_role("checkbox", name="เข้าใจแล้ว").check()
        desk.press("ตั้งรหัสลับและสร้างกุญแจ")
        desk.page.get_by_role("heading", name="คำประจำกุญแจ").wait_for()
    look(case.sit("auditor").page, "key")
    read_out = case.sit("auditor").page.locator(".key-words").inner_text()
    legal = case.sit("legal")
    legal.go("complaints/open/")
    legal.page.get_by_role("checkbox", name=re.compile(f"^{AUDITOR} .* – {read_out}$")).check()
    for box in legal.page.get_by_role("checkbox").all():
        box.check()
    look(legal.page, "open")
    legal.put("รหัสลับของท่าน", legal.passphrase)
    legal.press("รับรองและเปิดใช้ช่องทาง")
    legal.page.get_by_text("เปิดใช้ช่องทางแจ้งเรื่องทุจริตแล้ว").wait_for()
    look(legal.page, "holders")
    assert admin.status("complaints/holders/add/") == 404
    for role in ("auditor", "head"):
        case.sit(role).unlock()


def leave_quickly(case: Case) -> None:
    """With scripts: the button and two presses of Esc lead away, and going back does not lead to the page."""
    town = case.town
    for how in ("button", "escape"):
        with stranger(town, script=True) as somebody:
            page = somebody.page
            page.route("**/report/leave/", lambda route: route.fulfill(body=NEUTRAL, content_type="text/html"))
            page.goto(f"{town.place.url.rstrip('/')}/verify/")
            page.goto(town.at("report/"))
            page.get_by_role("link", name="แจ้งเรื่อง สำหรับประชาชน").click()
            somebody.fill("เกิดอะไรขึ้น", WHAT)
            if how == "button":
                page.get_by_role("link", name="ออกด่วน").click()
            else:
                page.keyboard.press("Escape")
                page.keyboard.press("Escape")
            page.get_by_text("พยากรณ์อากาศวันนี้").wait_for()
            page.go_back()
            assert page.url.endswith("/verify/")
            assert (
                page.request.get(town.at("report/leave/"), max_redirects=0).headers["location"].startswith("https://")
            )


# --- the report and the dialogue ------------------------------------------------------------------------------------
def report(case: Case, reporter: Stranger) -> None:
    """An anonymous report with three files, one wrong try, the receipt, two words of it, the page to follow it by."""
    page = reporter.page
    page.goto(_way_in(case))
    reporter.look("start")
    reporter.press("แจ้งเรื่อง สำหรับประชาชน", "link")
    opened = time.monotonic()
    reporter.look("form")
    page.get_by_role("radio", name="ไม่เปิดเผยตน").check()
    reporter.fill("ตำแหน่งหรือหน้าที่", "นายช่างโยธา")
    reporter.fill("เกิดอะไรขึ้น", WHAT)
    reporter.fill("ที่ไหน", "ศาลาริมคลองมะขามเฒ่า")
    reporter.fill("เมื่อใด", "เย็นวันสารทเดือนสิบ")
    page.get_by_label("แนบภาพหรือไฟล์").set_input_files(case.files)
    page.get_by_role("checkbox", name="ข้าพเจ้าอ่านคำชี้แจง").check()
    page.wait_for_timeout(max(0, 1000 * (opened + TOO_SOON_S - time.monotonic())))
    reporter.press("ส่งเรื่อง และรับใบรับ")
    page.get_by_role("alert").get_by_text("เลือกประเภทเรื่อง").wait_for()
    reporter.look("form-wrong")
    assert page.get_by_label("เกิดอะไรขึ้น").input_value() == WHAT
    kept = page.locator(".kept li").all_inner_texts()
    assert [name.name in line for name, line in zip(case.files, kept, strict=True)] == [True] * 3
    page.get_by_role("radio", name="เรียกรับสินบน").check()
    reporter.press("ส่งเรื่อง และรับใบรับ")
    case.receipt = reporter.receipt()
    assert [len(words) for words in case.receipt] == [7, 7]
    reporter.look("receipt")
    page.get_by_label("คำที่ ๓").fill(case.receipt[0][2])
    page.get_by_label("คำที่ ๖").fill(case.receipt[1][5])
    reporter.press("จดแล้ว ไปหน้าติดตามเรื่อง")
    page.get_by_role("heading", name="เรื่องของท่าน").wait_for()
    assert len(case.town.sealed()) == 3
    assert case.town.journal() == []


def ask(case: Case) -> None:
    """The legal officer unlocks, finds the case, takes its files and asks."""
    legal = case.sit("legal")
    legal.press("ล็อกกุญแจ")
    case.town.look(legal.page, "unlock")
    legal.unlock()
    (number,) = legal.numbers()
    case.town.number = number
    case.town.look(legal.page, "cases")
    legal.case()
    assert WHAT in legal.page.locator("#told").inner_text()
    photograph, paper, note = (legal.download(file.name) for file in case.files)
    assert not Image.open(io.BytesIO(photograph)).getexif()
    assert (paper, note) == (case.files[1].read_bytes(), case.files[2].read_bytes())
    legal.fill("ข้อความถึงผู้แจ้ง", QUESTION)
    legal.press("ตอบผู้แจ้ง")
    legal.page.get_by_text("บันทึกคำตอบแล้ว").wait_for()
    assert set(case.town.journal()) == {"complaint.unlock", "complaint.view", "complaint.file", "complaint.reply"}


def answer(case: Case, reporter: Stranger) -> None:
    """The reporter comes back with the receipt, and answers with another file."""
    reporter.follow(case.receipt[0])
    reporter.page.get_by_text(QUESTION).wait_for()
    reporter.look("followed")
    reporter.fill("ข้อความถึงผู้รับเรื่อง", ANSWER)
    reporter.page.get_by_label("แนบภาพหรือไฟล์").set_input_files(case.files[2])
    reporter.press("ส่งข้อความ")
    reporter.page.get_by_text("ส่งข้อความแล้ว").wait_for()
    assert case.town.journal() == []


# --- who may read ---------------------------------------------------------------------------------------------------
def exclude(case: Case) -> None:
    """Somebody of finance is accused too: their superior, a handler, loses the case, and it is closed anew."""
    legal, head, town = case.sit("legal"), case.sit("head"), case.town
    assert head.numbers() == [town.number]
    legal.case("readers/")
    legal.page.get_by_label("เลือกจากรายชื่อบุคลากร").select_option(label=ACCUSED)
    town.look(legal.page, "readers")
    before = {path.name for path in town.sealed()}
    legal.press("เพิ่ม และตัดสิทธิผู้เกี่ยวข้อง")
    legal.page.get_by_text("เพิ่มผู้ถูกกล่าวหาแล้ว").wait_for()  # shown by the case, which is closed anew by that
    assert head.numbers() == []
    town.look(head.page, "cases-none")
    assert head.status(f"complaints/cases/{town.number}/") == 404
    auditor = case.sit("auditor")
    auditor.case()
    assert ANSWER in auditor.page.locator("#dialogue").inner_text()
    after = {path.name for path in town.sealed()}
    assert (len(after), after & before) == (4, set())
    assert head.status(f"complaints/cases/{town.number}/") == 404
    assert set(town.journal()) == {"complaint.view", "complaint.readers"}


# --- what is done ---------------------------------------------------------------------------------------------------
def take_on(case: Case) -> None:
    """The case is screened and, as nobody signed it, taken on only with the hand of a second handler."""
    legal, auditor, town = case.sit("legal"), case.sit("auditor"), case.town
    legal.step("เริ่มตรวจสอบเบื้องต้น")
    legal.press("บันทึก")
    opinion = {
        "เหตุผล": "ภาพถ่ายกับสมุดจดตรงกัน",
        "ความเห็นเรื่องหลักฐานหรือกรณีแวดล้อม": "ใบเสร็จปลอมสองใบ",
        "ความเห็นเรื่องพยานบุคคล": "แม่ค้าหน้าศาลายินดีให้ถ้อยคำ",
        "ข้อความถึงผู้แจ้ง": "รับเรื่องของท่านไว้สอบแล้วครับผม",
    }
    legal.step("รับเรื่องไว้ดำเนินการ", opinion)
    town.look(legal.page, "accept")
    legal.press("เสนอให้ผู้รับเรื่องคนที่สอง")
    legal.page.get_by_text("ท่านเป็นผู้เสนอ").wait_for()
    assert legal.status(f"complaints/cases/{town.number}/second/") == 404
    auditor.case()
    auditor.step("ให้ความเห็นในข้อเสนอนี้")
    town.look(auditor.page, "second")
    auditor.page.get_by_role("radio", name="เห็นชอบตามที่เสนอ", exact=True).check()
    auditor.fill("เหตุผล", "พยานแน่นหนาพอ")
    auditor.press("บันทึก")
    auditor.page.get_by_text("บันทึกความเห็นแล้ว").wait_for()
    assert set(town.journal()) == {"complaint.view", "complaint.handle"}


def find(case: Case) -> None:
    """A committee by an order, not with the superior of the accused; more time; its report."""
    legal, town, today = case.sit("legal"), case.town, _today()
    legal.step("แต่งตั้งคณะกรรมการ", {"คำสั่งที่": "๘๗๑๓/๒๕๗๐"}, {"คำสั่งลงวันที่": today})
    for place, name in enumerate((SUPERIOR, *COMMITTEE[1:]), 1):
        _seat(legal, place, name)
    legal.press("บันทึก")
    legal.page.get_by_text(f"ตั้ง {SUPERIOR} ไม่ได้").wait_for()
    town.look(legal.page, "committee-wrong")
    _seat(legal, 1, COMMITTEE[0])
    legal.press("บันทึก")
    legal.page.get_by_text("บันทึกคำสั่งแล้ว").wait_for()
    more = {"คำสั่งขยายเวลาที่": "๘๗๙๙/๒๕๗๐", "เหตุที่ต้องขยายเวลา": "พยานติดงานบวชลูกชาย"}
    legal.step("ขยายเวลา", more, {"คำสั่งลงวันที่": today, "ให้เสร็จภายในวันที่": today + timedelta(days=75)})
    town.look(legal.page, "extend")
    legal.press("บันทึก")
    found = {"สรุปผลและความเห็นของคณะกรรมการ": "รับเงินจริงตามสมุดจดของแม่ค้า"}
    legal.step("บันทึกผลสอบข้อเท็จจริง", found, {"รายงานเมื่อวันที่": today})
    legal.page.get_by_role("radio", name="พบมูล", exact=True).check()
    legal.page.get_by_role("checkbox", name="ดำเนินการทางวินัย").check()
    town.look(legal.page, "finding")
    legal.press("บันทึก")
    legal.page.get_by_text("บันทึกรายงานแล้ว").wait_for()
    assert set(town.journal()) == {"complaint.view", "complaint.handle"}


def conclude(case: Case) -> None:
    """Discipline follows, and the reporter is told."""
    legal, town = case.sit("legal"), case.town
    legal.step("ดำเนินการทางวินัย", {"เหตุผล": "ผิดวินัยอย่างร้ายแรงตามสำนวน"})
    legal.press("บันทึก")
    proposed = {"ผู้ถูกดำเนินการ": ACCUSED, "รายละเอียด": "เสนอนายอำเภอลงทัณฑ์"}
    legal.step("บันทึกขั้นตอนทางวินัย", proposed, {"เมื่อวันที่": _today()})
    town.look(legal.page, "discipline")
    legal.press("บันทึก")
    legal.page.get_by_text("บันทึกแล้ว").first.wait_for()
    legal.step("แจ้งผลแก่ผู้แจ้ง", {"ข้อความถึงผู้แจ้ง": RESULT})
    legal.press("บันทึก")
    legal.page.get_by_text("บันทึกแล้ว").first.wait_for()
    town.look(legal.page, "case")
    legal.case("log/")
    town.look(legal.page, "log")
    assert set(town.journal()) == {"complaint.view", "complaint.handle"}


def hear(case: Case, reporter: Stranger) -> None:
    """The reporter reads the result; their receipt still opens what was closed anew."""
    reporter.follow(case.receipt[1])
    reporter.page.get_by_text(RESULT).wait_for()
    reporter.look("result")
    assert case.town.journal() == []


def close(case: Case) -> None:
    """Nothing is left to be done."""
    legal = case.sit("legal")
    legal.step("ปิดเรื่อง", {"เหตุผล": "เสร็จสิ้นทุกขั้นไม่มีค้าง"})
    legal.press("บันทึก")
    legal.page.locator("#handling").get_by_text("สิ้นสุด").first.wait_for()
    assert set(case.town.journal()) == {"complaint.view", "complaint.handle"}


# --- time passes ----------------------------------------------------------------------------------------------------
def count(case: Case) -> None:
    """The days of keeping are nearly over: the year of the case is signed, its papers hold a number and nothing else."""
    town, year = case.town, fiscal_year_be(_today())
    case.leave_desks()
    town.pass_days(RETENTION + 1)
    legal = case.sit("legal")
    legal.go("complaints/statistics/")
    row = legal.page.get_by_role("row").filter(has=legal.page.get_by_role("rowheader", name=_year(year), exact=True))
    assert "ยังไม่รายงาน" in row.inner_text()
    town.look(legal.page, "statistics")
    row.get_by_role("link", name="ตรวจและลงชื่อ").click()
    town.look(legal.page, "statistics-sign")
    legal.press("ลงชื่อ")
    legal.page.get_by_text("ลงชื่อแล้ว").first.wait_for()
    town.look(legal.page, "tally")
    assert legal.page.locator(".tile strong").all_inner_texts()[:2] == [to_thai("1"), to_thai("1")]
    papers = {name: legal.fetched(name) for name in ("PDF", "Word", "Excel")}
    assert papers["PDF"].startswith(b"%PDF-")
    paper = case.files[0].with_name("tally.docx")
    paper.write_bytes(papers["Word"])
    told = repr(read_document(paper).blocks)
    assert "เรียกรับสินบน" in told
    assert [word for word in (*SECRET_NAMES, town.number, to_thai(town.number)) if word in told] == []
    assert set(town.journal()) == {"sign_in", "complaint.tally", "evidence.add", "file.keep"}


def shred(case: Case, reporter: Stranger) -> None:
    """Nothing opens any more, a dull row is left, complete when the backups are gone; the statistics stand."""
    town, legal = case.town, case.sit("legal")
    legal.unlock()
    assert legal.numbers() == [town.number]
    assert len(town.sealed()) == 4
    assert town.nightly("shred_reports").startswith("ทำลายแล้ว 1 เรื่อง")
    assert town.sealed() == []
    reporter.follow(case.receipt[0])
    reporter.page.get_by_text("ไม่พบเรื่องของใบรับนี้").wait_for()
    reporter.look("gone")
    assert legal.numbers() == []
    legal.case()
    row = legal.page.locator("main").inner_text()
    town.look(legal.page, "shredded")
    complete = format_date(_today() + timedelta(days=RETENTION + 1 + BACKUPS), "abbr")
    assert [words for words in (to_thai(town.number), "เรียกรับสินบน", "สิ้นสุด", complete) if words not in row] == []
    assert [word for text in town.typed for word in text.split() if len(word) > 3 and word in row] == []
    assert set(town.journal()) == {"complaint.shred", "complaint.unlock"}


# --- small things ---------------------------------------------------------------------------------------------------
def _way_in(case: Case) -> str:
    """Give where the office's own start page leads those who want to tell of corruption."""
    with visit(case.town.browser, "phone") as page:
        page.goto(case.town.place.url)
        case.town.look(page, "outside")
        page.get_by_role("link", name="แจ้งหรือติดตามเรื่องทุจริต").click()
        page.wait_for_url(case.town.at("report/"))
        return page.url


def _seat(desk: Holder, place: int, name: str) -> None:
    seat = desk.page.get_by_label(f"ชื่อ {to_thai(str(place))}", exact=True)
    value = seat.locator("option").filter(has_text=name).get_attribute("value")
    seat.select_option(value=value)


def _year(year: int) -> str:
    return f"ปีงบประมาณ พ.ศ. {to_thai(str(year))}"


def _today() -> date:
    return datetime.now(ZoneInfo("Asia/Bangkok")).date()
