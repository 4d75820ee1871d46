"""What register files may name that is not theirs: systems, roles, items of the assessment."""

from collections.abc import Mapping
from functools import lru_cache

from prongsai.frameworks import document, shelf

# How many systems each area of integrity work has: docs/reference/systems.md.
AREAS: Mapping[str, int] = {
    "A": 16, "B": 13, "C": 13, "D": 11, "E": 9, "F": 9, "G": 12, "H": 6, "I": 8, "J": 8, "K": 9,
}  # fmt: skip
SYSTEMS = tuple(f"{area}{number}" for area, count in AREAS.items() for number in range(1, count + 1))
DAILY_SYSTEMS = tuple(each for each in SYSTEMS if each[0] not in "AB")  # of daily work: areas C to K

ROLES: Mapping[str, str] = {
    "mayor": "นายก / รองนายก",
    "secretary": "ปลัด / รองปลัด",
    "coordinator": "ผู้ประสานงาน ITA",
    "head": "หัวหน้าส่วนราชการ",
    "officer": "เจ้าของเรื่อง",
    "clerk": "เจ้าหน้าที่ธุรการ",
    "analyst": "นักวิเคราะห์นโยบายและแผน",
    "legal": "นิติกร",
    "supply": "เจ้าหน้าที่พัสดุ",
    "personnel": "งานการเจ้าหน้าที่",
    "publisher": "ประชาสัมพันธ์ / ผู้ดูแลเว็บไซต์",
    "auditor": "ตรวจสอบภายใน",
    "privacy": "เจ้าหน้าที่คุ้มครองข้อมูลส่วนบุคคล",
    "council": "สมาชิกสภา",
    "admin": "ผู้ดูแลระบบ",
}

ID = "[a-z][a-z0-9-]{0,39}"  # of a register

# Beside fields: what lists, tables and statistics may show or group by.
STATE, MONTH, QUARTER = "state", "month", "quarter"
RESERVED = (STATE, MONTH, QUARTER)


@lru_cache(maxsize=1)
def items() -> Mapping[str, frozenset[str]]:
    """Give the lasting keys of all items of the shipped frameworks, each with the keys of its elements."""
    found: dict[str, set[str]] = {}
    for path in sorted(shelf.LIBRARY.rglob("*.yaml")):
        data = document.read(path).data
        for item in data.get("items", ()):
            found.setdefault(item["key"], set()).update(each["key"] for each in item["elements"])
    return {key: frozenset(elements) for key, elements in found.items()}
