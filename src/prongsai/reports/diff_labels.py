"""What the fields of records and the facts of a paper are called when a change in them is told."""

from prongsai.reports.heads import Role
from prongsai.reports.records import ProgressStatus

STATUS_TH = {
    ProgressStatus.DONE: "ดำเนินการแล้วเสร็จ",
    ProgressStatus.IN_PROGRESS: "อยู่ระหว่างดำเนินการ",
    ProgressStatus.NOT_STARTED: "ยังไม่ได้ดำเนินการ",
}
CAPACITY_TH = {
    "self": "ลงนามเอง",
    "acting_for": "รักษาราชการแทน",
    "delegated": "ปฏิบัติราชการแทน",
    "performing_duties": "ปฏิบัติหน้าที่",
    "acting_in_post": "รักษาการในตำแหน่ง",
}
FIELD_TH = {
    "code": "รหัสข้อ",
    "title": "ชื่อข้อ",
    "elements": "องค์ประกอบ",
    "score": "คะแนน",
    "prior_action": "สิ่งที่ปฏิบัติแล้ว",
    "recommendations": "ข้อเสนอแนะ",
    "units": "หน่วยงานรับผิดชอบ",
    "group": "หัวข้อกลุ่ม",
    "sub_indicator": "ตัวชี้วัดย่อย",
    "issue_no": "ประเด็นที่",
    "issue_title": "ชื่อประเด็น",
    "seq": "ลำดับ",
    "measure": "มาตรการ",
    "steps": "ขั้นตอน",
    "period": "ระยะเวลา",
    "responsible": "ผู้รับผิดชอบ",
    "results": "ผลการดำเนินการ",
    "outcomes": "ผลลัพธ์",
    "notes": "หมายเหตุ",
    "weaknesses": "จุดอ่อน",
    "follow_up": "การติดตามผล",
    "no": "ตัวชี้วัดที่",
    "name": "ชื่อตัวชี้วัด",
    "guidance": "แนวทาง",
    "progress": "ความก้าวหน้า",
    "status": "สถานะ",
    "ticked": "ช่องที่ทำเครื่องหมาย",
    "topic": "เรื่อง",
    "due": "กำหนดเวลา",
    "done": "การดำเนินการ",
}
FACT_TH = {
    "document_type": "ชนิดเอกสาร",
    "agency.name": "หน่วยงาน",
    "agency.district": "อำเภอ",
    "agency.province": "จังหวัด",
    "fiscal_year_be": "ปีงบประมาณ",
    "report_period": "รอบรายงาน",
    "memo.office": "ส่วนราชการ",
    "memo.number": "ที่",
    "memo.date": "วันที่",
    "memo.subject": "เรื่อง",
    "memo.to": "เรียน",
    "deadline": "กำหนดส่ง",
    "announced": "วันที่ประกาศ",
    "overall.score": "คะแนนรวม",
    "overall.level": "ระดับ",
    "signatory": "ผู้ลงนาม",
    "signatory.name": "ชื่อผู้ลงนาม",
    "signatory.position": "ตำแหน่งผู้ลงนาม",
    "signatory.opinion_of": "ความเห็นของ",
    "signatory.opinion": "ความเห็น",
    "signatory.capacity": "ฐานะที่ลงนาม",
    "indicator.score": "คะแนน",
    "indicator.title": "ชื่อตัวชี้วัด",
    "indicator": "คะแนนตัวชี้วัด",
}
ROLE_TH = {
    Role.NUMBER: "ลำดับ",
    Role.INSTRUMENT: "เครื่องมือ",
    Role.SCORE: "คะแนน",
    Role.CODE: "รหัสข้อ",
    Role.ITEM: "รายการ",
    Role.INDICATOR: "ตัวชี้วัด",
    Role.TOPIC: "ประเด็น",
    Role.MEASURE: "มาตรการ",
}


def field_th(name: str) -> str:
    """Give what a field is called; a column that nobody knows by its own head."""
    return FIELD_TH.get(name) or FACT_TH.get(name) or ROLE_TH.get(name) or name  # type: ignore[call-overload]
