"""The report of a satisfaction survey: seen, given in Word and PDF, kept as evidence."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from prongsai.errors import ProngsaiError
from prongsai.reports.forms.satisfaction_report import SatisfactionReport
from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.surveys.forms.results import ReportForm
from prongsai.web.surveys.models import Survey
from prongsai.web.surveys.queries.proofs import items_of
from prongsai.web.surveys.queries.report import report_of
from prongsai.web.surveys.queries.surveys import survey_of
from prongsai.web.surveys.services import reporting
from prongsai.web.surveys.views.surveys import READ_WRITE, trail_from_results

MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
}
# A page of its own that may run nothing and fetch nothing; shown inside ours.
_PAPER_POLICY = "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'self'"


@allowed(Power.SEE_WORK)
@READ_WRITE
def survey_report(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Show the report, or give it in a form that is asked for: html, docx or pdf. Nothing is kept."""
    found = survey_of(scope, pk)
    form = ReportForm(request.POST if request.method == "POST" else None)
    asked = (request.POST if request.method == "POST" else request.GET).get("form", "")
    if form.is_bound and not form.is_valid():
        return _page(request, scope, found, form, 422)
    try:
        record = _record(scope, found, form)
        if asked in MEDIA:
            return _file(request, scope, found, record, asked)
    except ProngsaiError as refused:
        messages.error(request, refused.one_line)
        return redirect("survey_results", scope.agency.code, found.pk)
    return _page(request, scope, found, form)


@allowed(Power.RUN_CYCLE)
@require_POST
def survey_report_keep(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Keep the report in Word and PDF as evidence of the item that asks for it."""
    found = survey_of(scope, pk)
    form = ReportForm(request.POST)
    if not form.is_valid():
        return _page(request, scope, found, form, 422)
    try:
        kept = reporting.keep_report(scope, survey=found, record=_record(scope, found, form))
    except ProngsaiError as refused:
        messages.error(request, refused.one_line)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        items = ", ".join(str(one) for one in kept.items)
        tied = _("และแนบกับข้อ {items} ตรวจแล้วตัดสินผลในหน้าของข้อ").format(items=items)
        alone = _("ยังไม่มีรอบที่เปิดอยู่ซึ่งมีข้อรายงานผลความพึงพอใจของปีนี้ จึงเก็บไว้ในคลังหลักฐานเท่านั้น")
        messages.success(request, f"{_('เก็บรายงานเป็นหลักฐานแล้ว')} {tied if items else alone}")
        return redirect("evidence:evidence", scope.agency.code, kept.paper.pk)
    return redirect("survey_results", scope.agency.code, found.pk)


def _record(scope: Scope, survey: Survey, form: ReportForm) -> SatisfactionReport:
    return report_of(survey, reporter=reporting.signer_of(scope), **form.given)


def _page(request: HttpRequest, scope: Scope, survey: Survey, form: ReportForm, status: int = 200) -> HttpResponse:
    context = {
        "survey": survey,
        "form": form,
        "items": items_of(scope.agency, survey.fiscal_year_be),
        "trail": trail_from_results(scope, survey, _("รายงาน")),
    }
    return render(request, "surveys/results_report.html", context, status=status)


def _file(request: HttpRequest, scope: Scope, survey: Survey, record: SatisfactionReport, asked: str) -> HttpResponse:
    made = reporting.write_report(scope, record=record, form=asked)
    headers = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}
    if asked == "html":
        headers["Content-Security-Policy"] = _PAPER_POLICY
    else:
        name = f"{reporting.title_of(survey)[:120].replace('/', '-')}.{asked}"
        headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    if made.notice_th:
        messages.warning(request, made.notice_th)
    return HttpResponse(made.content, content_type=MEDIA[asked], headers=headers)
