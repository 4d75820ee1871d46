"""Accepting, mending and rejecting rows. A row is claimed by one conditional update, so that it is decided once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from prongsai.web.agencies import journal
from prongsai.web.agencies.scope import Scope
from prongsai.web.intake.models import Intake, IntakeRow, RowKind, RowState
from prongsai.web.intake.queries.desk import Desk
from prongsai.web.intake.services.cycle import bump, cycle_for
from prongsai.web.intake.services.targets import make, needs_choice


@dataclass(frozen=True, slots=True)
class Accepted:
    """What accepting all that is clean did. left: rows that are clean but need a choice first."""

    accepted: int
    left: int


@transaction.atomic
def accept_row(scope: Scope, *, row: IntakeRow, version: int | None, choice: str = "") -> models.Model:
    """Accept a waiting row: claim it, then make what it becomes in the intake's cycle (the proposed one if none).

    choice: as of ``targets.make``. Raises Stale when somebody else decided or mended it first, NeedsChoice,
    ValidationError; then nothing is changed.
    """
    journal.take_turn(scope.agency)
    intake = _locked(row.intake)
    row = _claim(scope, row, version, RowState.WAITING, state=RowState.ACCEPTED)
    row.intake = intake
    desk = Desk(scope, cycle_for(scope, intake), intake.fiscal_year_be)
    target = make(desk, row, choice)
    _aim(row, target)
    row.save(update_fields=["target_type", "target_id"])
    told = {"state": (RowState.WAITING, RowState.ACCEPTED), "target": (None, f"{target._meta.label_lower} {target.pk}")}
    journal.note(scope, "intake.accept", row, told)
    return target


@transaction.atomic
def reject_row(scope: Scope, *, row: IntakeRow, version: int | None) -> IntakeRow:
    """Reject a waiting row; it stays to be seen and can be put back. Raises Stale."""
    journal.take_turn(scope.agency)
    row = _claim(scope, row, version, RowState.WAITING, state=RowState.REJECTED)
    journal.note(scope, "intake.reject", row, {"state": (RowState.WAITING, RowState.REJECTED)})
    return row


@transaction.atomic
def restore_row(scope: Scope, *, row: IntakeRow, version: int | None) -> IntakeRow:
    """Put a rejected row back to those that wait. Raises Stale."""
    journal.take_turn(scope.agency)
    row = _claim(scope, row, version, RowState.REJECTED, state=RowState.WAITING)
    journal.note(scope, "intake.restore", row, {"state": (RowState.REJECTED, RowState.WAITING)})
    return row


@transaction.atomic
def mend_row(scope: Scope, *, row: IntakeRow, version: int | None, values: Mapping[str, Any]) -> IntakeRow:
    """Change what will be saved of a waiting row; what was read stays. values: those that change. Raises Stale."""
    before = row.values
    after = {**before, **values}
    if after == before:
        return row
    journal.take_turn(scope.agency)
    title = _title(row, after)
    row = _claim(scope, row, version, RowState.WAITING, values=after, is_mended=True, title=title, decide=False)
    changes = {name: (before.get(name), after[name]) for name in after if before.get(name) != after[name]}
    journal.note(scope, "intake.mend", row, changes)
    return row


@transaction.atomic
def accept_clean(scope: Scope, *, intake: Intake, version: int | None) -> Accepted:
    """Accept every waiting row that is clean, all or nothing; those that need a choice are left waiting.

    Raises Stale when somebody else accepted at once or chose another cycle; ValidationError naming the row.
    """
    journal.take_turn(scope.agency)
    intake = _locked(intake)
    if version is not None and intake.version != version:
        raise journal.Stale(intake)
    rows = list(intake.rows.select_for_update().filter(state=RowState.WAITING, is_clean=True))
    if not rows:
        return Accepted(0, 0)
    desk = Desk(scope, cycle_for(scope, intake), intake.fiscal_year_be)
    taken: list[IntakeRow] = []
    for row in rows:
        row.intake = intake
        if needs_choice(desk, row) is None:
            _take(scope, row)
            _aim(row, _made(desk, row))
            taken.append(row)
    IntakeRow.objects.bulk_update(taken, ["target_type", "target_id"], batch_size=100)
    bump(intake)
    journal.note(scope, "intake.accept_clean", intake, {"rows": (None, [row.place for row in taken])})
    return Accepted(len(taken), len(rows) - len(taken))


def _made(desk: Desk, row: IntakeRow) -> models.Model:
    try:
        return make(desk, row)
    except ValidationError as error:
        words = " ".join(error.messages)
        raise ValidationError(_("แถวที่ {place} “{title}”: {words}").format(
            place=row.place, title=row.title[:80], words=words)) from error  # fmt: skip


def _locked(intake: Intake) -> Intake:
    return Intake.objects.select_for_update(of=("self",)).select_related("file", "cycle", "agency").get(pk=intake.pk)


def _claim(
    scope: Scope, row: IntakeRow, version: int | None, was: str, *, decide: bool = True, **values: object
) -> IntakeRow:
    """Change a row that is still in a state and version; of two at once one gets it, the other Stale."""
    mine = IntakeRow.objects.filter(pk=row.pk, state=was)
    if version is not None:
        mine = mine.filter(version=version)
    claimed = mine.update(version=F("version") + 1, **(_who(scope) if decide else {}), **values)
    current = IntakeRow.objects.select_related("intake__file", "intake__agency", "decided_by").get(pk=row.pk)
    if not claimed:
        raise journal.Stale(current)
    return current


def _take(scope: Scope, row: IntakeRow) -> None:
    mine = IntakeRow.objects.filter(pk=row.pk, state=RowState.WAITING, version=row.version)
    if not mine.update(state=RowState.ACCEPTED, version=F("version") + 1, **_who(scope)):
        raise journal.Stale(row)


def _who(scope: Scope) -> dict[str, object]:
    return {"decided_by": scope.user, "decided_at": timezone.now()}


def _aim(row: IntakeRow, target: models.Model) -> None:
    row.target_type, row.target_id = target._meta.label_lower, target.pk


def _title(row: IntakeRow, values: Mapping[str, Any]) -> str:
    """Name a row anew after it was mended."""
    kind = RowKind(row.kind)
    if kind is RowKind.PERSON:
        title = f"{values['prefix']}{values['given_name']} {values['family_name']}"
    elif kind is RowKind.SCORES:
        title = f"คะแนน ITA ปี {values['year_be']}" if values["year_be"] else row.title
    elif kind is RowKind.GAP:
        title = " ".join(part for part in (values.get("code"), values["title"]) if part)
    elif kind is RowKind.INDICATOR:
        title = " ".join(part for part in (f"ตัวชี้วัดที่ {values['no']}" if values["no"] else "", values["name"]) if part)
    else:
        title = values["measure"] if kind is RowKind.MEASURE else values["topic"]
    return title.strip()[:500] or row.title
