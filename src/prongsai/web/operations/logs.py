"""How lines of the log are written: for people or for machines, without what belongs to somebody.

Knows no model: logging is set up before there are any. What is left out of reports and answers altogether, and why, is
said in ``blind.silence``.
"""

from __future__ import annotations

import json
import logging
import re
import secrets
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.http import HttpRequest

from prongsai.privacy.masks import mask_text

REQUESTS = "prongsai.requests"  # the logger of a line for each request
UNKNOWN = "unknown"
_LOG = logging.getLogger(REQUESTS)
# What a database adds to a fault holds the values of the row, which may have lines of their own.
_DETAIL = re.compile(r"^(?:DETAIL|CONTEXT|PARAMETERS|HINT): .*", re.MULTILINE | re.DOTALL)
_PASSWORD = re.compile(r"(?<=://)[^/\s@]+@")


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that is being answered. number: by which its lines, its answer and who tells of it find each other."""

    request: HttpRequest
    number: str = field(default_factory=lambda: secrets.token_hex(8))


_asked: ContextVar[Asked | None] = ContextVar("asked", default=None)


@contextmanager
def told_of(request: HttpRequest) -> Iterator[Asked]:
    """Let lines that are written meanwhile carry the number and the route of a request."""
    asked = Asked(request)
    token = _asked.set(asked)
    try:
        yield asked
    finally:
        _asked.reset(token)


def number_now() -> str:
    """Give the number of the request that is being answered; "" outside one."""
    asked = _asked.get()
    return asked.number if asked else ""


def route_of(request: HttpRequest) -> str:
    """Name what was asked for, never its path: that may hold a code that opens something."""
    found = request.resolver_match
    return found.view_name if found else UNKNOWN


def tell(asked: Asked, *, route: str, status: int, ms: float) -> None:
    """Write the line of a request."""
    user = getattr(getattr(asked.request, "_cached_user", None), "pk", None)  # known already, or not asked for
    scope = getattr(asked.request, "scope", None)
    agency = getattr(getattr(scope, "agency", None), "pk", None)
    told = {"method": asked.request.method, "route": route, "status": status, "ms": round(ms, 1)}
    more = {name: value for name, value in (("user", user), ("agency", agency)) if value is not None}
    _LOG.info("request", extra={"told": told | more})


class Plain(logging.Formatter):
    """A line for people: time, level, logger, what happened, and the number of the request."""

    def format(self, record: logging.LogRecord) -> str:
        """Give one line; the trace of a fault stands below it."""
        told = _told(record)
        more = " ".join(f"{name}={value}" for name, value in told.items() if name not in _FIRST)
        head = f"{told['time']} {told['level']} {told['logger']}: {told['event']}"
        return " ".join(filter(None, (head, more))) + (f"\n{trace}" if (trace := _trace(record)) else "")


class Json(logging.Formatter):
    """A line for machines: a JSON object, with the trace of a fault in it."""

    def format(self, record: logging.LogRecord) -> str:
        """Give one line."""
        trace = _trace(record)
        return json.dumps(_told(record) | ({"trace": trace} if trace else {}), ensure_ascii=False, default=str)


_FIRST = ("time", "level", "logger", "event")


def _told(record: logging.LogRecord) -> dict[str, object]:
    asked = _asked.get()
    told: dict[str, object] = {
        "time": datetime.fromtimestamp(record.created, UTC).astimezone().isoformat(timespec="milliseconds"),
        "level": record.levelname.lower(),
        "logger": record.name,
        "event": masked(_message(record)),
    }
    if asked is not None:
        told |= {"request_id": asked.number, "route": route_of(asked.request)}
    if isinstance(status := getattr(record, "status_code", None), int):
        told["status"] = status
    return told | getattr(record, "told", {})


def _message(record: logging.LogRecord) -> str:
    """Give what a line says, with the route where Django writes the path."""
    message, request = record.getMessage(), getattr(record, "request", None)
    if isinstance(request, HttpRequest):
        for path in (request.get_full_path(), request.path):
            if len(path) > 1:
                message = message.replace(path, route_of(request))
    return message


def _trace(record: logging.LogRecord) -> str:
    fault = record.exc_info[1] if record.exc_info else None
    return "\n".join(_trace_of(each) for each in _led_to(fault))


def _led_to(fault: BaseException | None) -> list[BaseException]:
    """Give a fault after those that it came from."""
    found: list[BaseException] = []
    while fault is not None and not any(fault is each for each in found):
        found.append(fault)
        fault = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
    return found[::-1]


def _trace_of(fault: BaseException) -> str:
    """Give the lines of code that a fault came through and its type; what it says may hold a name or a row."""
    kind = type(fault)
    name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    return "".join([*traceback.format_tb(fault.__traceback__), name])


def masked(text: str) -> str:
    """Take e-mail addresses, numbers of people, telephones, passwords of addresses and values of rows out."""
    return mask_text(_PASSWORD.sub("…@", _DETAIL.sub("", text))).rstrip()
