"""The way in, and the page of today."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from prongsai.web.agencies.access import member
from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.queries import agencies_of
from prongsai.web.agencies.scope import Scope
from prongsai.web.home import outside, queries


@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Lead on: to the first run, to sign-in or the public site, to the agency, or to the choice of several."""
    if not Agency.objects.exists():
        return redirect("first_run")
    if not request.user.is_authenticated:
        return _outside(request)
    agencies = list(agencies_of(request.user))
    if len(agencies) == 1:
        return redirect("home", agencies[0].code)
    return render(request, "home/agencies.html", {"agencies": agencies})


def _outside(request: HttpRequest) -> HttpResponse:
    """Show a stranger the public site of the only agency beside the way in; only the way in while there is none."""
    site = outside.only_site()
    if site is None:
        return redirect("account_login")
    return render(request, "home/outside.html", {"site": site})


@member
@require_GET
def home(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show what needs doing today."""
    return render(request, "home/home.html", {"today": queries.today_of(scope)})
