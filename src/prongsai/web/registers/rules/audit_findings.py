"""Audit findings: answered by whom they concern, closed by the auditor and never by the owner."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from prongsai.registers.model import Fault, Move, Ref, Register, Values
from prongsai.registers.values import from_json
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.registers.queries.library import edition_of
from prongsai.web.registers.rules._rows import id_of

_SETTLES = frozenset({"close", "again", "withdraw"})


def check(scope: Scope, register: Register, values: Values, entry: Entry | None) -> Iterator[Fault]:
    """Refuse a finding in another unit than the audit was planned in, and an auditor who owns it."""
    audit, unit = id_of(values.get("audit")), values.get("unit")
    planned = Entry.objects.filter(agency=scope.agency, pk=audit).first() if audit else None
    if planned is None:
        return
    its = from_json(edition_of(planned.register, planned.since_be).fields, planned.values)
    wanted, owner = its.get("unit"), id_of(values.get("owner"))
    if isinstance(unit, Ref) and isinstance(wanted, Ref) and unit.id != wanted.id:
        told = _("เรื่องที่ตรวจนี้เป็นของ{unit}").format(unit=wanted.text)
        yield Fault("unit", "OTHER_UNIT_AUDITED", told, _("เลือกหน่วยรับตรวจให้ตรงกับแผน"))
    if owner is not None and owner == id_of(its.get("auditor")):
        yield Fault("owner", "AUDITOR_OWNS", _("ผู้ตรวจสอบเป็นเจ้าของข้อตรวจพบของตนไม่ได้"), _("เลือกผู้ที่ต้องแก้ไข"))


def why_not_move(scope: Scope, register: Register, entry: Entry, move: Move) -> str:
    """Keep the owner, and whose unit it is, from settling the finding."""
    owner = (entry.values.get("owner") or {}).get("id")
    is_theirs = owner in scope.person_ids or entry.unit_id in scope.unit_ids
    return _("เจ้าของข้อตรวจพบปิดเองไม่ได้ ผู้ตรวจสอบเป็นผู้ปิด") if move.key in _SETTLES and is_theirs else ""
