"""Kept bytes as an answer: saved, never opened as a page of ours; pictures of ours shown."""

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from prongsai.web.disclosure.services.bodies import UNKNOWN_TYPE
from prongsai.web.evidence import store
from prongsai.web.evidence.media import BY_TYPE
from prongsai.web.evidence.models import File
from prongsai.web.evidence.services import why_unreadable

_CLOSED = "sandbox; default-src 'none'"


def attached(request: HttpRequest, file: File, name: str) -> HttpResponseBase:
    """Give a kept file to be saved under a name; 410 when its bytes were erased or lost."""
    return _given(request, file, name, media_type=file.media_type if file.media_type in BY_TYPE else UNKNOWN_TYPE)


def shown_picture(request: HttpRequest, file: File) -> HttpResponseBase:
    """Give a picture that we took, for an ``img``."""
    return _given(request, file, file.name, media_type="image/png", as_attachment=False)


def _given(
    request: HttpRequest, file: File, name: str, *, media_type: str, as_attachment: bool = True
) -> HttpResponseBase:
    if refusal := why_unreadable(file):
        return render(request, "evidence/lost.html", {"refusal": refusal}, status=410)
    path = store.path_of(file.agency.code, file.sha256)
    answer = FileResponse(path.open("rb"), as_attachment=as_attachment, filename=name, content_type=media_type)
    answer["Cache-Control"] = "private, max-age=0, must-revalidate"
    answer["Content-Security-Policy"] = _CLOSED
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
