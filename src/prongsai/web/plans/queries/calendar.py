"""Everything of a month or year that has a day: duties, tasks, steps, measures, items and the commission's dates."""

import calendar
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from prongsai.thai.fiscal import BE_OFFSET, fiscal_year, month_span, months_in
from prongsai.thai.holidays import holidays
from prongsai.thai.months import MONTHS
from prongsai.thai.numerals import to_thai
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles.models import CycleDate, ItemState, Work
from prongsai.web.duties import queries as duties
from prongsai.web.plans.models import Measure, MeasureState, Progress, Step, Task, TaskState

SUNDAY = 6
KINDS: dict[str, Promise] = {
    "duty": _("งานประจำ"),
    "task": _("งานที่มอบหมาย"),
    "step": _("ขั้นตอนของมาตรการ"),
    "measure": _("สิ้นสุดมาตรการ"),
    "item": _("กำหนดส่งข้อ OIT"),
    "date": _("ปฏิทินการประเมิน"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """Something on a day. kind: of ``KINDS``. is_done None: nothing that anybody does (dates of the commission)."""

    day: date
    kind: str
    title: str
    who: str
    address: str
    is_done: bool | None
    today: date

    @property
    def is_late(self) -> bool:
        """Whether its day is over and it is not done."""
        return self.is_done is False and self.day < self.today

    @property
    def state(self) -> str:
        """The word by which it is coloured."""
        if self.is_done is None:
            return "info"
        return "done" if self.is_done else "overdue" if self.is_late else "open"

    @property
    def state_label(self) -> str:
        """The state in words."""
        if self.is_done is None:
            return say("กำหนดการ")
        return say("ทำแล้ว") if self.is_done else say("เลยกำหนด") if self.is_late else say("ยังไม่ทำ")

    @property
    def kind_label(self) -> Promise:
        """What kind of thing it is."""
        return KINDS[self.kind]


@dataclass(frozen=True, slots=True)
class Day:
    """A cell of the month's grid. holiday: its name, empty on other days."""

    day: date
    is_inside: bool
    holiday: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """A month as a grid of weeks, Sunday first, and as a list. late: left over from before, the oldest first."""

    start: date
    weeks: tuple[tuple[Day, ...], ...]
    entries: tuple[Entry, ...]
    late: tuple[Entry, ...]
    follow_up: duties.Line | None

    @property
    def name(self) -> str:
        """``ตุลาคม ๒๕๖๘``."""
        return _month_name(self.start)

    @property
    def before(self) -> date:
        """A day of the month before."""
        return self.start - timedelta(days=1)

    @property
    def after(self) -> date:
        """A day of the month after."""
        return self.start + timedelta(days=31)

    @property
    def days(self) -> list[Day]:
        """The days of the month itself."""
        return [day for week in self.weeks for day in week if day.is_inside]


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A month in the view of a year."""

    start: date
    entries: tuple[Entry, ...]
    follow_up: duties.Line | None

    @property
    def name(self) -> str:
        """``ตุลาคม ๒๕๖๘``."""
        return _month_name(self.start)

    @property
    def done(self) -> int:
        """How many are done."""
        return sum(entry.is_done is True for entry in self.entries)

    @property
    def late(self) -> int:
        """How many are late."""
        return sum(entry.is_late for entry in self.entries)

    @property
    def to_do(self) -> int:
        """How many there are to do, done ones too."""
        return sum(entry.is_done is not None for entry in self.entries)

    @property
    def dates(self) -> list[Entry]:
        """The commission's dates."""
        return [entry for entry in self.entries if entry.kind == "date"]


def _month_name(day: date) -> str:
    if get_language() == "en":
        return f"{day:%B %Y}"
    return to_thai(f"{MONTHS[day.month - 1]} {day.year + BE_OFFSET}")


def month_of(scope: Scope, year: int, month: int) -> Month:
    """Give a month of a Christian year. Eleven queries however much there is."""
    span = month_span(year, month)
    entries = tuple(entries_between(scope, span.start, span.end))
    off = {holiday.day: holiday.name for holiday in holidays(year)}
    weeks = calendar.Calendar(SUNDAY).monthdatescalendar(year, month)
    grid = tuple(
        tuple(
            Day(
                day,
                day.month == month,
                off.get(day, "") if day.month == month else "",
                tuple(entry for entry in entries if entry.day == day),
            )
            for day in week
        )
        for week in weeks
    )
    late = tuple(left_over(scope, span.start)) if span.start <= scope.today else ()
    return Month(span.start, grid, entries, late, duties.follow_up_of(scope, span.start))


def year_of(scope: Scope, year_be: int) -> tuple[MonthRow, ...]:
    """Give the twelve months of a fiscal year (BE)."""
    span = fiscal_year(year_be)
    entries = list(entries_between(scope, span.start, span.end))
    found = duties.occurrences_of(scope).filter(duty__kind="follow_up", starts_on__range=span)
    follow_ups = {line.occurrence.starts_on: line for line in duties.lines(scope, found)}
    return tuple(
        MonthRow(
            start,
            tuple(entry for entry in entries if (entry.day.year, entry.day.month) == (start.year, start.month)),
            follow_ups.get(start),
        )
        for start in months_in(*span)
    )


def entries_between(scope: Scope, start: date, end: date) -> list[Entry]:
    """Give everything with a day from a day to a day, in order; seven queries."""
    span = (start, end)
    found = [
        *_duties(scope, due_on__range=span),
        *_tasks(scope, due_on__range=span),
        *_steps(scope, due_on__range=span),
        *_measures(scope, ends_on__range=span),
        *_items(scope, due_on__range=span),
        *_dates(scope, start, end),
    ]
    return sorted(found, key=lambda entry: (entry.day, list(KINDS).index(entry.kind), entry.title))


def left_over(scope: Scope, before: date) -> list[Entry]:
    """Give what was due before a day and is not done, the oldest first; five queries."""
    found = [
        *_duties(scope, due_on__lt=before, done_on__isnull=True),
        *_tasks(scope, due_on__lt=before),
        *_steps(scope, due_on__lt=before, done_on__isnull=True),
        *_items(scope, due_on__lt=before),
    ]
    return sorted((entry for entry in found if entry.is_late), key=lambda entry: (entry.day, entry.title))


def last_task_on(scope: Scope, start: date, end: date) -> date | None:
    """Give the day of the last task of a period that an executive's follow-up supervises.

    What was done counts on the day of doing, what is still open on its due day.
    """
    span = (start, end)
    own = {"measure__cycle__agency": scope.agency}
    open_tasks = Task.objects.filter(cycle__agency=scope.agency, due_on__range=span).exclude(state=TaskState.ACCEPTED)
    steps = Step.objects.filter(**own)
    others = duties.occurrences_of(scope).exclude(duty__kind="follow_up")
    found = (
        open_tasks.aggregate(last=Max("due_on")),
        Progress.objects.filter(**own, on__range=span).aggregate(last=Max("on")),
        steps.filter(done_on__range=span).aggregate(last=Max("done_on")),
        steps.filter(done_on__isnull=True, due_on__range=span).aggregate(last=Max("due_on")),
        others.filter(done_on__range=span).aggregate(last=Max("done_on")),
        others.filter(done_on__isnull=True, due_on__range=span).aggregate(last=Max("due_on")),
    )
    return max((each["last"] for each in found if each["last"]), default=None)


def _duties(scope: Scope, **which: object) -> Iterator[Entry]:
    for one in duties.occurrences_of(scope).filter(**which):
        who = one.duty.unit.name if one.duty.unit else one.duty.post.title if one.duty.post else ""
        address = reverse("duties:occurrence", args=[scope.agency.code, one.pk])
        yield Entry(one.due_on, "duty", str(one), who, address, one.done_on is not None, scope.today)


def _tasks(scope: Scope, **which: object) -> Iterator[Entry]:
    for task in Task.objects.filter(cycle__agency=scope.agency, **which).select_related("unit"):
        is_done = task.state in (TaskState.SUBMITTED, TaskState.ACCEPTED)
        address = reverse("plans:task", args=[scope.agency.code, task.pk])
        yield Entry(task.due_on, "task", task.title, task.unit.name, address, is_done, scope.today)


def _steps(scope: Scope, **which: object) -> Iterator[Entry]:
    found = Step.objects.filter(measure__cycle__agency=scope.agency, **which).select_related("measure")
    for step in found.prefetch_related("measure__owners"):
        if step.due_on:
            address = reverse("plans:measure", args=[scope.agency.code, step.measure_id])
            who = _owners(step.measure)
            yield Entry(step.due_on, "step", step.text, who, address, step.done_on is not None, scope.today)


def _measures(scope: Scope, **which: object) -> Iterator[Entry]:
    found = Measure.objects.filter(cycle__agency=scope.agency, **which).exclude(state=MeasureState.CARRIED)
    for measure in found.prefetch_related("owners"):
        if measure.ends_on:
            address = reverse("plans:measure", args=[scope.agency.code, measure.pk])
            is_done = measure.state == MeasureState.DONE
            yield Entry(measure.ends_on, "measure", measure.title, _owners(measure), address, is_done, scope.today)


def _items(scope: Scope, **which: object) -> Iterator[Entry]:
    found = ItemState.objects.filter(cycle__agency=scope.agency, **which).select_related("unit", "cycle")
    for item in found:
        if item.due_on:
            address = reverse("cycles:item", args=[scope.agency.code, item.cycle.framework_id, item.key])
            is_done = item.work in (Work.READY, Work.SUBMITTED)
            who = item.unit.name if item.unit else ""
            yield Entry(item.due_on, "item", str(item), who, address, is_done, scope.today)


def _dates(scope: Scope, start: date, end: date) -> Iterator[Entry]:
    for one in CycleDate.objects.filter(cycle__agency=scope.agency).select_related("cycle"):
        address = reverse("cycles:cycle", args=[scope.agency.code, one.cycle.framework_id])
        for day, text in _ends_of(one):
            if start <= day <= end:
                yield Entry(day, "date", text, "", address, None, scope.today)


def _ends_of(one: CycleDate) -> Iterable[tuple[date, str]]:
    if one.starts_on and one.ends_on and one.starts_on != one.ends_on:
        return [
            (one.starts_on, say("เริ่ม: {name}").format(name=one.name)),
            (one.ends_on, say("วันสุดท้าย: {name}").format(name=one.name)),
        ]
    day = one.starts_on or one.ends_on
    return [(day, one.name)] if day else []


def _owners(measure: Measure) -> str:
    return ", ".join(owner.text for owner in measure.owners.all())
