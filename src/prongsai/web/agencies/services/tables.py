"""Bulk entry: keeping a table to look at, mending it, and saving it whole."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import cast

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from prongsai.errors import ProngsaiError
from prongsai.web.agencies import journal
from prongsai.web.agencies.models import Person, TableImport
from prongsai.web.agencies.queries.tables import Kind, Plan, plan_of
from prongsai.web.agencies.scope import Scope
from prongsai.web.agencies.services.bulk import StepRefused, take_steps
from prongsai.web.agencies.services.keepers import keeper_stays
from prongsai.web.agencies.services.people import end_all

NAME_MAX = 200


class TableNotSaved(ProngsaiError):
    """Nothing of a table was saved. ``plan``: what saving would do now."""

    plan: Plan


class FatesChanged(TableNotSaved):
    """What saving would do is no longer what was looked at. ``plan``: what it would do now."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(
            "the fates of some rows have changed",
            message_th="ข้อมูลในระบบเปลี่ยนไปหลังจากที่เปิดดูตารางนี้ ยังไม่ได้บันทึกแถวใด",
            mend_th="ดูผลของแต่ละแถวด้านล่างอีกครั้ง แล้วบันทึกใหม่",
        )
        self.plan = plan


class RowsFaulty(TableNotSaved):
    """Some rows cannot be saved, so none is. ``plan``: which, and why."""

    def __init__(self, plan: Plan, why: str = "") -> None:
        super().__init__(
            "some rows are faulty",
            message_th=why or "มีแถวที่ยังผิดอยู่ จึงยังไม่ได้บันทึกแถวใด",
            mend_th="แก้แถวที่ผิดในตาราง แล้วตรวจใหม่",
        )
        self.plan = plan


@transaction.atomic
def stage_table(scope: Scope, *, kind: str, rows: Sequence[Sequence[str]], name: str = "") -> TableImport:
    """Keep a table to be looked at; nothing of it is saved yet. rows: the head first. Raises ValidationError."""
    journal.take_turn(scope.agency)
    kept = TableImport(
        agency=scope.agency, kind=Kind(kind), name=name[:NAME_MAX], rows=[list(row) for row in rows], made_by=scope.user
    )
    kept.clean_fields(exclude={"made_by"})
    kept.save(force_insert=True)
    # The rows themselves come into the journal as the records that they become.
    journal.note(scope, "table.create", kept, {"rows": (None, len(rows) - 1)})
    return kept


@transaction.atomic
def mend_table(
    scope: Scope, *, table: TableImport, rows: Sequence[Sequence[str]], version: int | None = None
) -> TableImport:
    """Put other rows in a table that is not saved yet. Raises Stale."""
    journal.take_turn(scope.agency)
    current = TableImport.objects.select_for_update().get(pk=table.pk, agency=scope.agency)
    if version is not None and current.version != version:
        raise journal.Stale(current)
    before = len(current.rows) - 1
    current.rows = [list(row) for row in rows]
    current.version += 1
    current.saved_at = None
    current.clean_fields(exclude={"made_by"})
    current.save()
    journal.note(scope, "table.change", current, {"rows": (before, len(rows) - 1)})
    return current


@transaction.atomic
def save_table(scope: Scope, *, table: TableImport, seen: str = "") -> Plan:
    """Save every row, or none; give the plan that was carried out. seen: the digest of the fates that were looked at.

    A table that is saved already has nothing left to save and stays as it is. Raises RowsFaulty, and FatesChanged when
    saving would do something else than what was looked at.
    """
    journal.take_turn(scope.agency)
    current = TableImport.objects.select_for_update().get(pk=table.pk, agency=scope.agency)
    plan = plan_of(scope, Kind(current.kind), current.rows)
    if plan.is_done:
        return plan
    if not plan.is_clean:
        raise RowsFaulty(plan)
    if seen != plan.digest:
        raise FatesChanged(plan)
    try:
        with keeper_stays(scope, NON_FIELD_ERRORS, after=_day_after_ends(plan)):
            take_steps(scope, plan.steps)
            if current.kind == Kind.PEOPLE:
                _leave_posts(scope)
    except StepRefused as error:
        raise RowsFaulty(plan, f"แถวที่ {error.number}: {' '.join(error.messages)}") from error
    except ValidationError as error:
        raise RowsFaulty(plan, " ".join(error.messages)) from error
    current.saved_at = timezone.now()
    current.save(update_fields=["saved_at"])
    journal.note(scope, "table.save", current, {name: (None, n) for name, n in plan.counts.items() if n})
    return plan


def _leave_posts(scope: Scope) -> None:
    """Who leaves by a table, leaves every post on that day too, as by hand."""
    later = Q(appointments__valid_to__isnull=True) | Q(appointments__valid_to__gt=F("left_on"))
    for person in Person.objects.filter(later, agency=scope.agency, left_on__isnull=False).distinct():
        end_all(scope, person, cast(date, person.left_on))


def _day_after_ends(plan: Plan) -> date | None:
    """Give the first day on which everything that the table ends has ended."""
    values = [step.values or {} for step in plan.steps]
    ends = [end for each in values for name in ("valid_to", "left_on") if (end := each.get(name))]
    return max(ends) + timedelta(days=1) if ends else None
