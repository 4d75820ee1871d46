"""Disciplinary action: only after a finding that calls for it, and never decided by whom it is about."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from prongsai.registers.model import Fault, Move, Ref, Register, Values
from prongsai.thai.dates import format_date
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.registers.rules._relations import values_of
from prongsai.web.registers.rules.fact_findings import accused_in, is_accused

_FINDINGS = "fact-findings"


def check(scope: Scope, register: Register, values: Values, entry: Entry | None) -> Iterator[Fault]:
    """Refuse action before the committee has reported, without a case of discipline, or about somebody else."""
    ref, person = values.get("finding"), values.get("person")
    if not isinstance(ref, Ref) or ref.id is None:
        return
    finding = Entry.objects.filter(agency=scope.agency, register=_FINDINGS, pk=ref.id).first()
    found = values_of(finding) if finding else {}
    reported = found.get("reported_on")
    if finding is None or finding.state != "reported" or not isinstance(reported, date):
        told = _("คณะกรรมการสอบข้อเท็จจริงยังไม่รายงานผล")
        yield Fault("finding", "NOT_REPORTED", told, _("ดำเนินการทางวินัยได้หลังบันทึกผลสอบแล้ว"))
        return
    if found.get("result") != "discipline":
        told = _("ผลสอบไม่มีมูลทางวินัย")
        yield Fault("finding", "NO_CASE", told, _("เลือกการสอบที่ผลเป็น “มีมูลทางวินัย”"))
    if isinstance(person, Ref) and not is_accused(found, person):
        told = _("การสอบนี้เกี่ยวกับ {names}").format(names=accused_in(found))
        yield Fault("person", "NOT_ACCUSED", told, _("เลือกผู้ถูกกล่าวหาในการสอบนี้"))
    proposed = values.get("proposed_on")
    if isinstance(proposed, date) and proposed < reported:
        told = _("เสนอก่อนวันรายงานผลสอบ ({day})").format(day=format_date(reported, "abbr", digits="arabic"))
        yield Fault("proposed_on", "BEFORE_FINDING", told, _("ตรวจวันที่เสนอ"))


def why_not_move(scope: Scope, register: Register, entry: Entry, move: Move) -> str:
    """Refuse every step to whom it is about."""
    if (entry.values.get("person") or {}).get("id") in scope.person_ids:
        return _("ผู้ถูกดำเนินการทำขั้นตอนนี้ไม่ได้")
    return ""
