"""A paper as an answer: a file to keep, or a page of its own to print."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpResponse
from django.utils.http import content_disposition_header

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MEDIA: Mapping[str, str] = {"docx": WORD, "pdf": "application/pdf", "html": "text/html; charset=utf-8"}
# A page of its own that may run nothing and fetch nothing.
_POLICY = "sandbox allow-modals; default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'self'"


def printed(content: bytes, form: str, name: str) -> HttpResponse:
    """Give a paper. form: of ``MEDIA``; name: of the file, without its ending."""
    headers = {
        "Content-Disposition": content_disposition_header(form != "html", f"{name}.{form}") or "attachment",
        "Cache-Control": "private, max-age=0, must-revalidate",
        "Content-Security-Policy": _POLICY,
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, content_type=MEDIA[form], headers=headers)
