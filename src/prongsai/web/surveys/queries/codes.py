"""Batches of codes with how many were used, and the staff who have an e-mail."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from prongsai.web.agencies.models import Person
from prongsai.web.agencies.queries import people_on
from prongsai.web.agencies.scope import Scope
from prongsai.web.surveys.models import Batch, Survey


def batches_of(survey: Survey) -> QuerySet[Batch]:
    """Give the batches of a survey, the newest first, each with its group and ``used``: how many codes were."""
    used = Count("codes", filter=~Q(codes__spent=""))
    return Batch.objects.filter(survey=survey).select_related("group").annotate(used=used).order_by("-pk")


def people_with_mail(scope: Scope) -> QuerySet[Person]:
    """Give who serves in the agency today and has an e-mail."""
    return people_on(scope.agency, scope.today).exclude(email="")
