"""The faults of content, numbered for good (``faults.py`` holds those of reaching): which verdict must tell each."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tests.inspection import content_papers as made
from tests.inspection import content_site as site
from tests.inspection.content_site import CLEAN, Disclosed


@dataclass(frozen=True)
class ContentFault:
    """One change of the clean twin. element: whose verdict must fail; says: a word of its reason."""

    number: int
    what: str
    element: str
    says: str
    disclosed: Disclosed


def _of(name: str, **changed: object) -> Disclosed:
    return replace(CLEAN[name], **changed)  # type: ignore[arg-type]


TIS = (("content-type", "text/html; charset=utf-8"),)

CONTENT = (
    ContentFault(
        23,
        "เอกสารเป็นของปีก่อน",
        "item.year",
        "2568",
        _of("monthly", html=site.monthly_page("สรุปผลการจัดซื้อจัดจ้างรายเดือน"), files=lambda: site.monthly(year=2568)),
    ),
    ContentFault(24, "ไฟล์ปีก่อนใต้หัวข้อปีนี้", "item.year", "ทั้งที่หน้าเว็บ", _of("risks", files=lambda: site.risks(2567))),
    ContentFault(
        25, "PDF เป็นภาพสแกน", "item.readable", "สแกน", _of("risks", files=site.spoilt(site.risks, made.scanned))
    ),
    ContentFault(
        26, "หน้า PDF ตะแคง", "item.readable", "ตะแคง", _of("risks", files=site.spoilt(site.risks, made.turned))
    ),
    ContentFault(
        27, "PDF ใส่รหัสผ่าน", "item.readable", "รหัสผ่าน", _of("risks", files=site.spoilt(site.risks, made.locked))
    ),
    ContentFault(
        28,
        "ภาษาต่างดาว: หน้า TIS-620 ที่แม่ข่ายบอกว่า UTF-8",
        "item.readable",
        "ภาษาต่างดาว",
        _of("manual", html=lambda: site.manual().decode().encode("cp874"), headers=TIS),
    ),  # fmt: skip
    ContentFault(29, "แบบฟอร์มเว้นช่องว่าง", "form", "เว้นว่าง", _of("purchases", files=lambda: site.purchases(blank=True))),
    ContentFault(
        30,
        "ตารางขาดคอลัมน์",
        "median-price",
        "ราคากลาง",
        _of("purchases", files=lambda: site.purchases(without="ราคากลาง (บาท)")),
    ),
    ContentFault(31, "หน้าติดต่อไม่มีแผนที่", "map", "แผนที่", _of("contact", html=lambda: site.contact(map_=""))),
    ContentFault(
        32, "ผู้บริหารคนหนึ่งไม่มีโทรศัพท์", "contact", "วิเชียร", _of("executives", html=lambda: site.executives(clerk_phone=""))
    ),
    ContentFault(33, "แสดงเฉพาะฝ่ายประจำ", "both-sides", "ฝ่ายการเมือง", _of("structure", html=site.only_permanent)),
    ContentFault(34, "ลงกฎหมายทั้งฉบับแทนหน้าที่", "duties", "ทั้งฉบับ", _of("structure", html=site.statute)),
    ContentFault(35, "วิสัยทัศน์แทนหน้าที่และอำนาจ", "duties", "วิสัยทัศน์", _of("structure", html=site.vision)),
    ContentFault(36, "ประกาศไม่ได้ลงนาม", "signed", "ว่าง", _of("gift", files=site.gift(site.UNSIGNED))),
    ContentFault(37, "ลงนามโดยนายกคนก่อน", "signed", "เกษม", _of("gift", files=site.gift(site.FORMER))),
    ContentFault(38, "ไม่มีฉบับภาษาอังกฤษ", "languages", "อังกฤษ", _of("gift", files=site.gift(english=False))),
    ContentFault(
        39, "E-Service เป็นแบบฟอร์มให้ดาวน์โหลด", "request", "ดาวน์โหลด", _of("e-service", html=site.e_service_download)
    ),
    ContentFault(
        40, "ช่องทางทุจริตรวมกับร้องเรียนทั่วไป", "separate", "ทั่วไป", _of("channel", html=lambda: site.channel(site.MIXED))
    ),
    ContentFault(
        80,
        "การมีส่วนร่วมไม่มีการนำผลไปปรับปรุง",
        "outcome",
        "นำผลไปปรับปรุง",
        _of("participation", files=lambda: site.participation(use="")),
    ),
    ContentFault(
        81,
        "ชื่อเทศบาลอื่นในเอกสาร",
        "item.own-name",
        "คลองตะเคียน",
        _of("participation", files=lambda: site.participation(name="เทศบาลตำบลคลองตะเคียน")),
    ),
    ContentFault(
        82,
        "ข้อความตัวอย่าง lorem ipsum",
        "item.content",
        "ตัวอย่าง",
        _of("manual", html=lambda: made.page("คู่มือ", "<p>Lorem ipsum dolor sit amet, consectetur.</p>")),
    ),
    ContentFault(
        83,
        "หน้าเขียนว่าอยู่ระหว่างปรับปรุง",
        "item.content",
        "ยังไม่มีข้อมูล",
        _of("manual", html=lambda: made.page("คู่มือ", "<p>อยู่ระหว่างปรับปรุงข้อมูล</p>")),
    ),
    ContentFault(
        84,
        "ไม่มีเรื่องร้องเรียน แต่ไม่เขียนว่าไม่มี",
        "none",
        "ไม่มีข้อความว่าไม่มี",
        _of("complaints", html=lambda: site.complaint_statistics(said="")),
    ),
    ContentFault(
        85,
        "ข้อมูลสั้นกว่าหกเดือน",
        "item.period",
        "31 ธันวาคม 2568",
        _of("monthly", files=lambda: site.monthly(last="31 ธันวาคม 2568")),
    ),
    ContentFault(
        86,
        "รายงานไม่มีปัญหาและอุปสรรค",
        "obstacles",
        "ปัญหา",
        _of("prevention", files=lambda: site.prevention(obstacles=False)),
    ),
    ContentFault(87, "หัวข้อข้อเสนอแนะว่าง", "advice", "ว่าง", _of("prevention", files=lambda: site.prevention(advice=""))),
    ContentFault(88, "ผลเขียนซ้ำกับกิจกรรม", "results", "ซ้ำ", _of("prevention", files=lambda: site.prevention(same=True))),
    ContentFault(89, "ช่องทางสอบถามทางเดียว", "channel", "ทางเดียว", _of("contact", html=site.one_way)),
    ContentFault(
        90, "แผนไม่ครอบคลุมปี", "covers", "ไม่ครอบคลุม", _of("strategic", html=lambda: site.strategic("2561 - 2565"))
    ),
    ContentFault(91, "อีเมลหายไปจากหน้าติดต่อ", "email", "อีเมล", _of("contact", html=lambda: site.contact(mail=""))),
    ContentFault(
        92,
        "แบบที่ยังไม่ได้กรอก",
        "item.content",
        "ยังไม่ได้กรอก",
        _of("manual", html=lambda: site.manual().replace("กองช่าง ชั้น ๑".encode(), "[ชื่อหน่วยงาน] [ระบุสถานที่]".encode())),
    ),
    ContentFault(
        93,
        "ผู้บริหารสูงสุดไม่ใช่คนปัจจุบัน",
        "head",
        "เกษม",
        _of(
            "executives", html=lambda: site.executives().replace("นายสมหมาย ใจกว้าง".encode(), "นายเกษม ก่อนกาล".encode())
        ),
    ),
)
