"""What a survey says: the page, its table as a file, words that are hidden, and findings of what is weak."""

from __future__ import annotations

import json

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header, urlencode
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST, require_safe

from prongsai.errors import ProngsaiError
from prongsai.questionnaires.words import shown
from prongsai.registers.sheets import csv_text, workbook
from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.surveys.forms.results import ThresholdForm
from prongsai.web.surveys.models import Aside, Survey
from prongsai.web.surveys.queries.comparisons import practice_of, rounds_of
from prongsai.web.surveys.queries.exports import plain_of, table_of
from prongsai.web.surveys.queries.proposals import proposals_of
from prongsai.web.surveys.queries.report import may_report
from prongsai.web.surveys.queries.results import Board, board_of, texts_of, words_of
from prongsai.web.surveys.queries.surveys import survey_of
from prongsai.web.surveys.services.findings import make_findings
from prongsai.web.surveys.services.hiding import hide_text
from prongsai.web.surveys.views import drawn
from prongsai.web.surveys.views.surveys import READ_WRITE, trail_from_results, trail_of
from prongsai.web.ui.forms import posted_number, refuse
from prongsai.web.ui.templatetags.ui import thai_digits

TEXTS_A_PAGE = 20
MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json; charset=utf-8",
}


# --- the page -------------------------------------------------------------------------------------------------------
@allowed(Power.SEE_WORK)
@require_safe
def survey_results(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Show what a survey says. ``?group=`` and ``?count=`` narrow it."""
    found = survey_of(scope, pk)
    board = _board(request, found)
    results = board.whole.results
    context = {"survey": found, "board": board, "trail": trail_of(scope, found, _("ผลสำรวจ"))}
    if not board.is_empty:
        practice, rounds = practice_of(found, results), rounds_of(found)
        context |= {
            "results": results,
            "query": _query(board),
            "practice": practice,
            "practice_chart": drawn.practice_chart(practice),
            "sheets": drawn.sheets_of(board),
            "about": drawn.about_of(board),
            "aspects_chart": drawn.aspects_chart(board),
            "parts_chart": drawn.parts_chart(board.parts),
            "compared": drawn.compared_of(board),
            "rounds": rounds if len(rounds) > 1 else (),
            "rounds_chart": mark_safe(drawn.rounds_chart(rounds)),  # drawn by us, every word escaped
            "words": words_of(found, count=board.narrowing.count),
            "texts": _texts(request, scope, found),
            "may_report": may_report(found),
        }
    return render(request, "surveys/results.html", context)


def _board(request: HttpRequest, survey: Survey) -> Board:
    count = posted_number(request.GET.get("count"))
    return board_of(survey, group=request.GET.get("group", ""), count=count)


def _query(board: Board) -> str:
    """Give the rest of an address that narrows to the same."""
    asked = {"group": board.narrowing.group, "count": board.narrowing.count or ""}
    return urlencode({key: value for key, value in asked.items() if value})


def _texts(request: HttpRequest, scope: Scope, survey: Survey) -> dict[str, object] | None:
    """Give a page of answers in words; hidden ones only to who may show them again."""
    if not survey.pure.texts:
        return None
    found = texts_of(survey)
    if not scope.can(Power.RUN_CYCLE):
        found = found.filter(is_hidden=False)
    page = Paginator(found, TEXTS_A_PAGE).get_page(request.GET.get("page"))
    return {"page": page, "rows": [(one, shown(str(one.value))) for one in page.object_list]}


# --- files ----------------------------------------------------------------------------------------------------------
@allowed(Power.SEE_WORK)
@require_safe
def survey_results_export(request: HttpRequest, scope: Scope, pk: int, form: str) -> HttpResponse:
    """Give the aggregated table as csv, xlsx or json, narrowed as the page is; no row of anybody and no words."""
    found = survey_of(scope, pk)
    if form not in MEDIA:
        raise Http404
    with override("th"):  # what is kept is Thai, whatever language is read
        board = _board(request, found)
        if board.is_empty:
            messages.error(request, _("ยังไม่ได้นับคำตอบ จึงยังไม่มีตารางให้ส่งออก"))
            return redirect("survey_results", scope.agency.code, found.pk)
        content = _content(board, form)
    name = f"{found.title[:120]} {found.fiscal_year_be}.{form}"
    headers = {"Content-Disposition": content_disposition_header(True, name) or "attachment"}
    return HttpResponse(content, content_type=MEDIA[form], headers=headers)


def _content(board: Board, form: str) -> bytes:
    if form == "json":
        return json.dumps(plain_of(board), ensure_ascii=False, indent=1).encode()
    table = table_of(board)
    return workbook([table], title=board.survey.title) if form == "xlsx" else csv_text(table).encode()


# --- words ----------------------------------------------------------------------------------------------------------
@allowed(Power.RUN_CYCLE)
@require_POST
def survey_text_hide(request: HttpRequest, scope: Scope, pk: int, text: str) -> HttpResponse:
    """Hide an answer in words, or show it again."""
    found = survey_of(scope, pk)
    aside = get_object_or_404(Aside, count__survey=found, is_text=True, pk=text)
    is_hidden = "show" not in request.POST
    hide_text(scope, aside=aside, is_hidden=is_hidden)
    messages.success(request, _("ซ่อนข้อความแล้ว") if is_hidden else _("แสดงข้อความอีกครั้งแล้ว"))
    page = posted_number(request.POST.get("page")) or 1
    return redirect(f"{reverse('survey_results', args=[scope.agency.code, found.pk])}?page={page}#texts")


# --- findings -------------------------------------------------------------------------------------------------------
@allowed(Power.RUN_CYCLE)
@READ_WRITE
def survey_findings(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Propose findings of what is weak; make those that are ticked."""
    found = survey_of(scope, pk)
    asked = request.POST if request.method == "POST" else request.GET
    form = ThresholdForm(found, asked if "below" in asked else None)
    below, cycle = form.given
    if request.method == "POST" and form.is_valid() and cycle is not None:
        try:
            made = make_findings(scope, survey=found, cycle=cycle, below=below, keys=request.POST.getlist("key"))
        except (ProngsaiError, ValidationError) as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("เพิ่มประเด็นแล้ว {n} เรื่อง").format(n=thai_digits(len(made))))
            return redirect("cycles:findings", scope.agency.code, cycle.framework_id)
    context = {
        "survey": found,
        "board": board_of(found),
        "form": form,
        "cycle": cycle,
        "below": below,
        "ticked": request.POST.getlist("key"),
        "proposals": proposals_of(found, below=below, cycle=cycle),
        "trail": trail_from_results(scope, found, _("ประเด็นจากผลสำรวจ")),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "surveys/results_findings.html", context, status=status)
