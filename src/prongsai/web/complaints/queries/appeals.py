"""Rounds in which somebody may complain about how their own work was evaluated."""

from django.db.models import Count, QuerySet

from prongsai.web.agencies.models import Agency, Appointment, Employment, Person
from prongsai.web.agencies.queries import people_on
from prongsai.web.agencies.queries.holding import in_order
from prongsai.web.agencies.scope import Scope
from prongsai.web.complaints.contents import Accused
from prongsai.web.complaints.models import AppealRound


def rounds_of(agency: Agency) -> QuerySet[AppealRound]:
    """Give the rounds, the newest first, each with how many were evaluated in it as ``n_evaluated``."""
    return AppealRound.objects.filter(agency=agency).annotate(n_evaluated=Count("evaluated"))


def open_for(scope: Scope) -> QuerySet[AppealRound]:
    """Give the rounds in which whoever asks was evaluated and may complain today."""
    found = AppealRound.objects.filter(agency=scope.agency, opens_on__lte=scope.today, closes_on__gte=scope.today)
    return found.filter(evaluated=scope.person) if scope.person else found.none()


def staff_of(scope: Scope) -> QuerySet[Person]:
    """Give who serves in the office today, nobody from outside."""
    return people_on(scope.agency, scope.today).exclude(employment=Employment.OUTSIDE)


def evaluators_of(scope: Scope) -> QuerySet[Person]:
    """Give who may have evaluated somebody: everybody else in the office."""
    return staff_of(scope).exclude(pk=scope.person.pk) if scope.person else staff_of(scope)


def accused_by(scope: Scope, person: Person) -> Accused:
    """Give somebody of the office as one whom a report is about, with the post they hold today."""
    held = Appointment.objects.filter(agency=scope.agency, person=person).on(scope.today)
    posts = in_order(list(held.select_related("post__unit")))
    post = posts[0].post if posts else None
    return Accused(
        name=str(person),
        position=post.title if post else "",
        unit=str(post.unit) if post and post.unit else "",
        person_id=person.pk,
        post_id=post.pk if post else None,
        unit_id=post.unit_id if post else None,
    )
