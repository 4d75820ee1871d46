"""The clocks of a case: Thai holidays, the office's own days, what ends them."""

from __future__ import annotations

from datetime import date

import pytest

from prongsai.web.complaints.contents import Kind, Said
from prongsai.web.complaints.models import Channel, Report, State
from prongsai.web.complaints.queries.clocks import (
    Due,
    clocks_of,
    day_of,
    deadline_of,
    due_after,
    first_due,
    receive_due,
    reply_due,
)


def channel(**days: int) -> Channel:
    return Channel(**days)


def report(state: State = State.RECEIVED, received_on: date = date(2026, 6, 8), **more) -> Report:
    return Report(state=state, received_on=received_on, **more)


def step(at: str = "2026-06-10T09:00:00+07:00", **data) -> Said:
    return Said(Kind.STEP, at=at, data=data)


def reply(at: str, **data) -> Said:
    return Said(Kind.REPLY, "ได้รับเรื่องแล้ว", at=at, data=data)


def running(*args) -> dict[Due, date]:
    return {clock.due: clock.due_on for clock in clocks_of(*args)}


def test_first_reply_is_due_after_fifteen_days_and_not_within_songkran():
    # 30 March + 15 days is 14 April, the middle of Songkran (13 to 15 April 2569); the 16th is a Thursday.
    assert reply_due(channel(), date(2026, 3, 30)) == date(2026, 4, 16)


def test_first_reply_is_not_due_on_new_year_nor_on_the_weekend_after_it():
    # 17 December + 15 days is New Year's Day 2570; after it come a bridging Friday or not, and a weekend.
    due = reply_due(channel(), date(2026, 12, 17))
    assert due == date(2027, 1, 4) and due.weekday() == 0


def test_receiving_counts_working_days_only_over_songkran():
    # From Wednesday 8 April: 9, 10, then 16, 17, 20, 21, 22.
    assert receive_due(channel(), date(2026, 4, 8)) == date(2026, 4, 22)


def test_what_is_due_first_is_the_earlier_of_both():
    monday = date(2026, 6, 8)
    assert first_due(channel(), monday) == receive_due(channel(), monday) == date(2026, 6, 17)
    assert first_due(channel(receive_days=30, reply_days=5), monday) == reply_due(channel(reply_days=5), monday)


def test_days_of_the_office_feed_the_clocks():
    slow = channel(receive_days=10, reply_days=20, progress_days=45)
    assert running(slow, report(), []) == {Due.RECEIVE: date(2026, 6, 22), Due.REPLY: date(2026, 6, 29)}
    answered = running(slow, report(State.ACCEPTED), [reply("2026-06-15T10:00:00+07:00")])
    assert answered == {Due.PROGRESS: date(2026, 7, 31)}  # 45 days later is the first day of the rains retreat


def test_clock_of_receiving_stops_with_screening_and_that_of_the_first_reply_with_the_reply():
    assert set(running(channel(), report(), [])) == {Due.RECEIVE, Due.REPLY}
    assert set(running(channel(), report(State.SCREENING), [])) == {Due.REPLY}
    assert set(running(channel(), report(State.SCREENING), [reply("2026-06-12T10:00:00+07:00")])) == {Due.PROGRESS}


def test_progress_is_due_thirty_days_after_it_was_told_last():
    told = [reply("2026-06-12T10:00:00+07:00"), reply("2026-07-01T10:00:00+07:00")]
    assert running(channel(), report(State.FINDING), told) == {Due.PROGRESS: date(2026, 7, 31)}


def test_question_about_retaliation_is_no_answer_to_the_report():
    asked = [reply("2026-06-12T10:00:00+07:00", watch=True)]
    assert set(running(channel(), report(State.SCREENING), asked)) == {Due.REPLY}


def test_waiting_for_the_reporter_has_the_day_that_was_asked_for():
    said = [reply("2026-06-12T10:00:00+07:00"), step(move="ask", to="waiting", until="2026-06-26")]
    assert running(channel(), report(State.WAITING), said)[Due.ANSWER] == date(2026, 6, 26)
    assert Due.ANSWER not in running(channel(), report(State.SCREENING), said)


def test_committee_has_until_its_last_extension_and_no_clock_once_it_reported():
    order = step(committee={"order_date": "2026-06-15"}, until="2026-07-15")
    longer = step(extension={"order_no": "๒/๒๕๖๙"}, until="2026-08-14")
    assert deadline_of([order]) == (date(2026, 7, 15), date(2026, 6, 15))
    assert deadline_of([order, longer]) == (date(2026, 8, 14), date(2026, 6, 15))
    assert deadline_of([order, longer, step(finding={})]) == (None, None)
    assert deadline_of([order, longer, step(move="reopen")]) == (None, None)
    said = [reply("2026-06-12T10:00:00+07:00"), order, longer]
    assert running(channel(), report(State.FINDING), said)[Due.FINDING] == date(2026, 8, 14)
    assert Due.FINDING not in running(channel(), report(State.ACCEPTED), said)


@pytest.mark.parametrize("state", [State.CLOSED, State.REFUSED, State.INFORMED])
def test_what_ended_has_nothing_due(state):
    assert due_after(channel(), report(state), [reply("2026-06-12T10:00:00+07:00")]) is None


def test_watch_goes_on_after_the_end_until_it_is_ended():
    looked = Said(Kind.WATCH, at="2026-06-12T10:00:00+07:00", data={"next": "2026-09-01"})
    ended = Said(Kind.WATCH, at="2026-09-01T10:00:00+07:00", data={"next": ""})
    assert running(channel(), report(State.CLOSED), [looked]) == {Due.WATCH: date(2026, 9, 1)}
    assert running(channel(), report(State.CLOSED), [looked, ended]) == {}


def test_day_of_a_message_is_that_of_the_office():
    assert day_of("2026-06-12T20:00:00+00:00") == date(2026, 6, 13)
    assert day_of("2026-06-12") == date(2026, 6, 12)
