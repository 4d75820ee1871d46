"""Fact-finding: by a committee of an order in which neither the accused sits nor who is over them; days are counted."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from prongsai.registers.model import Fault, Ref, Register, Values
from prongsai.thai.dates import format_date
from prongsai.thai.names import name_key
from prongsai.web.agencies.models import Appointment, Person
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.registers.rules._orders import committee_faults, committee_of
from prongsai.web.registers.rules._rows import listed

EXTENDED = "extended_to"
ACCUSED = ("accused", "accused_2", "accused_3")


def check(scope: Scope, register: Register, values: Values, entry: Entry | None) -> Iterator[Fault]:
    """Refuse an order without members, members who are accused or over who is, and an extension that is none.

    Staff are accused by their record, not by name alone: nobody could be kept from the entry by a name.
    """
    yield from _staff_by_name(scope, values)
    order_no, day = values.get("order_no"), values.get("ordered_on")
    if isinstance(order_no, str) and isinstance(day, date):
        yield from committee_faults(scope, "order_no", order_no, day)
        yield from _member_faults(scope, values, order_no, day)
    if entry is not None:
        yield from _extension_faults(values, entry)


def _staff_by_name(scope: Scope, values: Values) -> Iterator[Fault]:
    rows = values.get("others")
    named = {name_key(str(row.get("name"))) for row in rows} if isinstance(rows, tuple) else set()
    staff = Person.objects.filter(agency=scope.agency, merged_into=None) if named else ()
    for one in staff:
        if name_key(str(one)) in named:
            told = _("{person}เป็นบุคลากรของหน่วยงาน").format(person=one)
            yield Fault("others", "STAFF_BY_NAME", told, _("ใส่ในช่องผู้ถูกกล่าวหา ผู้นั้นจึงจะไม่เห็นรายการนี้"))


def _member_faults(scope: Scope, values: Values, order_no: str, day: date) -> Iterator[Fault]:
    committee = committee_of(scope, order_no, day)
    members = Person.objects.filter(committee_places__committee=committee) if committee else ()
    accused = _accused_ids(values)
    over = _over(scope, accused, day)
    names = _accused_names(values)
    for one in members:
        if one.pk in accused or name_key(str(one)) in names:
            told = _("{person}เป็นกรรมการและเป็นผู้ถูกกล่าวหา").format(person=one)
            yield Fault("order_no", "ACCUSED_SITS", told, _("แก้คำสั่งแต่งตั้งให้ผู้อื่นเป็นกรรมการแทน"))
        elif one.pk in over:
            told = _("{person}เป็นหัวหน้าส่วนราชการของผู้ถูกกล่าวหา").format(person=one)
            yield Fault("order_no", "HEAD_OF_ACCUSED", told, _("แก้คำสั่งแต่งตั้งให้ผู้อื่นเป็นกรรมการแทน"))


def _accused_names(values: Values) -> frozenset[str]:
    """Give the names of the accused, as they are compared."""
    rows = values.get("others")
    named = [str(row.get("name")) for row in rows] if isinstance(rows, tuple) else []
    return frozenset(name_key(one) for one in [*named, *(one.text for one in _accused(values))])


def _accused(values: Values) -> list[Ref]:
    """Give the accused who are staff."""
    return [one for key in ACCUSED if isinstance(one := values.get(key), Ref)]


def _accused_ids(values: Values) -> frozenset[int]:
    return frozenset(one.id for one in _accused(values) if one.id is not None)


def _over(scope: Scope, people: frozenset[int], day: date) -> frozenset[int]:
    """Give who heads a unit in which some people have a post on a day."""
    held = Appointment.objects.filter(agency=scope.agency).on(day)
    units = held.filter(person__in=people, post__unit__isnull=False).values("post__unit")
    heads = held.filter(post__is_head=True, post__unit__in=units).values_list("person", flat=True)
    return frozenset(heads) if people else frozenset()


def _extension_faults(values: Values, entry: Entry) -> Iterator[Fault]:
    """Refuse to extend to a day that is no later than the one it is due by now."""
    until = values.get(EXTENDED)
    if not isinstance(until, date) or until.isoformat() == entry.values.get(EXTENDED) or entry.due_on is None:
        return
    if until <= entry.due_on:
        told = _("กำหนดเดิมคือ {day}").format(day=format_date(entry.due_on, "abbr", digits="arabic"))
        yield Fault(EXTENDED, "NOT_LATER", told, _("ขยายถึงวันหลังกำหนดเดิม"))


def after(scope: Scope, register: Register, entry: Entry) -> None:
    """Let the clock run on to the day that it was extended to."""
    if until := entry.values.get(EXTENDED):
        entry.due_on = date.fromisoformat(str(until))
        Entry.objects.filter(pk=entry.pk).update(due_on=entry.due_on)


def accused_in(values: Values) -> str:
    """Name the accused of a finding, for a fault."""
    rows = values.get("others")
    named = [str(row.get("name")) for row in rows] if isinstance(rows, tuple) else []
    return listed([*(one.text for one in _accused(values)), *named], form="{}")


def is_accused(values: Values, person: Ref) -> bool:
    """Whether a finding is about somebody; where nobody was known then, about anybody."""
    names = _accused_names(values)
    return not names or person.id in _accused_ids(values) or name_key(person.text) in names
