"""Pages: reports made of a cycle's records, and the head's decision on them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from prongsai.errors import ProngsaiError
from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles.queries import cycle_of
from prongsai.web.plans.forms.reports import DecisionForm
from prongsai.web.plans.models import Report
from prongsai.web.plans.queries import reports as queries
from prongsai.web.plans.services import reports as services
from prongsai.web.ui.forms import refuse

PAGE_SIZE = 100


@allowed(Power.SEE_WORK)
@require_safe
def reports(request: HttpRequest, scope: Scope, cycle: str) -> HttpResponse:
    """List the reports of a cycle, and the kinds that may be made with one click."""
    found = cycle_of(scope, cycle)
    made = queries.reports_of(scope).filter(cycle=found)
    page = Paginator(made, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"cycle": found, "page": page, "offers": queries.offers(scope, found, page.object_list)}
    return render(request, "plans/reports.html", context)


@allowed(Power.RUN_CYCLE)
@require_POST
def report_make(request: HttpRequest, scope: Scope, cycle: str) -> HttpResponse:
    """Make a report of a kind."""
    found = cycle_of(scope, cycle)
    try:
        made = services.make_report(scope, cycle=found, kind=request.POST.get("kind", ""))
    except ValidationError as fault:
        messages.error(request, " ".join(fault.messages))
    except ProngsaiError as fault:
        messages.error(request, _("ยังจัดทำรายงานไม่ได้: {why}").format(why=fault.one_line))
    else:
        messages.success(request, _("จัดทำรายงานแล้ว รอผู้บริหารสูงสุดอนุมัติ"))
        return redirect("plans:report", scope.agency.code, made.pk)
    return redirect("plans:reports", scope.agency.code, cycle)


@allowed(Power.SEE_WORK)
@require_safe
def report(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Show a report: its files, what it holds, what it lacks, and the decision."""
    return _page(request, scope, get_object_or_404(queries.report_whole(scope), pk=pk))


@allowed(Power.APPROVE)
@require_POST
def report_decide(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Approve a report or send it back."""
    found = get_object_or_404(queries.report_whole(scope), pk=pk)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _page(request, scope, found, form, 422)
    try:
        services.decide_report(scope, report=found, **form.values)
    except Stale as stale:
        messages.error(request, _("รายงานนี้มีผู้พิจารณาไปก่อนแล้ว ผลปัจจุบันแสดงอยู่ด้านล่าง"))
        return _page(request, scope, queries.report_whole(scope).get(pk=stale.current.pk), form, 409)
    except ValidationError as fault:
        refuse(form, fault)
        return _page(request, scope, queries.report_whole(scope).get(pk=pk), form, 422)
    done = _("อนุมัติแล้ว") if form.values["approve"] else _("ส่งคืนแล้ว")
    messages.success(request, done)
    return redirect("plans:report", scope.agency.code, pk)


def _page(
    request: HttpRequest, scope: Scope, found: Report, form: DecisionForm | None = None, status: int = 200
) -> HttpResponse:
    context = {"report": found, "view": queries.page_of(scope, found), "form": form or DecisionForm()}
    return render(request, "plans/report.html", context, status=status)
