"""Who somebody is in an agency."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from prongsai.web.agencies.models import Agency, Appointment, Capacity, Membership, Person, PostRole, Unit, User
from prongsai.web.agencies.roles import Role, powers_of
from prongsai.web.agencies.scope import Scope


def scope_of(user: User, code: str, today: date | None = None) -> Scope | None:
    """Give what a user is and may do in the agency of a code.

    None for strangers, closed accounts, who has left, and for everybody while the agency is closed.
    """
    if not user.is_authenticated:
        return None
    day = today or timezone.localdate()
    serving = Q(person__left_on__isnull=True) | Q(person__left_on__gte=day)
    open_ = {"is_open": True, "agency__closed_on__isnull": True}
    members = Membership.objects.filter(serving, agency__code=code, user=user, **open_)
    former = Exists(Person.objects.filter(merged_into=OuterRef("person")))
    found = members.select_related("agency", "person").annotate(has_former=former).first()
    return _scope(found, day) if found else None


def _scope(member: Membership, today: date) -> Scope:
    held = Appointment.objects.filter(person=member.person, agency=member.agency).on(today)
    rows = list(held.values("post_id", "post__unit_id", "capacity"))
    posts = {row["post_id"]: row["post__unit_id"] for row in rows}
    # A delegation covers the matters that its order names, not what the post may do here.
    whole = {row["post_id"] for row in rows if row["capacity"] != Capacity.DELEGATED}
    roles = frozenset(Role(role) for role in PostRole.objects.filter(post__in=whole).values_list("role", flat=True))
    former = Person.objects.filter(merged_into=member.person).values_list("pk", flat=True)
    units = with_children(member.agency, {unit for unit in posts.values() if unit})
    return Scope(
        member.agency,
        member.user,
        member.person,
        roles,
        powers_of(roles),
        frozenset(posts),
        frozenset(units),
        today,
        frozenset(former if getattr(member, "has_former") else ()),  # noqa: B009
    )


def with_children(agency: Agency, unit_ids: set[int]) -> set[int]:
    """Add every unit that stands under the given ones."""
    if not unit_ids:
        return set()
    parents = dict(Unit.objects.filter(agency=agency).values_list("pk", "parent_id"))
    found = set(unit_ids)
    while more := {unit for unit, parent in parents.items() if parent in found and unit not in found}:
        found |= more
    return found


def served() -> QuerySet[Agency]:
    """Give the agencies in which anybody has an account: one that nobody has entered yet has nothing to show."""
    return Agency.objects.filter(Exists(Membership.objects.filter(agency=OuterRef("pk"))))


def agencies_of(user: User) -> QuerySet[Agency]:
    """Give the agencies that a user may enter."""
    return Agency.objects.filter(memberships__user=user, memberships__is_open=True, closed_on__isnull=True)
