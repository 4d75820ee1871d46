"""The page of what went wrong: a full disk and a database that is away are told apart from our own faults."""

import errno
import sys
from collections.abc import Iterator

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from prongsai.web.blind.silence import blind_of
from prongsai.web.operations.logs import number_now

FULL, AWAY, FAULT = 507, 503, 500
_RETRY_S = "5"
_FULL_ERRNO = frozenset({errno.ENOSPC, errno.EDQUOT})
_SQLITE_FULL = 13
_SQLITE_OURS = 1  # a statement that it does not understand, or no such table: it is there and answers
_POSTGRES_FULL = "53100"


def failed(request: HttpRequest) -> HttpResponse:
    """Answer a request that ended in a fault, without the database; blind pages have their own for it."""
    status = FAULT if blind_of(request.path_info) else status_of(sys.exc_info()[1])
    answer = HttpResponse(render_to_string(f"{status}.html", {"number": number_now()}), status=status)
    if status == AWAY:
        answer["Retry-After"] = _RETRY_S
    return answer


def status_of(fault: BaseException | None) -> int:
    """Tell what kind of fault it is: no room to store anything, no database, or ours."""
    causes = list(_causes(fault))
    if any(map(_is_full, causes)):
        return FULL
    if any(getattr(one, "sqlite_errorcode", None) == _SQLITE_OURS for one in causes):
        return FAULT
    return AWAY if any(isinstance(one, OperationalError | InterfaceError) for one in causes) else FAULT


def _causes(fault: BaseException | None) -> Iterator[BaseException]:
    while fault is not None:
        yield fault
        fault = fault.__cause__


def _is_full(fault: BaseException) -> bool:
    if isinstance(fault, OSError):
        return fault.errno in _FULL_ERRNO
    sqlite = getattr(fault, "sqlite_errorcode", None)
    return sqlite == _SQLITE_FULL or getattr(fault, "sqlstate", None) == _POSTGRES_FULL
