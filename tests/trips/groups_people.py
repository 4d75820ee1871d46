"""The path of services and people: a shorter service, posts and who fills them, evaluations that few may read."""

from __future__ import annotations

from datetime import date, timedelta

from prongsai.thai.fiscal import fiscal_year_be
from prongsai.thai.numerals import to_arabic
from tests.trips.groups_walk import Walk
from tests.trips.registers_clerk import Values

BUILDING = "การขออนุญาตก่อสร้างอาคาร"
MANUAL: Values = {
    "บริการ": BUILDING,
    "ส่วนราชการ": "กองช่าง",
    "กฎหมาย": "พระราชบัญญัติควบคุมอาคาร พ.ศ. 2522",
    "หลักเกณฑ์และเงื่อนไข": "ยื่นคำขอก่อนเริ่มก่อสร้าง",
    "ขั้นตอนและระยะเวลา": [
        {"ขั้นตอน": "ตรวจเอกสาร", "เวลา": "60", "ผู้รับผิดชอบ": "กองช่าง"},
        {"ขั้นตอน": "ตรวจสถานที่", "เวลา": "840", "ผู้รับผิดชอบ": "กองช่าง"},
    ],
    "แล้วเสร็จภายใน": "7",
    "ไม่ต้องใช้เอกสาร": "ใช่",
    "ค่าธรรมเนียม": "20",
    "ช่องทางให้บริการ": ["มาที่สำนักงาน"],
    "สถานที่และเวลา": "กองช่าง ชั้น 2 จันทร์ถึงศุกร์",
    "ช่องทางร้องเรียน": "สำนักปลัดเทศบาล",
    "ฉบับที่": "1",
    "ปรับปรุงเมื่อ": "5/1/2569",
}
SHORTER: Values = {
    "บริการ": BUILDING,
    "ส่วนราชการ": "กองช่าง",
    "วันที่เสนอ": "12/1/2569",
    "วิธีลด": "ตรวจเอกสารและแบบแปลนพร้อมกัน",
    "ขั้นตอนก่อน": "2",
    "ขั้นตอนหลัง": "1",
    "เวลาทำงานก่อน": "900",
    "เวลาทำงานหลัง": "630",
    "แล้วเสร็จภายใน ก่อน": "7",
    "แล้วเสร็จภายใน หลัง": "5",
    "กฎหมายที่ให้ลดได้": "พระราชบัญญัติควบคุมอาคาร พ.ศ. 2522 มาตรา 25",
}
# The plan holds in the present year, whenever this is.
YEAR = fiscal_year_be(date.today())
ENGINEER, CLERK = "16-2-05-4701-001", "16-2-01-4101-001"
HELD: Values = {"การครอง": "มีคนครอง", "ผู้ครอง": "นายอรุณ ขยันยิ่ง", "ครองตั้งแต่": "1/10/2563"}


def people(walk: Walk) -> None:
    """Walk it."""
    _shorten(walk)
    criteria = _criteria(walk)
    _fill_posts(walk, criteria)
    _evaluate(walk, criteria)


def _shorten(walk: Walk) -> None:
    """What shortens nothing is refused; whether the law lets it is not for who proposes it."""
    clerk, officer, legal = (walk.clerk(role) for role in ("clerk", "officer", "legal"))
    clerk.open("ทะเบียนคู่มือการให้บริการประชาชน")
    clerk.add("service-manuals", MANUAL)
    same = {"ขั้นตอนหลัง": "2", "เวลาทำงานหลัง": "900", "แล้วเสร็จภายใน หลัง": "7"}
    officer.refuse("process-shortening", {**SHORTER, **same}, "ยังไม่ได้ลดขั้นตอนหรือเวลาใดเลย")
    officer.refuse("process-shortening", {**SHORTER, "ขั้นตอนหลัง": "3"}, "ขั้นตอนหลังปรับปรุงมากกว่าเดิม")
    entry = officer.add("process-shortening", SHORTER)
    assert to_arabic(officer.fact("ร้อยละของเวลาทำงานที่ลดได้")).startswith("30")
    officer.refused(entry, "ตรวจข้อกฎหมายแล้ว ลดได้", "ขั้นตอนนี้เป็นของผู้มีอำนาจพิจารณา")
    legal.move(entry, "ตรวจข้อกฎหมายแล้ว ลดได้", {"ความเห็นทางกฎหมาย": "ทำเสร็จเร็วกว่าที่กฎหมายกำหนดได้"})
    clerk.move(entry, "เริ่มใช้", {"เริ่มใช้วันที่": "2/2/2569", "เลขที่ประกาศ": "5/2569"})
    clerk.go("registers/process-shortening/?year=2569")
    clerk.hold("เริ่มใช้แล้ว แต่คู่มือยังบอกเวลาเดิม")


def _criteria(walk: Walk) -> dict[str, str]:
    """Record the criteria in force, each by its kind."""
    personnel, titles = walk.clerk("personnel"), {}
    for kind in ("การสรรหาและคัดเลือก", "การประเมินผลการปฏิบัติงาน"):
        titles[kind] = f"หลักเกณฑ์{kind}"
        told = {"เรื่อง": kind, "ชื่อเอกสาร": titles[kind], "ผู้ออก": "คณะกรรมการพนักงานเทศบาลจังหวัด"}
        personnel.add("hr-criteria", {**told, "วันที่ออก": "1/7/2564", "วันที่ยืนยันว่าใช้บังคับ": "3/11/2568"})
    return titles


def _post(number: str, position: str, unit: str) -> dict[str, str]:
    return {
        "เลขที่ตำแหน่ง": number,
        "ตำแหน่ง": position,
        "สายงาน": "ทั่วไป",
        "ระดับ": "ชำนาญงาน",
        "ประเภทบุคลากร": "พนักงานเทศบาล",
        "ส่วนราชการ": unit,
        "มีกรอบตั้งแต่ปีงบประมาณ": str(YEAR - 1),
        "มีกรอบถึงปีงบประมาณ": str(YEAR + 1),
    }


def _fill_posts(walk: Walk, criteria: dict[str, str]) -> None:
    """Nobody has two posts, and nobody is appointed to one that is filled; an appointment stands in the plan."""
    personnel = walk.clerk("personnel")
    personnel.add("manpower", {**_post(ENGINEER, "นายช่างโยธา", "กองช่าง"), **HELD})
    second = _post(CLERK, "เจ้าพนักงานธุรการ", "กองช่าง")
    personnel.refuse("manpower", {**second, **HELD}, f"ครองอัตรา {ENGINEER} นายช่างโยธา อยู่แล้ว")
    vacant = personnel.add("manpower", {**second, "การครอง": "ว่าง"})
    days = [(date.today() - timedelta(days=ago)) for ago in (60, 40, 20)]
    announced, selected, appointed = (f"{day.day}/{day.month}/{day.year + 543}" for day in days)
    wanted = {"วิธี": "โอนย้าย", "วันที่ประกาศ": announced}
    right = {**wanted, "หลักเกณฑ์": criteria["การสรรหาและคัดเลือก"]}
    wrong = {**wanted, "หลักเกณฑ์": criteria["การประเมินผลการปฏิบัติงาน"]}
    free, filled = f"{CLERK} เจ้าพนักงานธุรการ", f"{ENGINEER} นายช่างโยธา"
    personnel.refuse("recruitment", {**wrong, "อัตรา": free}, "ไม่ใช่หลักเกณฑ์")
    chosen = {"ผู้สมัคร": "6", "ผู้ผ่านการคัดเลือก": "นายประหยัด พอดี", "วันที่คัดเลือกได้": selected}
    order = {"เลขที่คำสั่งแต่งตั้ง": "41/2569", "มีผลวันที่": appointed}
    entry = personnel.add("recruitment", {**right, "อัตรา": filled})
    personnel.hold("นายอรุณ ขยันยิ่งครองอยู่")
    personnel.move(entry, "ได้ผู้ผ่านการคัดเลือก", chosen)
    personnel.stopped(entry, "แต่งตั้ง", order, "นายอรุณ ขยันยิ่งครองอยู่")
    entry = personnel.add("recruitment", {**right, "อัตรา": free})
    personnel.move(entry, "ได้ผู้ผ่านการคัดเลือก", chosen)
    personnel.move(entry, "แต่งตั้ง", order)
    personnel.print(entry, walk.folder, free, "41/2569", "แต่งตั้งแล้ว")
    personnel.go(vacant)
    assert personnel.fact("ผู้ครอง") == "นายประหยัด พอดี"


def _evaluate(walk: Walk, criteria: dict[str, str]) -> None:
    """Criteria come before the round; nobody evaluates themselves, the level is the score's, and few may read it."""
    personnel = walk.clerk("personnel")
    levels = [{"ระดับ": "ดีมาก", "ตั้งแต่คะแนน": "80"}, {"ระดับ": "ดี", "ตั้งแต่คะแนน": "0"}]
    told: Values = {
        "รอบ": "รอบที่ ๑",
        "ช่วงเวลาของรอบ": ("1/10/2568", "31/3/2569"),
        "หลักเกณฑ์": criteria["การประเมินผลการปฏิบัติงาน"],
        "คะแนนต่ำสุด": "0",
        "คะแนนสูงสุด": "100",
        "ระดับผลการประเมิน": levels,
    }
    late = {**told, "วันที่ประกาศหลักเกณฑ์": "5/10/2568"}
    personnel.refuse("evaluation-rounds", late, "ต้องประกาศหลักเกณฑ์ก่อนวันเริ่มรอบ")
    personnel.add("evaluation-rounds", {**told, "วันที่ประกาศหลักเกณฑ์": "15/9/2568"})
    score = {
        "รอบ": personnel.title,
        "ผู้ถูกประเมิน": "นายอรุณ ขยันยิ่ง",
        "ส่วนราชการ": "กองช่าง",
        "ผู้ประเมิน": "นายชูชัย แข็งแรง",
        "วันที่ให้คะแนน": "31/3/2569",
        "คะแนน": "86",
        "ระดับ": "ดีมาก",
    }
    personnel.refuse("evaluations", {**score, "ผู้ประเมิน": "นายอรุณ ขยันยิ่ง"}, "ประเมินตนเองไม่ได้")
    personnel.refuse("evaluations", {**score, "ระดับ": "ดี"}, "อยู่ในระดับ “ดีมาก”")
    entry = personnel.add("evaluations", score)
    personnel.hold("ร้องเรียนผลการประเมิน")
    personnel.move(entry, "แจ้งผล", {"วันที่แจ้งผล": "21/4/2569", "ร้องเรียนได้ถึงวันที่": "20/5/2569"})
    secretary = walk.clerk("secretary")
    secretary.go(entry)
    secretary.hold("86", "ดีมาก")
    for role in ("head", "clerk", "legal"):  # the head is of another unit
        walk.clerk(role).barred(entry)
