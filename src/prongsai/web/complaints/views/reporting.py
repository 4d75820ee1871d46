"""Telling of corruption: no sign-in, no cookie, nothing kept of who asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from prongsai.errors import ProngsaiError
from prongsai.privacy.seal.receipts import Receipt
from prongsai.web.agencies.access import open_agency
from prongsai.web.agencies.models import Agency
from prongsai.web.complaints import limits
from prongsai.web.complaints.contents import FileKey
from prongsai.web.complaints.forms.reporting import ConfirmForm, ReportForm, stamp
from prongsai.web.complaints.models import Way
from prongsai.web.complaints.queries import reporting as queries
from prongsai.web.complaints.queries import rolls
from prongsai.web.complaints.services import receiving
from prongsai.web.complaints.views import following
from prongsai.web.complaints.views.bringing import Brought, brought_by
from prongsai.web.ui.qr import svg_of

# Where somebody lands who leaves in a hurry: a page that anybody may have open at work.
NEUTRAL = "https://www.tmd.go.th/"
_ASKED_OR_SENT = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def start(request: HttpRequest, agency: str) -> HttpResponse:
    """Say what this is, the three ways of telling, and where else one may go."""
    found = open_agency(agency)
    context = {
        "agency": found,
        "is_open": rolls.is_open(found),
        "general": queries.general_form(found),
    }
    return render(request, "complaints/report_start.html", context)


# Nothing on these pages rests on a cookie: a form of another site could do no more than its sender can do by hand.
# What makes a report or opens one is a token or a receipt in the form. ``Blind`` refuses foreign forms besides.
@csrf_exempt
@_ASKED_OR_SENT
def public(request: HttpRequest, agency: str) -> HttpResponse:
    """Take a report of anybody."""
    return _report(request, open_agency(agency), Way.PUBLIC)


@csrf_exempt
@_ASKED_OR_SENT
def staff(request: HttpRequest, agency: str) -> HttpResponse:
    """Take a report of somebody who works here; the page does not know who is signed in."""
    return _report(request, open_agency(agency), Way.STAFF)


@csrf_exempt
@_ASKED_OR_SENT
def confirm(request: HttpRequest, agency: str) -> HttpResponse:
    """Have two words of the receipt typed, so that it is not lost, and lead on to the report."""
    found = open_agency(agency)
    receipt = _receipt_of(request)
    if receipt is None:
        return _elsewhere("report_follow", found)
    if limits.looks_too_often(request):
        return following.asked_too_often(request, found)
    seen = following.looked_up(found, receipt)
    if seen is None:
        return _elsewhere("report_follow", found)
    form = ConfirmForm(request.POST, thai=receipt.thai, latin=receipt.latin)
    if not form.is_valid():
        return _receipt_page(request, found, receipt, _Sent(seen.told.files), form, status=422)
    return following.page(request, found, receipt, seen)


@require_safe
def guideline(request: HttpRequest, agency: str) -> HttpResponse:
    """Show how complaints are handled, as it was adopted."""
    found = open_agency(agency)
    adopted = queries.guideline_of(found, timezone.localdate())
    return render(request, "complaints/report_guideline.html", {"agency": found, "guideline": adopted})


@require_safe
def leave(request: HttpRequest, agency: str) -> HttpResponse:
    """Lead away at once.

    Without ``Clear-Site-Data: "cache"``, which makes Chrome stand still for seconds (crbug 40233601): no page of these
    is cached anyhow, only what gives them their looks.
    """
    response = HttpResponse(status=303)
    response["Location"] = NEUTRAL
    return response


# --- the form -------------------------------------------------------------------------------------------------------
def _report(request: HttpRequest, agency: Agency, way: Way) -> HttpResponse:
    if not rolls.is_open(agency):
        return _elsewhere("report_start", agency)
    brought = brought_by(request, agency) if request.method == "POST" else None
    picks = queries.picks_of(agency, timezone.localdate())
    if brought is None or "token" not in request.POST:
        form = ReportForm(way=way, picks=picks, initial={"category": request.POST.get("category")})
        return _form_page(request, agency, form)
    form = ReportForm(request.POST, way=way, picks=picks, held=brought.files)
    return _sent(request, agency, form, brought)


def _sent(request: HttpRequest, agency: Agency, form: ReportForm, brought: Brought) -> HttpResponse:
    receipt = _receipt_of(request)
    for refusal in brought.refusals:
        form.add_error("files", refusal)
    if receipt is None and "opened" not in form.errors:
        form.add_error(None, _("หน้านี้เปิดค้างไว้นานเกินไป ข้อความยังอยู่ครบ กดส่งอีกครั้ง"))
    if not form.is_valid() or receipt is None:
        return _form_page(request, agency, form, status=422)
    if limits.reports_too_often(request):
        form.add_error(None, _("ขณะนี้มีการแจ้งเรื่องเข้ามามาก ข้อความยังอยู่ครบ รอสักครู่แล้วกดส่งอีกครั้ง"))
        return _form_page(request, agency, form, status=429)
    told = form.told(files=brought.files, day=timezone.localdate().isoformat())
    try:
        with limits.one_of_few():
            receiving.submit(agency, way=form.way, told=told, receipt=receipt, identity=form.identity)
    except ProngsaiError as refused:
        form.refuse(refused)
        return _form_page(request, agency, form, status=422, is_used=isinstance(refused, receiving.SentBefore))
    return _receipt_page(request, agency, receipt, _Sent(told.files, form.is_dropped), status=201)


def _receipt_of(request: HttpRequest) -> Receipt | None:
    """Give the receipt that a form carries; None for none, one of another server, or one that is too old."""
    try:
        return receiving.receipt_of(request.POST.get("token", ""))
    except receiving.NotTaken:
        return None


def _form_page(
    request: HttpRequest, agency: Agency, form: ReportForm, status: int = 200, *, is_used: bool = False
) -> HttpResponse:
    """Show the form. is_used: its receipt has its report already, the next time it is sent it needs another."""
    token, opened = request.POST.get("token", ""), request.POST.get("opened", "")
    is_fresh = is_used or not form.is_bound or "opened" in form.errors or _receipt_of(request) is None
    context = {
        "agency": agency,
        "form": form,
        "channel": rolls.channel_of(agency),
        "is_staff": form.way is Way.STAFF,
        "token": receiving.give_token() if is_fresh else token,
        "opened": stamp() if is_fresh else opened,
        **following.held_context(form.held),
    }
    return render(request, "complaints/report_form.html", context, status=status)


# --- the receipt ----------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class _Sent:
    """What the page of a receipt tells besides it. is_dropped: who is not to be known had typed who they are."""

    files: Sequence[FileKey]
    is_dropped: bool = False


def _receipt_page(
    request: HttpRequest,
    agency: Agency,
    receipt: Receipt,
    sent: _Sent,
    form: ConfirmForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "agency": agency,
        "channel": rolls.channel_of(agency),
        "words": list(zip(receipt.thai, receipt.latin, strict=True)),
        "qr": svg_of(" ".join(receipt.latin), _("ใบรับเป็นคิวอาร์โค้ด")),
        "sent": sent,
        "form": form or ConfirmForm(thai=receipt.thai, latin=receipt.latin),
        "token": request.POST.get("token", ""),
    }
    return render(request, "complaints/report_received.html", context, status=status)


def _elsewhere(name: str, agency: Agency) -> HttpResponse:
    response = redirect(name, agency.code)
    response.status_code = 303  # so that nothing that was typed goes along
    return response
