"""Recruitment: criteria in force on the day, a post that is planned and vacant, which an appointment fills."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from prongsai.registers.model import Fault, Ref, Register, Values
from prongsai.registers.values import from_json
from prongsai.thai.fiscal import fiscal_year_be
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.registers.queries.library import edition_of
from prongsai.web.registers.rules import manpower
from prongsai.web.registers.rules._criteria import criteria_faults
from prongsai.web.registers.rules._orders import committee_faults

_KINDS = ("recruitment", "appointment")
_APPOINTED = "appointed"


def check(scope: Scope, register: Register, values: Values, entry: Entry | None) -> Iterator[Fault]:
    """Hold criteria, the committee's order and the post; when appointed, that the post is free for this person."""
    day = values.get("announced_on")
    yield from criteria_faults(scope, values.get("criteria"), day, _KINDS)
    if isinstance(selected := values.get("selected_on"), date):
        yield from committee_faults(scope, "committee_no", values.get("committee_no"), selected)
    post = _post(scope, values.get("post"))
    if post is None:
        return
    appointed, person = values.get("appointed_on"), values.get("person")
    is_placing = entry is not None and entry.state == _APPOINTED
    yield from _of_post(post, appointed if isinstance(appointed, date) else day, person, is_placing)
    if is_placing and isinstance(person, Ref):
        yield from _of_person(scope, post, person)


def _of_post(post: Entry, day: object, person: object, is_placing: bool) -> Iterator[Fault]:
    """Refuse to place somebody where there is no post or somebody else; who only looks for somebody is told."""
    values = from_json(edition_of(post.register, post.since_be).fields, post.values)
    if isinstance(day, date) and (why := manpower.not_authorised(values, fiscal_year_be(day))):
        yield Fault("post", "NOT_IN_PLAN", why, _("เลือกอัตราที่อยู่ในแผนของปีนั้น"))
    there = values.get("holder")
    if isinstance(there, Ref) and not (isinstance(person, Ref) and person.id == there.id):
        told = _("อัตรา “{post}” มี{name}ครองอยู่").format(post=post, name=there.text)
        mend = _("เลือกอัตราที่ว่าง หรือบันทึกอัตราว่างในแผนอัตรากำลังก่อน")
        yield Fault("post", "FILLED", told, mend, is_warning=not is_placing)


def _of_person(scope: Scope, post: Entry, person: Ref) -> Iterator[Fault]:
    if person.id is None:
        told = _("ไม่พบ “{name}” ในทะเบียนบุคลากร").format(name=person.text)
        yield Fault("person", "UNKNOWN_PERSON", told, _("เพิ่มบุคคลในหน้า “บุคลากร” แล้วเลือกจากรายการ"))
    elif other := manpower.post_of(scope, person.id, besides=post):
        told = _("{name}ครองอัตรา {title} อยู่แล้ว").format(name=person.text, title=other)
        yield Fault("person", "HAS_A_POST", told, _("บันทึกอัตราเดิมเป็นว่างในแผนอัตรากำลังก่อน"))


def _post(scope: Scope, ref: object) -> Entry | None:
    if not isinstance(ref, Ref) or ref.id is None:
        return None
    return Entry.objects.filter(agency=scope.agency, register=manpower.REGISTER, pk=ref.id).first()


def after(scope: Scope, register: Register, entry: Entry) -> None:
    """Put who was appointed into the post of the plan; nothing when they are there already."""
    if entry.state != _APPOINTED:
        return
    from prongsai.web.registers.services.entries import change_entry  # noqa: PLC0415  # reason: services load rules

    values = from_json(register.fields, entry.values)
    post, person = _post(scope, values.get("post")), values.get("person")
    if post is None or not isinstance(person, Ref) or (post.values.get("holder") or {}).get("id") == person.id:
        return
    placed = {"occupancy": manpower.FILLED, "holder": person, "since": values.get("appointed_on")}
    change_entry(scope, entry=post, values=placed, version=None)
