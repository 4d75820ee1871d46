"""The page to which the menu leads everybody alike, so that the menu tells nobody who holds a key."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from prongsai.web.agencies.access import member
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.complaints import access
from prongsai.web.complaints.queries import rolls
from prongsai.web.complaints.queries.tasks import tasks_of


@access.hidden
@member
@require_safe
def start(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show what the channel asks of somebody, and where everything about complaints is."""
    context = {
        "tasks": tasks_of(scope),
        "is_open": rolls.is_open(scope.agency),
        "may_see_roll": scope.can(Power.KEEP_ACCOUNTS) or rolls.is_holder(scope.agency, scope.user),
        "staff_address": request.build_absolute_uri(reverse("report_staff", args=[scope.agency.code])),
    }
    return render(request, "complaints/start.html", context)
