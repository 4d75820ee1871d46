"""Thai words for the closed lists of register files."""

from collections.abc import Mapping

from prongsai.registers.model import FieldType, Flow, Openness, Rhythm

FLOW_TH: Mapping[Flow, str] = {
    Flow.RECORD: "บันทึก",
    Flow.REQUEST: "คำขอ–พิจารณา",
    Flow.PLAN: "แผน–ความก้าวหน้า",
}
RHYTHM_TH: Mapping[Rhythm, str] = {
    Rhythm.MONTHLY: "ทุกเดือน",
    Rhythm.QUARTERLY: "ทุกไตรมาส",
    Rhythm.HALF_YEARLY: "ทุก 6 เดือน",
    Rhythm.YEARLY: "ทุกปี",
}
TYPE_TH: Mapping[FieldType, str] = {
    FieldType.TEXT: "ข้อความ",
    FieldType.LONG_TEXT: "ข้อความยาว",
    FieldType.NUMBER: "ตัวเลข",
    FieldType.MONEY: "จำนวนเงิน",
    FieldType.DATE: "วันที่",
    FieldType.MONTH: "เดือน",
    FieldType.TIME: "เวลา",
    FieldType.PERIOD: "ช่วงเวลา",
    FieldType.CHOICE: "ตัวเลือก",
    FieldType.CHOICES: "ตัวเลือกหลายข้อ",
    FieldType.YES_NO: "ใช่หรือไม่",
    FieldType.PERSON: "บุคคล",
    FieldType.POST: "ตำแหน่ง",
    FieldType.UNIT: "ส่วนราชการ",
    FieldType.ENTRY: "รายการของทะเบียนอื่น",
    FieldType.FILE: "ไฟล์",
    FieldType.ADDRESS: "ที่อยู่",
    FieldType.PHONE: "โทรศัพท์",
    FieldType.EMAIL: "อีเมล",
    FieldType.LINK: "ลิงก์",
    FieldType.ID: "เลขประจำตัว",
    FieldType.ROWS: "ตารางย่อย",
    FieldType.DERIVED: "คำนวณให้",
}
OPENNESS_TH: Mapping[Openness, str] = {
    Openness.PUBLIC: "เปิดเผย",
    Openness.MASKED: "เปิดเผยแบบปกปิดบางส่วน",
    Openness.OFFICE: "ภายในหน่วยงาน",
    Openness.SECRET: "เฉพาะผู้ดูแลทะเบียน",
}
WHERE_TH: Mapping[str, str] = {
    "publication": "การเผยแพร่",
    "surveys": "แบบสำรวจ",
    "complaints": "เรื่องร้องเรียนการทุจริต",
    "planned: registers": "ทะเบียนที่จะมี",
}
