"""Counting anew what offices see of an agency: one service, one transaction an agency."""

from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from prongsai.errors import FrameworkError
from prongsai.web.agencies.models import Agency, AuditEntry
from prongsai.web.agencies.scope import system_scope
from prongsai.web.disclosure.models import Inspection, Watched
from prongsai.web.mentor.models import FaultStanding, ItemStanding, Participation, Standing
from prongsai.web.mentor.queries.figures import Fault, Figures, Line, cycles_to_show, figures_of

# Even where nothing was done a day makes things late.
_OLD = timedelta(hours=20)


@transaction.atomic
def refresh(*, agency: Agency) -> tuple[Standing, ...]:
    """Count anew what offices see of an agency; of one that takes part nowhere everything is deleted.

    A cycle whose framework is not there any more shows nothing. Nothing else of the agency is written.
    """
    # Held to the end: whoever leaves meanwhile waits, and then deletes what is counted here.
    takes_part = list(Participation.objects.select_for_update().filter(agency=agency, left_on__isnull=True))
    shown = _figures(agency) if takes_part else []
    Standing.objects.filter(agency=agency).exclude(cycle__in=[each.cycle for each in shown]).delete()
    return tuple(_keep(agency, each) for each in shown)


def _figures(agency: Agency) -> list[Figures]:
    scope, found = system_scope(agency), []
    for cycle in cycles_to_show(scope):
        try:
            found.append(figures_of(scope, cycle))
        except FrameworkError:
            continue
    return found


def _keep(agency: Agency, figures: Figures) -> Standing:
    values = {**figures.counts, "agency": agency, "framework_id": figures.cycle.framework_id, "at": timezone.now()}
    standing, _made = Standing.objects.update_or_create(cycle=figures.cycle, defaults=values)
    _keep_lines(standing, figures.lines)
    _keep_faults(standing, figures.faults)
    return standing


def _keep_lines(standing: Standing, lines: tuple[Line, ...]) -> None:
    names = tuple(Line.__dataclass_fields__)
    if set(standing.lines.values_list(*names)) != {tuple(asdict(line).values()) for line in lines}:
        standing.lines.all().delete()
        ItemStanding.objects.bulk_create(ItemStanding(standing=standing, **asdict(line)) for line in lines)


def _keep_faults(standing: Standing, faults: Iterable[Fault]) -> None:
    """Keep faults with the day on which each was seen first, however often it was looked at since."""
    kept = {(source, key, code): since for source, key, code, since in _kept(standing)}
    wanted = {replace(one, since=min(one.since, kept.get(one.name, one.since))) for one in faults}
    if {(*name, since) for name, since in kept.items()} != {(*one.name, one.since) for one in wanted}:
        standing.faults.all().delete()
        rows = sorted(wanted, key=lambda one: one.name)
        FaultStanding.objects.bulk_create(FaultStanding(standing=standing, **asdict(one)) for one in rows)


def _kept(standing: Standing) -> Iterable[tuple[str, str, str, date]]:
    return standing.faults.values_list("source", "key", "code", "since")


# --- who is due -----------------------------------------------------------------------------------------------------
def taking_part() -> QuerySet[Agency]:
    """Give the agencies that let any office see them."""
    return Agency.objects.filter(Exists(Participation.objects.filter(agency=OuterRef("pk"), left_on__isnull=True)))


def changed(now: datetime | None = None) -> QuerySet[Agency]:
    """Give those of which something was written down since they were counted, and those counted too long ago."""
    now = now or timezone.now()
    counted = OuterRef("counted")
    oldest = Standing.objects.filter(agency=OuterRef("pk")).order_by("at").values("at")[:1]
    return (
        taking_part()
        .annotate(counted=Subquery(oldest))
        .filter(
            Q(counted__isnull=True)
            | Q(counted__lt=now - _OLD)
            | Exists(AuditEntry.objects.filter(agency=OuterRef("pk"), at__gt=counted))
            | Exists(Watched.objects.filter(agency=OuterRef("pk"), checked_at__gt=counted))
            | Exists(Inspection.objects.filter(item__cycle__agency=OuterRef("pk"), at__gt=counted))
        )
    )
