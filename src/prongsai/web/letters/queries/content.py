"""What stands in the content of a text: its addressees, its lines, and what an office calls each field."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

OPTIONS = "_options"
TO_SEPARATOR = ", "
LABELS: Mapping[str, Any] = {
    "subject": _("เรื่อง"),
    "office": _("ส่วนราชการ"),
    "agency": _("หน่วยงาน"),
    "address": _("ที่ตั้ง"),
    "salutation": _("คำขึ้นต้น"),
    "to": _("เรียน"),
    "references": _("อ้างถึง"),
    "enclosures": _("สิ่งที่ส่งมาด้วย"),
    "body": _("เนื้อความ"),
    "closing": _("จึงเรียนมาเพื่อ"),
    "contact": _("ส่วนราชการเจ้าของเรื่อง"),
    "copies": _("สำเนาส่ง"),
    "reasons": _("เหตุผล"),
    "legal_bases": _("ฐานอำนาจตามกฎหมาย"),
    "appointees": _("ผู้ได้รับแต่งตั้ง"),
    "assignments": _("ผู้ได้รับมอบหมาย"),
    "duties": _("หน้าที่และอำนาจ"),
    "clauses": _("ข้อสั่งการ"),
    "supersedes": _("คำสั่งที่ยกเลิก"),
    "effective": _("มีผลตั้งแต่วันที่"),
    "memo": _("หัวบันทึก"),
    "deadline": _("กำหนดส่ง"),
    "laws": _("ข้อกฎหมายและระเบียบ"),
    "rows": _("ตาราง"),
    "number": _("ที่"),
    "date": _("วันที่"),
    "speed": _("ชั้นความเร็ว"),
    "secrecy": _("ชั้นความลับ"),
}


def options_of(content: Mapping[str, Any]) -> Mapping[str, Any]:
    """Give what is said to the composer beside the records."""
    found = content.get(OPTIONS)
    return found if isinstance(found, Mapping) else {}


def addressees_of(content: Mapping[str, Any]) -> tuple[str, ...]:
    """Give to whom a text is written, one after another; nothing for orders and announcements."""
    memo = content.get("memo")
    to = content.get("to") or (memo.get("to") if isinstance(memo, Mapping) else "") or ""
    copies = content.get("copies") or ()
    return tuple(dict.fromkeys([*split_to(str(to)), *map(str, copies)]))


def split_to(text: str) -> list[str]:
    """Part the addressees of a line."""
    return [part.strip() for part in text.split(TO_SEPARATOR.strip()) if part.strip()]


def join_to(names: Sequence[str]) -> str:
    """Set addressees in one line."""
    return TO_SEPARATOR.join(name.strip() for name in names if name.strip())


def words_of(content: Mapping[str, Any]) -> Iterator[str]:
    """Give everything that officers wrote in a text, a line a time; not the rows of a report."""
    for name, value in content.items():
        if name not in ("rows", "file", "document_type", "problems", OPTIONS):
            yield from _words(value)
    yield from _words(options_of(content).get("laws", ()))


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _words(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _words(part)


def missing_of(paper: str, subject: str, content: Mapping[str, Any]) -> tuple[str, ...]:
    """Name what a paper must have and has not, in the words of its head."""
    memo = content.get("memo")
    head = memo if isinstance(memo, Mapping) else content
    wanted = {"memo": ("office", "to"), "letter": ("agency", "to"), "announcement": ("agency",)}
    names = ("office", "to") if isinstance(memo, Mapping) else wanted.get(paper, ())
    lacking = [] if subject.strip() else ["subject"]
    lacking += [name for name in names if not str(head.get(name) or "").strip()]
    if paper in wanted and not content.get("body"):
        lacking.append("body")
    return tuple(str(LABELS[name]) for name in lacking)
