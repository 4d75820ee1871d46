"""Who acts for whom, now and in the coming days: the work of a post is seen by whoever acts in it."""

from django.db.models import Q, QuerySet

from prongsai.web.agencies.models import Appointment, Capacity
from prongsai.web.agencies.scope import Scope

SHOWN = 30


def acting(scope: Scope) -> QuerySet[Appointment]:
    """Give the acting appointments and delegations that hold or are to come, the next first."""
    found = Appointment.objects.filter(agency=scope.agency).exclude(capacity=Capacity.SELF)
    left = found.filter(Q(valid_to=None) | Q(valid_to__gte=scope.today)).exclude(person__left_on__lt=scope.today)
    return left.select_related("person", "post").order_by("valid_from", "pk")[:SHOWN]
