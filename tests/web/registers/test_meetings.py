"""Meetings: counts from the list, adoption at the next meeting, months without one, committees."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from prongsai.registers.load import of_year
from prongsai.web.agencies.models import Committee, CommitteeMember, Person
from prongsai.web.agencies.roles import Role
from prongsai.web.agencies.scope import Scope
from prongsai.web.duties.queries import State, state_of
from prongsai.web.registers import services
from prongsai.web.registers.models import Entry
from prongsai.web.registers.queries.library import kept_of
from prongsai.web.registers.queries.linked import linked_values
from prongsai.web.registers.queries.periods import occurrences_of
from prongsai.web.registers.rules import hooks_of
from prongsai.web.registers.rules._meetings import row_of
from prongsai.web.registers.services import EntryRefused
from tests.web.registers.meeting import (
    APRIL,
    TODAY,
    adopt,
    at,
    attend,
    held,
    item,
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


def test_attendance_list_makes_the_counts(now):
    meeting = held(now)
    attend(now, meeting, Role.MAYOR)
    attend(now, meeting, Role.OFFICER, "proxy", proxy_for="ผู้อำนวยการกองช่าง")
    attend(now, meeting, Role.HEAD, "absent", reason="ติดราชการที่จังหวัด")
    attend(now, meeting, Role.ANALYST, "guest")
    taken_off = attend(now, meeting, Role.LEGAL)
    services.move_entry(now, entry=taken_off, move="withdraw", note="ไม่ได้มา", version=None)
    told = linked_values(of_year("meetings", 0), [meeting])[meeting.pk]
    assert (told["present"], told["absent"], told["guests"]) == (2, 1, 1)
    typed = services.change_entry(now, entry=meeting, values={"present": Decimal(198)}, version=None)
    assert linked_values(of_year("meetings", 0), [typed])[meeting.pk]["present"] == 2


def test_absent_gives_a_reason_and_a_proxy_says_for_whom(now):
    meeting = held(now)
    assert refusal(attend, now, meeting, Role.HEAD, "absent") == [("reason", "REQUIRED")]
    assert refusal(attend, now, meeting, Role.HEAD, "proxy") == [("proxy_for", "REQUIRED")]
    assert refusal(attend, now, meeting, Role.HEAD, reason="ลา") == [("reason", "EMPTY_IF")]
    attend(now, meeting, Role.HEAD)
    assert refusal(attend, now, meeting, Role.HEAD) == [("meeting", "ALREADY_THERE")]


def test_nobody_was_present_before_the_day(now):
    meeting = planned(now, "4/2569", APRIL)
    assert refusal(attend, now, meeting, Role.HEAD) == [("role", "NOT_YET_HELD")]
    assert attend(now, meeting, Role.HEAD, "invited").pk


def test_who_is_expected_is_offered_once(now):
    meeting = planned(now, "4/2569", APRIL)
    rows = proposals_of(now, "meeting-attendance")
    assert [(one["position"], one["role"]) for one in rows] == [
        ("นายกเทศมนตรี", "invited"),
        ("ปลัดเทศบาล", "invited"),
        ("หัวหน้าสำนักปลัดเทศบาล", "invited"),
        ("ผู้อำนวยการกองคลัง", "invited"),
    ]
    services.add_entries(now, register="meeting-attendance", rows=rows)
    assert proposals_of(now, "meeting-attendance") == []
    assert Entry.objects.filter(register="meeting-attendance", links__target=meeting).count() == 4


def test_expected_at_a_committee_are_its_members_and_at_a_staff_meeting_the_staff(now):
    board = committee(now)
    mayor = Person.objects.get(agency=now.agency, given_name="สมหมาย")
    CommitteeMember.objects.create(committee=board, person=mayor, role="chair")
    planned(now, "1/2569", APRIL, kind="committee", name=board.name)
    assert [(one["person"].text, one["position"]) for one in proposals_of(now, "meeting-attendance")] == [
        ("นายสมหมาย ใจกว้าง", "ประธานกรรมการ")
    ]
    planned(now, "2/2569", APRIL, kind="staff")
    Person.objects.filter(agency=now.agency, given_name="สมหมาย").update(employment="elected")
    assert len(proposals_of(now, "meeting-attendance")) == 1 + 14


def test_minutes_are_adopted_at_the_next_meeting_and_stand_then(now):
    meeting, then = held(now), on(now, APRIL)
    attend(now, meeting, Role.MAYOR)
    resolve(now, item(now, meeting))
    later = held(then, "4/2569", APRIL)
    adopted = adopt(then, meeting, later)
    assert (adopted.state, adopted.values["adopted_at"]["text"]) == ("adopted", later.title)
    assert refusal(attend, then, meeting, Role.HEAD) == [("meeting", "MEETING_OVER")]
    assert refusal(item, then, meeting, place=2) == [("meeting", "MEETING_OVER")]


def test_minutes_are_not_adopted_without_list_resolutions_or_a_later_meeting(now):
    meeting, then = held(now), on(now, APRIL)
    later, other = held(then, "4/2569", APRIL), held(then, "1/2569", APRIL, kind="staff")
    assert why_not(then, meeting) == "ยังไม่มีรายชื่อผู้มาประชุม"
    attend(then, meeting, Role.MAYOR)
    invited = attend(then, meeting, Role.HEAD, "invited")
    assert why_not(then, meeting) == "ยังไม่บันทึกการมาประชุม ๑ คน"
    services.change_entry(then, entry=invited, values={"role": "present"}, version=None)
    open_ = item(then, meeting)
    assert why_not(then, meeting) == "ยังไม่บันทึกมติ: “ซ่อมถนนสายหนองบัว”"
    resolve(then, open_)
    assert why_not(then, meeting) == ""
    assert refusal(adopt, then, meeting, other) == [("adopted_at", "CANNOT_ADOPT")]
    assert refusal(adopt, then, meeting, planned(then, "5/2569", date(2026, 5, 7))) == [("adopted_at", "CANNOT_ADOPT")]
    assert adopt(then, meeting, later).state == "adopted"


def why_not(scope: Scope, meeting: Entry) -> str:
    register = of_year("meetings", 0)
    move = register.move_of("adopt")
    assert move is not None
    return hooks_of("meetings").why_not_move(scope, register, meeting, move)


def test_minutes_that_a_later_meeting_did_not_adopt_are_told(now):
    held(now)
    held(now, "4/2569", date(2026, 3, 30))
    assert "ประชุมหัวหน้าส่วนราชการประจำเดือน ครั้งที่ ๓/๒๕๖๙ ยังไม่ได้รับรองรายงาน ทั้งที่ประชุมครั้งถัดไปแล้ว" in notices_of(now)


def test_skipped_month_stays_visible(now):
    services.open_year(now, fiscal_year_be=2569)
    held(now, "2/2569", date(2026, 2, 5))
    skipped = planned(now, "1/2569", date(2026, 1, 8))
    services.move_entry(now, entry=skipped, move="skip", note="ติดการเลือกตั้ง", version=None)
    register = of_year("meetings", 0)
    missed = [one.label for one in occurrences_of(now, register, 2569) if state_of(one, TODAY) is State.MISSED]
    assert missed == ["เดือนตุลาคม ๒๕๖๘", "เดือนพฤศจิกายน ๒๕๖๘", "เดือนธันวาคม ๒๕๖๘", "เดือนมกราคม ๒๕๖๙", "เดือนกุมภาพันธ์ ๒๕๖๙"]
    assert notices_of(now) == [
        "ไม่มีการประชุมหัวหน้าส่วนราชการประจำเดือน ๔ เดือน: ต.ค. ๒๕๖๘, พ.ย. ๒๕๖๘, ธ.ค. ๒๕๖๘, ม.ค. ๒๕๖๙ (งด: ติดการเลือกตั้ง)"
    ]
    january = next(one for one in occurrences_of(now, register, 2569) if one.label == "เดือนมกราคม ๒๕๖๙")
    close = services.close_period(replace(now, person=_mayor(now)), kept=kept_of(now, "meetings"), occurrence=january)
    assert (close.is_nothing, close.table["rows"][0][-1]) == (False, "งดประชุม")


def _mayor(scope: Scope) -> Person:
    return Person.objects.get(agency=scope.agency, given_name="สมหมาย")


def test_meeting_is_not_held_before_its_day(now):
    made = planned(now, "4/2569", APRIL)
    with pytest.raises(EntryRefused) as refused:
        services.move_entry(now, entry=made, move="hold", values={"opened": at(9), "closed": at(12)}, version=None)
    assert refused.value.message_th == "ยังไม่ถึงวันประชุม"


def test_number_occurs_once_in_its_kind(now):
    held(now)
    assert refusal(planned, now, "๓/๒๕๖๙") == [("kind", "ALREADY_THERE")]
    assert planned(now, "3/2569", kind="staff").pk


def committee(scope: Scope, until: date | None = None) -> Committee:
    return Committee.objects.create(
        agency=scope.agency,
        name="คณะกรรมการจริยธรรม",
        order_no="12/2569",
        order_date=date(2025, 12, 1),
        valid_from=date(2025, 12, 1),
        valid_to=until,
    )


def test_committee_whose_order_has_run_out_is_told(now):
    committee(now, until=date(2026, 3, 1))
    made = planned(now, "1/2569", APRIL, kind="committee", name="คณะกรรมการจริยธรรม")
    found = hooks_of("meetings").check(now, of_year("meetings", 0), _values(made), made)
    assert [(one.field, one.code, one.is_warning) for one in found] == [("name", "NO_ORDER", True)]
    assert [text for text in notices_of(now) if "คำสั่ง" in text] == [
        f"{made.title}: คำสั่งแต่งตั้ง “คณะกรรมการจริยธรรม” ไม่มีผลในวันประชุม"
    ]
    Committee.objects.update(valid_to=None)
    assert list(hooks_of("meetings").check(now, of_year("meetings", 0), _values(made), made)) == []


@pytest.mark.parametrize(("until", "said"), [(date(2026, 3, 1), 1), (None, 0)])
def test_page_of_a_committee_meeting_warns_of_an_order_that_has_run_out(now, agency, sign_in, until, said):
    committee(now, until=until)
    made = planned(now, "1/2569", APRIL, kind="committee", name="คณะกรรมการจริยธรรม")
    html = sign_in(Role.CLERK).get(reverse("registers:entry", args=[agency.code, "meetings", made.pk])).content.decode()
    assert html.count("ไม่มีผลในวันประชุม") == said


def _values(entry: Entry) -> dict[str, object]:
    return dict(row_of(entry).values)
