"""What is never written down: no log line, error page or mail holds anything of a report, an answer or who sent it."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from types import FrameType
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter

from prongsai.web.faults import place_of

_BLIND = re.compile(r"/[0-9]{8}/(report|ask)(?:/|$)", re.IGNORECASE)
_HELD = re.compile(r"/[0-9]{8}/complaints(/|$)", re.IGNORECASE)
_NUMBER = re.compile(r"(?<=/complaints/cases/)[^/\s]+")
_HELD_NAME = "complaints"


@dataclass(frozen=True, slots=True)
class BlindPages:
    """Pages that do not know who asks. name: in the log; plain: the template of a page that needs nothing."""

    name: str
    plain: str


_KINDS = {
    "report": BlindPages("complaints", "complaints/report_plain.html"),
    "ask": BlindPages("surveys", "surveys/ask_plain.html"),
}


def blind_of(path: str) -> BlindPages | None:
    """Give whose path it is: of who reports and follows, or of who answers; None for those of all others."""
    found = _BLIND.match(path)
    return _KINDS[found[1].lower()] if found else None


def is_held(path: str) -> bool:
    """Whether a path is one of those of handlers and other holders of keys."""
    return bool(_HELD.match(path))


class Hushed(logging.Filter):
    """Let nothing about reports and answers into a log but the type and the place of a fault.

    Lines without a fault, such as Django's of every answer from 400 on, are left out: that somebody reported is a
    secret, and so is when somebody answered. A static file that is not there may have been one of such a page.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the line is written; one that is has lost its message, its values and its request."""
        request = getattr(record, "request", None)
        path = str(getattr(request, "path_info", ""))
        kind = blind_of(path)
        if kind:
            return _hushed(record, kind.name)
        if path.startswith(settings.STATIC_URL) and not record.exc_info:
            return False
        if is_held(path) and not _hushed(record, _HELD_NAME) and isinstance(record.args, tuple):
            # Who acted when stands in the journal, without saying on which case.
            record.args = tuple(_NUMBER.sub("…", one) if isinstance(one, str) else one for one in record.args)
        return True


def _hushed(record: logging.LogRecord, name: str) -> bool:
    """Leave the type and the place of a fault; whether there is one."""
    fault = record.exc_info[1] if record.exc_info else None
    if fault is None:
        return False
    record.msg, record.args = "%s: %s", (name, place_of(fault))
    record.exc_info = record.exc_text = record.stack_info = None
    record.request = None
    return True


class Silent(SafeExceptionReporterFilter):
    """Show nothing of a request, and no variable, on error pages and in mails about reports, cases and answers."""

    def get_post_parameters(self, request: HttpRequest | None) -> Any:
        """Give what was sent; nothing of ours."""
        return {} if _is_ours(request) else super().get_post_parameters(request)

    def get_safe_request_meta(self, request: HttpRequest) -> dict[str, Any]:
        """Give the headers; none of ours."""
        return {} if _is_ours(request) else super().get_safe_request_meta(request)

    def get_safe_cookies(self, request: HttpRequest) -> dict[str, Any]:
        """Give the cookies; none of ours."""
        return {} if _is_ours(request) else super().get_safe_cookies(request)

    def get_traceback_frame_variables(self, request: HttpRequest | None, tb_frame: FrameType) -> list[Any]:  # type: ignore[override]
        """Give the variables of a frame; none of ours."""
        return [] if _is_ours(request) else super().get_traceback_frame_variables(request, tb_frame)  # type: ignore[return-value]


def _is_ours(request: HttpRequest | None) -> bool:
    return request is not None and (blind_of(request.path_info) is not None or is_held(request.path_info))
