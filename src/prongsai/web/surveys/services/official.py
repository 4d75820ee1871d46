"""Noting how many have answered the official surveys."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from prongsai.web.agencies import journal
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles.models import Cycle
from prongsai.web.surveys.models import OfficialCount


@transaction.atomic
def add_count(
    scope: Scope,
    *,
    cycle: Cycle,
    instrument: str,
    part: int,
    read_on: date,
    headcount: int,
    reached: int,
    note: str = "",
) -> OfficialCount:
    """Note a reading; one of an instrument, part and day. Raises ValidationError."""
    made = OfficialCount(
        cycle=cycle,
        instrument=instrument,
        part=part,
        read_on=read_on,
        headcount=headcount,
        reached=reached,
        note=note,
        noted_by=scope.user,
    )
    return journal.create(scope, made, "official_count.add")


@transaction.atomic
def change_count(scope: Scope, *, count: OfficialCount, version: int | None = None, **values: object) -> OfficialCount:
    """Correct a reading. values: its columns. Raises Stale, ValidationError."""
    return journal.change(scope, count, "official_count.change", version=version, **values)


@transaction.atomic
def remove_count(scope: Scope, *, count: OfficialCount, version: int | None = None) -> None:
    """Take a reading away that should not be there. Raises Stale."""
    journal.take_turn(scope.agency)
    current = OfficialCount.objects.filter(pk=count.pk).first()
    if current and version is not None and current.version != version:
        raise journal.Stale(current)
    journal.delete(scope, count, "official_count.remove")
