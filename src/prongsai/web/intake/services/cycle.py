"""Which cycle the rows of an intake go to: chosen by a person, else proposed; opened where there is none."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from prongsai.web.agencies import journal
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles import services as cycles
from prongsai.web.cycles.models import Cycle, CycleState
from prongsai.web.intake.models import Intake, RowState
from prongsai.web.intake.queries.proposal import proposed_cycle


@transaction.atomic
def choose_cycle(
    scope: Scope, *, intake: Intake, version: int | None, cycle: Cycle | None = None, fiscal_year_be: int | None = None
) -> Cycle:
    """Choose where the rows go: a cycle, or that of a year, which is opened if there is none.

    Raises Stale; ValidationError when rows have been accepted already, for another agency's cycle and a closed one;
    UnknownFramework for a year that no framework is known of.
    """
    journal.take_turn(scope.agency)
    locked = Intake.objects.select_for_update().get(pk=intake.pk)
    if version is not None and locked.version != version:
        raise journal.Stale(locked)
    if locked.rows.filter(state=RowState.ACCEPTED).exists() and locked.cycle_id:
        raise ValidationError(_("รับบางแถวเข้ารอบแล้ว เปลี่ยนรอบไม่ได้"))
    if cycle is None:
        if fiscal_year_be is None:
            raise ValidationError(_("เลือกรอบการประเมิน"))
        cycle = cycles.ensure_cycle(scope, fiscal_year_be=fiscal_year_be)
    if cycle.agency_id != scope.agency.pk:
        raise ValidationError(_("ไม่พบรอบการประเมินนี้"))
    if cycle.state == CycleState.CLOSED:
        raise ValidationError(_("รอบการประเมินนี้ปิดแล้ว เลือกรอบที่เปิดอยู่"))
    journal.change(scope, intake, "intake.cycle", cycle=cycle)
    return cycle


def cycle_for(scope: Scope, intake: Intake) -> Cycle:
    """Give the chosen cycle of an intake that the caller has locked, choosing the proposed one where none is chosen."""
    if intake.cycle is not None:
        return intake.cycle
    proposal = proposed_cycle(scope, intake)
    cycle = proposal.cycle or cycles.ensure_cycle(scope, fiscal_year_be=proposal.fiscal_year_be)
    # Not through journal.change: the version stays, so that who has the page open can go on deciding rows.
    Intake.objects.filter(pk=intake.pk).update(cycle=cycle)
    intake.cycle = cycle
    journal.note(scope, "intake.cycle", intake, {"cycle_id": (None, cycle.pk)})
    return cycle


def bump(intake: Intake) -> None:
    """Count a change of the intake as a whole."""
    Intake.objects.filter(pk=intake.pk).update(version=F("version") + 1)
    intake.version += 1
