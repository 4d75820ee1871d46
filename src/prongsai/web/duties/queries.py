"""Reading duties and their occurrences."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch, Q, QuerySet
from django.db.models.enums import TextChoices
from django.utils.translation import gettext_lazy as _

from prongsai.thai.fiscal import fiscal_year_be
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.duties.models import Duty, DutyKind, Occurrence

SOON_DAYS = 14


class State(TextChoices):
    """How an occurrence stands on a day; worked out, never stored."""

    EXPECTED = "expected", _("ยังไม่ถึงกำหนด")
    SOON = "soon", _("ใกล้ครบกำหนด")
    DONE = "done", _("ทำแล้ว")
    LATE_DONE = "late_done", _("ทำแล้ว ล่าช้า")
    MISSED = "missed", _("ขาด")


_TONE = {
    State.EXPECTED: "waiting",
    State.SOON: "late_soon",
    State.DONE: "done",
    State.LATE_DONE: "changed",
    State.MISSED: "missed",
}


def state_of(occurrence: Occurrence, today: date) -> State:
    """Say how an occurrence stands: missed as soon as its last day is over, and visibly so ever after."""
    if occurrence.done_on:
        return State.DONE if occurrence.done_on <= occurrence.due_on else State.LATE_DONE
    if occurrence.due_on < today:
        return State.MISSED
    return State.SOON if occurrence.due_on <= today + timedelta(days=SOON_DAYS) else State.EXPECTED


@dataclass(frozen=True, slots=True)
class Line:
    """An occurrence with its state on a day. may_record: whether who asks may enter it."""

    occurrence: Occurrence
    state: State
    may_record: bool

    @property
    def tone(self) -> str:
        """The word by which badges are coloured."""
        return _TONE[self.state]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of the occurrences expected by a day were done; one date entered by hand stands for one only."""

    done: int
    expected: int


@dataclass(frozen=True, slots=True)
class DutyLine:
    """A duty with its occurrences."""

    duty: Duty
    lines: tuple[Line, ...]
    tally: Tally

    @property
    def missed(self) -> int:
        """How many were missed."""
        return sum(line.state is State.MISSED for line in self.lines)

    @property
    def next(self) -> Line | None:
        """The one that comes next."""
        return next((line for line in self.lines if line.state in (State.SOON, State.EXPECTED)), None)


def duties_of(scope: Scope) -> QuerySet[Duty]:
    """Give the duties of the agency."""
    return Duty.objects.filter(agency=scope.agency).select_related("unit", "post")


def occurrences_of(scope: Scope) -> QuerySet[Occurrence]:
    """Give the occurrences of the agency with what they are printed with."""
    return Occurrence.objects.filter(duty__agency=scope.agency).select_related(
        "duty__unit", "duty__post", "duty__agency", "done_by"
    )


def lines(scope: Scope, occurrences: Iterable[Occurrence]) -> tuple[Line, ...]:
    """Give occurrences with their states today."""
    return tuple(Line(one, state_of(one, scope.today), may_record(scope, one)) for one in occurrences)


def missed(scope: Scope, fiscal_year: int | None = None) -> QuerySet[Occurrence]:
    """Give what was not done in time and is not done yet."""
    found = occurrences_of(scope).filter(done_on__isnull=True, due_on__lt=scope.today)
    return found if fiscal_year is None else found.filter(duty__fiscal_year_be=fiscal_year)


def follow_up_of(scope: Scope, month: date) -> Line | None:
    """Give the executive's follow-up of the month of a day; None when there is no such duty."""
    found = occurrences_of(scope).filter(duty__kind=DutyKind.FOLLOW_UP, starts_on__lte=month, ends_on__gte=month)
    return next(iter(lines(scope, found[:1])), None)


def tally(occurrences: Iterable[Occurrence], until: date) -> Tally:
    """Count what was expected in the periods that end by a day, and how many different days of doing there are.

    A register's closed period counts for itself.
    """
    counted = [one for one in occurrences if one.ends_on <= until]
    by_hand = {one.done_on for one in counted if one.done_on and not one.by_register}
    return Tally(sum(one.by_register for one in counted) + len(by_hand), len(counted))


def duty_lines(scope: Scope, fiscal_year: int) -> tuple[DutyLine, ...]:
    """Give the duties of a fiscal year (BE), those switched off last; two queries however many there are."""
    return tuple(
        _duty_line(scope, duty) for duty in _with_occurrences(duties_of(scope).filter(fiscal_year_be=fiscal_year))
    )


def duty_line(scope: Scope, duty: Duty) -> DutyLine:
    """Give one duty with its occurrences."""
    return _duty_line(scope, _with_occurrences(duties_of(scope)).get(pk=duty.pk))


def years_of(scope: Scope) -> list[int]:
    """Give the fiscal years (BE) that have duties, and the present one, the latest first."""
    known = set(duties_of(scope).order_by().values_list("fiscal_year_be", flat=True).distinct())
    return sorted(known | {fiscal_year_be(scope.today)}, reverse=True)


def may_record(scope: Scope, occurrence: Occurrence) -> bool:
    """Whether somebody may enter that it was done: an executive for a follow-up, else its unit or post."""
    duty = occurrence.duty
    if duty.kind == DutyKind.FOLLOW_UP:
        return scope.can(Power.FOLLOW_UP)
    holds_post = scope.can(Power.SEE_WORK) and duty.post_id in scope.post_ids
    return scope.can_change(duty.unit_id) or holds_post


def open_for(scope: Scope) -> QuerySet[Occurrence]:
    """Give what is not done yet and belongs to who asks: by unit or post, or by being an executive."""
    mine = Q(duty__unit__in=scope.unit_ids) | Q(duty__post__in=scope.post_ids)
    if scope.can(Power.FOLLOW_UP):
        mine |= Q(duty__kind=DutyKind.FOLLOW_UP)
    return occurrences_of(scope).filter(mine, done_on__isnull=True)


def _with_occurrences(duties: QuerySet[Duty]) -> QuerySet[Duty]:
    inner = Occurrence.objects.select_related("done_by")
    return duties.prefetch_related(Prefetch("occurrences", inner)).order_by("-is_open", "pk")


def _duty_line(scope: Scope, duty: Duty) -> DutyLine:
    found = sorted(duty.occurrences.all(), key=lambda one: (one.starts_on, one.ends_on))
    for one in found:
        one.duty = duty  # the prefetched duty has its unit and post
    return DutyLine(duty, lines(scope, found), tally(found, scope.today))
