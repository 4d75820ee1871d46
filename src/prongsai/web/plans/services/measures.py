"""Writing measures: their texts, steps, owners, links and state."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import zip_longest
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext_lazy as _

from prongsai.thai.numerals import to_arabic
from prongsai.web.agencies import journal
from prongsai.web.agencies import queries as agencies
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles.models import Cycle, ElementState, Finding, FindingState
from prongsai.web.cycles.services.guard import require_open
from prongsai.web.evidence.models import Evidence
from prongsai.web.plans.models import Measure, MeasureOwner, MeasureState, Progress, Step
from prongsai.web.plans.queries.done import missing_for_done

StepGiven = str | Mapping[str, Any]
need_open = require_open  # every write of this app begins with it
_PARTS: Mapping[str, Any] = {"steps": Step, "owners": MeasureOwner, "progress": Progress}


@transaction.atomic
def add_measure(
    scope: Scope,
    *,
    cycle: Cycle,
    title: str,
    issue_no: int | None = None,
    issue_title: str = "",
    seq: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
    period_text: str = "",
    steps: Iterable[StepGiven] = (),
    owners: Iterable[str] = (),
    results: Iterable[str] = (),
    outcomes: Iterable[str] = (),
    notes: str = "",
    weaknesses: Iterable[str] = (),
    follow_up: Iterable[str] = (),
    budget_thb: Decimal | None = None,
    findings: Iterable[Finding] = (),
    elements: Iterable[ElementState] = (),
    source: Mapping[str, Any] | None = None,
    state: str | None = None,
    carried_from: Measure | None = None,
) -> Measure:
    """Add a measure with its parts; the findings that it answers count as covered.

    steps: texts, or {"text", "due_on", "done_on"}. owners, results, outcomes: as printed. seq: unique in its issue,
    Thai and Arabic digits alike. Raises ValidationError, CycleClosed.
    """
    need_open(cycle)
    _need_free_seq(cycle, issue_no, seq)
    measure = Measure(
        cycle=cycle,
        issue_no=issue_no,
        issue_title=issue_title,
        seq=seq,
        title=title,
        starts_on=starts_on,
        ends_on=ends_on,
        period_text=period_text,
        notes=notes,
        weaknesses=list(weaknesses),
        follow_up=list(follow_up),
        budget_thb=budget_thb,
        source=dict(source or {}),
        state=state or MeasureState.DRAFT,
        carried_from=carried_from,
        place=_next_place(cycle),
    )
    journal.create(scope, measure, "measure.add")
    _replace(scope, measure, "steps", _steps(measure, steps))
    _replace(scope, measure, "owners", _owners(scope, measure, owners))
    _replace(scope, measure, "progress", _told(scope, measure, list(results), list(outcomes)))
    _link(scope, measure, "findings", list(findings))
    _link(scope, measure, "elements", list(elements))
    return measure


@transaction.atomic
def change_measure(
    scope: Scope,
    *,
    measure: Measure,
    version: int | None = None,
    steps: Iterable[StepGiven] | None = None,
    owners: Iterable[str] | None = None,
    findings: Iterable[Finding] | None = None,
    elements: Iterable[ElementState] | None = None,
    **values: object,
) -> Measure:
    """Change a measure; parts that are None stay as they are. A step whose words stay keeps its dates and progress.

    Raises Stale when version is no longer the current one, ValidationError.
    """
    need_open(measure.cycle)
    _need_free_seq(
        measure.cycle, values.get("issue_no", measure.issue_no), str(values.get("seq", measure.seq)), but=measure.pk
    )
    before = measure.version if version is None else version
    journal.change(scope, measure, "measure.change", version=version, **values)
    touched = False
    if steps is not None:
        touched |= _replace(scope, measure, "steps", _steps(measure, steps))
    if owners is not None:
        touched |= _replace(scope, measure, "owners", _owners(scope, measure, owners))
    if findings is not None:
        touched |= _link(scope, measure, "findings", list(findings))
    if elements is not None:
        touched |= _link(scope, measure, "elements", list(elements))
    if touched and measure.version == before:
        _bump(measure)
    return measure


@transaction.atomic
def change_steps(
    scope: Scope, *, measure: Measure, version: int | None, dates: Mapping[int, Mapping[str, Any]]
) -> bool:
    """Set due and done days of steps: step id → {"due_on", "done_on"}. Tells whether anything changed. Raises Stale."""
    need_open(measure.cycle)
    journal.change(scope, measure, "measure.steps", version=version)
    changed: dict[str, tuple[object, object]] = {}
    for step in measure.steps.select_for_update().filter(pk__in=dates):
        for name in ("due_on", "done_on"):
            new = dates[step.pk].get(name, getattr(step, name))
            if new != getattr(step, name):
                changed[f"{step.text} · {name}"] = (getattr(step, name), new)
                setattr(step, name, new)
        step.full_clean(exclude=["measure"])
        step.save()
    if changed:
        journal.note(scope, "measure.steps", measure, changed)
        _bump(measure)
    return bool(changed)


@transaction.atomic
def set_state(
    scope: Scope, *, measure: Measure, state: str, version: int | None = None, ends_on: date | None = None
) -> Measure:
    """Move a measure on. Done needs what ``missing_for_done`` lists; running past its end needs a new day to end.

    Raises Stale, ValidationError naming what is missing.
    """
    need_open(measure.cycle)
    values: dict[str, object] = {"state": state}
    if state == MeasureState.DONE and (missing := missing_for_done(measure)):
        raise ValidationError([str(text) for text in missing])
    if state == MeasureState.RUNNING and measure.ends_on and measure.ends_on < scope.today:
        if ends_on is None or ends_on < scope.today:
            raise ValidationError({"ends_on": _("เลยวันสิ้นสุดแล้ว กำหนดวันแล้วเสร็จใหม่ตั้งแต่วันนี้เป็นต้นไป")})
        values["ends_on"] = ends_on
    return journal.change(scope, measure, "measure.state", version=version, **values)


@transaction.atomic
def attach_evidence(scope: Scope, *, measure: Measure, evidence: Evidence) -> None:
    """Attach a piece of evidence of the same agency. Raises ValidationError for another's."""
    need_open(measure.cycle)
    if evidence.agency_id != scope.agency.pk:
        raise ValidationError(_("ไม่พบหลักฐานนี้"))
    if not measure.evidence.filter(pk=evidence.pk).exists():
        measure.evidence.add(evidence)
        journal.note(scope, "measure.evidence", measure, {"evidence": (None, str(evidence))})


@transaction.atomic
def carry_measure(scope: Scope, *, measure: Measure, cycle: Cycle) -> Measure:
    """Carry a measure that was not finished over to a later cycle; the old one says so.

    Raises ValidationError, CycleClosed when either cycle is closed: neither measure is touched then.
    """
    need_open(measure.cycle)
    if measure.carried_to.filter(cycle=cycle).exists():
        raise ValidationError(_("มาตรการนี้ยกไปรอบนั้นแล้ว"))
    new = add_measure(
        scope,
        cycle=cycle,
        title=measure.title,
        issue_no=measure.issue_no,
        issue_title=measure.issue_title,
        steps=[step.text for step in measure.steps.filter(done_on=None)],
        owners=[owner.text for owner in measure.owners.all()],
        notes=measure.notes,
        weaknesses=measure.weaknesses,
        follow_up=measure.follow_up,
        budget_thb=measure.budget_thb,
        carried_from=measure,
    )
    journal.change(scope, measure, "measure.carry", state=MeasureState.CARRIED)
    return new


def _need_free_seq(cycle: Cycle, issue_no: Any, seq: str, but: int | None = None) -> None:
    if issue_no is None or not seq:
        return
    given = Measure.objects.filter(cycle=cycle, issue_no=issue_no).exclude(seq="")
    taken = given.exclude(pk=but) if but else given
    if to_arabic(seq).strip() in {to_arabic(text).strip() for text in taken.values_list("seq", flat=True)}:
        raise ValidationError({"seq": _("ในประเด็นนี้มีมาตรการลำดับนี้แล้ว")})


def _next_place(cycle: Cycle) -> int:
    last = Measure.objects.filter(cycle=cycle).aggregate(last=Max("place"))["last"]
    return 1 if last is None else last + 1


def _steps(measure: Measure, given: Iterable[StepGiven]) -> list[Step]:
    """Make steps; one whose words are there already is that one, wherever it stands now."""
    left = list(measure.steps.all())
    steps = []
    for place, one in enumerate(given):
        values = {"text": one} if isinstance(one, str) else dict(one)
        step = next((old for old in left if old.text == values["text"]), None)
        if step is None:
            step = Step(measure=measure)
        else:
            left.remove(step)
        for name, value in values.items():
            setattr(step, name, value)
        step.place = place
        steps.append(step)
    return steps


def _owners(scope: Scope, measure: Measure, given: Iterable[str]) -> list[MeasureOwner]:
    owners = []
    for place, text in enumerate(given):
        found = agencies.resolve_owner(scope.agency, text)
        owners.append(
            MeasureOwner(measure=measure, text=text, unit=found.unit, post=found.post, person=found.person, place=place)
        )
    return owners


def _told(scope: Scope, measure: Measure, results: Sequence[str], outcomes: Sequence[str]) -> list[Progress]:
    """Pair results with outcomes only where the counts agree: otherwise nothing says which belongs to which."""
    if len(results) == len(outcomes):
        pairs = list(zip_longest(results, outcomes, fillvalue=""))
    else:
        pairs = [(text, "") for text in results] + [("", text) for text in outcomes]
    return [
        Progress(measure=measure, result=result, outcome=outcome, by=scope.user, place=place)
        for place, (result, outcome) in enumerate(pairs)
    ]


def _replace(scope: Scope, measure: Measure, name: str, rows: Sequence[Any]) -> bool:
    """Put parts in the place of those that are there, with one line in the journal; tells whether anything changed."""
    manager = getattr(measure, name)
    old = list(manager.all()) if measure.pk else []
    before, after = [_line(row) for row in old], [_line(row) for row in rows]
    if before == after:
        return False
    for row in rows:
        row.full_clean(exclude=["measure", "unit", "post", "person", "by", "step"])
    kept = {row.pk for row in rows if row.pk}
    manager.exclude(pk__in=kept).delete()
    _PARTS[name].objects.bulk_create([row for row in rows if not row.pk])
    for row in rows:
        if row.pk in kept:
            row.save()
    journal.note(
        scope, "measure.steps" if name == "steps" else f"measure.{name}.change", measure, {name: (before, after)}
    )
    return True


def _line(row: object) -> str:
    if isinstance(row, Progress):
        return " → ".join(filter(None, (row.result, row.outcome)))
    if isinstance(row, Step) and (row.due_on or row.done_on):
        return f"{row.text} ({row.due_on or ''} – {row.done_on or ''})"
    return str(row)


def _link(scope: Scope, measure: Measure, name: str, rows: Sequence[Any]) -> bool:
    """Set the findings or elements of a measure; those of another cycle are refused."""
    manager = getattr(measure, name)
    before = {row.pk: row for row in manager.all()}
    after = {row.pk: row for row in rows}
    if before.keys() == after.keys():
        return False
    if any(_cycle_id(row) != measure.cycle_id for row in rows):
        raise ValidationError(_("เลือกได้เฉพาะประเด็นและองค์ประกอบของรอบเดียวกัน"))
    manager.set(rows)
    journal.note(
        scope,
        f"measure.{name}.change",
        measure,
        {name: (list(map(str, before.values())), list(map(str, after.values())))},
    )
    if name == "findings":
        _settle(scope, [*before.values(), *after.values()])
    return True


def _cycle_id(row: Finding | ElementState) -> int:
    return row.cycle_id if isinstance(row, Finding) else row.item.cycle_id


def _settle(scope: Scope, findings: Iterable[Finding]) -> None:
    """Say of findings whether a measure covers them; closed ones stay closed."""
    for finding in {finding.pk: finding for finding in findings}.values():
        if finding.state != FindingState.CLOSED:
            state = FindingState.COVERED if finding.measures.exists() else FindingState.OPEN
            journal.change(scope, finding, "finding.cover", state=state)


def _bump(measure: Measure) -> None:
    Measure.objects.filter(pk=measure.pk).update(version=F("version") + 1)
    measure.version += 1
