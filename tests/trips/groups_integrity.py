"""The path of integrity: a declaration, relations that bar a role, risks that a workshop chose, weaknesses of control."""

from __future__ import annotations

from tests.trips.groups_walk import Walk
from tests.trips.registers_clerk import Values, bare

DECLARED: Values = {
    "ประกาศของปีงบประมาณ": "2569",
    "ข้อความที่ประกาศ": "ข้าพเจ้าและเจ้าหน้าที่ทุกคนจะปฏิบัติหน้าที่ด้วยความซื่อสัตย์สุจริต",
    "ผู้ลงนาม": "นายสมหมาย ใจกว้าง",
    "ตำแหน่งผู้ลงนาม": "นายกเทศมนตรี",
    "วันที่ลงนาม": "1/10/2568",
}
RELATION: Values = {
    "ผู้แจ้ง": "นายอรุณ ขยันยิ่ง",
    "ส่วนราชการของผู้แจ้ง": "กองช่าง",
    "วันที่แจ้ง": "5/11/2568",
    "แจ้งว่า": "มี",
    "ความสัมพันธ์": "คู่สมรส",
    "ชื่อบุคคลหรือกิจการ": "ห้างหุ้นส่วนจำกัดสวนพลูโยธา",
    "ผลประโยชน์หรือความเกี่ยวข้อง": "คู่สมรสเป็นหุ้นส่วนผู้จัดการ",
}
ROLE: Values = {
    "งานที่ซื้อหรือจ้าง": "จ้างปรับปรุงถนนสายหลังตลาด",
    "เลขที่โครงการในระบบ e-GP": "69019000123",
    "หน้าที่": "กรรมการตรวจรับพัสดุ",
    "คำสั่งเลขที่": "55/2569",
    "ตั้งแต่วันที่": "15/1/2569",
    "ส่วนราชการเจ้าของงาน": "กองช่าง",
    "ผู้เสนอราคาและคู่สัญญาเท่าที่ทราบ": [{"ชื่อ": "หจก. สวนพลูโยธา"}],
}
PERMITS, SPENDING = "การพิจารณาอนุมัติ อนุญาต", "การใช้จ่ายงบประมาณและการบริหารทรัพยากรภาครัฐ"
BRIBE = "ผู้ตรวจแบบเรียกรับเงินเพื่อเร่งออกใบอนุญาต"
SUPERIOR = "ผู้บังคับบัญชาสั่งให้ตรวจรับงานที่ไม่ครบ"
WORKSHOP: Values = {
    "ชื่อการประชุม": "ประชุมคัดเลือกประเด็นความเสี่ยง",
    "วันที่จัด": "10/9/2568",
    "เลือกประเด็นของปีงบประมาณ": "2569",
    "ส่วนราชการที่จัด": "สำนักปลัดเทศบาล",
    "สถานที่": "ห้องประชุมชั้น 2",
    "ประธานหรือวิทยากร": "นายวิเชียร รอบรู้",
    "ผู้เข้าประชุม": [
        {"ชื่อ-สกุล": "นายอรุณ ขยันยิ่ง", "ส่วนราชการ": "กองช่าง"},
        {"ชื่อ-สกุล": "นายประหยัด พอดี", "ส่วนราชการ": "กองคลัง"},
    ],
}
WEAKNESS: Values = {
    "ภารกิจตามกฎหมายหรือกิจกรรมที่สำคัญ": "การรับเงินและนำส่งเงิน",
    "วัตถุประสงค์": "เพื่อให้เงินที่รับนำส่งครบถ้วนในวันเดียวกัน",
    "ความเสี่ยง": "เงินที่รับนอกเวลาราชการนำส่งล่าช้า",
    "การควบคุมภายในที่มีอยู่": "มีคำสั่งแต่งตั้งผู้รับเงินและผู้ตรวจสอบ",
    "การประเมินผลการควบคุมภายใน": "ปฏิบัติตามคำสั่ง แต่ไม่มีผู้สอบทานในวันหยุด",
    "ความเสี่ยงที่ยังมีอยู่": "เงินที่รับในวันหยุดยังนำส่งล่าช้า",
    "หน่วยงานที่รับผิดชอบ": "กองคลัง",
    "กำหนดเสร็จ": "31/3/2570",
}


def integrity(walk: Walk) -> None:
    """Walk it."""
    _declare(walk)
    _bar_a_role(walk)
    _choose_risks(walk)
    _assess(walk)
    _hide_a_superior(walk)
    _control(walk)


def _declare(walk: Walk) -> None:
    """Only the top executive declares."""
    legal = walk.clerk("legal")
    legal.open("ทะเบียนประกาศเจตจำนงสุจริตของผู้บริหาร")
    other = {"ผู้ลงนาม": "นายวิเชียร รอบรู้", "ตำแหน่งผู้ลงนาม": "ปลัดเทศบาล"}
    legal.refuse("integrity-declarations", {**DECLARED, **other}, "ไม่ได้เป็นผู้บริหารสูงสุดในวันที่ 1 ต.ค. 2568")
    entry = legal.add("integrity-declarations", DECLARED)
    place = {"ที่อยู่ที่เผยแพร่": "https://www.example.go.th/integrity", "วันที่เผยแพร่": "3/10/2568"}
    legal.move(entry, "เผยแพร่", place)


def _bar_a_role(walk: Walk) -> None:
    """A relation that was declared bars a role where it bids; what it is stays with its readers."""
    officer, supply = walk.clerk("officer"), walk.clerk("supply")
    officer.refuse("interests", {**RELATION, "ผู้แจ้ง": "นายชูชัย แข็งแรง"}, "แจ้งได้เฉพาะของตนเอง")
    entry = officer.add("interests", RELATION)
    supply.barred(entry)
    members = ("นายชูชัย แข็งแรง ประธานกรรมการ", "นายอรุณ ขยันยิ่ง กรรมการ")
    walk.clerk("personnel").appoint("คณะกรรมการตรวจรับพัสดุ", "55/2569", "10/1/2569", *members)
    barred = {**ROLE, "ผู้ทำหน้าที่": "นายอรุณ ขยันยิ่ง"}
    supply.refuse("procurement-roles", barred, "มีการแจ้งความสัมพันธ์ที่ขัดกับหน้าที่ในการจัดซื้อจัดจ้างนี้")
    assert "คู่สมรส" not in supply.words
    stranger = {**ROLE, "ผู้ทำหน้าที่": "นายเกษม สุขใจ"}
    supply.refuse("procurement-roles", stranger, "ผู้นี้ไม่มีชื่อในคำสั่งเลขที่ 55/2569")
    role = supply.add("procurement-roles", {**ROLE, "ผู้ทำหน้าที่": "นายชูชัย แข็งแรง"})
    supply.print(role, walk.folder, "กรรมการตรวจรับพัสดุ", "นายชูชัย แข็งแรง", "55/2569")


def _choose_risks(walk: Walk) -> None:
    """What a workshop did not choose says why."""
    legal = walk.clerk("legal")
    chosen = {"เหตุการณ์ความเสี่ยง": BRIBE, "ด้าน": PERMITS, "กระบวนงาน": "การออกใบอนุญาต", "ส่วนราชการเจ้าของ": "กองช่าง"}
    other = {"เหตุการณ์ความเสี่ยง": "เบิกวัสดุเกินจริง", "ด้าน": SPENDING, "กระบวนงาน": "การเบิกวัสดุ", "ส่วนราชการเจ้าของ": "กองคลัง"}
    left = {**other, "เลือก": "ไม่ใช่"}
    without = {**WORKSHOP, "ประเด็นที่เสนอ": [{**chosen, "เลือก": "ใช่"}, left]}
    legal.refuse("risk-workshops", without, "เหตุผลที่ไม่เลือก")
    reasoned = {**left, "เหตุผลที่ไม่เลือก": "มีการควบคุมเพียงพอแล้ว"}
    legal.add("risk-workshops", {**without, "ประเด็นที่เสนอ": [{**chosen, "เลือก": "ใช่"}, reasoned]})
    legal.hold("เลือก ยังไม่ได้ประเมินเป็นความเสี่ยง", "ไม่เลือก เพราะมีการควบคุมเพียงพอแล้ว")


def _risk(event: str, process: str, **more: str) -> Values:
    return {
        "ด้าน": PERMITS,
        "กระบวนงาน": process,
        "เหตุการณ์ความเสี่ยง": event,
        "โอกาสเกิด": "3",
        "ผลกระทบ": "5",
        "มาตรการจัดการความเสี่ยง": "กำหนดเวลาของแต่ละขั้นตอนและติดประกาศ",
        "ผู้รับผิดชอบ": "กองช่าง",
        "ระยะเวลาดำเนินการ": ("1/10/2568", "30/9/2569"),
        "เป็นประเด็นสินบน": "ใช่",
        "วันที่ประเมิน": "15/9/2568",
        **more,
    }


def _assess(walk: Walk) -> None:
    """The risk that was chosen stands on the page of its workshop, and in the part of bribery."""
    legal = walk.clerk("legal")
    workshop, title = legal.here, legal.title
    source = {
        "ที่มาของความเสี่ยง": "การประชุมคัดเลือกประเด็นความเสี่ยง",
        "การประชุมที่คัดเลือก": title,
        "ประเด็นตามที่คัดเลือก": BRIBE,
    }
    same = _risk(BRIBE, "การออกใบอนุญาต", มาตรการจัดการความเสี่ยง=BRIBE)
    legal.refuse("risks", {**same, **source}, "มาตรการเขียนเหมือนเหตุการณ์ความเสี่ยง")
    legal.add("risks", {**_risk(BRIBE, "การออกใบอนุญาต"), **source})
    legal.hold("สูงมาก", "15")
    legal.go(workshop)
    legal.hold("เลือก เป็น ความเสี่ยงเลขที่ 1/2569")


def _hide_a_superior(walk: Walk) -> None:
    """A risk about a superior is the auditor's alone: in no list, part or paper of others, its writer's included."""
    officer, legal, auditor = (walk.clerk(role) for role in ("officer", "legal", "auditor"))
    officer.try_to_add("risks", _risk(SUPERIOR, "การตรวจรับงาน", เกี่ยวกับผู้บังคับบัญชา="ใช่"))
    officer.hold("บันทึกเลขที่ 2")
    for each in (officer, legal, walk.clerk("mayor")):
        for part in ("", "&view=bribery", "&view=superior"):
            each.go(f"registers/risks/?year=2569{part}")
            assert SUPERIOR not in each.words, part
    auditor.go("registers/risks/?year=2569&view=superior")
    auditor.hold(SUPERIOR)
    entry = auditor.find("risks", "ผู้บังคับบัญชาสั่ง")
    legal.barred(entry)
    paper = legal.paper("registers/risks/?year=2569&view=bribery", "docx", walk.folder / "สินบน.docx")
    assert bare(BRIBE) in paper and bare(SUPERIOR) not in paper


def _control(walk: Walk) -> None:
    """An improvement is more than the control that there is."""
    head = walk.clerk("head")
    same = {"การปรับปรุงการควบคุมภายใน": str(WEAKNESS["การควบคุมภายในที่มีอยู่"])}
    more = {"การปรับปรุงการควบคุมภายใน": "กำหนดผู้สอบทานวันหยุด"}
    head.try_to_add("control-weaknesses", {**WEAKNESS, **same}, year=2569)
    head.hold("ยังบันทึกไม่ได้", "การปรับปรุงเขียนเหมือนการควบคุมที่มีอยู่")
    head.add("control-weaknesses", {**WEAKNESS, **more}, year=2569)
