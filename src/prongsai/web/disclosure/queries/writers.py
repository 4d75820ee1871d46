"""Who has written in a release: nobody approves what they wrote themselves."""

from collections.abc import Iterable

from django.db.models import Q

from prongsai.web.agencies.models import AuditEntry, Membership
from prongsai.web.agencies.scope import Scope
from prongsai.web.disclosure.models import Release

WRITING = ("release.write", "release.attach", "release.drop")
_TYPE = Release._meta.label_lower


def wrote(scope: Scope, release: Release) -> bool:
    """Whether who asks has written in a release, attached or dropped a file of it."""
    return release.pk in written_among(scope, [release.pk])


def written_among(scope: Scope, pks: Iterable[int]) -> frozenset[int]:
    """Give those releases that who asks has written in, from whichever account; one query."""
    if scope.user is None and scope.person is None:
        return frozenset()
    accounts = Membership.objects.filter(agency=scope.agency, person=scope.person, person__isnull=False)
    mine = Q(user__in=accounts.values("user"))
    found = AuditEntry.objects.filter(
        Q(user=scope.user) | mine if scope.user else mine,
        agency=scope.agency,
        action__in=WRITING,
        subject_type=_TYPE,
        subject_id__in=[str(pk) for pk in pks],
    )
    return frozenset(int(pk) for pk in found.values_list("subject_id", flat=True))
