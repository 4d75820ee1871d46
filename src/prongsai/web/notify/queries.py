"""Reading: mail that has not left."""

from django.db.models import QuerySet

from prongsai.web.agencies.scope import Scope
from prongsai.web.notify.models import Mail


def unsent_of(scope: Scope) -> QuerySet[Mail]:
    """Give the agency's unsent mail, the newest first, without its text: that is for the receiver alone."""
    return Mail.objects.unsent().filter(agency=scope.agency).defer("text")
