"""Offices, who takes part in them, and who has left."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.scope import Scope
from prongsai.web.mentor.access import Desk
from prongsai.web.mentor.models import Mentor, Office, Participation, Standing, Summons
from prongsai.web.mentor.queries.sight import taking_part


@dataclass(frozen=True, slots=True)
class Choice:
    """An office that looks where the agency lies. part: how the agency takes part, None where it does not."""

    office: Office
    part: Participation | None


def choices_of(scope: Scope) -> tuple[Choice, ...]:
    """Give the offices that look where the agency lies, and any other that it takes part in."""
    parts = {part.office_id: part for part in parts_of(scope)}
    place = Q(province__in=("", scope.agency.province), district__in=("", scope.agency.district))
    found = Office.objects.filter(place | Q(pk__in=parts))
    return tuple(Choice(office, parts.get(office.pk)) for office in found)


def parts_of(scope: Scope) -> QuerySet[Participation]:
    """Give where the agency takes part now."""
    return Participation.objects.filter(agency=scope.agency, left_on__isnull=True).select_related("office", "joined_by")


def past_parts_of(scope: Scope) -> QuerySet[Participation]:
    """Give where the agency took part once."""
    found = Participation.objects.filter(agency=scope.agency, left_on__isnull=False)
    return found.select_related("office", "joined_by", "left_by")


def counted_at(scope: Scope) -> datetime | None:
    """Give when what offices see of the agency was counted last."""
    found: datetime | None = Standing.objects.filter(agency=scope.agency).aggregate(at=Min("at"))["at"]
    return found


# --- for an office --------------------------------------------------------------------------------------------------
def members_of(desk: Desk, words: str = "") -> QuerySet[Agency]:
    """Give the agencies that take part with ``joined_on`` and ``counted_at``, in order of their codes."""
    part = Participation.objects.filter(office=desk.office, agency=OuterRef("pk"), left_on__isnull=True)
    found = Agency.objects.filter(taking_part(desk))
    if words:
        found = found.filter(Q(name__icontains=words) | Q(code__startswith=words) | Q(district__icontains=words))
    counted = Standing.objects.filter(agency=OuterRef("pk")).order_by().values("agency").annotate(at=Max("at"))
    return found.annotate(
        joined_on=Subquery(part.values("joined_on")[:1]), counted_at=Subquery(counted.values("at"))
    ).order_by("code")


def left_of(desk: Desk) -> QuerySet[Participation]:
    """Give the agencies that took part and do so no more, the latest first: that they left, never why."""
    back = Participation.objects.filter(office=desk.office, left_on__isnull=True).values("agency")
    found = Participation.objects.filter(office=desk.office, left_on__isnull=False).exclude(agency__in=back)
    return found.select_related("agency").order_by("-left_on", "-pk")


# --- for who runs the installation ----------------------------------------------------------------------------------
def offices() -> QuerySet[Office]:
    """Give every office with how many look in it (``n_mentors``) and take part (``n_agencies``)."""
    mentors = Count("mentors", filter=Q(mentors__is_open=True), distinct=True)
    agencies = Count("participations", filter=Q(participations__left_on__isnull=True), distinct=True)
    found = Office.objects.annotate(n_mentors=mentors, n_agencies=agencies)
    return found.order_by("level", "province", "district", "pk")


def mentors_in(office: Office) -> QuerySet[Mentor]:
    """Give who looks in an office, closed ones last."""
    return office.mentors.select_related("user").order_by("-is_open", "user__first_name", "pk")


def open_summonses() -> QuerySet[Summons]:
    """Give the invitations that still let somebody in."""
    now = timezone.now()
    found = Summons.objects.filter(used_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=now)
    return found.select_related("office")
