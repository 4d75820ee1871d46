"""The first beat of every view: the agency of the address, with the right to it. Strangers get 404."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django_htmx.http import HttpResponseClientRedirect

from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.queries import scope_of
from prongsai.web.agencies.roles import Power

View = Callable[..., HttpResponseBase]


class AgencyClosed(Http404):
    """What is asked for is of a closed agency: the page of 404 is told so, and can say it."""

    def __init__(self) -> None:
        super().__init__("agency closed")


def allowed(power: Power) -> Callable[[View], View]:
    """Ask for a power: the view gets ``(request, scope, …)`` in place of the agency's code.

    Not signed in: to the sign-in page (for htmx by HX-Redirect). No such agency, not of it, or without the power: 404.
    """
    return lambda view: _entered(view, power)


def member(view: View) -> View:
    """Ask for nothing but to be of the agency, as ``allowed`` does: for the page that everybody has."""
    return _entered(view, None)


def _entered(view: View, power: Power | None) -> View:
    @wraps(view)
    def inner(request: HttpRequest, agency: str, **kwargs: Any) -> HttpResponseBase:
        scope = scope_of(request.user, agency)  # type: ignore[arg-type]
        if scope is None or (power is not None and not scope.can(power)):
            raise Http404
        request.scope = scope  # type: ignore[attr-defined]
        return view(request, scope, **kwargs)

    return signed_in(inner)


def signed_in(view: View) -> View:
    """Ask for an account and no more; a lapsed sign-in leads htmx on by HX-Redirect."""
    guarded = login_required(view)

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        answer = guarded(request, *args, **kwargs)
        lapsed = not request.user.is_authenticated and answer.status_code == 302
        if lapsed and request.headers.get("HX-Request"):
            return HttpResponseClientRedirect(answer["Location"])
        return answer

    return inner


def open_agency(code: str) -> Agency:
    """Give the agency of a page that asks strangers for something; 404 for none, AgencyClosed for one that is.

    Nobody would read what is sent to a closed one.
    """
    found = get_object_or_404(Agency, code=code)
    if found.closed_on:
        raise AgencyClosed
    return found
