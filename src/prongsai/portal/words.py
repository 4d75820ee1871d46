"""What pages say in Thai and in English: the words that templates share between the two."""

from types import SimpleNamespace

_WORDS: dict[str, tuple[str, str]] = {
    "skip": ("ข้ามไปเนื้อหา", "Skip to content"),
    "menu": ("เมนู", "Menu"),
    "main_menu": ("เมนูหลัก", "Main menu"),
    "search": ("ค้นหา", "Search"),
    "search_label": ("ค้นหาในเว็บไซต์", "Search this site (Thai)"),
    "here": ("ตำแหน่งของหน้า", "You are here"),
    "home": ("หน้าแรก", "Home"),
    "about": ("เกี่ยวกับหน่วยงาน", "About"),
    "structure": ("โครงสร้าง", "Structure"),
    "structure_long": ("โครงสร้าง หน้าที่และอำนาจ", "Structure and duties"),
    "executives": ("ผู้บริหาร", "Executives"),
    "news": ("ข่าว", "News"),
    "disclosure": ("การเปิดเผยข้อมูล", "Disclosure"),
    "data": ("ข้อมูลเปิด", "Open data"),
    "laws": ("กฎหมาย", "Laws"),
    "contact": ("ติดต่อเรา", "Contact"),
    "privacy": ("นโยบายคุ้มครองข้อมูลส่วนบุคคล", "Privacy policy"),
    "policy": ("นโยบายเว็บไซต์", "Website policy"),
    "sitemap": ("แผนผังเว็บไซต์", "Sitemap"),
    "feed": ("ฟีดข่าว (Atom)", "News feed (Atom)"),
    "proof": ("หลักฐานการเผยแพร่", "Proof of publication"),
    "address": ("ที่อยู่", "Address"),
    "phone": ("โทรศัพท์", "Telephone"),
    "phone_short": ("โทร.", "Tel."),
    "fax": ("โทรสาร", "Fax"),
    "email": ("อีเมล", "E-mail"),
    "map": ("แผนที่ตั้ง", "Map"),
    "map_of": ("แผนที่แสดงที่ตั้ง", "Map showing where to find"),
    "open_map": ("เปิดแผนที่ออนไลน์", "Open the online map"),
    "hours": ("วันและเวลาทำการ", "Office hours"),
    "directions": ("การเดินทาง", "Getting here"),
    "channels": ("ช่องทางอื่น", "Other channels"),
    "forms": ("บริการและช่องทางออนไลน์", "Online services"),
    "updated": ("ปรับปรุงล่าสุด", "Last updated"),
    "none_yet": ("ยังไม่มีข้อมูล", "Nothing here yet"),
    "political": ("ฝ่ายการเมือง", "Political side"),
    "executive_side": ("คณะผู้บริหาร", "Executive"),
    "council": ("สภา", "Council"),
    "permanent": ("ฝ่ายประจำ", "Permanent side"),
    "head": ("หัวหน้า", "Head"),
    "powers": ("หน้าที่และอำนาจ", "Duties and powers"),
    "photo_of": ("ภาพถ่าย", "Photograph of"),
    "no_photo": ("ยังไม่มีภาพถ่าย", "No photograph yet"),
    "at_office": ("หรือที่สำนักงาน", "or at the office,"),
    "through_office": ("ติดต่อผ่านสำนักงาน", "Through the office"),
    "term": ("วาระ", "Term"),
    "thai_only": ("", "This page is available in Thai only."),
    "files": ("เอกสาร", "Documents"),
    "tables": ("ตารางข้อมูล", "Tables"),
    "download": ("ดาวน์โหลด", "Download"),
    "continued": ("ต่อ", "continued"),
    "facts": ("ข้อมูลการเผยแพร่", "About this publication"),
    "unit": ("หน่วยงานเจ้าของข้อมูล", "Responsible unit"),
    "content_year": ("ปีงบประมาณของเนื้อหา", "Fiscal year of the content"),
    "document_date": ("วันที่ในเอกสาร", "Date of the document"),
    "received_on": ("วันที่ได้รับข้อมูล", "Received"),
    "published_at": ("วันที่เผยแพร่", "Published"),
    "event_on": ("วันที่จัดกิจกรรม", "Day of the event"),
    "approved_as": ("ผู้อนุญาตให้เผยแพร่", "Approved by"),
    "reported": ("รายงานผู้บริหารแล้ว", "Reported to executives"),
    "review_on": ("กำหนดทบทวน", "To be reviewed by"),
    "version": ("ฉบับที่", "Version"),
    "lasting": ("ที่อยู่ถาวรของหน้านี้", "Lasting address"),
    "checksum": ("ลายนิ้วมือของฉบับ (SHA-256)", "Fingerprint (SHA-256)"),
    "in_thai": ("ภาษาไทย", "Read this page in Thai"),
}
THAI = SimpleNamespace(**{key: thai for key, (thai, _) in _WORDS.items()})
ENGLISH = SimpleNamespace(**{key: english for key, (_, english) in _WORDS.items()})


def words_of(language: str) -> SimpleNamespace:
    """Give the words of a language."""
    return ENGLISH if language == "en" else THAI


KINDS = {"item": "ข้อมูลตามแบบ OIT", "register": "ข้อมูลจากทะเบียน", "news": "ข่าวประชาสัมพันธ์", "free": "หน้าทั่วไป"}
STATES = {
    "published": ("เผยแพร่แล้ว", "green"),
    "elsewhere": ("เผยแพร่ที่เว็บอื่น", "blue"),
    "withdrawn": ("ถอนแล้ว", "red"),
    "waiting": ("ยังไม่เผยแพร่", "quiet"),
}
LAW_STATES = {
    "in force": ("ใช้บังคับ", "green"),
    "in_force": ("ใช้บังคับ", "green"),
    "repealed": ("ยกเลิกแล้ว", "quiet"),
}
METADATA = {
    "data_type": ("ประเภทชุดข้อมูล", "data_type"),
    "title": ("ชื่อชุดข้อมูล", "title"),
    "owner_org": ("องค์กร", "owner_org"),
    "maintainer": ("ชื่อผู้ติดต่อ", "maintainer"),
    "maintainer_email": ("อีเมลผู้ติดต่อ", "maintainer_email"),
    "tag_string": ("คำสำคัญ", "tag_string"),
    "notes": ("รายละเอียด", "notes"),
    "objective": ("วัตถุประสงค์", "objective"),
    "update_frequency_unit": ("ความถี่ของการปรับปรุงข้อมูล", "update_frequency_unit"),
    "geo_coverage": ("ขอบเขตเชิงพื้นที่", "geo_coverage"),
    "data_source": ("แหล่งที่มา", "data_source"),
    "data_format": ("รูปแบบการเก็บข้อมูล", "data_format"),
    "data_category": ("หมวดหมู่ตามธรรมาภิบาลข้อมูลภาครัฐ", "data_category"),
    "license_id": ("สัญญาอนุญาตให้ใช้ข้อมูล", "license_id"),
}
"""The fourteen fields in the order of the catalogue: what a field is called, and its key."""
