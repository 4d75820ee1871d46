"""Roles in procurement: by order, and never where the person has declared a relation to who bids or has won."""

from collections.abc import Iterator
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from prongsai.registers.model import Fault, Ref, Register, Values
from prongsai.thai.numerals import to_thai
from prongsai.thai.text import fold
from prongsai.web.agencies.models import Committee
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.registers.rules import Notice
from prongsai.web.registers.rules._orders import committee_of, job_order_faults, job_order_of
from prongsai.web.registers.rules._relations import (
    SERVING,
    Duty,
    clashes,
    duties_of,
    duty_of,
    fault_of,
    named_by,
    parties_of,
    relations_of,
    serving_of,
)
from prongsai.web.registers.rules._rows import listed
from prongsai.web.registers.rules._winners import warnings_of

_NAMES = ("plan", "purchase", "contract", "egp_no")


def check(scope: Scope, register: Register, values: Values, entry: Entry | None) -> Iterator[Fault]:
    """Refuse a role in nothing, without its order, and one that a declared relation stands against."""
    if not any(values.get(key) for key in _NAMES):
        told = _("ยังไม่ได้บอกว่าเป็นการจัดซื้อจัดจ้างเรื่องใด")
        yield Fault("plan", "NO_PROCUREMENT", told, _("เลือกรายการในแผน รายการใน สขร. ๑ สัญญา หรือใส่เลขที่โครงการ e-GP"))
    person = values.get("person")
    if not isinstance(person, Ref) or person.id is None:
        yield Fault("person", "NOT_IN_THE_OFFICE", _("ไม่พบผู้นี้ในทะเบียนบุคลากร"), _("เลือกจากทะเบียนบุคลากร"))
        return
    if entry is None or entry.state == SERVING:
        yield from _order_faults(scope, values, person.id)
        yield from _relation_faults(scope, values, entry)


def _order_faults(scope: Scope, values: Values, person: int) -> Iterator[Fault]:
    """Refuse the number of an order that gives this person neither a place in a committee nor the work."""
    order_no, day = values.get("order_no"), values.get("appointed_on")
    if not isinstance(order_no, str) or not isinstance(day, date) or _is_member(scope, order_no, day, person):
        return
    if job_order_of(scope, order_no, day, person) is None and committee_of(scope, order_no, day) is not None:
        told = _("ผู้นี้ไม่มีชื่อในคำสั่งเลขที่ {number}").format(number=order_no)
        yield Fault("order_no", "NOT_A_MEMBER", told, _("ตรวจรายชื่อในหน้า “คณะกรรมการ” หรือเลขที่คำสั่ง"))
    else:
        yield from job_order_faults(scope, "order_no", order_no, day, person)


def _is_member(scope: Scope, order_no: str, day: date, person: int) -> bool:
    """Whether a committee of an order has this member; one order may appoint several committees."""
    found = Committee.objects.filter(agency=scope.agency, members__person=person).on(day)
    return any(fold(one.order_no) == fold(order_no) for one in found)


def _relation_faults(scope: Scope, values: Values, entry: Entry | None) -> Iterator[Fault]:
    parties = parties_of(scope, {0: named_by(values)}).get(0, ())
    duty = duty_of(entry or Entry(state=SERVING), values, parties)
    if duty is None or not duty.parties:
        return
    found = [fault_of(scope, one, "person") for one in clashes([duty], relations_of(scope, {duty.person}))]
    yield from dict.fromkeys(found)


def picture(scope: Scope, register: Register, entry: Entry | None) -> SafeString:
    """Warn on the page of a role of everything that stands against it, also of what was declared or won later."""
    if entry is None:
        return SafeString("")
    duties = _read(scope, entry)
    return warnings_of(scope, clashes(duties, relations_of(scope, {one.person for one in duties})))


def _read(scope: Scope, entry: Entry) -> list[Duty]:
    return duties_of(scope, Entry.objects.filter(agency=scope.agency, pk=entry.pk))


def notices(scope: Scope, register: Register, year: int) -> list[Notice]:
    """Name the roles against which something stands by now."""
    duties = duties_of(scope, serving_of(scope, year))
    sure = [one for one in clashes(duties, relations_of(scope, {one.person for one in duties})) if one.is_sure]
    names = list(dict.fromkeys(one.duty.entry.title for one in sure))
    if not names:
        return []
    told = _("หน้าที่ที่มีความสัมพันธ์ขัดอยู่ ให้พ้นหน้าที่แล้วตั้งผู้อื่นแทน {n} รายการ: {names}")
    return [Notice(to_thai(told.format(n=len(names), names=listed(names))))]
