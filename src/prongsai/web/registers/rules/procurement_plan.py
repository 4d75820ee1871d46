"""The procurement plan: what was published is not rewritten, a new row takes its place."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from prongsai.registers.model import Fault, Ref, Register, Values
from prongsai.registers.values import from_json
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry

FIXED = ("project", "kind", "estimated_thb", "month", "budget_line", "published_on")


def check(scope: Scope, register: Register, values: Values, entry: Entry | None) -> Iterator[Fault]:
    """Refuse to rewrite a published row, and a row that would take its own place."""
    if entry is None:
        return
    newer = values.get("replaced_by")
    if isinstance(newer, Ref) and newer.id == entry.pk:
        yield Fault("replaced_by", "ITSELF", _("แผนฉบับใหม่เป็นรายการเดียวกับฉบับเดิม"), _("เลือกรายการใหม่ที่เพิ่มไว้"))
    before = from_json(register.fields, entry.values)
    if before.get("published_on") is None:
        return
    for key in FIXED:
        if _said(values.get(key)) != _said(before.get(key)):
            field = register.field_of(key)
            told = _("แผนนี้เผยแพร่แล้ว แก้{label}ไม่ได้").format(label=field.label_th if field else key)
            yield Fault(key, "PUBLISHED", told, _("เพิ่มแผนฉบับใหม่ แล้วเปลี่ยนรายการนี้เป็น “มีแผนฉบับใหม่แทน”"))


def _said(value: object) -> object:
    """What is pointed at is the same under another name."""
    return value.id if isinstance(value, Ref) and value.id is not None else value
