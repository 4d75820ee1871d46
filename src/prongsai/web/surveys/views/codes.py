"""Codes: how many were made and used, making more on slips, and making the unused ones of a batch stop working."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from prongsai.errors import FileUnusable, ProngsaiError
from prongsai.web.agencies import journal
from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.surveys.forms.codes import CodesForm
from prongsai.web.surveys.models import Batch, Group, Survey
from prongsai.web.surveys.queries.codes import batches_of
from prongsai.web.surveys.queries.surveys import survey_of
from prongsai.web.surveys.services import codes as services
from prongsai.web.surveys.services.printing import print_slips, slips_of
from prongsai.web.surveys.views.surveys import trail_of
from prongsai.web.ui.forms import posted_number, refuse

Link = Callable[[str], str]


@allowed(Power.RUN_CYCLE)
@require_safe
def codes(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Show the batches of a survey, and offer to make more."""
    found = survey_of(scope, pk)
    return _page(request, scope, found, CodesForm(survey=found))


@allowed(Power.RUN_CYCLE)
@require_POST
@never_cache
def make(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Make codes and give them once: as a PDF, or as a page to print."""
    found = survey_of(scope, pk)
    form = CodesForm(request.POST, survey=found)
    if not form.is_valid():
        return _page(request, scope, found, form, status=422)
    group, size = form.cleaned_data["group"], form.cleaned_data["size"]
    try:
        batch, made = services.make_batch(scope, survey=found, group=group, size=size)
    except (ProngsaiError, ValidationError) as refused:
        refuse(form, refused)
        return _page(request, scope, found, form, status=422)
    if request.POST.get("form") == "pdf" and has_pdf():
        return _as_pdf(request, scope, batch, made)
    return _as_page(request, scope, batch, made)


@allowed(Power.RUN_CYCLE)
@require_POST
def void(request: HttpRequest, scope: Scope, pk: int, batch: int) -> HttpResponse:
    """Make the unused codes of a batch stop working."""
    found = get_object_or_404(Batch, pk=batch, survey=survey_of(scope, pk))
    try:
        services.void_batch(scope, batch=found, version=posted_number(request.POST.get("version")) or 0)
    except journal.Stale as stale:
        messages.error(request, stale.one_line)
    else:
        messages.success(request, _("ยกเลิกรหัสที่ยังไม่ใช้ของชุดนี้แล้ว คำตอบที่ส่งมาแล้วยังอยู่"))
    return redirect("survey_codes", scope.agency.code, pk)


# --- what the neighbours use too ------------------------------------------------------------------------------------
def link_of(request: HttpRequest, survey: Survey, group: Group | None) -> str:
    """Give the open link of a group, without one of the survey."""
    address = group.address if group else survey.address
    return request.build_absolute_uri(reverse("survey_ask", args=[survey.agency.code, address]))


def code_link(request: HttpRequest, survey: Survey, group: Group | None) -> Link:
    """Give what makes the link of a code: behind the mark, which no browser sends to a server."""
    base = link_of(request, survey, group)
    return lambda code: f"{base}#{code}"


def has_pdf() -> bool:
    """Whether PDFs can be made here."""
    return find_spec("typst") is not None


# --- pages ----------------------------------------------------------------------------------------------------------
def _page(request: HttpRequest, scope: Scope, survey: Survey, form: CodesForm, status: int = 200) -> HttpResponse:
    context = {
        "survey": survey,
        "form": form,
        "batches": batches_of(survey),
        "has_pdf": has_pdf(),
        "trail": trail_of(scope, survey, _("รหัสตอบครั้งเดียว")),
    }
    return render(request, "surveys/codes.html", context, status=status)


def _as_pdf(request: HttpRequest, scope: Scope, batch: Batch, made: list[str]) -> HttpResponse:
    slips = slips_of(batch.survey, batch.group, made, code_link(request, batch.survey, batch.group))
    try:
        content = print_slips(slips, scope.agency)
    except FileUnusable as refused:  # nobody has seen the codes: they go
        services.take_back(scope, batch=batch, codes=made)
        messages.error(request, refused.one_line)
        return redirect("survey_codes", scope.agency.code, batch.survey_id)
    name = _("ใบรหัส {pk}.pdf").format(pk=batch.pk)
    headers = {"Content-Disposition": content_disposition_header(True, name) or "attachment"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _as_page(request: HttpRequest, scope: Scope, batch: Batch, made: list[str]) -> HttpResponse:
    slips = slips_of(batch.survey, batch.group, made, code_link(request, batch.survey, batch.group))
    context = {
        "survey": batch.survey,
        "slips": slips,
        "shown_once": True,
        "trail": trail_of(scope, batch.survey, _("ใบรหัส")),
    }
    return render(request, "surveys/slips.html", context)
