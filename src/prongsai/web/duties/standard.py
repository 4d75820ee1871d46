"""The duties that every municipality has in a fiscal year, to start with; an office edits or switches off each.

They follow the working calendar that reports of municipalities describe; dates and lengths are customs, not law.
"""

from typing import NamedTuple

from prongsai.web.duties.models import DutyKind, Rhythm

FINANCE = ("กองคลัง", "สำนักคลัง", "ส่วนการคลัง")
OFFICE = ("สำนักปลัดเทศบาล", "สำนักปลัด")
PERSONNEL = ("กองการเจ้าหน้าที่", *OFFICE)
PLANNING = ("กองยุทธศาสตร์และงบประมาณ", "กองวิชาการและแผนงาน", *OFFICE)

FOLLOW_UP, TRACKING, RESULTS = "executive-follow-up", "tracking", "measures-report"


class Standard(NamedTuple):
    """A standard duty. units: names of units that usually do it, the first that the agency has gets it.

    days_after: from the end of the period. month: for what comes once a year in one month.
    """

    key: str
    title: str
    how: str
    rhythm: Rhythm
    days_after: int = 10
    month: int | None = None
    kind: DutyKind = DutyKind.GENERAL
    units: tuple[str, ...] = ()


STANDARD: tuple[Standard, ...] = (
    # ---- every month
    Standard(
        FOLLOW_UP,
        "ผู้บริหารติดตามการดำเนินการตามมาตรการ",
        "ดูงานที่เลยกำหนดและถึงกำหนดในเดือนนั้น แล้วบันทึกวันที่และข้อสั่งการ หลังงานสุดท้ายของเดือน",
        Rhythm.MONTHLY,
        kind=DutyKind.FOLLOW_UP,
    ),
    Standard(
        "service-counts",
        "รวบรวมสถิติการให้บริการของทุกส่วนราชการ",
        "ทุกส่วนราชการส่งจำนวนผู้รับบริการของเดือน เดือนที่ไม่มีผู้รับบริการให้แจ้งว่าไม่มี",
        Rhythm.MONTHLY,
        units=OFFICE,
    ),
    Standard(
        "complaint-counts",
        "สรุปจำนวนเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ",
        "นับเรื่องที่รับ แล้วเสร็จ และอยู่ระหว่างดำเนินการ เดือนที่ไม่มีเรื่องให้ลงชื่อยืนยันว่าไม่มี",
        Rhythm.MONTHLY,
        units=OFFICE,
    ),
    Standard(
        "procurement-summary",
        "สรุปผลการจัดซื้อจัดจ้างรายเดือน (สขร. ๑)",
        "จัดทำและเผยแพร่ให้ครบทุกเดือน เดือนที่ไม่มีการจัดซื้อจัดจ้างให้เผยแพร่แบบที่ระบุว่าไม่มี",
        Rhythm.MONTHLY,
        units=FINANCE,
    ),
    # ---- every quarter
    Standard(
        "stock-check",
        "ตรวจสอบวัสดุและครุภัณฑ์",
        "ตรวจนับเทียบทะเบียน พร้อมของที่ยืมยังไม่คืน",
        Rhythm.QUARTERLY,
        15,
        units=FINANCE,
    ),
    Standard(
        "budget-check",
        "ติดตามผลการใช้จ่ายงบประมาณ",
        "เทียบยอดเบิกจ่ายกับแผนรายไตรมาส พร้อมเหตุผลของรายการที่ล่าช้า",
        Rhythm.QUARTERLY,
        15,
        units=PLANNING,
    ),
    # ---- every half-year
    Standard(
        TRACKING,
        "รายงานการกำกับติดตามมาตรการส่งเสริมคุณธรรมและความโปร่งใส",
        "จัดทำจากความก้าวหน้าของมาตรการในหน้า “รายงาน” แล้วเสนอผู้บริหารสูงสุดอนุมัติ",
        Rhythm.HALF_YEARLY,
        15,
        kind=DutyKind.REPORT,
    ),
    Standard(
        "plan-spending",
        "รายงานผลการดำเนินงานตามแผนและการใช้จ่ายงบประมาณ",
        "ผลงาน ผลเบิกจ่าย ปัญหาและข้อเสนอแนะของรอบ",
        Rhythm.HALF_YEARLY,
        15,
        kind=DutyKind.REPORT,
        units=PLANNING,
    ),
    Standard(
        "prevention-plan",
        "รายงานผลตามแผนปฏิบัติการป้องกันการทุจริต",
        "ผลของทุกโครงการในแผน พร้อมงบประมาณที่ใช้",
        Rhythm.HALF_YEARLY,
        15,
        kind=DutyKind.REPORT,
        units=OFFICE,
    ),
    Standard(
        "gift-report",
        "รายงานการรับของขวัญและของกำนัล",
        "รวบรวมจากทุกส่วนราชการ รอบที่ไม่มีการรับให้ลงชื่อยืนยันว่าไม่มี",
        Rhythm.HALF_YEARLY,
        15,
        kind=DutyKind.REPORT,
        units=OFFICE,
    ),
    Standard(
        "procurement-progress",
        "รายงานความก้าวหน้าการจัดซื้อจัดจ้าง",
        "สัญญาที่ลงนามแล้วและสถานะ ณ วันสิ้นรอบ",
        Rhythm.HALF_YEARLY,
        15,
        kind=DutyKind.REPORT,
        units=FINANCE,
    ),
    Standard(
        "personnel-progress",
        "รายงานการดำเนินการด้านบริหารทรัพยากรบุคคล",
        "อัตรากำลัง การอบรม และผลตามแผนของรอบ",
        Rhythm.HALF_YEARLY,
        15,
        kind=DutyKind.REPORT,
        units=PERSONNEL,
    ),
    # ---- once a year, by month
    Standard(
        "analysis",
        "วิเคราะห์ผลการประเมิน ITA ปีที่ผ่านมาและกำหนดมาตรการ",
        "ครบทุกประเด็น แต่ละประเด็นมีผู้รับผิดชอบ ขั้นตอน การติดตาม และการรายงาน",
        Rhythm.YEARLY,
        0,
        10,
    ),
    Standard(
        "plans",
        "เผยแพร่แผนดำเนินงาน แผนการใช้จ่าย และแผนจัดหาพัสดุประจำปี",
        "",
        Rhythm.YEARLY,
        0,
        10,
        units=PLANNING,
    ),
    Standard(
        "personnel-policy",
        "เผยแพร่นโยบาย หลักเกณฑ์ และแผนบริหารทรัพยากรบุคคล พร้อมรายงานผลปีที่ผ่านมา",
        "",
        Rhythm.YEARLY,
        0,
        11,
        units=PERSONNEL,
    ),
    Standard(
        "annual-reports",
        "เผยแพร่รายงานผลการดำเนินงาน การจัดซื้อจัดจ้าง และความพึงพอใจของปีที่ผ่านมา",
        "",
        Rhythm.YEARLY,
        0,
        12,
        units=PLANNING,
    ),
    Standard(
        "no-gift",
        "ผู้บริหารสูงสุดประกาศเจตนารมณ์นโยบายไม่รับของขวัญ (No Gift Policy)",
        "ลงนามโดยผู้บริหารสูงสุดคนปัจจุบัน และแจ้งเวียนทุกคน",
        Rhythm.YEARLY,
        0,
        12,
        units=OFFICE,
    ),
    Standard(
        "manuals",
        "ปรับปรุงคู่มือปฏิบัติงาน คู่มือประชาชน และข้อมูลพื้นฐานบนเว็บไซต์",
        "อย่างน้อยหนึ่งคู่มือต่อส่วนราชการ",
        Rhythm.YEARLY,
        0,
        1,
        units=OFFICE,
    ),
    Standard(
        "risk",
        "ประเมินความเสี่ยงการทุจริตของปีถัดไป",
        "ทำให้เสร็จก่อนจัดทำแผนของปีถัดไป",
        Rhythm.YEARLY,
        0,
        9,
        units=OFFICE,
    ),
    Standard(
        RESULTS,
        "รายงานผลการดำเนินการเพื่อส่งเสริมคุณธรรมและความโปร่งใสประจำปี",
        "จัดทำพร้อมบันทึกและประกาศในหน้า “รายงาน” หลังสิ้นปีงบประมาณ",
        Rhythm.YEARLY,
        30,
        kind=DutyKind.REPORT,
    ),
)
