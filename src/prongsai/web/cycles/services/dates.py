"""The commission's calendar as days that the office enters."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from prongsai.web.agencies import journal
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles.models import Cycle, CycleDate
from prongsai.web.cycles.services.guard import require_open

OWN = "own-"


@dataclass(frozen=True, slots=True)
class Entered:
    """The days of a step as somebody entered them. version: the one that was seen."""

    row: CycleDate
    starts_on: date | None
    ends_on: date | None
    source: str
    version: int | None


@transaction.atomic
def change_dates(scope: Scope, *, cycle: Cycle, entered: Iterable[Entered]) -> int:
    """Set the days of several steps, all or none; gives how many changed.

    Raises Stale, CycleClosed, ValidationError.
    """
    require_open(cycle)
    changed = 0
    for each in entered:
        values = {"starts_on": each.starts_on, "ends_on": each.ends_on, "source": each.source}
        if any(getattr(each.row, name) != value for name, value in values.items()):
            journal.change(scope, each.row, "cycle.date", version=each.version, **values)
            changed += 1
    return changed


@transaction.atomic
def add_date(
    scope: Scope,
    *,
    cycle: Cycle,
    name: str,
    starts_on: date | None = None,
    ends_on: date | None = None,
    source: str = "",
) -> CycleDate:
    """Add a step of the office's own. Raises CycleClosed, ValidationError."""
    require_open(cycle)
    own = [int(key.removeprefix(OWN)) for key in cycle.dates.filter(key__startswith=OWN).values_list("key", flat=True)]
    place = cycle.dates.aggregate(last=Max("place"))["last"] or 0
    key = f"{OWN}{max(own, default=0) + 1}"
    row = CycleDate(cycle=cycle, key=key, name=name, starts_on=starts_on, ends_on=ends_on, source=source)
    row.place = place + 1
    return journal.create(scope, row, "cycle.date_add")


@transaction.atomic
def remove_date(scope: Scope, *, row: CycleDate) -> None:
    """Take a step of the office's own away; those of the commission stay. Raises CycleClosed, ValidationError."""
    require_open(row.cycle)
    if not row.key.startswith(OWN):
        raise ValidationError(_("ลบได้เฉพาะขั้นตอนที่หน่วยงานเพิ่มเอง"))
    journal.delete(scope, row, "cycle.date_remove")
