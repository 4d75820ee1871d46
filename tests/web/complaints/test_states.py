"""The table of moves: it leads everywhere, ends where it should, and asks what the rules ask."""

from __future__ import annotations

import pytest

from prongsai.web.complaints.contents import Mode
from prongsai.web.complaints.models import State
from prongsai.web.complaints.states import ANONYMOUS_RULE, ENDS, MOVES, OUTCOMES, Ask, moves_from


def names(state: State) -> list[str]:
    return [move.name for move in moves_from(state)]


def test_every_state_is_reached_and_only_a_closed_case_waits_for_a_reopening():
    reached, todo = {State.RECEIVED}, [State.RECEIVED]
    while todo:
        for move in moves_from(todo.pop()):
            if move.after not in reached:
                reached.add(move.after)
                todo.append(move.after)
    assert reached == set(State)
    assert names(State.CLOSED) == ["reopen"] == names(State.REFUSED)


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (State.RECEIVED, ["screen"]),
        (State.SCREENING, ["accept", "ask", "refer", "refuse"]),
        (State.WAITING, ["accept", "resume", "refer", "refuse"]),
        (State.ACCEPTED, ["refer", "find"]),
        (State.FINDING, ["refer", "no_case", "discipline", "liability", "criminal"]),
        (State.NO_CASE, ["inform", "reopen"]),
        (State.DISCIPLINE, ["liability", "criminal", "inform"]),
        (State.INFORMED, ["discipline", "liability", "criminal", "close", "reopen"]),
        (State.REFERRED, ["inform", "close", "reopen"]),
    ],
)
def test_moves_lead_from_state_to_state_as_the_order_of_a_case_has_it(state, expected):
    assert names(state) == expected


def test_report_without_a_name_is_accepted_or_refused_with_two_opinions_and_a_second_hand():
    for name in ("accept", "refuse"):
        move = MOVES[name]
        assert move.is_seconded(Mode.ANONYMOUS)
        assert not move.is_seconded(Mode.NAMED) and not move.is_seconded(Mode.CONFIDENTIAL)
        assert move.asked(Mode.ANONYMOUS) == (Ask.REASON, Ask.EVIDENCE, Ask.WITNESSES, Ask.TOLD)
        assert move.asked(Mode.NAMED) == (Ask.REASON, Ask.TOLD)
    assert [name for name, move in MOVES.items() if move.needs_second] == ["accept", "refuse"]
    assert "๒๒ ธันวาคม ๒๕๔๑" in str(ANONYMOUS_RULE)


def test_every_outcome_needs_what_a_committee_reported():
    assert tuple(move.after for move in MOVES.values() if move.outcome) == OUTCOMES
    assert all(move.outcome == move.after for move in MOVES.values() if move.outcome)


def test_ends_are_where_the_days_until_shredding_are_counted():
    assert {State.REFUSED, State.INFORMED, State.CLOSED} == ENDS
    assert [name for name, move in MOVES.items() if move.ends] == ["refuse", "inform", "close"]


def test_reporter_is_told_of_what_concerns_them():
    told = [name for name, move in MOVES.items() if move.tells_reporter]
    assert told == ["accept", "ask", "refer", "refuse", "inform"]
