"""An officer of the public works division with one of everything, who hands over to the clerk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from prongsai.thai.fiscal import fiscal_year_be
from prongsai.web.agencies.models import (
    Agency,
    Appointment,
    Capacity,
    Committee,
    CommitteeMember,
    JobOrder,
    Person,
    Post,
)
from prongsai.web.agencies.roles import Role
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles import services as cycles
from prongsai.web.disclosure.services import pages
from prongsai.web.duties.models import Duty, Occurrence
from prongsai.web.handover.models import Handover
from prongsai.web.handover.queries.gathering import rows_of
from prongsai.web.handover.services import signing, writing
from prongsai.web.letters.models import (
    Circular,
    Incoming,
    Letter,
    LetterState,
    Method,
    Number,
    Series,
    SeriesKind,
    Step,
    StepKind,
)
from prongsai.web.plans.models import Measure, MeasureOwner, MeasureState, Task
from prongsai.web.registers.models import Entry
from tests.web import office

REASON = "โอนย้ายไปเทศบาลอื่น"


@pytest.fixture(autouse=True)
def registers_folder(settings, tmp_path: Path) -> None:
    settings.REGISTERS_FOLDER = tmp_path / "registers"


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def officer(scope: Callable[[Role], Scope]) -> Scope:
    """Who leaves: of กองช่าง."""
    return scope(Role.OFFICER)


@pytest.fixture
def draft(agency: Agency, officer: Scope) -> Callable[..., Letter]:
    """A letter that the officer drafted: ``draft("เรื่อง")``."""

    def make(subject: str = "ขอซ่อมถนนสายบ้านสวนพลู", **more: Any) -> Letter:
        unit = office.unit(agency, "กองช่าง")
        given = {"agency": agency, "unit": unit, "paper": "memo", "subject": subject, "drafter": officer.person} | more
        return Letter.objects.create(**given)

    return make


@pytest.fixture
def measure(system: Scope, officer: Scope) -> Measure:
    """A measure of which the officer is named as answerable."""
    cycle = cycles.open_cycle(system, framework_id="ita-2569")
    made = Measure.objects.create(cycle=cycle, title="ติดป้ายขั้นตอนการให้บริการ", state=MeasureState.RUNNING)
    MeasureOwner.objects.create(measure=made, text=f"กองช่าง โดย {officer.person}", person=officer.person)
    return made


@pytest.fixture
def everything(agency: Agency, officer: Scope, draft, measure: Measure, today: date, scope) -> dict[str, Any]:
    """One of everything that can be handed over."""
    me, unit, post = officer.person, office.unit(agency, "กองช่าง"), officer.person.appointments.get().post
    series = Series.objects.create(agency=agency, kind=SeriesKind.INCOMING)
    out = Series.objects.create(agency=agency, kind=SeriesKind.OUTGOING)
    now = timezone.now()

    def number(of: Series, value: int, **more: Any) -> Number:
        return Number.objects.create(series=of, year_be=2569, value=value, text=str(value), taken_at=now, **more)

    waiting = Letter.objects.create(
        agency=agency,
        paper="memo",
        subject="ขออนุมัติเดินทาง",
        drafter=scope(Role.CLERK).person,
        state=LetterState.IN_CHAIN,
    )
    Step.objects.create(letter=waiting, place=1, kind=StepKind.OPINION, post=post)
    duty = Duty.objects.create(
        agency=agency, fiscal_year_be=fiscal_year_be(today), title="รายงานเครื่องจักร", rhythm="monthly", post=post
    )
    for month in range(3):
        day = today + timedelta(days=30 * month)
        Occurrence.objects.create(duty=duty, label=str(month), starts_on=day, ends_on=day, due_on=day)
    committee = Committee.objects.create(
        agency=agency,
        name="คณะกรรมการตรวจรับพัสดุ",
        order_no="12/2569",
        order_date=today,
        valid_to=today + timedelta(days=90),
    )
    page = pages.add_page(scope(Role.PUBLISHER), kind="free", title="ถนนในเขตเทศบาล", path="roads", unit=unit)
    shared = {"agency": agency, "register": "loans", "dated_on": today, "unit": unit}
    return {
        "letter": draft(),
        "signing": waiting,
        "number": number(out, 46, taken_by=me, subject="จองไว้ทำหนังสือเชิญ"),
        "incoming": Incoming.objects.create(
            agency=agency, number=number(series, 7), sender="อำเภอเมืองลพบุรี", addressee="นายกเทศมนตรี", subject="ขอข้อมูลถนน",
            received_at=now, unit=unit,
        ),
        "circular": Circular.objects.create(agency=agency, title="ซักซ้อมการลงเวลา", sent_on=today),
        "duty": duty,
        "measure": measure,
        "task": Task.objects.create(cycle=measure.cycle, unit=unit, title="ส่งภาพถ่ายป้าย", due_on=today),
        "release": pages.write_release(officer, page=page, version=0, title="ถนน", body="กำลังเขียน"),
        "committee": CommitteeMember.objects.create(committee=committee, person=me, role="member"),
        "job": JobOrder.objects.create(
            agency=agency, person=me, duties="ควบคุมงานก่อสร้าง", order_no="3/2569", order_date=today,
            signer=scope(Role.MAYOR).person,
        ),
        "loan": Entry.objects.create(number=1, title="กล้องระดับ โดย นายอรุณ", state="issued", asked_by=me, **shared),
        "returned": Entry.objects.create(number=2, title="เลื่อย โดย นายอรุณ", state="closed", asked_by=me, **shared),
        "asset": Entry.objects.create(
            agency=agency, register="assets", number=1, title="416-63-0012 เครื่องฉายภาพ", state="in_use", dated_on=today,
            values={"holder": {"id": me.pk, "text": str(me)}},
        ),
    }  # fmt: skip


@pytest.fixture
def hand_over(officer: Scope, today: date) -> Callable[..., Handover]:
    """Begin a handover of the officer to the clerk: ``hand_over(effective_on=…)``."""

    def make(by: Scope | None = None, **more: Any) -> Handover:
        taker = Person.objects.get(agency=officer.agency, given_name="จันทร์")
        given = {"giver": officer.person, "taker": taker, "reason": REASON, "effective_on": today} | more
        return writing.start_handover(by or officer, **given)

    return make


def seen(handover: Handover, today: date) -> str:
    """What somebody sees who signs now."""
    return writing.hash_of(handover, rows_of(handover, today))


@pytest.fixture
def give(officer: Scope, today: date) -> Callable[..., Handover]:
    def sign(handover: Handover, by: Scope | None = None, **more: Any) -> Handover:
        asked = {"version": handover.version, "seen": seen(handover, today), "method": Method.PASSWORD} | more
        return signing.give(by or officer, handover=handover, **asked)

    return sign


@pytest.fixture
def take(scope, today: date) -> Callable[..., Handover]:
    def sign(handover: Handover, by: Scope | None = None, **more: Any) -> Handover:
        asked = {"version": handover.version, "seen": seen(handover, today), "method": Method.PASSWORD} | more
        return signing.take(by or scope(Role.CLERK), handover=handover, **asked)

    return sign


@pytest.fixture
def leave(agency: Agency, today: date) -> Callable[[Person], None]:
    """Let somebody leave: their last day was yesterday."""

    def go(person: Person) -> None:
        last = today - timedelta(days=1)
        person.left_on = last
        person.save()
        Appointment.objects.filter(person=person).update(valid_to=last)

    return go


def appoint(agency: Agency, person: Person, post: Post, **more: Any) -> Appointment:
    given = {"capacity": Capacity.ACTING_FOR, "order_no": "30/2569"} | more
    return Appointment.objects.create(agency=agency, person=person, post=post, **given)
