"""Who may change whose rights: rights follow posts, so that filling a post can be a way to more of them."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from prongsai.web.agencies.models import Agency, Appointment, Capacity, Membership, Person
from prongsai.web.agencies.roles import POWERS, Power, Role, powers_of
from prongsai.web.agencies.scope import Scope

_KEEPERS = [role for role, powers in POWERS.items() if Power.KEEP_ACCOUNTS in powers]


def why_not_appoint(scope: Scope, person: Person, roles: Iterable[str]) -> str:
    """Say why who asks may not put a person into a post of some roles; empty when nothing is against it.

    Who keeps accounts may do all. Others may give nobody the keeping of accounts, and themselves no rights at all.
    """
    given = [Role(role) for role in roles]
    if scope.can(Power.KEEP_ACCOUNTS) or not given:
        return ""
    if Power.KEEP_ACCOUNTS in powers_of(given):
        return _("ตำแหน่งนี้มีสิทธิ์ผู้ดูแลระบบ ต้องให้ผู้ดูแลระบบแต่งตั้ง")
    if scope.person is not None and person.pk == scope.person.pk:
        return _("แต่งตั้งตนเองในตำแหน่งที่มีบทบาทในระบบไม่ได้ ต้องให้ผู้ดูแลระบบแต่งตั้ง")
    return ""


def keepers_on(agency: Agency, day: date) -> QuerySet[Membership]:
    """Give the open accounts that can keep accounts on a day, by the appointments known now."""
    held = Appointment.objects.on(day).filter(agency=agency, post__roles__role__in=_KEEPERS)
    held = held.exclude(capacity=Capacity.DELEGATED)
    serving = Q(person__left_on__isnull=True) | Q(person__left_on__gte=day)
    open_ = Membership.objects.filter(serving, agency=agency, is_open=True, user__is_active=True)
    return open_.filter(person__in=held.values("person"))
