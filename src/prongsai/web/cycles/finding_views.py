"""Pages about findings."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from prongsai.errors import ProngsaiError
from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles.finding_forms import CloseForm, FindingForm, MergeForm
from prongsai.web.cycles.models import Cycle, Finding
from prongsai.web.cycles.queries import cycle_of
from prongsai.web.cycles.queries import findings as queries
from prongsai.web.cycles.services import findings as services
from prongsai.web.ui.forms import refuse

PAGE = 100
PAGE_METHODS = require_http_methods(["GET", "HEAD", "POST"])


@allowed(Power.SEE_WORK)
@require_safe
def findings(request: HttpRequest, scope: Scope, cycle: str) -> HttpResponse:
    """List the findings of a cycle, those without a measure first."""
    year = cycle_of(scope, cycle)
    by = queries.BY_INDICATOR if request.GET.get("by") == queries.BY_INDICATOR else queries.BY_ISSUE
    board = queries.board(year, by)
    page = Paginator(board.rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "cycles/findings.html", {"cycle": year, "board": board, "page": page, "by": by})


@allowed(Power.RUN_CYCLE)
@PAGE_METHODS
def finding_add(request: HttpRequest, scope: Scope, cycle: str) -> HttpResponse:
    """Add a finding; of an item that has one already, ask whether it is the same."""
    year = cycle_of(scope, cycle)
    form = FindingForm(year, request.POST or None, initial=_asked(request))
    same: list[Finding] = []
    if request.method == "POST" and form.is_valid():
        same = queries.same_item(year, form.cleaned_data["item"].pk if form.cleaned_data["item"] else None)
        kept = next((one for one in same if request.POST.get("same") == str(one.pk)), None)
        if kept or not same or request.POST.get("same") == "new":
            return _added(request, scope, year, form, kept)
    return _form(request, year, form, {"same": same})


def _asked(request: HttpRequest) -> dict[str, Any]:
    """Take what a link asked to be filled in."""
    return {name: request.GET[name] for name in ("item", "indicator", "score") if request.GET.get(name)}


def _added(request: HttpRequest, scope: Scope, cycle: Cycle, form: FindingForm, kept: Finding | None) -> HttpResponse:
    try:
        if kept:
            finding = services.merge_finding(scope, finding=kept, variant=_variant(form))
            messages.success(request, _("เก็บเป็นอีกสำนวนหนึ่งของประเด็นเดิมแล้ว"))
        else:
            finding = services.add_finding(scope, cycle=cycle, **form.values)
            messages.success(request, _("เพิ่มประเด็นแล้ว"))
    except (ProngsaiError, ValidationError) as refused:
        refuse(form, refused)
        return _form(request, cycle, form)
    return redirect("cycles:finding", scope.agency.code, finding.pk)


def _variant(form: FindingForm) -> dict[str, Any]:
    return {name: value for name, value in form.values.items() if name in services.VARIANT_FIELDS}


def _form(
    request: HttpRequest, cycle: Cycle, form: FindingForm, more: dict[str, Any] | None = None, status: int = 0
) -> HttpResponse:
    usual = 422 if request.method == "POST" else 200
    return render(
        request, "cycles/finding_form.html", {"cycle": cycle, "form": form, **(more or {})}, status=status or usual
    )


@allowed(Power.SEE_WORK)
@require_safe
def finding(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Show a finding with its measures and tasks."""
    found = get_object_or_404(queries.findings_of(scope), pk=pk)
    return _page(request, scope, found, CloseForm(initial={"version": found.version}))


def _page(request: HttpRequest, scope: Scope, found: Finding, close: CloseForm, status: int = 200) -> HttpResponse:
    known = {"page": queries.finding_page(found), "finding": found, "cycle": found.cycle, "close_form": close}
    return render(request, "cycles/finding.html", known, status=status)


@allowed(Power.RUN_CYCLE)
@PAGE_METHODS
def finding_edit(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Mend a finding."""
    found = get_object_or_404(queries.findings_of(scope), pk=pk)
    form = FindingForm(found.cycle, request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_finding(scope, finding=found, version=form.seen_version, **form.values)
        except Stale as stale:
            known = {"finding": found, "stale": stale, "beside": form.beside(stale.current)}
            form.renew(stale.current)
            return _form(request, found.cycle, form, known, 409)
        except (ProngsaiError, ValidationError) as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("บันทึกแล้ว"))
            return redirect("cycles:finding", scope.agency.code, found.pk)
    return _form(request, found.cycle, form, {"finding": found})


@allowed(Power.RUN_CYCLE)
@require_POST
def finding_close(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Close a finding with its reason, or open it again."""
    found = get_object_or_404(queries.findings_of(scope), pk=pk)
    form = CloseForm(request.POST, needs_reason="reopen" not in request.POST)
    if not form.is_valid():
        return _page(request, scope, found, form, 422)
    try:
        _close(request, scope, found, form)
    except Stale as stale:
        return _stale(request, scope, found.pk, stale, form.cleaned_data["reason"])
    except (ProngsaiError, ValidationError) as refused:
        refuse(form, refused)
        return _page(request, scope, found, form, 422)
    return redirect("cycles:finding", scope.agency.code, found.pk)


def _stale(request: HttpRequest, scope: Scope, pk: int, stale: Stale, reason: str = "") -> HttpResponse:
    """Show the finding as it is now, with what was typed."""
    messages.error(request, stale.one_line)
    found = get_object_or_404(queries.findings_of(scope), pk=pk)
    return _page(request, scope, found, CloseForm(initial={"version": found.version, "reason": reason}), 409)


def _close(request: HttpRequest, scope: Scope, found: Finding, form: CloseForm) -> None:
    version = form.cleaned_data["version"]
    if "reopen" in request.POST:
        services.reopen_finding(scope, finding=found, version=version)
        messages.success(request, _("เปิดประเด็นอีกครั้งแล้ว"))
    else:
        services.close_finding(scope, finding=found, version=version, reason=form.cleaned_data["reason"])
        messages.success(request, _("ปิดประเด็นแล้ว"))


@allowed(Power.RUN_CYCLE)
@require_POST
def findings_merge(request: HttpRequest, scope: Scope, cycle: str) -> HttpResponse:
    """Make one of two findings of an item; both texts stay."""
    year = cycle_of(scope, cycle)
    form = MergeForm(year, request.POST)
    if not form.is_valid():
        messages.error(request, _("เลือกประเด็นที่จะรวมไม่ถูกต้อง"))
        return redirect("cycles:findings", scope.agency.code, year.framework_id)
    kept = form.cleaned_data["finding"]
    try:
        services.merge_findings(
            scope, finding=kept, other=form.cleaned_data["other"], version=form.cleaned_data["version"]
        )
        messages.success(request, _("รวมแล้ว เก็บข้อความเดิมทั้งสองสำนวนไว้ในประเด็นนี้"))
    except Stale as stale:
        return _stale(request, scope, kept.pk, stale)
    except ProngsaiError as refused:
        messages.error(request, refused.one_line)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    return redirect("cycles:finding", scope.agency.code, kept.pk)
