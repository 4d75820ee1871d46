"""Budget briefings: of a meeting and its list; questions answered, or somebody signs that there were none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from prongsai.web.agencies.roles import Role
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers import services
from prongsai.web.registers.models import Entry
from prongsai.web.registers.queries.library import kept_of
from prongsai.web.registers.queries.linked import linked_values
from tests.web.registers.conftest import entry_ref
from tests.web.registers.meeting import APRIL, MARCH, attend, held, notices_of, person, planned, refusal

TODAY = date(2026, 3, 31)  # of fiscal year 2569
ASKED = ({"asked_by": "กองการศึกษา", "question": "เบิกได้เมื่อใด", "answer": "ตั้งแต่กลางเดือน"},)


@pytest.fixture
def now(system: Scope) -> Scope:
    """The software itself on TODAY."""
    return replace(system, today=TODAY)


@pytest.fixture
def meeting(now) -> Entry:
    """A meeting to which two came."""
    made = held(now)
    attend(now, made, Role.MAYOR)
    attend(now, made, Role.HEAD)
    attend(now, made, Role.COORDINATOR, "absent", reason="ลาป่วย")
    return made


def briefing(scope: Scope, meeting: Entry, **given: object) -> Entry:
    values = {
        "topic": "งบประมาณปี 2569",
        "meeting": entry_ref(meeting),
        "briefed_on": meeting.dated_on,
        "briefed_by": person(scope, Role.HEAD),
        "points": "เบิกจ่ายแล้วร้อยละ 48",
        "no_questions": False,
        "questions": ASKED,
        **given,
    }
    wanted = {key: value for key, value in values.items() if value is not None}
    return services.add_entry(scope, register="budget-briefings", values=wanted)


def test_who_heard_is_counted_from_the_meeting(now, meeting):
    made = briefing(now, meeting)
    shown = linked_values(kept_of(now, "budget-briefings").register, [made])[made.pk]
    assert (int(shown["present"]), int(shown["absent"])) == (2, 1)
    attend(now, meeting, Role.CLERK)
    shown = linked_values(kept_of(now, "budget-briefings").register, [made])[made.pk]
    assert int(shown["present"]) == 3
    assert made.links.get(field="meeting").target_id == meeting.pk


def test_a_briefing_is_of_a_meeting_that_was_held_on_its_day(now, meeting):
    bare = {"topic": "งบประมาณ", "briefed_on": MARCH, "points": "สาระ", "no_questions": False, "questions": ASKED}
    bare["briefed_by"] = person(now, Role.HEAD)
    assert refusal(services.add_entry, now, register="budget-briefings", values=bare) == [("meeting", "REQUIRED")]
    assert refusal(briefing, now, meeting, briefed_on=date(2026, 3, 6)) == [("briefed_on", "OTHER_DAY")]
    later = planned(now, "4/2569", APRIL)
    assert ("meeting", "NOT_HELD") in refusal(briefing, now, later, briefed_on=MARCH)


def test_a_meeting_without_a_list_holds_the_close(now):
    made = briefing(now, held(now))
    assert notices_of(now, "budget-briefings") == [f"การประชุมยังไม่มีรายชื่อผู้มาประชุม: “{made.title}”"]
    attend(now, Entry.objects.get(register="meetings"), Role.MAYOR)
    assert notices_of(now, "budget-briefings") == []


def test_questions_are_recorded_with_their_answers_or_none_is_signed(now, meeting):
    assert refusal(briefing, now, meeting, questions=None) == [("questions", "REQUIRED")]
    bare = ({"asked_by": "กองการศึกษา", "question": "เบิกได้เมื่อใด"},)
    assert refusal(briefing, now, meeting, questions=bare) == [("questions", "REQUIRED")]
    none = {"no_questions": True, "questions": None}
    assert refusal(briefing, now, meeting, **none) == [("confirmed_by", "REQUIRED"), ("confirmed_on", "REQUIRED")]
    signed = none | {"confirmed_by": person(now, Role.CLERK), "confirmed_on": MARCH}
    assert refusal(briefing, now, meeting, **signed | {"questions": ASKED}) == [("questions", "EMPTY_IF")]
    assert briefing(now, meeting, **signed).values["n_questions"] == "0"


def test_who_signs_that_nobody_asked_was_there(now, meeting):
    signed = {"no_questions": True, "questions": None, "confirmed_on": MARCH}
    absent = signed | {"confirmed_by": person(now, Role.COORDINATOR)}
    assert refusal(briefing, now, meeting, **absent) == [("confirmed_by", "NOT_THERE")]
    assert briefing(now, meeting, **signed, confirmed_by=person(now, Role.MAYOR)).values["no_questions"] is True


def test_a_question_is_counted(now, meeting):
    assert briefing(now, meeting, questions=ASKED * 2).values["n_questions"] == "2"
