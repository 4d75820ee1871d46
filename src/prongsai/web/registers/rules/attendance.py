"""Attendance: nobody is in two places at one time; staff whom no training has reached are named."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from prongsai.registers.model import Fault, Ref, Register, Values
from prongsai.registers.values import from_json
from prongsai.thai.dates import format_date
from prongsai.thai.numerals import to_thai
from prongsai.web.agencies.models import Employment
from prongsai.web.agencies.queries import people_on
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.registers.rules import Notice
from prongsai.web.registers.rules._rows import counted, id_of, listed

_EVENTS = ("training", "activity", "participation")


def check(scope: Scope, register: Register, values: Values, entry: Entry | None) -> Iterator[Fault]:
    """Refuse somebody who is somewhere else in the same half of the day, or on the same list twice."""
    person, day = values.get("person"), values.get("attended_on")
    if not isinstance(person, Ref) or person.id is None or not isinstance(day, date):
        return
    own = set(_sessions(values))
    for other in _of_person(scope, register, person.id, day, entry):
        known = from_json(register.fields, other.values)
        if own & set(_sessions(known)):
            told = _("{person}เข้าร่วม “{event}” ในวันที่ {day} ช่วงเดียวกันแล้ว")
            day_text = format_date(day, "abbr", digits="arabic")
            told = told.format(person=person.text, event=event_of(known), day=day_text)
            yield Fault("sessions", "ELSEWHERE", told, _("ตรวจวันและช่วงเวลาที่ลงชื่อจริง"))
            return


def _sessions(values: Values) -> tuple[str, ...]:
    found = values.get("sessions")
    return tuple(map(str, found)) if isinstance(found, tuple) else ()


def event_of(values: Values) -> str:
    """Name what was attended."""
    return next((ref.text for key in _EVENTS if isinstance(ref := values.get(key), Ref)), "")


def _of_person(scope: Scope, register: Register, person: int, day: date, entry: Entry | None) -> Iterator[Entry]:
    found = Entry.objects.filter(agency=scope.agency, register=register.id, dated_on=day, values__person__id=person)
    found = found.filter(state__in=register.counted_states).defer("found_by")
    yield from found.exclude(pk=entry.pk) if entry else found


def notices(scope: Scope, register: Register, year: int) -> list[Notice]:
    """Name the staff who have attended no training in the year; who was elected is not counted."""
    seen = {
        id_of(values.get("person"))
        for _entry, values in counted(scope, register, year)
        if values.get("event") == "training"
    }
    staff = people_on(scope.agency, scope.today).exclude(employment=Employment.ELECTED)
    without = [str(one) for one in staff if one.pk not in seen]
    if not without:
        return []
    told = _("เจ้าหน้าที่ที่ยังไม่ได้รับการอบรมในปีนี้ {n} คน: {names}").format(n=len(without), names=listed(without, 10, "{}"))
    return [Notice(to_thai(told))]
