"""Years of the registers of services and participation: service statistics, service requests, participation."""

from __future__ import annotations

from tests.trips.registers_clerk import Values
from tests.trips.registers_life import Fed, Life, Office
from tests.trips.registers_sheets import paper, photograph

# --- service statistics ---------------------------------------------------------------------------------------------
BUILDING, BIN = "การขออนุญาตก่อสร้างอาคาร", "ขอรับถังขยะ"
MANUAL: Values = {
    "บริการ": BUILDING,
    "ส่วนราชการ": "กองช่าง",
    "กฎหมาย": "พระราชบัญญัติควบคุมอาคาร พ.ศ. 2522",
    "หลักเกณฑ์และเงื่อนไข": "ยื่นคำขอก่อนเริ่มก่อสร้าง",
    "ขั้นตอนและระยะเวลา": [
        {"ขั้นตอน": "ยื่นคำขอ", "เวลา": "10", "ผู้รับผิดชอบ": "กองช่าง"},
        {"ขั้นตอน": "ตรวจสถานที่", "เวลา": "840", "ผู้รับผิดชอบ": "กองช่าง"},
    ],
    "แล้วเสร็จภายใน": "7",
    "ไม่ต้องใช้เอกสาร": "ใช่",
    "ค่าธรรมเนียม": "20",
    "ช่องทางให้บริการ": ["มาที่สำนักงาน", "ทางออนไลน์"],
    "สถานที่และเวลา": "กองช่าง ชั้น 2 จันทร์ถึงศุกร์",
    "ช่องทางร้องเรียน": "สำนักปลัดเทศบาล โทร. 0-3600-0000",
    "ฉบับที่": "1",
    "ปรับปรุงเมื่อ": "5/10/2568",
}


def _count(month: str, requests: str, completed: str, **more: str) -> dict[str, str]:
    return {
        "บริการ": BUILDING,
        "ส่วนราชการ": "กองช่าง",
        "เดือน": month,
        "ช่องทาง": "มาที่สำนักงาน",
        "จำนวนผู้ขอ": requests,
        "แล้วเสร็จ": completed,
        "เวลาเฉลี่ย": "6",
        **more,
    }


def _write_manual(office: Office) -> None:
    office.clerk("clerk").add("service-manuals", MANUAL)


def _serve(office: Office) -> None:
    clerk = office.clerk("clerk")
    for month, requests, completed in (("ต.ค. 2568", "12", "10"), ("๑๑/๒๕๖๘", "7", "7"), ("เม.ย. 2569", "0", "0")):
        clerk.add("service-statistics", _count(month, requests, completed))
    clerk.try_to_add("service-statistics", _count("ต.ค. 2568", "3", "4", ช่องทาง="ออนไลน์"))
    clerk.hold("ยังบันทึกไม่ได้", "จำนวนแล้วเสร็จมากกว่าจำนวนผู้ขอ")
    clerk.try_to_add("service-statistics", _count("ต.ค. 2568", "3", "3"))
    clerk.hold("ยังบันทึกไม่ได้", "มีอยู่แล้ว")


SERVICE_STATISTICS = Life(
    register="service-statistics",
    name="ทะเบียนสถิติการให้บริการ",
    keeper="clerk",
    year=2569,
    before=_write_manual,
    daily=_serve,
    mended=True,
    head=tuple(_count("", "", "")),
    good=[_count("ธ.ค. 2568", "9", "8"), _count("มีนาคม 2569", "5", "5", ช่องทาง="ออนไลน์")],
    like=_count("ก.ค. 2569", "4", "4"),
    wrong=[
        {"บริการ": "การขอบินสู่ดวงจันทร์", "เดือน": "ม.ค. 2569"},
        {"บริการ": "", "เดือน": "ก.พ. 2569"},
        {"ส่วนราชการ": "กองยานอวกาศ", "เดือน": "มี.ค. 2569"},
        {"ส่วนราชการ": "", "เดือน": "พ.ค. 2569"},
        {"เดือน": "เดือนหน้า"},
        {"เดือน": "ม.ค. 2642"},
        {"ช่องทาง": "นกพิราบ", "เดือน": "มิ.ย. 2569"},
        {"จำนวนผู้ขอ": "", "เดือน": "ก.ค. 2569"},
        {"จำนวนผู้ขอ": "4.5", "เดือน": "ส.ค. 2569"},
        {"แล้วเสร็จ": "5", "เดือน": "ก.ย. 2569"},
        {"บริการ": BUILDING, "เดือน": "มีนาคม 2569", "ช่องทาง": "ออนไลน์"},
        {"เวลาเฉลี่ย": "-1", "เดือน": "ก.ค. 2569", "ช่องทาง": "ออนไลน์"},
    ],
    missed=11,
    nothing=4,
    paper=(0, [BUILDING, "มาที่สำนักงาน", "รวม12"]),
    title="สถิติการให้บริการ",
    shown=[BUILDING, "เดือนกุมภาพันธ์ 2569", "จำนวนผู้ขอตามช่องทาง", "33"],
    hidden=[],
    fed=Fed("service.online", "สถิติการขอรับบริการออนไลน์"),
)


# --- service requests -----------------------------------------------------------------------------------------------
SERVICE: Values = {
    "บริการ": BIN,
    "ส่วนราชการ": "กองสาธารณสุขและสิ่งแวดล้อม",
    "ประเภท": "ระบบอื่นของหน่วยงาน",
    "ที่อยู่ของบริการ": "https://www.example.go.th/eservice/bin",
    "การยืนยันตัวตน": "ไม่ต้องยืนยันตัวตน",
    "เปิดให้บริการเมื่อ": "1/10/2568",
}
HEALTH: Values = {"ส่วนราชการที่ดำเนินการ": "กองสาธารณสุขและสิ่งแวดล้อม"}


def _request(applicant: str, day: str, **more: str) -> dict[str, str]:
    return {
        "บริการที่ขอ": BIN,
        "ชื่อและนามสกุลผู้ยื่น": applicant,
        "โทรศัพท์": "08-1234-5678",
        "อีเมล": "mali@example.com",
        "ที่อยู่": "12 หมู่ 2 ตำบลบ้านสวนพลู",
        "รายละเอียดคำขอ": "ขอถังขยะขนาด 120 ลิตร จำนวน 1 ใบ",
        "วันที่ยื่น": day,
        **more,
    }


def _open_service(office: Office) -> None:
    office.clerk("clerk").add("online-services", SERVICE)


def _do_requests(office: Office) -> None:
    clerk, secretary, mayor, supply = (office.clerk(role) for role in ("clerk", "secretary", "mayor", "supply"))
    attached: Values = {"เอกสารประกอบ": photograph(office.folder / "บัตร.png")}
    first = clerk.add("service-requests", {**_request("นางสาวมะลิ ใจดี", "6/10/2568"), **attached})
    clerk.move(first, "รับเรื่อง เอกสารครบ", {**HEALTH, "วันที่รับเรื่อง": "7/10/2568"})
    clerk.move(first, "แล้วเสร็จ", {"วันที่แล้วเสร็จ": "9/10/2568", "ผลการดำเนินการ": "ส่งมอบถังขยะที่บ้านแล้ว"})
    own = secretary.add("service-requests", _request("นายบุญมี สวนดี", "15/10/2568"))
    secretary.refused(own, "ไม่อนุญาต", "ผู้ขอหรือผู้บันทึกพิจารณาเรื่องของตนเองไม่ได้")
    mayor.move(own, "ไม่อนุญาต", {"เหตุผล": "อยู่นอกเขตเทศบาล"})
    clerk.add("service-requests", _request("นางสมใจ ดีงาม", "๓ พ.ย. ๒๕๖๘"))
    supply.go(first)
    supply.hold("ปกปิด")
    assert "08-1234-5678" not in supply.words


def _request_from_outside(office: Office) -> None:
    clerk = office.clerk("clerk")
    asked = _request("นายแก้ว มั่นใจ", "")
    del asked["วันที่ยื่น"]
    with office.outsider() as outsider:
        attached: Values = {"เอกสารประกอบ": photograph(office.folder / "บ้าน.png")}
        outsider.begin("ยื่นคำขอรับบริการออนไลน์", {**asked, **attached})
        _do_requests(office)
        code = outsider.send()
        outsider.track(code, "ยื่นแล้ว")
        entry = clerk.find("service-requests", "แก้ว")
        today = clerk.fact("วันที่ยื่น")
        clerk.move(entry, "ขอเอกสารเพิ่ม", {"สิ่งที่ขาด": "สำเนาทะเบียนบ้าน", "เหตุผล": "เอกสารไม่ครบ"})
        outsider.track(code, "รอเอกสารเพิ่ม", "สำเนาทะเบียนบ้าน")
        outsider.put({"ข้อความถึงเจ้าหน้าที่": "ทะเบียนบ้านเลขที่ 12 หมู่ 2"})
        outsider.press("ส่งข้อความ")
        outsider.hold("ส่งข้อความถึงเจ้าหน้าที่แล้ว")
        clerk.go(entry)
        clerk.hold("ทะเบียนบ้านเลขที่ 12 หมู่ 2")
        clerk.move(entry, "รับเรื่อง เอกสารครบ", {**HEALTH, "วันที่รับเรื่อง": today})
        clerk.move(entry, "แล้วเสร็จ", {"วันที่แล้วเสร็จ": today, "ผลการดำเนินการ": "ส่งมอบที่บ้านแล้ว"})
        outsider.track(code, "แล้วเสร็จ", "ส่งมอบที่บ้านแล้ว")


SERVICE_REQUESTS = Life(
    register="service-requests",
    name="ทะเบียนคำขอรับบริการออนไลน์",
    keeper="clerk",
    year=2569,
    before=_open_service,
    daily=_request_from_outside,
    takes_outside=True,
    head=tuple(_request("", "")),
    good=[_request("นางลำดวน หอมดี", "12/1/2569"), _request("นายสิงห์ ทองคำ", "2026-03-02")],
    like=_request("นายใคร ไม่ทราบ", "1/6/2569"),
    wrong=[
        {"บริการที่ขอ": "ขอรับเครื่องบิน"},
        {"บริการที่ขอ": ""},
        {"ชื่อและนามสกุลผู้ยื่น": ""},
        {"ชื่อและนามสกุลผู้ยื่น": "ก" * 201},
        {"โทรศัพท์": ""},
        {"โทรศัพท์": "08-12"},
        {"อีเมล": "mali ที่ example"},
        {"รายละเอียดคำขอ": ""},
        {"รายละเอียดคำขอ": "ก" * 3001},
        {"รายละเอียดคำขอ": "#REF!"},
        {"วันที่ยื่น": "31/6/2569"},
        {"วันที่ยื่น": "1/1/2642"},
    ],
    missed=1,
    nothing=2,
    paper=(0, [BIN, "กองสาธารณสุขและสิ่งแวดล้อม", "รวม2"]),
    title="สถิติคำขอรับบริการออนไลน์",
    shown=[BIN, "แล้วเสร็จ", "ไม่อนุญาต", "น้อยกว่า 3", "เดือนธันวาคม 2568"],
    hidden=["มะลิ", "บุญมี", "ลำดวน", "08-1234-5678", "0812345678", "mali@example.com", "12 หมู่ 2", "120 ลิตร"],
    fed=Fed("service.online", "บุคคลภายนอกขอรับบริการทางออนไลน์ได้อย่างน้อยหนึ่งงาน", by_entries=True),
)


# --- participation --------------------------------------------------------------------------------------------------
def _forum(topic: str, day: str, people: str, **more: str) -> dict[str, str]:
    return {
        "ประเด็นหรือเรื่อง": topic,
        "วันที่จัด": day,
        "ส่วนราชการ": "สำนักปลัดเทศบาล",
        "วิธีการมีส่วนร่วม": "ประชาคมท้องถิ่น",
        "สถานที่": "ศาลาประชาคมหมู่ที่ 3",
        "กลุ่มผู้มีส่วนร่วม": "ประชาชนหมู่ที่ 3 ผู้นำชุมชน อสม.",
        "จำนวนบุคคลภายนอก": people,
        "จำนวนเจ้าหน้าที่": "6",
        "ผลจากการมีส่วนร่วม": "เสนอซ่อมถนนซอย 5 ติดต่อผู้ใหญ่บ้าน 08-9876-5432",
        "การนำผลไปใช้": "บรรจุโครงการซ่อมถนนซอย 5 ในแผนดำเนินงาน",
        **more,
    }


ROAD = "จัดทำแผนพัฒนาท้องถิ่น หมู่ที่ 3"


def _take_part(office: Office) -> None:
    analyst, officer = office.clerk("analyst"), office.clerk("officer")
    minutes = paper(office.folder / "รายงานการประชุม.docx", "รายงานการประชุมประชาคม")
    files: Values = {
        "คำสั่ง รายงานการประชุม หรือแบบรายงาน": minutes,
        "ภาพกิจกรรม": photograph(office.folder / "ประชาคม.png"),
    }
    analyst.add("participation", {**_forum(ROAD, "15/1/2569", "42"), **files})
    analyst.hold("รายงานการประชุม.docx", "ประชาคม.png")
    officer.add("participation", _forum("ร่วมตรวจรับถนนซอย 5", "๒ มี.ค. ๒๕๖๙", "4", ส่วนราชการ="กองช่าง"))
    same = _forum("รับฟังความเห็นงบประมาณ", "20/2/2569", "20")
    analyst.try_to_add("participation", same | {"การนำผลไปใช้": same["ผลจากการมีส่วนร่วม"]})
    analyst.hold("ยังบันทึกไม่ได้", "การนำผลไปใช้เขียนเหมือนผลจากการมีส่วนร่วม")
    analyst.add("participation", same)


def _suggest(office: Office) -> None:
    publisher = office.clerk("publisher")
    publisher.publish("suggestions", takes_outside=True)
    words = {"เรื่อง": "เปิดรับชำระภาษีวันเสาร์", "ข้อคิดเห็นหรือข้อเสนอแนะ": "คนทำงานมาวันธรรมดาไม่ได้", "ชื่อผู้เสนอ": "นายแก้ว มั่นใจ"}
    with office.outsider() as outsider:
        outsider.begin("เสนอแนะเทศบาล", words)
        _take_part(office)
        code = outsider.send()
        outsider.track(code, "รับไว้")
        entry = publisher.find("suggestions", "ภาษีวันเสาร์")
        day = publisher.fact("วันที่รับ")
        publisher.move(entry, "ส่งส่วนราชการพิจารณา", {"ส่วนราชการที่พิจารณา": "กองคลัง"})
        decided = {"ผลการพิจารณา": "รับไปดำเนินการ", "เหตุผล": "จัดเวรเจ้าหน้าที่ได้", "วันที่พิจารณา": day}
        publisher.move(entry, "แจ้งผลการพิจารณา", decided)
        outsider.track(code, "พิจารณาแล้ว", "จัดเวรเจ้าหน้าที่ได้")


PARTICIPATION = Life(
    register="participation",
    name="ทะเบียนการเปิดโอกาสให้บุคคลภายนอกมีส่วนร่วม",
    keeper="analyst",
    year=2569,
    daily=_suggest,
    mended=True,
    head=tuple(_forum("", "", "")),
    good=[_forum("ประชาคมหมู่ที่ 5", "12/12/2568", "33", วิธีการมีส่วนร่วม="รับฟังความคิดเห็น")],
    like=_forum("ประชาคมหมู่ที่ 6", "13/12/2568", "30"),
    wrong=[
        {"ประเด็นหรือเรื่อง": ""},
        {"ประเด็นหรือเรื่อง": "ก" * 301},
        {"วันที่จัด": "31/2/2569"},
        {"วันที่จัด": "1/1/2642"},
        {"ส่วนราชการ": "กองยานอวกาศ"},
        {"วิธีการมีส่วนร่วม": "โทรจิต"},
        {"กลุ่มผู้มีส่วนร่วม": ""},
        {"จำนวนบุคคลภายนอก": "0"},
        {"จำนวนบุคคลภายนอก": "มากมาย"},
        {"จำนวนเจ้าหน้าที่": "-1"},
        {"การนำผลไปใช้": "เสนอซ่อมถนนซอย 5 ติดต่อผู้ใหญ่บ้าน 08-9876-5432"},
        {"ผลจากการมีส่วนร่วม": "ประชาคมหมู่ที่ 6"},
    ],
    missed=1,
    nothing=None,
    paper=(0, [ROAD, "ร่วมตรวจรับถนนซอย 5", "รวม4", "รวม99"]),
    title="ผลการเปิดโอกาสให้มีส่วนร่วม",
    shown=[ROAD, "ประชาคมหมู่ที่ 5", "xx-xxxx-xxxx", "99"],
    hidden=["08-9876-5432"],
    fed=Fed("participation.activities", "แบบรายงานการมีส่วนร่วม คำสั่ง และรายงานการประชุม", by_entries=True),
)
