"""The path of information: officer by order, a request from outside, a breach with its hours, the website's company."""

from __future__ import annotations

from prongsai.thai.numerals import to_arabic
from tests.trips.groups_walk import Walk
from tests.trips.registers_clerk import Values

OFFICER: Values = {
    "ชื่อเจ้าหน้าที่": "นางสาวจันทร์ เรียบร้อย",
    "หน้าที่": "เจ้าหน้าที่ประจำศูนย์",
    "คำสั่งแต่งตั้งที่": "120/2568",
    "ปฏิบัติหน้าที่ตั้งแต่": "1/10/2568",
}
ASKED: Values = {
    "เรื่องที่ขอ": "สัญญาจ้างก่อสร้างถนนซอย 5",
    "ข้อมูลที่ต้องการ": "สำเนาสัญญาและใบตรวจรับของงวดสุดท้าย",
    "วิธีรับข้อมูล": "สำเนา",
    "ชื่อผู้ขอ": "นางสาวมะลิ ใจดี",
    "ช่องทางติดต่อกลับ": "08-1234-5678",
    "ประเภทผู้ขอ": "ประชาชน",
}
SECTION = "มาตรา 15 (5) รายงานการแพทย์หรือข้อมูลส่วนบุคคล"
ANSWER = {"คำตอบถึงผู้ขอ": "ส่งสำเนาสัญญาแล้ว 12 หน้า ท่านอุทธรณ์ได้ภายใน 15 วัน"}
WHY = {"มาตราที่ไม่เปิดเผย": SECTION, "เหตุผลที่ไม่เปิดเผย": "สำเนาบัตรของคู่สัญญาเป็นข้อมูลส่วนบุคคล"}
BREACH: Values = {
    "เหตุที่เกิด": "ส่งบัญชีรายชื่อผิดกลุ่มไลน์",
    "วันที่ทราบเหตุ": "5/1/2569",
    "เวลาที่ทราบเหตุ": "14.30",
    "ผู้พบเหตุ": "นายอรุณ ขยันยิ่ง",
    "ส่วนราชการที่เกิดเหตุ": "กองคลัง",
    "ลักษณะของเหตุ": "ข้อมูลรั่วหรือเปิดเผยโดยมิชอบ",
    "ประเภทข้อมูลที่เกี่ยวข้อง": "ชื่อ เลขบัญชีธนาคาร",
    "จำนวนเจ้าของข้อมูลโดยประมาณ": "120",
    "สาเหตุและการระงับเหตุเบื้องต้น": "เลือกกลุ่มผิด ลบข้อความใน 10 นาที",
    "ระดับความเสี่ยงต่อเจ้าของข้อมูล": "มีความเสี่ยง",
}
HOSTING: Values = {
    "บริษัท": "บริษัท เว็บสวนพลู จำกัด",
    "บริการ": "เว็บไซต์หลัก",
    "เลขที่สัญญา": "12/2569",
    "วันสิ้นสุดสัญญา": "30/9/2569",
    "พื้นที่ตามสัญญา": "50",
    "พื้นที่ที่ใช้ไป": "41",
    "วันที่ตรวจดู": "5/1/2569",
}
HEADING: Values = {
    "ประเภทคำขอ": "หัวข้อใหม่",
    "เรื่อง": "แผนปฏิบัติการป้องกันการทุจริต",
    "สิ่งที่ขอให้ทำ": "เพิ่มหัวข้อในเมนู ITA",
    "ส่วนราชการที่ขอ": "กองช่าง",
    "บริษัท": "บริษัท เว็บสวนพลู จำกัด เว็บไซต์หลัก",
    "วันที่ส่งคำขอ": "5/1/2569",
}


def information(walk: Walk) -> None:
    """Walk it."""
    _appoint(walk)
    _answer(walk)
    _publish(walk)
    _breach(walk)
    _company(walk)


def _appoint(walk: Walk) -> None:
    """Nobody is in office at the centre without an order that names them."""
    clerk = walk.clerk("clerk")
    clerk.open("ทะเบียนเจ้าหน้าที่ศูนย์ข้อมูลข่าวสาร")
    clerk.refuse("information-officers", OFFICER, "ไม่พบคำสั่งเลขที่ 120/2568")
    members = ("นายวิเชียร รอบรู้ ประธานกรรมการ", "นางสาวจันทร์ เรียบร้อย กรรมการและเลขานุการ")
    walk.clerk("personnel").appoint("คณะทำงานศูนย์ข้อมูลข่าวสาร", "120/2568", "1/10/2568", *members)
    clerk.add("information-officers", OFFICER)


def _answer(walk: Walk) -> None:
    """A refusal in part says its section and its reason; outside nobody reads who asked."""
    clerk, officer = walk.clerk("clerk"), walk.clerk("officer")
    clerk.publish("information-requests", takes_outside=True)
    with walk.outsider() as outsider:
        outsider.begin("ขอข้อมูลข่าวสารของราชการ", ASKED)
        code = outsider.send()
        entry = clerk.find("information-requests", "ถนนซอย")
        clerk.move(entry, "ส่งส่วนราชการเจ้าของข้อมูล", {"ส่วนราชการเจ้าของข้อมูล": "กองช่าง"})
        answer = {"ผลการพิจารณา": "เปิดเผยบางส่วน", "วันที่ตอบ": clerk.fact("วันที่ยื่นคำขอ"), **ANSWER}
        clerk.stopped(entry, "ตอบคำขอ", answer, "มาตราที่ไม่เปิดเผย", "เหตุผลที่ไม่เปิดเผย")
        clerk.move(entry, "ตอบคำขอ", {**answer, **WHY})
        clerk.print(entry, walk.folder, "สัญญาจ้างก่อสร้างถนนซอย 5", SECTION, "ตอบแล้ว")
        officer.go(entry)
        officer.hold("ปกปิด", SECTION)
        assert "มะลิ" not in officer.words
        outsider.track(code, "ตอบแล้ว", "ส่งสำเนาสัญญาแล้ว 12 หน้า")


def _publish(walk: Walk) -> None:
    """A quarter that is closed is read by everybody: what was asked and decided, not by whom nor why."""
    clerk, coordinator = walk.clerk("clerk"), walk.clerk("coordinator")
    by_letter = {**ASKED, "วันที่ยื่นคำขอ": "5/1/2569", "ช่องทาง": "หนังสือ"}
    entry = clerk.add("information-requests", by_letter)
    clerk.move(entry, "ส่งส่วนราชการเจ้าของข้อมูล", {"ส่วนราชการเจ้าของข้อมูล": "กองคลัง"})
    clerk.move(entry, "ตอบคำขอ", {"ผลการพิจารณา": "ไม่เปิดเผย", "วันที่ตอบ": "12/1/2569", **ANSWER, **WHY})
    coordinator.go("registers/year/?year=2569")
    coordinator.press("เปิดงวดที่ยังขาด")
    clerk.board("information-requests", 2569)
    clerk.close(clerk.periods()[1])
    with walk.outsider() as outsider:
        outsider.open_table("สถิติคำขอข้อมูลข่าวสารของราชการ")
        outsider.hold("ไม่เปิดเผย", "กองคลัง", "12 ม.ค. 2569", "จำนวนตามผลการพิจารณา")
        public = [outsider.page.content(), *outsider.answers()]
    assert not [each for each in ("มะลิ", "08-1234-5678", "สำเนาบัตร") if any(each in text for text in public)]


def _breach(walk: Walk) -> None:
    """Hours run from the minute of finding; a risk is told, and why it was told late; nobody else reads it."""
    legal = walk.clerk("legal")
    entry = legal.add("breaches", BREACH)
    legal.hold("ต้องแจ้งสำนักงานภายใน", "8 ม.ค. 2569 เวลา 14.30 น.", "เกินกำหนด")
    legal.refused(entry, "ไม่ต้องแจ้ง ไม่มีความเสี่ยง", "เหตุที่มีความเสี่ยงต้องแจ้งสำนักงาน")
    late = {"วันที่แจ้งสำนักงาน": "9/1/2569", "เวลาที่แจ้งสำนักงาน": "10.00"}
    legal.stopped(entry, "แจ้งสำนักงานแล้ว", late, "แจ้งเกินกำหนด 19 ชั่วโมง 30 นาที ต้องบอกเหตุผล")
    legal.move(entry, "แจ้งสำนักงานแล้ว", late | {"เหตุผลที่แจ้งเกิน 72 ชั่วโมง": "ยืนยันเหตุได้เมื่อวันที่ 8"})
    legal.hold("91 ชั่วโมง 30 นาที")
    closed = {"มาตรการแก้ไข เยียวยา และป้องกัน": "ตั้งรหัสไฟล์ทุกครั้ง", "วันที่ปิดเหตุ": "20/1/2569"}
    legal.move(entry, "ปิดเหตุ", closed)
    walk.clerk("clerk").barred(entry)
    walk.clerk("officer").barred("registers/breaches/")


def _company(walk: Walk) -> None:
    """Room that runs out is told; nothing that the company did is done without proof."""
    publisher, officer = walk.clerk("publisher"), walk.clerk("officer")
    publisher.add("web-hosting", HOSTING)
    publisher.hold("พื้นที่เว็บไซต์ใช้ตั้งแต่ร้อยละ 80 แล้ว")
    officer.refuse("website-requests", HEADING, "ข้อ OIT หรือหน้าเว็บที่เกี่ยวข้อง")
    entry = officer.add("website-requests", {**HEADING, "ข้อ OIT หรือหน้าเว็บที่เกี่ยวข้อง": "O23"})
    promise = {"วันที่รับปากว่าจะเสร็จ": "12/1/2569", "คำตอบของบริษัท": "จะเพิ่มหัวข้อให้"}
    publisher.move(entry, "บันทึกคำตอบของบริษัท", promise)
    publisher.stopped(entry, "เสร็จแล้ว มีหลักฐาน", {"วันที่เสร็จ": "10/1/2569"}, "ต้องมีหลักฐาน")
    proof = {"วันที่เสร็จ": "10/1/2569", "ที่อยู่หน้าที่ทำแล้ว": "https://www.example.go.th/ita/o23"}
    publisher.move(entry, "เสร็จแล้ว มีหลักฐาน", proof)
    assert to_arabic(publisher.fact("จำนวนวันจนเสร็จ")).startswith("5")
