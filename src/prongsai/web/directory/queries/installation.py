"""The agencies of an installation and their technical state: counts, sizes and days, nothing from inside."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery, Sum, TextChoices
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from prongsai.thai.numerals import to_arabic
from prongsai.thai.places import province
from prongsai.thai.text import collapse
from prongsai.web.agencies.models import Agency, Invitation, Membership
from prongsai.web.agencies.queries.powers import keepers_on
from prongsai.web.cycles.models import Cycle, CycleState
from prongsai.web.disclosure.models import Site
from prongsai.web.evidence.models import File


class State(TextChoices):
    """How far an agency has come in the installation."""

    USED = "used", _("ใช้งานอยู่")
    WAITING = "waiting", _("ยังไม่มีผู้ตอบรับคำเชิญ")
    CLOSED = "closed", _("ปิดการใช้งาน")


def agencies(text: str = "", *, kind: str = "", where: str = "", state: str = "") -> QuerySet[Agency]:
    """Give the agencies by code. text: parts of name or code; where: a province's name. No technical state yet."""
    found = Agency.objects.order_by("code")
    for word in collapse(text).split():
        found = found.filter(Q(name__contains=word) | Q(code__contains=to_arabic(word)) | Q(province__contains=word))
    if kind:
        found = found.filter(kind=kind)
    if where:
        asked = province(where)
        found = found.filter(province=asked.name if asked else where)
    return _in_state(found, state)


def _in_state(found: QuerySet[Agency], state: str) -> QuerySet[Agency]:
    if state == State.CLOSED:
        return found.filter(closed_on__isnull=False)
    if state not in State.values:
        return found
    has_account = Exists(_open_accounts())
    found = found.filter(closed_on__isnull=True)
    return found.filter(has_account) if state == State.USED else found.filter(~has_account)


def with_state(found: QuerySet[Agency]) -> QuerySet[Agency]:
    """Add what a row of the list tells: ``n_accounts``, ``has_cycle``, ``last_seen_on``, ``n_bytes``, ``built_on``.

    Each is a subquery of its own, which a database works out for the rows of one page. last_seen_on: the day on which
    somebody of the agency last signed in; no finer, and not who.
    """
    accounts = _open_accounts().order_by().values("agency")
    cycles = Cycle.objects.filter(agency=OuterRef("pk"), state=CycleState.OPEN)
    files = File.objects.filter(agency=OuterRef("pk"), erased_at__isnull=True).order_by().values("agency")
    site = Site.objects.filter(agency=OuterRef("pk"))
    return found.annotate(
        n_accounts=Coalesce(Subquery(accounts.annotate(n=Count("pk")).values("n")), 0),
        last_seen_on=Subquery(accounts.annotate(day=TruncDate(Max("user__last_login"))).values("day")),
        has_cycle=Exists(cycles),
        n_bytes=Coalesce(Subquery(files.annotate(n=Sum("size")).values("n")), 0, output_field=models.BigIntegerField()),
        built_on=Subquery(site.values(day=TruncDate("built_at"))),
        site_address=Coalesce(Subquery(site.values("address")), models.Value("")),
    )


def _open_accounts() -> QuerySet[Membership]:
    return Membership.objects.filter(agency=OuterRef("pk"), is_open=True)


def agency_of(code: str) -> Agency | None:
    """Give one agency with its technical state."""
    return with_state(agencies()).filter(code=code).first()


def has_keeper(agency: Agency, today: date | None = None) -> bool:
    """Whether somebody who serves today can keep the accounts: as long as one does, the agency looks after itself."""
    return keepers_on(agency, today or timezone.localdate()).exists()


def had_accounts(agency: Agency) -> bool:
    """Whether somebody of the agency ever had an account."""
    return Membership.objects.filter(agency=agency).exists()


def last_invitation(agency: Agency) -> Invitation | None:
    """Give the newest invitation to an agency from outside, used or not; whom it invited itself is its own matter."""
    outside = Q(made_by__isnull=True) | Q(made_by__operator__isnull=False)
    return (
        Invitation.objects.filter(outside, agency=agency).select_related("person").order_by("-made_at", "-pk").first()
    )


def provinces_here() -> list[str]:
    """Give the provinces that have an agency in the installation."""
    return list(Agency.objects.order_by("province").values_list("province", flat=True).distinct())


def count_by_state() -> dict[str, int]:
    """Count the agencies: all of them, those in use, those that wait, those that are closed. One query."""
    member = Exists(_open_accounts())
    return Agency.objects.annotate(has=member).aggregate(
        all=Count("pk"),
        used=Count("pk", filter=Q(closed_on__isnull=True, has=True)),
        waiting=Count("pk", filter=Q(closed_on__isnull=True, has=False)),
        closed=Count("pk", filter=Q(closed_on__isnull=False)),
    )
