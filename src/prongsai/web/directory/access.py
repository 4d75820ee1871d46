"""The first beat of the installation's pages: who runs it. They stand under ``/installation/``, in no agency."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase

from prongsai.web.agencies.access import signed_in
from prongsai.web.agencies.models import User
from prongsai.web.directory.models import Operator

View = Callable[..., HttpResponseBase]


def operator(view: View) -> View:
    """Let in who runs the installation: the view gets ``(request, operator, …)``.

    Not signed in: to the sign-in page, as in an agency. Everybody else: 404.
    """

    @wraps(view)
    def inner(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        found = operator_of(request.user)  # type: ignore[arg-type]
        if found is None:
            raise Http404
        request.operator = found  # type: ignore[attr-defined]
        return view(request, found, **kwargs)

    return signed_in(inner)


def operator_of(user: User) -> Operator | None:
    """Give what an account is in the installation; None for who does not run it, or no longer does."""
    if not user.is_authenticated:
        return None
    return Operator.objects.filter(user=user, is_open=True, user__is_active=True).select_related("user").first()


def may_enter(user: User) -> bool:
    """Whether an account may come in although it belongs to no agency: see ``MAY_ALSO_ENTER`` in the settings."""
    return user.is_active and operator_of(user) is not None
