"""Data asked of units, handed over from one person to another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from prongsai.registers.load import of_year
from prongsai.web.agencies.roles import Role
from prongsai.web.registers.rules import unit_submissions
from prongsai.web.registers.services import EntryRefused, add_entries, move_entry
from tests.web.registers.rules.conftest import TODAY, person, unit

ASKS = of_year("unit-submissions", 0)
ASKED, DUE = date(2026, 1, 5), date(2026, 1, 30)


@pytest.fixture
def ask(agency, make):
    """Ask a unit: ``ask("กองช่าง", topic=…)``."""
    return lambda name, **values: make(
        "unit-submissions", **{"unit": unit(agency, name), "asked_on": ASKED, "due_by": DUE} | values
    )


@pytest.fixture
def people(agency):
    return {"sender": person(agency, Role.OFFICER), "receiver": person(agency, Role.PUBLISHER)}


def told(scope, day=TODAY):
    return [one.text for one in unit_submissions.notices(replace(scope, today=day), ASKS, 2569)]


def submit(scope, entry, **values):
    return move_entry(scope, entry=entry, move="submit", values=values, version=None)


def test_a_hand_over_without_sender_receiver_or_day_is_refused(now, ask, people):
    made = ask("กองช่าง")
    given = {**people, "received_on": date(2026, 1, 29)}
    for missing in given:
        with pytest.raises(EntryRefused) as refused:
            submit(now, made, **{key: value for key, value in given.items() if key != missing})
        assert [(one.field, one.code) for one in refused.value.faults] == [(missing, "REQUIRED")]
    done = submit(now, made, **given)
    assert (done.state, done.values["sender"]["text"], done.values["received_on"]) == (
        "submitted", people["sender"].text, "2026-01-29",
    )  # fmt: skip


def test_units_that_have_not_sent_are_listed_until_it_is_accepted(now, ask, people):
    made = ask("กองช่าง")
    ask("กองคลัง")
    words = "ข่าวกิจกรรมเดือนมกราคม ๒๕๖๙ {late} ๓๐ ม.ค. ๒๕๖๙ ยังไม่ส่ง {n} ส่วนราชการ: {units}"
    assert told(now, DUE) == [words.format(late="กำหนดส่ง", n="๒", units="กองช่าง, กองคลัง")]
    sent = submit(now, made, **people, received_on=date(2026, 1, 29))
    assert told(now) == [words.format(late="เกินกำหนด", n="๑", units="กองคลัง")]
    with pytest.raises(EntryRefused):
        move_entry(now, entry=sent, move="send_back", version=None)
    back = move_entry(now, entry=sent, move="send_back", note="ไม่มีภาพ", version=None)
    assert told(now) == [words.format(late="เกินกำหนด", n="๒", units="กองช่าง, กองคลัง")]
    again = submit(now, back, **people, received_on=date(2026, 2, 2))
    assert move_entry(now, entry=again, move="accept", version=None).state == "accepted"
    assert again.values["days_late"] == "3"


def test_the_unit_that_was_asked_hands_over_itself(scope, ask, people):
    made = ask("กองช่าง")
    officer = replace(scope(Role.OFFICER), today=TODAY)
    assert submit(officer, made, **people, received_on=DUE).state == "submitted"
    with pytest.raises(EntryRefused):
        move_entry(officer, entry=made, move="accept", version=None)


def test_what_is_asked_of_all_units_is_offered_for_the_rest_once(now, ask):
    ask("กองช่าง", all_units=True)
    rows = unit_submissions.proposals(now, ASKS, 2569)
    assert [row["unit"].text for row in rows] == [
        "สำนักปลัดเทศบาล", "กองคลัง", "กองการศึกษา", "กองสาธารณสุขและสิ่งแวดล้อม",
    ]  # fmt: skip
    assert [one.due_on for one in add_entries(now, register="unit-submissions", rows=rows)] == [DUE] * 4
    assert unit_submissions.proposals(now, ASKS, 2569) == []


def test_what_is_asked_of_one_unit_is_offered_to_no_other(now, ask):
    ask("กองช่าง")
    assert list(unit_submissions.proposals(now, ASKS, 2569)) == []
