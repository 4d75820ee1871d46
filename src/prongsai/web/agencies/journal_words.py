"""The journal as people read it: a Thai sentence for every entry, names and values of fields as the forms show them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.apps import apps
from django.db import models
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies.journal_verbs import ACTIONS, VERBS
from prongsai.web.agencies.models import AuditEntry
from prongsai.web.ui.templatetags.ui import thai_date, thai_time

FIELDS: Mapping[str, object] = {
    "action": _("สิ่งที่ทำ"),
    "address": _("จากที่อยู่เครือข่าย"),
    "adopted_as": _("ให้ใช้ในฐานะ"),
    "adopted_by": _("ผู้ให้ใช้"),
    "agency": _("หน่วยงาน"),
    "aliases": _("ชื่อที่เรียกในเอกสาร"),
    "asked_by": _("ผู้ขอ"),
    "answers": _("คำตอบ (ชุด)"),
    "asked_on": _("ขอเมื่อ"),
    "case": _("เครื่องหมายของเรื่อง"),
    "cases": _("จำนวนเรื่อง"),
    "content": _("เนื้อหา"),
    "copies": _("จำนวนชุด"),
    "cost": _("ความยากของการเดารหัสลับ"),
    "counts": _("จำนวน"),
    "date_joined": _("เปิดบัญชีเมื่อ"),
    "done_on": _("เสร็จเมื่อ"),
    "edition": _("ฉบับที่"),
    "email": _("อีเมล"),
    "emblem": _("ตราสัญลักษณ์ (PNG)"),
    "escrow_of": _("ทำสำเนาไว้กับ"),
    "evidence": _("หลักฐาน"),
    "expires_at": _("ใช้ได้ถึง"),
    "first": _("คนแรก"),
    "first_name": _("ชื่อ"),
    "handed": _("กุญแจที่ส่งต่อ"),
    "is_active": _("เปิดใช้งาน"),
    "is_open": _("เปิดใช้งาน"),
    "is_staff": _("เข้าหน้าผู้ดูแลของ Django"),
    "is_superuser": _("สิทธิ์สูงสุดของ Django"),
    "items": _("ข้อ"),
    "last_name": _("นามสกุล"),
    "layers": _("ชั้นที่เปิดแล้ว"),
    "left_on": _("พ้นหน้าที่เมื่อ"),
    "letters": _("จำนวนจดหมาย"),
    "library": _("รหัสในคลัง"),
    "logo": _("โลโก้ (PNG)"),
    "made_at": _("เมื่อ"),
    "made_by": _("ผู้ทำ"),
    "members": _("กรรมการ"),
    "named_by": _("ผู้เสนอชื่อ"),
    "named_on": _("เสนอชื่อเมื่อ"),
    "opened_on": _("เปิดใช้เมื่อ"),
    "person": _("บุคคล"),
    "place": _("ลำดับที่แสดง"),
    "post": _("ตำแหน่ง"),
    "recipient": _("กุญแจสาธารณะ"),
    "replaced_by": _("แทนด้วย"),
    "replaces": _("แทนกุญแจเดิม"),
    "roles": _("บทบาท"),
    "roll_version": _("รุ่นของรายชื่อผู้ถือกุญแจ"),
    "root": _("ต้นทางของการรับรอง"),
    "rows": _("แถว"),
    "salt": _("ค่าสุ่มประกอบรหัสลับ"),
    "sealed_bundle": _("กุญแจลับที่ปิดผนึก"),
    "second": _("คนที่สอง"),
    "signed_as": _("ลงชื่อในฐานะ"),
    "signed_by": _("ผู้ลงชื่อ"),
    "signed_on": _("ลงชื่อเมื่อ"),
    "state": _("สถานะ"),
    "unit": _("ส่วนราชการ"),
    "user": _("บัญชีผู้ใช้"),
    "username": _("ชื่อผู้ใช้"),
    "verify_key": _("กุญแจตรวจลายมือชื่อ"),
    "vouch": _("ลายมือชื่อรับรอง"),
    "vouched_by": _("ผู้รับรอง"),
}
# Kinds whose models say nothing or another thing in Thai.
KINDS: Mapping[str, object] = {
    "agencies.user": _("บัญชี"),
    "agencies.auditentry": _("บันทึก"),
    "surveys.questionnaire": _("แบบสอบถามชุด"),
    "surveys.group": _("กลุ่ม"),
}
# Which records stand in a field by their name; of others the number is shown.
_NAMED = frozenset(f"agencies.{name}" for name in ("agency", "committee", "person", "post", "unit", "user"))
_LONG = 200


@dataclass(frozen=True, slots=True)
class Change:
    """A field, its value before and after, ready to print. Empty: there was or is none."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Line:
    """An entry ready to print. kind: Thai for what sort of record it is about; changes: what became of its fields."""

    entry: AuditEntry
    verb: str
    kind: str
    subject: str
    changes: tuple[Change, ...]


def lines_of(entries: Iterable[AuditEntry]) -> list[Line]:
    """Tell entries in Thai; one query for every sort of record that fields point at."""
    entries = list(entries)
    names = _names(entries)
    return [_line(entry, names) for entry in entries]


def verb_of(action: str) -> str | None:
    """Give the Thai verb of an action, None for one that nobody has put into words."""
    word = ACTIONS.get(action) or VERBS.get(action.rpartition(".")[2])
    return str(word) if word else None


def _line(entry: AuditEntry, names: Mapping[tuple[str, str], str]) -> Line:
    fields = _fields(entry.subject_type)
    changes = tuple(
        Change(_name(key, fields), _shown(key, before, fields, names), _shown(key, after, fields, names))
        for key, (before, after) in entry.changes.items()
    )
    own = entry.subject_type == "agencies.user" and entry.user_id and entry.subject_id == str(entry.user_id)
    about = "" if own else entry.subject_text
    kind = "" if own else _kind(entry.subject_type)
    return Line(entry, verb_of(entry.action) or entry.action, "" if kind == about else kind, about, changes)


def _kind(label: str) -> str:
    model = _model(label)
    return str(KINDS.get(label) or (model._meta.verbose_name if model else label))


def _model(label: str) -> type[models.Model] | None:
    try:
        return apps.get_model(label)
    except (LookupError, ValueError):
        return None  # of a time when the platform had it


def _fields(label: str) -> dict[str, models.Field]:
    model = _model(label)
    return {field.attname: field for field in model._meta.concrete_fields} if model else {}


def _name(key: str, fields: Mapping[str, models.Field]) -> str:
    field = fields.get(key)
    plain = field.name if field else key
    given = str(field.verbose_name) if field else ""
    if given and given != plain.replace("_", " "):
        return given
    if key in FIELDS or plain in FIELDS:
        return str(FIELDS.get(key) or FIELDS[plain])
    if field is not None and field.related_model is not None:
        return str(field.related_model._meta.verbose_name)
    return plain.replace("_", " ")


def _shown(key: str, value: object, fields: Mapping[str, models.Field], names: Mapping[tuple[str, str], str]) -> str:
    field = fields.get(key)
    if value is None or value in ("", [], {}):
        return ""
    if isinstance(value, bool):
        return str(_("ใช่") if value else _("ไม่ใช่"))
    if field is not None and field.related_model is not None:
        return names.get((field.related_model._meta.label_lower, str(value)), f"#{value}")
    if field is not None and field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, list):
        return ", ".join(_short(part) for part in value)
    return _short(_day(field, value))


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= _LONG else text[: _LONG - 1] + "…"


def _day(field: models.Field | None, value: object) -> object:
    if isinstance(field, models.DateTimeField):
        moment = parse_datetime(str(value))
        return thai_time(moment) if isinstance(moment, datetime) else value
    if isinstance(field, models.DateField):
        day = parse_date(str(value))
        return thai_date(day) if isinstance(day, date) else value
    return value


def _names(entries: Iterable[AuditEntry]) -> dict[tuple[str, str], str]:
    wanted: dict[type[models.Model], set[object]] = defaultdict(set)
    for entry in entries:
        fields = _fields(entry.subject_type)
        for key, values in entry.changes.items():
            target = fields[key].related_model if key in fields else None
            if target is not None and target._meta.label_lower in _NAMED:
                wanted[target] |= {value for value in values if value is not None}
    return {
        (model._meta.label_lower, str(pk)): str(record)
        for model, pks in wanted.items()
        for pk, record in model._default_manager.in_bulk(pks).items()
    }
