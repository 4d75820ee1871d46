"""What the steps of a case say by now: proposals that wait, the committee, its report, discipline, the watch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from prongsai.web.agencies.models import CommitteeRole
from prongsai.web.complaints.contents import Kind, Said
from prongsai.web.complaints.models import State
from prongsai.web.complaints.queries.clocks import day_of, iso_day, steps_of
from prongsai.web.complaints.states import MOVES, Ask, Move, Penalty, Stage

GIVEN: Mapping[str, Promise] = {
    Ask.REASON: gettext_lazy("เหตุผล"),
    Ask.EVIDENCE: gettext_lazy("ความเห็นเรื่องหลักฐานหรือกรณีแวดล้อม"),
    Ask.WITNESSES: gettext_lazy("ความเห็นเรื่องพยานบุคคล"),
    Ask.TOLD: gettext_lazy("ข้อความถึงผู้แจ้ง"),
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A move that waits for a second handler. mark: by which the answer names it; by: who proposed it."""

    mark: str
    move: Move
    given: Mapping[str, str]
    by: str
    holder_id: int | None
    on: date

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """What was given, with headings."""
        return tuple((str(GIVEN[ask]), self.given[ask]) for ask in GIVEN if self.given.get(ask))


@dataclass(frozen=True, slots=True)
class Place:
    """A member of a fact-finding committee, as the order names them."""

    person_id: int
    name: str
    role: str

    @property
    def role_label(self) -> str:
        """Their place in words."""
        return str(CommitteeRole(self.role).label)


@dataclass(frozen=True, slots=True)
class Extension:
    """An order by which a committee got more time."""

    order_no: str
    order_date: date
    until: date
    reason: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a committee reported. outcomes: the states that may follow."""

    is_found: bool
    outcomes: tuple[str, ...]
    on: date
    text: str

    @property
    def label(self) -> str:
        """The result in words."""
        if not self.is_found:
            return _("ไม่พบมูล")
        return _("พบมูล: %s") % _(" และ").join(str(State(one).label) for one in self.outcomes)


@dataclass(frozen=True, slots=True)
class Committee:
    """The committee that finds the facts, with every order about its time. found: its report."""

    order_no: str
    order_date: date
    members: tuple[Place, ...]
    until: date
    extensions: tuple[Extension, ...] = ()
    found: Found | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """A step of discipline about one person. stage: proposed, decided, appealed, final."""

    who: str
    stage: str
    on: date
    order_no: str
    penalty: str
    text: str

    @property
    def stage_label(self) -> str:
        """The stage in words."""
        return str(Stage(self.stage).label)

    @property
    def penalty_label(self) -> str:
        """The penalty in words; empty for none yet."""
        return str(Penalty(self.penalty).label) if self.penalty else ""


@dataclass(frozen=True, slots=True)
class Follow:
    """A step of a claim for damages or of a criminal case. kind: the state it belongs to."""

    kind: str
    agency: str
    case_no: str
    on: date
    text: str

    @property
    def kind_label(self) -> str:
        """What it is, in words."""
        return str(State(self.kind).label)


@dataclass(frozen=True, slots=True)
class Look:
    """A look at how whoever reported fares. next_on None: the watch was ended."""

    on: date
    next_on: date | None
    text: str
    by: str


def proposal_of(state: str, said: Iterable[Said]) -> Proposal | None:
    """Give the move that waits for a second handler; one that was overtaken by another move waits no more."""
    found = None
    for one in said:
        if one.kind is not Kind.STEP:
            continue
        if one.data.get("pending"):
            found = one
        elif "to" in one.data or "answers" in one.data:
            found = None
    if found is None or state not in MOVES[found.data["move"]].before:
        return None
    data = found.data
    return Proposal(data["mark"], MOVES[data["move"]], data["given"], found.by, found.holder_id, day_of(found.at))


def came_from(said: Iterable[Said]) -> Said | None:
    """Give the last step that moved the case."""
    moved = steps_of(said, "to")
    return moved[-1] if moved else None


def committee_of(said: Iterable[Said]) -> Committee | None:
    """Give the committee that is at work or reported last; one of before a reopening counts no more."""
    order: Said | None = None
    extensions: list[Extension] = []
    found: Found | None = None
    for one in _since_reopened(said):
        if "committee" in one.data:
            order, extensions, found = one, [], None
        elif "extension" in one.data:
            extensions.append(_extension(one))
        elif "finding" in one.data:
            found = _found(one)
    return _committee(order, tuple(extensions), found) if order else None


def may_follow(said: Iterable[Said]) -> frozenset[str]:
    """Give the states that a committee's report allows: none before it has reported."""
    committee = committee_of(said)
    if committee is None or committee.found is None:
        return frozenset()
    return frozenset(committee.found.outcomes) if committee.found.is_found else frozenset({State.NO_CASE})


def measures_of(said: Iterable[Said]) -> tuple[Measure, ...]:
    """Give the steps of discipline, in their order."""
    return tuple(
        Measure(part["who"], part["stage"], date.fromisoformat(part["on"]), part["order_no"], part["penalty"], one.text)
        for one in steps_of(said, "discipline")
        for part in (one.data["discipline"],)
    )


def follows_of(said: Iterable[Said]) -> tuple[Follow, ...]:
    """Give the steps of claims for damages and of criminal cases, in their order."""
    return tuple(
        Follow(part["kind"], part["agency"], part["case_no"], date.fromisoformat(part["on"]), one.text)
        for one in steps_of(said, "follow")
        for part in (one.data["follow"],)
    )


def looks_of(said: Iterable[Said]) -> tuple[Look, ...]:
    """Give every look at how whoever reported fares, in their order."""
    watched = [one for one in said if one.kind is Kind.WATCH]
    return tuple(Look(day_of(one.at), iso_day(one.data.get("next")), one.text, one.by) for one in watched)


def is_watched(said: Iterable[Said]) -> bool:
    """Whether somebody still looks after whoever reported."""
    looks = looks_of(said)
    return bool(looks) and looks[-1].next_on is not None


def _since_reopened(said: Iterable[Said]) -> Iterator[Said]:
    steps = [one for one in said if one.kind is Kind.STEP]
    start = max((place for place, one in enumerate(steps) if one.data.get("move") == "reopen"), default=-1)
    return iter(steps[start + 1 :])


def _committee(order: Said, extensions: tuple[Extension, ...], found: Found | None) -> Committee:
    part: Mapping[str, Any] = order.data["committee"]
    until = extensions[-1].until if extensions else date.fromisoformat(order.data["until"])
    members = tuple(Place(**one) for one in part["members"])
    return Committee(part["order_no"], date.fromisoformat(part["order_date"]), members, until, extensions, found)


def _extension(one: Said) -> Extension:
    part = one.data["extension"]
    until = date.fromisoformat(one.data["until"])
    return Extension(part["order_no"], date.fromisoformat(part["order_date"]), until, one.text)


def _found(one: Said) -> Found:
    part = one.data["finding"]
    return Found(part["is_found"], tuple(part["outcomes"]), date.fromisoformat(part["on"]), one.text)
