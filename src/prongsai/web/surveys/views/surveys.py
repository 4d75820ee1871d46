"""Surveys: the list, a new one, the page of one, its settings while it is in preparation."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from prongsai.errors import ProngsaiError
from prongsai.web.agencies.access import allowed
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.surveys.forms.surveys import SurveyForm
from prongsai.web.surveys.models import Questionnaire, Survey
from prongsai.web.surveys.queries import surveys as queries
from prongsai.web.surveys.queries.defaults import Defaults, defaults_of, questionnaires_of
from prongsai.web.surveys.queries.dropped import why_dropped
from prongsai.web.surveys.queries.steps import next_step
from prongsai.web.surveys.queries.windows import closed_for
from prongsai.web.surveys.services import running
from prongsai.web.surveys.services.windows import keep_out
from prongsai.web.ui.forms import posted_number, refuse

READ_WRITE = require_http_methods(["GET", "HEAD", "POST"])
ALL = "all"


def trail_of(scope: Scope, survey: Survey | None = None, last: str = "") -> list[tuple[str, str]]:
    """Give the way to a page of surveys."""
    trail = [(_("แบบสำรวจ"), reverse("surveys", args=[scope.agency.code]))]
    if survey is not None:
        trail.append((survey.title, reverse("survey", args=[scope.agency.code, survey.pk]) if last else ""))
    return [*trail, (last, "")] if last else trail


def trail_from_results(scope: Scope, survey: Survey, last: str) -> list[tuple[str, str]]:
    """Give the way to a page that comes after the results of a survey."""
    results = _("ผลสำรวจ"), reverse("survey_results", args=[scope.agency.code, survey.pk])
    return [*trail_of(scope, survey, last)[:-1], results, (last, "")]


@allowed(Power.SEE_WORK)
@require_safe
def surveys(request: HttpRequest, scope: Scope) -> HttpResponse:
    """List the surveys of a year, the latest when none is asked for."""
    keep_out(scope.agency, scope.today)
    years = queries.years_of(scope)
    asked = request.GET.get("year", "")
    year = None if asked == ALL else posted_number(asked) or (years[0] if years else None)
    context = {"lines": queries.lines_of(scope, year), "years": years, "year": year}
    return render(request, "surveys/surveys.html", context)


# --- a new one ------------------------------------------------------------------------------------------------------
@allowed(Power.RUN_CYCLE)
@READ_WRITE
def survey_add(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Choose a questionnaire, then make a survey of it."""
    pk = posted_number(request.GET.get("questionnaire"))
    if pk is None:
        context = {"questionnaires": questionnaires_of(scope), "trail": trail_of(scope, last=_("การสำรวจใหม่"))}
        return render(request, "surveys/survey_choose.html", context, status=422 if request.method == "POST" else 200)
    found = get_object_or_404(Questionnaire, agency=scope.agency, pk=pk, is_shelved=False)
    defaults = defaults_of(scope, found)
    form = SurveyForm(
        request.POST if request.method == "POST" else None,
        instance=Survey(agency=scope.agency, questionnaire=found, kind=found.kind),
        initial=_initial(found, defaults),
    )
    if form.is_bound and form.is_valid():
        try:
            made = running.make_survey(scope, questionnaire=found, **form.given)
        except ValidationError as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("สร้างการสำรวจแล้ว ยังไม่รับคำตอบจนกว่าจะเปิด"))
            return redirect("survey", scope.agency.code, made.pk)
    context = {
        "form": form,
        "questionnaire": found,
        "windows": defaults.windows,
        "trail": trail_of(scope, last=_("การสำรวจใหม่")),
    }
    return render(request, "surveys/survey_form.html", context, status=422 if form.is_bound else 200)


def _initial(questionnaire: Questionnaire, defaults: Defaults) -> dict[str, object]:
    given = {name: getattr(defaults, name) for name in ("title", "fiscal_year_be", "grouping", "has_link", "closes_on")}
    return given | {"title_en": questionnaire.pure.title.en}


# --- one ------------------------------------------------------------------------------------------------------------
@allowed(Power.SEE_WORK)
@require_safe
def survey(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Show how a survey stands and what comes next."""
    keep_out(scope.agency, scope.today)
    found = queries.survey_of(scope, pk)
    got = queries.received_of(found)
    badge, label = queries.standing(found)
    context = {
        "survey": found,
        "got": got,
        "step": next_step(found, got),
        "badge_word": badge,
        "badge_label": label,
        "windows": closed_for(found, scope.today) if found.state in ("draft", *queries.UNCOUNTED) else (),
        "dropped": why_dropped(found),
        "trail": trail_of(scope, found),
    }
    return render(request, "surveys/survey.html", context)


@allowed(Power.RUN_CYCLE)
@READ_WRITE
def survey_edit(request: HttpRequest, scope: Scope, pk: int) -> HttpResponse:
    """Change the settings of a survey in preparation."""
    found = queries.survey_of(scope, pk)
    if found.state != "draft":
        messages.error(request, _("การสำรวจเปิดแล้ว จึงแก้ไม่ได้ ทำสำเนาเป็นการสำรวจใหม่แล้วแก้ที่ฉบับใหม่"))
        return redirect("survey", scope.agency.code, pk)
    form = SurveyForm(request.POST if request.method == "POST" else None, instance=queries.survey_of(scope, pk))
    stale: Stale | None = None
    if form.is_bound and form.is_valid():
        try:
            running.change_survey(scope, survey=found, version=form.seen_version, **form.given)
            messages.success(request, _("บันทึกแล้ว"))
            return redirect("survey", scope.agency.code, pk)
        except Stale as refused:
            stale = refused
        except (ProngsaiError, ValidationError) as refusal:
            refuse(form, refusal)
    context = {
        "form": form,
        "survey": found,
        "questionnaire": found.questionnaire,
        "windows": closed_for(found, scope.today),
        "stale": stale,
        "current": queries.survey_of(scope, pk) if stale else None,
        "trail": trail_of(scope, found, _("แก้ไขการตั้งค่า")),
    }
    status = 409 if stale else 422 if form.is_bound else 200
    return render(request, "surveys/survey_form.html", context, status=status)
