"""Sheets of paper: printed to be filled in, and typed in by a clerk.

A sheet that is taken leaves no line in the journal or a log, as any answer. How many were typed in this sitting stands
on the page alone.
"""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from prongsai.errors import FileUnusable
from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.surveys.forms.paper import PaperForm
from prongsai.web.surveys.models import Group, Survey
from prongsai.web.surveys.queries.surveys import survey_of
from prongsai.web.surveys.queries.windows import may_take
from prongsai.web.surveys.services.printing import paper_sheet, print_paper
from prongsai.web.surveys.services.storing import NotTaken, Open, Why, store
from prongsai.web.surveys.views.codes import has_pdf
from prongsai.web.surveys.views.printed import MEDIA, printed
from prongsai.web.surveys.views.surveys import trail_of
from prongsai.web.ui.forms import posted_number

_OF_CODE = (Why.NO_CODE, Why.CODE_UNKNOWN, Why.CODE_USED)


@allowed(Power.DO_WORK)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def paper(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Take one sheet after the other."""
    found = survey_of(scope, pk)
    if request.method != "POST":
        return _page(request, scope, PaperForm(found))
    form = PaperForm(found, request.POST)
    if not form.is_valid():
        return _page(request, scope, form, status=422)
    try:
        _keep(found, form, scope.today)
    except NotTaken as refused:
        if refused.why in _OF_CODE:
            form.code_error = refused.one_line
        else:
            form.errors.append(refused.one_line)
        return _page(request, scope, form, status=422)
    return _page(request, scope, form.next(), is_kept=True)


@allowed(Power.DO_WORK)
@require_safe
def paper_sheet_file(request: HttpRequest, scope: Scope, pk: int, form: str) -> HttpResponse:
    """Give the sheet as Word, PDF or a page. ``?language=en``, ``?group=``: in English, for a group."""
    found = survey_of(scope, pk)
    if form not in MEDIA:
        raise Http404
    language = "en" if request.GET.get("language") == "en" else "th"
    document = paper_sheet(found, group=_group(request, found), language=language)
    try:
        content = print_paper(document, scope.agency, form)
    except FileUnusable as refused:
        messages.error(request, refused.one_line)
        return redirect("survey_paper", scope.agency.code, pk)
    return printed(content, form, _("แบบสอบถาม {title}").format(title=found.title))


def _keep(survey: Survey, form: PaperForm, today: date) -> None:
    if not may_take(survey, today):
        raise NotTaken(Why.CLOSED)
    store(_open(survey), form.sheet, form=form.form, group=form.group or None, code=form.code)


def _group(request: HttpRequest, survey: Survey) -> Group | None:
    number = posted_number(request.GET.get("group"))
    return survey.groups.filter(pk=number).first() if number else None


def _open(survey: Survey) -> Open:
    groups = {one.pk: one.quota is not None for one in survey.groups.all()}
    return Open(survey.pk, survey.recipient, survey.pure.box_bytes, survey.has_link, groups)


def _page(
    request: HttpRequest, scope: Scope, form: PaperForm, *, status: int = 200, is_kept: bool = False
) -> HttpResponse:
    context = {
        "survey": form.survey,
        "form": form,
        "groups": form.survey.groups.all(),
        "is_kept": is_kept,
        "has_pdf": has_pdf(),
        "trail": trail_of(scope, form.survey, _("แบบกระดาษ")),
    }
    return render(request, "surveys/paper.html", context, status=status)
