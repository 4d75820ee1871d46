"""What is late, due soon or waiting in a cycle and by whom, and the executive's one page."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from prongsai.thai.fiscal import fiscal_year, half
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles.models import Cycle, ItemState, Work
from prongsai.web.cycles.queries import Glance, glance
from prongsai.web.duties import queries as duties
from prongsai.web.duties.models import Occurrence
from prongsai.web.plans.models import Measure, MeasureState, Report, ReportState, Step, Task, TaskState

SOON_DAYS = 14
OVERDUE, SOON, WAITING, MISSED, QUIET = "overdue", "soon", "waiting", "missed", "quiet"
SHOWN: dict[str, Promise] = {
    OVERDUE: _("เลยกำหนด"),
    SOON: _("ครบกำหนดใน ๑๔ วัน"),
    WAITING: _("ส่งแล้ว รอตรวจ"),
    MISSED: _("งวดที่ขาด"),
    QUIET: _("มาตรการที่ครึ่งปีนี้ยังไม่มีความก้าวหน้า"),
}
_TONE = {OVERDUE: "overdue", SOON: "late_soon", WAITING: "running", MISSED: "missed", QUIET: "warning"}


@dataclass(frozen=True, slots=True)
class Thing:
    """Something to follow up. group: of ``SHOWN``. waits_for: whose move it is."""

    group: str
    kind: str
    title: str
    unit_id: int | None
    unit: str
    due_on: date | None
    waits_for: str
    address: str

    @property
    def tone(self) -> str:
        """The word by which badges are coloured."""
        return _TONE[self.group]

    @property
    def group_label(self) -> Promise:
        """What the group is called."""
        return SHOWN[self.group]


class Counted(NamedTuple):
    """How many things a group has."""

    name: str
    label: Promise
    n: int


class UnitRow(NamedTuple):
    """How many things of each group a unit has. unit_id None: of no unit in particular; late: overdue or missed."""

    unit_id: int | None
    unit: str
    groups: tuple[Counted, ...]
    late: int


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A cycle followed up on a day. units: those that have something, who is latest first; late: overdue or missed."""

    things: tuple[Thing, ...]
    groups: tuple[Counted, ...]
    units: tuple[UnitRow, ...]
    late: int

    def chosen(self, group: str, unit_id: int | None) -> list[Thing]:
        """Give the things of a group and a unit (0: of no unit); everything where one is not named."""
        return [
            thing
            for thing in self.things
            if (group not in SHOWN or thing.group == group) and (unit_id is None or (thing.unit_id or 0) == unit_id)
        ]


def follow_up_of(scope: Scope, cycle: Cycle) -> FollowUp:
    """Give what is to be followed up in a cycle, the most urgent first; seven queries however much there is."""
    things = [*_tasks(scope, cycle), *_steps(scope, cycle), *_items(scope, cycle), *_occurrences(scope, cycle)]
    things += _quiet(scope, cycle)
    order = {name: place for place, name in enumerate(SHOWN)}
    things.sort(key=lambda one: (order[one.group], one.due_on or date.max))
    counts = Counter((thing.unit_id, thing.group) for thing in things)
    named = {thing.unit_id: thing.unit if thing.unit_id else say("ไม่ระบุส่วนราชการ") for thing in things}
    units = [_unit_row(pk, name, {group: counts[pk, group] for group in SHOWN}) for pk, name in named.items()]
    units.sort(key=lambda row: (-row.late, -sum(group.n for group in row.groups), row.unit))
    total = Counter(thing.group for thing in things)
    return FollowUp(tuple(things), _counted(total), tuple(units), _late(total))


def _unit_row(unit_id: int | None, name: str, counts: Mapping[str, int]) -> UnitRow:
    return UnitRow(unit_id, name, _counted(counts), _late(counts))


def _counted(counts: Mapping[str, int]) -> tuple[Counted, ...]:
    return tuple(Counted(name, label, counts.get(name, 0)) for name, label in SHOWN.items())


def _late(counts: Mapping[str, int]) -> int:
    return counts.get(OVERDUE, 0) + counts.get(MISSED, 0)


def half_of(cycle: Cycle, today: date) -> tuple[date, date]:
    """Give the half of the measures' year that a day is in, or the nearest."""
    year = fiscal_year(cycle.measures_year_be)
    day = min(max(today, year.start), year.end)
    first = half(1, cycle.measures_year_be)
    start, end = first if day <= first.end else half(2, cycle.measures_year_be)
    return start, end


def _group_of(due: date, today: date) -> str | None:
    if due < today:
        return OVERDUE
    return SOON if due <= today + timedelta(days=SOON_DAYS) else None


def _tasks(scope: Scope, cycle: Cycle) -> Iterator[Thing]:
    found = Task.objects.filter(cycle=cycle).exclude(state=TaskState.ACCEPTED).select_related("unit")
    for task in found:
        is_sent = task.state == TaskState.SUBMITTED
        group = WAITING if is_sent else _group_of(task.due_on, scope.today)
        if group:
            waits_for = say("ผู้ประสานงานตรวจ") if is_sent else task.unit.name
            address = reverse("plans:task", args=[scope.agency.code, task.pk])
            yield Thing(
                group, say("งานที่มอบหมาย"), task.title, task.unit_id, task.unit.name, task.due_on, waits_for, address
            )


def _steps(scope: Scope, cycle: Cycle) -> Iterator[Thing]:
    soon = scope.today + timedelta(days=SOON_DAYS)
    found = Step.objects.filter(measure__cycle=cycle, done_on__isnull=True, due_on__lte=soon)
    found = found.exclude(measure__state__in=(MeasureState.DONE, MeasureState.CARRIED))
    for step in found.select_related("measure").prefetch_related("measure__owners__unit"):
        group = _group_of(step.due_on, scope.today) if step.due_on else None
        if group:
            unit_id, unit = _owner(step.measure)
            address = reverse("plans:measure", args=[scope.agency.code, step.measure_id])
            yield Thing(group, say("ขั้นตอนของมาตรการ"), step.text, unit_id, unit, step.due_on, unit, address)


def _items(scope: Scope, cycle: Cycle) -> Iterator[Thing]:
    soon = scope.today + timedelta(days=SOON_DAYS)
    found = ItemState.objects.filter(cycle=cycle, due_on__lte=soon).exclude(work__in=(Work.READY, Work.SUBMITTED))
    for item in found.select_related("unit"):
        group = _group_of(item.due_on, scope.today) if item.due_on else None
        if group:
            unit = item.unit.name if item.unit else ""
            address = reverse("cycles:item", args=[scope.agency.code, cycle.framework_id, item.key])
            yield Thing(group, say("ข้อ OIT"), str(item), item.unit_id, unit, item.due_on, unit, address)


def _occurrences(scope: Scope, cycle: Cycle) -> Iterator[Thing]:
    soon = scope.today + timedelta(days=SOON_DAYS)
    found = duties.occurrences_of(scope).filter(
        duty__fiscal_year_be=cycle.measures_year_be, done_on__isnull=True, due_on__lte=soon
    )
    for one in found:
        group = MISSED if one.due_on < scope.today else SOON
        unit = one.duty.unit.name if one.duty.unit else ""
        waits_for = _waits_for(one) or unit
        address = reverse("duties:occurrence", args=[scope.agency.code, one.pk])
        yield Thing(group, say("งานประจำ"), str(one), one.duty.unit_id, unit, one.due_on, waits_for, address)


def _waits_for(one: Occurrence) -> str:
    if one.duty.kind == "follow_up":
        return say("ผู้บริหาร")
    return one.duty.post.title if one.duty.post else ""


def _quiet(scope: Scope, cycle: Cycle) -> Iterator[Thing]:
    """Give the measures at work without a dated entry in this half-year."""
    span = half_of(cycle, scope.today)
    at_work = Measure.objects.filter(cycle=cycle, state__in=(MeasureState.DRAFT, MeasureState.RUNNING))
    found = at_work.exclude(progress__on__range=span).prefetch_related("owners__unit")
    for measure in found:
        unit_id, unit = _owner(measure)
        address = reverse("plans:measure", args=[scope.agency.code, measure.pk])
        yield Thing(QUIET, say("มาตรการ"), measure.title, unit_id, unit, measure.ends_on, unit, address)


def _owner(measure: Measure) -> tuple[int | None, str]:
    """Give the first unit that answers for a measure; the printed words where none is known."""
    owners = list(measure.owners.all())
    known = next((owner for owner in owners if owner.unit), None)
    if known and known.unit:
        return known.unit_id, known.unit.name
    return None, owners[0].text if owners else ""


# --- the executive's page -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Executive:
    """What who decides must see. month: this month's follow-up, before: the last month's; None without such a duty."""

    glance: Glance
    follow_up: FollowUp
    reports: tuple[Report, ...]
    months: tuple[duties.Line, ...]
    tally: duties.Tally
    current: duties.Line | None

    @property
    def latest(self) -> Sequence[Thing]:
        """The things that are late longest."""
        late = [thing for thing in self.follow_up.things if thing.group in (OVERDUE, MISSED)]
        return sorted(late, key=lambda thing: thing.due_on or date.max)[:10]

    @property
    def late_units(self) -> list[UnitRow]:
        """The units that are late."""
        return [row for row in self.follow_up.units if row.late]


def executive_of(scope: Scope, cycle: Cycle) -> Executive:
    """Give the executive's page of a cycle."""
    waiting = Report.objects.filter(cycle=cycle, state=ReportState.DRAFT).select_related("made_by")
    months = follow_ups_of(scope, cycle)
    counted = duties.tally((line.occurrence for line in months), scope.today)
    return Executive(
        glance(cycle, scope.today),
        follow_up_of(scope, cycle),
        tuple(waiting),
        months,
        counted,
        to_record(months, scope.today),
    )


def follow_ups_of(scope: Scope, cycle: Cycle) -> tuple[duties.Line, ...]:
    """Give the executive's follow-ups of the measures' year, month by month."""
    found = duties.occurrences_of(scope).filter(duty__kind="follow_up", duty__fiscal_year_be=cycle.measures_year_be)
    return duties.lines(scope, found.order_by("starts_on"))


def to_record(months: Iterable[duties.Line], today: date) -> duties.Line | None:
    """Give the follow-up that is to be recorded next: of the oldest month, begun and not missed, without an entry."""
    open_ones = [line for line in months if not line.occurrence.done_on and line.occurrence.starts_on <= today]
    not_missed = [line for line in open_ones if line.state is not duties.State.MISSED]
    return next(iter(not_missed or open_ones), None)
