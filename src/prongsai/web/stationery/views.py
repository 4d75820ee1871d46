"""Pages of templates: the kinds, one kind with its fields and versions, starting template, preview, switch."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from prongsai.documents.template.marks import FILTERS_TH
from prongsai.documents.template.model import TemplateUnfit
from prongsai.errors import FileUnusable, Problem
from prongsai.reports.stationery.kinds import Stationery
from prongsai.reports.stationery.written import PDF_TH
from prongsai.web.agencies import journal
from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.evidence.services import read_file
from prongsai.web.stationery import queries, services
from prongsai.web.stationery.forms import UploadForm
from prongsai.web.stationery.models import PaperTemplate
from prongsai.web.ui.forms import posted_number, refuse

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MEDIA = {"docx": WORD, "pdf": "application/pdf"}


@allowed(Power.RUN_CYCLE)
@require_GET
def kinds(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show every kind of paper, and which are written on the office's own Word file."""
    return render(request, "stationery/kinds.html", {"groups": queries.kinds_of(scope)})


@allowed(Power.RUN_CYCLE)
@require_http_methods(["GET", "POST"])
def kind(request: HttpRequest, scope: Scope, kind: str) -> HttpResponse:
    """Show the fields of a kind and its versions; take a new one."""
    found = _kind(kind)
    form = UploadForm(request.POST or None, request.FILES or None)
    faults: Sequence[Problem] = ()
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            services.add_template(
                scope, kind=kind, name=given["file"].name, content=given["file"].read(), note=given["note"]
            )
        except TemplateUnfit as unfit:
            faults = unfit.problems
        except (FileUnusable, ValidationError) as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("เก็บแม่แบบแล้ว เอกสารชนิดนี้จะเขียนบนแม่แบบของหน่วยงานตั้งแต่นี้ไป"))
            return redirect("stationery:kind", scope.agency.code, kind)
    return _kind_page(request, scope, found, form, faults)


def _kind_page(
    request: HttpRequest, scope: Scope, found: Stationery, form: UploadForm, faults: Sequence[Problem]
) -> HttpResponse:
    versions = list(queries.templates_of(scope).filter(kind=found.name))
    used = next((one for one in versions if one.is_open), None)
    context = {
        "kind": found,
        "slots": queries.slots_of(found),
        "filters": FILTERS_TH,
        "versions": versions,
        "used": used,
        "unfit": queries.faults_of(used) if used else (),
        "form": form,
        "faults": faults,
        "has_sample": queries.sample_of(found.name) is not None,
        "pdf_th": PDF_TH,
    }
    return render(request, "stationery/kind.html", context, status=422 if request.method == "POST" else 200)


@allowed(Power.RUN_CYCLE)
@require_GET
def start(request: HttpRequest, scope: Scope, kind: str) -> HttpResponse:
    """Give a template to start from: our own layout with the markers."""
    found = _kind(kind)
    with override("th"):
        content = found.starting(services.office_of(scope.agency))
    return _attached(content, "docx", f"แม่แบบ {found.title_th}.docx")


@allowed(Power.RUN_CYCLE)
@require_GET
def file(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Give the file of a version as it was uploaded."""
    template = _template(scope, pk)
    try:
        content = read_file(template.file)
    except FileUnusable as refusal:
        return render(request, "evidence/lost.html", {"refusal": refusal}, status=410)
    return _attached(content, "docx", template.name)


@allowed(Power.RUN_CYCLE)
@require_GET
def preview(request: HttpRequest, scope: Scope, pk: int, form: str) -> HttpResponse:
    """Give the sample of the kind, written on a version."""
    template = _template(scope, pk)
    if form not in MEDIA:
        raise Http404
    try:
        with override("th"):
            content = services.preview(template, form)
    except FileUnusable as refused:
        messages.error(request, refused.one_line)
        return redirect("stationery:kind", scope.agency.code, template.kind)
    return _attached(content, form, f"ตัวอย่าง {template.name.removesuffix('.docx')}.{form}")


@allowed(Power.RUN_CYCLE)
@require_POST
def switch(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Write papers on a version, or no longer."""
    template = _template(scope, pk)
    act = services.close_template if template.is_open else services.open_template
    try:
        act(scope, template=template, version=posted_number(request.POST.get("version")) or 0)
    except (journal.Stale, TemplateUnfit) as refused:
        messages.error(request, refused.one_line)
    else:
        opened = act is services.open_template
        messages.success(request, _("ใช้แม่แบบนี้แล้ว") if opened else _("เลิกใช้แม่แบบแล้ว เอกสารพิมพ์ตามแบบของระบบ"))
    return redirect("stationery:kind", scope.agency.code, template.kind)


def _kind(kind: str) -> Stationery:
    found = queries.stationery(kind)
    if found is None:
        raise Http404
    return found


def _template(scope: Scope, pk: int) -> PaperTemplate:
    return get_object_or_404(queries.templates_of(scope), pk=pk)


def _attached(content: bytes, form: str, name: str) -> HttpResponse:
    headers = {
        "Content-Disposition": content_disposition_header(True, name) or "attachment",
        "Cache-Control": "private, max-age=0, must-revalidate",
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    return HttpResponse(content, content_type=MEDIA[form], headers=headers)
