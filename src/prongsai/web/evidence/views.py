"""Pages of evidence: the list, one piece with where it is used, the forms, and the files themselves."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from prongsai.errors import FileUnusable, ProngsaiError
from prongsai.web.agencies import journal
from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.evidence import media, preview, queries, services, store
from prongsai.web.evidence.forms import AddForm, EditForm, FilterForm, ReviseForm
from prongsai.web.evidence.models import Evidence
from prongsai.web.ui.forms import posted_number

PAGE_SIZE = 50
_SANDBOX = "sandbox; default-src 'none'"


@allowed(Power.SEE_WORK)
@require_GET
def evidence_list(request: HttpRequest, scope: Scope) -> HttpResponse:
    """List evidence, narrowed by what the address asks for."""
    form = FilterForm(scope, request.GET)
    form.is_valid()
    page = Paginator(queries.listed(scope, form.cleaned_data), PAGE_SIZE).get_page(request.GET.get("page"))
    asked = request.GET.copy()
    asked.pop("page", None)
    context = {"form": form, "page": page, "query": f"&{asked.urlencode()}" if asked else "", "media": media.BY_TYPE}
    return render(request, "evidence/list.html", context)


@allowed(Power.DO_WORK)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Take a file or an address."""
    own = next(iter(scope.unit_ids)) if len(scope.unit_ids) == 1 else None
    form = AddForm(scope, request.POST or None, request.FILES or None, initial={"unit": own})
    if request.method == "POST" and form.is_valid():
        try:
            made = services.attachment_from(scope, given=form.cleaned_data)
        except (ProngsaiError, ValidationError) as fault:
            form.add_error(None, said(fault))
        else:
            messages.success(request, _("เก็บหลักฐานแล้ว"))
            return redirect("evidence:evidence", scope.agency.code, made.pk)  # type: ignore[union-attr]
    return _form_page(request, "evidence/add.html", form)


@allowed(Power.SEE_WORK)
@require_GET
def evidence(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Show a piece of evidence, its revisions and where it is used."""
    record = get_object_or_404(queries.evidence_of(scope), pk=pk)
    revisions = queries.revisions_of(record)
    context = {
        "evidence": record,
        "revisions": revisions if len(revisions) > 1 else [],
        "newest": revisions[0],
        "uses": queries.uses_of(record),
        "media": media.BY_TYPE.get(record.file.media_type) if record.file else None,
        "way": preview.way_of(record.file) if record.file and not record.file.erased_at else "none",
        "may_change": may_change(scope, record),
    }
    return render(request, "evidence/evidence.html", context)


@allowed(Power.DO_WORK)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Mend what is said about evidence."""
    record = _changeable(scope, pk)
    form = EditForm(scope, record, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.edit_evidence(scope, evidence=record, **form.cleaned_data)
        except journal.Stale as stale:
            return _stale(request, "evidence/edit.html", form, stale)
        except ValidationError as fault:
            form.add_error(None, said(fault))
        else:
            messages.success(request, _("บันทึกแล้ว"))
            return redirect("evidence:evidence", scope.agency.code, pk)
    return _form_page(request, "evidence/edit.html", form, evidence=record)


@allowed(Power.DO_WORK)
@require_http_methods(["GET", "POST"])
def revise(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Take a newer file or address in the place of evidence."""
    record = _changeable(scope, pk)
    form = ReviseForm(scope, record, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = _revised(scope, record, dict(form.cleaned_data))
        except journal.Stale as stale:
            return _stale(request, "evidence/revise.html", form, stale)
        except (ProngsaiError, ValidationError) as fault:
            form.add_error(None, said(fault))
        else:
            messages.success(request, _("เก็บฉบับใหม่แล้ว ฉบับเดิมยังเปิดดูได้"))
            return redirect("evidence:evidence", scope.agency.code, made.pk)
    return _form_page(request, "evidence/revise.html", form, evidence=record)


def _revised(scope: Scope, record: Evidence, given: dict[str, Any]) -> Evidence:
    upload = given.pop("file")
    file = services.keep_file(scope, name=upload.name, content=upload.file) if upload else None
    return services.revise(scope, evidence=record, file=file, **given)


@allowed(Power.DO_WORK)
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Ask, then mark evidence as withdrawn; or take the mark back."""
    record = _changeable(scope, pk)
    if request.method == "GET":
        return render(request, "evidence/withdraw.html", {"evidence": record, "uses": queries.uses_of(record)})
    act = services.restore if record.withdrawn_at else services.withdraw
    try:
        act(scope, evidence=record, version=posted_number(request.POST.get("version")) or 0)
    except journal.Stale as stale:
        messages.error(request, stale.one_line)
    else:
        messages.success(request, _("ยกเลิกหลักฐานแล้ว") if act is services.withdraw else _("นำหลักฐานกลับมาใช้แล้ว"))
    return redirect("evidence:evidence", scope.agency.code, pk)


@allowed(Power.SEE_WORK)
@require_GET
def download(request: HttpRequest, scope: Scope, pk: int) -> HttpResponseBase:
    """Give a file as an attachment that no browser opens as a page."""
    file = get_object_or_404(queries.files_of(scope), pk=pk)
    if file.erased_at:
        return refused(request, store.erased(file.name))
    etag = f'"{file.sha256}"'
    if (known := get_conditional_response(request, etag=etag)) and known.status_code == 304:
        return _guarded(known, etag)
    if refusal := services.why_unreadable(file):
        return refused(request, refusal)
    path = store.path_of(file.agency.code, file.sha256)
    answer = FileResponse(path.open("rb"), as_attachment=True, filename=file.name, content_type=file.media_type)
    return _guarded(answer, etag)


@allowed(Power.SEE_WORK)
@require_GET
def preview_file(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Show what is in a file, inside a page of ours."""
    file = get_object_or_404(queries.files_of(scope), pk=pk)
    if file.erased_at:
        return refused(request, store.erased(file.name))
    way = preview.way_of(file)
    context: dict[str, Any] = {"file": file, "way": way, "media": media.BY_TYPE.get(file.media_type)}
    try:
        if way == "pages":
            context["page"] = _page_numbers(preview.pages_of(file)).get_page(request.GET.get("page"))
        elif way == "words":
            context["words"] = preview.words_of(file)
    except FileUnusable as refusal:
        context |= {"way": "none", "refusal": refusal}
    return render(request, "evidence/preview.html", context)


@allowed(Power.SEE_WORK)
@require_GET
def preview_page(request: HttpRequest, scope: Scope, pk: int, page: int) -> HttpResponseBase:
    """Give a page of a PDF, or a picture, drawn anew as PNG; 422 for what cannot be drawn."""
    file = get_object_or_404(queries.files_of(scope), pk=pk)
    if file.erased_at:
        return HttpResponse(status=410)
    if preview.way_of(file) not in ("pages", "picture") or page < 1:
        return HttpResponse(status=422)
    etag = f'"{file.sha256}-{page}"'
    if (known := get_conditional_response(request, etag=etag)) and known.status_code == 304:
        return _guarded(known, etag)
    try:
        png = preview.png_of(file, page)
    except FileUnusable:
        return HttpResponse(status=422)
    return _guarded(HttpResponse(png, content_type="image/png"), etag)


def may_change(scope: Scope, record: Evidence) -> bool:
    """Whether somebody may mend, revise or withdraw it: the unit it belongs to, who added it, who runs the cycle."""
    is_own = scope.user is not None and record.added_by_id == scope.user.pk
    return scope.can_change(record.unit_id) or (scope.can(Power.DO_WORK) and is_own)


def said(fault: ProngsaiError | ValidationError) -> list[str]:
    """Give the sentences of a fault, for a form."""
    return fault.messages if isinstance(fault, ValidationError) else [fault.one_line]


def _changeable(scope: Scope, pk: int) -> Evidence:
    record = get_object_or_404(queries.evidence_of(scope), pk=pk)
    if not may_change(scope, record):
        raise Http404
    return record


def _form_page(request: HttpRequest, template: str, form: AddForm | EditForm, **context: Any) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    return render(request, template, {"form": form, **context}, status=status)


def _stale(request: HttpRequest, template: str, form: EditForm, stale: journal.Stale) -> HttpResponse:
    """Show the form again with what was typed, and beside it what the evidence is now."""
    current: Any = stale.current
    form.data = {**request.POST.dict(), "version": current.version}
    context = {"form": form, "evidence": current, "stale": stale, "newer": queries.revisions_of(current)[0]}
    return render(request, template, context, status=409)


def _guarded(answer: HttpResponseBase, etag: str) -> HttpResponseBase:
    answer["ETag"] = etag
    answer["Cache-Control"] = "private, max-age=0, must-revalidate"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = _SANDBOX
    return answer


def refused(request: HttpRequest, refusal: FileUnusable) -> HttpResponse:
    """Say with 410 why the bytes of a file are not given."""
    return render(request, "evidence/lost.html", {"refusal": refusal}, status=410)


def _page_numbers(count: int) -> "Paginator[int]":
    return Paginator(range(1, count + 1), 1)
