"""The path of property, plans and money: holders, the yearly count, a by-law that adds up, spending from the ledger."""

from __future__ import annotations

from tests.registers.ledger_files import LINES, grouped
from tests.trips.groups_walk import Walk
from tests.trips.registers_clerk import Values

PROJECTOR = "416-63-0012 เครื่องฉายภาพ"
MOVED: Values = {
    "ทรัพย์สิน": PROJECTOR,
    "วันที่เปลี่ยน": "5/1/2569",
    "ส่วนราชการที่รับ": "กองช่าง",
    "ผู้ครอบครองใหม่": "นายอรุณ ขยันยิ่ง",
    "เหตุผล": "โอนให้กองช่างใช้ประชุม",
    "เลขที่หนังสือหรือใบส่งมอบ": "ลบ 52702/15",
}
PROJECT, CODE = "ปรับปรุงถนนสายหลังตลาด", "1-01-017"
PLANNED: Values = {
    "รหัสโครงการ": CODE,
    "โครงการ": PROJECT,
    "แผนตั้งแต่ปี พ.ศ.": "2566",
    "แผนถึงปี พ.ศ.": "2570",
    "ยุทธศาสตร์": "การพัฒนาโครงสร้างพื้นฐาน",
    "งบประมาณแต่ละปี": [{"ปีงบประมาณ": "2569", "จำนวนเงิน": "450000"}],
    "หน่วยงานรับผิดชอบ": "กองช่าง",
    "เป้าหมาย": "ถนนคอนกรีตยาว 300 เมตร",
    "ตัวชี้วัด": "ร้อยละของครัวเรือนที่สัญจรได้ทุกฤดู",
}
BYLAW: Values = {
    "ประเภท": "งบประมาณรายจ่ายประจำปี",
    "เลขที่หรือฉบับที่": "1/2569",
    "ใช้บังคับตั้งแต่วันที่": "1/10/2568",
    "ยอดรวมทั้งสิ้น": "570000",
}
PASSING: tuple[tuple[str, Values], ...] = (
    ("สภาเห็นชอบ", {"วันที่สภาเห็นชอบ": "28/8/2568"}),
    ("ผู้กำกับดูแลเห็นชอบ", {"วันที่ผู้กำกับดูแลเห็นชอบ": "15/9/2568", "ผู้กำกับดูแลที่เห็นชอบ": "นายอำเภอ"}),
)
ENACT = "ประกาศใช้บังคับ"


def property_and_money(walk: Walk) -> None:
    """Walk it."""
    _hand_over(walk)
    _count(walk)
    _pass_the_budget(walk)
    _spend(walk)


def _hand_over(walk: Walk) -> None:
    """Hands change in the order of days, and the register shows the last."""
    supply = walk.clerk("supply")
    supply.open("ทะเบียนคุมทรัพย์สิน")
    code, _space, name = PROJECTOR.partition(" ")
    told = {"เลขครุภัณฑ์": code, "รายการ": name, "ประเภท": "ครุภัณฑ์", "ส่วนราชการเจ้าของ": "กองคลัง"}
    asset = supply.add("assets", {**told, "ผู้ครอบครอง": "นายประหยัด พอดี"})
    supply.press("เปลี่ยนผู้ครอบครอง", "link")
    supply.put({label: value for label, value in MOVED.items() if label != "ทรัพย์สิน"})
    supply.press("บันทึก")
    supply.hold("บันทึกเลขที่ 1 แล้ว", "นายประหยัด พอดี")
    supply.refuse("asset-moves", {**MOVED, "วันที่เปลี่ยน": "4/1/2569"}, "เปลี่ยนผู้ครอบครองครั้งหลังสุดเมื่อ 5 ม.ค. 2569")
    supply.go(asset)
    assert supply.fact("ผู้ครอบครอง") == "นายอรุณ ขยันยิ่ง"


def _count(walk: Walk) -> None:
    """Nobody counts without an order; nothing missing goes out before somebody looks into it."""
    supply = walk.clerk("supply")
    told = {"ตรวจสอบยอด ณ วันที่": "30/9/2568", "คำสั่งแต่งตั้งเลขที่": "412/2568"}
    supply.refuse("stock-takings", told, "ไม่พบคำสั่งแต่งตั้งคณะเลขที่ 412/2568")
    members = ("นายชูชัย แข็งแรง ประธานกรรมการ", "นางวิไล สอนดี กรรมการ")
    walk.clerk("personnel").appoint("คณะกรรมการตรวจสอบพัสดุประจำปี", "412/2568", "15/9/2568", *members)
    entry = supply.add("stock-takings", told)
    supply.move(entry, "เริ่มตรวจสอบ", {"วันที่เริ่มตรวจสอบ": "1/10/2568"})
    gone = {"เลขและชื่อรายการ": PROJECTOR, "ตามทะเบียน": "1", "นับได้": "1", "ลักษณะ": "สูญหาย", "เหตุผล": "หาไม่พบในห้องประชุม"}
    report = {
        "จำนวนรายการที่ตรวจนับ": "1",
        "วันที่เสนอรายงาน": "5/11/2568",
        "ตรงทะเบียนทุกรายการ": "ไม่ใช่",
        "สรุปผลและข้อเสนอ": "ไม่มี",
    }
    wrong = {**report, "รายการที่ไม่ตรงทะเบียนหรือชำรุด": [gone]}
    supply.stopped(entry, "เสนอรายงาน", wrong, "แถวที่ 1 บอกว่าสูญหาย แต่นับได้ไม่น้อยกว่าทะเบียน")
    supply.move(entry, "เสนอรายงาน", {**report, "รายการที่ไม่ตรงทะเบียนหรือชำรุด": [{**gone, "นับได้": "0"}]})
    supply.refused(entry, "ส่งสำเนาให้ สตง.", "ยังไม่มีคำสั่งสอบข้อเท็จจริงของ")


def _line(item: str, amount: str, **more: str) -> Values:
    return {
        "ด้าน": "การเศรษฐกิจ",
        "แผนงาน": "แผนงานอุตสาหกรรมและการโยธา",
        "งาน": "งานก่อสร้าง",
        "งบ": "งบลงทุน",
        "หมวด": "ค่าที่ดินและสิ่งก่อสร้าง",
        "รายการ": item,
        "หน่วยงานรับผิดชอบ": "กองช่าง",
        "จำนวนเงินตามเทศบัญญัติ": amount,
        **more,
    }


def _pass_the_budget(walk: Walk) -> None:
    """A by-law comes into force when its lines add up to its total, and no project starts before."""
    analyst = walk.clerk("analyst")
    analyst.add("development-plan", PLANNED, year=2569)
    bylaw = analyst.add("budget-bylaws", BYLAW)
    of_it = {"เทศบัญญัติ": analyst.title}
    analyst.hold("ยังไม่มีรายการงบประมาณของเทศบัญญัติฉบับนี้")
    analyst.add("budget-lines", {**_line(PROJECT, "450000", รหัสโครงการในแผนพัฒนา=CODE), **of_it})
    for name, values in PASSING:
        analyst.move(bylaw, name, values)
    analyst.refused(bylaw, ENACT, "ไม่เท่ายอดรวมของเทศบัญญัติ 570,000.00 บาท ต่างกัน 120,000.00 บาท")
    project = {
        "รหัสโครงการในแผนพัฒนา": CODE,
        "โครงการ/กิจกรรม": PROJECT,
        "งบประมาณ": "450000",
        "แหล่งเงิน": "เทศบัญญัติ",
        "ระยะเวลาดำเนินการ": ("5/1/2569", "31/3/2569"),
        "หน่วยงานรับผิดชอบ": "กองช่าง",
    }
    road = walk.clerk("officer").add("operation-plan", project)
    analyst.refused(road, "เริ่มดำเนินการ", "เทศบัญญัติงบประมาณรายจ่ายประจำปี ๒๕๖๙ ยังไม่ใช้บังคับ")
    analyst.add("budget-lines", {**_line("วัสดุสำนักงาน", "120000"), **of_it})
    analyst.move(bylaw, ENACT, {"วันที่ประกาศ": "18/9/2568"})
    analyst.print(bylaw, walk.folder, "570,000.00", "ใช้บังคับ", "นายอำเภอ")
    analyst.move(road, "เริ่มดำเนินการ")


def _spend(walk: Walk) -> None:
    """Spending comes from the ledger's export; its columns are asked for once."""
    supply = walk.clerk("supply")
    programme, work, heading, item, code, _budget, *_moved, _spent = LINES[0]
    quarters = {f"แผนไตรมาส {number}": "30000" for number in range(1, 5)}
    plan = {"ด้าน": "บริหารทั่วไป", "แผนงาน": programme, "งาน": work, "งบ": "งบดำเนินงาน", "หมวด": heading, "รายการ": item}
    money = {"งบประมาณ": "120000", "แหล่งเงิน": "เทศบัญญัติ", "หน่วยงานรับผิดชอบ": "สำนักปลัดเทศบาล"}
    entry = supply.add("spending-plan", {**plan, **money, **quarters, "รหัสรายการในระบบบัญชี": code}, year=2569)
    export = walk.folder / "รายจ่าย.xlsx"
    export.write_bytes(grouped(LINES[:1], total=("120,000.00", "0", "0", "58,500.50")))
    supply.go("registers/spending-plan/?year=2569")
    supply.press("ยอดเบิกจ่ายจากระบบบัญชี", "link")
    supply.put({"ไฟล์จากระบบบัญชี": export, "รายงานของงวด": "ไตรมาส ๒ ปีงบประมาณ ๒๕๖๙"})
    supply.press("ตรวจไฟล์")
    supply.press("ใช้คอลัมน์เหล่านี้ แล้วตรวจไฟล์")
    supply.hold("58,500.50", "เท่ากัน")
    supply.press("บันทึกเข้าแผน")
    supply.hold("บันทึกยอดเบิกจ่ายแล้ว: ใหม่ 1 แก้ไข 0 รายการ")
    supply.go(entry)
    supply.hold("58,500.50")
