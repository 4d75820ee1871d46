"""Blind pages do not know who asks: this stands before everything else and takes it away.

Nothing behind it, and so no log, session, count or error page, ever sees an address, a cookie or a browser's name of
somebody who reports or answers. The rules of these pages for browsers are set here too, over those of everybody else.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import (
    BadRequest,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils import translation

from prongsai.web.agencies.access import AgencyClosed
from prongsai.web.blind.marks import MARK, mark_of
from prongsai.web.blind.silence import blind_of, is_held
from prongsai.web.faults import place_of

_LOG = logging.getLogger(__name__)

# Of what a browser sends, all that these pages need. Everything else is taken away, whatever it is called.
_KEPT = frozenset({"HTTP_HOST", "HTTP_ORIGIN", "HTTP_SEC_FETCH_SITE", "HTTP_X_FORWARDED_PROTO"})
_TAKEN = ("HTTP_", "REMOTE_", "RAW_URI", "REQUEST_URI")

_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",  # scripts send forms: without an entry in the history, again on a bad line
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_UNUSED = ("camera", "microphone", "geolocation", "payment", "usb", "browsing-topics", "interest-cohort")
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _UNUSED),
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}
# A browser that may tell no referrer sends no origin with a form either, and Django then refuses the form. So pages of
# handlers, who are signed in, tell the referrer to this office alone; blind pages tell it to nobody.
_HELD_HEADERS = {"Cache-Control": "no-store", "Referrer-Policy": "same-origin", "X-Robots-Tag": "noindex, nofollow"}

_TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
# A form that broke off on its way is no fault of ours: a line about it would tell when somebody reported.
_REFUSED = (SuspiciousOperation, BadRequest, MultiPartParserError, UnreadablePostError)
_PLAIN = frozenset({400, 403, 404, 405, 413, 500})


class Blind:
    """Take who asks away from requests of blind pages, and give their answers the strictest rules."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; ``request.META["prongsai.mark"]`` is what somebody is counted by (``limits``)."""
        if blind_of(request.path_info):
            return _covered(self._blindly(request))
        if is_held(request.path_info):
            _read_whole(request)
        response = self.answer(request)
        if is_held(request.path_info):
            _set(response, _HELD_HEADERS)
        return response

    def _blindly(self, request: HttpRequest) -> HttpResponseBase:
        _take_away(request)
        _read_whole(request)
        if request.method not in ("GET", "HEAD") and is_foreign(request.META):
            return plain(request, 403)
        response = self.answer(request)
        if response.status_code in _PLAIN and not getattr(response, "is_plain", False):
            return plain(request, response.status_code)
        return response

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """Answer what a blind view raised before Django would log or show it."""
        kind = blind_of(request.path_info)
        if kind is None:
            return None
        status = _status_of(fault)
        if status == 500:
            _LOG.error("%s: %s", kind.name, place_of(fault))
        return plain(request, status)


class _Whole:
    """A body that is read to its announced end or refused.

    When a line breaks, the server gives what came until then, and Django takes half a file for a whole one.
    """

    def __init__(self, stream: Any, length: int) -> None:
        self._stream, self._left = stream, length

    def read(self, size: int | None = -1, /) -> bytes:
        """Give the next bytes. Raises OSError where they break off."""
        wished = self._left if size is None or size < 0 else size
        piece = self._counted(self._stream.read(wished), wished)
        if self._left > 0 and self._left + len(piece) <= wished:  # all was asked for at once
            piece += self.read()
        return piece

    def readline(self, size: int | None = -1, /) -> bytes:
        """Give the next line. Raises OSError where it breaks off."""
        wished = self._left if size is None or size < 0 else size
        return self._counted(self._stream.readline(wished), wished)

    def close(self) -> None:
        """Close it."""
        self._stream.close()

    def _counted(self, piece: bytes, wished: int) -> bytes:
        self._left -= len(piece)
        if not piece and wished and self._left > 0:
            raise OSError("the body broke off")
        return piece


def _read_whole(request: HttpRequest) -> None:
    length = str(request.META.get("CONTENT_LENGTH") or "")
    if length.isdecimal() and length.isascii() and hasattr(request, "_stream"):
        request._stream = _Whole(request._stream, int(length[:20]))  # type: ignore[assignment]  # all that Django asks of it


def _status_of(fault: Exception) -> int:
    if isinstance(fault, AgencyClosed):
        return 410
    if isinstance(fault, Http404):
        return 404
    if isinstance(fault, PermissionDenied):
        return 403
    if isinstance(fault, _TOO_LARGE):
        return 413
    return 400 if isinstance(fault, _REFUSED) else 500


def plain(request: HttpRequest, status: int) -> HttpResponse:
    """Give a page that needs nothing but its status: no account, no database, nothing of what was sent."""
    kind = blind_of(request.path_info)
    assert kind
    code = request.path_info.split("/")[1]
    with translation.override(request.META.get("HTTP_ACCEPT_LANGUAGE") or settings.LANGUAGE_CODE):
        text = render_to_string(kind.plain, {"status": status, "code": code})
    response = HttpResponse(text, status=status)
    response.is_plain = True  # type: ignore[attr-defined]
    return response


def _covered(response: HttpResponseBase) -> HttpResponseBase:
    response.cookies.clear()
    _set(response, HEADERS)
    for name in ("Vary", "Expires", "Server-Timing"):
        if response.has_header(name):
            del response[name]
    return response


def _set(response: HttpResponseBase, headers: Mapping[str, str]) -> None:
    for name, value in headers.items():
        response[name] = value


# --- what is taken away ---------------------------------------------------------------------------------------------
def _take_away(request: HttpRequest) -> None:
    """Leave of a request what is asked for, in which language, whether packed, and the mark that it is counted by."""
    asked = HttpRequest()  # so that nothing of it is remembered by the request itself
    asked.META = dict(request.META)
    mark, language = mark_of(asked), _language_of(asked, request.META)
    packed = str(request.META.get("HTTP_ACCEPT_ENCODING", ""))
    for name in [name for name in request.META if name.startswith(_TAKEN) and name not in _KEPT]:
        del request.META[name]
    if "gzip" in packed:
        request.META["HTTP_ACCEPT_ENCODING"] = "gzip"
    request.META |= {MARK: mark, "HTTP_ACCEPT_LANGUAGE": language, "REMOTE_ADDR": "", "QUERY_STRING": ""}


def _language_of(asked: HttpRequest, sent: Mapping[str, Any]) -> str:
    """Give one of our languages: of the cookie by which it was chosen, else of the browser."""
    found = (part.strip().partition("=") for part in str(sent.get("HTTP_COOKIE", "")).split(";"))
    asked.COOKIES = {name: value for name, _, value in found if name == settings.LANGUAGE_COOKIE_NAME}
    return translation.get_language_from_request(asked)


def is_foreign(sent: Mapping[str, Any]) -> bool:
    """Whether a form comes from another site, as far as the browser says.

    Browsers that tell no referrer tell no origin either ("null"), so that only newer ones can say it: nothing here
    rests on it, since no cookie gives a form of another site any right.
    """
    site = sent.get("HTTP_SEC_FETCH_SITE")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = sent.get("HTTP_ORIGIN", "null")
    own = {str(sent.get("HTTP_HOST", "")), *(urlsplit(one).netloc for one in settings.CSRF_TRUSTED_ORIGINS)}
    return origin != "null" and urlsplit(origin).netloc not in own
