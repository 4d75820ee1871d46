"""Pages of disputes: the list of a cycle, the form, one dispute with what proves it, and its pack."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles.queries import cycle_of, latest_snapshot
from prongsai.web.disclosure.forms.objections import ObjectionForm
from prongsai.web.disclosure.models import Objection
from prongsai.web.disclosure.queries import objections as queries
from prongsai.web.disclosure.queries.watching import window_of
from prongsai.web.disclosure.services import objecting
from prongsai.web.disclosure.views.kept import attached
from prongsai.web.ui.forms import posted_number


@allowed(Power.SEE_WORK)
@require_safe
def objection_list(request: HttpRequest, scope: Scope, cycle: str) -> HttpResponse:
    """List the disputes of a cycle."""
    found = cycle_of(scope, cycle)
    context = {
        "cycle": found,
        "objections": queries.objections_of(scope, found),
        "has_scores": latest_snapshot(found) is not None,
        "may_object": scope.can(Power.RUN_CYCLE),
    }
    return render(request, "disclosure/objections.html", context)


@allowed(Power.RUN_CYCLE)
@require_http_methods(["GET", "HEAD", "POST"])
def objection_add(request: HttpRequest, scope: Scope, cycle: str) -> HttpResponse:
    """Choose what is disputed."""
    found = cycle_of(scope, cycle)
    form = ObjectionForm(queries.disputable(found), None, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = objecting.object_to(scope, cycle=found, points=form.points)
        except ValidationError as fault:
            form.add_error(None, fault.messages)
        else:
            messages.success(request, _("บันทึกแล้ว ดูพยานหลักฐานที่มี แล้วจัดทำชุดโต้แย้ง"))
            return redirect("disclosure:objection", scope.agency.code, found.framework_id, made.pk)
    context = {"cycle": found, "form": form, "has_scores": latest_snapshot(found) is not None}
    return render(request, "disclosure/objection_form.html", context, status=422 if form.is_bound else 200)


@allowed(Power.RUN_CYCLE)
@require_http_methods(["GET", "HEAD", "POST"])
def objection_edit(request: HttpRequest, scope: Scope, cycle: str, pk: int) -> HttpResponse:
    """Change what is disputed."""
    objection = _found(scope, cycle, pk)
    form = ObjectionForm(
        queries.disputable(objection.cycle), objection, request.POST if request.method == "POST" else None
    )
    context = {"cycle": objection.cycle, "form": form, "objection": objection, "has_scores": True}
    if request.method == "POST" and form.is_valid():
        try:
            version = form.cleaned_data["version"] or 0
            objecting.rewrite(scope, objection=objection, version=version, points=form.points)
        except Stale as stale:
            return render(request, "disclosure/objection_form.html", context | {"stale": stale}, status=409)
        except ValidationError as fault:
            form.add_error(None, fault.messages)
        else:
            messages.success(request, _("บันทึกแล้ว จัดทำชุดโต้แย้งใหม่ให้ตรงกัน"))
            return redirect("disclosure:objection", scope.agency.code, cycle, pk)
    return render(request, "disclosure/objection_form.html", context, status=422 if form.is_bound else 200)


@allowed(Power.SEE_WORK)
@require_safe
def objection(request: HttpRequest, scope: Scope, cycle: str, pk: int) -> HttpResponse:
    """Show a dispute: for each item what proves it, and what is missing."""
    found = _found(scope, cycle, pk)
    context = {
        "objection": found,
        "cycle": found.cycle,
        "cases": queries.cases_of(found),
        "window": window_of(found.cycle),
        "may_object": scope.can(Power.RUN_CYCLE),
    }
    return render(request, "disclosure/objection.html", context)


@allowed(Power.RUN_CYCLE)
@require_http_methods(["POST"])
def objection_make(request: HttpRequest, scope: Scope, cycle: str, pk: int) -> HttpResponse:
    """Write letter and proof into one zip."""
    found = _found(scope, cycle, pk)
    try:
        objecting.make_pack(scope, objection=found, version=posted_number(request.POST.get("version")) or 0)
    except Stale as stale:
        messages.error(request, stale.one_line)
    else:
        messages.success(request, _("จัดทำชุดโต้แย้งแล้ว ดาวน์โหลดได้"))
    return redirect("disclosure:objection", scope.agency.code, cycle, pk)


@allowed(Power.SEE_WORK)
@require_safe
def pack(request: HttpRequest, scope: Scope, cycle: str, pk: int) -> HttpResponseBase:
    """Give the zip."""
    found = _found(scope, cycle, pk)
    if found.pack is None:
        raise Http404
    return attached(request, found.pack, objecting.pack_name(found))


def _found(scope: Scope, cycle: str, pk: int) -> Objection:
    return get_object_or_404(queries.objections_of(scope, cycle_of(scope, cycle)), pk=pk)
