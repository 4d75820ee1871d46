"""Cases: what a handler reads and says."""

from collections.abc import Iterator

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from prongsai.errors import ProngsaiError
from prongsai.privacy.seal.boxes import NotForThisKey
from prongsai.web.agencies.scope import Scope
from prongsai.web.complaints.access import holding
from prongsai.web.complaints.forms.cases import (
    AccusedForm,
    ConflictForm,
    FilterForm,
    IdentityForm,
    NoteForm,
    ReplyForm,
)
from prongsai.web.complaints.keys import Key
from prongsai.web.complaints.models import HolderDuty
from prongsai.web.complaints.queries import handling
from prongsai.web.complaints.queries.case_log import lines_of
from prongsai.web.complaints.queries.case_page import page_of
from prongsai.web.complaints.queries.cases import Case, cases_of, due_of, report_of, shredded_of
from prongsai.web.complaints.services import cases as services
from prongsai.web.complaints.services import readers as taking_off
from prongsai.web.complaints.services.shredding import complete_on
from prongsai.web.ui.forms import refuse
from prongsai.web.ui.templatetags.ui import thai_digits

PAGE_SIZE = 100
READ_WRITE = require_http_methods(["GET", "HEAD", "POST"])
TYPED = sensitive_post_parameters()  # what is typed here stands in no report of an error
_REFUSALS = (ProngsaiError, ValidationError)
Trail = list[tuple[str, str]]


def opened_case(scope: Scope, key: Key, number: str, *, is_viewed: bool = False) -> Case:
    """Open a case for who may read it; 404 for anybody else, as for one that is not there."""
    try:
        return _opened(scope, key, number, is_viewed=is_viewed)
    except NotForThisKey:
        raise Http404 from None


def _opened(scope: Scope, key: Key, number: str, *, is_viewed: bool = False) -> Case:
    report = report_of(scope.agency, number)
    case = services.open_case(scope, key, report, is_viewed=is_viewed) if report is not None else None
    if case is None:
        raise Http404
    return case


def trail_of(scope: Scope, *last: str, number: str = "") -> Trail:
    """Give the way to a page: the list, the case, the page."""
    code = scope.agency.code
    found: Trail = [(_("เรื่องร้องเรียนการทุจริต"), reverse("complaints", args=[code]))]
    if number:
        found.append((thai_digits(number), reverse("complaint", args=[code, number]) if last else ""))
    return [*found, *((words, "") for words in last)]


# --- reading --------------------------------------------------------------------------------------------------------
@holding
@require_safe
def cases(request: HttpRequest, scope: Scope, key: Key) -> HttpResponse:
    """List the cases that the key opens."""
    form = FilterForm(request.GET or None)
    rows = cases_of(key, **form.asked)
    asked = request.GET.copy()
    asked.pop("page", None)
    context = {
        "form": form,
        "key": key,
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "overdue": due_of(rows, scope.today),
        "is_filtered": bool(asked),
        "query": f"&{asked.urlencode()}" if asked else "",
    }
    return render(request, "complaints/cases.html", context)


@holding
@require_safe
def case(request: HttpRequest, scope: Scope, key: Key, number: str) -> HttpResponse:
    """Show a case. That it was looked at is written down. Of one that was shredded the dull row is left."""
    try:
        found = _opened(scope, key, number)
    except Http404:
        return _shredded(request, scope, key, number)
    except NotForThisKey:
        trail = trail_of(scope, number=number)
        return render(request, "complaints/case_altered.html", {"number": number, "trail": trail}, status=409)
    return _page(request, scope, key, found)


def _shredded(request: HttpRequest, scope: Scope, key: Key, number: str) -> HttpResponse:
    row = shredded_of(scope.agency, number) if key.holder.duty != HolderDuty.KEEPER else None
    if row is None:
        raise Http404
    context = {"report": row, "complete_on": complete_on(row), "trail": trail_of(scope, number=number)}
    return render(request, "complaints/case_shredded.html", context)


def _page(
    request: HttpRequest, scope: Scope, key: Key, shown: Case, *, status: int = 200, **forms_: forms.Form
) -> HttpResponse:
    services.jot(scope, shown, "complaint.view")
    context = {
        "case": shown,
        "key": key,
        "view": page_of(scope, shown),
        "handling": handling.handling_of(key, shown),
        "reply_form": forms_.get("reply") or ReplyForm(),
        "note_form": forms_.get("note") or NoteForm(),
        "trail": trail_of(scope, number=shown.report.number),
    }
    return render(request, "complaints/case.html", context, status=status)


@holding
@require_safe
def log(request: HttpRequest, scope: Scope, key: Key, number: str) -> HttpResponse:
    """Show who looked at a case and when."""
    found = opened_case(scope, key, number)
    page = Paginator(lines_of(found), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"case": found, "page": page, "trail": trail_of(scope, _("ใครเปิดดูเมื่อใด"), number=number)}
    return render(request, "complaints/case_log.html", context)


@holding
@require_safe
def file(request: HttpRequest, scope: Scope, key: Key, number: str, name: str) -> HttpResponseBase:
    """Give a file to keep, never to be shown: it may hold anything."""
    found = opened_case(scope, key, number)
    if services.file_of(found, name) is None:
        raise Http404
    try:
        kept, pieces = services.file_pieces(found, name)
        first = next(pieces)
    except (ProngsaiError, FileNotFoundError):
        messages.error(request, _("เปิดไฟล์นี้ไม่ได้ ไฟล์หายไปหรือถูกแก้ไขนอกระบบ"))
        return redirect("complaint", scope.agency.code, number)
    services.jot(scope, found, "complaint.file")
    answer = StreamingHttpResponse(_joined(first, pieces), content_type="application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(True, kept.title) or "attachment"
    answer["Content-Length"] = str(kept.size)
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _joined(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


# --- saying ---------------------------------------------------------------------------------------------------------
@holding
@require_POST
@TYPED
def reply(request: HttpRequest, scope: Scope, key: Key, number: str) -> HttpResponse:
    """Answer whoever reported."""
    found, form = opened_case(scope, key, number), ReplyForm(request.POST)
    if form.is_valid():
        try:
            services.reply(scope, key, found, text=form.cleaned_data["text"])
        except _REFUSALS as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("บันทึกคำตอบแล้ว ผู้แจ้งจะเห็นเมื่อเปิดด้วยใบรับ"))
            return redirect(f"{reverse('complaint', args=[scope.agency.code, number])}#dialogue")
    return _page(request, scope, key, found, status=422, reply=form)


@holding
@require_POST
@TYPED
def note(request: HttpRequest, scope: Scope, key: Key, number: str) -> HttpResponse:
    """Write a note for the other handlers."""
    found, form = opened_case(scope, key, number), NoteForm(request.POST)
    if form.is_valid():
        try:
            services.note(scope, key, found, text=form.cleaned_data["text"])
        except _REFUSALS as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("เก็บบันทึกแล้ว"))
            return redirect(f"{reverse('complaint', args=[scope.agency.code, number])}#notes")
    return _page(request, scope, key, found, status=422, note=form)


@holding
@READ_WRITE
@TYPED
def identity(request: HttpRequest, scope: Scope, key: Key, number: str) -> HttpResponse:
    """Ask why, then show who reported, in this one answer."""
    found = opened_case(scope, key, number)
    if not found.has_identity:
        raise Http404
    form, shown = IdentityForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            shown = services.reveal_identity(scope, key, found, reason=form.cleaned_data["reason"])
        except _REFUSALS as refusal:
            refuse(form, refusal)
    context = {"case": found, "form": form, "shown": shown, "trail": trail_of(scope, _("ตัวตนผู้แจ้ง"), number=number)}
    return render(request, "complaints/case_identity.html", context, status=_status(form))


# --- who reads ------------------------------------------------------------------------------------------------------
@holding
@READ_WRITE
@TYPED
def readers(request: HttpRequest, scope: Scope, key: Key, number: str) -> HttpResponse:
    """Show who may read a case, and add somebody who is accused, who then may not."""
    found = opened_case(scope, key, number)
    form = AccusedForm(scope, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            changed = taking_off.exclude(scope, key, found, accused=[form.accused])
        except _REFUSALS as refusal:
            refuse(form, refusal)
        else:
            return _changed(request, scope, changed, number)
    context = {
        "case": found,
        "form": form,
        "view": page_of(scope, found),
        "trail": trail_of(scope, _("ผู้มีสิทธิอ่าน"), number=number),
    }
    return render(request, "complaints/case_readers.html", context, status=_status(form))


@holding
@READ_WRITE
@TYPED
def conflict(request: HttpRequest, scope: Scope, key: Key, number: str) -> HttpResponse:
    """Take oneself off a case, with the reason."""
    found = opened_case(scope, key, number)
    form = ConflictForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            changed = taking_off.declare_conflict(scope, key, found, reason=form.cleaned_data["reason"])
        except _REFUSALS as refusal:
            refuse(form, refusal)
        else:
            return _changed(request, scope, changed, number)
    context = {"case": found, "form": form, "trail": trail_of(scope, _("ประกาศผลประโยชน์ทับซ้อน"), number=number)}
    return render(request, "complaints/case_conflict.html", context, status=_status(form))


def _changed(request: HttpRequest, scope: Scope, changed: taking_off.Changed, number: str) -> HttpResponse:
    """Lead back to the case, or say that it is theirs no more."""
    if changed.is_own:
        return render(request, "complaints/case_gone.html", {"trail": trail_of(scope, _("เรื่องนี้ไม่ใช่ของท่านแล้ว"))})
    messages.success(request, _("เพิ่มผู้ถูกกล่าวหาแล้ว ผู้ที่เกี่ยวข้องเปิดเรื่องนี้ไม่ได้อีก"))
    return redirect("complaint", scope.agency.code, number)


def _status(form: forms.Form) -> int:
    return 422 if form.errors else 200
