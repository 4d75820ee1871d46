"""Who has acknowledged a circular: the list on the page, on paper and as a table; lists signed in ink."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from prongsai.errors import FileUnusable, ProngsaiError
from prongsai.reports.forms.circulation_list import TITLE_TH
from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.models import Person
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.evidence.services import keep_file
from prongsai.web.letters.forms.circulars import ReasonForm, SheetForm
from prongsai.web.letters.models import Circular
from prongsai.web.letters.queries import circulars as queries
from prongsai.web.letters.queries.readers import Reader, Readers, by_unit, readers_of
from prongsai.web.letters.services import circulars as services
from prongsai.web.letters.services.circulation import keep_list, list_paper, table_of
from prongsai.web.letters.views.circulars import open_one, posted, seen, trail_of
from prongsai.web.letters.views.kept import attached
from prongsai.web.ui.forms import refuse

PAGE_SIZE = 100
PAPERS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
TABLES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
_ONLY = ("missing", "acknowledged", "left")


@allowed(Power.SEE_WORK)
@require_safe
def receipts(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """List the people of a circular, narrowed by ``?only=`` missing, acknowledged or left."""
    found = sent_one(scope, pk)
    readers = readers_of(found, scope.today)
    only = request.GET.get("only", "")
    page = Paginator(_narrowed(readers, only), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "circular": found,
        "readers": readers,
        "units": by_unit(readers.everybody),
        "page": page,
        "only": only if only in _ONLY else "",
        "query": f"&only={only}" if only in _ONLY else "",
        "may_keep": scope.can(Power.KEEP_LETTERS),
        "trail": [*trail_of(scope, found), (_("รายชื่อผู้รับทราบ"), "")],
    }
    return render(request, "letters/receipts.html", context)


def _narrowed(readers: Readers, only: str) -> tuple[Reader, ...]:
    acknowledged = tuple(one for one in readers.everybody if one.acknowledged_on)
    ways = {"missing": readers.missing, "left": readers.left, "acknowledged": acknowledged}
    return ways.get(only, readers.counted)


@allowed(Power.SEE_WORK)
@require_safe
def receipts_paper(request: HttpRequest, scope: Scope, pk: int, form: str) -> HttpResponse:
    """Give the list as docx, pdf, xlsx or csv; with ``?only=missing`` only those who are missing."""
    kinds = PAPERS | TABLES
    if form not in kinds:
        raise Http404
    found, only_missing = sent_one(scope, pk), request.GET.get("only") == "missing"
    make = list_paper if form in PAPERS else table_of
    try:
        content = make(found, readers_of(found, scope.today), form, only_missing=only_missing)
    except FileUnusable as refused:
        messages.error(request, refused.one_line)
        return redirect("letters:receipts", scope.agency.code, pk)
    disposition = content_disposition_header(True, f"{TITLE_TH} {found.title[:60]}.{form}") or "attachment"
    return HttpResponse(content, content_type=kinds[form], headers={"Content-Disposition": disposition})


@allowed(Power.KEEP_LETTERS)
@require_POST
def receipts_keep(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Keep today's list as evidence."""
    found = sent_one(scope, pk)
    try:
        made = keep_list(scope, circular=found)
    except (ProngsaiError, ValidationError) as fault:
        messages.error(request, fault.one_line if isinstance(fault, ProngsaiError) else " ".join(fault.messages))
        return redirect("letters:receipts", scope.agency.code, pk)
    messages.success(request, _("เก็บบัญชีรายชื่อเป็นหลักฐานแล้ว แนบกับข้อ OIT ได้จากหน้าของข้อนั้น"))
    return redirect("evidence:evidence", scope.agency.code, made.pk)


# --- lists signed in ink --------------------------------------------------------------------------------------------
@allowed(Power.KEEP_LETTERS)
@require_http_methods(["GET", "HEAD", "POST"])
def sheet_add(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Enter a list that was signed in ink."""
    found = open_one(scope, pk)
    if found.sent_on is None:
        raise Http404
    readers = readers_of(found, scope.today)
    form = SheetForm(readers.everybody, *posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            sheet = _entered(scope, found, form.cleaned_data)
        except (ProngsaiError, ValidationError) as fault:
            refuse(form, fault)
        else:
            words = _("บันทึกบัญชีลงชื่อแล้ว {n} คน")
            messages.success(request, words.format(n=sheet.n_signed))
            return redirect(found)
    context = {
        "circular": found,
        "form": form,
        "readers": readers,
        "trail": [*trail_of(scope, found), (_("บันทึกบัญชีลงชื่อ"), "")],
    }
    return render(request, "letters/sheet_form.html", context, status=422 if form.is_bound else 200)


def _entered(scope: Scope, found: Circular, given: dict[str, Any]) -> Any:
    upload = given.pop("file")
    people = Person.objects.filter(agency=scope.agency, pk__in=given.pop("people"))
    file = keep_file(scope, name=upload.name, content=upload.file, is_guarded=True)
    return services.enter_sheet(scope, circular=found, file=file, people=people, **given)


@allowed(Power.SEE_WORK)
@require_safe
def sheet_file(request: HttpRequest, scope: Scope, pk: int, sheet: int) -> HttpResponseBase:
    """Give the scan of a list."""
    held = get_object_or_404(queries.sheets_of(sent_one(scope, pk)), pk=sheet)
    return attached(request, scope, held.file)


@allowed(Power.KEEP_LETTERS)
@require_http_methods(["GET", "HEAD", "POST"])
def sheet_back(request: HttpRequest, scope: Scope, pk: int, sheet: int) -> HttpResponse:
    """Ask for a reason, then take a wrongly entered list back."""
    found = open_one(scope, pk)
    held = get_object_or_404(queries.sheets_of(found).filter(taken_back_at=None), pk=sheet)
    form = ReasonForm(posted(request)[0])
    if request.method == "POST" and form.is_valid():
        try:
            services.take_back_sheet(scope, sheet=held, reason=form.cleaned_data["reason"])
        except ValidationError as fault:
            refuse(form, fault)
        else:
            messages.success(request, _("ถอนบัญชีแล้ว ลายมือชื่อในบัญชีนั้นไม่นับ ไฟล์สแกนยังเก็บไว้"))
            return redirect(found)
    context = {
        "circular": found,
        "sheet": held,
        "form": form,
        "trail": [*trail_of(scope, found), (_("ถอนบัญชีลงชื่อ"), "")],
    }
    return render(request, "letters/sheet_back.html", context, status=422 if form.is_bound else 200)


def sent_one(scope: Scope, pk: int) -> Circular:
    """Give a circular that was sent, or 404."""
    found = seen(scope, pk)
    if found.sent_on is None:
        raise Http404
    return found
