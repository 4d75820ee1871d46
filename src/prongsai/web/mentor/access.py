"""The first beat of an office's pages: the office of the address, for whom an open account looks in it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import wraps
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone

from prongsai.web.agencies.access import signed_in
from prongsai.web.agencies.models import Agency, User
from prongsai.web.mentor.models import Mentor, Office

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Keeper:
    """Who acts in no agency, as the journal of the installation names it."""

    user: User | None
    agency: Agency | None = None

    @property
    def actor(self) -> str:
        """Name who acts."""
        return str(self.user or "ระบบ")


@dataclass(frozen=True, slots=True)
class Desk:
    """Somebody who looks in an office on a day. Every query of the office's pages takes one."""

    office: Office
    mentor: Mentor
    today: date = field(default_factory=timezone.localdate)

    @property
    def keeper(self) -> Keeper:
        """The same for the journal."""
        return Keeper(self.mentor.user)


def mentoring(view: View) -> View:
    """Let in who looks in the office: the view gets ``(request, desk, …)`` in place of the office's number.

    Not signed in: to the sign-in page, as in an agency. No such office, not of it, or closed: 404.
    """

    @wraps(view)
    def inner(request: HttpRequest, office: int, **kwargs: Any) -> HttpResponseBase:
        found = mentors_of(request.user).filter(office=office).first()  # type: ignore[arg-type]
        if found is None:
            raise Http404
        desk = Desk(found.office, found)
        request.desk = desk  # type: ignore[attr-defined]
        return view(request, desk, **kwargs)

    return signed_in(inner)


def mentors_of(user: User) -> QuerySet[Mentor]:
    """Give the offices that an account looks in, as what it is there."""
    if not user.is_authenticated:
        return Mentor.objects.none()
    return Mentor.objects.filter(user=user, is_open=True, user__is_active=True).select_related("office", "user")


def may_enter(user: User) -> bool:
    """Whether an account may come in although it belongs to no agency: see ``MAY_ALSO_ENTER`` in the settings."""
    return mentors_of(user).exists()
