"""Meetings of the made-up office: called, held, resolved and adopted as their secretary would."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from decimal import Decimal

import pytest

from prongsai.registers.load import of_year
from prongsai.registers.model import Ref
from prongsai.web.agencies.models import Person, Post
from prongsai.web.agencies.roles import Role
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers import services
from prongsai.web.registers.models import Entry
from prongsai.web.registers.queries.library import kept_of
from prongsai.web.registers.queries.papers import records_of
from prongsai.web.registers.rules import hooks_of
from prongsai.web.registers.services import EntryRefused
from tests.web import office
from tests.web.registers.conftest import entry_ref, unit_ref

TODAY = date(2026, 3, 31)  # of fiscal year 2569
MARCH, APRIL = date(2026, 3, 5), date(2026, 4, 2)


def person(scope: Scope, role: Role) -> Ref:
    """Point at somebody in a role."""
    found = Person.objects.get(agency=scope.agency, given_name=office.CAST[role][0])
    return Ref(found.pk, str(found))


def on(scope: Scope, day: date) -> Scope:
    """Give the same somebody on another day."""
    return replace(scope, today=day)


def planned(scope: Scope, number: str = "3/2569", day: date = MARCH, **given: object) -> Entry:
    """Plan a meeting of heads of units."""
    values = {
        "kind": "heads",
        "number": number,
        "held_on": day,
        "begins": time(9, 30),
        "place": "ห้องประชุมชั้น 2",
        "chair": person(scope, Role.MAYOR),
        "secretary": person(scope, Role.CLERK),
        **given,
    }
    return services.add_entry(scope, register="meetings", values=values)


def held(scope: Scope, number: str = "3/2569", day: date = MARCH, **given: object) -> Entry:
    """Plan a meeting and hold it."""
    made = planned(scope, number, day, **given)
    hours = {"opened": time(9, 30), "closed": time(12, 0)}
    return services.move_entry(on(scope, max(day, scope.today)), entry=made, move="hold", values=hours, version=None)


def attend(scope: Scope, meeting: Entry, role: Role, came: str = "present", **given: object) -> Entry:
    """Enter how somebody attended."""
    who = person(scope, role)
    values = {"meeting": entry_ref(meeting), "who": "staff", "person": who, "position": office.CAST[role][2]}
    return services.add_entry(scope, register="meeting-attendance", values={**values, "role": came, **given})


def item(scope: Scope, meeting: Entry, agenda: str = "5", place: int = 1, **given: object) -> Entry:
    """Put something on the agenda."""
    values = {"meeting": entry_ref(meeting), "agenda": agenda, "place": Decimal(place), "subject": "ซ่อมถนนสายหนองบัว"}
    return services.add_entry(scope, register="meeting-items", values={**values, **given})


def resolve(scope: Scope, made: Entry, resolution: str = "noted", **given: object) -> Entry:
    """Enter what was resolved on an item."""
    values = {"resolution": resolution, **given}
    return services.move_entry(scope, entry=made, move="resolve", values=values, version=None)


def assigned(scope: Scope, meeting: Entry, due: date, unit: str = "กองช่าง", **given: object) -> Entry:
    """Have a meeting give work to a unit."""
    words = {"resolved_text": "มอบหมายกองช่างดำเนินการให้แล้วเสร็จ", "assigned_unit": unit_ref(scope.agency, unit)}
    post = Post.objects.get(agency=scope.agency, title="นายช่างโยธา")
    words["assigned_post"] = Ref(post.pk, post.title)
    return resolve(scope, item(scope, meeting, **given), "assign", due_on=due, **words)


def adopt(scope: Scope, meeting: Entry, at: Entry) -> Entry:
    """Adopt the minutes of a meeting at a later one."""
    values = {"adopted_at": entry_ref(at)}
    return services.move_entry(scope, entry=meeting, move="adopt", values=values, version=None)


def at(hour: int) -> time:
    """Give an hour of the day."""
    return time(hour, 0)


def refusal(call, *given, **named) -> list[tuple[str, str]]:
    """Give field and code of everything for which a call is refused."""
    with pytest.raises(EntryRefused) as refused:
        call(*given, **named)
    return [(one.field, one.code) for one in refused.value.faults if not one.is_warning]


def notices_of(scope: Scope, register: str = "meetings") -> list[str]:
    """Give what a register's own rules tell of the year."""
    return [one.text for one in hooks_of(register).notices(scope, of_year(register, 0), 2569)]


def proposals_of(scope: Scope, register: str) -> list:
    """Give what a register's own rules offer."""
    return list(hooks_of(register).proposals(scope, of_year(register, 0), 2569))


def minutes_of(scope: Scope, meeting: Entry) -> dict:
    """Give what the minutes of a meeting print."""
    records = records_of(scope, kept_of(scope, "meetings"), meeting, "minutes")
    assert records is not None
    return records
