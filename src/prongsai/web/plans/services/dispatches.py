"""Writing assignment memos: a draft with its rows, and its issue, which gives every unit its task."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from prongsai.thai.dates import format_date
from prongsai.thai.numerals import to_arabic
from prongsai.web.agencies import journal
from prongsai.web.agencies.models import Committee, Unit
from prongsai.web.agencies.queries import committee_in_force
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles.models import Cycle, Finding, FindingState
from prongsai.web.cycles.services.guard import require_open
from prongsai.web.plans.models import Dispatch, DispatchRow, Task
from prongsai.web.plans.queries.dispatches import units_of_row

TITLE_LENGTH_MAX = 500


@dataclass(frozen=True, slots=True)
class Assignment:
    """A finding and who is to answer for it. lead None only with all_units; pilot: tries it first."""

    finding: Finding
    lead: Unit | None = None
    supporting: tuple[Unit, ...] = ()
    pilot: Unit | None = None
    all_units: bool = False


@transaction.atomic
def draft_dispatch(
    scope: Scope,
    *,
    cycle: Cycle,
    subject: str,
    due_on: date,
    rows: Sequence[Assignment],
    number: str = "",
    committee: Committee | None = None,
    meeting: str = "",
) -> Dispatch:
    """Draft an assignment memo. Raises ValidationError (no rows, another agency's unit, nobody leads), CycleClosed."""
    require_open(cycle)
    _need_of_agency(scope, committee)
    dispatch = Dispatch(
        cycle=cycle,
        subject=subject,
        due_on=due_on,
        number=number,
        committee=committee,
        meeting=meeting,
        made_by=scope.user,
    )
    journal.create(scope, dispatch, "dispatch.draft")
    _put_rows(scope, dispatch, rows)
    return dispatch


@transaction.atomic
def change_dispatch(
    scope: Scope, *, dispatch: Dispatch, version: int | None, rows: Sequence[Assignment] | None = None, **values: object
) -> Dispatch:
    """Change a draft. Raises Stale, ValidationError (also for a memo that is issued), CycleClosed."""
    require_open(dispatch.cycle)
    journal.change(scope, dispatch, "dispatch.change", version=version, **values)
    _need_draft(dispatch)
    if rows is not None:
        _put_rows(scope, dispatch, rows)
    return dispatch


@transaction.atomic
def issue_dispatch(
    scope: Scope, *, dispatch: Dispatch, version: int | None, number: str, issued_on: date
) -> tuple[Task, ...]:
    """Issue a memo under its number and day, and give every unit its tasks.

    Two who issue at once: the first wins, the second gets Stale. Raises ValidationError for a deadline before the day
    of issue, a committee whose order is not in force on it, a number that is taken, a unit that is closed; CycleClosed.
    """
    require_open(dispatch.cycle)
    journal.change(scope, dispatch, "dispatch.issue", version=version, number=number.strip(), issued_on=issued_on)
    _need_issuable(dispatch)
    rows = dispatch.rows.select_related("finding__item", "lead", "pilot").prefetch_related("supporting")
    if not rows:
        raise ValidationError(_("ยังไม่ได้เลือกประเด็นที่จะมอบหมาย"))
    return tuple(task for row in rows for task in _tasks(scope, dispatch, row))


def unsaved_tasks(dispatch: Dispatch) -> tuple[Task, ...]:
    """Give the tasks that issuing a draft would make; nothing is saved. For printing it before it is signed."""
    day = dispatch.issued_on or dispatch.due_on
    rows = dispatch.rows.select_related("finding__item", "lead", "pilot").prefetch_related("supporting")
    return tuple(task for row in rows for task in _planned(dispatch, row, day))


def _tasks(scope: Scope, dispatch: Dispatch, row: DispatchRow) -> list[Task]:
    assert dispatch.issued_on is not None
    planned = _planned(dispatch, row, dispatch.issued_on)
    if not planned:
        raise ValidationError(_("ไม่มีส่วนราชการที่ใช้อยู่ในวันที่ออกบันทึก"))
    for task in planned:
        if not task.unit.holds_on(dispatch.issued_on):
            raise ValidationError(_("%(unit)s ไม่มีผลใช้อยู่ในวันที่ออกบันทึก เลือกส่วนราชการอื่น"), params={"unit": task.unit})
    return [journal.create(scope, task, "task.assign") for task in planned]


def _planned(dispatch: Dispatch, row: DispatchRow, day: date) -> list[Task]:
    units = [row.pilot] if row.pilot else units_of_row(row, day)
    return [
        Task(
            dispatch=dispatch,
            cycle=dispatch.cycle,
            finding=row.finding,
            item=row.finding.item,
            unit=unit,
            title=row.finding.title[:TITLE_LENGTH_MAX],
            is_lead=row.all_units or row.pilot is not None or unit == row.lead,
            is_pilot=row.pilot is not None,
            due_on=dispatch.due_on,
        )
        for unit in units
    ]


def _put_rows(scope: Scope, dispatch: Dispatch, rows: Sequence[Assignment]) -> None:
    if not rows:
        raise ValidationError(_("เลือกประเด็นอย่างน้อยหนึ่งข้อ"))
    before = [_line(row) for row in dispatch.rows.select_related("finding", "lead", "pilot")]
    dispatch.rows.all().delete()
    made = [_put_row(scope, dispatch, place, row) for place, row in enumerate(rows)]
    after = [_line(row) for row in made]
    if before != after:
        journal.note(scope, "dispatch.rows", dispatch, {"rows": (before, after)})


def _put_row(scope: Scope, dispatch: Dispatch, place: int, given: Assignment) -> DispatchRow:
    finding = given.finding
    if finding.cycle_id != dispatch.cycle_id or finding.state == FindingState.CLOSED:
        raise ValidationError(_("“%(title)s” ปิดแล้วหรืออยู่ในรอบอื่น"), params={"title": finding.title})
    for unit in (given.lead, given.pilot, *given.supporting):
        _need_of_agency(scope, unit)
    row = DispatchRow(
        dispatch=dispatch,
        finding=finding,
        lead=given.lead,
        pilot=given.pilot,
        all_units=given.all_units,
        place=place,
    )
    row.full_clean(exclude=["dispatch", "finding", "lead", "pilot"])
    row.save(force_insert=True)
    row.supporting.set([unit for unit in given.supporting if unit != given.lead])
    return row


def _line(row: DispatchRow) -> str:
    parts: Iterable[object] = (row.finding, row.lead, "ทุกหน่วยงาน" if row.all_units else "", row.pilot)
    return " · ".join(str(part) for part in parts if part)


def _need_of_agency(scope: Scope, thing: Unit | Committee | None) -> None:
    if thing is not None and thing.agency_id != scope.agency.pk:
        raise ValidationError(_("ไม่พบส่วนราชการหรือคณะกรรมการนี้ในหน่วยงาน"))


def _need_draft(dispatch: Dispatch) -> None:
    if dispatch.issued_on is not None:
        raise ValidationError(_("บันทึกนี้ออกแล้ว แก้ไขไม่ได้ ถ้าผิดให้ออกบันทึกฉบับใหม่"))


def _need_issuable(dispatch: Dispatch) -> None:
    day = dispatch.issued_on
    assert day is not None
    if not dispatch.number:
        raise ValidationError({"number": _("ใส่เลขที่หนังสือ")})
    if dispatch.tasks.exists():
        raise ValidationError(_("บันทึกนี้ออกแล้ว"))
    if dispatch.due_on < day:
        raise ValidationError({"issued_on": _("กำหนดส่งอยู่ก่อนวันที่ออกบันทึก เลื่อนกำหนดส่งหรือแก้วันที่")})
    if dispatch.committee and not committee_in_force(dispatch.committee, day):
        text = _("คำสั่งแต่งตั้ง “%(name)s” ไม่มีผลใช้อยู่ในวันที่ %(day)s")
        raise ValidationError(text, params={"name": dispatch.committee.name, "day": format_date(day)})
    if _is_taken(dispatch, day):
        raise ValidationError({"number": _("เลขที่หนังสือนี้ใช้กับบันทึกอื่นของปีเดียวกันแล้ว")})


def _is_taken(dispatch: Dispatch, day: date) -> bool:
    """Whether another memo of the calendar year bears the number; registers begin anew on 1 January."""
    others = Dispatch.objects.filter(cycle__agency=dispatch.cycle.agency_id, issued_on__year=day.year)
    numbers = others.exclude(pk=dispatch.pk).values_list("number", flat=True)
    return _bare(dispatch.number) in {_bare(number) for number in numbers}


def _bare(number: str) -> str:
    return "".join(to_arabic(number).split())
