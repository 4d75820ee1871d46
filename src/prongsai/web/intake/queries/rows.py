"""A row of an intake as pages show it: what it says beside where it was read, and what a person must look at."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from prongsai.thai.names import split_people
from prongsai.web.agencies import queries as agencies
from prongsai.web.agencies.models import Person, Unit
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles.models import Cycle, Finding, ItemState
from prongsai.web.intake.models import IntakeRow, RowKind, RowState
from prongsai.web.intake.queries.desk import Desk
from prongsai.web.intake.queries.labels import Facts, facts_of, place_th, printed_of

_TARGETS = {
    "cycles.finding": "cycles:finding",
    "plans.measure": "plans:measure",
    "agencies.person": "agencies:person",
}
_ENGLISH = re.compile(r"[A-Za-z]{3}")
_SUMMARY_LEFT_OUT = {
    RowKind.GAP: ("code", "title"),
    RowKind.MEASURE: ("measure",),
    RowKind.INDICATOR: ("no", "name"),
    RowKind.TRACKING: ("topic",),
    RowKind.SCORES: ("year_be",),
    RowKind.PERSON: ("prefix", "given_name", "family_name"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A row in a list. facts: its fields; printed: its words by column; target: where what it became is seen."""

    row: IntakeRow
    facts: Facts
    printed: Facts
    place: str
    problems: tuple[Mapping[str, Any], ...]
    doubts: tuple[str, ...]
    target: str

    @property
    def is_waiting(self) -> bool:
        """Whether it can still be decided."""
        return self.row.state == RowState.WAITING

    @property
    def worst(self) -> str:
        """The worst severity of its problems, nothing when it has none."""
        severities = {problem["severity"] for problem in self.problems}
        return next((one for one in ("error", "warning", "info") if one in severities), "")


def line_of(row: IntakeRow, code: str) -> Line:
    """Give a row as a line. code: of the agency."""
    origin = row.read.get("origin") or {}
    return Line(
        row,
        facts_of(row.values, but=_SUMMARY_LEFT_OUT[RowKind(row.kind)]),
        printed_of(origin),
        place_th(origin.get("where") or {}),
        tuple(plainly(problem) for problem in row.problems),
        tuple(origin.get("doubts") or ()),
        target_address(row, code),
    )


def plainly(problem: Mapping[str, Any]) -> Mapping[str, Any]:
    """Give a problem as a clerk reads it: a sum that is told in English words is left out."""
    told = problem.get("arithmetic")
    return {**problem, "arithmetic": None} if told and _ENGLISH.search(told) else problem


def target_address(row: IntakeRow, code: str) -> str:
    """Give the page of what a row became; nothing for what has none."""
    name = _TARGETS.get(row.target_type)
    return reverse(name, args=[code, row.target_id]) if name and row.target_id else ""


@dataclass(frozen=True, slots=True)
class UnknownUnit:
    """A printed unit that the agency does not have, and the nearest that it has."""

    text: str
    nearest: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class RowPage:
    """A row with what it needs to be decided. before, after: neighbours in the paper; waiting: the next that waits.

    item, items: the item that a gap means in the cycle, or the several that a person must choose from. existing: the
    finding that the item has already. same, alike: people of that name, or of one like it. places: where a name stands.
    """

    line: Line
    before: int | None
    after: int | None
    waiting: int | None
    number: int
    count: int
    item: ItemState | None
    items: tuple[ItemState, ...]
    existing: Finding | None
    has_measure: bool
    same: tuple[Person, ...]
    alike: tuple[Person, ...]
    unknown_units: tuple[UnknownUnit, ...]
    places: tuple[tuple[str, str, str], ...]

    @property
    def row(self) -> IntakeRow:
        """The row itself."""
        return self.line.row


def row_page(scope: Scope, row: IntakeRow, cycle: Cycle | None) -> RowPage:
    """Give the page of a row. cycle: where it will go; None where that is not open yet."""
    desk = Desk(scope, cycle, row.intake.fiscal_year_be) if cycle else None
    values, kind = row.values, RowKind(row.kind)
    items = desk.items_of(values) if desk and kind is RowKind.GAP else ()
    item = items[0] if len(items) == 1 else None
    same, alike = desk.people_like(values) if desk and kind is RowKind.PERSON else ((), ())
    neighbours = list(IntakeRow.objects.filter(intake=row.intake_id).values_list("pk", "state"))
    numbers = [pk for pk, _state in neighbours]
    at = numbers.index(row.pk)
    return RowPage(
        line=line_of(row, scope.agency.code),
        before=numbers[at - 1] if at else None,
        after=numbers[at + 1] if at + 1 < len(numbers) else None,
        waiting=next_waiting(neighbours, row.pk),
        number=at + 1,
        count=len(numbers),
        item=item,
        items=items,
        existing=desk.finding_of(item) if desk else None,
        has_measure=bool(desk and kind is RowKind.MEASURE and desk.has_measure(values)),
        same=same,
        alike=alike,
        unknown_units=tuple(_unknown_units(scope, values.get("units") or values.get("responsible") or ())),
        places=tuple(_places(row)),
    )


def next_waiting(neighbours: Iterable[tuple[int, str]], pk: int) -> int | None:
    """Give the next row that waits, from the beginning again when none follows."""
    found = list(neighbours)
    at = [one for one, _state in found].index(pk)
    return next((one for one, state in [*found[at + 1 :], *found[:at]] if state == RowState.WAITING), None)


def _unknown_units(scope: Scope, texts: Iterable[str]) -> Iterable[UnknownUnit]:
    """Name the owners that are neither people nor everybody, and that the agency has no unit of."""
    for text in texts:
        if not split_people(text) and not text.startswith("ทุก") and agencies.find_unit(scope.agency, text) is None:
            yield UnknownUnit(text, tuple(agencies.nearest_units(scope.agency, text)))


def _places(row: IntakeRow) -> Iterable[tuple[str, str, str]]:
    for one in (row.read.get("origin") or {}).get("places") or ():
        position = one["position"] or _("ไม่บอกตำแหน่ง")
        yield one["name"], position, f"{one['as']} {place_th(one['where'])}"
