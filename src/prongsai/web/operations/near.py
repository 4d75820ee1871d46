"""Who asks from this very machine, as a supervisor does; what a web server in front passes on only looks local."""

import secrets

from django.conf import settings
from django.http import HttpRequest

from prongsai.web import environment

_FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_X_REAL_IP", "HTTP_FORWARDED", "HTTP_VIA")
_BEARER = "Bearer "


def is_near(request: HttpRequest) -> bool:
    """Whether a request comes from this machine by its own name, and was passed on by nobody."""
    is_passed_on = any(name in request.META for name in _FORWARDED)
    return request.META.get("REMOTE_ADDR") in environment.LOOPBACK and not is_passed_on and calls_us_local(request)


def calls_us_local(request: HttpRequest) -> bool:
    """Whether the name that was called is this machine's own."""
    host = str(request.META.get("HTTP_HOST") or request.META.get("SERVER_NAME", ""))
    name = host if host.endswith("]") else host.rpartition(":")[0] or host
    return name.strip("[]") in environment.LOOPBACK


def brings_token(request: HttpRequest) -> bool:
    """Whether a request brings ``PRONGSAI_METRICS_TOKEN``; never where there is none."""
    given = str(request.META.get("HTTP_AUTHORIZATION", ""))
    wanted = settings.METRICS_TOKEN
    return bool(wanted) and secrets.compare_digest(given.encode(), f"{_BEARER}{wanted}".encode())
