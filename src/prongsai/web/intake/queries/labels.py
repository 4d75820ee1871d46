"""What the fields of a row and the columns of its paper are called."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from prongsai.reports.diff_labels import STATUS_TH, field_th
from prongsai.reports.records import ProgressStatus
from prongsai.thai.dates import format_date
from prongsai.web.ui.templatetags.ui import thai_digits

Facts = tuple[tuple[str, tuple[str, ...]], ...]
# Roles of columns whose name is not the name of a field.
_ROLES = {
    "result": "results",
    "outcome": "outcomes",
    "recommendation": "recommendations",
    "actual": "done",
    "weakness": "weaknesses",
}
_OWN = {
    "year_be": "ปีที่ประเมิน",
    "overall": "คะแนนรวม",
    "level": "ระดับ",
    "indicators": "คะแนนตัวชี้วัด",
    "items": "คะแนนรายข้อ",
    "instruments": "คะแนนรายเครื่องมือ",
    "prefix": "คำนำหน้า",
    "given_name": "ชื่อ",
    "family_name": "นามสกุล",
    "position": "ตำแหน่ง",
    "as": "ปรากฏเป็น",
    "start": "เริ่ม",
    "end": "สิ้นสุด",
}
# Kept, but nothing that a person reads.
_UNSEEN = frozenset({"step_numbers", "boxes", "ticked", "item_key", "decision"})
_PARTS = (
    ("page", "หน้า"),
    ("table", "ตาราง"),
    ("row", "แถว"),
    ("line", "บรรทัด"),
)


def label_of(name: str) -> str:
    """Give what a field or a printed column is called; a column that nobody knows by its own head."""
    return _OWN.get(name) or field_th(_ROLES.get(name, name))


def facts_of(values: Mapping[str, Any], *, but: tuple[str, ...] = ()) -> Facts:
    """Give the fields of a record that say something, each as one text or several."""
    return tuple(_facts(values, frozenset(but) | _UNSEEN))


def _facts(values: Mapping[str, Any], unseen: frozenset[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for name, value in values.items():
        if name not in unseen and value not in (None, "", [], {}):
            yield label_of(name), _shown(name, value)


def _shown(name: str, value: Any) -> tuple[str, ...]:
    if name == "period":
        return (_period(value),)
    if name == "status":
        return (STATUS_TH[ProgressStatus(value)],)
    if isinstance(value, dict):
        return tuple(f"{key}: {thai_digits(one)}" for key, one in value.items())
    if isinstance(value, list):
        return tuple(_dated(one) if isinstance(one, dict) else str(one) for one in value)
    return (thai_digits(value) if isinstance(value, int | float) else str(value),)


def _period(value: Mapping[str, Any]) -> str:
    days = (_day(value.get("start")), _day(value.get("end")))
    told = " – ".join(format_date(day) for day in days if day)
    text = value.get("text") or ""
    return f"{text} ({told})" if text and told else text or told


def _dated(value: Mapping[str, Any]) -> str:
    day = _day(value.get("date"))
    return f"{value['text']} [{format_date(day)}]" if day else _("{text} [ไม่มีวันที่]").format(text=value["text"])


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def place_th(where: Mapping[str, Any]) -> str:
    """Say where in a file something stands: ``หน้า ๖ ตาราง ๑ แถว ๓ บรรทัด ๑๐๑``."""
    parts = [f"{name} {thai_digits(where[key])}" for key, name in _PARTS if where.get(key) is not None]
    return " ".join(parts)


def printed_of(origin: Mapping[str, Any]) -> Facts:
    """Give the words of each column as they were printed, those under unknown heads last."""
    printed = {label_of(role): (words,) for role, words in (origin.get("printed") or {}).items() if words}
    extra = {head: (words,) for head, words in (origin.get("extra") or {}).items() if words}
    return tuple((printed | extra).items())
