"""Years of the registers of what people ask and complain of: questions and answers, general complaints."""

from __future__ import annotations

from tests.trips.registers_clerk import Values
from tests.trips.registers_life import Fed, Life, Office
from tests.trips.registers_sheets import photograph


# --- questions ------------------------------------------------------------------------------------------------------
def _question(topic: str, day: str, **more: str) -> dict[str, str]:
    return {
        "เรื่อง": topic,
        "คำถาม": "เทศบาลเก็บขยะหมู่ที่ 2 วันใด โทรหา 08-9876-5432 บัตร 1-1014-00000-16-7",
        "เกี่ยวกับ": "สาธารณสุขและขยะ",
        "ชื่อผู้ถาม": "นายสมชาย ใจดี",
        "ช่องทางติดต่อกลับ": "08-1234-5678",
        "วันที่ถาม": day,
        "ช่องทางที่ถาม": "กระดานถามตอบ",
        **more,
    }


def _answer(words: str, day: str) -> Values:
    return {"คำตอบ": words, "วันที่ตอบ": day, "แสดงคำถามและคำตอบต่อสาธารณะ": "ใช่"}


def _ask(office: Office) -> None:
    publisher, officer = office.clerk("publisher"), office.clerk("officer")
    first = publisher.add("questions", _question("วันเก็บขยะของหมู่ที่ 2", "9/10/2568"))
    publisher.move(first, "ส่งต่อส่วนราชการ", {"ส่วนราชการที่ตอบ": "กองสาธารณสุขและสิ่งแวดล้อม"})
    officer.go(first)
    officer.hold("ปกปิด")
    assert "สมชาย" not in officer.words
    officer.move(first, "ตอบ", _answer("เก็บทุกวันจันทร์และวันพฤหัสบดี", "12/10/2568"))
    officer.hold("จำนวนวันก่อนตอบ", "3")
    advert = publisher.add("questions", _question("ขายครีมหน้าขาว", "20/10/2568"))
    publisher.move(advert, "ไม่รับ (หยาบคาย โฆษณา หรือไม่มีสาระ)", {"เหตุผล": "เป็นโฆษณา"})
    second = publisher.add("questions", _question("ภาษีที่ดินชำระที่ใด", "๕ ม.ค. ๒๕๖๙", เกี่ยวกับ="ภาษีและค่าธรรมเนียม"))
    publisher.move(second, "รับไว้ตอบ")
    officer.move(second, "ตอบ", _answer("ที่กองคลัง ชั้น 1", "6/1/2569"))


def _ask_from_outside(office: Office) -> None:
    publisher = office.clerk("publisher")
    words = {"เรื่อง": "เบี้ยผู้สูงอายุ", "คำถาม": "จ่ายวันใด", "ชื่อผู้ถาม": "นายแก้ว มั่นใจ", "ช่องทางติดต่อกลับ": "08-0000-1111"}
    with office.outsider() as outsider:
        outsider.begin("ถามเทศบาล", {**words, "ให้เผยแพร่คำถามและคำตอบได้ โดยไม่แสดงชื่อและช่องทางติดต่อ": "ใช่"})
        _ask(office)
        code = outsider.send()
        outsider.track(code, "รอกลั่นกรอง")
        entry = publisher.find("questions", "เบี้ยผู้สูงอายุ")
        publisher.hold("บุคคลภายนอกส่ง", "08-0000-1111")
        publisher.move(entry, "ตอบ", _answer("ทุกวันที่ 10 ของเดือน", publisher.fact("วันที่ถาม")))
        outsider.track(code, "ตอบแล้ว", "ทุกวันที่ 10 ของเดือน")
        # Both sides agree, so that it is there for everybody at once.
        outsider.open_table("คำถามและคำตอบ")
        outsider.hold("เบี้ยผู้สูงอายุ", "ทุกวันที่ 10 ของเดือน")
        assert "08-0000-1111" not in outsider.page.content()


QUESTIONS = Life(
    register="questions",
    name="กระดานถามตอบ",
    keeper="publisher",
    year=2569,
    daily=_ask_from_outside,
    takes_outside=True,
    head=tuple(_question("", "")),
    good=[_question("ไฟถนนดับ", "3/11/2568"), _question("ขอใช้หอประชุม", "2026-05-06")],
    like=_question("ถามเรื่องอื่น", "1/6/2569"),
    wrong=[
        {"เรื่อง": ""},
        {"เรื่อง": "ก" * 201},
        {"เรื่อง": "#N/A"},
        {"คำถาม": ""},
        {"คำถาม": "ก" * 3001},
        {"เกี่ยวกับ": "ดวงชะตา"},
        {"ชื่อผู้ถาม": "ก" * 121},
        {"ช่องทางติดต่อกลับ": "ก" * 201},
        {"วันที่ถาม": "31/6/2569"},
        {"วันที่ถาม": "1/1/2642"},
        {"วันที่ถาม": "เมื่อวาน"},
        {"ช่องทางที่ถาม": "โทรจิต"},
    ],
    missed=3,
    nothing=5,
    paper=(0, ["วันเก็บขยะของหมู่ที่ 2", "เก็บทุกวันจันทร์และวันพฤหัสบดี", "รวม1"]),
    title="คำถามและคำตอบ",
    shown=["วันเก็บขยะของหมู่ที่ 2", "ที่กองคลัง ชั้น 1", "xx-xxxx-xxxx"],
    hidden=["สมชาย", "08-1234-5678", "08-9876-5432", "1-1014-00000-16-7", "ขายครีม", "ไฟถนนดับ"],
    fed=Fed(
        "organisation.contact-and-questions",
        "ช่องทางสอบถามที่สื่อสารได้สองทาง เช่น กล่องสนทนา ไลน์ทางการ หรือกระดานถามตอบ",
        by_entries=True,
    ),
)


# --- general complaints ---------------------------------------------------------------------------------------------
def _complaint(topic: str, day: str, **more: str) -> dict[str, str]:
    return {
        "เรื่อง": topic,
        "รายละเอียด": "ดับมาสามวัน ทางเข้าตลาดมืด",
        "สถานที่": "ซอย 5 หมู่ 2 หน้าตลาด",
        "ประเภท": "ไฟฟ้าสาธารณะ",
        "ชื่อผู้ร้อง": "นางสาวมะลิ ใจดี",
        "โทรศัพท์": "08-1234-5678",
        "อีเมล": "mali@example.com",
        "ช่องทาง": "โทรศัพท์",
        "วันที่รับเรื่อง": day,
        **more,
    }


def _complain(office: Office) -> None:
    clerk, officer = office.clerk("clerk"), office.clerk("officer")
    photo: Values = {"ภาพหรือเอกสาร": photograph(office.folder / "ไฟดับ.png")}
    works: Values = {"ส่วนราชการที่ดำเนินการ": "กองช่าง"}
    first = clerk.add("complaints-general", {**_complaint("ไฟถนนซอย 5 ดับ", "6/10/2568"), **photo})
    clerk.move(first, "มอบส่วนราชการ", works)
    officer.go(first)
    officer.hold("ปกปิด", "ไฟดับ.png")
    assert "08-1234-5678" not in officer.words
    officer.move(first, "ดำเนินการแล้ว ตอบผู้ร้อง", {"ผลการดำเนินการ": "เปลี่ยนหลอดไฟแล้ว 2 ดวง", "วันที่ตอบ": "9/10/2568"})
    second = clerk.add("complaints-general", _complaint("ไฟหน้าตลาดดับ", "๘ ต.ค. ๒๕๖๘"))
    clerk.move(second, "รวมกับเรื่องเดิม", {"เรื่องเดิมที่รวมด้วย": "ไฟถนนซอย 5 ดับ"})
    corrupt = clerk.add("complaints-general", _complaint("เจ้าหน้าที่เรียกเงิน", "13/10/2568", ประเภท="อื่น ๆ"))
    clerk.move(corrupt, "เป็นเรื่องทุจริต ย้ายออก", {"เหตุผล": "เรียกรับเงิน"})
    assert corrupt not in clerk.entries("complaints-general", 2569)
    clerk.add("complaints-general", _complaint("ถนนเป็นหลุม", "2/2/2569", ประเภท="ถนนและทางเท้า"))


COMPLAINTS = Life(
    register="complaints-general",
    name="ทะเบียนเรื่องร้องเรียนร้องทุกข์ทั่วไป",
    keeper="clerk",
    year=2569,
    daily=_complain,
    head=tuple(_complaint("", "")),
    good=[
        _complaint("ไฟซอย 7 ดับ", "20/10/2568"),
        _complaint("ไฟซอย 9 ดับ", "2025-10-27"),
        _complaint("ท่อตัน", "4/5/2569", ประเภท="ประปาและการระบายน้ำ"),
    ],
    like=_complaint("เรื่องอื่น", "1/6/2569"),
    wrong=[
        {"เรื่อง": ""},
        {"เรื่อง": "ก" * 201},
        {"รายละเอียด": ""},
        {"รายละเอียด": "#VALUE!"},
        {"สถานที่": "ก" * 301},
        {"ประเภท": "ดวงชะตา"},
        {"ประเภท": ""},
        {"โทรศัพท์": "08-12"},
        {"อีเมล": "mali ที่ example"},
        {"ช่องทาง": "โทรจิต"},
        {"วันที่รับเรื่อง": "31/6/2569"},
        {"วันที่รับเรื่อง": "1/1/2642"},
    ],
    missed=4,
    nothing=1,
    paper=(0, ["กองช่าง", "ดำเนินการและตอบแล้ว", "รวม3"]),
    title="สถิติเรื่องร้องเรียนร้องทุกข์ทั่วไป",
    shown=["ไฟฟ้าสาธารณะ", "กองช่าง", "น้อยกว่า 3", "เดือนพฤศจิกายน 2568"],
    hidden=["มะลิ", "08-1234-5678", "0812345678", "mali@example.com", "เรียกเงิน", "ทางเข้าตลาดมืด"],
)
