"""What an office sees on a day: the agencies that take part, of one year, narrowed. Every page begins here."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet
from django.db.models.enums import TextChoices
from django.utils.translation import gettext_lazy as _

from prongsai.errors import FrameworkError
from prongsai.frameworks.load import load
from prongsai.frameworks.model import Framework, Item
from prongsai.web.agencies.models import Agency
from prongsai.web.mentor.access import Desk
from prongsai.web.mentor.models import Standing
from prongsai.web.ui.templatetags.ui import fiscal_year

LEAST = 5  # a figure of a group of fewer agencies is not told, nor one that leaves out fewer


class State(TextChoices):
    """How agencies may be narrowed by how they stand."""

    LATE = "late", _("มีข้อเลยกำหนด")
    BEHIND = "behind", _("องค์ประกอบครบไม่ถึงครึ่ง")
    UNTOUCHED = "untouched", _("ยังไม่มีองค์ประกอบที่ครบ")
    COMPLETE = "complete", _("ครบทุกข้อ")
    UNREACHED = "unreached", _("มีที่อยู่เว็บที่เปิดไม่ได้")


_STATES = {
    State.LATE: Q(late_items__gt=0),
    State.BEHIND: Q(ready_pct__lt=50),
    State.UNTOUCHED: Q(met=0),
    State.COMPLETE: Q(items__gt=0, complete=F("items")),
    State.UNREACHED: Q(unreached__gt=0),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the agencies are narrowed by; an empty text leaves them as they are."""

    kind: str = ""
    province: str = ""
    district: str = ""
    size: str = ""
    state: str = ""

    @property
    def is_all(self) -> bool:
        """Whether nothing is narrowed."""
        return self == Wanted()


def taking_part(desk: Desk) -> Q:
    """Give the condition by which an agency is seen, for a queryset of agencies."""
    return Q(participations__office=desk.office, participations__left_on__isnull=True, closed_on__isnull=True)


def agencies_of(desk: Desk) -> QuerySet[Agency]:
    """Give the agencies that let the office see them; those closed in the installation are gone."""
    return Agency.objects.filter(taking_part(desk))


def standings_of(desk: Desk, framework_id: str, wanted: Wanted | None = None) -> QuerySet[Standing]:
    """Give how the agencies stand in a year, narrowed."""
    found = Standing.objects.filter(
        framework_id=framework_id,
        agency__participations__office=desk.office,
        agency__participations__left_on__isnull=True,
        agency__closed_on__isnull=True,
    )
    return narrowed(found, wanted or Wanted())


def narrowed(found: QuerySet[Standing], wanted: Wanted) -> QuerySet[Standing]:
    """Keep the standings that pass the filters."""
    for name in ("kind", "province", "district"):
        if value := getattr(wanted, name):
            found = found.filter(**{f"agency__{name}": value})
    if wanted.size:
        found = found.filter(size=wanted.size)
    return found.filter(_STATES[State(wanted.state)]) if wanted.state else found


# --- years ----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Year:
    """A year's assessment in which agencies stand. agencies: how many."""

    framework: Framework
    agencies: int

    @property
    def id(self) -> str:
        """Its framework's."""
        return self.framework.id

    @property
    def title(self) -> str:
        """What it is called among the cycles of an agency."""
        return f"{self.framework.kind.upper()} {fiscal_year(self.framework.fiscal_year_be)}"

    @property
    def items(self) -> Mapping[str, Item]:
        """Its items by their lasting keys, in order."""
        return {item.key: item for item in self.framework.items}


def years_of(desk: Desk) -> tuple[Year, ...]:
    """Give the years in which agencies stand, the one with most of them first; one query."""
    found = Standing.objects.filter(agency__in=agencies_of(desk)).order_by().values("framework_id")
    years = [_year(row["framework_id"], row["n"]) for row in found.annotate(n=Count("pk"))]
    known = [year for year in years if year]
    return tuple(sorted(known, key=lambda year: (-year.agencies, -year.framework.fiscal_year_be, year.id)))


def _year(framework_id: str, agencies: int) -> Year | None:
    try:
        return Year(load(framework_id), agencies)
    except FrameworkError:
        return None  # an agency's own, whose file is gone


# --- what may be told of a group ------------------------------------------------------------------------------------
def may_tell(seen: int, all_of_them: int) -> bool:
    """Whether a figure of a group may be told: neither the group nor what it leaves out is small."""
    left_out = all_of_them - seen
    return seen >= LEAST and (left_out == 0 or left_out >= LEAST)


# --- places ---------------------------------------------------------------------------------------------------------
def places_of(desk: Desk) -> tuple[tuple[str, str], ...]:
    """Give province and district of the agencies, each pair once, in order; one query."""
    found = agencies_of(desk).order_by("province", "district").values_list("province", "district").distinct()
    return tuple(found)
