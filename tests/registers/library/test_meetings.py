"""Meetings, who came, what was resolved, policy briefings."""

from datetime import time
from pathlib import Path

import pytest

from prongsai.registers.check import check
from prongsai.registers.load import of_year
from prongsai.registers.model import FieldType, Formula, Ref
from prongsai.registers.rules import holds
from prongsai.registers.shelf import LIBRARY
from prongsai.reports.forms.minutes import STANDING
from tests.registers.library.by_example import read_examples, wrong
from tests.registers.library.example import codes, number, shipped, told

KEPT = ("meetings", "meeting-attendance", "meeting-items", "policy-briefings")


@pytest.mark.parametrize("id_", KEPT)
def test_file_has_no_faults_and_english_names(id_: str) -> None:
    assert check(Path(LIBRARY) / f"{id_}.yaml") == []
    register = of_year(id_, 0)
    named = [*register.fields, *register.states, *register.moves, *(one for f in register.fields for one in f.choices)]
    assert [one.key for one in named if not one.label_en] == []
    assert [one.key for one in register.statistics if not one.title_en] == []


@pytest.mark.parametrize("id_", KEPT)
def test_examples_make_an_entry_that_is_taken(id_: str) -> None:
    asked = [one for one in of_year(id_, 0).fields_at("") if one.required and one.type is not FieldType.FILE]
    assert [one.key for one in asked if not one.example] == []
    assert None not in read_examples(asked).values()
    assert wrong(id_) == []


def test_counts_of_a_meeting_come_from_the_list_and_are_asked_of_nobody() -> None:
    derived = {one.key: one.derivation for one in shipped("meetings").fields if one.derivation}
    assert {one.register for one in derived.values()} == {"meeting-attendance", "meeting-items"}
    present = derived["present"]
    assert (present.formula, present.by) == (Formula.LINKED_COUNT, "meeting")
    assert present.where is not None
    roles = [one.key for one in shipped("meeting-attendance").field_of("role").choices]
    assert [role for role in roles if holds(present.where, {"role": role})] == ["present", "proxy"]
    assert {one.key for one in shipped("meetings").fields_at("")} & set(derived) == set()
    briefing = shipped("policy-briefings").field_of("present").derivation
    assert (briefing.formula, briefing.of) == (Formula.LOOKUP, ("meeting", "present"))


def test_parts_of_the_agenda_are_those_of_the_minutes() -> None:
    choices = shipped("meeting-items").field_of("agenda").choices
    assert [(one.key, one.label_th) for one in choices] == [(str(n), one) for n, one in enumerate(STANDING, 1)]


def test_standing_topics_are_budget_ethics_no_gift_and_property() -> None:
    topics = [one.key for one in shipped("meeting-items").field_of("topic").choices]
    assert topics == ["budget", "ethics", "no_gift", "assets", "other"]


def test_meetings_are_due_every_month_and_a_skipped_one_stays_in_the_count() -> None:
    register = shipped("meetings")
    assert (register.due.rhythm.value, register.due.none_allowed) == ("monthly", True)
    assert "skipped" in register.counted_states
    assert register.move_of("skip").note_required


def test_committee_and_other_meetings_are_named_and_monthly_ones_not() -> None:
    assert codes("meetings", kind="committee", name=None) == [("name", "REQUIRED")]
    assert codes("meetings", kind="heads", name="คณะ") == [("name", "EMPTY_IF")]
    assert codes("meetings", number="3") == [("number", "PATTERN")]


def test_meeting_ends_after_it_began() -> None:
    (fault,) = told("meetings", "hold", opened=time(9, 30), closed=time(9, 0))
    assert (fault.field, fault.message_th) == ("closed", "เวลาเลิกประชุมอยู่ก่อนเวลาเริ่มประชุม")


def test_work_is_given_to_a_unit_with_a_day() -> None:
    given = {"resolution": "assign", "resolved_text": None, "assigned_unit": None, "due_on": None}
    assert codes("meeting-items", "resolve", **given) == [
        ("resolved_text", "REQUIRED"),
        ("assigned_unit", "REQUIRED"),
        ("due_on", "REQUIRED"),
    ]
    unit = Ref(1, "กองช่าง")
    assert codes("meeting-items", "resolve", resolution="noted", assigned_unit=unit) == [("assigned_unit", "EMPTY_IF")]
    assert codes("meeting-items", place=number(0)) == [("place", "TOO_LOW")]
