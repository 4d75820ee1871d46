"""Pages about assignment memos."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from prongsai.errors import ProngsaiError
from prongsai.reports.catalogue import paper_kind
from prongsai.reports.papers.options import USUAL
from prongsai.thai.dates import format_fiscal_year
from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles.queries import cycle_of
from prongsai.web.plans.forms.dispatches import DispatchForms, IssueForm
from prongsai.web.plans.models import Dispatch
from prongsai.web.plans.queries import dispatches as queries
from prongsai.web.plans.records import memo_of
from prongsai.web.plans.services import dispatches as services
from prongsai.web.stationery.services import write_paper
from prongsai.web.ui.forms import refuse

PAGE = 100
PAGE_METHODS = require_http_methods(["GET", "HEAD", "POST"])
MEMO = "gap-memo"
MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


@allowed(Power.SEE_WORK)
@require_safe
def dispatches(request: HttpRequest, scope: Scope, cycle: str) -> HttpResponse:
    """List the assignment memos of a cycle."""
    year = cycle_of(scope, cycle)
    page = Paginator(queries.dispatch_list(scope, year), PAGE).get_page(request.GET.get("page"))
    return render(request, "plans/dispatches.html", {"cycle": year, "page": page})


@allowed(Power.RUN_CYCLE)
@PAGE_METHODS
def dispatch_add(request: HttpRequest, scope: Scope, cycle: str) -> HttpResponse:
    """Choose findings and units for a memo; it stays a draft until it is issued."""
    year = cycle_of(scope, cycle)
    subject = f"มอบหมายการปรับปรุงข้อมูลตามแบบวัด OIT {format_fiscal_year(year.fiscal_year_be)}"
    forms = DispatchForms(
        scope, year, queries.proposals(scope, year), request.POST or None, initial={"subject": subject}
    )
    if request.method == "POST" and forms.is_valid():
        try:
            made = services.draft_dispatch(scope, cycle=year, rows=forms.chosen, **forms.head.values)
        except (ValidationError, ProngsaiError) as refused:
            refuse(forms.head, refused)
        else:
            messages.success(request, _("ร่างบันทึกแล้ว ตรวจตาราง พิมพ์เสนอลงนาม แล้วใส่เลขที่เพื่อออกบันทึก"))
            return redirect("plans:dispatch", scope.agency.code, made.pk)
    return _form(request, forms, {"cycle": year})


def _form(request: HttpRequest, forms: DispatchForms, more: dict[str, Any], status: int | None = None) -> HttpResponse:
    usual = 422 if request.method == "POST" else 200
    return render(request, "plans/dispatch_form.html", {"forms": forms, **more}, status=status or usual)


@allowed(Power.RUN_CYCLE)
@PAGE_METHODS
def dispatch_edit(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Change a draft."""
    found = get_object_or_404(queries.dispatches_of(scope), pk=pk, issued_on=None)
    proposals = queries.proposals_of(scope, found)
    forms = DispatchForms(scope, found.cycle, proposals, request.POST or None, instance=found)
    if request.method == "POST" and forms.is_valid():
        try:
            services.change_dispatch(
                scope, dispatch=found, version=forms.head.seen_version, rows=forms.chosen, **forms.head.values
            )
        except Stale as stale:
            return _stale(request, scope, pk, stale)
        except (ValidationError, ProngsaiError) as refused:
            refuse(forms.head, refused)
        else:
            messages.success(request, _("บันทึกแล้ว"))
            return redirect("plans:dispatch", scope.agency.code, pk)
    return _form(request, forms, {"cycle": found.cycle, "dispatch": found})


@allowed(Power.SEE_WORK)
@require_safe
def dispatch(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Show a memo as it stands today; what changed since the last look is marked."""
    found = get_object_or_404(queries.dispatches_of(scope), pk=pk)
    answer = _page(request, scope, found)
    request.session[_look(pk)] = timezone.now().isoformat()
    return answer


def _look(pk: int) -> str:
    return f"dispatch-seen-{pk}"


def _seen(request: HttpRequest, pk: int) -> datetime | None:
    return parse_datetime(request.session.get(_look(pk), ""))


def _page(
    request: HttpRequest, scope: Scope, found: Dispatch, form: IssueForm | None = None, status: int = 200
) -> HttpResponse:
    seen = _seen(request, found.pk)
    known = {
        "dispatch": found,
        "cycle": found.cycle,
        "table": queries.dispatch_table(found, scope.today, seen),
        "seen": seen,
        "issue_form": form or _issue_form(scope, found),
    }
    return render(request, "plans/dispatch.html", known, status=status)


def _issue_form(scope: Scope, found: Dispatch) -> IssueForm:
    return IssueForm(initial={"version": found.version, "number": found.number, "issued_on": scope.today})


@allowed(Power.RUN_CYCLE)
@require_POST
def dispatch_issue(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Issue a memo: every unit gets its tasks."""
    found = get_object_or_404(queries.dispatches_of(scope), pk=pk)
    form = IssueForm(request.POST)
    if not form.is_valid():
        return _page(request, scope, found, form, 422)
    try:
        tasks = services.issue_dispatch(scope, dispatch=found, **form.cleaned_data)
    except Stale as stale:
        return _stale(request, scope, pk, stale)
    except (ValidationError, ProngsaiError) as refused:
        refuse(form, refused)
        return _page(request, scope, get_object_or_404(queries.dispatches_of(scope), pk=pk), form, 422)
    messages.success(request, _("ออกบันทึกแล้ว มีงาน {n} รายการถึงหน่วยงาน").format(n=len(tasks)))
    return redirect("plans:dispatch", scope.agency.code, pk)


def _stale(request: HttpRequest, scope: Scope, pk: int, stale: Stale) -> HttpResponse:
    """Show the memo as it is now."""
    messages.error(request, stale.one_line)
    return _page(request, scope, get_object_or_404(queries.dispatches_of(scope), pk=pk), status=409)


@allowed(Power.SEE_WORK)
@require_safe
def dispatch_paper(request: HttpRequest, scope: Scope, pk: int, suffix: str) -> HttpResponse:
    """Give the memo as a paper, Word or PDF."""
    if suffix not in MEDIA:
        raise Http404
    found = get_object_or_404(queries.dispatches_of(scope), pk=pk)
    tasks = None if found.issued_on else services.unsaved_tasks(found)
    record = memo_of(found, tasks)
    document = paper_kind(MEMO).compose(record, USUAL)
    made = write_paper(scope.agency, kind=MEMO, document=document, form=suffix, record=record)
    if made.notice_th:
        messages.warning(request, made.notice_th)
    answer = HttpResponse(made.content, content_type=MEDIA[suffix])
    name = f"{_('บันทึกมอบหมาย')}-{found.number or found.pk}.{suffix}".replace("/", "-")
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer
