"""Made-up neighbours of which only the figures are there, as many as a test wants."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from prongsai.frameworks.load import load
from prongsai.web.agencies.models import Agency
from prongsai.web.cycles.models import Cycle
from prongsai.web.mentor.models import (
    FaultSource,
    FaultStanding,
    ItemStanding,
    Office,
    Participation,
    Size,
    Standing,
)

FRAMEWORK = "ita-2569"
LONG_AGO = timedelta(days=20)


def make(
    office: Office,
    count: int,
    *,
    kind: str = "tao",
    size: str = Size.SMALL,
    met: int = 1,
    first: int = 1,
    shows_examples: bool = True,
) -> list[Standing]:
    """Make agencies that take part. met: how many elements of every item each has; one item of each is late."""
    framework, today = load(FRAMEWORK), timezone.localdate()
    agencies = Agency.objects.bulk_create(
        Agency(
            name=f"อบต.เพื่อนบ้าน {number}",
            code=f"0616{number:04d}",
            kind=kind,
            province=office.province or "ลพบุรี",
            district="เมืองลพบุรี" if number % 2 else "บ้านหมี่",
        )
        for number in range(first, first + count)
    )
    Participation.objects.bulk_create(
        Participation(agency=one, office=office, joined_on=today, shows_examples=shows_examples) for one in agencies
    )
    cycles = Cycle.objects.bulk_create(
        Cycle(
            agency=one,
            framework_id=FRAMEWORK,
            framework_kind="ita",
            framework_sha256=framework.sha256,
            fiscal_year_be=framework.fiscal_year_be,
            measures_year_be=framework.fiscal_year_be,
        )
        for one in agencies
    )
    standings = Standing.objects.bulk_create(_standing(cycle, size, met, today) for cycle in cycles)
    ItemStanding.objects.bulk_create(line for one in standings for line in _lines(one, met, today))
    FaultStanding.objects.bulk_create(
        FaultStanding(standing=one, source=FaultSource.PAGE, code="REACH_NOT_FOUND", since=today - LONG_AGO)
        for one in standings
    )
    return standings


def _standing(cycle: Cycle, size: str, met: int, today: date) -> Standing:
    items = load(FRAMEWORK).items
    elements = sum(len(item.elements) for item in items)
    have = sum(min(met, len(item.elements)) for item in items)
    return Standing(
        agency=cycle.agency,
        cycle=cycle,
        framework_id=FRAMEWORK,
        at=timezone.now(),
        size=size,
        items=len(items),
        complete=sum(len(item.elements) <= met for item in items),
        not_started=len(items),
        elements=elements,
        met=have,
        ready_pct=have * 100 // elements,
        late_items=1,
    )


def _lines(standing: Standing, met: int, today: date) -> list[ItemStanding]:
    return [
        ItemStanding(
            standing=standing,
            key=item.key,
            met=min(met, len(item.elements)),
            elements=len(item.elements),
            due_on=today - timedelta(days=9) if place == 0 else None,
            is_complete=len(item.elements) <= met,
            example=f"https://{standing.agency.code}.example/{item.key}/" if len(item.elements) <= met else "",
        )
        for place, item in enumerate(load(FRAMEWORK).items)
    ]
