"""Latin names for addresses, made of Thai titles by a small table of words; the same title gives the same name."""

import re

from prongsai.thai.numerals import to_arabic
from prongsai.thai.text import normalise

LENGTH_MAX = 60
# The words that titles of municipal papers are made of, longer ones before those that begin them.
_WORDS = {
    "ความก้าวหน้า": "progress",
    "จัดซื้อจัดจ้าง": "procurement",
    "จัดหาพัสดุ": "procurement",
    "งบประมาณ": "budget",
    "รายงาน": "report",
    "สรุปผล": "summary",
    "ประกาศ": "announcement",
    "คำสั่ง": "order",
    "คู่มือ": "manual",
    "นโยบาย": "policy",
    "มาตรการ": "measures",
    "โครงสร้าง": "structure",
    "ผู้บริหาร": "executives",
    "อำนาจหน้าที่": "powers",
    "เทศบัญญัติ": "bylaw",
    "แผนพัฒนา": "development-plan",
    "แผนที่": "map",
    "แผนผัง": "chart",
    "แผน": "plan",
    "สถิติ": "statistics",
    "ความเสี่ยง": "risk",
    "ของขวัญ": "gifts",
    "ร้องเรียน": "complaints",
    "ทุจริต": "corruption",
    "จริยธรรม": "ethics",
    "บุคลากร": "personnel",
    "ทรัพยากรบุคคล": "personnel",
    "บุคคล": "personnel",
    "บริการ": "service",
    "พึงพอใจ": "satisfaction",
    "การมีส่วนร่วม": "participation",
    "กิจกรรม": "activity",
    "ประชุม": "meeting",
    "โครงการ": "project",
    "ทรัพย์สิน": "assets",
    "ภาพ": "picture",
    "ตาราง": "table",
    "บันทึก": "memo",
    "หนังสือ": "letter",
    "ลงนาม": "signed",
    "รายเดือน": "monthly",
    "ประจำปี": "annual",
    "ไตรมาส": "quarter",
    "มกราคม": "01",
    "กุมภาพันธ์": "02",
    "มีนาคม": "03",
    "เมษายน": "04",
    "พฤษภาคม": "05",
    "มิถุนายน": "06",
    "กรกฎาคม": "07",
    "สิงหาคม": "08",
    "กันยายน": "09",
    "ตุลาคม": "10",
    "พฤศจิกายน": "11",
    "ธันวาคม": "12",
}
_KNOWN = re.compile("|".join([*sorted(map(re.escape, _WORDS), key=len, reverse=True), "[a-z]+", "[0-9]+"]))


def slug_of(title: str, otherwise: str = "document") -> str:
    """Give a Latin name of a title: ``report-procurement-2569``; ``otherwise`` where no word of it is known.

    At most 60 letters, of those that an address takes: a–z, 0–9 and single hyphens.
    """
    found = _KNOWN.findall(to_arabic(normalise(title)).lower())
    words = list(dict.fromkeys(part for one in found for part in _WORDS.get(one, one).split("-")))
    if not any(word.isalpha() for word in words):
        words = [*otherwise.split("-"), *words]
    slug = ""
    for word in words:
        if len(slug) + len(word) >= LENGTH_MAX:
            break
        slug = f"{slug}-{word}" if slug else word
    return slug or otherwise


def free_name(slug: str, suffix: str, taken: object) -> str:
    """Give a name that is not taken: the slug itself, else with ``-2``, ``-3`` … taken: anything that knows ``in``."""
    name, number = f"{slug}{suffix}", 1
    while name in taken:  # type: ignore[operator]
        number += 1
        name = f"{slug}-{number}{suffix}"
    return name
