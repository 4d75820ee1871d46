"""Three paths through surveys: of the services for citizens, one of the office's own on paper, and the practice one."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from datetime import timedelta
from io import StringIO
from itertools import combinations
from pathlib import Path

from prongsai.documents.model import Table
from prongsai.documents.read import read_document
from prongsai.questionnaires.load import load
from prongsai.thai.dates import format_date
from prongsai.thai.numerals import to_arabic
from tests.trips import surveys_walk as on
from tests.trips.groups_walk import Walk, Walker
from tests.trips.platform import visit
from tests.trips.registers_clerk import bare
from tests.trips.surveys_staff import YEAR
from tests.trips.surveys_town import TODAY

K = 5
SERVICES = {"งานทะเบียนราษฎร": 9, "งานจัดเก็บรายได้": 7, "งานสวัสดิการสังคม": 6}
FEW = {"งานป้องกันภัย": 3, "งานเกษตร": 3}  # of each fewer than five, of both together more
ALL = sum(SERVICES.values()) + sum(FEW.values())
TITLE = "ความพึงพอใจต่อบริการของเทศบาล"
WORDS = "อยากให้จองคิวออนไลน์ได้"
FILES = (("Excel", "xlsx"), ("CSV", "csv"))
# What the report tells: who answered, on which scale, and of each service how many and its mean.
TOLD = (f"จำนวนผู้ตอบแบบสำรวจ (คน) {ALL}", "ใช้มาตรวัด 5 ระดับ", "งานทะเบียนราษฎร 9 4.30", "งานสวัสดิการสังคม 6 3.88")
WEAK = "ใช้เวลาเหมาะสม และเป็นไปตามที่บอกไว้"


# --- of the services ------------------------------------------------------------------------------------------------
def citizens(office: Walk) -> None:
    """Whoever used a service is asked at its counter; the report is evidence, and a finding comes of what is weak."""
    desk = office.clerk("coordinator")
    on.questionnaire(desk, "ความพึงพอใจต่อการให้บริการ")
    survey = on.opened(desk, {"ชื่อการสำรวจ": TITLE}, [*SERVICES, *FEW])
    links = on.posters(desk, survey)
    printed = bare(on.said_in(on.take(desk, desk.one("link", "ทุกแผ่นเป็น PDF"), office.folder / "posters.pdf")))
    assert [name for name, link in links.items() if bare(link.partition("://")[2]) not in printed] == []
    codes = _slips(office, desk, survey, "งานสวัสดิการสังคม")
    _answer(office, links, codes)
    told = on.received(desk, survey)
    assert {name: int(to_arabic(n)) for name, n in told.items()} == SERVICES | FEW
    on.both_widths(office.eye, desk.page)
    on.counted(desk, survey, ALL)
    _results(office, desk)


def _slips(office: Walk, desk: Walker, survey: str, group: str) -> list[str]:
    desk.go(f"{survey}codes/")
    desk.put({"กลุ่มผู้ตอบ": group, "จำนวนรหัส": "6"})
    paper = on.take(desk, desk.one("button", "ทำรหัสเป็น PDF"), office.folder / "slips.pdf")
    codes = on.codes_in(on.said_in(paper))
    assert len(codes) == 6
    return codes


def _answer(office: Walk, links: Mapping[str, str], codes: list[str]) -> None:
    text = load("satisfaction")
    with visit(office.browser, "phone") as page:
        street = on.Street(page)
        street.come(links["งานเกษตร"])
        street.answer(on.values(text, 5, process2=1), WORDS)
        street.come(links["งานสวัสดิการสังคม"] + f"#{codes[0].replace(' ', '')}")
        street.answer(on.values(text, 4, process2=2))
        assert street.eye.faults == [], "\n".join(street.eye.faults)
    for code in codes[1:]:
        on.stored(links["งานสวัสดิการสังคม"], on.values(text, 4, process2=2) | {"code": code})
    for name, n in {**SERVICES, **FEW, "งานสวัสดิการสังคม": 0, "งานเกษตร": 2}.items():
        for place in range(n):
            on.stored(links[name], on.values(text, 4 + place % 2, process2=1 + place % 3))


def _results(office: Walk, desk: Walker) -> None:
    """Read the results; nothing is told of fewer than five, nor by taking one figure from another."""
    on.both_widths(office.eye, desk.page)
    results = desk.here
    desk.hold(f"ผู้ตอบ\n{ALL}", WORDS, *SERVICES, "ไม่ระบุกลุ่ม และกลุ่มเล็กรวมกัน")
    assert [name for name in FEW if name in desk.words] == []
    sheets = {form: on.take(desk, desk.one("link", name), office.folder / f"results.{form}") for name, form in FILES}
    rows = _rows(sheets["csv"])
    assert _cells(sheets["xlsx"])[1:] == [[*row.values()] for row in rows]
    _told_of_many(rows)
    desk.put({"กลุ่ม": "งานสวัสดิการสังคม"}, desk.page.locator("form.filters"))
    desk.press("แสดง")
    desk.hold("ผู้ตอบ · งานสวัสดิการสังคม\n๖")
    _report(office, desk, results)
    _finding(desk, results)


def _rows(sheet: Path) -> list[dict[str, str]]:
    return [*csv.DictReader(StringIO(sheet.read_text(encoding="utf-8-sig")))]


def _cells(sheet: Path) -> list[list[str]]:
    tables = [one for one in read_document(sheet).blocks if isinstance(one, Table)]
    return [[cell.text for cell in row.cells] for row in tables[0].rows]


def _told_of_many(rows: list[dict[str, str]]) -> None:
    """See that each figure is of five people or more, and so is what a group leaves of the whole."""
    parts = [*dict.fromkeys(row["กลุ่ม"] for row in rows if row["ฐาน (คน)"])]
    assert len(parts) >= len(SERVICES) + 2
    assert [name for name in FEW if any(name in text for row in rows for text in row.values())] == []
    for line in {row["รหัสข้อ"] for row in rows if row["กลุ่ม"] in SERVICES}:
        base = {row["กลุ่ม"]: int(row["ฐาน (คน)"]) for row in rows if row["รหัสข้อ"] == line}
        whole = base.pop(parts[0])
        assert min(base.values()) >= K and whole == ALL
        assert {whole - sum(some) >= K or whole == sum(some) for some in _choices([*base.values()])} == {True}


def _choices(numbers: list[int]) -> list[tuple[int, ...]]:
    return [some for n in range(len(numbers) + 1) for some in combinations(numbers, n)]


def _report(office: Walk, desk: Walker, results: str) -> None:
    """Take the report in Word and PDF, and keep it as evidence of the item that asks for it."""
    desk.go(results)
    desk.press("จัดทำรายงาน", "link")
    for name, form in (("ดาวน์โหลด Word", "docx"), ("ดาวน์โหลด PDF", "pdf")):
        said = bare(on.said_in(on.take(desk, desk.one("button", name), office.folder / f"report.{form}")))
        missing = [words for words in TOLD if bare(words) not in said]
        assert (missing, [name for name in FEW if name in said]) == ([], []), said
    desk.press("เก็บเป็นหลักฐาน")
    desk.hold("เก็บรายงานเป็นหลักฐานแล้ว", TITLE)


def _finding(desk: Walker, results: str) -> None:
    """Make a finding of what is weak, and find it among those of the cycle."""
    desk.go(results)
    desk.press("เสนอประเด็นปรับปรุง", "link")
    desk.page.get_by_label(WEAK).check()
    desk.follow(desk.page.get_by_role("button", name="เพิ่มเป็นประเด็นของรอบ"))
    desk.hold("เพิ่มประเด็นแล้ว 1 เรื่อง", WEAK)


# --- one of the office's own, on paper -------------------------------------------------------------------------------
FREE = "ห้องสมุดของเทศบาล"
SCALE = "บรรยากาศของห้องสมุดน่าอ่านหนังสือแค่ไหน"
ONE, SEVERAL = "ท่านมาห้องสมุดเดือนละกี่ครั้ง", "ท่านมาห้องสมุดเพื่ออะไร"
GRID, SAID, WHY = "แต่ละเรื่องเป็นอย่างไร", "อยากให้มีหนังสือเรื่องใด", "เพราะเหตุใดจึงมาน้อย"


# What stands on three sheets: a number for each question, words for the fifth; the last is asked of who comes seldom.
SHEETS = (
    ("4", "2", "1 3", "5", "2", "ประวัติศาสตร์ลพบุรี", ""),
    ("๕", "3", "0", "4", "0", "", ""),
    ("2", "1", "2", "3", "4", "", "1"),
)


def paper(office: Walk) -> None:
    """A questionnaire is written question by question; sheets of paper come back and are typed in."""
    desk, clerk = office.clerk("coordinator"), office.clerk("clerk")
    _write(desk)
    survey = on.opened(desk, {"ชื่อการสำรวจ": FREE})
    clerk.go(f"{survey}paper/")
    _type_in(clerk, SHEETS[2][:-1] + ("",))
    clerk.hold("ยังไม่ได้บันทึก", "ยังไม่ได้กรอก ถ้าผู้ตอบเว้นว่างไว้ ใส่ 0")
    for place, sheet in enumerate(SHEETS[::-1], 1):
        _type_in(clerk, sheet)
        clerk.hold(f"บันทึกแล้ว รอบนี้กรอกไป {place} แผ่น")
    clerk.go(survey)
    clerk.hold("๓ ชุด")
    desk.go(survey)
    link = on.link_of(desk)
    for _ in range(5):
        on.stored(link, {name: values[1] for name, values in on.choices(link).items()})
    on.counted(desk, survey, 8)
    desk.hold("ผู้ตอบ\n๘", SCALE, ONE, WHY, "ประวัติศาสตร์ลพบุรี")


def _type_in(clerk: Walker, sheet: Sequence[str]) -> None:
    for field, text in zip(clerk.page.locator("ol.entry [name]").all(), sheet, strict=True):
        field.fill(text)
    clerk.press("บันทึกแล้วกรอกแผ่นต่อไป")


def _write(desk: Walker) -> None:
    """Write a question of each type, and one that only those are asked who come seldom."""
    desk.go("questionnaires/add/")
    desk.put({"ชื่อแบบสอบถาม": FREE})
    desk.press("สร้าง")
    _question(desk, "ให้คะแนนตามระดับ", {"ข้อคำถาม": SCALE})
    _question(desk, "เลือกหนึ่งคำตอบ", {"ข้อคำถาม": ONE, "คำตอบให้เลือก": "ไม่ถึงหนึ่งครั้ง\nหนึ่งถึงสามครั้ง\nมากกว่านั้น"})
    _question(desk, "เลือกได้หลายคำตอบ", {"ข้อคำถาม": SEVERAL, "คำตอบให้เลือก": "อ่านหนังสือ\nยืมหนังสือ\nใช้คอมพิวเตอร์"})
    _question(desk, "ตารางให้คะแนนหลายเรื่อง", {"ข้อคำถาม": GRID, "เรื่องที่ให้คะแนน": "ที่นั่ง\n* เสียงดัง"})
    _question(desk, "เขียนตอบ", {"ข้อคำถาม": SAID})
    _question(desk, "เลือกหนึ่งคำตอบ", {"ข้อคำถาม": WHY, "คำตอบให้เลือก": "ไกล\nไม่มีเวลา", "ถามข้อนี้กับใคร": f"ข้อ ๒ {ONE}"})


def _question(desk: Walker, type: str, given: Mapping[str, str]) -> None:
    desk.follow(desk.page.get_by_role("link", name="เพิ่มคำถาม").last)
    desk.follow(desk.page.get_by_role("link", name=f"เลือก {type}"))
    desk.put(given)
    desk.press("บันทึก")
    if "ถามข้อนี้กับใคร" in given:
        desk.hold("เลือกคำตอบ")
        desk.put({"ถามเฉพาะผู้ที่ตอบว่า": ["ไม่ถึงหนึ่งครั้ง"]})
        desk.press("บันทึก")
    desk.hold("บันทึกแล้ว", given["ข้อคำถาม"])


# --- the practice one ------------------------------------------------------------------------------------------------
UNITS = ("สำนักปลัดเทศบาล", "กองคลัง", "กองช่าง")


def practice(office: Walk) -> None:
    """The staff practises by codes while there is no official survey; once that begins it is closed."""
    desk = office.clerk("coordinator")
    on.questionnaire(desk, "ซ้อมประเมินภายใน สำหรับบุคลากร")
    kept = desk.here
    survey = on.opened(desk, {"ชื่อการสำรวจ": "ซ้อม IIT"}, UNITS)
    codes, link = _printed(desk, survey)
    filled = on.values(load("practice-iit"), 3, duty3=1, budget3=1, authority1=1, authority2=1)
    for code in codes[1:]:
        on.stored(link, filled | {"code": code})
    status, page = on.send(link, filled | {"code": codes[1]})
    assert (status, "รหัสนี้ใช้ส่งคำตอบแล้ว" in page) == (409, True)
    on.counted(desk, survey, len(codes) - 1)
    desk.hold("การสำรวจซ้อม ไม่ใช่คะแนนทางการ", "ซ้อม ไม่ใช่คะแนนทางการ\n๕๗.๗๘", "๓ การใช้อำนาจ\t๑๑.๑๑\t๖")
    rows = _rows(on.take(desk, desk.one("link", "CSV"), office.folder / "practice.csv"))
    assert "คะแนนซ้อม ไม่ใช่คะแนนทางการ" in {row["ตัวเลือก / ค่า"] for row in rows}
    told = desk.words + "".join(text for row in rows for text in row.values())
    assert [unit for unit in UNITS if unit in told] == []
    _kept_out(desk, kept)


def _printed(desk: Walker, survey: str) -> tuple[list[str], str]:
    """Make codes on a page to be printed; give them, and the address on the slips."""
    desk.go(f"{survey}codes/")
    desk.put({"กลุ่มผู้ตอบ": UNITS[0], "จำนวนรหัส": "๗"})
    desk.press("ทำรหัสแล้วเปิดหน้าพิมพ์")
    codes = on.codes_in(desk.words)
    assert len(codes) == 7
    return codes, on.link_in(desk)


def _kept_out(desk: Walker, questionnaire: str) -> None:
    """Open one more, then enter the days of the official survey: it is closed, and no other may be opened."""
    desk.go(questionnaire)
    again = {"ชื่อการสำรวจ": "ซ้อม IIT อีกครั้ง", "แบ่งกลุ่มตาม": "ไม่แบ่งกลุ่ม"}
    survey = on.opened(desk, again | {"ตอบได้จากลิงก์หรือ QR โดยไม่ใช้รหัส": "ใช่"})
    link = on.link_of(desk)
    form = on.form_of(link)
    _official_from_today(desk)
    desk.go(survey)
    desk.hold("ปิดรับแล้ว", "ช่วงสำรวจทางการที่การสำรวจซ้อมนี้ต้องปิด", "ตามปฏิทินของรอบการประเมิน")
    status, page = on.send(link, on.values(load("practice-iit"), 2), form)
    assert (status, "การสำรวจนี้ปิดรับคำตอบแล้ว" in page) == (409, True)
    desk.press("ทำสำเนาเป็นการสำรวจใหม่")
    desk.press("ตรวจและเปิดรับคำตอบ", "link")
    desk.hold("ยังเปิดไม่ได้", "อยู่ในช่วงสำรวจ IIT ทางการ")
    assert desk.page.get_by_role("button", name="เปิดรับคำตอบ").count() == 0


def _official_from_today(desk: Walker) -> None:
    desk.go(f"cycles/ita-{YEAR}/dates/")
    days = desk.page.locator("#date-survey-internal")
    days.get_by_label("เริ่ม", exact=True).fill(format_date(TODAY))
    days.get_by_label("สิ้นสุด", exact=True).fill(format_date(TODAY + timedelta(days=20)))
    desk.press("บันทึกกำหนดการ")
