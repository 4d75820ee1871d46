"""The journal as people read it: a Thai sentence for every entry, names and values of fields as the forms show them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.apps import apps
from django.db import models
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies.models import AuditEntry
from prongsai.web.ui.templatetags.ui import thai_date, thai_time

# Whole actions first; an action ``unit.rename`` that is not here is told by its last word.
ACTIONS: Mapping[str, object] = {
    "sign_in": _("เข้าสู่ระบบ"),
    "sign_out": _("ออกจากระบบ"),
    "sign_in.locked": _("พักการเข้าสู่ระบบชั่วคราวเพราะรหัสผ่านผิดหลายครั้ง"),
    "password.change": _("เปลี่ยนรหัสผ่าน"),
    "email.change": _("เปลี่ยนอีเมล"),
    "two_step.on": _("เปิดการยืนยันสองขั้น"),
    "two_step.off": _("ปิดการยืนยันสองขั้น"),
    "two_step.end": _("ปิดการยืนยันสองขั้นแทนเจ้าของบัญชี"),
    "two_step.codes": _("ออกรหัสสำรองชุดใหม่"),
    "two_step.code_used": _("ใช้รหัสสำรอง"),
    "two_step.refused": _("ใส่รหัสขั้นที่สองผิด"),
    "invitation.create": _("ออก"),
    "invitation.withdraw": _("ยกเลิก"),
    "invitation.accept": _("ตอบรับ"),
    "account.create": _("สร้างบัญชี"),
    "account.open": _("เปิดใช้"),
    "account.close": _("ปิด"),
    "account.end": _("ปิดบัญชี"),
    "account.password_link": _("ออกลิงก์ตั้งรหัสผ่านใหม่ให้"),
    "mail.retry": _("ลองส่งอีกครั้ง"),
    "agency.period": _("แก้ประวัติชื่อและประเภทของ"),
    "agency.set_up": _("ตั้งค่าเริ่มต้นของ"),
    "backup": _("สำรองข้อมูลของ"),
    "backup_key.keep": _("ตั้งกุญแจข้อมูลสำรองของ"),
    "restore": _("กู้คืนข้อมูลของ"),
    "intake.cycle": _("เลือกรอบการประเมินให้"),
    "intake.accept_clean": _("รับทุกแถวที่ไม่มีข้อสังเกตของ"),
    "item.last": _("ยกผลปีก่อนให้"),
    "cycle.fill": _("เตรียมรายการของ"),
    "cycle.target": _("ตั้งเป้าหมายของ"),
    "cycle.carry": _("ยกข้อมูลปีก่อนมายัง"),
    "cycle.carry_items": _("ยกข้อจากปีก่อนมายัง"),
    "cycle.refresh_scores": _("ปรับคะแนนล่าสุดของ"),
    "cycle.date": _("แก้ไข"),
    "item.carry_from": _("เทียบข้อปีก่อนให้"),
    "item.start": _("เริ่มงาน"),
    "finding.cover": _("ผูกมาตรการกับ"),
    "measure.steps": _("แก้ขั้นตอนของ"),
    "measure.carry": _("ยกไปปีถัดไป"),
    "measure.hand_over": _("ส่งมอบความรับผิดชอบของ"),
    "dispatch.rows": _("แก้ตารางของ"),
    "duty.occurrences": _("จัดงวดของ"),
    "occurrence.record": _("บันทึกผล"),
    "file.open": _("เปิดให้เห็นทั่วสำนักงาน"),
    "entry.move": _("เปลี่ยนสถานะ"),
    "entry.progress": _("รายงานความก้าวหน้าของ"),
    "entry.carry": _("ยกมาจากปีก่อน"),
    "period.none": _("ลงชื่อยืนยันว่าไม่มีรายการใน"),
    "import.stage": _("อ่านตารางเข้า"),
    "import.save": _("เริ่มบันทึกตาราง"),
    "import.saved": _("บันทึกตารางครบ"),
    "import.drop": _("ทิ้งตาราง"),
    "register.keep": _("ตั้งค่าทะเบียน"),
    "file.drop": _("ลบชุดเอกสารเดิมของ"),
    "file.erase": _("ลบไฟล์เพื่อคุ้มครองข้อมูลส่วนบุคคล"),
    "file.erased": _("บันทึก"),
    "gate.look": _("บันทึก"),
    "gate.decide": _("ตัดสินผล"),
    "gate.drop": _("ตัดผลที่ไม่ใช้แล้วของ"),
    "inspection.run": _("บันทึก"),
    "objection.add": _("ตั้ง"),
    "objection.pack": _("จัดทำไฟล์ของ"),
    "page.alias": _("ให้ที่อยู่เดิมพาไปที่ใหม่ของ"),
    "page.alias_drop": _("คืนที่อยู่เดิมเป็นของหน้า"),
    "page.change": _("แก้ไขการตั้งค่าของ"),
    "page.elsewhere": _("ระบุที่อยู่อื่นที่เผยแพร่ของ"),
    "page.erased": _("ลบไฟล์ที่มีข้อมูลส่วนบุคคลออกจาก"),
    "page.from_entry": _("ทำจากรายการในทะเบียนข่าว"),
    "page.known": _("ยืนยันว่าทราบว่ายื่นลิงก์แล้ว จึงเปลี่ยน"),
    "page.publish": _("เผยแพร่"),
    "page.rename": _("เปลี่ยนที่อยู่ของ"),
    "page.withdraw": _("ถอน"),
    "proposal.add": _("พบ"),
    "proposal.change": _("พบอีกครั้ง"),
    "release.approve": _("อนุญาต"),
    "release.attach": _("แนบไฟล์กับ"),
    "release.clean": _("ใช้ฉบับที่ทำความสะอาดแล้วของ"),
    "release.drop": _("เอาไฟล์ออกจาก"),
    "release.request": _("ขออนุญาต"),
    "release.erase": _("ลบเนื้อหาเพื่อคุ้มครองข้อมูลส่วนบุคคลของ"),
    "release.from_letter": _("จัดทำจากหนังสือ"),
    "release.hand_over": _("ส่งมอบร่างของ"),
    "release.erased": _("บันทึก"),
    "release.withdraw": _("ถอนฉบับ"),
    "release.return": _("ส่งกลับให้แก้ไข"),
    "submission.approve": _("เห็นชอบ"),
    "submission.paste": _("บันทึกว่ากรอกในระบบแล้ว"),
    "submission.prepare": _("เตรียม"),
    "submission.rewrite": _("แก้หลังกรอกในระบบแล้ว"),
    "watched.check": _("สั่งตรวจ"),
    "watched.resume": _("ตรวจต่อไป"),
    "watched.stop": _("เลิกตรวจ"),
    "circular.acknowledge": _("รับทราบ"),
    "circular.change": _("แก้ไข"),
    "circular.close": _("ปิดการเวียน"),
    "circular.drop": _("ทิ้งร่าง"),
    "circular.read": _("เปิดอ่าน"),
    "circular.remind": _("เตือนผู้ยังไม่รับทราบ"),
    "circular.reopen": _("เปิดเวียนต่อ"),
    "circular.send": _("ส่งเวียน"),
    "circular.sheet": _("บันทึก"),
    "circular.sheet_back": _("ถอน"),
    "delivery.drop": _("นำผู้รับออกจาก"),
    "delivery.plan": _("กำหนดผู้รับใน"),
    "delivery.receive": _("บันทึกการรับใน"),
    "delivery.send": _("บันทึกการส่งใน"),
    "file.guard": _("ปิดไว้เฉพาะผู้มีสิทธิรู้"),
    "handover.change": _("แก้ไข"),
    "handover.drop": _("ทิ้งร่าง"),
    "handover.freeze": _("ตรึงบัญชีของ"),
    "handover.give": _("ลงนามส่งมอบใน"),
    "handover.leave_out": _("ตัดรายการออกจาก"),
    "handover.list": _("จัดทำบัญชีของ"),
    "handover.recall": _("ถอนลายมือชื่อใน"),
    "handover.start": _("เริ่ม"),
    "handover.take": _("ลงนามรับมอบใน"),
    "incoming.act": _("บันทึกการปฏิบัติใน"),
    "incoming.attach": _("แนบไฟล์กับ"),
    "incoming.readers": _("กำหนดผู้มีสิทธิรู้ของ"),
    "incoming.register": _("ลงรับ"),
    "letter.attach": _("แนบไฟล์กับ"),
    "letter.chain": _("แก้ลำดับการเสนอของ"),
    "letter.committee": _("แต่งตั้งคณะกรรมการตาม"),
    "letter.detach": _("เอาไฟล์ออกจาก"),
    "letter.draft": _("ร่าง"),
    "letter.drop": _("ยกเลิกร่าง"),
    "letter.endorse": _("ลงความเห็นใน"),
    "letter.hand_over": _("ส่งมอบร่างของ"),
    "letter.hand_over_step": _("ส่งมอบลำดับการเสนอของ"),
    "letter.number": _("ออกเลข"),
    "letter.readers": _("กำหนดผู้มีสิทธิรู้ของ"),
    "letter.recall": _("ดึงกลับ"),
    "letter.reject": _("ไม่อนุมัติ"),
    "letter.replace": _("ออกฉบับใหม่แทน"),
    "letter.return": _("ส่งคืน"),
    "letter.scan": _("แนบฉบับลงนามของ"),
    "letter.send": _("เสนอ"),
    "letter.sign": _("ลงนามใน"),
    "letter.text": _("บันทึก"),
    "letter.unconfirmed": _("ยกเลิกการยืนยันคำสั่งที่อ้างถึงของ"),
    "letter.void": _("ยกเลิกลายมือชื่อเดิมของ"),
    "letter.write": _("แก้ไข"),
    "number.cancel": _("ยกเลิก"),
    "number.take": _("ออก"),
    "number.use": _("ใช้"),
    "series.add": _("เปิด"),
    "series.change": _("แก้ไข"),
    "series.start": _("ตั้งเลขล่าสุดของ"),
}
VERBS: Mapping[str, object] = {
    "accept": _("รับ"),
    "acknowledge": _("รับทราบ"),
    "acknowledged": _("รับทราบ"),
    "add": _("เพิ่ม"),
    "alias": _("แก้ชื่อเรียกของ"),
    "aliases": _("แก้ชื่อเรียกของ"),
    "answer": _("กรอกผล"),
    "appoint": _("แต่งตั้ง"),
    "approve": _("อนุมัติ"),
    "assign": _("มอบหมาย"),
    "attach": _("แนบหลักฐานกับ"),
    "carry": _("ยกมา"),
    "change": _("แก้ไข"),
    "close": _("ปิด"),
    "create": _("เพิ่ม"),
    "date_add": _("เพิ่มกำหนดใน"),
    "date_remove": _("ตัดกำหนดใน"),
    "delete": _("ลบ"),
    "detach": _("ถอดหลักฐานจาก"),
    "draft": _("ร่าง"),
    "drop": _("ตัด"),
    "edit": _("แก้ไข"),
    "done": _("ทำเสร็จ"),
    "end": _("สิ้นสุด"),
    "evidence": _("แนบหลักฐานกับ"),
    "import": _("นำเข้า"),
    "in_progress": _("เริ่ม"),
    "issue": _("ออก"),
    "judge": _("ตรวจ"),
    "keep": _("เก็บ"),
    "make": _("จัดทำ"),
    "members": _("แก้รายชื่อของ"),
    "mend": _("แก้"),
    "merge": _("รวม"),
    "move": _("เลื่อน"),
    "open": _("เปิด"),
    "record": _("บันทึก"),
    "reject": _("ไม่รับ"),
    "remove": _("ลบ"),
    "rename": _("แก้ไข"),
    "reopen": _("เปิดอีกครั้ง"),
    "replace": _("แทนที่"),
    "restore": _("คืน"),
    "return": _("ส่งกลับ"),
    "revise": _("ออกฉบับใหม่ของ"),
    "role": _("แก้บทบาทของ"),
    "roll_out": _("ขยายผล"),
    "roles": _("แก้บทบาทของ"),
    "save": _("บันทึก"),
    "state": _("เปลี่ยนสถานะ"),
    "steps": _("แก้ขั้นตอนของ"),
    "submit": _("ส่ง"),
    "take": _("รับเข้า"),
    "withdraw": _("ยกเลิก"),
    "write": _("เขียน"),
}
FIELDS: Mapping[str, object] = {
    "address": _("จากที่อยู่เครือข่าย"),
    "action": _("สิ่งที่ทำ"),
    "agency": _("หน่วยงาน"),
    "aliases": _("ชื่อที่เรียกในเอกสาร"),
    "date_joined": _("เปิดบัญชีเมื่อ"),
    "email": _("อีเมล"),
    "evidence": _("หลักฐาน"),
    "expires_at": _("ใช้ได้ถึง"),
    "first_name": _("ชื่อ"),
    "is_active": _("เปิดใช้งาน"),
    "is_open": _("เปิดใช้งาน"),
    "is_staff": _("เข้าหน้าผู้ดูแลของ Django"),
    "is_superuser": _("สิทธิ์สูงสุดของ Django"),
    "items": _("ข้อ"),
    "last_name": _("นามสกุล"),
    "made_at": _("เมื่อ"),
    "made_by": _("ผู้ทำ"),
    "members": _("กรรมการ"),
    "person": _("บุคคล"),
    "place": _("ลำดับที่แสดง"),
    "post": _("ตำแหน่ง"),
    "roles": _("บทบาท"),
    "rows": _("แถว"),
    "state": _("สถานะ"),
    "unit": _("ส่วนราชการ"),
    "user": _("บัญชีผู้ใช้"),
    "username": _("ชื่อผู้ใช้"),
}
# Kinds whose models say nothing or another thing in Thai.
KINDS: Mapping[str, object] = {"agencies.user": _("บัญชี"), "agencies.auditentry": _("บันทึก")}
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
    return Line(entry, verb_of(entry.action) or entry.action, "" if own else _kind(entry.subject_type), about, changes)


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
