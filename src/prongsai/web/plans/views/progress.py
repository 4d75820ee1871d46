"""Pages: progress, follow-up and the executive's page."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from prongsai.errors import ProngsaiError
from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles.queries import cycle_of
from prongsai.web.evidence.models import Evidence, File
from prongsai.web.evidence.services import attachment_from, kept_from
from prongsai.web.plans.forms.progress import ProgressForm, WithEvidence
from prongsai.web.plans.models import Measure, Progress
from prongsai.web.plans.queries import follow_up as following
from prongsai.web.plans.queries.measures import may_change
from prongsai.web.plans.queries.progress import measures_with_owners, progress_of, remarks_of
from prongsai.web.plans.services import progress as services
from prongsai.web.ui.forms import posted_number, refuse

PAGE_SIZE = 100


@allowed(Power.DO_WORK)
def progress_add(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Enter what was done about a measure, with evidence."""
    measure = _measure(scope, get_object_or_404(measures_with_owners(scope), pk=pk))
    form = ProgressForm(scope, measure, request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"measure": measure, "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            file = kept_from(scope, given=form.cleaned_data)
            with transaction.atomic():
                evidence = evidence_of_form(scope, form, file)
                made = services.add_progress(scope, measure=measure, evidence=evidence, **form.values)
        except (ValidationError, ProngsaiError) as fault:
            refuse(form, fault)
        else:
            return _saved(request, scope, made)
    return render(request, "plans/progress_form.html", context, status=422 if form.is_bound else 200)


@allowed(Power.DO_WORK)
def progress_edit(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Mend an entry; the journal keeps what it said."""
    entry = get_object_or_404(progress_of(scope), pk=pk)
    measure = _measure(scope, entry.measure)
    form = ProgressForm(scope, measure, request.POST or None, request.FILES or None, entry=entry)
    context: dict[str, Any] = {"measure": measure, "form": form, "entry": entry, "remarks": remarks_of(entry)}
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        try:
            file = kept_from(scope, given=form.cleaned_data)
            with transaction.atomic():
                evidence = evidence_of_form(scope, form, file)
                services.edit_progress(scope, progress=entry, version=version, evidence=evidence, **form.values)
        except Stale as stale:
            return render(request, "plans/progress_form.html", context | {"stale": stale}, status=409)
        except (ValidationError, ProngsaiError) as fault:
            refuse(form, fault)
        else:
            return _saved(request, scope, entry)
    return render(request, "plans/progress_form.html", context, status=422 if form.is_bound else 200)


@allowed(Power.DO_WORK)
@require_POST
def progress_delete(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Take an entry away that was made by mistake."""
    entry = get_object_or_404(progress_of(scope), pk=pk)
    measure = _measure(scope, entry.measure)
    version = request.POST.get("version", "")
    try:
        services.delete_progress(scope, progress=entry, version=posted_number(version))
    except ProngsaiError as fault:
        messages.error(request, fault.one_line)
        return redirect("plans:progress_edit", scope.agency.code, pk)
    messages.success(request, _("ลบรายการแล้ว สิ่งที่เคยบันทึกยังอยู่ในบันทึกการใช้งาน"))
    return redirect("plans:measure", scope.agency.code, measure.pk)


@allowed(Power.SEE_WORK)
@require_safe
def follow_up(request: HttpRequest, scope: Scope, cycle: str) -> HttpResponse:
    """Show what is late, due soon or waiting in a cycle, and by whom."""
    found = cycle_of(scope, cycle)
    view = following.follow_up_of(scope, found)
    show, unit = request.GET.get("show", ""), request.GET.get("unit", "")
    chosen = view.chosen(show, posted_number(unit))
    page = Paginator(chosen, PAGE_SIZE).get_page(request.GET.get("page"))
    query = f"&show={show if show in following.SHOWN else ''}&unit={unit if unit.isdecimal() else ''}"
    context = {"cycle": found, "view": view, "page": page, "query": query, "show": show, "unit": unit}
    return render(request, "plans/follow_up.html", context)


@allowed(Power.SEE_WORK)
@require_safe
def executive(request: HttpRequest, scope: Scope, cycle: str) -> HttpResponse:
    """Show a cycle on one page for who decides."""
    found = cycle_of(scope, cycle)
    return render(request, "plans/executive.html", {"cycle": found, "view": following.executive_of(scope, found)})


def evidence_of_form(scope: Scope, form: WithEvidence, file: File | None) -> list[Evidence]:
    """Give the evidence that came with a form, made of its address or file where it is new.

    file: kept before the transaction begins, since a large one is not written while others wait for the database.
    """
    given = attachment_from(scope, given=form.cleaned_data, file=file)
    return [given] if given else []


def _measure(scope: Scope, measure: Measure) -> Measure:
    if not may_change(scope, measure):
        raise Http404
    return measure


def _saved(request: HttpRequest, scope: Scope, entry: Progress) -> HttpResponse:
    messages.success(request, _("บันทึกความก้าวหน้าแล้ว"))
    for remark in remarks_of(entry):
        messages.warning(request, remark)
    return redirect("plans:measure", scope.agency.code, entry.measure_id)
