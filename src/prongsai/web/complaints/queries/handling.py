"""What the handling page of a case shows: where it stands, what may come next, what runs, what was decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.functional import Promise

from prongsai.web.complaints.contents import Said
from prongsai.web.complaints.keys import Key
from prongsai.web.complaints.models import Channel, Holder, State
from prongsai.web.complaints.queries.cases import Case
from prongsai.web.complaints.queries.clocks import Clock, clocks_of, day_of
from prongsai.web.complaints.queries.progress import (
    Committee,
    Follow,
    Look,
    Measure,
    Proposal,
    came_from,
    committee_of,
    follows_of,
    looks_of,
    may_follow,
    measures_of,
    proposal_of,
)
from prongsai.web.complaints.states import MOVES, Move, moves_from

_FOLLOWED = (State.LIABILITY, State.CRIMINAL)


@dataclass(frozen=True, slots=True)
class Came:
    """How the case came to where it stands."""

    label: Promise
    before: str
    on: date
    by: str
    reason: str
    opinion: str


@dataclass(frozen=True, slots=True)
class Handling:
    """All of it. is_own_proposal: whoever looks proposed it, and cannot answer it. next_look: when to look again.

    complete_on: when the last backup that holds it will be gone, if it is shredded on its day.
    """

    case: Case
    came: Came | None
    moves: tuple[Move, ...]
    clocks: tuple[Clock, ...]
    proposal: Proposal | None
    is_own_proposal: bool
    committee: Committee | None
    measures: tuple[Measure, ...]
    follows: tuple[Follow, ...]
    looks: tuple[Look, ...]
    complete_on: date | None = None

    @property
    def state(self) -> str:
        """Where the case stands."""
        return self.case.report.state

    @property
    def may_set_committee(self) -> bool:
        """Whether an order may set a committee: at first, and another one in its place until the facts are found."""
        return self.state in (State.ACCEPTED, State.FINDING)

    @property
    def may_report(self) -> bool:
        """Whether the committee is at work: it may get more time, and report."""
        return self.state == State.FINDING and self.committee is not None and self.committee.found is None

    @property
    def waits_for_finding(self) -> bool:
        """Whether nothing may follow before the committee has reported."""
        return self.state == State.FINDING and not may_follow(self.case.said)

    @property
    def may_discipline(self) -> bool:
        """Whether steps of discipline may be recorded."""
        return self.state == State.DISCIPLINE

    @property
    def may_follow_up(self) -> bool:
        """Whether steps of a claim or a criminal case may be recorded."""
        return self.state in _FOLLOWED

    @property
    def next_look(self) -> date | None:
        """When somebody looks again at how whoever reported fares."""
        return self.looks[-1].next_on if self.looks else None


def handling_of(key: Key, case: Case) -> Handling:
    """Give what the page of a case shows of its handling. Two queries at most."""
    channel = Channel.objects.get(agency=case.report.agency_id)
    proposal = proposal_of(case.report.state, case.said)
    return Handling(
        case,
        _came(case.said),
        open_moves(case),
        clocks_of(channel, case.report, case.said),
        proposal,
        proposal is not None and is_own(key, proposal),
        committee_of(case.said),
        measures_of(case.said),
        follows_of(case.said),
        looks_of(case.said),
        _complete_on(channel, case),
    )


def _complete_on(channel: Channel, case: Case) -> date | None:
    day = case.report.expires_on
    return day + timedelta(days=channel.backup_days) if day else None


def open_moves(case: Case) -> tuple[Move, ...]:
    """Give the moves that may be taken now: outcomes only as a committee reported them, nothing twice at once."""
    outcomes = may_follow(case.said)
    waits = proposal_of(case.report.state, case.said) is not None
    return tuple(
        move
        for move in moves_from(case.report.state)
        if not move.is_by_order
        and (move.outcome is None or move.outcome in outcomes)
        and not (waits and move.needs_second)
    )


def is_own(key: Key, proposal: Proposal) -> bool:
    """Whether a proposal is of whoever holds this key. People count, not keys: a lost one may have been replaced."""
    proposer = Holder.objects.filter(pk=proposal.holder_id or 0).values_list("user_id", flat=True).first()
    return proposer == key.holder.user_id


def _came(said: tuple[Said, ...]) -> Came | None:
    step = came_from(said)
    if step is None:
        return None
    data: Mapping[str, Any] = step.data
    before = str(State(data["from"]).label)
    return Came(MOVES[data["move"]].label, before, day_of(step.at), step.by, step.text, data.get("opinion", ""))
