"""A request too large to be meant is refused before a byte of it is kept."""

import re
from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

MEGABYTE = 1024 * 1024
STRANGER_MB = 1  # forms of who is not signed in hold a few words
FORM_MB = 10  # what a form with files adds to them
FILES_MAX = 4  # as many of the largest files as one form may bring at once
PAPER_MB = 20  # a signed paper that a stranger has checked
PAPERS_AT = frozenset({"/verify/"})  # where strangers bring one
REPORT_FILES_MB = 200  # all files of a report, or of a message about it
REPORTS_AT = re.compile(r"/[0-9]{8}/report/(public|staff|follow)/")  # where people who report bring them


class BodyLimit:
    """Refuse a body above its limit with 413: the check of forms would read it whole before asking who sends it."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look at the length that is announced; a body without one is not read by Django."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        limit, told = _limits(request)
        if length.isdecimal() and int(length[:20]) > limit * MEGABYTE:
            return render(request, "413.html", {"limit": told}, status=413)
        return self.answer(request)


def _limits(request: HttpRequest) -> tuple[int, int]:
    """Give how large a body may be, and what is told of it: how large one file may be. In megabytes."""
    if request.path_info in PAPERS_AT:
        one = min(PAPER_MB, settings.MAX_UPLOAD_MB)
        return one + STRANGER_MB, one
    if REPORTS_AT.fullmatch(request.path_info):
        return REPORT_FILES_MB + FORM_MB, REPORT_FILES_MB
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        return settings.MAX_UPLOAD_MB * FILES_MAX, settings.MAX_UPLOAD_MB
    return STRANGER_MB, settings.MAX_UPLOAD_MB


def is_too_often(what: str, who: str | None, *, most: int, seconds: int) -> bool:
    """Count that somebody asks for something; whether it is more often than most times within so many seconds.

    Each process counts for itself: what is allowed is this much for every process that serves.
    """
    key = f"often:{what}:{who or '-'}"
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key) > most
    except ValueError:  # its time was over just now
        return False
