"""What a reporter sees by their receipt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from prongsai.errors import ProngsaiError
from prongsai.privacy.seal import frames
from prongsai.privacy.seal.receipts import Receipt
from prongsai.web.agencies.access import open_agency
from prongsai.web.agencies.models import Agency
from prongsai.web.complaints import limits, telling
from prongsai.web.complaints.contents import FileKey, Kind
from prongsai.web.complaints.forms.following import ReceiptForm, SayForm
from prongsai.web.complaints.queries import rolls
from prongsai.web.complaints.services import receiving, store, uploads
from prongsai.web.complaints.views.bringing import Brought, brought_by

_SAYS = "say"


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, agency: str) -> HttpResponse:
    """Ask for a receipt, show its report, take a message. The receipt comes in the body, never in the address."""
    found = open_agency(agency)
    if request.method != "POST":
        return _receipt_form(request, found, ReceiptForm())
    brought = brought_by(request, found)
    form = ReceiptForm(request.POST)
    if not form.is_valid():
        return _receipt_form(request, found, form, 422)
    if limits.looks_too_often(request):
        return asked_too_often(request, found, form)
    receipt = form.cleaned_data["words"]
    seen = looked_up(found, receipt)
    if seen is None:
        return unknown(request, found, form)
    if _SAYS in request.POST:
        return _said(request, found, receipt, seen, brought)
    return page(request, found, receipt, seen)


@csrf_exempt
@require_POST
def file(request: HttpRequest, agency: str) -> HttpResponseBase:
    """Give a file of the dialogue back, opened piece by piece on its way out."""
    found = open_agency(agency)
    form = ReceiptForm(request.POST)
    if not form.is_valid():
        return _receipt_form(request, found, form, 422)
    if limits.looks_too_often(request):
        return asked_too_often(request, found, form)
    seen = looked_up(found, form.cleaned_data["words"])
    if seen is None:
        return unknown(request, found, form)
    key = next((one for one in _files_of(seen) if one.name == request.POST.get("name")), None)
    if key is None:
        raise Http404
    return _given_back(found, key)


def looked_up(agency: Agency, receipt: Receipt) -> receiving.Following | None:
    """Look a receipt up; None for one that opens nothing here, after the same work."""
    with limits.one_of_few():
        return receiving.by_receipt(agency, receipt)


# --- pages ----------------------------------------------------------------------------------------------------------
def page(
    request: HttpRequest,
    agency: Agency,
    receipt: Receipt,
    seen: receiving.Following,
    *,
    say: SayForm | None = None,
    held: Sequence[FileKey] = (),
    is_said: bool = False,
    status: int = 200,
) -> HttpResponse:
    """Show the report of a receipt: where it stands, what was told and said, and a form for more."""
    words = " ".join(receipt.latin)
    context = {
        "agency": agency,
        "channel": rolls.channel_of(agency),
        "words": words,
        "report": seen.report,
        "told": seen.told,
        "stage": telling.stage_of(seen.report.state),
        "steps": telling.STEPS,
        "lines": telling.lines_of(seen.said),
        "form": say or SayForm(initial={"words": words}),
        "is_said": is_said,
        **held_context(held),
    }
    return render(request, "complaints/report_followed.html", context, status=status)


def held_context(held: Sequence[FileKey]) -> dict[str, Any]:
    """Give what a form shows of files that came with an earlier try, and the hidden field that keeps them."""
    return {
        "held": held,
        "held_token": uploads.held_token(held) if held else "",
        "files_max": uploads.FILES_MAX,
        "total_mb": uploads.TOTAL_MB,
    }


def unknown(request: HttpRequest, agency: Agency, form: ReceiptForm) -> HttpResponse:
    """Say that a receipt opens nothing: never existing, another office's and shredded are not told apart."""
    form.add_error("words", _("ไม่พบเรื่องของใบรับนี้ ตรวจคำและลำดับอีกครั้ง ถ้าถูกต้องแล้ว เรื่องอาจพ้นกำหนดเก็บรักษาและถูกทำลายไปแล้ว"))
    return _receipt_form(request, agency, form, 422)


def asked_too_often(request: HttpRequest, agency: Agency, form: ReceiptForm | None = None) -> HttpResponse:
    """Ask to wait; what was typed is kept."""
    form = form or ReceiptForm({"words": ""})
    form.errors.clear()
    form.add_error("words", _("ขณะนี้มีผู้ใช้มาก รอสักครู่แล้วลองใหม่"))
    return _receipt_form(request, agency, form, 429)


def _receipt_form(request: HttpRequest, agency: Agency, form: ReceiptForm, status: int = 200) -> HttpResponse:
    return render(request, "complaints/report_follow.html", {"agency": agency, "form": form}, status=status)


# --- saying more ----------------------------------------------------------------------------------------------------
def _said(
    request: HttpRequest, agency: Agency, receipt: Receipt, seen: receiving.Following, brought: Brought
) -> HttpResponse:
    form = SayForm(request.POST, is_empty_fine=bool(brought.files))
    for refusal in brought.refusals:
        form.add_error("files", refusal)
    if not form.is_valid():
        return page(request, agency, receipt, seen, say=form, held=brought.files, status=422)
    text = form.cleaned_data["text"]
    if not _is_repeated(seen, text, brought.files):
        try:
            receiving.say(agency, following=seen, text=text, files=brought.files)
        except ProngsaiError as refused:
            form.refuse(refused)
            return page(request, agency, receipt, seen, say=form, held=brought.files, status=422)
    return page(request, agency, receipt, looked_up(agency, receipt) or seen, is_said=True)


def _is_repeated(seen: receiving.Following, text: str, files: Sequence[FileKey]) -> bool:
    """Whether the same was said just before: a page that was loaded again sends its form again."""
    last = seen.said[-1] if seen.said else None
    return last is not None and last.kind is Kind.REPORTER and last.text == text and not files and not last.files


# --- files ----------------------------------------------------------------------------------------------------------
def _files_of(seen: receiving.Following) -> list[FileKey]:
    said = (one for one in seen.said if one.kind in (Kind.REPORTER, Kind.REPLY))
    return [*seen.told.files, *(key for one in said for key in one.files)]


def _given_back(agency: Agency, key: FileKey) -> StreamingHttpResponse:
    pieces = _pieces(agency.code, key)
    first = next(pieces)  # a file that is gone or does not open is a fault of this view, and not of the server
    response = StreamingHttpResponse(chain([first], pieces), content_type="application/octet-stream")
    response["Content-Length"] = str(key.size)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=key.title) or "attachment"
    return response


def _pieces(code: str, key: FileKey) -> Iterator[bytes]:
    with store.reading(code, key.name) as source:
        yield from frames.opened(source, key.identity)
