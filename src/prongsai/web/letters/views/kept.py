"""Giving the bytes of a file that a letter or a circular holds."""

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from prongsai.web.agencies.scope import Scope
from prongsai.web.evidence import store
from prongsai.web.evidence.models import File
from prongsai.web.evidence.services import why_unreadable


def attached(request: HttpRequest, scope: Scope, file: File, name: str = "") -> HttpResponseBase:
    """Give a kept file as an attachment that no browser opens as a page; 410 with the reason when it cannot be."""
    if refusal := why_unreadable(file):
        return render(request, "evidence/lost.html", {"refusal": refusal}, status=410)
    path = store.path_of(scope.agency.code, file.sha256)
    answer = FileResponse(path.open("rb"), as_attachment=True, filename=name or file.name, content_type=file.media_type)
    answer["Cache-Control"] = "private, max-age=0, must-revalidate"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
