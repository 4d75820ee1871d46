"""Pages about measures."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from prongsai.errors import ProngsaiError
from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles.models import Cycle, Finding
from prongsai.web.cycles.queries import cycle_of
from prongsai.web.cycles.queries.findings import findings_of
from prongsai.web.evidence.forms import AttachForm
from prongsai.web.evidence.services import attachment_from
from prongsai.web.plans.forms.measures import CarryForm, MeasureForm, StateForm, StepsForm
from prongsai.web.plans.forms.tasks import AssignForm
from prongsai.web.plans.models import Measure
from prongsai.web.plans.queries import measures as queries
from prongsai.web.plans.services import measures as services
from prongsai.web.plans.services import tasks as task_services
from prongsai.web.ui.forms import refuse

PAGE_METHODS = require_http_methods(["GET", "HEAD", "POST"])


@allowed(Power.SEE_WORK)
@require_safe
def measures(request: HttpRequest, scope: Scope, cycle: str) -> HttpResponse:
    """List the measures of a cycle by the issues of the year."""
    year = cycle_of(scope, cycle)
    board = queries.board(scope, year, request.GET.get("page"))
    return render(request, "plans/measures.html", {"cycle": year, "board": board, "page": board.page})


@allowed(Power.RUN_CYCLE)
@PAGE_METHODS
def measure_add(request: HttpRequest, scope: Scope, cycle: str) -> HttpResponse:
    """Make a measure; of a finding it is filled in from what the finding says."""
    year = cycle_of(scope, cycle)
    finding = _finding(request, scope, year)
    form = MeasureForm(scope, year, request.POST or None, start=queries.start_of(year, finding))
    if request.method == "POST" and form.is_valid():
        try:
            made = _added(scope, year, form)
        except (ValidationError, ProngsaiError) as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("บันทึกมาตรการแล้ว"))
            return redirect("plans:measure", scope.agency.code, made.pk)
    return _form(request, year, form, {"finding": finding})


def _finding(request: HttpRequest, scope: Scope, cycle: Cycle) -> Finding | None:
    asked = request.GET.get("finding", "")
    return get_object_or_404(findings_of(scope).filter(cycle=cycle), pk=asked) if asked.isdecimal() else None


def _added(scope: Scope, cycle: Cycle, form: MeasureForm) -> Measure:
    values = form.fields_of_measure
    if values["issue_no"] is not None and not values["seq"]:
        values["seq"] = queries.next_seq(cycle, values["issue_no"])
    return services.add_measure(scope, cycle=cycle, **values, **form.parts)


def _form(
    request: HttpRequest, cycle: Cycle, form: MeasureForm, more: dict[str, Any], status: int | None = None
) -> HttpResponse:
    usual = 422 if request.method == "POST" else 200
    return render(request, "plans/measure_form.html", {"cycle": cycle, "form": form, **more}, status=status or usual)


@allowed(Power.SEE_WORK)
@require_safe
def measure(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Show a measure with everything that hangs on it."""
    return _page(request, scope, get_object_or_404(queries.measures_of(scope), pk=pk))


def _page(request: HttpRequest, scope: Scope, found: Measure, status: int = 200, **forms: Any) -> HttpResponse:
    page = queries.measure_page(scope, found)
    known = {"page": page, "measure": found, "cycle": found.cycle, **forms}
    if page.can_change:
        known.setdefault("steps_form", StepsForm(scope, found))
        known.setdefault("state_form", StateForm(scope, initial={"version": found.version, "state": found.state}))
        known.setdefault("attach_form", AttachForm(scope))
    if scope.can(Power.RUN_CYCLE):
        known.setdefault("carry_form", CarryForm(found))
        known.setdefault("assign_form", AssignForm(scope, initial=_assignment(found)))
    return render(request, "plans/measure.html", known, status=status)


def _assignment(found: Measure) -> dict[str, Any]:
    owners = [owner.unit for owner in found.owners.select_related("unit") if owner.unit]
    return {"title": found.title[:500], "due_on": found.ends_on, "unit": owners[0].name if owners else ""}


def changeable(scope: Scope, pk: int) -> Measure:
    """Give a measure that may be changed. Raises Http404 for another agency's or another unit's."""
    found = get_object_or_404(queries.measures_of(scope), pk=pk)
    if not queries.may_change(scope, found):
        raise Http404
    return found


@allowed(Power.DO_WORK)
@PAGE_METHODS
def measure_edit(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Change a measure: all of it, or its notes for who does not run the cycle.

    When somebody else was first, both versions stand side by side and nothing typed is lost.
    """
    found = changeable(scope, pk)
    form = MeasureForm(scope, found.cycle, request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_measure(
                scope, measure=found, version=form.seen_version, **form.fields_of_measure, **form.parts
            )
        except Stale as stale:
            return _stale(request, form, found, stale)
        except (ValidationError, ProngsaiError) as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("บันทึกแล้ว"))
            return redirect("plans:measure", scope.agency.code, found.pk)
    return _form(request, found.cycle, form, {"measure": found})


def _stale(request: HttpRequest, form: MeasureForm, found: Measure, stale: Stale) -> HttpResponse:
    current = Measure.objects.get(pk=found.pk)
    known = {"measure": found, "stale": stale, "beside": form.beside(current)}
    form.renew(current)
    return _form(request, found.cycle, form, known, 409)


@allowed(Power.DO_WORK)
@require_POST
def measure_state(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Move a measure on; what it lacks to be done is listed."""
    found = changeable(scope, pk)
    form = StateForm(scope, request.POST)
    if not form.is_valid():
        return _page(request, scope, found, 422, state_form=form)
    try:
        services.set_state(scope, measure=found, **form.cleaned_data)
    except Stale as stale:
        return _again(request, scope, pk, stale)
    except (ValidationError, ProngsaiError) as refused:
        refuse(form, refused)
        return _page(request, scope, changeable(scope, pk), 422, state_form=form)
    messages.success(request, _("เปลี่ยนสถานะแล้ว"))
    return redirect("plans:measure", scope.agency.code, pk)


def _again(request: HttpRequest, scope: Scope, pk: int, stale: Stale, **forms: Any) -> HttpResponse:
    """Show the measure as it is now."""
    messages.error(request, stale.one_line)
    return _page(request, scope, changeable(scope, pk), 409, **forms)


@allowed(Power.DO_WORK)
@require_POST
def measure_steps(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Say when steps were done and, for who runs the cycle, when they are due."""
    found = changeable(scope, pk)
    form = StepsForm(scope, found, request.POST)
    if not form.is_valid():
        return _page(request, scope, found, 422, steps_form=form)
    try:
        services.change_steps(scope, measure=found, version=form.cleaned_data["version"], dates=form.dates)
    except Stale as stale:
        typed = {**request.POST.dict(), "version": changeable(scope, pk).version}
        return _again(request, scope, pk, stale, steps_form=StepsForm(scope, found, typed))
    except (ValidationError, ProngsaiError) as refused:
        refuse(form, refused)
        return _page(request, scope, found, 422, steps_form=form)
    messages.success(request, _("บันทึกขั้นตอนแล้ว"))
    return redirect("plans:measure", scope.agency.code, pk)


@allowed(Power.DO_WORK)
@require_POST
def measure_evidence(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Attach evidence to a measure."""
    found = changeable(scope, pk)
    form = AttachForm(scope, request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, scope, found, 422, attach_form=form)
    try:
        evidence = attachment_from(scope, given=form.cleaned_data, content_year_be=found.cycle.measures_year_be)
        if evidence:
            services.attach_evidence(scope, measure=found, evidence=evidence)
    except (ValidationError, ProngsaiError) as refused:
        refuse(form, refused)
        return _page(request, scope, found, 422, attach_form=form)
    messages.success(request, _("แนบหลักฐานแล้ว"))
    return redirect("plans:measure", scope.agency.code, pk)


@allowed(Power.RUN_CYCLE)
@require_POST
def measure_carry(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Carry a measure over to a later cycle."""
    found = changeable(scope, pk)
    form = CarryForm(found, request.POST)
    if not form.is_valid():
        return _page(request, scope, found, 422, carry_form=form)
    try:
        made = services.carry_measure(scope, measure=found, cycle=form.cleaned_data["cycle"])
    except (ValidationError, ProngsaiError) as refused:
        refuse(form, refused)
        return _page(request, scope, found, 422, carry_form=form)
    messages.success(request, _("ยกมาตรการไปแล้ว"))
    return redirect("plans:measure", scope.agency.code, made.pk)


@allowed(Power.RUN_CYCLE)
@require_POST
def measure_assign(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Give a unit a task of a measure, without a memo."""
    found = changeable(scope, pk)
    form = AssignForm(scope, request.POST)
    if not form.is_valid():
        return _page(request, scope, found, 422, assign_form=form)
    try:
        task = task_services.assign_task(scope, cycle=found.cycle, measure=found, **form.cleaned_data)
    except (ValidationError, ProngsaiError) as refused:
        refuse(form, refused)
        return _page(request, scope, found, 422, assign_form=form)
    messages.success(request, _("มอบงานให้ {unit} แล้ว").format(unit=task.unit))
    return redirect("plans:measure", scope.agency.code, pk)
