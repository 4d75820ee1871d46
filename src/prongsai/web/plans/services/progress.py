"""Writing progress: what was done about a measure on a day, what it changed, and the evidence."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from prongsai.web.agencies import journal
from prongsai.web.agencies.scope import Scope
from prongsai.web.evidence.models import Evidence
from prongsai.web.plans.models import Measure, Progress, Step
from prongsai.web.plans.services.measures import change_steps, need_open


@transaction.atomic
def add_progress(
    scope: Scope,
    *,
    measure: Measure,
    on: date | None,
    result: str = "",
    outcome: str = "",
    step: Step | None = None,
    is_step_done: bool = False,
    evidence: Iterable[Evidence] = (),
) -> Progress:
    """Add an entry; is_step_done: the step is finished on that day. Raises ValidationError."""
    need_open(measure.cycle)
    _hold(scope, measure, on, step, is_step_done)
    last = measure.progress.aggregate(last=Max("place"))["last"]
    place = 0 if last is None else last + 1
    entry = Progress(measure=measure, step=step, on=on, result=result, outcome=outcome, by=scope.user, place=place)
    journal.create(scope, entry, "progress.add")
    _finish(scope, measure, step, on, is_step_done)
    _attach(scope, entry, evidence)
    return entry


@transaction.atomic
def edit_progress(
    scope: Scope,
    *,
    progress: Progress,
    version: int | None = None,
    is_step_done: bool = False,
    evidence: Iterable[Evidence] = (),
    **values: object,
) -> Progress:
    """Mend an entry; what it said before stays in the journal. evidence: added to what is there.

    Raises Stale, ValidationError.
    """
    need_open(progress.measure.cycle)
    on, step = values.get("on", progress.on), values.get("step", progress.step)
    assert on is None or isinstance(on, date)
    assert step is None or isinstance(step, Step)
    _hold(scope, progress.measure, on, step, is_step_done)
    journal.change(scope, progress, "progress.edit", version=version, **values)
    _finish(scope, progress.measure, step, on, is_step_done)
    _attach(scope, progress, evidence)
    return progress


@transaction.atomic
def delete_progress(scope: Scope, *, progress: Progress, version: int | None = None) -> None:
    """Take an entry away that was made by mistake; the journal keeps it. Raises Stale, ValidationError."""
    need_open(progress.measure.cycle)
    current = Progress.objects.select_for_update().filter(pk=progress.pk).first()
    if current is not None and version is not None and current.version != version:
        raise journal.Stale(current)
    if current is not None:
        journal.delete(scope, current, "progress.delete")


def _hold(scope: Scope, measure: Measure, on: date | None, step: Step | None, is_step_done: bool) -> None:
    if on and on > scope.today:
        raise ValidationError({"on": _("วันที่ดำเนินการยังมาไม่ถึง")})
    if step and step.measure_id != measure.pk:
        raise ValidationError({"step": _("ขั้นตอนนี้ไม่ใช่ของมาตรการนี้")})
    if is_step_done and step is None:
        raise ValidationError({"step": _("เลือกขั้นตอนที่แล้วเสร็จ")})
    if is_step_done and on is None:
        raise ValidationError({"on": _("ขั้นตอนที่แล้วเสร็จต้องมีวันที่")})


def _finish(scope: Scope, measure: Measure, step: Step | None, on: date | None, is_step_done: bool) -> None:
    if step and is_step_done and step.done_on != on:
        change_steps(scope, measure=measure, version=None, dates={step.pk: {"due_on": step.due_on, "done_on": on}})


def _attach(scope: Scope, entry: Progress, evidence: Iterable[Evidence]) -> None:
    given = list(evidence)
    if any(one.agency_id != scope.agency.pk for one in given):
        raise ValidationError(_("หลักฐานต้องเป็นของหน่วยงานนี้"))
    there = set(entry.evidence.values_list("pk", flat=True)) if given else set()
    new = [one for one in given if one.pk not in there]
    if new:
        entry.evidence.add(*new)
        journal.note(scope, "progress.evidence", entry, {"evidence": (None, [str(one) for one in new])})
