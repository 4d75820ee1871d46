"""Writing tasks: giving them, answering them, accepting or returning the answer, rolling a pilot out."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies import journal
from prongsai.web.agencies.models import Unit
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles.models import Cycle, Finding
from prongsai.web.cycles.services.guard import require_open
from prongsai.web.evidence.models import Evidence
from prongsai.web.plans.models import Measure, Task, TaskState
from prongsai.web.plans.queries.tasks import siblings_of

# From where the unit may still work on it.
WORKABLE = frozenset({TaskState.ASSIGNED, TaskState.ACKNOWLEDGED, TaskState.IN_PROGRESS, TaskState.RETURNED})
_ONWARD = {
    TaskState.ACKNOWLEDGED: frozenset({TaskState.ASSIGNED}),
    TaskState.IN_PROGRESS: frozenset({TaskState.ASSIGNED, TaskState.ACKNOWLEDGED, TaskState.RETURNED}),
}


@transaction.atomic
def assign_task(
    scope: Scope,
    *,
    cycle: Cycle,
    unit: Unit,
    title: str,
    due_on: date,
    measure: Measure | None = None,
    finding: Finding | None = None,
    is_lead: bool = True,
) -> Task:
    """Give a unit a task without a memo. Raises ValidationError for a day that is past or a unit of another agency."""
    require_open(cycle)
    if unit.agency_id != scope.agency.pk or not unit.holds_on(scope.today):
        raise ValidationError({"unit": _("ไม่พบส่วนราชการนี้ หรือเลิกใช้แล้ว")})
    if due_on < scope.today:
        raise ValidationError({"due_on": _("กำหนดส่งอยู่ก่อนวันนี้")})
    if any(thing is not None and thing.cycle_id != cycle.pk for thing in (measure, finding)):
        raise ValidationError(_("มาตรการหรือประเด็นอยู่ในรอบอื่น"))
    task = Task(
        cycle=cycle,
        unit=unit,
        title=title,
        due_on=due_on,
        measure=measure,
        finding=finding,
        item=finding.item if finding else None,
        is_lead=is_lead,
    )
    return journal.create(scope, task, "task.assign")


@transaction.atomic
def move_task(scope: Scope, *, task: Task, version: int | None, state: str) -> Task:
    """Acknowledge a task or begin it. Raises Stale, ValidationError for a step that does not follow."""
    require_open(task.cycle)
    current = need_current(scope, task, version)
    _need(state in _ONWARD and current.state in _ONWARD[TaskState(state)], _("เปลี่ยนเป็นสถานะนี้ไม่ได้แล้ว"))
    action = "task.acknowledge" if state == TaskState.ACKNOWLEDGED else "task.start"
    return journal.change(scope, task, action, version=version, state=state)


@transaction.atomic
def answer_task(
    scope: Scope, *, task: Task, version: int | None, answer: str, evidence: Evidence | None = None, submit: bool
) -> Task:
    """Write what a unit did; submit: hand it to the coordinator. The answer needs words or evidence, a pilot's words.

    Raises Stale, ValidationError.
    """
    require_open(task.cycle)
    current = need_current(scope, task, version)
    _need(current.state in WORKABLE, _("งานนี้ส่งหรือรับแล้ว แก้คำตอบไม่ได้"))
    _add_evidence(scope, current, evidence)
    if submit:
        _need_answer(current, answer)
    state = TaskState.SUBMITTED if submit else TaskState.IN_PROGRESS
    return journal.change(scope, task, "task.submit" if submit else "task.answer", state=state, answer=answer.strip())


@transaction.atomic
def decide_task(scope: Scope, *, task: Task, version: int | None, accept: bool, reason: str = "") -> Task:
    """Accept a submitted answer, or return it for a reason that must be given. Raises Stale, ValidationError."""
    require_open(task.cycle)
    current = need_current(scope, task, version)
    _need(current.state == TaskState.SUBMITTED, _("งานนี้ยังไม่ได้ส่ง หรือพิจารณาแล้ว"))
    if accept:
        _need_answer(current, current.answer)
        return journal.change(scope, task, "task.accept", state=TaskState.ACCEPTED, returned_reason="")
    if not reason.strip():
        raise ValidationError({"reason": _("ระบุเหตุที่ส่งคืน เพื่อให้หน่วยงานแก้ได้ตรงจุด")})
    return journal.change(scope, task, "task.return", state=TaskState.RETURNED, returned_reason=reason.strip())


@transaction.atomic
def roll_out(scope: Scope, *, task: Task, units: Iterable[Unit], due_on: date) -> tuple[Task, ...]:
    """Give what an accepted pilot tried to other units. Those that have the task already are passed over.

    Raises ValidationError for what is no accepted pilot, no units, or a day that is past.
    """
    require_open(task.cycle)
    task.refresh_from_db()
    _need(task.is_pilot and task.state == TaskState.ACCEPTED, _("ขยายผลได้เมื่อรับผลของหน่วยนำร่องแล้ว"))
    if due_on < scope.today:
        raise ValidationError({"due_on": _("กำหนดส่งอยู่ก่อนวันนี้")})
    chosen = list(units)
    if any(unit.agency_id != scope.agency.pk for unit in chosen):
        raise ValidationError({"units": _("ไม่พบส่วนราชการนี้")})
    there = {task.unit_id, *siblings_of(task).values_list("unit_id", flat=True)}
    made = [_rolled_out(scope, task, unit, due_on) for unit in chosen if unit.pk not in there]
    if not made:
        raise ValidationError({"units": _("เลือกหน่วยที่ยังไม่มีงานนี้อย่างน้อยหนึ่งหน่วย")})
    return tuple(made)


@transaction.atomic
def need_current(scope: Scope, task: Task, version: int | None) -> Task:
    """Give a task as it is now, held until the transaction ends. Raises Stale when it is not as it was seen."""
    journal.take_turn(scope.agency)
    current = Task.objects.select_for_update().get(pk=task.pk)
    if version is not None and current.version != version:
        raise journal.Stale(current)
    return current


def _rolled_out(scope: Scope, task: Task, unit: Unit, due_on: date) -> Task:
    new = Task(
        dispatch=task.dispatch,
        cycle=task.cycle,
        finding=task.finding,
        measure=task.measure,
        item=task.item,
        unit=unit,
        title=task.title,
        rolled_out_from=task,
        due_on=due_on,
    )
    return journal.create(scope, new, "task.roll_out")


def _add_evidence(scope: Scope, task: Task, evidence: Evidence | None) -> None:
    if evidence is None or task.evidence.filter(pk=evidence.pk).exists():
        return
    if evidence.agency_id != scope.agency.pk:
        raise ValidationError(_("ไม่พบหลักฐานนี้"))
    task.evidence.add(evidence)
    journal.note(scope, "task.evidence", task, {"evidence": (None, str(evidence))})
    # Evidence alone changes the task too: others who look at it must see that.
    Task.objects.filter(pk=task.pk).update(version=F("version") + 1, changed_at=timezone.now())


def _need_answer(task: Task, answer: str) -> None:
    if answer.strip():
        return
    if task.is_pilot:
        raise ValidationError({"answer": _("หน่วยนำร่องต้องเขียนผลที่ได้ก่อนส่ง หน่วยอื่นจะทำตาม")})
    if not task.evidence.exists():
        raise ValidationError({"answer": _("เขียนสิ่งที่ดำเนินการแล้ว หรือแนบหลักฐาน ก่อนส่ง")})


def _need(holds: bool, text: object) -> None:
    if not holds:
        raise ValidationError(str(text))
