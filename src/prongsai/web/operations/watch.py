"""Stands around every request but the blind ones: answers those who ask for health, counts and tells the others.

Of somebody who reports or answers a survey nothing is counted, timed or given a number here: how many there were in a
minute, and how long each took, would tell when they were. Nor of static files, since those pages have some too.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.db import connections
from django.http import HttpRequest, HttpResponseBadRequest
from django.http.response import HttpResponseBase

from prongsai.web.blind.silence import blind_of, is_held
from prongsai.web.operations import figures, logs, probes
from prongsai.web.operations.near import calls_us_local

HEADER = "X-Request-ID"
_HELD = "complaints"  # what the holders of keys do is one figure
_UNTOLD = frozenset({"survey_paper"})  # where a clerk types answers off paper: each is an answer stored


class Watch:
    """Count, time and number requests; answer probes before anything that needs the database."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, with the number of the request in the header ``X-Request-ID``."""
        if blind_of(request.path_info) or request.path_info.startswith(settings.STATIC_URL):
            return self.answer(request)
        if request.path_info in probes.PATHS:
            return _probed(request)
        with logs.told_of(request) as asked:
            response = self._counted(asked)
        response[HEADER] = asked.number
        return response

    def _counted(self, asked: logs.Asked) -> HttpResponseBase:
        request, database, began = asked.request, _Waits(), time.perf_counter()
        with connections["default"].execute_wrapper(database):
            response = self.answer(request)
        seconds, route = time.perf_counter() - began, _route(request)
        if route in _UNTOLD:
            return response
        status = response.status_code
        figures.ours.database(route=route, statements=database.statements, seconds=database.seconds)
        figures.ours.request(route=route, method=str(request.method), status=status, seconds=seconds)
        if route != _HELD:
            logs.tell(asked, route=route, status=status, ms=seconds * 1000)
        return response


class _Waits:
    """How often and how long the database was asked."""

    def __init__(self) -> None:
        self.statements, self.seconds = 0, 0.0

    def __call__(self, execute: Callable[..., Any], *given: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(*given)
        finally:
            self.statements += 1
            self.seconds += time.perf_counter() - began


def _route(request: HttpRequest) -> str:
    if is_held(request.path_info):
        return _HELD
    return logs.route_of(request)


def _probed(request: HttpRequest) -> HttpResponseBase:
    """Answer a probe, by this machine's own name or one of the office's."""
    if not calls_us_local(request):
        try:
            request.get_host()
        except DisallowedHost:
            return HttpResponseBadRequest()
    return probes.PATHS[request.path_info](request)
