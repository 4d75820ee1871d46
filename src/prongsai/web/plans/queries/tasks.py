"""Reading tasks: a unit's list by due date, and one with its history."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case, Count, IntegerField, Model, Q, QuerySet, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies.journal_words import Line as JournalLine
from prongsai.web.agencies.journal_words import lines_of
from prongsai.web.agencies.models import AuditEntry, Unit
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles.models import ElementState
from prongsai.web.evidence.models import Evidence
from prongsai.web.plans.models import Task, TaskState

SOON_DAYS = 7
MINE, EVERYBODY = "mine", "all"
SECTIONS: dict[str, Promise] = {
    "check": _("รอท่านตรวจ"),
    "overdue": _("เกินกำหนด"),
    "soon": _("ใกล้ถึงกำหนด"),
    "later": _("กำหนดถัดไป"),
    "waiting": _("ส่งแล้ว รอผู้ประสานงานตรวจ"),
    "done": _("รับแล้ว"),
}


def tasks_of(scope: Scope) -> QuerySet[Task]:
    """Give the tasks of the agency with what they are printed with."""
    return Task.objects.filter(cycle__agency=scope.agency).select_related(
        "unit", "cycle__agency", "dispatch", "finding__item", "measure", "item", "rolled_out_from__unit"
    )


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task in a list. section: key of ``SECTIONS``. waiting_for: whose turn it is."""

    pk: int
    title: str
    code: str
    unit: str
    due_on: date
    state: str
    state_label: str
    section: str
    section_label: str
    waiting_for: str
    is_lead: bool
    is_pilot: bool
    n_evidence: int
    returned_reason: str
    memo: str


def task_list(scope: Scope, whose: str = MINE) -> QuerySet[Task]:
    """Give tasks in the order of the list: what waits for the coordinator first for who may check, then by due date."""
    checks_first = scope.can(Power.RUN_CYCLE) and whose == EVERYBODY
    rank = Case(
        When(state=TaskState.ACCEPTED, then=Value(9)),
        When(state=TaskState.SUBMITTED, then=Value(0 if checks_first else 5)),
        default=Value(1),
        output_field=IntegerField(),
    )
    found = tasks_of(scope).annotate(rank=rank, n_evidence=Count("evidence")).order_by("rank", "due_on", "pk")
    return found if whose == EVERYBODY else found.filter(unit__in=scope.unit_ids)


def task_rows(scope: Scope, tasks: Iterable[Task], whose: str = MINE) -> tuple[TaskRow, ...]:
    """Turn the tasks of a page of ``task_list`` into rows; no further query."""
    checks = scope.can(Power.RUN_CYCLE) and whose == EVERYBODY
    return tuple(_row(task, section_of(task, scope.today, checks=checks)) for task in tasks)


def _row(task: Task, section: str) -> TaskRow:
    return TaskRow(
        pk=task.pk,
        title=task.title,
        code=code_of(task),
        unit=str(task.unit),
        due_on=task.due_on,
        state=task.state,
        state_label=task.get_state_display(),
        section=section,
        section_label=str(SECTIONS[section]),
        waiting_for=waiting_for(task),
        is_lead=task.is_lead,
        is_pilot=task.is_pilot,
        n_evidence=vars(task)["n_evidence"],
        returned_reason=task.returned_reason if task.state == TaskState.RETURNED else "",
        memo=task.dispatch.number if task.dispatch else "",
    )


def code_of(task: Task) -> str:
    """Give the item code that a task is about, as of the year or as printed; nothing where it is about no item."""
    if task.item:
        return task.item.code
    return task.finding.printed_code if task.finding else ""


def section_of(task: Task, today: date, *, checks: bool = False) -> str:
    """Tell under which head a task stands on a day."""
    if task.state == TaskState.ACCEPTED:
        return "done"
    if task.state == TaskState.SUBMITTED:
        return "check" if checks else "waiting"
    if task.due_on < today:
        return "overdue"
    return "soon" if task.due_on <= today + timedelta(days=SOON_DAYS) else "later"


def is_overdue(task: Task, today: date) -> bool:
    """Whether a unit is late; what it has handed in is not."""
    return section_of(task, today) == "overdue"


def waiting_for(task: Task) -> str:
    """Say whose turn it is."""
    if task.state == TaskState.ACCEPTED:
        return ""
    return str(_("ผู้ประสานงาน")) if task.state == TaskState.SUBMITTED else str(task.unit)


def siblings_of(task: Task) -> QuerySet[Task]:
    """Give the tasks that other units have of the same thing: of the same memo and finding, or rolled out of it."""
    same = Q(rolled_out_from=task)
    if task.dispatch_id and task.finding_id:
        same |= Q(dispatch=task.dispatch_id, finding=task.finding_id)
    return Task.objects.filter(same).exclude(pk=task.pk).select_related("unit")


@dataclass(frozen=True, slots=True)
class TaskPage:
    """Everything the page of a task shows. elements: what the item must hold."""

    task: Task
    code: str
    section: str
    waiting_for: str
    elements: tuple[ElementState, ...]
    steps: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    siblings: tuple[Task, ...]
    history: tuple[JournalLine, ...]
    can_answer: bool
    can_decide: bool
    can_roll_out: bool


def task_page(scope: Scope, task: Task) -> TaskPage:
    """Give the page of a task."""
    workable = task.state not in (TaskState.SUBMITTED, TaskState.ACCEPTED)
    runs = scope.can(Power.RUN_CYCLE)
    return TaskPage(
        task=task,
        code=code_of(task),
        section=section_of(task, scope.today),
        waiting_for=waiting_for(task),
        elements=tuple(task.item.elements.all()) if task.item else (),
        steps=tuple(step.text for step in task.measure.steps.all()) if task.measure else (),
        evidence=tuple(task.evidence.select_related("file")),
        siblings=tuple(siblings_of(task)),
        history=history_of(scope, task),
        can_answer=workable and scope.can_change(task.unit_id),
        can_decide=task.state == TaskState.SUBMITTED and runs,
        can_roll_out=task.is_pilot and task.state == TaskState.ACCEPTED and runs,
    )


def history_of(scope: Scope, record: Model) -> tuple[JournalLine, ...]:
    """Give what the journal says of a record, the latest first."""
    entries = AuditEntry.objects.filter(
        agency=scope.agency, subject_type=record._meta.label_lower, subject_id=str(record.pk)
    )
    return tuple(lines_of(entries.order_by("-number")))


def units_to_follow(scope: Scope, task: Task) -> QuerySet[Unit]:
    """Give the units that a pilot may be rolled out to: those of the highest level that do not have the task."""
    there = [task.unit_id, *siblings_of(task).values_list("unit_id", flat=True)]
    return Unit.objects.filter(agency=scope.agency, parent=None).on(scope.today).exclude(pk__in=there)
