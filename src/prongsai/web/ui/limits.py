"""A request too large to be meant is refused before a byte of it is kept."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

MEGABYTE = 1024 * 1024
STRANGER_MB = 1  # forms of who is not signed in hold a few words
FILES_MAX = 4  # as many of the largest files as one form may bring at once


class BodyLimit:
    """Refuse a body above its limit with 413: the check of forms would read it whole before asking who sends it."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look at the length that is announced; a body without one is not read by Django."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        known = settings.SESSION_COOKIE_NAME in request.COOKIES
        limit = settings.MAX_UPLOAD_MB * FILES_MAX if known else STRANGER_MB
        if length.isdecimal() and int(length[:20]) > limit * MEGABYTE:
            return render(request, "413.html", {"limit": settings.MAX_UPLOAD_MB}, status=413)
        return self.answer(request)
