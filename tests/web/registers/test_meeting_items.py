"""Agenda and resolutions: the standing topics, work that becomes a duty, and how it is shown closed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.urls import reverse

from prongsai.web.agencies.roles import Role
from prongsai.web.agencies.scope import Scope
from prongsai.web.duties import services as duties
from prongsai.web.duties.models import Duty, Occurrence
from prongsai.web.duties.queries import State, open_for, state_of
from prongsai.web.registers import services
from prongsai.web.registers.models import Entry
from prongsai.web.registers.services import EntryRefused
from tests.web.registers.conftest import entry_ref, unit_ref
from tests.web.registers.meeting import (
    APRIL,
    MARCH,
    TODAY,
    assigned,
    at,
    attend,
    held,
    item,
    minutes_of,
    notices_of,
    on,
    planned,
    proposals_of,
    refusal,
    resolve,
)


@pytest.fixture
def now(system: Scope) -> Scope:
    """The software itself on TODAY."""
    return replace(system, today=TODAY)


def test_standing_topics_are_offered_to_the_next_meeting(now):
    planned(now, "5/2569", APRIL + timedelta(days=35))
    meeting = planned(now, "4/2569", APRIL)
    rows = proposals_of(now, "meeting-items")
    assert [(one["meeting"].id, one["agenda"], one["topic"]) for one in rows] == [
        (meeting.pk, "4", topic) for topic in ("budget", "ethics", "no_gift", "assets")
    ]
    made = services.add_entries(now, register="meeting-items", rows=rows)
    assert [one.title for one in made] == [
        "ผลการใช้จ่ายงบประมาณ",
        "การปฏิบัติตามประมวลจริยธรรม",
        "นโยบายไม่รับของขวัญ (No Gift Policy)",
        "การใช้และดูแลทรัพย์สินของราชการ",
    ]
    assert proposals_of(now, "meeting-items") == []


def test_minutes_to_adopt_and_open_work_are_offered_to_the_next_meeting(now):
    earlier = held(now)
    task = assigned(now, earlier, date(2026, 4, 30))
    other = held(now, "1/2569", MARCH, kind="staff")
    assigned(now, other, date(2026, 4, 30))
    planned(now, "4/2569", APRIL)
    rows = proposals_of(now, "meeting-items")
    assert [(one["agenda"], one["subject"], one.get("follows")) for one in rows[:2]] == [
        ("2", "รับรองรายงานการประชุมหัวหน้าส่วนราชการประจำเดือน ครั้งที่ 3/2569", None),
        ("3", "ซ่อมถนนสายหนองบัว", entry_ref(task)),
    ]
    assert len(rows) == 2 + 4


def test_items_of_a_meeting_to_come_have_no_resolution_and_those_of_one_that_is_over_stay(now):
    meeting = planned(now, "4/2569", APRIL)
    made = item(now, meeting)
    assert refusal(resolve, now, made) == [("resolution", "NOT_YET_HELD")]
    services.move_entry(now, entry=meeting, move="skip", note="วันหยุด", version=None)
    assert refusal(item, now, meeting, place=2) == [("meeting", "MEETING_OVER")]


def test_unit_brings_its_matters_and_who_keeps_the_meeting_writes_resolutions(now, scope):
    head = on(scope(Role.HEAD), TODAY)
    meeting = held(now)
    made = item(head, meeting, unit=unit_ref(now.agency, "กองคลัง"))
    with pytest.raises(EntryRefused) as refused:
        resolve(head, made)
    assert refused.value.message_th.startswith("ผู้บันทึกการมาประชุมและมติคือผู้จดรายงาน")
    assert refusal(attend, head, meeting, Role.HEAD) == [("meeting", "NOT_YOURS")]
    clerk = on(scope(Role.CLERK), TODAY)
    resolved = resolve(clerk, made)
    changed = {"resolution": "approved"}
    assert refusal(services.change_entry, head, entry=resolved, values=changed, version=None) == [
        ("resolution", "NOT_YOURS")
    ]
    assert attend(clerk, meeting, Role.HEAD).pk


def test_resolution_that_gives_work_becomes_a_duty_of_the_unit(now, scope):
    task = assigned(now, held(now), date(2026, 4, 30))
    duty = Duty.objects.get(key=f"meeting-item-{task.pk}")
    assert duty.title == "ซ่อมถนนสายหนองบัว (มติที่ 1 ประชุมหัวหน้าส่วนราชการประจำเดือน ครั้งที่ 3/2569)"
    assert (duty.unit.name, duty.post.title) == ("กองช่าง", "นายช่างโยธา")
    (one,) = duty.occurrences.all()
    assert one.due_on == date(2026, 4, 30)
    assert list(open_for(on(scope(Role.OFFICER), TODAY))) == [one]
    assert list(open_for(on(scope(Role.HEAD), TODAY))) == []


def test_page_of_a_resolution_shows_its_duty(now, agency, sign_in):
    task = assigned(now, held(now), date(2026, 3, 20))
    page = sign_in(Role.CLERK).get(reverse("registers:entry", args=[agency.code, "meeting-items", task.pk]))
    one = Occurrence.objects.get(duty__key=f"meeting-item-{task.pk}")
    assert reverse("duties:occurrence", args=[agency.code, one.pk]) in page.content.decode()


def test_missed_work_stays_missed_and_its_day_is_not_moved(now):
    task = assigned(now, held(now), date(2026, 3, 20))
    one = Occurrence.objects.get(duty__key=f"meeting-item-{task.pk}")
    assert state_of(one, TODAY) is State.MISSED
    later = {"due_on": date(2026, 5, 29)}
    assert refusal(services.change_entry, now, entry=task, values=later, version=None) == [("due_on", "SETTLED")]
    assert notices_of(now)[-1] == (
        "มติมอบหมายที่เลยกำหนดและยังไม่แล้วเสร็จ ๑ เรื่อง: ซ่อมถนนสายหนองบัว (กองช่าง ครบกำหนด ๒๐ มี.ค. ๒๕๖๙)"
    )
    assert notices_of(now, "meeting-items") == notices_of(now)[-1:]


def test_changed_resolution_changes_its_duty_and_a_withdrawn_one_closes_it(now):
    task = assigned(now, held(now), date(2026, 4, 30))
    changed = {"due_on": date(2026, 5, 29), "assigned_unit": unit_ref(now.agency, "กองคลัง")}
    task = services.change_entry(now, entry=task, values=changed, version=None)
    duty = Duty.objects.get(key=f"meeting-item-{task.pk}")
    assert (duty.unit.name, duty.occurrences.get().due_on) == ("กองคลัง", date(2026, 5, 29))
    services.move_entry(now, entry=task, move="withdraw", note="มติเปลี่ยน", version=None)
    duty.refresh_from_db()
    assert (duty.is_open, duty.occurrences.count()) == (False, 0)
    again = assigned(now, Entry.objects.get(register="meetings"), date(2026, 4, 30))  # the same place on the agenda
    assert Duty.objects.filter(key=f"meeting-item-{again.pk}").count() == 1


def test_only_work_that_is_given_becomes_a_duty(now):
    meeting = held(now)
    for place, one in enumerate(("noted", "agreed", "approved"), 1):
        resolve(now, item(now, meeting, place=place), one)
    assert not Duty.objects.exists()
    made = item(now, meeting, place=4)
    assert refusal(resolve, now, made, "assign") == [
        ("resolved_text", "REQUIRED"),
        ("assigned_unit", "REQUIRED"),
        ("due_on", "REQUIRED"),
    ]
    assert refusal(assigned, now, meeting, MARCH - timedelta(days=1), place=5) == [("due_on", "BEFORE_MEETING")]
    assert refusal(assigned, now, meeting, date(2027, 10, 4), place=6) == [("due_on", "TOO_FAR")]
    resolve(now, made, "approved")
    assert not Duty.objects.exists()


def test_work_that_was_done_is_shown_as_closed_at_the_next_meeting(now, agency, sign_in, monkeypatch):
    earlier = held(now)
    task = assigned(now, earlier, date(2026, 4, 30))
    late = assigned(now, earlier, date(2026, 3, 20), place=2, subject="ตรวจนับครุภัณฑ์")
    one = Occurrence.objects.get(duty__key=f"meeting-item-{task.pk}")
    duties.record(now, occurrence=one, done_on=date(2026, 3, 25), result="ซ่อมแล้วระยะทาง ๑๒๐ เมตร")
    meeting = planned(now, "4/2569", APRIL)
    followed = item(now, meeting, "3", follows=entry_ref(task))
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_a: TODAY)
    html = sign_in(Role.CLERK).get(reverse("registers:entry", args=[agency.code, "meetings", meeting.pk]))
    html = html.content.decode()
    part = html[html.index("เรื่องสืบเนื่องจากการประชุมครั้งก่อน") : html.index("เรื่องเพื่อทราบ")]
    assert ("แล้วเสร็จ ๒๕ มี.ค. ๒๕๖๙" in part, "เลยกำหนด ๒๐ มี.ค. ๒๕๖๙" in part) == (True, True)
    assert part.count("ซ่อมถนนสายหนองบัว") == 1
    held_ = services.move_entry(
        on(now, APRIL), entry=meeting, move="hold", values={"opened": at(9), "closed": at(12)}, version=None
    )
    resolve(on(now, APRIL), followed)
    resolve(on(now, APRIL), item(on(now, APRIL), held_, "3", 2, subject=late.title, follows=entry_ref(late)))
    third = minutes_of(on(now, APRIL), held_)["agenda"][2]
    assert third["paragraphs"] == [
        "๓.๑ ซ่อมถนนสายหนองบัว",
        "กองช่างดำเนินการแล้วเสร็จเมื่อวันที่ ๒๕ มีนาคม ๒๕๖๙ ซ่อมแล้วระยะทาง ๑๒๐ เมตร",
        "๓.๒ ตรวจนับครุภัณฑ์",
        "กองช่างยังดำเนินการไม่แล้วเสร็จ เลยกำหนดวันที่ ๒๐ มีนาคม ๒๕๖๙",
    ]
